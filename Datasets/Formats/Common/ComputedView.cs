using MLPath.Data;

namespace MLPath.Datasets.Formats;

/// <summary>Puts rows <paramref name="start"/>, <paramref name="start"/> + 1, … into a buffer.</summary>
internal delegate void FillColumn(ColumnBuffer buffer, int start, int count);

/// <summary>
/// A table in memory that is stored more compactly than its columns, which are made batch by batch: a byte a pixel instead of four.
/// </summary>
internal sealed class ComputedView : BatchDataView
{
    private readonly FillColumn[] _columns;
    private readonly int _rows;

    /// <summary>Creates a view.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="columns">Makes each column's rows; called from several passes at once.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="source">What the lineage calls the source.</param>
    public ComputedView(DataViewSchema schema, FillColumn[] columns, int rows, string source)
    {
        (Schema, _columns, _rows) = (schema, columns, rows);
        Lineage = DataLineage.Of(source, () => DataFingerprint.Compute(this));
    }

    /// <inheritdoc/>
    public override DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public override DataLineage Lineage { get; }

    /// <inheritdoc/>
    public override long? GetRowCount() => _rows;

    /// <inheritdoc/>
    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
        new Cursor(this, [.. columnsNeeded.Select(c => c.Index).Distinct()], cancellationToken);

    private sealed class Cursor : BatchCursor
    {
        private readonly ComputedView _view;
        private readonly int[] _active;
        private readonly CancellationToken _cancellation;
        private int _next;

        public Cursor(ComputedView view, int[] active, CancellationToken cancellation)
        {
            (_view, _active, _cancellation) = (view, active, cancellation);
            Current = new RowBatch(view.Schema);
            foreach (int column in active) Current.Set(column, ColumnBuffer.Create(view.Schema[column].Type));
        }

        public override RowBatch Current { get; }

        public override bool MoveNext()
        {
            _cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(RowBatch.DefaultSize, _view._rows - _next);
            if (rows == 0) return false;
            foreach (int column in _active) _view._columns[column](Current[column], _next, rows);
            Current.SetRows(_next, rows);
            _next += rows;
            return true;
        }
    }
}
