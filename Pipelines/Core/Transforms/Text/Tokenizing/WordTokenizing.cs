using System.Buffers;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>
/// Splits texts at separators into words: a vector of each row's own length. White space around a word is no part of it, and empty words are left
/// out. The words of a vector's texts stand one after the other. Learns nothing.
/// </summary>
public sealed class WordTokenizingEstimator : TrivialEstimator<WordTokenizingTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which.</param>
    /// <param name="separators">The characters that words are separated by, at least one; the space when null.</param>
    public WordTokenizingEstimator(IEnumerable<InputOutputColumnPair> columns, char[]? separators = null)
        : base(new WordTokenizingTransformer(columns, new WordSeparators(separators))) { }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(Transformer.Columns.Select(pair =>
    {
        TextColumns.Require(inputSchema[pair.InputColumnName]);
        return TextColumns.Ragged(pair.OutputColumnName);
    }).ToList());
}

/// <summary>Splits texts into words, as <see cref="WordTokenizingEstimator"/> says.</summary>
public sealed class WordTokenizingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.TokenizeIntoWords";

    private readonly WordSeparators _separators;

    internal WordTokenizingTransformer(IEnumerable<InputOutputColumnPair> columns, WordSeparators separators) : base(columns) =>
        _separators = separators;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        _separators.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("TokenizeIntoWords", Columns, $"{_separators}");

    internal static WordTokenizingTransformer Load(ModelLoadContext context) => new(LoadColumns(context), WordSeparators.Load(context));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        TextColumns.Require(input);
        var output = new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, new VectorDataViewType(TextDataViewType.Instance));
        return new([input], [output], () => new Worker(_separators, input.Index).Run);
    }

    private sealed class Worker(WordSeparators separators, int column)
    {
        private readonly List<ReadOnlyMemory<char>> _words = [];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var made = (VectorColumn<ReadOnlyMemory<char>>)outputs[0]!;
            made.Begin(VectorLayout.Ragged);
            for (int row = 0; row < batch.Count; row++)
            {
                _words.Clear();
                foreach (var text in TextColumns.Row(batch, column, row))
                {
                    int start = 0;
                    while (separators.Next(text.Span, ref start, out var word))
                        _words.Add(text[word]);
                }

                made.AddRow(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_words));
            }
        }
    }
}

/// <summary>The characters between words.</summary>
internal sealed class WordSeparators
{
    private readonly string _characters;
    private readonly SearchValues<char> _values;

    public WordSeparators(char[]? characters)
    {
        if (characters is { Length: 0 })
            throw new ArgumentException("Give at least one character that separates words.", nameof(characters));
        _characters = characters is null ? " " : new string(characters);
        _values = SearchValues.Create(_characters);
    }

    /// <summary>Finds the next word of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to look from; moves behind the word.</param>
    /// <param name="word">Where it is, without white space around it; never empty.</param>
    /// <returns>Whether there was one.</returns>
    public bool Next(ReadOnlySpan<char> text, ref int start, out Range word)
    {
        while (start < text.Length)
        {
            int length = text[start..].IndexOfAny(_values);
            if (length < 0)
                length = text.Length - start;
            int first = start;
            int end = start + length;
            start = end + 1;
            while (first < end && char.IsWhiteSpace(text[first]))
                first++;
            while (end > first && char.IsWhiteSpace(text[end - 1]))
                end--;
            if (first == end)
                continue;
            word = first..end;
            return true;
        }

        word = default;
        return false;
    }

    /// <summary>The separators when they are not the space alone.</summary>
    public override string ToString() => _characters == " " ? "" : $"separators: {string.Join(' ', _characters.Select(CharacterNames.Of))}";

    public void Save(ModelSaveContext context) => context.WriteArray<ushort>("Separators", [.. _characters.Select(c => (ushort)c)]);

    public static WordSeparators Load(ModelLoadContext context)
    {
        char[] characters = [.. context.ReadArray<ushort>("Separators").Select(c => (char)c)];
        return characters.Length > 0 ? new(characters) : throw context.Invalid("it has no separators");
    }
}
