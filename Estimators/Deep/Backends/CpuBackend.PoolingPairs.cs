using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Deep;

/// <summary>Windows of 2 × 2 cells side by side, without padding.</summary>
public sealed partial class CpuBackend
{
    // Sixteen columns of two rows are eight windows. The last eight of a row may have been computed before; they come out the same.
    private const int PairsAtOnce = 8;

    private static bool IsPair(in Window window) => window.Kernel == 2 && window.Stride == 2 && window.Padding == 0 && window.Dilation == 1;

    private static void MaxPairs(ReadOnlySpan<float> values, int width, Span<float> largest, Span<float> choices, Extent output)
    {
        ref float x = ref MemoryMarshal.GetReference(values);
        ref float y = ref MemoryMarshal.GetReference(largest);
        ref float choice = ref MemoryMarshal.GetReference(choices);
        for (int row = 0; row < output.Height; row++)
        {
            ref float upper = ref Unsafe.Add(ref x, 2 * row * width);
            ref float lower = ref Unsafe.Add(ref upper, width);
            for (int next = 0; next < output.Width; next += PairsAtOnce)
            {
                int column = Math.Min(next, output.Width - PairsAtOnce), at = row * output.Width + column;
                var (best, second) = Split(Vector512.LoadUnsafe(ref upper, (nuint)(2 * column)));
                var (third, fourth) = Split(Vector512.LoadUnsafe(ref lower, (nuint)(2 * column)));
                var index = Vector256<float>.Zero;
                Prefer(second, 1, ref best, ref index);
                Prefer(third, 2, ref best, ref index);
                Prefer(fourth, 3, ref best, ref index);
                best.StoreUnsafe(ref y, (nuint)at);
                if (!choices.IsEmpty) index.StoreUnsafe(ref choice, (nuint)at);
            }
        }
    }

    private static void SpreadPairs(ReadOnlySpan<float> dy, ReadOnlySpan<float> choices, Extent output, Span<float> dx, int width)
    {
        ref float from = ref MemoryMarshal.GetReference(dy);
        ref float choice = ref MemoryMarshal.GetReference(choices);
        ref float to = ref MemoryMarshal.GetReference(dx);
        Vector512<float> firstRow = Vector512.Create(0x3F80_0000_0000_0000UL).AsSingle(); // 0, 1, 0, 1, …
        Vector512<float> secondRow = firstRow + Vector512.Create(2f);
        for (int row = 0; row < output.Height; row++)
        {
            ref float upper = ref Unsafe.Add(ref to, 2 * row * width);
            ref float lower = ref Unsafe.Add(ref upper, width);
            for (int next = 0; next < output.Width; next += PairsAtOnce)
            {
                int column = Math.Min(next, output.Width - PairsAtOnce), at = row * output.Width + column;
                var value = Twice(Vector256.LoadUnsafe(ref from, (nuint)at));
                var index = Twice(Vector256.LoadUnsafe(ref choice, (nuint)at));
                Vector512.ConditionalSelect(Vector512.Equals(index, firstRow), value, Vector512<float>.Zero).StoreUnsafe(ref upper, (nuint)(2 * column));
                Vector512.ConditionalSelect(Vector512.Equals(index, secondRow), value, Vector512<float>.Zero).StoreUnsafe(ref lower, (nuint)(2 * column));
            }
        }
    }

    /// <summary>Takes a candidate where it is larger, or NaN where the best is a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefer(Vector256<float> candidate, float number, ref Vector256<float> best, ref Vector256<float> index)
    {
        // NaN fails every comparison: not (candidate ≤ best), unless best is NaN already.
        var isLarger = Vector256.AndNot(Vector256.Equals(best, best), Vector256.LessThanOrEqual(candidate, best));
        best = Vector256.ConditionalSelect(isLarger, candidate, best);
        index = Vector256.ConditionalSelect(isLarger, Vector256.Create(number), index);
    }

    /// <summary>The numbers at even and at odd places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Even, Vector256<float> Odd) Split(Vector512<float> pairs)
    {
        var wide = pairs.AsUInt64();
        var high = Vector512.ShiftRightLogical(wide, 32);
        return (Vector256.Narrow(wide.GetLower(), wide.GetUpper()).AsSingle(), Vector256.Narrow(high.GetLower(), high.GetUpper()).AsSingle());
    }

    /// <summary>Every number twice, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Twice(Vector256<float> values)
    {
        var (lower, upper) = Vector256.Widen(values.AsUInt32());
        var wide = Vector512.Create(lower, upper);
        return (wide | Vector512.ShiftLeft(wide, 32)).AsSingle();
    }
}
