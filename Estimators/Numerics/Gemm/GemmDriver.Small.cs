using System.Buffers;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>Products of shapes for which strips laid out for tiles of rows would not pay.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // One factor of so many elements stays in the first-level cache, and so does a strip of the other of so many
    // steps. Very few steps are bound by the writing of C.
    private const int SmallFactor = 1 << 14;
    private const int FewSteps = 128;
    private const int VeryFewSteps = 24;

    // Transposing an element costs as much as multiplying so many.
    private const int Transposing = 12;

    private const int FewRows = Plan.MostTiles * 12;
    private const int FewColumns = 128;

    // A multiple of the rows of all tiles but the highest.
    private const int RowsOfDirect = 48;

    // The results of a transposed product are kept in a place of so many elements.
    private const int LargestTranspose = 1 << 16;

    /// <summary>Whether the product is over before laying anything out would pay, but for a transposed B.</summary>
    private static bool IsDirect(in GemmProblem<T> problem) =>
        (problem.K <= FewSteps || (problem.K <= Gemm.Depth && problem.M <= FewRows && problem.N <= FewColumns && problem.ColumnB == 1)) && MayOverlap(problem)
        && (problem.K <= VeryFewSteps || Math.Min(problem.M, problem.N) * (long)problem.K <= SmallFactor);

    private static void MultiplyDirect(in GemmProblem<T> problem)
    {
        if (problem.ColumnB == 1) MultiplyDirect(problem, problem.B, problem.StepB);
        else LayOutAndMultiplyDirect(problem);
    }

    /// <summary>Transposes as many columns of B at a time as stay in the first-level cache.</summary>
    [SkipLocalsInit]
    private static void LayOutAndMultiplyDirect(in GemmProblem<T> problem)
    {
        int n = problem.N, k = problem.K;
        byte* space = stackalloc byte[SmallWorkspace + Alignment];
        T* rows = Align(space);
        int piece = Math.Min(SmallWorkspace / sizeof(T) / k / (2 * V.Count) * (2 * V.Count), n);
        for (int j = 0; j < n; j += piece)
        {
            // The last columns are at least a register's, and may be computed twice.
            int end = Math.Min(j + piece, n), start = Math.Min(j, end - V.Count), columns = end - start;
            GemmPacking.Transpose(problem.B + start * problem.ColumnB, problem.ColumnB, columns, k, rows, columns);
            MultiplyDirect(problem.Columns(start, end), rows, columns);
        }
    }

    /// <summary>Transposes all columns of B, which are few, as many terms at a time as are added up together.</summary>
    private static void LayOutAndMultiply(in GemmProblem<T> problem)
    {
        int k = problem.K, depth = Gemm.DepthOf(k), width = RowOf(problem.N, k);
        T[] rented = ArrayPool<T>.Shared.Rent(width * depth + Alignment / sizeof(T));
        fixed (T* start = rented)
        {
            T* rows = Align(start);
            for (int p = 0; p < k; p += depth)
            {
                var part = problem.Steps(p, Math.Min(p + depth, k));
                GemmPacking.Transpose(part.B, part.ColumnB, part.N, part.K, rows, width);
                part.B = rows;
                part.StepB = width;
                part.ColumnB = 1;
                MultiplyUntransposed(part);
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>Computes C from B, of which row p starts at b[p stepB].</summary>
    [SkipLocalsInit]
    private static void MultiplyDirect(in GemmProblem<T> problem, T* b, nint stepB)
    {
        Unsafe.SkipInit(out GemmTile<T> tile);
        tile.Steps = problem.K;
        tile.Adds = false;
        tile.RowA = problem.RowA;
        tile.StepA = problem.StepA;
        tile.StepB = stepB;
        tile.Copy = null;
        tile.RowC = problem.RowC;
        tile.RowNext = 0;
        tile.Fetched = 0;
        // Rows of C are written whole, so that no line of it goes and comes again: a few tiles of rows meet all columns before the next.
        bool isNear = (long)problem.N * problem.K * sizeof(T) <= NearBytes;
        for (int top = 0, end; top < problem.M; top = end)
        {
            end = problem.M - top < 2 * RowsOfDirect ? problem.M : top + RowsOfDirect;
            tile.A = problem.A + top * problem.RowA;
            tile.B = b;
            tile.C = problem.C + top * problem.RowC;
            if (isNear) MultiplyRows<NearB>(ref tile, end - top, problem.N);
            else MultiplyRows<LeavesB>(ref tile, end - top, problem.N);
        }
    }

    /// <summary>
    /// Whether Cᵀ = op(B)ᵀ op(A)ᵀ is clearly cheaper: it may fill registers better, or read factors where they lie that would have to be
    /// transposed. Costs are elements of registers that are multiplied, per step.
    /// </summary>
    private static bool IsBetterTransposed(in GemmProblem<T> problem)
    {
        if (V.TileRows < 12) return false;
        long m = problem.M, n = problem.N;
        // Few rows are read where they lie, whatever the distance between their elements.
        long plain = m * Width(problem.N, problem.StepA == 1) + Transposing * ((problem.StepA != 1 && m > FewRows ? m : 0) + (problem.ColumnB != 1 ? n : 0));
        long transposed = n * Width(problem.M, problem.ColumnB != 1)
            + Transposing * ((problem.StepA == 1 ? m : 0) + (problem.ColumnB == 1 && n > FewRows ? n : 0) + m * n / problem.K);
        return transposed + transposed / 8 < plain;
    }

    /// <summary>What a row of C costs a step: whole registers, or a few columns beside them and, where A's have to become columns, that.</summary>
    private static long Width(int columns, bool transposesRows) => FewBeside(columns) > 0
        ? columns + (transposesRows ? BorderTile.Transposing : 0)
        : ((long)columns + V.Count - 1) / V.Count * V.Count;

    /// <summary>Computes Cᵀ, a piece of C's longer side at a time, and transposes it into C.</summary>
    private static void MultiplyTransposed(in GemmProblem<T> problem)
    {
        int shorter = Math.Min(problem.M, problem.N), longer = Math.Max(problem.M, problem.N);
        int piece = Math.Min(longer, Math.Max(LargestTranspose / shorter, 32 * V.Count));
        T[] rented = ArrayPool<T>.Shared.Rent(shorter * piece);
        fixed (T* start = rented)
        {
            for (int i = 0; i < longer; i += piece)
            {
                int end = Math.Min(i + piece, longer);
                var part = problem.M == longer ? problem.Rows(i, end) : problem.Columns(i, end);
                var transposed = part.Transposed(start);
                if (part.Beta != T.Zero) GemmPacking.Transpose(part.C, part.RowC, part.M, part.N, start, part.M);
                MultiplyUntransposed(transposed);
                GemmPacking.Transpose(start, part.M, part.N, part.M, part.C, part.RowC);
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }
}
