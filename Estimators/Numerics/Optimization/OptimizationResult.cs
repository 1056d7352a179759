namespace MLPath.Numerics;

/// <summary>Why an optimiser stopped.</summary>
public enum StopReason
{
    /// <summary>The gradient became small enough: a stationary point is found.</summary>
    GradientTolerance,

    /// <summary>The value no longer decreased by a relevant amount.</summary>
    ValueTolerance,

    /// <summary>The duality gap became small enough: the value is at most that far above the least one.</summary>
    DualityGap,

    /// <summary>The gradient is nearly zero, and the value cannot decrease further in double precision.</summary>
    PrecisionLimit,

    /// <summary>The largest number of iterations was reached first. More iterations would find a better point.</summary>
    IterationLimit,

    /// <summary>
    /// No lower value was found in the direction of steepest descent, although the gradient is not small: the gradient may not belong to
    /// the value (see <see cref="GradientCheck"/>), or the function may not be smooth.
    /// </summary>
    LineSearchFailed,
}

/// <summary>What an optimiser found.</summary>
/// <param name="Solution">The best point, n numbers.</param>
/// <param name="Value">The objective there, with the L1 penalty if there is one.</param>
/// <param name="GradientNorm">The largest magnitude of the (pseudo-)gradient there.</param>
/// <param name="Iterations">The number of steps taken.</param>
/// <param name="Evaluations">How often the function was evaluated.</param>
/// <param name="StopReason">Why the optimiser stopped.</param>
/// <param name="LossCurve">The objective at the start and after every iteration: <c>Iterations + 1</c> numbers.</param>
public sealed record OptimizationResult(
    double[] Solution,
    double Value,
    double GradientNorm,
    int Iterations,
    int Evaluations,
    StopReason StopReason,
    IReadOnlyList<double> LossCurve)
{
    /// <summary>
    /// How far the value may be above the least one, for a method that bounds it: the objective less a value of its dual. NaN where unknown.
    /// </summary>
    public double DualityGap { get; init; } = double.NaN;

    /// <summary>Whether a minimum was found to within the tolerances, or as well as double precision allows.</summary>
    public bool Converged => StopReason is
        StopReason.GradientTolerance or StopReason.ValueTolerance or StopReason.DualityGap or StopReason.PrecisionLimit;
}
