using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>A view of Microsoft.ML as one of MLPath: lazy, batch by batch.</summary>
internal sealed class MicrosoftMLDataView : BatchDataView
{
    private readonly MS.DataViewSchema.Column[] _columns;

    /// <summary>A view.</summary>
    /// <param name="source">The view of Microsoft.ML.</param>
    /// <param name="lineage">Where it comes from, where that is known.</param>
    public MicrosoftMLDataView(MS.IDataView source, DataLineage? lineage = null) : this(source, source.Schema, lineage)
    {
    }

    private MicrosoftMLDataView(MS.IDataView source, IEnumerable<MS.DataViewSchema.Column> columns, DataLineage? lineage)
    {
        (Source, _columns) = (source, [.. columns]);
        Schema = Schemas.FromMicrosoft(_columns);
        // The content of columns that MLPath has no type for is not known, so that a fingerprint leaves them out.
        Lineage = lineage ?? DataLineage.Of("Microsoft.ML", () => DataFingerprint.Compute(
            new MicrosoftMLDataView(source, _columns.Where(c => DataTypes.FromMicrosoft(c.Type) is not IForeignDataViewType), DataLineage.Unknown)));
    }

    /// <summary>The view of Microsoft.ML.</summary>
    public MS.IDataView Source { get; }

    public override DataViewSchema Schema { get; }

    public override DataLineage Lineage { get; }

    public override long? GetRowCount() => Source.GetRowCount();

    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        int[] needed = [.. columnsNeeded.Select(c => c.Index).Distinct()];
        return new Cursor(Source.GetRowCursor(needed.Select(i => _columns[i])), Schema, [.. needed.Select(i => (i, _columns[i]))], cancellationToken);
    }

    private sealed class Cursor(
        MS.DataViewRowCursor cursor, DataViewSchema schema, (int, MS.DataViewSchema.Column)[] columns, CancellationToken cancellation) : BatchCursor
    {
        private readonly MicrosoftRows _rows = new(cursor, schema, columns);

        public override RowBatch Current => _rows.Batch;

        public override bool MoveNext()
        {
            cancellation.ThrowIfCancellationRequested();
            _rows.Clear();
            while (_rows.Batch.Count < RowBatch.DefaultSize && cursor.MoveNext())
                _rows.Append();
            return _rows.Batch.Count > 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                cursor.Dispose();
            base.Dispose(disposing);
        }
    }
}
