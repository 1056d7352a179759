using MLPath.Data;
using MLPath.Runtime;
using static System.FormattableString;
using M = MLPath.Data.AnomalyDetectionMetrics;

namespace MLPath.Evaluation;

/// <summary>Judges the scores of an anomaly detector against rows that are known to be anomalies or not, in O(n log n) for n rows.</summary>
/// <remarks>
/// Rows without a label are left out and counted. When a remaining row has a score that is NaN or infinite, no metric is defined.
/// </remarks>
public static class AnomalyDetectionEvaluator
{
    /// <summary>Judges scores and predicted labels.</summary>
    /// <param name="labels">n labels: above 0 is an anomaly, NaN is missing, anything else normal, as in ML.NET.</param>
    /// <param name="scores">n scores; the higher, the more of an anomaly.</param>
    /// <param name="predicted">n predictions: whether the model's threshold makes the row an anomaly.</param>
    /// <param name="options">The false positives of the detection rate, the size of curves, names; null for the defaults.</param>
    /// <returns>The metrics; undefined ones carry their reason.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an option is out of range.</exception>
    public static AnomalyDetectionMetrics Evaluate(
        ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, ReadOnlySpan<bool> predicted, AnomalyEvaluationOptions? options = null)
    {
        int n = labels.Length;
        options ??= new AnomalyEvaluationOptions();
        options.Validate();
        RowFilter.RequireLength(nameof(scores), scores.Length, n);
        RowFilter.RequireLength(nameof(predicted), predicted.Length, n);
        var filter = new RowFilter(n, []);
        var counts = new ConfusionCounts([options.AnomalyName, options.NormalName]);
        var isAnomaly = new bool[n];
        var kept = new float[n];
        for (int row = 0, next = 0; row < n; row++)
        {
            if (!filter.Admit(row, hasLabel: !float.IsNaN(labels[row]), hasUsableScore: float.IsFinite(scores[row]), out _))
                continue;
            (isAnomaly[next], kept[next]) = (labels[row] > 0, scores[row]);
            counts.Add(isAnomaly[next++] ? 0 : 1, predicted[row] ? 0 : 1, 1);
        }

        var table = new MetricTable(LearningTask.AnomalyDetection);
        if (filter.Obstacle is { } obstacle)
        {
            var none = Outcome.Undefined(obstacle);
            table.UndefinedRest(obstacle);
            return new M(table, filter.Counts, options.FalsePositiveCount, new ConfusionCounts([options.AnomalyName, options.NormalName]),
                new ScoreCurves(options.AnomalyName, none, none, none, [], []));
        }

        int evaluated = filter.Counts.Evaluated;
        var curves = new ScoreCurveBuilder(options.MaxCurvePoints).Build(options.AnomalyName, kept.AsSpan(0, evaluated), isAnomaly.AsSpan(0, evaluated), []);
        table.Set(curves.AreaUnderRocCurve);
        table.Set(curves.AveragePrecision);
        table.Set(nameof(M.DetectionRateAtFalsePositiveCount), DetectionRate(kept.AsSpan(0, evaluated), isAnomaly, options));
        table.Set(nameof(M.PrecisionAtTopCount), PrecisionAtTop(kept.AsSpan(0, evaluated), isAnomaly, options));
        JudgeDecisions(table, counts, options);
        return new M(table, filter.Counts, options.FalsePositiveCount, counts, curves);
    }

    // The anomalies above the normal row that would be one false positive too many.
    private static Outcome DetectionRate(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isAnomaly, AnomalyEvaluationOptions options)
    {
        var anomalies = new List<float>();
        var normal = new List<float>();
        for (int row = 0; row < scores.Length; row++)
            (isAnomaly[row] ? anomalies : normal).Add(scores[row]);
        if (anomalies.Count == 0 || normal.Count == 0)
        {
            return Outcome.Undefined(
                Invariant($"it needs rows of both kinds; all {scores.Length} evaluated rows are '{(normal.Count == 0 ? options.AnomalyName : options.NormalName)}'"));
        }

        if (normal.Count <= options.FalsePositiveCount)
            return 1;
        normal.Sort();
        float threshold = normal[^(options.FalsePositiveCount + 1)];
        return (double)anomalies.Count(s => s > threshold) / anomalies.Count;
    }

    // Of rows that share the last of the places, as many anomalies are expected there as their share among these rows.
    private static Outcome PrecisionAtTop(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isAnomaly, AnomalyEvaluationOptions options)
    {
        float[] sorted = scores.ToArray();
        Array.Sort(sorted);
        int anomalies = isAnomaly[..scores.Length].Count(true), places = Math.Min(options.TopCount ?? anomalies, sorted.Length);
        if (places == 0)
            return Outcome.Undefined($"no evaluated row is '{options.AnomalyName}'");
        float last = sorted[^places];
        int above = 0, found = 0, tied = 0, tiedFound = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            int counts = isAnomaly[row] ? 1 : 0;
            if (scores[row] > last)
                (above, found) = (above + 1, found + counts);
            else if (scores[row] == last)
                (tied, tiedFound) = (tied + 1, tiedFound + counts);
        }

        return (found + ((double)(places - above) * tiedFound / tied)) / places;
    }

    private static void JudgeDecisions(MetricTable table, ConfusionCounts counts, AnomalyEvaluationOptions options)
    {
        const int anomaly = 0;
        Set(nameof(M.Precision), counts.Precision(anomaly), "or is predicted ");
        Set(nameof(M.Recall), counts.Recall(anomaly), "");
        Set(nameof(M.F1Score), counts.F1(anomaly), "or is predicted ");

        void Set(string name, double value, string orPredicted) => table.Set(
            name, double.IsNaN(value) ? Outcome.Undefined($"no evaluated row is {orPredicted}'{options.AnomalyName}'") : value);
    }
}
