namespace MLPath.Reports;

/// <summary>A tree: a decision tree, a hierarchy of clusters.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Root">The root.</param>
public sealed record TreeSection(string Title, ReportTreeNode Root) : ReportSection(Title);

/// <summary>A node of a <see cref="TreeSection"/> with everything below it.</summary>
/// <param name="Label">What the node says, for example <c>PetalLength ≤ 2.45</c>.</param>
public sealed record ReportTreeNode(string Label)
{
    /// <summary>A second, quieter line, for example how many rows arrive here. None by default.</summary>
    public string? Detail { get; init; }

    /// <summary>What leads here from the node above, for example <c>yes</c>. None by default.</summary>
    public string? Branch { get; init; }

    /// <summary>The nodes below, in order. Empty for a leaf.</summary>
    public IReadOnlyList<ReportTreeNode> Children { get; init; } = [];
}

/// <summary>Boxes and arrows: the steps of a pipeline, the layers of a network.</summary>
public sealed record GraphSection : ReportSection
{
    /// <summary>Makes a graph.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="nodes">The boxes; their ids differ.</param>
    /// <param name="edges">The arrows between them.</param>
    /// <exception cref="ArgumentException">Two nodes share an id, or an edge names a node that is not there.</exception>
    public GraphSection(string title, IReadOnlyList<ReportGraphNode> nodes, IReadOnlyList<ReportGraphEdge> edges) : base(title)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (!ids.Add(node.Id))
                throw new ArgumentException($"Two nodes of the graph '{title}' have the id '{node.Id}'.", nameof(nodes));
        }
        foreach (var edge in edges)
        {
            if (!ids.Contains(edge.From) || !ids.Contains(edge.To))
                throw new ArgumentException(
                    $"The edge '{edge.From}' → '{edge.To}' of the graph '{title}' names a node that is not there.", nameof(edges));
        }
        Nodes = nodes;
        Edges = edges;
    }

    /// <summary>The boxes.</summary>
    public IReadOnlyList<ReportGraphNode> Nodes { get; }

    /// <summary>The arrows.</summary>
    public IReadOnlyList<ReportGraphEdge> Edges { get; }
}

/// <summary>A box of a <see cref="GraphSection"/>.</summary>
/// <param name="Id">What edges call it.</param>
/// <param name="Label">What it says.</param>
public sealed record ReportGraphNode(string Id, string Label)
{
    /// <summary>A second, quieter line, for example a shape. None by default.</summary>
    public string? Detail { get; init; }
}

/// <summary>An arrow of a <see cref="GraphSection"/>.</summary>
/// <param name="From">The id of the node where it begins.</param>
/// <param name="To">The id of the node where it ends.</param>
public sealed record ReportGraphEdge(string From, string To);
