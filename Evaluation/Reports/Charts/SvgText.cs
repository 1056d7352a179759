namespace MLPath.Reports.Charts;

/// <summary>Text and frames of SVG drawings.</summary>
internal static class SvgText
{
    /// <summary>How far below the middle of a line of text its baseline lies, in pixels.</summary>
    public const double Baseline = 4.2;

    /// <summary>Writes a label, shortened to a width; what was cut off can be read by pointing at it.</summary>
    /// <param name="svg">The drawing.</param>
    /// <param name="x">Where the text is anchored.</param>
    /// <param name="y">The baseline.</param>
    /// <param name="text">The text.</param>
    /// <param name="style">The class that styles it, or null.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="width">The most pixels it may take.</param>
    public static void Label(
        MarkupWriter svg,
        double x,
        double y,
        string text,
        string? style = null,
        string anchor = "start",
        double width = double.PositiveInfinity)
    {
        var shown = TextMetrics.Fit(text, width, bold: style == "strong");
        svg.Open("text",
            ("x", MarkupWriter.Px(x)), ("y", MarkupWriter.Px(y)), ("class", style), ("text-anchor", anchor == "start" ? null : anchor));
        svg.Text(shown);
        if (shown != text)
            svg.Element("title", text);
        svg.Close();
    }

    /// <summary>Opens a drawing with its name and description; the caller closes it.</summary>
    public static void OpenDrawing(
        MarkupWriter svg, string id, string title, string description, double width, double height, string style,
        params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        svg.Open("svg",
        [
            ("xmlns", svg.Standalone ? "http://www.w3.org/2000/svg" : null),
            ("class", style),
            ("viewBox", $"0 0 {MarkupWriter.Px(width)} {MarkupWriter.Px(height)}"),
            ("width", MarkupWriter.Px(width)),
            ("height", MarkupWriter.Px(height)),
            ("role", "img"),
            ("aria-labelledby", $"{id}--title {id}--desc"),
            .. attributes,
        ]);
        svg.Element("title", title, ("id", id + "--title"));
        svg.Element("desc", description, ("id", id + "--desc"));
        if (!svg.Standalone)
            return;
        svg.Asset("style", DrawingStyle.Light);
        svg.Shape("rect", ("class", "paper"), ("width", MarkupWriter.Px(width)), ("height", MarkupWriter.Px(height)));
    }
}
