using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>Learns from one column while a view is read, batch by batch. Several learners share one pass.</summary>
/// <remarks>
/// What is learned must be a function of the rows alone, not of where batches begin, so that every view of the same rows gives the same.
/// </remarks>
/// <param name="column">The column to learn from.</param>
public abstract class ColumnLearner(DataViewSchema.Column column)
{
    /// <summary>The column to learn from.</summary>
    public DataViewSchema.Column Column { get; } = column;

    /// <summary>The columns to read: the one to learn from, and what the learner needs beside it.</summary>
    public virtual IEnumerable<DataViewSchema.Column> Inputs => [Column];

    /// <summary>Whether further rows can still change what was learned.</summary>
    public virtual bool WantsMore => true;

    /// <summary>Learns from the first rows of a batch.</summary>
    /// <param name="batch">The batch, with the column active.</param>
    /// <param name="rows">How many of its rows to learn from.</param>
    public abstract void Add(RowBatch batch, int rows);

    /// <summary>Reads a view once for some learners: until its end, <paramref name="maximumRows"/> rows, or none of them wants more.</summary>
    /// <param name="view">The view.</param>
    /// <param name="learners">The learners.</param>
    /// <param name="context">Looked at for cancellation at every batch.</param>
    /// <param name="maximumRows">The most rows to learn from.</param>
    public static void Read(
        IDataView view, IReadOnlyCollection<ColumnLearner> learners, FitContext context, long maximumRows = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(context);
        using var cursor = view.GetBatchCursor(learners.SelectMany(l => l.Inputs).DistinctBy(c => c.Index), context.CancellationToken);
        long left = maximumRows;
        while (left > 0 && learners.Any(l => l.WantsMore) && cursor.MoveNext())
        {
            context.Checkpoint();
            int rows = (int)Math.Min(left, cursor.Current.Count);
            foreach (var learner in learners)
            {
                if (learner.WantsMore)
                    learner.Add(cursor.Current, rows);
            }

            left -= rows;
        }
    }
}
