namespace MLPath.Data;

/// <summary>
/// One row's vector, dense or sparse. Sparse means: only <see cref="GetValues"/> at <see cref="GetIndices"/> (strictly increasing) are
/// stored, and the other slots hold the default value.
/// </summary>
/// <typeparam name="T">The type of an item.</typeparam>
public readonly struct VBuffer<T>
{
    private readonly T[]? _values;
    private readonly int[]? _indices;
    private readonly int _count;

    /// <summary>Creates a dense vector on an array, which it does not copy.</summary>
    /// <param name="length">The number of slots.</param>
    /// <param name="values">The values, at least <paramref name="length"/> of them.</param>
    /// <param name="indices">Room for indices that an editor may use later; not part of the value.</param>
    public VBuffer(int length, T[] values, int[]? indices = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (values.Length < length)
            throw new ArgumentException($"A dense vector of length {length} needs as many values; the array has {values.Length}.", nameof(values));
        Length = _count = length;
        _values = values;
        _indices = indices;
        IsDense = true;
    }

    /// <summary>Creates a sparse vector on arrays, which it does not copy; dense when every slot is stored.</summary>
    /// <param name="length">The number of slots.</param>
    /// <param name="valuesCount">The number of stored values.</param>
    /// <param name="values">The stored values.</param>
    /// <param name="indices">Their slots, strictly increasing, below <paramref name="length"/>.</param>
    public VBuffer(int length, int valuesCount, T[] values, int[] indices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfNegative(valuesCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(valuesCount, length);
        if (values.Length < valuesCount || (valuesCount < length && indices.Length < valuesCount))
            throw new ArgumentException($"{valuesCount} stored values need arrays at least as long.", nameof(values));
        Length = length;
        _count = valuesCount;
        _values = values;
        _indices = indices;
        IsDense = valuesCount == length;
    }

    private VBuffer(int length, int count, T[]? values, int[]? indices, bool dense)
    {
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
        IsDense = dense;
    }

    /// <summary>The number of slots.</summary>
    public int Length { get; }

    /// <summary>Whether every slot is stored.</summary>
    public bool IsDense { get; }

    /// <summary>The stored values: all slots of a dense vector, the explicit ones of a sparse vector.</summary>
    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    /// <summary>The slots of the stored values of a sparse vector; empty for a dense one.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    /// <summary>The value of a slot, the default where a sparse vector stores none.</summary>
    /// <param name="slot">The slot, from 0.</param>
    public T GetItemOrDefault(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, Length);
        if (IsDense)
            return _values![slot];
        int at = GetIndices().BinarySearch(slot);
        return at >= 0 ? _values![at] : default!;
    }

    /// <summary>All values in order of their slots, in a new array.</summary>
    public T[] DenseValues()
    {
        var dense = new T[Length];
        CopyTo(dense);
        return dense;
    }

    /// <summary>Writes all slots to the start of <paramref name="destination"/>.</summary>
    /// <param name="destination">Room for <see cref="Length"/> values.</param>
    public void CopyTo(Span<T> destination)
    {
        var values = GetValues();
        if (IsDense)
        {
            values.CopyTo(destination);
            return;
        }

        destination[..Length].Clear();
        var indices = GetIndices();
        for (int i = 0; i < indices.Length; i++)
            destination[indices[i]] = values[i];
    }

    /// <summary>Copies this vector into <paramref name="destination"/>, reusing its arrays where they suffice.</summary>
    /// <param name="destination">The vector to overwrite.</param>
    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    /// <summary>The (slot, value) pairs: all slots, or only the stored ones.</summary>
    /// <param name="all">Whether to give slots that a sparse vector does not store.</param>
    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        if (all || IsDense)
        {
            for (int slot = 0; slot < Length; slot++)
                yield return new(slot, GetItemOrDefault(slot));
        }
        else
        {
            for (int i = 0; i < _count; i++)
                yield return new(_indices![i], _values![i]);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => IsDense ? $"Dense vector of {Length}" : $"Sparse vector of {Length}, {_count} stored";

    internal static VBuffer<T> Over(int length, int count, T[] values, int[]? indices, bool dense) => new(length, count, values, indices, dense);

    internal T[]? ValuesArray => _values;

    internal int[]? IndicesArray => _indices;
}

/// <summary>Writes a <see cref="VBuffer{T}"/> in place, reusing its arrays.</summary>
public static class VBufferEditor
{
    /// <summary>Begins to overwrite <paramref name="destination"/>.</summary>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <param name="destination">The vector whose arrays are reused; it must not be read until the editor commits.</param>
    /// <param name="newLogicalLength">The number of slots.</param>
    /// <param name="valuesCount">The number of stored values; all slots (dense) when omitted.</param>
    public static VBufferEditor<T> Create<T>(ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null)
    {
        int count = valuesCount ?? newLogicalLength;
        ArgumentOutOfRangeException.ThrowIfNegative(newLogicalLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, newLogicalLength);
        bool dense = count == newLogicalLength;
        var values = destination.ValuesArray is { } v && v.Length >= count ? v : new T[count];
        var indices = destination.IndicesArray;
        if (!dense && (indices is null || indices.Length < count))
            indices = new int[count];
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, dense);
    }
}

/// <summary>The open vector of <see cref="VBufferEditor.Create{T}"/>.</summary>
/// <typeparam name="T">The type of an item.</typeparam>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[]? _indices;
    private readonly bool _dense;

    internal VBufferEditor(int length, int count, T[] values, int[]? indices, bool dense)
    {
        (_length, _values, _indices, _dense) = (length, values, indices, dense);
        Values = values.AsSpan(0, count);
        Indices = dense ? default : indices.AsSpan(0, count);
    }

    /// <summary>The values to write.</summary>
    public Span<T> Values { get; }

    /// <summary>The slots to write for a sparse vector, strictly increasing; empty for a dense one.</summary>
    public Span<int> Indices { get; }

    /// <summary>Returns the vector as written.</summary>
    public VBuffer<T> Commit() => VBuffer<T>.Over(_length, Values.Length, _values, _indices, _dense);
}
