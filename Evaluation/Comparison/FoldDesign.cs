using MLPath.Data;
using MLPath.Runtime;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>The folds of a comparison: the same for all candidates.</summary>
internal sealed class FoldDesign
{
    private FoldDesign(ComparisonDesign design, IReadOnlyList<RowSplit> splits, string description, IReadOnlyList<string> notes) =>
        (Design, Splits, Description, Notes) = (design, splits, description, notes);

    /// <summary>What was made: folds given by a column may be one split.</summary>
    public ComparisonDesign Design { get; }

    public IReadOnlyList<RowSplit> Splits { get; }

    /// <summary>How the folds were made, in words.</summary>
    public string Description { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>n_test / n_train, on average over folds.</summary>
    public double TestToTrainRatio => Splits.Average(s => (double)s.Test.Length / s.Train.Length);

    /// <summary>Of the test rows of the first split, the group of each; null without groups.</summary>
    public IReadOnlyList<int>? TestGroups { get; private init; }

    public string Name(int split) => Design == ComparisonDesign.HoldOut ? "the split" : Splits.Any(s => s.Repeat > 0)
        ? $"repeat {Splits[split].Repeat + 1}, fold {Splits[split].Fold + 1}"
        : $"fold {Splits[split].Fold + 1}";

    public static FoldDesign Make(LearningTask task, PreparedData data, ComparisonOptions options, CancellationToken cancellationToken)
    {
        bool stratified = task is LearningTask.Binary or LearningTask.Multiclass or LearningTask.AnomalyDetection;
        var (strategy, words) = (options, stratified) switch
        {
            ({ FoldColumn: { } column }, _) => ((FoldStrategy)new PredefinedFolds(column), $"folds given by {column}"),
            ({ Design: ComparisonDesign.HoldOut }, _) => (
                new TrainTest(options.TestFraction, stratified ? PreparedData.Label : null, options.GroupColumn, Seed: options.Seed),
                Invariant($"{100 * options.TestFraction:0.##}% of the rows held out")
                    + (stratified ? $", stratified by {options.LabelColumn}" : "")
                    + (options.GroupColumn is { } group ? $", groups of {group} kept together" : "")),
            ({ GroupColumn: { } column }, true) => (new StratifiedGroupKFold(PreparedData.Label, column, options.Folds, Seed: options.Seed),
                $"{options.Folds} folds, stratified by {options.LabelColumn}, groups of {column} kept together"),
            ({ GroupColumn: { } column }, false) => (new GroupKFold(column, options.Folds, Seed: options.Seed),
                $"{options.Folds} folds, groups of {column} kept together"),
            (_, true) => (new StratifiedKFold(PreparedData.Label, options.Folds, Seed: options.Seed),
                $"{options.Folds} folds, stratified by {options.LabelColumn}"),
            _ => (new KFold(options.Folds, Seed: options.Seed), $"{options.Folds} folds"),
        };
        if (options.Repeats > 1 && options.FoldColumn is null && options.Design != ComparisonDesign.HoldOut)
        {
            strategy = new Repeated(strategy, options.Repeats);
            words += $", repeated {options.Repeats} times";
        }

        if (options.FoldColumn is null)
            words += $", seed {options.Seed}";
        var plan = strategy.Split(data.View, cancellationToken);
        var design = plan.Splits.Count == 1 ? ComparisonDesign.HoldOut : options.Design;
        return new FoldDesign(design, plan.Splits, words, plan.Warnings)
        {
            TestGroups = design == ComparisonDesign.HoldOut && options.GroupColumn is { } groups
                ? Groups(data.View, groups, plan.Splits[0].Test, cancellationToken)
                : null,
        };
    }

    private static int[] Groups(IDataView view, string column, int[] rows, CancellationToken cancellationToken)
    {
        int[] codes = new SplitSource(view, cancellationToken).CodesWithoutMissing(column, "group").Codes;
        return Array.ConvertAll(rows, row => codes[row]);
    }
}
