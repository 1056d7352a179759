using MLPath.Numerics;

namespace MLPath.Evaluation;

/// <summary>
/// The distribution of the range of k standard normal numbers: the studentized range with infinitely many degrees of freedom.
/// </summary>
/// <remarks>
/// H. Hartley, The range in random samples, Biometrika 32, 1942: with φ and Φ the normal density and distribution,
/// <code>P(Q ≤ q) = k ∫ φ(z) (Φ(z) - Φ(z - q))^(k - 1) dz,   density k (k - 1) ∫ φ(z) φ(z - q) (Φ(z) - Φ(z - q))^(k - 2) dz.</code>
/// Both integrands are analytic and fall like e^(-z²/2), where the plain trapezoidal rule converges faster than any power of its step
/// (L. Trefethen and J. Weideman, SIAM Review 56, 2014): with the step used here the error is at rounding.
/// </remarks>
internal static class StudentizedRange
{
    private const double Reach = 9;
    private const double Step = 1.0 / 16;

    /// <summary>P(Q &gt; q) for k numbers, at least 2.</summary>
    public static double UpperTail(double q, int k) => q <= 0 ? 1 : Math.Clamp(1 - Integrals(q, k).Probability, 0, 1);

    /// <summary>The q with P(Q ≤ q) = p for k numbers, at least 2; p above 0 and below 1.</summary>
    public static double Quantile(double p, int k)
    {
        double low = 0, high = 1;
        while (1 - UpperTail(high, k) < p)
            (low, high) = (high, 2 * high);
        double q = (low + high) / 2;
        for (int step = 0; step < 100; step++)
        {
            var (probability, density) = Integrals(q, k);
            if (probability < p)
                low = q;
            else
                high = q;
            // Newton's step where it stays between the bounds, their middle otherwise.
            double next = q - ((probability - p) / density);
            if (!(next > low && next < high))
                next = (low + high) / 2;
            if (Math.Abs(next - q) <= 1e-14 * q)
                return next;
            q = next;
        }

        return q;
    }

    private static (double Probability, double Density) Integrals(double q, int k)
    {
        var normal = NormalDistribution.Standard;
        double probability = 0, density = 0;
        for (double z = -Reach; z <= Reach; z += Step)
        {
            double between = Between(normal, z - q, z), phi = normal.Density(z);
            double power = Math.Pow(between, k - 2);
            probability += phi * power * between;
            density += phi * power * normal.Density(z - q);
        }

        return (k * probability * Step, k * (k - 1.0) * density * Step);
    }

    // Φ(high) - Φ(low), by the tails where these are small.
    private static double Between(NormalDistribution normal, double low, double high) => low > 0
        ? normal.UpperTail(low) - normal.UpperTail(high)
        : normal.CumulativeProbability(high) - normal.CumulativeProbability(low);
}
