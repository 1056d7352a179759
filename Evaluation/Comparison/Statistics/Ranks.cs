namespace MLPath.Evaluation;

/// <summary>Ranks of numbers, from 1 for the smallest; equal numbers share the mean of their ranks.</summary>
internal static class Ranks
{
    /// <summary>Ranks numbers without NaN.</summary>
    /// <param name="values">n numbers.</param>
    /// <returns>n ranks, and Σ (t³ - t) over groups of t equal numbers: 0 without ties.</returns>
    public static (double[] Ranks, double Ties) Of(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        double ties = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            double count = end - start;
            ties += (count * count * count) - count;
            for (int i = start; i < end; i++)
                ranks[order[i]] = (start + 1 + end) / 2.0;
        }

        return (ranks, ties);
    }
}
