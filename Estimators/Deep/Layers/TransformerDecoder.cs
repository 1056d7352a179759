namespace MLPath.Deep;

/// <summary>Decoder blocks one after the other, and a last norm. [batch, T, size] and a memory [batch, S, size] give [batch, T, size].</summary>
public sealed class TransformerDecoder : Module
{
    /// <summary>Makes the stack.</summary>
    /// <param name="blocks">The number of blocks, 1 or more.</param>
    /// <param name="makeBlock">Makes one block.</param>
    /// <param name="finalNorm">Whether there is a last norm; blocks with the norm first need it.</param>
    /// <param name="epsilon">The last norm's ε.</param>
    public TransformerDecoder(int blocks, Func<TransformerDecoderBlock> makeBlock, bool finalNorm = true, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        ArgumentNullException.ThrowIfNull(makeBlock);
        Blocks = AddModule("layers", new ModuleList<TransformerDecoderBlock>(Enumerable.Range(0, blocks).Select(_ => makeBlock())));
        if (finalNorm) Norm = AddModule("norm", new LayerNorm(Blocks[0].Size, epsilon));
    }

    /// <summary>The blocks, in order.</summary>
    public ModuleList<TransformerDecoderBlock> Blocks { get; }

    /// <summary>The last norm; null for none.</summary>
    public LayerNorm? Norm { get; }

    /// <summary>Computes the stack's output.</summary>
    /// <param name="x">The outputs so far, [batch, T, size].</param>
    /// <param name="memory">What is attended to, [batch, S, size].</param>
    /// <param name="pass">Training or scoring.</param>
    /// <param name="mask">Which of the outputs may be attended to: <see cref="AttentionMask.Causal"/> where each is predicted from those before; all when null.</param>
    /// <param name="memoryMask">Which positions of the memory may be attended to; all when null.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public Tensor Forward(Tensor x, Tensor memory, Pass pass, AttentionMask? mask = null, AttentionMask? memoryMask = null)
    {
        foreach (var block in Blocks) x = block.Forward(x, memory, pass, mask, memoryMask);
        return Norm is null ? x : Norm.Forward(x, pass);
    }

    /// <inheritdoc/>
    public override string ToString() => $"TransformerDecoder({Blocks.Count} × {Blocks[0]})";
}
