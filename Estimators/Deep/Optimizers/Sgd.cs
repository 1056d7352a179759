namespace MLPath.Deep;

/// <summary>
/// Stochastic gradient descent: with g = ∂loss/∂θ + λ θ and momentum μ, v ← μ v + (1 − τ) g and θ ← θ − η v; by Nesterov θ ← θ − η (g + μ v).
/// </summary>
/// <remarks>B. Polyak, 1964; Y. Nesterov, 1983, in the form of I. Sutskever, J. Martens, G. Dahl, G. Hinton, ICML 2013. The first v is g.</remarks>
public sealed class Sgd : Optimizer
{
    private readonly double _dampening;
    private readonly bool _nesterov;
    private readonly Tensor[]? _velocity;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="learningRate">η, 0 or more.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="nesterov">Whether to look ahead; needs momentum, and no dampening.</param>
    /// <param name="weightDecay">λ, 0 or more.</param>
    /// <param name="dampening">τ, from 0 to 1.</param>
    public Sgd(
        IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, bool nesterov = false, double weightDecay = 0, double dampening = 0)
        : base(parameters, learningRate, momentum, weightDecay)
    {
        Require(dampening is >= 0 and <= 1, nameof(dampening), dampening, "Dampening is from 0 to 1.");
        if (nesterov && (momentum == 0 || dampening > 0)) throw new ArgumentException("Nesterov's step needs momentum above 0, and no dampening.", nameof(nesterov));
        (_nesterov, _dampening) = (nesterov, dampening);
        if (momentum > 0) _velocity = MakeState("velocity");
    }

    /// <inheritdoc/>
    protected override void Update(int index, int step, Tensor gradient, double weightDecay)
    {
        Tensor θ = Parameters[index];
        θ.Backend.SgdStep(θ, gradient, _velocity?[index], LearningRate, Momentum, step == 1 ? 0 : _dampening, _nesterov, weightDecay);
    }
}
