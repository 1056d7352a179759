namespace MLPath.Deep;

/// <summary>
/// Attention in several heads: headₕ = softmax(Qₕ Kₕᵀ / √(size/heads) + mask) Vₕ, where Q = x W_Qᵀ, K = m W_Kᵀ and V = m W_Vᵀ are cut into heads, and the heads
/// side by side go through a last product. m is x itself (self-attention) or another sequence (cross-attention).
/// [batch, T, size] and m [batch, S, size] give [batch, T, size].
/// </summary>
/// <remarks>
/// A. Vaswani et al., <i>Attention Is All You Need</i>, NeurIPS 2017, section 3.2.2. W_Q, W_K and W_V lie one below the other in in_proj_weight, first drawn by
/// Glorot and Bengio's bound. Time grows with T · S · size, memory with heads · T · S in training.
/// </remarks>
public sealed class MultiHeadAttention : Layer
{
    private readonly Dropout? _dropout;

    /// <summary>Makes the layer.</summary>
    /// <param name="size">The numbers of each position, 1 or more.</param>
    /// <param name="heads">The number of heads, a divisor of size.</param>
    /// <param name="dropout">The share of weights that training drops, from 0 to below 1.</param>
    /// <param name="bias">Whether the products have a bias.</param>
    /// <param name="rotary">Turns queries and keys by their positions; made for size/heads. None when null.</param>
    public MultiHeadAttention(int size, int heads, double dropout = 0, bool bias = true, RotaryPositions? rotary = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        if (size % heads != 0) throw new ArgumentException($"A size of {size} cannot be divided among {heads} heads; use a multiple.", nameof(heads));
        if (rotary is not null && rotary.Size != size / heads)
            throw new ArgumentException($"Each of the {heads} heads has size {size / heads}; the rotary positions are made for {rotary.Size}.", nameof(rotary));
        (Size, Heads, Rotary) = (size, heads, rotary);
        InWeight = AddParameter("in_proj_weight", [3 * size, size], new Initializer.XavierUniform());
        if (bias) InBias = AddParameter("in_proj_bias", [3 * size], Initializer.Zeros);
        Out = AddModule("out_proj", new Linear(size, size, bias));
        if (dropout != 0) _dropout = AddModule("dropout", new Dropout(dropout));
    }

    /// <summary>The numbers of each position.</summary>
    public int Size { get; }

    /// <summary>The number of heads.</summary>
    public int Heads { get; }

    /// <summary>What turns queries and keys by their positions; null for nothing.</summary>
    public RotaryPositions? Rotary { get; }

    /// <summary>W_Q, W_K and W_V, [3 size, size].</summary>
    public Parameter InWeight { get; }

    /// <summary>Their biases, [3 size]; null for none.</summary>
    public Parameter? InBias { get; }

    /// <summary>The last product.</summary>
    public Linear Out { get; }

    /// <summary>Attends.</summary>
    /// <param name="x">What asks, [batch, T, size].</param>
    /// <param name="pass">Training or scoring.</param>
    /// <param name="mask">Which positions may be attended to; all when null.</param>
    /// <param name="memory">What is attended to, [batch, S, size]; x itself when null.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public Tensor Forward(Tensor x, Pass pass, AttentionMask? mask, Tensor? memory = null)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var (y, _) = Attend(x, memory, mask, pass, wantsWeights: false);
        pass.Observer?.Invoke(this, y);
        return y;
    }

    /// <summary>Attends, and gives the weights [batch, heads, T, S] to look at: no derivative goes through them, and nothing is dropped from them.</summary>
    /// <inheritdoc cref="Forward(Tensor, Pass, AttentionMask, Tensor)"/>
    public (Tensor Output, Tensor Weights) ForwardWithWeights(Tensor x, Pass pass, AttentionMask? mask = null, Tensor? memory = null)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var (y, weights) = Attend(x, memory, mask, pass, wantsWeights: true);
        pass.Observer?.Invoke(this, y);
        return (y, weights!);
    }

    /// <inheritdoc/>
    public override string ToString() => $"MultiHeadAttention({Size}, heads: {Heads}{(_dropout is null ? "" : $", {_dropout}")}{(Rotary is null ? "" : $", {Rotary}")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass) => Attend(x, null, null, pass, wantsWeights: false).Output;

    private (Tensor Output, Tensor? Weights) Attend(Tensor x, Tensor? memory, AttentionMask? mask, Pass pass, bool wantsWeights)
    {
        RequireSequence(x);
        if (memory is not null) RequireSequence(memory);
        Shape scores = [x.Shape[0], Heads, x.Shape[1], (memory ?? x).Shape[1]];
        var kept = pass.IsTraining ? _dropout?.Forward(Tensor.Full(x.Backend, scores, 1), pass) : null;

        // Where queries, keys and values are: side by side in one product of x, or queries in one of x and the others in one of the memory.
        Tensor[] inputs = memory is null ? [Project(x, 0, 3)] : [Project(x, 0, 1), Project(memory, 1, 2)];
        Tensor.Columns queries = new(0, 0, Size), keys = memory is null ? new(0, Size, Size) : new(1, 0, Size), values = keys with { Start = keys.Start + Size };
        if (Rotary is not null)
        {
            var turned = inputs[0].Narrow(2, 0, memory is null ? 2 * Size : Size);
            inputs = [.. inputs, Rotary.Forward(turned, pass)];
            queries = queries with { Input = inputs.Length - 1 };
            if (memory is null)
            {
                keys = keys with { Input = inputs.Length - 1 };
            }
            else
            {
                inputs = [.. inputs, Rotary.Forward(inputs[1].Narrow(2, 0, Size), pass)];
                keys = new(inputs.Length - 1, 0, Size);
            }
        }

        var (y, weights) = Tensor.Attention(inputs, queries, keys, values, Heads, mask, null, kept, wantsWeights);
        return (Out.Forward(y, pass), weights);
    }

    /// <summary>One, two or three of the products x W_Qᵀ, x W_Kᵀ, x W_Vᵀ side by side: [batch, time, count · size].</summary>
    private Tensor Project(Tensor x, int first, int count) => count == 3
        ? Tensor.Linear(x, InWeight, InBias?.Value)
        : Tensor.Linear(x, InWeight.Value.Narrow(0, first * Size, count * Size), InBias?.Value.Narrow(0, first * Size, count * Size));

    private void RequireSequence(Tensor x)
    {
        if (x.Shape.Rank != 3 || x.Shape[2] != Size) throw new ArgumentException($"{this} takes [batch, time, {Size}], not {x.Shape}.", nameof(x));
    }
}
