namespace MLPath.Numerics;

/// <summary>The exponential distribution, with density λ e^(-λx) for x ≥ 0: the time until an event that happens λ times per unit of time.</summary>
public sealed class ExponentialDistribution : ContinuousDistribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="rate">λ, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is out of range.</exception>
    public ExponentialDistribution(double rate = 1) => Rate = RequirePositive(rate, nameof(rate));

    /// <summary>λ, the events per unit of time.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override double Mean => 1 / Rate;

    /// <inheritdoc/>
    public override double Variance => 1 / (Rate * Rate);

    /// <inheritdoc/>
    public override double Minimum => 0;

    /// <inheritdoc/>
    public override double Maximum => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Density(double x) => x < 0 ? 0 : Rate * Math.Exp(-Rate * x);

    /// <inheritdoc/>
    public override double CumulativeProbability(double x) => x < 0 ? 0 : -SpecialFunctions.ExpMinus1(-Rate * x);

    /// <inheritdoc/>
    public override double UpperTail(double x) => x < 0 ? 1 : Math.Exp(-Rate * x);

    /// <inheritdoc/>
    public override double Quantile(double p)
    {
        RequireProbability(p);
        return p == 1 ? Maximum : -SpecialFunctions.Log1Plus(-p) / Rate;
    }

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Quantile(stream.NextDouble());
    }
}
