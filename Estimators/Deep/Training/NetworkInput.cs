using MLPath.Runtime;

namespace MLPath.Deep;

/// <summary>What a row of d features is to a network.</summary>
public enum NetworkInputKind
{
    /// <summary>An array of numbers of some shape: features, an image.</summary>
    Numbers,

    /// <summary>A sequence of vectors, [time, size]. Steps at its end of which every number is missing (NaN) are padding.</summary>
    Sequence,

    /// <summary>A sequence of tokens, each a number from 1; 0 or missing (NaN) is no token, and what follows the last token is padding.</summary>
    Tokens,
}

/// <summary>How a row of features is read by a network: as an array of a shape, a sequence of vectors, or a sequence of tokens.</summary>
public sealed class NetworkInput
{
    private NetworkInput(NetworkInputKind kind, Shape shape, int vocabulary) => (Kind, Shape, Vocabulary) = (kind, shape, vocabulary);

    /// <summary>What the features are.</summary>
    public NetworkInputKind Kind { get; }

    /// <summary>The shape of one example; its size is d, the number of features. [time] for tokens, the greatest number of them.</summary>
    public Shape Shape { get; }

    /// <summary>The number of different tokens; 0 without tokens.</summary>
    public int Vocabulary { get; }

    /// <summary>d, the number of features of a row.</summary>
    public int FeatureCount => Shape.Size;

    /// <summary>The features as they are, [d].</summary>
    /// <param name="features">d, 1 or more.</param>
    public static NetworkInput Flat(int features) => Numbers([features]);

    /// <summary>The features in a shape, row-major: [channels, height, width] for an image.</summary>
    /// <param name="shape">The shape of one example, of one axis or more.</param>
    /// <exception cref="ArgumentException">It has no elements.</exception>
    public static NetworkInput Numbers(Shape shape) => new(NetworkInputKind.Numbers, Checked(shape, 1), 0);

    /// <summary>The features as a sequence of vectors, step by step.</summary>
    /// <param name="time">The number of steps, 1 or more.</param>
    /// <param name="size">The numbers of a step, 1 or more.</param>
    /// <exception cref="ArgumentException">A number is below 1.</exception>
    public static NetworkInput Sequence(int time, int size) => new(NetworkInputKind.Sequence, Checked([Math.Max(0, time), Math.Max(0, size)], 2), 0);

    /// <summary>The features as a sequence of tokens: feature value v, from 1 to the vocabulary's size, is token v − 1 of the batch; 0 or NaN is none.</summary>
    /// <param name="time">The greatest number of tokens, 1 or more.</param>
    /// <param name="vocabulary">The number of different tokens, 1 or more.</param>
    /// <exception cref="ArgumentException">A number is below 1.</exception>
    public static NetworkInput Tokens(int time, int vocabulary)
    {
        if (vocabulary < 1) throw new ArgumentException($"A vocabulary has one token or more, not {vocabulary}.", nameof(vocabulary));
        return new(NetworkInputKind.Tokens, Checked([Math.Max(0, time)], 1), vocabulary);
    }

    /// <summary>Writes it among an architecture's settings, under "Input", "InputShape" and "InputVocabulary".</summary>
    /// <param name="context">The architecture's place in the file.</param>
    public void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.WriteEnum("Input", Kind);
        context.WriteArray<int>("InputShape", [.. Shape]);
        context.Write("InputVocabulary", Vocabulary);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="context">The architecture's place in the file.</param>
    /// <exception cref="ModelFormatException">A part is missing, or not as expected.</exception>
    public static NetworkInput Load(ModelLoadContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var kind = context.ReadEnum<NetworkInputKind>("Input");
        int[] lengths = context.ReadArray<int>("InputShape");
        int vocabulary = context.ReadInt32("InputVocabulary");
        try
        {
            return (kind, lengths) switch
            {
                (NetworkInputKind.Numbers, _) => Numbers(Shape.Create(lengths)),
                (NetworkInputKind.Sequence, [var time, var size]) => Sequence(time, size),
                (NetworkInputKind.Tokens, [var time]) => Tokens(time, vocabulary),
                _ => throw context.Invalid($"an input of kind {kind} has not {lengths.Length} axes"),
            };
        }
        catch (ArgumentException error)
        {
            throw context.Invalid($"its input makes no sense: {error.Message.TrimEnd('.')}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        NetworkInputKind.Numbers => $"{Shape}",
        NetworkInputKind.Sequence => $"sequence {Shape}",
        _ => FormattableString.Invariant($"{Shape[0]} tokens of {Vocabulary}"),
    };

    private static Shape Checked(Shape shape, int rank)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Rank >= rank && shape.Size >= 1 ? shape : throw new ArgumentException($"An example of shape {shape} has no elements.", nameof(shape));
    }
}
