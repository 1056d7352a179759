using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>Which cluster each row belongs to, and what the clusters are made of.</summary>
internal sealed class KMeansAssignment
{
    /// <summary>A block of chunks is worked on in parallel; between blocks the fit looks whether it was cancelled.</summary>
    public const int ChunksPerBlock = 16;

    private const int RowsPerChunk = 256;
    private const double Rounding = 1e-24; // of a squared distance, as a part of the squared length

    private readonly TrainingData _data;
    private readonly int _k;
    private readonly int[] _cluster;     // n: the cluster of each row
    private readonly double[] _distance; // n: the squared distance to its centroid
    private readonly Part _total;
    private readonly Part[] _parts;      // those of one block's chunks

    public KMeansAssignment(TrainingData data, int k)
    {
        (_data, _k) = (data, k);
        _cluster = new int[data.Rows];
        Array.Fill(_cluster, -1);
        _distance = new double[data.Rows];
        int d = data.Features.Columns;
        _total = new Part(k, d);
        _parts = [.. Enumerable.Range(0, Math.Min(ChunksPerBlock, ParallelLoop.ChunkCount(data.Rows, RowsPerChunk))).Select(_ => new Part(k, d))];
    }

    /// <summary>Σi wi ‖xi − μc(i)‖² for the centroids of the last assignment.</summary>
    public double Inertia => _total.Inertia;

    /// <summary>k sums of the weights of each cluster's rows; 0 for an empty one.</summary>
    public ReadOnlySpan<double> Weights => _total.Weights;

    /// <summary>Whether a cluster has no row.</summary>
    public bool HasEmpty => _total.Rows.Contains(0);

    /// <summary>
    /// Runs a body on chunks of rows, a block of chunks at a time, and then one on each of the block's chunks in order. The chunks depend on n alone, so
    /// that what is added up in their order is the same, bit for bit, at any number of threads.
    /// </summary>
    /// <param name="n">The number of rows.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <param name="body">Receives a chunk's place in its block, its first row and the row after its last.</param>
    /// <param name="inOrder">Receives the chunk's place in its block; runs on the calling thread.</param>
    public static void ForEachChunk(int n, FitContext context, Action<int, int, int> body, Action<int> inOrder)
    {
        const int rowsPerBlock = ChunksPerBlock * RowsPerChunk;
        for (int from = 0; from < n; from += rowsPerBlock)
        {
            context.Checkpoint();
            int block = from, rows = Math.Min(rowsPerBlock, n - from);
            ParallelLoop.For(rows, RowsPerChunk, context.Threads, context.CancellationToken,
                (slot, start, end) => body(slot, block + start, block + end));
            for (int slot = 0; slot < ParallelLoop.ChunkCount(rows, RowsPerChunk); slot++)
                inOrder(slot);
        }
    }

    /// <summary>Assigns each row to its nearest centroid, the first one in a tie.</summary>
    /// <param name="centroids">k × d.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <returns>How many rows changed their cluster.</returns>
    public int Assign(double[] centroids, FitContext context)
    {
        _total.Clear();
        ForEachChunk(_data.Rows, context,
            (slot, start, end) =>
            {
                var part = _parts[slot];
                part.Clear();
                for (int i = start; i < end; i++)
                {
                    var (cluster, distance) = Nearest(_data.Features.Row(i), centroids);
                    if (cluster != _cluster[i])
                        part.Changed++;
                    (_cluster[i], _distance[i]) = (cluster, distance);
                    part.Add(_data.Features.Row(i), _data.Weight(i), cluster, distance);
                }
            },
            slot => _total.Add(_parts[slot]));
        return _total.Changed;
    }

    /// <summary>Moves each centroid to the weighted mean of its rows.</summary>
    /// <param name="centroids">k × d, overwritten.</param>
    public void MoveToMeans(double[] centroids)
    {
        int d = _data.Features.Columns;
        FillEmptyClusters();
        for (int c = 0; c < _k; c++)
        {
            // Without a row to give it, a cluster stays where it is: on another centroid, of lower index.
            if (!(_total.Weights[c] > 0))
                continue;
            for (int j = 0; j < d; j++)
                centroids[(c * d) + j] = _total.Sums[(c * d) + j] / _total.Weights[c];
        }
    }

    private (int Cluster, double Distance) Nearest(ReadOnlySpan<float> x, ReadOnlySpan<double> centroids)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        for (int c = 0; c < _k; c++)
        {
            double distance = Dense.SquaredDistance(x, centroids.Slice(c * x.Length, x.Length));
            if (distance < least)
                (best, least) = (c, distance);
        }

        return (best, least);
    }

    // Gives each empty cluster the row that lies farthest from its centroid (the first one in a tie), out of a cluster that has others.
    private void FillEmptyClusters()
    {
        for (int c = 0; c < _k; c++)
        {
            if (_total.Rows[c] > 0)
                continue;
            int farthest = -1;
            double greatest = 0;
            for (int i = 0; i < _cluster.Length; i++)
            {
                if (_distance[i] > greatest && _total.Rows[_cluster[i]] > 1)
                    (farthest, greatest) = (i, _distance[i]);
            }

            // Where every row lies on its centroid, but for the rounding of a mean, there is none to give.
            if (farthest < 0)
                return;
            var x = _data.Features.Row(farthest);
            if (greatest <= Rounding * Dense.DotWide(x, x))
                return;
            _total.Add(x, -_data.Weight(farthest), _cluster[farthest], greatest, rows: -1);
            _total.Add(x, _data.Weight(farthest), c, 0);
            (_cluster[farthest], _distance[farthest]) = (c, 0);
        }
    }

    /// <summary>Sums over some rows.</summary>
    private sealed class Part(int k, int d)
    {
        public double[] Sums { get; } = new double[k * d]; // Σ wi xi of each cluster

        public double[] Weights { get; } = new double[k];  // Σ wi of each cluster

        public int[] Rows { get; } = new int[k];

        public double Inertia { get; private set; }

        public int Changed { get; set; }

        public void Clear()
        {
            Array.Clear(Sums);
            Array.Clear(Weights);
            Array.Clear(Rows);
            (Inertia, Changed) = (0, 0);
        }

        public void Add(ReadOnlySpan<float> x, double weight, int cluster, double distance, int rows = 1)
        {
            Dense.Axpy(weight, x, Sums.AsSpan(cluster * d, d));
            Weights[cluster] += weight;
            Rows[cluster] += rows;
            Inertia += weight * distance;
        }

        public void Add(Part other)
        {
            Dense.Axpy(1, other.Sums, Sums);
            Dense.Axpy(1, other.Weights, Weights);
            for (int c = 0; c < k; c++)
                Rows[c] += other.Rows[c];
            Inertia += other.Inertia;
            Changed += other.Changed;
        }
    }
}
