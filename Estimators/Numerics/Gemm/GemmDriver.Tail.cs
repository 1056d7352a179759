using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>The few columns that are left beside whole registers.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    private const int MostTailColumns = 4;

    // What a tile costs beside its steps, in multiplications of registers: to be called, and to be transposed into C.
    private const int StartOfTail = 96;

    /// <summary>How many of the last columns are cheaper with rows side by side than in a register of their own; 0 for none.</summary>
    private static int TailColumns(in GemmProblem<T> problem)
    {
        int tail = problem.N % TransposingTile.Columns, m = problem.M;
        if (typeof(T) != typeof(float) || !TransposingTile.IsSupported || tail is 0 or > MostTailColumns || problem.N < V.Count
            || m < TransposingTile.Columns || problem.K < TransposingTile.LeastSteps)
        {
            return 0;
        }

        // A register of their own takes a multiplication for each row and step.
        int tiles = (m + TransposingTile.Columns - 1) / TransposingTile.Columns;
        long cost = tiles * ((tail + (problem.RowA == 1 ? 0L : TransposingTile.Transposing)) * problem.K + StartOfTail);
        return cost <= (long)(m - m / 5) * problem.K ? tail : 0;
    }

    /// <summary>Computes the last columns of C, sixteen rows at a time, as tiles of Cᵀ: few rows of Bᵀ by sixteen columns of Aᵀ.</summary>
    [SkipLocalsInit]
    private static void MultiplyTail(in GemmProblem<T> problem, int columns)
    {
        int first = problem.N - columns;
        float* result = stackalloc float[MostTailColumns * TransposingTile.Columns];
        GemmTile<float> tile = default;
        tile.Steps = problem.K;
        tile.A = (float*)(problem.B + first * problem.ColumnB);
        tile.RowA = problem.ColumnB;
        tile.StepA = problem.StepB;
        tile.StepB = problem.RowA == 1 ? problem.StepA : problem.RowA;
        tile.C = result;
        tile.RowC = TransposingTile.Columns;
        for (int top = 0; top < problem.M; top += TransposingTile.Columns)
        {
            int r = Math.Min(top, problem.M - TransposingTile.Columns);
            tile.B = (float*)(problem.A + r * problem.RowA);
            RunTail(tile, columns, problem.RowA == 1);
            GemmPacking.Transpose(result, TransposingTile.Columns, columns, TransposingTile.Columns, (float*)(problem.C + r * problem.RowC + first), problem.RowC);
        }
    }

    private static void RunTail(in GemmTile<float> tile, int columns, bool areAside)
    {
        switch (columns, areAside)
        {
            case (1, true): GemmTiles.Narrow<Floats16, float, Rows1>(tile); break;
            case (2, true): GemmTiles.Narrow<Floats16, float, Rows2>(tile); break;
            case (3, true): GemmTiles.Narrow<Floats16, float, Rows3>(tile); break;
            case (_, true): GemmTiles.Narrow<Floats16, float, Rows4>(tile); break;
            case (1, false): TransposingTile.Run<Rows1>(tile); break;
            case (2, false): TransposingTile.Run<Rows2>(tile); break;
            case (3, false): TransposingTile.Run<Rows3>(tile); break;
            default: TransposingTile.Run<Rows4>(tile); break;
        }
    }
}
