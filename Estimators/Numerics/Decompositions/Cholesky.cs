using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MLPath.Numerics;

/// <summary>
/// The Cholesky decomposition A = L Lᵀ of a symmetric positive definite matrix: the fastest way (n³/3 operations) to solve normal equations
/// and to evaluate Gaussians.
/// </summary>
/// <remarks>
/// G. Golub, C. Van Loan, <i>Matrix Computations</i>, 4th edition, section 4.2, by blocks of 64 columns, each of which
/// first loses what the columns before it explain, in one matrix product. A pivot that is not larger than n ε aⱼⱼ counts as zero: rounding alone moves it by that much (N. Higham, <i>Accuracy
/// and Stability of Numerical Algorithms</i>, 2nd edition, theorem 10.3).
/// </remarks>
public sealed class Cholesky
{
    private const int Block = 64;

    private readonly Matrix _l;

    private Cholesky(Matrix l) => _l = l;

    /// <summary>The lower triangular factor L, n × n, with a positive diagonal; zeros above.</summary>
    public Matrix L => _l.Copy();

    /// <summary>The logarithm of the determinant of A, 2 Σ log lᵢᵢ, which neither overflows nor underflows.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _l.Rows; i++) sum += Math.Log(_l[i, i]);
            return 2 * sum;
        }
    }

    /// <summary>Decomposes a symmetric positive definite matrix.</summary>
    /// <param name="a">The matrix, n × n. Only its lower triangle is read.</param>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    /// <exception cref="SingularMatrixException">
    /// The matrix is not positive definite to working precision; the message names the pivot.
    /// </exception>
    public static Cholesky Factor(Matrix a)
    {
        if (TryFactor(a, out var cholesky, out int pivot, out double value)) return cholesky;
        throw new SingularMatrixException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The matrix is not positive definite: pivot {pivot} (counted from 0) of {a.Rows} is {value:G4}, " +
                $"from the diagonal element {a[pivot, pivot]:G4}. Column {pivot} may repeat or combine earlier columns; " +
                $"drop it, or add a small positive number to the diagonal."),
            pivot);
    }

    /// <summary>Decomposes a symmetric matrix if it is positive definite to working precision.</summary>
    /// <param name="a">The matrix, n × n. Only its lower triangle is read.</param>
    /// <param name="cholesky">The decomposition, if there is one.</param>
    /// <returns>Whether the matrix is positive definite.</returns>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static bool TryFactor(Matrix a, [NotNullWhen(true)] out Cholesky? cholesky) => TryFactor(a, out cholesky, out _, out _);

    /// <summary>Solves A x = b.</summary>
    /// <param name="b">n numbers.</param>
    /// <returns>x, n numbers.</returns>
    /// <exception cref="ArgumentException">b has another length.</exception>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        double[] x = b.ToArray();
        SolveInPlace(x);
        return x;
    }

    /// <summary>Solves A X = B for several right-hand sides, the columns of B.</summary>
    /// <param name="b">The right-hand sides, n × m.</param>
    /// <returns>X, n × m.</returns>
    /// <exception cref="ArgumentException">B has another number of rows.</exception>
    public Matrix Solve(Matrix b)
    {
        Triangular.RequireRows(b.Rows, _l.Rows);
        var (n, m) = (b.Rows, b.Columns);
        var x = b.Copy();
        Triangular.SolveInPlace(_l.AsSpan(), n, n, x.AsSpan(), m, m, Triangle.Lower, transposed: false, unitDiagonal: false);
        Triangular.SolveInPlace(_l.AsSpan(), n, n, x.AsSpan(), m, m, Triangle.Lower, transposed: true, unitDiagonal: false);
        return x;
    }

    /// <summary>Solves A x = b, replacing b by x.</summary>
    /// <param name="b">n numbers.</param>
    /// <exception cref="ArgumentException">b has another length.</exception>
    public void SolveInPlace(Span<double> b)
    {
        SolveLowerInPlace(b);
        Triangular.SolveVector(_l.AsSpan(), b.Length, b, Triangle.Lower, transposed: true, unitDiagonal: false);
    }

    /// <summary>
    /// Solves L z = b, replacing b by z. The squared norm of z is bᵀ A⁻¹ b, the squared Mahalanobis length of b under the covariance A.
    /// </summary>
    /// <param name="b">n numbers.</param>
    /// <exception cref="ArgumentException">b has another length.</exception>
    public void SolveLowerInPlace(Span<double> b)
    {
        Triangular.RequireRows(b.Length, _l.Rows);
        Triangular.SolveVector(_l.AsSpan(), b.Length, b, Triangle.Lower, transposed: false, unitDiagonal: false);
    }

    /// <summary>The inverse of A, n × n.</summary>
    public Matrix Inverse() => Solve(Matrix.Identity(_l.Rows));

    private static bool TryFactor(Matrix a, [NotNullWhen(true)] out Cholesky? cholesky, out int pivot, out double value)
    {
        Triangular.RequireSquare(a, "A Cholesky decomposition");
        (cholesky, pivot, value) = (null, -1, 0);
        int n = a.Rows;
        var l = new Matrix(n, n);
        for (int i = 0; i < n; i++) a.Row(i)[..(i + 1)].CopyTo(l.Row(i));
        var values = l.AsSpan();
        for (int start = 0; start < n; start += Block)
        {
            // The block of columns loses what the columns before it explain; its upper corner is decomposed, and gives the rows below.
            int end = Math.Min(start + Block, n), width = end - start, diagonal = start * n + start;
            Gemm.Multiply(false, true, n - start, width, start, -1, values[(start * n)..], n, values[(start * n)..], n, 1, values[diagonal..], n);
            for (int i = start; i < end; i++)
            {
                var row = l.Row(i)[start..end];
                for (int j = 0; j < i - start; j++)
                {
                    var other = l.Row(start + j)[start..end];
                    row[j] = (row[j] - Dense.Dot(row[..j], other[..j])) / other[j];
                }

                var known = row[..(i - start)];
                value = row[i - start] - Dense.Dot(known, known);

                // Written so that NaN fails too.
                if (!(value > n * Triangular.Epsilon * a[i, i]) || double.IsInfinity(value))
                {
                    pivot = i;
                    return false;
                }

                row[i - start] = Math.Sqrt(value);
                row[(i - start + 1)..].Clear();
            }

            if (end == n) break;
            Triangular.SolveRightInPlace(
                values[diagonal..], n, width, values[(end * n + start)..], n, n - end, Triangle.Lower, transposed: true, unitDiagonal: false);
        }

        cholesky = new Cholesky(l);
        return true;
    }
}
