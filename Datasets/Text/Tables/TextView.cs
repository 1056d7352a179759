using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>A table that stays in its files: every pass reads them again, and only the columns that it needs.</summary>
internal sealed class TextView : BatchDataView, IReportsBadRows
{
    private readonly TextTable _table;
    private readonly DataLineage _lineage;
    private Tally? _counted;

    /// <summary>A view of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="lineage">Where the rows come from, in words.</param>
    /// <param name="schema">The schema of the table's plan.</param>
    /// <param name="rows">The number of rows, where it is known already.</param>
    /// <param name="badRows">The number of bad rows among them.</param>
    public TextView(TextTable table, string lineage, DataViewSchema schema, long? rows = null, long badRows = 0)
    {
        _table = table;
        Schema = schema;
        _lineage = TextTable.WithNote(DataLineage.Of(lineage, () => DataFingerprint.Compute(this)), table.Plan.BadRows);
        if (rows is { } known) _counted = new Tally(known, badRows);
    }

    /// <inheritdoc/>
    public override DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public override DataLineage Lineage => _lineage;

    /// <inheritdoc/>
    public long? BadRowCount => _table.Plan.BadRows == BadRows.Error ? 0 : _counted?.BadRows;

    /// <inheritdoc/>
    public override long? GetRowCount() => _counted?.Rows;

    /// <inheritdoc/>
    public override BatchCursor GetBatchCursor(
        IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
        new Cursor(this, [.. columnsNeeded.Select(c => c.Index).Distinct()], cancellationToken);

    private sealed record Tally(long Rows, long BadRows);

    /// <summary>Cuts the chunks of a pass into batches of one size.</summary>
    private sealed class Cursor : BatchCursor
    {
        private readonly TextView _view;
        private readonly ParsedChunks _chunks;
        private readonly (int Index, ColumnBuffer Slice, ColumnBuffer Joined)[] _columns;
        private int _chunkRows; // of the chunk at hand
        private int _next; // the first of them that was not shown yet
        private long _position;
        private long _rowsRead;
        private long _badRows;
        private bool _ended;

        public Cursor(TextView view, int[] columns, CancellationToken cancellationToken)
        {
            _view = view;
            // Which rows are left out must not depend on the columns that are looked at.
            var read = view._table.Plan.BadRows == BadRows.Error ? columns : [.. Enumerable.Range(0, view.Schema.Count)];
            _chunks = view._table.Read(read, cancellationToken);
            _columns = [.. columns.Select(i => (i, ColumnBuffer.Create(view.Schema[i].Type), ColumnBuffer.Create(view.Schema[i].Type)))];
            Current = new RowBatch(view.Schema);
        }

        public override RowBatch Current { get; }

        public override bool MoveNext()
        {
            int count = 0;
            if (_chunkRows - _next >= RowBatch.DefaultSize)
            {
                count = RowBatch.DefaultSize;
                foreach (var (index, slice, _) in _columns)
                {
                    slice.Slice(_chunks.Current[index], _next, count);
                    Current.Set(index, slice);
                }
                _next += count;
            }
            else
            {
                foreach (var (index, _, joined) in _columns)
                {
                    joined.Clear();
                    Current.Set(index, joined);
                }
                while (count < RowBatch.DefaultSize && (_next < _chunkRows || NextChunk())) count += Join(RowBatch.DefaultSize - count);
            }
            Current.SetRows(_position, count);
            _position += count;
            return count > 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _chunks.Dispose();
            base.Dispose(disposing);
        }

        private int Join(int most)
        {
            int count = Math.Min(most, _chunkRows - _next);
            foreach (var (index, slice, joined) in _columns)
            {
                slice.Slice(_chunks.Current[index], _next, count);
                joined.Append(slice);
            }
            _next += count;
            return count;
        }

        private bool NextChunk()
        {
            if (_ended) return false;
            if (!_chunks.MoveNext())
            {
                _ended = true;
                _chunkRows = _next = 0;
                _view._counted = new Tally(_rowsRead, _badRows);
                return false;
            }
            (_chunkRows, _next) = (_chunks.Current.Rows, 0);
            _badRows += _chunks.Current.BadRows;
            _rowsRead += _chunkRows;
            return true;
        }
    }
}
