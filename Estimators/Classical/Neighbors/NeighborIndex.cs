using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>
/// Training rows in memory, laid out for finding the nearest of them to many queries: blocks of a few rows, within a block feature by
/// feature, so that one vector instruction advances the distances to several rows. A distance is summed feature by feature, in order: it
/// does not depend on how many queries there are, nor on the rows beside it.
/// </summary>
internal sealed class NeighborIndex
{
    private const int RowsPerCheckpoint = 4096;
    private const int QueriesAbreast = 4;

    // Half of a second-level cache of 512 KiB: as many rows meet all queries before the next ones do.
    private const int TileFloats = 1 << 16;

    // Vectors of rows that advance together; with four queries, enough sums to hide the time an addition takes.
    private const int VectorsAbreast = 2;

    private static readonly int s_lanes = VectorsAbreast * Vector<float>.Count;

    private readonly float[] _blocks;
    private readonly float[] _weights;

    /// <summary>Lays rows out.</summary>
    /// <param name="rows">n × d, dense.</param>
    /// <param name="weights">The n weights, positive; empty when all are 1.</param>
    /// <param name="neighbors">k.</param>
    /// <param name="checkpoint">Called after every bounded amount of work.</param>
    public NeighborIndex(FeatureMatrix rows, float[] weights, int neighbors, Action checkpoint)
    {
        (_weights, Features, Neighbors, Count) = (weights, rows.Columns, neighbors, rows.Rows);
        int blockFloats = s_lanes * Features;
        _blocks = new float[checked((Count + s_lanes - 1) / s_lanes * blockFloats)];

        // The lanes of the last block that hold no row stay NaN, and nothing is nearer than that.
        Array.Fill(_blocks, float.NaN);
        for (int row = 0; row < Count; row++)
        {
            if (row % RowsPerCheckpoint == 0)
                checkpoint();
            var values = rows.Row(row);
            for (int j = 0; j < values.Length; j++)
                _blocks[At(row, j)] = values[j];
        }

        Capacity = LongestList();
    }

    /// <summary>n, the number of rows.</summary>
    public int Count { get; }

    /// <summary>d, the number of features.</summary>
    public int Features { get; }

    /// <summary>k.</summary>
    public int Neighbors { get; }

    /// <summary>The weights; empty when all are 1.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The most rows that can be needed to make up k; k itself without weights.</summary>
    public int Capacity { get; }

    /// <summary>The weight of all rows.</summary>
    public double TotalWeight => _weights.Length == 0 ? Count : _weights.Sum(w => (double)w);

    /// <summary>The weight of a row.</summary>
    public float Weight(int row) => _weights.Length == 0 ? 1f : _weights[row];

    /// <summary>The rows, one behind the other.</summary>
    public float[] ToRows()
    {
        var values = new float[Count * Features];
        for (int row = 0; row < Count; row++)
        {
            for (int j = 0; j < Features; j++)
                values[(row * Features) + j] = _blocks[At(row, j)];
        }

        return values;
    }

    /// <summary>Finds the nearest rows of some queries.</summary>
    /// <typeparam name="TMetric">The distance.</typeparam>
    /// <param name="queries">Queries × d. One with NaN has no neighbours.</param>
    /// <param name="found">Empty lists, one for each query.</param>
    public void Search<TMetric>(ReadOnlySpan<float> queries, scoped NeighborLists found) where TMetric : struct, IMetric
    {
        int blockFloats = s_lanes * Features;
        int tile = Math.Max(1, TileFloats / blockFloats) * blockFloats;
        Span<float> distances = stackalloc float[QueriesAbreast * s_lanes];
        for (int tileStart = 0; tileStart < _blocks.Length; tileStart += tile)
        {
            int tileEnd = Math.Min(tileStart + tile, _blocks.Length);
            int query = 0;
            for (; query <= found.Count - QueriesAbreast; query += QueriesAbreast)
            {
                var four = queries.Slice(query * Features, QueriesAbreast * Features);
                for (int block = tileStart; block < tileEnd; block += blockFloats)
                {
                    ToFour<TMetric>(_blocks.AsSpan(block, blockFloats), four, distances);
                    for (int i = 0; i < QueriesAbreast; i++)
                        found.Offer(query + i, block / Features, distances.Slice(i * s_lanes, s_lanes));
                }
            }

            for (; query < found.Count; query++)
            {
                var one = queries.Slice(query * Features, Features);
                for (int block = tileStart; block < tileEnd; block += blockFloats)
                {
                    ToOne<TMetric>(_blocks.AsSpan(block, blockFloats), one, distances);
                    found.Offer(query, block / Features, distances[..s_lanes]);
                }
            }
        }
    }

    // The distances of a block's rows from four queries. The sums of a query and a row are the same as in ToOne.
    private static void ToFour<TMetric>(ReadOnlySpan<float> block, ReadOnlySpan<float> queries, Span<float> distances)
        where TMetric : struct, IMetric
    {
        int width = Vector<float>.Count, d = queries.Length / QueriesAbreast;
        ref float x = ref MemoryMarshal.GetReference(block);
        ref float q = ref MemoryMarshal.GetReference(queries);
        var (a0, a1, b0, b1) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var (c0, c1, d0, d1) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (int j = 0; j < d; j++)
        {
            var x0 = Vector.LoadUnsafe(ref x, (nuint)(j * VectorsAbreast * width));
            var x1 = Vector.LoadUnsafe(ref x, (nuint)(((j * VectorsAbreast) + 1) * width));
            var qa = new Vector<float>(Unsafe.Add(ref q, j));
            var qb = new Vector<float>(Unsafe.Add(ref q, j + d));
            var qc = new Vector<float>(Unsafe.Add(ref q, j + (2 * d)));
            var qd = new Vector<float>(Unsafe.Add(ref q, j + (3 * d)));
            a0 = TMetric.Add(a0, x0 - qa);
            a1 = TMetric.Add(a1, x1 - qa);
            b0 = TMetric.Add(b0, x0 - qb);
            b1 = TMetric.Add(b1, x1 - qb);
            c0 = TMetric.Add(c0, x0 - qc);
            c1 = TMetric.Add(c1, x1 - qc);
            d0 = TMetric.Add(d0, x0 - qd);
            d1 = TMetric.Add(d1, x1 - qd);
        }

        a0.CopyTo(distances);
        a1.CopyTo(distances[width..]);
        b0.CopyTo(distances[(2 * width)..]);
        b1.CopyTo(distances[(3 * width)..]);
        c0.CopyTo(distances[(4 * width)..]);
        c1.CopyTo(distances[(5 * width)..]);
        d0.CopyTo(distances[(6 * width)..]);
        d1.CopyTo(distances[(7 * width)..]);
    }

    private static void ToOne<TMetric>(ReadOnlySpan<float> block, ReadOnlySpan<float> query, Span<float> distances)
        where TMetric : struct, IMetric
    {
        int width = Vector<float>.Count;
        ref float x = ref MemoryMarshal.GetReference(block);
        var (a0, a1) = (Vector<float>.Zero, Vector<float>.Zero);
        for (int j = 0; j < query.Length; j++)
        {
            var q = new Vector<float>(query[j]);
            a0 = TMetric.Add(a0, Vector.LoadUnsafe(ref x, (nuint)(j * VectorsAbreast * width)) - q);
            a1 = TMetric.Add(a1, Vector.LoadUnsafe(ref x, (nuint)(((j * VectorsAbreast) + 1) * width)) - q);
        }

        a0.CopyTo(distances);
        a1.CopyTo(distances[width..]);
    }

    private int At(int row, int feature) => (row / s_lanes * s_lanes * Features) + (feature * s_lanes) + (row % s_lanes);

    // Lists are longest where the lightest rows come first; a little more, because sums in another order are rounded otherwise.
    private int LongestList()
    {
        if (_weights.Length == 0)
            return Math.Min(Neighbors, Count);
        float[] ascending = [.. _weights.Order()];
        double total = 0;
        int length = 0;
        while (length < Count && total < Neighbors * (1 + 1e-9))
            total += ascending[length++];
        return length;
    }
}
