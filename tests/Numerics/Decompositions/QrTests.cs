using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class QrTests
{
    private static readonly double[] Rhs = [1, 2, 3, 4, 5, 6];

    private static Matrix Deficient()
    {
        var tall = TestMatrices.Wave(6, 4);
        var matrix = tall.Copy();
        for (int i = 0; i < 6; i++) (matrix[i, 2], matrix[i, 3]) = (tall[i, 0] + tall[i, 1], tall[i, 2]);
        return matrix;
    }

    [TestMethod]
    [DataRow(1, 1, false)]
    [DataRow(6, 4, false)]
    [DataRow(4, 6, false)]
    [DataRow(90, 40, false)]
    [DataRow(6, 4, true)]
    [DataRow(4, 6, true)]
    [DataRow(90, 40, true)]
    public void The_factors_multiply_back_and_Q_is_orthonormal(int rows, int columns, bool pivot)
    {
        var a = TestMatrices.Gaussian(rows, columns, 1);
        var qr = Qr.Factor(a, pivot);
        Matrix q = qr.Q, r = qr.R;
        int steps = Math.Min(rows, columns);
        Assert.AreEqual((rows, steps, steps, columns), (q.Rows, q.Columns, r.Rows, r.Columns));
        TestMatrices.AssertEqual(Matrix.Identity(steps), q.Transpose() * q, 1e-13);

        var product = q * r;
        for (int j = 0; j < columns; j++) TestMatrices.AssertEqual(a.Column(qr.Permutation[j]), product.Column(j), 1e-13 * rows);
        for (int i = 0; i < steps; i++)
            for (int j = 0; j < i; j++) Assert.AreEqual(0, r[i, j]);

        CollectionAssert.AreEquivalent(Enumerable.Range(0, columns).ToArray(), qr.Permutation.ToArray());
        if (!pivot) return;
        for (int i = 1; i < steps; i++) Assert.IsTrue(Math.Abs(r[i, i]) <= Math.Abs(r[i - 1, i - 1]) * (1 + 1e-14));
    }

    [TestMethod]
    public void R_and_least_squares_agree_with_SciPy()
    {
        var tall = TestMatrices.Wave(6, 4);
        TestMatrices.AssertEqual(Matrix.FromRows(ReferenceFigures.Rows("r")), Qr.Factor(tall).R, 1e-14);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("leastSquares"), Qr.Factor(tall).LeastSquares(Rhs), 1e-14);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("leastSquares"), Qr.Factor(tall, pivot: true).LeastSquares(Rhs), 1e-14);
    }

    [TestMethod]
    public void Without_full_rank_the_solution_of_smallest_norm_agrees_with_SciPy()
    {
        var deficient = Qr.Factor(Deficient(), pivot: true);
        Assert.AreEqual(3, deficient.Rank);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("leastSquaresDeficient"), deficient.LeastSquares(Rhs), 1e-14);

        var wide = Qr.Factor(TestMatrices.Wave(6, 4).Transpose(), pivot: true);
        Assert.AreEqual(4, wide.Rank);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("leastSquaresWide"), wide.LeastSquares(Rhs.AsSpan(0, 4)), 1e-14);
    }

    [TestMethod]
    public void The_residual_is_orthogonal_to_the_columns()
    {
        var a = TestMatrices.Gaussian(200, 30, 2);
        double[] b = TestMatrices.Gaussian(200, 1, 3).Column(0);
        double[] fitted = a * Qr.Factor(a).LeastSquares(b);
        double[] residual = [.. b.Zip(fitted, (u, v) => u - v)];
        TestMatrices.AssertEqual(new double[30], a.Transpose() * residual, 1e-12);
    }

    [TestMethod]
    public void Several_right_hand_sides_are_solved_column_by_column()
    {
        Matrix a = TestMatrices.Gaussian(20, 5, 4), b = TestMatrices.Gaussian(20, 3, 5);
        var qr = Qr.Factor(a);
        var x = qr.LeastSquares(b);
        for (int j = 0; j < 3; j++) TestMatrices.AssertEqual(qr.LeastSquares(b.Column(j)), x.Column(j), 0);
    }

    // A Läuchli matrix, whose Gram matrix rounds to a singular one: QR keeps the digits that the normal equations lose.
    [TestMethod]
    public void Nearly_dependent_columns_keep_their_digits()
    {
        const double e = 1e-9;
        Matrix a = [[1, 1], [e, 0], [0, e]];
        TestMatrices.AssertEqual([1, 1], Qr.Factor(a).LeastSquares([2, e, e]), 1e-7);
        Assert.IsFalse(Cholesky.TryFactor(a.Transpose() * a, out _));
    }

    [TestMethod]
    public void Dependent_columns_without_pivoting_are_named()
    {
        var exception = Assert.ThrowsExactly<SingularMatrixException>(() => Qr.Factor(Deficient()).LeastSquares(Rhs));
        Assert.AreEqual(2, exception.Pivot);
        StringAssert.Contains(exception.Message, "column 2");
        Assert.ThrowsExactly<SingularMatrixException>(() => Qr.Factor(new Matrix(2, 3)).LeastSquares([1, 2]));
        Assert.ThrowsExactly<InvalidOperationException>(() => Qr.Factor(Deficient()).Rank);
    }

    [TestMethod]
    public void Extreme_cases_have_their_limits()
    {
        var zero = Qr.Factor(new Matrix(3, 2), pivot: true);
        Assert.AreEqual(0, zero.Rank);
        TestMatrices.AssertEqual([0, 0], zero.LeastSquares([1, 2, 3]), 0);

        var huge = Qr.Factor(1e200 * TestMatrices.Wave(6, 4), pivot: true);
        Assert.AreEqual(4, huge.Rank);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("leastSquares").Select(v => v * 1e-200).ToArray(), huge.LeastSquares(Rhs), 1e-212);

        Assert.ThrowsExactly<ArgumentException>(() => Qr.Factor([[double.NaN]]));
        Assert.ThrowsExactly<ArgumentException>(() => Qr.Factor(Matrix.Identity(2)).LeastSquares([1]));
        Assert.IsEmpty(Qr.Factor(new Matrix(3, 0), pivot: true).LeastSquares([1, 2, 3]));
    }
}
