using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>Products whose last register of columns would be nearly empty.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // Beside more columns than these the last ones matter little.
    private const int WidestWithBorder = 7 * BorderTile.Columns;

    // What a tile costs beside its steps, in multiplications of registers: to be called, and to make its columns rows again.
    private const int StartOfBorder = 96;

    // What such a tile of few rows costs more than one without a border, beside its steps.
    private const int StartOfLowBorder = 60;

    // So many rows of A are still near when they meet the last columns: a multiple of the rows of all tiles.
    private const int RowsBeforeBorder = 240;

    /// <summary>How many of so many columns may be computed beside a whole register rather than in one of their own; 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FewBeside(int columns)
    {
        int few = columns & (BorderTile.Columns - 1);
        return V.Count == BorderTile.Columns && BorderTile.IsSupported && few is > 0 and <= BorderTile.MostColumns && columns > BorderTile.Columns ? few : 0;
    }

    /// <summary>How many of the last columns are cheaper beside a whole register than in one of their own; 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BorderColumns(in GemmProblem<T> problem)
    {
        int few = FewBeside(problem.N);
        bool mayPay = few > 0 && problem.ColumnB == 1 && problem.N < WidestWithBorder && problem.M >= BorderTile.Rows && problem.K >= BorderTile.LeastSteps;
        return mayPay && (!IsBorderApart(problem) || PaysApart(problem, few)) ? few : 0;
    }

    /// <summary>Whether the whole registers are pairs, all of which are computed before, so that only the few columns beside the last are left.</summary>
    private static bool IsBorderApart(in GemmProblem<T> problem) => problem.N / BorderTile.Columns % 2 == 0;

    private static bool PaysApart(in GemmProblem<T> problem, int few)
    {
        int m = problem.M, tiles = m / BorderTile.Rows;
        long cost = tiles * ((few + BorderTile.Transposing) * (long)problem.K + StartOfBorder) + m % BorderTile.Rows * (long)problem.K;
        return cost <= (m - m / 5) * (long)problem.K;
    }

    private static void MultiplyWithBorder(in GemmProblem<T> problem, int few)
    {
        // The border begins with the last whole register; what is computed before ends with it or in front of it.
        int first = problem.N - few - BorderTile.Columns, before = IsBorderApart(problem) ? problem.N - few : first;
        int block = before > 0 ? RowsBeforeBorder : problem.M;
        if (problem.M <= block && problem.K <= Gemm.Depth)
        {
            MultiplyWithBorder(problem, first, before);
            return;
        }

        int depth = Gemm.DepthOf(problem.K);
        for (int i = 0; i < problem.M; i += block)
        {
            for (int p = 0; p < problem.K; p += depth)
            {
                var part = problem.Rows(i, Math.Min(i + block, problem.M)).Steps(p, Math.Min(p + depth, problem.K));
                if (part.K < BorderTile.LeastSteps || part.M < BorderTile.Rows) MultiplyWhole(part);
                else MultiplyWithBorder(part, first, before);
            }
        }
    }

    private static void MultiplyWithBorder(in GemmProblem<T> problem, int first, int before)
    {
        if (before > 0) MultiplyWhole(problem.Columns(0, before));
        MultiplyBorder(problem, first, before > first);
    }

    /// <summary>
    /// Computes the columns from the first on, or only those beside its register: sixteen to twenty rows at a time, and the rows that are left by
    /// two registers, or by one that ends with the last column.
    /// </summary>
    [SkipLocalsInit]
    private static void MultiplyBorder(in GemmProblem<T> problem, int first, bool isApart)
    {
        int few = problem.N - first - BorderTile.Columns, m = problem.M;
        bool isScaled = problem.Alpha != T.One || (problem.Beta != T.One && problem.Beta != T.Zero);
        Unsafe.SkipInit(out GemmTile<T> tile);
        tile.Steps = problem.K;
        tile.Adds = problem.Beta == T.One;
        tile.A = problem.A;
        tile.RowA = problem.RowA;
        tile.StepA = problem.StepA;
        tile.B = problem.B + first;
        tile.StepB = problem.StepB;
        tile.SecondB = tile.SecondC = few;
        tile.Copy = null;
        tile.C = problem.C + first;
        tile.RowC = problem.RowC;
        tile.Fetched = 0;
        for (int r = 0, height; r < m; r += height)
        {
            height = BorderHeight(m - r, isApart);
            bool isLast = r + height >= m, fetches = problem.StepA == 1 && (!isLast || problem.HasNextSteps);
            tile.Next = !isLast ? tile.A + height * problem.RowA : problem.A + problem.K;
            tile.RowNext = fetches ? problem.RowA : 0;
            bool isRest = height < BorderTile.Rows;
            if (isApart && isRest)
            {
                // Nothing but such rows follows.
                tile.B = problem.B + first + few;
                tile.C = problem.C + r * problem.RowC + first + few;
            }

            // What was computed before must not be added again.
            if (isScaled || (isApart && isRest && tile.Adds)) RunBorderApart(problem, tile, height, few, isApart);
            else RunBorder<LeavesB>(tile, height, few, isApart);
            tile.A += height * problem.RowA;
            tile.C += height * problem.RowC;
        }
    }

    /// <summary>Computes sixteen rows or more of a register of columns and of the few beside it, from the tile's first row and column on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyBorderRows<TTraffic>(ref GemmTile<T> tile, int rows, int few)
        where TTraffic : struct, ITraffic
    {
        tile.SecondB = tile.SecondC = few;
        int rest = rows & (BorderTile.Rows - 1), left = rows;
        if (rest > BorderTile.HighestRows - BorderTile.Rows)
        {
            // The rows that make no tile come first: the next computes while their few sums are waited for.
            MultiplyRest<TTraffic>(tile, rest, few);
            tile.A += rest * tile.RowA;
            tile.C += rest * tile.RowC;
            left -= rest;
        }

        ref readonly var border = ref Singles(tile);
        while (true)
        {
            int height = left <= BorderTile.HighestRows ? left : BorderTile.Rows;
            RunBorder<TTraffic>(border, height, few);
            left -= height;
            if (left == 0) return;
            tile.A += height * tile.RowA;
            tile.C += height * tile.RowC;
        }
    }

    /// <summary>Computes fewer than sixteen rows, which others follow: beside each other, or beside the few columns of sixteen if that is cheaper.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplyRest<TTraffic>(in GemmTile<T> tile, int rest, int few)
        where TTraffic : struct, ITraffic
    {
        int even = (rest + 1) & ~1, saved = 2 * rest - even - few - BorderTile.Transposing;
        if (rest <= 12 && (even < BorderTile.FewestRows || saved * tile.Steps <= StartOfLowBorder))
        {
            RunWide<TTraffic>(tile, rest);
            return;
        }

        ref readonly var border = ref Singles(tile);
        switch (even)
        {
            case 8: RunBorder<Rows8, WithRegister, TTraffic>(border, few); break;
            case 10: RunBorder<Rows10, WithRegister, TTraffic>(border, few); break;
            case 12: RunBorder<Rows12, WithRegister, TTraffic>(border, few); break;
            case 14: RunBorder<Rows14, WithRegister, TTraffic>(border, few); break;
            default: RunBorder<Rows16, WithRegister, TTraffic>(border, few); break;
        }
    }

    /// <summary>The rows of the next tile: all that are left if a tile has so many, or else its fewest or fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BorderHeight(int rows, bool isApart) => rows switch
    {
        < BorderTile.Rows => RestHeight(rows),
        _ when !isApart && rows <= BorderTile.HighestRows => rows,
        _ => BorderTile.Rows,
    };

    // Tiles are handed on where they lie: a copy waits for what was just written into it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly GemmTile<float> Singles(in GemmTile<T> tile) => ref Unsafe.As<GemmTile<T>, GemmTile<float>>(ref Unsafe.AsRef(in tile));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunBorder<TTraffic>(in GemmTile<T> tile, int height, int few, bool isApart)
        where TTraffic : struct, ITraffic
    {
        if (height < BorderTile.Rows)
        {
            if (isApart) RunNarrow<TTraffic>(tile, height);
            else RunWide<TTraffic>(tile, height);
            return;
        }

        ref readonly var border = ref Singles(tile);
        if (isApart) RunBorder<Rows16, WithoutRegister, TTraffic>(border, few);
        else RunBorder<TTraffic>(border, height, few);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunBorder<TTraffic>(in GemmTile<float> tile, int height, int few)
        where TTraffic : struct, ITraffic
    {
        switch (height)
        {
            case 20: RunBorder<Rows20, WithRegister, TTraffic>(tile, few); break;
            case 19: RunBorder<Rows19, WithRegister, TTraffic>(tile, few); break;
            case 18: RunBorder<Rows18, WithRegister, TTraffic>(tile, few); break;
            case 17: RunBorder<Rows17, WithRegister, TTraffic>(tile, few); break;
            default: RunBorder<Rows16, WithRegister, TTraffic>(tile, few); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunBorder<THeight, TRegister, TTraffic>(in GemmTile<float> tile, int few)
        where THeight : struct, IHeight
        where TRegister : struct, IRegister
        where TTraffic : struct, ITraffic
    {
        switch (few)
        {
            case 1: BorderTile.Run<THeight, Rows1, TRegister, TTraffic>(tile); break;
            case 2: BorderTile.Run<THeight, Rows2, TRegister, TTraffic>(tile); break;
            case 3 when !TTraffic.Fetches && TRegister.IsComputed: BorderTile.Run<THeight, Rows4, OverRegister, TTraffic>(tile); break;
            case 3: BorderTile.Run<THeight, Rows3, TRegister, TTraffic>(tile); break;
            case 4: BorderTile.Run<THeight, Rows4, TRegister, TTraffic>(tile); break;
            case 5: BorderTile.Run<THeight, Rows5, TRegister, TTraffic>(tile); break;
            case 6: BorderTile.Run<THeight, Rows6, TRegister, TTraffic>(tile); break;
            case 7 when !TTraffic.Fetches && TRegister.IsComputed: BorderTile.Run<THeight, Rows8, OverRegister, TTraffic>(tile); break;
            case 7: BorderTile.Run<THeight, Rows7, TRegister, TTraffic>(tile); break;
            default: BorderTile.Run<THeight, Rows8, TRegister, TTraffic>(tile); break;
        }
    }

    [SkipLocalsInit]
    private static void RunBorderApart(in GemmProblem<T> problem, GemmTile<T> tile, int height, int few, bool isApart)
    {
        const int Width = BorderTile.Columns + BorderTile.MostColumns;
        int skipped = !isApart ? 0 : height < BorderTile.Rows ? BorderTile.Columns - few : BorderTile.Columns;
        T* apart = stackalloc T[BorderTile.HighestRows * Width], c = tile.C;
        tile.C = apart;
        tile.RowC = Width;
        tile.Adds = false;
        RunBorder<LeavesB>(tile, height, few, isApart);
        PutScaled(problem, apart + skipped, Width, c + skipped, height, isApart ? few : BorderTile.Columns + few);
    }
}
