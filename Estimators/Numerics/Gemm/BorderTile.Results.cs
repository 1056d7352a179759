using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>How the sums of a tile go into C.</summary>
internal static unsafe partial class BorderTile
{
    /// <summary>Puts a tile, or a part of it, into C, or adds it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<THeight, TColumns, TRegister, TTraffic, TPart>(
        in GemmTile<float> tile, Sums<Vector512<float>> c0, Sums<Vector512<float>> c4, Sums<Vector512<float>> c8, Sums<Vector512<float>> c12,
        Sums<Vector512<float>> c16, in Sums<Vector512<float>> d0, in Sums<Vector512<float>> d4, in Sums<Vector256<float>> e, in Sums<Vector128<float>> f)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
        where TTraffic : struct, ITraffic
        where TPart : struct, IPart
    {
        bool hasCornerColumns = HasCornerColumns(THeight.Rows, TColumns.Rows), hasCornerRows = THeight.Rows > 16 && !hasCornerColumns;
        float* c = tile.C;
        nint rowC = tile.RowC;
        float* few = c + TRegister.FirstOfFew, last = few + (THeight.Rows - RowsOfCorner) * rowC;
        float* corner = few + 16 * rowC + TColumns.Rows - ColumnsOfCorner;
        bool adds = TTraffic.Fetches && tile.Adds;
        if (TPart.HasRegister)
        {
            PutRows(ref c0, 4, c, rowC, adds);
            PutRows(ref c4, 4, c + 4 * rowC, rowC, adds);
            PutRows(ref c8, Math.Min(THeight.Rows - 8, 4), c + 8 * rowC, rowC, adds);
            PutRows(ref c12, Math.Min(THeight.Rows - 12, 4), c + 12 * rowC, rowC, adds);
            PutRows(ref c16, THeight.Rows - 16, c + 16 * rowC, rowC, adds);
            // Of the corner's rows, columns before the few are what C holds there already.
            if (hasCornerRows && !adds) PutRows(e, THeight.Rows - 16, corner, rowC);
        }

        if (!adds && TColumns.Rows % 4 != 3)
        {
            if (!TPart.HasFew) return;
            PutColumns(d0, Math.Min(TColumns.Rows, 4), few, rowC);
            if (TColumns.Rows > 4) PutColumns(d4, TColumns.Rows - 4, few + 4, rowC);
            if (hasCornerColumns) PutColumns(f, TColumns.Rows, last, rowC);
            return;
        }

        // What waits for a method that is called is kept on the stack all along, but for copies that are made here.
        Sums<Vector512<float>> kept0 = d0, kept4 = d4;
        var keptRows = e;
        var keptColumns = f;
        if (TPart.HasRegister && hasCornerRows && adds) AddCorner((float*)&keptRows, THeight.Rows - 16, TColumns.Rows, corner, rowC);
        if (!TPart.HasFew) return;
        PutNumbers((float*)&kept0, Rows, Math.Min(TColumns.Rows, 4), 0, few, rowC, adds);
        if (TColumns.Rows > 4) PutNumbers((float*)&kept4, Rows, TColumns.Rows - 4, 0, few + 4, rowC, adds);
        if (hasCornerColumns) PutNumbers((float*)&keptColumns, RowsOfCorner, TColumns.Rows, HighestRows - THeight.Rows, last, rowC, adds);
    }

    /// <summary>Adds the few last columns of the corner's rows to C.</summary>
    private static void AddCorner(float* sums, int rows, int few, float* c, nint rowC)
    {
        for (int i = 0; i < rows; i++, sums += ColumnsOfCorner, c += rowC)
        {
            for (int j = ColumnsOfCorner - few; j < ColumnsOfCorner; j++) c[j] += sums[j];
        }
    }

    /// <summary>Puts at most four rows, each a register of columns, into C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutRows(ref Sums<Vector512<float>> sums, int rows, float* c, nint rowC, bool adds)
    {
        nint rowC2 = 2 * rowC, rowC3 = 3 * rowC;
        if (adds)
        {
            if (rows > 0) sums.V0 += Vector512.Load(c);
            if (rows > 1) sums.V1 += Vector512.Load(c + rowC);
            if (rows > 2) sums.V2 += Vector512.Load(c + rowC2);
            if (rows > 3) sums.V3 += Vector512.Load(c + rowC3);
        }

        if (rows > 0) sums.V0.Store(c);
        if (rows > 1) sums.V1.Store(c + rowC);
        if (rows > 2) sums.V2.Store(c + rowC2);
        if (rows > 3) sums.V3.Store(c + rowC3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutRows(in Sums<Vector256<float>> sums, int rows, float* c, nint rowC)
    {
        sums.V0.Store(c);
        if (rows > 1) sums.V1.Store(c + rowC);
        if (rows > 2) sums.V2.Store(c + 2 * rowC);
        if (rows > 3) sums.V3.Store(c + 3 * rowC);
    }

    /// <summary>Puts a column, two or four, each a register of rows, into C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutColumns(in Sums<Vector512<float>> d, int columns, float* c, nint rowC)
    {
        // They become rows again: the quarters of a register are rows that lie four apart.
        nint apart = 4 * rowC;
        float* c2 = c + 2 * apart;
        if (columns == 1)
        {
            PutColumn(d.V0.GetLower().GetLower(), c, rowC);
            PutColumn(Avx512F.ExtractVector128(d.V0, 1), c + apart, rowC);
            PutColumn(Avx512F.ExtractVector128(d.V0, 2), c2, rowC);
            PutColumn(Avx512F.ExtractVector128(d.V0, 3), c2 + apart, rowC);
        }
        else if (columns == 2)
        {
            Vector512<float> low = Avx512F.UnpackLow(d.V0, d.V1), high = Avx512F.UnpackHigh(d.V0, d.V1);
            PutPairs(low.GetLower().GetLower(), high.GetLower().GetLower(), c, rowC);
            PutPairs(Avx512F.ExtractVector128(low, 1), Avx512F.ExtractVector128(high, 1), c + apart, rowC);
            PutPairs(Avx512F.ExtractVector128(low, 2), Avx512F.ExtractVector128(high, 2), c2, rowC);
            PutPairs(Avx512F.ExtractVector128(low, 3), Avx512F.ExtractVector128(high, 3), c2 + apart, rowC);
        }
        else
        {
            GemmPacking.TransposeQuarters(d.V0, d.V1, d.V2, d.V3, out var u0, out var u1, out var u2, out var u3);
            PutQuarters(u0, c, apart);
            PutQuarters(u1, c + rowC, apart);
            PutQuarters(u2, c + 2 * rowC, apart);
            PutQuarters(u3, c + 3 * rowC, apart);
        }
    }

    /// <summary>Puts the quarters of a register into rows of C that lie so far apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutQuarters(Vector512<float> quarters, float* c, nint apart)
    {
        float* c2 = c + 2 * apart;
        quarters.GetLower().GetLower().Store(c);
        Avx512F.ExtractVector128(quarters, 1).Store(c + apart);
        Avx512F.ExtractVector128(quarters, 2).Store(c2);
        Avx512F.ExtractVector128(quarters, 3).Store(c2 + apart);
    }

    /// <summary>Puts four rows of a column of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutColumn(Vector128<float> numbers, float* c, nint rowC)
    {
        c[0] = numbers[0];
        c[rowC] = numbers[1];
        c[2 * rowC] = numbers[2];
        c[3 * rowC] = numbers[3];
    }

    /// <summary>Puts four rows of two columns of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutPairs(Vector128<float> low, Vector128<float> high, float* c, nint rowC)
    {
        Sse.StoreLow(c, low);
        Sse.StoreHigh(c + rowC, low);
        Sse.StoreLow(c + 2 * rowC, high);
        Sse.StoreHigh(c + 3 * rowC, high);
    }

    /// <summary>Puts a column, two or four, of the last four rows into C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutColumns(in Sums<Vector128<float>> f, int columns, float* c, nint rowC)
    {
        if (columns == 1)
        {
            PutColumn(f.V0, c, rowC);
        }
        else if (columns == 2)
        {
            PutPairs(Sse.UnpackLow(f.V0, f.V1), Sse.UnpackHigh(f.V0, f.V1), c, rowC);
        }
        else
        {
            GemmPacking.TransposeFour(f.V0, f.V1, f.V2, f.V3, out var u0, out var u1, out var u2, out var u3);
            u0.Store(c);
            u1.Store(c + rowC);
            u2.Store(c + 2 * rowC);
            u3.Store(c + 3 * rowC);
        }
    }

    /// <summary>Puts columns of so many rows into C, or adds them, but for the first rows, which others put.</summary>
    private static void PutNumbers(float* numbers, int rows, int columns, int skipped, float* c, nint rowC, bool adds)
    {
        for (int j = 0; j < columns; j++, numbers += rows)
        {
            float* at = c + j + skipped * rowC;
            for (int i = skipped; i < rows; i++, at += rowC) *at = adds ? *at + numbers[i] : numbers[i];
        }
    }
}
