using System.Globalization;

namespace MLPath.Reports.Charts;

/// <summary>
/// A critical-difference diagram: an axis of average ranks, the better half of the competitors led out to the left and the worse half to the right,
/// bars under the axis over groups that are not known to differ, and above it the length that makes a difference. Names stand outside the axis, one
/// a row, so that neither names nor leaders can meet.
/// </summary>
internal sealed class CriticalDifferenceDrawing(CriticalDifferenceSection section)
{
    // Narrower than this, ranks stand below the names instead of beside them.
    private const double OneLineFrom = 560;
    private const double LabelGap = 6;
    private const double AxisGap = 14;
    private const double LevelHeight = 9;

    /// <summary>Draws the diagram.</summary>
    /// <param name="svg">Where to.</param>
    /// <param name="id">The drawing's id.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="style">Its class.</param>
    public void Draw(MarkupWriter svg, string id, double width, string style)
    {
        bool oneLine = width >= OneLineFrom;
        int half = (section.Items.Count + 1) / 2;
        double most = width * (oneLine ? 0.3 : 0.31);
        double left = Math.Min(most, section.Items.Take(half).Max(i => LabelWidth(i, oneLine))) + LabelGap;
        double right = width - Math.Min(most, section.Items.Skip(half).Max(i => LabelWidth(i, oneLine))) - LabelGap;
        double from = left + AxisGap, to = right - AxisGap;
        double X(double rank) => from + ((rank - 1) / (section.Items.Count - 1) * (to - from));

        bool tested = double.IsFinite(section.CriticalDifference);
        double axis = tested ? 78 : 44;
        var levels = Levels(X);
        double rowHeight = oneLine ? 22 : 36;
        double firstRow = axis + 12 + (levels.Count == 0 ? 0 : (levels.Max() + 1) * LevelHeight) + (rowHeight / 2);
        double height = firstRow + ((half - 0.5) * rowHeight) + 2;

        SvgText.OpenDrawing(svg, id, section.Title, Description(), width, height, style);
        SvgText.Label(svg, 0, 12, "Average rank, 1 is best", "title");
        if (tested)
            DrawDifference(svg, X(1), X(1 + section.CriticalDifference), width);
        DrawAxis(svg, axis, X);
        for (int i = 0; i < section.Items.Count; i++)
        {
            bool isLeft = i < half;
            double y = firstRow + ((isLeft ? i : section.Items.Count - 1 - i) * rowHeight);
            DrawItem(svg, section.Items[i], X(section.Items[i].AverageRank), axis, y, isLeft ? left : right, isLeft, isLeft ? left - LabelGap : width - right - LabelGap, oneLine);
        }

        for (int g = 0; g < section.Groups.Count; g++)
        {
            var (first, last) = section.Groups[g];
            DrawGroup(svg, first, last, X, axis + 12 + (levels[g] * LevelHeight));
        }

        svg.Close();
    }

    private static string Rank(RankedItem item) => NumberFormat.Fixed(item.AverageRank, 2);

    private bool IsBest(RankedItem item) => item.AverageRank == section.Items[0].AverageRank;

    private double LabelWidth(RankedItem item, bool oneLine)
    {
        double name = TextMetrics.Width(item.Name, bold: IsBest(item)) + 1, rank = TextMetrics.Width(Rank(item));
        return oneLine ? name + LabelGap + rank : Math.Max(name, rank);
    }

    // The lowest level on which each group's bar has room beside those drawn before it.
    private List<int> Levels(Func<double, double> x)
    {
        var ends = new List<double>();
        var levels = new List<int>();
        foreach (var (first, last) in section.Groups)
        {
            double start = x(section.Items[first].AverageRank), end = x(section.Items[last].AverageRank);
            int level = ends.FindIndex(e => e + 16 < start);
            if (level < 0)
            {
                level = ends.Count;
                ends.Add(end);
            }

            ends[level] = end;
            levels.Add(level);
        }

        return levels;
    }

    // The bar begins at rank 1. Of few trials it may be longer than the drawing, and then has no end.
    private void DrawDifference(MarkupWriter svg, double start, double end, double width)
    {
        const double Y = 46;
        string label = $"critical difference {NumberFormat.Fixed(section.CriticalDifference, 2)}";
        bool fits = end <= width - 4;
        end = Math.Min(end, width - 1);
        double labelWidth = TextMetrics.Width(label);
        double middle = Math.Clamp((start + end) / 2, labelWidth / 2, width - (labelWidth / 2));
        SvgText.Label(svg, middle, Y - 9, label, anchor: "middle");
        string cap = fits ? $"M{MarkupWriter.Px(end)} {MarkupWriter.Px(Y - 4)}v8" : $"M{MarkupWriter.Px(end - 5)} {MarkupWriter.Px(Y - 4)}l5 4l-5 4";
        svg.Shape("path", ("class", "cd"), ("d", $"M{MarkupWriter.Px(start)} {MarkupWriter.Px(Y - 4)}v8m0 -4H{MarkupWriter.Px(end)}{cap}"));
    }

    private void DrawAxis(MarkupWriter svg, double y, Func<double, double> x)
    {
        int count = section.Items.Count;
        double room = TextMetrics.Width(count.ToString(CultureInfo.InvariantCulture)) + 8;
        int stride = Math.Max(1, (int)Math.Ceiling(room / (x(2) - x(1))));
        svg.Open("g", ("class", "axis"));
        svg.Shape("line", ("x1", MarkupWriter.Px(x(1))), ("x2", MarkupWriter.Px(x(count))), ("y1", MarkupWriter.Px(y)), ("y2", MarkupWriter.Px(y)));
        for (int rank = 1; rank <= count; rank++)
        {
            bool labelled = (rank - 1) % stride == 0;
            string at = MarkupWriter.Px(x(rank));
            svg.Shape("line", ("x1", at), ("x2", at), ("y1", MarkupWriter.Px(y - (labelled ? 6 : 3))), ("y2", MarkupWriter.Px(y)));
            if (labelled)
                SvgText.Label(svg, x(rank), y - 10, rank.ToString(CultureInfo.InvariantCulture), "tick", "middle");
        }

        svg.Close();
    }

    private void DrawItem(
        MarkupWriter svg, RankedItem item, double x, double axis, double y, double edge, bool isLeft, double room, bool oneLine)
    {
        svg.Shape("path", ("class", "leader"), ("d", $"M{MarkupWriter.Px(x)} {MarkupWriter.Px(axis)}V{MarkupWriter.Px(y)}H{MarkupWriter.Px(edge)}"));
        svg.Shape("circle", ("class", "mean"), ("cx", MarkupWriter.Px(x)), ("cy", MarkupWriter.Px(axis)), ("r", "3.5"));
        string anchor = isLeft ? "end" : "start";
        double label = isLeft ? edge - LabelGap : edge + LabelGap;
        string? nameStyle = IsBest(item) ? "strong" : null;
        string rank = Rank(item);
        if (!oneLine)
        {
            SvgText.Label(svg, label, y - 2, item.Name, nameStyle, anchor, room);
            SvgText.Label(svg, label, y + 12, rank, "tick", anchor, room);
            return;
        }

        // The rank stands next to the leader on both sides, the name outside it.
        double rankWidth = TextMetrics.Width(rank);
        SvgText.Label(svg, label, y + SvgText.Baseline, rank, "tick", anchor);
        double name = isLeft ? label - rankWidth - LabelGap : label + rankWidth + LabelGap;
        SvgText.Label(svg, name, y + SvgText.Baseline, item.Name, nameStyle, anchor, room - rankWidth - LabelGap);
    }

    private void DrawGroup(MarkupWriter svg, int first, int last, Func<double, double> x, double y)
    {
        double start = x(section.Items[first].AverageRank) - 4, end = x(section.Items[last].AverageRank) + 4;
        svg.Open("path", ("class", "cd-group"), ("d", $"M{MarkupWriter.Px(start)} {MarkupWriter.Px(y)}H{MarkupWriter.Px(end)}"));
        svg.Element("title", $"Not known to differ: {Describe.Names([.. section.Items.Skip(first).Take(last - first + 1).Select(i => i.Name)])}");
        svg.Close();
    }

    private string Description()
    {
        string ranks = Describe.Names([.. section.Items.Select(i => $"{i.Name} {Rank(i)}")]);
        string groups = section.Groups.Count == 0
            ? ""
            : " Not known to differ: " + string.Join("; ", section.Groups.Select(g => Describe.Names([.. section.Items.Skip(g.First).Take(g.Last - g.First + 1).Select(i => i.Name)]))) + ".";
        return $"Average ranks, best first: {ranks}.{groups}";
    }
}
