namespace MLPath.Numerics;

/// <summary>The Poisson distribution, with probabilities λᵏ e^(-λ) / k!: how many of many rare, independent events happen.</summary>
public sealed class PoissonDistribution : DiscreteDistribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mean">λ, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is out of range.</exception>
    public PoissonDistribution(double mean) => Mean = RequirePositive(mean, nameof(mean));

    /// <inheritdoc/>
    public override double Mean { get; }

    /// <inheritdoc/>
    public override double Variance => Mean;

    /// <inheritdoc/>
    public override double Maximum => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Density(double x) =>
        x >= 0 && x == Math.Floor(x) && !double.IsInfinity(x) ? SpecialFunctions.PoissonTerm(x, Mean) : double.IsNaN(x) ? x : 0;

    /// <inheritdoc/>
    public override double CumulativeProbability(double x) =>
        x < 0 ? 0 : double.IsPositiveInfinity(x) ? 1 : SpecialFunctions.GammaQ(Math.Floor(x) + 1, Mean);

    /// <inheritdoc/>
    public override double UpperTail(double x) =>
        x < 0 ? 1 : double.IsPositiveInfinity(x) ? 0 : SpecialFunctions.GammaP(Math.Floor(x) + 1, Mean);
}
