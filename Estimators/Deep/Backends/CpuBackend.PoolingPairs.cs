using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Deep;

/// <summary>Windows of 2 × 2 cells side by side, without padding.</summary>
public sealed partial class CpuBackend
{
    // Eight columns of two rows are four windows; wider steps would leave out small planes. The last four of a row may have been computed before; they come out the same.
    private const int PairsAtOnce = 4;

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
                var (best, second) = Split(Vector256.LoadUnsafe(ref upper, (nuint)(2 * column)));
                var (third, fourth) = Split(Vector256.LoadUnsafe(ref lower, (nuint)(2 * column)));
                var index = Vector128<float>.Zero;
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
        Vector256<float> firstRow = Vector256.Create(0x3F80_0000_0000_0000UL).AsSingle(); // 0, 1, 0, 1, …
        Vector256<float> secondRow = firstRow + Vector256.Create(2f);
        for (int row = 0; row < output.Height; row++)
        {
            ref float upper = ref Unsafe.Add(ref to, 2 * row * width);
            ref float lower = ref Unsafe.Add(ref upper, width);
            for (int next = 0; next < output.Width; next += PairsAtOnce)
            {
                int column = Math.Min(next, output.Width - PairsAtOnce), at = row * output.Width + column;
                var value = Twice(Vector128.LoadUnsafe(ref from, (nuint)at));
                var index = Twice(Vector128.LoadUnsafe(ref choice, (nuint)at));
                Vector256.ConditionalSelect(Vector256.Equals(index, firstRow), value, Vector256<float>.Zero).StoreUnsafe(ref upper, (nuint)(2 * column));
                Vector256.ConditionalSelect(Vector256.Equals(index, secondRow), value, Vector256<float>.Zero).StoreUnsafe(ref lower, (nuint)(2 * column));
            }
        }
    }

    /// <summary>Takes a candidate where it is larger, or NaN where the best is a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefer(Vector128<float> candidate, float number, ref Vector128<float> best, ref Vector128<float> index)
    {
        // NaN fails every comparison: not (candidate ≤ best), unless best is NaN already.
        var isLarger = Vector128.AndNot(Vector128.Equals(best, best), Vector128.LessThanOrEqual(candidate, best));
        best = Vector128.ConditionalSelect(isLarger, candidate, best);
        index = Vector128.ConditionalSelect(isLarger, Vector128.Create(number), index);
    }

    /// <summary>The numbers at even and at odd places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Even, Vector128<float> Odd) Split(Vector256<float> pairs)
    {
        var wide = pairs.AsUInt64();
        var high = Vector256.ShiftRightLogical(wide, 32);
        return (Vector128.Narrow(wide.GetLower(), wide.GetUpper()).AsSingle(), Vector128.Narrow(high.GetLower(), high.GetUpper()).AsSingle());
    }

    /// <summary>Every number twice, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Twice(Vector128<float> values)
    {
        var (lower, upper) = Vector128.Widen(values.AsUInt32());
        var wide = Vector256.Create(lower, upper);
        return (wide | Vector256.ShiftLeft(wide, 32)).AsSingle();
    }
}
