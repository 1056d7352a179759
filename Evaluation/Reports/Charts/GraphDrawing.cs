using System.Text;

namespace MLPath.Reports.Charts;

/// <summary>
/// A directed graph from top to bottom in layers, after K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of
/// hierarchical system structures" (1981): cycles are opened, each node goes below all that lead to it, long edges get a free
/// place in every layer they cross, and layers are ordered by the mean place of their neighbours.
/// </summary>
internal sealed class GraphDrawing
{
    /// <summary>The most nodes that can be drawn and still be read.</summary>
    public const int Most = 80;

    private const double WidestBox = 290;
    private const double NodeGap = 28;
    private const double LayerGap = 34;
    private const int Sweeps = 6;

    private readonly GraphSection _section;
    private readonly List<Vertex> _vertices = [];
    private readonly List<(List<Vertex> Path, bool Reversed)> _edges = [];
    private readonly List<List<Vertex>> _layers = [];

    /// <summary>Lays out the graph of a section.</summary>
    public GraphDrawing(GraphSection section)
    {
        _section = section;
        foreach (var node in section.Nodes)
            _vertices.Add(new Vertex(node) { Width = Box.Width(node.Label, node.Detail, WidestBox), Height = Box.Height(node.Detail) });
        var edges = OpenCycles();
        AssignLayers(edges);
        RouteLongEdges(edges);
        OrderLayers();
    }

    // A node, or where node is null the place that a long edge takes in a layer.
    private sealed class Vertex(ReportGraphNode? node)
    {
        public ReportGraphNode? Node { get; } = node;

        public double Width { get; init; }

        public double Height { get; set; }

        public int Layer { get; set; }

        public double Order { get; set; }

        public double X { get; set; }

        public double Y { get; set; }

        public List<Vertex> Above { get; } = [];

        public List<Vertex> Below { get; } = [];
    }

    /// <summary>The width of the drawing in pixels.</summary>
    public double Width => _layers.Max(LayerWidth) + 2;

    /// <summary>The height of the drawing in pixels.</summary>
    public double Height => _layers.Sum(LayerHeight) + (LayerGap * (_layers.Count - 1)) + 3;

    /// <summary>Draws the graph as large as it is.</summary>
    public void Draw(MarkupWriter svg, string id, string style)
    {
        var width = _layers.Max(LayerWidth);
        double y = 1;
        foreach (var layer in _layers)
        {
            var height = LayerHeight(layer);
            var x = (width - LayerWidth(layer)) / 2;
            foreach (var vertex in layer)
            {
                vertex.X = x + (vertex.Width / 2);
                vertex.Y = y + (height / 2);
                // A long edge goes straight down past the boxes beside it.
                if (vertex.Node is null)
                    vertex.Height = height;
                x += vertex.Width + NodeGap;
            }
            y += height + LayerGap;
        }
        var description = $"Graph of {Describe.Names([.. _section.Nodes.Select(node => node.Label)])}, from top to bottom.";
        SvgText.OpenDrawing(svg, id, _section.Title, description, Width, Height, style);
        svg.Open("marker", ("id", id + "--arrow"), ("viewBox", "0 0 8 8"), ("refX", "7"), ("refY", "4"),
            ("markerWidth", "7"), ("markerHeight", "7"), ("orient", "auto-start-reverse"));
        svg.Shape("path", ("class", "arrow"), ("d", "M0 0L8 4L0 8z"));
        svg.Close();
        foreach (var (path, reversed) in _edges)
        {
            svg.Shape("path", ("class", "link"), (reversed ? "marker-start" : "marker-end", $"url(#{id}--arrow)"), ("d", Curve(path)));
        }
        foreach (var vertex in _vertices)
            Box.Draw(svg, vertex.X - (vertex.Width / 2), vertex.Y, vertex.Width, vertex.Node!.Label, vertex.Node.Detail, leaf: false);
        svg.Close();
    }

    private static double LayerWidth(List<Vertex> layer) => layer.Sum(vertex => vertex.Width) + (NodeGap * (layer.Count - 1));

    private static double LayerHeight(List<Vertex> layer) => layer.Max(vertex => vertex.Height);

    // An edge that leads back to a node on the way from the start is laid out the other way round.
    private List<(Vertex From, Vertex To, bool Reversed)> OpenCycles()
    {
        var index = _section.Nodes.Select((node, i) => (node.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i, StringComparer.Ordinal);
        var next = _section.Nodes.Select(_ => new List<int>()).ToArray();
        foreach (var edge in _section.Edges)
            next[index[edge.From]].Add(index[edge.To]);
        var state = new int[next.Length];
        var edges = new List<(Vertex, Vertex, bool)>();
        for (var start = 0; start < next.Length; start++)
            Visit(start);
        return edges;

        void Visit(int node)
        {
            if (state[node] != 0)
                return;
            state[node] = 1;
            foreach (var to in next[node])
            {
                if (to == node)
                    continue;
                var back = state[to] == 1;
                edges.Add(back ? (_vertices[to], _vertices[node], true) : (_vertices[node], _vertices[to], false));
                Visit(to);
            }
            state[node] = 2;
        }
    }

    // The longest path from any source: at most as many rounds as there are layers.
    private void AssignLayers(List<(Vertex From, Vertex To, bool Reversed)> edges)
    {
        bool moved;
        do
        {
            moved = false;
            foreach (var (from, to, _) in edges)
            {
                if (to.Layer > from.Layer)
                    continue;
                to.Layer = from.Layer + 1;
                moved = true;
            }
        }
        while (moved);
        for (var layer = 0; _vertices.Any(vertex => vertex.Layer == layer); layer++)
            _layers.Add([.. _vertices.Where(vertex => vertex.Layer == layer)]);
    }

    private void RouteLongEdges(List<(Vertex From, Vertex To, bool Reversed)> edges)
    {
        foreach (var (from, to, reversed) in edges)
        {
            var path = new List<Vertex> { from };
            for (var layer = from.Layer + 1; layer < to.Layer; layer++)
            {
                var place = new Vertex(null) { Layer = layer, Width = 6 };
                _layers[layer].Add(place);
                path.Add(place);
            }
            path.Add(to);
            for (var i = 1; i < path.Count; i++)
            {
                path[i].Above.Add(path[i - 1]);
                path[i - 1].Below.Add(path[i]);
            }
            _edges.Add((path, reversed));
        }
    }

    private void OrderLayers()
    {
        foreach (var layer in _layers)
            Number(layer);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 0; i < _layers.Count; i++)
            {
                var layer = down ? i : _layers.Count - 1 - i;
                _layers[layer] = [.. _layers[layer].OrderBy(vertex => MeanOrder(vertex, down ? vertex.Above : vertex.Below))];
                Number(_layers[layer]);
            }
        }

        // Places are counted from the middle, as layers of unlike sizes are centred.
        static void Number(List<Vertex> layer)
        {
            for (var i = 0; i < layer.Count; i++)
                layer[i].Order = i - ((layer.Count - 1) / 2.0);
        }

        static double MeanOrder(Vertex vertex, List<Vertex> neighbours) =>
            neighbours.Count == 0 ? vertex.Order : neighbours.Average(neighbour => neighbour.Order);
    }

    private static string Curve(List<Vertex> path)
    {
        var curve = new StringBuilder();
        curve.Append($"M{MarkupWriter.Px(path[0].X)} {MarkupWriter.Px(path[0].Y + (path[0].Height / 2))}");
        for (var i = 1; i < path.Count; i++)
        {
            double fromY = path[i - 1].Y + (path[i - 1].Height / 2), toY = path[i].Y - (path[i].Height / 2);
            string bend = MarkupWriter.Px((fromY + toY) / 2), toX = MarkupWriter.Px(path[i].X);
            curve.Append($"C{MarkupWriter.Px(path[i - 1].X)} {bend} {toX} {bend} {toX} {MarkupWriter.Px(toY)}");
            if (i + 1 < path.Count)
                curve.Append($"V{MarkupWriter.Px(toY + path[i].Height)}");
        }
        return curve.ToString();
    }
}
