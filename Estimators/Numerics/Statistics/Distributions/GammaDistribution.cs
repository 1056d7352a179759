namespace MLPath.Numerics;

/// <summary>The gamma distribution, with density x^(k-1) e^(-x/θ) / (Γ(k) θᵏ) for x ≥ 0.</summary>
public sealed class GammaDistribution : ContinuousDistribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="shape">k, above 0.</param>
    /// <param name="scale">θ, above 0; the inverse of the rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public GammaDistribution(double shape, double scale = 1) =>
        (Shape, Scale) = (RequirePositive(shape, nameof(shape)), RequirePositive(scale, nameof(scale)));

    /// <summary>k.</summary>
    public double Shape { get; }

    /// <summary>θ.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public override double Mean => Shape * Scale;

    /// <inheritdoc/>
    public override double Variance => Shape * Scale * Scale;

    /// <inheritdoc/>
    public override double Minimum => 0;

    /// <inheritdoc/>
    public override double Maximum => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Density(double x)
    {
        if (x < 0) return 0;
        if (x == 0) return Shape < 1 ? double.PositiveInfinity : Shape == 1 ? 1 / Scale : 0;
        return Shape < 1
            ? SpecialFunctions.PoissonTerm(Shape, x / Scale) * Shape / x
            : SpecialFunctions.PoissonTerm(Shape - 1, x / Scale) / Scale;
    }

    /// <inheritdoc/>
    public override double CumulativeProbability(double x) => x <= 0 ? 0 : SpecialFunctions.GammaP(Shape, x / Scale);

    /// <inheritdoc/>
    public override double UpperTail(double x) => x <= 0 ? 1 : SpecialFunctions.GammaQ(Shape, x / Scale);

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Scale * SampleStandard(Shape, stream);
    }

    /// <summary>
    /// Draws with scale 1, by rejection from a transformed normal (G. Marsaglia, W. Tsang, <i>A simple method for generating gamma
    /// variables</i>, ACM Transactions on Mathematical Software 26, 2000).
    /// </summary>
    internal static double SampleStandard(double shape, RandomStream stream)
    {
        // Below 1, a draw with shape k + 1 times U^(1/k) has shape k.
        if (shape < 1)
            return SampleStandard(shape + 1, stream) * Math.Pow(1 - stream.NextDouble(), 1 / shape);

        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = stream.NextGaussian(), root = 1 + c * z;
            double u = 1 - stream.NextDouble();
            if (root <= 0) continue;
            double v = root * root * root;
            if (Math.Log(u) < z * z / 2 + d - d * v + d * Math.Log(v)) return d * v;
        }
    }
}
