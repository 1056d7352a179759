using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>The merges of agglomerative clustering.</summary>
internal static class Linkages
{
    // All pairs of more rows would need more than 4 GiB.
    private const int MostRows = 32768;

    /// <summary>Merges rows until one cluster is left.</summary>
    /// <param name="features">n × d, dense.</param>
    /// <param name="linkage">How far clusters are apart.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static Dendrogram Merge(FeatureMatrix features, Linkage linkage, FitContext context)
    {
        int n = features.Rows, d = features.Columns;
        double[] rows = new double[checked(n * d)];
        for (int i = 0; i < n; i++)
            GaussianComponents.Widen(features, i, i + 1, rows.AsSpan(i * d, d));
        if (linkage == Linkage.Single)
            return Label(n, SpanningTree(rows, n, d, context));
        if (n > MostRows)
        {
            throw new DataException(
                $"There are {n} rows; {linkage} linkage keeps the distances of all pairs, which takes more than 4 GiB above {MostRows} rows. " +
                $"Take a sample of the rows, or {nameof(Linkage.Single)} linkage, which keeps none.");
        }

        return Label(n, Chain(Pairs(rows, n, d, linkage == Linkage.Ward, context), n, linkage, context));
    }

    // The distances of all pairs, that of i > j at i (i − 1) / 2 + j; squared ones for Ward's linkage.
    private static double[] Pairs(double[] rows, int n, int d, bool squared, FitContext context)
    {
        double[] pairs = new double[(long)n * (n - 1) / 2];
        ParallelLoop.For(n, 16, context.Threads, context.CancellationToken, (_, start, end) =>
        {
            context.Checkpoint();
            for (int i = start; i < end; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double distance = Dense.SquaredDistance(rows.AsSpan(i * d, d), rows.AsSpan(j * d, d));
                    pairs[At(i, j)] = squared ? distance : Math.Sqrt(distance);
                }
            }
        });
        return pairs;
    }

    // Two clusters that are each other's nearest merge, in whatever order such pairs are found: a chain of nearest neighbours ends in one (Müllner 2011,
    // figure 3). A cluster is known by one of its rows.
    private static List<Merged> Chain(double[] pairs, int n, Linkage linkage, FitContext context)
    {
        var merges = new List<Merged>(n);
        int[] size = new int[n];
        Array.Fill(size, 1);
        int[] active = [.. Enumerable.Range(0, n)];
        int count = n;
        var chain = new List<int>();
        while (count > 1)
        {
            context.Checkpoint();
            if (chain.Count == 0)
                chain.Add(active[0]);
            int a = chain[^1], nearest = chain.Count > 1 ? chain[^2] : -1;
            // In a tie the one before in the chain is preferred, which ends the chain.
            double least = nearest < 0 ? double.PositiveInfinity : pairs[At(a, nearest)];
            for (int at = 0; at < count; at++)
            {
                int c = active[at];
                if (c == a)
                    continue;
                double distance = pairs[At(a, c)];
                if (distance < least || nearest < 0)
                    (nearest, least) = (c, distance);
            }

            if (chain.Count == 1 || nearest != chain[^2])
            {
                chain.Add(nearest);
                continue;
            }

            chain.RemoveRange(chain.Count - 2, 2);
            var (gone, kept) = a < nearest ? (a, nearest) : (nearest, a);
            merges.Add(new(gone, kept, linkage == Linkage.Ward ? Math.Sqrt(least) : least));
            int place = Array.BinarySearch(active, 0, count, gone);
            Array.Copy(active, place + 1, active, place, --count - place);
            for (int at = 0; at < count; at++)
            {
                int c = active[at];
                if (c != kept)
                    pairs[At(kept, c)] = Update(linkage, pairs[At(gone, c)], pairs[At(kept, c)], least, size[gone], size[kept], size[c]);
            }

            size[kept] += size[gone];
        }

        return merges;
    }

    // The distance of a merged cluster a ∪ b to another one (G. Lance, W. Williams, 1967).
    private static double Update(Linkage linkage, double a, double b, double ab, double sizeA, double sizeB, double size) => linkage switch
    {
        Linkage.Ward => Math.Max(0, ((((sizeA + size) * a) + ((sizeB + size) * b)) - (size * ab)) / (sizeA + sizeB + size)),
        Linkage.Complete => Math.Max(a, b),
        _ => ((sizeA * a) + (sizeB * b)) / (sizeA + sizeB),
    };

    // Single linkage merges along the edges of the minimum spanning tree, which grows by its nearest row (Prim).
    private static List<Merged> SpanningTree(double[] rows, int n, int d, FitContext context)
    {
        const int chunkRows = 1024;
        var merges = new List<Merged>(n);
        double[] least = new double[n];
        int[] from = new int[n];
        bool[] isIn = new bool[n];
        Array.Fill(least, double.PositiveInfinity);
        var best = new int[ParallelLoop.ChunkCount(n, chunkRows)];
        isIn[0] = true;
        for (int last = 0; merges.Count < n - 1;)
        {
            context.Checkpoint();
            int joined = last;
            ParallelLoop.For(n, chunkRows, context.Threads, context.CancellationToken, (chunk, start, end) =>
            {
                best[chunk] = -1;
                for (int i = start; i < end; i++)
                {
                    if (isIn[i])
                        continue;
                    double distance = Dense.SquaredDistance(rows.AsSpan(i * d, d), rows.AsSpan(joined * d, d));
                    if (distance < least[i])
                        (least[i], from[i]) = (distance, joined);
                    if (best[chunk] < 0 || least[i] < least[best[chunk]])
                        best[chunk] = i;
                }
            });

            int next = -1;
            foreach (int candidate in best)
            {
                if (candidate >= 0 && (next < 0 || least[candidate] < least[next]))
                    next = candidate;
            }

            merges.Add(new(from[next], next, Math.Sqrt(least[next])));
            isIn[next] = true;
            last = next;
        }

        return merges;
    }

    // Puts merges in the order of their distances and names the clusters they make.
    private static Dendrogram Label(int n, List<Merged> merges)
    {
        int[] children = new int[2 * merges.Count];
        double[] distances = new double[merges.Count];
        int[] parent = [.. Enumerable.Range(0, (2 * n) - 1)];
        int made = 0;
        foreach (var merge in merges.OrderBy(m => m.Distance))
        {
            int a = Root(parent, merge.A), b = Root(parent, merge.B);
            (children[2 * made], children[(2 * made) + 1]) = (Math.Min(a, b), Math.Max(a, b));
            distances[made] = merge.Distance;
            parent[a] = parent[b] = n + made++;
        }

        return new Dendrogram(children, distances);
    }

    private static int Root(int[] parent, int cluster)
    {
        while (parent[cluster] != cluster)
            cluster = parent[cluster] = parent[parent[cluster]];
        return cluster;
    }

    private static long At(int i, int j) => i > j ? ((long)i * (i - 1) / 2) + j : ((long)j * (j - 1) / 2) + i;

    private readonly record struct Merged(int A, int B, double Distance);
}
