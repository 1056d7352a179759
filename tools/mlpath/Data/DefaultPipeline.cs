using MLPath.Data;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tool.Data;

/// <summary>
/// The pipeline that the command line puts before every algorithm. Nothing of it is learned outside the rows that the algorithm learns from.
/// <list type="number">
/// <item>A missing number becomes the mean of its column, so that a cell that is empty only when predicting can be scored too.</item>
/// <item>A text or key becomes one slot for each of its values; a missing or unseen one leaves all slots 0.</item>
/// <item>All is joined as column Features, in the order of the table.</item>
/// <item>For algorithms that are harmed by different scales, every slot is brought to mean 0 and standard deviation 1.</item>
/// </list>
/// </summary>
internal static class DefaultPipeline
{
    /// <summary>The column of the prepared label.</summary>
    public const string Label = "Label";

    /// <summary>The column of the joined features.</summary>
    public const string Features = "Features";

    /// <summary>Preparation and trainer; the label is prepared already, as column Label.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="plan">The features.</param>
    /// <param name="trainer">What the trainer needs.</param>
    /// <param name="estimator">The trainer.</param>
    public static IEstimator<ITransformer> Candidate(MLContext ml, FeaturePlan plan, TrainerFactory trainer, IEstimator<ITransformer> estimator)
    {
        var steps = new EstimatorChain<ITransformer>();
        if (plan.Fillable.Count > 0)
            steps = steps.Append<ITransformer>(ml.Transforms.ReplaceMissingValues(InPlace(plan.Fillable), MissingValueReplacingEstimator.ReplacementMode.Mean));
        if (plan.Categories.Count > 0)
            steps = steps.Append<ITransformer>(ml.Transforms.Categorical.OneHotEncoding(InPlace(plan.Categories)));
        steps = steps.Append<ITransformer>(ml.Transforms.Concatenate(Features, [.. plan.Features]));
        if (trainer.Info.NeedsNormalization)
            steps = steps.Append<ITransformer>(ml.Transforms.Standardize(Features));
        return steps.Append(estimator);
    }

    private static InputOutputColumnPair[] InPlace(IEnumerable<string> columns) => [.. columns.Select(c => new InputOutputColumnPair(c))];
}
