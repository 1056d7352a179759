using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>
/// The corrected resampled t-test of C. Nadeau and Y. Bengio, Inference for the generalization error, Machine Learning 52, 2003: do two
/// candidates, scored on the same splits, differ by more than the choice of splits explains?
/// </summary>
/// <remarks>
/// With d the J differences of paired scores, d̄ their mean and s² their sample variance,
/// <code>t = d̄ / √(s² (1 / J + n_test / n_train)),   p = P(|T| ≥ |t|) with J - 1 degrees of freedom.</code>
/// The ordinary paired t-test lacks the second term; as training sets overlap, it finds differences where there are none.
/// </remarks>
public static class CorrectedResampledTTest
{
    /// <summary>n_test / n_train of k-fold cross-validation: 1 / (k - 1), however often it is repeated.</summary>
    /// <param name="folds">k, at least 2.</param>
    /// <returns>The ratio.</returns>
    public static double KFoldRatio(int folds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        return 1.0 / (folds - 1);
    }

    /// <summary>Compares two candidates.</summary>
    /// <param name="a">J scores of the first candidate.</param>
    /// <param name="b">J scores of the second candidate, on the same splits in the same order.</param>
    /// <param name="testToTrainRatio">n_test / n_train of a split; see <see cref="KFoldRatio"/>. Above 0 and finite.</param>
    /// <param name="confidence">The confidence of the interval of the difference, between 0 and 1 exclusively.</param>
    /// <returns>The test; where the scores allow none, with the reason.</returns>
    /// <exception cref="ArgumentException">The numbers of scores differ, or the ratio or the confidence is out of range.</exception>
    public static PairedComparison Compare(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double testToTrainRatio,
        double confidence = 0.95)
    {
        ResamplingVariance.Validate(testToTrainRatio, confidence);
        var (differences, obstacle) = PairedDifferences.Of(a, b, "split", least: 2);
        if (obstacle is not null)
            return PairedComparison.Undefined(a.Length, confidence, obstacle);

        var (mean, deviation) = ResamplingVariance.MeanAndDeviation(differences);
        double error = ResamplingVariance.StandardError(deviation, differences.Length, testToTrainRatio);
        double margin = StudentT.TwoSidedQuantile(confidence, differences.Length - 1) * error;
        if (deviation > 0)
        {
            double t = mean / error;
            return new(differences.Length, mean, deviation, error, t, StudentT.TwoSidedPValue(t, differences.Length - 1), mean - margin,
                mean + margin, confidence, null);
        }
        return mean == 0
            ? new(differences.Length, 0, 0, 0, 0, 1, 0, 0, confidence, "both candidates have the same score on every split")
            : new(differences.Length, mean, 0, 0, double.CopySign(double.PositiveInfinity, mean), 0, mean, mean, confidence,
                Invariant($"the difference is {mean} on every split; with no variation to compare it with, p is the limit 0"));
    }
}
