namespace MLPath.Numerics;

/// <summary>The uniform distribution on [a, b], with density 1 / (b - a).</summary>
public sealed class UniformDistribution : ContinuousDistribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="minimum">a.</param>
    /// <param name="maximum">b, above a.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public UniformDistribution(double minimum = 0, double maximum = 1)
    {
        Minimum = RequireFinite(minimum, nameof(minimum));
        Maximum = RequireFinite(maximum, nameof(maximum));
        RequirePositive(maximum - minimum, nameof(maximum));
    }

    /// <inheritdoc/>
    public override double Mean => Minimum / 2 + Maximum / 2;

    /// <inheritdoc/>
    public override double Variance => (Maximum - Minimum) * (Maximum - Minimum) / 12;

    /// <inheritdoc/>
    public override double Minimum { get; }

    /// <inheritdoc/>
    public override double Maximum { get; }

    /// <inheritdoc/>
    public override double Density(double x) => double.IsNaN(x) ? x : x >= Minimum && x <= Maximum ? 1 / (Maximum - Minimum) : 0;

    /// <inheritdoc/>
    public override double CumulativeProbability(double x) => Math.Clamp((x - Minimum) / (Maximum - Minimum), 0, 1);

    /// <inheritdoc/>
    public override double UpperTail(double x) => Math.Clamp((Maximum - x) / (Maximum - Minimum), 0, 1);

    /// <inheritdoc/>
    public override double Quantile(double p)
    {
        RequireProbability(p);
        return p == 1 ? Maximum : Minimum + p * (Maximum - Minimum);
    }

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Quantile(stream.NextDouble());
    }
}
