namespace MLPath.Deep;

/// <summary>
/// Self-attention among the outputs so far, attention to a memory (what an encoder made of the input), then two fully connected layers at every
/// position, each with a shortcut around it, as in <see cref="TransformerEncoderBlock"/>. [batch, T, size] and a memory [batch, S, size] give
/// [batch, T, size].
/// </summary>
/// <remarks>A. Vaswani et al., <i>Attention Is All You Need</i>, NeurIPS 2017, section 3.1; R. Xiong et al., ICML 2020, for the norm first.</remarks>
public sealed class TransformerDecoderBlock : Module
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
    /// <param name="rotary">Turns the queries and keys of self-attention by their positions; made for size/heads. None when null.</param>
    public TransformerDecoderBlock(
        int size, int heads, int feedForward, double dropout = 0.1, UnaryFunction activation = UnaryFunction.ReLU, bool normFirst = false,
        bool bias = true, double epsilon = 1e-5, RotaryPositions? rotary = null)
    {
        SelfAttention = AddModule("self_attn", new MultiHeadAttention(size, heads, dropout, bias, rotary));
        MemoryAttention = AddModule("multihead_attn", new MultiHeadAttention(size, heads, dropout, bias));
        Inner = AddModule("linear1", new Linear(size, feedForward, bias));
        Outer = AddModule("linear2", new Linear(feedForward, size, bias));
        SelfAttentionNorm = AddModule("norm1", new LayerNorm(size, epsilon, bias: bias));
        MemoryAttentionNorm = AddModule("norm2", new LayerNorm(size, epsilon, bias: bias));
        FeedForwardNorm = AddModule("norm3", new LayerNorm(size, epsilon, bias: bias));
        Activation = AddModule("activation", new Activation(activation));
        if (dropout != 0) _dropout = AddModule("dropout", new Dropout(dropout));
        NormFirst = normFirst;
    }

    /// <summary>The numbers of each position.</summary>
    public int Size => SelfAttention.Size;

    /// <summary>The attention among the outputs.</summary>
    public MultiHeadAttention SelfAttention { get; }

    /// <summary>The attention to the memory.</summary>
    public MultiHeadAttention MemoryAttention { get; }

    /// <summary>The first fully connected layer.</summary>
    public Linear Inner { get; }

    /// <summary>The second fully connected layer.</summary>
    public Linear Outer { get; }

    /// <summary>The norm beside self-attention.</summary>
    public LayerNorm SelfAttentionNorm { get; }

    /// <summary>The norm beside attention to the memory.</summary>
    public LayerNorm MemoryAttentionNorm { get; }

    /// <summary>The norm beside the fully connected layers.</summary>
    public LayerNorm FeedForwardNorm { get; }

    /// <summary>The function of the units.</summary>
    public Activation Activation { get; }

    /// <summary>Whether the norm comes first.</summary>
    public bool NormFirst { get; }

    /// <summary>Computes the block's output.</summary>
    /// <param name="x">The outputs so far, [batch, T, size].</param>
    /// <param name="memory">What is attended to, [batch, S, size].</param>
    /// <param name="pass">Training or scoring.</param>
    /// <param name="mask">Which of the outputs may be attended to: <see cref="AttentionMask.Causal"/> where each is predicted from those before; all when null.</param>
    /// <param name="memoryMask">Which positions of the memory may be attended to; all when null.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public Tensor Forward(Tensor x, Tensor memory, Pass pass, AttentionMask? mask = null, AttentionMask? memoryMask = null)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(pass);
        x = Shortcut.Around(x, SelfAttentionNorm, NormFirst, _dropout, pass, x => SelfAttention.Forward(x, pass, mask));
        x = Shortcut.Around(x, MemoryAttentionNorm, NormFirst, _dropout, pass, x => MemoryAttention.Forward(x, pass, memoryMask, memory));
        return Shortcut.Around(x, FeedForwardNorm, NormFirst, _dropout, pass, x => Shortcut.FeedForward(x, Inner, Activation, Outer, _dropout, pass));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"TransformerDecoderBlock({Size}, heads: {SelfAttention.Heads}, feedForward: {Inner.Outputs}, {Activation}, normFirst: {(NormFirst ? "true" : "false")})";
}
