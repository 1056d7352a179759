using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>Trees in model files: the arrays of all trees one behind the other.</summary>
internal static class DecisionTreeArrays
{
    public static void Write(ModelSaveContext context, IReadOnlyList<DecisionTree> trees)
    {
        DecisionTreeNode[] nodes = [.. trees.SelectMany(t => t)];
        var stored = new List<int>(nodes.Length);
        var values = new List<NodeValue>();
        foreach (var tree in trees)
        {
            for (int i = 0; i < tree.Count; i++)
            {
                stored.Add(tree.StoredValues(i).Length);
                values.AddRange(tree.StoredValues(i));
            }
        }

        context.WriteArray<int>("NodeCounts", [.. trees.Select(t => t.Count)]);
        context.WriteArray<int>("Features", [.. nodes.Select(n => n.Feature)]);
        context.WriteArray<float>("Thresholds", [.. nodes.Select(n => n.Threshold)]);
        context.WriteArray<int>("Rights", [.. nodes.Select(n => n.Right)]);
        context.WriteArray<double>("Weights", [.. nodes.Select(n => n.Weight)]);
        context.WriteArray<double>("Impurities", [.. nodes.Select(n => n.Impurity)]);
        context.Write("ValueCount", trees[0].ValueCount);
        context.WriteArray<int>("StoredValues", [.. stored]);
        context.WriteArray<int>("ValueSlots", [.. values.Select(v => v.Slot)]);
        context.WriteArray<float>("Values", [.. values.Select(v => v.Value)]);
    }

    public static int ReadFeatureCount(ModelLoadContext context) =>
        context.ReadInt32("FeatureCount") is > 0 and var count ? count : throw context.Invalid("it has no features");

    public static DecisionTree ReadOne(ModelLoadContext context, int featureCount) =>
        Read(context, featureCount) is [var tree] ? tree : throw context.Invalid("it should have one tree");

    public static DecisionTree[] Read(ModelLoadContext context, int featureCount)
    {
        int[] counts = context.ReadArray<int>("NodeCounts", -1);
        int[] features = context.ReadArray<int>("Features", -1);
        int total = features.Length;
        if (counts.Length == 0 || Array.Exists(counts, c => c <= 0) || counts.Sum(c => (long)c) != total)
            throw context.Invalid($"the node counts of its {counts.Length} trees do not add up to {total} nodes");
        float[] thresholds = context.ReadArray<float>("Thresholds", total);
        int[] rights = context.ReadArray<int>("Rights", total);
        double[] weights = context.ReadArray<double>("Weights", total);
        double[] impurities = context.ReadArray<double>("Impurities", total);
        if (!Array.TrueForAll(thresholds, float.IsFinite) || !Array.TrueForAll(weights, w => w > 0 && double.IsFinite(w))
            || !Array.TrueForAll(impurities, i => i >= 0 && double.IsFinite(i)))
        {
            throw context.Invalid("thresholds are finite, weights finite and above 0, impurities finite and 0 or more");
        }

        var (stored, values, valueCount) = ReadValues(context, total);

        var trees = new DecisionTree[counts.Length];
        for (int t = 0, start = 0, firstValue = 0; t < trees.Length; start += counts[t++])
        {
            var nodes = start..(start + counts[t]);
            if (Fault(features.AsSpan(nodes), rights.AsSpan(nodes), featureCount) is { } fault)
                throw context.Invalid($"tree {t}, {fault}");
            int valueEnd = firstValue + stored[nodes].Sum();
            trees[t] = new DecisionTree(
                features.AsSpan(nodes), thresholds.AsSpan(nodes), rights.AsSpan(nodes), weights[nodes], impurities[nodes],
                valueCount, stored.AsSpan(nodes), values[firstValue..valueEnd]);
            firstValue = valueEnd;
        }

        return trees;
    }

    private static (int[] Stored, NodeValue[] Values, int ValueCount) ReadValues(ModelLoadContext context, int nodes)
    {
        int valueCount = context.ReadInt32("ValueCount");
        int[] stored = context.ReadArray<int>("StoredValues", nodes);
        int[] slots = context.ReadArray<int>("ValueSlots", -1);
        float[] values = context.ReadArray<float>("Values", slots.Length);
        if (valueCount < 1 || Array.Exists(slots, s => s < 0 || s >= valueCount) || !Array.TrueForAll(values, float.IsFinite))
            throw context.Invalid($"a value of a node is not a finite number, or not one of {valueCount}");
        if (Array.Exists(stored, c => c < 0) || stored.Sum(c => (long)c) != slots.Length)
            throw context.Invalid($"the value counts of its nodes do not add up to {slots.Length} values");
        return (stored, [.. slots.Zip(values, (slot, value) => new NodeValue(slot, value))], valueCount);
    }

    // Walks in preorder: after a leaf comes the right side of the nearest node above that has not had one.
    private static string? Fault(ReadOnlySpan<int> features, ReadOnlySpan<int> rights, int featureCount)
    {
        var waiting = new Stack<int>();
        for (int node = 0; node < features.Length; node++)
        {
            if (features[node] >= featureCount || features[node] < -1)
                return $"node {node}: there is no feature {features[node]}";
            if (features[node] >= 0)
            {
                waiting.Push(rights[node]);
                continue;
            }

            int left = features.Length - 1 - node;
            if (!waiting.TryPop(out int right))
                return left == 0 ? null : $"node {node}: the tree ends here, and {left} nodes are left";
            if (right != node + 1)
                return $"node {node}: a right side should begin at {right}, and does at {node + 1}";
        }

        return "the last side is missing";
    }
}
