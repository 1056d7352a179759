using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Evaluation;

/// <summary>
/// The rows that the doctor looks at: all of a table, or of a large one as many as <see cref="MostRows"/>, one from each of as many equal parts, chosen
/// by a rule that is always the same.
/// </summary>
/// <param name="Rows">The number of rows of the table.</param>
/// <param name="Picked">The rows that were picked, ascending.</param>
/// <param name="Columns">The columns that have scalars, and the slots of short vectors of numbers.</param>
/// <param name="Unread">The names of columns that are not looked at: images, long vectors, vectors of varying length.</param>
internal sealed record TableSample(int Rows, int[] Picked, IReadOnlyList<SampledColumn> Columns, IReadOnlyList<string> Unread)
{
    /// <summary>The most rows that are looked at. A share of 1 % is then known to 0.1 %, which is finer than any threshold of the checks.</summary>
    public const int MostRows = 100_000;

    /// <summary>The most values that are held, 80 MB; tables with many columns are looked at in fewer rows.</summary>
    public const int MostValues = 10_000_000;

    /// <summary>The fewest rows to look at, however many columns there are.</summary>
    public const int FewestRows = 2_000;

    /// <summary>Slots of longer vectors (images, words) are not looked at one by one: they mean nothing alone.</summary>
    public const int MostSlots = 1_000;

    /// <summary>Reads a table.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    public static TableSample Read(IDataView view, CancellationToken cancellationToken)
    {
        var visible = view.Schema.Where(c => !c.IsHidden).ToList();
        var columns = visible.Where(IsRead).ToList();
        int rows = CountOf(view, cancellationToken);
        int width = Math.Max(1, columns.Sum(c => c.Type.ValueCount));
        int[] picked = Pick(rows, Math.Min(MostRows, Math.Max(FewestRows, MostValues / width)));
        var source = picked.Length == rows ? view : RowSubset.View(view, picked, "rows that the doctor looks at");
        var readers = columns.ConvertAll(c => c.Type.Accept(new ReaderFactory(c, picked.Length)));
        using (var cursor = source.GetBatchCursor(columns, cancellationToken))
        {
            while (cursor.MoveNext())
            {
                for (int i = 0; i < columns.Count; i++)
                    readers[i].Add(cursor.Current[columns[i].Index]);
            }
        }

        return new TableSample(rows, picked, [.. readers.SelectMany(r => r.Columns())], [.. visible.Where(c => !IsRead(c)).Select(c => c.Name)]);
    }

    /// <summary>The column of a name; null where it was not read.</summary>
    public SampledColumn? Find(string? name) => name is null ? null : Columns.FirstOrDefault(c => c.Source == name && !c.IsSlot);

    private static bool IsRead(DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType vector => vector.IsKnownSize && vector.Size <= MostSlots && vector.ItemType is NumberDataViewType or BooleanDataViewType,
        NumberDataViewType or BooleanDataViewType or TextDataViewType or KeyDataViewType => true,
        DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType => true,
        _ => false,
    };

    private static int CountOf(IDataView view, CancellationToken cancellationToken)
    {
        if (view.GetRowCount() is { } known)
            return checked((int)known);
        int count = 0;
        using var cursor = view.GetBatchCursor([], cancellationToken);
        while (cursor.MoveNext())
            count = checked(count + cursor.Current.Count);
        return count;
    }

    private static int[] Pick(int rows, int most)
    {
        if (rows <= most)
            return [.. Enumerable.Range(0, rows)];
        var random = new RandomStream(0).Derive("doctor");
        var picked = new int[most];
        for (int i = 0; i < most; i++)
        {
            int start = (int)((long)i * rows / most), end = (int)((i + 1L) * rows / most);
            picked[i] = random.NextInt32(start, end);
        }

        return picked;
    }

    private sealed class ReaderFactory(DataViewSchema.Column column, int rows) : IRawTypeVisitor<ColumnReader>
    {
        public ColumnReader Visit<T>() => column.Type switch
        {
            TextDataViewType => new TextReader(column, rows),
            KeyDataViewType or BooleanDataViewType => new CodeReader<T>(column, rows),
            NumberDataViewType => new NumberReader<T>(column, rows),
            VectorDataViewType => new SlotReader<T>(column, rows),
            _ => new TimeReader<T>(column, rows),
        };
    }
}
