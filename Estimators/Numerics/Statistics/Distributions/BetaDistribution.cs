namespace MLPath.Numerics;

/// <summary>The beta distribution, with density x^(a-1) (1 - x)^(b-1) / B(a, b) on [0, 1]: what is known of a probability after a - 1 successes and b - 1 failures.</summary>
public sealed class BetaDistribution : ContinuousDistribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="a">a, above 0.</param>
    /// <param name="b">b, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public BetaDistribution(double a, double b) => (A, B) = (RequirePositive(a, nameof(a)), RequirePositive(b, nameof(b)));

    /// <summary>The exponent of x, plus 1.</summary>
    public double A { get; }

    /// <summary>The exponent of 1 - x, plus 1.</summary>
    public double B { get; }

    /// <inheritdoc/>
    public override double Mean => A / (A + B);

    /// <inheritdoc/>
    public override double Variance => A / (A + B) * (B / (A + B)) / (A + B + 1);

    /// <inheritdoc/>
    public override double Minimum => 0;

    /// <inheritdoc/>
    public override double Maximum => 1;

    /// <inheritdoc/>
    public override double Density(double x) => x is < 0 or > 1 ? 0 : Density(x, 1 - x, A, B);

    /// <inheritdoc/>
    public override double CumulativeProbability(double x) => x <= 0 ? 0 : x >= 1 ? 1 : SpecialFunctions.Beta(x, 1 - x, A, B);

    /// <inheritdoc/>
    public override double UpperTail(double x) => x <= 0 ? 1 : x >= 1 ? 0 : SpecialFunctions.Beta(1 - x, x, B, A);

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        double x = GammaDistribution.SampleStandard(A, stream), y = GammaDistribution.SampleStandard(B, stream);
        return x + y > 0 ? x / (x + y) : Mean;
    }

    /// <summary>The density at x where y = 1 - x, as a binomial probability, whose exponents must not be negative.</summary>
    internal static double Density(double x, double y, double a, double b)
    {
        if (x == 0) return AtEnd(a, b);
        if (y == 0) return AtEnd(b, a);
        if (a >= 1 && b >= 1) return (a + b - 1) * SpecialFunctions.BinomialTerm(a - 1, a + b - 2, x, y);
        if (a >= 1) return b / y * SpecialFunctions.BinomialTerm(a - 1, a + b - 1, x, y);
        return b >= 1
            ? a / x * SpecialFunctions.BinomialTerm(a, a + b - 1, x, y)
            : a / x * (b / y) / (a + b) * SpecialFunctions.BinomialTerm(a, a + b, x, y);
    }

    private static double AtEnd(double a, double b) => a < 1 ? double.PositiveInfinity : a > 1 ? 0 : b;
}
