namespace MLPath.Reports.Charts;

/// <summary>A box with a line or two of text.</summary>
internal static class Box
{
    private const double Padding = 10;

    /// <summary>The width that the text asks for, up to a limit.</summary>
    public static double Width(string label, string? detail, double most) => Math.Min(
        most, Math.Max(TextMetrics.Width(label), detail is null ? 0 : TextMetrics.Width(detail)) + (2 * Padding));

    /// <summary>The height of a box with or without a second line.</summary>
    public static double Height(string? detail) => detail is null ? 28 : 44;

    /// <summary>Draws a box around the middle of its height.</summary>
    public static void Draw(MarkupWriter svg, double left, double middle, double width, string label, string? detail, bool leaf)
    {
        var height = Height(detail);
        svg.Shape("rect", ("class", leaf ? "box leaf" : "box"), ("rx", "5"),
            ("x", MarkupWriter.Px(left + 0.5)), ("y", MarkupWriter.Px(middle - (height / 2))),
            ("width", MarkupWriter.Px(width)), ("height", MarkupWriter.Px(height)));
        var first = middle + SvgText.Baseline - (detail is null ? 0 : 8);
        SvgText.Label(svg, left + Padding, first, label, width: width - (2 * Padding) + 1);
        if (detail is not null)
            SvgText.Label(svg, left + Padding, first + 17, detail, "quiet", width: width - (2 * Padding) + 1);
    }
}
