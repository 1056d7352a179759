namespace MLPath.Evaluation;

/// <summary>Student's t distribution: tail probabilities and quantiles.</summary>
internal static class StudentT
{
    /// <summary>P(|T| ≥ |t|) with ν degrees of freedom; exact to rounding far into the tails.</summary>
    public static double TwoSidedPValue(double t, double nu) =>
        Math.Min(1, 2 * MathNet.Numerics.Distributions.StudentT.CDF(0, 1, nu, -Math.Abs(t)));

    /// <summary>P(T > t) with ν degrees of freedom; exact to rounding far into the tails.</summary>
    public static double UpperTail(double t, double nu) => MathNet.Numerics.Distributions.StudentT.CDF(0, 1, nu, -t);

    /// <summary>The t such that P(|T| ≤ t) = confidence with ν degrees of freedom.</summary>
    public static double TwoSidedQuantile(double confidence, double nu)
    {
        double tail = (1 - confidence) / 2;
        double t = -MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, nu, tail);
        // The library's root search stops at about nine digits; one Newton step gives the rest.
        return t + (MathNet.Numerics.Distributions.StudentT.CDF(0, 1, nu, -t) - tail)
            / MathNet.Numerics.Distributions.StudentT.PDF(0, 1, nu, t);
    }
}
