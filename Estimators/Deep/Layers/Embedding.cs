using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>A vector for each of a set of things, such as words: row i of a learned table for index i. [...] becomes [..., size].</summary>
/// <remarks>The table is first drawn from N(0, 1).</remarks>
public sealed class Embedding : Module
{
    /// <summary>Makes the layer.</summary>
    /// <param name="count">The number of things, 1 or more.</param>
    /// <param name="size">The length of a vector, 1 or more.</param>
    /// <param name="paddingIndex">An index that stands for nothing: its row is 0 at first and is not learned. None when null.</param>
    /// <param name="initializer">What the table is first; N(0, 1) when omitted.</param>
    public Embedding(int count, int size, int? paddingIndex = null, Initializer? initializer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (paddingIndex < 0 || paddingIndex >= count)
            throw new ArgumentOutOfRangeException(nameof(paddingIndex), paddingIndex, $"The padding index is one of the {count} indices, from 0.");
        initializer ??= new Initializer.Normal(1);
        (Count, Size, PaddingIndex) = (count, size, paddingIndex);
        Weight = AddParameter("weight", [count, size], paddingIndex is { } row ? new ZeroRow(initializer, row) : initializer);
    }

    /// <summary>The number of things.</summary>
    public int Count { get; }

    /// <summary>The length of a vector.</summary>
    public int Size { get; }

    /// <summary>The index that stands for nothing; null for none.</summary>
    public int? PaddingIndex { get; }

    /// <summary>The table, [count, size].</summary>
    public Parameter Weight { get; }

    /// <summary>Looks the vectors up.</summary>
    /// <param name="indices">Indices from 0 to below count, such as [batch, time]; −1 gives a vector of zeros.</param>
    /// <exception cref="ArgumentException">There is no such index.</exception>
    public Tensor Forward(IndexTensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return Tensor.Rows(Weight, indices, PaddingIndex ?? -1);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Embedding({Count}, {Size}{(PaddingIndex is { } index ? $", paddingIndex: {index}" : "")})";

    private sealed record ZeroRow(Initializer Others, int Row) : Initializer
    {
        public override void Fill(Span<float> values, Shape shape, RandomStream random)
        {
            Others.Fill(values, shape, random);
            values.Slice(Row * shape[1], shape[1]).Clear();
        }
    }
}
