namespace MLPath.Data;

/// <summary>Row cursor over batches.</summary>
internal sealed class BatchRows(DataViewSchema schema, BatchCursor batches, HashSet<int> active) : DataViewRowCursor
{
    private RowBatch? _batch;
    private int _row = -1;

    public override DataViewSchema Schema => schema;

    public override long Position => _batch is null ? -1 : _batch.Position + _row;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        if (_batch is not null && ++_row < _batch.Count)
            return true;
        if (!batches.MoveNext())
        {
            _batch = null;
            return false;
        }

        (_batch, _row) = (batches.Current, 0);
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId id) => id = new DataViewRowId(checked((ulong)Position), 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index >= schema.Count || schema[column.Index] != column)
            throw new ArgumentException($"Column '{column.Name}' does not belong to this view's schema.", nameof(column));
        if (!active.Contains(column.Index))
            throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the pass was opened. Add it to the columns needed.");
        if (column.Type.RawType != typeof(TValue))
            throw new SchemaException($"Column '{column.Name}' is {column.Type}; it was read as {typeof(TValue).Name}.");
        return column.Type.Accept(new Getters<TValue>(this, column));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            batches.Dispose();
        base.Dispose(disposing);
    }

    private RowBatch Current => _batch ?? throw new InvalidOperationException("Move to a row before reading it.");

    private sealed class Getters<TValue>(BatchRows rows, DataViewSchema.Column column) : IRawTypeVisitor<ValueGetter<TValue>>
    {
        public ValueGetter<TValue> Visit<T>()
        {
            int index = column.Index;
            // The check in GetGetter makes TValue the raw type: T itself, or VBuffer<T>.
            if (column.Type is VectorDataViewType)
            {
                ValueGetter<VBuffer<T>> vector = (ref VBuffer<T> value) => rows.Current.Vectors<T>(index).GetRow(rows._row, ref value);
                return (ValueGetter<TValue>)(object)vector;
            }

            ValueGetter<T> scalar = (ref T value) => value = rows.Current.Scalars<T>(index)[rows._row];
            return (ValueGetter<TValue>)(object)scalar;
        }
    }
}

/// <summary>Batches over a view that only offers row cursors.</summary>
internal sealed class CursorBatches : BatchCursor
{
    private readonly DataViewRowCursor _cursor;
    private readonly CancellationToken _cancellation;
    private readonly ColumnBuffer[] _buffers;
    private readonly Action[] _appenders;
    private long _position;

    public CursorBatches(IDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellation)
    {
        var columns = columnsNeeded.DistinctBy(c => c.Index).ToList();
        _cursor = view.GetRowCursor(columns);
        _cancellation = cancellation;
        _buffers = [.. columns.Select(c => ColumnBuffer.Create(c.Type))];
        _appenders = [.. columns.Select((c, i) => _buffers[i].Appender(_cursor, c))];
        Current = new RowBatch(view.Schema);
        for (int i = 0; i < columns.Count; i++)
            Current.Set(columns[i].Index, _buffers[i]);
    }

    public override RowBatch Current { get; }

    public override bool MoveNext()
    {
        _cancellation.ThrowIfCancellationRequested();
        foreach (var buffer in _buffers)
            buffer.Clear();
        int rows = 0;
        while (rows < RowBatch.DefaultSize && _cursor.MoveNext())
        {
            foreach (var append in _appenders)
                append();
            rows++;
        }

        Current.SetRows(_position, rows);
        _position += rows;
        return rows > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _cursor.Dispose();
        base.Dispose(disposing);
    }
}
