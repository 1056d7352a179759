using System.Numerics.Tensors;

namespace MLPath.Numerics;

public readonly partial struct CsrMatrix
{
    private const int ChunkRows = 4096;
    private const int MaxPartialSums = 16;
    private const int Stripe = 64;

    /// <summary>Multiplies by a vector: y = A x, in double.</summary>
    /// <param name="x">x, one number per column.</param>
    /// <param name="y">Receives one number per row.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void MultiplyVector(ReadOnlySpan<double> x, Span<double> y)
    {
        Require(y.Length, Rows, nameof(y));
        for (int i = 0; i < y.Length; i++) y[i] = Dot(i, x);
    }

    /// <summary>Multiplies by a vector: y = A x, in single precision.</summary>
    /// <inheritdoc cref="MultiplyVector(ReadOnlySpan{double}, Span{double})"/>
    public void MultiplyVector(ReadOnlySpan<float> x, Span<float> y)
    {
        Require(y.Length, Rows, nameof(y));
        for (int i = 0; i < y.Length; i++) y[i] = Dot(i, x);
    }

    /// <summary>Multiplies the transpose by a vector: y = Aᵀ x, in double.</summary>
    /// <param name="x">x, one number per row.</param>
    /// <param name="y">Receives one number per column.</param>
    /// <param name="threads">The most threads to use; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void TransposedMultiplyVector(ReadOnlyMemory<double> x, Span<double> y, int threads = 1)
    {
        Require(x.Length, Rows, nameof(x));
        Require(y.Length, Columns, nameof(y));
        y.Clear();

        // A sum for each of a fixed number of chunks of rows at most, and the sums in order.
        var (matrix, columns) = (this, Columns);
        int chunk = Math.Max(ChunkRows, (Rows + MaxPartialSums - 1) / MaxPartialSums);
        var sums = new double[ParallelLoop.ChunkCount(Rows, chunk)][];
        ParallelLoop.For(Rows, chunk, threads, CancellationToken.None, (index, start, end) =>
        {
            sums[index] = new double[columns];
            for (int i = start; i < end; i++) matrix.Axpy(i, x.Span[i], sums[index]);
        });
        foreach (double[] sum in sums) Dense.Axpy(1, sum, y);
    }

    /// <summary>Multiplies by a dense matrix: C = A B, in double.</summary>
    /// <param name="b">B, columns × <paramref name="width"/>, row-major.</param>
    /// <param name="c">Receives C, rows × <paramref name="width"/>; must not overlap B.</param>
    /// <param name="width">The number of columns of B and C.</param>
    /// <param name="threads">The most threads to use; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Multiply(ReadOnlyMemory<double> b, Memory<double> c, int width, int threads = 1) => Multiply<double>(b, c, width, threads);

    /// <summary>Multiplies by a dense matrix: C = A B, in single precision.</summary>
    /// <inheritdoc cref="Multiply(ReadOnlyMemory{double}, Memory{double}, int, int)"/>
    public void Multiply(ReadOnlyMemory<float> b, Memory<float> c, int width, int threads = 1) => Multiply<float>(b, c, width, threads);

    /// <summary>Multiplies the transpose by a dense matrix: C = Aᵀ B, in double.</summary>
    /// <param name="b">B, rows × <paramref name="width"/>, row-major.</param>
    /// <param name="c">Receives C, columns × <paramref name="width"/>; must not overlap B.</param>
    /// <param name="width">The number of columns of B and C.</param>
    /// <param name="threads">The most threads to use; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void TransposedMultiply(ReadOnlyMemory<double> b, Memory<double> c, int width, int threads = 1) =>
        TransposedMultiply<double>(b, c, width, threads);

    /// <summary>Multiplies the transpose by a dense matrix: C = Aᵀ B, in single precision.</summary>
    /// <inheritdoc cref="TransposedMultiply(ReadOnlyMemory{double}, Memory{double}, int, int)"/>
    public void TransposedMultiply(ReadOnlyMemory<float> b, Memory<float> c, int width, int threads = 1) =>
        TransposedMultiply<float>(b, c, width, threads);

    /// <summary>Computes the Gram matrix AᵀA, or AᵀWA with W = diag(weights), in double.</summary>
    /// <param name="gram">Receives the symmetric columns × columns matrix, both triangles.</param>
    /// <param name="weights">One weight per row, or empty for weights of 1.</param>
    /// <param name="threads">The most threads to use; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Gram(Memory<double> gram, ReadOnlyMemory<double> weights = default, int threads = 1)
    {
        Require(gram.Length, (long)Columns * Columns, nameof(gram));
        if (!weights.IsEmpty) Require(weights.Length, Rows, nameof(weights));
        gram.Span.Clear();
        var (matrix, columns, rows) = (this, Columns, Rows);
        ParallelLoop.For(columns, Stripe, threads, CancellationToken.None, (_, start, end) =>
        {
            var target = gram.Span;
            for (int row = 0; row < rows; row++)
            {
                var (values, indices) = matrix.Stored(row);
                double weight = weights.IsEmpty ? 1 : weights.Span[row];
                for (int s = FirstAtLeast(indices, start); s < indices.Length && indices[s] < end; s++)
                {
                    double scaled = weight * values[s];
                    var gramRow = target.Slice(indices[s] * columns, columns);
                    for (int t = s; t < indices.Length; t++) gramRow[indices[t]] += scaled * values[t];
                }
            }
        });

        var all = gram.Span;
        for (int i = 1; i < columns; i++)
            for (int j = 0; j < i; j++) all[i * columns + j] = all[j * columns + i];
    }

    private static int FirstAtLeast(ReadOnlySpan<int> sorted, int least)
    {
        int found = sorted.BinarySearch(least);
        return found < 0 ? ~found : found;
    }

    private void Multiply<T>(ReadOnlyMemory<T> b, Memory<T> c, int width, int threads)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        Require(b.Length, (long)Columns * width, nameof(b));
        Require(c.Length, (long)Rows * width, nameof(c));
        var matrix = this;
        ParallelLoop.For(Rows, ChunkRows, threads, CancellationToken.None, (_, start, end) =>
        {
            var (from, to) = (b, c);
            for (int row = start; row < end; row++)
            {
                var (values, indices) = matrix.Stored(row);
                var target = to.Span.Slice(row * width, width);
                target.Clear();
                for (int t = 0; t < indices.Length; t++)
                    TensorPrimitives.MultiplyAdd(from.Span.Slice(indices[t] * width, width), T.CreateChecked(values[t]), target, target);
            }
        });
    }

    private void TransposedMultiply<T>(ReadOnlyMemory<T> b, Memory<T> c, int width, int threads)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        Require(b.Length, (long)Rows * width, nameof(b));
        Require(c.Length, (long)Columns * width, nameof(c));
        c.Span.Clear();
        var (matrix, rows) = (this, Rows);

        // A stripe of B's columns for each worker: its part of C is nobody else's.
        ParallelLoop.For(width, Stripe, threads, CancellationToken.None, (_, start, end) =>
        {
            for (int row = 0; row < rows; row++)
            {
                var (values, indices) = matrix.Stored(row);
                var source = b.Span[(row * width + start)..(row * width + end)];
                for (int t = 0; t < indices.Length; t++)
                {
                    var target = c.Span[(indices[t] * width + start)..(indices[t] * width + end)];
                    TensorPrimitives.MultiplyAdd(source, T.CreateChecked(values[t]), target, target);
                }
            }
        });
    }
}
