namespace MLPath.Numerics;

/// <summary>
/// Minimises a penalised mean loss of linear scores, P = Σ cᵢ φᵢ(W xᵢ + b) / Σ cᵢ + ½ λ₂ ‖W‖² + λ₁ ‖W‖₁, by raising its dual row after row:
/// stochastic dual coordinate ascent. It stops when the duality gap proves the value to be near enough to the least one.
/// </summary>
/// <remarks>
/// <para>
/// Row i has dual variables αᵢ; with v = Σ cᵢ αᵢ xᵢ / (λ₂ Σ cᵢ) the weights are W = S(v, λ₁ / λ₂), S(z, t) = sign(z) max(|z| − t, 0), and the dual is
/// D = −Σ cᵢ φᵢ*(−αᵢ) / Σ cᵢ − ½ λ₂ ‖W‖². Each step chooses a row's αᵢ anew, in closed form or nearly so; there is no learning rate. A pass costs
/// n d k, and the passes needed grow with log(1 / gap) for smooth losses: few where λ₂ n is large against ‖xᵢ‖², many where it is small. Bring
/// features to one scale.
/// </para>
/// <para>
/// The bias is the weight of a constant feature of 1, without λ₁. With a <see cref="Options.BiasLearningRate"/> above 0 its penalty is
/// ½ λ₂ ‖b − b₀‖², and b₀ follows b after every pass: the method of multipliers, which ends where the bias is not penalised at all. What is left of
/// that penalty is counted to the gap.
/// </para>
/// <para>
/// S. Shalev-Shwartz, T. Zhang, <i>Stochastic dual coordinate ascent methods for regularized loss minimization</i>, Journal of Machine Learning
/// Research 14, 2013; <i>Accelerated proximal stochastic dual coordinate ascent</i>, Mathematical Programming 155, 2016, for λ₁.
/// </para>
/// </remarks>
public static class Sdca
{
    /// <summary>Settings of the minimisation.</summary>
    public sealed record Options
    {
        /// <summary>λ₂, beside the mean loss. Above 0; default 1e-4.</summary>
        public double L2 { get; init; } = 1e-4;

        /// <summary>λ₁, beside the mean loss. 0 or more; default 0.</summary>
        public double L1 { get; init; }

        /// <summary>Whether there is a bias. Default true.</summary>
        public bool HasBias { get; init; } = true;

        /// <summary>
        /// By what part of its way the centre of the bias's penalty follows the bias after a pass: 0 penalises the bias like a weight, 1 (the
        /// default) not at all in the end. From 0 to 1.
        /// </summary>
        public double BiasLearningRate { get; init; } = 1;

        /// <summary>Stop when the duality gap is at most this part of the objective; 0 or more. Default 1e-4.</summary>
        public double Tolerance { get; init; } = 1e-4;

        /// <summary>The most passes over the rows; 0 or more. Default 1000.</summary>
        public int MaxIterations { get; init; } = 1000;
    }

    /// <summary>Minimises over dense rows.</summary>
    /// <param name="rows">X, n × d, row-major.</param>
    /// <param name="columns">d, at least 1.</param>
    /// <param name="targets">n targets, as the loss reads them.</param>
    /// <param name="loss">φ, of k scores.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="random">Puts the rows into a new order for every pass; null takes them as they are.</param>
    /// <param name="weights">c, n positive weights; empty for 1 each.</param>
    /// <param name="iterationCompleted">
    /// Called after every pass with its number, from 1, and the objective. An exception that it throws ends the minimisation and surfaces.
    /// </param>
    /// <param name="cancellationToken">Looked at every few hundred rows.</param>
    /// <returns>W, k × d, then b, k numbers (0 without a bias), with the <see cref="OptimizationResult.DualityGap"/>; an iteration is a pass.</returns>
    /// <exception cref="ArgumentException">A length does not fit, an option is out of range, or a target or weight is not allowed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OptimizationResult Minimize(
        ReadOnlySpan<float> rows,
        int columns,
        ReadOnlySpan<float> targets,
        SdcaLoss loss,
        Options? options = null,
        RandomStream? random = null,
        ReadOnlySpan<float> weights = default,
        Action<int, double>? iterationCompleted = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (rows.Length != (long)targets.Length * columns)
            throw new ArgumentException($"{rows.Length} numbers are not {targets.Length} rows of {columns}.", nameof(rows));
        var solver = new SdcaSolver(columns, targets, loss, options ?? new Options(), weights);
        return solver.Run(new DenseSdcaRows(rows, columns), random, iterationCompleted, cancellationToken);
    }

    /// <summary>Minimises over sparse rows.</summary>
    /// <param name="rows">X, n × d.</param>
    /// <param name="targets">n targets, as the loss reads them.</param>
    /// <param name="loss">φ, of k scores.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="random">Puts the rows into a new order for every pass; null takes them as they are.</param>
    /// <param name="weights">c, n positive weights; empty for 1 each.</param>
    /// <param name="iterationCompleted">Called after every pass with its number, from 1, and the objective; its exceptions surface.</param>
    /// <param name="cancellationToken">Looked at every few hundred rows.</param>
    /// <returns>W, k × d, then b, k numbers (0 without a bias), with the <see cref="OptimizationResult.DualityGap"/>; an iteration is a pass.</returns>
    /// <exception cref="ArgumentException">A length does not fit, an option is out of range, or a target or weight is not allowed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OptimizationResult Minimize(
        CsrMatrix rows,
        ReadOnlySpan<float> targets,
        SdcaLoss loss,
        Options? options = null,
        RandomStream? random = null,
        ReadOnlySpan<float> weights = default,
        Action<int, double>? iterationCompleted = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (rows.Rows != targets.Length)
            throw new ArgumentException($"There are {rows.Rows} rows and {targets.Length} targets.", nameof(targets));
        var solver = new SdcaSolver(rows.Columns, targets, loss, options ?? new Options(), weights);
        return solver.Run(new SparseSdcaRows(rows), random, iterationCompleted, cancellationToken);
    }
}
