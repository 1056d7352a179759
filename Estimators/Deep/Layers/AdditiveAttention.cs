namespace MLPath.Deep;

/// <summary>
/// Attention by a small network: score(q, k) = v · tanh(W q + U k), and the output is the mean of the values by the softmax of the scores over the
/// keys. Queries [batch, T, query size], keys [batch, S, key size] and values [batch, S, any] give [batch, T, any].
/// </summary>
/// <remarks>
/// D. Bahdanau, K. Cho, Y. Bengio, <i>Neural Machine Translation by Jointly Learning to Align and Translate</i>, ICLR 2015. Memory and time grow with
/// T · S · hidden size. W, U and v are first drawn by Glorot and Bengio's bounds.
/// </remarks>
public sealed class AdditiveAttention : Module
{
    /// <summary>Makes the layer.</summary>
    /// <param name="querySize">The numbers of a query, 1 or more.</param>
    /// <param name="keySize">The numbers of a key, 1 or more.</param>
    /// <param name="hiddenSize">The units of the small network, 1 or more.</param>
    public AdditiveAttention(int querySize, int keySize, int hiddenSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(querySize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keySize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenSize, 1);
        QueryWeight = AddParameter("W", [hiddenSize, querySize], new Initializer.XavierUniform());
        KeyWeight = AddParameter("U", [hiddenSize, keySize], new Initializer.XavierUniform());
        ScoreWeight = AddParameter("v", [hiddenSize], new Initializer.XavierUniform());
    }

    /// <summary>W, [hidden size, query size].</summary>
    public Parameter QueryWeight { get; }

    /// <summary>U, [hidden size, key size].</summary>
    public Parameter KeyWeight { get; }

    /// <summary>v, [hidden size].</summary>
    public Parameter ScoreWeight { get; }

    /// <summary>U k for all keys, [batch, S, hidden size]: computed once for many queries one after the other, as a decoder asks them.</summary>
    /// <param name="keys">[batch, S, key size].</param>
    public Tensor Prepare(Tensor keys) => Tensor.Linear(keys, KeyWeight, null);

    /// <summary>Attends.</summary>
    /// <param name="queries">[batch, T, query size].</param>
    /// <param name="keys">[batch, S, key size].</param>
    /// <param name="values">[batch, S, any].</param>
    /// <param name="mask">Which keys a query may attend to; all when null.</param>
    /// <returns>The output [batch, T, any] and the weights [batch, T, S].</returns>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public (Tensor Output, Tensor Weights) Forward(Tensor queries, Tensor keys, Tensor values, AttentionMask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Shape.Rank != 3 || keys.Shape[2] != KeyWeight.Shape[1]) throw new ArgumentException($"{this} takes keys [batch, time, {KeyWeight.Shape[1]}], not {keys.Shape}.", nameof(keys));
        return ForwardPrepared(queries, Prepare(keys), values, mask);
    }

    /// <summary>Attends to keys that <see cref="Prepare"/> was given.</summary>
    /// <param name="queries">[batch, T, query size].</param>
    /// <param name="preparedKeys">[batch, S, hidden size].</param>
    /// <param name="values">[batch, S, any].</param>
    /// <param name="mask">Which keys a query may attend to; all when null.</param>
    /// <returns>The output [batch, T, any] and the weights [batch, T, S].</returns>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public (Tensor Output, Tensor Weights) ForwardPrepared(Tensor queries, Tensor preparedKeys, Tensor values, AttentionMask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(preparedKeys);
        ArgumentNullException.ThrowIfNull(values);
        Shape q = queries.Shape, k = preparedKeys.Shape, v = values.Shape;
        int hidden = ScoreWeight.Shape[0];
        if (q.Rank != 3 || q[2] != QueryWeight.Shape[1]) throw new ArgumentException($"{this} takes queries [batch, time, {QueryWeight.Shape[1]}], not {q}.", nameof(queries));
        if (v.Rank != 3 || k.Rank != 3 || k[0] != q[0] || !k[..2].Equals(v[..2]))
            throw new ArgumentException($"Queries {q}, keys {k} and values {v} do not go together: the batches are equal, and there is one value for each key.", nameof(values));
        int batch = q[0], T = q[1], S = k[1];
        var units = (Tensor.Linear(queries, QueryWeight, null).Reshape([batch, T, 1, hidden]) + preparedKeys.Reshape([batch, 1, S, hidden])).Tanh();
        var scores = Tensor.Linear(units, ScoreWeight.Value.Reshape([1, hidden]), null).Reshape([batch, 1, T, S]);
        var weights = scores.MaskedSoftmax(mask ?? AttentionMask.None).Reshape([batch, T, S]);
        return (Tensor.MatMul(weights, values), weights);
    }

    /// <inheritdoc/>
    public override string ToString() => $"AdditiveAttention({QueryWeight.Shape[1]}, {KeyWeight.Shape[1]}, {ScoreWeight.Shape[0]})";
}
