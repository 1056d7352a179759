using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>Examples that a network can be given, in any order and any number at a time.</summary>
public interface IExamples
{
    /// <summary>The number of examples.</summary>
    int Count { get; }

    /// <summary>Reads some examples. Safe for use by many threads.</summary>
    /// <param name="backend">What will compute with them.</param>
    /// <param name="rows">Which ones, each from 0; repetitions are allowed.</param>
    /// <param name="augmentation">In training, the source of randomness for those that change their examples at random; null in scoring.</param>
    /// <returns>The examples in the order given, padded to the longest where they have lengths.</returns>
    NetworkBatch Read(Backend backend, ReadOnlySpan<int> rows, RandomStream? augmentation = null);
}

/// <summary>Changes an example at random, so that a network does not see the same one twice: a shifted image, a noisy sequence.</summary>
public interface IAugmentation
{
    /// <summary>Changes one example in place.</summary>
    /// <param name="example">Its numbers, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="random">The example's own source of randomness.</param>
    void Apply(Span<float> example, Shape shape, RandomStream random);
}

/// <summary>Some of other examples.</summary>
/// <param name="examples">The others.</param>
/// <param name="rows">Which of them.</param>
internal sealed class SelectedExamples(IExamples examples, int[] rows) : IExamples
{
    /// <inheritdoc/>
    public int Count => rows.Length;

    /// <inheritdoc/>
    public NetworkBatch Read(Backend backend, ReadOnlySpan<int> chosen, RandomStream? augmentation = null)
    {
        var inner = new int[chosen.Length];
        for (int i = 0; i < inner.Length; i++) inner[i] = rows[chosen[i]];
        return examples.Read(backend, inner, augmentation);
    }
}
