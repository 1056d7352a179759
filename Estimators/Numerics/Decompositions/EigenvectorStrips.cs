using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Numerics;

/// <summary>
/// Eigenvectors from the factors of the decomposition: v = Q G eⱼ, where Q is the product of the reflections and G that of the rotations.
/// Both are applied from the right end on, to strips of 16 vectors side by side.
/// </summary>
internal static class EigenvectorStrips
{
    private const int Lanes = Tridiagonal.Lanes;
    private const int Width = 2 * Lanes;
    private const int SweepsPerBatch = 64;
    private const int ReflectionsPerBatch = 64;

    /// <summary>Computes eigenvectors.</summary>
    /// <param name="tridiagonal">The reduction, with its reflections.</param>
    /// <param name="sweeps">The rotations that made it diagonal.</param>
    /// <param name="wanted">The positions on the diagonal whose eigenvectors are wanted.</param>
    /// <param name="vectors">Receives them as rows.</param>
    /// <param name="checkpoint">Called between batches of steps.</param>
    /// <param name="threads">The most threads to use.</param>
    public static void Compute(
        Tridiagonal tridiagonal, List<RotationSweep> sweeps, int[] wanted, Matrix vectors, Action? checkpoint, int threads)
    {
        int n = tridiagonal.Order;
        int count = ParallelLoop.ChunkCount(wanted.Length, Width);
        var strips = new ArraySegment<double>[count]; // n × 16 each: component i of the strip's vectors at i · 16
        for (int strip = 0; strip < count; strip++)
        {
            strips[strip] = AlignedMemory.Zeros(checked(n * Width));
            for (int j = strip * Width; j < Math.Min((strip + 1) * Width, wanted.Length); j++)
                strips[strip].AsSpan()[wanted[j] * Width + j % Width] = 1;
        }

        for (int end = sweeps.Count; end > 0; end -= SweepsPerBatch)
        {
            checkpoint?.Invoke();
            int first = Math.Max(0, end - SweepsPerBatch), last = end - 1;
            ForEach(strip =>
            {
                for (int sweep = last; sweep >= first; sweep--) RotateBack(sweeps[sweep], strip);
            });
        }

        for (int start = 1; start < n; start += ReflectionsPerBatch)
        {
            checkpoint?.Invoke();
            int first = start, end = Math.Min(start + ReflectionsPerBatch, n);
            ForEach(strip =>
            {
                for (int i = first; i < end; i++)
                {
                    var v = tridiagonal.Reflection(i, out double tau);
                    if (tau != 0) Reflect(v, tau, strip);
                }
            });
        }

        for (int j = 0; j < wanted.Length; j++)
        {
            ReadOnlySpan<double> strip = strips[j / Width];
            var vector = vectors.Row(j);
            for (int i = 0; i < n; i++) vector[i] = strip[i * Width + j % Width];
        }

        void ForEach(Action<ArraySegment<double>> body) =>
            ParallelLoop.For(count, 1, threads, CancellationToken.None, (strip, _, _) => body(strips[strip]));
    }

    /// <summary>Applies the transposed rotations of a sweep, the last one first. The row that two neighbours share stays in registers.</summary>
    private static void RotateBack(in RotationSweep sweep, Span<double> strip)
    {
        var rotations = sweep.Rotations;
        ref double row = ref strip[(sweep.Start + rotations.Length) * Width];
        var (y0, y1) = Load(ref row);
        for (int k = rotations.Length - 1; k >= 0; k--)
        {
            ref double above = ref Unsafe.Subtract(ref row, Width);
            var (x0, x1) = Load(ref above);
            var (c, s) = (Vector512.Create(rotations[k].Cosine), Vector512.Create(rotations[k].Sine));
            Store(ref row, Vector512.MultiplyAddEstimate(s, x0, c * y0), Vector512.MultiplyAddEstimate(s, x1, c * y1));
            var minusS = -s;
            y0 = Vector512.MultiplyAddEstimate(minusS, y0, c * x0);
            y1 = Vector512.MultiplyAddEstimate(minusS, y1, c * x1);
            row = ref above;
        }

        Store(ref row, y0, y1);
    }

    /// <summary>Z ← Z - v (τ vᵀ Z) on the first rows of a strip.</summary>
    private static void Reflect(ReadOnlySpan<double> v, double tau, Span<double> strip)
    {
        ref double start = ref MemoryMarshal.GetReference(strip[..(v.Length * Width)]);
        ref double row = ref start;
        Vector512<double> t0 = default, t1 = default;
        for (int i = 0; i < v.Length; i++)
        {
            var vi = Vector512.Create(v[i]);
            var (x0, x1) = Load(ref row);
            t0 = Vector512.MultiplyAddEstimate(vi, x0, t0);
            t1 = Vector512.MultiplyAddEstimate(vi, x1, t1);
            row = ref Unsafe.Add(ref row, Width);
        }

        var minusTau = Vector512.Create(-tau);
        (t0, t1) = (minusTau * t0, minusTau * t1);
        row = ref start;
        for (int i = 0; i < v.Length; i++)
        {
            var vi = Vector512.Create(v[i]);
            var (x0, x1) = Load(ref row);
            Store(ref row, Vector512.MultiplyAddEstimate(vi, t0, x0), Vector512.MultiplyAddEstimate(vi, t1, x1));
            row = ref Unsafe.Add(ref row, Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> X0, Vector512<double> X1) Load(ref double row) =>
        (Vector512.LoadUnsafe(ref row), Vector512.LoadUnsafe(ref row, Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref double row, Vector512<double> x0, Vector512<double> x1)
    {
        x0.StoreUnsafe(ref row);
        x1.StoreUnsafe(ref row, Lanes);
    }
}
