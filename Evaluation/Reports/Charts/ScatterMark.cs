using System.Text;

namespace MLPath.Reports.Charts;

/// <summary>A group of points.</summary>
internal sealed class ScatterMark(ScatterSeries series, int index, int most, double size) : IMark
{
    private const int MostPoints = 2000;
    // Points nearer than this cover one another.
    private const double Square = 2;

    /// <summary>The plot of a section with points.</summary>
    public static Plot Plot(ScatterSection section)
    {
        var points = section.Series.SelectMany(s => s.Points).Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToArray();
        var xs = points.Select(p => p.X).Concat(ReferenceMark.Values(section.References, ReferenceLineKind.Vertical));
        var ys = points.Select(p => p.Y).Concat(ReferenceMark.Values(section.References, ReferenceLineKind.Horizontal));
        var (references, referenceLegend) = ReferenceMark.Of(section.References);
        var both = xs.Concat(ys).ToArray();
        var x = ValueAxis.Of(section.X, section.EqualAxes ? both : xs);
        var y = ValueAxis.Of(section.Y, section.EqualAxes ? both : ys);
        var total = section.Series.Sum(s => s.Points.Count);
        var drawable = points.Count(p => x.Contains(p.X) && y.Contains(p.Y));
        var most = MostPoints / Math.Max(1, section.Series.Count(s => s.Points.Count > 0));
        // The more points, the smaller: a cloud should show where it is dense.
        var size = total switch { <= 200 => 6, <= 700 => 5, _ => 3.6 };
        return new Plot
        {
            Title = section.Title,
            Description = Describe.Series("Scatter plot", section.X, section.Y, [.. section.Series.Select(s => s.Name)]),
            X = x,
            Y = y,
            Marks =
            [
                .. references, .. section.Series.Select((s, i) => s.Labels is null ? (IMark)new ScatterMark(s, i, most, size) : new NamedPointsMark(s, i, section)),
                .. section.Series.Any(s => s.Labels is not null) ? new IMark[] { new PointNames(section) } : [],
            ],
            Legend = section.Series.Count == 1 && section.References.All(r => r.Label is null)
                ? []
                : [.. section.Series.Select((s, i) => Entry(s, i, size, NamedPointsMark.ColourOf(section, i))), .. referenceLegend],
            Square = section.EqualAxes,
            Notes = [.. Describe.Undrawn(total - drawable, total, "points"), .. Thinned(section, most)],
            IsEmpty = drawable == 0,
        };
    }

    /// <inheritdoc/>
    public void Draw(MarkupWriter svg, PlotArea area)
    {
        var places = new List<(double X, double Y)>();
        foreach (var point in series.Points)
        {
            if (double.IsFinite(point.X) && double.IsFinite(point.Y) && area.XAxis.Contains(point.X) && area.YAxis!.Contains(point.Y))
                places.Add((area.X(point.X), area.Y(point.Y)));
        }
        if (places.Count == 0)
            return;
        if (series.Joined)
            NamedPointsMark.Join(svg, area, series, index);
        // Lines of no length with round ends are circles, at a fifth of the characters.
        var round = index == 0;
        var sign = round ? "h0" : SeriesStyle.Marker(index, size);
        var path = new StringBuilder();
        foreach (var (x, y) in Thinning.Scatter(places, Square, most))
            path.Append($"M{MarkupWriter.Px(x)} {MarkupWriter.Px(y)}{sign}");
        svg.Shape("path",
            ("class", SeriesStyle.Class(index) + (round ? " dots" : " point")), ("stroke-width", round ? MarkupWriter.Px(size) : null),
            ("data-series", series.Name), ("d", path.ToString()));
    }

    private static IReadOnlyList<string> Thinned(ScatterSection section, int most) => section.Series.All(s => s.Points.Count <= most)
        ? []
        : [$"Of points that cover one another one is drawn, and at most {NumberFormat.Integer(most)} of a group."];

    private static LegendEntry Entry(ScatterSeries series, int index, double size, int colour) =>
        new(series.Name, series.Points.Count == 0 ? "no data" : null, (svg, x, middle) =>
        {
            var sign = SeriesStyle.Marker(index, Math.Max(size, 5) + 1);
            svg.Shape("path", ("class", SeriesStyle.Class(colour) + " point"),
                ("d", $"M{MarkupWriter.Px(x + (Charts.Legend.SignWidth / 2))} {MarkupWriter.Px(middle)}{sign}"));
        });
}
