using System.Diagnostics;
using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>
/// How near products of any shape come to the speed of the fastest: every m, n and k of a list, with every transposition, on one thread and on
/// matrices that are near.
/// </summary>
internal static class GemmShapes
{
    private const double Share = 0.6;
    private const int Worst = 8;

    // A batch lasts so long. Other programs' bursts last longer than a batch, so slow shapes are tried again while time is left.
    private static readonly TimeSpan s_batch = TimeSpan.FromMilliseconds(0.2);
    private static readonly TimeSpan s_retries = TimeSpan.FromSeconds(90);

    private static readonly int[] s_sizes = [16, 17, 18, 19, 20, 21, 24, 28, 31, 32, 33, 40, 50, 64, 100, 257, 1000];
    private static readonly int[] s_squares = [256, 512, 1024, 2048];

    /// <summary>A shape, and the most operations a second that were seen.</summary>
    private sealed record Shape(int M, int N, int K, bool TransposeA, bool TransposeB)
    {
        public double Best { get; private set; }

        public string Kind => $"{(TransposeA ? "Aᵀ" : "A")} {(TransposeB ? "Bᵀ" : "B")}";

        public void Measure(int batches)
        {
            float[] a = Draw.Normal(new RandomStream(1), M * K, 1), b = Draw.Normal(new RandomStream(2), K * N, 1), c = new float[M * N];
            void Multiply() => Gemm.Multiply(TransposeA, TransposeB, M, N, K, 1, a, TransposeA ? M : K, b, TransposeB ? K : N, 0, c, N);
            Multiply();
            long started = Stopwatch.GetTimestamp();
            Multiply();
            int times = (int)Math.Clamp(s_batch / Stopwatch.GetElapsedTime(started), 1, 1e6);
            for (int batch = 0; batch < batches; batch++)
            {
                started = Stopwatch.GetTimestamp();
                for (int i = 0; i < times; i++) Multiply();
                Best = Math.Max(Best, 2.0 * M * N * K * times / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }

        public override string ToString() => $"{M} × {N} × {K}";
    }

    /// <summary>Measures all shapes and prints those that stay furthest behind.</summary>
    public static void Print(TextWriter log)
    {
        Shape[] squares = [.. s_squares.Select(n => new Shape(n, n, n, false, false))];
        Shape[] shapes =
        [
            .. from m in s_sizes from n in s_sizes from k in s_sizes from a in new[] { false, true } from b in new[] { false, true }
               select new Shape(m, n, k, a, b),
        ];
        foreach (var shape in squares.Concat(shapes)) shape.Measure(4);
        double Peak() => squares.Max(s => s.Best);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < s_retries;)
            foreach (var shape in squares.Concat(shapes.Where(s => s.Best < Share * Peak()))) shape.Measure(4);

        log.WriteLine(Format($"The fastest square product reaches {Peak() / 1e9:F0} GFLOP/s. Shapes m × n × k below {Share:P0} of that, {s_sizes.Length} sizes each:"));
        foreach (var kind in shapes.GroupBy(s => s.Kind))
        {
            Shape[] slow = [.. kind.Where(s => s.Best < Share * Peak()).OrderBy(s => s.Best)];
            string worst = string.Join(", ", slow.Take(Worst).Select(s => Format($"{s} {s.Best / Peak():P0}")));
            log.WriteLine(Format($"{kind.Key}: {slow.Length} of {kind.Count()}{(slow.Length == 0 ? "" : ": ")}{worst}"));
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
