using MLPath.Evaluation;

namespace MLPath.Data;

/// <summary>
/// How good a clustering is: by the geometry of the rows (silhouette, Davies-Bouldin, distances) and, where true classes are known, by
/// agreement with them. C is the class of a row, K its cluster, I their mutual information, H entropy. An undefined metric is NaN;
/// <see cref="EvaluationMetrics.All"/> has the reason.
/// </summary>
public sealed class ClusteringMetrics : EvaluationMetrics
{
    private readonly bool _hasLabels;

    internal ClusteringMetrics(MetricTable table, RowCounts rows, bool hasLabels, int rowsWithoutCluster,
        IReadOnlyList<ClusterMetrics> perCluster, IReadOnlyList<SilhouetteSample> silhouetteSamples)
        : base(table, rows)
    {
        _hasLabels = hasLabels;
        RowsWithoutCluster = rowsWithoutCluster;
        PerCluster = perCluster;
        SilhouetteSamples = silhouetteSamples;
    }

    /// <summary>
    /// I(C; K) / H(C), 0 to 1: the share of the classes' entropy that the clusters explain, as ML.NET computes it. It never falls when
    /// clusters are split, so compare it at the same number of clusters, or use <see cref="VMeasure"/>. Undefined without labels, or
    /// when they are all the same.
    /// </summary>
    public double NormalizedMutualInformation => Value(nameof(NormalizedMutualInformation));

    /// <summary>
    /// The mean, over rows with a cluster, of the score of their cluster; for k-means the distance to the centroid. Lower is tighter, and
    /// more clusters are always tighter. Undefined without distances.
    /// </summary>
    public double AverageDistance => Value(nameof(AverageDistance));

    /// <summary>
    /// The mean over clusters of the largest (Sᵢ + Sⱼ) / dᵢⱼ, S the mean Euclidean distance of a cluster's rows to their centroid and d
    /// the distance between centroids (D. Davies and D. Bouldin, A cluster separation measure, 1979). Lower is better; infinite when two
    /// centroids coincide. Undefined without features, or with fewer than two clusters.
    /// </summary>
    public double DaviesBouldinIndex => Value(nameof(DaviesBouldinIndex));

    /// <summary>
    /// The mean over rows of (b - a) / max(a, b), -1 to 1, with a the mean Euclidean distance to the other rows of the own cluster and b
    /// the smallest mean distance to the rows of another cluster; 0 for a row alone in its cluster (P. Rousseeuw, Silhouettes, 1987).
    /// Undefined without features, or with fewer than two clusters.
    /// </summary>
    public double Silhouette => Value(nameof(Silhouette));

    /// <summary>
    /// Agreement of clusters and classes over pairs of rows, corrected for chance: 1 is identical, 0 the expectation of random clusters
    /// (L. Hubert and P. Arabie, Comparing partitions, 1985). Undefined without labels.
    /// </summary>
    public double AdjustedRandIndex => Value(nameof(AdjustedRandIndex));

    /// <summary>1 - H(C|K) / H(C), 0 to 1: each cluster holds one class only. 1 when there is but one class.</summary>
    public double Homogeneity => Value(nameof(Homogeneity));

    /// <summary>1 - H(K|C) / H(K), 0 to 1: each class lies in one cluster only. 1 when there is but one cluster.</summary>
    public double Completeness => Value(nameof(Completeness));

    /// <summary>
    /// The harmonic mean of homogeneity and completeness, 0 to 1 (A. Rosenberg and J. Hirschberg, V-Measure, 2007). It equals
    /// 2 I / (H(C) + H(K)), the normalized mutual information of scikit-learn.
    /// </summary>
    public double VMeasure => Value(nameof(VMeasure));

    /// <summary>The V-measure where labels were given, the silhouette where not.</summary>
    public override MetricValue Primary => this[MetricCatalog.Primary(Task, _hasLabels).Name];

    /// <summary>
    /// The number of evaluated rows that belong to no cluster. They take no part in distances, Davies-Bouldin and silhouette; where
    /// classes are compared they form one cluster of their own, as in scikit-learn.
    /// </summary>
    public int RowsWithoutCluster { get; }

    /// <summary>The clusters that have rows, by rising index.</summary>
    public IReadOnlyList<ClusterMetrics> PerCluster { get; }

    /// <summary>
    /// The silhouette of each row that it was computed for, by cluster and then by row: all rows with a cluster, or a sample of them when
    /// there are more than the evaluation's <c>MaxSilhouetteRows</c>. Empty when the silhouette is undefined.
    /// </summary>
    public IReadOnlyList<SilhouetteSample> SilhouetteSamples { get; }
}
