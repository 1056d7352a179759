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

    // The results of a transposed product are kept in a place of so many elements.
    private const int LargestTranspose = 1 << 16;

    /// <summary>Whether the product is over before laying anything out would pay, but for a transposed B.</summary>
    private static bool IsDirect(in GemmProblem<T> problem) =>
        (problem.K <= FewSteps || (problem.K <= Gemm.Depth && problem.M <= FewRows && problem.N <= FewColumns && problem.ColumnB == 1)) && MayOverlap(problem)
        && (problem.K <= VeryFewSteps || Math.Min(problem.M, problem.N) * (long)problem.K <= SmallFactor);

    private static void MultiplyDirect(in GemmProblem<T> problem)
    {
        if (problem.ColumnB == 1) MultiplyDirect(problem, 0, problem.N, null);
        else if (IsTransposing(problem)) MultiplyTransposing(problem);
        else LayOutAndMultiplyDirect(problem);
    }

    /// <summary>Whether C is one tile, which transposes B for itself.</summary>
    private static bool IsTransposing(in GemmProblem<T> problem) =>
        typeof(T) == typeof(float) && TransposingTile.IsSupported && problem.N == TransposingTile.Columns && problem.K >= TransposingTile.LeastSteps
        && (problem.M <= 12 || problem.M == NarrowRows);

    private static void MultiplyTransposing(in GemmProblem<T> problem)
    {
        var cut = new RowCut(problem.M, NarrowRows);
        GemmTile<float> tile = default;
        tile.Steps = problem.K;
        tile.RowA = problem.RowA;
        tile.StepA = problem.StepA;
        tile.B = (float*)problem.B;
        tile.StepB = problem.ColumnB;
        tile.RowC = problem.RowC;
        for (int i = 0; i < cut.Count; i++)
        {
            int r = cut.Start(i);
            tile.A = (float*)(problem.A + r * problem.RowA);
            tile.C = (float*)(problem.C + r * problem.RowC);
            RunTransposing(tile, cut.Height(i));
        }
    }

    private static void RunTransposing(in GemmTile<float> tile, int height)
    {
        switch (height)
        {
            case 16: TransposingTile.Run<Rows16>(tile); break;
            case 12: TransposingTile.Run<Rows12>(tile); break;
            case 11: TransposingTile.Run<Rows11>(tile); break;
            case 10: TransposingTile.Run<Rows10>(tile); break;
            case 9: TransposingTile.Run<Rows9>(tile); break;
            case 8: TransposingTile.Run<Rows8>(tile); break;
            case 6: TransposingTile.Run<Rows6>(tile); break;
            default: TransposingTile.Run<Rows4>(tile); break;
        }
    }

    /// <summary>Transposes as many columns of B at a time as stay in the first-level cache.</summary>
    [SkipLocalsInit]
    private static void LayOutAndMultiplyDirect(in GemmProblem<T> problem)
    {
        int n = problem.N;
        byte* space = stackalloc byte[SmallWorkspace + Alignment];
        T* strips = Align(space);
        int piece = SmallWorkspace / sizeof(T) / problem.K / (2 * V.Count) * (2 * V.Count);
        for (int j = 0; j < n; j += piece)
        {
            int end = Math.Min(j + piece, n);
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
        var cut = new RowCut(problem.M, last - first <= V.Count ? NarrowRows : V.TileRows);
        Unsafe.SkipInit(out GemmTile<T> tile);
        tile.Steps = problem.K;
        tile.Adds = false;
        tile.RowA = problem.RowA;
        tile.StepA = problem.StepA;
        tile.StepB = problem.StepB;
        tile.Copy = null;
        tile.RowC = problem.RowC;
        tile.Next = problem.A;
        tile.RowNext = 0;
        tile.Fetched = 0;
        // Two tiles of rows meet a strip one after the other, so that rows of C are written whole.
        for (int top = 0; top < cut.Count; top += 2)
        {
            int end = Math.Min(top + 2, cut.Count);
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

                for (int i = top; i < end; i++)
                {
                    int height = cut.Height(i), r = cut.Start(i);
                    tile.A = problem.A + r * problem.RowA;
                    tile.C = problem.C + r * problem.RowC + start;
                    if (registers == 1) RunNarrow(tile, height);
                    else RunWide<LeavesB>(tile, height);
                }
            }
        }
    }

    /// <summary>How rows, four or more, are cut into tiles: of about equal heights or, where they are few, two that overlap.</summary>
    private readonly struct RowCut
    {
        private readonly int _rows, _height, _taller;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public RowCut(int rows, int most)
        {
            _rows = rows;
            if (most == NarrowRows && rows % NarrowRows == 0)
            {
                _height = NarrowRows;
                Count = rows / NarrowRows;
            }
            else if (rows is > 12 and < 16 or 7 or 5)
            {
                _height = rows > 12 ? 8 : rows - 1;
                Count = 2;
            }
            else
            {
                Count = (rows + 11) / 12;
                _height = rows / Count;
                _taller = rows - _height * Count;
            }
        }

        /// <summary>The number of tiles.</summary>
        public int Count { get; }

        public int Height(int tile) => tile < _taller ? _height + 1 : _height;

        /// <summary>A tile's first row.</summary>
        public int Start(int tile) => Math.Min(tile * _height + Math.Min(tile, _taller), _rows - Height(tile));
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
        long plain = m * WholeRegisters(n) + Transposing * ((problem.StepA != 1 && m > FewRows ? m : 0) + (problem.ColumnB != 1 ? n : 0));
        long transposed = n * WholeRegisters(m)
            + Transposing * ((problem.StepA == 1 ? m : 0) + (problem.ColumnB == 1 && n > FewRows ? n : 0) + m * n / problem.K);
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
