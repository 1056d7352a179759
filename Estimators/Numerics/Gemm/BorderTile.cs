using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>Whether a tile computes its register of columns, or only the few beside it: known when a tile is compiled.</summary>
internal interface IRegister
{
    static abstract bool IsComputed { get; }
}

/// <inheritdoc cref="IRegister"/>
internal readonly struct WithRegister : IRegister
{
    public static bool IsComputed => true;
}

/// <inheritdoc cref="IRegister"/>
internal readonly struct WithoutRegister : IRegister
{
    public static bool IsComputed => false;
}

/// <summary>
/// A tile of sixteen rows, a register of columns and a few columns more, for which a register of their own would be nearly empty: in these it
/// is the rows that lie side by side. A step multiplies sixteen numbers of A, each spread over a register, by the register of B, as other
/// tiles do, and the same sixteen as one register by each of the few numbers of B.
/// </summary>
/// <remarks>
/// Where the rows of A have to become columns, four steps at a time are transposed in registers. A tile of a height would take as many
/// multiplications for one column as for sixteen; beside the register a column takes one multiplication for all rows, and five for them to be
/// transposed, whatever the number of columns.
/// </remarks>
internal static unsafe class BorderTile
{
    /// <summary>The rows of the tile.</summary>
    public const int Rows = 16;

    /// <summary>The columns of a register.</summary>
    public const int Columns = 16;

    /// <summary>The most columns beside the register.</summary>
    public const int MostColumns = 4;

    /// <summary>The fewest steps.</summary>
    public const int LeastSteps = 4;

    private const int StepsAhead = 8;

    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>
    /// Computes a tile of C. The few columns of B and C follow those of the register, which are left alone if they are not computed; either
    /// distance of A's elements is 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Run<TColumns, TRegister>(in GemmTile<float> tile)
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
    {
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        Vector512<float> c4 = default, c5 = default, c6 = default, c7 = default;
        Vector512<float> c8 = default, c9 = default, c10 = default, c11 = default;
        Vector512<float> c12 = default, c13 = default, c14 = default, c15 = default;
        Vector512<float> d0 = default, d1 = default, d2 = default, d3 = default;
        nint row = tile.RowA * sizeof(float), row2 = 2 * row, row3 = 3 * row;
        byte* a = (byte*)tile.A, b = (byte*)tile.B;
        byte* a4 = a + 4 * row;
        byte* a8 = a + 8 * row;
        byte* a12 = a + 12 * row;
        nint stepB = tile.StepB * sizeof(float);
        nint rowNext = tile.RowNext * sizeof(float);
        byte* next = (byte*)tile.Next;
        if (tile.RowA == 1)
        {
            nint stepA = tile.StepA * sizeof(float);
            for (int k = tile.Steps; k != 0; k--)
            {
                Sse.Prefetch0(a + StepsAhead * stepA);
                Step<TColumns, TRegister>(
                    Vector512.Load((float*)a), a, a4, a8, a12, row, b,
                    ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7,
                    ref c8, ref c9, ref c10, ref c11, ref c12, ref c13, ref c14, ref c15, ref d0, ref d1, ref d2, ref d3);
                a += stepA;
                a4 += stepA;
                a8 += stepA;
                a12 += stepA;
                b += stepB;
            }
        }
        else
        {
            for (int k = tile.Steps; k > 0; k -= 4)
            {
                // Of the last four steps some were done before.
                int done = Math.Max(4 - k, 0), back = done * sizeof(float);
                a -= back;
                a4 -= back;
                a8 -= back;
                a12 -= back;
                if (rowNext != 0)
                {
                    // Four steps fetch a line of each of a quarter of the next rows: all of them in the sixteen steps that a line lasts.
                    byte* wanted = next + (k & 12) * rowNext;
                    Sse.Prefetch1(wanted);
                    Sse.Prefetch1(wanted + rowNext);
                    Sse.Prefetch1(wanted + 2 * rowNext);
                    Sse.Prefetch1(wanted + 3 * rowNext);
                    next += 4 * sizeof(float);
                }

                var v0 = GemmPacking.Quarters(a, a4, a8, a12);
                var v1 = GemmPacking.Quarters(a + row, a4 + row, a8 + row, a12 + row);
                var v2 = GemmPacking.Quarters(a + row2, a4 + row2, a8 + row2, a12 + row2);
                var v3 = GemmPacking.Quarters(a + row3, a4 + row3, a8 + row3, a12 + row3);
                var (low01, high01) = (Avx512F.UnpackLow(v0, v1).AsDouble(), Avx512F.UnpackHigh(v0, v1).AsDouble());
                var (low23, high23) = (Avx512F.UnpackLow(v2, v3).AsDouble(), Avx512F.UnpackHigh(v2, v3).AsDouble());
                if (done == 0)
                {
                    Step<TColumns, TRegister>(
                        Avx512F.UnpackLow(low01, low23).AsSingle(), a, a4, a8, a12, row, b,
                        ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7,
                        ref c8, ref c9, ref c10, ref c11, ref c12, ref c13, ref c14, ref c15, ref d0, ref d1, ref d2, ref d3);
                    b += stepB;
                }

                if (done < 2)
                {
                    Step<TColumns, TRegister>(
                        Avx512F.UnpackHigh(low01, low23).AsSingle(), a + 4, a4 + 4, a8 + 4, a12 + 4, row, b,
                        ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7,
                        ref c8, ref c9, ref c10, ref c11, ref c12, ref c13, ref c14, ref c15, ref d0, ref d1, ref d2, ref d3);
                    b += stepB;
                }

                if (done < 3)
                {
                    Step<TColumns, TRegister>(
                        Avx512F.UnpackLow(high01, high23).AsSingle(), a + 8, a4 + 8, a8 + 8, a12 + 8, row, b,
                        ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7,
                        ref c8, ref c9, ref c10, ref c11, ref c12, ref c13, ref c14, ref c15, ref d0, ref d1, ref d2, ref d3);
                    b += stepB;
                }

                Step<TColumns, TRegister>(
                    Avx512F.UnpackHigh(high01, high23).AsSingle(), a + 12, a4 + 12, a8 + 12, a12 + 12, row, b,
                    ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7,
                    ref c8, ref c9, ref c10, ref c11, ref c12, ref c13, ref c14, ref c15, ref d0, ref d1, ref d2, ref d3);
                b += stepB;
                a += 4 * sizeof(float);
                a4 += 4 * sizeof(float);
                a8 += 4 * sizeof(float);
                a12 += 4 * sizeof(float);
            }
        }

        float* c = tile.C;
        nint rowC = tile.RowC;
        if (TRegister.IsComputed)
        {
            if (tile.Adds)
            {
                c0 += Vector512.Load(c);
                c1 += Vector512.Load(c + rowC);
                c2 += Vector512.Load(c + 2 * rowC);
                c3 += Vector512.Load(c + 3 * rowC);
                c4 += Vector512.Load(c + 4 * rowC);
                c5 += Vector512.Load(c + 5 * rowC);
                c6 += Vector512.Load(c + 6 * rowC);
                c7 += Vector512.Load(c + 7 * rowC);
                c8 += Vector512.Load(c + 8 * rowC);
                c9 += Vector512.Load(c + 9 * rowC);
                c10 += Vector512.Load(c + 10 * rowC);
                c11 += Vector512.Load(c + 11 * rowC);
                c12 += Vector512.Load(c + 12 * rowC);
                c13 += Vector512.Load(c + 13 * rowC);
                c14 += Vector512.Load(c + 14 * rowC);
                c15 += Vector512.Load(c + 15 * rowC);
            }

            c0.Store(c);
            c1.Store(c + rowC);
            c2.Store(c + 2 * rowC);
            c3.Store(c + 3 * rowC);
            c4.Store(c + 4 * rowC);
            c5.Store(c + 5 * rowC);
            c6.Store(c + 6 * rowC);
            c7.Store(c + 7 * rowC);
            c8.Store(c + 8 * rowC);
            c9.Store(c + 9 * rowC);
            c10.Store(c + 10 * rowC);
            c11.Store(c + 11 * rowC);
            c12.Store(c + 12 * rowC);
            c13.Store(c + 13 * rowC);
            c14.Store(c + 14 * rowC);
            c15.Store(c + 15 * rowC);
        }

        // The last columns' rows become rows again: those of a quarter lie four apart.
        float* rows = stackalloc float[Rows * MostColumns];
        var (even, odd) = (Avx512F.UnpackLow(d0, d1).AsDouble(), Avx512F.UnpackHigh(d0, d1).AsDouble());
        var (even2, odd2) = (Avx512F.UnpackLow(d2, d3).AsDouble(), Avx512F.UnpackHigh(d2, d3).AsDouble());
        Avx512F.UnpackLow(even, even2).Store((double*)rows);
        Avx512F.UnpackHigh(even, even2).Store((double*)(rows + Rows));
        Avx512F.UnpackLow(odd, odd2).Store((double*)(rows + 2 * Rows));
        Avx512F.UnpackHigh(odd, odd2).Store((double*)(rows + 3 * Rows));
        c += Columns;
        for (int i = 0; i < MostColumns; i++, c += 4 * rowC)
        {
            PutFew<TColumns>(rows + 4 * i, c, tile.Adds);
            PutFew<TColumns>(rows + Rows + 4 * i, c + rowC, tile.Adds);
            PutFew<TColumns>(rows + 2 * Rows + 4 * i, c + 2 * rowC, tile.Adds);
            PutFew<TColumns>(rows + 3 * Rows + 4 * i, c + 3 * rowC, tile.Adds);
        }
    }

    /// <summary>Adds the products of a step: <paramref name="column"/> is the step's column of A, whose numbers also lie at a, a + row, …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TColumns, TRegister>(
        Vector512<float> column, byte* a, byte* a4, byte* a8, byte* a12, nint row, byte* b,
        ref Vector512<float> c0, ref Vector512<float> c1, ref Vector512<float> c2, ref Vector512<float> c3,
        ref Vector512<float> c4, ref Vector512<float> c5, ref Vector512<float> c6, ref Vector512<float> c7,
        ref Vector512<float> c8, ref Vector512<float> c9, ref Vector512<float> c10, ref Vector512<float> c11,
        ref Vector512<float> c12, ref Vector512<float> c13, ref Vector512<float> c14, ref Vector512<float> c15,
        ref Vector512<float> d0, ref Vector512<float> d1, ref Vector512<float> d2, ref Vector512<float> d3)
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
    {
        nint row2 = 2 * row, row3 = 3 * row;
        byte* few = b + Columns * sizeof(float);
        if (TRegister.IsComputed)
        {
            var register = Vector512.Load((float*)b);
            Add(a, register, ref c0);
            Add(a + row, register, ref c1);
            Add(a + row2, register, ref c2);
            Add(a + row3, register, ref c3);
            Add(a4, register, ref c4);
            Add(a4 + row, register, ref c5);
            Add(a4 + row2, register, ref c6);
            Add(a4 + row3, register, ref c7);
            Add(a8, register, ref c8);
            Add(a8 + row, register, ref c9);
            Add(a8 + row2, register, ref c10);
            Add(a8 + row3, register, ref c11);
            Add(a12, register, ref c12);
            Add(a12 + row, register, ref c13);
            Add(a12 + row2, register, ref c14);
            Add(a12 + row3, register, ref c15);
        }

        Add(few, column, ref d0);
        if (TColumns.Rows > 1) Add(few + sizeof(float), column, ref d1);
        if (TColumns.Rows > 2) Add(few + 2 * sizeof(float), column, ref d2);
        if (TColumns.Rows > 3) Add(few + 3 * sizeof(float), column, ref d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* number, Vector512<float> register, ref Vector512<float> sum) =>
        sum = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)number), register, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutFew<TColumns>(float* sums, float* c, bool adds)
        where TColumns : struct, IHeight
    {
        if (adds)
        {
            for (int j = 0; j < TColumns.Rows; j++) c[j] += sums[j];
        }
        else if (TColumns.Rows == 4)
        {
            Vector128.Load(sums).Store(c);
        }
        else
        {
            if (TColumns.Rows > 1) Vector64.Load(sums).Store(c);
            if (TColumns.Rows != 2) c[TColumns.Rows - 1] = sums[TColumns.Rows - 1];
        }
    }
}
