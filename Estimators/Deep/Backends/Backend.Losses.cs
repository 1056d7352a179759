namespace MLPath.Deep;

/// <summary>Losses that are computed in one go.</summary>
public abstract partial class Backend
{
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
}
