namespace MLPath.Reports.Charts;

/// <summary>A matrix as shaded cells with their numbers, rows and columns named along the edges.</summary>
internal sealed class HeatMapDrawing(HeatMapSection section)
{
    /// <summary>A matrix with more rows or columns than this cannot be read as a picture.</summary>
    public const int Most = 60;

    private const double TitleHeight = 20;
    private const double LabelGap = 8;
    private const double SmallestCell = 18;
    private const double LargestCell = 96;
    private const double CellFont = 12;
    private const double SmallCellFont = 10;

    private readonly double _largest =
        section.Values.SelectMany(row => row).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>Whether there is a matrix, and not too large a one.</summary>
    public static bool CanDraw(HeatMapSection section) => section.RowLabels.Count is > 0 and <= Most && section.ColumnLabels.Count is > 0 and <= Most;

    /// <summary>What the drawing shows, for those who cannot see it.</summary>
    public string Description =>
        $"Heat map of {section.RowTitle} ({Describe.Names(section.RowLabels)}) " +
        $"by {section.ColumnTitle} ({Describe.Names(section.ColumnLabels)}).";

    /// <summary>What the colours and shades mean.</summary>
    public string Key
    {
        get
        {
            var negative = section.Values.Any(row => row.Any(value => value < 0));
            var colours = section.DiagonalIsCorrect ? "Blue is right, orange is wrong. "
                : negative ? "Blue is positive, orange negative. " : "";
            var whole = section.Shading == HeatMapShading.Row ? "the row" : "the largest value";
            return $"{colours}Shades are shares of {whole}.";
        }
    }

    /// <summary>Draws the matrix; it becomes wider than asked for where its cells would be too small to read.</summary>
    public void Draw(MarkupWriter svg, string id, double width, string style)
    {
        int rows = section.RowLabels.Count, columns = section.ColumnLabels.Count;
        var labelWidth = Math.Min(section.RowLabels.Max(label => TextMetrics.Width(label)), 0.3 * width);
        var left = labelWidth + LabelGap;
        var cellWidth = Math.Clamp((width - left) / columns, SmallestCell, LargestCell);
        var cellHeight = Math.Clamp(cellWidth, SmallestCell, 44);
        var longest = section.ColumnLabels.Max(label => TextMetrics.Width(label));
        // Names that are wider than their column stand upright.
        var upright = longest > cellWidth - 6;
        var labelHeight = upright ? Math.Min(longest, 130) + 4 : 18;
        var top = TitleHeight + labelHeight + 6;
        var total = Math.Max(width, left + (columns * cellWidth) + 1);

        SvgText.OpenDrawing(svg, id, section.Title, Description, total, top + (rows * cellHeight) + 2, style);
        var (font, numbers) = CellNumbers(cellWidth);
        var (rowTitle, columnTitle) = (section.RowTitle + " ↓", section.ColumnTitle + " →");
        SvgText.Label(svg, 1, 13, rowTitle, "title", width: total / 2);
        var columnTitleLeft = Math.Max(left, Math.Min(TextMetrics.Width(rowTitle), total / 2) + 16);
        SvgText.Label(svg, columnTitleLeft, 13, columnTitle, "title", width: total - columnTitleLeft);
        for (var c = 0; c < columns; c++)
        {
            var room = upright ? labelHeight : cellWidth - 4;
            DrawColumnLabel(svg, section.ColumnLabels[c], left + ((c + 0.5) * cellWidth), upright, room, top);
        }
        for (var r = 0; r < rows; r++)
        {
            var middle = top + ((r + 0.5) * cellHeight);
            SvgText.Label(svg, left - LabelGap, middle + SvgText.Baseline, section.RowLabels[r], "tick", "end", labelWidth);
            for (var c = 0; c < columns; c++)
                DrawCell(svg, r, c, left + (c * cellWidth), middle - (cellHeight / 2), cellWidth, cellHeight, font, numbers?[r][c]);
        }
        svg.Close();
    }

    private static void DrawColumnLabel(MarkupWriter svg, string label, double middle, bool upright, double room, double top)
    {
        var bottom = top - 6;
        if (!upright)
        {
            SvgText.Label(svg, middle, bottom, label, "tick", "middle", room);
            return;
        }
        svg.Open("g", ("transform", $"translate({MarkupWriter.Px(middle + SvgText.Baseline)} {MarkupWriter.Px(bottom)}) rotate(-90)"));
        SvgText.Label(svg, 0, 0, label, "tick", width: room);
        svg.Close();
    }

    private void DrawCell(
        MarkupWriter svg, int r, int c, double x, double y, double width, double height, double font, string? number)
    {
        var value = section.Values[r][c];
        var shade = Shade(r, value);
        var wrong = section.DiagonalIsCorrect ? r != c : value < 0;
        svg.Open("g", ("class", wrong ? "cell second" : "cell"));
        svg.Open("rect", ("class", "tile"),
            ("x", MarkupWriter.Px(x + 0.75)), ("y", MarkupWriter.Px(y + 0.75)),
            ("width", MarkupWriter.Px(width - 1.5)), ("height", MarkupWriter.Px(height - 1.5)),
            ("fill-opacity", shade.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)));
        svg.Element("title", $"{section.RowTitle} {section.RowLabels[r]}, {section.ColumnTitle} {section.ColumnLabels[c]}: " +
            NumberFormat.Format(value, section.Kind));
        svg.Close();
        if (number is { Length: > 0 })
        {
            svg.Element("text", number,
                ("x", MarkupWriter.Px(x + (width / 2))), ("y", MarkupWriter.Px(y + (height / 2) + (0.35 * font))),
                ("font-size", MarkupWriter.Px(font)), ("text-anchor", "middle"),
                ("class", value == 0 ? "zero" : null));
        }
        svg.Close();
    }

    // From 0 to 0.75, where ink can still be read; any value but zero leaves a trace.
    private double Shade(int r, double value)
    {
        var whole = section.Shading == HeatMapShading.Row
            ? section.Values[r].Where(double.IsFinite).Sum(Math.Abs)
            : _largest;
        if (!double.IsFinite(value) || value == 0 || !(whole > 0))
            return 0;
        // The share is formed in halves: a sum of large numbers may lie beyond what a double holds.
        var share = double.IsFinite(whole) ? Math.Abs(value) / whole : 0.5;
        return 0.07 + (0.68 * Math.Min(1, share));
    }

    // The numbers as they fit the cells: in full, in short, or not at all.
    private (double Font, string[][]? Numbers) CellNumbers(double cellWidth)
    {
        foreach (var (font, digits) in (ReadOnlySpan<(double, int)>)[(CellFont, 0), (SmallCellFont, 0), (CellFont, 2), (SmallCellFont, 2)])
        {
            var numbers = section.Values.Select(row => row.Select(v => CellNumber(v, digits)).ToArray()).ToArray();
            if (numbers.SelectMany(row => row).All(text => TextMetrics.Width(text, font) <= cellWidth - 4))
                return (font, numbers);
        }
        return (SmallCellFont, null);
    }

    private string CellNumber(double value, int digits)
    {
        if (double.IsNaN(value))
            return "";
        if (digits == 0)
        {
            return Typeset.Number(
                section.Kind == ValueKind.Number ? NumberFormat.Number(value, 3) : NumberFormat.Format(value, section.Kind));
        }
        var (scaled, unit) = Math.Abs(value) switch
        {
            >= 1e9 => (value / 1e9, "G"),
            >= 1e6 => (value / 1e6, "M"),
            >= 1e3 => (value / 1e3, "k"),
            _ => (value, ""),
        };
        return section.Kind == ValueKind.Percent
            ? Typeset.Number(NumberFormat.Percent(value, 0))
            : Typeset.Number(NumberFormat.Number(scaled, digits)) + unit;
    }
}
