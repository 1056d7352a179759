namespace MLPath.Numerics;

/// <summary>A distribution with a density.</summary>
public abstract class ContinuousDistribution : Distribution
{
    private const int MaxSteps = 400;

    /// <summary>The least number that can occur, or -∞.</summary>
    public abstract double Minimum { get; }

    /// <summary>The greatest number that can occur, or ∞.</summary>
    public abstract double Maximum { get; }

    /// <summary>A number well inside the distribution, from which the search for a quantile starts.</summary>
    private protected virtual double Middle => Mean;

    /// <inheritdoc/>
    /// <remarks>By Newton's method between bounds that bisection narrows, on the tail that p is in, until no digit changes.</remarks>
    public override double Quantile(double p)
    {
        RequireProbability(p);
        if (p == 0) return Minimum;
        if (p == 1) return Maximum;
        var (low, high) = Bracket(p);
        double x = low + (high - low) / 2;
        for (int step = 0; step < MaxSteps; step++)
        {
            double excess = Excess(x, p);
            if (excess == 0) return x;
            if (excess < 0) low = x;
            else high = x;

            // Newton's step where it stays inside and the density allows it; halving the bounds otherwise.
            double next = x - excess / Density(x);
            if (!(next > low && next < high)) next = Halfway(low, high);
            if (Math.Abs(next - x) <= 2 * Triangular.Epsilon * Math.Abs(x) || next == x) return next;
            x = next;
        }

        return x;
    }

    /// <summary>P(X ≤ x) - p, computed in the smaller tail.</summary>
    private double Excess(double x, double p) => p <= 0.5 ? CumulativeProbability(x) - p : 1 - p - UpperTail(x);

    private (double Low, double High) Bracket(double p)
    {
        double middle = Middle;
        double width = Variance is > 0 and < double.PositiveInfinity ? StandardDeviation : Math.Max(1, Math.Abs(middle));
        double low = middle, high = middle;
        for (double reach = width; low > Minimum && Excess(low, p) > 0; reach *= 2) low = Math.Max(Minimum, middle - reach);
        for (double reach = width; high < Maximum && Excess(high, p) < 0; reach *= 2) high = Math.Min(Maximum, middle + reach);
        return (low, high);
    }

    /// <summary>The middle of two bounds: the geometric one when they are of different magnitude, so that tiny quantiles are found as fast.</summary>
    private static double Halfway(double low, double high)
    {
        if (low >= 0 && high > 4 * low) return low == 0 ? high / 1024 : Math.Sqrt(low) * Math.Sqrt(high);
        if (high <= 0 && low < 4 * high) return high == 0 ? low / 1024 : -Math.Sqrt(-low) * Math.Sqrt(-high);
        return low + (high - low) / 2;
    }
}
