namespace MLPath.Deep;

/// <summary>Attention.</summary>
public sealed partial class Tensor
{
    /// <summary>
    /// Scaled dot-product attention of several heads: P = softmax(Q Kᵀ / √size + mask), Y = P V, for every sequence and head (A. Vaswani et al.,
    /// <i>Attention Is All You Need</i>, NeurIPS 2017, equation 1). With dP = dY Vᵀ and dS = P ∘ (dP − Σ P dP) / √size: dQ = dS K, dK = dSᵀ Q, dV = Pᵀ dY.
    /// </summary>
    /// <param name="queries">Q, [batch, T, heads · size]: the heads side by side.</param>
    /// <param name="keys">K, [batch, S, heads · size].</param>
    /// <param name="values">V, [batch, S, heads · value size].</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="mask">Which keys a query may attend to; all when null.</param>
    /// <param name="scale">What scores are multiplied with; 1/√size when null.</param>
    /// <param name="kept">What weights are multiplied with after the softmax, [batch, heads, T, S], for dropping some; null for none.</param>
    /// <returns>Y, [batch, T, heads · value size].</returns>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public static Tensor Attention(
        Tensor queries, Tensor keys, Tensor values, int heads = 1, AttentionMask? mask = null, float? scale = null, Tensor? kept = null) =>
        Attention(queries, keys, values, heads, mask, scale, kept, wantsWeights: false).Output;

    /// <summary>The same, and the weights P, [batch, heads, T, S], to look at: no derivative goes through them, and nothing is dropped from them.</summary>
    /// <inheritdoc cref="Attention(Tensor, Tensor, Tensor, int, AttentionMask, float?, Tensor)"/>
    public static (Tensor Output, Tensor Weights) AttentionWithWeights(
        Tensor queries, Tensor keys, Tensor values, int heads = 1, AttentionMask? mask = null, float? scale = null, Tensor? kept = null)
    {
        var (output, weights) = Attention(queries, keys, values, heads, mask, scale, kept, wantsWeights: true);
        return (output, weights!);
    }

    /// <summary>
    /// Attention whose queries, keys and values are columns of wider tensors, such as one product that gave all three: they are read, and their
    /// derivatives written, where they lie.
    /// </summary>
    /// <param name="inputs">The tensors, [batch, time, columns].</param>
    /// <param name="queries">Where Q is.</param>
    /// <param name="keys">Where K is.</param>
    /// <param name="values">Where V is.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="mask">Which keys a query may attend to.</param>
    /// <param name="scale">What scores are multiplied with; 1/√size when null.</param>
    /// <param name="kept">What weights are multiplied with after the softmax; null for none.</param>
    /// <param name="wantsWeights">Whether somebody looks at the weights.</param>
    /// <returns>Y, and P where it is wanted or needed for the derivative.</returns>
    internal static (Tensor Output, Tensor? Weights) Attention(
        Tensor[] inputs, Columns queries, Columns keys, Columns values, int heads, AttentionMask? mask, float? scale, Tensor? kept, bool wantsWeights)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Shape.Rank == 0 || inputs[i]._strides[^1] != 1) inputs[i] = inputs[i].Contiguous();
        }

        var operands = new AttentionOperands(queries.Of(inputs), keys.Of(inputs), values.Of(inputs), heads, mask ?? AttentionMask.None, scale) { Kept = kept };
        if (kept is not null) RequireShape(kept, operands.ScoresShape);
        var backend = inputs[0].Backend;
        var y = Make(backend, [.. operands.Queries.Shape[..2], heads * operands.ValueSize]);
        bool isRecorded = TensorScope.Current is not { Records: false } && Array.Exists(inputs, input => input.RequiresGradient);
        var weights = wantsWeights || isRecorded ? Make(backend, operands.ScoresShape) : null;
        backend.Attention(operands, weights, y);
        return (y.From("attention", inputs, dy =>
        {
            var targets = new GradientSlot[inputs.Length];
            for (int i = 0; i < inputs.Length; i++)
            {
                int first = Array.IndexOf(inputs, inputs[i]);
                targets[i] = first < i ? targets[first] : TakeGradient(inputs[i], [.. new[] { queries, keys, values }.Where(c => inputs[c.Input] == inputs[i])]);
            }

            backend.AttentionGradient(operands, weights!, dy, queries.Of(targets), keys.Of(targets), values.Of(targets));
        }), weights);
    }

    /// <summary>
    /// Turns neighbours (x₂ᵢ, x₂ᵢ₊₁) by the angles of a table: what rotary positions do. dx is dy turned back.
    /// </summary>
    /// <param name="table">[time, 2, size]: cos a for both of a pair, then −sin a and sin a.</param>
    internal Tensor Rotate(Tensor table)
    {
        var x = Contiguous();
        var y = Make(Backend, Shape);
        Backend.Rotate(x, table, back: false, y, add: false);
        return y.From("rotate", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.Rotate(dy, table, back: true, dx, add);
        });
    }

    /// <summary>softmax over the keys that a mask allows, 0 at the others; of scores [batch, heads, queries, keys]. The derivative is that of <see cref="Softmax"/>.</summary>
    /// <param name="mask">Which keys count.</param>
    /// <exception cref="ArgumentException">These are not scores, or the mask does not fit.</exception>
    public Tensor MaskedSoftmax(AttentionMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (Shape.Rank != 4) throw new ArgumentException($"Scores have shape [batch, heads, queries, keys]; these have {Shape}.", nameof(mask));
        mask.RequireFits(Shape);
        var x = Contiguous();
        var y = Make(Backend, Shape);
        Backend.MaskedSoftmax(x, mask, y);
        return y.From("masked softmax", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.SoftmaxGradient(y, dy, dx, logarithm: false, add);
        });
    }

    private static (Tensor Output, Tensor? Weights) Attention(
        Tensor queries, Tensor keys, Tensor values, int heads, AttentionMask? mask, float? scale, Tensor? kept, bool wantsWeights)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        return Attention([queries, keys, values], Columns.All(queries, 0), Columns.All(keys, 1), Columns.All(values, 2), heads, mask, scale, kept, wantsWeights);
    }

    /// <summary>The derivative with respect to a tensor of which these columns are written: each once, so that they can replace what it holds, or else added.</summary>
    private static GradientSlot TakeGradient(Tensor input, Columns[] written)
    {
        bool isWhole = written.Sum(c => c.Length) == input.Shape[2] && written.DistinctBy(c => c.Start).Count() == written.Length;
        if (isWhole) return input.TakesGradient(out var whole, out bool add) ? new(whole, add) : default;
        return input.TakesPartOfGradient(out var part) ? new(part, Add: true) : default;
    }

    /// <summary>Columns of one of several tensors.</summary>
    /// <param name="Input">Which tensor.</param>
    /// <param name="Start">The first column.</param>
    /// <param name="Length">The number of columns.</param>
    internal readonly record struct Columns(int Input, int Start, int Length)
    {
        public static Columns All(Tensor tensor, int input) => new(input, 0, tensor.Shape.Rank == 0 ? 0 : tensor.Shape[^1]);

        public Tensor Of(Tensor[] inputs) => Of(inputs[Input]);

        public GradientSlot Of(GradientSlot[] targets) => targets[Input] is { Tensor: { } whole, Add: var add } ? new(Of(whole), add) : default;

        private Tensor Of(Tensor whole) => whole.Shape.Rank == 0 || whole.Shape[^1] == Length ? whole : whole.NarrowView(whole.Shape.Rank - 1, Start, Length);
    }
}
