using MLPath.Evaluation;

namespace MLPath.Data;

/// <summary>
/// How far predicted numbers are from the true ones; y is the label, f the prediction, and means are weighted where there are weights. An
/// undefined metric is NaN; <see cref="EvaluationMetrics.All"/> has the reason.
/// </summary>
public sealed class RegressionMetrics : EvaluationMetrics
{
    internal RegressionMetrics(MetricTable table, RowCounts rows)
        : base(table, rows)
    {
    }

    /// <summary>The mean of |y - f|, in the target's unit.</summary>
    public double MeanAbsoluteError => Value(nameof(MeanAbsoluteError));

    /// <summary>The mean of (y - f)².</summary>
    public double MeanSquaredError => Value(nameof(MeanSquaredError));

    /// <summary>The square root of <see cref="MeanSquaredError"/>, in the target's unit.</summary>
    public double RootMeanSquaredError => Value(nameof(RootMeanSquaredError));

    /// <summary>The mean of the loss function given to the evaluation; of the squared error when none was given, as in ML.NET.</summary>
    public double LossFunction => Value(nameof(LossFunction));

    /// <summary>
    /// 1 - Σ (y - f)² / Σ (y - ȳ)²: 1 is perfect, 0 as good as always predicting the mean, negative worse. Undefined when the target is
    /// the same in all evaluated rows.
    /// </summary>
    public double RSquared => Value(nameof(RSquared));

    /// <summary>
    /// The median of |y - f|: the midpoint when half of the weight lies on either side. Insensitive to a few large errors.
    /// </summary>
    public double MedianAbsoluteError => Value(nameof(MedianAbsoluteError));

    /// <summary>The largest |y - f|; weights above 0 make no difference.</summary>
    public double MaxError => Value(nameof(MaxError));

    /// <summary>The mean of |y - f| / |y|, as a fraction: 0.1 is ten percent. Undefined when a label is 0.</summary>
    public double MeanAbsolutePercentageError => Value(nameof(MeanAbsolutePercentageError));

    /// <summary>
    /// 1 - Var(y - f) / Var(y): R² that forgives a constant offset. Undefined when the target is the same in all evaluated rows.
    /// </summary>
    public double ExplainedVariance => Value(nameof(ExplainedVariance));
}
