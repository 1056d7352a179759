namespace MLPath.Data;

/// <summary>A table held in memory by columns. Passes slice it; nothing is copied.</summary>
public sealed class InMemoryDataView : BatchDataView
{
    private readonly ColumnBuffer[] _columns;
    private readonly int _rows;

    /// <summary>Creates a view on full columns.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="columns">A buffer for each column, of its type, all with the same number of rows; they must not change afterwards.</param>
    /// <param name="lineage">Where the rows come from; "objects in memory", with the content's fingerprint, when omitted.</param>
    public InMemoryDataView(DataViewSchema schema, IReadOnlyList<ColumnBuffer> columns, DataLineage? lineage = null)
    {
        if (columns.Count != schema.Count)
            throw new ArgumentException($"The schema has {schema.Count} columns; {columns.Count} were given.", nameof(columns));
        for (int i = 0; i < columns.Count; i++)
        {
            if (!columns[i].Type.Equals(schema[i].Type))
                throw new ArgumentException($"Column '{schema[i].Name}' is {schema[i].Type}; its values are {columns[i].Type}.", nameof(columns));
            if (columns[i].Count != columns[0].Count)
                throw new ArgumentException($"Column '{schema[i].Name}' has {columns[i].Count} rows; '{schema[0].Name}' has {columns[0].Count}.", nameof(columns));
        }

        Schema = schema;
        _columns = [.. columns];
        _rows = columns.Count == 0 ? 0 : columns[0].Count;
        Lineage = lineage ?? DataLineage.Of("objects in memory", () => DataFingerprint.Compute(this));
    }

    /// <inheritdoc/>
    public override DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public override DataLineage Lineage { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => _rows;

    /// <inheritdoc/>
    public override long? GetRowCount() => _rows;

    /// <summary>All values of a column.</summary>
    /// <param name="column">The column's position in the schema.</param>
    public ColumnBuffer GetColumn(int column) => _columns[column];

    /// <summary>Reads a whole view into memory; returns it as it is when it is there already.</summary>
    /// <param name="view">The view.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static InMemoryDataView Load(IDataView view, CancellationToken cancellationToken = default)
    {
        if (view is InMemoryDataView loaded)
            return loaded;
        var columns = view.Schema.Select(c => ColumnBuffer.Create(c.Type)).ToArray();
        using var cursor = view.GetBatchCursor(view.Schema, cancellationToken);
        while (cursor.MoveNext())
        {
            for (int i = 0; i < columns.Length; i++)
                columns[i].Append(cursor.Current[i]);
        }

        return new InMemoryDataView(view.Schema, columns, view.Lineage);
    }

    /// <inheritdoc/>
    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
        GetBatchCursor(columnsNeeded, RowBatch.DefaultSize, cancellationToken);

    /// <summary>Starts a pass with batches of a size to choose, up to all rows in one.</summary>
    /// <param name="columnsNeeded">The columns that batches will have.</param>
    /// <param name="batchRows">The rows of a batch, the last one apart.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    internal BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, int batchRows, CancellationToken cancellationToken) =>
        new Slices(this, columnsNeeded, batchRows, cancellationToken);

    private sealed class Slices : BatchCursor
    {
        private readonly InMemoryDataView _view;
        private readonly int _batchRows;
        private readonly CancellationToken _cancellation;
        private readonly (ColumnBuffer Source, ColumnBuffer Slice)[] _columns;
        private int _next;

        public Slices(InMemoryDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded, int batchRows, CancellationToken cancellation)
        {
            _view = view;
            _batchRows = batchRows;
            _cancellation = cancellation;
            Current = new RowBatch(view.Schema);
            var columns = columnsNeeded.DistinctBy(c => c.Index).ToList();
            _columns = [.. columns.Select(c => (view._columns[c.Index], ColumnBuffer.Create(c.Type)))];
            for (int i = 0; i < columns.Count; i++)
                Current.Set(columns[i].Index, _columns[i].Slice);
        }

        public override RowBatch Current { get; }

        public override bool MoveNext()
        {
            _cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(_batchRows, _view._rows - _next);
            if (rows <= 0)
                return false;
            foreach (var (source, slice) in _columns)
                slice.Slice(source, _next, rows);
            Current.SetRows(_next, rows);
            _next += rows;
            return true;
        }
    }
}
