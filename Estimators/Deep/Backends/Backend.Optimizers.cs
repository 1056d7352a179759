namespace MLPath.Deep;

/// <summary>Steps of optimisers, which change parameters in place.</summary>
public abstract partial class Backend
{
    /// <summary>g ← g + λ θ; v ← μ v + g; θ ← θ − η v, or θ − η (g + μ v) by Nesterov. Without v: θ ← θ − η g.</summary>
    /// <param name="parameter">θ.</param>
    /// <param name="gradient">g, which is not changed.</param>
    /// <param name="velocity">v, 0 before the first step; null without momentum.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="nesterov">Whether to look ahead.</param>
    /// <param name="weightDecay">λ.</param>
    public abstract void SgdStep(Tensor parameter, Tensor gradient, Tensor? velocity, double learningRate, double momentum, bool nesterov, double weightDecay);
}
