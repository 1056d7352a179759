using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Comparison.Datasets;

/// <summary>Comparisons over data sets whose scores are given instead of measured.</summary>
internal static class Fabricated
{
    public static readonly string[] Demsar = ["C4.5", "C4.5+m", "C4.5+cf", "C4.5+m+cf"];

    /// <summary>
    /// AUC of four variants of C4.5 on 14 data sets: J. Demšar, JMLR 7, 2006, table 6. Of two areas that are printed as 0.975 one is a hair lower, as
    /// their printed ranks, 2 and 3, tell.
    /// </summary>
    public static readonly double[][] DemsarScores =
    [
        [0.763, 0.768, 0.771, 0.798], [0.599, 0.591, 0.590, 0.569], [0.954, 0.971, 0.968, 0.967], [0.628, 0.661, 0.654, 0.657],
        [0.882, 0.888, 0.886, 0.898], [0.936, 0.931, 0.916, 0.931], [0.661, 0.668, 0.609, 0.685], [0.583, 0.583, 0.563, 0.625],
        [0.775, 0.838, 0.866, 0.875], [1.000, 1.000, 1.000, 1.000], [0.940, 0.962, 0.965, 0.962], [0.619, 0.666, 0.614, 0.669],
        [0.972, 0.981, 0.975, 0.9749], [0.957, 0.978, 0.946, 0.970],
    ];

    /// <summary>A report over sets called d0, d1, … with one score for each candidate on each of them: NaN where a candidate failed.</summary>
    public static DatasetsReport Of(string[] candidates, double[][] scores, string? baseline = null, LearningTask task = LearningTask.Binary) =>
        Ranked(candidates, [.. scores.Select((row, i) => Set($"d{i}", task, candidates, [.. row.Select(s => new[] { s - 0.01, s, s + 0.01 })]))], baseline);

    /// <summary>Ranks candidates over the sets.</summary>
    public static DatasetsReport Ranked(string[] candidates, IReadOnlyList<DatasetResult> sets, string? baseline = null)
    {
        var metric = sets.Select(s => s.Comparison?.Metric).OfType<MetricDescription>().FirstOrDefault() ?? MetricCatalog.Find(LearningTask.Binary, "accuracy");
        return DatasetsRanking.Rank(metric, new ComparisonOptions { Folds = 3 }, candidates, sets, baseline);
    }

    /// <summary>A set on which each candidate has the given scores on its folds; a fold that is NaN makes a candidate that failed.</summary>
    public static DatasetResult Set(string name, LearningTask task, string[] candidates, double[][] folds)
    {
        const double Ratio = 0.5;
        var metric = MetricCatalog.Find(task, task == LearningTask.Regression ? "rmse" : "accuracy");
        var results = candidates.Select((candidate, c) => folds[c].Any(double.IsNaN)
            ? new CandidateResult { Name = candidate, Pipeline = candidate, Error = "It cannot read text." }
            : new CandidateResult
            {
                Name = candidate,
                Pipeline = candidate,
                Rank = 1,
                Folds = [.. folds[c].Select((score, f) => new FoldResult(0, f, 20, 10, Metrics(task, metric, score), TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(1)))],
                Metrics = MetricCatalog.For(task).ToDictionary(m => m.Name, m => ResampledScores.Summarize(m == metric ? folds[c] : [double.NaN], Ratio)),
                Score = ResampledScores.Summarize(folds[c], Ratio),
            });
        return new DatasetResult(name, task)
        {
            Comparison = new ComparisonReport
            {
                Task = task,
                DataSource = name,
                DataFingerprint = new string('0', 64),
                Data = new DataSummary(30, []),
                Options = new ComparisonOptions { LabelColumn = "y", Folds = 3 },
                Design = "3 folds",
                TestToTrainRatio = Ratio,
                Metric = metric,
                Candidates = [.. results.OrderBy(r => r.Error is not null).ThenBy(r => (metric.HigherIsBetter ? -1 : 1) * r.Score?.Mean)],
            },
        };
    }

    private static EvaluationMetrics Metrics(LearningTask task, MetricDescription metric, double score)
    {
        var table = new MetricTable(task);
        table.Set(metric.Name, score);
        table.UndefinedRest("it was not measured");
        var rows = new RowCounts(10, 0, 0, 10);
        // The class does not matter: the values are looked up by the task of the table.
        return new RegressionMetrics(table, rows);
    }
}
