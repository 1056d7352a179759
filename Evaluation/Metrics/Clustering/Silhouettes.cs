using System.Numerics;
using System.Runtime.InteropServices;
using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>
/// Silhouettes (P. Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis, 1987) of m rows with
/// d features, in O(m² d) time and O(m) memory: a is the mean distance of a row to the others of its cluster, b the smallest mean distance
/// to the rows of another cluster. With weights, means are weighted, and a row leaves its own weight out.
/// </summary>
internal static class Silhouettes
{
    /// <summary>The silhouette of each row, by cluster and then by row.</summary>
    /// <param name="rows">The m rows, in at least two clusters.</param>
    /// <param name="features">The features of the data, row-major.</param>
    /// <param name="d">The number of features of a row.</param>
    /// <param name="cancellationToken">Observed once per tile of a few rows.</param>
    /// <returns>The samples, and beside each its weight.</returns>
    public static (SilhouetteSample[] Samples, double[] Weights) Compute(ClusterRows rows, ReadOnlySpan<float> features, int d,
        CancellationToken cancellationToken)
    {
        int m = rows.Rows.Length;
        // Rows in the order of their clusters, so that each cluster is one stretch.
        int[] order = [.. Enumerable.Range(0, m).OrderBy(i => rows.Clusters[i])];
        int[] dataRows = [.. order.Select(i => rows.Rows[i])];
        int[] clusters = [.. order.Select(i => rows.Clusters[i])];
        double[] weights = [.. order.Select(i => rows.Weights[i])];

        double[] a = new double[m], b = new double[m], sums = new double[m];
        Array.Fill(b, double.PositiveInfinity);
        var tile = new DistanceTile(d);
        for (int start = 0; start < m;)
        {
            int cluster = clusters[start];
            int end = start;
            while (end < m && clusters[end] == cluster)
                end++;
            Array.Clear(sums);
            for (int first = start; first < end; first += DistanceTile.Rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var tileRows = dataRows.AsSpan(first, Math.Min(DistanceTile.Rows, end - first));
                tile.Load(features, tileRows);
                for (int i = 0; i < m; i++)
                    tile.AddDistances(features.Slice(dataRows[i] * d, d), weights.AsSpan(first, tileRows.Length), ref sums[i]);
            }
            double weight = SumExcept(weights, start, end, except: -1);
            for (int i = 0; i < m; i++)
            {
                if (clusters[i] != cluster)
                    b[i] = Math.Min(b[i], sums[i] / weight);
                else if (end - start > 1)
                    a[i] = sums[i] / SumExcept(weights, start, end, except: i);
                else
                    a[i] = double.NaN;
            }
            start = end;
        }
        var samples = new SilhouetteSample[m];
        for (int i = 0; i < m; i++)
            samples[i] = new SilhouetteSample(dataRows[i], rows.Ids[clusters[i]], Silhouette(a[i], b[i]));
        return (samples, weights);
    }

    // 0 for a row alone in its cluster (a is NaN), and where all rows coincide.
    private static double Silhouette(double a, double b) => double.IsNaN(a) || Math.Max(a, b) == 0 ? 0 : (b - a) / Math.Max(a, b);

    // Adding up the others is exact where subtracting a weight from the total would cancel.
    private static double SumExcept(double[] weights, int start, int end, int except)
    {
        double sum = 0;
        for (int i = start; i < end; i++)
            sum += i == except ? 0 : weights[i];
        return sum;
    }

    /// <summary>
    /// A few rows, feature by feature, so that one instruction serves several rows whatever d is, and the squared distances stay in
    /// registers. All sums are taken in the order of features and rows, so that the width of the vectors plays no part.
    /// </summary>
    private sealed class DistanceTile(int d)
    {
        private const int Blocks = 4;

        private readonly Vector<double>[] _features = new Vector<double>[d * Blocks];
        private readonly double[] _squared = new double[Rows];

        public static int Rows => Blocks * Vector<double>.Count;

        public void Load(ReadOnlySpan<float> features, ReadOnlySpan<int> rows)
        {
            var values = MemoryMarshal.Cast<Vector<double>, double>(_features.AsSpan());
            values.Clear();
            for (int slot = 0; slot < rows.Length; slot++)
            {
                var row = features.Slice(rows[slot] * d, d);
                for (int j = 0; j < d; j++)
                    values[j * Rows + slot] = row[j];
            }
        }

        /// <summary>Adds w ‖x - y‖ for each row y of the tile, one after the other.</summary>
        public void AddDistances(ReadOnlySpan<float> x, ReadOnlySpan<double> weights, ref double sum)
        {
            Vector<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            var features = _features.AsSpan(0, x.Length * Blocks);
            for (int j = 0; j < x.Length; j++)
            {
                var center = new Vector<double>(x[j]);
                var difference0 = features[Blocks * j] - center;
                var difference1 = features[Blocks * j + 1] - center;
                var difference2 = features[Blocks * j + 2] - center;
                var difference3 = features[Blocks * j + 3] - center;
                sum0 += difference0 * difference0;
                sum1 += difference1 * difference1;
                sum2 += difference2 * difference2;
                sum3 += difference3 * difference3;
            }
            int width = Vector<double>.Count;
            sum0.CopyTo(_squared);
            sum1.CopyTo(_squared, width);
            sum2.CopyTo(_squared, 2 * width);
            sum3.CopyTo(_squared, 3 * width);
            for (int slot = 0; slot < weights.Length; slot++)
                sum += weights[slot] * Math.Sqrt(_squared[slot]);
        }
    }
}
