using MLPath.Evaluation;

namespace MLPath.Data;

/// <summary>
/// How well two classes are told apart: by the predicted class (threshold on the score) and by the order of the scores. With weights,
/// every count is a summed weight. An undefined metric is NaN; <see cref="EvaluationMetrics.All"/> has the reason.
/// </summary>
public class BinaryClassificationMetrics : EvaluationMetrics
{
    internal BinaryClassificationMetrics(MetricTable table, RowCounts rows, ConfusionCounts counts, ScoreCurves curves)
        : base(table, rows)
    {
        ConfusionMatrix = counts.ToMatrix();
        PerClass = counts.PerClass();
        Curves = curves;
    }

    /// <summary>
    /// The probability, 0 to 1, that a random positive row scores above a random negative one, ties counting one half. Undefined when the
    /// evaluated rows are all of one class.
    /// </summary>
    public double AreaUnderRocCurve => Value(nameof(AreaUnderRocCurve));

    /// <summary>The share of rows predicted right. Micro precision, recall and F1 over both classes are the same number.</summary>
    public double Accuracy => Value(nameof(Accuracy));

    /// <summary>The share of positive predictions that are right; 0 when nothing is predicted positive but positive rows exist.</summary>
    public double PositivePrecision => Value(nameof(PositivePrecision));

    /// <summary>The share of positive rows predicted positive. Undefined without positive rows.</summary>
    public double PositiveRecall => Value(nameof(PositiveRecall));

    /// <summary>The share of negative predictions that are right; 0 when nothing is predicted negative but negative rows exist.</summary>
    public double NegativePrecision => Value(nameof(NegativePrecision));

    /// <summary>The share of negative rows predicted negative (specificity). Undefined without negative rows.</summary>
    public double NegativeRecall => Value(nameof(NegativeRecall));

    /// <summary>The harmonic mean of positive precision and recall. Undefined when no row is or is predicted positive.</summary>
    public double F1Score => Value(nameof(F1Score));

    /// <summary>
    /// The area under the precision-recall curve, its points joined by straight lines. Undefined without positive rows.
    /// </summary>
    public double AreaUnderPrecisionRecallCurve => Value(nameof(AreaUnderPrecisionRecallCurve));

    /// <summary>Precision averaged over the steps of recall, Σ (Rᵢ - Rᵢ₋₁) Pᵢ. Undefined without positive rows.</summary>
    public double AveragePrecision => Value(nameof(AveragePrecision));

    /// <summary>The mean recall of the classes that have rows.</summary>
    public double BalancedAccuracy => Value(nameof(BalancedAccuracy));

    /// <summary>
    /// Matthews' correlation coefficient, -1 to 1; 0 when only one class is predicted. Undefined when all rows are of one class.
    /// </summary>
    public double MatthewsCorrelation => Value(nameof(MatthewsCorrelation));

    /// <summary>Cohen's kappa, agreement beyond chance. Undefined when all rows and all predictions are of one class.</summary>
    public double CohensKappa => Value(nameof(CohensKappa));

    /// <summary>The mean precision of the two classes.</summary>
    public double MacroPrecision => Value(nameof(MacroPrecision));

    /// <summary>The mean recall of the two classes: the same as <see cref="BalancedAccuracy"/>.</summary>
    public double MacroRecall => BalancedAccuracy;

    /// <summary>The mean F1 of the two classes.</summary>
    public double MacroF1Score => Value(nameof(MacroF1Score));

    /// <summary>The same as <see cref="Accuracy"/>: a wrong prediction is one false positive and one false negative.</summary>
    public double MicroPrecision => Accuracy;

    /// <summary>The same as <see cref="Accuracy"/>.</summary>
    public double MicroRecall => Accuracy;

    /// <summary>The same as <see cref="Accuracy"/>.</summary>
    public double MicroF1Score => Accuracy;

    /// <summary>The mean precision of the two classes, weighted by their rows.</summary>
    public double WeightedPrecision => Value(nameof(WeightedPrecision));

    /// <summary>The mean recall of the two classes, weighted by their rows: the same as <see cref="Accuracy"/>.</summary>
    public double WeightedRecall => Accuracy;

    /// <summary>The mean F1 of the two classes, weighted by their rows.</summary>
    public double WeightedF1Score => Value(nameof(WeightedF1Score));

    /// <summary>The four counts; the positive class is row and column 0, as in ML.NET. All zero when no row could be evaluated.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }

    /// <summary>The per-class table: the positive class, then the negative one.</summary>
    public IReadOnlyList<ClassMetrics> PerClass { get; }

    /// <summary>The ROC and precision-recall curves of the positive class, with their thresholds.</summary>
    public ScoreCurves Curves { get; }
}
