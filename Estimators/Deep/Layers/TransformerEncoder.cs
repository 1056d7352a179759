namespace MLPath.Deep;

/// <summary>Encoder blocks one after the other, and a last norm. [batch, time, size] stays [batch, time, size].</summary>
/// <example><code>new TransformerEncoder(6, () => new(384, heads: 6, feedForward: 1536, activation: UnaryFunction.Gelu, normFirst: true))</code></example>
public sealed class TransformerEncoder : Layer
{
    /// <summary>Makes the stack.</summary>
    /// <param name="blocks">The number of blocks, 1 or more.</param>
    /// <param name="makeBlock">Makes one block.</param>
    /// <param name="finalNorm">Whether there is a last norm; blocks with the norm first need it.</param>
    /// <param name="epsilon">The last norm's ε.</param>
    public TransformerEncoder(int blocks, Func<TransformerEncoderBlock> makeBlock, bool finalNorm = true, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        ArgumentNullException.ThrowIfNull(makeBlock);
        Blocks = AddModule("layers", new ModuleList<TransformerEncoderBlock>(Enumerable.Range(0, blocks).Select(_ => makeBlock())));
        if (finalNorm) Norm = AddModule("norm", new LayerNorm(Blocks[0].Size, epsilon));
    }

    /// <summary>The blocks, in order.</summary>
    public ModuleList<TransformerEncoderBlock> Blocks { get; }

    /// <summary>The last norm; null for none.</summary>
    public LayerNorm? Norm { get; }

    /// <summary>Computes the stack's output.</summary>
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
    public override string ToString() => $"TransformerEncoder({Blocks.Count} × {Blocks[0]})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass) => Compute(x, null, pass);

    private Tensor Compute(Tensor x, AttentionMask? mask, Pass pass)
    {
        foreach (var block in Blocks) x = block.Forward(x, pass, mask);
        return Norm is null ? x : Norm.Forward(x, pass);
    }
}
