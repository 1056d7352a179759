using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class SymmetricEigenTests
{
    private static void AssertDecomposes(Matrix a, double tolerance = 1e-13)
    {
        var eigen = SymmetricEigen.Factor(a);
        var v = eigen.Vectors;
        int n = a.Rows;
        tolerance *= Math.Max(n, 4);
        TestMatrices.AssertEqual(Matrix.Identity(n), v * v.Transpose(), tolerance);
        TestMatrices.AssertEqual(a, v.Transpose() * Matrix.Diagonal(eigen.Values) * v, tolerance * a.MaxAbs());

        for (int i = 0; i < n; i++)
        {
            if (i > 0) Assert.IsTrue(eigen.Values[i] <= eigen.Values[i - 1]);
            double[] vector = eigen.Vector(i).ToArray();
            Assert.IsTrue(vector.MaxBy(Math.Abs) > 0);
        }
    }

    [TestMethod]
    public void Values_and_vectors_agree_with_SciPy()
    {
        var wave = TestMatrices.Wave(4, 4);
        var eigen = SymmetricEigen.Factor(wave + wave.Transpose());
        TestMatrices.AssertEqual(ReferenceFigures.Vector("eigenvalues"), eigen.Values, 1e-14);
        TestMatrices.AssertEqual(Matrix.FromRows(ReferenceFigures.Rows("eigenvectors")), eigen.Vectors, 1e-13);

        // The smallest eigenvalue is a 2·10^7th of the largest, and keeps its absolute accuracy.
        var hilbert = SymmetricEigen.Factor(TestMatrices.Hilbert(6));
        TestMatrices.AssertEqual(ReferenceFigures.Vector("hilbertEigenvalues"), hilbert.Values, 1e-15);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(10)]
    [DataRow(64)]
    [DataRow(200)]
    public void Random_matrices_decompose(int n)
    {
        var a = TestMatrices.Gaussian(n, n, (ulong)n);
        AssertDecomposes(a + a.Transpose());
    }

    [TestMethod]
    public void Special_matrices_decompose()
    {
        AssertDecomposes(Matrix.Identity(5));
        AssertDecomposes(new Matrix(4, 4));
        AssertDecomposes(Matrix.Diagonal(3, -1, 7, 0));
        AssertDecomposes([[0, 1], [1, 0]]);
        AssertDecomposes([[0, 1, 0], [1, 0, 1], [0, 1, 0]]);
        AssertDecomposes(TestMatrices.Hilbert(12));
        AssertDecomposes([[1, 0, 0], [0, 1e-12, 1e-12], [0, 1e-12, -1e-12]]);

        // All elements equal: rank 1, with a large space of equal eigenvalues.
        var ones = new Matrix(30, 30);
        ones.AsSpan().Fill(1);
        AssertDecomposes(ones);
    }

    [TestMethod]
    public void Matrices_of_few_small_integers_decompose()
    {
        for (ulong seed = 0; seed < 400; seed++)
        {
            var stream = new RandomStream(seed);
            int n = stream.NextInt32(1, 20);
            var a = new Matrix(n, n);
            double density = stream.NextDouble();
            foreach (ref double value in a.AsSpan()) value = stream.NextBoolean(density) ? stream.NextInt32(-2, 3) : 0;
            AssertDecomposes(a + a.Transpose());
        }
    }

    // Wilkinson's matrix has pairs of eigenvalues that agree to 14 digits.
    [TestMethod]
    public void Nearly_equal_eigenvalues_keep_orthogonal_vectors()
    {
        var wilkinson = new Matrix(21, 21);
        for (int i = 0; i < 21; i++)
        {
            wilkinson[i, i] = Math.Abs(i - 10);
            if (i > 0) wilkinson[i, i - 1] = wilkinson[i - 1, i] = 1;
        }

        AssertDecomposes(wilkinson);
        Assert.AreEqual(10.746194182903393, SymmetricEigen.Factor(wilkinson).Values[0], 1e-14);
    }

    // The second difference matrix of order n has eigenvalues 2 - 2 cos(kπ / (n + 1)).
    [TestMethod]
    public void The_second_difference_matrix_has_its_known_eigenvalues()
    {
        const int n = 50;
        var matrix = new Matrix(n, n);
        for (int i = 0; i < n; i++)
        {
            matrix[i, i] = 2;
            if (i > 0) matrix[i, i - 1] = matrix[i - 1, i] = -1;
        }

        double[] expected = [.. Enumerable.Range(1, n).Select(k => 2 - 2 * Math.Cos((n + 1 - k) * Math.PI / (n + 1)))];
        TestMatrices.AssertEqual(expected, SymmetricEigen.Factor(matrix).Values, 1e-14);
    }

    [TestMethod]
    public void Scale_does_not_matter()
    {
        var a = TestMatrices.Gaussian(10, 10, 7);
        a += a.Transpose();
        var expected = SymmetricEigen.Factor(a);
        foreach (double scale in new[] { 1e-300, 1e300 })
        {
            var scaled = SymmetricEigen.Factor(scale * a);
            TestMatrices.AssertEqual(expected.Vectors, scaled.Vectors, 1e-12);
            for (int i = 0; i < 10; i++) Assert.AreEqual(expected.Values[i], scaled.Values[i] / scale, 1e-12);
        }
    }

    [TestMethod]
    [DataRow(5)]
    [DataRow(33)]
    [DataRow(70)]
    public void The_largest_are_the_first_of_all_at_any_number_of_threads(int n)
    {
        var a = TestMatrices.Gaussian(n, n, 3);
        a += a.Transpose();
        var all = SymmetricEigen.Factor(a);
        foreach (int count in new[] { 0, 1, 3, n })
        {
            foreach (int threads in new[] { 1, 2, 5 })
            {
                var some = SymmetricEigen.Largest(a, count, threads: threads);
                Assert.AreEqual((count, n), (some.Vectors.Rows, some.Vectors.Columns));
                TestMatrices.AssertEqual(all.Values[..count], some.Values, 0);
                for (int i = 0; i < count; i++) TestMatrices.AssertEqual(all.Vector(i), some.Vector(i), 0);
            }
        }
    }

    [TestMethod]
    public void A_checkpoint_can_give_up()
    {
        int calls = 0;
        var a = TestMatrices.Gaussian(40, 40, 3);
        SymmetricEigen.Factor(a + a.Transpose(), () => calls++);
        Assert.IsGreaterThan(80, calls);
        for (int last = 1; last <= calls; last += 7)
        {
            int left = last;
            Assert.ThrowsExactly<OperationCanceledException>(
                () => SymmetricEigen.Factor(a + a.Transpose(), () => { if (--left == 0) throw new OperationCanceledException(); }));
        }
    }

    [TestMethod]
    public void Bad_input_is_refused()
    {
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => SymmetricEigen.Factor([[1, 2], [3, 1]])).Message,
            "element (1, 0) is 3, but (0, 1) is 2");
        Assert.ThrowsExactly<ArgumentException>(() => SymmetricEigen.Factor(new Matrix(2, 3)));
        Assert.ThrowsExactly<ArgumentException>(() => SymmetricEigen.Factor([[double.NaN]]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SymmetricEigen.Factor([[1]]).Vector(1).Length);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SymmetricEigen.Largest([[1]], 2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SymmetricEigen.Largest([[1]], -1));
    }
}
