using System.Runtime.InteropServices;

namespace MLPath.Evaluation;

/// <summary>
/// The table of classes by clusters, as weights of its non-empty cells, and the agreement metrics that follow from it. n is the total
/// weight, nᵢⱼ a cell, aᵢ and bⱼ its margins.
/// </summary>
internal sealed class Contingency
{
    private readonly Dictionary<long, double> _cells = [];
    private readonly Dictionary<int, double> _classes = [];
    private readonly Dictionary<int, double> _clusters = [];
    private CompensatedSum _total;

    public void Add(int label, int cluster, double weight)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_cells, ((long)label << 32) | (uint)cluster, out _) += weight;
        CollectionsMarshal.GetValueRefOrAddDefault(_classes, label, out _) += weight;
        CollectionsMarshal.GetValueRefOrAddDefault(_clusters, cluster, out _) += weight;
        _total.Add(weight);
    }

    public double Total => _total.Value;

    public int Classes => _classes.Count;

    public double ClassEntropy() => Entropy(_classes);

    public double ClusterEntropy() => Entropy(_clusters);

    /// <summary>I = Σ nᵢⱼ/n ln(n nᵢⱼ / (aᵢ bⱼ)), in nats; never negative.</summary>
    public double MutualInformation()
    {
        var information = new CompensatedSum();
        foreach (var (key, weight) in InOrder(_cells))
        {
            double expected = _classes[(int)(key >> 32)] / Total * (_clusters[(int)key] / Total);
            information.Add(weight / Total * Math.Log(weight / Total / expected));
        }
        return Math.Max(0, information.Value);
    }

    /// <summary>
    /// Hubert and Arabie's index, (Σ C(nᵢⱼ) - E) / ((Σ C(aᵢ) + Σ C(bⱼ)) / 2 - E) with C(x) = x(x-1)/2 pairs and E = Σ C(aᵢ) Σ C(bⱼ) / C(n).
    /// Weights count as copies of a row.
    /// </summary>
    public Outcome AdjustedRand()
    {
        double together = Pairs(_cells), sameClass = Pairs(_classes), sameCluster = Pairs(_clusters), all = Total * (Total - 1) / 2;
        if (!(all > 0))
            return Outcome.Undefined("pairs of rows are compared; there is only one row, or the weights, read as counts, make no pair");
        double expected = sameClass * sameCluster / all;
        double best = (sameClass + sameCluster) / 2;
        // Both trivial in the same way (one group, or each row alone): identical partitions, and nothing that chance could explain.
        return best == expected ? 1 : (together - expected) / (best - expected);
    }

    private double Entropy(Dictionary<int, double> weights)
    {
        var entropy = new CompensatedSum();
        foreach (var (_, weight) in InOrder(weights))
            entropy.Add(-weight / Total * Math.Log(weight / Total));
        return entropy.Value;
    }

    private static double Pairs<TKey>(Dictionary<TKey, double> weights)
        where TKey : notnull
    {
        var pairs = new CompensatedSum();
        foreach (var (_, weight) in InOrder(weights))
            pairs.Add(weight * (weight - 1) / 2);
        return pairs.Value;
    }

    // A dictionary's own order is not part of its contract; sums are taken by rising key.
    private static IEnumerable<KeyValuePair<TKey, double>> InOrder<TKey>(Dictionary<TKey, double> weights)
        where TKey : notnull => weights.OrderBy(cell => cell.Key);
}
