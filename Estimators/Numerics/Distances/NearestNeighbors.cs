using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MLPath.Numerics;

/// <summary>
/// Points in memory, and the exact search among them by Euclidean distance: the k nearest to a query, or all within a radius. A block of
/// queries meets a tile of points in one matrix product, whose values are read while they are in the cache.
/// </summary>
/// <remarks>
/// <para><b>Screening.</b> ‖q − p‖² = ‖q‖² − 2 q·p + ‖p‖² needs products alone, but loses digits. With q and p relative to the middle of the points,
/// u = 2⁻²⁴ and d features, it is off by no more than κ (‖q‖ + ‖p‖)² ≤ 2κ (‖q‖² + ‖p‖²), κ = u (0.55 d + 10): half of γd for the product, the
/// rest for the differences from the middle and the two sums (N. Higham, <i>Accuracy and Stability of Numerical Algorithms</i>, 2nd ed., §3.1).
/// What may be near enough by that bound is computed again, as Σ (q − p)² in double precision, and that alone decides. So results
/// are the same for a query by itself and in a block.</para>
/// <para><b>Cost.</b> 2 n d operations a query at the speed of matrix products, and about k (1 + ln n/k) distances computed again. Twice the memory of the
/// points. Instances are immutable and can be used by several threads.</para>
/// </remarks>
public sealed partial class NearestNeighbors
{
    /// <summary>The queries that are worth giving together, 240 of them.</summary>
    public const int BlockQueries = 240;

    // 240 × 512 products are 480 KiB, a quarter of a second-level cache.
    private const int TilePoints = 512;
    private const double Rounding = 1.0 / (1 << 24);

    // Above it, squares and their sums could leave the range of single precision.
    private const double LargestScreened = 1e37;

    private readonly float[] _points;
    private readonly float[] _middle;
    private readonly float[] _tiles;
    private readonly float[] _bias;
    private readonly double _greatestNorm;
    private readonly double _kappa;
    private readonly double _underflow;

    /// <summary>Prepares points for searching.</summary>
    /// <param name="points">n × d, row-major, finite. Kept, not copied.</param>
    /// <param name="dimensions">d, at least 1.</param>
    /// <exception cref="ArgumentException">The number of values is not a multiple of d, or one is not finite.</exception>
    public NearestNeighbors(float[] points, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (points.Length % dimensions != 0) throw new ArgumentException($"{points.Length} values are no rows of {dimensions}.", nameof(points));
        if (!TensorPrimitives.IsFiniteAll<float>(points)) throw new ArgumentException("A coordinate is not a finite number.", nameof(points));
        (_points, Dimensions, Count) = (points, dimensions, points.Length / dimensions);
        _kappa = Rounding * ((0.55 * dimensions) + 10);
        _underflow = (dimensions + 16) * 1e-44;
        _middle = Middle();
        _tiles = new float[points.Length];
        _bias = new float[Count];
        for (int start = 0; start < Count; start += TilePoints) _greatestNorm = Math.Max(_greatestNorm, FillTile(start));
    }

    /// <summary>n, the number of points.</summary>
    public int Count { get; }

    /// <summary>d, the number of coordinates.</summary>
    public int Dimensions { get; }

    /// <summary>The points, n × d.</summary>
    public ReadOnlySpan<float> Points => _points;

    /// <summary>The squared distance of two rows in double precision, the same on every call.</summary>
    /// <param name="x">A row.</param>
    /// <param name="y">A row of the same length.</param>
    public static double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"The rows have {x.Length} and {y.Length} values.");
        ref float a = ref MemoryMarshal.GetReference(x), b = ref MemoryMarshal.GetReference(y);
        Vector<double> even = default, odd = default;
        int width = Vector<float>.Count, j = 0;
        for (; j <= x.Length - width; j += width)
        {
            Vector.Widen(Vector.LoadUnsafe(ref a, (nuint)j), out var a0, out var a1);
            Vector.Widen(Vector.LoadUnsafe(ref b, (nuint)j), out var b0, out var b1);
            var (d0, d1) = (a0 - b0, a1 - b1);
            even += d0 * d0;
            odd += d1 * d1;
        }

        double sum = Vector.Sum(even + odd);
        for (; j < x.Length; j++)
        {
            double difference = (double)x[j] - y[j];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>Finds the k nearest points of each of some queries: nearest first, of equally near ones the lower first.</summary>
    /// <param name="queries">m × d. One with NaN has no neighbours; one with ±∞ is infinitely far from all points, of which it gets the first.</param>
    /// <param name="k">1 to n.</param>
    /// <param name="rows">Receives m × k numbers of points; −1 where there is none.</param>
    /// <param name="squaredDistances">Receives m × k squared distances; NaN where there is none.</param>
    /// <exception cref="ArgumentException">k or a length does not fit.</exception>
    public void TopK(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<double> squaredDistances)
    {
        int m = CheckQueries(queries);
        if (k < 1 || k > Count) throw new ArgumentOutOfRangeException(nameof(k), k, $"Expected 1 to {Count}, the number of points.");
        if (rows.Length < (long)m * k || squaredDistances.Length < (long)m * k) throw new ArgumentException($"{m} × {k} places are needed.", nameof(rows));
        rows[..(m * k)].Fill(-1);
        squaredDistances[..(m * k)].Fill(double.NaN);
        for (int first = 0; first < m; first += BlockQueries)
        {
            int block = Math.Min(BlockQueries, m - first);
            var nearest = new Nearest(this, queries.Slice(first * Dimensions, block * Dimensions), k,
                rows.Slice(first * k, block * k), squaredDistances.Slice(first * k, block * k));
            Search(nearest.Queries, 0, ref nearest);
            nearest.Dispose();
        }
    }

    /// <summary>Finds all points within a radius of each of some queries, in their order.</summary>
    /// <param name="queries">m × d. One with a value that is not finite has no neighbours.</param>
    /// <param name="radius">The greatest distance, 0 or more; a point at exactly that distance is within.</param>
    /// <param name="rows">The numbers of the points are added to it, query after query.</param>
    /// <param name="counts">Receives the m numbers of points.</param>
    /// <param name="firstPoint">The points before it are left out.</param>
    /// <exception cref="ArgumentException">The radius or a length does not fit.</exception>
    public void Within(ReadOnlySpan<float> queries, double radius, List<int> rows, Span<int> counts, int firstPoint = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int m = CheckQueries(queries);
        if (!(radius >= 0)) throw new ArgumentOutOfRangeException(nameof(radius), radius, "Expected 0 or more.");
        if (counts.Length < m) throw new ArgumentException($"{m} places are needed.", nameof(counts));
        ArgumentOutOfRangeException.ThrowIfNegative(firstPoint);
        for (int first = 0; first < m; first += BlockQueries)
        {
            int block = Math.Min(BlockQueries, m - first);
            var within = new Inside(this, queries.Slice(first * Dimensions, block * Dimensions), radius, firstPoint);
            Search(within.Queries, firstPoint / TilePoints * TilePoints, ref within);
            within.AddTo(rows, counts.Slice(first, block));
            within.Dispose();
        }
    }

    // The products of a block of queries and a tile of points, −2 q·p, row by row to whoever collects.
    private void Search<TCollector>(float[] queries, int firstPoint, ref TCollector collector)
        where TCollector : struct, ICollector, allows ref struct
    {
        int m = collector.Count;
        float[] products = ArrayPool<float>.Shared.Rent(m * TilePoints);
        for (int start = firstPoint; start < Count; start += TilePoints)
        {
            int width = Math.Min(TilePoints, Count - start);
            Gemm.Multiply(false, false, m, width, Dimensions, 1, queries, Dimensions,
                _tiles.AsSpan(start * Dimensions, width * Dimensions), width, 0, products, width);
            for (int query = 0; query < m; query++) collector.Read(query, start, products.AsSpan(query * width, width), _bias.AsSpan(start, width));
        }

        ArrayPool<float>.Shared.Return(products);
    }

    private int CheckQueries(ReadOnlySpan<float> queries) => queries.Length % Dimensions == 0
        ? queries.Length / Dimensions
        : throw new ArgumentException($"{queries.Length} values are no rows of {Dimensions}.", nameof(queries));

    // The mean, rounded: near enough to be no far corner of the points.
    private float[] Middle()
    {
        var sums = new double[Dimensions];
        for (int row = 0; row < Count; row++) Dense.Axpy(1.0, _points.AsSpan(row * Dimensions, Dimensions), sums);
        return [.. sums.Select(s => (float)(s / Math.Max(1, Count)))];
    }

    // A tile has its points feature by feature, as a matrix product wants them; the bias of a point is its ‖p‖² less what it may be off by.
    private double FillTile(int start)
    {
        int d = Dimensions, width = Math.Min(TilePoints, Count - start);
        var tile = _tiles.AsSpan(start * d, width * d);
        double greatest = 0;
        for (int i = 0; i < width; i++)
        {
            var point = _points.AsSpan((start + i) * d, d);
            double norm = 0;
            for (int j = 0; j < d; j++)
            {
                float value = point[j] - _middle[j];
                tile[(j * width) + i] = value;
                norm += (double)value * value;
            }

            _bias[start + i] = (float)(norm * (1 - (2 * _kappa)));
            greatest = Math.Max(greatest, norm);
        }

        return greatest;
    }

    // Whether the range of single precision is wide enough for a query and all points.
    private bool Screens(double norm) => norm + _greatestNorm < LargestScreened;

    // The products + bias of points that may be within a squared distance are no greater.
    private float Limit(double norm, double squaredDistance) => !Screens(norm)
        ? float.PositiveInfinity
        : MathF.BitIncrement((float)(squaredDistance - norm + (2 * _kappa * norm) + _underflow));
}
