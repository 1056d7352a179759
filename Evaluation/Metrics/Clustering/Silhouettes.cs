using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Evaluation;

/// <summary>
/// Silhouettes (P. Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis, 1987) of m rows with
/// d features, in O(m² d) time and O(m d) memory: a is the mean distance of a row to the others of its cluster, b the smallest mean distance
/// to the rows of another cluster. With weights, means are weighted, and a row leaves its own weight out.
/// </summary>
internal static class Silhouettes
{
    /// <summary>The silhouette of each row, by cluster and then by row.</summary>
    /// <param name="rows">The m rows, in at least two clusters.</param>
    /// <param name="features">The features of the data, row-major.</param>
    /// <param name="d">The number of features of a row.</param>
    /// <param name="cancellationToken">Observed once per block of some rows.</param>
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
        var distances = new RowDistances(features, dataRows, d);
        for (int start = 0; start < m;)
        {
            int cluster = clusters[start];
            int end = start;
            while (end < m && clusters[end] == cluster)
                end++;
            Array.Clear(sums);
            distances.AddTo(sums, features, weights, start, end, cancellationToken);
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
    /// Distances by products of matrices: ‖x − y‖² = ‖x‖² + ‖y‖² − 2 x·y in double, of rows less their mean. Where that cancels more than three digits
    /// the differences are taken one by one, so that a distance has an error of some 1e-13 of it at most.
    /// </summary>
    private sealed class RowDistances
    {
        private const int BlockRows = 128, BlockColumns = 256;
        private const double Cancelled = 1e-3;

        private readonly int _d;
        private readonly int[] _dataRows;
        private readonly double[] _rows;    // m × d
        private readonly double[] _squares; // m
        private readonly double[] _block = new double[BlockRows * BlockColumns];

        public RowDistances(ReadOnlySpan<float> features, int[] dataRows, int d)
        {
            (_d, _dataRows) = (d, dataRows);
            _rows = new double[checked(dataRows.Length * d)];
            _squares = new double[dataRows.Length];
            double[] mean = new double[d];
            foreach (int row in dataRows)
                Dense.Axpy(1.0 / dataRows.Length, features.Slice(row * d, d), mean);
            for (int i = 0; i < dataRows.Length; i++)
            {
                var source = features.Slice(dataRows[i] * d, d);
                var row = _rows.AsSpan(i * d, d);
                for (int j = 0; j < d; j++)
                    row[j] = source[j] - mean[j];
                _squares[i] = Dense.Dot(row, row);
            }
        }

        /// <summary>Adds Σ wj ‖xi − xj‖ over the rows j of a stretch to the sum of each row i.</summary>
        public void AddTo(double[] sums, ReadOnlySpan<float> features, double[] weights, int start, int end, CancellationToken cancellationToken)
        {
            for (int column = start; column < end; column += BlockColumns)
            {
                int width = Math.Min(BlockColumns, end - column);
                for (int row = 0; row < sums.Length; row += BlockRows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    int height = Math.Min(BlockRows, sums.Length - row);
                    Gemm.Multiply(false, true, height, width, _d, -2, _rows.AsSpan(row * _d, height * _d), _d,
                        _rows.AsSpan(column * _d, width * _d), _d, 0, _block, width);
                    for (int i = 0; i < height; i++)
                    {
                        var distances = _block.AsSpan(i * width, width);
                        Complete(distances, features, row + i, column);
                        sums[row + i] += Dense.Dot(distances, weights.AsSpan(column, width));
                    }
                }
            }
        }

        // Makes distances of −2 x·y.
        private void Complete(Span<double> distances, ReadOnlySpan<float> features, int row, int column)
        {
            double square = _squares[row];
            for (int j = 0; j < distances.Length; j++)
            {
                double both = square + _squares[column + j];
                double squared = distances[j] + both;
                distances[j] = squared > Cancelled * both
                    ? squared
                    : SquaredDistance(features.Slice(_dataRows[row] * _d, _d), features.Slice(_dataRows[column + j] * _d, _d));
            }

            TensorPrimitives.Sqrt(distances, distances);
        }

        private static double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        {
            double sum = 0;
            for (int j = 0; j < x.Length; j++)
                sum += ((double)x[j] - y[j]) * ((double)x[j] - y[j]);
            return sum;
        }
    }
}
