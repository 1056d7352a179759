namespace MLPath.Deep;

/// <summary>
/// Self-attention, then two fully connected layers at every position, each with a shortcut around it: with F one of them,
/// y = norm(x + F(x)), or, with the norm first, y = x + F(norm(x)). [batch, time, size] stays [batch, time, size]. With a causal mask it is the
/// block of a decoder-only language model.
/// </summary>
/// <remarks>
/// A. Vaswani et al., <i>Attention Is All You Need</i>, NeurIPS 2017, section 3.1, who put the norm last. With the norm first gradients keep their size through
/// many blocks, and training needs no warm-up: R. Xiong et al., <i>On Layer Normalization in the Transformer Architecture</i>, ICML 2020; a stack
/// of such blocks ends with a norm.
/// </remarks>
public sealed class TransformerEncoderBlock : Layer
{
    private readonly Dropout? _dropout;

    /// <summary>Makes the block.</summary>
    /// <param name="size">The numbers of each position, 1 or more.</param>
    /// <param name="heads">The number of heads, a divisor of size.</param>
    /// <param name="feedForward">The units between the two fully connected layers, customarily 4 · size.</param>
    /// <param name="dropout">The share that training drops of attention's weights, of the units and of what joins the shortcuts, from 0 to below 1.</param>
    /// <param name="activation">The function of the units, customarily ReLU or GELU.</param>
    /// <param name="normFirst">Whether the norm comes first.</param>
    /// <param name="bias">Whether products and norms have a bias.</param>
    /// <param name="epsilon">The norms' ε.</param>
    /// <param name="rotary">Turns queries and keys by their positions; made for size/heads. None when null.</param>
    public TransformerEncoderBlock(
        int size, int heads, int feedForward, double dropout = 0.1, UnaryFunction activation = UnaryFunction.ReLU, bool normFirst = false,
        bool bias = true, double epsilon = 1e-5, RotaryPositions? rotary = null)
    {
        SelfAttention = AddModule("self_attn", new MultiHeadAttention(size, heads, dropout, bias, rotary));
        Inner = AddModule("linear1", new Linear(size, feedForward, bias));
        Outer = AddModule("linear2", new Linear(feedForward, size, bias));
        AttentionNorm = AddModule("norm1", new LayerNorm(size, epsilon, bias: bias));
        FeedForwardNorm = AddModule("norm2", new LayerNorm(size, epsilon, bias: bias));
        Activation = AddModule("activation", new Activation(activation));
        if (dropout != 0) _dropout = AddModule("dropout", new Dropout(dropout));
        NormFirst = normFirst;
    }

    /// <summary>The numbers of each position.</summary>
    public int Size => SelfAttention.Size;

    /// <summary>The attention.</summary>
    public MultiHeadAttention SelfAttention { get; }

    /// <summary>The first fully connected layer.</summary>
    public Linear Inner { get; }

    /// <summary>The second fully connected layer.</summary>
    public Linear Outer { get; }

    /// <summary>The norm beside attention.</summary>
    public LayerNorm AttentionNorm { get; }

    /// <summary>The norm beside the fully connected layers.</summary>
    public LayerNorm FeedForwardNorm { get; }

    /// <summary>The function of the units.</summary>
    public Activation Activation { get; }

    /// <summary>Whether the norm comes first.</summary>
    public bool NormFirst { get; }

    /// <summary>Computes the block's output.</summary>
    /// <param name="x">[batch, time, size].</param>
    /// <param name="pass">Training or scoring.</param>
    /// <param name="mask">Which positions may be attended to; all when null.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public Tensor Forward(Tensor x, Pass pass, AttentionMask? mask)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var y = Compute(x, mask, pass);
        pass.Observer?.Invoke(this, y);
        return y;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"TransformerEncoderBlock({Size}, heads: {SelfAttention.Heads}, feedForward: {Inner.Outputs}, {Activation}, normFirst: {(NormFirst ? "true" : "false")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass) => Compute(x, null, pass);

    private Tensor Compute(Tensor x, AttentionMask? mask, Pass pass)
    {
        x = Shortcut.Around(x, AttentionNorm, NormFirst, _dropout, pass, x => SelfAttention.Forward(x, pass, mask));
        return Shortcut.Around(x, FeedForwardNorm, NormFirst, _dropout, pass, x => Shortcut.FeedForward(x, Inner, Activation, Outer, _dropout, pass));
    }
}
