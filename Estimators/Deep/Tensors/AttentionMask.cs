namespace MLPath.Deep;

/// <summary>Which keys a query may attend to. What is set holds together: a key must be allowed by all.</summary>
/// <remarks>A query that may attend to no key at all gets weights, output and derivatives of 0.</remarks>
public sealed record AttentionMask
{
    /// <summary>Every query attends to all keys.</summary>
    public static AttentionMask None { get; } = new();

    /// <summary>No query attends to a later key.</summary>
    public static AttentionMask Causal { get; } = new() { IsCausal = true };

    /// <summary>
    /// Whether later keys are out of sight. The queries are the last ones of the sequence of keys: query i of T sees key j of S where
    /// j ≤ i + S − T. Off by default.
    /// </summary>
    public bool IsCausal { get; init; }

    /// <summary>The number of keys of each sequence, [batch]; those behind are padding. All keys count when null, the default.</summary>
    public IndexTensor? KeyLengths { get; init; }

    /// <summary>
    /// Numbers added to the scores, of a shape that can be repeated to [batch, heads, queries, keys]; −∞ forbids. No derivative is computed
    /// with respect to them. None when null, the default.
    /// </summary>
    public Tensor? Bias { get; init; }

    /// <summary>Sequences of different lengths, padded at the end.</summary>
    /// <param name="lengths">The number of keys of each sequence of the batch.</param>
    public static AttentionMask Lengths(params int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        return new AttentionMask { KeyLengths = new IndexTensor(lengths, [lengths.Length]) };
    }

    /// <summary>Any keys forbidden, whatever their places.</summary>
    /// <param name="backend">What will compute with the mask.</param>
    /// <param name="forbidden">Whether the query may not attend to the key, row-major.</param>
    /// <param name="shape">
    /// Their shape: [queries, keys] for every sequence and head, [batch, 1, 1, keys] for padding, or another that can be repeated to
    /// [batch, heads, queries, keys].
    /// </param>
    /// <exception cref="ArgumentException">There are more or fewer values than the shape has elements.</exception>
    public static AttentionMask Forbidden(Backend backend, ReadOnlySpan<bool> forbidden, Shape shape)
    {
        var bias = new float[forbidden.Length];
        for (int i = 0; i < bias.Length; i++) bias[i] = forbidden[i] ? float.NegativeInfinity : 0;
        return new AttentionMask { Bias = Tensor.From(backend, bias, shape) };
    }

    /// <summary>The number of keys, from the first one, that lengths and order let a query see.</summary>
    /// <param name="sequence">The sequence of the batch.</param>
    /// <param name="query">The query, from 0.</param>
    /// <param name="queries">T, the number of queries.</param>
    /// <param name="keys">S, the number of keys.</param>
    public int KeysInSight(int sequence, int query, int queries, int keys)
    {
        int length = KeyLengths is null ? keys : KeyLengths.Values[sequence];
        return IsCausal ? Math.Clamp(query + keys - queries + 1, 0, length) : length;
    }

    /// <summary>Refuses a mask that does not fit the scores.</summary>
    /// <param name="scores">[batch, heads, queries, keys].</param>
    /// <exception cref="ArgumentException">Lengths or bias do not fit.</exception>
    internal void RequireFits(Shape scores)
    {
        int batch = scores[0], keys = scores[3];
        if (KeyLengths is not null)
        {
            if (KeyLengths.Values.Length != batch) throw new ArgumentException($"The attention mask has {KeyLengths.Values.Length} key lengths; the batch has {batch} sequences.");
            foreach (int length in KeyLengths.Values)
            {
                if (length < 0 || length > keys) throw new ArgumentException($"The attention mask has a key length of {length}; there are {keys} keys, so lengths are 0 to {keys}.");
            }
        }

        bool fits = Bias is null || Bias.Shape.Rank <= 4;
        for (int axis = 1; fits && axis <= (Bias?.Shape.Rank ?? 0); axis++) fits = Bias!.Shape[^axis] == 1 || Bias.Shape[^axis] == scores[^axis];
        if (!fits)
            throw new ArgumentException($"The attention mask's bias has shape {Bias!.Shape}, which cannot be repeated to [batch, heads, queries, keys] = {scores}.");
    }
}
