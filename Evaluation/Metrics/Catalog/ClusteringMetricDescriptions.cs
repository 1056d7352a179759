using M = MLPath.Data.ClusteringMetrics;

namespace MLPath.Evaluation;

internal static class ClusteringMetricDescriptions
{
    // C is the class of a row, K its cluster; I is mutual information, H entropy.
    public static readonly MetricDescription[] All =
    [
        new(nameof(M.Silhouette), "Silhouette", -1, 1,
            "Mean of (b - a) / max(a, b): a the mean distance to the own cluster, b to the nearest other one.", "silhouette-score"),
        new(nameof(M.DaviesBouldinIndex), "Davies-Bouldin", double.PositiveInfinity, 0,
            "Mean over clusters of the worst (S_i + S_j) / d_ij: scatter of two clusters over the distance of their centroids.",
            "dbi", "davies-bouldin"),
        new(nameof(M.AverageDistance), "Average distance", double.PositiveInfinity, 0,
            "Mean score of the cluster a row belongs to; for k-means its distance to the centroid.", "avg-min-score"),
        new(nameof(M.VMeasure), "V-measure", 0, 1,
            "Harmonic mean of homogeneity and completeness, 2 I / (H(C) + H(K)): scikit-learn's normalized mutual information.",
            "v", "normalized-mutual-info-score"),
        new(nameof(M.AdjustedRandIndex), "Adjusted Rand", -1, 1,
            "Agreement of clusters and classes over pairs of rows, 0 in expectation for random clusters.", "ari", "adjusted-rand-score"),
        new(nameof(M.NormalizedMutualInformation), "NMI", 0, 1,
            "As in ML.NET, I(C; K) / H(C): the share of the classes' entropy that the clusters explain.", "nmi"),
        new(nameof(M.Homogeneity), "Homogeneity", 0, 1, "1 - H(C|K) / H(C): each cluster holds one class only.", "homogeneity-score"),
        new(nameof(M.Completeness), "Completeness", 0, 1, "1 - H(K|C) / H(K): each class lies in one cluster only.", "completeness-score"),
    ];
}
