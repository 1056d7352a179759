using System.Globalization;
using System.Runtime.InteropServices;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>
/// Turns texts into sequences of token keys, as models of sequences read them: learns the commonest tokens, gives each a key, and makes every row as
/// long as wanted.
/// </summary>
/// <remarks>
/// <para>Text is split at spaces; a vector of texts is taken for tokens (make them with <see cref="WordTokenizingEstimator"/>, after
/// <see cref="TextNormalizingEstimator"/> where case should not matter).</para>
/// <para>Keys stand in the order of how often tokens occur, ties in the order of first occurrence. <see cref="Options.UnknownTokens"/> says what becomes
/// of the others. Rows are padded with key 0, which is a missing key: it stands for no token, so a model masks it.</para>
/// <para>The keys' values are kept, so that <c>Conversion.MapKeyToValue</c> gives the tokens back. Cost: one pass; memory for each different token.</para>
/// </remarks>
public sealed class TokenSequenceEstimator : OneToOneEstimator<TokenSequenceTransformer>
{
    private readonly Options _options;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: text, or vectors of texts.</param>
    /// <param name="options">Which tokens get keys, and how long sequences are; the defaults when null.</param>
    public TokenSequenceEstimator(IEnumerable<InputOutputColumnPair> columns, Options? options = null) : base(columns) =>
        _options = (options ?? new Options()).Check();

    /// <summary>What becomes of tokens without a key of their own.</summary>
    public enum UnknownTokenPolicy
    {
        /// <summary>They share key 1, which stands for <see cref="Options.UnknownToken"/>.</summary>
        Key = 0,

        /// <summary>They become missing keys, 0, as padding is.</summary>
        Missing = 1,

        /// <summary>They are left out, and what follows moves up.</summary>
        Drop = 2,
    }

    /// <summary>An end of a sequence.</summary>
    public enum SequenceSide
    {
        /// <summary>The end.</summary>
        End = 0,

        /// <summary>The beginning.</summary>
        Start = 1,
    }

    /// <summary>Which tokens get keys, and how long sequences are.</summary>
    public sealed record Options
    {
        /// <summary>The most tokens that get keys of their own: the commonest. At least 1. Default: 1 000 000.</summary>
        public int MaximumTokens { get; init; } = ValueToKeyMappingEstimator.DefaultMaximumNumberOfKeys;

        /// <summary>How often a token must occur to get a key; at least 1. Default: 1.</summary>
        public int MinimumCount { get; init; } = 1;

        /// <summary>The length of every row; 0 when rows keep the lengths that they have. Default: 0.</summary>
        public int SequenceLength { get; init; }

        /// <summary>What becomes of the other tokens, those that were not seen in training included. Default: a key for all of them.</summary>
        public UnknownTokenPolicy UnknownTokens { get; init; } = UnknownTokenPolicy.Key;

        /// <summary>What the key of the other tokens stands for. Default: "&lt;unk&gt;".</summary>
        public string UnknownToken { get; init; } = "<unk>";

        /// <summary>Where rows that are too short are padded. Default: at the end.</summary>
        public SequenceSide PadAt { get; init; } = SequenceSide.End;

        /// <summary>Where rows that are too long are cut off. Default: at the end.</summary>
        public SequenceSide TruncateAt { get; init; } = SequenceSide.End;

        internal SequenceShape Shape => new(SequenceLength, UnknownTokens, PadAt, TruncateAt);

        internal Options Check()
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(MaximumTokens, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(MinimumCount, 1);
            ArgumentOutOfRangeException.ThrowIfNegative(SequenceLength);
            ArgumentException.ThrowIfNullOrEmpty(UnknownToken);
            return Enum.IsDefined(UnknownTokens) && Enum.IsDefined(PadAt) && Enum.IsDefined(TruncateAt)
                ? this
                : throw new ArgumentException($"There is no policy {UnknownTokens}, or no side {PadAt} or {TruncateAt}.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("ToTokenKeys", Columns, _options.Shape.ToString());

    /// <inheritdoc/>
    protected override TokenSequenceTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var learners = inputs.Select(c => new Learner(TokenRows.Of(c))).ToArray();
        TextColumns.ReadAll(input, inputs, context, batch =>
        {
            foreach (var learner in learners)
                learner.Add(batch);
        });
        var vocabularies = learners.Select(l => l.Finish(_options)).ToArray();
        for (int i = 0; i < vocabularies.Length; i++)
        {
            if (vocabularies[i].Words.Count == (_options.UnknownTokens == UnknownTokenPolicy.Key ? 1 : 0))
            {
                context.Diagnose(DiagnosisSeverity.Warning, "no-tokens",
                    $"Column '{inputs[i].Name}' has no tokens that occur {_options.MinimumCount} times, so none gets a key.");
            }
        }

        return new(Columns, vocabularies, _options.Shape) { FittedOn = input.Lineage };
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        TextColumns.Require(input);
        int length = _options.SequenceLength;
        return new SchemaShape.Column(outputColumnName,
            length > 0 ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, isKey: true,
            new SchemaShape([PredictionColumns.Text(AnnotationKinds.KeyValues)]), length > 0 ? [length] : []);
    }

    private sealed class Learner(TokenRows rows)
    {
        private readonly WordVocabulary _seen = new();
        private readonly List<long> _counts = [];

        public void Add(RowBatch batch)
        {
            for (int row = 0; row < batch.Count; row++)
            {
                foreach (var token in rows.Read(batch, row))
                {
                    int index = (int)_seen.FindOrAdd(token.Span, int.MaxValue) - 1;
                    CollectionsMarshal.SetCount(_counts, _seen.Words.Count);
                    _counts[index]++;
                }
            }
        }

        public WordVocabulary Finish(Options options)
        {
            bool hasUnknown = options.UnknownTokens == UnknownTokenPolicy.Key;
            var tokens = _seen.Words
                .Select((word, i) => (Word: word, Count: _counts[i]))
                .Where(t => t.Count >= options.MinimumCount && !(hasUnknown && t.Word == options.UnknownToken))
                .OrderByDescending(t => t.Count) // a stable sort: ties stay in order of occurrence
                .Take(options.MaximumTokens)
                .Select(t => t.Word);
            return new(hasUnknown ? tokens.Prepend(options.UnknownToken) : tokens);
        }
    }
}

/// <summary>How long sequences are, and what becomes of tokens without keys.</summary>
internal sealed record SequenceShape(
    int Length, TokenSequenceEstimator.UnknownTokenPolicy Unknown, TokenSequenceEstimator.SequenceSide PadAt, TokenSequenceEstimator.SequenceSide TruncateAt)
{
    public override string ToString()
    {
        string length = Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"length {Length}");
        string unknown = Unknown == TokenSequenceEstimator.UnknownTokenPolicy.Key ? "" : $"unknown tokens: {Unknown}";
        return string.Join(", ", ((string[])[length, unknown]).Where(part => part.Length > 0));
    }
}

/// <summary>Reads the tokens of rows: the words of a text, or the texts of a vector that are not empty.</summary>
internal sealed class TokenRows(int column, bool splits)
{
    private static readonly WordSeparators s_space = new(null);
    private readonly List<ReadOnlyMemory<char>> _tokens = [];

    public static TokenRows Of(DataViewSchema.Column column)
    {
        TextColumns.Require(column);
        return new(column.Index, splits: column.Type is not VectorDataViewType);
    }

    public ReadOnlySpan<ReadOnlyMemory<char>> Read(RowBatch batch, int row)
    {
        _tokens.Clear();
        foreach (var text in TextColumns.Row(batch, column, row))
        {
            if (!splits)
            {
                if (!text.IsEmpty)
                    _tokens.Add(text);
                continue;
            }

            int start = 0;
            while (s_space.Next(text.Span, ref start, out var word))
                _tokens.Add(text[word]);
        }

        return CollectionsMarshal.AsSpan(_tokens);
    }
}

/// <summary>Turns texts into sequences of the token keys that <see cref="TokenSequenceEstimator"/> learned.</summary>
public sealed class TokenSequenceTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.ToTokenKeys";

    private readonly WordVocabulary[] _vocabularies;
    private readonly SequenceShape _shape;

    internal TokenSequenceTransformer(IEnumerable<InputOutputColumnPair> columns, WordVocabulary[] vocabularies, SequenceShape shape) : base(columns) =>
        (_vocabularies, _shape) = (vocabularies, shape);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>The tokens that have keys in one column, that of key 1 first.</summary>
    /// <param name="columnIndex">Which of <see cref="OneToOneTransformer.Columns"/>, from 0.</param>
    public IReadOnlyList<string> GetTokens(int columnIndex) => _vocabularies[columnIndex].Words;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("SequenceLength", _shape.Length);
        context.WriteEnum("UnknownTokens", _shape.Unknown);
        context.WriteEnum("PadAt", _shape.PadAt);
        context.WriteEnum("TruncateAt", _shape.TruncateAt);
        for (int i = 0; i < _vocabularies.Length; i++)
            _vocabularies[i].Save(context, $"Column{i}.Tokens");
    }

    internal static TokenSequenceTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        var shape = new SequenceShape(context.ReadInt32("SequenceLength"), context.ReadEnum<TokenSequenceEstimator.UnknownTokenPolicy>("UnknownTokens"),
            context.ReadEnum<TokenSequenceEstimator.SequenceSide>("PadAt"), context.ReadEnum<TokenSequenceEstimator.SequenceSide>("TruncateAt"));
        WordVocabulary[] vocabularies = [.. columns.Select((_, i) => WordVocabulary.Load(context, $"Column{i}.Tokens"))];
        if (shape.Length < 0)
            throw context.Invalid("its sequences have a negative length");
        return shape.Unknown != TokenSequenceEstimator.UnknownTokenPolicy.Key || Array.TrueForAll(vocabularies, v => v.Words.Count > 0)
            ? new(columns, vocabularies, shape)
            : throw context.Invalid("it has no key for unknown tokens");
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("ToTokenKeys", Columns, string.Join("; ", ((string[])
    [
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", _vocabularies.Take(6).Select(v => v.Words.Count))} tokens"), $"{_shape}",
    ]).Where(part => part.Length > 0)));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        _ = TokenRows.Of(input);
        var vocabulary = _vocabularies[index];
        var key = new KeyDataViewType(Math.Max(1, vocabulary.Words.Count)); // a key type has at least one key
        var type = _shape.Length > 0 ? new VectorDataViewType(key, _shape.Length) : new VectorDataViewType(key);
        var annotations = new DataViewSchema.Annotations.Builder().AddKeyValues(vocabulary.Words.Count > 0 ? vocabulary.Words : [""]).ToAnnotations();
        return new([input], [new(Columns[index].OutputColumnName, type, annotations)], () => new Worker(vocabulary, _shape, TokenRows.Of(input)).Run);
    }

    private sealed class Worker(WordVocabulary vocabulary, SequenceShape shape, TokenRows rows)
    {
        private readonly uint[] _fixed = new uint[shape.Length];
        private uint[] _keys = [];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var made = (VectorColumn<uint>)outputs[0]!;
            made.Begin(shape.Length > 0 ? VectorLayout.Dense : VectorLayout.Ragged);
            for (int row = 0; row < batch.Count; row++)
            {
                var keys = Keys(rows.Read(batch, row));
                made.AddRow(shape.Length > 0 ? Fit(keys) : keys);
            }
        }

        private ReadOnlySpan<uint> Keys(ReadOnlySpan<ReadOnlyMemory<char>> tokens)
        {
            if (_keys.Length < tokens.Length)
                _keys = new uint[Math.Max(tokens.Length, 2 * _keys.Length)];
            int count = 0;
            foreach (var token in tokens)
            {
                uint key = vocabulary.Find(token.Span);
                if (key == 0 && shape.Unknown == TokenSequenceEstimator.UnknownTokenPolicy.Drop)
                    continue;
                _keys[count++] = key == 0 && shape.Unknown == TokenSequenceEstimator.UnknownTokenPolicy.Key ? 1 : key;
            }

            return _keys.AsSpan(0, count);
        }

        private ReadOnlySpan<uint> Fit(ReadOnlySpan<uint> keys)
        {
            if (keys.Length >= shape.Length)
                return shape.TruncateAt == TokenSequenceEstimator.SequenceSide.End ? keys[..shape.Length] : keys[^shape.Length..];
            _fixed.AsSpan().Clear();
            keys.CopyTo(shape.PadAt == TokenSequenceEstimator.SequenceSide.End ? _fixed : _fixed.AsSpan(shape.Length - keys.Length));
            return _fixed;
        }
    }
}
