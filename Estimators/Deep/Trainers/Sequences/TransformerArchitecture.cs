using MLPath.Runtime;

namespace MLPath.Deep;

/// <summary>How a transformer knows where in its sequence a step stands.</summary>
public enum SequencePositions
{
    /// <summary>Waves of the position are added (A. Vaswani et al., <i>Attention Is All You Need</i>, NeurIPS 2017).</summary>
    Sinusoidal,

    /// <summary>A learned vector for each position is added.</summary>
    Learned,

    /// <summary>Queries and keys are turned by the position (J. Su et al., <i>RoFormer</i>, 2021).</summary>
    Rotary,

    /// <summary>It does not: the order of steps means nothing.</summary>
    None,
}

/// <summary>What a transformer makes of the vectors of all steps.</summary>
public enum TransformerPooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The greatest number of all steps, place by place.</summary>
    Max,

    /// <summary>The vector of a step of its own, put before the others, whose first vector is learned (J. Devlin et al., <i>BERT</i>, 2019).</summary>
    ClassToken,
}

/// <summary>
/// The description of a transformer: tokens, time steps or features become vectors, blocks of self-attention let them look at each other, and a linear
/// layer reads what is pooled of them.
/// </summary>
/// <param name="input">A sequence, tokens, or features without order.</param>
/// <param name="outputs">The number of outputs, 1 or more.</param>
public sealed class TransformerArchitecture(NetworkInput input, int outputs) : NetworkArchitecture
{
    internal const string Id = "MLPath.TransformerNetwork";
    private const int MostBlocks = 100;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override NetworkInput Input { get; } = input;

    /// <inheritdoc/>
    public override int Outputs { get; } = outputs;

    /// <summary>The size of a step's vector; a multiple of <see cref="Heads"/>.</summary>
    public int Size { get; init; } = 32;

    /// <summary>The number of heads of attention.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>The number of blocks.</summary>
    public int Blocks { get; init; } = 2;

    /// <summary>The units between the two linear layers of a block.</summary>
    public int FeedForward { get; init; } = 64;

    /// <summary>The share of attention, units and vectors that training leaves out.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Whether the norms of a block stand before its parts, not behind.</summary>
    public bool PreNorm { get; init; } = true;

    /// <summary>How the order of steps is known; features have none.</summary>
    public SequencePositions Positions { get; init; }

    /// <summary>What is made of all steps; of features the class token.</summary>
    public TransformerPooling Pooling { get; init; }

    /// <summary>Whether the input is features without order, each of which becomes a token.</summary>
    public bool ReadsFeatures => Input.Kind == NetworkInputKind.Numbers;

    /// <inheritdoc/>
    public override Network Build() => new TransformerNetwork(this);

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Input.Save(context);
        context.Write(nameof(Outputs), Outputs);
        context.Write(nameof(Size), Size);
        context.Write(nameof(Heads), Heads);
        context.Write(nameof(Blocks), Blocks);
        context.Write(nameof(FeedForward), FeedForward);
        context.Write(nameof(Dropout), Dropout);
        context.Write(nameof(PreNorm), PreNorm);
        context.WriteEnum(nameof(Positions), Positions);
        context.WriteEnum(nameof(Pooling), Pooling);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"Transformer({Input}, {Blocks} blocks of {Size} with {Heads} heads, {Outputs} output{(Outputs == 1 ? "" : "s")})");

    internal static TransformerArchitecture Load(ModelLoadContext context)
    {
        var made = new TransformerArchitecture(NetworkInput.Load(context), context.ReadInt32(nameof(Outputs)))
        {
            Size = context.ReadInt32(nameof(Size)),
            Heads = context.ReadInt32(nameof(Heads)),
            Blocks = context.ReadInt32(nameof(Blocks)),
            FeedForward = context.ReadInt32(nameof(FeedForward)),
            Dropout = context.ReadDouble(nameof(Dropout)),
            PreNorm = context.ReadBoolean(nameof(PreNorm)),
            Positions = context.ReadEnum<SequencePositions>(nameof(Positions)),
            Pooling = context.ReadEnum<TransformerPooling>(nameof(Pooling)),
        };
        bool isSound = made is { Outputs: >= 1, Size: >= 1, Heads: >= 1, Blocks: >= 1 and <= MostBlocks, FeedForward: >= 1, Dropout: >= 0 and < 1 }
            && made.Size % made.Heads == 0;
        return isSound ? made : throw context.Invalid("the sizes of its transformer make no sense");
    }
}
