using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>How far two clusters are apart.</summary>
public enum Linkage
{
    /// <summary>By how much the sum of squared distances to the means grows when they merge: compact clusters of similar size.</summary>
    Ward = 0,

    /// <summary>The greatest distance of a row of one and a row of the other: clusters of small diameter.</summary>
    Complete = 1,

    /// <summary>The mean distance of the rows of one and the rows of the other.</summary>
    Average = 2,

    /// <summary>The least distance of a row of one and a row of the other: clusters of any shape, chains included.</summary>
    Single = 3,
}

/// <summary>
/// Agglomerative clustering: begins with a cluster for each row and merges the two that are nearest to each other, again and again; the tree of merges
/// shows clusters of every size, and is cut into k of them.
/// </summary>
/// <remarks>
/// <para><b>Distances</b> are Euclidean between rows, and between clusters √(2 a b / (a + b)) ‖μa − μb‖ for sizes a and b (Ward), or the greatest, mean
/// or least distance of their rows.</para>
/// <para><b>Method.</b> Chains of nearest neighbours, with the distances of merged clusters by Lance and Williams' formula; the minimum spanning tree for
/// single linkage.</para>
/// <para><b>Cost.</b> n² d for the distances and n² for the merges; n² / 2 numbers in memory (n for single linkage).</para>
/// <para><b>Use it</b> for up to some ten thousand rows, where the number of clusters is not known or clusters contain clusters. New rows go to the cluster
/// with the nearest mean, which need not be the one they would have been merged into: with complete and single linkage above all, clusters are no
/// neighbourhoods of their means.</para>
/// <para><b>References.</b> D. Müllner, <i>Modern hierarchical, agglomerative clustering algorithms</i>, arXiv:1109.2378, 2011. J. Ward, <i>Hierarchical
/// Grouping to Optimize an Objective Function</i>, J. American Statistical Association 1963.</para>
/// </remarks>
public sealed class AgglomerativeTrainer : ClusteringTrainer<AgglomerativeModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public AgglomerativeTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of agglomerative clustering.</summary>
    public sealed record Options : TrainerInputBase
    {
        /// <summary>k, the number of clusters: 1 or more, and at most the number of rows. Default 5. Without meaning where <see cref="DistanceThreshold"/> is above 0.</summary>
        public int NumberOfClusters { get; init; } = 5;

        /// <summary>How far two clusters are apart. Default <see cref="Linkage.Ward"/>.</summary>
        public Linkage Linkage { get; init; }

        /// <summary>Clusters are not merged at this distance and above, however many remain; 0 (the default) goes by <see cref="NumberOfClusters"/>.</summary>
        public double DistanceThreshold { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(NumberOfClusters), "The number of clusters.",
                o => o.NumberOfClusters, (o, v) => o with { NumberOfClusters = v }, minimum: 1)
            .Choice(nameof(Linkage), "How far two clusters are apart.",
                o => o.Linkage, (o, v) => o with { Linkage = v })
            .Number(nameof(DistanceThreshold), "Clusters are not merged at this distance and above, however many remain; 0 goes by the number of clusters.",
                o => o.DistanceThreshold, (o, v) => o with { DistanceThreshold = v }, minimum: 0);
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Agglomerative({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override AgglomerativeModelParameters Train(TrainingData data, FitContext context)
    {
        bool byDistance = _options.DistanceThreshold > 0;
        if (!byDistance)
            data.RequireRowsForClusters(_options.NumberOfClusters, nameof(Options.NumberOfClusters));
        var tree = Linkages.Merge(data.Features, _options.Linkage, context);
        int k = byDistance ? tree.CountAt(_options.DistanceThreshold) : _options.NumberOfClusters;
        int[] clusters = tree.Cut(k);

        int d = data.Features.Columns;
        var (sums, sizes) = (new double[k * d], new int[k]);
        for (int i = 0; i < clusters.Length; i++)
        {
            Dense.Axpy(1, data.Features.Row(i), sums.AsSpan(clusters[i] * d, d));
            sizes[clusters[i]]++;
        }

        for (int c = 0; c < k; c++)
        {
            foreach (ref double value in sums.AsSpan(c * d, d))
                value /= sizes[c];
        }

        return new AgglomerativeModelParameters(_options.Linkage, tree, k, sums);
    }
}
