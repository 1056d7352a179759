namespace MLPath.Numerics;

/// <summary>
/// Minimises a smooth function of many variables, optionally plus an L1 penalty Σ cᵢ |xᵢ|, from its values and gradients: the
/// limited-memory BFGS method. An iteration costs one or two evaluations and 4mn operations for a history of m.
/// </summary>
/// <remarks>
/// <para>
/// D. Liu, J. Nocedal, <i>On the limited memory BFGS method for large scale optimization</i>, Mathematical Programming 45, 1989; with the
/// line search for the strong Wolfe conditions of J. Nocedal, S. Wright, <i>Numerical Optimization</i>, 2nd edition, algorithms 3.5 and
/// 3.6. With an L1 penalty, or variables bound to be 0 or more, the method is OWL-QN: G. Andrew, J. Gao, <i>Scalable training of
/// L1-regularized log-linear models</i>, ICML 2007.
/// </para>
/// <para>A convex function has its global minimum found; of any other, a local one. The result is a function of the inputs alone.</para>
/// </remarks>
public static class Lbfgs
{
    private const int SlowIterations = 10;

    /// <summary>Settings of the minimisation.</summary>
    public sealed record Options
    {
        /// <summary>How many past steps approximate the curvature (m); at least 1. Memory is 2mn numbers. Default 20.</summary>
        public int History { get; init; } = 20;

        /// <summary>
        /// Stop when ‖∇f‖∞ ≤ tolerance · ‖∇f(start)‖∞; 0 or more. Being relative, it does not depend on the scale of the function. Default
        /// 1e-8.
        /// </summary>
        public double GradientTolerance { get; init; } = 1e-8;

        /// <summary>Stop also when ‖∇f‖∞ is at most this, whatever it was at the start; 0 or more. Default 0.</summary>
        public double AbsoluteGradientTolerance { get; init; }

        /// <summary>
        /// Stop when an iteration lowers the value f by less than tolerance · |f|; 0 never stops for this reason. Default 1e-14.
        /// </summary>
        public double ValueTolerance { get; init; } = 1e-14;

        /// <summary>
        /// Stop when the last 10 iterations together lowered the value f by less than tolerance · |f|; 0 (the default) never stops for this
        /// reason. A single short step does not end the search, as it may with <see cref="ValueTolerance"/>.
        /// </summary>
        public double SlowValueTolerance { get; init; }

        /// <summary>The most iterations; 0 or more. Default 1000.</summary>
        public int MaxIterations { get; init; } = 1000;

        /// <summary>The most evaluations in the line search of one iteration; at least 1. Default 40.</summary>
        public int MaxLineSearchEvaluations { get; init; } = 40;
    }

    /// <summary>Finds a minimum.</summary>
    /// <param name="function">The smooth part of the objective and its gradient.</param>
    /// <param name="start">Where to start, n finite numbers.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="l1Weights">
    /// The penalty's weights cᵢ ≥ 0, one per variable, or empty for no penalty. A weight of 0 exempts a variable, such as a bias.
    /// </param>
    /// <param name="nonNegative">Which variables are bound to xᵢ ≥ 0, one truth value per variable, or empty for none.</param>
    /// <param name="iterationCompleted">
    /// Called after every iteration with its number, from 1, and the objective. An exception that it throws ends the minimisation and
    /// surfaces.
    /// </param>
    /// <param name="cancellationToken">Looked at before every evaluation.</param>
    /// <exception cref="ArgumentException">
    /// An option or a weight is out of range, the start breaks a bound, or the function or its gradient is not finite there.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OptimizationResult Minimize(
        ValueAndGradient function,
        ReadOnlySpan<double> start,
        Options? options = null,
        ReadOnlySpan<double> l1Weights = default,
        ReadOnlySpan<bool> nonNegative = default,
        Action<int, double>? iterationCompleted = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        options ??= new Options();
        Validate(options, start, l1Weights, nonNegative);

        int n = start.Length;
        var objective = new Objective(function, l1Weights, nonNegative, cancellationToken);
        var history = new LbfgsHistory(options.History);
        ILineSearch lineSearch = l1Weights.IsEmpty && nonNegative.IsEmpty
            ? new StrongWolfeLineSearch(objective, n, options.MaxLineSearchEvaluations)
            : new OrthantLineSearch(objective, n, options.MaxLineSearchEvaluations);

        var current = new Point(n);
        start.CopyTo(current.X);
        objective.Evaluate(current);
        if (!current.IsFinite) throw Stopping.NotFiniteAtStart();

        var gradient = new double[n];
        var direction = new double[n];
        var losses = new List<double> { current.Value };
        objective.PseudoGradient(current, gradient);
        double firstNorm = Dense.NormInfinity(gradient);
        double goal = Math.Max(options.GradientTolerance * firstNorm, options.AbsoluteGradientTolerance);

        for (int iteration = 0; ; iteration++)
        {
            objective.PseudoGradient(current, gradient);
            double norm = Dense.NormInfinity(gradient);
            OptimizationResult Stop(StopReason reason) =>
                new(current.X.ToArray(), current.Value, norm, iteration, objective.Evaluations, reason, losses);

            if (norm <= goal) return Stop(StopReason.GradientTolerance);
            if (iteration > 0 && Stopping.IsStalled(losses[^2], losses[^1], options.ValueTolerance)) return Stop(StopReason.ValueTolerance);
            if (iteration >= SlowIterations && Stopping.IsStalled(losses[^(SlowIterations + 1)], losses[^1], options.SlowValueTolerance))
                return Stop(StopReason.ValueTolerance);
            if (iteration == options.MaxIterations) return Stop(StopReason.IterationLimit);

            var next = Step(current, gradient, direction, objective, history, lineSearch);
            if (next is null) return Stop(Stopping.WithoutLowerPoint(norm, firstNorm, current.Value));

            history.Add(current, next);
            current.CopyFrom(next);
            losses.Add(current.Value);
            iterationCompleted?.Invoke(iteration + 1, current.Value);
        }
    }

    /// <summary>The next point; null if not even steepest descent leads lower.</summary>
    private static Point? Step(
        Point current, double[] gradient, double[] direction, Objective objective, LbfgsHistory history, ILineSearch lineSearch)
    {
        while (true)
        {
            history.Direction(gradient, direction);
            objective.AlignDirection(direction, gradient);
            double slope = Dense.Dot(direction, gradient);

            // Without curvature, the first trial moves a distance of 1, as no other length is known.
            double step = history.Count > 0 ? 1 : 1 / Dense.Norm(gradient);
            if (slope < 0 && lineSearch.Search(current, direction, gradient, slope, step) is { } next) return next;

            if (history.Count == 0) return null;
            history.Clear();
        }
    }

    private static void Validate(
        Options options, ReadOnlySpan<double> start, ReadOnlySpan<double> l1Weights, ReadOnlySpan<bool> nonNegative)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.History, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxIterations);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineSearchEvaluations, 1);
        Stopping.RequireTolerance(options.GradientTolerance, nameof(Options.GradientTolerance));
        Stopping.RequireTolerance(options.AbsoluteGradientTolerance, nameof(Options.AbsoluteGradientTolerance));
        Stopping.RequireTolerance(options.ValueTolerance, nameof(Options.ValueTolerance));
        Stopping.RequireTolerance(options.SlowValueTolerance, nameof(Options.SlowValueTolerance));
        Stopping.RequireFinite(start);

        if (!l1Weights.IsEmpty && l1Weights.Length != start.Length)
            throw new ArgumentException($"There are {l1Weights.Length} L1 weights for {start.Length} variables.", nameof(l1Weights));
        for (int i = 0; i < l1Weights.Length; i++)
        {
            if (!(l1Weights[i] >= 0) || double.IsInfinity(l1Weights[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"L1 weight {i} is {l1Weights[i]}; weights are finite and not negative."),
                    nameof(l1Weights));
            }
        }

        if (!nonNegative.IsEmpty && nonNegative.Length != start.Length)
            throw new ArgumentException($"There are {nonNegative.Length} bounds for {start.Length} variables.", nameof(nonNegative));
        for (int i = 0; i < nonNegative.Length; i++)
        {
            if (nonNegative[i] && start[i] < 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Element {i} of the start is {start[i]}, below its bound of 0."), nameof(start));
            }
        }
    }
}
