namespace Microsoft.ML.Data;

/// <summary>A vector: all of its values, or those of some slots, the others being zero.</summary>
public readonly struct VBuffer<T>
{
    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    public readonly int Length;

    public VBuffer(int length, T[] values, int[] indices = null) : this(length, length, values, indices)
    {
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, values?.Length ?? 0);
        if (count < length)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, indices?.Length ?? 0);
        (Length, _count, _values, _indices) = (length, count, values, indices);
    }

    public bool IsDense => _count == Length;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public IEnumerable<T> DenseValues()
    {
        var dense = new T[Length];
        for (int i = 0; i < _count; i++)
            dense[IsDense ? i : _indices[i]] = _values[i];
        return dense;
    }

    public override string ToString() => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    internal VBufferEditor<T> GetEditor(int length, int count, bool keepOld, bool requireIndices)
    {
        bool indexed = count < length || requireIndices;
        return new(length, count, Room(_values, count, keepOld), indexed ? Room(_indices, count, keepOld) : _indices, indexed);
    }

    // What is large enough is used again.
    private static TItem[] Room<TItem>(TItem[] array, int count, bool keepOld)
    {
        if (array?.Length >= count)
            return array;
        if (!keepOld)
            return new TItem[count];
        Array.Resize(ref array, count);
        return array;
    }
}

/// <summary>Makes editors of vectors.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> Create<T>(
        scoped ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false) =>
        destination.GetEditor(newLogicalLength, valuesCount ?? newLogicalLength, keepOldOnResize, requireIndicesOnDense);
}

/// <summary>Writes a vector into the memory of another.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;

    public readonly Span<T> Values;
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool indexed)
    {
        (_length, _values, _indices) = (length, values, indices);
        Values = values.AsSpan(0, count);
        Indices = indexed ? indices.AsSpan(0, count) : default;
    }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);
}
