using MLPath.Evaluation;

namespace MLPath.Data;

/// <summary>How well two classes are told apart by a model that also gives probabilities, and how good these probabilities are.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(MetricTable table, RowCounts rows, ConfusionCounts counts, ScoreCurves curves)
        : base(table, rows, counts, curves)
    {
    }

    /// <summary>
    /// The mean of -log₂ p over the rows, p the probability given to the true class: ML.NET's log-loss, in bits and not clipped, hence
    /// infinite when a true class got probability 0. <see cref="CrossEntropy"/> is the same in nats and clipped.
    /// </summary>
    public double LogLoss => Value(nameof(LogLoss));

    /// <summary>
    /// (Entropy - LogLoss) / Entropy: 1 for perfect probabilities, 0 for those of a model that only knows the class shares, negative for
    /// worse ones. Undefined when all rows are of one class.
    /// </summary>
    public double LogLossReduction => Value(nameof(LogLossReduction));

    /// <summary>
    /// -p log₂ p - (1-p) log₂(1-p) in bits, p the share of positive rows: the log-loss of always predicting p. It describes the data.
    /// </summary>
    public double Entropy => Value(nameof(Entropy));

    /// <summary>
    /// The mean of -ln p in nats, p the probability given to the true class, raised to 1e-15 where it is less, so that one certain
    /// mistake does not make the mean infinite. This is what scikit-learn calls log loss.
    /// </summary>
    public double CrossEntropy => Value(nameof(CrossEntropy));

    /// <summary>
    /// The mean squared distance, 0 to 1, of the positive class's probability from the outcome (1 or 0) (G. Brier, Verification of
    /// forecasts expressed in terms of probability, 1950, in the one-sided form).
    /// </summary>
    public double BrierScore => Value(nameof(BrierScore));
}
