using System.Globalization;
using MLPath.Reports.Charts;

namespace MLPath.Reports;

/// <summary>A table of a page.</summary>
internal sealed class HtmlTable(MarkupWriter html, Outline outline)
{
    // Names up to this many characters stay on one line where the page is wide.
    private const int ShortName = 34;
    private const int DenseFrom = 8;
    // A heading or a link without words would be silent.
    private const string Nameless = "(empty)";
    // A sentence would become a tower of words in a narrow column.
    private const int Prose = 40;

    /// <summary>Writes a table that scrolls by itself where it is wider than the page.</summary>
    /// <param name="table">The table.</param>
    /// <param name="labelledBy">The heading that names it.</param>
    /// <param name="halfColumn">Whether it has half a page's column.</param>
    public void Write(TableSection table, string labelledBy, bool halfColumn = false)
    {
        var formats = ColumnFormat.Of(table);
        var paper = PaperTable.Of(table, formats, ShortName, halfColumn);
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-labelledby", labelledBy));
        html.Open("table", ("class", Style(table, formats, paper)), ("aria-labelledby", labelledBy));
        html.Open("thead");
        html.Open("tr");
        for (var c = 0; c < formats.Length; c++)
        {
            var column = table.Columns[c];
            html.Open("th", ("scope", "col"), ("colspan", formats[c].HasIntervals ? "2" : null), ("class", paper.Mark(c, Class(formats[c]))));
            html.Element("span", Named(column.Name), ("class", column.Description is null ? null : "described"), ("title", column.Description));
            html.Close();
        }
        html.Close();
        html.Close();
        html.Open("tbody");
        html.Line();
        foreach (var row in table.Rows)
            WriteRow(formats, row, paper);
        html.Close();
        html.Close();
        html.Close();
        foreach (var note in table.Notes)
            html.Element("p", note, ("class", "table-note"));
    }

    // Many columns stand closer together.
    private static string? Style(TableSection table, ColumnFormat[] formats, PaperTable paper)
    {
        var dense = formats.Sum(format => format.HasIntervals ? 2 : 1) >= DenseFrom;
        var classes = string.Join(' ', new[] { table.Sortable ? "sortable" : null, dense ? "dense" : null, paper.Style }.OfType<string>());
        return classes.Length > 0 ? classes : null;
    }

    private void WriteRow(ColumnFormat[] formats, TableRow row, PaperTable paper)
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
            if (c == 0)
                WriteName(row, formats[c]);
            else
                WriteCell(row.Cells[c], c, formats[c], paper);
        }
        var missing = formats.Skip(row.Cells.Count).Sum(format => format.HasIntervals ? 2 : 1);
        if (missing > 0)
        {
            html.Open("td", ("colspan", missing.ToString(CultureInfo.InvariantCulture)), ("class", row.Error is null ? null : "error"));
            if (row.Error is not null)
                html.Element("span", row.Error);
            html.Close();
        }
        html.Close();
        html.Line();
    }

    private void WriteName(TableRow row, ColumnFormat format)
    {
        var name = Named(Text(row.Cells[0], format));
        var badge = row.Badge ?? (row.Emphasis == Emphasis.Failed ? "failed" : null);
        var isShort = name.Length + (badge?.Length ?? 0) <= ShortName;
        html.Open("th", ("scope", "row"), ("class", Class(format, isShort ? "short" : null)), ("data-value", SortValue(row.Cells[0])));
        if (outline.AnchorOf(row.LinkTo) is { } anchor)
            html.Element("a", name, ("href", "#" + anchor));
        else
            html.Text(name);
        if (badge is not null)
        {
            html.Text(" ");
            html.Element("span", badge, ("class", "badge"));
        }
        html.Close();
    }

    private static string Named(string name) => string.IsNullOrWhiteSpace(name) ? Nameless : name;

    // An interval has a cell of its own, so that estimates stand under one another whether they have one or not; where rows are folded, it goes below its estimate.
    private void WriteCell(TableCell cell, int column, ColumnFormat format, PaperTable paper)
    {
        var interval = format.Interval(cell) is { } written ? Typeset.Number(written) : null;
        html.Element("td", Text(cell, format), ("class", paper.Mark(column, Class(format, cell.Text?.Length > Prose ? "prose" : null))),
            ("data-value", SortValue(cell)), ("data-interval", paper.Folded ? interval : null));
        if (format.HasIntervals)
            html.Element("td", interval ?? "", ("class", "interval"));
    }

    private static string Text(TableCell cell, ColumnFormat format) => cell.Text ?? Typeset.Number(format.Main(cell));

    private static string? SortValue(TableCell cell) => cell.Value?.ToString("R", CultureInfo.InvariantCulture);

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
