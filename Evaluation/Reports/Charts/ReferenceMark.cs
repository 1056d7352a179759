namespace MLPath.Reports.Charts;

/// <summary>A thin dashed line to compare with.</summary>
internal sealed class ReferenceMark(ReferenceLine line) : IMark
{
    private const string Dash = "4 4";

    /// <summary>The marks and the legend entries of reference lines.</summary>
    public static (IEnumerable<IMark> Marks, IEnumerable<LegendEntry> Legend) Of(IReadOnlyList<ReferenceLine> lines) =>
        (lines.Select(line => new ReferenceMark(line)),
         lines.Where(line => line.Label is not null).Select(line => new LegendEntry(line.Label!, null, DrawSign)));

    /// <summary>The values that the axes should reach so that the line can be seen.</summary>
    public static IEnumerable<double> Values(IReadOnlyList<ReferenceLine> lines, ReferenceLineKind kind) =>
        lines.Where(line => line.Kind == kind).Select(line => line.Value);

    /// <inheritdoc/>
    public void Draw(MarkupWriter svg, PlotArea area)
    {
        var (x1, y1, x2, y2) = line.Kind switch
        {
            ReferenceLineKind.Horizontal => (area.Left, area.Y(line.Value), area.Right, area.Y(line.Value)),
            ReferenceLineKind.Vertical => (area.X(line.Value), area.Top, area.X(line.Value), area.Bottom),
            _ => Diagonal(area),
        };
        if (!double.IsFinite(x1 + y1 + x2 + y2))
            return;
        svg.Shape("line", ("class", "reference"), ("stroke-dasharray", Dash), ("clip-path", area.Clip),
            ("x1", MarkupWriter.Px(x1)), ("y1", MarkupWriter.Px(y1)), ("x2", MarkupWriter.Px(x2)), ("y2", MarkupWriter.Px(y2)));
    }

    // From where the diagonal enters the rectangle to where it leaves: on axes of unlike kinds it would bend between.
    private static (double, double, double, double) Diagonal(PlotArea area)
    {
        var from = Math.Max(area.XAxis.Low, area.YAxis!.Low);
        var to = Math.Min(area.XAxis.High, area.YAxis.High);
        return from < to && area.XAxis.Logarithmic == area.YAxis.Logarithmic
            ? (area.X(from), area.Y(from), area.X(to), area.Y(to))
            : (double.NaN, 0, 0, 0);
    }

    private static void DrawSign(MarkupWriter svg, double x, double middle) => svg.Shape("line",
        ("class", "reference"), ("stroke-dasharray", Dash),
        ("x1", MarkupWriter.Px(x)), ("x2", MarkupWriter.Px(x + Charts.Legend.SignWidth)),
        ("y1", MarkupWriter.Px(middle)), ("y2", MarkupWriter.Px(middle)));
}
