namespace MLPath.Evaluation;

/// <summary>D. Davies and D. Bouldin, A cluster separation measure, 1979, with Euclidean distances and p = q = 1; O(n d + k² d).</summary>
internal static class DaviesBouldin
{
    /// <summary>The mean over clusters i of max over j of (Sᵢ + Sⱼ) / dᵢⱼ.</summary>
    /// <param name="rows">The rows, in at least two clusters.</param>
    /// <param name="features">The features of the data, row-major.</param>
    /// <param name="d">The number of features of a row.</param>
    /// <param name="cancellationToken">Observed once per cluster.</param>
    public static double Index(ClusterRows rows, ReadOnlySpan<float> features, int d, CancellationToken cancellationToken)
    {
        int k = rows.Count;
        var clusterWeights = new double[k];
        var centroids = new double[k][];
        for (int c = 0; c < k; c++)
            centroids[c] = new double[d];
        for (int i = 0; i < rows.Rows.Length; i++)
        {
            int c = rows.Clusters[i];
            clusterWeights[c] += rows.Weights[i];
            var row = features.Slice(rows.Rows[i] * d, d);
            for (int j = 0; j < d; j++)
                centroids[c][j] += rows.Weights[i] * row[j];
        }
        for (int c = 0; c < k; c++)
        {
            for (int j = 0; j < d; j++)
                centroids[c][j] /= clusterWeights[c];
        }

        var scatter = new double[k];
        for (int i = 0; i < rows.Rows.Length; i++)
        {
            int c = rows.Clusters[i];
            var row = features.Slice(rows.Rows[i] * d, d);
            double squared = 0;
            for (int j = 0; j < d; j++)
                squared += (row[j] - centroids[c][j]) * (row[j] - centroids[c][j]);
            scatter[c] += rows.Weights[i] / clusterWeights[c] * Math.Sqrt(squared);
        }

        var total = new CompensatedSum();
        for (int i = 0; i < k; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double worst = 0;
            for (int j = 0; j < k; j++)
            {
                if (j != i)
                    worst = Math.Max(worst, Overlap(scatter[i] + scatter[j], Distance(centroids[i], centroids[j])));
            }
            total.Add(worst);
        }
        return total.Value / k;
    }

    // Coinciding centroids cannot be told apart, whatever the scatter.
    private static double Overlap(double scatter, double distance) => distance == 0 ? double.PositiveInfinity : scatter / distance;

    private static double Distance(double[] a, double[] b)
    {
        double squared = 0;
        for (int j = 0; j < a.Length; j++)
            squared += (a[j] - b[j]) * (a[j] - b[j]);
        return Math.Sqrt(squared);
    }
}
