using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>Products whose last register of columns would be nearly empty.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // Beside more columns than these the last ones matter little.
    private const int WidestWithBorder = 4 * BorderTile.Columns;

    // So many rows of A are still near when they meet the last columns: a multiple of the rows of all tiles.
    private const int RowsBeforeBorder = 240;

    private const int BorderWorkspace = Gemm.Depth * (BorderTile.Columns + BorderTile.MostColumns) * sizeof(float);

    /// <summary>How many of the last columns are a register of their own and a few; 0 where these are none, or too many to be few.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BorderColumns(in GemmProblem<T> problem)
    {
        int few = problem.N % BorderTile.Columns;
        bool pays = typeof(T) == typeof(float) && BorderTile.IsSupported && few is > 0 and <= BorderTile.MostColumns
            && problem.N is > BorderTile.Columns and < WidestWithBorder && problem.M >= BorderTile.Rows && problem.K >= BorderTile.LeastSteps;
        return pays ? BorderTile.Columns + few : 0;
    }

    private static void MultiplyWithBorder(in GemmProblem<T> problem, int border)
    {
        int first = problem.N - border, block = first > 0 ? RowsBeforeBorder : problem.M;
        if (first == 0 && problem.K <= Gemm.Depth)
        {
            MultiplyBorder(problem);
            return;
        }

        for (int i = 0; i < problem.M; i += block)
        {
            for (int p = 0; p < problem.K; p += Gemm.Depth)
            {
                var part = problem.Rows(i, Math.Min(i + block, problem.M)).Steps(p, Math.Min(p + Gemm.Depth, problem.K));
                if (part.K < BorderTile.LeastSteps || part.M < BorderTile.Rows)
                {
                    MultiplyWhole(part);
                    continue;
                }

                if (first > 0) MultiplyWhole(part.Columns(0, first));
                MultiplyBorder(part.Columns(first, problem.N));
            }
        }
    }

    private static void MultiplyBorder(in GemmProblem<T> problem)
    {
        if (problem.ColumnB == 1) MultiplyBorder(problem, problem.B, problem.StepB);
        else LayOutAndMultiplyBorder(problem);
    }

    [SkipLocalsInit]
    private static void LayOutAndMultiplyBorder(in GemmProblem<T> problem)
    {
        byte* space = stackalloc byte[BorderWorkspace + Alignment];
        T* strip = Align(space);
        GemmPacking.Pack(problem.B, problem.ColumnB, problem.StepB, problem.N, problem.N, problem.K, strip);
        MultiplyBorder(problem, strip, problem.N);
    }

    /// <summary>Multiplies by columns of B, of which row p starts at b[p stepB]: sixteen rows at a time, and the rows that are left by two registers.</summary>
    private static void MultiplyBorder(in GemmProblem<T> problem, T* b, nint stepB)
    {
        int few = problem.N - BorderTile.Columns, m = problem.M;
        bool isScaled = problem.Alpha != T.One || (problem.Beta != T.One && problem.Beta != T.Zero);
        Unsafe.SkipInit(out GemmTile<T> tile);
        tile.Steps = problem.K;
        tile.Adds = problem.Beta == T.One;
        tile.A = problem.A;
        tile.RowA = problem.RowA;
        tile.StepA = problem.StepA;
        tile.B = b;
        tile.StepB = stepB;
        tile.SecondB = tile.SecondC = few;
        tile.Copy = null;
        tile.C = problem.C;
        tile.RowC = problem.RowC;
        tile.RowNext = 0;
        tile.Fetched = 0;
        for (int r = 0, height; r < m; r += height)
        {
            height = m - r >= BorderTile.Rows ? BorderTile.Rows : RestHeight(m - r);
            bool isLast = m - r < 2 * BorderTile.Rows, fetches = problem.StepA == 1 && (!isLast || problem.HasNextSteps);
            tile.Next = !isLast ? tile.A + BorderTile.Rows * problem.RowA : problem.A + problem.K;
            tile.RowNext = fetches ? problem.RowA : 0;
            if (isScaled) RunBorderApart(problem, tile, height, few);
            else RunBorder(tile, height, few);
            tile.A += height * problem.RowA;
            tile.C += height * problem.RowC;
        }
    }

    /// <summary>The largest tile of at most so many rows.</summary>
    private static int RestHeight(int rows) => rows switch { > 12 => 12, 7 => 6, 5 => 4, _ => rows };

    private static void RunBorder(in GemmTile<T> tile, int height, int few)
    {
        if (height != BorderTile.Rows)
        {
            RunWide<LeavesB>(tile, height);
            return;
        }

        ref readonly var border = ref Unsafe.As<GemmTile<T>, GemmTile<float>>(ref Unsafe.AsRef(in tile));
        switch (few)
        {
            case 1: BorderTile.Run<Rows1>(border); break;
            case 2: BorderTile.Run<Rows2>(border); break;
            case 3: BorderTile.Run<Rows3>(border); break;
            default: BorderTile.Run<Rows4>(border); break;
        }
    }

    [SkipLocalsInit]
    private static void RunBorderApart(in GemmProblem<T> problem, GemmTile<T> tile, int height, int few)
    {
        int columns = BorderTile.Columns + few;
        T* apart = stackalloc T[BorderTile.Rows * (BorderTile.Columns + BorderTile.MostColumns)], c = tile.C;
        tile.C = apart;
        tile.RowC = columns;
        tile.Adds = false;
        RunBorder(tile, height, few);
        PutScaled(problem, apart, columns, c, height, columns);
    }
}
