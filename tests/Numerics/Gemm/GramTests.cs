namespace MLPath.Numerics.Tests;

[TestClass]
public sealed class GramTests
{
    [TestMethod]
    [DataRow(1, 3)]
    [DataRow(6, 1)]
    [DataRow(11, 37)]
    [DataRow(700, 50)]
    [DataRow(5000, 13)]
    [DataRow(300, 401)]
    public void Equals_the_sum_of_the_rows_products(int rows, int columns)
    {
        var random = new RandomStream(4);
        float[] x = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.NextGaussian())];
        float[] weights = [.. Enumerable.Range(0, rows).Select(_ => (float)random.NextDouble())];
        float[] centre = [.. Enumerable.Range(0, columns).Select(_ => (float)random.NextGaussian())];
        double[] wide = [.. x.Select(v => (double)v)], wideWeights = [.. weights.Select(v => (double)v)], wideCentre = [.. centre.Select(v => (double)v)];
        foreach (var (w, c) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            double[] expected = Naive(x, rows, columns, w ? weights : [], c ? centre : []);
            var gram = new double[columns * columns];
            Gemm.Gram(wide, rows, columns, gram, w ? wideWeights : [], c ? wideCentre : []);
            AssertClose(expected, gram, columns, 1e-13);
            Gemm.Gram(x, rows, columns, gram, w ? weights : [], c ? centre : []);
            AssertClose(expected, gram, columns, 1e-13);
            Gemm.Gram(x, rows, columns, gram, w ? weights : [], c ? centre : [], singleProducts: true);
            AssertClose(expected, gram, columns, 1e-6);
            AssertSums(x, rows, columns, w ? weights : [], c ? centre : []);
        }
    }

    [TestMethod]
    [DataRow(9000, 40)]
    [DataRow(600, 700)]
    public void Threads_do_not_change_the_result(int rows, int columns)
    {
        var random = new RandomStream(5);
        float[] x = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.NextGaussian())];
        foreach (bool single in new[] { false, true })
        {
            var one = new double[columns * columns];
            Gemm.Gram(x, rows, columns, one, singleProducts: single);
            foreach (int threads in new[] { 2, 5 })
            {
                var several = new double[columns * columns];
                Gemm.Gram(x, rows, columns, several, singleProducts: single, threads: threads);
                CollectionAssert.AreEqual(one, several);
            }
        }
    }

    [TestMethod]
    public void No_rows_give_zeros_and_no_columns_nothing()
    {
        double[] gram = [1, 2, 3, 4];
        Gemm.Gram(Array.Empty<float>(), 0, 2, gram);
        CollectionAssert.AreEqual(new double[4], gram);
        Gemm.Gram(Array.Empty<double>(), 3, 0, []);
    }

    [TestMethod]
    public void Lengths_that_do_not_fit_are_named()
    {
        double[] three = new double[3], four = new double[4];
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Gemm.Gram(four, 2, 2, four, three)).Message, "3 weights for 2 rows");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Gemm.Gram(four, 2, 2, three)).Message, "gram has 3 elements");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Gemm.Gram(three, 2, 2, four)).Message, "x has 3 elements");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Gemm.Gram(four, 2, 2, four, [], three)).Message, "3 numbers for 2 columns");
    }

    private static void AssertSums(float[] x, int rows, int columns, float[] weights, float[] centre)
    {
        double[] gram = new double[columns * columns], sums = new double[columns];
        foreach (bool single in new[] { false, true })
        {
            Gemm.Gram(x, rows, columns, gram, weights, centre, sums, single);
            for (int j = 0; j < columns; j++)
            {
                double expected = 0, size = 0;
                for (int row = 0; row < rows; row++)
                {
                    double value = (weights.Length == 0 ? 1.0 : weights[row]) * (x[row * columns + j] - (centre.Length == 0 ? 0.0 : centre[j]));
                    expected += value;
                    size += Math.Abs(value);
                }

                Assert.AreEqual(expected, sums[j], (single ? 1e-6 : 1e-14) * size, $"sum {j}");
            }
        }
    }

    private static double[] Naive(float[] x, int rows, int columns, float[] weights, float[] centre)
    {
        var gram = new double[columns * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < columns; i++)
            {
                for (int j = 0; j < columns; j++) gram[i * columns + j] += (weights.Length == 0 ? 1.0 : weights[row]) * Value(row, i) * Value(row, j);
            }
        }

        return gram;

        double Value(int row, int column) => x[row * columns + column] - (centre.Length == 0 ? 0.0 : centre[column]);
    }

    // Relative to the geometric mean of the two diagonal elements, as the error of a sum of products is.
    private static void AssertClose(double[] expected, double[] actual, int order, double tolerance)
    {
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                double scale = Math.Sqrt(expected[i * order + i] * expected[j * order + j]);
                Assert.AreEqual(expected[i * order + j], actual[i * order + j], tolerance * scale, $"({i}, {j})");
                Assert.AreEqual(actual[i * order + j], actual[j * order + i]);
            }
        }
    }
}
