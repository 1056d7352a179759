using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MLPath.Numerics;

public static partial class Dense
{
    /// <summary>Multiplies a matrix by a vector: y = A x.</summary>
    /// <param name="a">The matrix A, <paramref name="rows"/> × <paramref name="columns"/>.</param>
    /// <param name="rows">The number of rows of A.</param>
    /// <param name="columns">The number of columns of A.</param>
    /// <param name="x">The vector, of length <paramref name="columns"/>.</param>
    /// <param name="y">Receives the product, of length <paramref name="rows"/>; must not overlap the others.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void MatVec(ReadOnlySpan<double> a, int rows, int columns, ReadOnlySpan<double> x, Span<double> y)
    {
        RequireMatVec(a.Length, rows, columns, x.Length, columns, y.Length, rows);
        for (int i = 0; i < rows; i++) y[i] = Dot(a.Slice(i * columns, columns), x);
    }

    /// <inheritdoc cref="MatVec(ReadOnlySpan{double}, int, int, ReadOnlySpan{double}, Span{double})"/>
    /// <remarks>Computed in single precision.</remarks>
    public static void MatVec(ReadOnlySpan<float> a, int rows, int columns, ReadOnlySpan<float> x, Span<float> y)
    {
        RequireMatVec(a.Length, rows, columns, x.Length, columns, y.Length, rows);
        for (int i = 0; i < rows; i++) y[i] = Dot(a.Slice(i * columns, columns), x);
    }

    /// <inheritdoc cref="MatVec(ReadOnlySpan{double}, int, int, ReadOnlySpan{double}, Span{double})"/>
    /// <remarks>Computed in double.</remarks>
    public static void MatVec(ReadOnlySpan<float> a, int rows, int columns, ReadOnlySpan<double> x, Span<double> y)
    {
        RequireMatVec(a.Length, rows, columns, x.Length, columns, y.Length, rows);
        for (int i = 0; i < rows; i++) y[i] = Dot(a.Slice(i * columns, columns), x);
    }

    /// <summary>Multiplies a transposed matrix by a vector: y = Aᵀ x.</summary>
    /// <param name="a">The matrix A, <paramref name="rows"/> × <paramref name="columns"/>.</param>
    /// <param name="rows">The number of rows of A.</param>
    /// <param name="columns">The number of columns of A.</param>
    /// <param name="x">The vector, of length <paramref name="rows"/>.</param>
    /// <param name="y">Receives the product, of length <paramref name="columns"/>; must not overlap the others.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void MatTVec(ReadOnlySpan<double> a, int rows, int columns, ReadOnlySpan<double> x, Span<double> y)
    {
        RequireMatVec(a.Length, rows, columns, x.Length, rows, y.Length, columns);
        y.Clear();
        for (int i = 0; i < rows; i++) Axpy(x[i], a.Slice(i * columns, columns), y);
    }

    /// <inheritdoc cref="MatTVec(ReadOnlySpan{double}, int, int, ReadOnlySpan{double}, Span{double})"/>
    /// <remarks>Computed in single precision.</remarks>
    public static void MatTVec(ReadOnlySpan<float> a, int rows, int columns, ReadOnlySpan<float> x, Span<float> y)
    {
        RequireMatVec(a.Length, rows, columns, x.Length, rows, y.Length, columns);
        y.Clear();
        for (int i = 0; i < rows; i++) Axpy(x[i], a.Slice(i * columns, columns), y);
    }

    /// <inheritdoc cref="MatTVec(ReadOnlySpan{double}, int, int, ReadOnlySpan{double}, Span{double})"/>
    /// <remarks>Computed in double.</remarks>
    public static void MatTVec(ReadOnlySpan<float> a, int rows, int columns, ReadOnlySpan<double> x, Span<double> y)
    {
        RequireMatVec(a.Length, rows, columns, x.Length, rows, y.Length, columns);
        y.Clear();
        for (int i = 0; i < rows; i++) Axpy(x[i], a.Slice(i * columns, columns), y);
    }

    /// <summary>Multiplies two matrices: C = op(A) op(B), or C ← C + op(A) op(B), where op transposes or does nothing.</summary>
    /// <param name="a">
    /// A: <paramref name="m"/> × <paramref name="k"/>, or <paramref name="k"/> × <paramref name="m"/> if transposed.
    /// </param>
    /// <param name="b">
    /// B: <paramref name="k"/> × <paramref name="n"/>, or <paramref name="n"/> × <paramref name="k"/> if transposed.
    /// </param>
    /// <param name="c">Receives C, <paramref name="m"/> × <paramref name="n"/>; must not overlap the others.</param>
    /// <param name="m">The number of rows of op(A) and C.</param>
    /// <param name="k">The number of columns of op(A) and rows of op(B).</param>
    /// <param name="n">The number of columns of op(B) and C.</param>
    /// <param name="transposeA">Whether op(A) is Aᵀ.</param>
    /// <param name="transposeB">Whether op(B) is Bᵀ.</param>
    /// <param name="accumulate">Whether to add to what C holds.</param>
    /// <param name="threads">The most threads to use; the result is the same.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <remarks>
    /// Element (i, j) depends on row i of op(A) and column j of op(B) alone. <see cref="Gemm"/> does the work, and has scales and leading
    /// dimensions too.
    /// </remarks>
    public static void MatMul(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n,
        bool transposeA = false, bool transposeB = false, bool accumulate = false, int threads = 1)
    {
        RequireMatMul(a.Length, b.Length, c.Length, m, k, n);
        Gemm.Multiply(transposeA, transposeB, m, n, k, 1, a, transposeA ? m : k, b, transposeB ? k : n, accumulate ? 1 : 0, c, n, threads);
    }

    /// <inheritdoc cref="MatMul(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, int, int, int, bool, bool, bool, int)"/>
    /// <remarks>Computed in single precision.</remarks>
    public static void MatMul(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n,
        bool transposeA = false, bool transposeB = false, bool accumulate = false, int threads = 1)
    {
        RequireMatMul(a.Length, b.Length, c.Length, m, k, n);
        Gemm.Multiply(transposeA, transposeB, m, n, k, 1, a, transposeA ? m : k, b, transposeB ? k : n, accumulate ? 1 : 0, c, n, threads);
    }

    /// <summary>Transposes a matrix.</summary>
    /// <param name="a">The matrix, <paramref name="rows"/> × <paramref name="columns"/>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="transposed">
    /// Receives the transpose, <paramref name="columns"/> × <paramref name="rows"/>; must not overlap the matrix.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Transpose(ReadOnlySpan<double> a, int rows, int columns, Span<double> transposed) =>
        Transpose<double>(a, rows, columns, transposed);

    /// <inheritdoc cref="Transpose(ReadOnlySpan{double}, int, int, Span{double})"/>
    public static void Transpose(ReadOnlySpan<float> a, int rows, int columns, Span<float> transposed) =>
        Transpose<float>(a, rows, columns, transposed);

    /// <summary>Computes the Gram matrix XᵀX, or XᵀWX with W = diag(weights), in double.</summary>
    /// <param name="x">The data X, <paramref name="rows"/> × <paramref name="columns"/>.</param>
    /// <param name="rows">The number of rows of X.</param>
    /// <param name="columns">The number of columns of X.</param>
    /// <param name="gram">Receives the symmetric <paramref name="columns"/> × <paramref name="columns"/> matrix, both triangles.</param>
    /// <param name="weights">One weight per row, or empty for weights of 1.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Gram(ReadOnlySpan<double> x, int rows, int columns, Span<double> gram, ReadOnlySpan<double> weights = default)
    {
        RequireGram(x.Length, rows, columns, gram.Length, weights.Length);
        gram.Clear();
        for (int row = 0; row < rows; row += 4)
        {
            int height = Math.Min(4, rows - row);
            AddGram(x.Slice(row * columns, height * columns), columns, gram, weights.IsEmpty ? default : weights.Slice(row, height));
        }

        MirrorUpperTriangle(gram, columns);
    }

    /// <inheritdoc cref="Gram(ReadOnlySpan{double}, int, int, Span{double}, ReadOnlySpan{double})"/>
    /// <remarks>Four rows at a time are widened to double in a buffer rented from the shared pool.</remarks>
    public static void Gram(ReadOnlySpan<float> x, int rows, int columns, Span<double> gram, ReadOnlySpan<double> weights = default)
    {
        RequireGram(x.Length, rows, columns, gram.Length, weights.Length);
        gram.Clear();
        double[] buffer = ArrayPool<double>.Shared.Rent(4 * columns);
        for (int row = 0; row < rows; row += 4)
        {
            int height = Math.Min(4, rows - row);
            var wide = buffer.AsSpan(0, height * columns);
            TensorPrimitives.ConvertTruncating(x.Slice(row * columns, height * columns), wide);
            AddGram(wide, columns, gram, weights.IsEmpty ? default : weights.Slice(row, height));
        }

        ArrayPool<double>.Shared.Return(buffer);
        MirrorUpperTriangle(gram, columns);
    }

    /// <summary>y += a0 b0 + a1 b1 + a2 b2 + a3 b3, where the vectors bᵢ start in <paramref name="b"/> at offset + i·stride.</summary>
    private static void AddScaled<T>(Span<T> y, T a0, T a1, T a2, T a3, ReadOnlySpan<T> b, int offset, int stride)
        where T : unmanaged, INumber<T>
    {
        ref T py = ref MemoryMarshal.GetReference(y);
        ref T b0 = ref MemoryMarshal.GetReference(b.Slice(offset, y.Length));
        ref T b1 = ref MemoryMarshal.GetReference(b.Slice(offset + stride, y.Length));
        ref T b2 = ref MemoryMarshal.GetReference(b.Slice(offset + 2 * stride, y.Length));
        ref T b3 = ref MemoryMarshal.GetReference(b.Slice(offset + 3 * stride, y.Length));
        nuint j = 0;
        nuint length = (nuint)y.Length, width = (nuint)Vector<T>.Count;
        for (; j + width <= length; j += width)
        {
            var low = Vector.LoadUnsafe(ref b0, j) * a0 + Vector.LoadUnsafe(ref b1, j) * a1;
            var high = Vector.LoadUnsafe(ref b2, j) * a2 + Vector.LoadUnsafe(ref b3, j) * a3;
            (Vector.LoadUnsafe(ref py, j) + (low + high)).StoreUnsafe(ref py, j);
        }

        for (int t = (int)j; t < y.Length; t++)
        {
            int at = offset + t;
            y[t] += a0 * b[at] + a1 * b[at + stride] + (a2 * b[at + 2 * stride] + a3 * b[at + 3 * stride]);
        }
    }

    private static void Transpose<T>(ReadOnlySpan<T> a, int rows, int columns, Span<T> transposed)
    {
        RequireLength(a.Length, rows, columns, nameof(a));
        RequireLength(transposed.Length, columns, rows, nameof(transposed));
        const int tile = 32;
        for (int rowTile = 0; rowTile < rows; rowTile += tile)
        {
            int rowEnd = Math.Min(rowTile + tile, rows);
            for (int columnTile = 0; columnTile < columns; columnTile += tile)
            {
                int columnEnd = Math.Min(columnTile + tile, columns);
                for (int i = rowTile; i < rowEnd; i++)
                    for (int j = columnTile; j < columnEnd; j++) transposed[j * rows + i] = a[i * columns + j];
            }
        }
    }

    /// <summary>Adds the outer products of up to four rows to the upper triangle.</summary>
    private static void AddGram(ReadOnlySpan<double> x, int columns, Span<double> gram, ReadOnlySpan<double> weights)
    {
        int height = columns == 0 ? 0 : x.Length / columns;
        for (int i = 0; i < columns; i++)
        {
            var target = gram.Slice(i * columns + i, columns - i);
            if (height == 4)
            {
                var (x0, x1, x2, x3) = (x[i], x[i + columns], x[i + 2 * columns], x[i + 3 * columns]);
                if (!weights.IsEmpty) (x0, x1, x2, x3) = (weights[0] * x0, weights[1] * x1, weights[2] * x2, weights[3] * x3);
                AddScaled(target, x0, x1, x2, x3, x, i, columns);
                continue;
            }

            for (int row = 0; row < height; row++)
            {
                double scale = weights.IsEmpty ? x[row * columns + i] : weights[row] * x[row * columns + i];
                Axpy(scale, x.Slice(row * columns + i, columns - i), target);
            }
        }
    }

    private static void MirrorUpperTriangle(Span<double> matrix, int order)
    {
        for (int i = 1; i < order; i++)
            for (int j = 0; j < i; j++) matrix[i * order + j] = matrix[j * order + i];
    }

    private static void RequireMatVec(int a, int rows, int columns, int x, int expectedX, int y, int expectedY)
    {
        RequireLength(a, rows, columns, nameof(a));
        RequireLength(x, expectedX, 1, nameof(x));
        RequireLength(y, expectedY, 1, nameof(y));
    }

    private static void RequireMatMul(int a, int b, int c, int m, int k, int n)
    {
        RequireLength(a, m, k, nameof(a));
        RequireLength(b, k, n, nameof(b));
        RequireLength(c, m, n, nameof(c));
    }

    private static void RequireGram(int x, int rows, int columns, int gram, int weights)
    {
        RequireLength(x, rows, columns, nameof(x));
        RequireLength(gram, columns, columns, nameof(gram));
        if (weights != 0) RequireLength(weights, rows, 1, nameof(weights));
    }
}
