namespace MLPath.Reports;

/// <summary>How the cells of one column are written: chosen once for the column, so that its numbers can be compared by eye.</summary>
public sealed class ColumnFormat
{
    private readonly TableColumn _column;
    private readonly int? _decimals;

    private ColumnFormat(TableColumn column, TableCell[] cells)
    {
        _column = column;
        _decimals = column.Decimals ?? ChooseDecimals(cells, column.Kind);
        HasIntervals = cells.Any(cell => cell.Interval is not null);
    }

    /// <summary>Whether any cell of the column has an interval.</summary>
    public bool HasIntervals { get; }

    /// <summary>The decimals of the column's numbers; null where each number has its own.</summary>
    internal int? Decimals => _decimals;

    /// <summary>Whether the column stands at the left, in the middle or at the right.</summary>
    public ColumnAlignment Alignment =>
        _column.Alignment ?? (_column.Kind == ValueKind.Text ? ColumnAlignment.Left : ColumnAlignment.Right);

    /// <summary>Chooses the format of each column of a table.</summary>
    /// <param name="table">The table.</param>
    /// <returns>A format for each column, in their order.</returns>
    public static ColumnFormat[] Of(TableSection table)
    {
        var formats = new ColumnFormat[table.Columns.Count];
        for (var c = 0; c < formats.Length; c++)
        {
            var cells = table.Rows.Where(row => c < row.Cells.Count).Select(row => row.Cells[c]).ToArray();
            formats[c] = new ColumnFormat(table.Columns[c], cells);
        }
        return formats;
    }

    /// <summary>The number or the words of a cell.</summary>
    /// <param name="cell">A cell of the column.</param>
    public string Main(TableCell cell) =>
        cell.Text ?? (cell.Value is { } value ? NumberFormat.Format(value, _column.Kind, _decimals) : "");

    /// <summary>The interval of a cell in brackets, or null.</summary>
    /// <param name="cell">A cell of the column.</param>
    public string? Interval(TableCell cell) =>
        cell.Interval is { } interval ? NumberFormat.Interval(interval, _column.Kind, _decimals) : null;

    /// <summary>
    /// Half the width of a cell's interval, to the same decimals, for a medium that writes <c>0.967 ± 0.021</c>; the longer side of an interval that is
    /// cut at what a metric can be; null without interval.
    /// </summary>
    /// <param name="cell">A cell of the column.</param>
    public string? HalfWidth(TableCell cell) => cell is { Interval: { } interval, Value: { } value }
        ? NumberFormat.Format(Math.Max(interval.High - value, value - interval.Low), _column.Kind, _decimals)
        : null;

    private static int? ChooseDecimals(TableCell[] cells, ValueKind kind)
    {
        if (kind is not (ValueKind.Number or ValueKind.Percent))
            return null;
        // The middle of what the intervals support: one unusually sure or unsure row must not decide for all.
        var supported = cells.Select(cell => cell.Interval is { } i ? NumberFormat.SupportedDecimals(i, kind) : null)
            .OfType<int>().Order().ToArray();
        if (supported.Length > 0)
            return supported[(supported.Length - 1) / 2];
        return kind == ValueKind.Percent ? 1 : DecimalsOf(cells.Select(cell => cell.Value).OfType<double>());
    }

    // Four significant digits of the largest number, fewer where all numbers are exact with fewer, and none fixed where the
    // smallest would then be all zeros.
    private static int? DecimalsOf(IEnumerable<double> values)
    {
        var sizes = values.Where(double.IsFinite).Select(Math.Abs).Where(size => size > 0).ToArray();
        if (sizes.Length == 0)
            return 0;
        var decimals = Math.Max(0, 3 - NumberFormat.Exponent(sizes.Max()));
        if (decimals > 12 || sizes.Max() >= 1e7 || sizes.Min() < Math.Pow(10, 1 - decimals) / 2)
            return sizes.All(double.IsInteger) && sizes.Max() < 1e7 ? 0 : null;
        while (decimals > 0 && sizes.All(size => IsExact(size, decimals - 1)))
            decimals--;
        return decimals;
    }

    private static bool IsExact(double size, int decimals)
    {
        var scaled = size * Math.Pow(10, decimals);
        return Math.Abs(scaled - Math.Round(scaled)) < 1e-9 * Math.Max(1, scaled);
    }
}
