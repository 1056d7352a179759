using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>
/// Products computed where the factors lie. Where all is near, so little is to be done that every instruction beside the tiles' counts: the
/// product is described by its first tile alone, and methods are put in their callers' place.
/// </summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // A, B and C of so many bytes leave the first-level cache some room.
    private const int NearBytes = 32 * 1024;

    // So many rows of B take little of that.
    private const int LinesTogether = 64;

    /// <summary>Whether A, B and C lie in the first-level cache together, so that nothing is to be fetched, and C is only written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNear(int m, int n, int k, T alpha, T beta) =>
        V.TileRows == 12 && m >= 4 && n >= V.Count && k > 0 && ((long)m * n + (m + (long)n) * k) * sizeof(T) <= NearBytes && alpha == T.One && beta == T.Zero;

    /// <summary>Computes such a product, with the arguments of <see cref="Gemm"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public static void MultiplyNear(bool transposeA, bool transposeB, int m, int n, int k, T* a, int lda, T* b, int ldb, T* c, int ldc)
    {
        Unsafe.SkipInit(out GemmTile<T> tile);
        tile.Steps = k;
        tile.A = a;
        (tile.RowA, tile.StepA) = transposeA ? (1, lda) : (lda, 1);
        tile.B = b;
        tile.StepB = ldb;
        tile.C = c;
        tile.RowC = ldc;
        if (transposeB) LayOutAndMultiplyNear(ref tile, m, n);
        else MultiplyRows<NearB>(ref tile, m, n);
    }

    /// <summary>Multiplies by Bᵀ, of which the tile's B is the first row.</summary>
    [SkipLocalsInit]
    private static void LayOutAndMultiplyNear(ref GemmTile<T> tile, int m, int n)
    {
        int width = RowOf(n, tile.Steps);
        byte* space = stackalloc byte[width * tile.Steps * sizeof(T) + Alignment];
        T* rows = Align(space);
        GemmPacking.Transpose(tile.B, tile.StepB, n, tile.Steps, rows, width);
        tile.B = rows;
        tile.StepB = width;
        MultiplyRows<NearB>(ref tile, m, n);
    }

    /// <summary>
    /// The length of a row of B that is laid out: its registers start with cache lines, but where a few columns beside one would let many rows take
    /// too much of the cache.
    /// </summary>
    private static int RowOf(int columns, int rows) =>
        columns < 2 * V.Count && rows > LinesTogether ? (columns + 3) & ~3 : (columns + V.Count - 1) & -V.Count;

    /// <summary>
    /// Computes rows of C from the tile's first row and column on, strip after strip of columns: pairs of registers, then one, with a few columns
    /// beside it or none. The tile's place changes.
    /// </summary>
    private static void MultiplyRows<TTraffic>(ref GemmTile<T> tile, int rows, int columns)
        where TTraffic : struct, ITraffic
    {
        int few = FewBeside(columns);
        if (few == 0 || rows < BorderTile.Rows || tile.Steps < BorderTile.LeastSteps)
        {
            MultiplyStrips<TTraffic>(ref tile, rows, columns);
            return;
        }

        int before = columns - few - BorderTile.Columns;
        if (before > 0)
        {
            T* a = tile.A, c = tile.C;
            MultiplyStrips<TTraffic>(ref tile, rows, before);
            tile.A = a;
            tile.C = c + before;
        }

        MultiplyBorderRows<TTraffic>(ref tile, rows, few);
    }

    private static void MultiplyStrips<TTraffic>(ref GemmTile<T> tile, int rows, int columns)
        where TTraffic : struct, ITraffic
    {
        T* a = tile.A, c = tile.C;
        int registers;
        for (int left = columns; left > 0; left -= registers * V.Count)
        {
            // The last register ends with the last column, over columns that were computed before.
            registers = left > V.Count ? 2 : 1;
            int moved = Math.Min(left - registers * V.Count, 0), start = registers == 1 ? moved : 0;
            tile.SecondB = tile.SecondC = V.Count + moved;
            tile.B += start;
            for (int r = 0, height; r < rows; r += height)
            {
                height = registers == 1 ? NarrowHeight(rows - r, rows) : WideHeight(rows - r);
                int row = Math.Min(r, rows - height);
                tile.A = a + row * tile.RowA;
                tile.C = c + row * tile.RowC + start;
                if (registers == 1) RunNarrow<TTraffic>(tile, height);
                else RunWide<TTraffic>(tile, height);
            }

            tile.B += registers * V.Count;
            c += registers * V.Count;
        }
    }

    /// <summary>The rows of the next tile of two registers: tiles are as few as will do, and of about equal heights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WideHeight(int rows)
    {
        if (rows <= 24) return RestHeight(rows);
        uint tiles = (uint)(rows + 11) / 12;
        return (int)(((uint)rows + tiles - 1) / tiles);
    }

    /// <summary>The rows of the next tile of one register. The last tile may begin with rows of the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NarrowHeight(int rows, int all) => rows switch
    {
        > 24 => NarrowRows,
        > MostNarrowRows => RestHeight(rows),
        >= NarrowRows => rows,
        > 12 when all >= NarrowRows => NarrowRows,
        _ => RestHeight(rows),
    };

    /// <summary>The rows of the next tile where at most 24 are left: one tile's, or half.</summary>
    private static int RestHeight(int rows) => rows > 12 ? (rows + 1) >> 1 : rows;
}
