using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MLPath.Numerics;

/// <summary>
/// The eigenvalues and eigenvectors of a symmetric matrix, A = V diag(λ) Vᵀ with orthogonal V: the heart of principal components, kernel
/// and spectral methods. The cost is about 9 n³ operations.
/// </summary>
/// <remarks>
/// G. Golub, C. Van Loan, <i>Matrix Computations</i>, 4th edition, section 8.3: Householder tridiagonalisation (algorithm 8.3.1), then
/// implicit QR steps with Wilkinson's shift (algorithms 8.3.2 and 8.3.3). Eigenvalues are accurate to a small multiple of ε‖A‖.
/// </remarks>
public sealed class SymmetricEigen
{
    // Wilkinson's shift converges cubically: two steps per eigenvalue are usual, and no case is known that needs ten.
    private const int MaxStepsPerEigenvalue = 50;
    private const double SymmetryTolerance = 1e-8;

    private readonly double[] _values;
    private readonly Matrix _vectors;

    private SymmetricEigen(double[] values, Matrix vectors) => (_values, _vectors) = (values, vectors);

    /// <summary>The n eigenvalues, the largest first.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>
    /// The eigenvectors as the <b>rows</b> of an n × n matrix, in the order of <see cref="Values"/>: orthonormal, each with the sign that
    /// makes its component of largest magnitude positive.
    /// </summary>
    public Matrix Vectors => _vectors.Copy();

    /// <summary>One eigenvector, of length n.</summary>
    /// <param name="index">From 0, the eigenvector of the largest eigenvalue, to n - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such eigenvector.</exception>
    public ReadOnlySpan<double> Vector(int index) => _vectors.Row(index);

    /// <summary>Decomposes a symmetric matrix.</summary>
    /// <param name="a">The matrix, n × n.</param>
    /// <param name="checkpoint">
    /// Called about 4 n times along the way, so that a large decomposition can be given up by throwing; null for nothing.
    /// </param>
    /// <exception cref="ArgumentException">The matrix is not square or not symmetric, or an element is not finite.</exception>
    public static SymmetricEigen Factor(Matrix a, Action? checkpoint = null)
    {
        Triangular.RequireSquare(a, "A symmetric eigendecomposition");
        Triangular.RequireFinite(a);
        var work = Symmetrised(a);
        int n = a.Rows;

        // Scaled to a largest element of 1, so that squares neither overflow nor underflow.
        double scale = work.MaxAbs();
        if (scale > 0) TensorPrimitives.Divide(work.AsSpan(), scale, work.AsSpan());

        var diagonal = new double[n];
        var offDiagonal = new double[n];
        var vectors = Tridiagonalise(work, diagonal, offDiagonal, checkpoint);
        Diagonalise(diagonal, offDiagonal, vectors, checkpoint);
        return Ordered(diagonal, vectors, scale);
    }

    private static Matrix Symmetrised(Matrix a)
    {
        double tolerance = SymmetryTolerance * a.MaxAbs();
        var symmetric = a.Copy();
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Math.Abs(a[i, j] - a[j, i]) > tolerance)
                {
                    throw new ArgumentException(
                        FormattableString.Invariant(
                            $"The matrix is not symmetric: element ({i}, {j}) is {a[i, j]}, but ({j}, {i}) is {a[j, i]}."));
                }

                symmetric[i, j] = symmetric[j, i] = a[i, j] / 2 + a[j, i] / 2;
            }
        }

        return symmetric;
    }

    /// <summary>
    /// Reduces A to tridiagonal T = Qᵀ A Q, with diagonal T[i, i] and off-diagonal T[i, i + 1]. A is overwritten.
    /// </summary>
    /// <returns>Qᵀ: row i will become eigenvector i.</returns>
    private static Matrix Tridiagonalise(Matrix a, double[] diagonal, double[] offDiagonal, Action? checkpoint)
    {
        int n = a.Rows;
        var p = new double[n];
        var taus = new double[n];
        for (int k = 0; k < n - 1; k++)
        {
            checkpoint?.Invoke();
            diagonal[k] = a[k, k];

            // Row k right of the diagonal becomes v of the reflection H = I - τ v vᵀ that maps it to a multiple of e₀.
            var v = a.Row(k)[(k + 1)..];
            (offDiagonal[k], taus[k]) = Householder.MakeReflection(v);
            double tau = taus[k];
            if (tau == 0) continue;

            // The trailing block becomes H A H = A - v wᵀ - w vᵀ, with p = τ A v and w = p - (τ pᵀv / 2) v.
            int size = n - k - 1;
            var w = p.AsSpan(0, size);
            for (int i = 0; i < size; i++) w[i] = tau * Dense.Dot(a.Row(k + 1 + i)[(k + 1)..], v);
            Dense.Axpy(-tau / 2 * Dense.Dot(w, v), v, w);
            for (int i = 0; i < size; i++)
            {
                var row = a.Row(k + 1 + i)[(k + 1)..];
                Dense.Axpy(-v[i], w, row);
                Dense.Axpy(-w[i], v, row);
            }
        }

        if (n > 0) diagonal[n - 1] = a[n - 1, n - 1];

        // Qᵀ = … H₁ H₀, multiplied from the last reflection on, so that each one meets only the block that is no longer the identity.
        var q = Matrix.Identity(n);
        for (int k = n - 2; k >= 0; k--)
        {
            checkpoint?.Invoke();
            var v = a.Row(k)[(k + 1)..];
            for (int i = k + 1; i < n; i++) Householder.Reflect(v, taus[k], q.Row(i)[(k + 1)..]);
        }

        return q;
    }

    /// <summary>
    /// Turns the tridiagonal matrix into a diagonal one by implicit QR steps, applying every rotation to the vectors too.
    /// </summary>
    private static void Diagonalise(double[] d, double[] e, Matrix vectors, Action? checkpoint)
    {
        int end = d.Length - 1;
        int steps = 0;
        while (end > 0)
        {
            // Cut where an off-diagonal element is negligible, and work on the last block [start, end] that is not cut.
            int start = end;
            while (start > 0 && !Negligible(e[start - 1], d[start - 1], d[start])) start--;
            if (start > 0) e[start - 1] = 0;

            if (start == end)
            {
                end--;
                steps = 0;
                continue;
            }

            if (++steps > MaxStepsPerEigenvalue) throw new ArithmeticException("The QR iteration for eigenvalues did not converge.");
            checkpoint?.Invoke();
            ImplicitStep(d, e, start, end, vectors);
        }
    }

    private static bool Negligible(double offDiagonal, double above, double below) =>
        Math.Abs(offDiagonal) <= Triangular.Epsilon * (Math.Abs(above) + Math.Abs(below)) || Math.Abs(offDiagonal) < 1e-300;

    /// <summary>One step of algorithm 8.3.2 on the block [start, end]: T - μI = QR, T ← Qᵀ T Q, without forming T - μI.</summary>
    private static void ImplicitStep(double[] d, double[] e, int start, int end, Matrix vectors)
    {
        // Wilkinson's shift μ: the eigenvalue of the last 2 × 2 block that is nearer to its last element.
        double half = (d[end - 1] - d[end]) / 2;
        double last = e[end - 1];
        double shift = d[end] - last * (last / (half + Math.CopySign(double.Hypot(half, last), half)));

        double x = d[start] - shift;
        double bulge = e[start];
        for (int k = start; k < end; k++)
        {
            // The rotation of rows and columns k, k + 1 that removes the bulge below x.
            double r = double.Hypot(x, bulge);
            var (c, s) = r == 0 ? (1.0, 0.0) : (x / r, bulge / r);
            if (k > start) e[k - 1] = r;

            var (upper, lower, off) = (d[k], d[k + 1], e[k]);
            d[k] = c * c * upper + 2 * c * s * off + s * s * lower;
            d[k + 1] = s * s * upper - 2 * c * s * off + c * c * lower;
            e[k] = c * s * (lower - upper) + (c * c - s * s) * off;
            Rotate(vectors.Row(k), vectors.Row(k + 1), c, s);

            if (k + 1 < end)
            {
                x = e[k];
                bulge = s * e[k + 1];
                e[k + 1] *= c;
            }
        }
    }

    /// <summary>(x, y) ← (c x + s y, c y - s x).</summary>
    private static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double py = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var (vx, vy) = (System.Numerics.Vector.LoadUnsafe(ref px, (nuint)i), System.Numerics.Vector.LoadUnsafe(ref py, (nuint)i));
            (vx * c + vy * s).StoreUnsafe(ref px, (nuint)i);
            (vy * c - vx * s).StoreUnsafe(ref py, (nuint)i);
        }

        for (; i < x.Length; i++) (x[i], y[i]) = (c * x[i] + s * y[i], c * y[i] - s * x[i]);
    }

    private static SymmetricEigen Ordered(double[] values, Matrix vectors, double scale)
    {
        int n = values.Length;
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => values[i])];
        var sortedValues = new double[n];
        var sortedVectors = new Matrix(n, n);
        for (int i = 0; i < n; i++)
        {
            sortedValues[i] = values[order[i]] * scale;
            var vector = sortedVectors.Row(i);
            vectors.Row(order[i]).CopyTo(vector);

            int largest = 0;
            for (int j = 1; j < n; j++)
            {
                if (Math.Abs(vector[j]) > Math.Abs(vector[largest])) largest = j;
            }

            if (vector[largest] < 0) Dense.Scale(-1, vector);
        }

        return new SymmetricEigen(sortedValues, sortedVectors);
    }
}
