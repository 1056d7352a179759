using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Reports;

/// <summary>Comparisons of any size, whose scores are drawn at random rather than learned.</summary>
internal static class SyntheticComparison
{
    private const int FoldRows = 200;

    // All rows are drawn for every eighth candidate, whose drawings those after it share: a page is as large, and made in a fraction of the time.
    private const int Drawn = 8;

    /// <summary>A comparison on two classes; the first candidate is best, and the last is the baseline.</summary>
    public static ComparisonReport Binary(int candidates, int rows, int folds, int repeats)
    {
        var metric = MetricCatalog.Find(LearningTask.Binary, "Accuracy");
        return Make(LearningTask.Binary, metric, rows, folds, repeats, ["no", "yes"], [.. Enumerable.Range(0, candidates).Select(c =>
            (c == candidates - 1 ? "baseline" : $"candidate-{c}",
             (Func<int, Random, EvaluationMetrics>)((n, random) => BinaryMetrics(n, c == candidates - 1 ? 0 : 2.5 - (1.5 * c / candidates), random))))]);
    }

    /// <summary>A comparison on many classes.</summary>
    public static ComparisonReport Multiclass(int candidates, int classes, int rows, int folds = 10, int repeats = 1)
    {
        var metric = MetricCatalog.Find(LearningTask.Multiclass, "MicroAccuracy");
        return Make(LearningTask.Multiclass, metric, rows, folds, repeats, [], [.. Enumerable.Range(0, candidates).Select(c =>
            ($"candidate-{c}", (Func<int, Random, EvaluationMetrics>)((n, random) => MulticlassMetrics(n, classes, 4 - (2.0 * c / candidates), random))))]);
    }

    private static ComparisonReport Make(
        LearningTask task, MetricDescription metric, int rows, int folds, int repeats, string[] classes, (string Name, Func<int, Random, EvaluationMetrics> Measure)[] candidates)
    {
        double ratio = 1.0 / (folds - 1);
        EvaluationMetrics? pooled = null;
        var results = candidates.Select((candidate, c) =>
        {
            var random = new Random(c);
            FoldResult[] measured = [.. from repeat in Enumerable.Range(0, repeats) from fold in Enumerable.Range(0, folds)
                select new FoldResult(repeat, fold, rows - (rows / folds), rows / folds, candidate.Measure(FoldRows, random),
                    TimeSpan.FromMilliseconds(5 * Math.Pow(1.3, c % 30)), TimeSpan.FromMicroseconds(40 * Math.Pow(1.4, (c * 7) % 30)))];
            var metrics = MetricCatalog.For(task).ToDictionary(m => m.Name, m => ResampledScores.Summarize([.. measured.Select(f => f.Metrics[m.Name].Value)], ratio));
            pooled = c % Drawn == 0 || c == candidates.Length - 1 ? candidate.Measure(rows, random) : pooled;
            return new CandidateResult
            {
                Name = candidate.Name,
                Pipeline = "Concatenate\nNormalize\nTrain",
                Folds = measured,
                Metrics = metrics,
                Score = metrics[metric.Name],
                Pooled = pooled,
                ModelBytes = 900 + (137L * c * c),
            };
        }).OrderByDescending(r => r.Score!.Mean).ToList();
        for (int i = 0; i < results.Count; i++)
        {
            results[i] = results[i] with
            {
                Rank = i + 1,
                VersusBest = i == 0 ? null : CorrectedResampledTTest.Compare(Scores(results[0]), Scores(results[i]), ratio),
                AdjustedPValue = i == 0 ? double.NaN : Math.Min(1, 0.9 / i),
            };
        }

        return new ComparisonReport
        {
            Task = task,
            DataSource = "synthetic",
            DataFingerprint = new string('a', 64),
            Data = new DataSummary(rows, [.. Enumerable.Range(0, 40).Select(i => new ColumnSummary($"column {i}", "Single", rows, 0) { Mean = i, StandardDeviation = 1, Minimum = -4, Maximum = i + 4 })]),
            Options = new ComparisonOptions { LabelColumn = "outcome", Folds = folds, Repeats = repeats },
            Design = $"{folds} folds, repeated {repeats} times",
            BinaryClasses = classes,
            TestToTrainRatio = ratio,
            Metric = metric,
            Candidates = results,
        };

        double[] Scores(CandidateResult r) => [.. r.Folds.Select(f => f.Metrics[metric.Name].Value)];
    }

    private static CalibratedBinaryClassificationMetrics BinaryMetrics(int rows, double signal, Random random)
    {
        float[] labels = new float[rows], scores = new float[rows], probabilities = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            labels[i] = i % 3 == 0 ? 1 : 0;
            double score = (signal * (labels[i] - 0.5)) + Normal(random);
            scores[i] = (float)score;
            probabilities[i] = (float)(1 / (1 + Math.Exp(-score)));
        }

        return BinaryClassificationEvaluator.Evaluate(labels, scores, probabilities, options: new BinaryEvaluationOptions { PositiveName = "yes", NegativeName = "no" });
    }

    private static MulticlassClassificationMetrics MulticlassMetrics(int rows, int classes, double signal, Random random)
    {
        var labels = new int[rows];
        var scores = new float[rows * classes];
        for (int i = 0; i < rows; i++)
        {
            labels[i] = i % classes;
            double[] odds = [.. Enumerable.Range(0, classes).Select(c => Math.Exp((c == labels[i] ? signal : 0) + Normal(random)))];
            double sum = odds.Sum();
            for (int c = 0; c < classes; c++)
                scores[(i * classes) + c] = (float)(odds[c] / sum);
        }

        return MulticlassClassificationEvaluator.Evaluate(labels, scores, classes,
            options: new MulticlassEvaluationOptions { ClassNames = [.. Enumerable.Range(0, classes).Select(c => $"a class with a rather long name, number {c}")] });
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
