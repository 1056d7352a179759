using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>
/// Computes Σᵢ wᵢ (xᵢ − μ)(xᵢ − μ)ᵀ from rows of TIn, multiplying in T and adding the sums of <see cref="Gemm.Depth"/> rows in double. Only
/// tiles on and above the diagonal are computed: about half of a product's work.
/// </summary>
internal static unsafe class GramDriver<V, T, TIn>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TIn : unmanaged, IFloatingPointIeee754<TIn>
{
    // Narrow matrices are shared out by rows, in at most this many chunks, each with a matrix of sums of its own; wide ones by columns.
    private const int MostChunks = 16;
    private const int WidestByRows = 384;
    private const int StripsPerPart = 4;

    private static int StripWidth => 2 * V.Count;

    public static void Compute(
        ReadOnlySpan<TIn> x, int rows, int columns, ReadOnlySpan<TIn> centre, ReadOnlySpan<TIn> weights, Span<double> gram, int threads)
    {
        gram.Clear();
        fixed (TIn* px = x, pc = centre, pw = weights)
        fixed (double* pg = gram)
        {
            var (data, mean, weight, target) = ((nint)px, (nint)pc, (nint)pw, (nint)pg);
            if (columns > WidestByRows)
            {
                ParallelLoop.For(columns, StripsPerPart * StripWidth, threads, CancellationToken.None, (_, start, end) =>
                    AddRows((TIn*)data, columns, (TIn*)mean, (TIn*)weight, 0, rows, start, end, (double*)target));
                return;
            }

            int blocks = ParallelLoop.ChunkCount(rows, Gemm.Depth);
            int rowsPerChunk = (blocks + MostChunks - 1) / MostChunks * Gemm.Depth;
            if (rowsPerChunk == 0) return;
            int chunks = ParallelLoop.ChunkCount(rows, rowsPerChunk), size = columns * columns;
            double[] sums = ArrayPool<double>.Shared.Rent(chunks * size);
            ParallelLoop.For(rows, rowsPerChunk, threads, CancellationToken.None, (chunk, start, end) =>
            {
                var own = sums.AsSpan(chunk * size, size);
                own.Clear();
                fixed (double* sum = own)
                    AddRows((TIn*)data, columns, (TIn*)mean, (TIn*)weight, start, end, 0, columns, sum);
            });
            for (int chunk = 0; chunk < chunks; chunk++)
                TensorPrimitives.Add(gram, sums.AsSpan(chunk * size, size), gram);
            ArrayPool<double>.Shared.Return(sums);
        }
    }

    /// <summary>Adds the products of some rows to the upper triangle, in the columns from first to last.</summary>
    private static void AddRows(TIn* x, int columns, TIn* centre, TIn* weights, int start, int end, int first, int last, double* gram)
    {
        // What lies above the diagonal of these columns needs the columns up to the last. The block, a strip of it, and its panels.
        int block = Gemm.Depth * last, strip = Gemm.Depth * StripWidth;
        T[] rented = ArrayPool<T>.Shared.Rent(strip + 2 * block + Gemm.Depth * V.TileRows);
        fixed (T* space = rented)
        {
            for (int row = start; row < end; row += Gemm.Depth)
            {
                int k = Math.Min(Gemm.Depth, end - row);
                T* rows = space + strip, panels = rows + block;
                Centre(x + (nint)row * columns, columns, centre, k, last, rows);
                Panels(rows, weights is null ? null : weights + row, k, last, panels);
                AddBlock(rows, panels, k, columns, first, last, space, gram);
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>rows = x − μ, k × width, in T.</summary>
    private static void Centre(TIn* x, int columns, TIn* centre, int k, int width, T* rows)
    {
        for (int p = 0; p < k; p++)
        {
            var source = new ReadOnlySpan<TIn>(x + (nint)p * columns, width);
            var target = new Span<T>(rows + p * width, width);
            if (centre is null)
            {
                TensorPrimitives.ConvertTruncating(source, target);
            }
            else if (typeof(T) == typeof(TIn))
            {
                TensorPrimitives.Subtract(source, new ReadOnlySpan<TIn>(centre, width), new Span<TIn>(rows + p * width, width));
            }
            else
            {
                for (int j = 0; j < width; j++) target[j] = T.CreateTruncating(source[j]) - T.CreateTruncating(centre[j]);
            }
        }
    }

    /// <summary>The rows' columns as panels for the left factor, times the weights.</summary>
    private static void Panels(T* rows, TIn* weights, int k, int width, T* panels)
    {
        for (int i = 0; i < width; i += V.TileRows)
        {
            int count = Math.Min(V.TileRows, width - i);
            T* panel = panels + i * k;
            GemmPacking.Pack(rows + i, 1, width, count, V.TileRows, k, panel);
            if (weights is null) continue;
            for (int p = 0; p < k; p++)
            {
                T weight = T.CreateTruncating(weights[p]);
                for (int r = 0; r < V.TileRows; r++) panel[p * V.TileRows + r] *= weight;
            }
        }
    }

    [SkipLocalsInit]
    private static void AddBlock(T* rows, T* panels, int k, int columns, int first, int last, T* strip, double* gram)
    {
        T* tile = stackalloc T[12 * 2 * V.Count];
        int tileRows = V.TileRows;
        for (int j = first; j < last; j += StripWidth)
        {
            int n = Math.Min(StripWidth, last - j);
            GemmPacking.Pack(rows + j, 1, last, n, StripWidth, k, strip);
            for (int i = 0; i < j + n; i += tileRows)
            {
                if (tileRows == 12) GemmTiles.Tile12x2<V, T>(k, panels + i * k, 1, 12, strip, StripWidth, tile, StripWidth, false, V.Count);
                else GemmTiles.Tile6x2<V, T>(k, panels + i * k, 1, 6, strip, StripWidth, tile, StripWidth, false, V.Count);
                for (int r = 0; r < Math.Min(tileRows, j + n - i); r++)
                {
                    double* target = gram + (nint)(i + r) * columns + j;
                    Widen(tile + r * StripWidth, target, n);
                }
            }
        }
    }

    /// <summary>target += source.</summary>
    private static void Widen(T* source, double* target, int count)
    {
        if (typeof(T) == typeof(double))
        {
            var sum = new Span<double>(target, count);
            TensorPrimitives.Add(sum, new ReadOnlySpan<double>(source, count), sum);
            return;
        }

        int j = 0;
        float* from = (float*)source;
        for (; j <= count - Vector<float>.Count; j += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(from + j), out var low, out var high);
            (Vector.Load(target + j) + low).Store(target + j);
            (Vector.Load(target + j + Vector<double>.Count) + high).Store(target + j + Vector<double>.Count);
        }

        for (; j < count; j++) target[j] += from[j];
    }
}
