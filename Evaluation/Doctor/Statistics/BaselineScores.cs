using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The scores of a prediction without features: the frequencies of the classes, or the mean, of the rows to learn from.</summary>
internal static class BaselineScores
{
    /// <summary>The score on each split of the first repeat; empty for tasks that have no such prediction.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">The rows with the prepared label.</param>
    /// <param name="label">The prepared label.</param>
    /// <param name="splits">The splits.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static double[] Of(
        LearningTask task, IDataView data, string label, IReadOnlyList<RowSplit> splits, MetricDescription metric, CancellationToken cancellationToken)
    {
        if (task is not (LearningTask.Binary or LearningTask.Multiclass or LearningTask.Regression))
            return [];
        var values = Labels(data, data.Schema[label], cancellationToken);
        int classes = task == LearningTask.Regression ? 0 : (int)values.Max() + 1;
        return [.. splits.Where(s => s.Repeat == 0).Select(s => Score(task, Take(values, s.Train), Take(values, s.Test), Math.Max(2, classes), metric))];
    }

    /// <summary>The score on rows whose own label says what to predict: the best that can be had without features. NaN where there is none.</summary>
    public static double Of(LabelSample? label, LearningTask task, MetricDescription metric)
    {
        double[] values = label switch
        {
            null => [],
            { HasClasses: true } => [.. label.Classes.Where(c => c >= 0).Select(c => (double)c)],
            _ => [.. label.Targets.Where(t => !double.IsNaN(t))],
        };
        bool isKnown = values.Length > 0 && task is LearningTask.Binary or LearningTask.Multiclass or LearningTask.Regression;
        return isKnown && label!.HasClasses == (task != LearningTask.Regression)
            ? Score(task, values, values, Math.Max(2, label.ClassNames.Count), metric)
            : double.NaN;
    }

    private static double Score(LearningTask task, double[] train, double[] test, int classes, MetricDescription metric)
    {
        float[] truth = Array.ConvertAll(test, v => (float)v);
        if (task == LearningTask.Regression)
        {
            var mean = new float[test.Length];
            Array.Fill(mean, (float)train.Average());
            return RegressionEvaluator.Evaluate(truth, mean)[metric.Name].Value;
        }

        var frequencies = new float[classes];
        foreach (double c in train)
            frequencies[(int)c] += 1f / train.Length;
        if (task == LearningTask.Binary)
        {
            float[] probabilities = new float[test.Length], scores = new float[test.Length];
            Array.Fill(probabilities, Math.Min(1, frequencies[1]));
            Array.Fill(scores, frequencies[1] - 0.5f);
            return BinaryClassificationEvaluator.Evaluate(truth, scores, probabilities)[metric.Name].Value;
        }

        var all = new float[test.Length * classes];
        for (int row = 0; row < test.Length; row++)
            frequencies.CopyTo(all, row * classes);
        return MulticlassClassificationEvaluator.Evaluate(Array.ConvertAll(test, v => (int)v), all, classes)[metric.Name].Value;
    }

    private static double[] Take(double[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);

    private static double[] Labels(IDataView data, DataViewSchema.Column label, CancellationToken cancellationToken)
    {
        var values = new List<double>();
        using var cursor = data.GetBatchCursor([label], cancellationToken);
        while (cursor.MoveNext())
        {
            switch (cursor.Current[label.Index])
            {
                case ScalarColumn<bool> truths:
                    foreach (bool truth in truths.Values)
                        values.Add(truth ? 1 : 0);
                    break;
                case ScalarColumn<float> numbers:
                    foreach (float number in numbers.Values)
                        values.Add(number);
                    break;
                case ScalarColumn<uint> keys:
                    foreach (uint key in keys.Values)
                        values.Add(key - 1.0);
                    break;
                default:
                    return [];
            }
        }

        return [.. values];
    }
}

/// <summary>
/// How far a candidate comes from the baseline (0) to perfection (1): its score s as (s − baseline) / (best − baseline), so that thresholds mean the same for
/// every metric.
/// </summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="TrainScore">Its score on rows that it learned from.</param>
/// <param name="Score">Its mean score on others.</param>
/// <param name="Train">How far it comes on rows that it learned from.</param>
/// <param name="HeldOut">How far it comes on others.</param>
internal sealed record Skill(string Candidate, double TrainScore, double Score, double Train, double HeldOut)
{
    /// <summary>How much of it is lost on other rows.</summary>
    public double Gap => Train - HeldOut;

    /// <summary>The skills of the candidates that have both scores, best first; those that give every row the same score have none.</summary>
    public static List<Skill> Of(ComparisonSubject comparison)
    {
        double baseline = comparison.Baseline.Length == 0 ? double.NaN : comparison.Baseline.Average();
        double way = comparison.Metric.Best - baseline;
        var skills = new List<Skill>();
        if (!double.IsFinite(way) || way == 0)
            return skills;
        foreach (var candidate in comparison.Candidates)
        {
            if (candidate is { Score: { } score, Fit: { IsConstant: false, Metrics: { } metrics } }
                && metrics[comparison.Metric.Name].Value is var train && double.IsFinite(train) && double.IsFinite(score))
            {
                skills.Add(new Skill(candidate.Result.Name, train, score, (train - baseline) / way, (score - baseline) / way));
            }
        }

        return skills;
    }
}
