using System.Globalization;

namespace MLPath.Reports;

/// <summary>
/// Tables that stand in for sections about ranks where there is neither a drawing nor a choice of the baseline: in Markdown and on terminals.
/// </summary>
public static class RankTables
{
    /// <summary>What a standing looks like beside a score: <c>▲</c> better, <c>▼</c> worse, <c>≈</c> level.</summary>
    /// <param name="standing">How a competitor stands to the baseline.</param>
    /// <returns>The sign; empty where there is nothing to compare.</returns>
    public static string Sign(Standing standing) => standing switch
    {
        Standing.Win => "▲",
        Standing.Loss => "▼",
        Standing.Tie => "≈",
        _ => "",
    };

    /// <summary>A diagram as a table: a row for each competitor with its average rank and the letters of its groups.</summary>
    /// <param name="section">The diagram.</param>
    public static TableSection Of(CriticalDifferenceSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        bool tested = double.IsFinite(section.CriticalDifference);
        var letters = section.Letters;
        TableColumn[] columns = [new("Candidate"), new("Average rank", ValueKind.Number) { Decimals = 2 }, .. tested ? new[] { new TableColumn("Groups") } : []];
        var rows = section.Items.Select((item, i) => new TableRow([item.Name, item.AverageRank, .. tested ? new TableCell[] { letters[i] } : []])
        {
            Emphasis = item.AverageRank == section.Items[0].AverageRank ? Emphasis.Best : Emphasis.None,
        });
        return new TableSection(section.Title, columns, [.. rows])
        {
            Notes = tested
                ? [$"Candidates that share a letter are not known to differ: their average ranks are less than the critical difference, {NumberFormat.Fixed(section.CriticalDifference, 2)}, apart."]
                : [],
        };
    }

    /// <summary>A table of marked scores with the marks of the baseline that it begins with.</summary>
    /// <param name="section">The table.</param>
    /// <param name="intervals">Whether intervals stand beside the scores.</param>
    public static TableSection Of(BaselineTableSection section, bool intervals = true)
    {
        ArgumentNullException.ThrowIfNull(section);
        var columns = section.Competitors.Select((name, c) => new TableColumn(c == section.Baseline ? $"{name} (baseline)" : name) { Alignment = ColumnAlignment.Right });
        var rows = section.Rows.Select(row => Row(section, row, intervals));
        var summaries = section.Summaries.Select(s => new TableRow([s.Name, .. s.Values[section.Baseline].Select(TableCell.FromString)]) { Emphasis = Emphasis.Muted });
        return new TableSection(section.Title, [new(section.RowTitle), .. columns], [.. rows, .. summaries]) { Notes = section.Notes };
    }

    /// <summary>How the scores of one row are written: all with the same decimals, so that they can be compared by eye.</summary>
    internal static ColumnFormat FormatOf(BaselineTableSection section, BaselineTableRow row) =>
        ColumnFormat.Of(new TableSection(row.Name, [new("Score", section.Kind)], [.. row.Cells.Select(cell => new TableRow(cell))]))[0];

    private static TableRow Row(BaselineTableSection section, BaselineTableRow row, bool intervals)
    {
        if (row.Error is { } error)
            return TableRow.Failed(row.Name, error);
        var format = FormatOf(section, row);
        var cells = row.Cells.Select((cell, c) =>
        {
            string interval = intervals && format.Interval(cell) is { } text ? " " + text : "";
            string sign = Sign(row.Standings[section.Baseline][c]);
            return TableCell.FromString(string.Create(CultureInfo.InvariantCulture, $"{format.Main(cell)}{interval}{(sign.Length == 0 ? "" : " " + sign)}"));
        });
        return new TableRow([row.Name, .. cells]) { Badge = row.Badge };
    }
}
