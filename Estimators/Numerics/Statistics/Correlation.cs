namespace MLPath.Numerics;

/// <summary>How far two variables go together, from -1 to 1: along a line (Pearson), or in order alone (Spearman, Kendall).</summary>
public static class Correlation
{
    /// <summary>Pearson's correlation Σ (x - x̄)(y - ȳ) / √(Σ (x - x̄)² Σ (y - ȳ)²).</summary>
    /// <param name="x">The first variable.</param>
    /// <param name="y">The second variable, of as many values.</param>
    /// <returns>NaN if a variable does not vary, holds NaN, or is empty.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireSameLength(x, y);
        var pairs = new StreamingCovariance(2);
        for (int i = 0; i < x.Length; i++) pairs.Add([x[i], y[i]]);
        return pairs.Correlation()[0, 1];
    }

    /// <summary>Spearman's correlation: Pearson's of the ranks, where equal values share the mean of their ranks.</summary>
    /// <inheritdoc cref="Pearson(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireSameLength(x, y);
        return HasNaN(x) || HasNaN(y) ? double.NaN : Pearson(Ranks(x), Ranks(y));
    }

    /// <summary>
    /// Kendall's τ-b: (concordant - discordant pairs) / √((pairs not tied in x)(pairs not tied in y)). The cost is n log n operations.
    /// </summary>
    /// <remarks>W. Knight, <i>A computer method for calculating Kendall's tau with ungrouped data</i>, JASA 61 (1966).</remarks>
    /// <inheritdoc cref="Pearson(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double Kendall(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireSameLength(x, y);
        if (HasNaN(x) || HasNaN(y)) return double.NaN;
        int n = x.Length;
        var pairs = new (double X, double Y)[n];
        for (int i = 0; i < n; i++) pairs[i] = (x[i], y[i]);
        Array.Sort(pairs);

        long tiedX = 0, tiedBoth = 0;
        for (int i = 0, start = 0, startBoth = 0; i < n; i++)
        {
            if (pairs[i].X != pairs[start].X) start = i;
            if (pairs[i] != pairs[startBoth]) startBoth = i;
            tiedX += i - start;
            tiedBoth += i - startBoth;
        }

        // Sorted by x, and by y where x is tied: a pair is discordant when its y is out of order, and merge sort counts those.
        double[] ys = Array.ConvertAll(pairs, p => p.Y);
        long discordant = CountInversions(ys, new double[n]);
        long tiedY = 0;
        for (int i = 0, start = 0; i < n; i++)
        {
            if (ys[i] != ys[start]) start = i;
            tiedY += i - start;
        }

        long all = (long)n * (n - 1) / 2;
        double difference = all - tiedX - tiedY + tiedBoth - 2 * discordant;
        return difference / (Math.Sqrt(all - tiedX) * Math.Sqrt(all - tiedY));
    }

    /// <summary>The rank of every value, from 1 for the least; equal values share the mean of their ranks.</summary>
    /// <param name="values">The values; NaN comes first.</param>
    public static double[] Ranks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++) { }
            for (int i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2.0;
        }

        return ranks;
    }

    /// <summary>Sorts values, and counts the pairs that were in the wrong order.</summary>
    private static long CountInversions(Span<double> values, Span<double> buffer)
    {
        if (values.Length < 2) return 0;
        int middle = values.Length / 2;
        Span<double> left = values[..middle], right = values[middle..];
        long count = CountInversions(left, buffer) + CountInversions(right, buffer);
        for (int i = 0, j = 0, k = 0; k < values.Length; k++)
        {
            bool fromRight = i == left.Length || (j < right.Length && right[j] < left[i]);
            if (fromRight) count += left.Length - i;
            buffer[k] = fromRight ? right[j++] : left[i++];
        }

        buffer[..values.Length].CopyTo(values);
        return count;
    }

    private static bool HasNaN(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (double.IsNaN(value)) return true;
        }

        return false;
    }

    private static void RequireSameLength(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"The variables have {x.Length} and {y.Length} values; they must have as many.");
    }
}
