using MLPath.Data;
using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Text;

/// <summary>
/// Brings a table into memory, or, where it takes too much of it, makes a view that reads the files on each pass. Columns of a guessed type
/// whose cells contradict the guess become text.
/// </summary>
/// <remarks>
/// The types are those that follow from all cells: a guess was made from some of them, and whatever contradicts it makes the column a mixture
/// of kinds, which is text. One pass is enough unless there is such a column; then the file is read again for those alone.
/// </remarks>
internal sealed class TableCollector(TextTable table, long inMemoryLimit, string lineage, CancellationToken cancellationToken)
{
    private long _rows;
    private long _badRows;
    private readonly long[] _bytes = new long[table.Plan.Columns.Count];

    /// <summary>Reads the table.</summary>
    public IDataView Collect()
    {
        var (plan, stores) = Read();
        var settled = table with { Plan = plan };
        if (stores is null) return new TextView(settled, lineage, plan.Schema(), _rows, _badRows);

        InMemoryDataView? view = null;
        var origin = TextTable.WithNote(DataLineage.Of(lineage, () => DataFingerprint.Compute(view!)), plan.BadRows, _badRows);
        view = new InMemoryDataView(plan.Schema(), [.. stores.Select(s => s!.ToColumn())], origin);
        return plan.BadRows == BadRows.Error ? view : new CleanedTable(view, _badRows);
    }

    /// <summary>Finds the types of all columns without keeping their values.</summary>
    public TablePlan InferTypes()
    {
        var contradictions = new bool[table.Plan.Columns.Count];
        Pass(table, contradictions, [.. Enumerable.Range(0, contradictions.Length)], stores: null);
        return Settled(contradictions);
    }

    /// <summary>The settled plan, and the columns' values unless they take too much memory.</summary>
    private (TablePlan Plan, ColumnStore?[]? Stores) Read()
    {
        int columns = table.Plan.Columns.Count;
        int[] all = [.. Enumerable.Range(0, columns)];
        var contradictions = new bool[columns];
        ColumnStore?[]? stores = [.. table.Plan.Columns.Select(c => ColumnStore.Create(c.Type))];
        stores = Pass(table, contradictions, all, stores);
        var plan = Settled(contradictions);
        if (!contradictions.Contains(true)) return (plan, stores);

        // What was read of columns that are text after all took memory for nothing: only the others say that there is too little of it.
        foreach (int i in all.Where(i => contradictions[i])) _bytes[i] = 0;
        if (plan.BadRows == BadRows.Error && _bytes.Sum() > inMemoryLimit) return (plan, null);

        // Where bad rows are left out, texts that are not valid decide on rows too, so that all columns are read anew.
        bool again = stores is null || plan.BadRows != BadRows.Error;
        int[] reread = again ? all : [.. all.Where(i => contradictions[i])];
        stores ??= new ColumnStore?[columns];
        foreach (int i in reread) stores[i] = ColumnStore.Create(plan.Columns[i].Type);
        long rows = _rows;
        var kept = Pass(table with { Plan = plan }, new bool[columns], reread, stores);
        if (!again && _rows != rows) throw FormatError.Of(table.Inputs[0].Name, "the file changed while it was read");
        return (plan, kept);
    }

    private TablePlan Settled(bool[] contradictions) => table.Plan with
    {
        Columns = [.. table.Plan.Columns.Select(
            (c, i) => (contradictions[i] ? c.WithType(TextDataViewType.Instance) : c) with { IsGuess = false })],
    };

    /// <summary>Reads some columns into stores.</summary>
    /// <returns>The stores; null where they would take too much memory.</returns>
    private ColumnStore?[]? Pass(TextTable source, bool[] contradictions, int[] columns, ColumnStore?[]? stores)
    {
        (_rows, _badRows) = (0, 0);
        foreach (int i in columns) _bytes[i] = 0;
        using var chunks = source.Read(columns, contradictions, cancellationToken);
        while (chunks.MoveNext())
        {
            var chunk = chunks.Current;
            _rows += chunk.Rows;
            _badRows += chunk.BadRows;
            foreach (int i in columns)
            {
                if (Volatile.Read(ref contradictions[i])) continue;
                _bytes[i] += chunk.Bytes(i);
                stores?[i]!.Append(chunk[i], source.MaxRows is null ? chunk.Chunk.Progress : 0);
            }
            if (_bytes.Sum() > inMemoryLimit) stores = null;
        }
        return stores;
    }

    /// <summary>A table in memory from whose file rows were left out, or in which values were replaced.</summary>
    private sealed class CleanedTable(InMemoryDataView rows, long badRows) : BatchDataView, IReportsBadRows
    {
        public override DataViewSchema Schema => rows.Schema;

        public override DataLineage Lineage => rows.Lineage;

        public long? BadRowCount => badRows;

        public override long? GetRowCount() => rows.GetRowCount();

        public override BatchCursor GetBatchCursor(
            IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
            rows.GetBatchCursor(columnsNeeded, cancellationToken);
    }
}
