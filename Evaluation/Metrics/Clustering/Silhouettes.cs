using System.Numerics;
using System.Runtime.InteropServices;
using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>
/// Silhouettes (P. Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis, 1987) of m rows with
/// d features, in O(m² d) time and O(m d) memory. With weights, the distances to a cluster are averaged by weight, and a row leaves its
/// own weight out.
/// </summary>
internal static class Silhouettes
{
    /// <summary>The silhouette of each row, by cluster and then by row.</summary>
    /// <param name="rows">The m rows, in at least two clusters.</param>
    /// <param name="features">The features of the data, row-major.</param>
    /// <param name="d">The number of features of a row.</param>
    /// <param name="cancellationToken">Observed once per row.</param>
    /// <returns>The samples, and beside each its weight.</returns>
    public static (SilhouetteSample[] Samples, double[] Weights) Compute(ClusterRows rows, ReadOnlySpan<float> features, int d,
        CancellationToken cancellationToken)
    {
        int m = rows.Rows.Length;
        // Rows in the order of their clusters, so that each cluster is one stretch of the distances.
        int[] order = [.. Enumerable.Range(0, m).OrderBy(i => rows.Clusters[i])];
        double[] weights = [.. order.Select(i => rows.Weights[i])];
        var starts = new int[rows.Count + 1];
        for (int position = 0; position < m; position++)
            starts[rows.Clusters[order[position]] + 1] = position + 1;
        var columns = Transpose(rows, order, features, d);
        var distances = new double[m];
        var samples = new SilhouetteSample[m];
        for (int position = 0; position < m; position++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int own = rows.Clusters[order[position]];
            SquaredDistances(columns, position, distances);
            bool alone = starts[own + 1] - starts[own] == 1;
            double a = 0, b = double.PositiveInfinity;
            for (int cluster = 0; cluster < rows.Count; cluster++)
            {
                int start = starts[cluster], end = starts[cluster + 1];
                if (cluster != own)
                    b = Math.Min(b, MeanDistance(distances, weights, start, end, except: -1));
                else if (!alone)
                    a = MeanDistance(distances, weights, start, end, except: position);
            }
            double larger = Math.Max(a, b);
            samples[position] = new SilhouetteSample(rows.Rows[order[position]], rows.Ids[own],
                alone || larger == 0 ? 0 : (b - a) / larger);
        }
        return (samples, weights);
    }

    private static double MeanDistance(double[] squaredDistances, double[] weights, int start, int end, int except)
    {
        double sum = 0, weight = 0;
        for (int other = start; other < end; other++)
        {
            if (other == except)
                continue;
            sum += weights[other] * Math.Sqrt(squaredDistances[other]);
            weight += weights[other];
        }
        return sum / weight;
    }

    /// <summary>d columns of m values each, so that one instruction serves several rows whatever d is.</summary>
    private static double[][] Transpose(ClusterRows rows, int[] order, ReadOnlySpan<float> features, int d)
    {
        int m = order.Length;
        var columns = new double[d][];
        for (int j = 0; j < d; j++)
            columns[j] = new double[m];
        for (int position = 0; position < m; position++)
        {
            var row = features.Slice(rows.Rows[order[position]] * d, d);
            for (int j = 0; j < d; j++)
                columns[j][position] = row[j];
        }
        return columns;
    }

    /// <summary>‖x - xᵢ‖² from one row to all m.</summary>
    private static void SquaredDistances(double[][] columns, int position, double[] distances)
    {
        int m = distances.Length;
        Array.Clear(distances);
        foreach (double[] column in columns)
        {
            double center = column[position];
            var wideColumn = MemoryMarshal.Cast<double, Vector<double>>(column.AsSpan());
            var wideDistances = MemoryMarshal.Cast<double, Vector<double>>(distances.AsSpan());
            var wideCenter = new Vector<double>(center);
            for (int block = 0; block < wideDistances.Length; block++)
            {
                var difference = wideColumn[block] - wideCenter;
                wideDistances[block] += difference * difference;
            }
            for (int i = wideDistances.Length * Vector<double>.Count; i < m; i++)
                distances[i] += (column[i] - center) * (column[i] - center);
        }
    }
}
