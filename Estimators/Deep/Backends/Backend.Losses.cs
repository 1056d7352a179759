namespace MLPath.Deep;

/// <summary>Losses that are computed in one go.</summary>
public abstract partial class Backend
{
    /// <summary>lossᵢ = f(xᵢ, tᵢ) and dxᵢ = ∂f/∂xᵢ, element by element.</summary>
    /// <param name="function">f.</param>
    /// <param name="a">The loss's own number.</param>
    /// <param name="x">The predictions.</param>
    /// <param name="targets">t, what is true, in x's shape.</param>
    /// <param name="losses">Receives the losses, in x's shape.</param>
    /// <param name="gradient">Receives dx.</param>
    public abstract void ElementLosses(LossFunction function, float a, Tensor x, Tensor targets, Tensor losses, Tensor gradient);

    /// <summary>
    /// For each row i: lossᵢ = −Σ_c qᵢ_c ln softmax(xᵢ)_c and dxᵢ = softmax(xᵢ) Σ_c qᵢ_c − qᵢ, with the targets
    /// qᵢ_c = w_c ((1 − ε) [c = classᵢ] + ε / k).
    /// </summary>
    /// <param name="logits">x, [rows, k].</param>
    /// <param name="classes">The classes, [rows], from 0; −1 leaves the row out: loss 0, dx 0.</param>
    /// <param name="classWeights">w, [k]; null for 1.</param>
    /// <param name="smoothing">ε, from 0 to below 1.</param>
    /// <param name="losses">Receives the losses, [rows].</param>
    /// <param name="gradient">Receives dx, [rows, k].</param>
    public abstract void CrossEntropy(Tensor logits, IndexTensor classes, Tensor? classWeights, float smoothing, Tensor losses, Tensor gradient);

    /// <summary>For each row i of class c: lossᵢ = 1/k Σ_(j ≠ c) max(0, margin − x_c + xⱼ), or of the squares, and dxᵢ.</summary>
    /// <param name="scores">x, [rows, k].</param>
    /// <param name="classes">The classes, [rows], from 0; −1 leaves the row out: loss 0, dx 0.</param>
    /// <param name="margin">How far the class should lie above the others.</param>
    /// <param name="isSquared">Whether the terms are squared.</param>
    /// <param name="losses">Receives the losses, [rows].</param>
    /// <param name="gradient">Receives dx, [rows, k].</param>
    public abstract void MultiMargin(Tensor scores, IndexTensor classes, float margin, bool isSquared, Tensor losses, Tensor gradient);
}
