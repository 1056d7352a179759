using MLPath.Data;
using MLPath.Transforms.Text;

namespace MLPath.Transforms;

/// <summary>The steps that carry out a <see cref="FeaturePlan"/>. They work in place, so that slots are called after the columns of the table.</summary>
internal sealed class FeaturePipeline(FeaturePlan plan, DataViewSchema schema)
{
    // A word of one text says nothing of others.
    private const int FewestTextsPerWord = 2;

    // Each has a learned vector, so that there can be more of them than slots.
    private const int MostTokens = 20_000;

    private readonly FeaturizingOptions _options = plan.Options;
    private EstimatorChain<ITransformer> _chain = new();

    /// <summary>Makes the unfitted pipeline.</summary>
    public EstimatorChain<ITransformer> Build()
    {
        string[] numbers = Of(FeatureKind.Number), categories = Of(FeatureKind.Category), times = Of(FeatureKind.Time);
        string[] pixels = Of(FeatureKind.Image), texts = Of(FeatureKind.Text);
        var marks = Marks();
        string[] fillable = [.. numbers.Concat(pixels).Where(IsFloating)];
        if (marks.Length > 0)
            Then("mark missing", new MissingValueIndicatorEstimator(marks));
        if (fillable.Length > 0)
            Then("fill missing", new MissingValueReplacingEstimator(InPlace(fillable), MissingValueReplacingEstimator.ReplacementMode.Mean));
        if (categories.Length > 0)
            Then("encode categories", new OneHotEncodingEstimator(InPlace(categories)));
        foreach (string time in times)
            Then($"take {time} apart", new DateTimeFeaturizingEstimator(new InputOutputColumnPair(time), parts: null, cyclic: true));
        if (times.Length > 0)
            Then("fill missing times", new MissingValueReplacingEstimator(InPlace(times), MissingValueReplacingEstimator.ReplacementMode.Mean));
        foreach (string text in texts)
            Then($"weigh the words of {text}", new TextFeaturizingEstimator(text, options: Words(alone: plan.Columns.Count == 1)));

        // Numbers and parts of times are brought to one scale slot by slot, and pixels together. Slots of 0 and 1 stay as they are: sparse, and of a
        // scale already, as words are.
        string[] scaled = [.. plan.Columns.Where(c => numbers.Contains(c) || times.Contains(c))];
        string[] others = [.. marks.Select(m => m.OutputColumnName), .. categories, .. pixels, .. texts];
        if (scaled.Length > 0)
        {
            Then("join", new ColumnConcatenatingEstimator(_options.OutputColumnName, scaled));
            if (_options.Normalize)
                Then("scale", NormalizingEstimator.MeanVariance([new(_options.OutputColumnName)], fixZero: false));
        }

        if (pixels.Length > 0 && _options.Normalize)
            Then("scale pixels", NormalizingEstimator.MeanVariance(InPlace(pixels), fixZero: false, acrossSlots: true));
        if (others.Length > 0)
            Then("join all", new ColumnConcatenatingEstimator(_options.OutputColumnName, scaled.Length > 0 ? [_options.OutputColumnName, .. others] : others));
        return _chain;
    }

    /// <summary>Makes the unfitted pipeline of one column's words as tokens.</summary>
    public EstimatorChain<ITransformer> BuildTokens(string text)
    {
        Then("normalise the text", new TextNormalizingEstimator([new(_options.OutputColumnName, text)], keepPunctuations: false));
        Then("split into words", new WordTokenizingEstimator([new(_options.OutputColumnName)]));
        Then("number the words", new TokenSequenceEstimator(
            [new(_options.OutputColumnName)], new() { MaximumTokens = MostTokens, MinimumCount = FewestTextsPerWord }));
        return _chain;
    }

    // Words without regard to case and punctuation, rare ones left out, weighed by how few texts have them. Beside other features those of a text
    // have length 1 together, so that they do not outweigh the others; alone they keep their weights, which penalties on weights expect.
    private TextFeaturizingEstimator.Options Words(bool alone) => new()
    {
        KeepPunctuations = false,
        WordFeatureExtractor = new WordBagEstimator.Options
        {
            Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf,
            MaximumFeatures = _options.MaximumWords,
            MinimumDocumentCount = FewestTextsPerWord,
        },
        CharFeatureExtractor = null,
        Norm = alone ? TextFeaturizingEstimator.NormFunction.None : TextFeaturizingEstimator.NormFunction.L2,
    };

    private void Then(string name, IEstimator<ITransformer> step) => _chain = _chain.Append(step, name: name);

    private string[] Of(FeatureKind kind) => [.. plan.Decisions.Where(d => d.Kind == kind).Select(d => d.Column)];

    // A column that says which values of another are missing, under a name that the table does not have.
    private InputOutputColumnPair[] Marks()
    {
        return _options.IndicateMissing
            ? [.. plan.Decisions.Where(d => d is { Kind: FeatureKind.Number, Missing: > 0 } && IsFloating(d.Column)).Select(d => new InputOutputColumnPair(Unused(d.Column), d.Column))]
            : [];

        string Unused(string column)
        {
            string name = $"{column}.missing";
            while (schema.GetColumnOrNull(name) is not null)
                name += "_";
            return name;
        }
    }

    private bool IsFloating(string column) =>
        schema[column].Type.ItemTypeOrSelf is var item && (item == NumberDataViewType.Single || item == NumberDataViewType.Double);

    private static InputOutputColumnPair[] InPlace(IEnumerable<string> columns) => [.. columns.Select(c => new InputOutputColumnPair(c))];
}
