using System.Numerics.Tensors;

namespace MLPath.Numerics;

/// <summary>
/// The eigenvalues and eigenvectors of a symmetric matrix, A = V diag(λ) Vᵀ with orthogonal V: the heart of principal components, kernel
/// and spectral methods. The cost is about 1.3 n³ operations for the eigenvalues and 5 n² for each eigenvector.
/// </summary>
/// <remarks>
/// G. Golub, C. Van Loan, <i>Matrix Computations</i>, 4th edition, section 8.3: Householder tridiagonalisation, then implicit QR steps with
/// Wilkinson's shift. The rotations of these steps are kept and applied, in reverse, to the unit vectors of the eigenvectors that are
/// wanted, so that few of them cost little, and all are orthogonal to working precision. Eigenvalues are accurate to a small multiple of
/// ε‖A‖.
/// </remarks>
public sealed class SymmetricEigen
{
    private const double SymmetryTolerance = 1e-8;
    private const int Tile = 32;

    private readonly double[] _values;
    private readonly Matrix _vectors;

    private SymmetricEigen(double[] values, Matrix vectors) => (_values, _vectors) = (values, vectors);

    /// <summary>The eigenvalues that were asked for, the largest first: n, or as many as <see cref="Largest"/> was told.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>
    /// The eigenvectors as the <b>rows</b> of a matrix of n columns, in the order of <see cref="Values"/>: orthonormal, each with the sign
    /// that makes its component of largest magnitude positive.
    /// </summary>
    public Matrix Vectors => _vectors.Copy();

    /// <summary>One eigenvector, of length n.</summary>
    /// <param name="index">From 0, the eigenvector of the largest eigenvalue, to one less than there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such eigenvector.</exception>
    public ReadOnlySpan<double> Vector(int index) => _vectors.Row(index);

    /// <summary>Decomposes a symmetric matrix.</summary>
    /// <param name="a">The matrix, n × n.</param>
    /// <param name="checkpoint">
    /// Called several times per row along the way, so that a large decomposition can be given up by throwing; null for nothing.
    /// </param>
    /// <param name="threads">The most threads to use; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The matrix is not square or not symmetric, or an element is not finite.</exception>
    public static SymmetricEigen Factor(Matrix a, Action? checkpoint = null, int threads = 1) => Largest(a, a.Rows, checkpoint, threads);

    /// <summary>Finds the largest eigenvalues (by value, not by magnitude) of a symmetric matrix, and their eigenvectors.</summary>
    /// <param name="a">The matrix, n × n.</param>
    /// <param name="count">How many, from 0 to n. They equal, bit for bit, the first ones of <see cref="Factor"/>.</param>
    /// <param name="checkpoint">
    /// Called several times per row along the way, so that a large decomposition can be given up by throwing; null for nothing.
    /// </param>
    /// <param name="threads">The most threads to use; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The matrix is not square or not symmetric, or an element is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many eigenvalues.</exception>
    public static SymmetricEigen Largest(Matrix a, int count, Action? checkpoint = null, int threads = 1)
    {
        Triangular.RequireSquare(a, "A symmetric eigendecomposition");
        Triangular.RequireFinite(a);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, a.Rows);
        int n = a.Rows;

        // Scaled to a largest element of 1, so that squares neither overflow nor underflow.
        double scale = a.MaxAbs();
        var tridiagonal = new Tridiagonal(n);
        Symmetrise(a, scale > 0 ? scale : 1, tridiagonal);
        tridiagonal.Reduce(checkpoint);

        double[] values = tridiagonal.Diagonal;
        var sweeps = TridiagonalQr.Diagonalise(values, tridiagonal.OffDiagonal, checkpoint);
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => values[i]).Take(count)];
        var strips = new VectorStrips(n, order, checkpoint, threads);
        strips.RotateBack(sweeps);
        strips.Reflect(Math.Max(0, n - 1), step => tridiagonal.Reflection(step + 1));
        var vectors = strips.ToRows(n);
        for (int i = 0; i < count; i++) MakeLargestPositive(vectors.Row(i));
        return new SymmetricEigen([.. order.Select(i => values[i] * scale)], vectors);
    }

    /// <summary>Changes the sign of a vector whose component of largest magnitude (of several, the first) is negative.</summary>
    internal static bool MakeLargestPositive(Span<double> vector)
    {
        int largest = 0;
        for (int j = 1; j < vector.Length; j++)
        {
            if (Math.Abs(vector[j]) > Math.Abs(vector[largest])) largest = j;
        }

        if (vector.IsEmpty || vector[largest] >= 0) return false;
        TensorPrimitives.Negate(vector, vector);
        return true;
    }

    /// <summary>Writes (A + Aᵀ) / 2, divided by the scale, to the rows that are to be reduced; by tiles, because one of the two goes down columns.</summary>
    private static void Symmetrise(Matrix a, double scale, Tridiagonal tridiagonal)
    {
        int n = a.Rows;
        double tolerance = SymmetryTolerance * scale;
        for (int rowTile = 0; rowTile < n; rowTile += Tile)
        {
            for (int columnTile = 0; columnTile <= rowTile; columnTile += Tile)
            {
                for (int i = rowTile; i < Math.Min(rowTile + Tile, n); i++)
                {
                    Span<double> lower = a.Row(i), target = tridiagonal.Row(i);
                    for (int j = columnTile; j < Math.Min(columnTile + Tile, i + 1); j++)
                    {
                        double upper = a.AsSpan()[j * n + i];
                        if (Math.Abs(lower[j] - upper) > tolerance) throw NotSymmetric(i, j, lower[j], upper);
                        target[j] = (lower[j] / 2 + upper / 2) / scale;
                    }
                }
            }
        }
    }

    private static ArgumentException NotSymmetric(int i, int j, double lower, double upper) => new(
        FormattableString.Invariant($"The matrix is not symmetric: element ({i}, {j}) is {lower}, but ({j}, {i}) is {upper}."));
}
