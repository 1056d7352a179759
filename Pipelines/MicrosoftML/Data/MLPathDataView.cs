using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>A view of MLPath as one of Microsoft.ML: lazy, read by batches and given row by row.</summary>
internal sealed class MLPathDataView : MS.IDataView
{
    private readonly IReadOnlyList<DataViewSchema.Column> _columns;
    private readonly CancellationToken _cancellation;

    /// <summary>All columns of a view.</summary>
    /// <param name="source">The view.</param>
    /// <param name="schema">Its schema as Microsoft.ML sees it.</param>
    public MLPathDataView(IDataView source, MS.DataViewSchema schema) => (Source, Schema, _columns) = (source, schema, source.Schema);

    /// <summary>Some columns of a view.</summary>
    /// <param name="source">The view.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="cancellationToken">Ends every pass.</param>
    public MLPathDataView(IDataView source, IReadOnlyList<DataViewSchema.Column> columns, CancellationToken cancellationToken) =>
        (Source, Schema, _columns, _cancellation) = (source, Schemas.ToMicrosoft(columns), columns, cancellationToken);

    /// <summary>The view of MLPath.</summary>
    public IDataView Source { get; }

    /// <summary>Whether the columns are those of <see cref="Source"/>, all of them, at their places.</summary>
    public bool IsWhole => ReferenceEquals(_columns, Source.Schema);

    public MS.DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => Source.GetRowCount();

    public MS.DataViewRowCursor GetRowCursor(IEnumerable<MS.DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        HashSet<int> active = [.. columnsNeeded.Select(c => c.Index)];
        return new Cursor(this, Source.GetBatchCursor(active.Order().Select(i => _columns[i]), _cancellation), active);
    }

    public MS.DataViewRowCursor[] GetRowCursorSet(IEnumerable<MS.DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(MLPathDataView view, BatchCursor batches, HashSet<int> active) : MS.DataViewRowCursor, IBatchRow
    {
        private RowBatch? _batch;
        private bool _ended;
        private long _position = -1;

        public override MS.DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public int Row { get; private set; }

        RowBatch IBatchRow.Batch => _batch ?? throw new InvalidOperationException("Move to a row before reading it.");

        public override bool MoveNext()
        {
            if (_batch is not null && Row + 1 < _batch.Count)
            {
                Row++;
                _position++;
                return true;
            }

            if (_ended || !batches.MoveNext())
            {
                (_batch, _ended) = (null, true);
                return false;
            }

            (_batch, Row) = (batches.Current, 0);
            _position++;
            return true;
        }

        public override bool IsColumnActive(MS.DataViewSchema.Column column) => active.Contains(column.Index);

        public override MS.ValueGetter<MSData.DataViewRowId> GetIdGetter() =>
            (ref MSData.DataViewRowId id) => id = new MSData.DataViewRowId(checked((ulong)_position), 0);

        public override MS.ValueGetter<TValue> GetGetter<TValue>(MS.DataViewSchema.Column column) => active.Contains(column.Index)
            ? BatchRow.Getter<TValue>(this, view._columns[column.Index])
            : throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the pass was opened. Add it to the columns needed.");

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                batches.Dispose();
            base.Dispose(disposing);
        }
    }
}
