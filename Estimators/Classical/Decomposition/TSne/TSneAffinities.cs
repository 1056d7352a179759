using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Transforms;

/// <summary>
/// How near the rows are to each other, as the sparse symmetric matrix P: pij = (pj|i + pi|j) / 2n, where pj|i ∝ exp(−βi ‖xi − xj‖²) over the
/// nearest rows of row i, with the βi at which their perplexity, 2 to the power of their entropy, is the one asked for.
/// </summary>
internal sealed class TSneAffinities
{
    private const int BlockRows = 64;

    private TSneAffinities(int[] starts, int[] columns, float[] values)
    {
        (Starts, Columns, Values) = (starts, columns, values);
        double sum = 0;
        foreach (float p in values)
            sum += p > 0 ? p * Math.Log(p) : 0;
        NegativeEntropy = sum;
    }

    /// <summary>n + 1 places where rows start in the other arrays.</summary>
    public int[] Starts { get; }

    /// <summary>The columns of the stored elements, increasing within a row.</summary>
    public int[] Columns { get; }

    /// <summary>The stored elements; their sum is 1.</summary>
    public float[] Values { get; }

    /// <summary>Σ pij ln pij.</summary>
    public double NegativeEntropy { get; }

    /// <summary>How many nearest rows a perplexity takes: three times as many, where there are so many.</summary>
    /// <param name="perplexity">The perplexity.</param>
    /// <param name="rows">How many rows there are to choose from.</param>
    public static int Neighbors(double perplexity, int rows) => (int)Math.Min(rows, (3 * perplexity) + 1);

    /// <summary>Computes P.</summary>
    /// <param name="x">n × d, dense.</param>
    /// <param name="perplexity">From 1 to below n.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static TSneAffinities Compute(FeatureMatrix x, double perplexity, FitContext context)
    {
        int n = x.Rows, k = Neighbors(perplexity, n - 1);
        int[] neighbors = new int[n * k];
        float[] conditional = new float[n * k];
        var search = new Search(x, k);
        ParallelLoop.For(n, BlockRows, context.Threads, context.CancellationToken, (_, from, to) =>
            search.Find(from, to, perplexity, neighbors.AsSpan(from * k, (to - from) * k), conditional.AsSpan(from * k, (to - from) * k)));
        context.Checkpoint();
        return Symmetrise(n, k, neighbors, conditional);
    }

    /// <summary>Weights ∝ exp(−β d²) of sum 1 and of a given perplexity.</summary>
    /// <param name="squaredDistances">At least one; overwritten.</param>
    /// <param name="perplexity">At most their number, above 1.</param>
    /// <param name="weights">Receives the weights.</param>
    public static void Calibrate(Span<double> squaredDistances, double perplexity, Span<double> weights)
    {
        const double tolerance = 1e-5;
        const int mostSteps = 100;

        // Only differences count, and they do not overflow the exponential. Their mean is the scale on which β is sought.
        TensorPrimitives.Subtract(squaredDistances, TensorPrimitives.Min<double>(squaredDistances), squaredDistances);
        double mean = TensorPrimitives.Sum<double>(squaredDistances) / squaredDistances.Length;
        if (!(mean > 0))
        {
            weights.Fill(1.0 / weights.Length);
            return;
        }

        double target = Math.Log(perplexity), beta = 1 / mean, low = 0, high = double.PositiveInfinity;
        for (int step = 0; ; step++)
        {
            TensorPrimitives.Multiply(squaredDistances, -beta, weights);
            TensorPrimitives.Exp(weights, weights);
            double sum = TensorPrimitives.Sum<double>(weights);
            double entropy = Math.Log(sum) + (beta * TensorPrimitives.Dot<double>(squaredDistances, weights) / sum);
            if (Math.Abs(entropy - target) <= tolerance || step == mostSteps)
            {
                TensorPrimitives.Divide(weights, sum, weights);
                return;
            }

            // The entropy falls as β grows.
            (low, high) = entropy > target ? (beta, high) : (low, beta);
            beta = double.IsPositiveInfinity(high) ? 2 * beta : (low + high) / 2;
        }
    }

    // pij = (pj|i + pi|j) / 2n of the n × k conditional ones, as compressed sparse rows.
    private static TSneAffinities Symmetrise(int n, int k, int[] neighbors, float[] conditional)
    {
        // The transpose: row j lists, in order, the rows that have j among their nearest.
        int[] transposedStarts = new int[n + 1];
        foreach (int j in neighbors)
            transposedStarts[j + 1]++;
        for (int j = 0; j < n; j++)
            transposedStarts[j + 1] += transposedStarts[j];
        int[] filled = [.. transposedStarts];
        int[] sources = new int[n * k];
        for (int i = 0; i < n; i++)
        {
            foreach (int j in neighbors.AsSpan(i * k, k))
                sources[filled[j]++] = i;
        }

        double[] row = new double[n];
        var starts = new int[n + 1];
        var columns = new List<int>(2 * n * k);
        var values = new List<float>(2 * n * k);
        double scale = 1.0 / (2.0 * n);
        for (int i = 0; i < n; i++)
        {
            int first = columns.Count;
            for (int e = i * k; e < (i + 1) * k; e++)
            {
                row[neighbors[e]] = conditional[e];
                columns.Add(neighbors[e]);
            }

            foreach (int j in sources.AsSpan(transposedStarts[i], transposedStarts[i + 1] - transposedStarts[i]))
            {
                var theirs = neighbors.AsSpan(j * k, k);
                if (neighbors.AsSpan(i * k, k).BinarySearch(j) < 0)
                    columns.Add(j);
                row[j] += conditional[(j * k) + theirs.BinarySearch(i)];
            }

            columns.Sort(first, columns.Count - first, null);
            for (int e = first; e < columns.Count; e++)
            {
                values.Add((float)(row[columns[e]] * scale));
                row[columns[e]] = 0;
            }

            starts[i + 1] = columns.Count;
        }

        return new(starts, [.. columns], [.. values]);
    }

    /// <summary>The exact nearest rows of each row: found in single precision by products of blocks of rows, then measured in double.</summary>
    private sealed class Search
    {
        private readonly FeatureMatrix _x;
        private readonly int _k;
        private readonly float[] _centred; // n × d, divided by the largest; about the mean, fewer digits cancel
        private readonly float[] _norms;

        public Search(FeatureMatrix x, int k)
        {
            (_x, _k) = (x, k);
            _centred = new float[x.Values.Length];
            _norms = new float[x.Rows];
            double[] mean = new double[x.Columns];
            for (int i = 0; i < x.Rows; i++)
                Dense.Axpy(1.0 / x.Rows, x.Row(i), mean);
            float[] rounded = Array.ConvertAll(mean, m => (float)m);
            for (int i = 0; i < x.Rows; i++)
                TensorPrimitives.Subtract(x.Row(i), rounded, _centred.AsSpan(i * x.Columns, x.Columns));

            // Squares neither overflow nor underflow.
            float largest = _centred.Length == 0 ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude<float>(_centred));
            if (largest > 0)
                TensorPrimitives.Divide(_centred, largest, _centred);
            for (int i = 0; i < x.Rows; i++)
            {
                var row = _centred.AsSpan(i * x.Columns, x.Columns);
                _norms[i] = Dense.Dot(row, row);
            }
        }

        public void Find(int from, int to, double perplexity, Span<int> neighbors, Span<float> conditional)
        {
            int n = _x.Rows, d = _x.Columns;
            float[] block = ArrayPool<float>.Shared.Rent((to - from) * n);
            Gemm.Multiply(
                false, true, to - from, n, d, -2, _centred.AsSpan(from * d, (to - from) * d), d, _centred, d, 0, block.AsSpan(0, (to - from) * n), n);
            var nearest = new NearestRows(_k);
            double[] distances = new double[_k], weights = new double[_k];
            for (int i = from; i < to; i++)
            {
                var row = block.AsSpan((i - from) * n, n);
                TensorPrimitives.Add(row, _norms, row);
                row[i] = float.PositiveInfinity;
                var found = neighbors.Slice((i - from) * _k, _k);
                nearest.Find(row, found);
                for (int e = 0; e < _k; e++)
                    distances[e] = SquaredDistance(_x.Row(i), _x.Row(found[e]));
                Calibrate(distances, perplexity, weights);
                for (int e = 0; e < _k; e++)
                    conditional[((i - from) * _k) + e] = (float)weights[e];
            }

            ArrayPool<float>.Shared.Return(block);
        }
    }

    /// <summary>‖x − y‖², summed in double.</summary>
    internal static double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            double difference = (double)x[j] - y[j];
            sum += difference * difference;
        }

        return sum;
    }
}
