using System.Numerics.Tensors;

namespace MLPath.Numerics;

public sealed partial class Matrix
{
    /// <summary>The LU decomposition of a square matrix: P A = L U.</summary>
    /// <exception cref="ArgumentException">The matrix is not square, or an element is not finite.</exception>
    public Lu Lu() => Numerics.Lu.Factor(this);

    /// <summary>The Cholesky decomposition of a symmetric positive definite matrix: A = L Lᵀ.</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    /// <exception cref="SingularMatrixException">The matrix is not positive definite to working precision.</exception>
    public Cholesky Cholesky() => Numerics.Cholesky.Factor(this);

    /// <summary>The QR decomposition of a matrix of any shape: A = Q R, or A P = Q R.</summary>
    /// <param name="pivot">Whether to pivot columns, which reveals the rank.</param>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    public Qr Qr(bool pivot = false) => Numerics.Qr.Factor(this, pivot);

    /// <summary>The thin singular value decomposition of a matrix of any shape: A = U diag(σ) Vᵀ.</summary>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    public Svd Svd() => Numerics.Svd.Factor(this);

    /// <summary>The eigenvalues and eigenvectors of a symmetric matrix: A = V diag(λ) Vᵀ.</summary>
    /// <exception cref="ArgumentException">The matrix is not square or not symmetric, or an element is not finite.</exception>
    public SymmetricEigen Eigen() => SymmetricEigen.Factor(this);

    /// <summary>
    /// Finds the x that makes ‖A x - b‖ least for a matrix of any shape and rank; of several, the one of smallest norm. By QR with column
    /// pivoting.
    /// </summary>
    /// <param name="b">The right-hand side, one number per row.</param>
    /// <returns>x, one number per column.</returns>
    /// <exception cref="ArgumentException">b has another length, or an element of the matrix is not finite.</exception>
    public double[] LeastSquares(ReadOnlySpan<double> b) => Qr(pivot: true).LeastSquares(b);

    /// <summary>Finds the X that makes the Frobenius norm of A X - B least, column by column.</summary>
    /// <param name="b">The right-hand sides, with as many rows as this matrix.</param>
    /// <returns>X; each column as <see cref="LeastSquares(ReadOnlySpan{double})"/> gives it.</returns>
    /// <exception cref="ArgumentException">B has another number of rows, or an element of the matrix is not finite.</exception>
    public Matrix LeastSquares(Matrix b) => Qr(pivot: true).LeastSquares(b);

    /// <summary>
    /// The pseudo-inverse A⁺ of Moore and Penrose: the inverse where there is one, and otherwise the matrix that gives the least-squares
    /// solution of smallest norm. Singular values up to max(m, n) ε σ₀ count as 0.
    /// </summary>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    public Matrix PseudoInverse() => Svd().PseudoInverse();

    /// <summary>The numerical rank: the number of singular values above max(m, n) ε σ₀.</summary>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    public int Rank() => Svd().Rank;

    /// <summary>
    /// The condition number σ₀ / σᵣ₋₁: how many times larger the relative error of a solution can be than that of the data. ∞ if the rank is
    /// deficient.
    /// </summary>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    public double ConditionNumber() => Svd().ConditionNumber;

    /// <summary>The logarithm of |det A| of a square matrix, which neither overflows nor underflows: -∞ if the determinant is 0.</summary>
    /// <exception cref="ArgumentException">The matrix is not square, or an element is not finite.</exception>
    public double LogAbsDeterminant() => Lu().LogAbsDeterminant;

    /// <summary>The spectral norm max ‖A x‖ / ‖x‖, the largest singular value; 0 for an empty matrix.</summary>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    public double SpectralNorm() => Svd().Values is [var largest, ..] ? largest : 0;

    /// <summary>The 1-norm, the largest sum of magnitudes of a column; 0 for an empty matrix.</summary>
    public double OneNorm()
    {
        var sums = new double[Columns];
        for (int i = 0; i < Rows; i++)
        {
            var row = Row(i);
            for (int j = 0; j < row.Length; j++) sums[j] += Math.Abs(row[j]);
        }

        return Dense.NormInfinity(sums);
    }

    /// <summary>The ∞-norm, the largest sum of magnitudes of a row; 0 for an empty matrix.</summary>
    public double InfinityNorm()
    {
        double largest = 0;
        for (int i = 0; i < Rows; i++) largest = Math.Max(largest, TensorPrimitives.SumOfMagnitudes<double>(Row(i)));
        return largest;
    }
}
