namespace MLPath.Data;

/// <summary>
/// A view whose columns are held in memory once a pass has asked for them. Safe for use by many threads: one of them reads, the others
/// wait.
/// </summary>
internal sealed class CachedDataView(IDataView source, IReadOnlyList<DataViewSchema.Column> prefetched) : BatchDataView
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, LoadedColumns> _loaded = [];
    private long? _rowCount;

    public override DataViewSchema Schema => source.Schema;

    // Holding rows changes nothing about them.
    public override DataLineage Lineage => source.Lineage;

    public override long? GetRowCount() => _rowCount ?? source.GetRowCount();

    public override BatchCursor GetBatchCursor(
        IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = columnsNeeded.ToList();
        return Hold(columns, cancellationToken).Slices(columns, cancellationToken);
    }

    private LoadedColumns Hold(List<DataViewSchema.Column> columns, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var missing = columns.Concat(_rowCount is null ? prefetched : []).Where(c => !_loaded.ContainsKey(c.Index)).ToList();
            if (missing.Count > 0 || _rowCount is null)
            {
                var read = LoadedColumns.Read(source, missing, cancellationToken);
                foreach (var column in missing)
                    _loaded[column.Index] = read;
                _rowCount = read.RowCount;
            }

            return LoadedColumns.Of(Schema, columns.Select(c => (c.Index, _loaded[c.Index][c.Index])), (int)_rowCount.Value);
        }
    }
}
