using System.Text;

namespace MLPath.Reports.Charts;

/// <summary>The values of one category as dots, with their mean and its interval on top.</summary>
internal sealed class StripMark(DotPlotRow row, int index, string? words) : IMark
{
    private const double DotSize = 5;
    private const double MeanSize = 9;

    /// <summary>The plot of a section with strips.</summary>
    public static Plot Plot(DotPlotSection section)
    {
        var x = Axis(section);
        var words = ColumnFormat.Of(ChartTables.Of(section))[1];
        var beyond = section.Rows.Where(r => Beyond(r, x) is not null).ToArray();
        var values = section.Rows.Except(beyond).SelectMany(r => r.Values).ToArray();
        var undrawn = values.Count(v => !IsDrawable(v, x));
        return new Plot
        {
            Title = section.Title,
            Description = $"Dot plot of {section.Axis.Title} for each of: {Describe.Names([.. section.Rows.Select(r => r.Name)])}.",
            X = x,
            Bands = [.. section.Rows.Select(r => new Band(r.Name, Words(r, words), r.Emphasis))],
            BandHeight = 30,
            Marks = [.. section.Rows.Select((r, i) => new StripMark(r, i, Words(r, words)))],
            Legend = [.. Entries(section)],
            Notes = [.. Describe.Undrawn(undrawn, values.Length, "values"), .. Arrows([.. beyond.Select(r => r.Name)])],
            IsEmpty = undrawn == values.Length && !section.Rows.Any(r => r.Mean is { } mean && double.IsFinite(mean)),
        };
    }

    /// <inheritdoc/>
    public void Draw(MarkupWriter svg, PlotArea area)
    {
        var middle = area.Middle(index);
        svg.Open("g", ("class", row.Emphasis == Emphasis.Best ? "strip best" : "strip"));
        DrawDots(svg, area, middle);
        if (Beyond(row, area.XAxis) is { } side)
        {
            svg.Shape("path", ("class", "beyond"), ("d", side < 0
                ? $"M{MarkupWriter.Px(area.Left + 1)} {MarkupWriter.Px(middle)}l7 -4.5v9z"
                : $"M{MarkupWriter.Px(area.Right - 1)} {MarkupWriter.Px(middle)}l-7 -4.5v9z"));
        }
        if (row.Interval is { } interval && double.IsFinite(area.X(interval.Low) + area.X(interval.High)))
            DrawInterval(svg, area.X(interval.Low), area.X(interval.High), middle, area.Clip);
        if (row.Mean is { } mean && IsDrawable(mean, area.XAxis))
            DrawMean(svg, area.X(mean), middle, $"{row.Name}: {words}");
        svg.Close();
    }

    private static bool IsDrawable(double value, ValueAxis x) => double.IsFinite(value) && x.Contains(value);

    // A baseline far off would press everything else together: where it would more than double the axis, it stays beyond it.
    private static ValueAxis Axis(DotPlotSection section)
    {
        var all = ValueAxis.Of(section.Axis, section.Rows.SelectMany(Drawn));
        if (section.Rows.All(r => r.Emphasis == Emphasis.Muted))
            return all;
        var compared = ValueAxis.Of(section.Axis, section.Rows.Where(r => r.Emphasis != Emphasis.Muted).SelectMany(Drawn));
        return all.Fraction(compared.High) - all.Fraction(compared.Low) < 0.5 ? compared : all;
    }

    private static IEnumerable<double> Drawn(DotPlotRow row) =>
        row.Values.Concat(new[] { row.Mean, row.Interval?.Low, row.Interval?.High }.OfType<double>());

    // -1 where the mean of a row lies before the axis begins, 1 where it lies behind its end.
    private static int? Beyond(DotPlotRow row, ValueAxis x) =>
        row.Mean is not { } mean || !double.IsFinite(mean) || x.Contains(mean) ? null : mean < x.Low ? -1 : 1;

    private static IReadOnlyList<string> Arrows(IReadOnlyList<string> names) =>
        names.Count == 0 ? [] : [$"Beyond the axis, where an arrow points: {Describe.Names(names)}."];

    private static string? Words(DotPlotRow row, ColumnFormat format)
    {
        if (row.Mean is not { } mean)
            return row.Emphasis == Emphasis.Failed ? "failed" : null;
        var cell = row.Interval is { } i ? TableCell.Estimate(mean, i.Low, i.High) : mean;
        return Typeset.Number(format.Interval(cell) is { } interval ? $"{format.Main(cell)} {interval}" : format.Main(cell));
    }

    // Equal values would hide one another: they share a dot whose area is the sum of theirs.
    private void DrawDots(MarkupWriter svg, PlotArea area, double middle)
    {
        var largest = area.BandHeight - area.BandInset - 6;
        var bySize = row.Values.Where(v => IsDrawable(v, area.XAxis)).Select(area.X)
            .GroupBy(x => Math.Round(2 * x) / 2)
            .GroupBy(dot => dot.Count(), dot => dot.Key)
            .OrderByDescending(size => size.Key);
        foreach (var size in bySize)
        {
            var path = new StringBuilder();
            foreach (var x in size.Order())
                path.Append($"M{MarkupWriter.Px(x)} {MarkupWriter.Px(middle)}h0");
            svg.Shape("path", ("class", "dots"),
                ("stroke-width", MarkupWriter.Px(Math.Min(DotSize * Math.Sqrt(size.Key), largest))),
                ("data-series", size.Key == 1 ? row.Name : $"{row.Name}, {size.Key} times"), ("d", path.ToString()));
        }
    }

    private static void DrawInterval(MarkupWriter svg, double low, double high, double middle, string? clip)
    {
        var path = $"M{MarkupWriter.Px(low)} {MarkupWriter.Px(middle)}H{MarkupWriter.Px(high)}" +
            $"M{MarkupWriter.Px(low)} {MarkupWriter.Px(middle - 4)}v8M{MarkupWriter.Px(high)} {MarkupWriter.Px(middle - 4)}v8";
        svg.Shape("path", ("class", "interval-halo"), ("clip-path", clip), ("d", path));
        svg.Shape("path", ("class", "interval"), ("clip-path", clip), ("d", path));
    }

    private static void DrawMean(MarkupWriter svg, double x, double middle, string? reading = null)
    {
        svg.Open("path", ("class", "mean"), ("d", $"M{MarkupWriter.Px(x)} {MarkupWriter.Px(middle)}{SeriesStyle.Marker(3, MeanSize)}"));
        if (reading is not null)
            svg.Element("title", reading);
        svg.Close();
    }

    private static LegendEntry DotEntry(string label, double size) => new(label, null, (svg, x, middle) =>
    {
        svg.Open("g", ("class", "strip"));
        svg.Shape("path", ("class", "dots"), ("stroke-width", MarkupWriter.Px(size)),
            ("d", $"M{MarkupWriter.Px(x + (Charts.Legend.SignWidth / 2))} {MarkupWriter.Px(middle)}h0"));
        svg.Close();
    });

    private static IEnumerable<LegendEntry> Entries(DotPlotSection section)
    {
        if (section.Rows.Any(r => r.Values.Count > 0))
            yield return DotEntry(section.DotLabel, DotSize);
        if (section.Rows.Any(r => r.Values.Distinct().Count() < r.Values.Count))
            yield return DotEntry("several of the same value", 2.2 * DotSize);
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
