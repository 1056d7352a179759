using System.Text;

namespace MLPath.Reports.Charts;

/// <summary>A curve with the band around it.</summary>
internal sealed class LineMark(LineSeries series, int index) : IMark
{
    // With few points each is evidence and is shown; with many the line alone says it.
    private const int MarkersUpTo = 25;
    private const double MarkerSize = 6;

    /// <summary>The plot of a section with curves.</summary>
    public static Plot Plot(LineChartSection section)
    {
        var points = section.Series.SelectMany(s => s.Points).ToArray();
        var bands = section.Series.Where(s => s.Band is not null).SelectMany(s => s.Band!).ToArray();
        var (references, referenceLegend) = ReferenceMark.Of(section.References);
        var x = ValueAxis.Of(section.X,
            points.Select(p => p.X).Concat(ReferenceMark.Values(section.References, ReferenceLineKind.Vertical)));
        var y = ValueAxis.Of(section.Y,
            points.Select(p => p.Y).Concat(bands.Select(b => b.Low)).Concat(bands.Select(b => b.High))
                .Concat(ReferenceMark.Values(section.References, ReferenceLineKind.Horizontal)));
        var undrawn = points.Count(p => !IsDrawable(p, x, y));
        return new Plot
        {
            Title = section.Title,
            Description = Describe.Series("Line chart", section.X, section.Y, [.. section.Series.Select(s => s.Name)]),
            X = x,
            Y = y,
            Marks = [.. references, .. section.Series.Select((s, i) => new LineMark(s, i)).OrderBy(m => m.IsForeground)],
            Legend = section.Series.Count(s => !s.IsBackground) == 1 && section.Series[0].Note is null && section.References.All(r => r.Label is null)
                ? []
                : [.. section.Series.Select((s, i) => new LineMark(s, i)).Where(m => m.IsForeground).Select(m => m.Entry()), .. referenceLegend],
            Square = section.Square,
            Notes = Describe.Undrawn(undrawn, points.Length, "points"),
            IsEmpty = undrawn == points.Length,
        };
    }

    /// <inheritdoc/>
    public void Draw(MarkupWriter svg, PlotArea area)
    {
        svg.Open("g", ("class", SeriesStyle.Class(index)), ("clip-path", area.Clip));
        DrawBand(svg, area);
        foreach (var run in Runs(area))
        {
            if (run.Count > 1)
                svg.Shape("path", ("class", IsForeground ? "line" : "line background"), ("stroke-dasharray", IsForeground ? SeriesStyle.Dash(index) : null),
                    ("data-series", series.Name), ("d", Path(Thinning.Line(run))));
        }
        svg.Close();
        DrawMarkers(svg, area);
    }

    private static bool IsDrawable(ChartPoint point, ValueAxis x, ValueAxis y) =>
        double.IsFinite(point.X) && double.IsFinite(point.Y) && double.IsFinite(x.Fraction(point.X) + y.Fraction(point.Y));

    private LegendEntry Entry() => new(series.Name, series.Points.Count == 0 ? "no data" : series.Note, (svg, x, middle) =>
    {
        svg.Open("g", ("class", SeriesStyle.Class(index)));
        svg.Shape("path", ("class", "line"), ("stroke-dasharray", SeriesStyle.Dash(index)),
            ("d", $"M{MarkupWriter.Px(x)} {MarkupWriter.Px(middle)}h{MarkupWriter.Px(Charts.Legend.SignWidth)}"));
        if (HasMarkers)
        {
            svg.Shape("path", ("class", "marker"), ("d",
                $"M{MarkupWriter.Px(x + (Charts.Legend.SignWidth / 2))} {MarkupWriter.Px(middle)}{SeriesStyle.Marker(index, MarkerSize)}"));
        }
        svg.Close();
    });

    private bool IsForeground => !series.IsBackground;

    private bool HasMarkers => series.Points.Count <= MarkersUpTo && !series.Step && IsForeground;

    private void DrawMarkers(MarkupWriter svg, PlotArea area)
    {
        var path = new StringBuilder();
        foreach (var point in series.Points)
        {
            var isAlone = series.Points.Count == 1;
            if ((HasMarkers || isAlone) && IsDrawable(point, area.XAxis, area.YAxis!)
                && area.XAxis.Contains(point.X) && area.YAxis!.Contains(point.Y))
            {
                path.Append($"M{MarkupWriter.Px(area.X(point.X))} {MarkupWriter.Px(area.Y(point.Y))}");
                path.Append(SeriesStyle.Marker(index, MarkerSize));
            }
        }
        if (path.Length > 0)
        {
            // A point that is alone has no line to be read off.
            svg.Shape("path", ("class", SeriesStyle.Class(index) + " marker"), ("data-series", series.Points.Count == 1 ? series.Name : null), ("d", path.ToString()));
        }
    }

    private void DrawBand(MarkupWriter svg, PlotArea area)
    {
        if (series.Band is null)
            return;
        List<(double X, double Y)> upper = [], lower = [];
        for (var i = 0; i < Math.Min(series.Band.Count, series.Points.Count); i++)
        {
            double x = area.X(series.Points[i].X), high = area.Y(series.Band[i].High), low = area.Y(series.Band[i].Low);
            if (!double.IsFinite(x + high + low))
                continue;
            upper.Add((x, high));
            lower.Add((x, low));
        }
        if (upper.Count < 2)
            return;
        lower.Reverse();
        svg.Shape("path", ("class", "band"), ("d", Path([.. upper, .. lower]) + "z"));
    }

    // The points in pixels, one list for each stretch without a gap.
    private IEnumerable<List<(double X, double Y)>> Runs(PlotArea area)
    {
        List<(double X, double Y)> run = [];
        foreach (var point in series.Points)
        {
            if (!IsDrawable(point, area.XAxis, area.YAxis!))
            {
                yield return run;
                run = [];
                continue;
            }
            // Far outside is as good as just outside, and keeps coordinates within what a browser can draw.
            var x = Math.Clamp(area.X(point.X), area.Left - (4 * area.Width), area.Right + (4 * area.Width));
            var y = Math.Clamp(area.Y(point.Y), area.Top - (4 * area.Height), area.Bottom + (4 * area.Height));
            if (series.Step && run.Count > 0)
                run.Add((x, run[^1].Y));
            run.Add((x, y));
        }
        yield return run;
    }

    private static string Path(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
            path.Append($"{(i == 0 ? 'M' : 'L')}{MarkupWriter.Px(points[i].X)} {MarkupWriter.Px(points[i].Y)}");
        return path.ToString();
    }
}
