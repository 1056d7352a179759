using MLPath.Data;

namespace MLPath;

/// <summary>
/// A table that is read by passes: lazy, immutable, of any size. Batches are the natural way to read it; row cursors are a view on them.
/// An own view derives from <see cref="BatchDataView"/>, or implements this interface with cursors alone and is adapted.
/// </summary>
public interface IDataView
{
    /// <summary>Whether <see cref="GetRowCursor"/> honours its random source.</summary>
    bool CanShuffle { get; }

    /// <summary>The columns.</summary>
    DataViewSchema Schema { get; }

    /// <summary>Where the rows come from and what was done to them.</summary>
    DataLineage Lineage => DataLineage.Unknown;

    /// <summary>The number of rows where it is known without a pass; null otherwise.</summary>
    long? GetRowCount();

    /// <summary>Opens a pass, row by row.</summary>
    /// <param name="columnsNeeded">The columns whose values will be read.</param>
    /// <param name="rand">A source for a random order, where the view can shuffle; ignored otherwise.</param>
    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    /// <summary>Opens up to <paramref name="n"/> cursors that share one pass. One cursor that gives all rows is a valid answer.</summary>
    /// <param name="columnsNeeded">The columns whose values will be read.</param>
    /// <param name="n">The number of cursors wanted.</param>
    /// <param name="rand">A source for a random order, where the view can shuffle; ignored otherwise.</param>
    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    /// <summary>Opens a pass, batch by batch.</summary>
    /// <param name="columnsNeeded">The columns whose values will be read.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
        new CursorBatches(this, columnsNeeded, cancellationToken);
}

/// <summary>A view that is read by batches; its row cursors are made from them.</summary>
public abstract class BatchDataView : IDataView
{
    /// <inheritdoc/>
    public virtual bool CanShuffle => false;

    /// <inheritdoc/>
    public abstract DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public virtual DataLineage Lineage => DataLineage.Unknown;

    /// <inheritdoc/>
    public virtual long? GetRowCount() => null;

    /// <inheritdoc/>
    public abstract BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        return new BatchRows(Schema, GetBatchCursor(columns), [.. columns.Select(c => c.Index)]);
    }
}
