using MLPath.Data;

namespace MLPath.Datasets.Formats;

/// <summary>Reads the rows of a source one after the other into column buffers of its own.</summary>
internal interface IRowReader : IDisposable
{
    /// <summary>The buffer of a column that was asked for; null for the others.</summary>
    /// <param name="column">The column's position in the schema.</param>
    ColumnBuffer? Buffer(int column);

    /// <summary>Forgets the rows read so far.</summary>
    void BeginBatch();

    /// <summary>Adds the next row to the buffers; false when there is none.</summary>
    bool Read();
}

/// <summary>Makes batches of a reader of rows.</summary>
internal sealed class RowReaderCursor : BatchCursor
{
    private readonly IRowReader _reader;
    private readonly CancellationToken _cancellation;
    private long _position;
    private bool _ended;

    public RowReaderCursor(DataViewSchema schema, IRowReader reader, CancellationToken cancellation)
    {
        (_reader, _cancellation) = (reader, cancellation);
        Current = new RowBatch(schema);
        for (int i = 0; i < schema.Count; i++) Current.Set(i, reader.Buffer(i));
    }

    public override RowBatch Current { get; }

    public override bool MoveNext()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_ended) return false;
        _reader.BeginBatch();
        int rows = 0;
        while (rows < RowBatch.DefaultSize && !_ended)
        {
            if (_reader.Read()) rows++;
            else _ended = true;
        }
        Current.SetRows(_position, rows);
        _position += rows;
        return rows > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _reader.Dispose();
        base.Dispose(disposing);
    }
}
