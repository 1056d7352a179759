using MLPath.Data;

namespace MLPath.Transforms.Image;

/// <summary>Passes over a source in pieces of its batches, so that large values, such as images, or many copies are not made all at once.</summary>
internal abstract class PieceCursor : BatchCursor
{
    private readonly BatchCursor _source;
    private readonly int _mostRows;
    private readonly CancellationToken _cancellation;
    private int _next;
    private bool _open;

    /// <summary>Creates a cursor.</summary>
    /// <param name="source">What is passed over; disposed with this.</param>
    /// <param name="mostRows">The rows of a piece.</param>
    /// <param name="schema">The schema of <see cref="Current"/>.</param>
    /// <param name="columns">The columns to fill.</param>
    /// <param name="cancellation">Ends the pass early.</param>
    protected PieceCursor(
        BatchCursor source, int mostRows, DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns, CancellationToken cancellation)
    {
        (_source, _mostRows, _cancellation) = (source, mostRows, cancellation);
        Current = new RowBatch(schema);
        Columns = [.. columns.Select(c => (c.Index, ColumnBuffer.Create(c.Type)))];
        foreach (var (column, buffer) in Columns)
            Current.Set(column, buffer);
    }

    public sealed override RowBatch Current { get; }

    /// <summary>The columns to fill, and the buffers for them, which are those of <see cref="Current"/>.</summary>
    protected IReadOnlyList<(int Column, ColumnBuffer Buffer)> Columns { get; }

    public sealed override bool MoveNext()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (!_open || _next == _source.Current.Count)
        {
            _open = _source.MoveNext();
            if (!_open)
                return false;
            _next = 0;
        }

        int count = Math.Min(_mostRows, _source.Current.Count - _next);
        Fill(_source.Current, _next, count);
        _next += count;
        return true;
    }

    /// <summary>Makes <see cref="Current"/> of some rows of a batch.</summary>
    protected abstract void Fill(RowBatch batch, int first, int count);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _source.Dispose();
        base.Dispose(disposing);
    }
}
