using MLPath.Evaluation;

namespace MLPath.Data;

/// <summary>
/// How well anomalies are found: by the order of the scores, and by the predicted label, which depends on the model's threshold. An undefined
/// metric is NaN; <see cref="EvaluationMetrics.All"/> has the reason.
/// </summary>
public sealed class AnomalyDetectionMetrics : EvaluationMetrics
{
    internal AnomalyDetectionMetrics(MetricTable table, RowCounts rows, int falsePositiveCount, ConfusionCounts counts, ScoreCurves curves)
        : base(table, rows)
    {
        FalsePositiveCount = falsePositiveCount;
        ConfusionMatrix = counts.ToMatrix();
        Curves = curves;
    }

    /// <summary>
    /// The probability, 0 to 1, that a random anomaly scores above a random normal row, ties counting one half. Undefined when the evaluated
    /// rows are all anomalies, or none is.
    /// </summary>
    public double AreaUnderRocCurve => Value(nameof(AreaUnderRocCurve));

    /// <summary>
    /// The share of the anomalies that are found when the threshold is lowered until <see cref="FalsePositiveCount"/> normal rows, and no more,
    /// count as anomalies: those that score above the next normal row. 1 when there are no more normal rows than that. Undefined when the
    /// evaluated rows are all anomalies, or none is.
    /// </summary>
    /// <remarks>As in ML.NET, but for ties: an anomaly that scores like that next normal row is not found, whatever their order.</remarks>
    public double DetectionRateAtFalsePositiveCount => Value(nameof(DetectionRateAtFalsePositiveCount));

    /// <summary>
    /// The share of anomalies among the rows with the highest scores: as many rows as there are anomalies, unless the options say another number.
    /// Of rows that tie for the last places their share of anomalies is expected. Undefined without anomalies, unless the number is given.
    /// </summary>
    public double PrecisionAtTopCount => Value(nameof(PrecisionAtTopCount));

    /// <summary>Precision averaged over the steps of recall, Σ (Rᵢ - Rᵢ₋₁) Pᵢ. Undefined without anomalies.</summary>
    public double AveragePrecision => Value(nameof(AveragePrecision));

    /// <summary>The share of the predicted anomalies that are some; 0 when none is predicted but some exist.</summary>
    public double Precision => Value(nameof(Precision));

    /// <summary>The share of the anomalies that are predicted. Undefined without anomalies.</summary>
    public double Recall => Value(nameof(Recall));

    /// <summary>The harmonic mean of precision and recall. Undefined when no row is or is predicted an anomaly.</summary>
    public double F1Score => Value(nameof(F1Score));

    /// <summary>How many normal rows <see cref="DetectionRateAtFalsePositiveCount"/> lets pass for anomalies.</summary>
    public int FalsePositiveCount { get; }

    /// <summary>The four counts; the anomalies are row and column 0. All zero when no row could be evaluated.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }

    /// <summary>The ROC and precision-recall curves of the anomalies, with their thresholds.</summary>
    public ScoreCurves Curves { get; }
}
