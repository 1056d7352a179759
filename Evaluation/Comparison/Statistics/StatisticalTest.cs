using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>The outcome of any comparison of two or more candidates: which test was made and why, what it found, and how large the effect is.</summary>
/// <param name="Name">The test's name, such as <c>corrected resampled t-test</c>.</param>
/// <param name="Reason">Why this test fits the design, in a sentence.</param>
public sealed record StatisticalTest(string Name, string Reason)
{
    /// <summary>What the statistic is called: <c>t</c>, <c>F</c>, <c>χ²</c>, <c>z</c>; empty where there is none.</summary>
    public string StatisticName { get; init; } = "";

    /// <summary>The statistic; NaN where there is none.</summary>
    public double Statistic { get; init; } = double.NaN;

    /// <summary>The two-sided p-value; NaN for Bayesian tests, and where there is no test.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>The size of the difference with its interval; null where the test estimates none.</summary>
    public Effect? Effect { get; init; }

    /// <summary>The probabilities that a Bayesian test gives; null for others.</summary>
    public EquivalenceProbabilities? Probabilities { get; init; }

    /// <summary>Why there is no test, or what a reader should know of it; null for an ordinary test.</summary>
    public string? Note { get; init; }

    /// <summary>Whether the test came to a result.</summary>
    public bool IsDefined => !double.IsNaN(PValue) || Probabilities is not null;

    /// <summary>The outcome in a sentence: "There is no evidence that A differs from B (…)".</summary>
    /// <param name="first">The name of the first candidate.</param>
    /// <param name="second">The name of the second candidate.</param>
    /// <param name="significance">The level at which a p-value counts as evidence, and 1 - the probability at which a Bayesian test decides. Default 0.05.</param>
    public string Sentence(string first, string second, double significance = 0.05)
    {
        if (!IsDefined)
            return $"{first} and {second} could not be compared: {Note ?? "there is no test"}.";
        if (Probabilities is { } probabilities)
            return probabilities.Sentence(first, second, 1 - significance) + $" ({Name}).";
        return PValue < significance
            ? $"{first} differs from {second} by more than chance explains ({Figures})."
            : $"There is no evidence that {first} differs from {second} ({Figures}).";
    }

    /// <summary>The test's name, its p-value and the effect, as they stand in parentheses.</summary>
    internal string Figures => $"{Name}, p {(PValue < 0.0005 ? "" : "= ")}{NumberFormat.PValue(PValue)}" + (Effect is { } effect ? $", {effect}" : "");
}

/// <summary>The size of a difference, first minus second, with its interval.</summary>
/// <param name="Name">What was estimated: <c>mean difference</c>.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="Lower">The lower end of the interval; −∞ where it is open, NaN where there is none.</param>
/// <param name="Upper">The upper end of the interval; ∞ where it is open, NaN where there is none.</param>
/// <param name="Confidence">The confidence of the interval, or the posterior probability of it for a Bayesian test, such as 0.95.</param>
public sealed record Effect(string Name, double Estimate, double Lower, double Upper, double Confidence)
{
    /// <summary>The estimate with its interval: <c>mean difference 0.012, 95% interval 0.001 to 0.023</c>.</summary>
    public override string ToString() => $"{Name} {NumberFormat.Number(Estimate, 3)}"
        + (double.IsNaN(Lower) ? "" : $", {NumberFormat.Percent(Confidence, 0)} interval {NumberFormat.Number(Lower, 3)} to {NumberFormat.Number(Upper, 3)}");
}

/// <summary>What a Bayesian test believes after seeing the scores. The three probabilities sum to 1.</summary>
/// <param name="FirstBetter">That the first candidate is better by more than the region of practical equivalence.</param>
/// <param name="Equivalent">That the difference lies within the region.</param>
/// <param name="SecondBetter">That the second candidate is better by more than the region.</param>
/// <param name="Rope">The half-width of the region of practical equivalence, 0 or more, in units of the metric.</param>
public sealed record EquivalenceProbabilities(double FirstBetter, double Equivalent, double SecondBetter, double Rope)
{
    internal string Sentence(string first, string second, double decided)
    {
        string figures = $"{first} better {NumberFormat.Percent(FirstBetter)}, equal within {NumberFormat.Number(Rope)} {NumberFormat.Percent(Equivalent)}, "
            + $"{second} better {NumberFormat.Percent(SecondBetter)}";
        return FirstBetter >= decided ? $"{first} is practically better than {second}: {figures}"
            : SecondBetter >= decided ? $"{second} is practically better than {first}: {figures}"
            : Equivalent >= decided ? $"{first} and {second} are practically equal: {figures}"
            : $"Whether {first} and {second} differ in practice is open: {figures}";
    }

    internal EquivalenceProbabilities Swapped => this with { FirstBetter = SecondBetter, SecondBetter = FirstBetter };
}
