using MLPath.Reports;
using Spectre.Console;

namespace MLPath.Tool.Output;

/// <summary>Draws the table of a report on the terminal.</summary>
internal static class ReportTable
{
    /// <summary>Draws a table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="section">The table.</param>
    /// <param name="ranked">Whether the rows are ranked, the first one first.</param>
    public static void Write(IAnsiConsole console, TableSection section, bool ranked = false)
    {
        var formats = ColumnFormat.Of(section);
        var headings = section.Columns.Select((c, i) => formats[i].Alignment == ColumnAlignment.Right ? $"{c.Name}|" : c.Name);
        var table = TextTable.Create(ranked ? headings.Prepend("|") : headings);
        int rank = 0;
        foreach (var row in section.Rows)
        {
            var style = row.Emphasis switch
            {
                Emphasis.Best => new Style(Color.Green),
                Emphasis.Failed => new Style(Color.Red),
                _ => Style.Plain,
            };
            var cells = Cells(row, formats).Select(text => new Text(text, style));
            table.AddRow(ranked ? cells.Prepend(new Text(row.Error is null ? $"{++rank}" : "-", style)) : cells);
        }

        console.Write(table);
        // An error is a sentence, which has no place in a narrow column.
        foreach (var row in section.Rows.Where(r => r.Error is not null))
            console.WriteLine($"{row.Cells[0].Text} failed: {Failure.OneLine(row.Error!)}");
    }

    private static IEnumerable<string> Cells(Reports.TableRow row, ColumnFormat[] formats)
    {
        for (int c = 0; c < formats.Length; c++)
        {
            if (c >= row.Cells.Count)
            {
                yield return c == row.Cells.Count && row.Error is not null ? "failed" : "";
                continue;
            }

            var cell = row.Cells[c];
            yield return formats[c].HalfWidth(cell) is { } half ? $"{formats[c].Main(cell)} ± {half}" : formats[c].Main(cell);
        }
    }
}
