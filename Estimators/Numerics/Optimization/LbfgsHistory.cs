namespace MLPath.Numerics;

/// <summary>
/// The last m steps s = Δx with their gradient changes y = Δ∇f, which define an approximation H of the inverse Hessian (Nocedal and Wright,
/// section 7.2).
/// </summary>
internal sealed class LbfgsHistory(int capacity)
{
    private readonly List<Pair> _pairs = [];

    public int Count => _pairs.Count;

    public void Clear() => _pairs.Clear();

    /// <summary>Remembers a step, unless its curvature sᵀy is not positive, which would make H indefinite.</summary>
    public void Add(Point from, Point to)
    {
        // The oldest pair's arrays become the newest's.
        Pair pair;
        if (_pairs.Count == capacity)
        {
            pair = _pairs[0];
            _pairs.RemoveAt(0);
        }
        else
        {
            pair = new Pair(from.X.Length);
        }

        Subtract(to.X, from.X, pair.S);
        Subtract(to.Gradient, from.Gradient, pair.Y);
        pair.Curvature = Dense.Dot(pair.S, pair.Y);
        if (pair.Curvature > Triangular.Epsilon * Dense.Norm(pair.S) * Dense.Norm(pair.Y)) _pairs.Add(pair);
    }

    /// <summary>Computes the direction -H g by the two-loop recursion (algorithm 7.4), with H₀ = (sᵀy / yᵀy) I of the last pair.</summary>
    public void Direction(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        gradient.CopyTo(direction);
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            var pair = _pairs[i];
            pair.Alpha = Dense.Dot(pair.S, direction) / pair.Curvature;
            Dense.Axpy(-pair.Alpha, pair.Y, direction);
        }

        if (_pairs.Count > 0)
        {
            var last = _pairs[^1];
            Dense.Scale(last.Curvature / Dense.Dot(last.Y, last.Y), direction);
        }

        foreach (var pair in _pairs)
        {
            double beta = Dense.Dot(pair.Y, direction) / pair.Curvature;
            Dense.Axpy(pair.Alpha - beta, pair.S, direction);
        }

        Dense.Scale(-1, direction);
    }

    private static void Subtract(double[] x, double[] y, double[] difference)
    {
        for (int i = 0; i < x.Length; i++) difference[i] = x[i] - y[i];
    }

    private sealed class Pair(int n)
    {
        public double[] S { get; } = new double[n];

        public double[] Y { get; } = new double[n];

        public double Curvature { get; set; }

        public double Alpha { get; set; }
    }
}
