using System.Numerics.Tensors;

namespace MLPath.Numerics;

/// <summary>
/// The singular value decomposition A = U diag(σ) Vᵀ of a matrix of any shape, with orthonormal columns in U and V and σ₀ ≥ σ₁ ≥ … ≥ 0: what
/// a matrix does, as stretchings along orthogonal directions. It gives the rank, the condition number, the pseudo-inverse, and the nearest
/// matrix of each lower rank. The thin form: of U and V only the first min(m, n) columns.
/// </summary>
/// <remarks>
/// <para>
/// G. Golub, C. Van Loan, <i>Matrix Computations</i>, 4th edition, section 8.6: a QR decomposition when there are more rows than columns
/// (or fewer, of the transpose), bidiagonalisation by reflections, then implicit QR steps. Singular values are accurate to a small multiple
/// of ε σ₀, whatever the condition. The cost is about 6 m n² + 12 n³ operations for m ≥ n.
/// </para>
/// <para>
/// <b>Signs.</b> Each right singular vector vᵢ has the sign that makes its component of largest magnitude (of several, the first) positive,
/// and uᵢ the sign with A vᵢ = σᵢ uᵢ.
/// </para>
/// </remarks>
public sealed class Svd
{
    private readonly double[] _values;
    private readonly Matrix _left;  // r × m: uᵢ as rows
    private readonly Matrix _right; // r × n: vᵢ as rows

    private Svd(double[] values, Matrix left, Matrix right) => (_values, _left, _right) = (values, left, right);

    /// <summary>The singular values, the largest first: min(m, n) of them, or as many as the randomized method was told.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The left singular vectors as the columns of an m × r matrix, where r is the number of singular values.</summary>
    public Matrix U => _left.Transpose();

    /// <summary>The right singular vectors as the columns of an n × r matrix.</summary>
    public Matrix V => _right.Transpose();

    /// <summary>The numerical rank: the number of singular values above max(m, n) ε σ₀.</summary>
    public int Rank => CountAbove(Tolerance);

    /// <summary>The condition number σ₀ / σᵣ₋₁ in the 2-norm: ∞ for a matrix of deficient rank, 1 for an empty one.</summary>
    public double ConditionNumber => _values.Length == 0 ? 1 : Rank < _values.Length ? double.PositiveInfinity : _values[0] / _values[^1];

    private double Tolerance => _values.Length == 0 ? 0 : Math.Max(_left.Columns, _right.Columns) * Triangular.Epsilon * _values[0];

    /// <summary>One left singular vector, of length m.</summary>
    /// <param name="index">From 0, that of the largest singular value.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such vector.</exception>
    public ReadOnlySpan<double> LeftVector(int index) => _left.Row(index);

    /// <summary>One right singular vector, of length n.</summary>
    /// <param name="index">From 0, that of the largest singular value.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such vector.</exception>
    public ReadOnlySpan<double> RightVector(int index) => _right.Row(index);

    /// <summary>Decomposes a matrix of any shape.</summary>
    /// <param name="a">The matrix, m × n.</param>
    /// <param name="checkpoint">
    /// Called several times per row along the way, so that a large decomposition can be given up by throwing; null for nothing.
    /// </param>
    /// <param name="threads">The most threads to use; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    public static Svd Factor(Matrix a, Action? checkpoint = null, int threads = 1)
    {
        Triangular.RequireFinite(a);
        bool wide = a.Columns > a.Rows;
        var tall = wide ? a.Transpose() : a.Copy();

        // Scaled to a largest element of 1, so that squares neither overflow nor underflow.
        double scale = tall.MaxAbs();
        if (scale > 0) TensorPrimitives.Divide(tall.AsSpan(), scale, tall.AsSpan());
        var (values, left, right) = FactorTall(tall, checkpoint, threads);
        Dense.Scale(scale, values);
        if (wide) (left, right) = (right, left);
        return new Svd(values, left, right).WithSigns();
    }

    /// <summary>
    /// Finds the largest singular values and their vectors by random projection: much faster than <see cref="Factor"/> when few are wanted of
    /// a large matrix, and nearly as good where the singular values fall off.
    /// </summary>
    /// <param name="a">The matrix, m × n.</param>
    /// <param name="rank">k, how many; from 0 to min(m, n).</param>
    /// <param name="oversampling">How many more directions are looked at than are kept; 0 or more. 10 is enough as a rule.</param>
    /// <param name="powerIterations">
    /// q, 0 or more. Each multiplies the error's part outside the first k directions by up to (σₖ / σₖ₋₁)², for two more passes over the matrix.
    /// </param>
    /// <param name="seed">What the random directions follow from: equal seeds give equal results.</param>
    /// <param name="checkpoint">Called before every pass over the matrix.</param>
    /// <param name="threads">The most threads to use; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <remarks>
    /// N. Halko, P. Martinsson, J. Tropp, <i>Finding structure with randomness</i>, SIAM Review 53 (2011), algorithms 4.4 and 5.1. The cost is
    /// about 4 (q + 1) m n (k + oversampling) operations.
    /// </remarks>
    public static Svd Randomized(
        Matrix a, int rank, int oversampling = 10, int powerIterations = 4, ulong seed = 0, Action? checkpoint = null, int threads = 1)
    {
        Triangular.RequireFinite(a);
        return Randomized(
            a.Rows, a.Columns, x => Product(a, x, transposed: false, threads), x => Product(a, x, transposed: true, threads),
            rank, oversampling, powerIterations, seed, checkpoint, threads);
    }

    /// <summary>
    /// The same of a matrix that is known by its products alone, such as a sparse one or the rows of a data set less their mean.
    /// </summary>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="multiply">Gives A X, m × l, for a matrix X, n × l.</param>
    /// <param name="multiplyTransposed">Gives Aᵀ X, n × l, for a matrix X, m × l.</param>
    /// <param name="rank">k, how many; from 0 to min(m, n).</param>
    /// <param name="oversampling">How many more directions are looked at than are kept; 0 or more.</param>
    /// <param name="powerIterations">q, 0 or more.</param>
    /// <param name="seed">What the random directions follow from: equal seeds give equal results.</param>
    /// <param name="checkpoint">Called before every pass over the matrix.</param>
    /// <param name="threads">The most threads to use; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">An element of a product is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <inheritdoc cref="Randomized(Matrix, int, int, int, ulong, Action, int)" path="/remarks"/>
    public static Svd Randomized(
        int rows, int columns, Func<Matrix, Matrix> multiply, Func<Matrix, Matrix> multiplyTransposed, int rank, int oversampling = 10,
        int powerIterations = 4, ulong seed = 0, Action? checkpoint = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(multiply);
        ArgumentNullException.ThrowIfNull(multiplyTransposed);
        int most = Math.Min(rows, columns);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, most);
        ArgumentOutOfRangeException.ThrowIfNegative(oversampling);
        ArgumentOutOfRangeException.ThrowIfNegative(powerIterations);

        var stream = new RandomStream(seed);
        var directions = new Matrix(columns, (int)Math.Min((long)rank + oversampling, most));
        foreach (ref double value in directions.AsSpan()) value = stream.NextGaussian();

        // Orthonormal after every product: powers of A would make all columns point along the first singular vector.
        checkpoint?.Invoke();
        var range = Qr.Factor(multiply(directions)).Q;
        for (int i = 0; i < powerIterations; i++)
        {
            checkpoint?.Invoke();
            var domain = Qr.Factor(multiplyTransposed(range)).Q;
            range = Qr.Factor(multiply(domain)).Q;
        }

        // A ≈ Q (Qᵀ A), and Qᵀ A = (Aᵀ Q)ᵀ has few rows.
        checkpoint?.Invoke();
        var small = Factor(multiplyTransposed(range), checkpoint, threads);
        var left = Product(small._right, range.Transpose(), transposed: false, threads);
        return new Svd(small._values[..rank], FirstRows(left, rank), FirstRows(small._left, rank)).WithSigns();
    }

    /// <summary>
    /// The pseudo-inverse V diag(1/σ) Uᵀ, n × m, over the singular values above max(m, n) ε σ₀. Its product with b is the least-squares
    /// solution of smallest norm.
    /// </summary>
    public Matrix PseudoInverse()
    {
        int rank = Rank;
        var scaled = FirstRows(_left, rank);
        for (int i = 0; i < rank; i++) Dense.Scale(1 / _values[i], scaled.Row(i));
        return Product(FirstRows(_right, rank), scaled, transposed: true, threads: 1);
    }

    /// <summary>Finds the x of smallest norm among those that make ‖A x - b‖ least; singular values up to max(m, n) ε σ₀ count as 0.</summary>
    /// <param name="b">The right-hand side, m numbers.</param>
    /// <returns>n numbers.</returns>
    /// <exception cref="ArgumentException">b has another length.</exception>
    public double[] LeastSquares(ReadOnlySpan<double> b)
    {
        Triangular.RequireRows(b.Length, _left.Columns);
        var x = new double[_right.Columns];
        for (int i = 0; i < Rank; i++) Dense.Axpy(Dense.Dot(_left.Row(i), b) / _values[i], _right.Row(i), x);
        return x;
    }

    /// <summary>
    /// The matrix of a rank that is nearest to A, in the Frobenius norm and in the 2-norm alike (Eckart and Young): Σ σᵢ uᵢ vᵢᵀ over the first
    /// singular values.
    /// </summary>
    /// <param name="rank">From 0 to the number of singular values, which gives A back.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many singular values.</exception>
    public Matrix Approximate(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, _values.Length);
        var scaled = FirstRows(_right, rank);
        for (int i = 0; i < rank; i++) Dense.Scale(_values[i], scaled.Row(i));
        return Product(FirstRows(_left, rank), scaled, transposed: true, threads: 1);
    }

    private static (double[] Values, Matrix Left, Matrix Right) FactorTall(Matrix a, Action? checkpoint, int threads)
    {
        var (m, n) = (a.Rows, a.Columns);
        var qr = m > n ? Qr.Factor(a) : null;
        var bidiagonal = new Bidiagonal(qr?.R ?? a, checkpoint);
        double[] d = bidiagonal.Diagonal;
        var iteration = BidiagonalQr.Diagonalise(d, bidiagonal.OffDiagonal, checkpoint);
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => Math.Abs(d[i]))];

        var left = new VectorStrips(m, order, checkpoint, threads);
        left.RotateBack(iteration.Left);
        bidiagonal.ApplyLeft(left);
        if (qr is not null) left.Reflect(n, step => qr.Reflection(n - 1 - step));

        var right = new VectorStrips(n, order, checkpoint, threads);
        right.RotateBack(iteration.Right);
        bidiagonal.ApplyRight(right);

        var rightVectors = right.ToRows(n);
        for (int i = 0; i < n; i++)
        {
            if (d[order[i]] < 0) Dense.Scale(-1, rightVectors.Row(i));
        }

        return ([.. order.Select(i => Math.Abs(d[i]))], left.ToRows(m), rightVectors);
    }

    private Svd WithSigns()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (SymmetricEigen.MakeLargestPositive(_right.Row(i))) Dense.Scale(-1, _left.Row(i));
        }

        return this;
    }

    private int CountAbove(double threshold)
    {
        int count = 0;
        while (count < _values.Length && _values[count] > threshold) count++;
        return count;
    }

    private static Matrix FirstRows(Matrix a, int count) => new(count, a.Columns, a.AsSpan()[..(count * a.Columns)]);

    /// <summary>A X or Aᵀ X.</summary>
    private static Matrix Product(Matrix a, Matrix x, bool transposed, int threads)
    {
        var (m, k) = transposed ? (a.Columns, a.Rows) : (a.Rows, a.Columns);
        var product = new Matrix(m, x.Columns);
        Dense.MatMul(a.AsSpan(), x.AsSpan(), product.AsSpan(), m, k, x.Columns, transposeA: transposed, threads: threads);
        return product;
    }
}
