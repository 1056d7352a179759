using MLPath.Reports;
using Spectre.Console;

namespace MLPath.Tool.Output;

/// <summary>Draws the table of a report on the terminal.</summary>
internal static class ReportTable
{
    /// <summary>Draws a table.</summary>
    /// <param name="host">Where to.</param>
    /// <param name="section">The table.</param>
    /// <param name="ranked">Whether the rows are ranked, the first one first.</param>
    /// <param name="without">Columns that are left to other media; none by default.</param>
    public static void Write(ToolHost host, TableSection section, bool ranked = false, params string[] without)
    {
        var formats = ColumnFormat.Of(section);
        int[] shown = [.. Enumerable.Range(0, formats.Length).Where(c => !without.Contains(section.Columns[c].Name))];
        var headings = shown.Select(c => $"{section.Columns[c].Name}{(formats[c].Alignment == ColumnAlignment.Right ? "|" : "")}");
        var table = new TextTable(ranked ? headings.Prepend("|") : headings);
        int rank = 0;
        foreach (var row in section.Rows)
        {
            var style = row.Emphasis switch
            {
                Emphasis.Best => new Style(Color.Green),
                Emphasis.Failed => new Style(Color.Red),
                _ => Style.Plain,
            };
            var cells = shown.Select(c => Cell(row, c, formats[c]));
            table.Add(style, ranked ? cells.Prepend(row.Error is null ? $"{++rank}" : "-") : cells);
        }

        table.Write(host);
        // An error is a sentence, which has no place in a narrow column.
        foreach (var row in section.Rows.Where(r => r.Error is not null))
            host.Out.WriteLine($"{row.Cells[0].Text} failed: {Failure.OneLine(row.Error!)}");
    }

    private static string Cell(Reports.TableRow row, int c, ColumnFormat format)
    {
        if (c >= row.Cells.Count)
            return c == row.Cells.Count && row.Error is not null ? "failed" : "";
        var cell = row.Cells[c];
        return format.HalfWidth(cell) is { } half ? $"{format.Main(cell)} ± {half}" : format.Main(cell);
    }
}
