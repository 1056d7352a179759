using MLPath.Numerics;

namespace MLPath.Evaluation;

/// <summary>How much two samples differ: the effect, from 0 for none to 1, and the p-value of no difference.</summary>
/// <param name="Effect">The Kolmogorov–Smirnov distance, or Cramér's V.</param>
/// <param name="PValue">The probability of an effect at least this large where there is none.</param>
internal readonly record struct SampleDifference(double Effect, double PValue)
{
    public static SampleDifference None { get; } = new(0, 1);
}

/// <summary>Tests whether two samples, or the rows of a table of counts, come from one distribution.</summary>
internal static class TwoSamples
{
    // Rarer categories are counted together: the approximation by χ² wants expected counts of some five (Cochran 1954).
    private const int FewestOfCategory = 10;

    /// <summary>
    /// The Kolmogorov–Smirnov test: D = sup |F₁(x) − F₂(x)|; p from the limit of √(n m / (n + m)) D (N. Smirnov, Table for estimating the goodness of fit
    /// of empirical distributions, Annals of Mathematical Statistics 19, 1948), which errs towards no difference in small samples.
    /// </summary>
    /// <param name="first">n values, ascending.</param>
    /// <param name="second">m values, ascending.</param>
    public static SampleDifference KolmogorovSmirnov(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty)
            return SampleDifference.None;
        double distance = 0;
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            double x = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] == x)
                i++;
            while (j < second.Length && second[j] == x)
                j++;
            distance = Math.Max(distance, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }

        double n = first.Length, m = second.Length;
        return new(distance, KolmogorovTail(Math.Sqrt(n / (n + m) * m) * distance));
    }

    /// <summary>P(K &gt; x) of Kolmogorov's distribution: 2 Σ (−1)^(j−1) exp(−2 j² x²), by the series that converges fast on each side of 1.</summary>
    internal static double KolmogorovTail(double x)
    {
        if (x <= 0.04)
            return 1;
        double sum = 0;
        if (x < 1)
        {
            for (int j = 1; j <= 20; j++)
                sum += Math.Exp(-Math.Pow(((2 * j) - 1) * Math.PI / x, 2) / 8);
            return 1 - (Math.Sqrt(2 * Math.PI) / x * sum);
        }

        for (int j = 1; j <= 20; j++)
            sum += (j % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * j * j * x * x);
        return sum;
    }

    /// <summary>Pearson's χ² test of independence, with Cramér's V = √(χ² / (n (min(r, c) − 1))) of the r × c table without empty rows and columns.</summary>
    /// <param name="counts">Counts, [row][column].</param>
    public static SampleDifference Independence(IReadOnlyList<double[]> counts)
    {
        double[] rows = [.. counts.Select(r => r.Sum())];
        double[] columns = [.. Enumerable.Range(0, counts.Count == 0 ? 0 : counts[0].Length).Select(c => counts.Sum(r => r[c]))];
        double total = rows.Sum();
        int r = rows.Count(v => v > 0), k = columns.Count(v => v > 0);
        if (r < 2 || k < 2)
            return SampleDifference.None;
        double statistic = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < columns.Length; j++)
            {
                double expected = rows[i] / total * columns[j];
                if (expected > 0)
                    statistic += (counts[i][j] - expected) * (counts[i][j] - expected) / expected;
            }
        }

        double effect = Math.Sqrt(statistic / (total * (Math.Min(r, k) - 1)));
        return new(effect, new ChiSquaredDistribution((r - 1) * (k - 1)).UpperTail(statistic));
    }

    /// <summary>Whether two samples of categories differ; rare categories count together.</summary>
    /// <param name="first">The codes of the first, not negative.</param>
    /// <param name="second">The codes of the second.</param>
    public static SampleDifference Categories(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        int codes = first.Concat(second).DefaultIfEmpty(-1).Max() + 1;
        double[] a = new double[codes + 1], b = new double[codes + 1];
        foreach (int code in first)
            a[code]++;
        foreach (int code in second)
            b[code]++;
        for (int code = 0; code < codes; code++)
        {
            if (a[code] + b[code] >= FewestOfCategory)
                continue;
            (a[codes], b[codes]) = (a[codes] + a[code], b[codes] + b[code]);
            (a[code], b[code]) = (0, 0);
        }

        return Independence([a, b]);
    }
}
