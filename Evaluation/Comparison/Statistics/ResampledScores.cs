using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>
/// The mean of scores over the splits of a resampling (cross-validation, repeated cross-validation, repeated holdout), and how uncertain it
/// is.
/// </summary>
/// <remarks>
/// Training sets overlap, so that scores of different splits are not independent, and the usual variance of a mean, s² / J, is too small by
/// far. Nadeau and Bengio (Inference for the generalization error, Machine Learning 52, 2003) correct it to
/// <code>Var(mean) ≈ s² (1 / J + n_test / n_train)</code>
/// with J the number of splits and s² their sample variance (divisor J - 1). The interval is mean ± t √Var(mean), t the quantile of
/// Student's distribution with J - 1 degrees of freedom. For r repeats of k folds J = r k and n_test / n_train = 1 / (k - 1).
/// </remarks>
public sealed record ResampledScores
{
    private ResampledScores(int count, double mean, double standardDeviation, double standardError, double margin, double confidence,
        string? undefinedReason)
    {
        Count = count;
        Mean = mean;
        StandardDeviation = standardDeviation;
        StandardError = standardError;
        Lower = mean - margin;
        Upper = mean + margin;
        Confidence = confidence;
        UndefinedReason = undefinedReason;
    }

    /// <summary>J, the number of scores.</summary>
    public int Count { get; }

    /// <summary>The mean score; NaN when a score is undefined or infinite, or there is none.</summary>
    public double Mean { get; }

    /// <summary>s, the sample standard deviation of the scores (divisor J - 1); NaN with fewer than two.</summary>
    public double StandardDeviation { get; }

    /// <summary>s √(1 / J + n_test / n_train), the corrected standard error of the mean; NaN with fewer than two scores.</summary>
    public double StandardError { get; }

    /// <summary>The lower end of the interval; on one split, of the bootstrap over its rows; NaN where there is none. It is not cut at the ends of the metric's range.</summary>
    public double Lower { get; private init; }

    /// <summary>The upper end of the interval; on one split, of the bootstrap over its rows; NaN where there is none. It is not cut at the ends of the metric's range.</summary>
    public double Upper { get; private init; }

    /// <summary>The confidence of the interval, such as 0.95.</summary>
    public double Confidence { get; }

    /// <summary>Why the mean or the interval is undefined; null when both have values.</summary>
    public string? UndefinedReason { get; }

    /// <summary>Summarizes the scores of J splits.</summary>
    /// <param name="scores">J scores, one per split; NaN where the metric was undefined.</param>
    /// <param name="testToTrainRatio">n_test / n_train of a split: 1 / (k - 1) for k folds. Above 0 and finite.</param>
    /// <param name="confidence">The confidence of the interval, between 0 and 1 exclusively.</param>
    /// <returns>The summary; where scores do not allow one, with the reason.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The ratio or the confidence is out of range.</exception>
    public static ResampledScores Summarize(ReadOnlySpan<double> scores, double testToTrainRatio, double confidence = 0.95)
    {
        ResamplingVariance.Validate(testToTrainRatio, confidence);
        int count = scores.Length;
        if (ResamplingVariance.Obstacle(scores) is { } obstacle)
            return new(count, double.NaN, double.NaN, double.NaN, double.NaN, confidence, obstacle);
        var (mean, deviation) = ResamplingVariance.MeanAndDeviation(scores);
        if (count == 1)
            return new(count, mean, double.NaN, double.NaN, double.NaN, confidence, "an interval needs the scores of at least two splits");
        double error = ResamplingVariance.StandardError(deviation, count, testToTrainRatio);
        return new(count, mean, deviation, error, StudentT.TwoSidedQuantile(confidence, count - 1) * error, confidence, null);
    }

    /// <summary>One score on one split, with its bootstrap interval over the rows.</summary>
    internal static ResampledScores OfOneSplit(BootstrapInterval interval, string? undefinedReason) =>
        new(1, interval.Estimate, double.NaN, double.NaN, 0, interval.Confidence, undefinedReason ?? interval.UndefinedReason)
        {
            Lower = interval.Lower,
            Upper = interval.Upper,
        };

    /// <summary>The mean, and the half-width of the interval where there is one.</summary>
    /// <returns>Text such as <c>0.9533 ± 0.0214</c>, in invariant culture.</returns>
    public override string ToString() => double.IsNaN(Mean) ? $"undefined ({UndefinedReason})"
        : double.IsNaN(Lower) ? Invariant($"{Mean:0.0000}")
        : Invariant($"{Mean:0.0000} ± {Upper - Mean:0.0000}");
}
