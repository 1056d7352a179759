namespace MLPath.Deep;

/// <summary>The rate falls by a factor every so many steps: η₀ factor^⌊t / every⌋.</summary>
/// <param name="Every">The number of steps, 1 or more.</param>
/// <param name="Factor">The factor, 0 or more.</param>
public sealed record StepSchedule(int Every, double Factor = 0.1) : Schedule
{
    /// <summary>The number of steps, 1 or more.</summary>
    public int Every { get; } = Positive(Every, nameof(Every));

    /// <summary>The factor, 0 or more.</summary>
    public double Factor { get; } = NotNegative(Factor, nameof(Factor));

    /// <inheritdoc/>
    protected override double RateAt(int step, double baseRate) => baseRate * Math.Pow(Factor, step / Every);
}

/// <summary>The rate falls by a factor at given steps: η₀ factor^(the number of milestones ≤ t).</summary>
/// <param name="Milestones">The steps; one that is named twice counts twice.</param>
/// <param name="Factor">The factor, 0 or more.</param>
public sealed record MultiStepSchedule(IReadOnlyList<int> Milestones, double Factor = 0.1) : Schedule
{
    /// <summary>The factor, 0 or more.</summary>
    public double Factor { get; } = NotNegative(Factor, nameof(Factor));

    /// <inheritdoc/>
    protected override double RateAt(int step, double baseRate) => baseRate * Math.Pow(Factor, Milestones.Count(m => m <= step));
}

/// <summary>The rate falls by a factor in every step: η₀ factorᵗ.</summary>
/// <param name="Factor">The factor, 0 or more.</param>
public sealed record ExponentialSchedule(double Factor) : Schedule
{
    /// <summary>The factor, 0 or more.</summary>
    public double Factor { get; } = NotNegative(Factor, nameof(Factor));

    /// <inheritdoc/>
    protected override double RateAt(int step, double baseRate) => baseRate * Math.Pow(Factor, step);
}

/// <summary>
/// The rate falls along half a cosine: η_min + (η₀ − η_min) (1 + cos(π t / T)) / 2. After T steps it rises the same way, and so on; with restarts it
/// begins again at the top.
/// </summary>
/// <remarks>I. Loshchilov, F. Hutter, <i>SGDR: Stochastic Gradient Descent with Warm Restarts</i>, ICLR 2017, equation 5.</remarks>
/// <param name="Period">T, 1 or more.</param>
/// <param name="Minimum">η_min, 0 or more.</param>
/// <param name="Restarts">Whether it begins again after T steps.</param>
public sealed record CosineSchedule(int Period, double Minimum = 0, bool Restarts = false) : Schedule
{
    /// <summary>T, 1 or more.</summary>
    public int Period { get; } = Positive(Period, nameof(Period));

    /// <summary>η_min, 0 or more.</summary>
    public double Minimum { get; } = NotNegative(Minimum, nameof(Minimum));

    /// <inheritdoc/>
    protected override double RateAt(int step, double baseRate) =>
        AlongCosine(baseRate, Minimum, (double)(Restarts ? step % Period : step % (2L * Period)) / Period);
}
