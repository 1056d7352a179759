namespace MLPath.Evaluation;

/// <summary>
/// The Bayesian correlated t-test of G. Corani and A. Benavoli, A Bayesian approach for comparing cross-validated algorithms on multiple data
/// sets, Machine Learning 100, 2015: how probable is it that one of two candidates, scored on the same splits, is better in practice?
/// </summary>
/// <remarks>
/// With the J differences correlated by ρ = n_test / (n_test + n_train) and a prior that favours nothing, the posterior of their mean is
/// Student's distribution with J - 1 degrees of freedom around d̄ with scale √(s² (1 / J + ρ / (1 - ρ))). As ρ / (1 - ρ) = n_test / n_train, that
/// is the standard error of Nadeau and Bengio's test; only the question differs. The probabilities are the posterior's mass above r,
/// between -r and r, and below -r, r being the half-width of the region of practical equivalence.
/// </remarks>
public static class BayesianCorrelatedT
{
    /// <summary>The usual half-width of the region of practical equivalence for a metric from 0 to 1.</summary>
    public const double DefaultRope = 0.01;

    /// <summary>Compares two candidates.</summary>
    /// <param name="a">J scores of the first candidate.</param>
    /// <param name="b">J scores of the second candidate, on the same splits in the same order.</param>
    /// <param name="testToTrainRatio">n_test / n_train of a split. Above 0 and finite.</param>
    /// <param name="rope">r, the half-width of the region of practical equivalence, 0 or more, in units of the metric. Default 0.01.</param>
    /// <param name="higherIsBetter">Whether of two scores the larger one is the better one. Default true.</param>
    /// <param name="confidence">The posterior probability of the interval of the difference, between 0 and 1 exclusively.</param>
    /// <returns>The test; where the scores allow none, with the reason.</returns>
    /// <exception cref="ArgumentException">The numbers of scores differ, or an argument is out of range.</exception>
    public static BayesianTest Compare(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, double testToTrainRatio, double rope = DefaultRope, bool higherIsBetter = true,
        double confidence = 0.95)
    {
        const string name = "Bayesian correlated t-test";
        BayesianTest.ValidateRope(rope);
        var paired = CorrectedResampledTTest.Compare(a, b, testToTrainRatio, confidence);
        if (!paired.IsDefined)
            return new BayesianTest(name, a.Length, null, null, paired.Note);
        double mean = paired.MeanDifference, scale = paired.StandardError, freedom = paired.DegreesOfFreedom;
        double above, below;
        if (scale > 0)
        {
            above = StudentT.UpperTail((rope - mean) / scale, freedom);
            below = StudentT.UpperTail((rope + mean) / scale, freedom);
        }
        else
        {
            // All differences are equal: the posterior is a point.
            (above, below) = (mean > rope ? 1 : 0, mean < -rope ? 1 : 0);
        }

        double within = Math.Max(0, 1 - above - below);
        return new BayesianTest(name, a.Length, BayesianTest.Directed(above, within, below, rope, higherIsBetter),
            new Effect("mean difference", mean, paired.Lower, paired.Upper, confidence),
            scale > 0 ? null : "the difference is the same on every split, so that the posterior is a point");
    }
}
