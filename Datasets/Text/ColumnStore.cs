using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>A column that grows while a file is read: rows × slots, row-major, one slot for a scalar.</summary>
internal abstract class ColumnStore(DataViewType type)
{
    /// <summary>The column's type.</summary>
    public DataViewType Type { get; } = type;

    /// <summary>Makes an empty store for a type of known size.</summary>
    public static ColumnStore Create(DataViewType type) => type.Accept(new Factory(type));

    /// <summary>Hands the first <paramref name="rows"/> rows over as a buffer of the view.</summary>
    public abstract ColumnBuffer ToColumn(int rows);

    private sealed class Factory(DataViewType type) : IRawTypeVisitor<ColumnStore>
    {
        public ColumnStore Visit<T>() => new ColumnStore<T>(type);
    }
}

/// <inheritdoc cref="ColumnStore"/>
internal sealed class ColumnStore<T>(DataViewType type) : ColumnStore(type)
{
    private readonly int _slots = type.ValueCount;
    private T[] _values = [];

    /// <summary>Writes one value. Rows come in order; the slots of a row in any order.</summary>
    public void Set(int row, int slot, T value)
    {
        long at = ((long)row * _slots) + slot;
        if (at >= _values.Length) Grow(((long)row + 1) * _slots);
        _values[at] = value;
    }

    /// <summary>Writes one value to all rows before <paramref name="row"/> of a scalar column.</summary>
    public void Fill(int row, T value)
    {
        if (row > _values.Length) Grow(row);
        _values.AsSpan(0, row).Fill(value);
    }

    public override ColumnBuffer ToColumn(int rows)
    {
        // A table lives long: give back the spare room of the last doubling when there is much of it.
        int used = rows * _slots;
        if (used < _values.Length - (_values.Length / 8)) Array.Resize(ref _values, used);
        if (Type is VectorDataViewType vector)
        {
            var vectors = new VectorColumn<T>(vector);
            vectors.AliasDense(_values, 0, rows);
            return vectors;
        }
        var scalars = new ScalarColumn<T>((PrimitiveDataViewType)Type);
        scalars.Alias(_values, 0, rows);
        return scalars;
    }

    private void Grow(long needed)
    {
        if (needed > Array.MaxLength)
            throw new DataException($"The table does not fit in memory: a column of {Type} has more than {Array.MaxLength} values.");
        Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max(Math.Max(needed, 1024), 2L * _values.Length)));
    }
}
