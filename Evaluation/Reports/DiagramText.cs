namespace MLPath.Reports;

/// <summary>Trees and graphs told in lines of text.</summary>
internal static class DiagramText
{
    private const int MostLines = 500;

    /// <summary>A tree with one node a line, indented by its depth.</summary>
    public static IReadOnlyList<string> Lines(TreeSection section)
    {
        var lines = new List<string>();
        var stack = new Stack<(ReportTreeNode Node, int Depth)>([(section.Root, 0)]);
        while (stack.TryPop(out var next))
        {
            if (lines.Count == MostLines)
            {
                lines.Add("…");
                break;
            }
            var (node, depth) = next;
            var branch = node.Branch is null ? "" : $"{node.Branch}: ";
            var detail = node.Detail is null ? "" : $" ({node.Detail})";
            lines.Add(new string(' ', 2 * Math.Min(depth, 40)) + branch + node.Label + detail);
            foreach (var child in node.Children.Reverse())
                stack.Push((child, depth + 1));
        }
        return lines;
    }

    /// <summary>A graph with one arrow a line, and the nodes that no arrow touches.</summary>
    public static IReadOnlyList<string> Lines(GraphSection section)
    {
        var names = section.Nodes.ToDictionary(
            node => node.Id, node => node.Detail is null ? node.Label : $"{node.Label} ({node.Detail})", StringComparer.Ordinal);
        var joined = section.Edges.SelectMany(edge => new[] { edge.From, edge.To }).ToHashSet(StringComparer.Ordinal);
        var lines = section.Edges.Select(edge => $"{names[edge.From]} → {names[edge.To]}")
            .Concat(section.Nodes.Where(node => !joined.Contains(node.Id)).Select(node => names[node.Id])).ToList();
        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines), "…"];
    }
}
