using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>What one tree and the trees of a forest have in common.</summary>
internal static class TreeEnsemble
{
    // Rows that stay in the cache while tree after tree passes over them.
    private const int RowsPerBlock = 256;
    private const int ValuesOnStack = 256;

    /// <summary>The mean of what the trees predict, summed in the order of the trees; NaN for a row with a missing feature.</summary>
    /// <param name="trees">At least one.</param>
    /// <param name="features">n × d, dense.</param>
    /// <param name="scores">Receives n × values.</param>
    public static void Average(ReadOnlySpan<DecisionTree> trees, FeatureMatrix features, Span<float> scores)
    {
        int k = trees[0].ValueCount, d = features.Columns;
        int needed = Math.Min(RowsPerBlock, features.Rows) * k;
        double[]? rented = needed > ValuesOnStack ? ArrayPool<double>.Shared.Rent(needed) : null;
        Span<double> sums = rented ?? stackalloc double[ValuesOnStack];
        Span<int> leaves = stackalloc int[RowsPerBlock];
        for (int first = 0; first < features.Rows; first += RowsPerBlock)
        {
            int count = Math.Min(RowsPerBlock, features.Rows - first);
            var rows = features.Values.Slice(first * d, count * d);
            var blockSums = sums[..(count * k)];
            blockSums.Clear();
            foreach (var tree in trees)
            {
                tree.FindLeaves(rows, d, leaves[..count]);
                for (int i = 0; i < count; i++)
                    tree.AddValue(leaves[i], blockSums.Slice(i * k, k));
            }

            var blockScores = scores.Slice(first * k, count * k);
            for (int i = 0; i < blockSums.Length; i++)
                blockScores[i] = (float)(blockSums[i] / trees.Length);
            for (int i = 0; i < count; i++)
            {
                if (TensorPrimitives.IsNaNAny(rows.Slice(i * d, d)))
                    blockScores.Slice(i * k, k).Fill(float.NaN);
            }
        }

        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The mean over the trees that have splits of the parts that the features have in lowering impurity.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="features">d.</param>
    /// <returns>d parts of 1; all 0 when no tree has a split that lowers impurity.</returns>
    public static double[] Importances(ReadOnlySpan<DecisionTree> trees, int features)
    {
        var importances = new double[features];
        foreach (var tree in trees)
            tree.AddImportances(importances);
        double total = importances.Sum();
        for (int feature = 0; feature < features && total > 0; feature++)
            importances[feature] /= total;
        return importances;
    }
}
