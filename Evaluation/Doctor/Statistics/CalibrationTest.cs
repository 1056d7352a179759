using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How far probabilities are from the frequencies they announce.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="ExpectedError">The expected calibration error: the mean distance of probability and frequency over ten parts of equal size.</param>
/// <param name="Confidence">The mean probability of what was predicted.</param>
/// <param name="Accuracy">How often that was right.</param>
/// <param name="PValue">The probability of so bad a fit if the probabilities were right, by Spiegelhalter's test.</param>
internal sealed record CalibrationTest(int Rows, double ExpectedError, double Confidence, double Accuracy, double PValue)
{
    private const int Parts = 10;

    // Scores that are probabilities sum to 1 but for rounding.
    private const double Rounding = 1e-3;

    /// <summary>
    /// Tests the probability of the predicted class (C. Guo et al., On calibration of modern neural networks, ICML 2017; D. Spiegelhalter, Probabilistic
    /// prediction in patient management and clinical trials, Statistics in Medicine 5, 1986: z = Σ (y − p)(1 − 2p) / √(Σ (1 − 2p)² p (1 − p))).
    /// </summary>
    /// <param name="rows">Predictions and truth.</param>
    /// <returns>Null where there are no probabilities, or too few rows to tell.</returns>
    public static CalibrationTest? Of(ScoredRows rows)
    {
        var pairs = rows.Task switch
        {
            LearningTask.Binary => Binary(rows),
            LearningTask.Multiclass => Multiclass(rows),
            _ => [],
        };
        return pairs.Count >= Fewest ? Of(pairs) : null;
    }

    /// <summary>The fewest rows: ten for each part.</summary>
    public const int Fewest = 10 * Parts;

    internal static CalibrationTest Of(List<(double Probability, bool Right)> pairs)
    {
        pairs.Sort((a, b) => a.Probability != b.Probability ? a.Probability.CompareTo(b.Probability) : a.Right.CompareTo(b.Right));
        double error = 0;
        for (int part = 0; part < Parts; part++)
        {
            int start = (int)((long)part * pairs.Count / Parts), end = (int)((part + 1L) * pairs.Count / Parts);
            double gap = 0;
            for (int i = start; i < end; i++)
                gap += pairs[i].Probability - (pairs[i].Right ? 1 : 0);
            error += Math.Abs(gap) / pairs.Count;
        }

        double sum = 0, variance = 0;
        foreach (var (p, right) in pairs)
        {
            sum += ((right ? 1 : 0) - p) * (1 - (2 * p));
            variance += (1 - (2 * p)) * (1 - (2 * p)) * p * (1 - p);
        }

        // Probabilities of 0 and 1 alone have no variance: one that is wrong is refuted, all right is confirmed.
        double pValue = variance > 0 ? 2 * new NormalDistribution(0, 1).UpperTail(Math.Abs(sum) / Math.Sqrt(variance)) : sum == 0 ? 1 : 0;
        return new CalibrationTest(pairs.Count, error, pairs.Average(p => p.Probability), pairs.Count(p => p.Right) / (double)pairs.Count, pValue);
    }

    private static List<(double Probability, bool Right)> Binary(ScoredRows rows)
    {
        var pairs = new List<(double, bool)>();
        for (int i = 0; i < rows.Probabilities.Length; i++)
        {
            float p = rows.Probabilities[i], truth = rows.Targets[i];
            if (p is >= 0 and <= 1 && !float.IsNaN(truth))
                pairs.Add((Math.Max(p, 1 - p), p >= 0.5f == truth > 0));
        }

        return pairs;
    }

    private static List<(double Probability, bool Right)> Multiclass(ScoredRows rows)
    {
        var pairs = new List<(double, bool)>();
        int k = rows.ScoreWidth;
        for (int i = 0; i < rows.Classes.Length; i++)
        {
            var scores = rows.Scores.Slice(i * k, k);
            double sum = 0;
            int best = 0;
            for (int c = 0; c < k; c++)
            {
                if (!(scores[c] is >= 0 and <= 1))
                    return [];
                sum += scores[c];
                best = scores[c] > scores[best] ? c : best;
            }

            if (Math.Abs(sum - 1) > Rounding)
                return [];
            if (rows.Classes[i] >= 0)
                pairs.Add((scores[best], best == rows.Classes[i]));
        }

        return pairs;
    }
}
