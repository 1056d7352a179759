namespace MLPath.Numerics;

/// <summary>The special functions that probabilities are made of, to about 13 significant digits.</summary>
/// <remarks>
/// M. Abramowitz, I. Stegun, <i>Handbook of Mathematical Functions</i>, chapters 6, 7 and 26; power series and continued fractions by Lentz's
/// method. The factors in front of them, and the densities, are computed by the saddle-point form of C. Loader, <i>Fast and accurate
/// computation of binomial probabilities</i> (2000), which keeps its digits where powers and factorials are huge and nearly cancel.
/// </remarks>
public static class SpecialFunctions
{
    private const double Tiny = 1e-300;
    private const double Epsilon = 1.1e-16;
    private const int MaxTerms = 1_000_000;

    private static readonly double HalfLogTwoPi = Math.Log(2 * Math.PI) / 2;

    /// <summary>log Γ(x), the logarithm of the gamma function; log (n - 1)! for whole n.</summary>
    /// <param name="x">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">x is not above 0.</exception>
    public static double LogGamma(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        if (double.IsInfinity(x)) return x;

        // Γ(x) = Γ(x + k) / (x (x + 1) … (x + k - 1)), so far up that Stirling's series is exact to rounding.
        double product = 1;
        for (; x < 10; x++) product *= x;
        return (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + StirlingSeries(x) - Math.Log(product);
    }

    /// <summary>log B(a, b) = log (Γ(a) Γ(b) / Γ(a + b)), the logarithm of the beta function.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not above 0.</exception>
    public static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    /// <summary>The error function 2/√π ∫₀ˣ e^(-t²) dt.</summary>
    /// <param name="x">Any number.</param>
    public static double Erf(double x) => Math.CopySign(GammaP(0.5, x * x), x);

    /// <summary>1 - erf(x), with full relative accuracy for large x.</summary>
    /// <param name="x">Any number.</param>
    public static double Erfc(double x) => x < 0 ? 1 + GammaP(0.5, x * x) : GammaQ(0.5, x * x);

    /// <summary>The regularised lower incomplete gamma function P(a, x) = ∫₀ˣ t^(a-1) e^(-t) dt / Γ(a).</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="x">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double GammaP(double a, double x)
    {
        RequireGamma(a, x);
        return double.IsNaN(x) ? x : x < a + 1 ? GammaSeries(a, x) : 1 - GammaFraction(a, x);
    }

    /// <summary>The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), with full relative accuracy where it is small.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="x">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double GammaQ(double a, double x)
    {
        RequireGamma(a, x);
        return double.IsNaN(x) ? x : x < a + 1 ? 1 - GammaSeries(a, x) : GammaFraction(a, x);
    }

    /// <summary>The regularised incomplete beta function Iₓ(a, b) = ∫₀ˣ t^(a-1) (1 - t)^(b-1) dt / B(a, b).</summary>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Beta(double x, double a, double b)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(x, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b);
        return Beta(x, 1 - x, a, b);
    }

    /// <summary>Iₓ(a, b) where y = 1 - x is known better than by subtraction.</summary>
    internal static double Beta(double x, double y, double a, double b)
    {
        if (double.IsNaN(x) || x <= 0) return double.IsNaN(x) ? x : 0;
        if (y <= 0) return 1;
        return x < (a + 1) / (a + b + 2) ? BetaFraction(x, y, a, b) : 1 - BetaFraction(y, x, b, a);
    }

    /// <summary>λˣ e^(-λ) / Γ(x + 1) for any x ≥ 0: the Poisson probability, and the factor of gamma densities and integrals.</summary>
    internal static double PoissonTerm(double x, double lambda)
    {
        if (lambda == 0) return x == 0 ? 1 : 0;
        if (double.IsInfinity(lambda)) return 0;
        if (x == 0) return Math.Exp(-lambda);
        return lambda < x * 1e-200
            ? Math.Exp(x * Math.Log(lambda) - lambda - LogGamma(x + 1))
            : Math.Exp(-StirlingError(x) - Deviance(x, lambda)) / Math.Sqrt(2 * Math.PI * x);
    }

    /// <summary>Γ(n + 1) / (Γ(x + 1) Γ(n - x + 1)) pˣ q^(n - x) for any 0 ≤ x ≤ n and q = 1 - p: the binomial probability, and the factor of beta densities and integrals.</summary>
    internal static double BinomialTerm(double x, double n, double p, double q)
    {
        if (p == 0) return x == 0 ? 1 : 0;
        if (q == 0) return x == n ? 1 : 0;
        if (x == 0) return n == 0 ? 1 : Math.Exp(p < 0.1 ? -Deviance(n, n * q) - n * p : n * Math.Log(q));
        if (x == n) return Math.Exp(q < 0.1 ? -Deviance(n, n * p) - n * q : n * Math.Log(p));
        double exponent = StirlingError(n) - StirlingError(x) - StirlingError(n - x) - Deviance(x, n * p) - Deviance(n - x, n * q);
        return Math.Exp(exponent) * Math.Sqrt(n / (2 * Math.PI * x * (n - x)));
    }

    /// <summary>log Γ(n + 1) less Stirling's formula (n + ½) log n - n + ½ log 2π.</summary>
    internal static double StirlingError(double n) =>
        n >= 10 ? StirlingSeries(n) : LogGamma(n + 1) - (n + 0.5) * Math.Log(n) + n - HalfLogTwoPi;

    /// <summary>x log(x / m) + m - x, without cancellation where x is near m.</summary>
    internal static double Deviance(double x, double m)
    {
        if (!(Math.Abs(x - m) < 0.1 * (x + m))) return x * Math.Log(x / m) + m - x;

        // With v = (x - m) / (x + m): (x - m) v + 2 x (v³/3 + v⁵/5 + …).
        double v = (x - m) / (x + m);
        double sum = (x - m) * v, power = 2 * x * v;
        for (int j = 3; ; j += 2)
        {
            power *= v * v;
            double next = sum + power / j;
            if (next == sum) return sum;
            sum = next;
        }
    }

    /// <summary>eˣ - 1 without cancellation near 0.</summary>
    internal static double ExpMinus1(double x)
    {
        // The rounding errors of u - 1 and log u are the same, and their quotient has neither (W. Kahan).
        double u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 ? -1 : double.IsInfinity(u) ? u : (u - 1) * x / Math.Log(u);
    }

    /// <summary>log(1 + x) without cancellation near 0.</summary>
    internal static double Log1Plus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    // 1/(12n) - 1/(360n³) + … with the Bernoulli numbers; from n = 10 on the next term is below rounding.
    private static double StirlingSeries(double n)
    {
        double s = 1 / (n * n);
        return (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * (691.0 / 360360 - s / 156)))))) / n;
    }

    // P(a, x) = xᵃ e⁻ˣ / Γ(a + 1) · (1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …), for x < a + 1.
    private static double GammaSeries(double a, double x)
    {
        if (x == 0) return 0;
        double term = 1, sum = 1;
        for (int n = 1; n < MaxTerms && term > sum * Epsilon; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return Math.Min(1, PoissonTerm(a, x) * sum);
    }

    // Q(a, x) = xᵃ e⁻ˣ / Γ(a) · 1/(x + 1 - a - 1(1 - a)/(x + 3 - a - 2(2 - a)/(x + 5 - a - …))), for x ≥ a + 1.
    private static double GammaFraction(double a, double x)
    {
        if (double.IsInfinity(x)) return 0;
        double b = x + 1 - a, c = 1 / Tiny, d = 1 / b, value = d;
        for (int i = 1; i < MaxTerms; i++)
        {
            double coefficient = -i * (i - a);
            b += 2;
            double factor = Lentz(coefficient, b, ref c, ref d);
            value *= factor;
            if (Math.Abs(factor - 1) <= 2 * Epsilon) break;
        }

        return Math.Min(1, a * PoissonTerm(a, x) * value);
    }

    // Iₓ(a, b) = xᵃ yᵇ / B(a, b) / (β₀ + α₁/(β₁ + α₂/(β₂ + …))), for x < (a + 1) / (a + b + 2). All terms are positive near the end of that
    // range too, where those of the better known fraction nearly cancel (A. DiDonato, A. Morris, ACM TOMS 18, 1992, equation 9).
    private static double BetaFraction(double x, double y, double a, double b)
    {
        double excess = a * y - b * x + 1;
        double value = NotZero(a / (a + 1) * excess), c = value, d = 0;
        for (int m = 1; m < MaxTerms; m++)
        {
            double step = a + 2 * m, ratio = m * (b - m) * x / (step - 1);
            double coefficient = (a + m - 1) / (step - 1) * (a + b + m - 1) * x * ratio;
            double factor = Lentz(coefficient, m + ratio + (a + m) / (step + 1) * (excess + m * (1 + y)), ref c, ref d);
            value *= factor;
            if (Math.Abs(factor - 1) <= 2 * Epsilon) break;
        }

        return Math.Min(1, a / (a + b) * b * BinomialTerm(a, a + b, x, y) / value);
    }

    private static double Lentz(double coefficient, double b, ref double c, ref double d)
    {
        d = 1 / NotZero(coefficient * d + b);
        c = NotZero(b + coefficient / c);
        return c * d;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    private static void RequireGamma(double a, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
    }
}
