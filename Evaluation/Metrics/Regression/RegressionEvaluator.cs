using System.Numerics;
using MLPath.Data;
using MLPath.Runtime;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>Judges predicted numbers, in O(n) for n rows.</summary>
/// <remarks>
/// Rows without a label (NaN) are left out and counted; rows of weight 0 are as good as absent. When a remaining row has a prediction that
/// is NaN or infinite, no metric is defined: ML.NET drops NaN predictions, which rewards a model for failing on the hard rows.
/// </remarks>
public static class RegressionEvaluator
{
    /// <summary>Judges predictions.</summary>
    /// <param name="labels">n true values; NaN is missing.</param>
    /// <param name="scores">n predictions.</param>
    /// <param name="weights">n weights, finite and not negative, or none for equal weights.</param>
    /// <param name="options">The user's own loss; null for the defaults.</param>
    /// <returns>The metrics; undefined ones carry their reason.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a weight is bad, or a label is infinite.</exception>
    public static RegressionMetrics Evaluate(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores,
        ReadOnlySpan<float> weights = default, RegressionEvaluationOptions? options = null) =>
        EvaluateCore(labels, scores, weights, options ?? new RegressionEvaluationOptions());

    /// <inheritdoc cref="Evaluate(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, RegressionEvaluationOptions?)"/>
    public static RegressionMetrics Evaluate(ReadOnlySpan<double> labels, ReadOnlySpan<double> scores,
        ReadOnlySpan<float> weights = default, RegressionEvaluationOptions? options = null) =>
        EvaluateCore(labels, scores, weights, options ?? new RegressionEvaluationOptions());

    private static RegressionMetrics EvaluateCore<T>(ReadOnlySpan<T> labels, ReadOnlySpan<T> scores, ReadOnlySpan<float> weights,
        RegressionEvaluationOptions options)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int n = labels.Length;
        RowFilter.RequireLength(nameof(scores), scores.Length, n);
        var filter = new RowFilter(n, weights);
        var y = new double[n];
        var f = new double[n];
        var w = new double[n];
        int kept = 0;
        for (int row = 0; row < n; row++)
        {
            if (T.IsInfinity(labels[row]))
            {
                throw new ArgumentException(
                    Invariant($"The label at row index {row} is infinite; labels must be finite, or NaN where missing."), nameof(labels));
            }
            if (!filter.Admit(row, !T.IsNaN(labels[row]), T.IsFinite(scores[row]), out w[kept]))
                continue;
            y[kept] = double.CreateChecked(labels[row]);
            f[kept] = double.CreateChecked(scores[row]);
            kept++;
        }
        var table = new MetricTable(LearningTask.Regression);
        if (filter.Obstacle is { } obstacle)
            table.UndefinedRest(obstacle);
        else
            Judge(table, y.AsSpan(0, kept), f.AsSpan(0, kept), w.AsSpan(0, kept), filter.Counts.TotalWeight, options);
        return new RegressionMetrics(table, filter.Counts);
    }

    private static void Judge(MetricTable table, ReadOnlySpan<double> y, ReadOnlySpan<double> f, ReadOnlySpan<double> w, double total,
        RegressionEvaluationOptions options)
    {
        CompensatedSum absolute = default, squared = default, relative = default, loss = default, labels = default, errors = default;
        double lowest = y[0], highest = y[0], worst = 0;
        int zeroLabels = 0;
        var absoluteErrors = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
        {
            double error = y[i] - f[i];
            double size = Math.Abs(error);
            absoluteErrors[i] = size;
            absolute.Add(w[i] * size);
            squared.Add(w[i] * error * error);
            loss.Add(w[i] * (options.LossFunction is { } own ? own(y[i], f[i]) : error * error));
            labels.Add(w[i] * y[i]);
            errors.Add(w[i] * error);
            if (y[i] == 0)
                zeroLabels++;
            else
                relative.Add(w[i] * (size / Math.Abs(y[i])));
            lowest = Math.Min(lowest, y[i]);
            highest = Math.Max(highest, y[i]);
            worst = Math.Max(worst, size);
        }
        double meanSquared = squared.Value / total;
        table.Set(nameof(RegressionMetrics.MeanAbsoluteError), absolute.Value / total);
        table.Set(nameof(RegressionMetrics.MeanSquaredError), meanSquared);
        table.Set(nameof(RegressionMetrics.RootMeanSquaredError), Math.Sqrt(meanSquared));
        table.Set(nameof(RegressionMetrics.LossFunction), loss.Value / total);
        table.Set(nameof(RegressionMetrics.MaxError), worst);
        table.Set(nameof(RegressionMetrics.MedianAbsoluteError), WeightedMedian.Of(absoluteErrors, w));
        table.Set(nameof(RegressionMetrics.MeanAbsolutePercentageError), zeroLabels > 0
            ? Outcome.Undefined(Invariant($"a relative error needs labels other than 0; {zeroLabels} are 0"))
            : relative.Value / total);

        // Equality of labels, not a variance of 0: rounding of the mean would leave a tiny variance and an absurd quotient.
        if (lowest == highest)
        {
            var constant = Outcome.Undefined(Invariant($"the target is constant: it is {lowest} in all {y.Length} evaluated rows"));
            table.Set(nameof(RegressionMetrics.RSquared), constant);
            table.Set(nameof(RegressionMetrics.ExplainedVariance), constant);
            return;
        }
        double labelVariance = Variance(y, [], w, labels.Value / total);
        table.Set(nameof(RegressionMetrics.RSquared), 1 - squared.Value / labelVariance);
        table.Set(nameof(RegressionMetrics.ExplainedVariance), 1 - Variance(y, f, w, errors.Value / total) / labelVariance);
    }

    /// <summary>Σ w (y - f - mean)², f being 0 when it is empty.</summary>
    private static double Variance(ReadOnlySpan<double> y, ReadOnlySpan<double> f, ReadOnlySpan<double> w, double mean)
    {
        var sum = new CompensatedSum();
        for (int i = 0; i < y.Length; i++)
        {
            double deviation = (f.IsEmpty ? y[i] : y[i] - f[i]) - mean;
            sum.Add(w[i] * deviation * deviation);
        }
        return sum.Value;
    }
}
