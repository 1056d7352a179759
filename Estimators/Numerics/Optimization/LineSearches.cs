namespace MLPath.Numerics;

/// <summary>Finds a lower point along a direction of descent.</summary>
internal interface ILineSearch
{
    /// <summary>Searches from a point.</summary>
    /// <param name="from">The point to start from.</param>
    /// <param name="direction">The direction d.</param>
    /// <param name="gradient">The (pseudo-)gradient at the point.</param>
    /// <param name="slope">The derivative along the direction, negative.</param>
    /// <param name="firstStep">The first step to try.</param>
    /// <returns>The point found, valid until the next search; null if there is none.</returns>
    Point? Search(Point from, double[] direction, double[] gradient, double slope, double firstStep);
}

/// <summary>
/// Constants of the conditions on a step α, where φ(α) = f(x + α d): sufficient decrease φ(α) ≤ φ(0) + c₁ α φ'(0), and curvature
/// |φ'(α)| ≤ c₂ |φ'(0)| (Nocedal and Wright, equations 3.7).
/// </summary>
internal static class Wolfe
{
    public const double C1 = 1e-4;
    public const double C2 = 0.9;

    /// <summary>How far two values of the function near a minimum may differ by rounding alone.</summary>
    public static double Rounding(double value) => 4 * Triangular.Epsilon * Math.Abs(value);
}

/// <summary>
/// Finds a step that satisfies the strong Wolfe conditions: Nocedal and Wright, algorithm 3.5 (step out until a minimum is bracketed) and
/// algorithm 3.6 (zoom into the bracket by cubic interpolation), as one loop.
/// </summary>
internal sealed class StrongWolfeLineSearch(Objective objective, int n, int maxEvaluations) : ILineSearch
{
    private const double Expansion = 4;

    private Point _trial = new(n);
    private Point _lowest = new(n);

    public Point? Search(Point from, double[] direction, double[] gradient, double slope, double firstStep)
    {
        var origin = new Sample(0, from.Value, slope);

        // `low` satisfies sufficient decrease and is the lowest such step; a minimum lies between it and `high`, once there is one.
        var low = origin;
        Sample? high = null;
        double step = firstStep;
        for (int evaluation = 0; evaluation < maxEvaluations; evaluation++)
        {
            var trial = Evaluate(from, direction, step);
            if (Accepts(trial, origin)) return _trial;

            if (!(trial.Value <= origin.Value + Wolfe.C1 * step * slope) || trial.Value >= low.Value)
            {
                high = trial;
            }
            else
            {
                // Downhill from the trial is away from `high`, so the minimum lies between the trial and `low`.
                if (high is { } h ? trial.Slope * (h.Step - low.Step) >= 0 : trial.Slope >= 0) high = low;
                low = trial;
                (_trial, _lowest) = (_lowest, _trial);
            }

            step = high is { } end ? Interpolate(low, end) : Expansion * step;
            if (step == low.Step || step == high?.Step) break;
        }

        return low.Step > 0 ? _lowest : null;
    }

    private Sample Evaluate(Point from, double[] direction, double step)
    {
        from.X.CopyTo(_trial.X, 0);
        Dense.Axpy(step, direction, _trial.X);
        objective.Evaluate(_trial);
        return _trial.IsFinite
            ? new Sample(step, _trial.Value, Dense.Dot(_trial.Gradient, direction))
            : new Sample(step, double.PositiveInfinity, double.NaN);
    }

    /// <summary>
    /// The strong Wolfe conditions. Near a minimum the decrease drowns in rounding before the slope does; there a value that is equal up to
    /// rounding is low enough (the approximate condition of W. Hager, H. Zhang, SIAM Journal on Optimization 16, 2005).
    /// </summary>
    private static bool Accepts(Sample trial, Sample origin) =>
        Math.Abs(trial.Slope) <= Wolfe.C2 * Math.Abs(origin.Slope) &&
        (trial.Value <= origin.Value + Wolfe.C1 * trial.Step * origin.Slope ||
         Math.Abs(trial.Value - origin.Value) <= Wolfe.Rounding(origin.Value));

    /// <summary>The minimum of the cubic through both ends (equation 3.59), kept away from the ends by a tenth of the interval.</summary>
    private static double Interpolate(Sample a, Sample b)
    {
        double width = b.Step - a.Step;
        double middle = a.Step + width / 2;
        if (!double.IsFinite(b.Value)) return middle;

        double d1 = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.Step - b.Step);
        double d2 = Math.CopySign(Math.Sqrt(d1 * d1 - a.Slope * b.Slope), width);
        double minimum = b.Step - width * (b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2);
        if (!double.IsFinite(minimum)) return middle;

        double margin = 0.1 * Math.Abs(width);
        return Math.Clamp(minimum, Math.Min(a.Step, b.Step) + margin, Math.Max(a.Step, b.Step) - margin);
    }

    /// <summary>A step with the function's value and derivative there.</summary>
    private readonly record struct Sample(double Step, double Value, double Slope);
}

/// <summary>
/// Backtracks along the path that is projected onto the orthant until F decreases enough: Andrew and Gao (2007), section 3.2.
/// </summary>
internal sealed class OrthantLineSearch(Objective objective, int n, int maxEvaluations) : ILineSearch
{
    private readonly Point _trial = new(n);

    public Point? Search(Point from, double[] direction, double[] gradient, double slope, double firstStep)
    {
        double step = firstStep;
        for (int evaluation = 0; evaluation < maxEvaluations; evaluation++, step /= 2)
        {
            objective.ProjectedStep(from.X, gradient, direction, step, _trial.X);
            double predicted = 0;
            for (int i = 0; i < n; i++) predicted += gradient[i] * (_trial.X[i] - from.X[i]);

            // Stopping at the orthant's border can turn a long step uphill, never a short one.
            if (!(predicted < 0)) continue;
            objective.Evaluate(_trial);
            if (_trial.IsFinite && Accepts(from, predicted)) return _trial;
        }

        return null;
    }

    /// <summary>Sufficient decrease, or, where rounding hides the decrease, a derivative that has come nearer to zero.</summary>
    private bool Accepts(Point from, double predicted)
    {
        if (_trial.Value <= from.Value + Wolfe.C1 * predicted) return true;
        if (!(_trial.Value <= from.Value + Wolfe.Rounding(from.Value))) return false;

        // Within the orthant the penalty is linear, so that along Δx the derivative of F changes by as much as that of f.
        double change = 0;
        for (int i = 0; i < n; i++) change += (_trial.Gradient[i] - from.Gradient[i]) * (_trial.X[i] - from.X[i]);
        return Math.Abs(predicted + change) <= Wolfe.C2 * Math.Abs(predicted);
    }
}
