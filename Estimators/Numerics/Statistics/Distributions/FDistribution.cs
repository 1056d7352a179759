namespace MLPath.Numerics;

/// <summary>The F distribution with d₁ and d₂ degrees of freedom: the quotient of two independent χ² numbers, each divided by its degrees of freedom.</summary>
public sealed class FDistribution : ContinuousDistribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="numerator">d₁, above 0.</param>
    /// <param name="denominator">d₂, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public FDistribution(double numerator, double denominator) =>
        (Numerator, Denominator) = (RequirePositive(numerator, nameof(numerator)), RequirePositive(denominator, nameof(denominator)));

    /// <summary>d₁.</summary>
    public double Numerator { get; }

    /// <summary>d₂.</summary>
    public double Denominator { get; }

    /// <summary>d₂ / (d₂ - 2); infinite up to two degrees of freedom of the denominator.</summary>
    public override double Mean => Denominator > 2 ? Denominator / (Denominator - 2) : double.PositiveInfinity;

    /// <summary>2 d₂² (d₁ + d₂ - 2) / (d₁ (d₂ - 2)² (d₂ - 4)); infinite up to four degrees of freedom of the denominator, NaN up to two.</summary>
    public override double Variance => Denominator > 4
        ? 2 * Mean * Mean * (Numerator + Denominator - 2) / (Numerator * (Denominator - 4))
        : Denominator > 2 ? double.PositiveInfinity : double.NaN;

    /// <inheritdoc/>
    public override double Minimum => 0;

    /// <inheritdoc/>
    public override double Maximum => double.PositiveInfinity;

    private protected override double Middle => 1;

    /// <inheritdoc/>
    public override double Density(double x)
    {
        if (x < 0 || double.IsPositiveInfinity(x)) return 0;
        double sum = Numerator * x + Denominator;
        return BetaDistribution.Density(Numerator * x / sum, Denominator / sum, Numerator / 2, Denominator / 2) * (Numerator / sum) * (Denominator / sum);
    }

    /// <inheritdoc/>
    public override double CumulativeProbability(double x)
    {
        if (x <= 0) return 0;
        var (low, high) = Shares(x);
        return SpecialFunctions.Beta(low, high, Numerator / 2, Denominator / 2);
    }

    /// <inheritdoc/>
    public override double UpperTail(double x)
    {
        if (x <= 0) return 1;
        var (low, high) = Shares(x);
        return SpecialFunctions.Beta(high, low, Denominator / 2, Numerator / 2);
    }

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        double above = GammaDistribution.SampleStandard(Numerator / 2, stream) / Numerator;
        return above / (GammaDistribution.SampleStandard(Denominator / 2, stream) / Denominator);
    }

    /// <summary>d₁x and d₂ as shares of their sum: the first has a beta distribution.</summary>
    private (double Low, double High) Shares(double x)
    {
        double ratio = Numerator * x / Denominator;
        return double.IsInfinity(ratio) ? (1, 0) : (ratio / (1 + ratio), 1 / (1 + ratio));
    }
}
