namespace MLPath.Numerics;

/// <summary>The sweeps of <see cref="CoordinateDescent"/> in either form.</summary>
internal sealed class CoordinateSweeps
{
    // When the largest squared change of a fit by a weight is this part of the gap that is aimed at, the weights in turn are settled.
    private const double Settled = 0.1;

    private readonly ILeastSquaresForm _form;
    private readonly double _l1;
    private readonly double _l2;
    private readonly CoordinateDescent.Options _options;
    private readonly double[] _weights;

    public CoordinateSweeps(ILeastSquaresForm form, double l1, double l2, CoordinateDescent.Options options, ReadOnlySpan<double> start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxIterations);
        Stopping.RequireTolerance(options.Tolerance, nameof(options.Tolerance));
        Stopping.RequireTolerance(l1, nameof(l1));
        Stopping.RequireTolerance(l2, nameof(l2));
        Stopping.RequireFinite(start);
        if (!start.IsEmpty && start.Length != form.Count)
            throw new ArgumentException($"The start has {start.Length} numbers for {form.Count} weights.", nameof(start));

        (_form, _l1, _l2, _options, _weights) = (form, l1, l2, options, new double[form.Count]);
        for (int j = 0; j < start.Length; j++)
        {
            if (start[j] == 0) continue;
            if (options.NonNegative && start[j] < 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Element {j} of the start is {start[j]}, below its bound of 0."), nameof(start));
            }

            _weights[j] = start[j];
            form.Move(j, start[j]);
        }
    }

    public OptimizationResult Run(Action<int, double>? iterationCompleted, CancellationToken cancellationToken)
    {
        double goal = _options.Tolerance * _form.TargetSquares, rounding = 16 * Triangular.Epsilon * Math.Sqrt(_form.TargetSquares);
        int[] all = [.. Enumerable.Range(0, _weights.Length)], turn = all;
        var losses = new List<double> { Value() };
        for (int iteration = 0; ; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isFull = turn.Length == all.Length;
            double gap = isFull || iteration == _options.MaxIterations ? Gap() : double.NaN;
            if (gap <= goal) return Stop(StopReason.DualityGap);
            if (iteration == _options.MaxIterations) return Stop(StopReason.IterationLimit);

            double change = Sweep(turn);
            losses.Add(Value());
            iterationCompleted?.Invoke(iteration + 1, losses[^1]);
            if (isFull && change <= rounding)
            {
                gap = Gap();
                iteration++;
                return Stop(gap <= goal ? StopReason.DualityGap : StopReason.PrecisionLimit);
            }

            // The weights that are 0 tend to stay so: they are looked at again when the others are settled.
            bool isSettled = _form.SweepsAreCheap || change * change <= Settled * goal || change <= rounding;
            turn = isSettled ? all : [.. all.Where(j => _weights[j] != 0)];
            if (turn.Length == 0) turn = all;

            OptimizationResult Stop(StopReason reason) => new(
                _weights, losses[^1], SubgradientNorm(), iteration, iteration, reason, losses)
            { DualityGap = gap };
        }
    }

    /// <summary>Moves some weights in turn; gives the largest change of the fit, |Δwⱼ| ‖xⱼ‖.</summary>
    private double Sweep(int[] turn)
    {
        double largest = 0;
        foreach (int j in turn)
        {
            double squares = _form.Squares(j), curvature = squares + _l2, before = _weights[j];
            double after = curvature > 0 ? SoftThreshold(_form.Correlation(j) + squares * before) / curvature : 0;
            if (after == before) continue;
            _weights[j] = after;
            _form.Move(j, after - before);
            largest = Math.Max(largest, Math.Abs(after - before) * Math.Sqrt(curvature));
        }

        return largest;
    }

    private double SoftThreshold(double z) => z > _l1 ? z - _l1 : z < -_l1 && !_options.NonNegative ? z + _l1 : 0;

    private double Value() => 0.5 * _form.Residual(_weights).Squares + Penalty();

    private double Penalty()
    {
        double absolute = 0;
        foreach (double w in _weights) absolute += Math.Abs(w);
        return _l1 * absolute + 0.5 * _l2 * Dense.Dot(_weights, _weights);
    }

    /// <summary>The objective less the better of two values of its dual.</summary>
    private double Gap()
    {
        var (residual, withTarget) = _form.Residual(_weights);
        double squares = Dense.Dot(_weights, _weights), primal = 0.5 * residual + Penalty();

        // Once for the rows (X; √λ₂ I) and the target (y; 0), a lasso, whose dual needs |Xᵀr − λ₂ w| ≤ λ₁: its residual is shrunk by s.
        // Once for θ = r, where h*(u) = Σ max(|uⱼ| − λ₁, 0)² / 2λ₂.
        double largest = 0, conjugate = 0;
        for (int j = 0; j < _weights.Length; j++)
        {
            double correlation = _form.Correlation(j);
            largest = Math.Max(largest, Excess(correlation - _l2 * _weights[j]));
            double above = Math.Max(0, Excess(correlation) - _l1);
            conjugate += above * above;
        }

        double s = largest > _l1 ? _l1 / largest : 1;
        double dual = s * withTarget - 0.5 * s * s * (residual + _l2 * squares);
        if (_l2 > 0) dual = Math.Max(dual, withTarget - 0.5 * residual - 0.5 * conjugate / _l2);
        return Math.Max(0, primal - dual);
    }

    /// <summary>The smallest magnitude that a subgradient of the objective has in its worst element.</summary>
    private double SubgradientNorm()
    {
        double worst = 0;
        for (int j = 0; j < _weights.Length; j++)
        {
            double w = _weights[j], downhill = _form.Correlation(j) - _l2 * w;
            worst = Math.Max(worst, w == 0 ? Excess(downhill) - _l1 : Math.Abs(downhill - Math.CopySign(_l1, w)));
        }

        return worst;
    }

    private double Excess(double correlation) => _options.NonNegative ? correlation : Math.Abs(correlation);
}
