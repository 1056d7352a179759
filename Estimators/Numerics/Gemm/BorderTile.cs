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

/// <summary>How numbers of A come to be spread over registers: known when a tile is compiled.</summary>
internal interface ISpreading
{
    /// <summary>Whether four are loaded together and shuffled apart, which takes fewer loads and more shuffles than loading each by itself.</summary>
    static abstract bool IsTogether { get; }
}

/// <inheritdoc cref="ISpreading"/>
internal readonly struct SpreadsTogether : ISpreading
{
    public static bool IsTogether => true;
}

/// <inheritdoc cref="ISpreading"/>
internal readonly struct SpreadsApart : ISpreading
{
    public static bool IsTogether => false;
}

/// <summary>What of a tile is computed at a time: known when it is compiled.</summary>
internal interface IPart
{
    /// <summary>Whether the register of columns is computed, and the corner where that is done by rows.</summary>
    static abstract bool HasRegister { get; }

    /// <summary>Whether the few columns beside it are, and the corner where that is done by columns.</summary>
    static abstract bool HasFew { get; }
}

/// <inheritdoc cref="IPart"/>
internal readonly struct WholeTile : IPart
{
    public static bool HasRegister => true;

    public static bool HasFew => true;
}

/// <inheritdoc cref="IPart"/>
internal readonly struct RegisterAlone : IPart
{
    public static bool HasRegister => true;

    public static bool HasFew => false;
}

/// <inheritdoc cref="IPart"/>
internal readonly struct FewAlone : IPart
{
    public static bool HasRegister => false;

    public static bool HasFew => true;
}

/// <summary>
/// A tile of sixteen rows or a few more, a register of columns and a few columns more, for which a register of their own would be nearly empty. In
/// these it is the first sixteen rows that lie side by side: a step multiplies the numbers of A, each spread over a register, by the register of
/// B, as other tiles do, and the first sixteen as one register by each of the few numbers of B. Where further rows meet the few columns, in the
/// corner, columns of the last four rows lie side by side, or rows of the last eight columns, whatever is fewer. A tile of fewer rows computes the
/// few columns of sixteen all the same.
/// </summary>
/// <remarks>
/// Where the rows of A have to become columns, eight or four steps at a time are transposed in registers. A tile of a height would take as many
/// multiplications for one column as for sixteen; beside the register a column takes one multiplication for sixteen rows, and about five for them
/// to be transposed, whatever the number of columns.
/// </remarks>
internal static unsafe partial class BorderTile
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

    /// <summary>The fewest steps.</summary>
    public const int LeastSteps = 4;

    /// <summary>What it costs a step that rows of A become columns, in multiplications of registers.</summary>
    public const int Transposing = 5;

    private const int StepsAhead = 8;

    // A corner's columns have so many rows, the last ones of the tile, and its rows so many columns: some are computed otherwise too.
    private const int RowsOfCorner = 4;
    private const int ColumnsOfCorner = 8;

    // Of 32 registers so many may be sums beside the columns of eight steps, or of four; fewer where the corner becomes columns too.
    private const int SumsBesideEight = 22;
    private const int SumsBesideFour = 24;

    // Tiles of so many few columns are faster in two parts although their sums would leave registers.
    private const int FewOfFull = 7;

    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Four sums, of as many rows or columns: so many are kept in registers.</summary>
    private struct Sums<TVector>
        where TVector : struct
    {
        public TVector V0, V1, V2, V3;
    }

    /// <summary>
    /// Computes a tile of C. The few columns of B and C follow those of the register, which are left alone if they are not computed: then there
    /// are sixteen rows. A tile of fewer reads sixteen rows of A and writes the few columns of sixteen. Either distance of A's elements is 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<THeight, TColumns, TRegister, TTraffic>(in GemmTile<float> tile)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
        where TTraffic : struct, ITraffic
    {
        if (Processor.ShufflesBesideMultiplying) Run<THeight, TColumns, TRegister, TTraffic, SpreadsTogether>(tile);
        else Run<THeight, TColumns, TRegister, TTraffic, SpreadsApart>(tile);
    }

    /// <summary>Computes a tile of C, with the same numbers however those of A are spread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<THeight, TColumns, TRegister, TTraffic, TSpreading>(in GemmTile<float> tile)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
        where TTraffic : struct, ITraffic
        where TSpreading : struct, ISpreading
    {
        if (!TRegister.IsComputed)
        {
            Run<THeight, TColumns, TRegister, TTraffic, TSpreading, FewAlone>(tile);
        }
        else if (IsFull(THeight.Rows, TColumns.Rows))
        {
            Run<THeight, TColumns, TRegister, TTraffic, TSpreading, FewAlone>(tile);
            Run<THeight, TColumns, TRegister, TTraffic, TSpreading, RegisterAlone>(tile);
        }
        else
        {
            Run<THeight, TColumns, TRegister, TTraffic, TSpreading, WholeTile>(tile);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<THeight, TColumns, TRegister, TTraffic, TSpreading, TPart>(in GemmTile<float> tile)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
        where TTraffic : struct, ITraffic
        where TSpreading : struct, ISpreading
        where TPart : struct, IPart
    {
        if (tile.RowA == 1) RunColumns<THeight, TColumns, TRegister, TTraffic, TSpreading, TPart>(tile);
        else RunRows<THeight, TColumns, TRegister, TTraffic, TSpreading, TPart>(tile);
    }

    /// <summary>The sums of a tile, those of its corner among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SumsOf(int rows, int few) => rows + few + Math.Min(Math.Max(rows - Rows, 0), few);

    /// <summary>Whether the sums leave too few registers for rows to become columns: then the few columns are computed before the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFull(int rows, int few) =>
        few >= FewOfFull || SumsOf(rows, few) > (HasCornerColumns(rows, few) ? SumsBesideEight : SumsBesideFour);

    /// <summary>Whether the corner is computed by columns. Two rows take fewer instructions as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasCornerColumns(int rows, int few) => rows > Rows + 2 && few <= rows - Rows;

    /// <summary>Computes a tile, or a part of it, from columns of A that are read where they lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void RunColumns<THeight, TColumns, TRegister, TTraffic, TSpreading, TPart>(in GemmTile<float> tile)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
        where TTraffic : struct, ITraffic
        where TSpreading : struct, ISpreading
        where TPart : struct, IPart
    {
        // c: rows by the register, four by four; d: sixteen rows by the few columns; e: the corner by rows; f: by columns.
        Sums<Vector512<float>> c0 = default, c4 = default, c8 = default, c12 = default, c16 = default, d0 = default, d4 = default;
        Sums<Vector256<float>> e = default;
        Sums<Vector128<float>> f = default;
        const nint row = sizeof(float);
        nint stepA = tile.StepA * sizeof(float), stepB = tile.StepB * sizeof(float);
        byte* a = (byte*)tile.A, b = (byte*)tile.B;
        for (int k = tile.Steps; k != 0; k--)
        {
            if (TTraffic.Fetches) Sse.Prefetch0(a + StepsAhead * stepA);
            if (TPart.HasFew)
            {
                byte* few = b + TRegister.FirstOfFew * sizeof(float), last = a + (THeight.Rows - RowsOfCorner) * row;
                var column = Vector512.Load((float*)a);
                if (HasCornerColumns(THeight.Rows, TColumns.Rows)) AddFew(column, Vector128.Load((float*)last), few, ref d0, ref f, TColumns.Rows);
                else AddFew(column, few, ref d0, ref d4, TColumns.Rows);
            }

            if (TPart.HasRegister)
            {
                AddStep<THeight, TColumns, TRegister, TSpreading>(
                    a, a + 4 * row, a + 8 * row, a + 12 * row, a + 16 * row, row, true, b, ref c0, ref c4, ref c8, ref c12, ref c16, ref e);
            }

            a += stepA;
            b += stepB;
        }

        Put<THeight, TColumns, TRegister, TTraffic, TPart>(tile, c0, c4, c8, c12, c16, d0, d4, e, f);
    }

    /// <summary>Computes a tile, or a part of it, from rows of A, which become columns for the few columns of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void RunRows<THeight, TColumns, TRegister, TTraffic, TSpreading, TPart>(in GemmTile<float> tile)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
        where TRegister : struct, IRegister
        where TTraffic : struct, ITraffic
        where TSpreading : struct, ISpreading
        where TPart : struct, IPart
    {
        // As above.
        Sums<Vector512<float>> c0 = default, c4 = default, c8 = default, c12 = default, c16 = default, d0 = default, d4 = default;
        Sums<Vector256<float>> e = default;
        Sums<Vector128<float>> f = default;
        nint row = tile.RowA * sizeof(float), stepB = tile.StepB * sizeof(float), first = TRegister.FirstOfFew * sizeof(float);
        byte* a = (byte*)tile.A, b = (byte*)tile.B;
        byte* a4 = a + 4 * row;
        byte* a8 = a + 8 * row;
        byte* a12 = a + 12 * row;
        byte* a16 = a + 16 * row;
        nint rowNext = TTraffic.Fetches && TPart.HasFew ? tile.RowNext * sizeof(float) : 0;
        byte* next = (byte*)tile.Next;
        int left = tile.Steps;

        // Eight at a time take fewer instructions, four at a time fewer registers.
        for (; left >= 8 && (!TPart.HasRegister || SumsOf(THeight.Rows, TColumns.Rows) <= SumsBesideEight); left -= 8)
        {
            if (TTraffic.Fetches) FetchNext(ref next, rowNext, left, 8);
            if (TPart.HasFew)
            {
                AddFewOfEight(a, a4, a8, a12, row, b + first, stepB, ref d0, ref d4, TColumns.Rows);
                AddCornerOfFour<THeight, TColumns>(a16, row, b + first, stepB, ref f);
            }

            if (TPart.HasRegister)
            {
                AddFourSteps<THeight, TColumns, TRegister, TSpreading>(
                    a, a4, a8, a12, a16, row, b, stepB, ref c0, ref c4, ref c8, ref c12, ref c16, ref e);
            }

            Advance<THeight>(ref a, ref a4, ref a8, ref a12, ref a16, 4 * sizeof(float));
            b += 4 * stepB;
            if (TPart.HasFew) AddCornerOfFour<THeight, TColumns>(a16, row, b + first, stepB, ref f);
            if (TPart.HasRegister)
            {
                AddFourSteps<THeight, TColumns, TRegister, TSpreading>(
                    a, a4, a8, a12, a16, row, b, stepB, ref c0, ref c4, ref c8, ref c12, ref c16, ref e);
            }

            Advance<THeight>(ref a, ref a4, ref a8, ref a12, ref a16, 4 * sizeof(float));
            b += 4 * stepB;
        }

        for (int steps; left > 0; left -= steps)
        {
            steps = Math.Min(left, 4);
            if (TTraffic.Fetches) FetchNext(ref next, rowNext, left, 4);
            if (TPart.HasFew)
            {
                // Of the last four steps some may have been done before.
                int back = (4 - steps) * sizeof(float);
                AddFewOfFour(a - back, a4 - back, a8 - back, a12 - back, row, b + first, stepB, steps, ref d0, ref d4, TColumns.Rows);
            }

            if (steps == 4)
            {
                if (TPart.HasFew) AddCornerOfFour<THeight, TColumns>(a16, row, b + first, stepB, ref f);
                if (TPart.HasRegister)
                {
                    AddFourSteps<THeight, TColumns, TRegister, TSpreading>(
                        a, a4, a8, a12, a16, row, b, stepB, ref c0, ref c4, ref c8, ref c12, ref c16, ref e);
                }

                Advance<THeight>(ref a, ref a4, ref a8, ref a12, ref a16, 4 * sizeof(float));
                b += 4 * stepB;
                continue;
            }

            for (int i = steps; i > 0; i--)
            {
                if (TPart.HasFew) AddCornerOfStep<THeight, TColumns>(a16, row, b + first, ref f);
                if (TPart.HasRegister)
                {
                    AddStep<THeight, TColumns, TRegister, TSpreading>(
                        a, a4, a8, a12, a16, row, false, b, ref c0, ref c4, ref c8, ref c12, ref c16, ref e);
                }

                Advance<THeight>(ref a, ref a4, ref a8, ref a12, ref a16, sizeof(float));
                b += stepB;
            }
        }

        Put<THeight, TColumns, TRegister, TTraffic, TPart>(tile, c0, c4, c8, c12, c16, d0, d4, e, f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance<THeight>(ref byte* a, ref byte* a4, ref byte* a8, ref byte* a12, ref byte* a16, nint bytes)
        where THeight : struct, IHeight
    {
        a += bytes;
        a4 += bytes;
        a8 += bytes;
        a12 += bytes;
        if (THeight.Rows > 16) a16 += bytes;
    }

    /// <summary>Fetches a line of each of as many of the next rows as there are steps: with the sixteen steps that a line lasts, of all sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchNext(ref byte* next, nint rowNext, int left, int steps)
    {
        if (rowNext == 0) return;
        byte* wanted = next + (left & (Rows - steps)) * rowNext;
        for (int i = 0; i < steps; i++, wanted += rowNext) Sse.Prefetch1(wanted);
        next += steps * sizeof(float);
    }
}
