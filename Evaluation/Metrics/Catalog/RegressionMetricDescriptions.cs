using M = MLPath.Data.RegressionMetrics;

namespace MLPath.Evaluation;

internal static class RegressionMetricDescriptions
{
    // y is the label, f the prediction.
    public static readonly MetricDescription[] All =
    [
        new(nameof(M.RSquared), "R²", double.NegativeInfinity, 1,
            "Share of the target's variance that is explained: 1 - sum (y - f)^2 / sum (y - mean y)^2.", "r2"),
        new(nameof(M.RootMeanSquaredError), "RMSE", double.PositiveInfinity, 0,
            "sqrt(mean of (y - f)^2), in the target's unit.", "rmse", "rms"),
        new(nameof(M.MeanAbsoluteError), "MAE", double.PositiveInfinity, 0, "Mean of |y - f|, in the target's unit.", "mae", "l1"),
        new(nameof(M.MeanSquaredError), "MSE", double.PositiveInfinity, 0, "Mean of (y - f)^2.", "mse", "l2"),
        new(nameof(M.MedianAbsoluteError), "Median absolute error", double.PositiveInfinity, 0,
            "Median of |y - f|: half of the rows err less.", "medae", "median-ae"),
        new(nameof(M.MaxError), "Max error", double.PositiveInfinity, 0, "The largest |y - f|.", "max-absolute-error"),
        new(nameof(M.MeanAbsolutePercentageError), "MAPE", double.PositiveInfinity, 0,
            "Mean of |y - f| / |y|, as a fraction: 0.1 is ten percent.", "mape"),
        new(nameof(M.ExplainedVariance), "Explained variance", double.NegativeInfinity, 1,
            "1 - Var(y - f) / Var(y): R² that forgives a constant offset.", "explained-variance-score"),
        new(nameof(M.LossFunction), "Loss", double.PositiveInfinity, 0,
            "Mean of the loss function given to the evaluation; squared error by default.", "loss"),
    ];
}
