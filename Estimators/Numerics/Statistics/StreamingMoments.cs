namespace MLPath.Numerics;

/// <summary>
/// The count, mean, variance, skewness and kurtosis of numbers that are seen once and not kept. Two of them merge into what one would have
/// been that saw both streams.
/// </summary>
/// <remarks>
/// Sums of powers of deviations from the mean so far, which lose no digits to a large mean: B. Welford (1962) for the second; T. Chan, G. Golub,
/// R. LeVeque (1979) for merging; P. Pébay, <i>Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
/// statistical moments</i> (2008), for the third and fourth. NaN makes all results NaN.
/// </remarks>
public sealed class StreamingMoments
{
    private double _m2; // Σ (x - mean)², and so on
    private double _m3;
    private double _m4;

    /// <summary>n, how many numbers were added.</summary>
    public long Count { get; private set; }

    /// <summary>The mean; NaN before the first number.</summary>
    public double Mean { get; private set; } = double.NaN;

    /// <summary>The least number; NaN before the first.</summary>
    public double Minimum { get; private set; } = double.NaN;

    /// <summary>The greatest number; NaN before the first.</summary>
    public double Maximum { get; private set; } = double.NaN;

    /// <summary>The unbiased variance Σ (x - mean)² / (n - 1); NaN for fewer than two numbers.</summary>
    public double Variance => Count > 1 ? _m2 / (Count - 1) : double.NaN;

    /// <summary>The variance of the numbers themselves, Σ (x - mean)² / n; NaN before the first number.</summary>
    public double PopulationVariance => Count > 0 ? _m2 / Count : double.NaN;

    /// <summary>The root of the unbiased variance.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The skewness m₃ / m₂^(3/2) with mₖ = Σ (x - mean)ᵏ / n: 0 for a symmetric distribution; NaN when all numbers are equal.</summary>
    public double Skewness => Math.Sqrt(Count) * _m3 / Math.Pow(_m2, 1.5);

    /// <summary>The excess kurtosis m₄ / m₂² - 3: 0 for a normal distribution; NaN when all numbers are equal.</summary>
    public double Kurtosis => Count * _m4 / (_m2 * _m2) - 3;

    /// <summary>Adds one number.</summary>
    /// <param name="x">The number.</param>
    public void Add(double x) => Combine(1, x, 0, 0, 0, x, x);

    /// <summary>Adds numbers, in order.</summary>
    /// <param name="values">The numbers.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double x in values) Add(x);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{double})"/>
    public void Add(ReadOnlySpan<float> values)
    {
        foreach (float x in values) Add(x);
    }

    /// <summary>Adds what another has seen. The result follows from the two alone; merging in a fixed order gives fixed bits.</summary>
    /// <param name="other">The other, which is not changed.</param>
    public void Merge(StreamingMoments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count > 0) Combine(other.Count, other.Mean, other._m2, other._m3, other._m4, other.Minimum, other.Maximum);
    }

    private void Combine(long count, double mean, double m2, double m3, double m4, double minimum, double maximum)
    {
        if (Count == 0)
        {
            (Count, Mean, _m2, _m3, _m4, Minimum, Maximum) = (count, mean, m2, m3, m4, minimum, maximum);
            if (double.IsInfinity(mean)) _m2 = _m3 = _m4 = double.NaN;
            return;
        }

        // Pébay's equations 2.1 and following, with δ the difference of the means and a, b, n the counts.
        double a = Count, b = count, n = a + b, delta = mean - Mean, step = delta / n;
        double spread = delta * step * a * b;
        _m4 += m4 + spread * step * step * (a * a - a * b + b * b) + 6 * step * step * (a * a * m2 + b * b * _m2) + 4 * step * (a * m3 - b * _m3);
        _m3 += m3 + spread * step * (a - b) + 3 * step * (a * m2 - b * _m2);
        _m2 += m2 + spread;
        Mean += step * b;
        Count += count;
        (Minimum, Maximum) = (Math.Min(Minimum, minimum), Math.Max(Maximum, maximum));
    }
}
