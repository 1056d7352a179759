using MLPath.Evaluation;

namespace MLPath.Data;

/// <summary>
/// How well one class out of several is predicted. With weights, every count is a summed weight. Where classes are averaged, "macro" gives
/// each class the same weight and "weighted" the weight of its rows. An undefined metric is NaN;
/// <see cref="EvaluationMetrics.All"/> has the reason.
/// </summary>
public sealed class MulticlassClassificationMetrics : EvaluationMetrics
{
    internal MulticlassClassificationMetrics(MetricTable table, RowCounts rows, ConfusionCounts counts, int rowsWithUnknownClass,
        double[] perClassLogLoss, double[] topKAccuracies, ScoreCurves[] oneVersusRest)
        : base(table, rows)
    {
        ConfusionMatrix = counts.ToMatrix();
        PerClass = counts.PerClass();
        PerClassLogLoss = perClassLogLoss;
        TopKAccuracyForAllK = topKAccuracies;
        OneVersusRest = oneVersusRest;
        RowsWithUnknownClass = rowsWithUnknownClass;
    }

    /// <summary>The share of rows predicted right.</summary>
    public double MicroAccuracy => Value(nameof(MicroAccuracy));

    /// <summary>The mean recall of the classes that have rows: each class counts the same, however many rows it has.</summary>
    public double MacroAccuracy => Value(nameof(MacroAccuracy));

    /// <summary>The same as <see cref="MicroAccuracy"/>.</summary>
    public double Accuracy => MicroAccuracy;

    /// <summary>The same as <see cref="MacroAccuracy"/>.</summary>
    public double BalancedAccuracy => MacroAccuracy;

    /// <summary>
    /// The mean of -ln p in nats, p the probability given to the true class, at least 1e-15. Undefined when the scores of a row are no
    /// probabilities (outside 0 to 1, or a sum off 1 by more than 0.001).
    /// </summary>
    public double LogLoss => Value(nameof(LogLoss));

    /// <summary>
    /// (H - LogLoss) / H, H the entropy of the class shares: 1 for perfect probabilities, 0 for those of a model that only knows the
    /// class shares, negative for worse ones. Undefined when all rows are of one class, or the scores are no probabilities.
    /// </summary>
    public double LogLossReduction => Value(nameof(LogLossReduction));

    /// <summary>For each class, the mean of -ln p over its rows; NaN without rows, or when scores are no probabilities.</summary>
    public IReadOnlyList<double> PerClassLogLoss { get; }

    /// <summary>
    /// The share of rows whose class is among the K highest scores, K = <see cref="TopKPredictionCount"/>; of equal scores the earlier
    /// class ranks first. Undefined when no K was asked for.
    /// </summary>
    public double TopKAccuracy => Value(nameof(TopKAccuracy));

    /// <summary>The K of <see cref="TopKAccuracy"/>; 0 when top-K accuracy was not asked for.</summary>
    public int TopKPredictionCount => TopKAccuracyForAllK.Count;

    /// <summary>The top-K accuracy for K = 1 to <see cref="TopKPredictionCount"/>.</summary>
    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    /// <summary>The mean precision of the classes that have rows or predictions; a class never predicted contributes 0.</summary>
    public double MacroPrecision => Value(nameof(MacroPrecision));

    /// <summary>The same as <see cref="MacroAccuracy"/>.</summary>
    public double MacroRecall => MacroAccuracy;

    /// <summary>The mean F1 of the classes that have rows or predictions.</summary>
    public double MacroF1Score => Value(nameof(MacroF1Score));

    /// <summary>The same as <see cref="MicroAccuracy"/>: every wrong prediction is one false positive and one false negative.</summary>
    public double MicroPrecision => MicroAccuracy;

    /// <summary>The same as <see cref="MicroAccuracy"/>.</summary>
    public double MicroRecall => MicroAccuracy;

    /// <summary>The same as <see cref="MicroAccuracy"/>.</summary>
    public double MicroF1Score => MicroAccuracy;

    /// <summary>The mean precision of the classes, weighted by their rows.</summary>
    public double WeightedPrecision => Value(nameof(WeightedPrecision));

    /// <summary>The mean recall of the classes, weighted by their rows: the same as <see cref="MicroAccuracy"/>.</summary>
    public double WeightedRecall => MicroAccuracy;

    /// <summary>The mean F1 of the classes, weighted by their rows.</summary>
    public double WeightedF1Score => Value(nameof(WeightedF1Score));

    /// <summary>
    /// The correlation of prediction and truth, at most 1, 0 when only one class is predicted. Undefined when all rows are of one class.
    /// </summary>
    public double MatthewsCorrelation => Value(nameof(MatthewsCorrelation));

    /// <summary>Cohen's kappa, agreement beyond chance. Undefined when all rows and all predictions are of one class.</summary>
    public double CohensKappa => Value(nameof(CohensKappa));

    /// <summary>
    /// The mean over rows of Σ over classes of (p - y)², y = 1 for the true class, 0 to 2 (G. Brier, Verification of forecasts expressed
    /// in terms of probability, 1950). Undefined when the scores are no probabilities.
    /// </summary>
    public double BrierScore => Value(nameof(BrierScore));

    /// <summary>The mean area under the ROC curve of each class against the rest, over the classes for which it is defined.</summary>
    public double MacroAreaUnderRocCurve => Value(nameof(MacroAreaUnderRocCurve));

    /// <summary>The mean average precision of each class against the rest, over the classes that have rows.</summary>
    public double MacroAveragePrecision => Value(nameof(MacroAveragePrecision));

    /// <summary>
    /// The number of evaluated rows whose class the model does not know. They count as wrong, and form one further, last class in the
    /// tables, which the model never predicts.
    /// </summary>
    public int RowsWithUnknownClass { get; }

    /// <summary>The counts of actual and predicted classes. All zero when no row could be evaluated.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }

    /// <summary>The per-class table, in the order of the classes.</summary>
    public IReadOnlyList<ClassMetrics> PerClass { get; }

    /// <summary>
    /// For each class the model knows, the curves of its score against the rest. Empty when no row could be evaluated.
    /// </summary>
    public IReadOnlyList<ScoreCurves> OneVersusRest { get; }
}
