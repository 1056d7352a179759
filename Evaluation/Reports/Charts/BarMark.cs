namespace MLPath.Reports.Charts;

/// <summary>A bar from zero to a value, with a whisker where the value has an interval.</summary>
internal sealed class BarMark(Bar bar, int index, ValueKind kind) : IMark
{
    private const double Thickness = 14;

    /// <summary>The plot of a section with bars.</summary>
    public static Plot Plot(BarChartSection section)
    {
        var ends = section.Bars.SelectMany(b => new[] { b.Value, b.Interval?.Low, b.Interval?.High }).OfType<double>();
        var x = ValueAxis.Of(section.Axis, ends, includeZero: true);
        var undrawn = section.Bars.Count(b => !IsDrawable(b.Value, x));
        var words = ColumnFormat.Of(ChartTables.Of(section))[1];
        return new Plot
        {
            Title = section.Title,
            Description = $"Bar chart of {section.Axis.Title} for each of: {Describe.Names([.. section.Bars.Select(b => b.Name)])}.",
            X = x,
            Bands = [.. section.Bars.Select(b => new Band(b.Name,
                b.Emphasis == Emphasis.Failed ? "failed" : Typeset.Number(words.Main(b.Value)), b.Emphasis))],
            BandHeight = 24,
            Marks = [.. section.Bars.Select((b, i) => new BarMark(b, i, section.Axis.Kind))],
            Notes = Describe.Undrawn(undrawn, section.Bars.Count, "bars"),
            IsEmpty = undrawn == section.Bars.Count,
        };
    }

    /// <inheritdoc/>
    public void Draw(MarkupWriter svg, PlotArea area)
    {
        if (!IsDrawable(bar.Value, area.XAxis))
            return;
        var middle = area.Middle(index);
        var origin = area.XAxis.Logarithmic ? area.Left : Math.Clamp(area.X(0), area.Left, area.Right);
        double left = Math.Min(origin, area.X(bar.Value)), right = Math.Max(origin, area.X(bar.Value));
        var style = bar.Emphasis switch { Emphasis.Best => "bar best", Emphasis.Muted => "bar muted", _ => "bar" };
        svg.Open("rect", ("class", style), ("clip-path", area.Clip),
            ("x", MarkupWriter.Px(left)), ("y", MarkupWriter.Px(middle - (Thickness / 2))),
            ("width", MarkupWriter.Px(Math.Max(right - left, 0.5))), ("height", MarkupWriter.Px(Thickness)));
        svg.Element("title", $"{bar.Name}: {Typeset.Number(Words)}");
        svg.Close();
        if (bar.Interval is { } interval && double.IsFinite(area.X(interval.Low) + area.X(interval.High)))
        {
            double low = area.X(interval.Low), high = area.X(interval.High);
            svg.Shape("path", ("class", "interval"), ("clip-path", area.Clip),
                ("d", $"M{MarkupWriter.Px(low)} {MarkupWriter.Px(middle)}H{MarkupWriter.Px(high)}" +
                $"M{MarkupWriter.Px(low)} {MarkupWriter.Px(middle - 3)}v6M{MarkupWriter.Px(high)} {MarkupWriter.Px(middle - 3)}v6"));
        }
    }

    private string Words => bar.Interval is { } interval ? NumberFormat.Estimate(bar.Value, interval, kind) : NumberFormat.Format(bar.Value, kind);

    private static bool IsDrawable(double value, ValueAxis x) => double.IsFinite(value) && double.IsFinite(x.Fraction(value));
}
