using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>
/// Copies a strip of a matrix so that a tile reads it from one end to the other: for each step p the strip's elements lie side by side. It
/// serves both factors, the rows of A and the columns of B, transposed or not.
/// </summary>
internal static unsafe class GemmPacking
{
    // So many strips are filled together when their elements lie side by side: whole lines are read, and the strips' ends stay in the cache.
    private const int StripsTogether = 8;

    /// <summary>Packs neighbouring strips, one after the other.</summary>
    /// <param name="from">The first strip's first element.</param>
    /// <param name="stride">The distance between neighbours within a step.</param>
    /// <param name="step">The distance between steps.</param>
    /// <param name="strips">The number of strips, each of the full width.</param>
    /// <param name="width">The width of a strip.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="to">The copies: a strip takes width × steps elements.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public static void PackStrips<T>(T* from, nint stride, nint step, int strips, int width, int steps, T* to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (stride != 1)
        {
            for (int s = 0; s < strips; s++) Pack(from + s * width * stride, stride, step, width, width, steps, to + (nint)s * width * steps);
            return;
        }

        for (int first = 0; first < strips; first += StripsTogether)
        {
            int last = Math.Min(first + StripsTogether, strips);
            for (int p = 0; p < steps; p++)
            {
                T* source = from + p * step + first * width, target = to + ((nint)first * steps + p) * width;
                for (int s = first; s < last; s++, source += width, target += steps * width) CopyStep(source, width, target);
            }
        }
    }

    /// <summary>Writes to[p width + i] = from[i stride + p step] for i below count, and zeros for the rest of the width.</summary>
    /// <param name="from">The strip's first element.</param>
    /// <param name="stride">The distance between neighbours within a step.</param>
    /// <param name="step">The distance between steps. Either this or <paramref name="stride"/> is 1.</param>
    /// <param name="count">The elements that a step has, at least 1.</param>
    /// <param name="width">The elements that a step takes in the copy, a multiple of 4 where a type has more than two lanes.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="to">The copy.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public static void Pack<T>(T* from, nint stride, nint step, int count, int width, int steps, T* to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (count < width) new Span<T>(to, width * steps).Clear();
        if (stride == 1)
        {
            if (count == width) PackStrips(from, stride, step, 1, width, steps, to);
            else CopyPart(from, step, count, width, steps, to);
            return;
        }

        int i = 0;
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            for (; i <= count - 4; i += 4)
                Transpose4((float*)from + i * stride, stride, (float*)to + i, width, steps);
        }

        for (; i < count; i++)
        {
            T* source = from + i * stride, target = to + i;
            for (int p = 0; p < steps; p++) target[p * width] = source[p * step];
        }
    }

    private static void CopyStep<T>(T* from, int width, T* to)
        where T : unmanaged
    {
        if (width % Vector<T>.Count == 0)
        {
            for (int i = 0; i < width; i += Vector<T>.Count) Vector.Store(Vector.Load(from + i), to + i);
            return;
        }

        for (int i = 0; i < width; i += Vector128<T>.Count) Vector128.Store(Vector128.Load(from + i), to + i);
    }

    private static void CopyPart<T>(T* from, nint step, int count, int width, int steps, T* to)
        where T : unmanaged
    {
        for (int p = 0; p < steps; p++, from += step, to += width)
            for (int i = 0; i < count; i++) to[i] = from[i];
    }

    /// <summary>Four rows become columns, four steps at a time.</summary>
    private static void Transpose4(float* from, nint stride, float* to, int width, int steps)
    {
        float* r0 = from, r1 = from + stride, r2 = from + 2 * stride, r3 = from + 3 * stride;
        int p = 0;
        for (; p <= steps - 4; p += 4)
        {
            var (v0, v1, v2, v3) = (Vector128.Load(r0 + p), Vector128.Load(r1 + p), Vector128.Load(r2 + p), Vector128.Load(r3 + p));
            var (low01, high01) = (Sse.UnpackLow(v0, v1), Sse.UnpackHigh(v0, v1));
            var (low23, high23) = (Sse.UnpackLow(v2, v3), Sse.UnpackHigh(v2, v3));
            Sse.MoveLowToHigh(low01, low23).Store(to);
            Sse.MoveHighToLow(low23, low01).Store(to + width);
            Sse.MoveLowToHigh(high01, high23).Store(to + 2 * width);
            Sse.MoveHighToLow(high23, high01).Store(to + 3 * width);
            to += 4 * width;
        }

        for (; p < steps; p++, to += width) (to[0], to[1], to[2], to[3]) = (r0[p], r1[p], r2[p], r3[p]);
    }
}
