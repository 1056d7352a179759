namespace MLPath.Deep;

/// <summary>
/// Steps divided by the root of a running mean of the gradient's square: with g = ∂loss/∂θ + λ θ, s ← α s + (1 − α) g² and θ ← θ − η g / (√s + ε).
/// Centred, the mean m ← α m + (1 − α) g is taken off: √(s − m²). With momentum v ← μ v + g / (√s + ε) and θ ← θ − η v.
/// </summary>
/// <remarks>
/// T. Tieleman, G. Hinton, <i>Neural Networks for Machine Learning</i>, lecture 6.5, 2012; centred: A. Graves, <i>Generating Sequences with Recurrent Neural
/// Networks</i>, 2013, equations 38 to 45.
/// </remarks>
public sealed class RmsProp : Optimizer
{
    private readonly double _smoothing, _epsilon;
    private readonly Tensor[] _squares;
    private readonly Tensor[]? _means, _velocity;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="learningRate">η, 0 or more.</param>
    /// <param name="smoothing">α, from 0 to below 1.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="centered">Whether the gradient's mean is taken off.</param>
    /// <param name="weightDecay">λ, 0 or more.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public RmsProp(
        IEnumerable<Parameter> parameters, double learningRate = 0.01, double smoothing = 0.99, double momentum = 0, bool centered = false, double weightDecay = 0, double epsilon = 1e-8)
        : base(parameters, learningRate, momentum, weightDecay)
    {
        Require(smoothing is >= 0 and < 1, nameof(smoothing), smoothing, "Smoothing is from 0 to below 1.");
        Require(epsilon > 0, nameof(epsilon), epsilon, "Epsilon is above 0.");
        (_smoothing, _epsilon) = (smoothing, epsilon);
        _squares = MakeState("squares");
        if (centered) _means = MakeState("means");
        if (momentum > 0) _velocity = MakeState("velocity");
    }

    /// <inheritdoc/>
    protected override void Update(int index, int step, Tensor gradient, double weightDecay)
    {
        Tensor θ = Parameters[index];
        θ.Backend.RmsPropStep(θ, gradient, _squares[index], _means?[index], _velocity?[index], new RmsPropRule(LearningRate, _smoothing, _epsilon, Momentum, weightDecay));
    }
}
