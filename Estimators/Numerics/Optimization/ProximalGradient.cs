namespace MLPath.Numerics;

/// <summary>
/// Minimises f(x) + g(x), where f is smooth and g a <see cref="Penalty"/> that need not be: the accelerated proximal gradient method (FISTA),
/// with the step found by backtracking and the acceleration begun anew when it leads uphill. An iteration costs two evaluations as a rule.
/// </summary>
/// <remarks>
/// <para>
/// x⁺ = prox(y − s ∇f(y)) from a point y that is ahead of x by its last movement (A. Beck, M. Teboulle, <i>A fast iterative
/// shrinkage-thresholding algorithm for linear inverse problems</i>, SIAM Journal on Imaging Sciences 2(1), 2009), where s is halved until
/// f(x⁺) ≤ f(y) + ∇f(y)ᵀ(x⁺ − y) + ‖x⁺ − y‖² / 2s. The movement is forgotten where (y − x⁺)ᵀ(x⁺ − x) > 0 (B. O'Donoghue, E. Candès,
/// <i>Adaptive restart for accelerated gradient schemes</i>, Foundations of Computational Mathematics 15, 2015).
/// </para>
/// <para>
/// With a convex f the minimum is the global one. The measure of optimality is the gradient mapping (y − x⁺) / s, which is the gradient
/// where there is no penalty, and 0 at a minimum. Values may rise now and then.
/// </para>
/// </remarks>
public static class ProximalGradient
{
    private const int MaxHalvings = 100;
    private const int MaxDoublings = 100;

    /// <summary>Settings of the minimisation.</summary>
    public sealed record Options
    {
        /// <summary>Stop when the gradient mapping is at most this part of the first one, in its largest element; 0 or more. Default 1e-8.</summary>
        public double GradientTolerance { get; init; } = 1e-8;

        /// <summary>Stop also when it is at most this, whatever it was at first; 0 or more. Default 0.</summary>
        public double AbsoluteGradientTolerance { get; init; }

        /// <summary>
        /// Stop when an iteration lowers the value, without raising it, by less than tolerance · |value|; 0, the default, never stops for this reason.
        /// </summary>
        public double ValueTolerance { get; init; }

        /// <summary>The most iterations; 0 or more. Default 10 000.</summary>
        public int MaxIterations { get; init; } = 10_000;
    }

    /// <summary>Finds a minimum.</summary>
    /// <param name="smooth">f and its gradient.</param>
    /// <param name="penalty">g.</param>
    /// <param name="start">Where to start, n finite numbers; the nearest point that the penalty allows is taken.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="iterationCompleted">
    /// Called after every iteration with its number, from 1, and the objective. An exception that it throws ends the minimisation and
    /// surfaces.
    /// </param>
    /// <param name="cancellationToken">Looked at before every evaluation.</param>
    /// <exception cref="ArgumentException">
    /// An option is out of range, or the start, or the function or its gradient there, is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OptimizationResult Minimize(
        ValueAndGradient smooth,
        Penalty penalty,
        ReadOnlySpan<double> start,
        Options? options = null,
        Action<int, double>? iterationCompleted = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(smooth);
        ArgumentNullException.ThrowIfNull(penalty);
        options ??= new Options();
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxIterations);
        Stopping.RequireTolerance(options.GradientTolerance, nameof(Options.GradientTolerance));
        Stopping.RequireTolerance(options.AbsoluteGradientTolerance, nameof(Options.AbsoluteGradientTolerance));
        Stopping.RequireTolerance(options.ValueTolerance, nameof(Options.ValueTolerance));
        Stopping.RequireFinite(start);

        int n = start.Length;
        var objective = new Objective(smooth, [], [], cancellationToken);
        var step = new ProximalStep(objective, penalty, n);
        var (current, ahead) = (new Point(n), new Point(n));
        penalty.Apply(start, double.Epsilon, current.X);
        objective.Evaluate(current);
        if (!current.IsFinite) throw Stopping.NotFiniteAtStart();
        ahead.CopyFrom(current);

        var losses = new List<double> { current.Value + penalty.Value(current.X) };
        double momentum = 1, firstNorm = 0, norm = double.PositiveInfinity;
        for (int iteration = 0; ; iteration++)
        {
            OptimizationResult Stop(StopReason reason) =>
                new(current.X.ToArray(), losses[^1], norm, iteration, objective.Evaluations, reason, losses);

            bool isDone = iteration > 0 && norm <= Math.Max(options.GradientTolerance * firstNorm, options.AbsoluteGradientTolerance);
            if (isDone) return Stop(StopReason.GradientTolerance);
            bool falls = iteration > 0 && losses[^1] <= losses[^2];
            if (falls && Stopping.IsStalled(losses[^2], losses[^1], options.ValueTolerance)) return Stop(StopReason.ValueTolerance);
            if (iteration == options.MaxIterations) return Stop(StopReason.IterationLimit);

            if (!step.TryTake(ahead, iteration == 0 ? MaxDoublings : 0, MaxHalvings)) return Stop(Stopping.WithoutLowerPoint(norm, firstNorm, losses[^1]));
            norm = step.MappingNorm(ahead);
            if (iteration == 0) firstNorm = norm;

            var next = step.Taken;
            double growth = (1 + Math.Sqrt(1 + 4 * momentum * momentum)) / 2, part = (momentum - 1) / growth, turn = 0;
            for (int i = 0; i < n; i++) turn += (ahead.X[i] - next.X[i]) * (next.X[i] - current.X[i]);
            bool restarts = turn > 0;
            for (int i = 0; i < n; i++) ahead.X[i] = next.X[i] + (restarts ? 0 : part * (next.X[i] - current.X[i]));
            momentum = restarts ? 1 : growth;
            current.CopyFrom(next);
            if (restarts || part == 0) ahead.CopyFrom(current);
            else objective.Evaluate(ahead);
            if (!ahead.IsFinite) ahead.CopyFrom(current);

            losses.Add(current.Value + penalty.Value(current.X));
            iterationCompleted?.Invoke(iteration + 1, losses[^1]);
        }
    }

    /// <summary>The step from a point, whose length carries over from one iteration to the next.</summary>
    private sealed class ProximalStep(Objective objective, Penalty penalty, int n)
    {
        private readonly double[] _moved = new double[n];
        private Point _spare = new(n);
        private double _length = 1;

        /// <summary>x⁺ of the last step that was taken.</summary>
        public Point Taken { get; private set; } = new(n);

        /// <summary>Takes the step, doubled while that is allowed and then halved until it is; false when it has become too short.</summary>
        public bool TryTake(Point from, int doublings, int halvings)
        {
            bool fits = Fits(from);
            for (int i = 0; i < doublings && fits && Moves(from); i++)
            {
                (Taken, _spare) = (_spare, Taken);
                _length *= 2;
                if (Fits(from)) continue;
                _length /= 2;
                (Taken, _spare) = (_spare, Taken);
                return true;
            }

            for (int i = 0; i < halvings && !fits; i++)
            {
                _length /= 2;
                fits = Fits(from);
            }

            return fits;
        }

        /// <summary>‖(y − x⁺) / s‖∞.</summary>
        public double MappingNorm(Point from)
        {
            double largest = 0;
            for (int i = 0; i < n; i++) largest = Math.Max(largest, Math.Abs(from.X[i] - Taken.X[i]));
            return largest / _length;
        }

        private bool Moves(Point from) => !from.X.AsSpan().SequenceEqual(Taken.X);

        private bool Fits(Point from)
        {
            from.X.CopyTo(_moved, 0);
            Dense.Axpy(-_length, from.Gradient, _moved);
            penalty.Apply(_moved, _length, Taken.X);
            objective.Evaluate(Taken);
            double slope = 0, squares = 0;
            for (int i = 0; i < n; i++)
            {
                double move = Taken.X[i] - from.X[i];
                slope += from.Gradient[i] * move;
                squares += move * move;
            }

            return Taken.IsFinite && Taken.Value <= from.Value + slope + squares / (2 * _length) + Wolfe.Rounding(from.Value);
        }
    }
}
