using System.Buffers;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>Products of shapes for which strips laid out for tiles of rows would not pay.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // One factor of so many elements stays in the first-level cache, and so does a strip of the other of so many steps.
    private const int SmallFactor = 1 << 13;
    private const int FewSteps = 128;

    // Transposing an element costs as much as multiplying so many.
    private const int Transposing = 16;

    // The results of a transposed product are kept in a place of so many elements.
    private const int LargestTranspose = 1 << 16;

    /// <summary>Whether the product is over before laying anything out would pay, but for a transposed B.</summary>
    private static bool IsDirect(in GemmProblem<T> problem) =>
        problem.K <= FewSteps && MayOverlap(problem) && Math.Min(problem.M, problem.N) * (long)problem.K <= SmallFactor;

    private static void MultiplyDirect(in GemmProblem<T> problem)
    {
        if (problem.ColumnB != 1)
        {
            MultiplyDirectTransposed(problem);
            return;
        }

        for (int j = 0; j < problem.N; j += 2 * V.Count)
        {
            int columns = Math.Min(problem.N - j, 2 * V.Count), start = columns > V.Count ? j : problem.N - V.Count;
            MultiplyDirect(problem, problem.B + start, problem.StepB, columns - V.Count, start, columns);
        }
    }

    [SkipLocalsInit]
    private static void MultiplyDirectTransposed(in GemmProblem<T> problem)
    {
        byte* space = stackalloc byte[FewSteps * 2 * V.Count * sizeof(T) + Alignment];
        T* strip = Align(space);
        for (int j = 0; j < problem.N; j += 2 * V.Count)
        {
            int columns = Math.Min(problem.N - j, 2 * V.Count), start = columns > V.Count ? j : problem.N - V.Count;
            int width = columns > V.Count ? 2 * V.Count : V.Count;
            PackStrip(problem, problem.B + start * problem.ColumnB, columns, width, columns - V.Count, strip);
            MultiplyDirect(problem, strip, width, V.Count, start, columns);
        }
    }

    /// <summary>All rows times a strip of B.</summary>
    private static void MultiplyDirect(in GemmProblem<T> problem, T* b, nint stepB, nint secondB, int start, int columns)
    {
        int registers = columns > V.Count ? 2 : 1, most = problem.N <= V.Count ? NarrowRows : V.TileRows;
        GemmTile<T> tile = default;
        tile.Steps = problem.K;
        tile.RowA = problem.RowA;
        tile.StepA = problem.StepA;
        tile.B = b;
        tile.StepB = stepB;
        tile.SecondB = secondB;
        tile.RowC = problem.RowC;
        tile.SecondC = columns - V.Count;
        for (int r = 0, height; r < problem.M; r += height)
        {
            (r, height) = MoveInside(r, TileHeight(problem.M - r, most), problem.M);
            tile.A = tile.Next = problem.A + r * problem.RowA;
            tile.C = problem.C + r * problem.RowC + start;
            Run(tile, height, registers);
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
        long plain = m * WholeRegisters(n) + Transposing * ((problem.StepA != 1 ? m : 0) + (problem.ColumnB != 1 ? n : 0));
        long transposed = n * WholeRegisters(m) + Transposing * ((problem.StepA == 1 ? m : 0) + (problem.ColumnB == 1 ? n : 0) + m * n / problem.K);
        return transposed + transposed / 8 < plain;
    }

    private static long WholeRegisters(long length) => (length + V.Count - 1) / V.Count * V.Count;

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
                MultiplyPacked(transposed);
                GemmPacking.Transpose(start, part.M, part.N, part.M, part.C, part.RowC);
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }
}
