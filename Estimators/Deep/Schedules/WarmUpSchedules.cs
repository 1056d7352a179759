namespace MLPath.Deep;

/// <summary>The rate rises along a line to η₀, and stays: η₀ (start + (1 − start) t / T) for t up to T.</summary>
/// <remarks>P. Goyal et al., <i>Accurate, Large Minibatch SGD</i>, 2017, section 2.2: statistics of the first steps are not yet to be trusted.</remarks>
/// <param name="WarmUp">T, the steps of the rise, 1 or more.</param>
/// <param name="Start">The share of η₀ in the first step, 0 or more.</param>
public sealed record WarmUpSchedule(int WarmUp, double Start = 0.1) : Schedule
{
    /// <summary>T, the steps of the rise, 1 or more.</summary>
    public int WarmUp { get; } = Positive(WarmUp, nameof(WarmUp));

    /// <summary>The share of η₀ in the first step, 0 or more.</summary>
    public double Start { get; } = NotNegative(Start, nameof(Start));

    /// <inheritdoc/>
    protected override double RateAt(int step, double baseRate) => baseRate * (Start + (1 - Start) * Math.Min(step, WarmUp) / WarmUp);
}

/// <summary>
/// The rate rises along a line, η₀ (t + 1) / W for t below W, then falls along half a cosine to η_min at the end, where it stays:
/// what transformers are customarily trained with.
/// </summary>
/// <param name="WarmUp">W, the steps of the rise, 0 or more and less than all.</param>
/// <param name="TotalSteps">The number of all steps, 1 or more.</param>
/// <param name="Minimum">η_min, 0 or more.</param>
public sealed record WarmUpCosineSchedule(int WarmUp, int TotalSteps, double Minimum = 0) : Schedule
{
    /// <summary>W, the steps of the rise, 0 or more and less than all.</summary>
    public int WarmUp { get; } = WarmUp >= 0 && WarmUp < TotalSteps
        ? WarmUp : throw new ArgumentOutOfRangeException(nameof(WarmUp), WarmUp, $"The warm-up is from 0 to below all {TotalSteps} steps.");

    /// <summary>η_min, 0 or more.</summary>
    public double Minimum { get; } = NotNegative(Minimum, nameof(Minimum));

    /// <inheritdoc/>
    protected override double RateAt(int step, double baseRate) => step < WarmUp
        ? baseRate * (step + 1) / WarmUp
        : AlongCosine(baseRate, Minimum, Math.Min(1, (double)(step - WarmUp) / (TotalSteps - WarmUp)));
}
