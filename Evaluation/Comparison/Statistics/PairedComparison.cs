namespace MLPath.Evaluation;

/// <summary>The outcome of comparing two candidates' scores split by split, or on one split row by row.</summary>
/// <param name="Count">J, the number of splits; on one split, the number of rows.</param>
/// <param name="MeanDifference">The mean of first minus second; NaN when a score is undefined or infinite.</param>
/// <param name="StandardDeviation">The sample standard deviation of the differences (divisor J - 1); NaN where the test is not a t-test.</param>
/// <param name="StandardError">The corrected standard error of the mean difference; NaN where the test is not a t-test.</param>
/// <param name="T">
/// The test statistic, mean difference over its standard error: 0 when all differences are 0, infinite when all are the same other number, NaN
/// where the test is not a t-test.
/// </param>
/// <param name="PValue">
/// The two-sided p-value, the probability of a statistic at least this far from 0 if the candidates were equally good: 1 when all
/// differences are 0, 0 when all are the same other number, NaN when there is no test.
/// </param>
/// <param name="Lower">The lower end of the confidence interval of the difference.</param>
/// <param name="Upper">The upper end of the confidence interval of the difference.</param>
/// <param name="Confidence">The confidence of the interval, such as 0.95.</param>
/// <param name="Note">Why there is no test, or why its p-value is 1 or 0 without a variance; null for an ordinary test.</param>
public sealed record PairedComparison(int Count, double MeanDifference, double StandardDeviation, double StandardError, double T,
    double PValue, double Lower, double Upper, double Confidence, string? Note)
{
    /// <summary>The degrees of freedom of the test, J - 1.</summary>
    public int DegreesOfFreedom => Math.Max(0, Count - 1);

    /// <summary>Whether there is a p-value.</summary>
    public bool IsDefined => !double.IsNaN(PValue);

    /// <summary>The test in the form that all tests share, as Nadeau and Bengio's.</summary>
    /// <param name="reason">Why it was chosen.</param>
    public StatisticalTest ToTest(string reason) => new("corrected resampled t-test", reason)
    {
        StatisticName = "t",
        Statistic = T,
        PValue = PValue,
        Effect = IsDefined ? new Effect("mean difference", MeanDifference, Lower, Upper, Confidence) : null,
        Note = Note,
    };

    /// <summary>What another test found, in this form: without a standard deviation, an error and a t.</summary>
    internal static PairedComparison Of(StatisticalTest test, int count) => new(
        count, test.Effect?.Estimate ?? double.NaN, double.NaN, double.NaN, double.NaN, test.PValue, test.Effect?.Lower ?? double.NaN,
        test.Effect?.Upper ?? double.NaN, test.Effect?.Confidence ?? 0.95, test.Note);

    internal static PairedComparison Undefined(int count, double confidence, string reason) =>
        new(count, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, confidence, reason);
}
