using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Deep;

/// <summary>
/// The innermost loops of convolution on planes that lie in memory row after row, padding included. There a window's cell is a distance from
/// its first cell, the same for all windows, so that sixteen neighbouring windows are sixteen neighbouring numbers. Registers are named one by one,
/// because they cannot be indexed; the methods are compiled to their best form at once.
/// </summary>
internal static class ConvolutionTiles
{
    /// <summary>The number of output channels that <see cref="Forward"/> computes together.</summary>
    public const int ForwardChannels = 8;

    /// <summary>The number of neighbouring windows that <see cref="Forward"/> computes together.</summary>
    public const int ForwardWindows = 48;

    /// <summary>The number of output channels that <see cref="Weights"/> computes together.</summary>
    public const int WeightChannels = 4;

    /// <summary>The number of taps that <see cref="Weights"/> computes together.</summary>
    public const int WeightTaps = 6;

    /// <summary>yₒ[q] = Σ_t wₒₜ x[q + offsetₜ] for eight channels o and 48 places q.</summary>
    /// <param name="offsets">The offsets of the taps.</param>
    /// <param name="weights">w: for each tap, eight numbers.</param>
    /// <param name="x">The first place.</param>
    /// <param name="y">Receives the first channel's sums.</param>
    /// <param name="channel">The distance to the next channel's sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ReadOnlySpan<int> offsets, ref float weights, ref float x, ref float y, nuint channel)
    {
        Vector512<float> a0 = default, b0 = default, c0 = default, a1 = default, b1 = default, c1 = default;
        Vector512<float> a2 = default, b2 = default, c2 = default, a3 = default, b3 = default, c3 = default;
        Vector512<float> a4 = default, b4 = default, c4 = default, a5 = default, b5 = default, c5 = default;
        Vector512<float> a6 = default, b6 = default, c6 = default, a7 = default, b7 = default, c7 = default;
        ref float w = ref weights;
        ref int offset = ref MemoryMarshal.GetReference(offsets);
        for (int left = offsets.Length; left > 0; left--)
        {
            ref float at = ref Unsafe.Add(ref x, offset);
            var a = Vector512.LoadUnsafe(ref at);
            var b = Vector512.LoadUnsafe(ref at, 16);
            var c = Vector512.LoadUnsafe(ref at, 32);
            var weight = Vector512.Create(w);
            a0 = Vector512.FusedMultiplyAdd(weight, a, a0);
            b0 = Vector512.FusedMultiplyAdd(weight, b, b0);
            c0 = Vector512.FusedMultiplyAdd(weight, c, c0);
            weight = Vector512.Create(Unsafe.Add(ref w, 1));
            a1 = Vector512.FusedMultiplyAdd(weight, a, a1);
            b1 = Vector512.FusedMultiplyAdd(weight, b, b1);
            c1 = Vector512.FusedMultiplyAdd(weight, c, c1);
            weight = Vector512.Create(Unsafe.Add(ref w, 2));
            a2 = Vector512.FusedMultiplyAdd(weight, a, a2);
            b2 = Vector512.FusedMultiplyAdd(weight, b, b2);
            c2 = Vector512.FusedMultiplyAdd(weight, c, c2);
            weight = Vector512.Create(Unsafe.Add(ref w, 3));
            a3 = Vector512.FusedMultiplyAdd(weight, a, a3);
            b3 = Vector512.FusedMultiplyAdd(weight, b, b3);
            c3 = Vector512.FusedMultiplyAdd(weight, c, c3);
            weight = Vector512.Create(Unsafe.Add(ref w, 4));
            a4 = Vector512.FusedMultiplyAdd(weight, a, a4);
            b4 = Vector512.FusedMultiplyAdd(weight, b, b4);
            c4 = Vector512.FusedMultiplyAdd(weight, c, c4);
            weight = Vector512.Create(Unsafe.Add(ref w, 5));
            a5 = Vector512.FusedMultiplyAdd(weight, a, a5);
            b5 = Vector512.FusedMultiplyAdd(weight, b, b5);
            c5 = Vector512.FusedMultiplyAdd(weight, c, c5);
            weight = Vector512.Create(Unsafe.Add(ref w, 6));
            a6 = Vector512.FusedMultiplyAdd(weight, a, a6);
            b6 = Vector512.FusedMultiplyAdd(weight, b, b6);
            c6 = Vector512.FusedMultiplyAdd(weight, c, c6);
            weight = Vector512.Create(Unsafe.Add(ref w, 7));
            a7 = Vector512.FusedMultiplyAdd(weight, a, a7);
            b7 = Vector512.FusedMultiplyAdd(weight, b, b7);
            c7 = Vector512.FusedMultiplyAdd(weight, c, c7);
            w = ref Unsafe.Add(ref w, ForwardChannels);
            offset = ref Unsafe.Add(ref offset, 1);
        }

        Store(a0, b0, c0, ref y, 0);
        Store(a1, b1, c1, ref y, channel);
        Store(a2, b2, c2, ref y, 2 * channel);
        Store(a3, b3, c3, ref y, 3 * channel);
        Store(a4, b4, c4, ref y, 4 * channel);
        Store(a5, b5, c5, ref y, 5 * channel);
        Store(a6, b6, c6, ref y, 6 * channel);
        Store(a7, b7, c7, ref y, 7 * channel);
    }

    /// <summary>The same for sixteen places.</summary>
    /// <param name="offsets">The offsets of the taps.</param>
    /// <param name="weights">w: for each tap, eight numbers.</param>
    /// <param name="x">The first place.</param>
    /// <param name="y">Receives the first channel's sums.</param>
    /// <param name="channel">The distance to the next channel's sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardNarrow(ReadOnlySpan<int> offsets, ref float weights, ref float x, ref float y, nuint channel)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        ref float w = ref weights;
        ref int offset = ref MemoryMarshal.GetReference(offsets);
        for (int left = offsets.Length; left > 0; left--)
        {
            var a = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, offset));
            a0 = Vector512.FusedMultiplyAdd(Vector512.Create(w), a, a0);
            a1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 1)), a, a1);
            a2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 2)), a, a2);
            a3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 3)), a, a3);
            a4 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 4)), a, a4);
            a5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 5)), a, a5);
            a6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 6)), a, a6);
            a7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 7)), a, a7);
            w = ref Unsafe.Add(ref w, ForwardChannels);
            offset = ref Unsafe.Add(ref offset, 1);
        }

        a0.StoreUnsafe(ref y);
        a1.StoreUnsafe(ref y, channel);
        a2.StoreUnsafe(ref y, 2 * channel);
        a3.StoreUnsafe(ref y, 3 * channel);
        a4.StoreUnsafe(ref y, 4 * channel);
        a5.StoreUnsafe(ref y, 5 * channel);
        a6.StoreUnsafe(ref y, 6 * channel);
        a7.StoreUnsafe(ref y, 7 * channel);
    }

    /// <summary>sumₒₜ += Σ over images and places q of dyₒ[q] x[q + offsetₜ] for four channels o and six taps t.</summary>
    /// <param name="images">The number of images.</param>
    /// <param name="places">The number of places, a multiple of 16.</param>
    /// <param name="dy">The first image's first channel.</param>
    /// <param name="channel">The distance between channels of dy.</param>
    /// <param name="imageY">The distance between images of dy.</param>
    /// <param name="x">The first image.</param>
    /// <param name="offsets">The offsets of six taps.</param>
    /// <param name="imageX">The distance between images of x.</param>
    /// <param name="sums">24 sums that are added to: for each tap, its four channels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights(
        int images, nuint places, ref float dy, nint channel, nint imageY, ref float x, ReadOnlySpan<int> offsets, nint imageX, ref float sums)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Vector512<float> d0 = default, d1 = default, d2 = default, d3 = default, d4 = default, d5 = default;
        int offset0 = offsets[0], offset1 = offsets[1], offset2 = offsets[2], offset3 = offsets[3], offset4 = offsets[4], offset5 = offsets[5];
        ref float first = ref dy;
        ref float second = ref Unsafe.Add(ref dy, channel);
        ref float third = ref Unsafe.Add(ref second, channel);
        ref float fourth = ref Unsafe.Add(ref third, channel);
        ref float image = ref x;
        for (; images > 0; images--)
        {
            ref float x0 = ref Unsafe.Add(ref image, offset0);
            ref float x1 = ref Unsafe.Add(ref image, offset1);
            ref float x2 = ref Unsafe.Add(ref image, offset2);
            ref float x3 = ref Unsafe.Add(ref image, offset3);
            ref float x4 = ref Unsafe.Add(ref image, offset4);
            ref float x5 = ref Unsafe.Add(ref image, offset5);
            for (nuint q = 0; q < places; q += 16)
            {
                var a = Vector512.LoadUnsafe(ref first, q);
                var b = Vector512.LoadUnsafe(ref second, q);
                var c = Vector512.LoadUnsafe(ref third, q);
                var d = Vector512.LoadUnsafe(ref fourth, q);
                var at = Vector512.LoadUnsafe(ref x0, q);
                a0 = Vector512.FusedMultiplyAdd(at, a, a0);
                b0 = Vector512.FusedMultiplyAdd(at, b, b0);
                c0 = Vector512.FusedMultiplyAdd(at, c, c0);
                d0 = Vector512.FusedMultiplyAdd(at, d, d0);
                at = Vector512.LoadUnsafe(ref x1, q);
                a1 = Vector512.FusedMultiplyAdd(at, a, a1);
                b1 = Vector512.FusedMultiplyAdd(at, b, b1);
                c1 = Vector512.FusedMultiplyAdd(at, c, c1);
                d1 = Vector512.FusedMultiplyAdd(at, d, d1);
                at = Vector512.LoadUnsafe(ref x2, q);
                a2 = Vector512.FusedMultiplyAdd(at, a, a2);
                b2 = Vector512.FusedMultiplyAdd(at, b, b2);
                c2 = Vector512.FusedMultiplyAdd(at, c, c2);
                d2 = Vector512.FusedMultiplyAdd(at, d, d2);
                at = Vector512.LoadUnsafe(ref x3, q);
                a3 = Vector512.FusedMultiplyAdd(at, a, a3);
                b3 = Vector512.FusedMultiplyAdd(at, b, b3);
                c3 = Vector512.FusedMultiplyAdd(at, c, c3);
                d3 = Vector512.FusedMultiplyAdd(at, d, d3);
                at = Vector512.LoadUnsafe(ref x4, q);
                a4 = Vector512.FusedMultiplyAdd(at, a, a4);
                b4 = Vector512.FusedMultiplyAdd(at, b, b4);
                c4 = Vector512.FusedMultiplyAdd(at, c, c4);
                d4 = Vector512.FusedMultiplyAdd(at, d, d4);
                at = Vector512.LoadUnsafe(ref x5, q);
                a5 = Vector512.FusedMultiplyAdd(at, a, a5);
                b5 = Vector512.FusedMultiplyAdd(at, b, b5);
                c5 = Vector512.FusedMultiplyAdd(at, c, c5);
                d5 = Vector512.FusedMultiplyAdd(at, d, d5);
            }

            image = ref Unsafe.Add(ref image, imageX);
            first = ref Unsafe.Add(ref first, imageY);
            second = ref Unsafe.Add(ref second, imageY);
            third = ref Unsafe.Add(ref third, imageY);
            fourth = ref Unsafe.Add(ref fourth, imageY);
        }

        AddLanes(a0, b0, c0, d0, ref sums, 0);
        AddLanes(a1, b1, c1, d1, ref sums, 4);
        AddLanes(a2, b2, c2, d2, ref sums, 8);
        AddLanes(a3, b3, c3, d3, ref sums, 12);
        AddLanes(a4, b4, c4, d4, ref sums, 16);
        AddLanes(a5, b5, c5, d5, ref sums, 20);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> a, Vector512<float> b, Vector512<float> c, ref float y, nuint at)
    {
        a.StoreUnsafe(ref y, at);
        b.StoreUnsafe(ref y, at + 16);
        c.StoreUnsafe(ref y, at + 32);
    }

    /// <summary>Adds the sums of the lanes of four vectors to four numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLanes(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float to, nuint at)
    {
        Vector128<float> a4 = Quarter(a), b4 = Quarter(b), c4 = Quarter(c), d4 = Quarter(d);
        var sums = Sse3.IsSupported
            ? Sse3.HorizontalAdd(Sse3.HorizontalAdd(a4, b4), Sse3.HorizontalAdd(c4, d4))
            : Vector128.Create(Vector128.Sum(a4), Vector128.Sum(b4), Vector128.Sum(c4), Vector128.Sum(d4));
        (Vector128.LoadUnsafe(ref to, at) + sums).StoreUnsafe(ref to, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quarter(Vector512<float> v)
    {
        var half = v.GetLower() + v.GetUpper();
        return half.GetLower() + half.GetUpper();
    }
}
