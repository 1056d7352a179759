using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>The outcome of a Bayesian comparison of two candidates.</summary>
/// <param name="Name">The test's name.</param>
/// <param name="Count">The number of pairs of scores.</param>
/// <param name="Probabilities">What is believed after seeing the scores; null when there is no test.</param>
/// <param name="Effect">The posterior mean of the difference, first minus second, with its interval of highest density; null where the test has none.</param>
/// <param name="Note">Why there is no test, or what a reader should know of it; null for an ordinary test.</param>
public sealed record BayesianTest(string Name, int Count, EquivalenceProbabilities? Probabilities, Effect? Effect, string? Note)
{
    /// <summary>The probability that the first candidate is better by more than the region of practical equivalence; NaN without a test.</summary>
    public double FirstBetter => Probabilities?.FirstBetter ?? double.NaN;

    /// <summary>The probability that the difference lies within the region of practical equivalence; NaN without a test.</summary>
    public double Equivalent => Probabilities?.Equivalent ?? double.NaN;

    /// <summary>The probability that the second candidate is better by more than the region of practical equivalence; NaN without a test.</summary>
    public double SecondBetter => Probabilities?.SecondBetter ?? double.NaN;

    /// <summary>Whether there are probabilities.</summary>
    public bool IsDefined => Probabilities is not null;

    /// <summary>The test in the form that all tests share.</summary>
    /// <param name="reason">Why it was chosen.</param>
    public StatisticalTest ToTest(string reason) => new(Name, reason)
    {
        Effect = Effect,
        Probabilities = Probabilities,
        Note = Note,
    };

    internal static void ValidateRope(double rope)
    {
        if (!(rope >= 0 && double.IsFinite(rope)))
        {
            throw new ArgumentOutOfRangeException(nameof(rope), rope,
                Invariant($"The region of practical equivalence is {rope} wide on each side; expected 0 or more, and finite."));
        }
    }

    // Probabilities of first minus second above, within and below the region, as better and worse.
    internal static EquivalenceProbabilities Directed(double above, double within, double below, double rope, bool higherIsBetter)
    {
        var probabilities = new EquivalenceProbabilities(above, within, below, rope);
        return higherIsBetter ? probabilities : probabilities.Swapped;
    }
}
