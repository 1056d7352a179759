namespace MLPath.Numerics;

/// <summary>The result of a test of a hypothesis.</summary>
/// <param name="Statistic">The number that the test looks at: t, or χ².</param>
/// <param name="DegreesOfFreedom">That of its distribution if the hypothesis is true.</param>
/// <param name="PValue">The probability, if the hypothesis is true, of a statistic at least as extreme.</param>
public sealed record TestResult(double Statistic, double DegreesOfFreedom, double PValue);

/// <summary>Tests of hypotheses about means and tables.</summary>
public static class HypothesisTest
{
    /// <summary>Student's test of the hypothesis that values come from a distribution of a given mean: t = (x̄ - μ) / (s / √n), two-sided.</summary>
    /// <param name="values">At least two values.</param>
    /// <param name="mean">μ.</param>
    /// <exception cref="ArgumentException">There are fewer than two values.</exception>
    public static TestResult OneSampleT(ReadOnlySpan<double> values, double mean)
    {
        var moments = Moments(values, nameof(values));
        return OfT((moments.Mean - mean) / Math.Sqrt(moments.Variance / moments.Count), moments.Count - 1);
    }

    /// <summary>Welch's test of the hypothesis that two samples come from distributions of equal means, whatever their variances, two-sided.</summary>
    /// <param name="first">At least two values.</param>
    /// <param name="second">At least two values.</param>
    /// <exception cref="ArgumentException">There are fewer than two values.</exception>
    /// <remarks>B. Welch, <i>The generalization of Student's problem when several different population variances are involved</i>, Biometrika 34 (1947).</remarks>
    public static TestResult WelchT(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (a, b) = (Moments(first, nameof(first)), Moments(second, nameof(second)));
        double va = a.Variance / a.Count, vb = b.Variance / b.Count;
        double freedom = (va + vb) * (va + vb) / (va * va / (a.Count - 1) + vb * vb / (b.Count - 1));
        return OfT((a.Mean - b.Mean) / Math.Sqrt(va + vb), freedom);
    }

    /// <summary>
    /// Pearson's χ² test of the hypothesis that the row and the column of a count are independent: Σ (observed - expected)² / expected, with
    /// expected = row total × column total / total.
    /// </summary>
    /// <param name="counts">A table of counts with at least two rows and columns, none of them all zero.</param>
    /// <exception cref="ArgumentException">The table is too small, a count is negative, or a row or column is all zero.</exception>
    public static TestResult Independence(Matrix counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        double[] ofRows = [.. counts.Select(row => row.Sum())], ofColumns = [.. counts.Transpose().Select(column => column.Sum())];
        double total = ofRows.Sum(), statistic = 0;
        if (counts.Rows < 2 || counts.Columns < 2 || counts.Any(row => row.Any(c => !(c >= 0))) || !ofRows.All(t => t > 0) || !ofColumns.All(t => t > 0))
            throw new ArgumentException("The table must have at least two rows and columns, counts of 0 or more, and no row or column of zeros.", nameof(counts));
        for (int i = 0; i < counts.Rows; i++)
        {
            for (int j = 0; j < counts.Columns; j++)
            {
                double expected = ofRows[i] * ofColumns[j] / total, difference = counts[i, j] - expected;
                statistic += difference * difference / expected;
            }
        }

        double freedom = (counts.Rows - 1.0) * (counts.Columns - 1);
        return new TestResult(statistic, freedom, new ChiSquaredDistribution(freedom).UpperTail(statistic));
    }

    // Values that do not vary leave t infinite, or NaN when the means are equal too.
    private static TestResult OfT(double t, double freedom) =>
        new(t, freedom, freedom > 0 && !double.IsNaN(t) ? new StudentTDistribution(freedom).TwoSidedTail(t) : double.IsInfinity(t) ? 0 : double.NaN);

    private static StreamingMoments Moments(ReadOnlySpan<double> values, string name)
    {
        if (values.Length < 2) throw new ArgumentException($"The test needs at least two values, but there are {values.Length}.", name);
        var moments = new StreamingMoments();
        moments.Add(values);
        return moments;
    }
}
