using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>Makes features of texts with the words and n-grams that <see cref="TextFeaturizingEstimator"/> or <see cref="WordBagEstimator"/> learned.</summary>
public sealed class TextFeaturizingTransformer : RowToRowTransformer
{
    internal const string Id = "MLPath.FeaturizeText";

    private readonly TextFeaturePlan _plan;
    private readonly WordVocabulary _vocabulary;
    private readonly NgramVocabulary? _words;
    private readonly NgramVocabulary? _characters;
    private readonly Lazy<DataViewSchema.Annotations> _slotNames;

    internal TextFeaturizingTransformer(TextFeaturePlan plan, WordVocabulary vocabulary, NgramVocabulary? words, NgramVocabulary? characters)
    {
        (_plan, _vocabulary, _words, _characters) = (plan, vocabulary, words, characters);
        _slotNames = new(() => new DataViewSchema.Annotations.Builder().AddSlotNames([.. SlotNames()]).ToAnnotations());
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>The number of features made of characters; their slots come first.</summary>
    public int CharFeatureCount => _characters?.SlotCount ?? 0;

    /// <summary>The number of features made of words.</summary>
    public int WordFeatureCount => _words?.SlotCount ?? 0;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("Output", _plan.OutputColumnName);
        context.Write("Inputs", _plan.InputColumnNames);
        context.Write("Tokens", _plan.TokensColumnName);
        context.WriteEnum("Norm", _plan.Norm);
        _plan.Reading.Save(context);
        _vocabulary.Save(context, "Vocabulary");
        context.Write("HasWords", _words is not null);
        _words?.Save(context, "Words");
        context.Write("HasCharacters", _characters is not null);
        _characters?.Save(context, "Characters");
    }

    internal static TextFeaturizingTransformer Load(ModelLoadContext context)
    {
        string output = context.ReadString("Output");
        string[] inputs = context.ReadStrings("Inputs");
        string? tokens = context.ReadStringOrNull("Tokens");
        if (output.Length == 0 || inputs.Length == 0 || inputs.Contains("") || tokens?.Length == 0 || tokens == output)
            throw context.Invalid("it does not name the columns to read and to make");
        var plan = new TextFeaturePlan(output, inputs, TextReading.Load(context), context.ReadEnum<TextFeaturizingEstimator.NormFunction>("Norm"), tokens);
        var vocabulary = WordVocabulary.Load(context, "Vocabulary");
        var words = context.ReadBoolean("HasWords") ? NgramVocabulary.Load(context, "Words") : null;
        var characters = context.ReadBoolean("HasCharacters") ? NgramVocabulary.Load(context, "Characters") : null;
        return words is not null || characters is not null
            ? new(plan, vocabulary, words, characters)
            : throw context.Invalid("it counts neither words nor characters");
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string counts = string.Join(" and ", ((string?[])
        [
            _characters is null ? null : string.Create(CultureInfo.InvariantCulture, $"{_characters.Count} n-grams of characters"),
            _words is null ? null : string.Create(CultureInfo.InvariantCulture, $"{_words.Count} of words"),
        ]).Where(part => part is not null));
        return $"FeaturizeText({TextColumns.Describe(_plan.OutputColumnName, _plan.InputColumnNames)}; {counts})";
    }

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var inputs = _plan.InputColumnNames.Select(name => inputSchema[name]).ToArray();
        foreach (var input in inputs)
            TextColumns.Require(input);
        var features = new DataViewSchema.DetachedColumn(
            _plan.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, CharFeatureCount + WordFeatureCount), _slotNames.Value);
        DataViewSchema.DetachedColumn[] outputs = _plan.TokensColumnName is null
            ? [features]
            : [features, new(_plan.TokensColumnName, new VectorDataViewType(TextDataViewType.Instance))];
        yield return new ColumnFunction(inputs, outputs, () => new Worker(this, [.. inputs.Select(c => c.Index)]).Run);
    }

    private IEnumerable<string> SlotNames()
    {
        bool both = _words is not null && _characters is not null;
        var names = _characters?.Names(key => CharacterNames.Of((char)key), CharacterNames.Count, both ? "Char." : "") ?? [];
        return names.Concat(_words?.Names(key => _vocabulary.Words[(int)key - 1], (ulong)_vocabulary.Words.Count, both ? "Word." : "") ?? []);
    }

    private sealed class Worker(TextFeaturizingTransformer transformer, int[] columns)
    {
        private readonly TextRows _rows = new(transformer._plan.Reading, columns);
        private readonly SlotCounts _counts = new();
        private readonly TextSlab _slab = new();
        private readonly List<ReadOnlyMemory<char>> _tokens = [];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var features = (VectorColumn<float>?)outputs[0];
            var tokens = outputs.Length > 1 ? (VectorColumn<ReadOnlyMemory<char>>?)outputs[1] : null;
            features?.Begin(VectorLayout.Sparse);
            tokens?.Begin(VectorLayout.Ragged);
            for (int row = 0; row < batch.Count; row++)
            {
                _rows.Read(batch, row);
                if (features is not null)
                    AddFeatures(features);
                if (tokens is not null)
                    AddTokens(tokens);
            }
        }

        private void AddFeatures(VectorColumn<float> features)
        {
            int firstWord = transformer.CharFeatureCount;
            _counts.Clear();
            transformer._characters?.AddTo(_counts, _rows.CharacterKeys());
            transformer._words?.AddTo(_counts, _rows.WordKeys(transformer._vocabulary), firstWord);
            _counts.Finish();
            int boundary = _counts.Slots.BinarySearch(firstWord);
            if (boundary < 0)
                boundary = ~boundary;
            transformer._characters?.Weigh(_counts.Slots[..boundary], _counts.Values[..boundary]);
            transformer._words?.Weigh(_counts.Slots[boundary..], _counts.Values[boundary..], firstWord);
            Scale(_counts.Values[..boundary], transformer._plan.Norm);
            Scale(_counts.Values[boundary..], transformer._plan.Norm);
            features.AddRow(_counts.Slots, _counts.Values);
        }

        // The words are copied, because a reader may keep them after the row's array is written again.
        private void AddTokens(VectorColumn<ReadOnlyMemory<char>> tokens)
        {
            _tokens.Clear();
            foreach (var at in _rows.Words)
            {
                var word = _rows.Word(at);
                word.Span.CopyTo(_slab.Reserve(word.Length));
                _tokens.Add(_slab.Take(word.Length));
            }

            tokens.AddRow(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens));
        }

        private static void Scale(Span<float> values, TextFeaturizingEstimator.NormFunction norm)
        {
            if (norm == TextFeaturizingEstimator.NormFunction.None)
                return;
            double size = 0;
            foreach (float value in values)
            {
                size = norm switch
                {
                    TextFeaturizingEstimator.NormFunction.L1 => size + Math.Abs(value),
                    TextFeaturizingEstimator.NormFunction.L2 => size + ((double)value * value),
                    _ => Math.Max(size, Math.Abs(value)),
                };
            }

            if (norm == TextFeaturizingEstimator.NormFunction.L2)
                size = Math.Sqrt(size);
            if (size == 0)
                return;
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)(values[i] / size);
        }
    }
}
