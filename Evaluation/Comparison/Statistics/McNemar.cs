using MLPath.Numerics;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>
/// The test of Q. McNemar, Note on the sampling error of the difference between correlated proportions or percentages, Psychometrika 12, 1947: are
/// two classifiers right on equally many of the same rows?
/// </summary>
/// <remarks>
/// Only rows on which exactly one of the two is right say anything: b where it is the first, c where it is the second. If the classifiers are equally
/// good, b is binomial with b + c trials and probability ½. With fewer than 25 such rows the p-value is that of the binomial distribution,
/// otherwise that of (|b - c| - 1)² / (b + c), χ² with one degree of freedom (A. Edwards, Psychometrika 13, 1948). The effect is (b - c) / n, the difference of
/// accuracies; its interval is that of A. Agresti and Y. Min (Statistics in Medicine 24, 2005), Wald's after adding ½ to each of the four counts.
/// </remarks>
public static class McNemar
{
    private const int FewestForChiSquare = 25;

    /// <summary>Compares two classifiers.</summary>
    /// <param name="firstIsRight">Of n rows, whether the first classifier is right.</param>
    /// <param name="secondIsRight">Of the same rows in the same order, whether the second classifier is right.</param>
    /// <param name="confidence">The confidence of the interval of the difference, between 0 and 1 exclusively.</param>
    /// <returns>The test; without rows, with the reason.</returns>
    /// <exception cref="ArgumentException">The numbers of rows differ, or the confidence is out of range.</exception>
    public static McNemarTest Compare(ReadOnlySpan<bool> firstIsRight, ReadOnlySpan<bool> secondIsRight, double confidence = 0.95)
    {
        if (firstIsRight.Length != secondIsRight.Length)
        {
            throw new ArgumentException(
                Invariant($"Predictions are compared row by row: {firstIsRight.Length} rows cannot be paired with {secondIsRight.Length}."), nameof(secondIsRight));
        }

        var counts = new int[4];
        for (int i = 0; i < firstIsRight.Length; i++)
            counts[(firstIsRight[i] ? 0 : 2) + (secondIsRight[i] ? 0 : 1)]++;
        return Compare(counts[0], counts[1], counts[2], counts[3], confidence);
    }

    /// <summary>Compares two classifiers by the counts of rows.</summary>
    /// <param name="both">On how many rows both are right.</param>
    /// <param name="onlyFirst">b, on how many rows only the first is right.</param>
    /// <param name="onlySecond">c, on how many rows only the second is right.</param>
    /// <param name="neither">On how many rows neither is right.</param>
    /// <param name="confidence">The confidence of the interval of the difference, between 0 and 1 exclusively.</param>
    /// <returns>The test; without rows, with the reason.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or the confidence is out of range.</exception>
    public static McNemarTest Compare(int both, int onlyFirst, int onlySecond, int neither, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(both);
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        ArgumentOutOfRangeException.ThrowIfNegative(neither);
        ResamplingVariance.Validate(1, confidence);
        double n = (double)both + onlyFirst + onlySecond + neither;
        if (n == 0)
            return new McNemarTest(0, 0, 0, true, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, confidence, "there are no rows");
        int discordant = onlyFirst + onlySecond, smaller = Math.Min(onlyFirst, onlySecond);
        bool exact = discordant < FewestForChiSquare;
        double excess = Math.Max(0, Math.Abs(onlyFirst - onlySecond) - 1);
        double statistic = exact ? smaller : excess * excess / discordant;
        double p = exact
            ? Math.Min(1, 2 * new BinomialDistribution(discordant, 0.5).CumulativeProbability(smaller))
            : new ChiSquaredDistribution(1).UpperTail(statistic);

        double b = onlyFirst + 0.5, c = onlySecond + 0.5, m = n + 2, middle = (b - c) / m;
        double margin = NormalDistribution.Standard.Quantile((1 + confidence) / 2) * Math.Sqrt(b + c - ((b - c) * (b - c) / m)) / m;
        return new McNemarTest((int)n, onlyFirst, onlySecond, exact, statistic, p, (onlyFirst - onlySecond) / n, middle - margin, middle + margin, confidence,
            discordant == 0 ? "both are right on the same rows" : null);
    }
}

/// <summary>The outcome of McNemar's test.</summary>
/// <param name="Rows">n, the number of rows.</param>
/// <param name="OnlyFirst">b, on how many rows only the first classifier is right.</param>
/// <param name="OnlySecond">c, on how many rows only the second classifier is right.</param>
/// <param name="IsExact">Whether the p-value is that of the binomial distribution.</param>
/// <param name="Statistic">The smaller of b and c for an exact test, χ² otherwise.</param>
/// <param name="PValue">The two-sided p-value; 1 when no row is judged differently, NaN without rows.</param>
/// <param name="Difference">The accuracy of the first less that of the second.</param>
/// <param name="Lower">The lower end of the interval of the difference.</param>
/// <param name="Upper">The upper end of the interval of the difference.</param>
/// <param name="Confidence">The confidence of the interval, such as 0.95.</param>
/// <param name="Note">Why there is no test, or nothing to tell apart; null for an ordinary test.</param>
public sealed record McNemarTest(
    int Rows, int OnlyFirst, int OnlySecond, bool IsExact, double Statistic, double PValue, double Difference, double Lower, double Upper, double Confidence,
    string? Note)
{
    /// <summary>The test in the form that all tests share.</summary>
    /// <param name="reason">Why it was chosen.</param>
    public StatisticalTest ToTest(string reason) => new(IsExact ? "exact McNemar test" : "McNemar test", reason)
    {
        StatisticName = IsExact ? "min(b, c)" : "χ²",
        Statistic = Statistic,
        PValue = PValue,
        Effect = double.IsNaN(PValue) ? null : new Effect("difference of accuracies", Difference, Lower, Upper, Confidence),
        Note = Note,
    };
}
