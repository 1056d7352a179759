using System.Numerics;
using System.Runtime.CompilerServices;
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

    private const int StepsTogether = 64;

    // How far ahead rows are fetched that become columns: four lines.
    private const int StepsFetched = 64;

    /// <summary>Packs neighbouring strips, one after the other.</summary>
    /// <param name="from">The first strip's first element.</param>
    /// <param name="stride">The distance between neighbours within a step.</param>
    /// <param name="step">The distance between steps.</param>
    /// <param name="strips">The number of strips, each of the full width.</param>
    /// <param name="width">The width of a strip.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="to">The copies: a strip takes width × steps elements.</param>
    /// <typeparam name="T">float or double.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    /// <param name="width">The elements that a step takes in the copy.</param>
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

        Transpose(from, stride, count, steps, to, width);
    }

    /// <summary>Writes to[p width + i] = from[i stride + p]: rows become columns.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="to">The transpose.</param>
    /// <param name="width">The distance between its rows.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public static void Transpose<T>(T* from, nint stride, int rows, int columns, T* to, nint width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // So many steps at a time that those of all rows, some of which share lines of the transpose, are near.
        for (; columns >= 2 * StepsTogether; columns -= StepsTogether, from += StepsTogether, to += StepsTogether * width)
            TransposeNear(from, stride, rows, StepsTogether, to, width);
        TransposeNear(from, stride, rows, columns, to, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeNear<T>(T* from, nint stride, int rows, int columns, T* to, nint width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = typeof(T) == typeof(float) && columns >= 4 ? TransposeTogether((float*)from, stride, rows, columns, (float*)to, width) : 0;
        for (; i < rows; i++)
        {
            T* source = from + i * stride, target = to + i;
            int p = 0;
            for (; p <= columns - 4; p += 4, target += 4 * width)
            {
                target[0] = source[p];
                target[width] = source[p + 1];
                target[2 * width] = source[p + 2];
                target[3 * width] = source[p + 3];
            }

            for (; p < columns; p++, target += width) *target = source[p];
        }
    }

    /// <summary>Transposes rows that the machine can take together, at least four steps of each, and tells how many of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TransposeTogether(float* from, nint stride, int rows, int columns, float* to, nint width)
    {
        int i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= rows - 16; i += 16) Transpose16(from + i * stride, stride, columns, to + i, width);
            if (rows == 12 && width == 12)
            {
                Transpose12(from, stride, columns, to);
                return rows;
            }

            if (rows > 16 && rows - i > 8)
            {
                // The last sixteen rows, some of them again.
                Transpose16(from + (rows - 16) * stride, stride, columns, to + rows - 16, width);
                return rows;
            }
        }

        if (!Sse.IsSupported) return i;
        for (; i <= rows - 4; i += 4) Transpose4(from + i * stride, stride, columns, to + i, width);
        if (rows - i == 3 && rows > 4)
        {
            Transpose4(from + (rows - 4) * stride, stride, columns, to + rows - 4, width);
            return rows;
        }

        if (rows - i < 2) return i;
        Transpose2(from + i * stride, stride, columns, to + i, width);
        return i + 2;
    }

    private static void CopyStep<T>(T* from, int width, T* to)
        where T : unmanaged
    {
        if (width % Vector<T>.Count == 0)
        {
            for (int i = 0; i < width; i += Vector<T>.Count) Vector.Store(Vector.Load(from + i), to + i);
            return;
        }

        int at = 0;
        for (; at <= width - Vector128<T>.Count; at += Vector128<T>.Count) Vector128.Store(Vector128.Load(from + at), to + at);
        for (; at < width; at++) to[at] = from[at];
    }

    private static void CopyPart<T>(T* from, nint step, int count, int width, int steps, T* to)
        where T : unmanaged
    {
        for (int p = 0; p < steps; p++, from += step, to += width)
            for (int i = 0; i < count; i++) to[i] = from[i];
    }

    /// <summary>Two rows become columns, four steps at a time. The last four steps may be moved back over others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose2(float* from, nint stride, int steps, float* to, nint width)
    {
        for (int p = 0; p < steps; p += 4, to += 4 * width)
        {
            if (p > steps - 4)
            {
                to -= (p - (steps - 4)) * width;
                p = steps - 4;
            }

            var (v0, v1) = (Vector128.Load(from + p), Vector128.Load(from + stride + p));
            var (low, high) = (Sse.UnpackLow(v0, v1), Sse.UnpackHigh(v0, v1));
            Sse.StoreLow(to, low);
            Sse.StoreHigh(to + width, low);
            Sse.StoreLow(to + 2 * width, high);
            Sse.StoreHigh(to + 3 * width, high);
        }
    }

    /// <summary>Four rows become columns, four steps at a time. The last four steps may be moved back over others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose4(float* from, nint stride, int steps, float* to, nint width)
    {
        float* r0 = from, r1 = from + stride, r2 = from + 2 * stride, r3 = from + 3 * stride;
        for (int p = 0; p < steps; p += 4)
        {
            if (p > steps - 4)
            {
                to -= (p - (steps - 4)) * width;
                p = steps - 4;
            }

            var (v0, v1, v2, v3) = (Vector128.Load(r0 + p), Vector128.Load(r1 + p), Vector128.Load(r2 + p), Vector128.Load(r3 + p));
            TransposeFour(v0, v1, v2, v3, out var u0, out var u1, out var u2, out var u3);
            u0.Store(to);
            u1.Store(to + width);
            u2.Store(to + 2 * width);
            u3.Store(to + 3 * width);
            to += 4 * width;
        }
    }

    /// <summary>Sixteen rows become columns, eight steps at a time, then four. The last four steps may be moved back over others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose16(float* from, nint stride, int steps, float* to, nint width)
    {
        nint row = stride * sizeof(float), column = width * sizeof(float), column2 = 2 * column, column3 = 3 * column;
        byte* r0 = (byte*)from, target = (byte*)to;
        byte* r4 = r0 + 4 * row;
        byte* r8 = r0 + 8 * row;
        byte* r12 = r0 + 12 * row;
        bool fetches = steps >= StepsFetched;
        int left = steps;
        for (; left >= 8; left -= 8)
        {
            // Sixteen rows are more streams than the machine fetches ahead by itself: half of them each time, one line four lines ahead.
            if (fetches)
            {
                byte* ahead = r0 + (left & 8) * row + StepsFetched * sizeof(float);
                for (int i = 0; i < 8; i++, ahead += row) Sse.Prefetch0(ahead);
            }

            EightColumns(
                r0, r4, r8, r12, row, out var low0, out var low1, out var low2, out var low3, out var high0, out var high1, out var high2, out var high3);
            Even(low0, high0).Store((float*)target);
            Even(low1, high1).Store((float*)(target + column));
            Even(low2, high2).Store((float*)(target + column2));
            Even(low3, high3).Store((float*)(target + column3));
            target += 4 * column;
            Odd(low0, high0).Store((float*)target);
            Odd(low1, high1).Store((float*)(target + column));
            Odd(low2, high2).Store((float*)(target + column2));
            Odd(low3, high3).Store((float*)(target + column3));
            target += 4 * column;
            r0 += 8 * sizeof(float);
            r4 += 8 * sizeof(float);
            r8 += 8 * sizeof(float);
            r12 += 8 * sizeof(float);
        }

        for (; left > 0; left -= 4)
        {
            if (left < 4)
            {
                int back = 4 - left;
                r0 -= back * sizeof(float);
                r4 -= back * sizeof(float);
                r8 -= back * sizeof(float);
                r12 -= back * sizeof(float);
                target -= back * column;
            }

            FourColumns(r0, r4, r8, r12, row, out var u0, out var u1, out var u2, out var u3);
            u0.Store((float*)target);
            u1.Store((float*)(target + column));
            u2.Store((float*)(target + column2));
            u3.Store((float*)(target + column3));
            target += 4 * column;
            r0 += 4 * sizeof(float);
            r4 += 4 * sizeof(float);
            r8 += 4 * sizeof(float);
            r12 += 4 * sizeof(float);
        }
    }

    /// <summary>
    /// Four steps of sixteen rows as columns; rows 0, 4, 8 and 12 begin at a, a4, a8 and a12. The quarters of a register hold four steps of rows i,
    /// i + 4, i + 8 and i + 12, and within each quarter four such registers are transposed as four numbers by four.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourColumns(
        byte* a, byte* a4, byte* a8, byte* a12, nint row,
        out Vector512<float> u0, out Vector512<float> u1, out Vector512<float> u2, out Vector512<float> u3)
    {
        nint row2 = 2 * row, row3 = 3 * row;
        var v0 = Quarters(a, a4, a8, a12);
        var v1 = Quarters(a + row, a4 + row, a8 + row, a12 + row);
        var v2 = Quarters(a + row2, a4 + row2, a8 + row2, a12 + row2);
        var v3 = Quarters(a + row3, a4 + row3, a8 + row3, a12 + row3);
        TransposeQuarters(v0, v1, v2, v3, out u0, out u1, out u2, out u3);
    }

    /// <summary>
    /// Eight steps likewise, nearly: the halves of a register hold eight steps of rows i and i + 4, or i + 8 and i + 12, before its quarters are
    /// transposed. The even quarters of a low and a high register are a column of the first four steps, the odd ones of the next four.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EightColumns(
        byte* a, byte* a4, byte* a8, byte* a12, nint row, out Vector512<float> low0, out Vector512<float> low1, out Vector512<float> low2,
        out Vector512<float> low3, out Vector512<float> high0, out Vector512<float> high1, out Vector512<float> high2, out Vector512<float> high3)
    {
        nint row2 = 2 * row, row3 = 3 * row;
        TransposeQuarters(
            Halves(a, a4), Halves(a + row, a4 + row), Halves(a + row2, a4 + row2), Halves(a + row3, a4 + row3),
            out low0, out low1, out low2, out low3);
        TransposeQuarters(
            Halves(a8, a12), Halves(a8 + row, a12 + row), Halves(a8 + row2, a12 + row2), Halves(a8 + row3, a12 + row3),
            out high0, out high1, out high2, out high3);
    }

    /// <summary>The even quarters of one register and then the other's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Even(Vector512<float> low, Vector512<float> high) => Avx512F.Shuffle4x128(low, high, 0b10_00_10_00);

    /// <summary>The odd quarters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Odd(Vector512<float> low, Vector512<float> high) => Avx512F.Shuffle4x128(low, high, 0b11_01_11_01);

    /// <summary>Four rows of four numbers become columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeFour(
        Vector128<float> v0, Vector128<float> v1, Vector128<float> v2, Vector128<float> v3,
        out Vector128<float> u0, out Vector128<float> u1, out Vector128<float> u2, out Vector128<float> u3)
    {
        Vector128<float> low01 = Sse.UnpackLow(v0, v1), high01 = Sse.UnpackHigh(v0, v1), low23 = Sse.UnpackLow(v2, v3), high23 = Sse.UnpackHigh(v2, v3);
        u0 = Sse.MoveLowToHigh(low01, low23);
        u1 = Sse.MoveHighToLow(low23, low01);
        u2 = Sse.MoveLowToHigh(high01, high23);
        u3 = Sse.MoveHighToLow(high23, high01);
    }

    /// <summary>The same of each quarter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeQuarters(
        Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3,
        out Vector512<float> u0, out Vector512<float> u1, out Vector512<float> u2, out Vector512<float> u3)
    {
        var (low01, high01) = (Avx512F.UnpackLow(v0, v1).AsDouble(), Avx512F.UnpackHigh(v0, v1).AsDouble());
        var (low23, high23) = (Avx512F.UnpackLow(v2, v3).AsDouble(), Avx512F.UnpackHigh(v2, v3).AsDouble());
        u0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        u1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        u2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        u3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halves(byte* a, byte* b) =>
        Avx512F.InsertVector256(Vector256.Load((float*)a).ToVector512Unsafe(), Vector256.Load((float*)b), 1);

    /// <summary>Twelve rows become columns side by side, as above. A register's last quarter is overwritten by the next step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose12(float* from, nint stride, int steps, float* to)
    {
        float* r0 = from, r4 = from + 4 * stride, r8 = from + 8 * stride;
        int p = 0;
        for (; p < steps - 4; p += 4, to += 48)
        {
            var v0 = ThreeQuarters(r0 + p, r4 + p, r8 + p);
            var v1 = ThreeQuarters(r0 + stride + p, r4 + stride + p, r8 + stride + p);
            var v2 = ThreeQuarters(r0 + 2 * stride + p, r4 + 2 * stride + p, r8 + 2 * stride + p);
            var v3 = ThreeQuarters(r0 + 3 * stride + p, r4 + 3 * stride + p, r8 + 3 * stride + p);
            TransposeQuarters(v0, v1, v2, v3, out var u0, out var u1, out var u2, out var u3);
            u0.Store(to);
            u1.Store(to + 12);
            u2.Store(to + 24);
            u3.Store(to + 36);
        }

        // The last steps write nothing beyond the copy.
        for (; p < steps; p++, to += 12)
            for (int i = 0; i < 12; i++) to[i] = from[i * stride + p];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ThreeQuarters(float* a, float* b, float* c) => Avx512F.InsertVector128(
        Avx512F.InsertVector128(Vector128.Load(a).ToVector256Unsafe().ToVector512Unsafe(), Vector128.Load(b), 1), Vector128.Load(c), 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(byte* a, byte* b, byte* c, byte* d)
    {
        var low = Avx512F.InsertVector128(Vector128.Load((float*)a).ToVector256Unsafe().ToVector512Unsafe(), Vector128.Load((float*)b), 1);
        return Avx512F.InsertVector128(Avx512F.InsertVector128(low, Vector128.Load((float*)c), 2), Vector128.Load((float*)d), 3);
    }
}
