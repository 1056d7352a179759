namespace MLPath.Evaluation;

/// <summary>How a regression is judged.</summary>
public sealed record RegressionEvaluationOptions
{
    /// <summary>
    /// The loss of one row, given its label and its prediction, whose mean becomes
    /// <see cref="Data.RegressionMetrics.LossFunction"/>; null (the default) is the squared error.
    /// </summary>
    public Func<double, double, double>? LossFunction { get; init; }
}
