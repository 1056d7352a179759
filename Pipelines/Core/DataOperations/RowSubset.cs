using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MLPath.Data;

/// <summary>Views of some rows of another view, by their positions.</summary>
public static class RowSubset
{
    /// <summary>A view of some rows, in the order given. Rows in memory are read directly; others are read in one pass.</summary>
    /// <param name="data">The view.</param>
    /// <param name="rows">Positions from 0; a row may be there more than once. The array must not change afterwards.</param>
    /// <param name="description">What the rows are, for the lineage: "fold 3: train".</param>
    /// <returns>
    /// A lazy view. Rows that are not increasing are read from a view outside memory by holding the needed columns in memory during a pass.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A position is negative, or beyond the rows of a view whose number of rows is known.
    /// </exception>
    public static IDataView View(IDataView data, int[] rows, string description)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentException.ThrowIfNullOrEmpty(description);
        // Any rows can have any description, so the rows themselves go into the lineage, of which the fingerprint is made.
        string hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(rows)), 0, 8);
        return Described(data, rows, string.Create(CultureInfo.InvariantCulture, $"{description} ({rows.Length} rows, {hash})"));
    }

    /// <summary>A view of some rows whose description determines them.</summary>
    internal static IDataView Described(IDataView data, int[] rows, string description)
    {
        ArgumentNullException.ThrowIfNull(data);
        long? count = data.GetRowCount();
        foreach (int row in rows)
        {
            if (row >= 0 && row < (count ?? long.MaxValue))
                continue;
            string known = count is null ? "" : string.Create(CultureInfo.InvariantCulture, $", and there are {count} of them");
            throw new ArgumentOutOfRangeException(nameof(rows), row, $"The view has no row {row}: rows are counted from 0{known}.");
        }

        return new RowSubsetView(data, new Lazy<int[]>(rows), new LineageStep(description));
    }

    /// <summary>A view of rows that are a function of the number of rows, which is found out when the view is first read.</summary>
    internal static IDataView Computed(IDataView data, Func<int, int[]> select, string description)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new RowSubsetView(data, new Lazy<int[]>(() => select(RowCount(data))), new LineageStep(description));
    }

    /// <summary>The number of rows, by a pass where it is not known.</summary>
    /// <exception cref="DataException">There are too many for positions of 32 bits.</exception>
    internal static int RowCount(IDataView data, CancellationToken cancellationToken = default)
    {
        long count = data.GetRowCount() ?? Count(data, cancellationToken);
        return count <= int.MaxValue ? (int)count : throw new DataException(
            $"The data have {count} rows; {int.MaxValue} is the most that can be chosen from.");
    }

    private static long Count(IDataView data, CancellationToken cancellationToken)
    {
        long count = 0;
        using var cursor = data.GetBatchCursor([], cancellationToken);
        while (cursor.MoveNext())
            count += cursor.Current.Count;
        return count;
    }
}

/// <summary>Some rows of a view.</summary>
internal sealed class RowSubsetView : BatchDataView
{
    private readonly IDataView _source;
    private readonly Lazy<int[]> _rows;

    // A subset of a subset of rows in memory is a subset of these.
    private readonly InMemoryDataView? _root;
    private readonly Lazy<int[]> _rootRows;

    public RowSubsetView(IDataView source, Lazy<int[]> rows, LineageStep step)
    {
        (_source, _rows) = (source, rows);
        Lineage = source.Lineage.Then(step);
        var outer = source as RowSubsetView;
        _root = source as InMemoryDataView ?? outer?._root;
        _rootRows = outer?._root is null ? rows : new Lazy<int[]>(() => Array.ConvertAll(rows.Value, row => outer._rootRows.Value[row]));
    }

    public override DataViewSchema Schema => _source.Schema;

    public override DataLineage Lineage { get; }

    public override long? GetRowCount() => _rows.IsValueCreated || _source.GetRowCount() is not null ? _rows.Value.Length : null;

    public override BatchCursor GetBatchCursor(
        IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = columnsNeeded.ToList();
        if (_root is not null)
            return LoadedColumns.Of(_root).Gather(columns, _rootRows.Value, cancellationToken);
        int[] rows = _rows.Value;
        if (IsNotDecreasing(rows))
        {
            return new PickingCursor(_source.GetBatchCursor(columns, cancellationToken), Schema, columns, Picker(rows),
                count => throw Lacking(rows[^1], count));
        }

        var loaded = LoadedColumns.Read(_source, columns, cancellationToken);
        return Array.TrueForAll(rows, row => row < loaded.RowCount)
            ? loaded.Gather(columns, rows, cancellationToken)
            : throw Lacking(rows.Max(), loaded.RowCount);
    }

    private RowPicker Picker(int[] rows)
    {
        int next = 0;
        return (batch, position, picks) =>
        {
            for (long end = position + batch.Count; next < rows.Length && rows[next] < end; next++)
                picks.Add((int)(rows[next] - position));
            return next < rows.Length;
        };
    }

    private static bool IsNotDecreasing(int[] rows)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i] < rows[i - 1])
                return false;
        }

        return true;
    }

    private static DataException Lacking(int row, long count) =>
        new($"Row {row} was chosen, and the data have {count} rows now. Did they change after the rows were chosen?");
}
