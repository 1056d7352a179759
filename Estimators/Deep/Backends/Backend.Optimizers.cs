namespace MLPath.Deep;

/// <summary>Steps of optimisers, which change parameters in place, and what limits gradients.</summary>
public abstract partial class Backend
{
    /// <summary>g ← g + λ θ; v ← μ v + (1 − τ) g; θ ← θ − η v, or θ − η (g + μ v) by Nesterov. Without v: θ ← θ − η g.</summary>
    /// <param name="parameter">θ.</param>
    /// <param name="gradient">g, which is not changed.</param>
    /// <param name="velocity">v, 0 before the first step; null without momentum.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="dampening">τ.</param>
    /// <param name="nesterov">Whether to look ahead.</param>
    /// <param name="weightDecay">λ.</param>
    public abstract void SgdStep(
        Tensor parameter, Tensor gradient, Tensor? velocity, double learningRate, double momentum, double dampening, bool nesterov, double weightDecay);

    /// <summary>g ← g + λ θ; s ← s + g²; θ ← θ − η g / (√s + ε).</summary>
    /// <param name="parameter">θ.</param>
    /// <param name="gradient">g, which is not changed.</param>
    /// <param name="squares">s.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ.</param>
    public abstract void AdagradStep(Tensor parameter, Tensor gradient, Tensor squares, double learningRate, double epsilon, double weightDecay);

    /// <summary>
    /// g ← g + λ θ; s ← α s + (1 − α) g²; m ← α m + (1 − α) g; d = g / (√(s − m²) + ε), or g / (√s + ε) without m; v ← μ v + d;
    /// θ ← θ − η v, or θ − η d without v. Where rounding makes s − m² negative it is 0.
    /// </summary>
    /// <param name="parameter">θ.</param>
    /// <param name="gradient">g, which is not changed.</param>
    /// <param name="squares">s.</param>
    /// <param name="means">m; null where the gradient's variance is taken about 0.</param>
    /// <param name="velocity">v; null without momentum.</param>
    /// <param name="rule">The numbers.</param>
    public abstract void RmsPropStep(Tensor parameter, Tensor gradient, Tensor squares, Tensor? means, Tensor? velocity, in RmsPropRule rule);

    /// <summary>
    /// θ ← (1 − shrinkage) θ; g ← g + λ θ; m ← β₁ m + (1 − β₁) g; s ← β₂ s + (1 − β₂) g²; l ← max(l, s);
    /// θ ← θ − size m / (factor √l + ε), with s for l where l is null.
    /// </summary>
    /// <param name="parameter">θ.</param>
    /// <param name="gradient">g, which is not changed.</param>
    /// <param name="means">m.</param>
    /// <param name="squares">s.</param>
    /// <param name="largest">l, the largest s so far; null where s itself counts.</param>
    /// <param name="rule">The numbers.</param>
    public abstract void AdamStep(Tensor parameter, Tensor gradient, Tensor means, Tensor squares, Tensor? largest, in AdamRule rule);

    /// <summary>The norm (Σ |xᵢ|ᵖ)^(1/p), summed in double precision in a fixed order.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="order">p: 1, 2, or ∞ for the largest |xᵢ|.</param>
    public abstract double Norm(Tensor x, double order);

    /// <summary>x ← min(max(x, −limit), limit).</summary>
    /// <param name="x">The tensor, changed in place.</param>
    /// <param name="limit">The limit, 0 or more.</param>
    public abstract void Clip(Tensor x, float limit);
}
