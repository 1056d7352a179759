using MLPath.Data;
using MLPath.Evaluation;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tool.Data;

/// <summary>
/// The pipeline that the command line puts around every algorithm: every usable column becomes features, as <c>ml.Transforms.Featurize</c> makes
/// them, at one scale where the algorithm needs that, or, for algorithms that read tokens, the words of the column of sentences; the algorithm learns
/// column Label. What becomes of each column is planned once, from a look
/// at all rows; what is learned for it, means and categories and words, is learned from the rows that the algorithm learns from.
/// </summary>
internal static class DefaultPipeline
{
    /// <summary>The column of the prepared label.</summary>
    public const string Label = "Label";

    /// <summary>The column of the joined features.</summary>
    public const string Features = "Features";

    /// <summary>Plans the features of a table.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="problem">The table and its label.</param>
    /// <param name="roles">The columns with another role: groups, folds.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    /// <exception cref="DataException">No column can be a feature, or one is infinite.</exception>
    /// <exception cref="SchemaException">A column has a name that is kept for the prepared label.</exception>
    public static FeaturePlan Plan(MLContext ml, Problem problem, IEnumerable<string> roles, CancellationToken cancellationToken)
    {
        var options = new FeaturizingOptions
        {
            LabelColumnName = problem.Label?.Name,
            Exclude = [.. roles.Concat(problem.HeldBack).Where(c => c != problem.Label?.Name)],
        };
        var plan = ml.Data.PlanFeatures(problem.Data.View, options, cancellationToken);
        return plan.Columns.Contains(Label)
            ? throw new SchemaException(
                $"Column '{Label}' is a feature here, and the prepared label needs that name. Rename the column, or make it the label.")
            : plan;
    }

    /// <summary>A candidate of a comparison, which prepares the label for all.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="plan">The features.</param>
    /// <param name="problem">The label and the task.</param>
    /// <param name="trainer">The algorithm's factory.</param>
    /// <param name="settings">The options that differ from their defaults.</param>
    public static IEstimator<ITransformer> Candidate(
        MLContext ml, FeaturePlan plan, Problem problem, TrainerFactory trainer, params IEnumerable<KeyValuePair<string, string>> settings) =>
        new EstimatorChain<ITransformer>().Append(Preparation(ml, plan, trainer)).Append(trainer.Create([.. problem.Defaults(trainer), .. settings]));

    /// <summary>What algorithms read that do not read the features of the plan, in a line for each kind of them.</summary>
    /// <param name="plan">The features.</param>
    /// <param name="algorithms">The algorithms, by name.</param>
    public static IEnumerable<string> Remarks(FeaturePlan plan, IEnumerable<(string Name, TrainerFactory Trainer)> algorithms)
    {
        string[] readers = [.. algorithms.Where(a => ReadsTokens(plan, a.Trainer)).Select(a => a.Name)];
        if (readers.Length == 0)
            yield break;
        string[] others = [.. plan.Columns.Where(c => c != plan.TokenColumn)];
        string without = others.Length == 0 ? "" : $", and not {string.Join(", ", others)}";
        yield return $"{string.Join(", ", readers)}: the words of {plan.TokenColumn} one by one{without}.";
    }

    /// <summary>The whole way from a raw row to a prediction in the user's own words, for a model that is kept.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="plan">The features.</param>
    /// <param name="problem">The label and the task.</param>
    /// <param name="trainer">The algorithm's factory.</param>
    /// <param name="settings">The options that differ from their defaults.</param>
    public static IEstimator<ITransformer> Training(
        MLContext ml, FeaturePlan plan, Problem problem, TrainerFactory trainer, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var chain = new EstimatorChain<ITransformer>();
        if (problem.Label is { } label)
            chain = chain.Append(LabelStep(label, problem.Task));
        chain = chain.Append(Preparation(ml, plan, trainer)).Append(trainer.Create([.. problem.Defaults(trainer), .. settings]));
        return problem is { Task: LearningTask.Binary, Label: { } classes }
            ? chain.Append(NamesOf(ml, classes.BinaryClasses()))
            : chain;
    }

    private static IEstimator<ITransformer> Preparation(MLContext ml, FeaturePlan plan, TrainerFactory trainer) =>
        ReadsTokens(plan, trainer) ? plan.ToTokenPipeline() : ml.Transforms.Featurize(plan.WithNormalize(trainer.Info.NeedsNormalization));

    private static bool ReadsTokens(FeaturePlan plan, TrainerFactory trainer) =>
        plan.TokenColumn is not null && trainer.Info.Features.HasFlag(FeatureForms.Tokens);

    private static IEstimator<ITransformer> LabelStep(LabelColumn label, LearningTask task) => task switch
    {
        LearningTask.Binary => label.ToBoolean(Label),
        LearningTask.AnomalyDetection => label.ToBoolean(Label, label.RarerClass),
        LearningTask.Regression => label.ToSingle(Label),
        _ => label.ToKey(Label),
    };

    // True and false become the two values that the label has in the user's table.
    private static ValueMappingEstimator NamesOf(MLContext ml, IReadOnlyList<string> classes) => ml.Transforms.Conversion.MapValue(
        PredictionColumns.PredictedLabel, [KeyValuePair.Create(false, classes[0]), KeyValuePair.Create(true, classes[1])]);
}
