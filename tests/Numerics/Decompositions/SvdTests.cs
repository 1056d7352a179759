using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class SvdTests
{
    private static Svd AssertDecomposes(Matrix a, double tolerance = 2e-15)
    {
        var svd = Svd.Factor(a);
        int r = Math.Min(a.Rows, a.Columns);
        tolerance *= Math.Max(Math.Max(a.Rows, a.Columns), 10);
        Assert.AreEqual((r, a.Rows, r, a.Columns, r), (svd.Values.Length, svd.U.Rows, svd.U.Columns, svd.V.Rows, svd.V.Columns));
        TestMatrices.AssertEqual(Matrix.Identity(r), svd.U.Transpose() * svd.U, tolerance);
        TestMatrices.AssertEqual(Matrix.Identity(r), svd.V.Transpose() * svd.V, tolerance);
        TestMatrices.AssertEqual(a, svd.U * Matrix.Diagonal(svd.Values) * svd.V.Transpose(), tolerance * (r == 0 ? 0 : svd.Values[0]));
        for (int i = 0; i < r; i++)
        {
            Assert.IsTrue(svd.Values[i] >= 0 && (i == 0 || svd.Values[i] <= svd.Values[i - 1]));
            Assert.IsTrue(svd.RightVector(i).ToArray().MaxBy(Math.Abs) > 0);
        }

        return svd;
    }

    [TestMethod]
    public void Values_and_vectors_agree_with_SciPy()
    {
        var svd = Svd.Factor(TestMatrices.Wave(6, 4));
        TestMatrices.AssertEqual(ReferenceFigures.Vector("singularValues"), svd.Values, 1e-14);
        TestMatrices.AssertEqual(Matrix.FromRows(ReferenceFigures.Rows("leftSingularVectors")), svd.U.Transpose(), 1e-13);
        TestMatrices.AssertEqual(Matrix.FromRows(ReferenceFigures.Rows("rightSingularVectors")), svd.V.Transpose(), 1e-13);

        // The smallest singular value is a 10^10th of the largest, and keeps its absolute accuracy.
        TestMatrices.AssertEqual(ReferenceFigures.Vector("hilbertSingularValues"), Svd.Factor(TestMatrices.Hilbert(8)).Values, 1e-15);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 2)]
    [DataRow(5, 3)]
    [DataRow(3, 5)]
    [DataRow(1, 7)]
    [DataRow(7, 1)]
    [DataRow(40, 40)]
    [DataRow(200, 30)]
    [DataRow(17, 90)]
    [DataRow(130, 130)]
    public void Matrices_of_every_shape_decompose(int rows, int columns) => AssertDecomposes(TestMatrices.Gaussian(rows, columns, (ulong)(rows + columns)));

    [TestMethod]
    public void Empty_matrices_decompose()
    {
        AssertDecomposes(new Matrix(0, 0));
        AssertDecomposes(new Matrix(3, 0));
        AssertDecomposes(new Matrix(0, 3));
        Assert.AreEqual((0, 1), (new Matrix(0, 0).Rank(), new Matrix(0, 3).ConditionNumber()));
    }

    [TestMethod]
    public void Special_matrices_decompose()
    {
        AssertDecomposes(Matrix.Identity(6));
        Assert.AreEqual(0, AssertDecomposes(new Matrix(5, 3)).Rank);
        Assert.AreEqual(3, AssertDecomposes(Matrix.Diagonal(3, -1, 7, 0)).Rank);
        AssertDecomposes([[0, 1], [0, 0]]);
        AssertDecomposes([[0, 1, 0], [0, 0, 1], [0, 0, 0]]);
        AssertDecomposes(TestMatrices.Hilbert(20));

        var ones = new Matrix(30, 20);
        ones.AsSpan().Fill(1);
        Assert.AreEqual(1, AssertDecomposes(ones).Rank);
    }

    // Columns and rows of zeros, repeated ones, and ones that cancel, wherever they come.
    [TestMethod]
    public void Matrices_of_few_small_integers_decompose()
    {
        for (ulong seed = 0; seed < 400; seed++)
        {
            var stream = new RandomStream(seed);
            var a = new Matrix(stream.NextInt32(1, 14), stream.NextInt32(1, 14));
            double density = stream.NextDouble();
            foreach (ref double value in a.AsSpan()) value = stream.NextBoolean(density) ? stream.NextInt32(-2, 3) : 0;
            AssertDecomposes(a, 1e-14);
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    [DataRow(19)]
    public void A_column_of_zeros_has_a_singular_value_of_zero(int column)
    {
        var a = TestMatrices.Gaussian(30, 20, 4);
        for (int i = 0; i < 30; i++) a[i, column] = 0;
        Assert.AreEqual(19, AssertDecomposes(a).Rank);
        Assert.AreEqual(19, AssertDecomposes(a.Transpose()).Rank);
        for (int i = 0; i < 30; i++) a[i, column] = 1e-17 * i;
        AssertDecomposes(a);
    }

    // Kahan's matrix: triangular, with a diagonal that hides how near it is to a matrix of lower rank.
    [TestMethod]
    public void Triangular_matrices_decompose_though_nearly_singular()
    {
        const int n = 60;
        var kahan = new Matrix(n, n);
        double sine = Math.Sin(1.2), cosine = Math.Cos(1.2), power = 1;
        for (int i = 0; i < n; i++, power *= sine)
        {
            kahan[i, i] = power;
            for (int j = i + 1; j < n; j++) kahan[i, j] = -cosine * power;
        }

        AssertDecomposes(kahan);
        AssertDecomposes(kahan.Transpose());
    }

    // Rows and columns that grow by powers of ten, up and down.
    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(-1, 0)]
    [DataRow(0, 1)]
    [DataRow(0, -1)]
    [DataRow(1, 1)]
    [DataRow(-1, -1)]
    public void Graded_matrices_decompose(int rowPower, int columnPower)
    {
        var graded = TestMatrices.Gaussian(30, 30, 8);
        for (int i = 0; i < 30; i++)
            for (int j = 0; j < 30; j++) graded[i, j] *= Math.Pow(10, rowPower * i + columnPower * j);
        AssertDecomposes(graded);
    }

    // Rank 3: what is left after three steps is rounding errors, then their rounding errors, down to numbers that have few digits.
    [TestMethod]
    public void Remainders_that_underflow_keep_the_vectors_orthogonal()
    {
        for (int size = 20; size < 60; size++)
        {
            var a = new Matrix(size, size);
            for (int i = 0; i < size; i++)
                for (int j = 0; j < size; j++) a[i, j] = i * j % 3;
            AssertDecomposes(a);
            var eigen = SymmetricEigen.Factor(a);
            TestMatrices.AssertEqual(Matrix.Identity(size), eigen.Vectors * eigen.Vectors.Transpose(), 1e-13);
            var q = a.Qr().Q;
            TestMatrices.AssertEqual(Matrix.Identity(size), q.Transpose() * q, 1e-13);
        }
    }

    // Large and small rows and columns in any order, some of them zero.
    [TestMethod]
    public void Badly_scaled_matrices_decompose()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var stream = new RandomStream(seed);
            var a = TestMatrices.Gaussian(stream.NextInt32(1, 25), stream.NextInt32(1, 25), seed);
            double spread = stream.NextInt32(0, 60), zeros = stream.NextBoolean(0.3) ? 0.2 : 0;
            double[] OfScale(int count) => [.. Enumerable.Range(0, count).Select(_ => stream.NextBoolean(zeros) ? 0 : Math.Pow(10, spread * (stream.NextDouble() - 0.5)))];
            AssertDecomposes(Matrix.Diagonal(OfScale(a.Rows)) * a * Matrix.Diagonal(OfScale(a.Columns)), 1e-14);
        }
    }

    [TestMethod]
    public void Known_singular_values_are_found()
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(i => Math.Pow(10, -i / 3.0))];
        var q1 = TestMatrices.Gaussian(60, 40, 1).Qr().Q;
        var q2 = TestMatrices.Gaussian(40, 40, 2).Qr().Q;
        var svd = Svd.Factor(q1 * Matrix.Diagonal(values) * q2);
        TestMatrices.AssertEqual(values, svd.Values, 1e-14);
        Assert.AreEqual(1e13, svd.ConditionNumber, 1e12);
    }

    [TestMethod]
    public void Scale_does_not_matter()
    {
        var a = TestMatrices.Gaussian(12, 9, 7);
        var expected = Svd.Factor(a);
        foreach (double scale in new[] { 1e-290, 1e290 })
        {
            var scaled = Svd.Factor(scale * a);
            TestMatrices.AssertEqual(expected.V, scaled.V, 1e-12);
            TestMatrices.AssertEqual(expected.U, scaled.U, 1e-12);
            for (int i = 0; i < 9; i++) Assert.AreEqual(expected.Values[i], scaled.Values[i] / scale, 1e-12);
        }
    }

    [TestMethod]
    public void The_result_does_not_depend_on_threads()
    {
        var a = TestMatrices.Gaussian(90, 70, 4);
        var (one, three) = (Svd.Factor(a), Svd.Factor(a, threads: 3));
        TestMatrices.AssertEqual(one.U, three.U, 0);
        TestMatrices.AssertEqual(one.V, three.V, 0);
        TestMatrices.AssertEqual(Svd.Randomized(a, 5).V, Svd.Randomized(a, 5, threads: 3).V, 0);
    }

    [TestMethod]
    public void The_pseudo_inverse_agrees_with_SciPy_and_solves_least_squares()
    {
        var tall = TestMatrices.Wave(6, 4);
        TestMatrices.AssertEqual(Matrix.FromRows(ReferenceFigures.Rows("pseudoInverse")), tall.PseudoInverse(), 1e-13);

        var deficient = new Matrix(6, 4);
        for (int i = 0; i < 6; i++) new double[] { tall[i, 0], tall[i, 1], tall[i, 0] + tall[i, 1], tall[i, 2] }.CopyTo(deficient.Row(i));
        Assert.AreEqual(3, deficient.Rank());
        Assert.IsTrue(double.IsPositiveInfinity(deficient.ConditionNumber()));
        var inverse = deficient.PseudoInverse();
        TestMatrices.AssertEqual(Matrix.FromRows(ReferenceFigures.Rows("pseudoInverseDeficient")), inverse, 1e-13);

        // Moore and Penrose: A A⁺ A = A, A⁺ A A⁺ = A⁺, and both products are symmetric.
        TestMatrices.AssertEqual(deficient, deficient * inverse * deficient, 1e-13);
        TestMatrices.AssertEqual(inverse, inverse * deficient * inverse, 1e-13);
        TestMatrices.AssertEqual((deficient * inverse).Transpose(), deficient * inverse, 1e-13);
        TestMatrices.AssertEqual((inverse * deficient).Transpose(), inverse * deficient, 1e-13);

        double[] b = [1, 2, 3, 4, 5, 6];
        TestMatrices.AssertEqual(ReferenceFigures.Vector("leastSquaresDeficient"), deficient.Svd().LeastSquares(b), 1e-13);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("leastSquaresDeficient"), deficient.LeastSquares(b), 1e-13);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("leastSquaresWide"), tall.Transpose().LeastSquares([1, 2, 3, 4]), 1e-13);
    }

    // Eckart and Young: what is missing is the singular values that were left out.
    [TestMethod]
    public void The_nearest_matrix_of_a_rank_misses_what_was_left_out()
    {
        var a = TestMatrices.Gaussian(20, 12, 3);
        var svd = a.Svd();
        for (int rank = 0; rank <= 12; rank++)
        {
            var rest = a - svd.Approximate(rank);
            Assert.AreEqual(Dense.Norm(svd.Values[rank..]), rest.FrobeniusNorm(), 1e-12);
            Assert.AreEqual(rank == 12 ? 0 : svd.Values[rank], rest.SpectralNorm(), 1e-12);
        }
    }

    [TestMethod]
    public void Random_projection_finds_the_largest()
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(i => Math.Pow(0.7, i))];
        var a = TestMatrices.Gaussian(100, 40, 1).Qr().Q * Matrix.Diagonal(values) * TestMatrices.Gaussian(40, 40, 2).Qr().Q;
        var (exact, some) = (Svd.Factor(a), Svd.Randomized(a, 5, seed: 3));
        TestMatrices.AssertEqual(exact.Values[..5], some.Values, 1e-12);
        for (int i = 0; i < 5; i++)
        {
            TestMatrices.AssertEqual(exact.LeftVector(i), some.LeftVector(i), 1e-9);
            TestMatrices.AssertEqual(exact.RightVector(i), some.RightVector(i), 1e-9);
        }

        TestMatrices.AssertEqual(some.V, Svd.Randomized(a, 5, seed: 3).V, 0);
        TestMatrices.AssertEqual(exact.Values, Svd.Randomized(a.Transpose(), 40).Values, 1e-13);
        Assert.AreEqual(0, Svd.Randomized(a, 0).Values.Length);

        // Without power iterations it is near, by way of products alone it is the same.
        Assert.AreEqual(1, Svd.Randomized(a, 5, powerIterations: 0).Values[0], 1e-3);
        TestMatrices.AssertEqual(some.Values, Svd.Randomized(100, 40, x => a * x, x => a.Transpose() * x, 5, seed: 3).Values, 1e-14);
    }

    [TestMethod]
    public void Bad_input_is_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => Svd.Factor([[1, double.NaN]]));
        Assert.ThrowsExactly<ArgumentException>(() => Svd.Factor([[double.NegativeInfinity]]));
        Assert.ThrowsExactly<ArgumentException>(() => Svd.Factor([[1, 2]]).LeastSquares([1, 2]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Svd.Randomized([[1, 2]], 2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Svd.Factor([[1, 2]]).Approximate(2));
    }
}
