using MLPath.Numerics;

namespace MLPath.Evaluation;

/// <summary>Student's t distribution: tail probabilities and quantiles.</summary>
internal static class StudentT
{
    /// <summary>P(|T| ≥ |t|) with ν degrees of freedom; exact to rounding far into the tails.</summary>
    public static double TwoSidedPValue(double t, double nu) => new StudentTDistribution(nu).TwoSidedTail(t);

    /// <summary>P(T > t) with ν degrees of freedom; exact to rounding far into the tails.</summary>
    public static double UpperTail(double t, double nu) => new StudentTDistribution(nu).UpperTail(t);

    /// <summary>The t such that P(|T| ≤ t) = confidence with ν degrees of freedom.</summary>
    public static double TwoSidedQuantile(double confidence, double nu) => -new StudentTDistribution(nu).Quantile((1 - confidence) / 2);
}
