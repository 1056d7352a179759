using MLPath.Numerics;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>
/// The test of E. DeLong, D. DeLong and D. Clarke-Pearson, Comparing the areas under two or more correlated receiver operating characteristic curves,
/// Biometrics 44, 1988: do two models rank the same rows equally well?
/// </summary>
/// <remarks>
/// With m positive and n negative rows, V₁₀ of a positive row is the share of negative ones that score below it (equal ones by half), V₀₁ of a
/// negative row the share of positive ones that score above it; both average to the area. The covariance of two areas is that of their V₁₀ over m plus that of
/// their V₀₁ over n, and z, the difference of the areas over its standard error, is standard normal if they are equal. The shares come from ranks in
/// O((m + n) log (m + n)) as X. Sun and W. Xu showed (Fast implementation of DeLong's algorithm, IEEE Signal Processing Letters 21, 2014):
/// V₁₀ = (rank among all - rank among positives) / n.
/// </remarks>
public static class DeLong
{
    /// <summary>Compares two models.</summary>
    /// <param name="labels">Of N rows, whether each is positive.</param>
    /// <param name="first">N scores of the first model; the higher, the more positive.</param>
    /// <param name="second">N scores of the second model for the same rows in the same order.</param>
    /// <param name="confidence">The confidence of the interval of the difference, between 0 and 1 exclusively.</param>
    /// <returns>The test; where the rows allow none, with the reason.</returns>
    /// <exception cref="ArgumentException">The numbers of rows differ, or the confidence is out of range.</exception>
    public static DeLongTest Compare(ReadOnlySpan<bool> labels, ReadOnlySpan<float> first, ReadOnlySpan<float> second, double confidence = 0.95)
    {
        ResamplingVariance.Validate(1, confidence);
        if (first.Length != labels.Length || second.Length != labels.Length)
        {
            throw new ArgumentException(
                Invariant($"Scores are compared row by row: {first.Length} and {second.Length} scores cannot be paired with {labels.Length} labels."), nameof(first));
        }

        int positives = labels.Count(true), negatives = labels.Length - positives;
        string? obstacle = positives < 2 || negatives < 2
            ? Invariant($"the test needs at least two rows of each class; there are {positives} positive and {negatives} negative ones")
            : Obstacle("first", first) ?? Obstacle("second", second);
        if (obstacle is not null)
            return DeLongTest.Undefined(positives, negatives, confidence, obstacle);
        var a = Placements(labels, first, positives);
        var b = Placements(labels, second, positives);
        double areaA = Mean(a.Positive), areaB = Mean(b.Positive);
        double varianceA = (Covariance(a.Positive, a.Positive) / positives) + (Covariance(a.Negative, a.Negative) / negatives);
        double varianceB = (Covariance(b.Positive, b.Positive) / positives) + (Covariance(b.Negative, b.Negative) / negatives);
        double covariance = (Covariance(a.Positive, b.Positive) / positives) + (Covariance(a.Negative, b.Negative) / negatives);
        // The variance of V_a - V_b, without cancellation where the models are nearly the same.
        double[] positive = Difference(a.Positive, b.Positive), negative = Difference(a.Negative, b.Negative);
        double error = Math.Sqrt((Covariance(positive, positive) / positives) + (Covariance(negative, negative) / negatives));
        double difference = areaA - areaB;
        var areas = new DeLongTest(positives, negatives, areaA, areaB, varianceA, varianceB, covariance, difference, 0, 1, difference, difference, confidence, null);
        if (error == 0)
        {
            return difference == 0
                ? areas with { Note = "both models rank every pair of rows alike" }
                : DeLongTest.Undefined(positives, negatives, confidence, "the difference is the same for every row, so that its error cannot be told");
        }

        double z = difference / error, margin = NormalDistribution.Standard.Quantile((1 + confidence) / 2) * error;
        return areas with
        {
            Z = z,
            PValue = Math.Min(1, 2 * NormalDistribution.Standard.UpperTail(Math.Abs(z))),
            Lower = difference - margin,
            Upper = difference + margin,
        };
    }

    private static string? Obstacle(string which, ReadOnlySpan<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i]))
                return Invariant($"the {which} model's score at row index {i} is {scores[i]}");
        }

        return null;
    }

    private static (double[] Positive, double[] Negative) Placements(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, int positives)
    {
        int negatives = labels.Length - positives;
        var ofPositive = new double[positives];
        var ofNegative = new double[negatives];
        var all = new double[labels.Length];
        for (int i = 0, p = 0, n = 0; i < labels.Length; i++)
        {
            all[i] = scores[i];
            if (labels[i])
                ofPositive[p++] = scores[i];
            else
                ofNegative[n++] = scores[i];
        }

        double[] ranks = Ranks.Of(all).Ranks, amongPositives = Ranks.Of(ofPositive).Ranks, amongNegatives = Ranks.Of(ofNegative).Ranks;
        for (int i = 0, p = 0, n = 0; i < labels.Length; i++)
        {
            if (labels[i])
            {
                ofPositive[p] = (ranks[i] - amongPositives[p]) / negatives;
                p++;
            }
            else
            {
                ofNegative[n] = 1 - ((ranks[i] - amongNegatives[n]) / positives);
                n++;
            }
        }

        return (ofPositive, ofNegative);
    }

    private static double Mean(double[] values)
    {
        var sum = new CompensatedSum();
        foreach (double value in values)
            sum.Add(value);
        return sum.Value / values.Length;
    }

    private static double Covariance(double[] x, double[] y)
    {
        double meanX = Mean(x), meanY = Mean(y);
        var sum = new CompensatedSum();
        for (int i = 0; i < x.Length; i++)
            sum.Add((x[i] - meanX) * (y[i] - meanY));
        return sum.Value / (x.Length - 1);
    }

    private static double[] Difference(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a - b)];
}

/// <summary>The outcome of DeLong's test.</summary>
/// <param name="Positives">m, the number of positive rows.</param>
/// <param name="Negatives">n, the number of negative rows.</param>
/// <param name="FirstArea">The area under the ROC curve of the first model.</param>
/// <param name="SecondArea">The area under the ROC curve of the second model.</param>
/// <param name="FirstVariance">The variance of the first area.</param>
/// <param name="SecondVariance">The variance of the second area.</param>
/// <param name="Covariance">The covariance of the two areas.</param>
/// <param name="Difference">The first area less the second.</param>
/// <param name="Z">The difference over its standard error; 0 where both models rank alike.</param>
/// <param name="PValue">The two-sided p-value; 1 where both models rank alike, NaN when there is no test.</param>
/// <param name="Lower">The lower end of the interval of the difference.</param>
/// <param name="Upper">The upper end of the interval of the difference.</param>
/// <param name="Confidence">The confidence of the interval, such as 0.95.</param>
/// <param name="Note">Why there is no test, or nothing to tell apart; null for an ordinary test.</param>
public sealed record DeLongTest(
    int Positives, int Negatives, double FirstArea, double SecondArea, double FirstVariance, double SecondVariance, double Covariance, double Difference,
    double Z, double PValue, double Lower, double Upper, double Confidence, string? Note)
{
    /// <summary>The test in the form that all tests share.</summary>
    /// <param name="reason">Why it was chosen.</param>
    public StatisticalTest ToTest(string reason) => new("DeLong test", reason)
    {
        StatisticName = "z",
        Statistic = Z,
        PValue = PValue,
        Effect = double.IsNaN(PValue) ? null : new Effect("difference of areas", Difference, Lower, Upper, Confidence),
        Note = Note,
    };

    internal static DeLongTest Undefined(int positives, int negatives, double confidence, string reason) => new(
        positives, negatives, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, confidence, reason);
}
