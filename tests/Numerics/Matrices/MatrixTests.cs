using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class MatrixTests
{
    private static readonly Matrix A = [[1, 2, 3], [4, 5, 6]];

    [TestMethod]
    public void A_matrix_is_written_and_read_as_rows()
    {
        Assert.AreEqual((2, 3), (A.Rows, A.Columns));
        Assert.AreEqual(6, A[1, 2]);
        CollectionAssert.AreEqual(new double[] { 4, 5, 6 }, A.Row(1).ToArray());
        CollectionAssert.AreEqual(new double[] { 2, 5 }, A.Column(1));
        CollectionAssert.AreEqual(new double[] { 1, 5 }, A.Diagonal());
        CollectionAssert.AreEqual(new double[] { 4, 5, 6 }, A.Last());
        Assert.AreEqual(5, new Matrix(2, 2, [1, 2, 3, 5])[1, 1]);
        Assert.AreEqual(0, Matrix.FromRows().Rows);
    }

    [TestMethod]
    public void Operators_follow_their_definitions()
    {
        Matrix b = [[1, 0], [2, 1], [0, 3]];
        TestMatrices.AssertEqual([[5, 11], [14, 23]], A * b, 0);
        TestMatrices.AssertEqual([[2, 4, 6], [8, 10, 12]], A + A, 0);
        TestMatrices.AssertEqual([[2, 4, 6], [8, 10, 12]], 2 * A, 0);
        TestMatrices.AssertEqual([[-1, -2, -3], [-4, -5, -6]], -A, 0);
        TestMatrices.AssertEqual(new Matrix(2, 3), A - A, 0);
        TestMatrices.AssertEqual([[1, 4], [2, 5], [3, 6]], A.Transpose(), 0);
        CollectionAssert.AreEqual(new double[] { 14, 32 }, A * [1, 2, 3]);
        TestMatrices.AssertEqual(A, A * Matrix.Identity(3), 0);
        TestMatrices.AssertEqual([[1, 4, 9], [4, 10, 18]], A * Matrix.Diagonal(1, 2, 3), 0);
        Assert.AreEqual(5, (A * b).Trace() - 23);
        Assert.AreEqual(Math.Sqrt(91), A.FrobeniusNorm(), 1e-14);
    }

    [TestMethod]
    public void Operations_leave_their_operands_alone_and_the_indexer_writes()
    {
        var copy = A.Copy();
        _ = 3 * copy;
        _ = copy.Transpose();
        copy[0, 0] = 10;
        copy.Row(1)[2] = 60;
        Assert.AreEqual((10, 60), (copy[0, 0], copy[1, 2]));
        Assert.AreEqual((1, 6), (A[0, 0], A[1, 2]));
    }

    [TestMethod]
    public void Solving_inverting_and_the_determinant_agree_with_NumPy()
    {
        var a = TestMatrices.Wave(4, 4);
        Assert.AreEqual(ReferenceFigures.Number("determinant"), a.Determinant(), 1e-13);
        TestMatrices.AssertEqual(Matrix.FromRows(ReferenceFigures.Rows("inverse")), a.Inverse(), 1e-13);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("solution"), a.Solve([1, 2, 3, 4]), 1e-13);
    }

    [TestMethod]
    public void Norms_and_the_condition_agree_with_NumPy()
    {
        var tall = TestMatrices.Wave(6, 4);
        double[] norms = [tall.SpectralNorm(), tall.OneNorm(), tall.InfinityNorm(), tall.FrobeniusNorm()];
        TestMatrices.AssertEqual(ReferenceFigures.Vector("norms"), norms, 1e-13);
        Assert.AreEqual(ReferenceFigures.Number("conditionNumber"), TestMatrices.Wave(4, 4).ConditionNumber(), 1e-11);
        Assert.AreEqual((4, 4), (tall.Rank(), tall.Transpose().Rank()));
        Assert.AreEqual((0, 0, 0), (new Matrix(0, 2).SpectralNorm(), new Matrix(2, 0).OneNorm(), new Matrix(0, 0).InfinityNorm()));
        Assert.AreEqual(3, Matrix.Diagonal(1, 3, 2).Eigen().Values[0]);
    }

    [TestMethod]
    public void Wrong_shapes_are_explained()
    {
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => A * A).Message, "first has 3 columns and the second 2 rows");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => A + A.Transpose()).Message, "2 × 3 matrix and a 3 × 2 matrix");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => A.Determinant()).Message, "2 × 3");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Matrix.FromRows([1, 2], [3])).Message, "Row 1 has 1 elements");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => A[2, 0]).Message, "(2, 0) in a 2 × 3 matrix");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => A[0, -1]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => A.Column(3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => A.Row(2).Length);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Matrix(100_000, 100_000));
        Assert.ThrowsExactly<ArgumentException>(() => A * [1, 2]);
        Assert.ThrowsExactly<ArgumentException>(() => new Matrix(2, 2, [1]));
    }

    [TestMethod]
    public void The_text_is_aligned_and_large_matrices_are_abridged()
    {
        Matrix m = [[1, -2.5], [1000, 1.0 / 3]];
        Assert.AreEqual("2 × 2\n[    1      -2.5 ]\n[ 1000  0.333333 ]", m.ToString());
        Assert.AreEqual("0 × 3", new Matrix(0, 3).ToString());
        Assert.AreEqual("2 × 0\n[ ]\n[ ]", new Matrix(2, 0).ToString());

        string[] lines = Matrix.Identity(100).ToString().Split('\n');
        Assert.HasCount(14, lines);
        StringAssert.Contains(lines[7], "…");
    }
}
