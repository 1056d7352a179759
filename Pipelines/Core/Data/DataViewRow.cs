using MLPath.Data;

namespace MLPath;

/// <summary>One row of a view, or a cursor's current one.</summary>
public abstract class DataViewRow : IDisposable
{
    /// <summary>The position of the row, from 0; −1 before the first.</summary>
    public abstract long Position { get; }

    /// <summary>The number of the sub-sequence that the row belongs to when a view is read by several cursors; 0 otherwise.</summary>
    public abstract long Batch { get; }

    /// <summary>The schema of the row.</summary>
    public abstract DataViewSchema Schema { get; }

    /// <summary>A getter of the row's identifier, stable over passes.</summary>
    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    /// <summary>Whether a column was asked for.</summary>
    /// <param name="column">The column.</param>
    public abstract bool IsColumnActive(DataViewSchema.Column column);

    /// <summary>A getter of a column's value.</summary>
    /// <typeparam name="TValue">The column's raw type.</typeparam>
    /// <param name="column">An active column.</param>
    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    /// <summary>Releases what the row holds.</summary>
    /// <param name="disposing">Whether it was called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing) { }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>A pass over a view, row by row.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    /// <summary>Moves to the next row; false when there is none.</summary>
    public abstract bool MoveNext();
}

/// <summary>A pass over a view, batch by batch.</summary>
public abstract class BatchCursor : IDisposable
{
    /// <summary>The rows at hand; valid until the next call of <see cref="MoveNext"/>.</summary>
    public abstract RowBatch Current { get; }

    /// <summary>Moves to the next batch, which has at least one row; false when there is none.</summary>
    /// <exception cref="OperationCanceledException">The pass was cancelled.</exception>
    public abstract bool MoveNext();

    /// <summary>Releases what the pass holds.</summary>
    /// <param name="disposing">Whether it was called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing) { }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }
}
