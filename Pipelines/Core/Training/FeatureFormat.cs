using MLPath.Runtime;

namespace MLPath.Data;

/// <summary>The forms in which the features of a row can come. A trainer says which it reads.</summary>
[Flags]
public enum FeatureForms
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>d numbers without order: a vector of <see cref="NumberDataViewType.Single"/> of known size.</summary>
    Vector = 1,

    /// <summary>
    /// Numbers in an order that means something: a vector of <see cref="NumberDataViewType.Single"/> whose type has two dimensions or more, as images
    /// [height, width, channels] and sequences [time, size] have.
    /// </summary>
    Shaped = 2,

    /// <summary>
    /// Tokens, as many as each row has: a vector of keys, whose missing ones are left out, or of whole numbers from 0 (Int32, UInt32 or, in vectors
    /// of varying length, Single).
    /// </summary>
    Tokens = 4,

    /// <summary>Time steps of numbers, as many as each row has: a vector of <see cref="NumberDataViewType.Single"/> of varying length.</summary>
    Sequence = 8,
}

/// <summary>What the features of a row are, to a model: their form and sizes. A model scores rows of the format that it was trained on. Immutable.</summary>
public sealed class FeatureFormat : IEquatable<FeatureFormat>
{
    /// <summary>One more than the greatest id that a vector of whole numbers may hold: 2²⁴, to which Single counts without gaps.</summary>
    public const int MostIds = 1 << 24;

    private FeatureFormat(FeatureForms form, IReadOnlyList<int> shape, int vocabularySize = 0, int valuesPerStep = 0) =>
        (Form, Shape, VocabularySize, ValuesPerStep) = (form, shape, vocabularySize, valuesPerStep);

    /// <summary>The form: exactly one.</summary>
    public FeatureForms Form { get; }

    /// <summary>The dimensions of a vector: d alone, or those of its type; empty where rows have their own lengths.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>For tokens, their number V: they run from 0 to V − 1. 0 otherwise.</summary>
    public int VocabularySize { get; }

    /// <summary>For sequences, the numbers of a time step; 0 otherwise.</summary>
    public int ValuesPerStep { get; }

    /// <summary>d, the numbers of each row; 0 where rows have their own lengths.</summary>
    public int FeatureCount => Shape.Count == 0 ? 0 : Shape.Aggregate(1, (a, b) => a * b);

    /// <summary>Numbers without order.</summary>
    /// <param name="count">d.</param>
    public static FeatureFormat Vector(int count) => new(FeatureForms.Vector, [count]);

    /// <summary>Numbers in a shape.</summary>
    /// <param name="dimensions">Two dimensions or more, each at least 1.</param>
    public static FeatureFormat Shaped(params IReadOnlyList<int> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        return dimensions.Count >= 2 && dimensions.All(d => d >= 1)
            ? new(FeatureForms.Shaped, [.. dimensions])
            : throw new ArgumentException("A shape has two dimensions or more, each at least 1.", nameof(dimensions));
    }

    /// <summary>Tokens, as many as a row has.</summary>
    /// <param name="vocabularySize">V, at least 1.</param>
    public static FeatureFormat Tokens(int vocabularySize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 1);
        return new(FeatureForms.Tokens, [], vocabularySize);
    }

    /// <summary>Time steps of numbers, as many as a row has.</summary>
    /// <param name="valuesPerStep">The numbers of a time step, at least 1.</param>
    public static FeatureFormat Sequence(int valuesPerStep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(valuesPerStep, 1);
        return new(FeatureForms.Sequence, [], valuesPerStep: valuesPerStep);
    }

    /// <summary>Writes the format beside a model's own settings, under names that begin with Format.</summary>
    /// <param name="context">The model's place in the file.</param>
    public void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.WriteEnum("Format", Form);
        context.WriteArray<int>("FormatShape", [.. Shape]);
        context.Write("FormatVocabularySize", VocabularySize);
        context.Write("FormatValuesPerStep", ValuesPerStep);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="context">The model's place in the file.</param>
    /// <exception cref="ModelFormatException">A part is missing or not as expected.</exception>
    public static FeatureFormat Load(ModelLoadContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        int[] shape = context.ReadArray<int>("FormatShape");
        int vocabulary = context.ReadInt32("FormatVocabularySize"), step = context.ReadInt32("FormatValuesPerStep");
        bool isShape = Array.TrueForAll(shape, d => d >= 1) && shape.Aggregate(1L, (a, b) => Math.Min(a * b, long.MaxValue >> 31)) <= Array.MaxLength;
        return (context.ReadEnum<FeatureForms>("Format"), shape.Length) switch
        {
            (FeatureForms.Vector, 1) when isShape => Vector(shape[0]),
            (FeatureForms.Shaped, >= 2) when isShape => Shaped(shape),
            (FeatureForms.Tokens, 0) when vocabulary >= 1 => Tokens(vocabulary),
            (FeatureForms.Sequence, 0) when step >= 1 => Sequence(step),
            _ => throw context.Invalid("the format of its input makes no sense"),
        };
    }

    /// <inheritdoc/>
    public bool Equals(FeatureFormat? other) =>
        other is not null && other.Form == Form && other.Shape.SequenceEqual(Shape)
        && other.VocabularySize == VocabularySize && other.ValuesPerStep == ValuesPerStep;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureFormat);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Form, FeatureCount, VocabularySize, ValuesPerStep);

    /// <summary>The format in words: "a vector of 4 features".</summary>
    public override string ToString() => Form switch
    {
        FeatureForms.Vector => FormattableString.Invariant($"a vector of {FeatureCount} features"),
        FeatureForms.Shaped => $"a vector of shape {string.Join('x', Shape)}",
        FeatureForms.Tokens => FormattableString.Invariant($"tokens out of {VocabularySize}"),
        _ => FormattableString.Invariant($"a sequence of steps of {ValuesPerStep} number{(ValuesPerStep == 1 ? "" : "s")}"),
    };
}
