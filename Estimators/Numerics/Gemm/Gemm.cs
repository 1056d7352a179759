using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Numerics;

/// <summary>
/// Products of matrices, C ← α op(A) op(B) + β C, at the speed of the machine's multipliers. op transposes or does nothing; matrices are
/// row-major with a distance between rows (the leading dimension).
/// </summary>
/// <remarks>
/// <para>
/// The cost is 2 m n k operations. Element (i, j) is Σₚ aᵢₚ bₚⱼ in the order of p, each term added by one fused multiply-add where the
/// machine has it, in as few blocks of at most <see cref="Depth"/> terms as will do, whose sums are added in order; all but the last are of
/// one length, a multiple of 16. So it depends on row i of op(A) and column j of op(B) alone: not on the number of threads, not on what else is
/// computed beside it, and not on how wide the machine's vectors are.
/// </para>
/// <para>C must not overlap A or B. β = 0 means that C is only written, so that what it held, NaN too, does not matter.</para>
/// </remarks>
public static unsafe class Gemm
{
    /// <summary>The most terms that are added up at a time.</summary>
    public const int Depth = 256;

    // Blocks but the last end with a line of the cache.
    private const int DepthUnit = 16;

    // Below this many multiplications a second thread costs more than it saves.
    private const long LeastWorkPerThread = 1 << 19;

    /// <summary>Multiplies in single precision: C ← α op(A) op(B) + β C.</summary>
    /// <param name="transposeA">Whether op(A) is Aᵀ.</param>
    /// <param name="transposeB">Whether op(B) is Bᵀ.</param>
    /// <param name="m">The number of rows of op(A) and C; 0 or more.</param>
    /// <param name="n">The number of columns of op(B) and C; 0 or more.</param>
    /// <param name="k">The number of columns of op(A) and rows of op(B); 0 or more, 0 leaves β C.</param>
    /// <param name="alpha">α.</param>
    /// <param name="a">A: m × k, or k × m if transposed.</param>
    /// <param name="lda">The distance between rows of A, at least its number of columns.</param>
    /// <param name="b">B: k × n, or n × k if transposed.</param>
    /// <param name="ldb">The distance between rows of B, at least its number of columns.</param>
    /// <param name="beta">β.</param>
    /// <param name="c">C, m × n.</param>
    /// <param name="ldc">The distance between rows of C, at least n.</param>
    /// <param name="threads">The most threads to use; small products use one. The result is the same.</param>
    /// <exception cref="ArgumentException">A size is negative, a leading dimension too small or a span too short.</exception>
    [SkipLocalsInit]
    public static void Multiply(
        bool transposeA, bool transposeB, int m, int n, int k, float alpha, ReadOnlySpan<float> a, int lda, ReadOnlySpan<float> b, int ldb,
        float beta, Span<float> c, int ldc, int threads = 1)
    {
        Check(transposeA, transposeB, m, n, k, a.Length, lda, b.Length, ldb, c.Length, ldc);
        fixed (float* pa = &MemoryMarshal.GetReference(a), pb = &MemoryMarshal.GetReference(b), pc = &MemoryMarshal.GetReference(c))
        {
            if (Vector512.IsHardwareAccelerated) Multiply<Floats16, float>(transposeA, transposeB, m, n, k, alpha, pa, lda, pb, ldb, beta, pc, ldc, threads);
            else if (Vector256.IsHardwareAccelerated) Multiply<Floats8, float>(transposeA, transposeB, m, n, k, alpha, pa, lda, pb, ldb, beta, pc, ldc, threads);
            else Multiply<Floats4, float>(transposeA, transposeB, m, n, k, alpha, pa, lda, pb, ldb, beta, pc, ldc, threads);
        }
    }

    /// <summary>Multiplies in double precision: C ← α op(A) op(B) + β C.</summary>
    /// <inheritdoc cref="Multiply(bool, bool, int, int, int, float, ReadOnlySpan{float}, int, ReadOnlySpan{float}, int, float, Span{float}, int, int)"/>
    [SkipLocalsInit]
    public static void Multiply(
        bool transposeA, bool transposeB, int m, int n, int k, double alpha, ReadOnlySpan<double> a, int lda, ReadOnlySpan<double> b, int ldb,
        double beta, Span<double> c, int ldc, int threads = 1)
    {
        Check(transposeA, transposeB, m, n, k, a.Length, lda, b.Length, ldb, c.Length, ldc);
        fixed (double* pa = &MemoryMarshal.GetReference(a), pb = &MemoryMarshal.GetReference(b), pc = &MemoryMarshal.GetReference(c))
        {
            if (Vector512.IsHardwareAccelerated) Multiply<Doubles8, double>(transposeA, transposeB, m, n, k, alpha, pa, lda, pb, ldb, beta, pc, ldc, threads);
            else if (Vector256.IsHardwareAccelerated) Multiply<Doubles4, double>(transposeA, transposeB, m, n, k, alpha, pa, lda, pb, ldb, beta, pc, ldc, threads);
            else Multiply<Doubles2, double>(transposeA, transposeB, m, n, k, alpha, pa, lda, pb, ldb, beta, pc, ldc, threads);
        }
    }

    /// <summary>Multiplies many pairs of single-precision matrices of one shape: Cᵢ ← α op(Aᵢ) op(Bᵢ) + β Cᵢ.</summary>
    /// <param name="count">The number of products; 0 or more.</param>
    /// <param name="transposeA">Whether op(A) is Aᵀ.</param>
    /// <param name="transposeB">Whether op(B) is Bᵀ.</param>
    /// <param name="m">The number of rows of op(A) and C.</param>
    /// <param name="n">The number of columns of op(B) and C.</param>
    /// <param name="k">The number of columns of op(A) and rows of op(B).</param>
    /// <param name="alpha">α.</param>
    /// <param name="a">The matrices A.</param>
    /// <param name="lda">The distance between rows of A.</param>
    /// <param name="strideA">The distance between matrices A; 0 takes one for all products.</param>
    /// <param name="b">The matrices B.</param>
    /// <param name="ldb">The distance between rows of B.</param>
    /// <param name="strideB">The distance between matrices B; 0 takes one for all products.</param>
    /// <param name="beta">β.</param>
    /// <param name="c">The matrices C.</param>
    /// <param name="ldc">The distance between rows of C.</param>
    /// <param name="strideC">The distance between matrices C, so that none overlaps another.</param>
    /// <param name="threads">The most threads to use, each for whole products. The result is the same.</param>
    /// <exception cref="ArgumentException">A size is negative, a distance too small or a span too short.</exception>
    public static void MultiplyBatched(
        int count, bool transposeA, bool transposeB, int m, int n, int k, float alpha, ReadOnlySpan<float> a, int lda, int strideA,
        ReadOnlySpan<float> b, int ldb, int strideB, float beta, Span<float> c, int ldc, int strideC, int threads = 1) =>
        Batch(count, transposeA, transposeB, m, n, k, alpha, a, lda, strideA, b, ldb, strideB, beta, c, ldc, strideC, threads);

    /// <summary>Multiplies many pairs of double-precision matrices of one shape: Cᵢ ← α op(Aᵢ) op(Bᵢ) + β Cᵢ.</summary>
    /// <inheritdoc cref="MultiplyBatched(int, bool, bool, int, int, int, float, ReadOnlySpan{float}, int, int, ReadOnlySpan{float}, int, int, float, Span{float}, int, int, int)"/>
    public static void MultiplyBatched(
        int count, bool transposeA, bool transposeB, int m, int n, int k, double alpha, ReadOnlySpan<double> a, int lda, int strideA,
        ReadOnlySpan<double> b, int ldb, int strideB, double beta, Span<double> c, int ldc, int strideC, int threads = 1) =>
        Batch(count, transposeA, transposeB, m, n, k, alpha, a, lda, strideA, b, ldb, strideB, beta, c, ldc, strideC, threads);

    /// <summary>Computes the Gram matrix of rows around a centre, G = Σᵢ wᵢ (xᵢ − μ)(xᵢ − μ)ᵀ, in double precision.</summary>
    /// <param name="x">The rows X, <paramref name="rows"/> × <paramref name="columns"/>.</param>
    /// <param name="rows">n, the number of rows; 0 or more.</param>
    /// <param name="columns">d, the number of columns; 0 or more.</param>
    /// <param name="gram">Receives G, d × d, both triangles.</param>
    /// <param name="weights">w, one weight per row; empty for weights of 1.</param>
    /// <param name="centre">μ, one number per column; empty for 0.</param>
    /// <param name="sums">Receives Σᵢ wᵢ (xᵢ − μ), one number per column, from which a centre near the mean can be corrected; empty for none.</param>
    /// <param name="threads">The most threads to use. The result is the same.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <remarks>The cost is n d² operations. Memory of at most 16 d² numbers is rented where d ≤ 384, of a few d otherwise.</remarks>
    public static void Gram(
        ReadOnlySpan<double> x, int rows, int columns, Span<double> gram, ReadOnlySpan<double> weights = default,
        ReadOnlySpan<double> centre = default, Span<double> sums = default, int threads = 1)
    {
        CheckGram(x.Length, rows, columns, gram.Length, weights.Length, centre.Length, sums.Length);
        if (Vector512.IsHardwareAccelerated) GramDriver<Doubles8, double, double>.Compute(x, rows, columns, centre, weights, gram, sums, threads);
        else if (Vector256.IsHardwareAccelerated) GramDriver<Doubles4, double, double>.Compute(x, rows, columns, centre, weights, gram, sums, threads);
        else GramDriver<Doubles2, double, double>.Compute(x, rows, columns, centre, weights, gram, sums, threads);
        Syrk.Mirror(gram, columns, columns);
    }

    /// <summary>
    /// Computes the Gram matrix of single-precision rows around a centre, G = Σᵢ wᵢ (xᵢ − μ)(xᵢ − μ)ᵀ, with sums in double precision.
    /// </summary>
    /// <param name="x">The rows X, <paramref name="rows"/> × <paramref name="columns"/>.</param>
    /// <param name="rows">n, the number of rows; 0 or more.</param>
    /// <param name="columns">d, the number of columns; 0 or more.</param>
    /// <param name="gram">Receives G, d × d, both triangles.</param>
    /// <param name="weights">w, one weight per row; empty for weights of 1.</param>
    /// <param name="centre">μ, one number per column; empty for 0.</param>
    /// <param name="sums">Receives Σᵢ wᵢ (xᵢ − μ), one number per column, from which a centre near the mean can be corrected; empty for none.</param>
    /// <param name="singleProducts">
    /// Whether products are made, and added up over <see cref="Depth"/> rows at a time, in single precision: twice as fast, with a relative
    /// error of about 1e-7 of √(Gⱼⱼ Gₗₗ). Otherwise all is double.
    /// </param>
    /// <param name="threads">The most threads to use. The result is the same.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <inheritdoc cref="Gram(ReadOnlySpan{double}, int, int, Span{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, int)" path="/remarks"/>
    public static void Gram(
        ReadOnlySpan<float> x, int rows, int columns, Span<double> gram, ReadOnlySpan<float> weights = default,
        ReadOnlySpan<float> centre = default, Span<double> sums = default, bool singleProducts = false, int threads = 1)
    {
        CheckGram(x.Length, rows, columns, gram.Length, weights.Length, centre.Length, sums.Length);
        if (singleProducts)
        {
            if (Vector512.IsHardwareAccelerated) GramDriver<Floats16, float, float>.Compute(x, rows, columns, centre, weights, gram, sums, threads);
            else if (Vector256.IsHardwareAccelerated) GramDriver<Floats8, float, float>.Compute(x, rows, columns, centre, weights, gram, sums, threads);
            else GramDriver<Floats4, float, float>.Compute(x, rows, columns, centre, weights, gram, sums, threads);
        }
        else
        {
            if (Vector512.IsHardwareAccelerated) GramDriver<Doubles8, double, float>.Compute(x, rows, columns, centre, weights, gram, sums, threads);
            else if (Vector256.IsHardwareAccelerated) GramDriver<Doubles4, double, float>.Compute(x, rows, columns, centre, weights, gram, sums, threads);
            else GramDriver<Doubles2, double, float>.Compute(x, rows, columns, centre, weights, gram, sums, threads);
        }

        Syrk.Mirror(gram, columns, columns);
    }

    private static void Batch<T>(
        int count, bool transposeA, bool transposeB, int m, int n, int k, T alpha, ReadOnlySpan<T> a, int lda, int strideA,
        ReadOnlySpan<T> b, int ldb, int strideB, T beta, Span<T> c, int ldc, int strideC, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckBatch(count, m, n, ldc, a.Length, strideA, b.Length, strideB, c.Length, strideC);
        long work = Math.Max((long)m * n * k, 1);
        int chunk = (int)Math.Clamp(LeastWorkPerThread / work, 1, int.MaxValue);
        fixed (T* pa = a, pb = b, pc = c)
        {
            var (dataA, dataB, dataC) = ((nint)pa, (nint)pb, (nint)pc);
            var (lengthA, lengthB, lengthC) = (a.Length, b.Length, c.Length);
            ParallelLoop.For(count, chunk, threads, CancellationToken.None, (_, start, end) =>
            {
                for (int i = start; i < end; i++)
                {
                    int atA = i * strideA, atB = i * strideB, atC = i * strideC;
                    MultiplyEither(
                        transposeA, transposeB, m, n, k, alpha, new ReadOnlySpan<T>((T*)dataA + atA, lengthA - atA), lda,
                        new ReadOnlySpan<T>((T*)dataB + atB, lengthB - atB), ldb, beta, new Span<T>((T*)dataC + atC, lengthC - atC), ldc);
                }
            });
        }
    }

    /// <summary>The product in the precision of its numbers.</summary>
    private static void MultiplyEither<T>(
        bool transposeA, bool transposeB, int m, int n, int k, T alpha, ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b, int ldb, T beta, Span<T> c, int ldc)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            Multiply(
                transposeA, transposeB, m, n, k, float.CreateTruncating(alpha), MemoryMarshal.Cast<T, float>(a), lda, MemoryMarshal.Cast<T, float>(b), ldb,
                float.CreateTruncating(beta), MemoryMarshal.Cast<T, float>(c), ldc);
        }
        else
        {
            Multiply(
                transposeA, transposeB, m, n, k, double.CreateTruncating(alpha), MemoryMarshal.Cast<T, double>(a), lda, MemoryMarshal.Cast<T, double>(b), ldb,
                double.CreateTruncating(beta), MemoryMarshal.Cast<T, double>(c), ldc);
        }
    }

    /// <summary>
    /// How many of k terms, 1 or more, are added up at a time: all, or blocks of one length but for the last, so that none is much shorter.
    /// </summary>
    internal static int DepthOf(int k)
    {
        if (k <= Depth) return k;
        int blocks = (k - 1) / Depth + 1, terms = (k - 1) / blocks + 1;
        return (terms + DepthUnit - 1) / DepthUnit * DepthUnit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<V, T>(
        bool transposeA, bool transposeB, int m, int n, int k, T alpha, T* a, int lda, T* b, int ldb, T beta, T* c, int ldc, int threads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (GemmDriver<V, T>.IsNear(m, n, k, alpha, beta)) GemmDriver<V, T>.MultiplyNear(transposeA, transposeB, m, n, k, a, lda, b, ldb, c, ldc);
        else MultiplyFar<V, T>(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, threads);
    }

    // A method of its own: what it keeps on the stack is not made ready for a near product.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplyFar<V, T>(
        bool transposeA, bool transposeB, int m, int n, int k, T alpha, T* a, int lda, T* b, int ldb, T beta, T* c, int ldc, int threads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var problem = new GemmProblem<T>(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        if (problem.M == 0 || problem.N == 0) return;
        if (problem.K == 0 || problem.Alpha == T.Zero)
        {
            Scale(problem);
            return;
        }

        long work = (long)problem.M * problem.N * problem.K;
        int parts = (int)Math.Min(threads, work / LeastWorkPerThread);
        if (parts <= 1)
        {
            GemmDriver<V, T>.Multiply(problem);
            return;
        }

        MultiplyInParts<V, T>(problem, parts);
    }

    // A method of its own: a loop over threads allocates its body, which products on one thread must not.
    private static void MultiplyInParts<V, T>(in GemmProblem<T> problem, int parts)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Columns are cut where there are many: then no two threads lay out the same part of B.
        bool byRows = problem.N < 4 * parts * V.Count || (problem.StepA != 1 && problem.M >= problem.N);
        int length = byRows ? problem.M : problem.N, unit = byRows ? V.TileRows : 2 * V.Count;
        int chunk = (length + parts * unit - 1) / (parts * unit) * unit;
        var shared = problem;
        ParallelLoop.For(length, chunk, parts, CancellationToken.None, (_, start, end) =>
            GemmDriver<V, T>.Multiply(byRows ? shared.Rows(start, end) : shared.Columns(start, end)));
    }

    /// <summary>C ← β C.</summary>
    private static void Scale<T>(in GemmProblem<T> problem)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < problem.M; i++)
        {
            var row = new Span<T>(problem.C + i * problem.RowC, problem.N);
            if (problem.Beta == T.Zero) row.Clear();
            else TensorPrimitives.Multiply<T>(row, problem.Beta, row);
        }
    }

    private static void CheckGram(int x, int rows, int columns, int gram, int weights, int centre, int sums)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        CheckMatrix(x, rows, columns, columns, "x");
        if (gram != (long)columns * columns) throw new ArgumentException($"gram has {gram} elements; {columns} columns need {columns} × {columns}.", nameof(gram));
        if (weights != 0 && weights != rows) throw new ArgumentException($"There are {weights} weights for {rows} rows.", nameof(weights));
        if (centre != 0 && centre != columns) throw new ArgumentException($"The centre has {centre} numbers for {columns} columns.", nameof(centre));
        if (sums != 0 && sums != columns) throw new ArgumentException($"There is room for {sums} sums of {columns} columns.", nameof(sums));
    }

    private static void CheckBatch(int count, int m, int n, int ldc, int a, int strideA, int b, int strideB, int c, int strideC)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(strideA);
        ArgumentOutOfRangeException.ThrowIfNegative(strideB);
        if (count == 0) return;
        long size = m == 0 ? 0 : (m - 1L) * ldc + n;
        if (count > 1 && strideC < size)
            throw new ArgumentException($"Matrices C that lie {strideC} apart overlap; each takes {size} elements.", nameof(strideC));
        CheckStride(a, count, strideA, nameof(a));
        CheckStride(b, count, strideB, nameof(b));
        CheckStride(c, count, strideC, nameof(c));
    }

    private static void CheckStride(int length, int count, int stride, string name)
    {
        if ((count - 1L) * stride > length)
            throw new ArgumentException($"{name} has {length} elements; the last of {count} matrices would start at {(count - 1L) * stride}.", name);
    }

    // Nothing but comparisons where all is well: small products take less time than the naming of a fault.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(bool transposeA, bool transposeB, int m, int n, int k, int a, int lda, int b, int ldb, int c, int ldc)
    {
        bool fits = (m | n | k) >= 0 && Fits(a, transposeA ? k : m, transposeA ? m : k, lda) && Fits(b, transposeB ? n : k, transposeB ? k : n, ldb)
            && Fits(c, m, n, ldc);
        if (fits) return;
        Refuse(transposeA, transposeB, m, n, k, a, lda, b, ldb, c, ldc);
        throw new UnreachableException();
    }

    private static void Refuse(bool transposeA, bool transposeB, int m, int n, int k, int a, int lda, int b, int ldb, int c, int ldc)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        CheckMatrix(a, transposeA ? k : m, transposeA ? m : k, lda, "a");
        CheckMatrix(b, transposeB ? n : k, transposeB ? k : n, ldb, "b");
        CheckMatrix(c, m, n, ldc, "c");
    }

    private static void CheckMatrix(int length, int rows, int columns, int leading, string name)
    {
        if (Fits(length, rows, columns, leading)) return;
        throw leading < columns
            ? new ArgumentException($"The leading dimension of {name} is {leading}; its rows have {columns} elements.", $"ld{name}")
            : new ArgumentException(
                $"{name} has {length} elements; {rows} × {columns} with a leading dimension of {leading} needs {(rows - 1L) * leading + columns}.", name);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Fits(int length, int rows, int columns, int leading) =>
        leading >= columns && (rows - 1L) * leading + columns <= length;
}
