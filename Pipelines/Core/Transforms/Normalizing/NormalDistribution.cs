namespace MLPath.Transforms;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>Φ(z), the probability of a value up to z, to a relative error below 1e-12 for z ≥ −37.</summary>
    /// <param name="z">Any number; Φ(−∞) = 0, Φ(∞) = 1, Φ(NaN) = NaN.</param>
    public static double Cdf(double z) => z switch
    {
        > 2 => 1 - UpperTail(z),
        < -2 => UpperTail(-z),
        _ => 0.5 + (Density(z) * Series(z)),
    };

    private static double Density(double z) => Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);

    // Φ(z) = ½ + φ(z) (z + z³/3 + z⁵/(3·5) + …): Marsaglia, "Evaluating the normal distribution", J. Statistical Software 11(4), 2004.
    private static double Series(double z)
    {
        double sum = z, term = z;
        for (int k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); k += 2)
        {
            term *= z * z / k;
            sum += term;
        }

        return sum;
    }

    // 1 − Φ(z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))) for z > 0: Abramowitz and Stegun, 26.2.14. 200 levels suffice from z = 2 on.
    private static double UpperTail(double z)
    {
        if (double.IsInfinity(z))
            return 0;
        double fraction = z;
        for (int k = 200; k >= 1; k--)
            fraction = z + (k / fraction);
        return Density(z) / fraction;
    }
}
