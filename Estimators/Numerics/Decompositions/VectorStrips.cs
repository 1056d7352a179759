using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Numerics;

/// <summary>A Householder reflection I - τ v vᵀ of the components offset … offset + length of v.</summary>
/// <param name="Offset">The first component that it changes.</param>
/// <param name="Tau">τ; 0 for the identity.</param>
/// <param name="Vector">v.</param>
internal readonly record struct Reflection(int Offset, double Tau, ReadOnlyMemory<double> Vector);

/// <summary>
/// Eigenvectors and singular vectors from the factors of a decomposition: v = Q G eⱼ, where Q is a product of reflections and G one of
/// rotations. They are applied from the right end on to the unit vectors of the positions that are wanted, side by side in strips of 16:
/// a vector costs as much as its share of the factors, and the vectors are as orthogonal as the factors are.
/// </summary>
internal sealed class VectorStrips
{
    private const int Lanes = Tridiagonal.Lanes;
    private const int Width = 2 * Lanes;
    private const int StepsPerBatch = 64;

    private readonly int _count;
    private readonly int _threads;
    private readonly Action? _checkpoint;
    private readonly ArraySegment<double>[] _strips; // length × 16 each: component i of the strip's vectors at i · 16

    /// <summary>Begins with unit vectors.</summary>
    /// <param name="length">The number of components that a vector will have.</param>
    /// <param name="positions">Which component of each vector is 1.</param>
    /// <param name="checkpoint">Called between batches of steps.</param>
    /// <param name="threads">The most threads to use.</param>
    public VectorStrips(int length, int[] positions, Action? checkpoint, int threads)
    {
        (_count, _checkpoint, _threads) = (positions.Length, checkpoint, threads);
        _strips = new ArraySegment<double>[ParallelLoop.ChunkCount(_count, Width)];
        for (int strip = 0; strip < _strips.Length; strip++) _strips[strip] = AlignedMemory.Zeros<double>(checked(length * Width));
        for (int j = 0; j < _count; j++) _strips[j / Width].AsSpan()[positions[j] * Width + j % Width] = 1;
    }

    /// <summary>Applies the transposed rotations of all sweeps, the last one first.</summary>
    public void RotateBack(List<RotationSweep> sweeps) =>
        InBatches(sweeps.Count, (step, strip) => RotateBack(sweeps[sweeps.Count - 1 - step], strip));

    /// <summary>Applies reflections in a given order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="reflection">Gives each, from 0.</param>
    public void Reflect(int count, Func<int, Reflection> reflection) => InBatches(count, (step, strip) =>
    {
        var (offset, tau, v) = reflection(step);
        if (tau != 0) Reflect(v.Span, tau, strip.Slice(offset * Width, v.Length * Width));
    });

    /// <summary>Writes the vectors to the rows of a matrix.</summary>
    public Matrix ToRows(int length)
    {
        var rows = new Matrix(_count, length);
        for (int j = 0; j < _count; j++)
        {
            ReadOnlySpan<double> strip = _strips[j / Width];
            var vector = rows.Row(j);
            for (int i = 0; i < length; i++) vector[i] = strip[i * Width + j % Width];
        }

        return rows;
    }

    private void InBatches(int steps, StripStep body)
    {
        for (int start = 0; start < steps; start += StepsPerBatch)
        {
            _checkpoint?.Invoke();
            int first = start, end = Math.Min(start + StepsPerBatch, steps);
            ParallelLoop.For(_strips.Length, 1, _threads, CancellationToken.None, (strip, _, _) =>
            {
                for (int step = first; step < end; step++) body(step, _strips[strip]);
            });
        }
    }

    /// <summary>Applies the transposed rotations of a sweep. The row that two neighbours share stays in registers.</summary>
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

    /// <summary>Z ← Z - v (τ vᵀ Z) on some rows of a strip.</summary>
    private static void Reflect(ReadOnlySpan<double> v, double tau, Span<double> strip)
    {
        ref double start = ref MemoryMarshal.GetReference(strip);
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

    private delegate void StripStep(int step, Span<double> strip);
}
