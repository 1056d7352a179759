namespace MLPath.Evaluation;

/// <summary>The median of weighted values, such that a whole weight w equals w copies of the row.</summary>
internal static class WeightedMedian
{
    /// <summary>
    /// The smallest value with more than half of the weight at or below it; when exactly half lies at or below a value, the midpoint
    /// between it and the next one. With equal weights this is the ordinary median.
    /// </summary>
    /// <param name="values">n values, n at least 1; sorted in place.</param>
    /// <param name="weights">n weights above 0.</param>
    /// <param name="totalWeight">Their sum.</param>
    public static double Of(double[] values, ReadOnlySpan<double> weights, double totalWeight)
    {
        var order = weights.ToArray();
        Array.Sort(values, order);
        double half = totalWeight / 2, below = 0;
        for (int i = 0; i < values.Length - 1; i++)
        {
            below += order[i];
            if (below == half)
                return values[i] + (values[i + 1] - values[i]) / 2;
            if (below > half)
                return values[i];
        }
        return values[^1];
    }
}
