using MLPath.Numerics;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>
/// The signed-rank test of F. Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1, 1945: do two algorithms, scored on
/// the same n data sets, differ?
/// </summary>
/// <remarks>
/// The absolute differences are ranked, equal ones by the mean of their ranks; differences of 0 are left out first, as Wilcoxon did. W⁺ is the
/// sum of the ranks of positive differences, W⁻ that of negative ones, T the smaller of the two. Without ties and zeros, and for n ≤ 50, the
/// p-value is exact: each of the 2ⁿ choices of signs is equally likely. Otherwise T is taken as normal with mean n (n + 1) / 4 and variance
/// n (n + 1)(2n + 1) / 24 - Σ (t³ - t) / 48, corrected by ½ for continuity. The effect is the median of all means of two differences
/// (J. Hodges and E. Lehmann, Annals of Mathematical Statistics 34, 1963); its interval holds what the test does not reject.
/// </remarks>
public static class Wilcoxon
{
    // Up to here the counts of the exact distribution are whole numbers that a double holds.
    private const int MostExact = 50;

    /// <summary>Compares two algorithms.</summary>
    /// <param name="a">n scores of the first.</param>
    /// <param name="b">n scores of the second, on the same data sets in the same order.</param>
    /// <param name="confidence">The confidence of the interval of the difference, between 0 and 1 exclusively.</param>
    /// <returns>The test; where the scores allow none, with the reason.</returns>
    /// <exception cref="ArgumentException">The numbers of scores differ, or the confidence is out of range.</exception>
    public static SignedRankTest Compare(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence = 0.95)
    {
        ResamplingVariance.Validate(1, confidence);
        var (all, obstacle) = PairedDifferences.Of(a, b, "data set");
        if (obstacle is not null)
            return new SignedRankTest(a.Length, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, confidence, obstacle);
        double[] differences = [.. all.Where(d => d != 0)];
        int n = differences.Length, zeros = all.Length - n;
        string? note = zeros == 0 ? null : Invariant($"{zeros} of {all.Length} differences are 0 and were left out");
        if (n == 0)
            return new SignedRankTest(all.Length, zeros, 0, 0, 1, 0, 0, 0, confidence, "both have the same score on every data set");
        var (ranks, ties) = Ranks.Of(Array.ConvertAll(differences, Math.Abs));
        double plus = 0, minus = 0;
        for (int i = 0; i < n; i++)
        {
            plus += differences[i] > 0 ? ranks[i] : 0;
            minus += differences[i] < 0 ? ranks[i] : 0;
        }

        bool exact = zeros == 0 && ties == 0 && n <= MostExact;
        double p = exact ? ExactPValue(Math.Min(plus, minus), n) : NormalPValue(Math.Min(plus, minus), n, ties);
        var (median, lower, upper) = Effect(all, confidence);
        return new SignedRankTest(all.Length, zeros, plus, minus, p, median, lower, upper, confidence, note);
    }

    private static double ExactPValue(double t, int n)
    {
        double[] counts = Counts(n);
        double below = 0;
        for (int w = 0; w <= (int)t; w++)
            below += counts[w];
        return Math.Min(1, 2 * below / Math.Pow(2, n));
    }

    private static double NormalPValue(double t, double n, double ties)
    {
        double deviation = Math.Sqrt((n * (n + 1) * ((2 * n) + 1) / 24) - (ties / 48));
        double distance = (n * (n + 1) / 4) - t;
        return Math.Min(1, 2 * NormalDistribution.Standard.UpperTail((distance - (distance > 0 ? 0.5 : 0)) / deviation));
    }

    // How many of the 2ⁿ choices of signs give each W⁺ from 0 to n (n + 1) / 2: every rank is added or not.
    private static double[] Counts(int n)
    {
        var counts = new double[(n * (n + 1) / 2) + 1];
        counts[0] = 1;
        for (int rank = 1, most = 0; rank <= n; rank++)
        {
            most += rank;
            for (int w = most; w >= rank; w--)
                counts[w] += counts[w - rank];
        }

        return counts;
    }

    private static (double Median, double Lower, double Upper) Effect(double[] differences, double confidence)
    {
        int n = differences.Length;
        var means = new double[n * (n + 1) / 2];
        for (int i = 0, next = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
                means[next++] = (differences[i] + differences[j]) / 2;
        }

        Array.Sort(means);
        int m = means.Length;
        double median = (means[(m - 1) / 2] + means[m / 2]) / 2;
        int outside = Outside(n, (1 - confidence) / 2);
        // With too few data sets no interval short of everything has the confidence asked for.
        return outside < 0 ? (median, double.NegativeInfinity, double.PositiveInfinity) : (median, means[outside], means[m - 1 - outside]);
    }

    // How many of the sorted means lie below the interval: the largest w with P(W⁺ ≤ w) ≤ tail; -1 if there is none.
    private static int Outside(int n, double tail)
    {
        if (n > MostExact)
        {
            double mean = n * (n + 1.0) / 4, deviation = Math.Sqrt(n * (n + 1.0) * ((2.0 * n) + 1) / 24);
            return (int)Math.Floor(mean - 0.5 + (deviation * NormalDistribution.Standard.Quantile(tail)));
        }

        double[] counts = Counts(n);
        double below = 0, all = Math.Pow(2, n);
        int w = 0;
        while ((below += counts[w]) / all <= tail)
            w++;
        return w - 1;
    }
}

/// <summary>The outcome of Wilcoxon's signed-rank test.</summary>
/// <param name="Count">n, the number of data sets.</param>
/// <param name="Zeros">How many differences are 0 and were left out.</param>
/// <param name="PositiveRankSum">W⁺, the sum of the ranks where the first score is larger.</param>
/// <param name="NegativeRankSum">W⁻, the sum of the ranks where the second score is larger.</param>
/// <param name="PValue">The two-sided p-value; 1 when all differences are 0, NaN when there is no test.</param>
/// <param name="MedianDifference">The estimate of Hodges and Lehmann of first minus second, all differences included.</param>
/// <param name="Lower">The lower end of the interval of the difference; −∞ where there are too few data sets for the confidence.</param>
/// <param name="Upper">The upper end of the interval of the difference; ∞ where there are too few data sets for the confidence.</param>
/// <param name="Confidence">The confidence of the interval, such as 0.95.</param>
/// <param name="Note">Why there is no test, or what was left out; null for an ordinary test.</param>
public sealed record SignedRankTest(
    int Count, int Zeros, double PositiveRankSum, double NegativeRankSum, double PValue, double MedianDifference, double Lower, double Upper,
    double Confidence, string? Note)
{
    /// <summary>T, the smaller of the two sums of ranks.</summary>
    public double Statistic => Math.Min(PositiveRankSum, NegativeRankSum);

    /// <summary>Whether there is a p-value.</summary>
    public bool IsDefined => !double.IsNaN(PValue);

    /// <summary>The test in the form that all tests share.</summary>
    /// <param name="reason">Why it was chosen.</param>
    public StatisticalTest ToTest(string reason) => new("Wilcoxon signed-rank test", reason)
    {
        StatisticName = "T",
        Statistic = Statistic,
        PValue = PValue,
        Effect = IsDefined ? new Effect("median difference", MedianDifference, Lower, Upper, Confidence) : null,
        Note = Note,
    };
}
