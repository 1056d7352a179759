using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class CholeskyTests
{
    private static Matrix PositiveDefinite()
    {
        var square = TestMatrices.Wave(4, 4);
        return square * square.Transpose() + Matrix.Identity(4);
    }

    [TestMethod]
    public void The_factor_and_the_determinant_agree_with_NumPy()
    {
        var cholesky = Cholesky.Factor(PositiveDefinite());
        TestMatrices.AssertEqual(Matrix.FromRows(ReferenceFigures.Rows("cholesky")), cholesky.L, 1e-14);
        Assert.AreEqual(ReferenceFigures.Number("logDeterminant"), cholesky.LogDeterminant, 1e-14);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(64)]
    public void The_factor_multiplies_back_and_solves(int n)
    {
        var x = TestMatrices.Gaussian(2 * n, n, 1);
        var a = x.Transpose() * x + Matrix.Identity(n);
        var cholesky = Cholesky.Factor(a);
        TestMatrices.AssertEqual(a, cholesky.L * cholesky.L.Transpose(), 1e-13 * a.MaxAbs());

        var b = TestMatrices.Gaussian(n, 3, 2);
        TestMatrices.AssertEqual(b, a * cholesky.Solve(b), 1e-11);
        TestMatrices.AssertEqual(b.Column(0), a * cholesky.Solve(b.Column(0)), 1e-11);
        TestMatrices.AssertEqual(Matrix.Identity(n), a * cholesky.Inverse(), 1e-11);
    }

    [TestMethod]
    public void The_forward_solution_gives_the_Mahalanobis_length()
    {
        var a = PositiveDefinite();
        double[] b = [1, -2, 3, 0.5], z = [.. b];
        Cholesky.Factor(a).SolveLowerInPlace(z);
        Assert.AreEqual(Dense.Dot(b, a.Inverse() * b), Dense.Dot(z, z), 1e-13);
    }

    [TestMethod]
    public void Only_the_lower_triangle_is_read()
    {
        var a = PositiveDefinite();
        var expected = Cholesky.Factor(a).L;
        a[0, 3] = double.NaN;
        TestMatrices.AssertEqual(expected, Cholesky.Factor(a).L, 0);
    }

    [TestMethod]
    public void A_matrix_that_is_not_positive_definite_names_the_pivot()
    {
        Matrix indefinite = [[1, 2, 0], [2, 1, 0], [0, 0, 1]];
        var exception = Assert.ThrowsExactly<SingularMatrixException>(() => Cholesky.Factor(indefinite));
        Assert.AreEqual(1, exception.Pivot);
        StringAssert.Contains(exception.Message, "pivot 1 (counted from 0) of 3 is -3");
        Assert.IsFalse(Cholesky.TryFactor(indefinite, out _));
    }

    [TestMethod]
    public void A_repeated_column_is_found_in_spite_of_rounding()
    {
        var x = TestMatrices.Gaussian(50, 5, 3);
        for (int i = 0; i < x.Rows; i++) x[i, 3] = x[i, 0] / 3 + x[i, 1] / 7;
        var exception = Assert.ThrowsExactly<SingularMatrixException>(() => Cholesky.Factor(x.Transpose() * x));
        Assert.AreEqual(3, exception.Pivot);
    }

    [TestMethod]
    public void A_badly_scaled_matrix_is_still_positive_definite()
    {
        var a = Matrix.Diagonal(1e-30, 1, 1e30);
        TestMatrices.AssertEqual([1e30, 1, 1e-30], Cholesky.Factor(a).Solve([1, 1, 1]), 1e15);
    }

    [TestMethod]
    public void Bad_input_is_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => Cholesky.Factor(new Matrix(2, 3)));
        Assert.ThrowsExactly<SingularMatrixException>(() => Cholesky.Factor([[double.NaN]]));
        Assert.ThrowsExactly<SingularMatrixException>(() => Cholesky.Factor([[double.PositiveInfinity]]));
        Assert.ThrowsExactly<ArgumentException>(() => Cholesky.Factor(Matrix.Identity(2)).Solve([1, 2, 3]));
        Assert.AreEqual(0, Cholesky.Factor(new Matrix(0, 0)).LogDeterminant);
    }

    // Larger than one block of columns, so that blocks meet each other.
    [TestMethod]
    [DataRow(64)]
    [DataRow(65)]
    [DataRow(200)]
    public void Large_matrices_decompose_from_their_lower_triangle(int n)
    {
        var g = TestMatrices.Gaussian(n, n, 5);
        var a = g * g.Transpose() + Matrix.Identity(n);
        var upperless = a.Copy();
        for (int i = 0; i < n; i++) upperless.Row(i)[(i + 1)..].Fill(double.NaN);
        var l = upperless.Cholesky().L;
        TestMatrices.AssertEqual(a, l * l.Transpose(), 1e-12 * n);
        for (int i = 0; i < n; i++) Assert.IsTrue(l[i, i] > 0 && l.Row(i)[(i + 1)..].IndexOfAnyExcept(0.0) < 0);
        TestMatrices.AssertEqual(Matrix.Identity(n), a * a.Cholesky().Inverse(), 1e-9);

        a[n - 1, n - 1] = -1;
        Assert.AreEqual(n - 1, Assert.ThrowsExactly<SingularMatrixException>(() => a.Cholesky()).Pivot);
    }
}
