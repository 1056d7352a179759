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
/// The objective F(x) = f(x) + Σ cᵢ |xᵢ|, where some xᵢ may be bound to be 0 or more, and what Andrew and Gao (2007) need of it. A variable
/// with cᵢ = 0 that is not bound is treated as without a penalty. A bound is a penalty that is infinite on the negative side, so that it
/// only narrows the orthants to choose from.
/// </summary>
internal sealed class Objective(
    ValueAndGradient function, ReadOnlySpan<double> l1Weights, ReadOnlySpan<bool> nonNegative, CancellationToken cancellationToken)
{
    private readonly double[] _c = l1Weights.IsEmpty && !nonNegative.IsEmpty ? new double[nonNegative.Length] : l1Weights.ToArray();
    private readonly bool[] _bound = nonNegative.IsEmpty ? new bool[l1Weights.Length] : nonNegative.ToArray();

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
                _ when g - _c[i] > 0 && !_bound[i] => g - _c[i],
                _ => 0,
            };
        }
    }

    /// <summary>
    /// Sets to zero what in the direction points against steepest descent (the projection π of section 3.2), for variables with an orthant.
    /// </summary>
    public void AlignDirection(double[] direction, double[] pseudoGradient)
    {
        for (int i = 0; i < _c.Length; i++)
        {
            if (HasOrthant(i) && direction[i] * pseudoGradient[i] >= 0) direction[i] = 0;
        }
    }

    /// <summary>
    /// x ← π(from + step · direction; ξ): variables that would leave the orthant ξ stay on its border, at 0. The orthant has the sign of
    /// each xᵢ, or where xᵢ = 0, the sign into which steepest descent leads; bound variables never leave theirs, because it never leads
    /// below 0.
    /// </summary>
    public void ProjectedStep(double[] from, double[] pseudoGradient, double[] direction, double step, double[] x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double moved = from[i] + step * direction[i];
            double orthant = from[i] != 0 ? from[i] : -pseudoGradient[i];
            x[i] = HasOrthant(i) && moved * Math.Sign(orthant) <= 0 ? 0 : moved;
        }
    }

    private bool HasOrthant(int i) => i < _c.Length && (_c[i] > 0 || _bound[i]);
}
