using System.Buffers;

namespace MLPath.Numerics;

/// <summary>Products of shapes for which strips laid out for tiles of rows would not pay.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // A B of so many elements stays in the first-level cache; few rows and steps are over before its layout would pay.
    private const int SmallB = 1 << 13;
    private const int FewSteps = 128;

    // The results of a transposed product are kept in a place of so many elements.
    private const int LargestTranspose = 1 << 16;

    /// <summary>Whether all is read best where it lies.</summary>
    private static bool IsDirect(in GemmProblem<T> problem) =>
        problem.ColumnB == 1 && MayOverlap(problem)
        && (problem.N * (long)problem.K <= SmallB || (problem.M <= 2 * V.TileRows && problem.K <= FewSteps));

    private static void MultiplyDirect(in GemmProblem<T> problem)
    {
        int n = problem.N, most = n <= V.Count ? NarrowRows : V.TileRows;
        var tile = new GemmTile<T> { Steps = problem.K, RowA = problem.RowA, StepA = problem.StepA, StepB = problem.StepB, RowC = problem.RowC };
        // Rows that reach over two tiles meet a strip of B one after the other.
        for (int first = 0, height, r = 0; first < problem.M; first = r)
        {
            for (int j = 0; j < n; j += 2 * V.Count)
            {
                int columns = Math.Min(n - j, 2 * V.Count), start = columns > V.Count ? j : n - V.Count;
                tile.B = problem.B + start;
                tile.SecondB = tile.SecondC = columns - V.Count;
                r = first;
                for (int left = 2; left > 0 && r < problem.M; left--, r += height)
                {
                    (r, height) = MoveInside(r, TileHeight(problem.M - r, most), problem.M);
                    tile.A = tile.Next = problem.A + r * problem.RowA;
                    tile.C = problem.C + r * problem.RowC + start;
                    Run(tile, height, columns > V.Count ? 2 : 1);
                }
            }
        }
    }

    /// <summary>
    /// Whether Cᵀ = op(B)ᵀ op(A)ᵀ is cheaper: it may fill registers better, or read factors where they lie that would have to be transposed. Costs
    /// are multiplications of whole registers, per step.
    /// </summary>
    private static bool IsBetterTransposed(in GemmProblem<T> problem)
    {
        if (V.TileRows < 12) return false;
        const int Transposing = 10;
        long m = problem.M, n = problem.N;
        long plain = m * Whole(n) + (problem.ColumnB != 1 ? Transposing * n : 0) + (problem.StepA != 1 ? Transposing * m : 0);
        long transposed = n * Whole(m) + (problem.StepA == 1 ? Transposing * m : 0) + Transposing * m * n / problem.K;
        return transposed + transposed / 8 < plain;

        static long Whole(long length) => (length + V.Count - 1) / V.Count * V.Count;
    }

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
                MultiplyPacked(transposed);
                GemmPacking.Transpose(start, part.M, part.N, part.M, part.C, part.RowC);
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }
}
