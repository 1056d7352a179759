namespace MLPath.Data;

/// <summary>One point of a ROC curve: rows scoring at least <paramref name="Threshold"/> are called positive.</summary>
/// <param name="Threshold">The threshold; +∞ for the first point, at which no row is called positive.</param>
/// <param name="FalsePositiveRate">The share of negative rows that are called positive.</param>
/// <param name="TruePositiveRate">The share of positive rows that are called positive.</param>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate);
