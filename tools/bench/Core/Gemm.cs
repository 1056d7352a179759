using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>Products of two square matrices in single precision. The matrices are the first numbers of a set, and those that follow.</summary>
internal static class GemmWorkloads
{
    private const string Set = "lowrank_50000x256_r16";

    // Both sides round, each in its own order; errors that differ by less than this are the same.
    public static IReadOnlyList<CoreWorkload> All { get; } = [.. new[] { 256, 512, 1024, 2048 }.Select(n =>
        new CoreWorkload($"gemm-{n}", Set, Quality.Smaller(0.05), "gemm.py", ["numpy", "onednn"], (data, threads) => Open(data, n, threads, Times(n)))
        {
            PeerTimes = Times(n),
        })];

    private static int Times(int n) => Math.Max(1, (int)(1e10 / (2.0 * n * n * n)));

    private static Job Open(CoreData data, int n, int threads, int times)
    {
        float[] values = data.Read<float>($"{Set}_X.f32");
        float[] a = values[..(n * n)], b = values[(n * n)..(2 * n * n)], c = new float[n * n];
        return Job.Of(() =>
        {
            Gemm.Multiply(transposeA: false, transposeB: false, n, n, n, 1, a, n, b, n, 0, c, n, threads);
            return c;
        }, product => RelativeError(a, b, product, n), times);
    }

    /// <summary>The largest error of the first four rows, as a part of their largest element.</summary>
    private static double RelativeError(float[] a, float[] b, float[] c, int n)
    {
        double error = 0, largest = 0;
        var exact = new double[n];
        for (int i = 0; i < 4; i++)
        {
            Array.Clear(exact);
            for (int p = 0; p < n; p++) Dense.Axpy(a[(i * n) + p], b.AsSpan(p * n, n), exact);
            for (int j = 0; j < n; j++)
                (error, largest) = (Math.Max(error, Math.Abs(c[(i * n) + j] - exact[j])), Math.Max(largest, Math.Abs(exact[j])));
        }
        return error / largest;
    }
}
