namespace MLPath.Numerics;

/// <summary>The normal distribution, with density exp(-(x - μ)² / 2σ²) / (σ √2π).</summary>
public sealed class NormalDistribution : ContinuousDistribution
{
    private static readonly double RootOfTwoPi = Math.Sqrt(2 * Math.PI);

    /// <summary>Creates the distribution.</summary>
    /// <param name="mean">μ.</param>
    /// <param name="standardDeviation">σ, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public NormalDistribution(double mean = 0, double standardDeviation = 1)
    {
        Mean = RequireFinite(mean, nameof(mean));
        Sigma = RequirePositive(standardDeviation, nameof(standardDeviation));
    }

    /// <summary>The standard normal distribution, of mean 0 and standard deviation 1.</summary>
    public static NormalDistribution Standard { get; } = new();

    /// <inheritdoc/>
    public override double Mean { get; }

    /// <inheritdoc/>
    public override double Variance => Sigma * Sigma;

    /// <inheritdoc/>
    public override double Minimum => double.NegativeInfinity;

    /// <inheritdoc/>
    public override double Maximum => double.PositiveInfinity;

    private double Sigma { get; }

    /// <inheritdoc/>
    public override double Density(double x)
    {
        double z = (x - Mean) / Sigma;
        return Math.Exp(-z * z / 2) / (Sigma * RootOfTwoPi);
    }

    /// <inheritdoc/>
    public override double CumulativeProbability(double x) => SpecialFunctions.Erfc(-(x - Mean) / Sigma / Math.Sqrt(2)) / 2;

    /// <inheritdoc/>
    public override double UpperTail(double x) => SpecialFunctions.Erfc((x - Mean) / Sigma / Math.Sqrt(2)) / 2;

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Mean + Sigma * stream.NextGaussian();
    }
}
