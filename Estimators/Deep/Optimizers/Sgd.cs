namespace MLPath.Deep;

/// <summary>
/// Stochastic gradient descent: with g = ∂loss/∂θ + λ θ and momentum μ, v ← μ v + g and θ ← θ − η v; by Nesterov θ ← θ − η (g + μ v).
/// </summary>
/// <remarks>B. Polyak, 1964; Y. Nesterov, 1983, in the form of I. Sutskever, J. Martens, G. Dahl, G. Hinton, ICML 2013. The first v is g.</remarks>
public sealed class Sgd : Optimizer
{
    private readonly double _momentum, _weightDecay;
    private readonly bool _nesterov;
    private readonly Tensor[]? _velocity;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="nesterov">Whether to look ahead; needs momentum.</param>
    /// <param name="weightDecay">λ, 0 or more.</param>
    public Sgd(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, bool nesterov = false, double weightDecay = 0)
        : base(parameters, learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(momentum, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        if (nesterov && momentum == 0) throw new ArgumentException("Nesterov's step needs momentum above 0.", nameof(nesterov));
        (_momentum, _nesterov, _weightDecay) = (momentum, nesterov, weightDecay);
        if (momentum > 0) _velocity = MakeState();
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        parameter.Backend.SgdStep(parameter, gradient, _velocity?[index], LearningRate, _momentum, _nesterov, _weightDecay);
    }
}
