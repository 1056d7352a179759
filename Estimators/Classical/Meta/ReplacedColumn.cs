using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>A view in which one column is computed anew, under its old name; all other columns are shown as they are.</summary>
internal sealed class ReplacedColumn : BatchDataView
{
    private readonly IDataView _data;
    private readonly int _column;
    private readonly Computing _compute;

    private ReplacedColumn(IDataView data, DataViewSchema.DetachedColumn made, Computing compute, string description)
    {
        (_data, _column, _compute) = (data, data.Schema[made.Name].Index, compute);
        var schema = new DataViewSchema.Builder();
        foreach (var column in data.Schema)
            schema.AddColumn(column.Index == _column ? made : column.Detach());
        Schema = schema.ToSchema();
        Lineage = data.Lineage.Then(new LineageStep(description));
    }

    /// <summary>Fills the new column of a batch.</summary>
    /// <param name="old">The column's old values.</param>
    /// <param name="position">The batch's first row, counted from the view's first.</param>
    /// <param name="made">Receives as many rows.</param>
    public delegate void Computing(ColumnBuffer old, int position, ColumnBuffer made);

    public override DataViewSchema Schema { get; }

    public override DataLineage Lineage { get; }

    /// <summary>Makes the view; computed at once when the rows are in memory, and with each pass otherwise.</summary>
    public static IDataView View(IDataView data, DataViewSchema.DetachedColumn made, string description, FitContext context, Computing compute)
    {
        var view = new ReplacedColumn(data, made, compute, description);
        if (data is not InMemoryDataView held)
            return view;
        var values = ColumnBuffer.Create(made.Type);
        using var cursor = view.GetBatchCursor([view.Schema[view._column]], context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            values.Append(cursor.Current[view._column]);
        }

        return new InMemoryDataView(view.Schema, [.. held.Schema.Select(c => c.Index == view._column ? values : held.GetColumn(c.Index))], view.Lineage);
    }

    public override long? GetRowCount() => _data.GetRowCount();

    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        int[] columns = [.. columnsNeeded.Select(c => c.Index).Distinct()];
        return new Cursor(this, columns, _data.GetBatchCursor(columns.Select(i => _data.Schema[i]), cancellationToken));
    }

    private sealed class Cursor(ReplacedColumn view, int[] columns, BatchCursor source) : BatchCursor
    {
        private readonly ColumnBuffer? _made = columns.Contains(view._column) ? ColumnBuffer.Create(view.Schema[view._column].Type) : null;
        private int _position;

        public override RowBatch Current { get; } = new(view.Schema);

        public override bool MoveNext()
        {
            if (!source.MoveNext())
                return false;
            var batch = source.Current;
            foreach (int column in columns)
            {
                if (column != view._column)
                    Current.Set(column, batch[column]);
            }

            if (_made is not null)
            {
                view._compute(batch[view._column], _position, _made);
                Current.Set(view._column, _made);
            }

            Current.SetRows(_position, batch.Count);
            _position += batch.Count;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                source.Dispose();
            base.Dispose(disposing);
        }
    }
}
