using System.Buffers;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>Products of shapes that packing alone does not serve: small ones, and those a few columns wider than the registers.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // Factors of at most this many elements stay in the cache while they are read where they lie.
    private const int LargestDirectFactor = 1 << 15;

    /// <summary>
    /// Whether C = op(A) op(B) can be written tile by tile straight from where the factors lie. Tiles at the lower and right edge are moved
    /// back inside and so overlap others, which is harmless because both write the same numbers.
    /// </summary>
    private static bool IsDirect(in GemmProblem<T> problem) =>
        V.TileRows == 12 && problem.M >= 4 && problem.N >= V.Count && problem.K <= Gemm.Depth && problem.Alpha == T.One && problem.Beta == T.Zero
        && problem.M * (long)problem.K <= LargestDirectFactor && problem.N * (long)problem.K <= LargestDirectFactor;

    private static void MultiplyDirect(in GemmProblem<T> problem)
    {
        if (problem.ColumnB == 1)
        {
            MultiplyDirect(problem, problem.B, problem.StepB);
            return;
        }

        // Rows of Bᵀ are laid side by side once, then read like rows of B.
        T[] rented = ArrayPool<T>.Shared.Rent(problem.N * problem.K);
        fixed (T* rows = rented)
        {
            int whole = problem.N / V.Count * V.Count;
            for (int j = 0; j < whole; j += V.Count)
                GemmPacking.Transpose(problem.B + j * problem.ColumnB, problem.ColumnB, V.Count, problem.K, rows + j, problem.N);
            if (whole < problem.N)
                GemmPacking.Transpose(problem.B + (problem.N - V.Count) * problem.ColumnB, problem.ColumnB, V.Count, problem.K, rows + problem.N - V.Count, problem.N);
            MultiplyDirect(problem, rows, problem.N);
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    private static void MultiplyDirect(in GemmProblem<T> problem, T* b, nint stepB)
    {
        int m = problem.M, n = problem.N, k = problem.K, strip = 2 * V.Count;
        nint rowA = problem.RowA, stepA = problem.StepA, rowC = problem.RowC;
        for (int r = 0; r < m;)
        {
            int height = TileHeight(m - r);
            while (height > m) height -= 4;

            // The tile's first row: the last tile ends with the last row.
            int top = Math.Min(r, m - height);
            T* a = problem.A + top * rowA, c = problem.C + top * rowC;
            for (int j = 0; j < n; j += strip)
            {
                int width = n - j;
                if (width > V.Count) Run2(height, k, a, rowA, stepA, b + j, stepB, c + j, rowC, Math.Min(width - V.Count, V.Count));
                else Run1(height, k, a, rowA, stepA, b + n - V.Count, stepB, c + n - V.Count, rowC);
            }

            r = top + height;
        }
    }

    // A register of columns for at most this many is worth avoiding in products of at most this many registers.
    private const int FewColumns = 4;
    private const int NarrowRegisters = 8;
    private const int LeastRowsForColumns = 64;
    private const int RowsWithColumns = 20 * 12;

    /// <summary>Whether a narrow product ends in a register of few columns, which would cost as much as a full one.</summary>
    private static bool LeavesColumns(in GemmProblem<T> problem) =>
        V.TileRows == 12 && problem.N > V.Count && problem.N % V.Count is > 0 and <= FewColumns && problem.N <= NarrowRegisters * V.Count
        && problem.M >= LeastRowsForColumns;

    /// <summary>
    /// The few columns are computed as rows of the transposed product, Cᵀ = op(B)ᵀ op(A)ᵀ, where it is the many rows of A that lie side by side
    /// in the registers; a block of rows at a time, while they are in the cache.
    /// </summary>
    private static void MultiplyWithColumnsLeft(in GemmProblem<T> problem)
    {
        int few = problem.N % V.Count, many = problem.N - few;
        T[] rented = ArrayPool<T>.Shared.Rent(few * RowsWithColumns);
        fixed (T* transposed = rented)
        {
            for (int i = 0; i < problem.M; i += RowsWithColumns)
            {
                var rows = problem.Rows(i, Math.Min(problem.M, i + RowsWithColumns));
                Multiply(rows.Columns(0, many));
                var last = rows.Columns(many, problem.N);
                var across = new GemmProblem<T>
                {
                    M = few, N = last.M, K = last.K, Alpha = last.Alpha, Beta = last.Beta,
                    A = last.B, RowA = last.ColumnB, StepA = last.StepB,
                    B = last.A, StepB = last.StepA, ColumnB = last.RowA,
                    C = transposed, RowC = last.M,
                };
                for (int r = 0; r < last.M; r++)
                    for (int j = 0; j < few; j++) transposed[j * last.M + r] = last.C[r * last.RowC + j];
                MultiplyPacked(across);
                for (int r = 0; r < last.M; r++)
                    for (int j = 0; j < few; j++) last.C[r * last.RowC + j] = transposed[j * last.M + r];
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run2(int height, int k, T* a, nint rowA, nint stepA, T* b, nint stepB, T* c, nint rowC, nint second)
    {
        if (height == 12) GemmTiles.Tile12x2<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, false, second);
        else if (height == 8) GemmTiles.Tile8x2<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, false, second);
        else GemmTiles.Tile4x2<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, false, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run1(int height, int k, T* a, nint rowA, nint stepA, T* b, nint stepB, T* c, nint rowC)
    {
        if (height == 12) GemmTiles.Tile12x1<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, false);
        else if (height == 8) GemmTiles.Tile8x1<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, false);
        else GemmTiles.Tile4x1<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, false);
    }
}
