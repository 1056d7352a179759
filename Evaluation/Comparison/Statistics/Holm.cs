using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>
/// S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979: adjusts p-values so
/// that the probability of any false finding among m tests stays below the level, whatever their dependence.
/// </summary>
public static class Holm
{
    /// <summary>
    /// Adjusts p-values. With them sorted, p₍₁₎ ≤ … ≤ p₍ₘ₎, the adjusted value of the i-th is the largest of (m - j + 1) p₍ⱼ₎ over j ≤ i,
    /// at most 1. A finding holds at level α when its adjusted value is at most α.
    /// </summary>
    /// <param name="pValues">p-values between 0 and 1; NaN for a test not made, which stays NaN and does not count in m.</param>
    /// <returns>The adjusted values, in the order given.</returns>
    /// <exception cref="ArgumentException">A value lies outside 0 to 1.</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        var adjusted = pValues.ToArray();
        var order = new List<int>(adjusted.Length);
        for (int i = 0; i < adjusted.Length; i++)
        {
            if (adjusted[i] is < 0 or > 1)
            {
                throw new ArgumentException(
                    Invariant($"The p-value at index {i} is {adjusted[i]}; it must lie between 0 and 1."), nameof(pValues));
            }
            if (!double.IsNaN(adjusted[i]))
                order.Add(i);
        }
        order.Sort((i, j) => adjusted[i] != adjusted[j] ? adjusted[i].CompareTo(adjusted[j]) : i.CompareTo(j));
        double floor = 0;
        for (int rank = 0; rank < order.Count; rank++)
        {
            floor = Math.Max(floor, Math.Min(1, (order.Count - rank) * adjusted[order[rank]]));
            adjusted[order[rank]] = floor;
        }
        return adjusted;
    }
}
