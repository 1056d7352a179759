using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

/// <summary>Every product beside the same of the dense matrix.</summary>
[TestClass]
public sealed class CsrMatrixTests
{
    private static float[] Random(int rows, int columns, ulong seed, double density = 0.2)
    {
        var stream = new RandomStream(seed);
        var values = new float[rows * columns];
        foreach (ref float value in values.AsSpan()) value = stream.NextBoolean(density) ? (float)stream.NextGaussian() : 0;
        return values;
    }

    private static Matrix Widen(float[] values, int rows, int columns) => new(rows, columns, [.. values.Select(v => (double)v)]);

    private static void AssertNear(Matrix expected, double[] actual, double tolerance) =>
        TestMatrices.AssertEqual(expected.AsSpan(), actual, tolerance);

    [TestMethod]
    [DataRow(0, 0, 0)]
    [DataRow(0, 3, 2)]
    [DataRow(3, 0, 2)]
    [DataRow(1, 1, 1)]
    [DataRow(30, 20, 7)]
    [DataRow(9000, 17, 3)]
    [DataRow(70, 150, 130)]
    public void Products_equal_those_of_the_dense_matrix(int rows, int columns, int width)
    {
        float[] dense = Random(rows, columns, 1);
        var sparse = CsrMatrix.FromDense(dense, rows, columns);
        var a = Widen(dense, rows, columns);
        Assert.AreEqual((rows, columns, dense.Count(v => v != 0)), (sparse.Rows, sparse.Columns, sparse.StoredCount));
        const double wide = 1e-11, narrow = 1e-3;

        float[] x = Random(columns, 1, 2, 1), z = Random(rows, 1, 3, 1);
        var y = new double[rows];
        sparse.MultiplyVector([.. x.Select(v => (double)v)], y);
        AssertNear(a * Widen(x, columns, 1), y, wide);
        var shortY = new float[rows];
        sparse.MultiplyVector(x, shortY);
        AssertNear(a * Widen(x, columns, 1), [.. shortY.Select(v => (double)v)], narrow);

        float[] b = Random(columns, width, 4, 1), d = Random(rows, width, 5, 1);
        var (product, transposed) = (a * Widen(b, columns, width), a.Transpose() * Widen(d, rows, width));
        double[] weights = [.. Random(rows, 1, 6, 1).Select(v => (double)Math.Abs(v))];
        var weighted = a.Copy();
        for (int i = 0; i < rows; i++) Dense.Scale(Math.Sqrt(weights[i]), weighted.Row(i));
        foreach (int threads in new[] { 1, 3 })
        {
            var t = new double[columns];
            sparse.TransposedMultiplyVector(z.Select(v => (double)v).ToArray(), t, threads);
            AssertNear(a.Transpose() * Widen(z, rows, 1), t, wide);

            var c = new double[rows * width];
            sparse.Multiply(b.Select(v => (double)v).ToArray(), c, width, threads);
            AssertNear(product, c, wide);
            var shortC = new float[rows * width];
            sparse.Multiply(b, shortC, width, threads);
            AssertNear(product, [.. shortC.Select(v => (double)v)], narrow);

            var e = new double[columns * width];
            sparse.TransposedMultiply(d.Select(v => (double)v).ToArray(), e, width, threads);
            AssertNear(transposed, e, wide);
            var shortE = new float[columns * width];
            sparse.TransposedMultiply(d, shortE, width, threads);
            AssertNear(transposed, [.. shortE.Select(v => (double)v)], narrow);

            var gram = new double[columns * columns];
            sparse.Gram(gram, threads: threads);
            AssertNear(a.Transpose() * a, gram, wide);
            sparse.Gram(gram, weights, threads);
            AssertNear(weighted.Transpose() * weighted, gram, wide);
        }

        var norms = new double[rows];
        sparse.SquaredRowNorms(norms);
        for (int i = 0; i < rows; i++) Assert.AreEqual(Dense.Dot(a.Row(i), a.Row(i)), norms[i], wide);
    }

    [TestMethod]
    public void Results_do_not_depend_on_threads()
    {
        const int rows = 20000, columns = 100;
        var sparse = CsrMatrix.FromDense(Random(rows, columns, 1), rows, columns);
        double[] x = [.. Random(rows, 1, 2, 1).Select(v => (double)v)];
        double[] one = new double[columns], four = new double[columns];
        sparse.TransposedMultiplyVector(x, one, 1);
        sparse.TransposedMultiplyVector(x, four, 4);
        TestMatrices.AssertEqual(one, four, 0);

        double[] gramOfOne = new double[columns * columns], gramOfFour = new double[columns * columns];
        sparse.Gram(gramOfOne, x, 1);
        sparse.Gram(gramOfFour, x, 4);
        TestMatrices.AssertEqual(gramOfOne, gramOfFour, 0);
    }

    [TestMethod]
    public void A_run_of_rows_of_a_larger_matrix_is_a_matrix()
    {
        int[] starts = [0, 2, 3, 3, 5];
        float[] values = [1, 2, 3, 4, 5];
        int[] indices = [0, 2, 1, 0, 1];
        var last = new CsrMatrix(3, values.AsMemory(2), indices.AsMemory(2), starts.AsMemory(1));
        Assert.AreEqual((3, 3), (last.Rows, last.StoredCount));
        CollectionAssert.AreEqual(new float[] { 3 }, last.Values(0).ToArray());
        CollectionAssert.AreEqual(Array.Empty<int>(), last.Indices(1).ToArray());
        var y = new double[3];
        last.MultiplyVector([10.0, 100, 1000], y);
        CollectionAssert.AreEqual(new double[] { 300, 0, 540 }, y);
    }

    [TestMethod]
    public void Parts_that_do_not_fit_are_refused()
    {
        StringAssert.Contains(Message(() => new CsrMatrix(2, new float[1], new int[2], new int[] { 0, 1 })), "1 values, but 2 columns");
        StringAssert.Contains(Message(() => new CsrMatrix(2, new float[2], new int[2], new int[] { 0, 1 })), "store 1 values, but there are 2");
        StringAssert.Contains(Message(() => new CsrMatrix(2, new float[1], new int[1], new int[] { 0, 3, 1 })), "Row 1 starts at 3");
        StringAssert.Contains(Message(() => new CsrMatrix(2, new float[1], new[] { 2 }, new int[] { 0, 1 })), "from 2 to 2, where 0 to 1");
        StringAssert.Contains(Message(() => new CsrMatrix(2, new float[1], new[] { -1 }, new int[] { 0, 1 })), "from -1 to -1");
        var matrix = CsrMatrix.FromDense([1, 0], 1, 2);
        Assert.ThrowsExactly<ArgumentException>(() => matrix.MultiplyVector(new double[3], new double[1]));
        Assert.ThrowsExactly<ArgumentException>(() => matrix.Gram(new double[3]));
        Assert.ThrowsExactly<ArgumentException>(() => matrix.TransposedMultiply(new double[4], new double[6], 3));

        static string Message(Func<CsrMatrix> action) => Assert.ThrowsExactly<ArgumentException>(() => action()).Message;
    }
}
