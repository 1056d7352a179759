using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>The steps of a tile: products of a column of A with the register of B, or with the few numbers beside it.</summary>
internal static unsafe partial class BorderTile
{
    /// <summary>Adds the products of eight steps of sixteen rows of A, which become columns, with the few numbers of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFewOfEight(
        byte* a, byte* a4, byte* a8, byte* a12, nint row, byte* few, nint stepB,
        ref Sums<Vector512<float>> d0, ref Sums<Vector512<float>> d4, int columns)
    {
        nint stepB2 = 2 * stepB, stepB3 = 3 * stepB;
        GemmPacking.EightColumns(
            a, a4, a8, a12, row, out var low0, out var low1, out var low2, out var low3,
            out var high0, out var high1, out var high2, out var high3);
        AddFew(GemmPacking.Even(low0, high0), few, ref d0, ref d4, columns);
        AddFew(GemmPacking.Even(low1, high1), few + stepB, ref d0, ref d4, columns);
        AddFew(GemmPacking.Even(low2, high2), few + stepB2, ref d0, ref d4, columns);
        AddFew(GemmPacking.Even(low3, high3), few + stepB3, ref d0, ref d4, columns);
        few += 4 * stepB;
        AddFew(GemmPacking.Odd(low0, high0), few, ref d0, ref d4, columns);
        AddFew(GemmPacking.Odd(low1, high1), few + stepB, ref d0, ref d4, columns);
        AddFew(GemmPacking.Odd(low2, high2), few + stepB2, ref d0, ref d4, columns);
        AddFew(GemmPacking.Odd(low3, high3), few + stepB3, ref d0, ref d4, columns);
    }

    /// <summary>Adds the products of the last of four steps likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFewOfFour(
        byte* a, byte* a4, byte* a8, byte* a12, nint row, byte* few, nint stepB, int steps,
        ref Sums<Vector512<float>> d0, ref Sums<Vector512<float>> d4, int columns)
    {
        GemmPacking.FourColumns(a, a4, a8, a12, row, out var u0, out var u1, out var u2, out var u3);
        if (steps > 3)
        {
            AddFew(u0, few, ref d0, ref d4, columns);
            few += stepB;
        }

        if (steps > 2)
        {
            AddFew(u1, few, ref d0, ref d4, columns);
            few += stepB;
        }

        if (steps > 1)
        {
            AddFew(u2, few, ref d0, ref d4, columns);
            few += stepB;
        }

        AddFew(u3, few, ref d0, ref d4, columns);
    }

    /// <summary>
    /// Adds the products of four steps of the last four rows of A, which become columns, with the few numbers of B, where the corner is computed by
    /// columns.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddCornerOfFour<THeight, TColumns>(byte* a16, nint row, byte* few, nint stepB, ref Sums<Vector128<float>> f)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
    {
        if (!HasCornerColumns(THeight.Rows, TColumns.Rows)) return;
        byte* last = a16 - (HighestRows - THeight.Rows) * row;
        Vector128<float> v0 = Vector128.Load((float*)last), v1 = Vector128.Load((float*)(last + row));
        Vector128<float> v2 = Vector128.Load((float*)(last + 2 * row)), v3 = Vector128.Load((float*)(last + 3 * row));
        GemmPacking.TransposeFour(v0, v1, v2, v3, out var u0, out var u1, out var u2, out var u3);
        AddFew(u0, few, ref f, TColumns.Rows);
        AddFew(u1, few + stepB, ref f, TColumns.Rows);
        AddFew(u2, few + 2 * stepB, ref f, TColumns.Rows);
        AddFew(u3, few + 3 * stepB, ref f, TColumns.Rows);
    }

    /// <summary>Adds those of one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddCornerOfStep<THeight, TColumns>(byte* a16, nint row, byte* few, ref Sums<Vector128<float>> f)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
    {
        if (!HasCornerColumns(THeight.Rows, TColumns.Rows)) return;
        byte* last = a16 - (HighestRows - THeight.Rows) * row;
        AddFew(Vector128.Create(*(float*)last, *(float*)(last + row), *(float*)(last + 2 * row), *(float*)(last + 3 * row)), few, ref f, TColumns.Rows);
    }

    /// <summary>Adds the products of a step's column of A with the few numbers of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFew(Vector512<float> column, byte* few, ref Sums<Vector512<float>> d0, ref Sums<Vector512<float>> d4, int columns)
    {
        d0.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)few), column, d0.V0);
        if (columns > 1) d0.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + sizeof(float))), column, d0.V1);
        if (columns > 2) d0.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 2 * sizeof(float))), column, d0.V2);
        if (columns > 3) d0.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 3 * sizeof(float))), column, d0.V3);
        if (columns > 4) d4.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 4 * sizeof(float))), column, d4.V0);
        if (columns > 5) d4.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 5 * sizeof(float))), column, d4.V1);
        if (columns > 6) d4.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 6 * sizeof(float))), column, d4.V2);
        if (columns > 7) d4.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 7 * sizeof(float))), column, d4.V3);
    }

    /// <summary>Adds the products of a step's column of A, and of the column of the last four rows, with at most four numbers of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFew(
        Vector512<float> column, Vector128<float> last, byte* few, ref Sums<Vector512<float>> d, ref Sums<Vector128<float>> f, int columns)
    {
        var number = Vector512.Create(*(float*)few);
        d.V0 = Vector512.MultiplyAddEstimate(number, column, d.V0);
        f.V0 = Vector128.MultiplyAddEstimate(number.GetLower().GetLower(), last, f.V0);
        if (columns > 1)
        {
            number = Vector512.Create(*(float*)(few + sizeof(float)));
            d.V1 = Vector512.MultiplyAddEstimate(number, column, d.V1);
            f.V1 = Vector128.MultiplyAddEstimate(number.GetLower().GetLower(), last, f.V1);
        }

        if (columns > 2)
        {
            number = Vector512.Create(*(float*)(few + 2 * sizeof(float)));
            d.V2 = Vector512.MultiplyAddEstimate(number, column, d.V2);
            f.V2 = Vector128.MultiplyAddEstimate(number.GetLower().GetLower(), last, f.V2);
        }

        if (columns > 3)
        {
            number = Vector512.Create(*(float*)(few + 3 * sizeof(float)));
            d.V3 = Vector512.MultiplyAddEstimate(number, column, d.V3);
            f.V3 = Vector128.MultiplyAddEstimate(number.GetLower().GetLower(), last, f.V3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFew(Vector128<float> column, byte* few, ref Sums<Vector128<float>> f, int columns)
    {
        f.V0 = Vector128.MultiplyAddEstimate(Vector128.Create(*(float*)few), column, f.V0);
        if (columns > 1) f.V1 = Vector128.MultiplyAddEstimate(Vector128.Create(*(float*)(few + sizeof(float))), column, f.V1);
        if (columns > 2) f.V2 = Vector128.MultiplyAddEstimate(Vector128.Create(*(float*)(few + 2 * sizeof(float))), column, f.V2);
        if (columns > 3) f.V3 = Vector128.MultiplyAddEstimate(Vector128.Create(*(float*)(few + 3 * sizeof(float))), column, f.V3);
    }

    /// <summary>
    /// Adds the products of a step with the register of B, and those of the corner if it is computed by rows. The step's numbers of A lie row apart,
    /// which is known to be side by side or not.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddStep<THeight, TColumns, TRegister, TSpreading>(
        byte* a, byte* a4, byte* a8, byte* a12, byte* a16, nint row, bool sideBySide, byte* b,
        ref Sums<Vector512<float>> c0, ref Sums<Vector512<float>> c4, ref Sums<Vector512<float>> c8, ref Sums<Vector512<float>> c12,
        ref Sums<Vector512<float>> c16, ref Sums<Vector256<float>> e)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
        where TSpreading : struct, ISpreading
    {
        nint row2 = 2 * row, row3 = 3 * row;
        var register = Vector512.Load((float*)b);
        if (sideBySide && TSpreading.IsTogether)
        {
            var four = Avx512F.BroadcastVector128ToVector512((float*)a);
            c0.V0 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b00_00_00_00), register, c0.V0);
            c0.V1 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b01_01_01_01), register, c0.V1);
            c0.V2 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b10_10_10_10), register, c0.V2);
            c0.V3 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b11_11_11_11), register, c0.V3);
        }
        else
        {
            c0.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)a), register, c0.V0);
            c0.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row)), register, c0.V1);
            c0.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row2)), register, c0.V2);
            c0.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row3)), register, c0.V3);
        }

        c4.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)a4), register, c4.V0);
        c4.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a4 + row)), register, c4.V1);
        c4.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a4 + row2)), register, c4.V2);
        c4.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a4 + row3)), register, c4.V3);
        if (THeight.Rows > 8) c8.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)a8), register, c8.V0);
        if (THeight.Rows > 9) c8.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a8 + row)), register, c8.V1);
        if (THeight.Rows > 10) c8.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a8 + row2)), register, c8.V2);
        if (THeight.Rows > 11) c8.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a8 + row3)), register, c8.V3);
        if (THeight.Rows > 12) c12.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)a12), register, c12.V0);
        if (THeight.Rows > 13) c12.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a12 + row)), register, c12.V1);
        if (THeight.Rows > 14) c12.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a12 + row2)), register, c12.V2);
        if (THeight.Rows > 15) c12.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a12 + row3)), register, c12.V3);
        if (THeight.Rows <= 16) return;
        if (HasCornerColumns(THeight.Rows, TColumns.Rows))
        {
            c16.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)a16), register, c16.V0);
            if (THeight.Rows > 17) c16.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a16 + row)), register, c16.V1);
            if (THeight.Rows > 18) c16.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a16 + row2)), register, c16.V2);
            if (THeight.Rows > 19) c16.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a16 + row3)), register, c16.V3);
        }
        else
        {
            float* corner = (float*)b + TRegister.FirstOfFew + TColumns.Rows - ColumnsOfCorner;
            AddRow(a16, register, ref c16.V0, corner, ref e.V0);
            if (THeight.Rows > 17) AddRow(a16 + row, register, ref c16.V1, corner, ref e.V1);
            if (THeight.Rows > 18) AddRow(a16 + row2, register, ref c16.V2, corner, ref e.V2);
            if (THeight.Rows > 19) AddRow(a16 + row3, register, ref c16.V3, corner, ref e.V3);
        }
    }

    /// <summary>Adds the products of four steps with the register of B, and those of the corner if it is computed by rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFourSteps<THeight, TColumns, TRegister, TSpreading>(
        byte* a, byte* a4, byte* a8, byte* a12, byte* a16, nint row, byte* b, nint stepB,
        ref Sums<Vector512<float>> c0, ref Sums<Vector512<float>> c4, ref Sums<Vector512<float>> c8, ref Sums<Vector512<float>> c12,
        ref Sums<Vector512<float>> c16, ref Sums<Vector256<float>> e)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
        where TSpreading : struct, ISpreading
    {
        Vector512<float> b0 = Vector512.Load((float*)b), b1 = Vector512.Load((float*)(b + stepB));
        Vector512<float> b2 = Vector512.Load((float*)(b + 2 * stepB)), b3 = Vector512.Load((float*)(b + 3 * stepB));
        // Of four rows numbers are spread together: that takes shuffles and loads to about the same number.
        if (TSpreading.IsTogether) AddRowsTogether(a, row, b0, b1, b2, b3, ref c0);
        else AddRows(a, row, 4, b0, b1, b2, b3, ref c0);
        AddRows(a4, row, 4, b0, b1, b2, b3, ref c4);
        if (THeight.Rows > 8) AddRows(a8, row, THeight.Rows - 8, b0, b1, b2, b3, ref c8);
        if (THeight.Rows > 12) AddRows(a12, row, THeight.Rows - 12, b0, b1, b2, b3, ref c12);
        if (THeight.Rows <= 16) return;
        if (HasCornerColumns(THeight.Rows, TColumns.Rows))
        {
            AddRows(a16, row, THeight.Rows - 16, b0, b1, b2, b3, ref c16);
        }
        else
        {
            byte* corner = b + (TRegister.FirstOfFew + TColumns.Rows - ColumnsOfCorner) * sizeof(float);
            AddRow<TSpreading>(a16, b0, b1, b2, b3, ref c16.V0, corner, stepB, ref e.V0);
            if (THeight.Rows > 17) AddRow<TSpreading>(a16 + row, b0, b1, b2, b3, ref c16.V1, corner, stepB, ref e.V1);
            if (THeight.Rows > 18) AddRow<TSpreading>(a16 + 2 * row, b0, b1, b2, b3, ref c16.V2, corner, stepB, ref e.V2);
            if (THeight.Rows > 19) AddRow<TSpreading>(a16 + 3 * row, b0, b1, b2, b3, ref c16.V3, corner, stepB, ref e.V3);
        }
    }

    // The rows are written out: the compiler inlines only so many methods into a tile, and one for each row here makes it stop before the rest.

    /// <summary>Adds the products of four rows, of each of which four numbers are loaded together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRowsTogether(
        byte* a, nint row, Vector512<float> b0, Vector512<float> b1, Vector512<float> b2, Vector512<float> b3, ref Sums<Vector512<float>> sums)
    {
        nint row2 = 2 * row, row3 = 3 * row;
        var four = Avx512F.BroadcastVector128ToVector512((float*)a);
        sums.V0 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b00_00_00_00), b0, sums.V0);
        sums.V0 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b01_01_01_01), b1, sums.V0);
        sums.V0 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b10_10_10_10), b2, sums.V0);
        sums.V0 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b11_11_11_11), b3, sums.V0);
        four = Avx512F.BroadcastVector128ToVector512((float*)(a + row));
        sums.V1 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b00_00_00_00), b0, sums.V1);
        sums.V1 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b01_01_01_01), b1, sums.V1);
        sums.V1 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b10_10_10_10), b2, sums.V1);
        sums.V1 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b11_11_11_11), b3, sums.V1);
        four = Avx512F.BroadcastVector128ToVector512((float*)(a + row2));
        sums.V2 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b00_00_00_00), b0, sums.V2);
        sums.V2 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b01_01_01_01), b1, sums.V2);
        sums.V2 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b10_10_10_10), b2, sums.V2);
        sums.V2 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b11_11_11_11), b3, sums.V2);
        four = Avx512F.BroadcastVector128ToVector512((float*)(a + row3));
        sums.V3 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b00_00_00_00), b0, sums.V3);
        sums.V3 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b01_01_01_01), b1, sums.V3);
        sums.V3 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b10_10_10_10), b2, sums.V3);
        sums.V3 = Vector512.MultiplyAddEstimate(Avx512F.Permute4x32(four, 0b11_11_11_11), b3, sums.V3);
    }

    /// <summary>Adds the products of at most four rows, of which each number is loaded by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRows(
        byte* a, nint row, int rows, Vector512<float> b0, Vector512<float> b1, Vector512<float> b2, Vector512<float> b3, ref Sums<Vector512<float>> sums)
    {
        nint row2 = 2 * row, row3 = 3 * row;
        sums.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)a), b0, sums.V0);
        sums.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + 4)), b1, sums.V0);
        sums.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + 8)), b2, sums.V0);
        sums.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + 12)), b3, sums.V0);
        if (rows > 1)
        {
            sums.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row)), b0, sums.V1);
            sums.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row + 4)), b1, sums.V1);
            sums.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row + 8)), b2, sums.V1);
            sums.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row + 12)), b3, sums.V1);
        }

        if (rows > 2)
        {
            sums.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row2)), b0, sums.V2);
            sums.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row2 + 4)), b1, sums.V2);
            sums.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row2 + 8)), b2, sums.V2);
            sums.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row2 + 12)), b3, sums.V2);
        }

        if (rows > 3)
        {
            sums.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row3)), b0, sums.V3);
            sums.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row3 + 4)), b1, sums.V3);
            sums.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row3 + 8)), b2, sums.V3);
            sums.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row3 + 12)), b3, sums.V3);
        }
    }

    /// <summary>Adds the products of four steps of a row with the register and with the last eight columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TSpreading>(
        byte* a, Vector512<float> b0, Vector512<float> b1, Vector512<float> b2, Vector512<float> b3, ref Vector512<float> sum,
        byte* corner, nint stepB, ref Vector256<float> few)
        where TSpreading : struct, ISpreading
    {
        var four = TSpreading.IsTogether ? Avx512F.BroadcastVector128ToVector512((float*)a) : default;
        var number = TSpreading.IsTogether ? Avx512F.Permute4x32(four, 0b00_00_00_00) : Vector512.Create(*(float*)a);
        sum = Vector512.MultiplyAddEstimate(number, b0, sum);
        few = Vector256.MultiplyAddEstimate(number.GetLower(), Vector256.Load((float*)corner), few);
        number = TSpreading.IsTogether ? Avx512F.Permute4x32(four, 0b01_01_01_01) : Vector512.Create(*(float*)(a + 4));
        sum = Vector512.MultiplyAddEstimate(number, b1, sum);
        few = Vector256.MultiplyAddEstimate(number.GetLower(), Vector256.Load((float*)(corner + stepB)), few);
        number = TSpreading.IsTogether ? Avx512F.Permute4x32(four, 0b10_10_10_10) : Vector512.Create(*(float*)(a + 8));
        sum = Vector512.MultiplyAddEstimate(number, b2, sum);
        few = Vector256.MultiplyAddEstimate(number.GetLower(), Vector256.Load((float*)(corner + 2 * stepB)), few);
        number = TSpreading.IsTogether ? Avx512F.Permute4x32(four, 0b11_11_11_11) : Vector512.Create(*(float*)(a + 12));
        sum = Vector512.MultiplyAddEstimate(number, b3, sum);
        few = Vector256.MultiplyAddEstimate(number.GetLower(), Vector256.Load((float*)(corner + 3 * stepB)), few);
    }

    /// <summary>Adds those of one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(byte* a, Vector512<float> register, ref Vector512<float> sum, float* corner, ref Vector256<float> few)
    {
        // The number is spread once: a load counts as much as a multiplication.
        var number = Vector512.Create(*(float*)a);
        sum = Vector512.MultiplyAddEstimate(number, register, sum);
        few = Vector256.MultiplyAddEstimate(number.GetLower(), Vector256.Load(corner), few);
    }
}
