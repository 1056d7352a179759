namespace MLPath.Numerics;

/// <summary>The χ² distribution with ν degrees of freedom: the sum of ν squared standard normal numbers, if ν is whole.</summary>
public sealed class ChiSquaredDistribution : ContinuousDistribution
{
    private readonly GammaDistribution _gamma;

    /// <summary>Creates the distribution.</summary>
    /// <param name="degreesOfFreedom">ν, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is out of range.</exception>
    public ChiSquaredDistribution(double degreesOfFreedom) =>
        _gamma = new GammaDistribution(RequirePositive(degreesOfFreedom, nameof(degreesOfFreedom)) / 2, 2);

    /// <summary>ν.</summary>
    public double DegreesOfFreedom => 2 * _gamma.Shape;

    /// <inheritdoc/>
    public override double Mean => _gamma.Mean;

    /// <inheritdoc/>
    public override double Variance => _gamma.Variance;

    /// <inheritdoc/>
    public override double Minimum => 0;

    /// <inheritdoc/>
    public override double Maximum => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Density(double x) => _gamma.Density(x);

    /// <inheritdoc/>
    public override double CumulativeProbability(double x) => _gamma.CumulativeProbability(x);

    /// <inheritdoc/>
    public override double UpperTail(double x) => _gamma.UpperTail(x);

    /// <inheritdoc/>
    public override double Quantile(double p) => _gamma.Quantile(p);

    /// <inheritdoc/>
    public override double Sample(RandomStream stream) => _gamma.Sample(stream);
}
