using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Deep;

/// <summary>What a row of features is to a network.</summary>
public enum NetworkInputKind
{
    /// <summary>An array of numbers of some shape: features, an image.</summary>
    Numbers,

    /// <summary>A sequence of vectors, [time, size]. Steps at its end of which every number is missing (NaN) are padding.</summary>
    Sequence,

    /// <summary>A sequence of tokens.</summary>
    Tokens,
}

/// <summary>How a row of features is read by a network: as an array of a shape, a sequence of vectors, or a sequence of tokens.</summary>
public sealed class NetworkInput
{
    private NetworkInput(NetworkInputKind kind, Shape shape, FeatureFormat format) => (Kind, Shape, Format) = (kind, shape, format);

    /// <summary>The format of the rows that it reads.</summary>
    public FeatureFormat Format { get; }

    /// <summary>What the features are.</summary>
    public NetworkInputKind Kind { get; }

    /// <summary>The shape of one example. [time] for tokens, the greatest number of them; time is the greatest number of steps where rows have their own.</summary>
    public Shape Shape { get; }

    /// <summary>The number of different tokens; 0 without tokens.</summary>
    public int Vocabulary => Format.VocabularySize;

    /// <summary>d, the number of features of a row; 0 where rows have their own lengths.</summary>
    public int FeatureCount => Format.FeatureCount;

    /// <summary>The features as they are, [d].</summary>
    /// <param name="features">d, 1 or more.</param>
    public static NetworkInput Flat(int features) => Numbers([features]);

    /// <summary>The features in a shape, row-major: [channels, height, width] for an image.</summary>
    /// <param name="shape">The shape of one example, of one axis or more.</param>
    /// <exception cref="ArgumentException">It has no elements.</exception>
    public static NetworkInput Numbers(Shape shape) => new(NetworkInputKind.Numbers, Checked(shape, 1), FormatOf(shape));

    /// <summary>The features as a sequence of vectors, step by step.</summary>
    /// <param name="time">The number of steps, 1 or more.</param>
    /// <param name="size">The numbers of a step, 1 or more.</param>
    /// <exception cref="ArgumentException">A number is below 1.</exception>
    public static NetworkInput Sequence(int time, int size)
    {
        Shape shape = Checked([Math.Max(0, time), Math.Max(0, size)], 2);
        return new(NetworkInputKind.Sequence, shape, FormatOf(shape));
    }

    /// <summary>Sequences of vectors, each of its own length. A row without steps is read as one step of zeros.</summary>
    /// <param name="longest">The greatest number of steps that are read, 1 or more; what follows is left out.</param>
    /// <param name="size">The numbers of a step, 1 or more.</param>
    /// <exception cref="ArgumentException">A number is below 1.</exception>
    public static NetworkInput Sequences(int longest, int size) =>
        new(NetworkInputKind.Sequence, Checked([Math.Max(0, longest), Math.Max(0, size)], 2), FeatureFormat.Sequence(size));

    /// <summary>Sequences of tokens, each of its own length. A row without tokens is read as one that is none of them.</summary>
    /// <param name="longest">The greatest number of tokens that are read, 1 or more; what follows is left out.</param>
    /// <param name="vocabulary">The number of different tokens, 1 or more.</param>
    /// <exception cref="ArgumentException">A number is below 1.</exception>
    public static NetworkInput Tokens(int longest, int vocabulary)
    {
        if (vocabulary < 1) throw new ArgumentException($"A vocabulary has one token or more, not {vocabulary}.", nameof(vocabulary));
        return new(NetworkInputKind.Tokens, Checked([Math.Max(0, longest)], 1), FeatureFormat.Tokens(vocabulary));
    }

    /// <summary>The same input of rows of a format, such as an image whose channels come last.</summary>
    /// <param name="format">The format; as many features.</param>
    /// <exception cref="ArgumentException">The rows are not such.</exception>
    public NetworkInput Of(FeatureFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        bool fits = format.FeatureCount == FeatureCount && format.VocabularySize == Vocabulary && format.ValuesPerStep == Format.ValuesPerStep;
        return fits ? new(Kind, Shape, format) : throw new ArgumentException($"A network that reads {this} cannot read {format}.", nameof(format));
    }

    /// <summary>Writes it among an architecture's settings, under "Input", "InputShape" and the names of <see cref="FeatureFormat.Save"/>.</summary>
    /// <param name="context">The architecture's place in the file.</param>
    public void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.WriteEnum("Input", Kind);
        context.WriteArray<int>("InputShape", [.. Shape]);
        Format.Save(context);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="context">The architecture's place in the file.</param>
    /// <exception cref="ModelFormatException">A part is missing, or not as expected.</exception>
    public static NetworkInput Load(ModelLoadContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var kind = context.ReadEnum<NetworkInputKind>("Input");
        int[] lengths = context.ReadArray<int>("InputShape");
        var format = FeatureFormat.Load(context);
        try
        {
            var input = (kind, lengths) switch
            {
                (NetworkInputKind.Numbers, _) => Numbers(Shape.Create(lengths)),
                (NetworkInputKind.Sequence, [var time, var size]) => format.FeatureCount == 0 ? Sequences(time, size) : Sequence(time, size),
                (NetworkInputKind.Tokens, [var time]) => Tokens(time, format.VocabularySize),
                _ => throw context.Invalid($"an input of kind {kind} has not {lengths.Length} axes"),
            };
            return input.Of(format);
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
        NetworkInputKind.Sequence => Format.FeatureCount == 0 ? FormattableString.Invariant($"sequences of up to {Shape[0]} steps of {Shape[1]}") : $"sequence {Shape}",
        _ => FormattableString.Invariant($"up to {Shape[0]} tokens of {Vocabulary}"),
    };

    private static FeatureFormat FormatOf(Shape shape) => FeatureFormat.Vector(shape.Size);

    private static Shape Checked(Shape shape, int rank)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Rank >= rank && shape.Size >= 1 ? shape : throw new ArgumentException($"An example of shape {shape} has no elements.", nameof(shape));
    }
}
