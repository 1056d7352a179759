using System.Globalization;
using MLPath.Reports.Charts;

namespace MLPath.Reports;

/// <summary>A table of a page.</summary>
internal sealed class HtmlTable(MarkupWriter html, Outline outline)
{
    /// <summary>Writes a table that scrolls by itself where it is wider than the page.</summary>
    /// <param name="table">The table.</param>
    /// <param name="labelledBy">The heading that names it.</param>
    public void Write(TableSection table, string labelledBy)
    {
        var formats = ColumnFormat.Of(table);
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", labelledBy));
        html.Open("table", ("class", table.Sortable ? "sortable" : null), ("aria-labelledby", labelledBy));
        html.Open("thead");
        html.Open("tr");
        for (var c = 0; c < formats.Length; c++)
        {
            var column = table.Columns[c];
            html.Element("th", column.Name,
                ("scope", "col"), ("class", Class(formats[c], column.Description is null ? null : "described")), ("title", column.Description));
        }
        html.Close();
        html.Close();
        html.Open("tbody");
        html.Line();
        foreach (var row in table.Rows)
            WriteRow(table, formats, row);
        html.Close();
        html.Close();
        html.Close();
        foreach (var note in table.Notes)
            html.Element("p", note, ("class", "table-note"));
    }

    private void WriteRow(TableSection table, ColumnFormat[] formats, TableRow row)
    {
        html.Open("tr", ("class", row.Emphasis switch
        {
            Emphasis.Best => "best",
            Emphasis.Muted => "muted",
            Emphasis.Failed => "failed",
            _ => null,
        }));
        for (var c = 0; c < row.Cells.Count; c++)
        {
            var cell = row.Cells[c];
            html.Open(c == 0 ? "th" : "td",
                ("scope", c == 0 ? "row" : null), ("class", Class(formats[c])),
                ("data-value", cell.Value?.ToString("R", CultureInfo.InvariantCulture)));
            WriteCell(formats[c], cell, c == 0 ? row : null);
            html.Close();
        }
        var missing = table.Columns.Count - row.Cells.Count;
        if (missing > 0)
        {
            html.Element("td", row.Error ?? "",
                ("colspan", missing.ToString(CultureInfo.InvariantCulture)), ("class", row.Error is null ? null : "error"));
        }
        html.Close();
        html.Line();
    }

    private void WriteCell(ColumnFormat format, TableCell cell, TableRow? named)
    {
        var text = cell.Text ?? Typeset.Number(format.Main(cell));
        if (outline.AnchorOf(named?.LinkTo) is { } anchor)
            html.Element("a", text, ("href", "#" + anchor));
        else
            html.Text(text);
        if (format.Interval(cell) is { } interval)
        {
            html.Text(" ");
            html.Element("span", Typeset.Number(interval), ("class", "interval"));
        }
        if ((named?.Badge ?? (named?.Emphasis == Emphasis.Failed ? "failed" : null)) is { } badge)
        {
            html.Text(" ");
            html.Element("span", badge, ("class", "badge"));
        }
    }

    private static string? Class(ColumnFormat format, string? other = null)
    {
        var alignment = format.Alignment switch
        {
            ColumnAlignment.Right => "right",
            ColumnAlignment.Center => "center",
            _ => null,
        };
        return alignment is null ? other : other is null ? alignment : $"{alignment} {other}";
    }
}
