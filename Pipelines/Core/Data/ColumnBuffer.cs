using System.Diagnostics.CodeAnalysis;

namespace MLPath.Data;

/// <summary>
/// The values of one column for the rows of one batch, typed and contiguous. A writer allocates or aliases; a reader sees spans.
/// Reused from batch to batch, so whoever keeps values copies them.
/// </summary>
public abstract class ColumnBuffer
{
    private protected ColumnBuffer(DataViewType type) => Type = type;

    /// <summary>The column's type.</summary>
    public DataViewType Type { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; private protected set; }

    /// <summary>A new empty buffer for columns of a type.</summary>
    /// <param name="type">The type.</param>
    public static ColumnBuffer Create(DataViewType type) => type.Accept(new Factory(type));

    /// <summary>Replaces the content by some rows of another buffer of the same type, in the order given.</summary>
    /// <param name="source">The buffer to copy from.</param>
    /// <param name="rows">Rows of it.</param>
    public abstract void Gather(ColumnBuffer source, ReadOnlySpan<int> rows);

    /// <summary>Replaces the content by a run of rows of another buffer of the same type, without copying values where that is possible.</summary>
    /// <param name="source">The buffer to show; it must not change while this one is in use.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">The number of rows.</param>
    public abstract void Slice(ColumnBuffer source, int start, int count);

    /// <summary>Adds all rows of another buffer of the same type behind the rows of this one, which must own its memory.</summary>
    /// <param name="source">The buffer to copy from.</param>
    public abstract void Append(ColumnBuffer source);

    /// <summary>Adds the current value of a row-wise getter behind the rows of this buffer.</summary>
    /// <param name="row">A row of a view that only offers cursors.</param>
    /// <param name="column">The column to read.</param>
    /// <returns>An action that appends the value of the row's current position.</returns>
    internal abstract Action Appender(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Forgets all rows and keeps the memory.</summary>
    public abstract void Clear();

    /// <summary>Makes room for <paramref name="needed"/> items, at least doubling, keeping the first <paramref name="used"/>.</summary>
    private protected static void Grow<T>([NotNull] ref T[]? array, int used, int needed)
    {
        if (array is not null && array.Length >= needed)
            return;
        int size = (int)Math.Min(Array.MaxLength, Math.Max(needed, array is null ? 4 : 2L * array.Length));
        var larger = new T[size];
        array?.AsSpan(0, used).CopyTo(larger);
        array = larger;
    }

    private protected TBuffer Same<TBuffer>(ColumnBuffer source) where TBuffer : ColumnBuffer =>
        source as TBuffer ?? throw new ArgumentException($"A buffer of {Type} cannot take values of {source.Type}.", nameof(source));

    private sealed class Factory(DataViewType type) : IRawTypeVisitor<ColumnBuffer>
    {
        public ColumnBuffer Visit<T>() =>
            type is VectorDataViewType vector ? new VectorColumn<T>(vector) : new ScalarColumn<T>(type);
    }
}

/// <summary>A column of scalars: one value a row.</summary>
/// <typeparam name="T">The raw type.</typeparam>
/// <param name="type">The column's type: anything but a vector.</param>
public sealed class ScalarColumn<T>(DataViewType type) : ColumnBuffer(type)
{
    private T[]? _values;
    private int _start;
    private bool _owned = true;

    /// <summary>The values, one a row.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(_start, Count);

    /// <summary>Gives room for some rows to write, in memory of its own. The content is unspecified.</summary>
    /// <param name="rows">The number of rows.</param>
    public Span<T> Allocate(int rows)
    {
        if (!_owned || _values is null || _values.Length < rows)
            _values = new T[rows];
        (_start, Count, _owned) = (0, rows, true);
        return _values.AsSpan(0, rows);
    }

    /// <summary>Shows a part of an array without copying it.</summary>
    /// <param name="values">The array, which must not change while this buffer is in use.</param>
    /// <param name="start">The first value.</param>
    /// <param name="count">The number of values.</param>
    public void Alias(T[] values, int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + count, values.Length);
        (_values, _start, Count, _owned) = (values, start, count, false);
    }

    /// <summary>Adds one row.</summary>
    /// <param name="value">Its value.</param>
    public void Add(T value)
    {
        Own();
        Grow(ref _values, Count, Count + 1);
        _values[Count++] = value;
    }

    /// <inheritdoc/>
    public override void Gather(ColumnBuffer source, ReadOnlySpan<int> rows)
    {
        var from = Same<ScalarColumn<T>>(source).Values;
        var to = Allocate(rows.Length);
        for (int i = 0; i < rows.Length; i++)
            to[i] = from[rows[i]];
    }

    /// <inheritdoc/>
    public override void Slice(ColumnBuffer source, int start, int count)
    {
        var from = Same<ScalarColumn<T>>(source);
        Alias(from._values ?? [], from._start + start, count);
    }

    /// <inheritdoc/>
    public override void Append(ColumnBuffer source)
    {
        var from = Same<ScalarColumn<T>>(source).Values;
        Own();
        Grow(ref _values, Count, checked(Count + from.Length));
        from.CopyTo(_values.AsSpan(Count));
        Count += from.Length;
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        if (!_owned)
            (_values, _start, _owned) = (null, 0, true);
        Count = 0;
    }

    internal override Action Appender(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            // Text may point into memory that the cursor reuses, so it is copied out.
            Add(Transforms.PrimitiveValues<T>.Keep(value));
        };
    }

    private void Own()
    {
        if (!_owned)
            (_values, _start, _owned) = (Values.ToArray(), 0, true);
    }
}
