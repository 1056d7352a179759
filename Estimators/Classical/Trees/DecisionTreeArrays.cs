using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>Trees in model files: the arrays of all trees one behind the other.</summary>
internal static class DecisionTreeArrays
{
    public static void Write(ModelSaveContext context, ReadOnlySpan<DecisionTree> trees)
    {
        int[] counts = new int[trees.Length];
        for (int t = 0; t < trees.Length; t++)
            counts[t] = trees[t].Count;
        int total = counts.Sum(), valueCount = trees[0].ValueCount;
        var (features, thresholds, rights) = (new int[total], new float[total], new int[total]);
        var (values, weights, impurities) = (new float[total * valueCount], new double[total], new double[total]);
        int at = 0;
        foreach (var tree in trees)
        {
            for (int i = 0; i < tree.Count; i++, at++)
            {
                var node = tree[i];
                (features[at], thresholds[at], rights[at], weights[at], impurities[at]) =
                    (node.Feature, node.Threshold, node.Right, node.Weight, node.Impurity);
                tree.Value(i).CopyTo(values.AsSpan(at * valueCount));
            }
        }

        context.WriteArray<int>("NodeCounts", counts);
        context.WriteArray<int>("Features", features);
        context.WriteArray<float>("Thresholds", thresholds);
        context.WriteArray<int>("Rights", rights);
        context.WriteArray<float>("Values", values, total, valueCount);
        context.WriteArray<double>("Weights", weights);
        context.WriteArray<double>("Impurities", impurities);
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
        float[] values = context.ReadArray<float>("Values", total, -1);
        double[] weights = context.ReadArray<double>("Weights", total);
        double[] impurities = context.ReadArray<double>("Impurities", total);
        int valueCount = values.Length / total;
        if (valueCount == 0)
            throw context.Invalid("its nodes have no values");

        var trees = new DecisionTree[counts.Length];
        for (int t = 0, start = 0; t < trees.Length; start += counts[t++])
        {
            var nodes = start..(start + counts[t]);
            if (Fault(features.AsSpan(nodes), rights.AsSpan(nodes), featureCount) is { } fault)
                throw context.Invalid($"tree {t}, {fault}");
            trees[t] = new DecisionTree(
                features.AsSpan(nodes), thresholds.AsSpan(nodes), rights.AsSpan(nodes),
                values[(start * valueCount)..((start + counts[t]) * valueCount)], weights[nodes], impurities[nodes]);
        }

        return trees;
    }

    // Walks in preorder: a leaf ends a side, and then the node that waits longest for its right side must be next.
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

            bool last = node == features.Length - 1;
            if (!waiting.TryPop(out int right))
                return last ? null : $"node {node}: the tree ends here, and {features.Length - 1 - node} nodes are left";
            if (right != node + 1 || last)
                return $"node {node}: a right side should begin at {right}, and does at {node + 1}";
        }

        return "the last side is missing";
    }
}
