namespace MLPath.Deep;

/// <summary>The numbers of a step of <see cref="Backend.AdamStep"/>.</summary>
/// <param name="StepSize">The size of the step, the correction of m's start from 0 included: η / (1 − β₁ᵗ).</param>
/// <param name="Beta1">β₁, the share of m that stays.</param>
/// <param name="Beta2">β₂, the share of s that stays.</param>
/// <param name="RootFactor">The correction of √s for its start from 0: 1 / √(1 − β₂ᵗ).</param>
/// <param name="Epsilon">ε.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ θ.</param>
/// <param name="Shrinkage">The part of θ that is taken off before the step: η λ, if weights decay apart from the gradient.</param>
public readonly record struct AdamRule(double StepSize, double Beta1, double Beta2, double RootFactor, double Epsilon, double WeightDecay, double Shrinkage);

/// <summary>The numbers of a step of <see cref="Backend.RmsPropStep"/>.</summary>
/// <param name="LearningRate">η.</param>
/// <param name="Smoothing">α, the share of s and m that stays.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Momentum">μ.</param>
/// <param name="WeightDecay">λ.</param>
public readonly record struct RmsPropRule(double LearningRate, double Smoothing, double Epsilon, double Momentum, double WeightDecay);
