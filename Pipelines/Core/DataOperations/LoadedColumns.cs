namespace MLPath.Data;

/// <summary>Some columns of a view, whole, in memory.</summary>
internal sealed class LoadedColumns
{
    private readonly DataViewSchema _schema;
    private readonly ColumnBuffer?[] _columns;

    private LoadedColumns(DataViewSchema schema, ColumnBuffer?[] columns, int rowCount) =>
        (_schema, _columns, RowCount) = (schema, columns, rowCount);

    public int RowCount { get; }

    public ColumnBuffer this[int column] => _columns[column]!;

    /// <summary>The columns of a view that is in memory already; nothing is copied.</summary>
    public static LoadedColumns Of(InMemoryDataView view) =>
        new(view.Schema, [.. Enumerable.Range(0, view.Schema.Count).Select(view.GetColumn)], view.RowCount);

    /// <summary>Columns that are in memory already.</summary>
    public static LoadedColumns Of(DataViewSchema schema, IEnumerable<(int Index, ColumnBuffer Values)> loaded, int rowCount)
    {
        var columns = new ColumnBuffer?[schema.Count];
        foreach (var (index, values) in loaded)
            columns[index] = values;
        return new LoadedColumns(schema, columns, rowCount);
    }

    /// <summary>Reads columns in one pass.</summary>
    public static LoadedColumns Read(IDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken)
    {
        if (view is InMemoryDataView loaded)
            return Of(loaded);
        var needed = columnsNeeded.DistinctBy(c => c.Index).ToList();
        var columns = new ColumnBuffer?[view.Schema.Count];
        foreach (var column in needed)
            columns[column.Index] = ColumnBuffer.Create(column.Type);
        int rows = 0;
        using var cursor = view.GetBatchCursor(needed, cancellationToken);
        while (cursor.MoveNext())
        {
            foreach (var column in needed)
                columns[column.Index]!.Append(cursor.Current[column.Index]);
            rows = checked(rows + cursor.Current.Count);
        }

        return new LoadedColumns(view.Schema, columns, rows);
    }

    /// <summary>A pass over some rows, in the order given.</summary>
    public BatchCursor Gather(IEnumerable<DataViewSchema.Column> columnsNeeded, int[] rows, CancellationToken cancellationToken) =>
        new Cursor(this, columnsNeeded, rows, rows.Length, cancellationToken);

    /// <summary>A pass over all rows; nothing is copied.</summary>
    public BatchCursor Slices(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken) =>
        new Cursor(this, columnsNeeded, null, RowCount, cancellationToken);

    private sealed class Cursor : BatchCursor
    {
        private readonly (ColumnBuffer Source, ColumnBuffer Shown)[] _columns;
        private readonly int[]? _rows;
        private readonly int _count;
        private readonly CancellationToken _cancellation;
        private int _next;

        public Cursor(
            LoadedColumns loaded, IEnumerable<DataViewSchema.Column> columnsNeeded, int[]? rows, int count, CancellationToken cancellation)
        {
            (_rows, _count, _cancellation) = (rows, count, cancellation);
            Current = new RowBatch(loaded._schema);
            var columns = columnsNeeded.DistinctBy(c => c.Index).ToList();
            _columns = [.. columns.Select(c => (loaded[c.Index], ColumnBuffer.Create(c.Type)))];
            for (int i = 0; i < columns.Count; i++)
                Current.Set(columns[i].Index, _columns[i].Shown);
        }

        public override RowBatch Current { get; }

        public override bool MoveNext()
        {
            _cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(RowBatch.DefaultSize, _count - _next);
            if (count <= 0)
                return false;
            foreach (var (source, shown) in _columns)
            {
                if (_rows is null)
                    shown.Slice(source, _next, count);
                else
                    shown.Gather(source, _rows.AsSpan(_next, count));
            }

            Current.SetRows(_next, count);
            _next += count;
            return true;
        }
    }
}
