using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// A pass over rows in chunks whose bounds depend on the data's shape alone, so that what is added up in their order is the same, bit for bit, at any
/// number of threads.
/// </summary>
internal readonly struct RowChunks
{
    /// <summary>The rows between two looks whether the fit was cancelled.</summary>
    public const int RunRows = 4096;

    private const int LeastRows = 256, MostChunks = 64, ValuesInAll = 1 << 18;

    private readonly int _rows;
    private readonly int _chunkRows;

    /// <summary>Plans a pass.</summary>
    /// <param name="rows">n.</param>
    /// <param name="valuesPerChunk">How many sums each chunk keeps: fewer chunks are made where they would need much memory.</param>
    public RowChunks(int rows, long valuesPerChunk)
    {
        int chunks = (int)Math.Clamp(ValuesInAll / Math.Max(1, valuesPerChunk), 8, MostChunks);
        (_rows, _chunkRows) = (rows, Math.Max(LeastRows, ParallelLoop.ChunkCount(ParallelLoop.ChunkCount(rows, chunks), 64) * 64));
    }

    /// <summary>The number of chunks.</summary>
    public int Count => ParallelLoop.ChunkCount(_rows, _chunkRows);

    /// <summary>Runs a body on every chunk, a run of rows at a time.</summary>
    /// <param name="context">Threads and cancellation.</param>
    /// <param name="body">Receives the chunk, the first row of a run and the row after its last.</param>
    public void ForEach(FitContext context, Action<int, int, int> body) =>
        ParallelLoop.For(_rows, _chunkRows, context.Threads, context.CancellationToken, (chunk, start, end) =>
        {
            for (int from = start; from < end; from += RunRows)
            {
                context.Checkpoint();
                body(chunk, from, Math.Min(end, from + RunRows));
            }
        });

    /// <summary>Adds up a number over all rows.</summary>
    /// <param name="context">Threads and cancellation.</param>
    /// <param name="body">Receives the first row of a run and the row after its last; gives their part of the sum.</param>
    public double Sum(FitContext context, Func<int, int, double> body)
    {
        var parts = new double[Count];
        ForEach(context, (chunk, from, to) => parts[chunk] += body(from, to));
        double sum = 0;
        foreach (double part in parts)
            sum += part;
        return sum;
    }
}

/// <summary>What the clusterers ask of their rows.</summary>
internal static class ClusterRows
{
    extension(FeatureMatrix features)
    {
        /// <summary>The values of some rows of a dense matrix, one after the other.</summary>
        public ReadOnlySpan<float> RowSpan(int from, int to) => features.Values[(from * features.Columns)..(to * features.Columns)];
    }

    extension(TrainingData data)
    {
        /// <summary>Some rows as centres: m × d, row-major.</summary>
        public double[] CentresAt(ReadOnlySpan<int> rows)
        {
            int d = data.Features.Columns;
            double[] centres = new double[rows.Length * d];
            for (int c = 0; c < rows.Length; c++)
            {
                var row = data.Features.Row(rows[c]);
                for (int j = 0; j < d; j++)
                    centres[(c * d) + j] = row[j];
            }

            return centres;
        }

        /// <summary>n weights, as numbers with which rows can be drawn.</summary>
        public double[] WeightArray()
        {
            double[] weights = new double[data.Rows];
            for (int i = 0; i < weights.Length; i++)
                weights[i] = data.Weight(i);
            return weights;
        }

        /// <summary>The mean over the features of their variances Σi wi (xij − mj)² / W: in one pass, about the first row.</summary>
        public double MeanVariance(FitContext context)
        {
            int d = data.Features.Columns;
            var chunks = new RowChunks(data.Rows, d);
            var (weights, squares, sums) = (new double[chunks.Count], new double[chunks.Count], new double[chunks.Count * d]);
            double[] origin = data.CentresAt([0]);
            chunks.ForEach(context, (chunk, from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    var x = data.Features.Row(i);
                    weights[chunk] += data.Weight(i);
                    squares[chunk] += data.Weight(i) * Dense.SquaredDistance(x, origin);
                    Dense.Axpy(data.Weight(i), x, sums.AsSpan(chunk * d, d));
                }
            });

            double weight = weights.Sum();
            var mean = new double[d];
            for (int chunk = 0; chunk < chunks.Count; chunk++)
                Dense.Axpy(1 / weight, sums.AsSpan(chunk * d, d), mean);
            return Math.Max(0, (squares.Sum() / weight) - Dense.SquaredDistance(mean, origin)) / d;
        }

        /// <summary>Checks that there are as many rows as clusters.</summary>
        /// <exception cref="DataException">There are fewer.</exception>
        public void RequireRowsForClusters(int k, string option)
        {
            if (data.Rows < k)
                throw new DataException($"There are {data.Rows} rows to put into {k} clusters; each cluster needs at least one. Lower {option}.");
        }
    }
}
