namespace MLPath.Numerics;

/// <summary>A point with the value of the objective there and the gradient of its smooth part.</summary>
internal sealed class Point(int n)
{
    public double[] X { get; } = new double[n];

    public double[] Gradient { get; } = new double[n];

    public double Value { get; set; }

    public bool IsFinite => double.IsFinite(Value) && double.IsFinite(Dense.NormInfinity(Gradient));

    public void CopyFrom(Point other)
    {
        other.X.CopyTo(X, 0);
        other.Gradient.CopyTo(Gradient, 0);
        Value = other.Value;
    }
}

/// <summary>
/// The objective F(x) = f(x) + Σ cᵢ |xᵢ|, and what Andrew and Gao (2007) need of it. A variable with cᵢ = 0 is treated as without a
/// penalty.
/// </summary>
internal sealed class Objective(ValueAndGradient function, ReadOnlySpan<double> l1Weights, CancellationToken cancellationToken)
{
    private readonly double[] _c = l1Weights.ToArray();

    public int Evaluations { get; private set; }

    public void Evaluate(Point point)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Array.Clear(point.Gradient);
        double value = function(point.X, point.Gradient);
        for (int i = 0; i < _c.Length; i++) value += _c[i] * Math.Abs(point.X[i]);
        point.Value = value;
        Evaluations++;
    }

    /// <summary>
    /// The pseudo-gradient of F, equation 4 of the paper: the one-sided derivative that is steepest downhill, 0 where neither side leads
    /// down. Without a penalty it is the gradient.
    /// </summary>
    public void PseudoGradient(Point point, double[] pseudoGradient)
    {
        point.Gradient.CopyTo(pseudoGradient, 0);
        for (int i = 0; i < _c.Length; i++)
        {
            double g = point.Gradient[i];
            pseudoGradient[i] = point.X[i] switch
            {
                > 0 => g + _c[i],
                < 0 => g - _c[i],
                _ when g + _c[i] < 0 => g + _c[i],
                _ when g - _c[i] > 0 => g - _c[i],
                _ => 0,
            };
        }
    }

    /// <summary>
    /// Sets to zero what in the direction points against steepest descent (the projection π of section 3.2), for penalised variables.
    /// </summary>
    public void AlignDirection(double[] direction, double[] pseudoGradient)
    {
        for (int i = 0; i < _c.Length; i++)
        {
            if (_c[i] > 0 && direction[i] * pseudoGradient[i] >= 0) direction[i] = 0;
        }
    }

    /// <summary>
    /// x ← π(from + step · direction; ξ): penalised variables that would leave the orthant ξ stay on its border, at 0. The orthant has the
    /// sign of each xᵢ, or where xᵢ = 0, the sign into which steepest descent leads.
    /// </summary>
    public void ProjectedStep(double[] from, double[] pseudoGradient, double[] direction, double step, double[] x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double moved = from[i] + step * direction[i];
            double orthant = from[i] != 0 ? from[i] : -pseudoGradient[i];
            x[i] = _c[i] > 0 && moved * Math.Sign(orthant) <= 0 ? 0 : moved;
        }
    }
}
