namespace MLPath.Numerics;

/// <summary>The binomial distribution, with probabilities n! / (k! (n - k)!) pᵏ (1 - p)^(n-k): the successes of n independent trials.</summary>
public sealed class BinomialDistribution : DiscreteDistribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="trials">n, 0 or more.</param>
    /// <param name="probability">p, the probability of a success, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public BinomialDistribution(int trials, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is from 0 to 1.");
        (Trials, Probability) = (trials, probability);
    }

    /// <summary>n.</summary>
    public int Trials { get; }

    /// <summary>p.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    public override double Mean => Trials * Probability;

    /// <inheritdoc/>
    public override double Variance => Trials * Probability * (1 - Probability);

    /// <inheritdoc/>
    public override double Maximum => Trials;

    /// <inheritdoc/>
    public override double Density(double x) =>
        x >= 0 && x <= Trials && x == Math.Floor(x) ? SpecialFunctions.BinomialTerm(x, Trials, Probability, 1 - Probability) : double.IsNaN(x) ? x : 0;

    /// <inheritdoc/>
    public override double CumulativeProbability(double x)
    {
        if (x < 0 || x >= Trials) return x < 0 ? 0 : 1;
        double k = Math.Floor(x);
        return SpecialFunctions.Beta(1 - Probability, Probability, Trials - k, k + 1);
    }

    /// <inheritdoc/>
    public override double UpperTail(double x)
    {
        if (x < 0 || x >= Trials) return x < 0 ? 1 : 0;
        double k = Math.Floor(x);
        return SpecialFunctions.Beta(Probability, 1 - Probability, k + 1, Trials - k);
    }
}
