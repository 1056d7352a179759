namespace MLPath.Deep;

/// <summary>How the learning rate goes from step to step: a function of the step and of the rate that the optimiser was made with.</summary>
/// <remarks>
/// What a step is, is the caller's to say: a batch, or an epoch. Schedules know nothing of what came before; <see cref="ReduceOnPlateau"/>, which does, is no schedule
/// but something that watches.
/// </remarks>
/// <example><code>
/// var schedule = new WarmUpCosineSchedule(WarmUp: 100, TotalSteps: 5000);
/// schedule.Apply(optimizer, step, baseRate: 0.001);
/// </code></example>
public abstract record Schedule
{
    /// <summary>The same rate throughout.</summary>
    public static Schedule Constant { get; } = new StepSchedule(Every: int.MaxValue, Factor: 1);

    /// <summary>The rate that a step is taken with.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="baseRate">η₀, which the rates are relative to, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step or the rate is negative.</exception>
    public double Rate(int step, double baseRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfNegative(baseRate);
        return RateAt(step, baseRate);
    }

    /// <summary>The momentum that a step is taken with; null where the schedule leaves it as it is.</summary>
    /// <param name="step">The step, from 0.</param>
    public double? Momentum(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return MomentumAt(step);
    }

    /// <summary>Sets an optimiser's rate, and its momentum if both have one, before a step.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="baseRate">η₀.</param>
    public void Apply(Optimizer optimizer, int step, double baseRate)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.LearningRate = Rate(step, baseRate);
        if (Momentum(step) is { } momentum && optimizer.Momentum > 0) optimizer.Momentum = momentum;
    }

    /// <summary>The rate of a step, which is 0 or more.</summary>
    /// <param name="step">The step.</param>
    /// <param name="baseRate">η₀.</param>
    protected abstract double RateAt(int step, double baseRate);

    /// <summary>The momentum of a step, which is 0 or more.</summary>
    /// <param name="step">The step.</param>
    protected virtual double? MomentumAt(int step) => null;

    /// <summary>From one number to another along half a cosine.</summary>
    private protected static double AlongCosine(double from, double to, double share) => to + (from - to) * (1 + Math.Cos(Math.PI * share)) / 2;

    private protected static int Positive(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "A number of steps is 1 or more.");

    private protected static double NotNegative(double value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A rate or a factor is not negative.");
}
