using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>
/// A tile of sixteen columns of B whose steps lie side by side, which is to say, of rows that have to become columns: four steps at a time are
/// transposed in registers and multiplied at once. That costs as much as five rows more, but nothing is laid out.
/// </summary>
internal static unsafe class TransposingTile
{
    /// <summary>The columns of the tile.</summary>
    public const int Columns = 16;

    /// <summary>What transposing costs, in multiplications of registers a step.</summary>
    public const int Transposing = 5;

    /// <summary>The fewest steps.</summary>
    public const int LeastSteps = 4;

    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Writes a tile of C. Element (p, j) of the tile's columns of B lies at B[p + j StepB].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<THeight>(in GemmTile<float> tile)
        where THeight : struct, IHeight
    {
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        Vector512<float> c4 = default, c5 = default, c6 = default, c7 = default;
        Vector512<float> c8 = default, c9 = default, c10 = default, c11 = default;
        Vector512<float> c12 = default, c13 = default, c14 = default, c15 = default;
        nint row = tile.RowA * sizeof(float), stepA = tile.StepA * sizeof(float);
        byte* a = (byte*)tile.A;
        nint column = tile.StepB * sizeof(float), column2 = 2 * column, column3 = 3 * column;
        byte* b0 = (byte*)tile.B;
        byte* b4 = b0 + 4 * column;
        byte* b8 = b0 + 8 * column;
        byte* b12 = b0 + 12 * column;
        for (int k = tile.Steps; k > 0; k -= 4)
        {
            // Of the last four steps some were done before.
            int done = Math.Max(4 - k, 0), back = done * sizeof(float);
            b0 -= back;
            b4 -= back;
            b8 -= back;
            b12 -= back;
            a -= done * stepA;
            var v0 = GemmPacking.Quarters(b0, b4, b8, b12);
            var v1 = GemmPacking.Quarters(b0 + column, b4 + column, b8 + column, b12 + column);
            var v2 = GemmPacking.Quarters(b0 + column2, b4 + column2, b8 + column2, b12 + column2);
            var v3 = GemmPacking.Quarters(b0 + column3, b4 + column3, b8 + column3, b12 + column3);
            var (low01, high01) = (Avx512F.UnpackLow(v0, v1).AsDouble(), Avx512F.UnpackHigh(v0, v1).AsDouble());
            var (low23, high23) = (Avx512F.UnpackLow(v2, v3).AsDouble(), Avx512F.UnpackHigh(v2, v3).AsDouble());
            if (done == 0)
            {
                Add<THeight>(
                    Avx512F.UnpackLow(low01, low23).AsSingle(), a, row, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7,
                    ref c8, ref c9, ref c10, ref c11, ref c12, ref c13, ref c14, ref c15);
            }

            a += stepA;
            if (done < 2)
            {
                Add<THeight>(
                    Avx512F.UnpackHigh(low01, low23).AsSingle(), a, row, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7,
                    ref c8, ref c9, ref c10, ref c11, ref c12, ref c13, ref c14, ref c15);
            }

            a += stepA;
            if (done < 3)
            {
                Add<THeight>(
                    Avx512F.UnpackLow(high01, high23).AsSingle(), a, row, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7,
                    ref c8, ref c9, ref c10, ref c11, ref c12, ref c13, ref c14, ref c15);
            }

            a += stepA;
            Add<THeight>(
                Avx512F.UnpackHigh(high01, high23).AsSingle(), a, row, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7,
                ref c8, ref c9, ref c10, ref c11, ref c12, ref c13, ref c14, ref c15);
            a += stepA;
            b0 += 4 * sizeof(float);
            b4 += 4 * sizeof(float);
            b8 += 4 * sizeof(float);
            b12 += 4 * sizeof(float);
        }

        float* c = tile.C;
        nint rowC = tile.RowC;
        c0.Store(c);
        c1.Store(c + rowC);
        c2.Store(c + 2 * rowC);
        c3.Store(c + 3 * rowC);
        if (THeight.Rows > 4)
        {
            c4.Store(c + 4 * rowC);
            c5.Store(c + 5 * rowC);
        }

        if (THeight.Rows > 6)
        {
            c6.Store(c + 6 * rowC);
            c7.Store(c + 7 * rowC);
        }

        if (THeight.Rows > 8) c8.Store(c + 8 * rowC);
        if (THeight.Rows > 9) c9.Store(c + 9 * rowC);
        if (THeight.Rows > 10) c10.Store(c + 10 * rowC);
        if (THeight.Rows > 11) c11.Store(c + 11 * rowC);
        if (THeight.Rows > 12)
        {
            c12.Store(c + 12 * rowC);
            c13.Store(c + 13 * rowC);
            c14.Store(c + 14 * rowC);
            c15.Store(c + 15 * rowC);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<THeight>(
        Vector512<float> b, byte* a, nint row,
        ref Vector512<float> c0, ref Vector512<float> c1, ref Vector512<float> c2, ref Vector512<float> c3,
        ref Vector512<float> c4, ref Vector512<float> c5, ref Vector512<float> c6, ref Vector512<float> c7,
        ref Vector512<float> c8, ref Vector512<float> c9, ref Vector512<float> c10, ref Vector512<float> c11,
        ref Vector512<float> c12, ref Vector512<float> c13, ref Vector512<float> c14, ref Vector512<float> c15)
        where THeight : struct, IHeight
    {
        nint row2 = 2 * row, row3 = 3 * row;
        byte* a4 = a + 4 * row;
        byte* a8 = a4 + 4 * row;
        byte* a12 = a8 + 4 * row;
        Add(a, b, ref c0);
        Add(a + row, b, ref c1);
        Add(a + row2, b, ref c2);
        Add(a + row3, b, ref c3);
        if (THeight.Rows > 4)
        {
            Add(a4, b, ref c4);
            Add(a4 + row, b, ref c5);
        }

        if (THeight.Rows > 6)
        {
            Add(a4 + row2, b, ref c6);
            Add(a4 + row3, b, ref c7);
        }

        if (THeight.Rows > 8) Add(a8, b, ref c8);
        if (THeight.Rows > 9) Add(a8 + row, b, ref c9);
        if (THeight.Rows > 10) Add(a8 + row2, b, ref c10);
        if (THeight.Rows > 11) Add(a8 + row3, b, ref c11);
        if (THeight.Rows > 12)
        {
            Add(a12, b, ref c12);
            Add(a12 + row, b, ref c13);
            Add(a12 + row2, b, ref c14);
            Add(a12 + row3, b, ref c15);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* a, Vector512<float> b, ref Vector512<float> c) =>
        c = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)a), b, c);
}
