using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>
/// Sixteen rows of the few columns that are left beside whole registers: a register holds a column's rows, so that a column costs one
/// multiplication a step rather than sixteen that leave most of their lanes unused.
/// </summary>
/// <remarks>
/// It needs columns of A side by side. Where A lies in rows, they are transposed four steps at a time in registers, which costs as much as five
/// multiplications a step. The terms are added in the order of p, as everywhere.
/// </remarks>
internal static unsafe class ColumnTile
{
    /// <summary>The rows of a tile.</summary>
    public const int Rows = 16;

    /// <summary>The most columns of a tile.</summary>
    public const int MostColumns = 4;

    /// <summary>The fewest steps.</summary>
    public const int LeastSteps = 4;

    /// <summary>What transposing costs, in multiplications of registers a step.</summary>
    public const int Transposing = 5;

    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Writes C[i RowC + j] = Σₚ A[i RowA + p StepA] B[p StepB + j columnB] for 16 rows and the columns of the tile.</summary>
    /// <param name="tile">The tile; either its rows or its steps of A are side by side.</param>
    /// <param name="columnB">The distance between columns of B.</param>
    /// <typeparam name="TColumns">The number of columns, 1 to 4.</typeparam>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TColumns>(in GemmTile<float> tile, nint columnB)
        where TColumns : struct, IHeight
    {
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        nint stepB = tile.StepB;
        float* b = tile.B;
        int k = tile.Steps;
        if (tile.RowA == 1)
        {
            nint stepA = tile.StepA;
            for (float* a = tile.A; k != 0; k--, a += stepA, b += stepB) Add<TColumns>(Vector512.Load(a), b, columnB, ref c0, ref c1, ref c2, ref c3);
        }
        else
        {
            nint row = tile.RowA * sizeof(float), row2 = 2 * row, row3 = 3 * row;
            byte* r0 = (byte*)tile.A;
            byte* r4 = r0 + 4 * row;
            byte* r8 = r0 + 8 * row;
            byte* r12 = r0 + 12 * row;
            for (; k > 0; k -= 4, b += 4 * stepB)
            {
                // Of the last four steps some were done before.
                int done = Math.Max(4 - k, 0), back = done * sizeof(float);
                var v0 = GemmPacking.Quarters(r0 - back, r4 - back, r8 - back, r12 - back);
                var v1 = GemmPacking.Quarters(r0 + row - back, r4 + row - back, r8 + row - back, r12 + row - back);
                var v2 = GemmPacking.Quarters(r0 + row2 - back, r4 + row2 - back, r8 + row2 - back, r12 + row2 - back);
                var v3 = GemmPacking.Quarters(r0 + row3 - back, r4 + row3 - back, r8 + row3 - back, r12 + row3 - back);
                var (low01, high01) = (Avx512F.UnpackLow(v0, v1).AsDouble(), Avx512F.UnpackHigh(v0, v1).AsDouble());
                var (low23, high23) = (Avx512F.UnpackLow(v2, v3).AsDouble(), Avx512F.UnpackHigh(v2, v3).AsDouble());
                b -= done * stepB;
                if (done == 0) Add<TColumns>(Avx512F.UnpackLow(low01, low23).AsSingle(), b, columnB, ref c0, ref c1, ref c2, ref c3);
                if (done < 2) Add<TColumns>(Avx512F.UnpackHigh(low01, low23).AsSingle(), b + stepB, columnB, ref c0, ref c1, ref c2, ref c3);
                if (done < 3) Add<TColumns>(Avx512F.UnpackLow(high01, high23).AsSingle(), b + 2 * stepB, columnB, ref c0, ref c1, ref c2, ref c3);
                Add<TColumns>(Avx512F.UnpackHigh(high01, high23).AsSingle(), b + 3 * stepB, columnB, ref c0, ref c1, ref c2, ref c3);
                r0 += 4 * sizeof(float);
                r4 += 4 * sizeof(float);
                r8 += 4 * sizeof(float);
                r12 += 4 * sizeof(float);
            }
        }

        float* columns = stackalloc float[MostColumns * Rows], c = tile.C;
        c0.Store(columns);
        c1.Store(columns + Rows);
        c2.Store(columns + 2 * Rows);
        c3.Store(columns + 3 * Rows);
        for (int i = 0; i < Rows; i++, c += tile.RowC)
        {
            c[0] = columns[i];
            if (TColumns.Rows > 1) c[1] = columns[Rows + i];
            if (TColumns.Rows > 2) c[2] = columns[2 * Rows + i];
            if (TColumns.Rows > 3) c[3] = columns[3 * Rows + i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TColumns>(
        Vector512<float> a, float* b, nint columnB, ref Vector512<float> c0, ref Vector512<float> c1, ref Vector512<float> c2, ref Vector512<float> c3)
        where TColumns : struct, IHeight
    {
        c0 = Vector512.MultiplyAddEstimate(Vector512.Create(*b), a, c0);
        if (TColumns.Rows > 1) c1 = Vector512.MultiplyAddEstimate(Vector512.Create(b[columnB]), a, c1);
        if (TColumns.Rows > 2) c2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(b + 2 * columnB)), a, c2);
        if (TColumns.Rows > 3) c3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(b + 3 * columnB)), a, c3);
    }
}
