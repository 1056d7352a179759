using M = MLPath.Data.MulticlassClassificationMetrics;

namespace MLPath.Evaluation;

internal static class MulticlassMetricDescriptions
{
    public static readonly MetricDescription[] All =
    [
        new(nameof(M.MicroAccuracy), "Accuracy", 0, 1,
            "Share of rows predicted right; with one class per row it is also micro precision, micro recall and micro F1.",
            "accuracy", "acc", "micro-precision", "micro-recall", "micro-f1", "MicroF1Score", "WeightedRecall"),
        new(nameof(M.MacroAccuracy), "Macro accuracy", 0, 1,
            "Mean recall of the classes that have rows: mean over c of right(c) / rows(c).",
            "balanced-accuracy", "balanced-acc", "macro-recall", "recall"),
        new(nameof(M.MacroPrecision), "Macro precision", 0, 1, "Mean over classes of right(c) / predicted(c).", "precision"),
        new(nameof(M.MacroF1Score), "Macro F1", 0, 1,
            "Mean over classes of 2 right(c) / (rows(c) + predicted(c)).", "macro-f1", "f1", "F1Score"),
        new(nameof(M.WeightedPrecision), "Weighted precision", 0, 1, "Mean precision of the classes, each weighted by its rows."),
        new(nameof(M.WeightedF1Score), "Weighted F1", 0, 1, "Mean F1 of the classes, each weighted by its rows.", "weighted-f1"),
        new(nameof(M.MatthewsCorrelation), "MCC", -1, 1,
            "Correlation of prediction and truth over all classes (Gorodkin's R_K).", "mcc", "matthews-corrcoef"),
        new(nameof(M.CohensKappa), "Cohen's kappa", -1, 1, "Agreement beyond chance: (p_o - p_e) / (1 - p_e).", "kappa", "cohen-kappa"),
        new(nameof(M.TopKAccuracy), "Top-K accuracy", 0, 1,
            "Share of rows whose class is among the K highest scores; of equal scores the earlier class ranks first.", "top-k"),
        new(nameof(M.MacroAreaUnderRocCurve), "Macro AUC", 0, 1,
            "Mean over classes of the AUC of that class against the rest.", "auc", "macro-auc", "roc-auc", "AreaUnderRocCurve", "ovr-auc"),
        new(nameof(M.MacroAveragePrecision), "Macro average precision", 0, 1,
            "Mean over classes of the average precision of that class against the rest.", "average-precision", "ap", "map"),
        new(nameof(M.LogLoss), "Log-loss (nats)", double.PositiveInfinity, 0,
            "Mean of -ln p(true class), with p at least 1e-15.", "cross-entropy", "nll"),
        new(nameof(M.LogLossReduction), "Log-loss reduction", double.NegativeInfinity, 1,
            "Share of the prior's log-loss that the model removes: (H - LogLoss) / H, H the entropy of the class shares.", "rig"),
        new(nameof(M.BrierScore), "Brier score", 2, 0,
            "Mean over rows of the sum over classes of (p(c) - y(c))^2, y(c) = 1 for the true class.", "brier"),
    ];
}
