using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>One product C ← α op(A) op(B) + β C, with the transpositions turned into strides.</summary>
internal unsafe struct GemmProblem<T>
    where T : unmanaged, IFloatingPointIeee754<T>
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

    /// <summary>Whether more terms follow, which are wanted next.</summary>
    public bool HasNextSteps;

    /// <summary>Element (i, j) of C lies at C[i RowC + j].</summary>
    public T* C;
    public nint RowC;

    /// <summary>A product of row-major matrices, with the arguments of <see cref="Gemm"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    /// <summary>The product's terms from start to end, to be added to the earlier ones.</summary>
    public readonly GemmProblem<T> Steps(int start, int end)
    {
        var part = this;
        part.HasNextSteps |= end < K;
        part.K = end - start;
        part.A += start * StepA;
        part.B += start * StepB;
        if (start > 0) part.Beta = T.One;
        return part;
    }

    /// <summary>The same product as Cᵀ = op(B)ᵀ op(A)ᵀ, with Cᵀ elsewhere, its rows without gaps.</summary>
    public readonly GemmProblem<T> Transposed(T* c)
    {
        var other = this;
        (other.M, other.N) = (N, M);
        other.A = B;
        (other.RowA, other.StepA) = (ColumnB, StepB);
        other.B = A;
        (other.StepB, other.ColumnB) = (StepA, RowA);
        other.C = c;
        other.RowC = M;
        return other;
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
/// Cuts a product into tiles. A group of strips of B, each as wide as a tile, is laid out in order once and stays in the second-level cache
/// while all rows of A pass by, a tile's rows at a time; those stay in the first-level cache while all strips of the group meet them.
/// </summary>
/// <remarks>
/// <para>
/// Goto, van de Geijn, <i>Anatomy of high-performance matrix multiplication</i>, ACM Transactions on Mathematical Software 34(3), 2008, with
/// A and B in each other's place: rows of A are read where they lie, so nothing is spent on laying them out. Strips of B are laid out by the
/// first tile that reads them, whose multiplications hide that.
/// </para>
/// <para>Where the depth is cut depends on k alone, whatever m and n are, so that an element is the same in any product.</para>
/// </remarks>
internal static unsafe partial class GemmDriver<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Alignment = AlignedMemory.LineBytes;
    private const int SmallWorkspace = 16 * 1024;

    // The distance between rows of A that were copied: no power of two.
    private static nint CopiedRow => Gemm.Depth + Alignment / sizeof(T);

    /// <summary>Computes the product on this thread.</summary>
    public static void Multiply(in GemmProblem<T> problem)
    {
        if (!IsDirect(problem) && IsBetterTransposed(problem)) MultiplyTransposed(problem);
        else MultiplyUntransposed(problem);
    }

    private static void MultiplyUntransposed(in GemmProblem<T> problem)
    {
        if (IsDirect(problem))
        {
            MultiplyDirect(problem);
            return;
        }

        if (problem.ColumnB != 1 && V.TileRows == 12 && problem.N >= V.Count && problem.N <= FewColumns)
        {
            LayOutAndMultiply(problem);
            return;
        }

        int few = BorderColumns(problem);
        if (few > 0) MultiplyWithBorder(problem, few);
        else MultiplyPacked(problem);
    }

    private static void MultiplyWhole(in GemmProblem<T> problem)
    {
        if (IsDirect(problem)) MultiplyDirect(problem);
        else MultiplyPacked(problem);
    }

    private static T* Align(void* start) => (T*)AlignedMemory.Line(start);

    [SkipLocalsInit]
    private static void MultiplyPacked(in GemmProblem<T> problem)
    {
        var plan = new Plan(problem);
        int depth = Gemm.DepthOf(problem.K);
        int size = plan.KeptColumns * depth + plan.KeptRows * (plan.CopiesA ? (int)CopiedRow : depth);
        if (size * sizeof(T) <= SmallWorkspace)
        {
            byte* small = stackalloc byte[SmallWorkspace + Alignment];
            MultiplyPacked(problem, plan, Align(small));
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(size + Alignment / sizeof(T));
        fixed (T* start = rented) MultiplyPacked(problem, plan, Align(start));
        ArrayPool<T>.Shared.Return(rented);
    }

    private static void MultiplyPacked(in GemmProblem<T> problem, in Plan plan, T* workspace)
    {
        // The strips of B lie first, aligned to a cache line; what is left is A's.
        int depth = Gemm.DepthOf(problem.K);
        T* strips = workspace, block = workspace + plan.KeptColumns * depth;
        for (int i = 0; i < problem.M; i += plan.BlockRows)
        {
            for (int p = 0; p < problem.K; p += depth)
            {
                var part = problem.Rows(i, Math.Min(i + plan.BlockRows, problem.M)).Steps(p, Math.Min(p + depth, problem.K));
                if (plan.PacksA) PackRows(part, block);
                for (int j = 0; j < problem.N; j += plan.Group)
                    MultiplyGroup(part.Columns(j, Math.Min(j + plan.Group, problem.N)), plan, strips, block);
            }
        }
    }

    /// <summary>Multiplies a block of rows by a group of strips.</summary>
    [SkipLocalsInit]
    private static void MultiplyGroup(in GemmProblem<T> problem, in Plan plan, T* strips, T* block)
    {
        RowTile* tiles = stackalloc RowTile[Plan.MostTiles];
        for (int r = 0; r < problem.M;)
        {
            int count = 0;
            T* room = block;
            do
            {
                bool isFirst = r == 0;
                TakeRows(problem, plan, ref r, ref room, block, out tiles[count]);
                tiles[count++].LaysOut = isFirst;
            }
            while (plan.HasFewRows && r < problem.M);
            MultiplyRows(problem, plan, tiles, count, strips);
        }
    }

    /// <summary>The next tile of rows, which are copied first where they cannot be read where they lie.</summary>
    private static void TakeRows(in GemmProblem<T> problem, in Plan plan, ref int r, ref T* room, T* block, out RowTile rows)
    {
        int m = problem.M, k = problem.K, height = TileHeight(m - r, plan.TileRows);
        if (plan.Overlaps && !plan.PacksA) (r, height) = MoveInside(r, height, m);
        rows = default;
        rows.Height = height;
        rows.Count = Math.Min(height, m - r);
        rows.C = problem.C + r * problem.RowC;
        ref var tile = ref rows.Tile;
        tile.Steps = k;
        tile.A = problem.A + r * problem.RowA;
        tile.RowA = problem.RowA;
        tile.StepA = problem.StepA;
        tile.RowC = problem.RowC;

        // The rows of the next tile are fetched meanwhile; after the last the next steps of the first, or these rows again.
        bool isLast = r + 2 * height > m, fetches = problem.StepA == 1 && (!isLast || problem.HasNextSteps);
        rows.Next = !fetches ? tile.A : isLast ? problem.A + k : tile.A + height * problem.RowA;
        tile.RowNext = fetches ? problem.RowA : 0;
        if (plan.PacksA)
        {
            tile.A = block + r * k;
            tile.RowA = 1;
            tile.StepA = height;
        }
        else if (rows.Count < height)
        {
            GemmPacking.Pack(tile.A, tile.RowA, tile.StepA, rows.Count, height, k, room);
            tile.A = room;
            tile.RowA = 1;
            tile.StepA = height;
            room += height * k;
        }
        else if (plan.CopiesA)
        {
            for (int row = 0; row < height; row++)
                new ReadOnlySpan<T>(tile.A + row * tile.RowA, k).CopyTo(new Span<T>(room + row * CopiedRow, k));
            tile.A = room;
            tile.RowA = CopiedRow;
            room += height * CopiedRow;
        }

        r += height;
    }

    /// <summary>Multiplies tiles of rows by a group of strips, which the block's first tile lays out.</summary>
    private static void MultiplyRows(in GemmProblem<T> problem, in Plan plan, RowTile* tiles, int count, T* strips)
    {
        for (int j = 0; j < problem.N; j += plan.StripWidth)
        {
            T* strip = plan.HasFewRows ? strips : strips + j * problem.K;
            for (int i = 0; i < count; i++) MultiplyStrip(problem, plan, ref tiles[i], j, strip);
        }
    }

    /// <summary>Multiplies a tile of rows by the strip that starts at column j: one tile of C.</summary>
    private static void MultiplyStrip(in GemmProblem<T> problem, in Plan plan, ref RowTile rows, int j, T* strip)
    {
        int columns = Math.Min(plan.StripWidth, problem.N - j);
        int registers = columns > V.Count || V.TileRows < 12 ? 2 : 1, width = registers * V.Count;
        // A register that would end outside is moved back: the second of two over the first, one over columns of the strip before.
        bool isInside = columns > V.Count || (registers == 1 && problem.N >= V.Count), isRead = isInside && problem.ColumnB == 1;
        int moved = isInside && registers == 1 ? V.Count - columns : 0, start = j - moved;
        T* b = problem.B + start * problem.ColumnB;
        ref var tile = ref rows.Tile;
        int fetched = j / plan.StripWidth * plan.Fetched;
        tile.Next = rows.Next + fetched;
        tile.Fetched = fetched >= problem.K || (registers == 1 && j > 0) ? 0 : plan.Fetched;
        tile.C = rows.C + start;
        tile.Copy = null;
        tile.SecondC = isInside ? columns - V.Count : V.Count;
        if (isRead && (!plan.PacksB || registers == 1 || rows.LaysOut))
        {
            tile.B = b;
            tile.StepB = problem.StepB;
            tile.SecondB = tile.SecondC;
            if (plan.PacksB && registers == 2) tile.Copy = strip;
        }
        else
        {
            if (rows.LaysOut) PackStrip(problem, b, columns, width, tile.SecondC, strip);
            tile.B = strip;
            tile.StepB = width;
            tile.SecondB = V.Count;
        }

        // What two tiles compute must not be added twice.
        bool isWhole = isInside && rows.Count == rows.Height && (moved == 0 || problem.Beta == T.Zero);
        if (isWhole && problem.Alpha == T.One && (problem.Beta == T.One || problem.Beta == T.Zero))
        {
            tile.Adds = problem.Beta == T.One;
            Run(tile, rows.Height, registers);
        }
        else
        {
            RunApart(problem, tile, rows.Height, rows.Count, registers, moved, columns);
        }
    }

    /// <summary>Lays out a strip that no tile can read where it lies.</summary>
    private static void PackStrip(in GemmProblem<T> problem, T* b, int columns, int width, nint second, T* strip)
    {
        if (columns == width || second == V.Count)
        {
            GemmPacking.Pack(b, problem.ColumnB, problem.StepB, columns, width, problem.K, strip);
            return;
        }

        GemmPacking.Transpose(b, problem.ColumnB, V.Count, problem.K, strip, width);
        if (width > V.Count) GemmPacking.Transpose(b + second * problem.ColumnB, problem.ColumnB, V.Count, problem.K, strip + V.Count, width);
    }

    /// <summary>Packs m rows, tile by tile; rows that the last tile lacks are zeros.</summary>
    private static void PackRows(in GemmProblem<T> problem, T* block)
    {
        T* a = problem.A;
        int whole = 0, m = problem.M, k = problem.K;
        while (TileHeight(m - whole * V.TileRows, V.TileRows) == V.TileRows && m - whole * V.TileRows >= V.TileRows) whole++;
        GemmPacking.PackStrips(a, problem.RowA, problem.StepA, whole, V.TileRows, k, block);
        for (int r = whole * V.TileRows, height; r < m; r += height)
        {
            height = TileHeight(m - r, V.TileRows);
            GemmPacking.Pack(a + r * problem.RowA, problem.RowA, problem.StepA, Math.Min(height, m - r), height, k, block + r * k);
        }
    }

    /// <summary>
    /// The rows of the next tile: rows are cut into as few tiles as will do, of about equal heights. 13 to 15 rows are two tiles that overlap or
    /// are cut rather than 12 and a few, because few rows have too few sums to keep the multipliers busy.
    /// </summary>
    private static int TileHeight(int rows, int most)
    {
        if (most < 12) return rows <= 4 ? 4 : most;
        if (rows == most) return most;
        if (most == NarrowRows && rows is NarrowRows or >= 2 * NarrowRows) return NarrowRows;
        if (rows >= 16)
        {
            int tiles = (rows + 11) / 12;
            return (rows + tiles - 1) / tiles;
        }

        return rows is > 8 and <= 12 ? rows : rows > 6 ? 8 : rows > 4 ? 6 : 4;
    }

    /// <summary>A tile that ends with the last of m rows rather than after it; there are at least four.</summary>
    private static (int Row, int Height) MoveInside(int r, int height, int m)
    {
        if (height > m) height = m >= 8 ? Math.Min(m, 12) : m >= 6 ? 6 : 4;
        return (Math.Min(r, m - height), height);
    }

    /// <summary>A tile that is cut or scaled: it is computed in a place of its own and goes into C from there, but for its first columns.</summary>
    [SkipLocalsInit]
    private static void RunApart(in GemmProblem<T> problem, GemmTile<T> tile, int height, int rows, int registers, int skipped, int columns)
    {
        int width = registers * V.Count;
        T* apart = stackalloc T[MostNarrowRows * 2 * V.Count], c = tile.C;
        tile.C = apart;
        tile.RowC = width;
        tile.Adds = false;
        Run(tile, height, registers);
        PutScaled(problem, apart + skipped, width, c + skipped, rows, columns);
    }

    /// <summary>Puts rows of the product, which lie so far apart, into C: scaled, and added to what C holds.</summary>
    private static void PutScaled(in GemmProblem<T> problem, T* apart, nint distance, T* c, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            var product = new Span<T>(apart + i * distance, columns);
            var target = new Span<T>(c + i * problem.RowC, columns);
            if (problem.Alpha != T.One) TensorPrimitives.Multiply<T>(product, problem.Alpha, product);
            if (problem.Beta == T.Zero)
            {
                product.CopyTo(target);
                continue;
            }

            if (problem.Beta != T.One) TensorPrimitives.Multiply<T>(target, problem.Beta, target);
            TensorPrimitives.Add<T>(target, product, target);
        }
    }
}
