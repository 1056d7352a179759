namespace MLPath.Numerics;

/// <summary>
/// Student's t distribution with ν degrees of freedom, with density proportional to (1 + t²/ν)^(-(ν + 1)/2): the mean of normal numbers in
/// units of its estimated standard error.
/// </summary>
public sealed class StudentTDistribution : ContinuousDistribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="degreesOfFreedom">ν, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is out of range.</exception>
    public StudentTDistribution(double degreesOfFreedom) => DegreesOfFreedom = RequirePositive(degreesOfFreedom, nameof(degreesOfFreedom));

    /// <summary>ν.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>0; NaN up to one degree of freedom, where there is no mean.</summary>
    public override double Mean => DegreesOfFreedom > 1 ? 0 : double.NaN;

    /// <summary>ν / (ν - 2); infinite up to two degrees of freedom, NaN up to one.</summary>
    public override double Variance =>
        DegreesOfFreedom > 2 ? DegreesOfFreedom / (DegreesOfFreedom - 2) : DegreesOfFreedom > 1 ? double.PositiveInfinity : double.NaN;

    /// <inheritdoc/>
    public override double Minimum => double.NegativeInfinity;

    /// <inheritdoc/>
    public override double Maximum => double.PositiveInfinity;

    private protected override double Middle => 0;

    /// <inheritdoc/>
    public override double Density(double x)
    {
        double half = DegreesOfFreedom / 2, ratio = x * x / DegreesOfFreedom;
        if (double.IsInfinity(ratio)) return 0;

        // Γ((ν + 1)/2) / Γ(ν/2) by Stirling's formula and its errors, and log(1 + t²/ν) ν/2 without cancellation for small t.
        double constant = -SpecialFunctions.Deviance(half, half + 0.5) + SpecialFunctions.StirlingError(half + 0.5) - SpecialFunctions.StirlingError(half);
        double power = ratio > 0.2 ? Math.Log(1 + ratio) * half : -SpecialFunctions.Deviance(half, half + x * x / 2) + x * x / 2;
        return Math.Exp(constant - power) / Math.Sqrt(2 * Math.PI * (1 + ratio));
    }

    /// <inheritdoc/>
    public override double CumulativeProbability(double x) => x < 0 ? Tail(x) : 1 - Tail(x);

    /// <inheritdoc/>
    public override double UpperTail(double x) => x > 0 ? Tail(x) : 1 - Tail(x);

    /// <summary>P(|T| ≥ |t|), the p-value of a two-sided test.</summary>
    /// <param name="t">Any number.</param>
    public double TwoSidedTail(double t) => 2 * Tail(t);

    /// <inheritdoc/>
    public override double Quantile(double p)
    {
        RequireProbability(p);

        // By symmetry from the lower tail, where p has all its digits near 0.
        return p == 0.5 ? 0 : p > 0.5 ? -base.Quantile(1 - p) : base.Quantile(p);
    }

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        double z = stream.NextGaussian();
        return z / Math.Sqrt(GammaDistribution.SampleStandard(DegreesOfFreedom / 2, stream) / (DegreesOfFreedom / 2));
    }

    /// <summary>P(T ≥ |t|) = ½ Iₓ(ν/2, ½) with x = ν / (ν + t²).</summary>
    private double Tail(double t)
    {
        double square = t * t, ratio = square / DegreesOfFreedom;
        return double.IsInfinity(ratio) ? 0 : SpecialFunctions.Beta(1 / (1 + ratio), ratio / (1 + ratio), DegreesOfFreedom / 2, 0.5) / 2;
    }
}
