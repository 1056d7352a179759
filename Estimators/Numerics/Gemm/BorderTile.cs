using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>Whether a tile computes its register of columns, or only the few beside it, and where these begin: known when a tile is compiled.</summary>
internal interface IRegister
{
    static abstract bool IsComputed { get; }

    /// <summary>The column with which the few begin: that beside the register, or its last.</summary>
    static abstract int FirstOfFew { get; }
}

/// <inheritdoc cref="IRegister"/>
internal readonly struct WithRegister : IRegister
{
    public static bool IsComputed => true;

    public static int FirstOfFew => BorderTile.Columns;
}

/// <summary>The last column is computed twice, which only does where C is not added to: four columns are put faster than three.</summary>
internal readonly struct OverRegister : IRegister
{
    public static bool IsComputed => true;

    public static int FirstOfFew => BorderTile.Columns - 1;
}

/// <inheritdoc cref="IRegister"/>
internal readonly struct WithoutRegister : IRegister
{
    public static bool IsComputed => false;

    public static int FirstOfFew => BorderTile.Columns;
}

/// <summary>
/// A tile of sixteen rows or a few more, a register of columns and a few columns more, for which a register of their own would be nearly empty. In
/// these it is the first sixteen rows that lie side by side: a step multiplies the numbers of A, each spread over a register, by the register of
/// B, as other tiles do, and the first sixteen as one register by each of the few numbers of B. Where further rows meet the few columns, these
/// lie side by side again, in a quarter or half of a register. A tile of fewer rows computes the few columns of sixteen all the same.
/// </summary>
/// <remarks>
/// Where the rows of A have to become columns, eight or four steps at a time are transposed in registers. A tile of a height would take as many
/// multiplications for one column as for sixteen; beside the register a column takes one multiplication for sixteen rows, and about five for them
/// to be transposed, whatever the number of columns.
/// </remarks>
internal static unsafe class BorderTile
{
    /// <summary>The rows of the few columns.</summary>
    public const int Rows = 16;

    /// <summary>The fewest rows of any tile.</summary>
    public const int FewestRows = 8;

    /// <summary>The most rows of any tile.</summary>
    public const int HighestRows = 20;

    /// <summary>The columns of a register.</summary>
    public const int Columns = 16;

    /// <summary>The most columns beside the register.</summary>
    public const int MostColumns = 8;

    /// <summary>The most rows of a tile with so many columns beside the register: more sums than registers would not pay.</summary>
    public static int MostRows(int few) => few <= 4 ? 20 : 18;

    /// <summary>The fewest steps.</summary>
    public const int LeastSteps = 4;

    /// <summary>What it costs a step that rows of A become columns, in multiplications of registers.</summary>
    public const int Transposing = 5;

    private const int StepsAhead = 8;

    /// <summary>
    /// Whether the sums of a tile leave no registers in which rows could become columns. Where all is near it wants them as columns then;
    /// otherwise it keeps some on the stack for a while.
    /// </summary>
    public static bool IsFull(int rows, int few) => rows > 19 || (rows > 17 && few > 2);

    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>The sums of four rows, or of four columns: so many are kept in registers.</summary>
    private struct Sums<TVector>
        where TVector : struct
    {
        public TVector V0, V1, V2, V3;
    }

    /// <summary>
    /// Computes a tile of C. The few columns of B and C follow those of the register, which are left alone if they are not computed: then there
    /// are sixteen rows. A tile of fewer reads sixteen rows of A and writes the few columns of sixteen. Either distance of A's elements is 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Run<THeight, TColumns, TRegister, TTraffic>(in GemmTile<float> tile)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
        where TTraffic : struct, ITraffic
    {
        // c: rows by the register, four by four; d: the few columns by sixteen rows; e or f: the rows beyond sixteen by the few columns.
        Sums<Vector512<float>> c0 = default, c4 = default, c8 = default, c12 = default, c16 = default, d0 = default, d4 = default;
        Sums<Vector128<float>> e = default;
        Sums<Vector256<float>> f = default;
        nint row = tile.RowA * sizeof(float), row2 = 2 * row, row3 = 3 * row;
        byte* a = (byte*)tile.A, b = (byte*)tile.B;
        byte* a4 = a + 4 * row;
        byte* a8 = a + 8 * row;
        byte* a12 = a + 12 * row;
        byte* a16 = a + 16 * row;
        nint stepB = tile.StepB * sizeof(float);
        if (tile.RowA == 1)
        {
            nint stepA = tile.StepA * sizeof(float);
            for (int k = tile.Steps; k != 0; k--)
            {
                if (TTraffic.Fetches) Sse.Prefetch0(a + StepsAhead * stepA);
                Step(
                    Vector512.Load((float*)a), a, a4, a8, a12, a16, row, b, 0,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                a += stepA;
                a4 += stepA;
                a8 += stepA;
                a12 += stepA;
                if (THeight.Rows > 16) a16 += stepA;
                b += stepB;
            }
        }
        else if (!TTraffic.Fetches && IsFull(THeight.Rows, TColumns.Rows))
        {
            // A loop of its own, because no register is left for another distance.
            byte* columns = (byte*)tile.Copy;
            for (int k = tile.Steps; k != 0; k--)
            {
                Step(
                    Vector512.Load((float*)columns), a, a4, a8, a12, a16, row, b, 0,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                columns += Rows * sizeof(float);
                a += sizeof(float);
                a4 += sizeof(float);
                a8 += sizeof(float);
                a12 += sizeof(float);
                a16 += sizeof(float);
                b += stepB;
            }
        }
        else
        {
            nint rowNext = TTraffic.Fetches ? tile.RowNext * sizeof(float) : 0;
            byte* next = (byte*)tile.Next;
            // Eight at a time take fewer instructions.
            int left = tile.Steps;
            for (; left >= 8; left -= 8)
            {
                if (TTraffic.Fetches && rowNext != 0)
                {
                    // Eight steps fetch a line of each of half of the next rows: all of them in the sixteen steps that a line lasts.
                    byte* wanted = next + (left & 8) * rowNext;
                    for (int i = 0; i < 8; i++, wanted += rowNext) Sse.Prefetch1(wanted);
                    next += 8 * sizeof(float);
                }

                var v0 = Halves(a, a4);
                var v1 = Halves(a + row, a4 + row);
                var v2 = Halves(a + row2, a4 + row2);
                var v3 = Halves(a + row3, a4 + row3);
                var v4 = Halves(a8, a12);
                var v5 = Halves(a8 + row, a12 + row);
                var v6 = Halves(a8 + row2, a12 + row2);
                var v7 = Halves(a8 + row3, a12 + row3);
                var (low01, high01) = (Avx512F.UnpackLow(v0, v1).AsDouble(), Avx512F.UnpackHigh(v0, v1).AsDouble());
                var (low23, high23) = (Avx512F.UnpackLow(v2, v3).AsDouble(), Avx512F.UnpackHigh(v2, v3).AsDouble());
                var u0 = Avx512F.UnpackLow(low01, low23).AsSingle();
                var u1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
                var u2 = Avx512F.UnpackLow(high01, high23).AsSingle();
                var u3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
                var (low45, high45) = (Avx512F.UnpackLow(v4, v5).AsDouble(), Avx512F.UnpackHigh(v4, v5).AsDouble());
                var (low67, high67) = (Avx512F.UnpackLow(v6, v7).AsDouble(), Avx512F.UnpackHigh(v6, v7).AsDouble());
                var u4 = Avx512F.UnpackLow(low45, low67).AsSingle();
                var u5 = Avx512F.UnpackHigh(low45, low67).AsSingle();
                var u6 = Avx512F.UnpackLow(high45, high67).AsSingle();
                var u7 = Avx512F.UnpackHigh(high45, high67).AsSingle();
                Step(
                    Avx512F.Shuffle4x128(u0, u4, 0b10_00_10_00), a, a4, a8, a12, a16, row, b, 0,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                b += stepB;
                Step(
                    Avx512F.Shuffle4x128(u1, u5, 0b10_00_10_00), a, a4, a8, a12, a16, row, b, 4,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                b += stepB;
                Step(
                    Avx512F.Shuffle4x128(u2, u6, 0b10_00_10_00), a, a4, a8, a12, a16, row, b, 8,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                b += stepB;
                Step(
                    Avx512F.Shuffle4x128(u3, u7, 0b10_00_10_00), a, a4, a8, a12, a16, row, b, 12,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                b += stepB;
                Step(
                    Avx512F.Shuffle4x128(u0, u4, 0b11_01_11_01), a, a4, a8, a12, a16, row, b, 16,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                b += stepB;
                Step(
                    Avx512F.Shuffle4x128(u1, u5, 0b11_01_11_01), a, a4, a8, a12, a16, row, b, 20,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                b += stepB;
                Step(
                    Avx512F.Shuffle4x128(u2, u6, 0b11_01_11_01), a, a4, a8, a12, a16, row, b, 24,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                b += stepB;
                Step(
                    Avx512F.Shuffle4x128(u3, u7, 0b11_01_11_01), a, a4, a8, a12, a16, row, b, 28,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                b += stepB;
                a += 8 * sizeof(float);
                a4 += 8 * sizeof(float);
                a8 += 8 * sizeof(float);
                a12 += 8 * sizeof(float);
                if (THeight.Rows > 16) a16 += 8 * sizeof(float);
            }

            for (int k = left; k > 0; k -= 4)
            {
                // Of the last four steps some were done before.
                int done = Math.Max(4 - k, 0), back = done * sizeof(float);
                a -= back;
                a4 -= back;
                a8 -= back;
                a12 -= back;
                if (THeight.Rows > 16) a16 -= back;
                if (TTraffic.Fetches && rowNext != 0)
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
                    Step(
                        Avx512F.UnpackLow(low01, low23).AsSingle(), a, a4, a8, a12, a16, row, b, 0,
                        ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                    b += stepB;
                }

                if (done < 2)
                {
                    Step(
                        Avx512F.UnpackHigh(low01, low23).AsSingle(), a, a4, a8, a12, a16, row, b, 4,
                        ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                    b += stepB;
                }

                if (done < 3)
                {
                    Step(
                        Avx512F.UnpackLow(high01, high23).AsSingle(), a, a4, a8, a12, a16, row, b, 8,
                        ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                    b += stepB;
                }

                Step(
                    Avx512F.UnpackHigh(high01, high23).AsSingle(), a, a4, a8, a12, a16, row, b, 12,
                    ref c0, ref c4, ref c8, ref c12, ref c16, ref d0, ref d4, ref e, ref f, THeight.Rows, TColumns.Rows, TRegister.IsComputed, TRegister.FirstOfFew);
                b += stepB;
                a += 4 * sizeof(float);
                a4 += 4 * sizeof(float);
                a8 += 4 * sizeof(float);
                a12 += 4 * sizeof(float);
                if (THeight.Rows > 16) a16 += 4 * sizeof(float);
            }
        }

        float* c = tile.C;
        nint rowC = tile.RowC;
        bool adds = TTraffic.Fetches && tile.Adds;
        if (TRegister.IsComputed)
        {
            PutRows(ref c0, 4, c, rowC, adds);
            PutRows(ref c4, 4, c + 4 * rowC, rowC, adds);
            PutRows(ref c8, Math.Min(THeight.Rows - 8, 4), c + 8 * rowC, rowC, adds);
            PutRows(ref c12, Math.Min(THeight.Rows - 12, 4), c + 12 * rowC, rowC, adds);
            PutRows(ref c16, THeight.Rows - Rows, c + 16 * rowC, rowC, adds);
        }

        c += TRegister.FirstOfFew;
        // The corner before the columns: what waits for a method that is called is kept on the stack all along.
        if (TColumns.Rows <= Vector128<float>.Count)
        {
            if (THeight.Rows > 16) PutCorner(e.V0, TColumns.Rows, c + 16 * rowC, adds);
            if (THeight.Rows > 17) PutCorner(e.V1, TColumns.Rows, c + 17 * rowC, adds);
            if (THeight.Rows > 18) PutCorner(e.V2, TColumns.Rows, c + 18 * rowC, adds);
            if (THeight.Rows > 19) PutCorner(e.V3, TColumns.Rows, c + 19 * rowC, adds);
        }
        else
        {
            if (THeight.Rows > 16) PutCorner(f.V0, TColumns.Rows, c + 16 * rowC, adds);
            if (THeight.Rows > 17) PutCorner(f.V1, TColumns.Rows, c + 17 * rowC, adds);
        }

        PutColumns(d0, Math.Min(TColumns.Rows, 4), c, rowC, adds);
        if (TColumns.Rows > 4) PutColumns(d4, TColumns.Rows - 4, c + 4, rowC, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halves(byte* a, byte* b) =>
        Avx512F.InsertVector256(Vector256.Load((float*)a).ToVector512Unsafe(), Vector256.Load((float*)b), 1);

    /// <summary>
    /// Adds the products of a step: <paramref name="column"/> is the step's column of A, whose numbers also lie so many bytes behind a, a + row, …
    /// The sums e end with the last column.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        Vector512<float> column, byte* a, byte* a4, byte* a8, byte* a12, byte* a16, nint row, byte* b, int at,
        ref Sums<Vector512<float>> c0, ref Sums<Vector512<float>> c4, ref Sums<Vector512<float>> c8, ref Sums<Vector512<float>> c12,
        ref Sums<Vector512<float>> c16, ref Sums<Vector512<float>> d0, ref Sums<Vector512<float>> d4, ref Sums<Vector128<float>> e,
        ref Sums<Vector256<float>> f, int height, int columns, bool hasRegister, int firstOfFew)
    {
        nint row2 = 2 * row, row3 = 3 * row;
        byte* few = b + firstOfFew * sizeof(float);
        if (hasRegister)
        {
            var register = Vector512.Load((float*)b);
            c0.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + at)), register, c0.V0);
            c0.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row + at)), register, c0.V1);
            c0.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row2 + at)), register, c0.V2);
            c0.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a + row3 + at)), register, c0.V3);
            c4.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a4 + at)), register, c4.V0);
            c4.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a4 + row + at)), register, c4.V1);
            c4.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a4 + row2 + at)), register, c4.V2);
            c4.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a4 + row3 + at)), register, c4.V3);
            if (height > 8) c8.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a8 + at)), register, c8.V0);
            if (height > 9) c8.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a8 + row + at)), register, c8.V1);
            if (height > 10) c8.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a8 + row2 + at)), register, c8.V2);
            if (height > 11) c8.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a8 + row3 + at)), register, c8.V3);
            if (height > 12) c12.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a12 + at)), register, c12.V0);
            if (height > 13) c12.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a12 + row + at)), register, c12.V1);
            if (height > 14) c12.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a12 + row2 + at)), register, c12.V2);
            if (height > 15) c12.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(a12 + row3 + at)), register, c12.V3);
            if (height > 16 && columns <= Vector128<float>.Count)
            {
                float* corner = (float*)few + columns - Vector128<float>.Count;
                AddSpread(a16 + at, register, corner, ref c16.V0, ref e.V0);
                if (height > 17) AddSpread(a16 + row + at, register, corner, ref c16.V1, ref e.V1);
                if (height > 18) AddSpread(a16 + row2 + at, register, corner, ref c16.V2, ref e.V2);
                if (height > 19) AddSpread(a16 + row3 + at, register, corner, ref c16.V3, ref e.V3);
            }
            else if (height > 16)
            {
                float* corner = (float*)few + columns - Vector256<float>.Count;
                AddSpread(a16 + at, register, corner, ref c16.V0, ref f.V0);
                if (height > 17) AddSpread(a16 + row + at, register, corner, ref c16.V1, ref f.V1);
            }
        }

        d0.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)few), column, d0.V0);
        if (columns > 1) d0.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + sizeof(float))), column, d0.V1);
        if (columns > 2) d0.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 2 * sizeof(float))), column, d0.V2);
        if (columns > 3) d0.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 3 * sizeof(float))), column, d0.V3);
        if (columns > 4) d4.V0 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 4 * sizeof(float))), column, d4.V0);
        if (columns > 5) d4.V1 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 5 * sizeof(float))), column, d4.V1);
        if (columns > 6) d4.V2 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 6 * sizeof(float))), column, d4.V2);
        if (columns > 7) d4.V3 = Vector512.MultiplyAddEstimate(Vector512.Create(*(float*)(few + 7 * sizeof(float))), column, d4.V3);
    }

    // The number is spread once: a load counts as much as a multiplication.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSpread(byte* number, Vector512<float> register, float* corner, ref Vector512<float> sum, ref Vector128<float> few)
    {
        var spread = Vector512.Create(*(float*)number);
        sum = Vector512.MultiplyAddEstimate(spread, register, sum);
        few = Vector128.MultiplyAddEstimate(spread.GetLower().GetLower(), Vector128.Load(corner), few);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSpread(byte* number, Vector512<float> register, float* corner, ref Vector512<float> sum, ref Vector256<float> few)
    {
        var spread = Vector512.Create(*(float*)number);
        sum = Vector512.MultiplyAddEstimate(spread, register, sum);
        few = Vector256.MultiplyAddEstimate(spread.GetLower(), Vector256.Load(corner), few);
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

    /// <summary>Puts at most four columns, each a register of rows, into C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    private static void PutColumns(in Sums<Vector512<float>> d, int columns, float* c, nint rowC, bool adds)
    {
        Unsafe.SkipInit(out Sums<Vector512<float>> kept);
        float* numbers = (float*)&kept;
        if (columns == 4)
        {
            // They become rows again: the quarters of a register are rows that lie four apart.
            var (even, odd) = (Avx512F.UnpackLow(d.V0, d.V1).AsDouble(), Avx512F.UnpackHigh(d.V0, d.V1).AsDouble());
            var (even2, odd2) = (Avx512F.UnpackLow(d.V2, d.V3).AsDouble(), Avx512F.UnpackHigh(d.V2, d.V3).AsDouble());
            nint apart = 4 * rowC;
            PutQuarters(Avx512F.UnpackLow(even, even2).AsSingle(), c, apart, adds);
            PutQuarters(Avx512F.UnpackHigh(even, even2).AsSingle(), c + rowC, apart, adds);
            PutQuarters(Avx512F.UnpackLow(odd, odd2).AsSingle(), c + 2 * rowC, apart, adds);
            PutQuarters(Avx512F.UnpackHigh(odd, odd2).AsSingle(), c + 3 * rowC, apart, adds);
        }
        else if (adds || columns == 3)
        {
            d.V0.Store(numbers);
            if (columns > 1) d.V1.Store(numbers + Rows);
            if (columns > 2) d.V2.Store(numbers + 2 * Rows);
            PutNumbers(numbers, columns, c, rowC, adds);
        }
        else if (columns == 1)
        {
            d.V0.Store(numbers);
            PutColumn(numbers, c, rowC);
        }
        else
        {
            Avx512F.UnpackLow(d.V0, d.V1).Store(numbers);
            Avx512F.UnpackHigh(d.V0, d.V1).Store(numbers + Rows);
            PutPairs(numbers, c, rowC);
        }
    }

    /// <summary>Puts the quarters of a register into rows of C that lie so far apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutQuarters(Vector512<float> quarters, float* c, nint apart, bool adds)
    {
        float* c2 = c + 2 * apart;
        Vector128<float> q0 = quarters.GetLower().GetLower(), q1 = Avx512F.ExtractVector128(quarters, 1);
        Vector128<float> q2 = Avx512F.ExtractVector128(quarters, 2), q3 = Avx512F.ExtractVector128(quarters, 3);
        (adds ? q0 + Vector128.Load(c) : q0).Store(c);
        (adds ? q1 + Vector128.Load(c + apart) : q1).Store(c + apart);
        (adds ? q2 + Vector128.Load(c2) : q2).Store(c2);
        (adds ? q3 + Vector128.Load(c2 + apart) : q3).Store(c2 + apart);
    }

    /// <summary>Puts a column of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutColumn(float* numbers, float* c, nint rowC)
    {
        nint rowC2 = 2 * rowC, rowC3 = 3 * rowC;
        float* c4 = c + 4 * rowC;
        float* c8 = c4 + 4 * rowC;
        float* c12 = c8 + 4 * rowC;
        c[0] = numbers[0];
        c[rowC] = numbers[1];
        c[rowC2] = numbers[2];
        c[rowC3] = numbers[3];
        c4[0] = numbers[4];
        c4[rowC] = numbers[5];
        c4[rowC2] = numbers[6];
        c4[rowC3] = numbers[7];
        c8[0] = numbers[8];
        c8[rowC] = numbers[9];
        c8[rowC2] = numbers[10];
        c8[rowC3] = numbers[11];
        c12[0] = numbers[12];
        c12[rowC] = numbers[13];
        c12[rowC2] = numbers[14];
        c12[rowC3] = numbers[15];
    }

    /// <summary>Puts two columns of C: those of two rows lie in quarters of one register, those of the next two in the other's.</summary>
    private static void PutPairs(float* numbers, float* c, nint rowC)
    {
        for (float* end = numbers + Rows; numbers < end; numbers += 4, c += 4 * rowC)
        {
            *(double*)c = *(double*)numbers;
            *(double*)(c + rowC) = *(double*)(numbers + 2);
            *(double*)(c + 2 * rowC) = *(double*)(numbers + Rows);
            *(double*)(c + 3 * rowC) = *(double*)(numbers + Rows + 2);
        }
    }

    /// <summary>Puts columns of C, or adds to them.</summary>
    private static void PutNumbers(float* numbers, int columns, float* c, nint rowC, bool adds)
    {
        for (int j = 0; j < columns; j++, numbers += Rows)
        {
            float* at = c + j;
            for (int i = 0; i < Rows; i++, at += rowC) *at = adds ? *at + numbers[i] : numbers[i];
        }
    }

    /// <summary>Puts the last columns of a row into C; the others of the register are what C holds there already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutCorner(Vector128<float> sums, int columns, float* c, bool adds)
    {
        if (adds) AddLast((float*)&sums + Vector128<float>.Count - columns, columns, c);
        else sums.Store(c + columns - Vector128<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutCorner(Vector256<float> sums, int columns, float* c, bool adds)
    {
        if (adds) AddLast((float*)&sums + Vector256<float>.Count - columns, columns, c);
        else sums.Store(c + columns - Vector256<float>.Count);
    }

    private static void AddLast(float* sums, int columns, float* c)
    {
        for (int j = 0; j < columns; j++) c[j] += sums[j];
    }
}
