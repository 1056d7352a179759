using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What agglomerative clustering learned: the tree of merges, where it was cut, and the means of the clusters.</summary>
/// <remarks>
/// Scores are squared distances to the clusters' means: a row goes to the cluster with the nearest one. The clusters that the training rows are in by the
/// tree itself are <see cref="TrainingClusters"/>.
/// </remarks>
public sealed class AgglomerativeModelParameters : IClusteringModel
{
    internal const string Id = "MLPath.Agglomerative";

    private readonly double[] _centroids;
    private readonly int[] _trainingClusters;

    /// <summary>Creates a model.</summary>
    /// <param name="linkage">How far clusters are apart.</param>
    /// <param name="tree">The merges of the n training rows.</param>
    /// <param name="clusters">k, into how many clusters the tree is cut: 1 to n.</param>
    /// <param name="centroids">k × d means, row-major, finite.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public AgglomerativeModelParameters(Linkage linkage, Dendrogram tree, int clusters, double[] centroids)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(centroids);
        _trainingClusters = tree.Cut(clusters);
        if (centroids.Length == 0 || centroids.Length % clusters != 0)
            throw new ArgumentException("Centroids are k × d.", nameof(centroids));
        (Linkage, Tree, ClusterCount, _centroids) = (linkage, tree, clusters, centroids);
        FeatureCount = centroids.Length / clusters;
    }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public int ClusterCount { get; }

    /// <summary>How far two clusters are apart.</summary>
    public Linkage Linkage { get; }

    /// <summary>The merges of the training rows.</summary>
    public Dendrogram Tree { get; }

    /// <summary>The cluster of each training row by the tree, 0 to k − 1 in the order of their first rows.</summary>
    public ReadOnlySpan<int> TrainingClusters => _trainingClusters;

    /// <summary>k × d means of the clusters' rows, row-major.</summary>
    public ReadOnlySpan<double> Centroids => _centroids;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        for (int row = 0; row < features.Rows; row++)
        {
            for (int c = 0; c < ClusterCount; c++)
                scores[(row * ClusterCount) + c] = (float)Dense.SquaredDistance(features.Row(row), _centroids.AsSpan(c * FeatureCount, FeatureCount));
        }
    }

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write(nameof(Linkage), Linkage.ToString());
        context.Write(nameof(ClusterCount), ClusterCount);
        context.WriteArray<double>(nameof(Centroids), _centroids, ClusterCount, FeatureCount);
        context.WriteArray<int>("Children", Tree.Children);
        context.WriteArray<double>("MergeDistances", Tree.Distances);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Agglomerative({ClusterCount} clusters, {FeatureCount} features, {Linkage} linkage)";

    internal static AgglomerativeModelParameters Load(ModelLoadContext context)
    {
        if (!Enum.TryParse<Linkage>(context.ReadString(nameof(Linkage)), out var linkage) || !Enum.IsDefined(linkage))
            throw context.Invalid($"{nameof(Linkage)} is no linkage");
        int k = context.ReadInt32(nameof(ClusterCount));
        double[] distances = context.ReadFinite("MergeDistances", -1);
        if (k < 1 || k > distances.Length + 1)
            throw context.Invalid($"it has {k} clusters of {distances.Length + 1} rows");
        double[] centroids = context.ReadFinite(nameof(Centroids), k, -1);
        if (centroids.Length == 0)
            throw context.Invalid("it has no features");
        try
        {
            return new(linkage, new Dendrogram(context.ReadArray<int>("Children", 2 * distances.Length), distances), k, centroids);
        }
        catch (ArgumentException error)
        {
            throw context.Invalid($"its tree is none: {error.Message}");
        }
    }
}
