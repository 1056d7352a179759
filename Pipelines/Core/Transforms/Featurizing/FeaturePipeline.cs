using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>The steps that carry out a <see cref="FeaturePlan"/>. They work in place, so that slots are called after the columns of the table.</summary>
internal sealed class FeaturePipeline(FeaturePlan plan, DataViewSchema schema)
{
    private readonly FeaturizingOptions _options = plan.Options;

    /// <summary>Makes the unfitted pipeline.</summary>
    public EstimatorChain<ITransformer> Build()
    {
        var chain = new EstimatorChain<ITransformer>();
        string[] numbers = Of(FeatureKind.Number), pixels = Of(FeatureKind.Image), categories = Of(FeatureKind.Category);
        string[] fillable = [.. numbers.Concat(pixels).Where(IsFloating)];
        if (fillable.Length > 0)
            Then("fill missing", new MissingValueReplacingEstimator(InPlace(fillable), MissingValueReplacingEstimator.ReplacementMode.Mean));
        if (categories.Length > 0)
            Then("encode categories", new OneHotEncodingEstimator(InPlace(categories)));
        Then("join", new ColumnConcatenatingEstimator(_options.OutputColumnName, [.. plan.Columns]));
        if (_options.Normalize)
            Then("scale", NormalizingEstimator.MeanVariance([new(_options.OutputColumnName)], fixZero: false));
        return chain;

        void Then(string name, IEstimator<ITransformer> step) => chain = chain.Append(step, name: name);
    }

    private string[] Of(FeatureKind kind) => [.. plan.Decisions.Where(d => d.Kind == kind).Select(d => d.Column)];

    private bool IsFloating(string column) =>
        schema[column].Type.ItemTypeOrSelf is var item && (item == NumberDataViewType.Single || item == NumberDataViewType.Double);

    private static InputOutputColumnPair[] InPlace(IEnumerable<string> columns) => [.. columns.Select(c => new InputOutputColumnPair(c))];
}
