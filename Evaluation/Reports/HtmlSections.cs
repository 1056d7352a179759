using System.Diagnostics;
using MLPath.Reports.Charts;

namespace MLPath.Reports;

/// <summary>The sections of a page.</summary>
internal sealed class HtmlSections(MarkupWriter html, Outline outline)
{
    // Every chart is drawn twice, so that its letters keep their size: for a page's whole column, and for a phone or half a column.
    private const double WideWidth = 840;
    private const double NarrowWidth = 348;
    // A sheet makes a drawing smaller until it fits. One that is larger than this in pixels could not be read there, and its text stands for it.
    private const double WidestOnPaper = 950;
    private const double HighestOnPaper = 1250;

    /// <summary>Writes a section with everything in it.</summary>
    public void Write(OutlineNode node) => Write(node, halfColumn: false);

    /// <summary>Writes names and values.</summary>
    public static void WriteFacts(MarkupWriter html, IReadOnlyList<ReportFact> facts)
    {
        html.Open("dl");
        foreach (var fact in facts)
        {
            html.Open("div");
            html.Element("dt", fact.Name);
            html.Element("dd", fact.Value);
            html.Close();
        }
        html.Close();
    }

    private void Write(OutlineNode node, bool halfColumn)
    {
        var section = node.Section;
        if (section is GroupSection { Collapsed: true } group)
        {
            WriteCollapsed(node, group);
            return;
        }
        html.Open("section", ("id", node.Id), ("class", Tone(section)));
        WriteLinkedHeading(node);
        if (section is GroupSection { Summary: { } summary })
            html.Element("p", summary, ("class", "summary"));
        if (section.Explanation is not null)
            html.Element("p", section.Explanation, ("class", "explanation"));
        WriteBody(node, halfColumn);
        html.Close();
        html.Line();
    }

    /// <summary>Whether a section is a drawing, rather than a table, a text, or a drawing with nothing in it.</summary>
    public static bool IsDrawn(ReportSection section) => section switch
    {
        LineChartSection or ScatterSection or DotPlotSection or BarChartSection or HistogramSection => !PlotOf(section).IsEmpty,
        HeatMapSection map => HeatMapDrawing.CanDraw(map),
        CriticalDifferenceSection => true,
        GraphSection graph => graph.Nodes.Count is > 0 and <= GraphDrawing.Most,
        TreeSection => true,
        _ => false,
    };

    /// <summary>Writes a section that is drawn as a file of its own.</summary>
    public static void DrawFile(OutlineNode node, MarkupWriter svg)
    {
        switch (node.Section)
        {
            case HeatMapSection map:
                new HeatMapDrawing(map).Draw(svg, node.Id, WideWidth, "file");
                break;
            case CriticalDifferenceSection ranks:
                new CriticalDifferenceDrawing(ranks).Draw(svg, node.Id, WideWidth, "file");
                break;
            case TreeSection tree:
                new TreeDrawing(tree).Draw(svg, node.Id, "file");
                break;
            case GraphSection graph:
                new GraphDrawing(graph).Draw(svg, node.Id, "file");
                break;
            default:
                PlotOf(node.Section).Draw(svg, node.Id, WideWidth, "file");
                break;
        }
    }

    private static string? Tone(ReportSection section) => section switch
    {
        TextSection { Tone: TextTone.Note } => "note",
        TextSection { Tone: TextTone.Warning } => "warning",
        _ => null,
    };

    // The link stands beside the heading, not in it: it is no part of the section's name.
    private void WriteLinkedHeading(OutlineNode node)
    {
        html.Open("div", ("class", "heading"));
        WriteHeading(node);
        WriteAnchor(node);
        html.Close();
    }

    private void WriteAnchor(OutlineNode node) =>
        html.Element("a", "#", ("class", "anchor"), ("href", "#" + node.Id), ("aria-label", $"Link to {(node.Section.Title.Length > 0 ? node.Section.Title : "this section")}"));

    private void WriteHeading(OutlineNode node)
    {
        html.Open(FormattableString.Invariant($"h{node.Level}"), ("id", node.Id + "--heading"));
        if (Tone(node.Section) is { } tone)
            html.Element("span", tone == "note" ? "Note" : "Warning", ("class", "tone"));
        html.Text(node.Section.Title);
        html.Close();
    }

    private void WriteCollapsed(OutlineNode node, GroupSection group)
    {
        html.Open("section", ("id", node.Id), ("class", "group"));
        html.Open("details");
        html.Open("summary");
        WriteHeading(node);
        if (group.Summary is not null)
            html.Element("span", group.Summary, ("class", "summary"));
        html.Close();
        html.Open("div", ("class", "inside"));
        if (group.Explanation is not null)
            html.Element("p", group.Explanation, ("class", "explanation"));
        WriteBody(node, halfColumn: false);
        html.Close();
        html.Close();
        WriteAnchor(node);
        html.Close();
        html.Line();
    }

    private void WriteBody(OutlineNode node, bool halfColumn)
    {
        switch (node.Section)
        {
            case TextSection text:
                foreach (var paragraph in text.Paragraphs)
                    html.Element("p", paragraph);
                break;
            case KeyValueSection facts:
                WriteFacts(html, facts.Facts);
                break;
            case TableSection table:
                new HtmlTable(html, outline).Write(table, node.Id + "--heading", halfColumn);
                break;
            case BaselineTableSection table:
                new HtmlBaselineTable(html, outline).Write(table, node.Id + "--heading", halfColumn);
                break;
            case GroupSection group:
                WriteGroup(node, group);
                break;
            case CriticalDifferenceSection ranks:
                WriteRanks(node, ranks, halfColumn);
                break;
            case HeatMapSection map:
                WriteHeatMap(node, map, halfColumn);
                break;
            case ImageSection images:
                WriteImages(images);
                break;
            case TreeSection tree:
                var drawnTree = new TreeDrawing(tree);
                WriteFigure(node, id => drawnTree.Draw(html, id, "fixed"), DiagramText.Lines(tree), drawnTree.Width, drawnTree.Height);
                break;
            case GraphSection { Nodes.Count: > 0 and <= GraphDrawing.Most } graph:
                var drawnGraph = new GraphDrawing(graph);
                WriteFigure(node, id => drawnGraph.Draw(html, id, "fixed"), DiagramText.Lines(graph), drawnGraph.Width, drawnGraph.Height);
                break;
            case GraphSection graph:
                WriteFigure(node, null, DiagramText.Lines(graph));
                break;
            default:
                WritePlot(node, PlotOf(node.Section), halfColumn);
                break;
        }
    }

    /// <summary>The plot of a section that is a chart over axes.</summary>
    internal static Plot PlotOf(ReportSection section) => section switch
    {
        LineChartSection line => LineMark.Plot(line),
        ScatterSection scatter => ScatterMark.Plot(scatter),
        DotPlotSection dots => StripMark.Plot(dots),
        BarChartSection bars => BarMark.Plot(bars),
        HistogramSection histogram => HistogramMark.Plot(histogram),
        _ => throw new UnreachableException($"No writer for {section.GetType().Name}."),
    };

    private void WriteGroup(OutlineNode node, GroupSection group)
    {
        if (group.SideBySide)
            html.Open("div", ("class", "side-by-side"));
        foreach (var child in node.Children)
            Write(child, group.SideBySide);
        if (group.SideBySide)
            html.Close();
    }

    private void WritePlot(OutlineNode node, Plot plot, bool halfColumn)
    {
        html.Open("figure");
        if (plot.IsEmpty)
            html.Element("p", "There is nothing to draw: no value is finite.", ("class", "empty"));
        else
            WriteTwice(node, halfColumn, (id, width, style) => plot.Draw(html, id, width, style));
        WriteCaption(plot.Notes, () => new HtmlTable(html, outline).Write(ChartTables.Of(node.Section), node.Id + "--heading"));
        html.Close();
    }

    private void WriteRanks(OutlineNode node, CriticalDifferenceSection ranks, bool halfColumn)
    {
        var drawing = new CriticalDifferenceDrawing(ranks);
        html.Open("figure");
        WriteTwice(node, halfColumn, (id, width, style) => drawing.Draw(html, id, width, style));
        WriteCaption([], () => new HtmlTable(html, outline).Write(RankTables.Of(ranks), node.Id + "--heading"));
        html.Close();
    }

    private void WriteHeatMap(OutlineNode node, HeatMapSection map, bool halfColumn)
    {
        void Table() => new HtmlTable(html, outline).Write(ChartTables.Of(map), node.Id + "--heading");
        if (!HeatMapDrawing.CanDraw(map))
        {
            Table();
            return;
        }
        var drawing = new HeatMapDrawing(map);
        html.Open("figure");
        OpenScroll(node);
        WriteTwice(node, halfColumn, (id, width, style) => drawing.Draw(html, id, width, style + " fixed"));
        html.Close();
        WriteCaption([drawing.Key], Table);
        html.Close();
    }

    // Pixels are drawn as squares, so that small images can be looked at.
    private void WriteImages(ImageSection section)
    {
        html.Open("div", ("class", "images"));
        foreach (var image in section.Images)
        {
            html.Open("figure");
            html.Void("img", ("src", "data:image/bmp;base64," + Convert.ToBase64String(Bitmap.Draw(section, image))), ("alt", image.Caption));
            html.Element("figcaption", image.Caption);
            html.Close();
        }
        html.Close();
    }

    private void WriteFigure(OutlineNode node, Action<string>? draw, IReadOnlyList<string> lines, double width = 0, double height = 0)
    {
        void Text()
        {
            OpenScroll(node);
            html.Open("pre");
            foreach (var line in lines)
            {
                html.Text(line);
                html.Line();
            }
            html.Close();
            html.Close();
        }
        if (draw is null)
        {
            Text();
            return;
        }
        html.Open("figure", ("class", width > WidestOnPaper || height > HighestOnPaper ? "text-on-paper" : null));
        OpenScroll(node);
        draw(node.Id + "--drawing");
        html.Close();
        WriteCaption([], Text, "As text");
        html.Close();
    }

    private static void WriteTwice(OutlineNode node, bool halfColumn, Action<string, double, string> draw)
    {
        if (!halfColumn)
            draw(node.Id + "--wide", WideWidth, "wide");
        draw(node.Id + "--narrow", NarrowWidth, halfColumn ? "half" : "narrow");
    }

    private void WriteCaption(IReadOnlyList<string> notes, Action writeNumbers, string label = "Numbers")
    {
        html.Open("figcaption");
        foreach (var note in notes)
            html.Element("p", note);
        html.Open("details", ("class", "numbers"));
        html.Element("summary", label);
        writeNumbers();
        html.Close();
        html.Close();
    }

    private void OpenScroll(OutlineNode node) =>
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-labelledby", node.Id + "--heading"));
}
