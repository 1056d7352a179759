using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Which cluster each row belongs to, and the sums that its mean is made of. Rows that change their cluster are moved from one sum to the other, so that a
/// pass costs little more than its search.
/// </summary>
/// <remarks>
/// With bounds (G. Hamerly, <i>Making k-means even faster</i>, SDM 2010) a row is searched for only when it can have another nearest centroid: an upper
/// bound u of the distance to its own centroid grows by that centroid's way, a lower bound l of the distance to the others shrinks by the longest of
/// theirs, and where u &lt; max(l, s), with s half the way from its centroid to the nearest other one, nothing can have changed. Bounds are rounded
/// outwards, so that the clusters are the same as without them.
/// </remarks>
internal sealed class KMeansAssignment
{
    private const double Rounding = 1e-24; // of a squared distance, as a part of the squared length
    private const int LeastClustersToMeasure = 16; // among fewer, the search costs hardly more than one distance in double
    private const float Outwards = 1 + (1f / (1 << 22));

    private readonly TrainingData _data;
    private readonly int _k;
    private readonly int _d;
    private readonly RowChunks _chunks;
    private readonly int[] _cluster; // n: the cluster of each row, −1 before the first assignment
    private readonly float[] _upper; // n bounds of the distance to its centroid; empty without bounds
    private readonly float[] _lower; // n bounds of the distances to the other centroids
    private readonly double[] _ways; // k: how far each centroid moved last
    private readonly Part _total;
    private readonly Part[] _parts;  // how each chunk changes the total

    public KMeansAssignment(TrainingData data, int k, bool bounded)
    {
        (_data, _k, _d) = (data, k, data.Features.Columns);
        _cluster = new int[data.Rows];
        Array.Fill(_cluster, -1);
        _upper = new float[bounded ? data.Rows : 0];
        _lower = new float[_upper.Length];
        Array.Fill(_upper, float.PositiveInfinity);
        _ways = new double[k];
        _chunks = new RowChunks(data.Rows, (long)k * _d);
        _total = new Part(k, _d);
        _parts = [.. Enumerable.Range(0, _chunks.Count).Select(_ => new Part(k, _d))];
    }

    /// <summary>Whether a cluster has no row.</summary>
    public bool HasEmpty => _total.Rows.Contains(0);

    /// <summary>Assigns each row to its nearest centroid, the first one in a tie.</summary>
    /// <param name="centroids">k × d.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <returns>How many rows changed their cluster, and how much the inertia fell by it (by less than nothing at first, when it was not known).</returns>
    public (int Changed, double Decrease) Assign(double[] centroids, FitContext context)
    {
        var search = new NearestCentre(centroids, _d);
        var bounds = _upper.Length > 0 ? new Bounds(centroids, _d, _ways, context) : null;
        foreach (var part in _parts)
            part.Clear();
        _chunks.ForEach(context, (chunk, from, to) =>
        {
            if (bounds is null)
                AssignAll(search, _parts[chunk], from, to);
            else
                AssignDoubtful(search, bounds, _parts[chunk], from, to);
        });

        var (changed, decrease) = (0, 0.0);
        foreach (var part in _parts)
        {
            (changed, decrease) = (changed + part.Changed, decrease + part.Decrease);
            if (part.Changed > 0)
                _total.Add(part);
        }

        return (changed, decrease);
    }

    /// <summary>Moves each centroid to the weighted mean of its rows.</summary>
    /// <param name="centroids">k × d, overwritten.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <returns>
    /// Σc ‖Δμc‖² (+∞ where a centroid was put elsewhere because its cluster was empty), and how much the inertia falls: Σc Wc ‖Δμc‖² and what rows gain
    /// that go to empty clusters.
    /// </returns>
    public (double Shift, double Decrease) MoveToMeans(double[] centroids, FitContext context)
    {
        double decrease = HasEmpty ? FillEmptyClusters(centroids, context) : 0;
        double shift = decrease > 0 ? double.PositiveInfinity : 0;
        for (int c = 0; c < _k; c++)
        {
            // Without a row to give it, a cluster stays where it is: on another centroid, of lower index.
            double way = 0;
            for (int j = c * _d; j < (c + 1) * _d && _total.Weights[c] > 0; j++)
            {
                double mean = _total.Sums[j] / _total.Weights[c];
                way += (mean - centroids[j]) * (mean - centroids[j]);
                centroids[j] = mean;
            }

            _ways[c] = Math.Sqrt(way);
            shift += way;
            decrease += _total.Weights[c] * way;
        }

        return (shift, decrease);
    }

    /// <summary>Adds up, with each row's distance computed anew, what a model keeps.</summary>
    /// <param name="centroids">k × d: those of the last assignment.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <returns>Σi wi ‖xi − μc(i)‖², and the k sums of weights.</returns>
    public (double Inertia, double[] Weights) Measure(double[] centroids, FitContext context)
    {
        var weights = new double[_k];
        for (int i = 0; i < _cluster.Length; i++)
            weights[_cluster[i]] += _data.Weight(i);
        double inertia = _chunks.Sum(context, (from, to) =>
        {
            double sum = 0;
            for (int i = from; i < to; i++)
                sum += _data.Weight(i) * SquaredDistance(i, centroids, _cluster[i]);
            return sum;
        });
        return (inertia, weights);
    }

    private double SquaredDistance(int row, double[] centroids, int c) => Dense.SquaredDistance(_data.Features.Row(row), centroids.AsSpan(c * _d, _d));

    private void AssignAll(NearestCentre search, Part part, int from, int to)
    {
        var nearest = part.Nearest.AsSpan(0, to - from);
        search.Find(_data.Features.RowSpan(from, to), nearest);
        for (int i = from; i < to; i++)
        {
            if (nearest[i - from] != _cluster[i])
                Move(i, nearest[i - from], search.Centres, part);
        }
    }

    private void AssignDoubtful(NearestCentre search, Bounds bounds, Part part, int from, int to)
    {
        var rows = part.Doubtful;
        int count = 0;
        for (int i = from; i < to; i++)
        {
            int c = _cluster[i];
            if (c < 0)
            {
                rows[count++] = i;
                continue;
            }

            float upper = (_upper[i] + bounds.Way(c)) * Outwards;
            float lower = (_lower[i] - bounds.LongestWayBut(c)) / Outwards;
            _lower[i] = lower;
            float limit = Math.Max(lower, bounds.HalfWayToOther(c));
            if (!(upper < limit) && _k >= LeastClustersToMeasure)
                upper = (float)Math.Sqrt(Dense.SquaredDistance(_data.Features.Row(i), search.Centres.Slice(c * _d, _d))) * Outwards;
            _upper[i] = upper;
            if (!(upper < limit))
                rows[count++] = i;
        }

        var nearest = part.Nearest.AsSpan(0, count);
        search.Find(_data.Features.Values, rows.AsSpan(0, count), nearest, part.Upper.AsSpan(0, count), part.Lower.AsSpan(0, count));
        for (int r = 0; r < count; r++)
        {
            (_upper[rows[r]], _lower[rows[r]]) = (part.Upper[r], part.Lower[r]);
            if (nearest[r] != _cluster[rows[r]])
                Move(rows[r], nearest[r], search.Centres, part);
        }
    }

    private void Move(int row, int to, ReadOnlySpan<double> centroids, Part part)
    {
        var x = _data.Features.Row(row);
        float weight = _data.Weight(row);
        int from = _cluster[row];
        if (from >= 0)
        {
            part.Add(x, -weight, from, rows: -1);
            part.Decrease += weight * Dense.SquaredDistance(x, centroids.Slice(from * _d, _d));
        }

        part.Add(x, weight, to, rows: 1);
        part.Decrease -= weight * Dense.SquaredDistance(x, centroids.Slice(to * _d, _d));
        part.Changed++;
        _cluster[row] = to;
    }

    // Gives each empty cluster the row that lies farthest from its centroid (the first one in a tie), out of a cluster that has others.
    private double FillEmptyClusters(double[] centroids, FitContext context)
    {
        var distances = new double[_cluster.Length];
        _chunks.ForEach(context, (_, from, to) =>
        {
            for (int i = from; i < to; i++)
                distances[i] = SquaredDistance(i, centroids, _cluster[i]);
        });

        double decrease = 0;
        for (int c = 0; c < _k; c++)
        {
            if (_total.Rows[c] > 0)
                continue;
            int farthest = -1;
            double greatest = 0;
            for (int i = 0; i < _cluster.Length; i++)
            {
                if (distances[i] > greatest && _total.Rows[_cluster[i]] > 1)
                    (farthest, greatest) = (i, distances[i]);
            }

            // Where every row lies on its centroid, but for the rounding of a mean, there is none to give.
            if (farthest < 0)
                break;
            var x = _data.Features.Row(farthest);
            if (greatest <= Rounding * Dense.DotWide(x, x))
                break;
            float weight = _data.Weight(farthest);
            _total.Add(x, -weight, _cluster[farthest], rows: -1);
            _total.Add(x, weight, c, rows: 1);
            _data.CentresAt([farthest]).CopyTo(centroids, c * _d);
            (_cluster[farthest], distances[farthest]) = (c, 0);
            decrease += weight * greatest;
            if (_upper.Length > 0)
            {
                // The centroid came from anywhere: no bound outlives that.
                Array.Fill(_upper, float.PositiveInfinity);
                Array.Fill(_lower, 0);
            }
        }

        return decrease;
    }

    /// <summary>How the bounds of rows change when centroids have moved.</summary>
    private sealed class Bounds
    {
        private readonly float[] _way;
        private readonly float[] _half;
        private readonly int _farthest;
        private readonly float _longestOfOthers;

        public Bounds(double[] centroids, int d, double[] ways, FitContext context)
        {
            int k = ways.Length;
            _way = Array.ConvertAll(ways, w => (float)w * Outwards);
            _half = new float[k];
            ParallelLoop.For(k, 16, context.Threads, context.CancellationToken, (_, start, end) =>
            {
                for (int c = start; c < end; c++)
                {
                    double least = double.PositiveInfinity;
                    for (int o = 0; o < k; o++)
                    {
                        if (o != c)
                            least = Math.Min(least, Dense.SquaredDistance(centroids.AsSpan(c * d, d), centroids.AsSpan(o * d, d)));
                    }

                    _half[c] = (float)(0.5 * Math.Sqrt(least)) / Outwards;
                }
            });
            _farthest = Array.IndexOf(_way, _way.Max());
            for (int c = 0; c < k; c++)
            {
                if (c != _farthest)
                    _longestOfOthers = Math.Max(_longestOfOthers, _way[c]);
            }
        }

        public float Way(int c) => _way[c];

        public float LongestWayBut(int c) => c == _farthest ? _longestOfOthers : _way[_farthest];

        public float HalfWayToOther(int c) => _half[c];
    }

    /// <summary>Sums over some rows, and room for their search.</summary>
    private sealed class Part(int k, int d)
    {
        public double[] Sums { get; } = new double[k * d]; // Σ wi xi of each cluster

        public double[] Weights { get; } = new double[k];  // Σ wi of each cluster

        public int[] Rows { get; } = new int[k];

        public int Changed { get; set; }

        public double Decrease { get; set; }

        public int[] Nearest => field ??= new int[RowChunks.RunRows];

        public int[] Doubtful => field ??= new int[RowChunks.RunRows];

        public float[] Upper => field ??= new float[RowChunks.RunRows];

        public float[] Lower => field ??= new float[RowChunks.RunRows];

        public void Clear()
        {
            if (Changed > 0)
            {
                Array.Clear(Sums);
                Array.Clear(Weights);
                Array.Clear(Rows);
            }

            (Changed, Decrease) = (0, 0);
        }

        public void Add(ReadOnlySpan<float> x, float weight, int cluster, int rows)
        {
            Rows[cluster] += rows;
            Weights[cluster] += weight;
            Dense.Axpy(weight, x, Sums.AsSpan(cluster * d, d));
        }

        // A cluster without rows has sums of 0, not what rounding left of them.
        public void Add(Part change)
        {
            Dense.Axpy(1, change.Sums, Sums);
            Dense.Axpy(1, change.Weights, Weights);
            for (int c = 0; c < k; c++)
            {
                Rows[c] += change.Rows[c];
                if (Rows[c] > 0)
                    continue;
                Weights[c] = 0;
                Sums.AsSpan(c * d, d).Clear();
            }
        }
    }
}
