using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>From predictions and truth to a task's metrics.</summary>
internal static class Judge
{
    public static EvaluationMetrics Evaluate(ScoredRows rows, string? positiveName = null, string? negativeName = null, CancellationToken cancellationToken = default) =>
        rows.Task switch
        {
            LearningTask.Binary => Binary(rows, positiveName, negativeName),
            LearningTask.Multiclass => Multiclass(rows, topK: 0),
            LearningTask.AnomalyDetection => Anomalies(rows, new AnomalyEvaluationOptions { AnomalyName = positiveName ?? "anomaly", NormalName = negativeName ?? "normal" }),
            LearningTask.Regression => RegressionEvaluator.Evaluate(rows.Targets, rows.Scores, rows.Weights),
            _ => Clustering(rows, cancellationToken),
        };

    public static BinaryClassificationMetrics Binary(ScoredRows rows, string? positiveName = null, string? negativeName = null)
    {
        var options = new BinaryEvaluationOptions { PositiveName = positiveName ?? "positive", NegativeName = negativeName ?? "negative" };
        return rows.Probabilities.IsEmpty && rows.Count > 0
            ? BinaryClassificationEvaluator.EvaluateNonCalibrated(rows.Targets, rows.Scores, rows.Weights, options)
            : BinaryClassificationEvaluator.Evaluate(rows.Targets, rows.Scores, rows.Probabilities, rows.Weights, options);
    }

    public static MulticlassClassificationMetrics Multiclass(ScoredRows rows, int topK) =>
        MulticlassClassificationEvaluator.Evaluate(rows.Classes, rows.Scores, rows.ScoreWidth, rows.Weights,
            new MulticlassEvaluationOptions { ClassNames = rows.ClassNames, TopKPredictionCount = topK });

    public static AnomalyDetectionMetrics Anomalies(ScoredRows rows, AnomalyEvaluationOptions options) =>
        AnomalyDetectionEvaluator.Evaluate(rows.Targets, rows.Scores, rows.Predicted, options);

    public static ClusteringMetrics Clustering(ScoredRows rows, CancellationToken cancellationToken)
    {
        var distances = new float[rows.Clusters.Length];
        for (int i = 0; i < distances.Length; i++)
        {
            int cluster = rows.Clusters[i];
            distances[i] = cluster < 0 ? float.NaN : rows.Scores[(i * rows.ScoreWidth) + cluster];
        }

        return ClusteringEvaluator.Evaluate(rows.Clusters, distances, rows.Classes, rows.Features, rows.FeatureCount, rows.Weights,
            cancellationToken: cancellationToken);
    }
}
