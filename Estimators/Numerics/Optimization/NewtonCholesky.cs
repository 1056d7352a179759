namespace MLPath.Numerics;

/// <summary>
/// Minimises a smooth function of a moderate number of variables from its values, gradients and Hessians: Newton's method, with the Cholesky
/// decomposition of the Hessian and a line search. Near a minimum every iteration doubles the number of right digits. An iteration costs
/// one Hessian, one or two evaluations and n³/3 operations.
/// </summary>
/// <remarks>
/// <para>
/// The direction p solves (H + τ I) p = −∇f. Where the Hessian is positive definite, τ = 0; elsewhere the least τ of an increasing sequence
/// that makes the sum so (J. Nocedal, S. Wright, <i>Numerical Optimization</i>, 2nd edition, algorithm 3.3), which turns p towards steepest
/// descent. A step along p, of length 1 if that suffices, satisfies the strong Wolfe conditions (algorithms 3.5 and 3.6).
/// </para>
/// <para>A convex function has its global minimum found; of any other, a local one. The result is a function of the inputs alone.</para>
/// </remarks>
public static class NewtonCholesky
{
    /// <summary>Settings of the minimisation.</summary>
    public sealed record Options
    {
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

        /// <summary>The most iterations; 0 or more. Default 100.</summary>
        public int MaxIterations { get; init; } = 100;

        /// <summary>The most evaluations in the line search of one iteration; at least 1. Default 40.</summary>
        public int MaxLineSearchEvaluations { get; init; } = 40;
    }

    /// <summary>Finds a minimum.</summary>
    /// <param name="function">
    /// The objective, its gradient and its Hessian. The Hessian is asked for where the search is expected to go on from; at other trial
    /// points, and where the gradient is expected to be small enough, only the value and the gradient are.
    /// </param>
    /// <param name="start">Where to start, n finite numbers.</param>
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
        ValueGradientHessian function,
        ReadOnlySpan<double> start,
        Options? options = null,
        Action<int, double>? iterationCompleted = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        options ??= new Options();
        Validate(options, start);

        int n = start.Length;
        var curvature = new Curvature(function, n);
        var objective = new Objective(curvature.Evaluate, [], [], cancellationToken);
        var lineSearch = new StrongWolfeLineSearch(objective, n, options.MaxLineSearchEvaluations);

        var current = new Point(n);
        start.CopyTo(current.X);
        curvature.Wanted = true;
        objective.Evaluate(current);
        if (!current.IsFinite) throw Stopping.NotFiniteAtStart();

        var direction = new double[n];
        var losses = new List<double> { current.Value };
        double firstNorm = Dense.NormInfinity(current.Gradient), previousNorm = firstNorm;
        double goal = Math.Max(options.GradientTolerance * firstNorm, options.AbsoluteGradientTolerance);

        for (int iteration = 0; ; iteration++)
        {
            double norm = Dense.NormInfinity(current.Gradient);
            OptimizationResult Stop(StopReason reason) =>
                new(current.X.ToArray(), current.Value, norm, iteration, objective.Evaluations, reason, losses);

            if (norm <= goal) return Stop(StopReason.GradientTolerance);
            if (iteration > 0 && Stopping.IsStalled(losses[^2], losses[^1], options.ValueTolerance)) return Stop(StopReason.ValueTolerance);
            if (iteration == options.MaxIterations) return Stop(StopReason.IterationLimit);

            if (!curvature.IsCurrent) curvature.EvaluateAt(current, objective);

            // The full step is nearly always taken, so its Hessian is computed with its value. Not where it is to be the last one: the
            // gradient shrinks faster from step to step, so that it will be small enough if it shrinks as it did.
            bool isLast = iteration > 0 && norm * (norm / previousNorm) <= goal;
            var next = Step(current, direction, curvature, lineSearch, wantsHessian: !isLast && iteration + 1 < options.MaxIterations);
            if (next is null) return Stop(Stopping.WithoutLowerPoint(norm, firstNorm, current.Value));

            previousNorm = norm;
            current.CopyFrom(next);
            losses.Add(current.Value);
            iterationCompleted?.Invoke(iteration + 1, current.Value);
        }
    }

    /// <summary>The next point; null if not even steepest descent leads lower.</summary>
    private static Point? Step(Point current, double[] direction, Curvature curvature, StrongWolfeLineSearch lineSearch, bool wantsHessian)
    {
        if (curvature.TryDirection(current.Gradient, direction))
        {
            curvature.Wanted = wantsHessian;
            double slope = Dense.Dot(direction, current.Gradient);
            if (slope < 0 && lineSearch.Search(current, direction, current.Gradient, slope, firstStep: 1) is { } next) return next;
        }

        // Steepest descent, whose first trial moves a distance of 1, as no other length is known.
        for (int i = 0; i < direction.Length; i++) direction[i] = -current.Gradient[i];
        double norm = Dense.Norm(direction);
        return lineSearch.Search(current, direction, current.Gradient, -norm * norm, 1 / norm);
    }

    private static void Validate(Options options, ReadOnlySpan<double> start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxIterations);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineSearchEvaluations, 1);
        Stopping.RequireTolerance(options.GradientTolerance, nameof(Options.GradientTolerance));
        Stopping.RequireTolerance(options.AbsoluteGradientTolerance, nameof(Options.AbsoluteGradientTolerance));
        Stopping.RequireTolerance(options.ValueTolerance, nameof(Options.ValueTolerance));
        Stopping.RequireFinite(start);
    }

    /// <summary>The function with the Hessian of the last point at which it was asked for one.</summary>
    private sealed class Curvature(ValueGradientHessian function, int n)
    {
        private const double FirstShift = 1e-10;
        private const double ShiftGrowth = 10;
        private const int MaxShifts = 20;

        private readonly Matrix _hessian = new(n, n);

        /// <summary>Whether the next evaluation computes the Hessian; the ones after it do not.</summary>
        public bool Wanted { get; set; }

        /// <summary>Whether the Hessian is that of the last evaluation.</summary>
        public bool IsCurrent { get; private set; }

        public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
        {
            IsCurrent = Wanted;
            Wanted = false;
            if (!IsCurrent) return function(x, gradient, []);
            _hessian.AsSpan().Clear();
            return function(x, gradient, _hessian.AsSpan());
        }

        /// <summary>Computes the Hessian of a point at which only the value and the gradient were.</summary>
        public void EvaluateAt(Point point, Objective objective)
        {
            Wanted = true;
            objective.Evaluate(point);
        }

        /// <summary>Solves (H + τ I) p = −∇f; false if no moderate τ makes the matrix positive definite.</summary>
        public bool TryDirection(double[] gradient, double[] direction)
        {
            double largest = 0, least = double.PositiveInfinity;
            for (int i = 0; i < n; i++)
            {
                largest = Math.Max(largest, Math.Abs(_hessian[i, i]));
                least = Math.Min(least, _hessian[i, i]);
            }

            double shift = least > 0 ? 0 : FirstShift * largest - least;
            for (int attempt = 0; attempt < MaxShifts; attempt++)
            {
                if (Cholesky.TryFactor(Shifted(shift), out var cholesky))
                {
                    for (int i = 0; i < n; i++) direction[i] = -gradient[i];
                    cholesky.SolveInPlace(direction);
                    return double.IsFinite(Dense.NormInfinity(direction));
                }

                shift = Math.Max(ShiftGrowth * shift, FirstShift * largest);
            }

            return false;
        }

        private Matrix Shifted(double shift)
        {
            if (shift == 0) return _hessian;
            var shifted = _hessian.Copy();
            for (int i = 0; i < n; i++) shifted[i, i] += shift;
            return shifted;
        }
    }
}
