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
    private const int Largest = 1000 * 1000;

    // A batch lasts so long. What is measured while other programs share the machine's multipliers does not count; shapes that are slow, or were
    // not measured, are tried again while time is left.
    private static readonly TimeSpan s_batch = TimeSpan.FromMilliseconds(0.2);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);
    private const double Calm = 0.94;

    private static readonly int[] s_sizes = [16, 17, 18, 19, 20, 21, 24, 28, 31, 32, 33, 40, 50, 64, 100, 257, 1000];
    private static readonly int[] s_squares = [256, 512];

    // What all products are made from, and where they go.
    private static readonly float[] s_a = Draw.Normal(new RandomStream(1), Largest, 1), s_b = Draw.Normal(new RandomStream(2), Largest, 1);
    private static readonly float[] s_c = new float[Largest];

    /// <summary>A shape, and the most operations a second that were seen.</summary>
    private sealed record Shape(int M, int N, int K, bool TransposeA, bool TransposeB)
    {
        public double Best { get; private set; }

        public string Kind => $"{(TransposeA ? "Aᵀ" : "A")} {(TransposeB ? "Bᵀ" : "B")}";

        /// <summary>Measures batches, which count if the machine was calm before and after.</summary>
        public void Measure(int batches, Func<bool> isCalm)
        {
            if (!isCalm()) return;
            void Multiply() => Gemm.Multiply(TransposeA, TransposeB, M, N, K, 1, s_a, TransposeA ? M : K, s_b, TransposeB ? K : N, 0, s_c, N);
            Multiply();
            long started = Stopwatch.GetTimestamp();
            Multiply();
            int times = (int)Math.Clamp(s_batch / Stopwatch.GetElapsedTime(started), 1, 1e6);
            double best = 0;
            for (int batch = 0; batch < batches; batch++)
            {
                started = Stopwatch.GetTimestamp();
                for (int i = 0; i < times; i++) Multiply();
                best = Math.Max(best, 2.0 * M * N * K * times / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }

            if (isCalm()) Best = Math.Max(Best, best);
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
        var probe = new Probe();
        for (int i = 0; i < 2000; i++) probe.IsCalm();
        double Peak() => squares.Max(s => s.Best);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < s_limit;)
            foreach (var shape in squares.Concat(shapes.Where(s => s.Best <= Share * Peak()))) shape.Measure(4, probe.IsCalm);

        if (Peak() == 0)
        {
            log.WriteLine("The machine was never calm enough to measure a square product, which others are compared with.");
            return;
        }

        log.WriteLine(Format($"The fastest square product reaches {Peak() / 1e9:F0} GFLOP/s. Shapes m × n × k below {Share:P0} of that, {s_sizes.Length} sizes each:"));
        foreach (var kind in shapes.GroupBy(s => s.Kind))
        {
            Shape[] slow = [.. kind.Where(s => s.Best > 0 && s.Best < Share * Peak()).OrderBy(s => s.Best)];
            int missed = kind.Count(s => s.Best == 0);
            string worst = string.Join(", ", slow.Take(Worst).Select(s => Format($"{s} {s.Best / Peak():P0}")));
            log.WriteLine(Format($"{kind.Key}: {slow.Length} of {kind.Count()}{(slow.Length == 0 ? "" : ": ")}{worst}{(missed == 0 ? "" : $"; {missed} more were never measured on a calm machine")}"));
        }
    }

    /// <summary>A short product whose time tells whether the machine is as fast as it has been.</summary>
    private sealed class Probe
    {
        private const int Size = 64;
        private const int Times = 12;

        private readonly float[] _factor = Draw.Normal(new RandomStream(3), Size * Size, 1), _product = new float[Size * Size];
        private double _best = double.MaxValue;

        public bool IsCalm()
        {
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < Times; i++) Gemm.Multiply(false, false, Size, Size, Size, 1, _factor, Size, _factor, Size, 0, _product, Size);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            _best = Math.Min(_best, seconds);
            return seconds * Calm <= _best;
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
