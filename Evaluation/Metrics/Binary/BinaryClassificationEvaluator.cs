using MLPath.Data;
using MLPath.Runtime;
using static System.FormattableString;
using M = MLPath.Data.CalibratedBinaryClassificationMetrics;

namespace MLPath.Evaluation;

/// <summary>
/// Judges the scores of a binary classifier, in O(n log n) or better for n rows: one sort for both curves, one pass for everything else.
/// </summary>
/// <remarks>
/// Rows without a label are left out and counted; rows of weight 0 are as good as absent. When a remaining row has a score that is NaN or
/// infinite, no metric is defined: ML.NET drops such rows, which rewards a model for failing on the hard ones.
/// </remarks>
public static class BinaryClassificationEvaluator
{
    /// <summary>Judges scores and probabilities.</summary>
    /// <param name="labels">n labels: above 0 is positive, NaN is missing, anything else negative, as in ML.NET.</param>
    /// <param name="scores">n scores; the higher, the more positive.</param>
    /// <param name="probabilities">n probabilities of the positive class, 0 to 1. With a NaN, their metrics are undefined.</param>
    /// <param name="weights">n weights, finite and not negative, or none for equal weights.</param>
    /// <param name="options">The threshold, the size of curves, the names of the classes; null for the defaults.</param>
    /// <returns>The metrics; undefined ones carry their reason.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a weight is bad, or a probability lies outside 0 to 1.</exception>
    public static CalibratedBinaryClassificationMetrics Evaluate(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores,
        ReadOnlySpan<float> probabilities, ReadOnlySpan<float> weights = default, BinaryEvaluationOptions? options = null)
    {
        RowFilter.RequireLength(nameof(probabilities), probabilities.Length, labels.Length);
        var rows = new BinaryRows(labels, scores, probabilities, weights);
        var (table, counts, curves) = Judge(rows, options ?? new BinaryEvaluationOptions());
        if (rows.Obstacle is { } obstacle)
            table.UndefinedRest(obstacle);
        else if (rows.FirstRowWithoutProbability >= 0)
            table.UndefinedRest(Invariant($"the probability at row index {rows.FirstRowWithoutProbability} is NaN"));
        else
            JudgeProbabilities(table, rows, counts);
        return new CalibratedBinaryClassificationMetrics(table, rows.Counts, counts, curves);
    }

    /// <summary>Judges scores and probabilities.</summary>
    /// <param name="labels">n labels; none is missing.</param>
    /// <param name="scores">n scores; the higher, the more positive.</param>
    /// <param name="probabilities">n probabilities of the positive class, 0 to 1. With a NaN, their metrics are undefined.</param>
    /// <param name="weights">n weights, finite and not negative, or none for equal weights.</param>
    /// <param name="options">The threshold, the size of curves, the names of the classes; null for the defaults.</param>
    /// <returns>The metrics; undefined ones carry their reason.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a weight or a probability is out of range.</exception>
    public static CalibratedBinaryClassificationMetrics Evaluate(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores,
        ReadOnlySpan<float> probabilities, ReadOnlySpan<float> weights = default, BinaryEvaluationOptions? options = null) =>
        Evaluate(ToFloats(labels), scores, probabilities, weights, options);

    /// <summary>Judges scores of a model that gives no probabilities.</summary>
    /// <param name="labels">n labels: above 0 is positive, NaN is missing, anything else negative, as in ML.NET.</param>
    /// <param name="scores">n scores; the higher, the more positive.</param>
    /// <param name="weights">n weights, finite and not negative, or none for equal weights.</param>
    /// <param name="options">The threshold, the size of curves, the names of the classes; null for the defaults.</param>
    /// <returns>The metrics; undefined ones carry their reason, and those of probabilities are all undefined.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a weight is bad.</exception>
    public static BinaryClassificationMetrics EvaluateNonCalibrated(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores,
        ReadOnlySpan<float> weights = default, BinaryEvaluationOptions? options = null)
    {
        var rows = new BinaryRows(labels, scores, [], weights);
        var (table, counts, curves) = Judge(rows, options ?? new BinaryEvaluationOptions());
        table.UndefinedRest(rows.Obstacle ?? "the model gives scores but no probabilities");
        return new BinaryClassificationMetrics(table, rows.Counts, counts, curves);
    }

    /// <summary>Judges scores of a model that gives no probabilities.</summary>
    /// <param name="labels">n labels; none is missing.</param>
    /// <param name="scores">n scores; the higher, the more positive.</param>
    /// <param name="weights">n weights, finite and not negative, or none for equal weights.</param>
    /// <param name="options">The threshold, the size of curves, the names of the classes; null for the defaults.</param>
    /// <returns>The metrics; undefined ones carry their reason, and those of probabilities are all undefined.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a weight is bad.</exception>
    public static BinaryClassificationMetrics EvaluateNonCalibrated(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores,
        ReadOnlySpan<float> weights = default, BinaryEvaluationOptions? options = null) =>
        EvaluateNonCalibrated(ToFloats(labels), scores, weights, options);

    private static (MetricTable Table, ConfusionCounts Counts, ScoreCurves Curves) Judge(BinaryRows rows, BinaryEvaluationOptions options)
    {
        options.Validate();
        var table = new MetricTable(LearningTask.Binary);
        var counts = new ConfusionCounts([options.PositiveName, options.NegativeName]);
        if (rows.Obstacle is { } obstacle)
        {
            var none = Outcome.Undefined(obstacle);
            return (table, counts, new ScoreCurves(options.PositiveName, none, none, none, [], []));
        }
        var positive = rows.Positive;
        var scores = rows.Scores;
        Count(counts, rows, options.Threshold);
        JudgeDecisions(table, counts, options);

        var curves = new ScoreCurveBuilder(options.MaxCurvePoints)
            .Build(options.PositiveName, scores, positive, rows.Weights);
        table.Set(curves.AreaUnderRocCurve);
        table.Set(curves.AreaUnderPrecisionRecallCurve);
        table.Set(curves.AveragePrecision);
        return (table, counts, curves);
    }

    private static void Count(ConfusionCounts counts, BinaryRows rows, float threshold)
    {
        const int positive = 0, negative = 1;
        var isPositive = rows.Positive;
        var scores = rows.Scores;
        if (!rows.Weights.IsEmpty)
        {
            for (int i = 0; i < scores.Length; i++)
                counts.Add(isPositive[i] ? positive : negative, scores[i] > threshold ? positive : negative, rows.WeightAt(i));
            return;
        }

        // Rows of weight 1 are counted as whole numbers, without a branch.
        int positives = 0, called = 0, both = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            int truth = isPositive[i] ? 1 : 0, decision = scores[i] > threshold ? 1 : 0;
            positives += truth;
            called += decision;
            both += truth & decision;
        }

        counts.Add(positive, positive, both);
        counts.Add(positive, negative, positives - both);
        counts.Add(negative, positive, called - both);
        counts.Add(negative, negative, scores.Length - positives - called + both);
    }

    private static void JudgeDecisions(MetricTable table, ConfusionCounts counts, BinaryEvaluationOptions options)
    {
        const int positive = 0, negative = 1;
        SetOfClass(nameof(M.PositivePrecision), counts.Precision(positive), options.PositiveName, "or is predicted");
        SetOfClass(nameof(M.PositiveRecall), counts.Recall(positive), options.PositiveName);
        SetOfClass(nameof(M.NegativePrecision), counts.Precision(negative), options.NegativeName, "or is predicted");
        SetOfClass(nameof(M.NegativeRecall), counts.Recall(negative), options.NegativeName);
        SetOfClass(nameof(M.F1Score), counts.F1(positive), options.PositiveName, "or is predicted");
        table.Set(nameof(M.Accuracy), counts.Accuracy);
        table.Set(nameof(M.BalancedAccuracy), counts.Macro(counts.Recall));
        table.Set(nameof(M.MatthewsCorrelation), counts.MatthewsCorrelation());
        table.Set(nameof(M.CohensKappa), counts.CohensKappa());
        table.Set(nameof(M.MacroPrecision), counts.Macro(counts.Precision));
        table.Set(nameof(M.MacroF1Score), counts.Macro(counts.F1));
        table.Set(nameof(M.WeightedPrecision), counts.Weighted(counts.Precision));
        table.Set(nameof(M.WeightedF1Score), counts.Weighted(counts.F1));

        void SetOfClass(string name, double value, string className, string orPredicted = "") => table.Set(name, double.IsNaN(value)
            ? Outcome.Undefined($"no evaluated row is {orPredicted}".TrimEnd() + $" '{className}'")
            : value);
    }

    private static void JudgeProbabilities(MetricTable table, BinaryRows rows, ConfusionCounts counts)
    {
        var errors = ProbabilityErrors.Sum(rows.Positive, rows.Probabilities, rows.Weights);
        double logLoss = errors.Nats / Math.Log(2) / counts.Total;
        double entropy = counts.Entropy() / Math.Log(2);
        table.Set(nameof(M.LogLoss), logLoss);
        table.Set(nameof(M.Entropy), entropy);
        table.Set(nameof(M.CrossEntropy), errors.ClippedNats / counts.Total);
        table.Set(nameof(M.BrierScore), errors.Squares / counts.Total);
        table.Set(nameof(M.LogLossReduction), counts.HasOneClass
            ? Outcome.Undefined($"the reduction is relative to the entropy of the classes, which is 0: {counts.OneClassInWords()}")
            : (entropy - logLoss) / entropy);
    }

    private static float[] ToFloats(ReadOnlySpan<bool> labels)
    {
        var floats = new float[labels.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = labels[i] ? 1 : 0;
        return floats;
    }
}
