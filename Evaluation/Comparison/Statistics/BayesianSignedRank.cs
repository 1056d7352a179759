using MLPath.Numerics;

namespace MLPath.Evaluation;

/// <summary>
/// The Bayesian signed-rank test of A. Benavoli, F. Mangili, G. Corani, M. Zaffalon and F. Ruggeri, A Bayesian Wilcoxon signed-rank test based
/// on the Dirichlet process, ICML 2014: how probable is it that one of two algorithms, scored on the same n data sets, is better in practice?
/// </summary>
/// <remarks>
/// The differences z₁ … zₙ and one pseudo-difference z₀ = 0 of strength s = ½, the prior, get weights w from a Dirichlet distribution with
/// parameters (s, 1, …, 1). A draw of weights says
/// <code>θ_above = Σ_i Σ_j w_i w_j [z_i + z_j &gt; 2 r],   θ_below = Σ_i Σ_j w_i w_j [z_i + z_j &lt; -2 r],   θ_within = 1 - θ_above - θ_below,</code>
/// r the half-width of the region of practical equivalence. A probability of the test is the share of draws in which its θ is the greatest;
/// draws with equal ones count in equal parts.
/// </remarks>
public static class BayesianSignedRank
{
    private const double PriorStrength = 0.5;

    /// <summary>Compares two algorithms.</summary>
    /// <param name="a">n scores of the first.</param>
    /// <param name="b">n scores of the second, on the same data sets in the same order.</param>
    /// <param name="rope">r, the half-width of the region of practical equivalence, 0 or more, in units of the metric.</param>
    /// <param name="random">Where the draws come from; it is drawn from.</param>
    /// <param name="higherIsBetter">Whether of two scores the larger one is the better one. Default true.</param>
    /// <param name="samples">How many draws of the weights, at least 1. Default 50,000: probabilities to about ±0.005.</param>
    /// <returns>The test; where the scores allow none, with the reason.</returns>
    /// <exception cref="ArgumentException">The numbers of scores differ, or an argument is out of range.</exception>
    public static BayesianTest Compare(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, double rope, RandomStream random, bool higherIsBetter = true, int samples = 50_000)
    {
        const string name = "Bayesian signed-rank test";
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        BayesianTest.ValidateRope(rope);
        var (differences, obstacle) = PairedDifferences.Of(a, b, "data set");
        if (obstacle is not null)
            return new BayesianTest(name, a.Length, null, null, obstacle);
        double[] z = [0, .. differences];
        int[] order = [.. Enumerable.Range(0, z.Length)];
        Array.Sort(z, order);
        int prior = Array.IndexOf(order, 0);
        var gamma = new GammaDistribution(PriorStrength);
        var weights = new double[z.Length];
        double above = 0, within = 0, below = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            // Gamma variables over their sum are Dirichlet; those of shape 1 are exponential.
            double total = 0;
            for (int i = 0; i < z.Length; i++)
                total += weights[i] = i == prior ? gamma.Sample(random) : -Math.Log(1 - random.NextDouble());
            for (int i = 0; i < z.Length; i++)
                weights[i] /= total;
            double thetaAbove = PairsAbove(z, weights, 2 * rope), thetaBelow = PairsBelow(z, weights, -2 * rope);
            double thetaWithin = Math.Max(0, 1 - thetaAbove - thetaBelow);
            double greatest = Math.Max(thetaAbove, Math.Max(thetaWithin, thetaBelow));
            double share = 1.0 / ((thetaAbove == greatest ? 1 : 0) + (thetaWithin == greatest ? 1 : 0) + (thetaBelow == greatest ? 1 : 0));
            above += thetaAbove == greatest ? share : 0;
            within += thetaWithin == greatest ? share : 0;
            below += thetaBelow == greatest ? share : 0;
        }

        return new BayesianTest(name, differences.Length,
            BayesianTest.Directed(above / samples, within / samples, below / samples, rope, higherIsBetter), null, null);
    }

    // Σ w_i w_j over pairs with z_i + z_j above the limit: as z_i ascends, ever more of the z_j, from the last one on.
    private static double PairsAbove(double[] z, double[] weights, double limit)
    {
        double sum = 0, reached = 0;
        for (int i = 0, j = z.Length - 1; i < z.Length; i++)
        {
            for (; j >= 0 && z[i] + z[j] > limit; j--)
                reached += weights[j];
            sum += weights[i] * reached;
        }

        return sum;
    }

    private static double PairsBelow(double[] z, double[] weights, double limit)
    {
        double sum = 0, reached = 0;
        for (int i = z.Length - 1, j = 0; i >= 0; i--)
        {
            for (; j < z.Length && z[i] + z[j] < limit; j++)
                reached += weights[j];
            sum += weights[i] * reached;
        }

        return sum;
    }
}
