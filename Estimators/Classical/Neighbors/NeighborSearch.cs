using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>Points in memory, and the search for those nearest to a query. Distances are exact, and ties are in favour of the lower row.</summary>
/// <param name="points">n × d, dense, n at least 1, without NaN.</param>
/// <param name="distance">How far two rows are apart.</param>
internal sealed class NeighborSearch(FeatureMatrix points, NeighborDistance distance)
{
    /// <summary>n, the number of points.</summary>
    public int Count => points.Rows;

    /// <summary>d, the number of features.</summary>
    public int Features => points.Columns;

    /// <summary>The points, n × d.</summary>
    public FeatureMatrix Points => points;

    /// <summary>How far two rows are apart.</summary>
    public NeighborDistance Distance => distance;

    /// <summary>Finds the k nearest points of each of some queries, nearest first.</summary>
    /// <param name="queries">Queries × d, without NaN.</param>
    /// <param name="k">1 to n.</param>
    /// <param name="rows">Receives queries × k rows.</param>
    /// <param name="distances">Receives their distances.</param>
    public void Nearest(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<double> distances)
    {
        int d = Features;
        var all = new double[Count];
        var order = new int[Count];
        for (int query = 0; query < queries.Length / d; query++)
        {
            for (int row = 0; row < Count; row++)
                (all[row], order[row]) = (Of(queries.Slice(query * d, d), points.Row(row)), row);
            Array.Sort(order, (a, b) => all[a] != all[b] ? all[a].CompareTo(all[b]) : a.CompareTo(b));
            for (int i = 0; i < k; i++)
                (rows[(query * k) + i], distances[(query * k) + i]) = (order[i], all[order[i]]);
        }
    }

    private double Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            double difference = (double)x[j] - y[j];
            sum += distance == NeighborDistance.Euclidean ? difference * difference : Math.Abs(difference);
        }

        return distance == NeighborDistance.Euclidean ? Math.Sqrt(sum) : sum;
    }
}
