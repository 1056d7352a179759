namespace MLPath.Data;

/// <summary>One cluster: its line in the per-cluster table.</summary>
/// <param name="Cluster">The index of the cluster.</param>
/// <param name="Rows">The number of evaluated rows that belong to it.</param>
/// <param name="Weight">Their summed weight.</param>
/// <param name="AverageDistance">The mean score of its rows; NaN when no distances were given.</param>
/// <param name="Silhouette">The mean silhouette of its rows; NaN when it is undefined or the sample has none of them.</param>
public sealed record ClusterMetrics(int Cluster, int Rows, double Weight, double AverageDistance, double Silhouette);

/// <summary>The silhouette of one row.</summary>
/// <param name="Row">The index of the row in the data.</param>
/// <param name="Cluster">The index of its cluster.</param>
/// <param name="Value">Its silhouette, -1 to 1.</param>
public readonly record struct SilhouetteSample(int Row, int Cluster, double Value);
