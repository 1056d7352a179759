using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>One product C ← α op(A) op(B) + β C, with the transpositions turned into strides.</summary>
internal unsafe struct GemmProblem<T>
    where T : unmanaged
{
    /// <summary>C is m × n, op(A) m × k, op(B) k × n.</summary>
    public int M, N, K;

    public T Alpha, Beta;

    /// <summary>Element (i, p) of op(A) lies at A[i RowA + p StepA].</summary>
    public T* A;
    public nint RowA, StepA;

    /// <summary>Element (p, j) of op(B) lies at B[p StepB + j ColumnB].</summary>
    public T* B;
    public nint StepB, ColumnB;

    /// <summary>Element (i, j) of C lies at C[i RowC + j].</summary>
    public T* C;
    public nint RowC;

    /// <summary>A product of row-major matrices, with the arguments of <see cref="Gemm"/>.</summary>
    public GemmProblem(bool transposeA, bool transposeB, int m, int n, int k, T alpha, T* a, int lda, T* b, int ldb, T beta, T* c, int ldc)
    {
        (M, N, K, Alpha, Beta, RowC) = (m, n, k, alpha, beta, ldc);
        A = a;
        (RowA, StepA) = transposeA ? (1, lda) : (lda, 1);
        B = b;
        (StepB, ColumnB) = transposeB ? (1, ldb) : (ldb, 1);
        C = c;
    }

    /// <summary>The product's rows from start to end.</summary>
    public readonly GemmProblem<T> Rows(int start, int end)
    {
        var part = this;
        part.M = end - start;
        part.A += start * RowA;
        part.C += start * RowC;
        return part;
    }

    /// <summary>The product's columns from start to end.</summary>
    public readonly GemmProblem<T> Columns(int start, int end)
    {
        var part = this;
        part.N = end - start;
        part.B += start * ColumnB;
        part.C += start;
        return part;
    }
}

/// <summary>
/// Cuts a product into tiles. A block of rows of A is packed once for all columns, and stays in the second-level cache beside a few strips of
/// B, each as wide as a tile; a strip stays in the first-level cache while all tiles of the block meet it.
/// </summary>
/// <remarks>
/// Goto, van de Geijn, <i>Anatomy of high-performance matrix multiplication</i>, ACM Transactions on Mathematical Software 34(3), 2008.
/// The depth is cut at multiples of <see cref="Gemm.Depth"/> alone, whatever m and n are, so that an element is the same in any product.
/// </remarks>
internal static unsafe partial class GemmDriver<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // 720 × 512 floats are 1.4 MiB.
    private const int BlockRows = 720;

    // Strips of B that are packed at a time: 256 columns of floats, 512 KiB beside the block of A.
    private const int GroupOfStrips = 8;

    // The packing of A pays when it is read more often than this.
    private const int FewStrips = 4;

    private const int Alignment = 64;
    private const int SmallWorkspace = 16 * 1024;

    private static int StripWidth => 2 * V.Count;

    /// <summary>Computes the product on this thread.</summary>
    public static void Multiply(in GemmProblem<T> problem)
    {
        if (IsDirect(problem)) MultiplyDirect(problem);
        else MultiplyPacked(problem);
    }

    private static bool PacksA(in GemmProblem<T> problem) => problem.N > FewStrips * StripWidth;

    private static bool PacksB(in GemmProblem<T> problem) => problem.ColumnB != 1 || problem.M > 2 * V.TileRows;

    private static T* Align(void* start) => (T*)(((nuint)start + Alignment - 1) & ~(nuint)(Alignment - 1));

    [SkipLocalsInit]
    private static void MultiplyPacked(in GemmProblem<T> problem)
    {
        int depth = Math.Min(problem.K, Gemm.Depth);
        int rows = (PacksA(problem) ? Math.Min(problem.M, BlockRows) : 0) + V.TileRows;
        int columns = PacksB(problem) ? Math.Min((problem.N + StripWidth - 1) / StripWidth, GroupOfStrips) * StripWidth : StripWidth;
        int size = (rows + columns) * depth;
        if (size * sizeof(T) <= SmallWorkspace)
        {
            byte* small = stackalloc byte[SmallWorkspace + Alignment];
            MultiplyPacked(problem, Align(small), columns);
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(size + Alignment / sizeof(T));
        fixed (T* start = rented) MultiplyPacked(problem, Align(start), columns);
        ArrayPool<T>.Shared.Return(rented);
    }

    private static void MultiplyPacked(in GemmProblem<T> problem, T* workspace, int columns)
    {
        // The strips of B lie first, aligned to a cache line; what is left is A's.
        T* strips = workspace, block = workspace + columns * Math.Min(problem.K, Gemm.Depth);
        bool packA = PacksA(problem), packB = PacksB(problem);
        // Where A is read where it lies, a block is a few tiles, which are read from memory once for all depths.
        int blockRows = packA || problem.N > columns ? BlockRows : problem.K <= Gemm.Depth ? problem.M : 8 * V.TileRows;
        for (int i = 0; i < problem.M; i += blockRows)
        {
            int m = Math.Min(blockRows, problem.M - i);
            for (int p = 0; p < problem.K; p += Gemm.Depth)
            {
                int k = Math.Min(Gemm.Depth, problem.K - p);
                T* a = problem.A + i * problem.RowA + p * problem.StepA;
                if (packA) PackRows(problem, a, m, k, block);
                else PackEdge(problem, a, m, k, block);
                for (int j = 0; j < problem.N; j += columns)
                {
                    int n = Math.Min(columns, problem.N - j), whole = packB ? n / StripWidth : 0;
                    T* b = problem.B + p * problem.StepB + j * problem.ColumnB;
                    GemmPacking.PackStrips(b, problem.ColumnB, problem.StepB, whole, StripWidth, k, strips);
                    int edge = n - n / StripWidth * StripWidth, edgeWidth = (edge > V.Count || V.TileRows < 12 ? 2 : 1) * V.Count;
                    bool packEdge = edge > 0 && (packB || edge < edgeWidth);
                    if (packEdge) GemmPacking.Pack(b + (n - edge) * problem.ColumnB, problem.ColumnB, problem.StepB, edge, edgeWidth, k, strips + whole * StripWidth * k);

                    // A tile's rows of A stay in the first-level cache while the strips pass by.
                    for (int r = 0, height; r < m; r += height)
                    {
                        height = TileHeight(m - r);
                        int rows = Math.Min(height, m - r);
                        T* tileA = packA ? block + r * k : rows < height ? block : a + r * problem.RowA;
                        var (rowA, stepA) = packA || rows < height ? (1, height) : (problem.RowA, problem.StepA);
                        T* c = problem.C + (i + r) * problem.RowC + j;
                        for (int s = 0; s < n; s += StripWidth)
                        {
                            int width = Math.Min(StripWidth, n - s);
                            bool isWhole = width == StripWidth;
                            int registers = isWhole ? 2 : edgeWidth / V.Count;
                            if (isWhole ? packB : packEdge)
                                Tile(problem, height, rows, registers, width, k, tileA, rowA, stepA, strips + (isWhole ? s : whole * StripWidth) * k, registers * V.Count, c + s, p == 0);
                            else
                                Tile(problem, height, rows, registers, width, k, tileA, rowA, stepA, b + s * problem.ColumnB, problem.StepB, c + s, p == 0);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Packs m rows, tile by tile; rows that the last tile lacks are zeros.</summary>
    private static void PackRows(in GemmProblem<T> problem, T* a, int m, int k, T* block)
    {
        int whole = 0;
        while (TileHeight(m - whole * V.TileRows) == V.TileRows && m - whole * V.TileRows >= V.TileRows) whole++;
        GemmPacking.PackStrips(a, problem.RowA, problem.StepA, whole, V.TileRows, k, block);
        for (int r = whole * V.TileRows, height; r < m; r += height)
        {
            height = TileHeight(m - r);
            GemmPacking.Pack(a + r * problem.RowA, problem.RowA, problem.StepA, Math.Min(height, m - r), height, k, block + r * k);
        }
    }

    /// <summary>Packs the last tile where it lacks rows.</summary>
    private static void PackEdge(in GemmProblem<T> problem, T* a, int m, int k, T* block)
    {
        int r = 0;
        while (m - r >= TileHeight(m - r) && m > r) r += TileHeight(m - r);
        if (r < m) GemmPacking.Pack(a + r * problem.RowA, problem.RowA, problem.StepA, m - r, TileHeight(m - r), k, block);
    }

    /// <summary>
    /// The rows of the next tile. 13 to 16 rows are two tiles of 8 rather than 12 and 4, because 4 rows have too few sums to keep the
    /// multipliers busy.
    /// </summary>
    private static int TileHeight(int rows)
    {
        if (V.TileRows < 12) return rows <= 4 ? 4 : V.TileRows;
        return rows >= 17 || rows is >= 9 and <= 12 ? 12 : rows >= 5 ? 8 : 4;
    }

    /// <summary>One tile: straight into C where it fits, through a tile of its own where it is cut or scaled.</summary>
    [SkipLocalsInit]
    private static void Tile(
        in GemmProblem<T> problem, int height, int rows, int registers, int columns, int k, T* a, nint rowA, nint stepA, T* b, nint stepB, T* c, bool first)
    {
        T beta = first ? problem.Beta : T.One;
        if (rows == height && columns == registers * V.Count && problem.Alpha == T.One && (beta == T.One || beta == T.Zero))
        {
            Run(height, registers, k, a, rowA, stepA, b, stepB, c, problem.RowC, beta == T.One);
            return;
        }

        T* tile = stackalloc T[12 * 2 * V.Count];
        int width = registers * V.Count;
        Run(height, registers, k, a, rowA, stepA, b, stepB, tile, width, false);
        for (int i = 0; i < rows; i++)
        {
            var product = new Span<T>(tile + i * width, columns);
            var target = new Span<T>(c + i * problem.RowC, columns);
            if (problem.Alpha != T.One) TensorPrimitives.Multiply<T>(product, problem.Alpha, product);
            if (beta == T.Zero)
            {
                product.CopyTo(target);
                continue;
            }

            if (beta != T.One) TensorPrimitives.Multiply<T>(target, beta, target);
            TensorPrimitives.Add<T>(target, product, target);
        }
    }

    private static void Run(int height, int registers, int k, T* a, nint rowA, nint stepA, T* b, nint stepB, T* c, nint rowC, bool add)
    {
        switch (height, registers)
        {
            case (12, 2): GemmTiles.Tile12x2<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, add, V.Count); break;
            case (8, 2): GemmTiles.Tile8x2<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, add, V.Count); break;
            case (6, 2): GemmTiles.Tile6x2<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, add, V.Count); break;
            case (4, 2): GemmTiles.Tile4x2<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, add, V.Count); break;
            case (12, 1): GemmTiles.Tile12x1<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, add); break;
            case (8, 1): GemmTiles.Tile8x1<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, add); break;
            default: GemmTiles.Tile4x1<V, T>(k, a, rowA, stepA, b, stepB, c, rowC, add); break;
        }
    }
}
