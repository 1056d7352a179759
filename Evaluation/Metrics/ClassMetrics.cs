namespace MLPath.Data;

/// <summary>How well one class is recognized: its line in the per-class table.</summary>
/// <param name="ClassName">The class.</param>
/// <param name="Support">The number of rows of this class, or their summed weight.</param>
/// <param name="Predicted">The number of rows predicted as this class, or their summed weight.</param>
/// <param name="Precision">
/// The share of its predictions that are right: 0 when it has rows but is never predicted, NaN when it has neither.
/// </param>
/// <param name="Recall">The share of its rows that are predicted right; NaN when it has no rows.</param>
/// <param name="F1Score">
/// The harmonic mean of precision and recall, 2 right / (support + predicted); NaN when the class has neither rows nor predictions.
/// </param>
public sealed record ClassMetrics(string ClassName, double Support, double Predicted, double Precision, double Recall, double F1Score);
