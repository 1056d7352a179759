using System.Numerics;
using System.Runtime.CompilerServices;
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
        int i = 0;
        for (; i <= rows - 4; i += 4) DotFourRows(a.Slice(i * columns, 4 * columns), x, y.Slice(i, 4));
        for (; i < rows; i++) y[i] = Dot(a.Slice(i * columns, columns), x);
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

    /// <summary>
    /// The dot products of four rows with a vector, each in the order of <see cref="Dot(ReadOnlySpan{float}, ReadOnlySpan{double})"/>: four
    /// independent chains of sums keep the processor busy, and the vector is read once.
    /// </summary>
    private static void DotFourRows(ReadOnlySpan<float> a, ReadOnlySpan<double> x, Span<double> y)
    {
        ref float p0 = ref MemoryMarshal.GetReference(a);
        ref float p1 = ref Unsafe.Add(ref p0, x.Length);
        ref float p2 = ref Unsafe.Add(ref p1, x.Length);
        ref float p3 = ref Unsafe.Add(ref p2, x.Length);
        ref double px = ref MemoryMarshal.GetReference(x);
        var (low0, low1, low2, low3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var (high0, high1, high2, high3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        int j = 0;
        for (; j <= x.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            var (xLow, xHigh) = (Vector.LoadUnsafe(ref px, (nuint)j), Vector.LoadUnsafe(ref px, (nuint)(j + Vector<double>.Count)));
            Vector.Widen(Vector.LoadUnsafe(ref p0, (nuint)j), out var low, out var high);
            (low0, high0) = (low0 + (low * xLow), high0 + (high * xHigh));
            Vector.Widen(Vector.LoadUnsafe(ref p1, (nuint)j), out low, out high);
            (low1, high1) = (low1 + (low * xLow), high1 + (high * xHigh));
            Vector.Widen(Vector.LoadUnsafe(ref p2, (nuint)j), out low, out high);
            (low2, high2) = (low2 + (low * xLow), high2 + (high * xHigh));
            Vector.Widen(Vector.LoadUnsafe(ref p3, (nuint)j), out low, out high);
            (low3, high3) = (low3 + (low * xLow), high3 + (high * xHigh));
        }

        double sum0 = Vector.Sum(low0 + high0), sum1 = Vector.Sum(low1 + high1), sum2 = Vector.Sum(low2 + high2), sum3 = Vector.Sum(low3 + high3);
        for (; j < x.Length; j++)
        {
            sum0 += a[j] * x[j];
            sum1 += a[j + x.Length] * x[j];
            sum2 += a[j + (2 * x.Length)] * x[j];
            sum3 += a[j + (3 * x.Length)] * x[j];
        }

        (y[0], y[1], y[2], y[3]) = (sum0, sum1, sum2, sum3);
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
}
