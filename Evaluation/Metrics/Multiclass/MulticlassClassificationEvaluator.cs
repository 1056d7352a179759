using MLPath.Data;
using MLPath.Runtime;
using static System.FormattableString;
using M = MLPath.Data.MulticlassClassificationMetrics;

namespace MLPath.Evaluation;

/// <summary>Judges the scores of a multiclass classifier, in O(k n log n) for n rows and k classes.</summary>
/// <remarks>
/// The predicted class is the one with the highest score, the first of them on a tie, as in ML.NET. Rows without a label are left out and
/// counted; rows of weight 0 are as good as absent. When a remaining row has a score that is NaN or infinite, no metric is defined: ML.NET
/// drops such rows, which rewards a model for failing on the hard ones.
/// </remarks>
public static class MulticlassClassificationEvaluator
{
    private const string UnknownClassName = "(unknown)";

    /// <summary>Judges class scores.</summary>
    /// <param name="labels">
    /// n class indices, 0 to k - 1; a negative one is missing, and k or more is a class that the model does not know: the row counts as
    /// wrong.
    /// </param>
    /// <param name="scores">n by k scores, row-major; probabilities, where the model gives them.</param>
    /// <param name="numberOfClasses">k, at least 1.</param>
    /// <param name="weights">n weights, finite and not negative, or none for equal weights.</param>
    /// <param name="options">Class names, the K of top-K accuracy, the size of curves; null for the defaults.</param>
    /// <returns>The metrics; undefined ones carry their reason.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a weight is bad, or an option is out of range.</exception>
    public static M Evaluate(ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, int numberOfClasses,
        ReadOnlySpan<float> weights = default, MulticlassEvaluationOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfClasses, 1);
        options ??= new MulticlassEvaluationOptions();
        options.Validate(numberOfClasses);

        var rows = new MulticlassRows(labels, scores, numberOfClasses, weights);
        var table = new MetricTable(LearningTask.Multiclass);
        var counts = new ConfusionCounts(ClassNames(numberOfClasses, options, rows.WithUnknownClass > 0));
        var losses = new ProbabilityLosses(numberOfClasses);
        double[] topK = new double[options.TopKPredictionCount];
        ScoreCurves[] curves = [];
        if (rows.Obstacle is { } obstacle)
        {
            Array.Fill(topK, double.NaN);
            table.UndefinedRest(obstacle);
            return new M(table, rows.Counts, counts, rows.WithUnknownClass, [.. counts.PerClass().Select(_ => double.NaN)], topK, curves);
        }

        var actual = rows.Labels;
        for (int i = 0; i < actual.Length; i++)
        {
            var row = rows.ScoresOf(i);
            int label = actual[i];
            double weight = rows.WeightAt(i);
            counts.Add(label, IndexOfMax(row), weight);
            losses.Add(row, label, weight, rows.DataRow(i));
            for (int rank = topK.Length == 0 ? 0 : Rank(row, label); rank < topK.Length; rank++)
                topK[rank] += weight;
        }
        for (int rank = 0; rank < topK.Length; rank++)
            topK[rank] /= counts.Total;

        JudgeDecisions(table, counts, topK);
        JudgeProbabilities(table, counts, losses);
        curves = OneVersusRest(rows, numberOfClasses, counts, options.MaxCurvePoints);
        JudgeCurves(table, curves);
        return new M(table, rows.Counts, counts, rows.WithUnknownClass, losses.PerClass(counts.Support), topK, curves);
    }

    private static void JudgeDecisions(MetricTable table, ConfusionCounts counts, double[] topK)
    {
        table.Set(nameof(M.MicroAccuracy), counts.Accuracy);
        table.Set(nameof(M.MacroAccuracy), counts.Macro(counts.Recall));
        table.Set(nameof(M.MacroPrecision), counts.Macro(counts.Precision));
        table.Set(nameof(M.MacroF1Score), counts.Macro(counts.F1));
        table.Set(nameof(M.WeightedPrecision), counts.Weighted(counts.Precision));
        table.Set(nameof(M.WeightedF1Score), counts.Weighted(counts.F1));
        table.Set(nameof(M.MatthewsCorrelation), counts.MatthewsCorrelation());
        table.Set(nameof(M.CohensKappa), counts.CohensKappa());
        table.Set(nameof(M.TopKAccuracy), topK.Length > 0 ? topK[^1] : Outcome.Undefined("no K was asked for"));
    }

    private static void JudgeProbabilities(MetricTable table, ConfusionCounts counts, ProbabilityLosses losses)
    {
        if (losses.Obstacle is { } obstacle)
        {
            var none = Outcome.Undefined(obstacle);
            table.Set(nameof(M.LogLoss), none);
            table.Set(nameof(M.LogLossReduction), none);
            table.Set(nameof(M.BrierScore), none);
            return;
        }
        double logLoss = losses.LogLoss(counts.Total);
        double entropy = counts.Entropy();
        table.Set(nameof(M.LogLoss), logLoss);
        table.Set(nameof(M.BrierScore), losses.Brier(counts.Total));
        table.Set(nameof(M.LogLossReduction), counts.HasOneClass
            ? Outcome.Undefined($"the reduction is relative to the entropy of the classes, which is 0: {counts.OneClassInWords()}")
            : (entropy - logLoss) / entropy);
    }

    private static void JudgeCurves(MetricTable table, ScoreCurves[] curves)
    {
        table.Set(nameof(M.MacroAreaUnderRocCurve), Mean(c => c.AreaUnderRocCurve));
        table.Set(nameof(M.MacroAveragePrecision), Mean(c => c.AveragePrecision));

        Outcome Mean(Func<ScoreCurves, MetricValue> area)
        {
            var defined = curves.Select(area).Where(a => a.IsDefined).ToArray();
            return defined.Length > 0
                ? defined.Average(a => a.Value)
                : Outcome.Undefined($"it is undefined for every class; for '{curves[0].ClassName}', {area(curves[0]).UndefinedReason}");
        }
    }

    private static ScoreCurves[] OneVersusRest(MulticlassRows rows, int k, ConfusionCounts counts, int maxPoints)
    {
        var labels = rows.Labels;
        int n = labels.Length;
        var names = counts.PerClass();
        var scores = new float[n];
        var positive = new bool[n];
        var builder = new ScoreCurveBuilder(maxPoints);
        var curves = new ScoreCurves[k];
        for (int c = 0; c < k; c++)
        {
            for (int i = 0; i < n; i++)
            {
                scores[i] = rows.ScoresOf(i)[c];
                positive[i] = labels[i] == c;
            }
            curves[c] = builder.Build(names[c].ClassName, scores, positive, rows.Weights);
        }
        return curves;
    }

    internal static int IndexOfMax(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int c = 1; c < row.Length; c++)
        {
            if (row[c] > row[best])
                best = c;
        }
        return best;
    }

    /// <summary>How many classes rank before the true one: those of higher score, and of equal score those that come earlier.</summary>
    private static int Rank(ReadOnlySpan<float> row, int label)
    {
        if (label >= row.Length)
            return int.MaxValue;
        int rank = 0;
        for (int c = 0; c < row.Length; c++)
        {
            if (row[c] > row[label] || (row[c] == row[label] && c < label))
                rank++;
        }
        return rank;
    }

    private static string[] ClassNames(int k, MulticlassEvaluationOptions options, bool withUnknown)
    {
        var names = options.ClassNames
            ?? [.. Enumerable.Range(0, k).Select(c => Invariant($"{c}"))];
        return withUnknown ? [.. names, UnknownClassName] : [.. names];
    }
}
