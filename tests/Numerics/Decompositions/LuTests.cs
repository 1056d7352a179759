using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class LuTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(5)]
    [DataRow(100)]
    public void The_factors_multiply_back_and_solve(int n)
    {
        var a = TestMatrices.Gaussian(n, n, 1);
        var lu = Lu.Factor(a);
        var product = lu.L * lu.U;
        for (int i = 0; i < n; i++) TestMatrices.AssertEqual(a.Row(lu.Permutation[i]), product.Row(i), 1e-13 * n);

        Assert.IsTrue(lu.L.MaxAbs() <= 1, "partial pivoting bounds the multipliers by 1");
        var b = TestMatrices.Gaussian(n, 2, 2);
        TestMatrices.AssertEqual(b, a * lu.Solve(b), 1e-10);
        TestMatrices.AssertEqual(Matrix.Identity(n), a * lu.Inverse(), 1e-10);
    }

    [TestMethod]
    public void Determinants_follow_their_rules()
    {
        Assert.AreEqual(-2, new Matrix(2, 2, [1, 2, 3, 4]).Determinant(), 1e-15);
        Assert.AreEqual(-1, new Matrix(2, 2, [0, 1, 1, 0]).Determinant());
        Assert.AreEqual(1, new Matrix(3, 3, [0, 1, 0, 0, 0, 1, 1, 0, 0]).Determinant());
        Assert.AreEqual(1, new Matrix(0, 0).Determinant());

        Matrix a = TestMatrices.Gaussian(6, 6, 3), b = TestMatrices.Gaussian(6, 6, 4);
        Assert.AreEqual(a.Determinant() * b.Determinant(), (a * b).Determinant(), 1e-10);
        Assert.AreEqual(a.Determinant(), a.Transpose().Determinant(), 1e-12);
    }

    // The determinant of the Hilbert matrix of order 6 is 1 / 186313420339200000.
    [TestMethod]
    public void The_Hilbert_matrix_of_order_six_has_its_known_determinant_and_inverse()
    {
        var hilbert = TestMatrices.Hilbert(6);
        Assert.AreEqual(1, hilbert.Determinant() * 186313420339200000, 1e-9);
        var inverse = hilbert.Inverse();
        Assert.AreEqual(36, inverse[0, 0], 1e-6);
        Assert.AreEqual(4410000, inverse[3, 3] * 4410000 / Math.Round(inverse[3, 3]), 1);
    }

    [TestMethod]
    public void Singular_matrices_are_found_and_explained()
    {
        Matrix counting = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];
        var lu = Lu.Factor(counting);
        Assert.IsTrue(lu.IsSingular);
        var exception = Assert.ThrowsExactly<SingularMatrixException>(() => lu.Solve([1, 2, 3]));
        Assert.AreEqual(2, exception.Pivot);
        StringAssert.Contains(exception.Message, "column 2");

        Assert.IsTrue(Lu.Factor(new Matrix(3, 3)).IsSingular);
        Assert.IsTrue(Lu.Factor([[1, 0], [2, 0]]).IsSingular);
        Assert.IsTrue(Lu.Factor([[0, 1], [0, 2]]).IsSingular);
    }

    [TestMethod]
    public void Bad_scaling_is_not_singularity()
    {
        Assert.IsFalse(Lu.Factor(Matrix.Diagonal(1, 1e-20, 1e20)).IsSingular);
        Matrix shear = [[1, 1e20], [0, 1]];
        Assert.IsFalse(Lu.Factor(shear).IsSingular);
        TestMatrices.AssertEqual([[1, -1e20], [0, 1]], shear.Inverse(), 0);
        Assert.IsFalse(Lu.Factor(1e-200 * TestMatrices.Gaussian(8, 8, 5)).IsSingular);
    }

    [TestMethod]
    public void Bad_input_is_refused()
    {
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Lu.Factor(new Matrix(2, 3))).Message, "2 × 3");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Lu.Factor([[1, double.NaN], [0, 1]])).Message, "(0, 1) of the matrix is NaN");
        Assert.ThrowsExactly<ArgumentException>(() => Lu.Factor(Matrix.Identity(2)).Solve([1]));
        Assert.ThrowsExactly<ArgumentException>(() => Lu.Factor(Matrix.Identity(2)).Solve(Matrix.Identity(3)));
    }

    // Larger than one block of columns, so that blocks meet each other.
    [TestMethod]
    [DataRow(64)]
    [DataRow(65)]
    [DataRow(200)]
    public void Large_matrices_decompose(int n)
    {
        var a = TestMatrices.Gaussian(n, n, 5);
        var lu = a.Lu();
        var permuted = new Matrix(n, n);
        for (int i = 0; i < n; i++) a.Row(lu.Permutation[i]).CopyTo(permuted.Row(i));
        TestMatrices.AssertEqual(permuted, lu.L * lu.U, 1e-13 * n);
        Assert.IsLessThanOrEqualTo(1, lu.L.MaxAbs());
        TestMatrices.AssertEqual(Matrix.Identity(n), a * a.Inverse(), 1e-11 * n);
        Assert.AreEqual(Math.Log(Math.Abs(lu.Determinant)), lu.LogAbsDeterminant, 1e-9);
        Assert.AreEqual(Math.Sign(lu.Determinant), lu.DeterminantSign);
    }

    [TestMethod]
    public void The_logarithm_of_the_determinant_does_not_overflow()
    {
        var a = 1e300 * Matrix.Identity(10);
        a[0, 0] *= -1;
        Assert.AreEqual(10 * Math.Log(1e300), a.LogAbsDeterminant(), 1e-9);
        Assert.AreEqual(-1, a.Lu().DeterminantSign);
        Assert.AreEqual(double.NegativeInfinity, new Matrix(2, 2).LogAbsDeterminant());
        Assert.AreEqual((0, 1), (new Matrix(2, 2).Lu().DeterminantSign, new Matrix(0, 0).Lu().DeterminantSign));
    }
}
