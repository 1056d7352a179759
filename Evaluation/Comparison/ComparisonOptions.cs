using MLPath.Runtime;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>How candidates are compared: the folds, and the metric that decides.</summary>
public sealed record ComparisonOptions
{
    /// <summary>
    /// The raw label: for classes text, number, Boolean or key; for regression a number. It is prepared once, for all candidates, as column
    /// Label of the type that trainers need. Null only for clustering without known classes.
    /// </summary>
    public string? LabelColumn { get; init; }

    /// <summary>
    /// How the rows are divided. Default: <see cref="Folds"/>, perhaps with <see cref="Repeats"/>. Five times two folds set both themselves.
    /// </summary>
    public ComparisonDesign Design { get; init; }

    /// <summary>The share of the rows that is held out with <see cref="ComparisonDesign.HoldOut"/>, above 0 and below 1. Default 0.25.</summary>
    public double TestFraction { get; init; } = 0.25;

    /// <summary>
    /// The half-width of the region of practical equivalence: a difference of the metric up to here does not matter. 0 or more. Null takes 0.01 for
    /// metrics with a scale of their own (accuracy, areas, R²), and one hundredth of the best score for others (errors).
    /// </summary>
    public double? Rope { get; init; }

    /// <summary>k, the number of folds, 2 or more. Default 10. Not used with <see cref="FoldColumn"/>.</summary>
    public int Folds { get; init; } = 10;

    /// <summary>How often the whole is repeated with other folds, 1 or more. Default 1. Not used with <see cref="FoldColumn"/>.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>A column whose equal values stay in one fold: a patient, a household. Null for none.</summary>
    public string? GroupColumn { get; init; }

    /// <summary>A column that says which fold each row belongs to. Null to make folds.</summary>
    public string? FoldColumn { get; init; }

    /// <summary>For two classes: the value of the label that counts as positive, as text. Null takes the last in order of value; for anomalies the rarer one.</summary>
    public string? PositiveLabel { get; init; }

    /// <summary>The metric that decides, by any of its names; null takes the task's own.</summary>
    public string? Metric { get; init; }

    /// <summary>The seed of folds and candidates. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>The column of features that a clustering's geometry is measured on. Default "Features".</summary>
    public string FeatureColumn { get; init; } = "Features";

    /// <summary>Which pitfalls are looked for. Default all.</summary>
    public DoctorOptions Doctor { get; init; } = DoctorOptions.Default;

    internal void Validate(LearningTask task, CandidateSet candidates)
    {
        if (candidates.Count == 0)
            throw new OptionException("There are no candidates to compare. Add at least one pipeline.");
        if (Folds < 2)
            throw new OptionException($"Option Folds is {Folds}; expected 2 or more.");
        if (Repeats < 1)
            throw new OptionException($"Option Repeats is {Repeats}; expected 1 or more.");
        if (!(TestFraction > 0 && TestFraction < 1))
            throw new OptionException(Invariant($"Option TestFraction is {TestFraction}; expected a share above 0 and below 1, such as 0.25."));
        if (Rope is { } rope && !(rope >= 0 && double.IsFinite(rope)))
            throw new OptionException(Invariant($"Option Rope is {rope}; expected 0 or more."));
        if (FoldColumn is not null && Design != ComparisonDesign.Folds)
            throw new OptionException("FoldColumn says which folds there are; it goes with no other design.");
        if (FoldColumn is not null && GroupColumn is not null)
            throw new OptionException("FoldColumn says which rows belong together already; leave GroupColumn out.");
        if (LabelColumn is null && task != LearningTask.Clustering)
            throw new OptionException("A label column is needed; only clusters are measured without.");
    }
}
