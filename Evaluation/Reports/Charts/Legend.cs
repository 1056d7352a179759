namespace MLPath.Reports.Charts;

/// <summary>A line of a legend: a sign, a name and perhaps a few quieter words.</summary>
internal sealed record LegendEntry(string Name, string? Note, Action<MarkupWriter, double, double> DrawSign);

/// <summary>A legend, beside the plot or in rows above it. Its width is known before it is drawn.</summary>
internal sealed class Legend(IReadOnlyList<LegendEntry> all)
{
    private const int MostEntries = 14;

    // Of very many entries no eye tells the signs apart: the first ones stand for all, and the others are named where a reader points.
    private readonly IReadOnlyList<LegendEntry> _entries = all.Count <= MostEntries ? all
        : [.. all.Take(MostEntries - 2), new LegendEntry($"and {NumberFormat.Integer(all.Count - MostEntries + 2)} more", null, (_, _, _) => { })];

    /// <summary>The width of a sign.</summary>
    public const double SignWidth = 26;

    private const double RowHeight = 20;
    private const double SignGap = 7;
    private const double EntryGap = 20;
    private const double NoteGap = 6;

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    /// <summary>The width that a column of all entries would take.</summary>
    public double ColumnWidth => _entries.Count == 0 ? 0 : _entries.Max(EntryWidth);

    /// <summary>The height of the rows above a plot of this width.</summary>
    public double RowsHeight(double width) => _entries.Count == 0 ? 0 : (Flow(width).Max(place => place.Row) + 1) * RowHeight;

    /// <summary>Draws the entries in rows.</summary>
    public void DrawRows(MarkupWriter svg, double top, double width)
    {
        var places = Flow(width);
        for (var i = 0; i < places.Length; i++)
            Draw(svg, _entries[i], places[i].X, top + (RowHeight * (places[i].Row + 0.5)), width - places[i].X);
    }

    /// <summary>Draws the entries under one another.</summary>
    public void DrawColumn(MarkupWriter svg, double left, double top, double width)
    {
        for (var i = 0; i < _entries.Count; i++)
            Draw(svg, _entries[i], left, top + (RowHeight * (i + 0.5)), width);
    }

    /// <summary>The height of the entries under one another.</summary>
    public double ColumnHeight => _entries.Count * RowHeight;

    private (double X, int Row)[] Flow(double width)
    {
        var places = new (double X, int Row)[_entries.Count];
        double x = 0;
        var row = 0;
        for (var i = 0; i < places.Length; i++)
        {
            var needed = EntryWidth(_entries[i]);
            if (x > 0 && x + needed > width)
                (x, row) = (0, row + 1);
            places[i] = (x, row);
            x += needed + EntryGap;
        }
        return places;
    }

    private static double EntryWidth(LegendEntry entry) =>
        SignWidth + SignGap + TextMetrics.Width(entry.Name) + (entry.Note is null ? 0 : NoteGap + TextMetrics.Width(entry.Note)) + 1;

    private static void Draw(MarkupWriter svg, LegendEntry entry, double x, double middle, double width)
    {
        entry.DrawSign(svg, x, middle);
        var textWidth = width - SignWidth - SignGap;
        var note = entry.Note is null ? 0 : TextMetrics.Width(entry.Note) + NoteGap;
        // A note is short and says what matters; where both do not fit, the name gives way.
        var noteFits = note < textWidth * 0.6;
        var name = TextMetrics.Fit(entry.Name, textWidth - (noteFits ? note : 0));
        svg.Open("text",
            ("x", MarkupWriter.Px(x + SignWidth + SignGap)), ("y", MarkupWriter.Px(middle + SvgText.Baseline)), ("class", "legend"));
        svg.Text(name);
        if (entry.Note is not null && noteFits)
            svg.Element("tspan", entry.Note, ("dx", MarkupWriter.Px(NoteGap)), ("class", "quiet"));
        if (name != entry.Name || !noteFits)
            svg.Element("title", entry.Note is null ? entry.Name : $"{entry.Name} {entry.Note}");
        svg.Close();
    }
}
