namespace MLPath.Deep;

/// <summary>
/// Steps along a running mean of the gradient, for each number divided by the root of the running mean of its square: with g = ∂loss/∂θ + λ θ,
/// m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², and in step t, where m and s are corrected for their start from 0,
/// θ ← θ − η m̂ / (√ŝ + ε) with m̂ = m / (1 − β₁ᵗ), ŝ = s / (1 − β₂ᵗ).
/// </summary>
/// <remarks>
/// D. Kingma, J. Ba, <i>Adam: A Method for Stochastic Optimization</i>, ICLR 2015, algorithm 1. AMSGrad takes the largest s so far in place of s, so that steps
/// do not lengthen again: S. Reddi, S. Kale, S. Kumar, ICLR 2018. Here λ θ is part of the gradient; <see cref="AdamW"/> keeps it apart.
/// </remarks>
public class Adam : Optimizer
{
    private readonly double _beta2, _epsilon;
    private readonly bool _isDecoupled;
    private readonly Tensor[] _means, _squares;
    private readonly Tensor[]? _largest;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="learningRate">η, 0 or more.</param>
    /// <param name="beta1">β₁, from 0 to below 1: <see cref="Optimizer.Momentum"/>.</param>
    /// <param name="beta2">β₂, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="weightDecay">λ, 0 or more.</param>
    /// <param name="amsGrad">Whether the largest s so far counts.</param>
    public Adam(
        IEnumerable<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, bool amsGrad = false)
        : this(parameters, learningRate, beta1, beta2, epsilon, weightDecay, amsGrad, isDecoupled: false)
    {
    }

    private protected Adam(
        IEnumerable<Parameter> parameters, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool amsGrad, bool isDecoupled)
        : base(parameters, learningRate, beta1, weightDecay)
    {
        Require(beta2 is >= 0 and < 1, nameof(beta2), beta2, "Beta2 is from 0 to below 1.");
        Require(epsilon > 0, nameof(epsilon), epsilon, "Epsilon is above 0.");
        (_beta2, _epsilon, _isDecoupled) = (beta2, epsilon, isDecoupled);
        (_means, _squares) = (MakeState("means"), MakeState("squares"));
        if (amsGrad) _largest = MakeState("largest");
    }

    /// <inheritdoc/>
    protected override void Update(int index, int step, Tensor gradient, double weightDecay)
    {
        Tensor θ = Parameters[index];
        var rule = new AdamRule(
            StepSize: LearningRate / (1 - Math.Pow(Momentum, step)), Beta1: Momentum, Beta2: _beta2, RootFactor: 1 / Math.Sqrt(1 - Math.Pow(_beta2, step)), _epsilon,
            WeightDecay: _isDecoupled ? 0 : weightDecay, Shrinkage: _isDecoupled ? LearningRate * weightDecay : 0);
        θ.Backend.AdamStep(θ, gradient, _means[index], _squares[index], _largest?[index], rule);
    }
}
