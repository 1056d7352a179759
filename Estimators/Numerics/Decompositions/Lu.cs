namespace MLPath.Numerics;

/// <summary>
/// The LU decomposition P A = L U of a square matrix, with partial pivoting: the standard way (2n³/3 operations) to solve a system of
/// equations and to compute a determinant.
/// </summary>
/// <remarks>
/// G. Golub, C. Van Loan, <i>Matrix Computations</i>, 4th edition, algorithm 3.4.1 (outer product form). A pivot counts as zero if it is
/// not larger than n ε (|L| |U|)ⱼⱼ, the bound on what rounding alone contributes to it (N. Higham, <i>Accuracy and Stability of Numerical
/// Algorithms</i>, 2nd edition, theorem 9.3). This criterion does not depend on how rows or columns are scaled.
/// </remarks>
public sealed class Lu
{
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

        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                if (Math.Abs(lu[i, k]) > Math.Abs(lu[pivot, k])) pivot = i;
            }

            var pivotRow = lu.Row(k);
            if (pivot != k)
            {
                var other = lu.Row(pivot);
                for (int j = 0; j < n; j++) (pivotRow[j], other[j]) = (other[j], pivotRow[j]);
                (permutation[k], permutation[pivot]) = (permutation[pivot], permutation[k]);
                odd = !odd;
            }

            // A column of zeros has nothing to eliminate.
            if (pivotRow[k] == 0) continue;
            for (int i = k + 1; i < n; i++)
            {
                var row = lu.Row(i);
                double multiplier = row[k] / pivotRow[k];
                row[k] = multiplier;
                if (multiplier != 0) Dense.Axpy(-multiplier, pivotRow[(k + 1)..], row[(k + 1)..]);
            }
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
        if (IsSingular)
        {
            throw new SingularMatrixException(
                $"The matrix is singular to working precision: column {_singularPivot} (counted from 0) is a combination of the columns " +
                "before it. The equations have no unique solution; Qr with column pivoting gives the least-squares solution " +
                "of smallest norm.",
                _singularPivot);
        }

        var x = new double[b.Length];
        for (int i = 0; i < x.Length; i++) x[i] = b[_permutation[i]];
        Triangular.SolveLower(_lu, x, unitDiagonal: true);
        Triangular.SolveUpper(_lu, x);
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
        var columns = b.Transpose();
        for (int j = 0; j < columns.Rows; j++) Solve(columns.Row(j)).CopyTo(columns.Row(j));
        return columns.Transpose();
    }

    /// <summary>The inverse of A, n × n.</summary>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public Matrix Inverse() => Solve(Matrix.Identity(_lu.Rows));

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
