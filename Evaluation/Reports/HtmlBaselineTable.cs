using System.Globalization;
using MLPath.Reports.Charts;

namespace MLPath.Reports;

/// <summary>
/// A table of a page whose scores are marked against a baseline. The marks against every competitor are in the page; a script shows the control that
/// chooses among them, and without scripts those of the first baseline stand.
/// </summary>
internal sealed class HtmlBaselineTable(MarkupWriter html, Outline outline)
{
    /// <summary>Writes a table that scrolls by itself where it is wider than the page.</summary>
    /// <param name="table">The table.</param>
    /// <param name="labelledBy">The heading that names it.</param>
    /// <param name="halfColumn">Whether it has half a page's column.</param>
    public void Write(BaselineTableSection table, string labelledBy, bool halfColumn = false)
    {
        WriteChoice(table);
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-labelledby", labelledBy));
        var paper = PaperTable.Of(table, halfColumn);
        html.Open("table", ("class", paper.Style is null ? "compared" : "compared " + paper.Style), ("aria-labelledby", labelledBy));
        WriteHead(table, paper);
        html.Open("tbody");
        html.Line();
        foreach (var row in table.Rows)
            WriteRow(table, row, paper);
        html.Close();
        WriteFoot(table, paper);
        html.Close();
        html.Close();
        foreach (var note in table.Notes)
            html.Element("p", note, ("class", "table-note"));
    }

    // Hidden until the script that it needs has run. Browsers that remember what was chosen would contradict the marks of a page just opened.
    private void WriteChoice(BaselineTableSection table)
    {
        html.Open("p", ("class", "baseline"), ("hidden", "hidden"));
        html.Open("label");
        html.Text("Marks compare with ");
        html.Open("select", ("autocomplete", "off"));
        for (var c = 0; c < table.Competitors.Count; c++)
            html.Element("option", table.Competitors[c], ("value", Number(c)), ("selected", c == table.Baseline ? "selected" : null));
        html.Close();
        html.Close();
        html.Close();
    }

    private void WriteHead(BaselineTableSection table, PaperTable paper)
    {
        html.Open("thead");
        html.Open("tr");
        html.Element("th", table.RowTitle, ("scope", "col"));
        for (var c = 0; c < table.Competitors.Count; c++)
        {
            html.Open("th", ("scope", "col"), ("class", paper.Mark(c + 1, "right")));
            html.Text(table.Competitors[c]);
            WriteAgainst(c, table.Baseline, "baseline", "badge");
            html.Close();
        }
        html.Close();
        html.Close();
    }

    private void WriteRow(BaselineTableSection table, BaselineTableRow row, PaperTable paper)
    {
        html.Open("tr", ("class", row.Error is null ? null : "failed"));
        html.Open("th", ("scope", "row"));
        if (outline.AnchorOf(row.LinkTo) is { } anchor)
            html.Element("a", row.Name, ("href", "#" + anchor));
        else
            html.Text(row.Name);
        if ((row.Badge ?? (row.Error is null ? null : "failed")) is { } badge)
        {
            html.Text(" ");
            html.Element("span", badge, ("class", "badge"));
        }
        html.Close();
        if (row.Error is { } error)
        {
            html.Open("td", ("colspan", Number(table.Competitors.Count)), ("class", "error"));
            html.Element("span", error);
            html.Close();
        }
        else
        {
            var format = RankTables.FormatOf(table, row);
            for (var c = 0; c < row.Cells.Count; c++)
                WriteCell(table, row, c, format, paper);
        }
        html.Close();
        html.Line();
    }

    private void WriteCell(BaselineTableSection table, BaselineTableRow row, int c, ColumnFormat format, PaperTable paper)
    {
        var cell = row.Cells[c];
        html.Open("td", ("class", paper.Mark(c + 1, IsBest(row, c) ? "right top" : "right")));
        html.Element("span", cell.Text ?? Typeset.Number(format.Main(cell)), ("class", "score"));
        var standing = row.Standings[table.Baseline][c];
        var words = Words(standing);
        html.Element("span", RankTables.Sign(standing), ("class", $"mark {Code(standing)}"), ("role", words is null ? null : "img"),
            ("aria-label", words is null ? null : $"{words} {table.Competitors[table.Baseline]}"),
            ("data-marks", string.Concat(row.Standings.Select(against => Code(against[c])))));
        if (format.Interval(cell) is { } interval)
            html.Element("span", Typeset.Number(interval), ("class", "between"));
        html.Close();
    }

    // Who scores the same as the best is as good.
    private static bool IsBest(BaselineTableRow row, int c) =>
        row.Best is { } best && (c == best || (row.Cells[c].Value is { } value && value == row.Cells[best].Value));

    private void WriteFoot(BaselineTableSection table, PaperTable paper)
    {
        html.Open("tfoot");
        foreach (var summary in table.Summaries)
        {
            html.Open("tr");
            html.Open("th", ("scope", "row"));
            html.Element("span", summary.Name, ("class", summary.Description is null ? null : "described"), ("title", summary.Description));
            html.Close();
            for (var c = 0; c < table.Competitors.Count; c++)
            {
                html.Open("td", ("class", paper.Mark(c + 1, "right")));
                if (summary.Values.All(against => against[c] == summary.Values[0][c]))
                {
                    html.Text(Typeset.Number(summary.Values[0][c]));
                }
                else
                {
                    for (var b = 0; b < summary.Values.Count; b++)
                        WriteAgainst(b, table.Baseline, Typeset.Number(summary.Values[b][c]), null);
                }
                html.Close();
            }
            html.Close();
        }
        html.Close();
    }

    // What holds against one baseline only.
    private void WriteAgainst(int against, int baseline, string text, string? style) => html.Element("span", text,
        ("class", style), ("data-against", Number(against)), ("hidden", against == baseline ? null : "hidden"));

    // The letters that the script reads, which are also the names of the styles.
    private static string Code(Standing standing) => standing switch
    {
        Standing.Win => "w",
        Standing.Loss => "l",
        Standing.Tie => "t",
        _ => "n",
    };

    private static string? Words(Standing standing) => standing switch
    {
        Standing.Win => "better than",
        Standing.Loss => "worse than",
        Standing.Tie => "level with",
        _ => null,
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
