namespace MLPath.Numerics;

/// <summary>
/// Minimises penalised least squares, ½ ‖y − X w‖² + λ₁ ‖w‖₁ + ½ λ₂ ‖w‖² (the lasso, the elastic net), one weight after the other: cyclic
/// coordinate descent. It stops when the duality gap proves the value to be near enough to the least one.
/// </summary>
/// <remarks>
/// <para>
/// With the other weights held, weight j is best at S(xⱼᵀr + ‖xⱼ‖² wⱼ, λ₁) / (‖xⱼ‖² + λ₂), where r = y − X w and S(z, λ) = sign(z) max(|z| − λ, 0)
/// (J. Friedman, T. Hastie, R. Tibshirani, <i>Regularization paths for generalized linear models via coordinate descent</i>, Journal of
/// Statistical Software 33(1), 2010). There are two forms. The residual form keeps r: a step costs n. The Gram form knows the rows by XᵀX and
/// Xᵀy alone and keeps Xᵀr: a step that moves a weight costs d, one that leaves it 1; it suits any number of rows and a moderate one of
/// features.
/// </para>
/// <para>
/// The gap is the objective less a value of its dual, ½ ‖y‖² − ½ ‖y − θ‖² − h*(Xᵀθ), at r scaled into the dual's domain (for λ₂ > 0 also at r
/// itself, the smaller counts). With neither penalty there is no such bound, and the descent goes on until
/// the weights move by rounding alone.
/// </para>
/// </remarks>
public static class CoordinateDescent
{
    /// <summary>Settings of the minimisation.</summary>
    public sealed record Options
    {
        /// <summary>Stop when the duality gap is at most this part of ‖y‖²; 0 or more. Default 1e-4.</summary>
        public double Tolerance { get; init; } = 1e-4;

        /// <summary>The most sweeps over the weights; 0 or more. Default 1000.</summary>
        public int MaxIterations { get; init; } = 1000;

        /// <summary>Whether weights must be 0 or more. Default false.</summary>
        public bool NonNegative { get; init; }
    }

    /// <summary>Minimises in the residual form.</summary>
    /// <param name="features">Xᵀ, d × n: feature by feature.</param>
    /// <param name="target">y, n numbers.</param>
    /// <param name="l1">λ₁, 0 or more.</param>
    /// <param name="l2">λ₂, 0 or more.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="start">Where to start, d numbers; empty for zeros.</param>
    /// <param name="iterationCompleted">
    /// Called after every sweep with its number, from 1, and the objective. An exception that it throws ends the minimisation and surfaces.
    /// </param>
    /// <param name="cancellationToken">Looked at before every sweep.</param>
    /// <returns>The weights, with the <see cref="OptimizationResult.DualityGap"/>; an iteration is a sweep.</returns>
    /// <exception cref="ArgumentException">A length does not fit, a penalty or an option is out of range, or the start is.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OptimizationResult Minimize(
        ReadOnlyMemory<double> features,
        ReadOnlyMemory<double> target,
        double l1,
        double l2,
        Options? options = null,
        ReadOnlySpan<double> start = default,
        Action<int, double>? iterationCompleted = null,
        CancellationToken cancellationToken = default)
    {
        int n = target.Length;
        if (n == 0 || features.Length % n != 0)
            throw new ArgumentException($"{features.Length} numbers are not features of {n} rows.", nameof(features));
        var form = new ResidualForm(features, target, features.Length / n);
        return new CoordinateSweeps(form, l1, l2, options ?? new Options(), start).Run(iterationCompleted, cancellationToken);
    }

    /// <summary>Minimises in the Gram form.</summary>
    /// <param name="gram">XᵀX, d × d, symmetric.</param>
    /// <param name="products">Xᵀy, d numbers.</param>
    /// <param name="targetSquares">‖y‖².</param>
    /// <param name="l1">λ₁, 0 or more.</param>
    /// <param name="l2">λ₂, 0 or more.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="start">Where to start, d numbers; empty for zeros.</param>
    /// <param name="iterationCompleted">
    /// Called after every sweep with its number, from 1, and the objective. An exception that it throws ends the minimisation and surfaces.
    /// </param>
    /// <param name="cancellationToken">Looked at before every sweep.</param>
    /// <returns>The weights, with the <see cref="OptimizationResult.DualityGap"/>; an iteration is a sweep.</returns>
    /// <exception cref="ArgumentException">A length does not fit, a penalty or an option is out of range, or the start is.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OptimizationResult MinimizeGram(
        ReadOnlyMemory<double> gram,
        ReadOnlyMemory<double> products,
        double targetSquares,
        double l1,
        double l2,
        Options? options = null,
        ReadOnlySpan<double> start = default,
        Action<int, double>? iterationCompleted = null,
        CancellationToken cancellationToken = default)
    {
        int d = products.Length;
        if (gram.Length != (long)d * d) throw new ArgumentException($"A Gram matrix of {d} features has not {gram.Length} numbers.", nameof(gram));
        if (!(targetSquares >= 0) || double.IsInfinity(targetSquares))
            throw new ArgumentOutOfRangeException(nameof(targetSquares), targetSquares, "‖y‖² is finite and not negative.");
        var form = new GramForm(gram, products, targetSquares);
        return new CoordinateSweeps(form, l1, l2, options ?? new Options(), start).Run(iterationCompleted, cancellationToken);
    }
}
