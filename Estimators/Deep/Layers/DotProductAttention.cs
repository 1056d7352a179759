namespace MLPath.Deep;

/// <summary>
/// Attention by products: softmax(Q Kᵀ / √size) V. Queries [batch, T, size], keys [batch, S, size] and values [batch, S, any] give [batch, T, any].
/// Nothing is learned.
/// </summary>
/// <remarks>A. Vaswani et al., <i>Attention Is All You Need</i>, NeurIPS 2017, equation 1; without the root, M.-T. Luong et al., EMNLP 2015.</remarks>
/// <param name="isScaled">Whether products are divided by √size, so that their variance does not grow with it.</param>
public sealed class DotProductAttention(bool isScaled = true) : Module
{
    /// <summary>Whether products are divided by √size.</summary>
    public bool IsScaled { get; } = isScaled;

    /// <summary>Attends.</summary>
    /// <param name="queries">[batch, T, size].</param>
    /// <param name="keys">[batch, S, size].</param>
    /// <param name="values">[batch, S, any].</param>
    /// <param name="mask">Which keys a query may attend to; all when null.</param>
    /// <returns>The output [batch, T, any] and the weights [batch, T, S], through which no derivative goes.</returns>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public (Tensor Output, Tensor Weights) Forward(Tensor queries, Tensor keys, Tensor values, AttentionMask? mask = null)
    {
        var (output, weights) = Tensor.AttentionWithWeights(queries, keys, values, heads: 1, mask, IsScaled ? null : 1);
        Shape scores = weights.Shape;
        return (output, weights.Reshape([scores[0], scores[2], scores[3]]));
    }

    /// <inheritdoc/>
    public override string ToString() => IsScaled ? "DotProductAttention" : "DotProductAttention(isScaled: false)";
}
