using System.Text;

namespace MLPath.Reports.Charts;

/// <summary>A distribution: filled bins when it is alone, an outline over a tint when it shares the bins with others.</summary>
internal sealed class HistogramMark(HistogramSection section, int index) : IMark
{
    /// <summary>The plot of a histogram.</summary>
    public static Plot Plot(HistogramSection section)
    {
        var counts = section.Series.SelectMany(s => s.Counts).ToArray();
        var whole = counts.Where(double.IsFinite).All(double.IsInteger);
        var undrawn = counts.Count(c => !double.IsFinite(c));
        var first = section.Axis.Logarithmic ? section.Edges.Where(e => e > 0).DefaultIfEmpty(1).Min() : section.Edges[0];
        var axis = section.Axis with { Min = section.Axis.Min ?? first, Max = section.Axis.Max ?? section.Edges[^1] };
        var x = ValueAxis.Of(axis, section.Edges);
        return new Plot
        {
            Title = section.Title,
            Description = $"Histogram of {section.Axis.Title}: {Describe.Names([.. section.Series.Select(s => s.Name)])}.",
            X = x,
            Y = ValueAxis.Of(
                new ChartAxis(section.CountTitle, whole ? ValueKind.Integer : ValueKind.Number) { Floor = 0 }, counts, includeZero: true),
            Marks = [.. section.Series.Select((_, i) => new HistogramMark(section, i))],
            Legend = section.Series.Count == 1 ? [] : [.. section.Series.Select((s, i) => Entry(s, i))],
            Notes = Describe.Undrawn(undrawn, counts.Length, "bins"),
            IsEmpty = undrawn == counts.Length,
        };
    }

    /// <inheritdoc/>
    public void Draw(MarkupWriter svg, PlotArea area)
    {
        svg.Open("g", ("class", SeriesStyle.Class(index)), ("clip-path", area.Clip));
        if (section.Series.Count == 1)
            DrawBins(svg, area);
        else
            DrawOutline(svg, area);
        svg.Close();
    }

    private void DrawBins(MarkupWriter svg, PlotArea area)
    {
        for (var i = 0; i + 1 < section.Edges.Count; i++)
        {
            var count = section.Series[index].Counts[i];
            double left = area.X(section.Edges[i]), right = area.X(section.Edges[i + 1]), top = area.Y(count);
            if (!double.IsFinite(left + right + top) || count == 0)
                continue;
            // A hair of page between bins that are wide enough to spare it.
            var gap = right - left > 4 ? 1 : 0;
            svg.Open("rect", ("class", "bin"),
                ("x", MarkupWriter.Px(left + (gap / 2.0))), ("width", MarkupWriter.Px(Math.Max(right - left - gap, 0.5))),
                ("y", MarkupWriter.Px(Math.Min(top, area.Y(0)))), ("height", MarkupWriter.Px(Math.Abs(area.Y(0) - top))));
            svg.Element("title", $"{Typeset.Number(ChartTables.Bin(section, i))}: {NumberFormat.Integer(count)}");
            svg.Close();
        }
    }

    private void DrawOutline(MarkupWriter svg, PlotArea area)
    {
        // The outline rises over bins that hold something and leaves the axis bare between them.
        var path = new StringBuilder();
        var rises = false;
        for (var i = 0; i + 1 < section.Edges.Count; i++)
        {
            var count = section.Series[index].Counts[i];
            double left = area.X(section.Edges[i]), right = area.X(section.Edges[i + 1]), top = area.Y(count);
            var holds = count != 0 && double.IsFinite(left + right + top);
            if (holds && !rises)
                path.Append($"M{MarkupWriter.Px(left)} {MarkupWriter.Px(area.Y(0))}");
            if (holds)
                path.Append($"V{MarkupWriter.Px(top)}H{MarkupWriter.Px(right)}");
            if (rises && !holds)
                path.Append($"V{MarkupWriter.Px(area.Y(0))}");
            rises = holds;
        }
        if (path.Length == 0)
            return;
        if (rises)
            path.Append($"V{MarkupWriter.Px(area.Y(0))}");
        svg.Shape("path", ("class", "band"), ("d", path.ToString()));
        svg.Shape("path", ("class", "line"), ("stroke-dasharray", SeriesStyle.Dash(index)), ("d", path.ToString()));
        if (index == section.Series.Count - 1)
            WriteReadings(svg, area);
    }

    // One rectangle a bin, without colour, that tells the counts of all distributions.
    private void WriteReadings(MarkupWriter svg, PlotArea area)
    {
        for (var i = 0; i + 1 < section.Edges.Count; i++)
        {
            double left = area.X(section.Edges[i]), right = area.X(section.Edges[i + 1]);
            if (!double.IsFinite(left + right) || section.Series.All(s => s.Counts[i] is 0 || !double.IsFinite(s.Counts[i])))
                continue;
            var counts = section.Series.Select(s => $"{s.Name} {NumberFormat.Integer(s.Counts[i])}");
            svg.Open("rect", ("class", "reading"), ("x", MarkupWriter.Px(left)), ("y", MarkupWriter.Px(area.Top)),
                ("width", MarkupWriter.Px(Math.Max(right - left, 0.5))), ("height", MarkupWriter.Px(area.Height)));
            svg.Element("title", $"{Typeset.Number(ChartTables.Bin(section, i))}: {string.Join(", ", counts)}");
            svg.Close();
        }
    }

    private static LegendEntry Entry(HistogramSeries series, int index) => new(series.Name, null, (svg, x, middle) =>
    {
        svg.Open("g", ("class", SeriesStyle.Class(index)));
        svg.Shape("rect", ("class", "band"), ("x", MarkupWriter.Px(x)), ("y", MarkupWriter.Px(middle - 5)),
            ("width", MarkupWriter.Px(Charts.Legend.SignWidth)), ("height", "10"));
        svg.Shape("path", ("class", "line"), ("stroke-dasharray", SeriesStyle.Dash(index)),
            ("d", $"M{MarkupWriter.Px(x)} {MarkupWriter.Px(middle - 5)}h{MarkupWriter.Px(Charts.Legend.SignWidth)}"));
        svg.Close();
    });
}
