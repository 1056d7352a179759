using MLPath.Data;
using MLPath.Evaluation;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tool.Data;

/// <summary>
/// The pipeline that the command line puts around every algorithm. Nothing of it is learned outside the rows that the algorithm learns
/// from.
/// <list type="number">
/// <item>A missing number becomes the mean of its column, so that a cell that is empty only when predicting can be scored too.</item>
/// <item>A text or key becomes one slot for each of its values; a missing or unseen one leaves all slots 0.</item>
/// <item>All is joined as column Features, in the order of the table.</item>
/// <item>For algorithms that are harmed by different scales, every slot is brought to mean 0 and standard deviation 1.</item>
/// <item>The algorithm learns column Label.</item>
/// </list>
/// </summary>
internal static class DefaultPipeline
{
    /// <summary>The column of the prepared label.</summary>
    public const string Label = "Label";

    /// <summary>The column of the joined features.</summary>
    public const string Features = "Features";

    /// <summary>A candidate of a comparison, which prepares the label for all.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="plan">The features.</param>
    /// <param name="problem">The label and the task.</param>
    /// <param name="trainer">The algorithm's factory.</param>
    public static IEstimator<ITransformer> Candidate(MLContext ml, FeaturePlan plan, Problem problem, TrainerFactory trainer) =>
        Chain([.. Preparation(ml, plan, trainer), trainer.Create(problem.Defaults(trainer))]);

    /// <summary>The whole way from a raw row to a prediction in the user's own words, for a model that is kept.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="plan">The features.</param>
    /// <param name="problem">The label and the task.</param>
    /// <param name="trainer">The algorithm's factory.</param>
    /// <param name="settings">The options that differ from their defaults.</param>
    public static IEstimator<ITransformer> Training(
        MLContext ml, FeaturePlan plan, Problem problem, TrainerFactory trainer, IEnumerable<KeyValuePair<string, string>> settings)
    {
        List<IEstimator<ITransformer>> steps = [.. Preparation(ml, plan, trainer)];
        if (problem.Label is { } label)
            steps.Insert(0, LabelStep(label, problem.Task));
        steps.Add(trainer.Create([.. problem.Defaults(trainer), .. settings]));
        if (problem is { Task: LearningTask.Binary, Label: { } classes })
            steps.Add(NamesOf(ml, classes.BinaryClasses()));
        return Chain(steps);
    }

    private static IEnumerable<IEstimator<ITransformer>> Preparation(MLContext ml, FeaturePlan plan, TrainerFactory trainer)
    {
        if (plan.Fillable.Count > 0)
            yield return ml.Transforms.ReplaceMissingValues(InPlace(plan.Fillable), MissingValueReplacingEstimator.ReplacementMode.Mean);
        if (plan.Categories.Count > 0)
            yield return ml.Transforms.Categorical.OneHotEncoding(InPlace(plan.Categories));
        yield return ml.Transforms.Concatenate(Features, [.. plan.Features]);
        if (trainer.Info.NeedsNormalization)
            yield return ml.Transforms.Standardize(Features);
    }

    private static IEstimator<ITransformer> LabelStep(LabelColumn label, LearningTask task) => task switch
    {
        LearningTask.Binary => label.ToBoolean(Label),
        LearningTask.Regression => label.ToSingle(Label),
        _ => label.ToKey(Label),
    };

    // True and false become the two values that the label has in the user's table.
    private static ValueMappingEstimator NamesOf(MLContext ml, IReadOnlyList<string> classes) => ml.Transforms.Conversion.MapValue(
        PredictionColumns.PredictedLabel, [KeyValuePair.Create(false, classes[0]), KeyValuePair.Create(true, classes[1])]);

    private static EstimatorChain<ITransformer> Chain(IEnumerable<IEstimator<ITransformer>> steps) =>
        steps.Aggregate(new EstimatorChain<ITransformer>(), (chain, step) => chain.Append(step));

    private static InputOutputColumnPair[] InPlace(IEnumerable<string> columns) => [.. columns.Select(c => new InputOutputColumnPair(c))];
}
