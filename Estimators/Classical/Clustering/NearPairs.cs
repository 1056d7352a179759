using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>All pairs of rows within a distance of each other, and what follows from them for DBSCAN.</summary>
internal sealed class NearPairs
{
    private const int RowsPerChunk = NeighborSearch.BlockQueries;
    private const int ChunksPerBlock = 16;

    private readonly int _rows;
    private readonly int[][] _near;   // of each chunk, row after row, the later rows that are near
    private readonly int[] _counts;   // of each row the number of them

    private NearPairs(int rows)
    {
        _rows = rows;
        _near = new int[ParallelLoop.ChunkCount(rows, RowsPerChunk)][];
        _counts = new int[rows];
    }

    /// <summary>Finds the pairs. Each is found from its earlier row.</summary>
    /// <param name="search">The rows.</param>
    /// <param name="radius">The greatest distance.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static NearPairs Find(NeighborSearch search, double radius, FitContext context)
    {
        var pairs = new NearPairs(search.Count);
        for (int block = 0; block < pairs._near.Length; block += ChunksPerBlock)
        {
            context.Checkpoint();
            int start = block;
            ParallelLoop.For(Math.Min(ChunksPerBlock, pairs._near.Length - block), 1, context.Threads, context.CancellationToken,
                (_, slot, _) => pairs.FindChunk(start + slot, search, radius));
        }

        return pairs;
    }

    /// <summary>Which rows are cores: the weights of the rows near them, and their own, make up the minimum.</summary>
    public bool[] Cores(TrainingData data, int minimum)
    {
        var weights = new double[_rows];
        for (int row = 0; row < _rows; row++)
            weights[row] = data.Weight(row);
        ForEachPair((row, near) =>
        {
            foreach (int other in near)
            {
                weights[row] += data.Weight(other);
                weights[other] += data.Weight(row);
            }
        });
        return [.. weights.Select(w => w >= minimum)];
    }

    /// <summary>The cluster of each row, from 0; −1 for noise.</summary>
    /// <param name="isCore">Which rows are cores.</param>
    public int[] Clusters(bool[] isCore)
    {
        int[] root = [.. Enumerable.Range(0, _rows)];
        ForEachPair((row, near) =>
        {
            if (!isCore[row])
                return;
            foreach (int other in near)
            {
                if (isCore[other])
                    Join(root, row, other);
            }
        });

        // The root of a cluster is its first core row, so clusters are numbered in the order in which a pass over the rows discovers them.
        var labels = new int[_rows];
        int clusters = 0;
        for (int row = 0; row < _rows; row++)
            labels[row] = !isCore[row] ? int.MaxValue : root[row] == row ? clusters++ : labels[Root(root, row)];

        // The first cluster that reaches a border row is the one of the lowest number.
        ForEachPair((row, near) =>
        {
            foreach (int other in near)
            {
                if (isCore[row] && !isCore[other])
                    labels[other] = Math.Min(labels[other], labels[row]);
                else if (!isCore[row] && isCore[other])
                    labels[row] = Math.Min(labels[row], labels[other]);
            }
        });
        return [.. labels.Select(label => label == int.MaxValue ? -1 : label)];
    }

    private void FindChunk(int chunk, NeighborSearch search, double radius)
    {
        int first = chunk * RowsPerChunk, rows = Math.Min(RowsPerChunk, _rows - first), d = search.Features;
        var found = new List<int>();
        var counts = _counts.AsSpan(first, rows);
        search.Within(search.Points.Values.Slice(first * d, rows * d), radius, found, counts, firstPoint: first);

        // The rows of the chunk are near themselves, and near each other twice.
        var later = new List<int>(found.Count);
        for (int i = 0, next = 0; i < rows; i++)
        {
            int before = later.Count, end = next + counts[i];
            for (; next < end; next++)
            {
                if (found[next] > first + i)
                    later.Add(found[next]);
            }

            counts[i] = later.Count - before;
        }

        _near[chunk] = [.. later];
    }

    private void ForEachPair(LaterRows body)
    {
        for (int row = 0, next = 0; row < _rows; row++)
        {
            if (row % RowsPerChunk == 0)
                next = 0;
            body(row, _near[row / RowsPerChunk].AsSpan(next, _counts[row]));
            next += _counts[row];
        }
    }

    private delegate void LaterRows(int row, ReadOnlySpan<int> near);

    // Disjoint sets; the lower root stays one, and paths are halved on the way.
    private static void Join(int[] root, int a, int b)
    {
        (a, b) = (Root(root, a), Root(root, b));
        if (a < b)
            root[b] = a;
        else
            root[a] = b;
    }

    private static int Root(int[] root, int row)
    {
        while (root[row] != row)
            row = root[row] = root[root[row]];
        return row;
    }
}
