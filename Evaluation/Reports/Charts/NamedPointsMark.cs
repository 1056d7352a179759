using System.Text;

namespace MLPath.Reports.Charts;

/// <summary>A group of points that have names, each drawn, and perhaps joined by steps.</summary>
internal sealed class NamedPointsMark(ScatterSeries series, int index, ScatterSection section) : IMark
{
    /// <summary>The size of a point.</summary>
    public const double Size = 8;

    private const int Grey = 6;

    /// <inheritdoc/>
    public void Draw(MarkupWriter svg, PlotArea area)
    {
        if (series.Joined)
            Join(svg, area, series, index);
        for (var i = 0; i < series.Points.Count; i++)
        {
            var point = series.Points[i];
            if (!IsDrawable(point, area))
                continue;
            svg.Open("path", ("class", SeriesStyle.Class(ColourOf(section, index)) + " point"),
                ("d", $"M{MarkupWriter.Px(area.X(point.X))} {MarkupWriter.Px(area.Y(point.Y))}{SeriesStyle.Marker(index, Size)}"));
            svg.Element("title", $"{(i < series.Labels!.Count ? series.Labels[i] : series.Name)}: {Words(section.Y, point.Y)}, {Words(section.X, point.X)}");
            svg.Close();
        }
    }

    /// <summary>The colour of a group: beside one that is joined, the others stand back in grey.</summary>
    public static int ColourOf(ScatterSection section, int index) => section.Series.Any(s => s.Joined) && !section.Series[index].Joined ? Grey : index;

    /// <summary>Joins the points of a group by steps, across first.</summary>
    public static void Join(MarkupWriter svg, PlotArea area, ScatterSeries series, int index)
    {
        var path = new StringBuilder();
        foreach (var point in series.Points.Where(p => IsDrawable(p, area)))
        {
            var (x, y) = (MarkupWriter.Px(area.X(point.X)), MarkupWriter.Px(area.Y(point.Y)));
            path.Append(path.Length == 0 ? $"M{x} {y}" : $"H{x}V{y}");
        }
        if (path.Length == 0)
            return;
        svg.Open("g", ("class", SeriesStyle.Class(index)));
        svg.Shape("path", ("class", "line front"), ("d", path.ToString()));
        svg.Close();
    }

    /// <summary>Whether a point has a place inside the axes.</summary>
    public static bool IsDrawable(ChartPoint point, PlotArea area) =>
        double.IsFinite(point.X) && double.IsFinite(point.Y) && area.XAxis.Contains(point.X) && area.YAxis!.Contains(point.Y);

    private static string Words(ChartAxis axis, double value) => $"{axis.Title} {Typeset.Number(NumberFormat.Format(value, axis.Kind))}";
}

/// <summary>The names of points, each beside its point where it meets no other name, no point and no edge; the others are read by pointing.</summary>
internal sealed class PointNames(ScatterSection section) : IMark
{
    private const int MostNames = 30;
    private const double Gap = 7;
    private const double Height = TextMetrics.FontSize + 2;

    /// <inheritdoc/>
    public void Draw(MarkupWriter svg, PlotArea area)
    {
        // What is taken: the points of a line, then each name that found room. Other names keep clear of all points; those along the line may cover some.
        var taken = Places(section.Series.Where(s => s.Joined), area);
        var points = Places(section.Series.Where(s => !s.Joined), area);
        // Among very many points, those of a line are named, and the others are read by pointing.
        var many = section.Series.Sum(s => s.Points.Count) > MostNames;
        foreach (var series in section.Series.Where(s => s.Labels is not null && (s.Joined || !many)))
        {
            for (var i = 0; i < Math.Min(series.Points.Count, series.Labels!.Count); i++)
            {
                if (!NamedPointsMark.IsDrawable(series.Points[i], area))
                    continue;
                double x = area.X(series.Points[i].X), y = area.Y(series.Points[i].Y), width = TextMetrics.Width(series.Labels[i]);
                foreach (var (left, middle) in (ReadOnlySpan<(double, double)>)
                    [
                        (x + Gap, y), (x - Gap - width, y), (x - (width / 2), y - Height), (x - (width / 2), y + Height),
                        (x, y - Height), (x, y + Height), (x - width, y - Height), (x - width, y + Height),
                    ])
                {
                    var box = (Left: left - 2, Top: middle - (Height / 2), Right: left + width + 2, Bottom: middle + (Height / 2));
                    if (box.Left < area.Left || box.Right > area.Right || box.Top < area.Top || box.Bottom > area.Bottom
                        || taken.Exists(Meets) || (!series.Joined && points.Exists(Meets)))
                        continue;
                    SvgText.Label(svg, left, middle + SvgText.Baseline, series.Labels[i], "name");
                    taken.Add(box);
                    break;

                    bool Meets((double Left, double Top, double Right, double Bottom) other) =>
                        other.Left < box.Right && box.Left < other.Right && other.Top < box.Bottom && box.Top < other.Bottom;
                }
            }
        }
    }

    private static List<(double Left, double Top, double Right, double Bottom)> Places(IEnumerable<ScatterSeries> groups, PlotArea area) =>
    [
        .. groups.SelectMany(s => s.Points).Where(p => NamedPointsMark.IsDrawable(p, area))
            .Select(p => (area.X(p.X) - 5, area.Y(p.Y) - 5, area.X(p.X) + 5, area.Y(p.Y) + 5)),
    ];
}
