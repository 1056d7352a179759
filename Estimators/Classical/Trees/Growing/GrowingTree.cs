using System.Runtime.InteropServices;

namespace MLPath.Trainers;

/// <summary>One of the numbers that a node predicts with.</summary>
/// <param name="Slot">Which one: the class, or 0.</param>
/// <param name="Value">The number.</param>
internal readonly record struct NodeValue(int Slot, float Value);

/// <summary>A tree under construction. Children have higher numbers than their parent, and the right one follows the left one.</summary>
/// <param name="valueCount">The number of values of a node.</param>
internal sealed class GrowingTree(int valueCount)
{
    private readonly List<Node> _nodes = [];
    private readonly List<NodeValue> _values = [];

    /// <param name="Feature">-1 for a leaf.</param>
    /// <param name="Threshold">What the feature is compared with.</param>
    /// <param name="Left">The left child.</param>
    /// <param name="Weight">w.</param>
    /// <param name="Impurity">i.</param>
    /// <param name="Values">Where its values are.</param>
    private readonly record struct Node(int Feature, float Threshold, int Left, double Weight, double Impurity, Range Values)
    {
        public bool IsLeaf => Feature < 0;
    }

    /// <summary>W, the weight of the root.</summary>
    public double RootWeight => _nodes[0].Weight;

    /// <summary>
    /// Adds a leaf for the node that a criterion has entered. Children are added in pairs, right after their parent was split.
    /// </summary>
    public int Add<TCriterion>(TCriterion criterion) where TCriterion : struct, ICriterion
    {
        int start = _values.Count;
        criterion.WriteValue(_values);
        _nodes.Add(new Node(-1, 0, -1, criterion.Weight, criterion.Impurity, start.._values.Count));
        return _nodes.Count - 1;
    }

    /// <summary>Makes a leaf ask a question; its children are the two nodes that are added next.</summary>
    public void Split(int node, int feature, float threshold) =>
        _nodes[node] = _nodes[node] with { Feature = feature, Threshold = threshold, Left = _nodes.Count };

    /// <summary>
    /// Cuts back to the smallest subtree T that minimises R(T) + α |T|, where R(T) = Σ w i / W over its leaves and |T| is their number
    /// (Breiman, Friedman, Olshen, Stone, <i>Classification and Regression Trees</i>, §3.3): from the leaves up, a node becomes a leaf when
    /// that costs no more.
    /// </summary>
    /// <param name="alpha">α, what a leaf costs.</param>
    public void Prune(double alpha)
    {
        var cost = new double[_nodes.Count];
        for (int node = _nodes.Count - 1; node >= 0; node--)
        {
            cost[node] = (_nodes[node].Weight * _nodes[node].Impurity / RootWeight) + alpha;
            if (_nodes[node].IsLeaf)
                continue;
            double below = cost[_nodes[node].Left] + cost[_nodes[node].Left + 1];
            if (cost[node] <= below)
                _nodes[node] = _nodes[node] with { Feature = -1, Threshold = 0 };
            else
                cost[node] = below;
        }
    }

    /// <summary>The finished tree, in preorder, without what was cut off.</summary>
    public DecisionTree ToTree()
    {
        var order = new List<int>();
        var rights = new List<int>();
        var waiting = new Stack<(int Node, int Parent)>([(0, -1)]);
        while (waiting.TryPop(out var next))
        {
            if (next.Parent >= 0)
                rights[next.Parent] = order.Count;
            int parent = order.Count;
            order.Add(next.Node);
            rights.Add(-1);
            if (_nodes[next.Node] is not { IsLeaf: false } split)
                continue;
            waiting.Push((split.Left + 1, parent));
            waiting.Push((split.Left, -1));
        }

        var nodes = order.ConvertAll(i => _nodes[i]);
        var values = nodes.ConvertAll(n => CollectionsMarshal.AsSpan(_values)[n.Values].ToArray());
        return new DecisionTree(
            [.. nodes.Select(n => n.Feature)],
            [.. nodes.Select(n => n.Threshold)],
            [.. rights],
            [.. nodes.Select(n => n.Weight)],
            [.. nodes.Select(n => n.Impurity)],
            valueCount,
            [.. values.Select(v => v.Length)],
            [.. values.SelectMany(v => v)]);
    }
}
