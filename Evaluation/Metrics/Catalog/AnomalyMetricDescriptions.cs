using M = MLPath.Data.AnomalyDetectionMetrics;

namespace MLPath.Evaluation;

internal static class AnomalyMetricDescriptions
{
    // TP are the anomalies that are predicted, FP the normal rows that are, FN the anomalies that are not.
    public static readonly MetricDescription[] All =
    [
        new(nameof(M.AreaUnderRocCurve), "AUC", 0, 1,
            "Probability that a random anomaly scores above a random normal row, ties counting one half.", "auc", "roc-auc", "auroc"),
        new(nameof(M.AveragePrecision), "Average precision", 0, 1,
            "Precision averaged over the steps of recall: sum of (R(i) - R(i-1)) P(i).", "ap"),
        new(nameof(M.DetectionRateAtFalsePositiveCount), "Detection rate", 0, 1,
            "Share of anomalies found when the threshold lets a given number of normal rows pass for anomalies, 10 by default.",
            "detection-rate", "dr-at-k"),
        new(nameof(M.PrecisionAtTopCount), "Precision at k", 0, 1,
            "Share of anomalies among the k rows with the highest scores; k is the number of anomalies unless another is given.", "precision-at-k", "p-at-k"),
        new(nameof(M.F1Score), "F1", 0, 1, "Harmonic mean of precision and recall at the model's threshold: 2 TP / (2 TP + FP + FN).", "f1"),
        new(nameof(M.Precision), "Precision", 0, 1, "Share of predicted anomalies that are some, at the model's threshold: TP / (TP + FP).", "ppv"),
        new(nameof(M.Recall), "Recall", 0, 1, "Share of anomalies that are predicted, at the model's threshold: TP / (TP + FN).",
            "sensitivity", "tpr"),
    ];
}
