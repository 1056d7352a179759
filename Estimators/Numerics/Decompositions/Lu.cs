namespace MLPath.Numerics;

/// <summary>
/// The LU decomposition P A = L U of a square matrix, with partial pivoting: the standard way (2n³/3 operations) to solve a system of
/// equations and to compute a determinant.
/// </summary>
/// <remarks>
/// G. Golub, C. Van Loan, <i>Matrix Computations</i>, 4th edition, algorithm 3.4.1, by blocks of 64 columns (section 3.6). A pivot counts as zero if it is
/// not larger than n ε (|L| |U|)ⱼⱼ, the bound on what rounding alone contributes to it (N. Higham, <i>Accuracy and Stability of Numerical
/// Algorithms</i>, 2nd edition, theorem 9.3). This criterion does not depend on how rows or columns are scaled.
/// </remarks>
public sealed class Lu
{
    private const int Block = 64;

    // L below the diagonal (its own diagonal is all ones) and U on and above it, as in LAPACK.
    private readonly Matrix _lu;
    private readonly int[] _permutation;
    private readonly bool _oddPermutation;
    private readonly int _singularPivot;

    private Lu(Matrix lu, int[] permutation, bool oddPermutation)
    {
        (_lu, _permutation, _oddPermutation) = (lu, permutation, oddPermutation);
        _singularPivot = FindSingularPivot(lu);
    }

    /// <summary>The lower triangular factor L, n × n, with ones on its diagonal.</summary>
    public Matrix L
    {
        get
        {
            var l = Matrix.Identity(_lu.Rows);
            for (int i = 0; i < _lu.Rows; i++) _lu.Row(i)[..i].CopyTo(l.Row(i));
            return l;
        }
    }

    /// <summary>The upper triangular factor U, n × n.</summary>
    public Matrix U
    {
        get
        {
            var u = new Matrix(_lu.Rows, _lu.Rows);
            for (int i = 0; i < _lu.Rows; i++) _lu.Row(i)[i..].CopyTo(u.Row(i)[i..]);
            return u;
        }
    }

    /// <summary>The row order: row i of P A = L U is row <c>Permutation[i]</c> of A.</summary>
    public ReadOnlySpan<int> Permutation => _permutation;

    /// <summary>
    /// Whether the matrix is singular to working precision, so that <see cref="Solve(ReadOnlySpan{double})"/> has no meaningful answer.
    /// </summary>
    public bool IsSingular => _singularPivot >= 0;

    /// <summary>The determinant of A: the product of the pivots, with the sign of the permutation.</summary>
    public double Determinant
    {
        get
        {
            double product = _oddPermutation ? -1 : 1;
            for (int i = 0; i < _lu.Rows; i++) product *= _lu[i, i];
            return product;
        }
    }

    /// <summary>The logarithm of |det A|, which neither overflows nor underflows: -∞ if the determinant is 0.</summary>
    public double LogAbsDeterminant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _lu.Rows; i++) sum += Math.Log(Math.Abs(_lu[i, i]));
            return sum;
        }
    }

    /// <summary>The sign of the determinant: 1, -1, or 0.</summary>
    public int DeterminantSign
    {
        get
        {
            int sign = _oddPermutation ? -1 : 1;
            for (int i = 0; i < _lu.Rows; i++) sign *= Math.Sign(_lu[i, i]);
            return sign;
        }
    }

    /// <summary>Decomposes a square matrix. Singular matrices have a decomposition too; see <see cref="IsSingular"/>.</summary>
    /// <param name="a">The matrix, n × n.</param>
    /// <exception cref="ArgumentException">The matrix is not square, or an element is not finite.</exception>
    public static Lu Factor(Matrix a)
    {
        Triangular.RequireSquare(a, "An LU decomposition");
        Triangular.RequireFinite(a);
        var lu = a.Copy();
        int n = lu.Rows;
        var permutation = new int[n];
        for (int i = 0; i < n; i++) permutation[i] = i;
        bool odd = false;
        var values = lu.AsSpan();
        for (int start = 0; start < n; start += Block)
        {
            int end = Math.Min(start + Block, n), rest = n - end;
            for (int k = start; k < end; k++)
            {
                if (SwapPivot(lu, k, permutation)) odd = !odd;
                Eliminate(lu, k, end);
            }

            if (rest == 0) continue;

            // [L₁₁ 0; L₂₁ I] [U₁₁ U₁₂; 0 S] = [A₁₁ A₁₂; A₂₁ A₂₂]: U₁₂ = L₁₁⁻¹ A₁₂, and S = A₂₂ - L₂₁ U₁₂ remains to be decomposed.
            int corner = start * n + start, right = start * n + end, below = end * n + start;
            Triangular.SolveInPlace(values[corner..], n, end - start, values[right..], n, rest, Triangle.Lower, transposed: false, unitDiagonal: true);
            Gemm.Multiply(
                false, false, rest, rest, end - start, -1, values[below..], n, values[right..], n, 1, values[(end * n + end)..], n);
        }

        return new Lu(lu, permutation, odd);
    }

    /// <summary>Solves A x = b.</summary>
    /// <param name="b">n numbers.</param>
    /// <returns>x, n numbers.</returns>
    /// <exception cref="ArgumentException">b has another length.</exception>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        Triangular.RequireRows(b.Length, _lu.Rows);
        RequireRegular();
        var x = new double[b.Length];
        for (int i = 0; i < x.Length; i++) x[i] = b[_permutation[i]];
        Triangular.SolveVector(_lu.AsSpan(), x.Length, x, Triangle.Lower, transposed: false, unitDiagonal: true);
        Triangular.SolveVector(_lu.AsSpan(), x.Length, x, Triangle.Upper, transposed: false, unitDiagonal: false);
        return x;
    }

    /// <summary>Solves A X = B for several right-hand sides, the columns of B.</summary>
    /// <param name="b">The right-hand sides, n × m.</param>
    /// <returns>X, n × m.</returns>
    /// <exception cref="ArgumentException">B has another number of rows.</exception>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public Matrix Solve(Matrix b)
    {
        Triangular.RequireRows(b.Rows, _lu.Rows);
        RequireRegular();
        var (n, m) = (b.Rows, b.Columns);
        var x = new Matrix(n, m);
        for (int i = 0; i < n; i++) b.Row(_permutation[i]).CopyTo(x.Row(i));
        Triangular.SolveInPlace(_lu.AsSpan(), n, n, x.AsSpan(), m, m, Triangle.Lower, transposed: false, unitDiagonal: true);
        Triangular.SolveInPlace(_lu.AsSpan(), n, n, x.AsSpan(), m, m, Triangle.Upper, transposed: false, unitDiagonal: false);
        return x;
    }

    /// <summary>The inverse of A, n × n.</summary>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public Matrix Inverse() => Solve(Matrix.Identity(_lu.Rows));

    /// <summary>Brings the largest element of column k, on or below the diagonal, to row k.</summary>
    /// <returns>Whether rows were swapped.</returns>
    private static bool SwapPivot(Matrix lu, int k, int[] permutation)
    {
        int pivot = k;
        for (int i = k + 1; i < lu.Rows; i++)
        {
            if (Math.Abs(lu[i, k]) > Math.Abs(lu[pivot, k])) pivot = i;
        }

        if (pivot == k) return false;
        Span<double> pivotRow = lu.Row(k), other = lu.Row(pivot);
        for (int j = 0; j < pivotRow.Length; j++) (pivotRow[j], other[j]) = (other[j], pivotRow[j]);
        (permutation[k], permutation[pivot]) = (permutation[pivot], permutation[k]);
        return true;
    }

    /// <summary>Subtracts multiples of row k from the rows below, in the columns before <paramref name="end"/>; keeps the multipliers in column k.</summary>
    private static void Eliminate(Matrix lu, int k, int end)
    {
        var pivotRow = lu.Row(k)[k..end];

        // A column of zeros has nothing to eliminate.
        if (pivotRow[0] == 0) return;
        for (int i = k + 1; i < lu.Rows; i++)
        {
            var row = lu.Row(i)[k..end];
            double multiplier = row[0] / pivotRow[0];
            row[0] = multiplier;
            if (multiplier != 0) Dense.Axpy(-multiplier, pivotRow[1..], row[1..]);
        }
    }

    private void RequireRegular()
    {
        if (IsSingular)
        {
            throw new SingularMatrixException(
                $"The matrix is singular to working precision: column {_singularPivot} (counted from 0) is a combination of the columns " +
                "before it. The equations have no unique solution; Qr with column pivoting gives the least-squares solution " +
                "of smallest norm.",
                _singularPivot);
        }
    }

    /// <summary>The first j with |uⱼⱼ| ≤ n ε Σₖ |lⱼₖ| |uₖⱼ|, or -1.</summary>
    private static int FindSingularPivot(Matrix lu)
    {
        for (int j = 0; j < lu.Rows; j++)
        {
            double pivot = Math.Abs(lu[j, j]);
            double sum = pivot;
            for (int k = 0; k < j; k++) sum += Math.Abs(lu[j, k] * lu[k, j]);
            if (!(pivot > lu.Rows * Triangular.Epsilon * sum)) return j;
        }

        return -1;
    }
}
