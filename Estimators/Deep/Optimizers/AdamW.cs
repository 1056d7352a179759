namespace MLPath.Deep;

/// <summary>
/// <see cref="Adam"/> whose weights decay apart from the gradient: θ ← (1 − η λ) θ before Adam's step without λ. So every weight is drawn to 0 alike, whatever
/// the size of its gradients.
/// </summary>
/// <remarks>I. Loshchilov, F. Hutter, <i>Decoupled Weight Decay Regularization</i>, ICLR 2019, algorithm 2, with the decay in units of η.</remarks>
public sealed class AdamW : Adam
{
    /// <summary>Makes the optimiser.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="learningRate">η, 0 or more.</param>
    /// <param name="beta1">β₁, from 0 to below 1.</param>
    /// <param name="beta2">β₂, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="weightDecay">λ, 0 or more.</param>
    /// <param name="amsGrad">Whether the largest s so far counts.</param>
    public AdamW(
        IEnumerable<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01, bool amsGrad = false)
        : base(parameters, learningRate, beta1, beta2, epsilon, weightDecay, amsGrad, isDecoupled: true)
    {
    }
}
