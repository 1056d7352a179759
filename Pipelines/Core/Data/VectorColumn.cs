namespace MLPath.Data;

/// <summary>How a <see cref="VectorColumn{T}"/> stores the rows of a batch.</summary>
public enum VectorLayout
{
    /// <summary>Vectors of known size, all slots stored: one row-major block of rows × size.</summary>
    Dense,

    /// <summary>Vectors of known size, only some slots stored: compressed sparse rows (values, their slots, where each row starts).</summary>
    Sparse,

    /// <summary>Vectors of each row's own length: values and where each row starts.</summary>
    Ragged,
}

/// <summary>A column of vectors: row-major block, compressed sparse rows, or ragged rows; the writer chooses for each batch.</summary>
/// <typeparam name="T">The raw type of an item.</typeparam>
/// <param name="type">The column's type.</param>
public sealed class VectorColumn<T>(VectorDataViewType type) : ColumnBuffer(type)
{
    private T[]? _values;
    private int _start;         // where row 0's values begin; Sparse and Ragged keep it inside _offsets instead
    private int[]? _indices;    // Sparse only, parallel to _values
    private int[]? _offsets;    // Sparse and Ragged: row r is [_offsets[_firstRow + r], _offsets[_firstRow + r + 1])
    private int _firstRow;
    private bool _owned = true;

    /// <summary>The number of slots of each row; 0 when rows have their own lengths.</summary>
    public int Size { get; } = type.Size;

    /// <summary>How the rows are stored.</summary>
    public VectorLayout Layout { get; private set; } = type.IsKnownSize ? VectorLayout.Dense : VectorLayout.Ragged;

    /// <summary>All stored values: rows × size of a dense block, or those of the first row, of the second, … otherwise.</summary>
    public ReadOnlySpan<T> Values => Layout == VectorLayout.Dense
        ? _values.AsSpan(_start, Count * Size)
        : Count == 0 ? default : _values.AsSpan(_offsets![_firstRow], _offsets[_firstRow + Count] - _offsets[_firstRow]);

    /// <summary>The slots of the stored values (sparse rows only), increasing within a row.</summary>
    public ReadOnlySpan<int> Indices => Layout != VectorLayout.Sparse || Count == 0
        ? default
        : _indices.AsSpan(_offsets![_firstRow], _offsets[_firstRow + Count] - _offsets[_firstRow]);

    /// <summary>The stored values of one row: all slots (dense), the explicit ones (sparse), its own items (ragged).</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<T> RowValues(int row) => Layout == VectorLayout.Dense
        ? _values.AsSpan(_start + (row * Size), Size)
        : _values.AsSpan(_offsets![_firstRow + row], _offsets[_firstRow + row + 1] - _offsets[_firstRow + row]);

    /// <summary>The slots of one row's stored values (sparse rows only).</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<int> RowIndices(int row) => Layout != VectorLayout.Sparse
        ? default
        : _indices.AsSpan(_offsets![_firstRow + row], _offsets[_firstRow + row + 1] - _offsets[_firstRow + row]);

    /// <summary>The number of slots of one row.</summary>
    /// <param name="row">The row, from 0.</param>
    public int RowLength(int row) => Layout == VectorLayout.Ragged ? RowValues(row).Length : Size;

    /// <summary>Writes all slots of one row to the start of <paramref name="destination"/>.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="destination">Room for <see cref="RowLength"/> values.</param>
    public void CopyRowTo(int row, Span<T> destination)
    {
        var values = RowValues(row);
        if (Layout != VectorLayout.Sparse)
        {
            values.CopyTo(destination);
            return;
        }

        destination[..Size].Clear();
        var indices = RowIndices(row);
        for (int i = 0; i < indices.Length; i++)
            destination[indices[i]] = values[i];
    }

    /// <summary>Copies one row into a <see cref="VBuffer{T}"/>.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="destination">The vector to overwrite.</param>
    public void GetRow(int row, ref VBuffer<T> destination)
    {
        var values = RowValues(row);
        var editor = VBufferEditor.Create(ref destination, RowLength(row), values.Length);
        values.CopyTo(editor.Values);
        if (!editor.Indices.IsEmpty)
            RowIndices(row).CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    /// <summary>Gives room for a dense block to write, rows × <see cref="Size"/>, row-major. The content is unspecified.</summary>
    /// <param name="rows">The number of rows.</param>
    public Span<T> AllocateDense(int rows)
    {
        if (Size == 0)
            throw new InvalidOperationException("Ragged vectors have no dense block; add them row by row.");
        int needed = checked(rows * Size);
        if (!_owned || _values is null || _values.Length < needed)
            _values = new T[needed];
        (Layout, _start, Count, _owned) = (VectorLayout.Dense, 0, rows, true);
        return _values.AsSpan(0, needed);
    }

    /// <summary>Shows a part of a row-major block without copying it.</summary>
    /// <param name="values">The block, which must not change while this buffer is in use.</param>
    /// <param name="start">Where row 0 begins.</param>
    /// <param name="rows">The number of rows.</param>
    public void AliasDense(T[] values, int start, int rows)
    {
        if (Size == 0)
            throw new InvalidOperationException("Ragged vectors have no dense block; add them row by row.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + ((long)rows * Size), values.Length);
        (Layout, _values, _start, Count, _owned) = (VectorLayout.Dense, values, start, rows, false);
    }

    /// <summary>Forgets all rows; rows are then added one by one with <see cref="AddRow(ReadOnlySpan{T})"/> or its sparse form.</summary>
    /// <param name="layout">How they will be stored.</param>
    public void Begin(VectorLayout layout)
    {
        if ((layout == VectorLayout.Ragged) != (Size == 0))
            throw new InvalidOperationException($"A column of {Type} cannot be stored as {layout}.");
        if (!_owned)
            (_values, _indices, _offsets, _owned) = (null, null, null, true);
        (Layout, Count, _start, _firstRow) = (layout, 0, 0, 0);
        if (layout == VectorLayout.Dense)
            return;
        Grow(ref _offsets, 0, 1);
        _offsets[0] = 0;
    }

    /// <summary>Adds one row with all its slots.</summary>
    /// <param name="values">The values: <see cref="Size"/> of them, or any number in a ragged column.</param>
    public void AddRow(ReadOnlySpan<T> values)
    {
        if (Size > 0 && values.Length != Size)
            throw new ArgumentException($"A row of {Type} has {Size} values; {values.Length} were given.", nameof(values));
        Own();
        if (Layout == VectorLayout.Dense)
        {
            Grow(ref _values, Count * Size, checked((Count + 1) * Size));
            values.CopyTo(_values.AsSpan(Count * Size));
            Count++;
            return;
        }

        if (Layout == VectorLayout.Ragged)
        {
            int start = Reserve(values.Length);
            values.CopyTo(_values.AsSpan(start));
            return;
        }

        int used = _offsets is null ? 0 : _offsets[Count];
        Grow(ref _values, used, checked(used + Size));
        Grow(ref _indices, used, checked(used + Size));
        int stored = used;
        for (int slot = 0; slot < values.Length; slot++)
        {
            if (EqualityComparer<T>.Default.Equals(values[slot], default))
                continue;
            _values[stored] = values[slot];
            _indices[stored++] = slot;
        }

        EndRow(stored);
    }

    /// <summary>Adds one sparse row.</summary>
    /// <param name="indices">Slots, strictly increasing, below <see cref="Size"/>.</param>
    /// <param name="values">Their values.</param>
    public void AddRow(ReadOnlySpan<int> indices, ReadOnlySpan<T> values)
    {
        Check(indices, values.Length);
        Own();
        if (Layout != VectorLayout.Sparse)
            ToSparse();
        int start = Reserve(values.Length);
        values.CopyTo(_values.AsSpan(start));
        indices.CopyTo(_indices.AsSpan(start));
    }

    /// <inheritdoc/>
    public override void Gather(ColumnBuffer source, ReadOnlySpan<int> rows)
    {
        var from = Same<VectorColumn<T>>(source);
        if (from.Layout == VectorLayout.Dense)
        {
            var to = AllocateDense(rows.Length);
            for (int i = 0; i < rows.Length; i++)
                from.RowValues(rows[i]).CopyTo(to[(i * Size)..]);
            return;
        }

        Begin(from.Layout);
        foreach (int row in rows)
            AddStored(from, row);
    }

    /// <inheritdoc/>
    public override void Slice(ColumnBuffer source, int start, int count)
    {
        var from = Same<VectorColumn<T>>(source);
        Layout = from.Layout;
        (_values, _indices, _offsets) = (from._values ?? [], from._indices, from._offsets);
        (_start, _firstRow, Count, _owned) = (from._start + (start * Size), from._firstRow + start, count, false);
    }

    /// <inheritdoc/>
    public override void Append(ColumnBuffer source)
    {
        var from = Same<VectorColumn<T>>(source);
        if (Count == 0 && Layout != from.Layout)
            Begin(from.Layout);
        if (Layout == VectorLayout.Dense && from.Layout == VectorLayout.Dense)
        {
            Own();
            Grow(ref _values, Count * Size, checked((Count + from.Count) * Size));
            from.Values.CopyTo(_values.AsSpan(Count * Size));
            Count += from.Count;
            return;
        }

        for (int row = 0; row < from.Count; row++)
            AddStored(from, row);
    }

    /// <inheritdoc/>
    public override void Clear() => Begin(Size > 0 ? VectorLayout.Dense : VectorLayout.Ragged);

    internal override Action Appender(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            if (Size > 0 && value.Length != Size)
                throw new DataException($"Column '{column.Name}' promises vectors of {Size} values; a row has {value.Length}.");
            if (value.IsDense)
                AddRow(value.GetValues());
            else if (Size > 0)
                AddRow(value.GetIndices(), value.GetValues());
            else
                AddRow(value.DenseValues());
            KeepTexts();
        };
    }

    /// <summary>Makes room for so many dense rows in all, without the spare room that growing leaves.</summary>
    internal void ReserveDense(int rows)
    {
        if (Layout != VectorLayout.Dense || (long)rows * Size > Array.MaxLength)
            return;
        if (_owned)
        {
            Grow(ref _values, Count * Size, rows * Size);
            return;
        }

        var values = new T[Math.Max(rows, Count) * Size];
        Values.CopyTo(values);
        (_values, _start, _owned) = (values, 0, true);
    }

    /// <summary>The memory of sparse rows: values, their slots, and where each row starts, counted from the start of the first.</summary>
    internal bool AsSparse(out ReadOnlyMemory<T> values, out ReadOnlyMemory<int> indices, out ReadOnlyMemory<int> rowStarts)
    {
        (values, indices, rowStarts) = (default, default, default);
        if (Layout != VectorLayout.Sparse)
            return false;
        if (Count == 0)
            return true;
        rowStarts = _offsets.AsMemory(_firstRow, Count + 1);
        var (start, length) = (_offsets![_firstRow], _offsets[_firstRow + Count] - _offsets[_firstRow]);
        (values, indices) = (_values.AsMemory(start, length), _indices.AsMemory(start, length));
        return true;
    }

    // Text may point into memory that the cursor reuses, so that of the last row is copied out.
    private void KeepTexts()
    {
        if (typeof(T) != typeof(ReadOnlyMemory<char>))
            return;
        var (start, end) = Layout == VectorLayout.Dense ? ((Count - 1) * Size, Count * Size) : (_offsets![Count - 1], _offsets[Count]);
        foreach (ref var value in _values.AsSpan(start..end))
            value = Transforms.PrimitiveValues<T>.Keep(value);
    }

    private void Check(ReadOnlySpan<int> indices, int values)
    {
        if (indices.Length != values)
            throw new ArgumentException($"A sparse row has one slot for each value; {indices.Length} slots and {values} values were given.", nameof(indices));
        int last = -1;
        foreach (int slot in indices)
        {
            if (slot <= last || slot >= Size)
                throw new ArgumentException($"The slots of a sparse row of {Type} increase, from 0 to {Size - 1}; {slot} follows {last}.", nameof(indices));
            last = slot;
        }
    }

    private void AddStored(VectorColumn<T> from, int row)
    {
        if (from.Layout == VectorLayout.Sparse)
            AddRow(from.RowIndices(row), from.RowValues(row));
        else
            AddRow(from.RowValues(row));
    }

    // Room for one more row of `count` stored values; returns where they go.
    private int Reserve(int count)
    {
        int used = _offsets is null ? 0 : _offsets[Count];
        Grow(ref _values, used, checked(used + count));
        if (Layout == VectorLayout.Sparse)
            Grow(ref _indices, used, checked(used + count));
        EndRow(used + count);
        return used;
    }

    private void EndRow(int end)
    {
        Grow(ref _offsets, _offsets is null ? 0 : Count + 1, Count + 2);
        _offsets[++Count] = end;
    }

    private void ToSparse()
    {
        var rows = Count;
        var values = Values.ToArray();
        Begin(VectorLayout.Sparse);
        for (int row = 0; row < rows; row++)
            AddRow(values.AsSpan(row * Size, Size));
    }

    private void Own()
    {
        if (_owned)
            return;
        if (Layout == VectorLayout.Dense)
        {
            (_values, _start, _owned) = (Values.ToArray(), 0, true);
            return;
        }

        var copy = new VectorColumn<T>((VectorDataViewType)Type);
        copy.Begin(Layout);
        for (int row = 0; row < Count; row++)
            copy.AddStored(this, row);
        (_values, _indices, _offsets, _start, _firstRow, _owned) = (copy._values, copy._indices, copy._offsets, 0, 0, true);
    }
}
