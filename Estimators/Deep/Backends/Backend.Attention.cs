namespace MLPath.Deep;

/// <summary>Attention.</summary>
public abstract partial class Backend
{
    /// <summary>
    /// y = softmax(x + bias) over the keys that the mask allows, 0 at the others; a row that allows none is 0. Its derivative is that of softmax, since
    /// y = 0 takes none.
    /// </summary>
    /// <param name="x">The scores, [batch, heads, queries, keys].</param>
    /// <param name="mask">Which keys count; it fits.</param>
    /// <param name="y">What is written; may be x.</param>
    public abstract void MaskedSoftmax(Tensor x, AttentionMask mask, Tensor y);

    /// <summary>For each sequence and head: P = softmax(scale Q Kᵀ + mask), Y = (P ∘ kept) V.</summary>
    /// <param name="operands">Q, K, V, mask and scale.</param>
    /// <param name="weights">Receives P, [batch, heads, T, S]; null where nobody needs it.</param>
    /// <param name="y">Receives Y, [batch, T, heads · value size].</param>
    public abstract void Attention(AttentionOperands operands, Tensor? weights, Tensor y);

    /// <summary>
    /// For each sequence and head, with dP = (dY Vᵀ) ∘ kept and dS = scale P ∘ (dP − Σ over keys of P dP): dQ = dS K, dK = dSᵀ Q,
    /// dV = (P ∘ kept)ᵀ dY. A derivative that nobody needs is null. Each is of any strides, as the operands are; several may be one tensor if
    /// they are added.
    /// </summary>
    /// <param name="operands">Q, K, V, mask and scale.</param>
    /// <param name="weights">P.</param>
    /// <param name="dy">dY, contiguous.</param>
    /// <param name="queries">dQ.</param>
    /// <param name="keys">dK.</param>
    /// <param name="values">dV.</param>
    public abstract void AttentionGradient(
        AttentionOperands operands, Tensor weights, Tensor dy, GradientSlot queries, GradientSlot keys, GradientSlot values);

    /// <summary>
    /// Turns neighbours as points of a plane: (x₂ᵢ, x₂ᵢ₊₁) becomes (x₂ᵢ cos a − x₂ᵢ₊₁ sin a, x₂ᵢ sin a + x₂ᵢ₊₁ cos a), with the angle a of its row and
    /// column. Back turns by −a.
    /// </summary>
    /// <param name="x">[..., time, columns], where the columns are one or several heads of the table's size.</param>
    /// <param name="table">[time, 2, size]: first cos a for both of a pair, then −sin a and sin a. Rows side by side.</param>
    /// <param name="back">Whether to turn back.</param>
    /// <param name="y">What is written.</param>
    /// <param name="add">Whether to add.</param>
    public abstract void Rotate(Tensor x, Tensor table, bool back, Tensor y, bool add);
}
