namespace MLPath.Evaluation;

/// <summary>The rows that take part and belong to a cluster, with clusters numbered 0, 1, … by rising index.</summary>
internal sealed class ClusterRows
{
    private ClusterRows(int[] rows, int[] clusters, double[] weights, int[] ids)
    {
        Rows = rows;
        Clusters = clusters;
        Weights = weights;
        Ids = ids;
    }

    /// <summary>For each row, its index in the data; rising.</summary>
    public int[] Rows { get; }

    /// <summary>For each row, the number of its cluster: 0 to <see cref="Count"/> - 1.</summary>
    public int[] Clusters { get; }

    /// <summary>For each row, its weight, above 0.</summary>
    public double[] Weights { get; }

    /// <summary>For each cluster, the index that the data gives it; rising.</summary>
    public int[] Ids { get; }

    /// <summary>The number of clusters.</summary>
    public int Count => Ids.Length;

    public static ClusterRows Of(List<int> rows, List<double> weights, ReadOnlySpan<int> clusters)
    {
        var kept = new List<int>(rows.Count);
        var keptWeights = new List<double>(rows.Count);
        var numbers = new Dictionary<int, int>();
        for (int i = 0; i < rows.Count; i++)
        {
            int id = clusters[rows[i]];
            if (id < 0)
                continue;
            kept.Add(rows[i]);
            keptWeights.Add(weights[i]);
            numbers.TryAdd(id, 0);
        }
        int[] ids = [.. numbers.Keys.Order()];
        for (int number = 0; number < ids.Length; number++)
            numbers[ids[number]] = number;
        var numbered = new int[kept.Count];
        for (int i = 0; i < numbered.Length; i++)
            numbered[i] = numbers[clusters[kept[i]]];
        return new ClusterRows([.. kept], numbered, [.. keptWeights], ids);
    }

    /// <summary>A uniform sample of rows without replacement, in row order, its clusters numbered anew.</summary>
    public ClusterRows Sample(int size, ulong seed)
    {
        if (Rows.Length <= size)
            return this;
        // Selection sampling (D. Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S): each row is taken with probability
        // (rows still wanted) / (rows still to come), from a random number that depends on seed and row alone.
        var rows = new List<int>(size);
        var weights = new List<double>(size);
        for (int i = 0; rows.Count < size; i++)
        {
            if (Uniform(seed, i) * (Rows.Length - i) >= size - rows.Count)
                continue;
            rows.Add(i);
            weights.Add(Weights[i]);
        }
        var sample = Of(rows, weights, Clusters);
        return new ClusterRows([.. sample.Rows.Select(i => Rows[i])], sample.Clusters, sample.Weights, [.. sample.Ids.Select(c => Ids[c])]);
    }

    // One output of SplitMix64 (G. Steele, D. Lea and C. Flood, Fast splittable pseudorandom number generators, 2014), in [0, 1).
    private static double Uniform(ulong seed, int index)
    {
        ulong z = seed + ((ulong)index + 1) * 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
