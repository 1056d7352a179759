using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>
/// A binary tree over points: a node's points are halved at the median of the feature in which they spread most, down to leaves of a few. A search
/// descends into the nearer half first, and leaves out nodes that are farther than what it has found.
/// </summary>
/// <remarks>Building costs O(n log² n); a search O(log n) where the tree helps, O(n) where it does not (many features).</remarks>
/// <typeparam name="TMetric">The distance.</typeparam>
internal abstract class NeighborTree<TMetric> : SumSearch<TMetric> where TMetric : struct, INeighborMetric
{
    private const int LeafPoints = 24;
    private const int PointsPerCheckpoint = 4096;

    private readonly int[] _order;
    private readonly int _leaves; // the first leaf: nodes are numbered as in a heap, children of i at 2i + 1 and 2i + 2

    private protected NeighborTree(FeatureMatrix points, Action checkpoint) : base(points)
    {
        int levels = 0;
        while (points.Rows >> levels > LeafPoints)
            levels++;
        _leaves = (1 << levels) - 1;
        Nodes = (1 << (levels + 1)) - 1;
        _order = [.. Enumerable.Range(0, points.Rows)];
        Halve(0, 0, points.Rows, new float[points.Rows], checkpoint);
        Sorted = points.Gather(_order);
    }

    /// <summary>The number of nodes.</summary>
    private protected int Nodes { get; }

    /// <summary>The points such that those of a node lie together.</summary>
    private protected FeatureMatrix Sorted { get; }

    /// <summary>No point of a node has a lesser sum, rounding included.</summary>
    private protected abstract double LeastSum(int node, ReadOnlySpan<float> query);

    /// <summary>Does something for every node and the run of its points.</summary>
    private protected void ForEachNode(Action<int, int, int> body, Action checkpoint)
    {
        var nodes = new Stack<(int Node, int Start, int End)>([(0, 0, Count)]);
        while (nodes.TryPop(out var next))
        {
            if (next.End - next.Start >= PointsPerCheckpoint)
                checkpoint();
            body(next.Node, next.Start, next.End);
            if (next.Node >= _leaves)
                continue;
            int middle = Middle(next.Start, next.End);
            nodes.Push(((2 * next.Node) + 1, next.Start, middle));
            nodes.Push(((2 * next.Node) + 2, middle, next.End));
        }
    }

    private protected sealed override void Find(ReadOnlySpan<float> query, ref NearestList found) => Find(0, 0, Count, LeastSum(0, query), query, ref found);

    private protected sealed override void FindWithin(ReadOnlySpan<float> query, double limit, int firstPoint, List<int> rows)
    {
        int before = rows.Count;
        FindWithin(0, 0, Count, query, limit, firstPoint, rows);
        rows.Sort(before, rows.Count - before, null);
    }

    private static int Middle(int start, int end) => start + ((end - start) / 2);

    private void Find(int node, int start, int end, double least, ReadOnlySpan<float> query, ref NearestList found)
    {
        // A point at exactly the worst distance still counts when its row is lower.
        if (least > found.Worst)
            return;
        if (node >= _leaves)
        {
            for (int i = start; i < end; i++)
                found.Offer(_order[i], NeighborSums.Exact<TMetric>(query, Sorted.Row(i)));
            return;
        }

        int middle = Middle(start, end), left = (2 * node) + 1;
        double toLeft = LeastSum(left, query), toRight = LeastSum(left + 1, query);
        if (toLeft <= toRight)
        {
            Find(left, start, middle, toLeft, query, ref found);
            Find(left + 1, middle, end, toRight, query, ref found);
        }
        else
        {
            Find(left + 1, middle, end, toRight, query, ref found);
            Find(left, start, middle, toLeft, query, ref found);
        }
    }

    private void FindWithin(int node, int start, int end, ReadOnlySpan<float> query, double limit, int firstPoint, List<int> rows)
    {
        if (LeastSum(node, query) > limit)
            return;
        if (node < _leaves)
        {
            int middle = Middle(start, end);
            FindWithin((2 * node) + 1, start, middle, query, limit, firstPoint, rows);
            FindWithin((2 * node) + 2, middle, end, query, limit, firstPoint, rows);
            return;
        }

        for (int i = start; i < end; i++)
        {
            if (_order[i] >= firstPoint && NeighborSums.Exact<TMetric>(query, Sorted.Row(i)) <= limit)
                rows.Add(_order[i]);
        }
    }

    private void Halve(int node, int start, int end, float[] keys, Action checkpoint)
    {
        if (end - start >= PointsPerCheckpoint)
            checkpoint();
        if (node >= _leaves)
            return;
        int feature = WidestFeature(start, end), middle = Middle(start, end);
        for (int i = start; i < end; i++)
            keys[i] = Points.Row(_order[i])[feature];
        Array.Sort(keys, _order, start, end - start);
        Halve((2 * node) + 1, start, middle, keys, checkpoint);
        Halve((2 * node) + 2, middle, end, keys, checkpoint);
    }

    private int WidestFeature(int start, int end)
    {
        int widest = 0;
        double greatest = -1;
        for (int j = 0; j < Features; j++)
        {
            float least = float.PositiveInfinity, most = float.NegativeInfinity;
            for (int i = start; i < end; i++)
            {
                float value = Points.Row(_order[i])[j];
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }

            if ((double)most - least > greatest)
                (widest, greatest) = (j, (double)most - least);
        }

        return widest;
    }
}

/// <summary>A tree of boxes.</summary>
/// <remarks>J. Bentley, <i>Multidimensional Binary Search Trees Used for Associative Searching</i>, Communications of the ACM 18, 1975.</remarks>
/// <typeparam name="TMetric">The distance.</typeparam>
internal sealed class KdTree<TMetric> : NeighborTree<TMetric> where TMetric : struct, INeighborMetric
{
    private readonly float[] _boxes; // of each node the least and the greatest value of each feature

    public KdTree(FeatureMatrix points, Action checkpoint) : base(points, checkpoint)
    {
        int d = points.Columns;
        _boxes = new float[checked(Nodes * 2 * d)];
        ForEachNode((node, start, end) =>
        {
            var least = _boxes.AsSpan(node * 2 * d, d);
            var most = _boxes.AsSpan((node * 2 * d) + d, d);
            Sorted.Row(start).CopyTo(least);
            Sorted.Row(start).CopyTo(most);
            for (int i = start + 1; i < end; i++)
            {
                System.Numerics.Tensors.TensorPrimitives.Min(least, Sorted.Row(i), least);
                System.Numerics.Tensors.TensorPrimitives.Max(most, Sorted.Row(i), most);
            }
        }, checkpoint);
    }

    public override NeighborAlgorithm Algorithm => NeighborAlgorithm.KDTree;

    // Each term is no greater than a point's own, but the order of the sum is another.
    private protected override double LeastSum(int node, ReadOnlySpan<float> query)
    {
        int d = query.Length;
        var box = _boxes.AsSpan(node * 2 * d, 2 * d);
        double sum = 0;
        for (int j = 0; j < d; j++)
        {
            double outside = Math.Max((double)box[j] - query[j], (double)query[j] - box[d + j]);
            if (outside > 0)
                sum = TMetric.Add(sum, outside);
        }

        return sum * (1 - 1e-10);
    }
}

/// <summary>A tree of balls: around the mean of a node's points, as far as the farthest of them.</summary>
/// <remarks>S. Omohundro, <i>Five Balltree Construction Algorithms</i>, ICSI Technical Report 89-063, 1989.</remarks>
/// <typeparam name="TMetric">The distance.</typeparam>
internal sealed class BallTree<TMetric> : NeighborTree<TMetric> where TMetric : struct, INeighborMetric
{
    // Of a distance; far above the rounding of a sum in double precision.
    private const double Rounding = 1e-10;

    private readonly float[] _centers;
    private readonly double[] _radii;

    public BallTree(FeatureMatrix points, Action checkpoint) : base(points, checkpoint)
    {
        int d = points.Columns;
        _centers = new float[checked(Nodes * d)];
        _radii = new double[Nodes];
        var sums = new double[d];
        ForEachNode((node, start, end) =>
        {
            Array.Clear(sums);
            for (int i = start; i < end; i++)
                Numerics.Dense.Axpy(1.0, Sorted.Row(i), sums);
            var center = _centers.AsSpan(node * d, d);
            for (int j = 0; j < d; j++)
                center[j] = (float)(sums[j] / (end - start));
            for (int i = start; i < end; i++)
                _radii[node] = Math.Max(_radii[node], TMetric.FromSum(NeighborSums.Exact<TMetric>(center, Sorted.Row(i))));
        }, checkpoint);
    }

    public override NeighborAlgorithm Algorithm => NeighborAlgorithm.BallTree;

    // By the triangle inequality.
    private protected override double LeastSum(int node, ReadOnlySpan<float> query)
    {
        double distance = TMetric.FromSum(NeighborSums.Exact<TMetric>(query, _centers.AsSpan(node * query.Length, query.Length)));
        return TMetric.ToSum(Math.Max(0, distance - _radii[node] - (Rounding * (distance + _radii[node]))));
    }
}
