using System.Text;

namespace MLPath.Reports.Charts;

/// <summary>The values of one category as dots, with their mean and its interval on top.</summary>
internal sealed class StripMark(DotPlotRow row, int index) : IMark
{
    private const double DotSize = 5;
    private const double MeanSize = 9;

    /// <summary>The plot of a section with strips.</summary>
    public static Plot Plot(DotPlotSection section)
    {
        var values = section.Rows.SelectMany(r => r.Values).ToArray();
        var marked = section.Rows.SelectMany(r => new[] { r.Mean, r.Interval?.Low, r.Interval?.High }).OfType<double>();
        var x = ValueAxis.Of(section.Axis, values.Concat(marked));
        var undrawn = values.Count(v => !IsDrawable(v, x));
        return new Plot
        {
            Title = section.Title,
            Description = $"Dot plot of {section.Axis.Title} for each of: {Describe.Names([.. section.Rows.Select(r => r.Name)])}.",
            X = x,
            Bands = [.. section.Rows.Select(r => new Band(r.Name, Words(r, section.Axis.Kind), r.Emphasis))],
            BandHeight = 30,
            Marks = [.. section.Rows.Select((r, i) => new StripMark(r, i))],
            Legend = [.. Entries(section)],
            Notes = Describe.Undrawn(undrawn, values.Length, "values"),
            IsEmpty = undrawn == values.Length && !section.Rows.Any(r => r.Mean is { } mean && IsDrawable(mean, x)),
        };
    }

    /// <inheritdoc/>
    public void Draw(MarkupWriter svg, PlotArea area)
    {
        var middle = area.Middle(index);
        svg.Open("g", ("class", row.Emphasis == Emphasis.Best ? "strip best" : "strip"));
        DrawDots(svg, area, middle);
        if (row.Interval is { } interval && double.IsFinite(area.X(interval.Low) + area.X(interval.High)))
            DrawInterval(svg, area.X(interval.Low), area.X(interval.High), middle, area.Clip);
        if (row.Mean is { } mean && IsDrawable(mean, area.XAxis))
            DrawMean(svg, area.X(mean), middle);
        svg.Close();
    }

    private static bool IsDrawable(double value, ValueAxis x) => double.IsFinite(value) && x.Contains(value);

    private static string? Words(DotPlotRow row, ValueKind kind) => row switch
    {
        { Mean: { } mean, Interval: { } interval } => Typeset.Number(NumberFormat.Estimate(mean, interval, kind)),
        { Mean: { } mean } => Typeset.Number(NumberFormat.Format(mean, kind)),
        { Emphasis: Emphasis.Failed } => "failed",
        _ => null,
    };

    // Equal values would hide one another: they spread up and down from the middle, closer where there are many.
    private void DrawDots(MarkupWriter svg, PlotArea area, double middle)
    {
        var room = area.BandHeight - area.BandInset - 8;
        var path = new StringBuilder();
        var columns = row.Values.Where(v => IsDrawable(v, area.XAxis)).Select(area.X)
            .GroupBy(x => Math.Floor(x / (DotSize - 1))).OrderBy(column => column.Key);
        foreach (var column in columns)
        {
            var xs = column.Order().ToArray();
            var apart = xs.Length > 1 ? Math.Min(DotSize + 0.5, room / (xs.Length - 1)) : 0;
            for (var i = 0; i < xs.Length; i++)
                path.Append($"M{MarkupWriter.Px(xs[i])} {MarkupWriter.Px(middle + (apart * (i - ((xs.Length - 1) / 2.0))))}h0");
        }
        if (path.Length > 0)
            svg.Shape("path", ("class", "dots"), ("stroke-width", MarkupWriter.Px(DotSize)), ("d", path.ToString()));
    }

    private static void DrawInterval(MarkupWriter svg, double low, double high, double middle, string? clip)
    {
        var path = $"M{MarkupWriter.Px(low)} {MarkupWriter.Px(middle)}H{MarkupWriter.Px(high)}" +
            $"M{MarkupWriter.Px(low)} {MarkupWriter.Px(middle - 4)}v8M{MarkupWriter.Px(high)} {MarkupWriter.Px(middle - 4)}v8";
        svg.Shape("path", ("class", "interval-halo"), ("clip-path", clip), ("d", path));
        svg.Shape("path", ("class", "interval"), ("clip-path", clip), ("d", path));
    }

    private static void DrawMean(MarkupWriter svg, double x, double middle) =>
        svg.Shape("path", ("class", "mean"), ("d", $"M{MarkupWriter.Px(x)} {MarkupWriter.Px(middle)}{SeriesStyle.Marker(3, MeanSize)}"));

    private static IEnumerable<LegendEntry> Entries(DotPlotSection section)
    {
        if (section.Rows.Any(r => r.Values.Count > 0))
        {
            yield return new LegendEntry(section.DotLabel, null, (svg, x, middle) =>
            {
                svg.Open("g", ("class", "strip"));
                svg.Shape("path", ("class", "dots"), ("stroke-width", MarkupWriter.Px(DotSize)),
                    ("d", $"M{MarkupWriter.Px(x + (Charts.Legend.SignWidth / 2))} {MarkupWriter.Px(middle)}h0"));
                svg.Close();
            });
        }
        if (section.Rows.Any(r => r.Mean is not null))
        {
            yield return new LegendEntry(section.MeanLabel, null, (svg, x, middle) =>
            {
                svg.Open("g", ("class", "strip"));
                DrawInterval(svg, x + 1, x + Charts.Legend.SignWidth - 1, middle, null);
                DrawMean(svg, x + (Charts.Legend.SignWidth / 2), middle);
                svg.Close();
            });
        }
    }
}
