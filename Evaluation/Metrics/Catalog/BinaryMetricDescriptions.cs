using M = MLPath.Data.CalibratedBinaryClassificationMetrics;

namespace MLPath.Evaluation;

internal static class BinaryMetricDescriptions
{
    // TP, FP, TN, FN are summed weights; "positive" and "negative" are the two classes.
    public static readonly MetricDescription[] All =
    [
        new(nameof(M.AreaUnderRocCurve), "AUC", 0, 1,
            "Probability that a random positive row scores above a random negative one, ties counting one half.",
            "auc", "roc-auc", "auroc"),
        new(nameof(M.Accuracy), "Accuracy", 0, 1, "Share of rows predicted right: (TP + TN) / (TP + TN + FP + FN).",
            "acc", "micro-precision", "micro-recall", "micro-f1", "MicroF1Score", "MicroAccuracy", "WeightedRecall"),
        new(nameof(M.F1Score), "F1", 0, 1, "Harmonic mean of positive precision and recall: 2 TP / (2 TP + FP + FN).", "f1"),
        new(nameof(M.PositivePrecision), "Precision", 0, 1, "Share of positive predictions that are right: TP / (TP + FP).",
            "precision", "ppv"),
        new(nameof(M.PositiveRecall), "Recall", 0, 1, "Share of positive rows that are found: TP / (TP + FN).",
            "recall", "sensitivity", "tpr"),
        new(nameof(M.NegativePrecision), "Negative precision", 0, 1,
            "Share of negative predictions that are right: TN / (TN + FN).", "npv"),
        new(nameof(M.NegativeRecall), "Negative recall", 0, 1, "Share of negative rows that are recognized: TN / (TN + FP).",
            "specificity", "tnr"),
        new(nameof(M.AreaUnderPrecisionRecallCurve), "AUPRC", 0, 1,
            "Area under the precision-recall curve, its points joined by straight lines.", "auprc", "pr-auc", "aucpr"),
        new(nameof(M.AveragePrecision), "Average precision", 0, 1,
            "Precision averaged over the steps of recall: sum of (R(i) - R(i-1)) P(i).", "ap"),
        new(nameof(M.BalancedAccuracy), "Balanced accuracy", 0, 1, "Mean recall of the two classes.",
            "balanced-acc", "macro-recall", "MacroAccuracy"),
        new(nameof(M.MatthewsCorrelation), "MCC", -1, 1,
            "Correlation of prediction and truth: (TP TN - FP FN) / sqrt((TP+FP)(TP+FN)(TN+FP)(TN+FN)).",
            "mcc", "matthews-corrcoef", "phi"),
        new(nameof(M.CohensKappa), "Cohen's kappa", -1, 1, "Agreement beyond chance: (p_o - p_e) / (1 - p_e).", "kappa", "cohen-kappa"),
        new(nameof(M.MacroPrecision), "Macro precision", 0, 1, "Mean precision of the two classes."),
        new(nameof(M.MacroF1Score), "Macro F1", 0, 1, "Mean F1 of the two classes.", "macro-f1"),
        new(nameof(M.WeightedPrecision), "Weighted precision", 0, 1, "Mean precision of the two classes, each weighted by its rows."),
        new(nameof(M.WeightedF1Score), "Weighted F1", 0, 1, "Mean F1 of the two classes, each weighted by its rows.", "weighted-f1"),
        new(nameof(M.LogLoss), "Log-loss (bits)", double.PositiveInfinity, 0,
            "Mean surprise in bits, as in ML.NET: mean of -log2 p(true class); infinite when a true class got probability 0."),
        new(nameof(M.LogLossReduction), "Log-loss reduction", double.NegativeInfinity, 1,
            "Share of the prior's log-loss that the model removes: (Entropy - LogLoss) / Entropy.", "rig"),
        new(nameof(M.Entropy), "Entropy (bits)", 1, 0,
            "Log-loss of always predicting the share p of positives: -p log2 p - (1-p) log2(1-p). It describes the data, not the model.",
            "prior-log-loss"),
        new(nameof(M.CrossEntropy), "Cross-entropy (nats)", double.PositiveInfinity, 0,
            "Mean of -ln p(true class), with p at least 1e-15 (scikit-learn's log_loss).", "nll"),
        new(nameof(M.BrierScore), "Brier score", 1, 0,
            "Mean squared distance of the probability from the outcome: mean of (p - y)^2, y in {0, 1}.", "brier"),
    ];
}
