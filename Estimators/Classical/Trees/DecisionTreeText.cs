using System.Globalization;
using System.Text;
using MLPath.Reports;

namespace MLPath.Trainers;

/// <summary>Draws trees for people. Nothing here recurses: a tree may be as deep as it has leaves.</summary>
internal static class DecisionTreeText
{
    /// <summary>Says what a leaf predicts.</summary>
    /// <param name="value">The values of the leaf.</param>
    public delegate string LeafLabel(float[] value);

    /// <summary>The names given, or a prefix with numbers.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<string>? given, int count, string prefix, string parameter)
    {
        if (given is not null && given.Count != count)
            throw new ArgumentException($"The model needs {count} names; {given.Count} were given.", parameter);
        return given ?? [.. Enumerable.Range(0, count).Select(i => $"{prefix}{i}")];
    }

    /// <summary>A tree of labels down to a depth.</summary>
    public static ReportTreeNode Draw(DecisionTree tree, IReadOnlyList<string> features, int maximumDepth, LeafLabel leafLabel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumDepth);
        var depths = new int[tree.Count];
        for (int i = 0; i < tree.Count; i++)
        {
            if (tree[i] is { IsLeaf: false } split)
                depths[split.Left] = depths[split.Right] = depths[i] + 1;
        }

        // Children come after their parents, so backwards they are ready first.
        var drawn = new ReportTreeNode[tree.Count];
        var leaves = new int[tree.Count];
        for (int i = tree.Count - 1; i >= 0; i--)
        {
            var node = tree[i];
            leaves[i] = node.IsLeaf ? 1 : leaves[node.Left] + leaves[node.Right];
            if (depths[i] > maximumDepth)
                continue;
            string detail = string.Create(CultureInfo.InvariantCulture, $"weight {node.Weight:G6}, impurity {node.Impurity:G4}");
            drawn[i] = (node.IsLeaf, depths[i] == maximumDepth) switch
            {
                (true, _) => new ReportTreeNode(leafLabel(tree.Value(i))) { Detail = detail },
                (_, true) => new ReportTreeNode($"{leafLabel(tree.Value(i))} … {leaves[i]} leaves") { Detail = detail },
                _ => new ReportTreeNode(string.Create(CultureInfo.InvariantCulture, $"{features[node.Feature]} ≤ {node.Threshold}"))
                {
                    Detail = detail,
                    Children = [drawn[node.Left] with { Branch = "yes" }, drawn[node.Right] with { Branch = "no" }],
                },
            };
        }

        return drawn[0];
    }

    /// <summary>A drawn tree as lines of text.</summary>
    public static string Write(ReportTreeNode root)
    {
        var text = new StringBuilder();
        var waiting = new Stack<(ReportTreeNode Node, string Head, string Indent)>([(root, "", "")]);
        while (waiting.TryPop(out var next))
        {
            text.Append(next.Head).Append(next.Node.Branch is { } branch ? $"{branch}: " : "")
                .Append(next.Node.Label).Append(" [").Append(next.Node.Detail).Append("]\n");
            for (int i = next.Node.Children.Count - 1; i >= 0; i--)
            {
                bool last = i == next.Node.Children.Count - 1;
                waiting.Push((next.Node.Children[i], next.Indent + (last ? "└─ " : "├─ "), next.Indent + (last ? "   " : "│  ")));
            }
        }

        return text.ToString();
    }
}
