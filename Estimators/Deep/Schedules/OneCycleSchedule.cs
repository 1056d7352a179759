namespace MLPath.Deep;

/// <summary>
/// The rate rises once from η₀ / start to η₀ and falls to η₀ / (start end), while momentum does the opposite: few steps at a high rate, between
/// careful ones. In three phases it first falls as it rose, and then on to the end.
/// </summary>
/// <remarks>
/// L. Smith, N. Topin, <i>Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates</i>, 2018. The phases end at the steps rise T − 1 and
/// T − 1; with three phases at rise T − 1, 2 rise T − 2 and T − 1. After the last step nothing changes.
/// </remarks>
/// <param name="TotalSteps">T, 2 or more.</param>
public sealed record OneCycleSchedule(int TotalSteps) : Schedule
{
    /// <summary>T, 2 or more.</summary>
    public int TotalSteps { get; } = TotalSteps >= 2
        ? TotalSteps : throw new ArgumentOutOfRangeException(nameof(TotalSteps), TotalSteps, "A cycle has 2 steps or more.");

    /// <summary>rise, the share of the steps in which the rate rises, between 0 and 1, and at most ½ with three phases.</summary>
    public double RisingShare { get; init => field = Within(value, value is > 0 and < 1, nameof(RisingShare)); } = 0.3;

    /// <summary>start, by which η₀ is divided in the first step, 1 or more.</summary>
    public double StartDivisor { get; init => field = Within(value, value >= 1, nameof(StartDivisor)); } = 25;

    /// <summary>end, by which the first rate is divided in the last step, 1 or more.</summary>
    public double EndDivisor { get; init => field = Within(value, value >= 1, nameof(EndDivisor)); } = 1e4;

    /// <summary>Whether phases go along lines; otherwise along half a cosine.</summary>
    public bool IsLinear { get; init; }

    /// <summary>Whether there are three phases.</summary>
    public bool HasThreePhases { get; init; }

    /// <summary>The momentum at the highest rate, from 0 to below 1.</summary>
    public double LowestMomentum { get; init => field = Within(value, value is >= 0 and < 1, nameof(LowestMomentum)); } = 0.85;

    /// <summary>The momentum at the first and the last step, from 0 to below 1.</summary>
    public double HighestMomentum { get; init => field = Within(value, value is >= 0 and < 1, nameof(HighestMomentum)); } = 0.95;

    /// <inheritdoc/>
    protected override double RateAt(int step, double baseRate)
    {
        double first = baseRate / StartDivisor, last = first / EndDivisor;
        return At(step, HasThreePhases ? [first, baseRate, first, last] : [first, baseRate, last]);
    }

    /// <inheritdoc/>
    protected override double? MomentumAt(int step) =>
        At(step, HasThreePhases ? [HighestMomentum, LowestMomentum, HighestMomentum, HighestMomentum] : [HighestMomentum, LowestMomentum, HighestMomentum]);

    private static double Within(double value, bool isInRange, string name) =>
        isInRange ? value : throw new ArgumentOutOfRangeException(name, value, "The number is out of the range that its description names.");

    /// <summary>The value at a step of phases that lead from each corner to the next.</summary>
    private double At(int step, ReadOnlySpan<double> corners)
    {
        double rise = RisingShare * TotalSteps - 1, last = TotalSteps - 1;
        ReadOnlySpan<double> ends = HasThreePhases ? [rise, 2 * rise, last] : [rise, last];
        double start = 0;
        for (int phase = 0; phase < ends.Length; phase++)
        {
            double end = ends[phase];
            if (step <= end || phase == ends.Length - 1)
            {
                double share = end > start ? Math.Clamp((step - start) / (end - start), 0, 1) : 1;
                return IsLinear ? corners[phase] + (corners[phase + 1] - corners[phase]) * share : AlongCosine(corners[phase], corners[phase + 1], share);
            }

            start = end;
        }

        return corners[^1];
    }
}
