using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class DenseTests
{
    private static double[] Doubles(int n, ulong seed)
    {
        var stream = new RandomStream(seed);
        var values = new double[n];
        foreach (ref double value in values.AsSpan()) value = stream.NextGaussian();
        return values;
    }

    private static float[] Floats(int n, ulong seed) => [.. Doubles(n, seed).Select(v => (float)v)];

    private static double[] Widen(float[] x) => [.. x.Select(v => (double)v)];

    // 0 to 70 passes every remainder of every vector width.
    [TestMethod]
    public void Vector_kernels_equal_their_definitions_at_every_length()
    {
        for (int n = 0; n <= 70; n++)
        {
            double[] x = Doubles(n, 1), y = Doubles(n, 2);
            float[] fx = Floats(n, 3), fy = Floats(n, 4);
            double[] wx = Widen(fx), wy = Widen(fy);
            const double tolerance = 1e-12;

            Assert.AreEqual(x.Zip(y, (a, b) => a * b).Sum(), Dense.Dot(x, y), tolerance);
            Assert.AreEqual(wx.Zip(y, (a, b) => a * b).Sum(), Dense.Dot(fx, y), tolerance);
            Assert.AreEqual(wx.Zip(wy, (a, b) => a * b).Sum(), Dense.DotWide(fx, fy), tolerance);
            Assert.AreEqual(wx.Zip(wy, (a, b) => a * b).Sum(), Dense.Dot(fx, fy), 1e-4);

            Assert.AreEqual(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum(), Dense.SquaredDistance(x, y), tolerance);
            Assert.AreEqual(wx.Zip(y, (a, b) => (a - b) * (a - b)).Sum(), Dense.SquaredDistance(fx, y), tolerance);
            Assert.AreEqual(wx.Zip(wy, (a, b) => (a - b) * (a - b)).Sum(), Dense.SquaredDistance(fx, fy), 1e-3);

            Assert.AreEqual(Math.Sqrt(x.Sum(v => v * v)), Dense.Norm(x), tolerance);
            Assert.AreEqual(x.Select(Math.Abs).DefaultIfEmpty().Max(), Dense.NormInfinity(x));

            double[] sum = [.. y], mixed = [.. y];
            float[] single = [.. fy];
            Dense.Axpy(0.5, x, sum);
            Dense.Axpy(0.5, fx, mixed);
            Dense.Axpy(0.5f, fx, single);
            for (int i = 0; i < n; i++)
            {
                Assert.AreEqual(y[i] + 0.5 * x[i], sum[i], tolerance);
                Assert.AreEqual(y[i] + 0.5 * fx[i], mixed[i], tolerance);
                Assert.AreEqual(fy[i] + 0.5f * fx[i], single[i], 1e-6f);
            }
        }
    }

    [TestMethod]
    public void The_wide_dot_product_keeps_what_single_precision_loses()
    {
        float[] x = [1e8f, 1, -1e8f], ones = [1, 1, 1];
        Assert.AreEqual(1, Dense.DotWide(x, ones));
        Assert.AreEqual(1, Dense.Dot(x, new double[] { 1, 1, 1 }));
    }

    [TestMethod]
    public void The_norm_neither_overflows_nor_underflows()
    {
        Assert.AreEqual(5e200, Dense.Norm([3e200, 4e200]), 1e186);
        Assert.AreEqual(5e-200, Dense.Norm([3e-200, 4e-200]), 1e-214);
        Assert.AreEqual(0, Dense.Norm([0, 0]));
        Assert.AreEqual(double.PositiveInfinity, Dense.Norm([1, double.NegativeInfinity]));
        Assert.IsTrue(double.IsNaN(Dense.Norm([1, double.NaN])));
        Assert.IsTrue(double.IsNaN(Dense.NormInfinity([1, double.NaN, 2])));
    }

    [TestMethod]
    public void Argmax_takes_the_lowest_of_equals_and_passes_over_NaN()
    {
        Assert.AreEqual(1, Dense.ArgMax([1.0, 3, 2, 3]));
        Assert.AreEqual(2, Dense.ArgMax([double.NaN, -5, -4, double.NaN]));
        Assert.AreEqual(0, Dense.ArgMax([float.NegativeInfinity]));
        Assert.AreEqual(-1, Dense.ArgMax([float.NaN]));
        Assert.AreEqual(-1, Dense.ArgMax(ReadOnlySpan<double>.Empty));
    }

    [TestMethod]
    [DataRow(0, 3)]
    [DataRow(1, 1)]
    [DataRow(5, 7)]
    [DataRow(33, 70)]
    public void Matrix_vector_products_equal_their_definition(int rows, int columns)
    {
        float[] fa = Floats(rows * columns, 5), fx = Floats(columns, 6), ft = Floats(rows, 7);
        double[] a = Widen(fa), x = Widen(fx), t = Widen(ft);
        var expected = new double[rows];
        var expectedT = new double[columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                expected[i] += a[i * columns + j] * x[j];
                expectedT[j] += a[i * columns + j] * t[i];
            }
        }

        double[] y = new double[rows], yt = new double[columns];
        float[] fy = new float[rows], fyt = new float[columns];
        Dense.MatVec(a, rows, columns, x, y);
        Dense.MatTVec(a, rows, columns, t, yt);
        TestMatrices.AssertEqual(expected, y, 1e-12);
        TestMatrices.AssertEqual(expectedT, yt, 1e-12);

        Dense.MatVec(fa, rows, columns, x, y);
        Dense.MatTVec(fa, rows, columns, t, yt);
        TestMatrices.AssertEqual(expected, y, 1e-12);
        TestMatrices.AssertEqual(expectedT, yt, 1e-12);

        Dense.MatVec(fa, rows, columns, fx, fy);
        Dense.MatTVec(fa, rows, columns, ft, fyt);
        TestMatrices.AssertEqual(expected, Widen(fy), 1e-4);
        TestMatrices.AssertEqual(expectedT, Widen(fyt), 1e-4);
    }

    // Sizes around the unrolling by four, the vector widths and the blocks of 128 rows and 512 columns.
    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(3, 5, 2)]
    [DataRow(4, 0, 4)]
    [DataRow(7, 131, 9)]
    [DataRow(5, 6, 515)]
    [DataRow(17, 260, 33)]
    public void Matrix_products_equal_their_definition_with_every_transposition(int m, int k, int n)
    {
        float[] fa = Floats(m * k, 8), fb = Floats(k * n, 9), fstart = Floats(m * n, 10);
        double[] a = Widen(fa), b = Widen(fb), start = Widen(fstart);
        var expected = new double[m * n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                for (int p = 0; p < k; p++) expected[i * n + j] += a[i * k + p] * b[p * n + j];

        foreach (var (transposeA, transposeB) in new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            double[] opA = transposeA ? Transposed(a, m, k) : a, opB = transposeB ? Transposed(b, k, n) : b;
            float[] singleA = [.. opA.Select(v => (float)v)], singleB = [.. opB.Select(v => (float)v)];

            var c = Doubles(m * n, 11);
            Dense.MatMul(opA, opB, c, m, k, n, transposeA, transposeB);
            TestMatrices.AssertEqual(expected, c, 1e-11);

            c = [.. start];
            Dense.MatMul(opA, opB, c, m, k, n, transposeA, transposeB, accumulate: true);
            TestMatrices.AssertEqual([.. expected.Zip(start, (u, v) => u + v)], c, 1e-11);

            float[] single = [.. fstart];
            Dense.MatMul(singleA, singleB, single, m, k, n, transposeA, transposeB);
            TestMatrices.AssertEqual(expected, Widen(single), 1e-3);
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(8)]
    [DataRow(50)]
    public void A_row_times_a_vector_is_the_dot_product_bit_for_bit_however_many_rows_there_are(int columns)
    {
        const int rows = 11;
        float[] a = Floats(rows * columns, 21);
        double[] x = Doubles(columns, 22), y = new double[rows];
        Dense.MatVec(a, rows, columns, x, y);
        for (int i = 0; i < rows; i++)
            Assert.AreEqual(Dense.Dot(a.AsSpan(i * columns, columns), x), y[i]);
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void A_row_of_a_product_is_the_same_alone_and_in_a_batch(bool transposeA, bool transposeB)
    {
        const int m = 9, k = 150, n = 21;
        double[] a = Doubles(m * k, 12), b = Doubles(k * n, 13), batch = new double[m * n], alone = new double[n];
        Dense.MatMul(transposeA ? Transposed(a, m, k) : a, transposeB ? Transposed(b, k, n) : b, batch, m, k, n, transposeA, transposeB);
        for (int i = 0; i < m; i++)
        {
            Dense.MatMul(a.AsSpan(i * k, k), transposeB ? Transposed(b, k, n) : b, alone, 1, k, n, transposeA, transposeB);
            CollectionAssert.AreEqual(batch[(i * n)..((i + 1) * n)], alone);
        }
    }

    [TestMethod]
    public void Elementwise_functions_give_an_element_the_same_result_at_any_length_and_place()
    {
        double[] x = Doubles(200, 16);
        float[] fx = Floats(200, 16);
        Check((s, d) => Dense.Exp(s, d), (s, d) => Dense.Exp(s, d), Math.Exp);
        Check((s, d) => Dense.Tanh(s, d), (s, d) => Dense.Tanh(s, d), Math.Tanh);
        Check((s, d) => Dense.Sigmoid(s, d), (s, d) => Dense.Sigmoid(s, d), v => 1 / (1 + Math.Exp(-v)));
        x = [.. x.Select(Math.Abs)];
        fx = [.. fx.Select(Math.Abs)];
        Check((s, d) => Dense.Log(s, d), (s, d) => Dense.Log(s, d), Math.Log);

        void Check(Action<double[], double[]> doubles, Action<float[], float[]> floats, Func<double, double> definition)
        {
            var all = new double[x.Length];
            var allSingle = new float[x.Length];
            doubles(x, all);
            floats(fx, allSingle);
            TestMatrices.AssertEqual([.. x.Select(definition)], all, 1e-13);
            TestMatrices.AssertEqual([.. fx.Select(v => definition(v))], Widen(allSingle), 1e-5);

            for (int length = 0; length <= 40; length++)
            {
                var part = new double[length];
                var partSingle = new float[length];
                for (int start = 0; start + length <= x.Length; start += Math.Max(1, length))
                {
                    doubles(x[start..(start + length)], part);
                    floats(fx[start..(start + length)], partSingle);
                    CollectionAssert.AreEqual(all[start..(start + length)], part);
                    CollectionAssert.AreEqual(allSingle[start..(start + length)], partSingle);
                }
            }
        }
    }

    [TestMethod]
    public void Logistic_functions_are_accurate_at_both_ends()
    {
        Assert.AreEqual(0.5, Dense.Sigmoid(0.0));
        Assert.AreEqual(1, Dense.Sigmoid(1000));
        Assert.AreEqual(0, Dense.Sigmoid(-1000));
        Assert.AreEqual(Math.Exp(-40), Dense.Sigmoid(-40), 1e-32);
        Assert.AreEqual(-1000, Dense.LogSigmoid(-1000));
        Assert.AreEqual(-Math.Exp(-40), Dense.LogSigmoid(40), 1e-32);
        Assert.AreEqual(-Math.Log(2), Dense.LogSigmoid(0), 1e-16);
        Assert.AreEqual(1000, Dense.Softplus(1000));
        Assert.AreEqual(double.PositiveInfinity, Dense.Softplus(double.PositiveInfinity));
        Assert.AreEqual(1e-20, Dense.Log1P(1e-20));
        Assert.AreEqual(1e-8 - 5e-17, Dense.Log1P(1e-8), 1e-23);
        Assert.AreEqual(Math.Log(3), Dense.Log1P(2), 1e-15);
        Assert.AreEqual(double.NegativeInfinity, Dense.Log1P(-1));
        Assert.AreEqual(double.PositiveInfinity, Dense.Log1P(double.PositiveInfinity));
        Assert.IsTrue(double.IsNaN(Dense.Log1P(-2)));
        Assert.IsTrue(double.IsNaN(Dense.Sigmoid(double.NaN)) && double.IsNaN(Dense.Softplus(double.NaN)));

        var spanned = new double[3];
        Dense.Sigmoid([-1000, 0, 1000], spanned);
        CollectionAssert.AreEqual(new[] { 0, 0.5, 1 }, spanned);
    }

    [TestMethod]
    public void Softmax_and_logsumexp_agree_with_SciPy_and_do_not_overflow()
    {
        double[] logits = [1000, 999, -50, 1000.5];
        var probabilities = new double[4];
        Dense.Softmax(logits, probabilities);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("softmax"), probabilities, 1e-15);
        Assert.AreEqual(ReferenceFigures.Number("logSumExp"), Dense.LogSumExp(logits), 1e-12);

        var logarithms = new double[4];
        Dense.LogSoftmax(logits, logarithms);
        Assert.AreEqual(-1051.1041306053368, logarithms[2], 1e-12);
        Assert.AreEqual(1, logarithms.Sum(Math.Exp), 1e-12);

        float[] single = [1000, 999, -50, 1000.5f];
        Assert.AreEqual(1001.10413f, Dense.LogSumExp(single), 1e-3f);
        Dense.Softmax(single, single);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("softmax"), Widen(single), 1e-6);
    }

    [TestMethod]
    public void Softmax_and_logsumexp_handle_infinities_and_long_inputs()
    {
        double inf = double.PositiveInfinity;
        Assert.AreEqual(-inf, Dense.LogSumExp(ReadOnlySpan<double>.Empty));
        Assert.AreEqual(-inf, Dense.LogSumExp([-inf, -inf]));
        Assert.AreEqual(inf, Dense.LogSumExp([0, inf]));
        Assert.IsTrue(double.IsNaN(Dense.LogSumExp([0, double.NaN])));
        Assert.AreEqual(Math.Log(1000), Dense.LogSumExp(new double[1000]), 1e-12);
        Assert.AreEqual(MathF.Log(1000), Dense.LogSumExp(new float[1000]), 1e-5f);

        var masked = new double[3];
        Dense.Softmax([-inf, 0, 0], masked);
        CollectionAssert.AreEqual(new[] { 0, 0.5, 0.5 }, masked);
        Dense.Softmax(ReadOnlySpan<double>.Empty, []);
    }

    [TestMethod]
    public void Column_statistics_lose_no_digits_far_from_zero()
    {
        double[] x = [1e9 + 1, 1, 1e9 + 2, 1, 1e9 + 3, 1, 1e9 + 6, 1];
        double[] means = new double[2], variances = new double[2];
        Dense.ColumnVariances(x, 4, 2, means, variances);
        CollectionAssert.AreEqual(new[] { 1e9 + 3, 1 }, means);
        CollectionAssert.AreEqual(new[] { 3.5, 0 }, variances);
        Dense.ColumnVariances(x, 4, 2, means, variances, degreesOfFreedomLost: 1);
        Assert.AreEqual(14.0 / 3, variances[0], 1e-15);

        float[] single = [1, 10, 2, 20, 6, 60];
        Dense.ColumnVariances(single, 3, 2, means, variances);
        CollectionAssert.AreEqual(new[] { 3.0, 30 }, means);
        TestMatrices.AssertEqual([14.0 / 3, 1400.0 / 3], variances, 1e-12);
        Dense.ColumnMeans(new double[] { 1, double.NaN }, 1, 2, means);
        Assert.IsTrue(means[0] == 1 && double.IsNaN(means[1]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Dense.ColumnMeans(ReadOnlySpan<double>.Empty, 0, 2, new double[2]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Dense.ColumnVariances(new double[2], 1, 2, means, variances, 1));
    }

    [TestMethod]
    public void Lengths_that_do_not_fit_are_named()
    {
        double[] three = new double[3], four = new double[4];
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Dense.Dot(three, four)).Message, "'y' has 4 elements where 3");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Dense.MatMul(four, three, four, 2, 2, 2)).Message,
            "'b' has 3 elements where 2 × 2 = 4");
        Assert.ThrowsExactly<ArgumentException>(() => Dense.SquaredDistance(three, four));
        Assert.ThrowsExactly<ArgumentException>(() => Dense.Axpy(1, three, four));
        Assert.ThrowsExactly<ArgumentException>(() => Dense.MatVec(four, 2, 2, three, four));
        Assert.ThrowsExactly<ArgumentException>(() => Dense.MatVec(four, -2, -2, three, four));
        Assert.ThrowsExactly<ArgumentException>(() => Dense.Exp(three, four));
        Assert.ThrowsExactly<ArgumentException>(() => Dense.Softmax(three, four));
        Assert.ThrowsExactly<ArgumentException>(() => Dense.Transpose(four, 2, 2, three));
    }

    private static double[] Transposed(double[] a, int rows, int columns)
    {
        var transposed = new double[a.Length];
        Dense.Transpose(a, rows, columns, transposed);
        return transposed;
    }
}
