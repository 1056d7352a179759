using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>
/// Computes G = Σᵢ wᵢ (xᵢ − μ)(xᵢ − μ)ᵀ and s = Σᵢ wᵢ (xᵢ − μ) from rows of TIn, multiplying in T and adding the sums of
/// <see cref="Gemm.Depth"/> rows in double. Only tiles on and above the diagonal are computed: about half of a product's work.
/// </summary>
/// <remarks>
/// A block of rows is centred into strips as wide as a tile, which serve as both factors: a strip's rows of C are two or three tiles that read
/// their columns out of it.
/// </remarks>
internal static unsafe class GramDriver<V, T, TIn>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TIn : unmanaged, IFloatingPointIeee754<TIn>
{
    // Narrow matrices are shared out by rows, in at most this many chunks, each with sums of its own; wide ones by columns.
    private const int MostChunks = 16;
    private const int WidestByRows = 384;
    private const int StripsPerPart = 4;

    private static int Width => 2 * V.Count;

    public static void Compute(
        ReadOnlySpan<TIn> x, int rows, int columns, ReadOnlySpan<TIn> centre, ReadOnlySpan<TIn> weights, Span<double> gram, Span<double> sums,
        int threads)
    {
        gram.Clear();
        sums.Clear();
        fixed (TIn* px = x, pc = centre, pw = weights)
        fixed (double* pg = gram, ps = sums)
        {
            if (columns > WidestByRows) ByColumns(px, rows, columns, pc, pw, pg, ps, threads);
            else if (rows > 0 && columns > 0) ByRows(px, rows, columns, pc, pw, gram, sums, threads);
        }
    }

    private static void ByColumns(TIn* x, int rows, int columns, TIn* centre, TIn* weights, double* gram, double* sums, int threads) =>
        ParallelLoop.For(columns, StripsPerPart * Width, threads, CancellationToken.None, (_, first, last) =>
            AddRows(x, columns, centre, weights, 0, rows, first, last, gram, sums));

    private static void ByRows(
        TIn* x, int rows, int columns, TIn* centre, TIn* weights, Span<double> gram, Span<double> sums, int threads)
    {
        int blocks = ParallelLoop.ChunkCount(rows, Gemm.Depth);
        int rowsPerChunk = (blocks + MostChunks - 1) / MostChunks * Gemm.Depth;
        int chunks = ParallelLoop.ChunkCount(rows, rowsPerChunk), products = columns * columns, size = products + columns;
        double[] parts = ArrayPool<double>.Shared.Rent(chunks * size);
        ParallelLoop.For(rows, rowsPerChunk, threads, CancellationToken.None, (chunk, start, end) =>
        {
            var part = parts.AsSpan(chunk * size, size);
            part.Clear();
            fixed (double* own = part) AddRows(x, columns, centre, weights, start, end, 0, columns, own, own + products);
        });
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            var part = parts.AsSpan(chunk * size, size);
            TensorPrimitives.Add(gram, part[..products], gram);
            if (!sums.IsEmpty) TensorPrimitives.Add(sums, part[products..], sums);
        }

        ArrayPool<double>.Shared.Return(parts);
    }

    /// <summary>Adds the products of some rows to the upper triangle, in the columns from first (a strip's) to last.</summary>
    private static void AddRows(TIn* x, int columns, TIn* centre, TIn* weights, int start, int end, int first, int last, double* gram, double* sums)
    {
        // What lies above the diagonal of these columns needs all columns up to the last: strips of the right factor and, where rows have
        // weights, of the left one; −μ and one row in T, with room up to the end of the last strip.
        int strips = (last + Width - 1) / Width, padded = strips * Width, factor = padded * Gemm.Depth;
        T[] rented = ArrayPool<T>.Shared.Rent((weights is null ? 1 : 2) * factor + 2 * padded + AlignedMemory.LineBytes / sizeof(T));
        fixed (T* space = rented)
        {
            T* right = (T*)AlignedMemory.Line(space), left = weights is null ? right : right + factor;
            T* shift = left + factor, row = shift + padded;
            new Span<T>(shift, 2 * padded).Clear();
            for (int j = 0; j < last && centre is not null; j++) shift[j] = -T.CreateTruncating(centre[j]);
            for (int block = start; block < end; block += Gemm.Depth)
            {
                int k = Math.Min(Gemm.Depth, end - block);
                TIn* rows = x + (nint)block * columns;
                Fill(rows, weights is null ? null : weights + block, k, columns, last, shift, row, left, right);
                for (int j = first; j < last; j += Width)
                {
                    int n = Math.Min(Width, last - j);
                    if (sums is not null) AddSums(left + j * k, k, n, sums + j);
                    for (int i = 0; i <= j; i += Width) AddProducts(left + i * k, right + j * k, k, Math.Min(Width, last - i), n, gram + (nint)i * columns + j, columns);
                }
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>Lays k rows of x − μ into strips, and times the weights into others.</summary>
    private static void Fill(TIn* x, TIn* weights, int k, int columns, int last, T* shift, T* row, T* left, T* right)
    {
        int padded = (last + Width - 1) / Width * Width;
        for (int p = 0; p < k; p++, x += columns)
        {
            T* source = row;
            // What stands beside the last column does not matter, because no product with it is kept. Only the block's last rows may be followed by
            // nothing; they are copied.
            if (typeof(T) != typeof(TIn)) TensorPrimitives.ConvertTruncating(new ReadOnlySpan<TIn>(x, last), new Span<T>(row, last));
            else if ((k - p) * (nint)columns < padded) new ReadOnlySpan<T>((T*)x, last).CopyTo(new Span<T>(row, last));
            else source = (T*)x;

            for (int j = 0; j < last; j += Width)
            {
                T* from = source + j, to = right + j * k + p * Width;
                V a = V.Add(V.Load(from), V.Load(shift + j)), b = V.Add(V.Load(from + V.Count), V.Load(shift + j + V.Count));
                V.Store(a, to);
                V.Store(b, to + V.Count);
                if (weights is null) continue;
                var weight = V.Broadcast(T.CreateTruncating(weights[p]));
                to = left + j * k + p * Width;
                V weightedA = default, weightedB = default;
                V.MultiplyAdd(a, weight, ref weightedA);
                V.MultiplyAdd(b, weight, ref weightedB);
                V.Store(weightedA, to);
                V.Store(weightedB, to + V.Count);
            }
        }
    }

    /// <summary>Adds the sums of a strip's n columns.</summary>
    [SkipLocalsInit]
    private static void AddSums(T* strip, int k, int n, double* sums)
    {
        V a = default, b = default;
        for (int p = 0; p < k; p++, strip += Width)
        {
            a = V.Add(a, V.Load(strip));
            b = V.Add(b, V.Load(strip + V.Count));
        }

        T* both = stackalloc T[Width];
        V.Store(a, both);
        V.Store(b, both + V.Count);
        Widen(both, sums, n);
    }

    /// <summary>Adds one strip's rows times another's columns, m × n, tile by tile.</summary>
    [SkipLocalsInit]
    private static void AddProducts(T* left, T* right, int k, int m, int n, double* gram, int columns)
    {
        T* product = stackalloc T[12 * Width];
        GemmTile<T> tile = default;
        tile.Steps = k;
        tile.RowA = 1;
        tile.StepA = tile.StepB = tile.RowC = Width;
        tile.B = right;
        tile.SecondB = tile.SecondC = V.Count;
        tile.C = product;
        for (int i = 0, height; i < m; i += height)
        {
            height = TileHeight(Width - i);
            tile.A = tile.Next = left + i;
            switch (height)
            {
                case 12: GemmTiles.Wide<V, T, Rows12, LeavesB>(tile); break;
                case 8: GemmTiles.Wide<V, T, Rows8, LeavesB>(tile); break;
                case 6: GemmTiles.Wide<V, T, Rows6, LeavesB>(tile); break;
                default: GemmTiles.Wide<V, T, Rows4, LeavesB>(tile); break;
            }

            for (int r = 0; r < Math.Min(height, m - i); r++) Widen(product + r * Width, gram + (nint)(i + r) * columns, n);
        }
    }

    /// <summary>A strip of 32 columns is 12 + 12 + 8 rows, one of 16 is 8 + 8 or 6 + 6 + 4, narrower ones are fours.</summary>
    private static int TileHeight(int rows)
    {
        if (V.TileRows == 12) return rows >= 20 ? 12 : rows >= 8 ? 8 : 4;
        return rows is 16 or 10 ? 6 : 4;
    }

    /// <summary>target += source.</summary>
    private static void Widen(T* source, double* target, int count)
    {
        int j = 0;
        if (typeof(T) == typeof(double))
        {
            for (; j <= count - Vector<double>.Count; j += Vector<double>.Count)
                (Vector.Load(target + j) + Vector.Load((double*)source + j)).Store(target + j);
        }
        else
        {
            for (; j <= count - Vector<float>.Count; j += Vector<float>.Count)
            {
                Vector.Widen(Vector.Load((float*)source + j), out var low, out var high);
                (Vector.Load(target + j) + low).Store(target + j);
                (Vector.Load(target + j + Vector<double>.Count) + high).Store(target + j + Vector<double>.Count);
            }
        }

        for (; j < count; j++) target[j] += double.CreateTruncating(source[j]);
    }
}
