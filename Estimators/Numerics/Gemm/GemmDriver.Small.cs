using System.Buffers;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>Products that are over before packing would pay.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // Factors of at most this many elements stay in the cache while they are read where they lie; of a transposed B, when it is copied.
    private const int LargestDirectFactor = 1 << 16;
    private const int LargestCopiedFactor = 1 << 15;

    /// <summary>
    /// Whether C = op(A) op(B) can be written tile by tile straight from where the factors lie. Tiles at the lower and right edge are moved
    /// back inside and so overlap others, which is harmless because both write the same numbers.
    /// </summary>
    private static bool IsDirect(in GemmProblem<T> problem) =>
        V.TileRows == 12 && problem.M >= 4 && problem.N >= V.Count && problem.K <= Gemm.Depth && problem.Alpha == T.One && problem.Beta == T.Zero
        && Math.Max(problem.M, problem.N) * (long)problem.K <= (problem.ColumnB == 1 ? LargestDirectFactor : LargestCopiedFactor);

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
