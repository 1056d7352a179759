using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPath.Trainers;

/// <summary>A node of a <see cref="DecisionTree"/>.</summary>
/// <param name="Feature">The feature that the node asks about, from 0; -1 for a leaf.</param>
/// <param name="Threshold">Rows whose feature is at most this go left, the others right; 0 for a leaf.</param>
/// <param name="Left">The node of those that go left; -1 for a leaf.</param>
/// <param name="Right">The node of those that go right; -1 for a leaf.</param>
/// <param name="Weight">The weight of the training rows that came here.</param>
/// <param name="Impurity">How mixed their labels were: Gini's index, entropy in bits, or variance.</param>
public readonly record struct DecisionTreeNode(int Feature, float Threshold, int Left, int Right, double Weight, double Impurity)
{
    /// <summary>Whether the node is a leaf.</summary>
    public bool IsLeaf => Feature < 0;
}

/// <summary>
/// A binary tree of questions "is feature f at most t?", as flat arrays in preorder: the root is node 0, and a node that is not a leaf is
/// followed by everything on its left, then by everything on its right. Immutable.
/// </summary>
public sealed class DecisionTree : IReadOnlyList<DecisionTreeNode>
{
    private const int RowsAbreast = 8;

    private readonly Step[] _steps;
    private readonly double[] _weights;
    private readonly double[] _impurities;

    // Of the values of a node, those that are not 0: most leaves know one class of many.
    private readonly int[] _valueStarts;
    private readonly NodeValue[] _values;

    /// <summary>Creates a tree of arrays that are known to be well formed, one element a node.</summary>
    /// <param name="features">-1 for a leaf.</param>
    /// <param name="thresholds">What the features are compared with.</param>
    /// <param name="rights">Where the right side begins; the left one is the next node.</param>
    /// <param name="weights">The weights of the training rows.</param>
    /// <param name="impurities">The impurities of the training rows.</param>
    /// <param name="valueCount">The number of values of a node.</param>
    /// <param name="stored">How many of them are stored, the others being 0.</param>
    /// <param name="values">The stored values, node after node.</param>
    internal DecisionTree(
        ReadOnlySpan<int> features, ReadOnlySpan<float> thresholds, ReadOnlySpan<int> rights, double[] weights, double[] impurities,
        int valueCount, ReadOnlySpan<int> stored, NodeValue[] values)
    {
        (_weights, _impurities, ValueCount, _values) = (weights, impurities, valueCount, values);
        _steps = new Step[features.Length];
        _valueStarts = new int[features.Length + 1];
        for (int node = 0; node < stored.Length; node++)
            _valueStarts[node + 1] = _valueStarts[node] + stored[node];

        var depths = new int[features.Length];
        for (int node = 0; node < features.Length; node++)
        {
            if (features[node] < 0)
            {
                // A leaf leads to itself, so that rows which arrive early can wait for the others.
                _steps[node] = new Step(0, 0, node, node);
                LeafCount++;
                Depth = Math.Max(Depth, depths[node]);
                continue;
            }

            _steps[node] = new Step(features[node], thresholds[node], node + 1, rights[node]);
            depths[node + 1] = depths[rights[node]] = depths[node] + 1;
        }
    }

    /// <summary>The number of nodes, leaves included.</summary>
    public int Count => _steps.Length;

    /// <summary>The number of leaves.</summary>
    public int LeafCount { get; }

    /// <summary>The number of questions on the longest way from the root to a leaf; 0 when the root is a leaf.</summary>
    public int Depth { get; }

    /// <summary>The number of values of a node: one probability for each class, or one mean.</summary>
    public int ValueCount { get; }

    /// <summary>A node.</summary>
    /// <param name="index">Its position in preorder; the root is 0.</param>
    public DecisionTreeNode this[int index] => _steps[index] is var step && step.Left != index
        ? new(step.Feature, step.Threshold, step.Left, step.Right, _weights[index], _impurities[index])
        : new(-1, 0, -1, -1, _weights[index], _impurities[index]);

    /// <summary>What the training rows of a node say: the probability of each class, or the mean of the label.</summary>
    /// <param name="node">The node's position.</param>
    /// <returns><see cref="ValueCount"/> numbers, in a new array.</returns>
    public float[] Value(int node)
    {
        var dense = new float[ValueCount];
        foreach (var value in StoredValues(node))
            dense[value.Slot] = value.Value;
        return dense;
    }

    /// <summary>The leaf that a row comes to.</summary>
    /// <param name="row">The features, without NaN, as many as in training.</param>
    public int FindLeaf(ReadOnlySpan<float> row)
    {
        int node = 0;
        while (_steps[node] is var step && step.Left != node)
            node = row[step.Feature] <= step.Threshold ? step.Left : step.Right;
        return node;
    }

    /// <inheritdoc/>
    public IEnumerator<DecisionTreeNode> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The values of a node that are not 0, in order.</summary>
    internal ReadOnlySpan<NodeValue> StoredValues(int node) => _values.AsSpan(_valueStarts[node].._valueStarts[node + 1]);

    /// <summary>Adds the values of a node to sums.</summary>
    internal void AddValue(int node, Span<double> sums)
    {
        foreach (var value in StoredValues(node))
            sums[value.Slot] += value.Value;
    }

    /// <summary>The leaves that rows come to. Eight rows walk abreast, which hides the time that memory takes to answer.</summary>
    /// <param name="rows">Rows × features.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="leaves">Receives one leaf a row.</param>
    internal void FindLeaves(ReadOnlySpan<float> rows, int features, Span<int> leaves)
    {
        int first = 0;
        for (; first <= leaves.Length - RowsAbreast; first += RowsAbreast)
        {
            int x = first * features;
            int n0 = 0, n1 = 0, n2 = 0, n3 = 0, n4 = 0, n5 = 0, n6 = 0, n7 = 0;
            bool moved;
            do
            {
                int m0 = Next(n0, rows, x), m1 = Next(n1, rows, x + features);
                int m2 = Next(n2, rows, x + (2 * features)), m3 = Next(n3, rows, x + (3 * features));
                int m4 = Next(n4, rows, x + (4 * features)), m5 = Next(n5, rows, x + (5 * features));
                int m6 = Next(n6, rows, x + (6 * features)), m7 = Next(n7, rows, x + (7 * features));
                moved = ((m0 ^ n0) | (m1 ^ n1) | (m2 ^ n2) | (m3 ^ n3) | (m4 ^ n4) | (m5 ^ n5) | (m6 ^ n6) | (m7 ^ n7)) != 0;
                (n0, n1, n2, n3, n4, n5, n6, n7) = (m0, m1, m2, m3, m4, m5, m6, m7);
            }
            while (moved);
            (leaves[first], leaves[first + 1], leaves[first + 2], leaves[first + 3]) = (n0, n1, n2, n3);
            (leaves[first + 4], leaves[first + 5], leaves[first + 6], leaves[first + 7]) = (n4, n5, n6, n7);
        }

        for (; first < leaves.Length; first++)
            leaves[first] = FindLeaf(rows.Slice(first * features, features));
    }

    /// <summary>
    /// Adds, for each feature, by how much its splits lowered the tree's impurity, as parts of their sum; nothing where there are no
    /// splits.
    /// </summary>
    /// <param name="importances">One sum for each feature.</param>
    internal void AddImportances(Span<double> importances)
    {
        var own = new double[importances.Length];
        for (int node = 0; node < Count; node++)
        {
            if (this[node] is { IsLeaf: false } split)
                own[split.Feature] += Math.Max(0, Mass(node) - Mass(split.Left) - Mass(split.Right));
        }

        double total = own.Sum();
        for (int feature = 0; feature < own.Length && total > 0; feature++)
            importances[feature] += own[feature] / total;
    }

    private double Mass(int node) => _weights[node] * _impurities[node];

    // One step of the row whose features begin at x; without a branch, which the processor would guess wrongly half of the time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next(int node, ReadOnlySpan<float> rows, int x)
    {
        ref readonly var step = ref _steps[node];
        bool right = !(rows[x + step.Feature] <= step.Threshold);
        return Unsafe.Add(ref Unsafe.AsRef(in step.Left), Unsafe.BitCast<bool, byte>(right));
    }

    // Left and Right lie side by side, so that an answer is an index.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Step(int feature, float threshold, int left, int right)
    {
        public readonly int Feature = feature;
        public readonly float Threshold = threshold;
        public readonly int Left = left;
        public readonly int Right = right;
    }
}
