namespace MLPath.Numerics;

/// <summary>A distribution of whole numbers from 0 on.</summary>
public abstract class DiscreteDistribution : Distribution
{
    /// <summary>The greatest number that can occur, or ∞.</summary>
    public abstract double Maximum { get; }

    /// <inheritdoc/>
    public override double Quantile(double p)
    {
        RequireProbability(p);
        if (p == 0) return 0;
        if (p == 1) return Maximum;

        // The answer lies in (low, high].
        double low = -1, high = Math.Min(Maximum, Math.Ceiling(Mean));
        for (double reach = Math.Max(1, Math.Ceiling(StandardDeviation)); high < Maximum && !Reaches(high, p); reach *= 2)
        {
            low = high;
            high = Math.Min(Maximum, high + reach);
        }

        while (high - low > 1)
        {
            double middle = Math.Floor(low + (high - low) / 2);
            if (Reaches(middle, p)) high = middle;
            else low = middle;
        }

        return high;
    }

    /// <inheritdoc/>
    /// <remarks>By inversion: the quantile of a number that is uniform on [0, 1).</remarks>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Quantile(stream.NextDouble());
    }

    private bool Reaches(double x, double p) => p <= 0.5 ? CumulativeProbability(x) >= p : UpperTail(x) <= 1 - p;
}
