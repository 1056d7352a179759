using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>A training row that votes on a prediction.</summary>
/// <param name="Row">Its number among the rows that were learned from, from 0.</param>
/// <param name="Distance">How far it is.</param>
/// <param name="Share">Its part in the prediction; the shares of all neighbours sum to 1.</param>
public readonly record struct Neighbor(int Row, double Distance, double Share);

/// <summary>What the neighbours vote with; a structure, so that the loop over them is compiled for it.</summary>
internal interface INeighborLabels
{
    /// <summary>The number of values of a prediction.</summary>
    int ValueCount { get; }

    /// <summary>Adds a vote.</summary>
    /// <param name="row">The training row that votes.</param>
    /// <param name="share">How much it counts.</param>
    /// <param name="sums"><see cref="ValueCount"/> sums.</param>
    void Add(int row, double share, Span<double> sums);
}

/// <summary>Training rows and how they vote: what the prediction of classes and of numbers have in common.</summary>
/// <remarks>
/// A query's neighbours are the nearest rows whose weights make up k, the last one by the part that makes it up: with weights of 1 they are k rows, and a
/// row of weight 2 counts like two rows. All rows vote where their weights do not make up k.
/// </remarks>
/// <param name="search">The rows.</param>
/// <param name="weights">The n weights, positive; empty when all are 1.</param>
/// <param name="neighbors">k.</param>
/// <param name="weighting">How much a neighbour counts.</param>
internal sealed class NeighborVotes(NeighborSearch search, float[] weights, int neighbors, NeighborWeighting weighting)
{
    // The lists of the queries that are searched for together hold about as many rows, unless a single one is longer.
    private const int ListedRows = 1 << 16;
    private const int SumsOnStack = 64;

    public NeighborSearch Search => search;

    public int Neighbors => neighbors;

    public NeighborWeighting Weighting => weighting;

    /// <summary>The weight of all rows.</summary>
    public double TotalWeight => weights.Length == 0 ? search.Count : weights.Sum(w => (double)w);

    /// <summary>Predicts: the mean of the neighbours' votes; NaN for a row with a missing feature.</summary>
    /// <param name="features">n × d, dense.</param>
    /// <param name="labels">What the training rows vote with.</param>
    /// <param name="scores">Receives n × values.</param>
    /// <param name="threads">The most threads to use. The result is the same.</param>
    public void Predict<TLabels>(FeatureMatrix features, TLabels labels, Span<float> scores, int threads) where TLabels : struct, INeighborLabels
    {
        ArgumentNullException.ThrowIfNull(features);
        int k = labels.ValueCount, block = Math.Clamp(ListedRows / Math.Min(neighbors, search.Count), 1, NeighborSearch.BlockQueries);
        if (threads > 1 && features.Rows > block)
        {
            PredictInParallel(features, labels, block, scores, threads);
            return;
        }

        for (int first = 0; first < features.Rows; first += block)
        {
            int end = Math.Min(first + block, features.Rows);
            PredictBlock(features, first, end, labels, scores[(first * k)..(end * k)]);
        }
    }

    /// <summary>The neighbours of one row, nearest first; none when a feature is missing.</summary>
    public IReadOnlyList<Neighbor> Find(ReadOnlySpan<float> row)
    {
        if (row.Length != search.Features)
            throw new ArgumentException($"The model has {search.Features} features; the row has {row.Length}.", nameof(row));
        using var found = new Lists(this, row);
        var votes = new Neighbor[found.Length(0)];
        double total = 0;
        for (int i = 0; i < votes.Length; i++)
            total += found.Vote(0, i);
        for (int i = 0; i < votes.Length; i++)
            votes[i] = new Neighbor(found.Rows(0)[i], found.Distances(0)[i], found.Vote(0, i) / total);
        return votes;
    }

    public void Save(ModelSaveContext context)
    {
        context.Write("NumberOfNeighbors", neighbors);
        context.WriteEnum("Weighting", weighting);
        context.WriteEnum("Distance", search.Distance);
        context.WriteEnum("Algorithm", search.Algorithm);
        context.WriteArray("Rows", search.Points.Values, search.Count, search.Features);
        context.WriteArray<float>("RowWeights", weights);
    }

    public static NeighborVotes Load(ModelLoadContext context)
    {
        var points = LoadRows(context, leastRows: 1);
        float[] weights = context.ReadArray<float>("RowWeights");
        int neighbors = context.ReadInt32("NumberOfNeighbors");
        if (weights.Length != 0 && (weights.Length != points.Rows || !weights.All(w => w > 0 && float.IsFinite(w))))
            throw context.Invalid($"it should have a positive weight for each of its {points.Rows} rows, or none");
        if (neighbors < 1)
            throw context.Invalid($"{neighbors} neighbours cannot vote");

        // The first files did not say how to search.
        var algorithm = context.Has("Algorithm") ? context.ReadEnum<NeighborAlgorithm>("Algorithm") : NeighborAlgorithm.Auto;
        var search = NeighborSearch.Create(points, context.ReadEnum<NeighborDistance>("Distance"), algorithm, () => { });
        return new NeighborVotes(search, weights, neighbors, context.ReadEnum<NeighborWeighting>("Weighting"));
    }

    /// <summary>Reads the rows that a model keeps, all of finite features.</summary>
    public static FeatureMatrix LoadRows(ModelLoadContext context, int leastRows)
    {
        if (context.ReadShape("Rows") is not [var n, var d and > 0] || n < leastRows)
            throw context.Invalid(leastRows == 1 ? "it has no rows or no features" : $"it has fewer than {leastRows} rows, or no features");
        float[] rows = context.ReadArray<float>("Rows", n, d);
        return TensorPrimitives.IsFiniteAll<float>(rows) ? new FeatureMatrix(n, d, rows) : throw context.Invalid("a feature is not a finite number");
    }

    public override string ToString() => $"k={neighbors}, {search.Count} rows, {search.Features} features";

    // A method of its own: a loop over threads allocates its body, which predicting single rows must not. What threads write to lies on the heap.
    private void PredictInParallel<TLabels>(FeatureMatrix features, TLabels labels, int block, Span<float> scores, int threads)
        where TLabels : struct, INeighborLabels
    {
        int k = labels.ValueCount;
        float[] all = ArrayPool<float>.Shared.Rent(features.Rows * k);
        ParallelLoop.For(features.Rows, block, threads, CancellationToken.None, (_, first, end) =>
            PredictBlock(features, first, end, labels, all.AsSpan((first * k)..(end * k))));
        all.AsSpan(0, features.Rows * k).CopyTo(scores);
        ArrayPool<float>.Shared.Return(all);
    }

    private void PredictBlock<TLabels>(FeatureMatrix features, int first, int end, TLabels labels, Span<float> scores) where TLabels : struct, INeighborLabels
    {
        int k = labels.ValueCount, d = features.Columns;
        using var found = new Lists(this, features.Values[(first * d)..(end * d)]);
        double[]? rented = k > SumsOnStack ? ArrayPool<double>.Shared.Rent(k) : null;
        Span<double> room = rented ?? stackalloc double[SumsOnStack];
        var sums = room[..k];
        for (int query = 0; query < end - first; query++)
        {
            sums.Clear();
            double total = 0;
            for (int i = 0; i < found.Length(query); i++)
            {
                double vote = found.Vote(query, i);
                labels.Add(found.Rows(query)[i], vote, sums);
                total += vote;
            }

            for (int c = 0; c < k; c++)
                scores[(query * k) + c] = (float)(sums[c] / total);
        }

        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    private float Weight(int row) => weights.Length == 0 ? 1f : weights[row];

    /// <summary>The neighbours of some queries. The memory is rented; dispose of the lists once.</summary>
    private readonly ref struct Lists : IDisposable
    {
        private readonly NeighborVotes _votes;
        private readonly int _stride;
        private readonly int[] _rows;
        private readonly double[] _distances;
        private readonly int[] _lengths;
        private readonly double[] _lastShares;

        public Lists(NeighborVotes votes, ReadOnlySpan<float> queries)
        {
            var search = votes.Search;
            int m = queries.Length / search.Features;
            _votes = votes;
            _lengths = ArrayPool<int>.Shared.Rent(m);
            _lastShares = ArrayPool<double>.Shared.Rent(m);

            // With weights below 1, k rows may not make up k: then twice as many are searched for.
            for (_stride = Math.Min(votes.Neighbors, search.Count); ; _stride = Math.Min(2 * _stride, search.Count))
            {
                _rows = ArrayPool<int>.Shared.Rent(m * _stride);
                _distances = ArrayPool<double>.Shared.Rent(m * _stride);
                search.Nearest(queries, _stride, _rows, _distances);
                bool all = true;
                for (int query = 0; query < m; query++)
                    all &= Cut(query);
                if (all || _stride == search.Count)
                    return;
                ArrayPool<int>.Shared.Return(_rows);
                ArrayPool<double>.Shared.Return(_distances);
            }
        }

        public int Length(int query) => _lengths[query];

        public ReadOnlySpan<int> Rows(int query) => _rows.AsSpan(query * _stride, _lengths[query]);

        public ReadOnlySpan<double> Distances(int query) => _distances.AsSpan(query * _stride, _lengths[query]);

        /// <summary>How much a neighbour counts. Inverse distances are taken relative to the nearest one: that leaves the limit at distance 0 finite.</summary>
        public double Vote(int query, int position)
        {
            double share = position == _lengths[query] - 1 ? _lastShares[query] : _votes.Weight(Rows(query)[position]);
            if (_votes.Weighting == NeighborWeighting.Uniform)
                return share;
            double nearest = Distances(query)[0], own = Distances(query)[position];
            return own == nearest ? share : share * nearest / own;
        }

        public void Dispose()
        {
            ArrayPool<int>.Shared.Return(_rows);
            ArrayPool<double>.Shared.Return(_distances);
            ArrayPool<int>.Shared.Return(_lengths);
            ArrayPool<double>.Shared.Return(_lastShares);
        }

        // The list ends where the weights reach k.
        private bool Cut(int query)
        {
            double weight = 0;
            for (int i = 0; i < _stride; i++)
            {
                int row = _rows[(query * _stride) + i];
                if (row < 0)
                {
                    _lengths[query] = i;
                    return true;
                }

                double own = _votes.Weight(row);
                (_lengths[query], _lastShares[query]) = (i + 1, Math.Min(own, _votes.Neighbors - weight));
                weight += own;
                if (weight >= _votes.Neighbors)
                    return true;
            }

            return false;
        }
    }
}
