namespace MLPath.Numerics;

/// <summary>What coordinate descent asks of the rows and of the residual r = y − X w, which follows the weights as they move.</summary>
internal interface ILeastSquaresForm
{
    /// <summary>d.</summary>
    int Count { get; }

    /// <summary>Whether a weight costs little to look at, so that to sweep over a part of them saves nothing.</summary>
    bool SweepsAreCheap { get; }

    /// <summary>‖y‖².</summary>
    double TargetSquares { get; }

    /// <summary>‖xⱼ‖².</summary>
    double Squares(int j);

    /// <summary>xⱼᵀr.</summary>
    double Correlation(int j);

    /// <summary>wⱼ ← wⱼ + change.</summary>
    void Move(int j, double change);

    /// <summary>‖r‖² and rᵀy at the weights that the moves have led to.</summary>
    (double Squares, double WithTarget) Residual(ReadOnlySpan<double> weights);
}

/// <summary>Knows the rows, and keeps r.</summary>
internal sealed class ResidualForm : ILeastSquaresForm
{
    private readonly ReadOnlyMemory<double> _features;
    private readonly ReadOnlyMemory<double> _target;
    private readonly double[] _squares;
    private readonly double[] _residual;

    public ResidualForm(ReadOnlyMemory<double> features, ReadOnlyMemory<double> target, int d)
    {
        (_features, _target, _residual, _squares) = (features, target, target.ToArray(), new double[d]);
        for (int j = 0; j < d; j++) _squares[j] = Dense.Dot(Feature(j), Feature(j));
        TargetSquares = Dense.Dot(_residual, _residual);
    }

    public int Count => _squares.Length;

    public bool SweepsAreCheap => false;

    public double TargetSquares { get; }

    public double Squares(int j) => _squares[j];

    public double Correlation(int j) => Dense.Dot(Feature(j), _residual);

    public void Move(int j, double change) => Dense.Axpy(-change, Feature(j), _residual);

    public (double Squares, double WithTarget) Residual(ReadOnlySpan<double> weights) =>
        (Dense.Dot(_residual, _residual), Dense.Dot(_residual, _target.Span));

    private ReadOnlySpan<double> Feature(int j) => _features.Span.Slice(j * _residual.Length, _residual.Length);
}

/// <summary>Knows XᵀX, Xᵀy and ‖y‖², and keeps Xᵀr.</summary>
internal sealed class GramForm(ReadOnlyMemory<double> gram, ReadOnlyMemory<double> products, double targetSquares) : ILeastSquaresForm
{
    private readonly double[] _correlations = products.ToArray();

    public int Count => _correlations.Length;

    public bool SweepsAreCheap => true;

    public double TargetSquares => targetSquares;

    public double Squares(int j) => gram.Span[j * Count + j];

    public double Correlation(int j) => _correlations[j];

    public void Move(int j, double change) => Dense.Axpy(-change, gram.Span.Slice(j * Count, Count), _correlations);

    // ‖r‖² = ‖y‖² − wᵀ(Xᵀy + Xᵀr), which rounding may carry below 0.
    public (double Squares, double WithTarget) Residual(ReadOnlySpan<double> weights)
    {
        double explained = Dense.Dot(weights, products.Span);
        return (Math.Max(0, targetSquares - explained - Dense.Dot(weights, _correlations)), targetSquares - explained);
    }
}
