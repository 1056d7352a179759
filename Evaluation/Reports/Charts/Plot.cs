namespace MLPath.Reports.Charts;

/// <summary>Something drawn inside the axes of a plot.</summary>
internal interface IMark
{
    /// <summary>Draws the mark.</summary>
    void Draw(MarkupWriter svg, PlotArea area);
}

/// <summary>The rectangle inside the axes, and where values lie in it.</summary>
internal sealed record PlotArea(double Left, double Top, double Width, double Height, ValueAxis XAxis, ValueAxis? YAxis, int Bands)
{
    /// <summary>The right edge.</summary>
    public double Right => Left + Width;

    /// <summary>The bottom edge.</summary>
    public double Bottom => Top + Height;

    /// <summary>The height of the strip that belongs to one category.</summary>
    public double BandHeight => Height / Math.Max(1, Bands);

    /// <summary>How much of each strip, from its top, is taken by the category's name.</summary>
    public double BandInset { get; init; }

    /// <summary>The reference by which lines are cut off at the edges.</summary>
    public required string Clip { get; init; }

    /// <summary>The horizontal place of a value; NaN where it has none.</summary>
    public double X(double value) => Left + (Width * XAxis.Fraction(value));

    /// <summary>The vertical place of a value; NaN where it has none.</summary>
    public double Y(double value) => Top + (Height * (1 - YAxis!.Fraction(value)));

    /// <summary>The middle of the part of a strip that marks are drawn in.</summary>
    public double Middle(int band) => Top + (BandHeight * band) + ((BandHeight + BandInset) / 2);
}

/// <summary>A category along the vertical axis: its name, and its value in words where there is room.</summary>
internal readonly record struct Band(string Name, string? Value, Emphasis Emphasis);

/// <summary>
/// The one driver of all charts over axes: it lays out legend, titles, labels and grid for a width in pixels, so that no text
/// meets another or the edge, and lets the marks draw inside. The vertical axis holds values or categories.
/// </summary>
internal sealed record Plot
{
    private const double RowGap = 6;
    private const double TickGap = 9;
    private const double TitleHeight = 20;
    private const double TickHeight = 21;
    private const double WideFrom = 600;
    private const double SquareAtMost = 420;
    private const double SmallestPlot = 40;

    /// <summary>The name of the drawing.</summary>
    public required string Title { get; init; }

    /// <summary>What the drawing shows, for those who cannot see it.</summary>
    public required string Description { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required ValueAxis X { get; init; }

    /// <summary>The vertical axis, where it holds values.</summary>
    public ValueAxis? Y { get; init; }

    /// <summary>The categories from the top, where the vertical axis holds categories.</summary>
    public IReadOnlyList<Band> Bands { get; init; } = [];

    /// <summary>The height of a category's strip without its name.</summary>
    public double BandHeight { get; init; } = 28;

    /// <summary>What is drawn, from back to front.</summary>
    public required IReadOnlyList<IMark> Marks { get; init; }

    /// <summary>The legend; empty where the drawing explains itself.</summary>
    public IReadOnlyList<LegendEntry> Legend { get; init; } = [];

    /// <summary>Whether the plot is as high as it is wide.</summary>
    public bool Square { get; init; }

    /// <summary>What a reader must know about the drawing: values that could not be drawn, points left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether there is nothing inside the axes.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Draws the plot.</summary>
    /// <param name="svg">Where to.</param>
    /// <param name="id">An anchor that no other drawing has.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="style">The class of the drawing.</param>
    public void Draw(MarkupWriter svg, string id, double width, string style)
    {
        var legend = new Legend(Legend);
        var beside = width >= WideFrom && legend.Count > 0 && Bands.Count == 0;
        var legendWidth = beside ? Math.Min(legend.ColumnWidth, 0.34 * width) : 0;
        var top = beside || legend.Count == 0 ? 2 : legend.RowsHeight(width) + RowGap;
        var (area, xTicks, yTicks) = LayOut(id, beside ? width - legendWidth - 28 : width, top + (Y is null ? 0 : TitleHeight + 4));
        var height = Math.Max(area.Bottom + TickHeight + TitleHeight, beside ? area.Top + legend.ColumnHeight : 0) + 2;

        SvgText.OpenDrawing(svg, id, Title, Description, width, height, style,
            ("data-x", X.Scale(area.Left, area.Right)), ("data-x-title", X.Title),
            ("data-y", Y?.Scale(area.Bottom, area.Top)), ("data-y-title", Y?.Title));
        svg.Open("clipPath", ("id", id + "--clip"));
        svg.Shape("rect", ("x", MarkupWriter.Px(area.Left - 2)), ("y", MarkupWriter.Px(area.Top - 2)),
            ("width", MarkupWriter.Px(area.Width + 4)), ("height", MarkupWriter.Px(area.Height + 4)));
        svg.Close();
        if (beside)
            legend.DrawColumn(svg, area.Right + 28, area.Top, width - area.Right - 28);
        else if (legend.Count > 0)
            legend.DrawRows(svg, 0, width);
        if (Y is not null)
            SvgText.Label(svg, 0, top + 12, Y.Title, "title", width: width);
        DrawGrid(svg, area, xTicks, yTicks);
        DrawBandLabels(svg, area, width);
        DrawHorizontalTitle(svg, area, width);
        foreach (var mark in Marks)
            mark.Draw(svg, area);
        svg.Close();
    }

    private (PlotArea Area, IReadOnlyList<Tick> X, IReadOnlyList<Tick> Y) LayOut(string id, double width, double top)
    {
        var stacked = StacksBands(width);
        double left = Bands.Count == 0 ? 40 : stacked ? 0 : Math.Ceiling(NameWidth()) + 14;
        double right = Bands.Count == 0 || stacked ? 8 : ValueWidth() is > 0 and var w ? w + 22 : 8;
        double plotWidth = 0, plotHeight = 0;
        IReadOnlyList<Tick> xTicks = [], yTicks = [];
        // Labels take room, and room decides the labels. Room once given is not taken back, so that a few rounds settle both.
        for (var settled = false; !settled;)
        {
            var before = (left, right);
            plotWidth = Math.Max(SmallestPlot, width - left - right);
            if (Square && width >= SquareAtMost)
                plotWidth = Math.Min(plotWidth, SquareAtMost);
            plotHeight = Bands.Count > 0 ? Bands.Count * (BandHeight + (stacked ? TitleHeight : 0))
                : Square ? plotWidth : Math.Clamp(0.56 * plotWidth, 190, 340);
            xTicks = X.Ticks(plotWidth, horizontal: true);
            yTicks = Y?.Ticks(plotHeight, horizontal: false) ?? [];
            if (yTicks.Count > 0)
                left = Math.Max(left, yTicks.Max(tick => TextMetrics.Width(tick.Label)) + TickGap);
            foreach (var tick in xTicks)
            {
                var half = (TextMetrics.Width(tick.Label) / 2) + 1;
                left = Math.Max(left, half - (plotWidth * X.Fraction(tick.Value)));
                right = Math.Max(right, half - (plotWidth * (1 - X.Fraction(tick.Value))));
            }
            settled = (left - before.left < 0.25 && right - before.right < 0.25) || plotWidth == SmallestPlot;
        }
        var area = new PlotArea(left, top, plotWidth, plotHeight, X, Y, Bands.Count)
        {
            BandInset = stacked ? TitleHeight : 0,
            Clip = $"url(#{id}--clip)",
        };
        return (area, xTicks, yTicks);
    }

    // Long names beside the strips would leave them no room: they then go above.
    private bool StacksBands(double width) => Bands.Count > 0 && NameWidth() + ValueWidth() > (width >= WideFrom ? 0.5 : 0.3) * width;

    private double NameWidth() => Bands.Max(band => TextMetrics.Width(band.Name, bold: band.Emphasis == Emphasis.Best));

    private double ValueWidth() => Bands.Max(band => band.Value is null ? 0 : TextMetrics.Width(band.Value));

    private static void DrawGrid(MarkupWriter svg, PlotArea area, IReadOnlyList<Tick> xTicks, IReadOnlyList<Tick> yTicks)
    {
        svg.Open("g", ("class", "grid"));
        foreach (var tick in xTicks)
            Line(svg, area.X(tick.Value), area.Top, area.X(tick.Value), area.Bottom);
        foreach (var tick in yTicks)
            Line(svg, area.Left, area.Y(tick.Value), area.Right, area.Y(tick.Value));
        svg.Close();
        svg.Open("g", ("class", "axis"));
        Line(svg, area.Left, area.Bottom, area.Right, area.Bottom);
        foreach (var tick in xTicks)
            SvgText.Label(svg, area.X(tick.Value), area.Bottom + 17, tick.Label, "tick", "middle");
        foreach (var tick in yTicks)
            SvgText.Label(svg, area.Left - TickGap, area.Y(tick.Value) + SvgText.Baseline, tick.Label, "tick", "end");
        svg.Close();
    }

    private void DrawBandLabels(MarkupWriter svg, PlotArea area, double width)
    {
        var stacked = area.BandInset > 0;
        for (var i = 0; i < Bands.Count; i++)
        {
            var band = Bands[i];
            var y = stacked ? area.Top + (area.BandHeight * i) + 15 : area.Middle(i) + SvgText.Baseline;
            var style = band.Emphasis switch { Emphasis.Best => "strong", Emphasis.Muted or Emphasis.Failed => "quiet", _ => null };
            var valueWidth = band.Value is null ? 0 : TextMetrics.Width(band.Value);
            if (stacked)
                SvgText.Label(svg, 0, y, band.Name, style, width: width - valueWidth - 12);
            else
                SvgText.Label(svg, area.Left - 14, y, band.Name, style, "end", area.Left - 14);
            if (band.Value is not null)
                SvgText.Label(svg, width, y, band.Value, "tick", "end");
        }
    }

    private void DrawHorizontalTitle(MarkupWriter svg, PlotArea area, double width)
    {
        var y = area.Bottom + TickHeight + 15;
        if (TextMetrics.Width(X.Title) <= area.Width)
            SvgText.Label(svg, area.Left + (area.Width / 2), y, X.Title, "title", "middle");
        else
            SvgText.Label(svg, 0, y, X.Title, "title", width: width);
    }

    private static void Line(MarkupWriter svg, double x1, double y1, double x2, double y2) => svg.Shape("line",
        ("x1", MarkupWriter.Px(x1)), ("y1", MarkupWriter.Px(y1)), ("x2", MarkupWriter.Px(x2)), ("y2", MarkupWriter.Px(y2)));
}
