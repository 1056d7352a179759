namespace MLPath.Numerics;

/// <summary>A distribution of one random number.</summary>
public abstract class Distribution
{
    /// <summary>The expected value E X; NaN or infinite where there is none.</summary>
    public abstract double Mean { get; }

    /// <summary>The variance E (X - E X)²; NaN or infinite where there is none.</summary>
    public abstract double Variance { get; }

    /// <summary>The standard deviation, the root of the variance.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The density at x of a continuous distribution; the probability of x of a discrete one. 0 outside the support.</summary>
    /// <param name="x">Any number.</param>
    public abstract double Density(double x);

    /// <summary>The cumulative distribution function P(X ≤ x), with full relative accuracy in the lower tail.</summary>
    /// <param name="x">Any number.</param>
    public abstract double CumulativeProbability(double x);

    /// <summary>P(X &gt; x), with full relative accuracy in the upper tail, where 1 - P(X ≤ x) would be rounded away.</summary>
    /// <param name="x">Any number.</param>
    public abstract double UpperTail(double x);

    /// <summary>The quantile: the smallest x with P(X ≤ x) ≥ p.</summary>
    /// <param name="p">From 0 to 1.</param>
    /// <returns>The quantile; the ends of the support for 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">p is not from 0 to 1.</exception>
    public abstract double Quantile(double p);

    /// <summary>Draws a number.</summary>
    /// <param name="stream">Where the randomness comes from.</param>
    public abstract double Sample(RandomStream stream);

    /// <summary>Checks that p is a probability.</summary>
    private protected static void RequireProbability(double p)
    {
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A probability is from 0 to 1.");
    }

    /// <summary>Checks that a parameter is finite and above 0.</summary>
    private protected static double RequirePositive(double value, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "The parameter must be a finite number above 0.");

    /// <summary>Checks that a parameter is finite.</summary>
    private protected static double RequireFinite(double value, string name) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "The parameter must be a finite number.");
}
