using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>Tables of independent normal features with a label: a linear function, interactions of pairs, steps, and noise.</summary>
internal static class TableSets
{
    /// <summary>The label says whether the function is above its median; one label in ten is wrong.</summary>
    public static void Binary(CoreSets.Writer writer, int n, int tests, int d, ulong seed)
    {
        var random = new RandomStream(seed);
        var (x, z) = Function(random, n + tests, d);
        int[] y = Array.ConvertAll(z, value => value > 0 != random.NextBoolean(0.1) ? 1 : 0);
        writer.Features("", x.AsSpan(0, n * d), d);
        writer.Classes("_y", y.AsSpan(0, n));
        writer.Features("_test", x.AsSpan(n * d), d);
        writer.Classes("_test_y", y.AsSpan(n));
        var about = writer.Description;
        (about["kind"], about["n"], about["n_test"], about["d"], about["seed"], about["label_noise"]) = ("binary", n, tests, d, seed, 0.1);
    }

    /// <summary>The label is the function, a sine, and noise of deviation ½.</summary>
    public static void Regression(CoreSets.Writer writer, int n, int tests, int d, ulong seed)
    {
        var random = new RandomStream(seed);
        var (x, z) = Function(random, n + tests, d);
        for (int i = 0; i < z.Length; i++) z[i] += (float)(Math.Sin(3 * x[i * d]) + (0.5 * random.NextGaussian()));
        writer.Features("", x.AsSpan(0, n * d), d);
        writer.Numbers("_y", z.AsSpan(0, n));
        writer.Features("_test", x.AsSpan(n * d), d);
        writer.Numbers("_test_y", z.AsSpan(n));
        var about = writer.Description;
        (about["kind"], about["n"], about["n_test"], about["d"], about["seed"], about["noise"]) = ("regression", n, tests, d, seed, 0.5);
    }

    /// <summary>Probabilities that know something of their labels, 30 % of which are positive.</summary>
    public static void Scores(CoreSets.Writer writer, int n, ulong seed)
    {
        var random = new RandomStream(seed);
        var y = new int[n];
        var p = new float[n];
        for (int i = 0; i < n; i++)
        {
            y[i] = random.NextBoolean(0.3) ? 1 : 0;
            p[i] = (float)Dense.Sigmoid(random.NextGaussian() + (1.2 * y[i]) - 0.9);
        }
        writer.Numbers("_p", p);
        writer.Classes("_y", y);
        var about = writer.Description;
        (about["kind"], about["n"], about["seed"]) = ("scores for AUC/log-loss", n, seed);
    }

    // z = 0.35 w · x + 12 products of two features + 6 steps, less its median.
    private static (float[] X, float[] Z) Function(RandomStream random, int n, int d)
    {
        float[] x = Draw.Normal(random, n * d);
        float[] w = Draw.Normal(random, d);
        for (int j = 0; j < d; j++) w[j] *= random.NextBoolean(0.6) ? 0.35f : 0;
        var z = new float[n];
        Dense.MatVec(x, n, d, w, z);
        for (int pair = 0; pair < 12; pair++)
        {
            int[] features = random.SampleWithoutReplacement(d, 2);
            float factor = (float)(0.8 * random.NextGaussian());
            for (int i = 0; i < n; i++) z[i] += factor * x[(i * d) + features[0]] * x[(i * d) + features[1]];
        }
        for (int step = 0; step < 6; step++)
        {
            int feature = random.NextInt32(d);
            var (at, height) = ((float)(0.7 * random.NextGaussian()), (float)(1.2 * random.NextGaussian()));
            for (int i = 0; i < n; i++) z[i] += x[(i * d) + feature] > at ? height : 0;
        }
        float[] sorted = [.. z.Order()];
        float median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        return (x, Array.ConvertAll(z, value => value - median));
    }
}
