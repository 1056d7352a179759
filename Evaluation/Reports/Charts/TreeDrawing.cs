namespace MLPath.Reports.Charts;

/// <summary>
/// A tree from left to right: one column for each level, one row for each leaf, and every other node in the middle of its children,
/// so that boxes cannot meet.
/// </summary>
internal sealed class TreeDrawing
{
    /// <summary>The most nodes drawn; what lies below them is counted and left out.</summary>
    public const int Most = 120;

    private const double WidestBox = 230;
    private const double RowGap = 12;
    private const double Elbow = 14;

    private readonly string _title;
    private readonly Placed _root;
    private readonly List<double> _columnWidths = [];
    private readonly List<double> _branchWidths = [];
    private readonly double[] _lefts;
    private readonly double _rowHeight;
    private double _height;

    /// <summary>Lays out the tree of a section.</summary>
    public TreeDrawing(TreeSection section)
    {
        _title = section.Title;
        _root = Prune(section.Root, out var nodes);
        Nodes = nodes;
        _rowHeight = Box.Height(HasDetail(_root) ? "" : null);
        PlaceRows(_root, 0);
        _lefts = new double[_columnWidths.Count];
        for (var i = 1; i < _lefts.Length; i++)
            _lefts[i] = _lefts[i - 1] + _columnWidths[i - 1] + (2 * Elbow) + _branchWidths[i] + 10;
    }

    /// <summary>The width of the drawing in pixels.</summary>
    public double Width => _lefts[^1] + _columnWidths[^1] + 2;

    /// <summary>The height of the drawing in pixels.</summary>
    public double Height => _height + 2;

    /// <summary>How many nodes the whole tree has.</summary>
    public int Nodes { get; }

    private sealed class Placed(ReportTreeNode node)
    {
        public ReportTreeNode Node { get; } = node;

        public List<Placed> Children { get; } = [];

        public double Middle { get; set; }
    }

    /// <summary>Draws the tree as large as it is.</summary>
    public void Draw(MarkupWriter svg, string id, string style)
    {
        var description = $"Tree of {NumberFormat.Integer(Nodes)} nodes, from left to right, beginning with {_root.Node.Label}.";
        SvgText.OpenDrawing(svg, id, _title, description, Width, Height, style);
        DrawNode(svg, _root, 0);
        svg.Close();
    }

    // The first nodes level by level; where a node loses its children, a leaf says how many are not shown.
    private static Placed Prune(ReportTreeNode root, out int nodes)
    {
        var kept = new Placed(root);
        var queue = new Queue<Placed>([kept]);
        var drawn = 1;
        nodes = 1 + Below(root);
        while (queue.TryDequeue(out var placed))
        {
            var children = placed.Node.Children;
            if (children.Count == 0)
                continue;
            if (drawn + children.Count > Most)
            {
                placed.Children.Add(new Placed(new ReportTreeNode($"… {NumberFormat.Integer(Below(placed.Node))} more")));
                continue;
            }
            drawn += children.Count;
            foreach (var child in children)
            {
                var below = new Placed(child);
                placed.Children.Add(below);
                queue.Enqueue(below);
            }
        }
        return kept;
    }

    private static int Below(ReportTreeNode node)
    {
        var stack = new Stack<ReportTreeNode>([node]);
        var count = -1;
        for (; stack.TryPop(out var next); count++)
        {
            foreach (var child in next.Children)
                stack.Push(child);
        }
        return count;
    }

    private static bool HasDetail(Placed placed) => placed.Node.Detail is not null || placed.Children.Any(HasDetail);

    private void PlaceRows(Placed placed, int depth)
    {
        if (_columnWidths.Count == depth)
        {
            _columnWidths.Add(0);
            _branchWidths.Add(0);
        }
        _columnWidths[depth] = Math.Max(_columnWidths[depth], Box.Width(placed.Node.Label, placed.Node.Detail, WidestBox));
        if (placed.Node.Branch is { } branch)
            _branchWidths[depth] = Math.Max(_branchWidths[depth], Math.Min(TextMetrics.Width(branch), WidestBox / 2));
        foreach (var child in placed.Children)
            PlaceRows(child, depth + 1);
        if (placed.Children.Count > 0)
        {
            placed.Middle = (placed.Children[0].Middle + placed.Children[^1].Middle) / 2;
            return;
        }
        placed.Middle = _height + (_height > 0 ? RowGap : 2) + (_rowHeight / 2);
        _height = placed.Middle + (_rowHeight / 2);
    }

    private void DrawNode(MarkupWriter svg, Placed placed, int depth)
    {
        var node = placed.Node;
        var width = Box.Width(node.Label, node.Detail, WidestBox);
        foreach (var child in placed.Children)
        {
            var childLeft = _lefts[depth + 1];
            var elbow = _lefts[depth] + _columnWidths[depth] + Elbow;
            svg.Shape("path", ("class", "link"), ("d",
                $"M{MarkupWriter.Px(_lefts[depth] + width)} {MarkupWriter.Px(placed.Middle)}" +
                $"H{MarkupWriter.Px(elbow)}V{MarkupWriter.Px(child.Middle)}H{MarkupWriter.Px(childLeft)}"));
            if (child.Node.Branch is { } branch)
                SvgText.Label(svg, childLeft - 8, child.Middle - 4, branch, "branch", "end", _branchWidths[depth + 1] + 1);
            DrawNode(svg, child, depth + 1);
        }
        Box.Draw(svg, _lefts[depth], placed.Middle, width, node.Label, node.Detail, leaf: placed.Children.Count == 0);
    }
}
