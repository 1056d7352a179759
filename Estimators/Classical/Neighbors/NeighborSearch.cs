using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>How neighbours are searched for. All ways find the same ones.</summary>
public enum NeighborAlgorithm
{
    /// <summary>By the number of rows and features: a tree for many rows of few features, all distances otherwise.</summary>
    Auto,

    /// <summary>All distances; the Euclidean ones by matrix products.</summary>
    Brute,

    /// <summary>A tree of boxes (Bentley 1975): good for few features.</summary>
    KDTree,

    /// <summary>A tree of balls (Omohundro 1989): where rows of many features lie near a surface of few dimensions.</summary>
    BallTree,
}

/// <summary>
/// Points in memory, and the exact search for those near a query. Distances are computed in double precision, ties are in favour of the lower row, and
/// all algorithms give the same, bit for bit. Instances are immutable and can be used by several threads.
/// </summary>
internal abstract class NeighborSearch
{
    /// <summary>The queries that are worth searching for together.</summary>
    public const int BlockQueries = NearestNeighbors.BlockQueries;

    private protected NeighborSearch(FeatureMatrix points) => Points = points;

    /// <summary>The points, n × d.</summary>
    public FeatureMatrix Points { get; }

    /// <summary>n, the number of points.</summary>
    public int Count => Points.Rows;

    /// <summary>d, the number of features.</summary>
    public int Features => Points.Columns;

    /// <summary>How far two rows are apart.</summary>
    public abstract NeighborDistance Distance { get; }

    /// <summary>The algorithm, never <see cref="NeighborAlgorithm.Auto"/>.</summary>
    public abstract NeighborAlgorithm Algorithm { get; }

    /// <summary>Prepares points for searching.</summary>
    /// <param name="points">n × d, dense, finite.</param>
    /// <param name="distance">How far two rows are apart.</param>
    /// <param name="algorithm">How to search.</param>
    /// <param name="checkpoint">Called after every bounded amount of work.</param>
    public static NeighborSearch Create(FeatureMatrix points, NeighborDistance distance, NeighborAlgorithm algorithm, Action checkpoint)
    {
        if (algorithm == NeighborAlgorithm.Auto)
            algorithm = Choose(points.Rows, points.Columns, distance);
        checkpoint();

        // A copy, so that nobody else can change what was learned.
        float[] values = points.Values.ToArray();
        var own = new FeatureMatrix(points.Rows, points.Columns, values);
        return (algorithm, distance) switch
        {
            (NeighborAlgorithm.KDTree, NeighborDistance.Euclidean) => new KdTree<EuclideanMetric>(own, checkpoint),
            (NeighborAlgorithm.KDTree, _) => new KdTree<ManhattanMetric>(own, checkpoint),
            (NeighborAlgorithm.BallTree, NeighborDistance.Euclidean) => new BallTree<EuclideanMetric>(own, checkpoint),
            (NeighborAlgorithm.BallTree, _) => new BallTree<ManhattanMetric>(own, checkpoint),
            (_, NeighborDistance.Euclidean) => new EuclideanBruteForce(own, values),
            _ => new BruteForce<ManhattanMetric>(own),
        };
    }

    /// <summary>Finds the k nearest points of each of some queries, nearest first.</summary>
    /// <param name="queries">Queries × d. One with NaN has no neighbours; one with ±∞ is infinitely far from all points, of which it gets the first.</param>
    /// <param name="k">1 to n.</param>
    /// <param name="rows">Receives queries × k rows; −1 where there is none.</param>
    /// <param name="distances">Receives their distances; NaN where there is none.</param>
    public abstract void Nearest(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<double> distances);

    /// <summary>Finds all points within a radius of each of some queries, in their order.</summary>
    /// <param name="queries">Queries × d. One with a value that is not finite has no neighbours.</param>
    /// <param name="radius">The greatest distance, 0 or more; a point at exactly that distance is within.</param>
    /// <param name="rows">The rows are added to it, query after query.</param>
    /// <param name="counts">Receives the number of rows of each query.</param>
    /// <param name="firstPoint">The points before it are left out.</param>
    public abstract void Within(ReadOnlySpan<float> queries, double radius, List<int> rows, Span<int> counts, int firstPoint = 0);

    // A tree looks at a number of points that grows with d like a power, and hardly with n; the others look at all, much faster each where that is a
    // matrix product. The figures are those where the two were seen to take the same time on rows without structure.
    private static NeighborAlgorithm Choose(int rows, int features, NeighborDistance distance)
    {
        double leastRows = distance == NeighborDistance.Euclidean ? 60 * Math.Pow(3, features) : 20 * Math.Pow(2, features);
        return rows >= leastRows ? NeighborAlgorithm.KDTree : NeighborAlgorithm.Brute;
    }
}

/// <summary>All Euclidean distances, by matrix products.</summary>
internal sealed class EuclideanBruteForce : NeighborSearch
{
    private readonly NearestNeighbors _nearest;

    /// <summary>Prepares points for searching.</summary>
    /// <param name="points">n × d.</param>
    /// <param name="values">Their values.</param>
    public EuclideanBruteForce(FeatureMatrix points, float[] values) : base(points) => _nearest = new NearestNeighbors(values, points.Columns);

    public override NeighborDistance Distance => NeighborDistance.Euclidean;

    public override NeighborAlgorithm Algorithm => NeighborAlgorithm.Brute;

    public override void Nearest(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<double> distances)
    {
        _nearest.TopK(queries, k, rows, distances);
        var found = distances[..(queries.Length / Features * k)];
        TensorPrimitives.Sqrt(found, found);
    }

    public override void Within(ReadOnlySpan<float> queries, double radius, List<int> rows, Span<int> counts, int firstPoint = 0) =>
        _nearest.Within(queries, radius, rows, counts, firstPoint);
}

/// <summary>The searches that look at one query after the other, by sums over the features.</summary>
/// <typeparam name="TMetric">The distance.</typeparam>
internal abstract class SumSearch<TMetric>(FeatureMatrix points) : NeighborSearch(points) where TMetric : struct, INeighborMetric
{
    public sealed override NeighborDistance Distance => TMetric.Distance;

    public sealed override void Nearest(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<double> distances)
    {
        int m = queries.Length / Features;
        rows[..(m * k)].Fill(-1);
        distances[..(m * k)].Fill(double.NaN);
        for (int query = 0; query < m; query++)
        {
            var row = queries.Slice(query * Features, Features);
            if (TensorPrimitives.IsNaNAny(row))
                continue;
            var sums = distances.Slice(query * k, k);
            var found = new NearestList(rows.Slice(query * k, k), sums);
            Find(row, ref found);
            foreach (ref double sum in sums)
                sum = TMetric.FromSum(sum);
        }
    }

    public sealed override void Within(ReadOnlySpan<float> queries, double radius, List<int> rows, Span<int> counts, int firstPoint = 0)
    {
        for (int query = 0; query < queries.Length / Features; query++)
        {
            int before = rows.Count;
            var row = queries.Slice(query * Features, Features);
            if (TensorPrimitives.IsFiniteAll(row))
                FindWithin(row, TMetric.ToSum(radius), firstPoint, rows);
            counts[query] = rows.Count - before;
        }
    }

    private protected abstract void Find(ReadOnlySpan<float> query, ref NearestList found);

    /// <summary>Adds the rows, from a first one on, whose sum is no greater than a limit, in their order.</summary>
    private protected abstract void FindWithin(ReadOnlySpan<float> query, double limit, int firstPoint, List<int> rows);
}

/// <summary>All distances by sums in single precision; what may be near by those is summed again in double.</summary>
/// <typeparam name="TMetric">The distance.</typeparam>
internal sealed class BruteForce<TMetric>(FeatureMatrix points) : SumSearch<TMetric>(points) where TMetric : struct, INeighborMetric
{
    private readonly double _sureOf = 1 - NeighborSums.Rounding(points.Columns);

    public override NeighborAlgorithm Algorithm => NeighborAlgorithm.Brute;

    private protected override void Find(ReadOnlySpan<float> query, ref NearestList found)
    {
        for (int row = 0; row < Count; row++)
        {
            if (MayBeWithin(query, row, found.Worst))
                found.Offer(row, NeighborSums.Exact<TMetric>(query, Points.Row(row)));
        }
    }

    private protected override void FindWithin(ReadOnlySpan<float> query, double limit, int firstPoint, List<int> rows)
    {
        for (int row = firstPoint; row < Count; row++)
        {
            if (MayBeWithin(query, row, limit) && NeighborSums.Exact<TMetric>(query, Points.Row(row)) <= limit)
                rows.Add(row);
        }
    }

    // A sum that leaves the range of single precision tells nothing. Differences do not underflow: they are exact there.
    private bool MayBeWithin(ReadOnlySpan<float> query, int row, double limit)
    {
        float sum = NeighborSums.Fast<TMetric>(query, Points.Row(row));
        return !float.IsFinite(sum) || sum * _sureOf <= limit;
    }
}
