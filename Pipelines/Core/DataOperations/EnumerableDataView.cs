namespace MLPath.Data;

/// <summary>Begins to append rows to buffers, one for each column; null where the column is not wanted.</summary>
internal delegate RowAppender<TRow> RowOpener<TRow>(ReadOnlySpan<ColumnBuffer?> columns);

/// <summary>Objects as a table. Each pass enumerates them anew, so nothing is held in memory but one batch.</summary>
internal sealed class EnumerableDataView<TRow> : BatchDataView
{
    private readonly IEnumerable<TRow> _rows;
    private readonly RowOpener<TRow> _open;

    public EnumerableDataView(IEnumerable<TRow> rows, DataViewSchema schema, RowOpener<TRow> open, string source)
    {
        (_rows, Schema, _open) = (rows, schema, open);
        Lineage = DataLineage.Of(source, () => DataFingerprint.Compute(this));
    }

    public override DataViewSchema Schema { get; }

    public override DataLineage Lineage { get; }

    public override long? GetRowCount() => _rows.TryGetNonEnumeratedCount(out int count) ? count : null;

    public override BatchCursor GetBatchCursor(
        IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var current = new RowBatch(Schema);
        foreach (var column in columnsNeeded.DistinctBy(c => c.Index))
            current.Set(column.Index, ColumnBuffer.Create(column.Type));
        var appender = _open([.. Schema.Select(c => current.IsActive(c.Index) ? current[c.Index] : null)]);
        return new Cursor(current, _rows.GetEnumerator(), appender, cancellationToken);
    }

    private sealed class Cursor(RowBatch current, IEnumerator<TRow> rows, RowAppender<TRow> appender, CancellationToken cancellation)
        : BatchCursor
    {
        public override RowBatch Current => current;

        public override bool MoveNext()
        {
            cancellation.ThrowIfCancellationRequested();
            appender.Clear();
            long position = appender.Position;
            int count = 0;
            while (count < RowBatch.DefaultSize && rows.MoveNext())
            {
                appender.Append(rows.Current);
                count++;
            }

            current.SetRows(position, count);
            return count > 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rows.Dispose();
            base.Dispose(disposing);
        }
    }
}
