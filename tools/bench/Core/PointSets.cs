using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>Sets of points: normal clouds around random centres, and a plane in noise.</summary>
internal static class PointSets
{
    /// <summary>k clouds of deviation 1, and k rows to start from as centres.</summary>
    public static void Blobs(CoreSets.Writer writer, int n, int d, int k, ulong seed, double spread)
    {
        var random = new RandomStream(seed);
        float[] centres = Draw.Normal(random, k * d, spread);
        int[] cloud = Draw.Classes(random, n, k);
        float[] x = Around(random, centres, cloud, d);
        writer.Features("", x, d);
        writer.Classes("_y", cloud);
        writer.Matrix("_init", Rows(x, random.SampleWithoutReplacement(n, k), d), d);
        Describe(writer, "clustering", n, d, seed, ("k", k), ("centre_spread", spread), ("sigma", 1));
    }

    /// <summary>A plane of a few dimensions in noise, off the origin.</summary>
    public static void LowRank(CoreSets.Writer writer, int n, int d, int rank, ulong seed)
    {
        var random = new RandomStream(seed);
        float[] u = Draw.Normal(random, n * rank);
        for (int i = 0; i < u.Length; i++) u[i] *= 3 - (2f * (i % rank) / (rank - 1));
        float[] directions = Orthonormal(Draw.Normal(random, rank * d), rank, d);
        float[] mean = Draw.Normal(random, d);
        float[] x = Draw.Normal(random, n * d, 0.5);
        for (int i = 0; i < n; i++)
        {
            var row = x.AsSpan(i * d, d);
            Dense.Axpy(1, mean, row);
            for (int r = 0; r < rank; r++) Dense.Axpy(3 * u[(i * rank) + r], directions.AsSpan(r * d, d), row);
        }
        writer.Features("", x, d);
        Describe(writer, "lowrank+noise", n, d, seed, ("rank", rank), ("noise", 0.5));
    }

    /// <summary>Forty clouds of ten classes, of two by parity, with 2 % wrong labels.</summary>
    public static void Classes(CoreSets.Writer writer, int n, int tests, int d, ulong seed)
    {
        var random = new RandomStream(seed);
        float[] centres = Draw.Normal(random, 40 * d, 0.75);
        int[] cloud = Draw.Classes(random, n + tests, 40);
        float[] x = Around(random, centres, cloud, d);
        int[] ten = Array.ConvertAll(cloud, c => random.NextBoolean(0.02) ? random.NextInt32(10) : c % 10);
        foreach (var (part, rows) in new[] { ("", ..n), ("_test", n..) })
        {
            var (start, count) = rows.GetOffsetAndLength(n + tests);
            writer.Features(part, x.AsSpan(start * d, count * d), d);
            writer.Classes($"{part}_y10", ten.AsSpan(rows));
            writer.Classes($"{part}_y2", Array.ConvertAll(ten[rows], c => c % 2));
        }
        Describe(writer, "kNN (y10) / SVM (y2)", n, d, seed, ("n_test", tests), ("clusters", 40));
    }

    /// <summary>Twenty clouds of their own sizes, and 3 % of the points anywhere.</summary>
    public static void WithOutliers(CoreSets.Writer writer, int n, int d, ulong seed)
    {
        var random = new RandomStream(seed);
        float[] centres = Draw.Normal(random, 20 * d, 2);
        int[] cloud = Draw.Classes(random, n, 20);
        double[] sizes = [.. Enumerable.Range(0, 20).Select(_ => 0.7 + (0.4 * random.NextDouble()))];
        float[] x = Draw.Normal(random, n * d);
        for (int i = 0; i < n; i++)
        {
            var row = x.AsSpan(i * d, d);
            bool isOutlier = random.NextBoolean(0.03);
            Dense.Scale((float)(isOutlier ? 2.3 : sizes[cloud[i]]), row);
            if (isOutlier) cloud[i] = -1;
            else Dense.Axpy(1, centres.AsSpan(cloud[i] * d, d), row);
        }
        writer.Features("", x, d);
        writer.Classes("_y", cloud);
        Describe(writer, "t-SNE/DBSCAN", n, d, seed, ("clusters", 20), ("outliers", 0.03));
        writer.Description["dbscan"] = new System.Text.Json.Nodes.JsonObject { ["eps"] = 10.0, ["min_samples"] = 10 };
    }

    /// <summary>Points of deviation 1 around their centres.</summary>
    public static float[] Around(RandomStream random, float[] centres, int[] cloud, int d)
    {
        float[] x = Draw.Normal(random, cloud.Length * d);
        for (int i = 0; i < cloud.Length; i++) Dense.Axpy(1, centres.AsSpan(cloud[i] * d, d), x.AsSpan(i * d, d));
        return x;
    }

    private static float[] Rows(float[] x, int[] rows, int d) => [.. rows.SelectMany(row => x.Skip(row * d).Take(d))];

    /// <summary>Gram and Schmidt, on the rows.</summary>
    private static float[] Orthonormal(float[] rows, int count, int d)
    {
        for (int i = 0; i < count; i++)
        {
            var row = rows.AsSpan(i * d, d);
            for (int j = 0; j < i; j++) Dense.Axpy(-Dense.Dot(row, rows.AsSpan(j * d, d)), rows.AsSpan(j * d, d), row);
            Dense.Scale(1 / MathF.Sqrt(Dense.Dot(row, row)), row);
        }
        return rows;
    }

    private static void Describe(CoreSets.Writer writer, string kind, int n, int d, ulong seed, params (string Name, double Value)[] more)
    {
        var description = writer.Description;
        (description["kind"], description["n"], description["d"], description["seed"]) = (kind, n, d, seed);
        foreach (var (name, value) in more) description[name] = value;
    }
}
