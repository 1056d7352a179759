using System.Buffers;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>Products of shapes for which strips laid out for tiles of rows would not pay.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // One factor of so many elements stays in the first-level cache, and so does a strip of the other of so many
    // steps. Very few steps are bound by the writing of C.
    private const int SmallFactor = 1 << 13;
    private const int FewSteps = 128;
    private const int VeryFewSteps = 24;

    // Transposing an element costs as much as multiplying so many.
    private const int Transposing = 16;

    // The results of a transposed product are kept in a place of so many elements.
    private const int LargestTranspose = 1 << 16;

    /// <summary>Whether the product is over before laying anything out would pay, but for a transposed B.</summary>
    private static bool IsDirect(in GemmProblem<T> problem) =>
        problem.K <= FewSteps && MayOverlap(problem)
        && (problem.K <= VeryFewSteps || Math.Min(problem.M, problem.N) * (long)problem.K <= SmallFactor);

    private static void MultiplyDirect(in GemmProblem<T> problem)
    {
        if (problem.ColumnB == 1) MultiplyDirect(problem, 0, problem.N, null);
        else LayOutAndMultiplyDirect(problem);
    }

    /// <summary>Transposes as many columns of B at a time as stay in the first-level cache.</summary>
    [SkipLocalsInit]
    private static void LayOutAndMultiplyDirect(in GemmProblem<T> problem)
    {
        byte* space = stackalloc byte[SmallWorkspace + Alignment];
        T* strips = Align(space);
        int piece = SmallWorkspace / sizeof(T) / problem.K / (2 * V.Count) * (2 * V.Count);
        for (int j = 0; j < problem.N; j += piece)
        {
            int end = Math.Min(j + piece, problem.N);
            for (int s = j; s < end; s += 2 * V.Count)
            {
                int columns = Math.Min(end - s, 2 * V.Count), start = columns > V.Count ? s : end - V.Count;
                int width = columns > V.Count ? 2 * V.Count : V.Count;
                PackStrip(problem, problem.B + start * problem.ColumnB, columns, width, columns - V.Count, strips + (s - j) * problem.K);
            }

            MultiplyDirect(problem, j, end, strips);
        }
    }

    /// <summary>Computes columns of C from those of B, or from strips into which they were laid out.</summary>
    private static void MultiplyDirect(in GemmProblem<T> problem, int first, int last, T* strips)
    {
        int m = problem.M, most = problem.N <= V.Count ? NarrowRows : V.TileRows;
        GemmTile<T> tile = default;
        tile.Steps = problem.K;
        tile.RowA = problem.RowA;
        tile.StepA = problem.StepA;
        tile.StepB = problem.StepB;
        tile.RowC = problem.RowC;
        // Two tiles of rows meet a strip one after the other, so that rows of C are written whole.
        for (int top = 0, r = 0; top < m; top = r)
        {
            int end = Math.Min(top + 2 * V.TileRows, m);
            for (int j = first; j < last; j += 2 * V.Count)
            {
                int columns = Math.Min(last - j, 2 * V.Count), registers = columns > V.Count ? 2 : 1;
                int start = registers == 2 ? j : last - V.Count;
                tile.B = problem.B + start;
                tile.SecondB = tile.SecondC = columns - V.Count;
                if (strips is not null)
                {
                    tile.B = strips + (j - first) * problem.K;
                    tile.StepB = registers * V.Count;
                    tile.SecondB = V.Count;
                }

                r = top;
                while (r < end)
                {
                    (r, int height) = MoveInside(r, TileHeight(m - r, most), m);
                    tile.A = tile.Next = problem.A + r * problem.RowA;
                    tile.C = problem.C + r * problem.RowC + start;
                    Run(tile, height, registers);
                    r += height;
                }
            }
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
