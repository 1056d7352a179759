namespace MLPath.Numerics;

/// <summary>Which half of a square matrix is meant, the diagonal included; the other half is not read.</summary>
public enum Triangle
{
    /// <summary>On and below the diagonal.</summary>
    Lower,

    /// <summary>On and above the diagonal.</summary>
    Upper,
}

/// <summary>
/// Systems of equations with a triangular matrix T, solved by substitution: op(T) X = B and X op(T) = B, where op transposes or does nothing.
/// The cost is n² operations for each right-hand side.
/// </summary>
/// <remarks>
/// G. Golub, C. Van Loan, <i>Matrix Computations</i>, 4th edition, section 3.1. Blocks of 64 unknowns are found by substitution, and what
/// they contribute to the other equations is taken away in one matrix product.
/// </remarks>
public static class Triangular
{
    /// <summary>The unit roundoff's double, 2⁻⁵²: the distance from 1 to the next number.</summary>
    internal const double Epsilon = 2.220446049250313e-16;

    private const int Block = 64;

    /// <summary>Solves op(T) x = b.</summary>
    /// <param name="t">T, n × n.</param>
    /// <param name="b">n numbers.</param>
    /// <param name="triangle">Which half of the matrix is T.</param>
    /// <param name="transposed">Whether op(T) is Tᵀ.</param>
    /// <param name="unitDiagonal">Whether the diagonal of T is all ones, whatever the matrix holds there.</param>
    /// <returns>x, n numbers.</returns>
    /// <exception cref="ArgumentException">The matrix is not square, or b has another length.</exception>
    /// <exception cref="SingularMatrixException">An element of the diagonal is 0.</exception>
    public static double[] Solve(Matrix t, ReadOnlySpan<double> b, Triangle triangle, bool transposed = false, bool unitDiagonal = false)
    {
        RequireSquare(t, "A triangular system");
        RequireRows(b.Length, t.Rows);
        RequireDiagonal(t, unitDiagonal);
        double[] x = b.ToArray();
        SolveVector(t.AsSpan(), t.Columns, x, triangle, transposed, unitDiagonal);
        return x;
    }

    /// <summary>Solves op(T) X = B for several right-hand sides, the columns of B.</summary>
    /// <param name="t">T, n × n.</param>
    /// <param name="b">B, n × m.</param>
    /// <param name="triangle">Which half of the matrix is T.</param>
    /// <param name="transposed">Whether op(T) is Tᵀ.</param>
    /// <param name="unitDiagonal">Whether the diagonal of T is all ones, whatever the matrix holds there.</param>
    /// <returns>X, n × m.</returns>
    /// <exception cref="ArgumentException">The matrix is not square, or B has another number of rows.</exception>
    /// <exception cref="SingularMatrixException">An element of the diagonal is 0.</exception>
    public static Matrix Solve(Matrix t, Matrix b, Triangle triangle, bool transposed = false, bool unitDiagonal = false)
    {
        RequireSquare(t, "A triangular system");
        RequireRows(b.Rows, t.Rows);
        RequireDiagonal(t, unitDiagonal);
        var x = b.Copy();
        SolveInPlace(t.AsSpan(), t.Columns, t.Rows, x.AsSpan(), x.Columns, x.Columns, triangle, transposed, unitDiagonal);
        return x;
    }

    /// <summary>Solves X op(T) = B, one system for each row of B.</summary>
    /// <param name="t">T, n × n.</param>
    /// <param name="b">B, m × n.</param>
    /// <param name="triangle">Which half of the matrix is T.</param>
    /// <param name="transposed">Whether op(T) is Tᵀ.</param>
    /// <param name="unitDiagonal">Whether the diagonal of T is all ones, whatever the matrix holds there.</param>
    /// <returns>X, m × n.</returns>
    /// <exception cref="ArgumentException">The matrix is not square, or B has another number of columns.</exception>
    /// <exception cref="SingularMatrixException">An element of the diagonal is 0.</exception>
    public static Matrix SolveRight(Matrix t, Matrix b, Triangle triangle, bool transposed = false, bool unitDiagonal = false)
    {
        RequireSquare(t, "A triangular system");
        if (b.Columns != t.Rows)
            throw new ArgumentException($"The right-hand side has {b.Columns} columns, but the matrix has {t.Rows} rows.", nameof(b));
        RequireDiagonal(t, unitDiagonal);
        var x = b.Copy();
        SolveRightInPlace(t.AsSpan(), t.Columns, t.Rows, x.AsSpan(), x.Columns, x.Rows, triangle, transposed, unitDiagonal);
        return x;
    }

    /// <summary>B ← op(T)⁻¹ B, with distances between rows; the diagonal is not looked at.</summary>
    internal static void SolveInPlace(
        ReadOnlySpan<double> t, int ldt, int n, Span<double> b, int ldb, int columns, Triangle triangle, bool transposed, bool unitDiagonal)
    {
        // op(T) is lower triangular when one of the two is the case, and the first unknown then comes first.
        bool forward = (triangle == Triangle.Lower) != transposed;
        int blocks = ParallelLoop.ChunkCount(n, Block);
        for (int step = 0; step < blocks; step++)
        {
            int start = (forward ? step : blocks - 1 - step) * Block;
            int end = Math.Min(start + Block, n);
            SubstituteRows(t, ldt, start, end, b, ldb, columns, forward, transposed, unitDiagonal);

            var (rest, count) = forward ? (end, n - end) : (0, start);
            if (count == 0 || columns == 0) continue;
            Gemm.Multiply(
                transposed, false, count, columns, end - start, -1, t[(transposed ? start * ldt + rest : rest * ldt + start)..], ldt,
                b[(start * ldb)..], ldb, 1, b[(rest * ldb)..], ldb);
        }
    }

    /// <summary>B ← B op(T)⁻¹, with distances between rows; the diagonal is not looked at.</summary>
    internal static void SolveRightInPlace(
        ReadOnlySpan<double> t, int ldt, int n, Span<double> b, int ldb, int rows, Triangle triangle, bool transposed, bool unitDiagonal)
    {
        // x op(T) = b is op(T)ᵀ xᵀ = bᵀ: an upper triangular op(T) gives the first unknown first.
        bool forward = (triangle == Triangle.Upper) != transposed;
        int blocks = ParallelLoop.ChunkCount(n, Block);
        for (int step = 0; step < blocks; step++)
        {
            int start = (forward ? step : blocks - 1 - step) * Block;
            int width = Math.Min(Block, n - start);
            for (int i = 0; i < rows; i++)
                SolveVector(t[(start * ldt + start)..], ldt, b.Slice(i * ldb + start, width), triangle, !transposed, unitDiagonal);

            var (rest, count) = forward ? (start + width, n - start - width) : (0, start);
            if (count == 0 || rows == 0) continue;
            Gemm.Multiply(
                false, transposed, rows, count, width, -1, b[start..], ldb,
                t[(transposed ? rest * ldt + start : start * ldt + rest)..], ldt, 1, b[rest..], ldb);
        }
    }

    /// <summary>x ← op(T)⁻¹ x.</summary>
    internal static void SolveVector(
        ReadOnlySpan<double> t, int ldt, Span<double> x, Triangle triangle, bool transposed, bool unitDiagonal)
    {
        bool lower = triangle == Triangle.Lower;
        bool forward = lower != transposed;
        int n = x.Length;
        for (int step = 0; step < n; step++)
        {
            int i = forward ? step : n - 1 - step;
            var row = t.Slice(i * ldt, n);
            var unknowns = lower ? ..i : (i + 1)..;
            var others = row[unknowns];

            // A row of T is an equation of T x = b, whose other unknowns are known, and a column of Tᵀ x = b, which the others lose.
            if (!transposed) x[i] -= Dense.Dot(others, x[unknowns]);
            if (!unitDiagonal) x[i] /= row[i];
            if (transposed) Dense.Axpy(-x[i], others, x[unknowns]);
        }
    }

    internal static void RequireSquare(Matrix a, string what)
    {
        if (a.Rows != a.Columns) throw new ArgumentException($"{what} needs a square matrix, but this one is {a.Rows} × {a.Columns}.");
    }

    internal static void RequireRows(int actual, int expected)
    {
        if (actual != expected) throw new ArgumentException($"The right-hand side has {actual} rows, but the matrix has {expected}.");
    }

    internal static void RequireFinite(Matrix a)
    {
        // The largest magnitude is NaN or infinite if an element is; only then is it worth while to look for which.
        if (double.IsFinite(a.MaxAbs())) return;
        for (int i = 0; i < a.Rows; i++)
        {
            var row = a.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                if (!double.IsFinite(row[j]))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"Element ({i}, {j}) of the matrix is {row[j]}; every element must be finite."));
                }
            }
        }
    }

    /// <summary>Finds the unknowns start … end - 1 from each other, all right-hand sides at once.</summary>
    private static void SubstituteRows(
        ReadOnlySpan<double> t, int ldt, int start, int end, Span<double> b, int ldb, int columns, bool forward, bool transposed, bool unitDiagonal)
    {
        for (int step = 0; step < end - start; step++)
        {
            int i = forward ? start + step : end - 1 - step;
            var row = b.Slice(i * ldb, columns);
            int from = forward ? start : i + 1, to = forward ? i : end;
            for (int j = from; j < to; j++)
                Dense.Axpy(-t[transposed ? j * ldt + i : i * ldt + j], b.Slice(j * ldb, columns), row);
            if (unitDiagonal) continue;
            double pivot = t[i * ldt + i];
            foreach (ref double value in row) value /= pivot;
        }
    }

    private static void RequireDiagonal(Matrix t, bool unitDiagonal)
    {
        for (int i = 0; i < t.Rows && !unitDiagonal; i++)
        {
            if (t[i, i] == 0)
                throw new SingularMatrixException($"The triangular matrix is singular: element ({i}, {i}) of its diagonal is 0.", i);
        }
    }
}
