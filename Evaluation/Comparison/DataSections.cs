using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>A table at a glance, as report sections.</summary>
internal static class DataSections
{
    private const int MostColumns = 100;
    private const int MostValues = 5;

    public static TableSection Of(DataSummary data)
    {
        var shown = data.Columns.Take(MostColumns).ToList();
        return new TableSection("The data",
            [
                new("Column"), new("Type"), new("Missing", ValueKind.Integer), new("Mean", ValueKind.Number), new("Std. dev.", ValueKind.Number),
                new("Minimum", ValueKind.Number), new("Maximum", ValueKind.Number), new("Values"),
            ],
            [.. shown.Select(c => new TableRow(c.Name, c.Type, (double)c.Missing, Number(c.Mean), Number(c.StandardDeviation), Number(c.Minimum), Number(c.Maximum), TableCell.FromString(Values(c))))])
        {
            Explanation = $"{NumberFormat.Integer(data.Rows)} rows, {data.Columns.Count} columns.",
            Notes = data.Columns.Count > MostColumns ? [$"{data.Columns.Count - MostColumns} further columns are not shown."] : [],
            Sortable = true,
        };
    }

    /// <summary>The most frequent values of a column of categories, in words.</summary>
    public static string? Values(ColumnSummary column)
    {
        if (column.Values.Count == 0)
            return null;
        string rest = column.Values.Count > MostValues ? $", … ({column.Values.Count} different)" : "";
        return string.Join(", ", column.Values.Take(MostValues).Select(v => $"{v.Key} ({NumberFormat.Integer(v.Value)})")) + rest;
    }

    private static TableCell Number(double? value) => value is { } number ? TableCell.FromDouble(number) : TableCell.Empty;
}
