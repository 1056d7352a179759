using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>
/// How near products of any shape come to the speed of the fastest: every m, n and k of a list, with every transposition, on one thread and on
/// matrices that are near.
/// </summary>
/// <remarks>
/// Other programs slow the machine down for seconds at a time. So a shape is measured in pairs with a small square product, one right after the
/// other, and what counts is the median of how much faster one of the two was. Where code and stack happen to lie slows single shapes down as long as
/// a process lives. So several processes do that one after the other, and the median of theirs counts.
/// </remarks>
internal static class GemmShapes
{
    /// <summary>The argument with which this program measures in its own process.</summary>
    public const string Command = "shapes-worker";

    private const double Share = 0.6;
    private const int Worst = 8;
    private const int Largest = 1000 * 1000;

    // A batch lasts so long. Shapes that are slow, or nearly, are measured again while a process has time left.
    private static readonly TimeSpan s_batch = TimeSpan.FromMilliseconds(0.05);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private const int FewPairs = 3;
    private const int ManyPairs = 15;
    private const int Processes = 5;
    private const double Nearly = 1.05;

    private static readonly int[] s_sizes = [16, 17, 18, 19, 20, 21, 24, 28, 31, 32, 33, 40, 50, 64, 100, 257, 1000];
    private static readonly int[] s_squares = [64, 128, 256, 512];

    // What all products are made from, and where they go.
    private static readonly float[] s_a = Draw.Normal(new RandomStream(1), Largest, 1), s_b = Draw.Normal(new RandomStream(2), Largest, 1);
    private static readonly float[] s_c = new float[Largest];

    /// <summary>A shape, and how many times the speed of the probe it was seen to reach.</summary>
    private sealed record Shape(int M, int N, int K, bool TransposeA = false, bool TransposeB = false)
    {
        private readonly List<double> _ratios = [];
        private int _times;

        public string Kind => $"{(TransposeA ? "Aᵀ" : "A")} {(TransposeB ? "Bᵀ" : "B")}";

        public int Pairs => _ratios.Count;

        /// <summary>The median.</summary>
        public double Ratio => Contest.Median(_ratios);

        /// <summary>The operations of a second, of one batch.</summary>
        public double Run()
        {
            if (_times == 0)
            {
                // As often as a batch lasts. The better of two times: the first call of all waits for the compiler.
                for (_times = 1; Math.Min(Seconds(), Seconds()) < s_batch.TotalSeconds && _times < 1 << 20;) _times *= 2;
            }

            return 2.0 * M * N * K * _times / Seconds();
        }

        public void Measure(Shape probe, int pairs)
        {
            Run();
            for (int pair = 0; pair < pairs; pair++)
            {
                double own = Run();
                _ratios.Add(own / probe.Run());
            }
        }

        // Compiled to its best form at once: what a call costs counts.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private double Seconds()
        {
            bool transposeA = TransposeA, transposeB = TransposeB;
            int m = M, n = N, k = K, lda = transposeA ? m : k, ldb = transposeB ? k : n, times = _times;
            ReadOnlySpan<float> a = s_a, b = s_b;
            Span<float> c = s_c;
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < times; i++) Gemm.Multiply(transposeA, transposeB, m, n, k, 1, a, lda, b, ldb, 0, c, n);
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        public override string ToString() => $"{M} × {N} × {K}";
    }

    private static IEnumerable<Shape> Shapes() =>
        from m in s_sizes
        from n in s_sizes
        from k in s_sizes
        from transposeA in new[] { false, true }
        from transposeB in new[] { false, true }
        select new Shape(m, n, k, transposeA, transposeB);

    /// <summary>Measures all shapes in this process and prints, in their order, the share of the fastest square's speed that each reaches.</summary>
    public static void Measure(TextWriter output)
    {
        var probe = new Shape(64, 64, 64);
        Shape[] squares = [.. s_squares.Select(n => new Shape(n, n, n))], shapes = [.. Shapes()];
        for (int i = 0; i < 2000; i++) probe.Run();
        double peak;
        IReadOnlyList<Shape> next = shapes;
        var watch = Stopwatch.StartNew();
        do
        {
            foreach (var shape in next) shape.Measure(probe, FewPairs);
            foreach (var square in squares) square.Measure(probe, ManyPairs);
            peak = squares.Max(s => s.Ratio);
            next = [.. shapes.Where(s => s.Ratio < Nearly * Share * peak && s.Pairs < ManyPairs)];
        }
        while (next.Count > 0 && watch.Elapsed < s_limit);
        output.WriteLine(JsonSerializer.Serialize(shapes.Select(s => s.Ratio / peak)));
    }

    /// <summary>Measures all shapes in several processes and prints those that stay furthest behind.</summary>
    public static void Print(TextWriter log)
    {
        double[][] runs = [.. Enumerable.Range(0, Processes).Select(_ => JsonSerializer.Deserialize<double[]>(Contestant.Answer(Command))!)];
        var shapes = Shapes().Select((shape, i) => (Shape: shape, Reached: Contest.Median(runs.Select(run => run[i]))));
        log.WriteLine(Format($"Shapes m × n × k below {Share:P0} of the speed of the fastest square product, {s_sizes.Length} sizes each:"));
        foreach (var kind in shapes.GroupBy(s => s.Shape.Kind))
        {
            (Shape Shape, double Reached)[] slow = [.. kind.Where(s => s.Reached < Share).OrderBy(s => s.Reached)];
            string worst = string.Join(", ", slow.Take(Worst).Select(s => Format($"{s.Shape} {s.Reached:P0}")));
            string count = Format($"{kind.Key}: {slow.Length} of {kind.Count()}, at least {kind.Min(s => s.Reached):P0}");
            log.WriteLine(slow.Length == 0 ? count : $"{count}: {worst}");
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
