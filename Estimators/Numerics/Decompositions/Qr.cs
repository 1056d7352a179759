namespace MLPath.Numerics;

/// <summary>
/// The QR decomposition A = Q R, or A P = Q R with column pivoting, by Householder reflections: the accurate way to solve least-squares
/// problems, in 2n²(m - n/3) operations for m × n.
/// </summary>
/// <remarks>
/// G. Golub, C. Van Loan, <i>Matrix Computations</i>, 4th edition: reflections of section 5.1, algorithm 5.2.1; column pivoting (Businger
/// and Golub) of algorithm 5.4.1; solutions of smallest norm by the complete orthogonal decomposition of section 5.4.7.
/// </remarks>
public sealed class Qr
{
    // Row j holds column j of A P: R above the diagonal in [0, j), the reflection vector v (with v[0] = 1) in [j, m).
    // Stored by columns, so that every dot product and every update runs through contiguous memory.
    private readonly Matrix _columns;
    private readonly double[] _diagonal;
    private readonly double[] _tau;
    private readonly int[] _permutation;
    private readonly bool _pivoted;
    private readonly int _deficientColumn;

    // The decomposition of [R₁₁ R₁₂]ᵀ, n × rank, if pivoting found the columns dependent.
    private readonly Qr? _rowSpace;

    private Qr(Matrix columns, bool pivot)
    {
        _columns = columns;
        _pivoted = pivot;
        _diagonal = new double[Steps];
        _tau = new double[Steps];
        _permutation = new int[Columns];
        for (int j = 0; j < Columns; j++) _permutation[j] = j;

        var columnNorms = new double[Columns];
        for (int j = 0; j < Columns; j++) columnNorms[j] = Dense.Norm(columns.Row(j));
        Reduce();

        // Without pivoting, a column is dependent if what is left of it after the columns before it is within its rounding error.
        double tolerance = Math.Max(Rows, Columns) * Triangular.Epsilon;
        _deficientColumn = Columns > Rows ? Rows : -1;
        for (int j = Steps - 1; j >= 0; j--)
        {
            double scale = pivot ? Math.Abs(_diagonal[0]) : columnNorms[j];
            if (!(Math.Abs(_diagonal[j]) > tolerance * scale)) _deficientColumn = j;
        }

        // The rows of R₁ = [R₁₁ R₁₂] are the columns of the matrix to decompose, which is how they are stored.
        if (pivot && _deficientColumn >= 0) _rowSpace = new Qr(LeadingRowsOfR(_deficientColumn), pivot: false);
    }

    /// <summary>The orthonormal factor Q, m × min(m, n), with Qᵀ Q = I.</summary>
    public Matrix Q
    {
        get
        {
            var transposed = new Matrix(Steps, Rows);
            for (int i = 0; i < Steps; i++)
            {
                transposed[i, i] = 1;
                ApplyQ(transposed.Row(i));
            }

            return transposed.Transpose();
        }
    }

    /// <summary>The upper triangular (or trapezoidal) factor R, min(m, n) × n.</summary>
    public Matrix R => LeadingRowsOfR(Steps);

    /// <summary>The column order: column j of Q R is column <c>Permutation[j]</c> of A. In order unless columns were pivoted.</summary>
    public ReadOnlySpan<int> Permutation => _permutation;

    /// <summary>
    /// The numerical rank: the number of diagonal elements with |rⱼⱼ| &gt; max(m, n) ε |r₀₀|. Known with column pivoting only.
    /// </summary>
    /// <exception cref="InvalidOperationException">The decomposition was made without column pivoting.</exception>
    public int Rank => !_pivoted
        ? throw new InvalidOperationException("The rank is known with column pivoting only: use Qr.Factor(a, pivot: true).")
        : _deficientColumn < 0 ? Columns : _deficientColumn;

    /// <summary>Hₖ of Q = H₀ H₁ …, for k from 0 to min(m, n) - 1.</summary>
    internal Reflection Reflection(int k) => new(k, _tau[k], _columns.RowMemory(k)[k..]);

    private int Rows => _columns.Columns;

    private int Columns => _columns.Rows;

    private int Steps => Math.Min(Rows, Columns);

    /// <summary>Decomposes a matrix of any shape.</summary>
    /// <param name="a">The matrix, m × n.</param>
    /// <param name="pivot">
    /// Whether to take, at each step, the column with the largest remainder. This reveals the rank and makes
    /// <see cref="LeastSquares(ReadOnlySpan{double})"/> work whatever the rank and the shape.
    /// </param>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    public static Qr Factor(Matrix a, bool pivot = false)
    {
        Triangular.RequireFinite(a);
        return new Qr(a.Transpose(), pivot);
    }

    /// <summary>Finds the x that makes ‖A x - b‖ least.</summary>
    /// <param name="b">The right-hand side, m numbers.</param>
    /// <returns>
    /// n numbers. If the columns of A are dependent (or more than its rows), infinitely many x are equally good, and with column pivoting
    /// this is the one of smallest norm ‖x‖, the one that the pseudo-inverse gives.
    /// </returns>
    /// <exception cref="ArgumentException">b has another length.</exception>
    /// <exception cref="SingularMatrixException">The columns are dependent, and were not pivoted; the message names one.</exception>
    public double[] LeastSquares(ReadOnlySpan<double> b)
    {
        Triangular.RequireRows(b.Length, Rows);
        if (_deficientColumn >= 0 && !_pivoted)
        {
            throw new SingularMatrixException(
                $"The least-squares problem has no unique solution: column {_deficientColumn} (counted from 0) is a combination " +
                "of the columns before it. Use Qr.Factor(a, pivot: true) for the solution of smallest norm, or drop that column.",
                _deficientColumn);
        }

        double[] qtb = b.ToArray();
        ApplyTransposedQ(qtb);
        var y = new double[Columns];
        if (_rowSpace is null)
        {
            qtb.AsSpan(0, Columns).CopyTo(y);
            SolveUpper(y);
        }
        else
        {
            // [R₁₁ R₁₂]ᵀ = Q₂ R₂, so the smallest y with [R₁₁ R₁₂] y = c is Q₂ R₂⁻ᵀ c.
            qtb.AsSpan(0, _rowSpace.Columns).CopyTo(y);
            _rowSpace.SolveUpperTransposed(y.AsSpan(0, _rowSpace.Columns));
            _rowSpace.ApplyQ(y);
        }

        var x = new double[Columns];
        for (int j = 0; j < Columns; j++) x[_permutation[j]] = y[j];
        return x;
    }

    /// <summary>Finds the X that makes the Frobenius norm of A X - B least, column by column.</summary>
    /// <param name="b">The right-hand sides, m × k.</param>
    /// <returns>n × k; each column as <see cref="LeastSquares(ReadOnlySpan{double})"/> gives it.</returns>
    /// <exception cref="ArgumentException">B has another number of rows.</exception>
    /// <exception cref="SingularMatrixException">The columns are dependent, and were not pivoted.</exception>
    public Matrix LeastSquares(Matrix b)
    {
        Triangular.RequireRows(b.Rows, Rows);
        var rightHandSides = b.Transpose();
        var solutions = new Matrix(b.Columns, Columns);
        for (int j = 0; j < b.Columns; j++) LeastSquares(rightHandSides.Row(j)).CopyTo(solutions.Row(j));
        return solutions.Transpose();
    }

    private void Reduce()
    {
        for (int k = 0; k < Steps; k++)
        {
            if (_pivoted) SwapColumns(k, LargestRemainder(k));
            var v = _columns.Row(k)[k..];
            (_diagonal[k], _tau[k]) = Householder.MakeReflection(v);
            for (int j = k + 1; j < Columns; j++) Householder.Reflect(v, _tau[k], _columns.Row(j)[k..]);
        }
    }

    private int LargestRemainder(int k)
    {
        // Computed afresh: updating the norms from step to step would save a quarter of the time, and lose digits.
        int best = k;
        double largest = -1;
        for (int j = k; j < Columns; j++)
        {
            double norm = Dense.Norm(_columns.Row(j)[k..]);
            if (norm > largest) (best, largest) = (j, norm);
        }

        return best;
    }

    private void SwapColumns(int j, int k)
    {
        if (j == k) return;
        Span<double> first = _columns.Row(j), second = _columns.Row(k);
        for (int i = 0; i < first.Length; i++) (first[i], second[i]) = (second[i], first[i]);
        (_permutation[j], _permutation[k]) = (_permutation[k], _permutation[j]);
    }

    /// <summary>x ← Q x, where Q = H₀ H₁ ….</summary>
    private void ApplyQ(Span<double> x)
    {
        for (int k = Steps - 1; k >= 0; k--) Householder.Reflect(_columns.Row(k)[k..], _tau[k], x[k..]);
    }

    /// <summary>x ← Qᵀ x.</summary>
    private void ApplyTransposedQ(Span<double> x)
    {
        for (int k = 0; k < Steps; k++) Householder.Reflect(_columns.Row(k)[k..], _tau[k], x[k..]);
    }

    /// <summary>Solves R x = b in place, R n × n, by columns (algorithm 3.1.4).</summary>
    private void SolveUpper(Span<double> b)
    {
        for (int j = b.Length - 1; j >= 0; j--)
        {
            b[j] /= _diagonal[j];
            Dense.Axpy(-b[j], _columns.Row(j)[..j], b[..j]);
        }
    }

    /// <summary>Solves Rᵀ x = b in place by rows of Rᵀ (algorithm 3.1.1).</summary>
    private void SolveUpperTransposed(Span<double> b)
    {
        for (int j = 0; j < b.Length; j++) b[j] = (b[j] - Dense.Dot(_columns.Row(j)[..j], b[..j])) / _diagonal[j];
    }

    /// <summary>The first rows of R, count × n.</summary>
    private Matrix LeadingRowsOfR(int count)
    {
        var r = new Matrix(count, Columns);
        for (int j = 0; j < Columns; j++)
        {
            var column = _columns.Row(j);
            for (int i = 0; i < Math.Min(j, count); i++) r[i, j] = column[i];
            if (j < count) r[j, j] = _diagonal[j];
        }

        return r;
    }
}
