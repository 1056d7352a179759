namespace MLPath.Deep;

/// <summary>
/// What attention reads: queries, keys and values of several heads side by side, [batch, time, heads · size]. They may be parts of wider
/// rows: the distances along batch and time are any, neighbours within a row lie side by side.
/// </summary>
public sealed class AttentionOperands
{
    /// <summary>Puts the operands together.</summary>
    /// <param name="queries">Q, [batch, T, heads · size].</param>
    /// <param name="keys">K, [batch, S, heads · size].</param>
    /// <param name="values">V, [batch, S, heads · value size].</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="mask">Which keys a query may attend to.</param>
    /// <param name="scale">What scores are multiplied with; 1/√size when null.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    internal AttentionOperands(Tensor queries, Tensor keys, Tensor values, int heads, AttentionMask mask, float? scale)
    {
        Shape q = queries.Shape, k = keys.Shape, v = values.Shape;
        if (q.Rank != 3 || k.Rank != 3 || v.Rank != 3)
            throw new ArgumentException($"Attention takes queries, keys and values [batch, time, size], not {q}, {k} and {v}.");
        if (q[0] != k[0] || k[0] != v[0]) throw new ArgumentException($"Queries {q}, keys {k} and values {v} have different batches.");
        if (q[2] != k[2]) throw new ArgumentException($"Queries {q} and keys {k} differ in size, and so have no product.");
        if (k[1] != v[1]) throw new ArgumentException($"There is one value for each key; keys {k} and values {v} differ in number.");
        if (heads < 1 || q[2] % heads != 0 || v[2] % heads != 0)
            throw new ArgumentException($"Queries {q} and values {v} cannot be divided among {heads} heads.");
        (Queries, Keys, Values, Mask, Heads) = (queries, keys, values, mask, heads);
        (Size, ValueSize) = (q[2] / heads, v[2] / heads);
        Scale = scale ?? 1 / MathF.Sqrt(Size);
        ScoresShape = [q[0], heads, q[1], k[1]];
        mask.RequireFits(ScoresShape);
        Bias = mask.Bias?.BroadcastView(ScoresShape);
    }

    /// <summary>Q, [batch, T, heads · size].</summary>
    public Tensor Queries { get; }

    /// <summary>K, [batch, S, heads · size].</summary>
    public Tensor Keys { get; }

    /// <summary>V, [batch, S, heads · value size].</summary>
    public Tensor Values { get; }

    /// <summary>The number of heads.</summary>
    public int Heads { get; }

    /// <summary>The numbers of a query or key in one head.</summary>
    public int Size { get; }

    /// <summary>The numbers of a value in one head.</summary>
    public int ValueSize { get; }

    /// <summary>Which keys a query may attend to.</summary>
    public AttentionMask Mask { get; }

    /// <summary>The mask's bias as [batch, heads, T, S], of any strides; null for none.</summary>
    public Tensor? Bias { get; }

    /// <summary>What scores are multiplied with.</summary>
    public float Scale { get; }

    /// <summary>What weights are multiplied with after the softmax, [batch, heads, T, S]: 0, or what makes up for the others. Null for dropping none.</summary>
    public Tensor? Kept { get; internal init; }

    /// <summary>The shape of scores and weights, [batch, heads, T, S].</summary>
    public Shape ScoresShape { get; }

    /// <summary>T.</summary>
    public int QueryCount => ScoresShape[2];

    /// <summary>S.</summary>
    public int KeyCount => ScoresShape[3];
}
