using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The folds of a comparison: the same for all candidates.</summary>
internal sealed class FoldDesign
{
    private FoldDesign(IReadOnlyList<RowSplit> splits, string description, IReadOnlyList<string> notes) =>
        (Splits, Description, Notes) = (splits, description, notes);

    public IReadOnlyList<RowSplit> Splits { get; }

    /// <summary>How the folds were made, in words.</summary>
    public string Description { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>n_test / n_train, on average over folds.</summary>
    public double TestToTrainRatio => Splits.Average(s => (double)s.Test.Length / s.Train.Length);

    public string Name(int split) => Splits.Any(s => s.Repeat > 0)
        ? $"repeat {Splits[split].Repeat + 1}, fold {Splits[split].Fold + 1}"
        : $"fold {Splits[split].Fold + 1}";

    public static FoldDesign Make(LearningTask task, PreparedData data, ComparisonOptions options, CancellationToken cancellationToken)
    {
        bool stratified = task is LearningTask.Binary or LearningTask.Multiclass or LearningTask.AnomalyDetection;
        var (strategy, words) = (options, stratified) switch
        {
            ({ FoldColumn: { } column }, _) => ((FoldStrategy)new PredefinedFolds(column), $"folds given by {column}"),
            ({ GroupColumn: { } column }, true) => (new StratifiedGroupKFold(PreparedData.Label, column, options.Folds, Seed: options.Seed),
                $"{options.Folds} folds, stratified by {options.LabelColumn}, groups of {column} kept together"),
            ({ GroupColumn: { } column }, false) => (new GroupKFold(column, options.Folds, Seed: options.Seed),
                $"{options.Folds} folds, groups of {column} kept together"),
            (_, true) => (new StratifiedKFold(PreparedData.Label, options.Folds, Seed: options.Seed),
                $"{options.Folds} folds, stratified by {options.LabelColumn}"),
            _ => (new KFold(options.Folds, Seed: options.Seed), $"{options.Folds} folds"),
        };
        if (options.Repeats > 1 && options.FoldColumn is null)
        {
            strategy = new Repeated(strategy, options.Repeats);
            words += $", repeated {options.Repeats} times";
        }

        if (options.FoldColumn is null)
            words += $", seed {options.Seed}";
        var plan = strategy.Split(data.View, cancellationToken);
        return new FoldDesign(plan.Splits, words, plan.Warnings);
    }
}
