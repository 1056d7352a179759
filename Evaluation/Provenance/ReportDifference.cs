namespace MLPath.Evaluation;

/// <summary>A place where two comparison documents differ.</summary>
/// <param name="Candidate">The candidate; null for what concerns all.</param>
/// <param name="Member">What differs: the metric and its statistic ("MicroAccuracy mean"), or the members' names with points between them.</param>
/// <param name="Fold">The fold: "repeat 1, fold 3"; null for what concerns all folds.</param>
/// <param name="Old">The old value as text; null where there was none.</param>
/// <param name="New">The new value as text; null where there is none.</param>
public sealed record ReportDifference(string? Candidate, string Member, string? Fold, string? Old, string? New)
{
    /// <summary>The new number minus the old one; null where one of them is no number.</summary>
    public double? Change { get; init; }
}
