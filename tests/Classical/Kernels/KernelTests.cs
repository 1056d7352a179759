using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class KernelTests
{
    private static readonly Kernel[] All = [Kernel.Rbf(0.2), Kernel.Linear, Kernel.Polynomial(3, 0.5, 1), Kernel.Sigmoid(0.1, -0.3)];

    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(3, 17, 5)]
    [DataRow(70, 531, 9)]
    [DataRow(2, 16, 64)]
    public void A_matrix_has_the_value_of_every_pair(int n, int m, int d)
    {
        float[] x = Normal(1, n * d), y = Normal(2, m * d);
        foreach (var kernel in All)
        {
            var matrix = new float[n * m];
            kernel.Matrix(x, n, y, m, d, matrix);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < m; j++)
                {
                    double expected = kernel.Value(x.AsSpan(i * d, d), y.AsSpan(j * d, d));
                    Assert.AreEqual(expected, matrix[(i * m) + j], 2e-5 * Math.Max(1, Math.Abs(expected)), $"{kernel} of {i} and {j}");
                }
            }
        }
    }

    [TestMethod]
    public void One_row_gives_the_bits_of_a_batch_at_any_number_of_threads()
    {
        const int n = 131, m = 77, d = 13;
        float[] x = Normal(3, n * d), y = Normal(4, m * d);
        foreach (var kernel in All)
        {
            float[] batch = new float[n * m], threaded = new float[n * m], one = new float[m];
            kernel.Matrix(x, n, y, m, d, batch);
            kernel.Matrix(x, n, y, m, d, threaded, threads: 3);
            CollectionAssert.AreEqual(batch, threaded, kernel.ToString());
            for (int i = 0; i < n; i++)
            {
                kernel.Matrix(x.AsMemory(i * d, d), 1, y, m, d, one);
                CollectionAssert.AreEqual(batch[(i * m)..((i + 1) * m)], one, $"{kernel}, row {i}");
            }
        }
    }

    [TestMethod]
    public void The_matrix_of_a_set_with_itself_is_symmetric()
    {
        const int n = 90, d = 7;
        float[] x = Normal(5, n * d), matrix = new float[n * n], transposed = new float[n * n];
        foreach (var kernel in All)
        {
            kernel.Matrix(x, n, x, n, d, matrix);
            Dense.Transpose(matrix, n, n, transposed);
            CollectionAssert.AreEqual(matrix, transposed, kernel.ToString());
        }
    }

    [TestMethod]
    public void Distances_keep_their_digits_far_from_zero()
    {
        const int n = 40, d = 6;
        float[] near = [.. Normal(6, n * d).Select(v => MathF.Round(v * 64) / 64)], far = [.. near.Select(v => v + 4096)];
        float[] expected = new float[n * n], actual = new float[n * n];
        Kernel.Rbf(0.5).Matrix(near, n, near, n, d, expected);
        Kernel.Rbf(0.5).Matrix(far, n, far, n, d, actual);
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], 2e-6f);
    }

    [TestMethod]
    public void Radial_values_are_accurate_from_one_to_nothing()
    {
        float[] x = [0], y = [.. Enumerable.Range(0, 2000).Select(i => i * 0.005f)];
        var values = new float[y.Length];
        Kernel.Rbf(1).Matrix(x, 1, y, y.Length, 1, values);
        for (int i = 0; i < y.Length; i++)
        {
            double expected = Math.Exp(-Math.Min(87, (double)y[i] * y[i]));
            Assert.AreEqual(1, values[i] / expected, 3e-5, $"at distance {y[i]}");
        }
    }

    [TestMethod]
    public void The_gamma_of_data_is_that_of_their_variance_and_weights_are_repeated_rows()
    {
        float[] x = [1, 2, 3, 4, 5, 9];
        double mean = x.Average(v => v), variance = x.Average(v => (v - mean) * (v - mean));
        Assert.AreEqual(1 / (2 * variance), Kernel.ScaleGamma(x, 2), 1e-12);
        Assert.AreEqual(Kernel.ScaleGamma([1, 2, 1, 2, 3, 4, 5, 9, 5, 9, 5, 9], 2), Kernel.ScaleGamma(x, 2, [2, 1, 3]), 1e-12);
        Assert.AreEqual(1, Kernel.ScaleGamma([7, 7, 7, 7], 2));
    }

    [TestMethod]
    public void Parameters_out_of_range_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Kernel.Rbf(0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Kernel.Rbf(double.NaN));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Kernel.Polynomial(0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Kernel.Sigmoid(1, double.PositiveInfinity));
        Assert.ThrowsExactly<ArgumentException>(() => Kernel.Linear.Matrix(new float[3], 1, new float[2], 1, 2, new float[1]));
    }

    private static float[] Normal(ulong seed, int count)
    {
        var values = new float[count];
        var stream = new RandomStream(seed);
        for (int i = 0; i < count; i++)
            values[i] = (float)stream.NextGaussian();
        return values;
    }
}
