using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class SyrkTests
{
    [TestMethod]
    [DataRow(0, 3, 3)]
    [DataRow(1, 1, 1)]
    [DataRow(7, 5, 9)]
    [DataRow(300, 52, 56)]
    [DataRow(33, 100, 100)]
    [DataRow(20, 300, 301)]
    public void It_is_the_product_with_the_transpose(int rows, int columns, int ldx)
    {
        double[] x = TestMatrices.Gaussian(1, Math.Max(1, rows * ldx), 1).AsSpan().ToArray();
        var before = TestMatrices.Gaussian(columns, columns, 2);
        double[] c = before.AsSpan().ToArray();
        Syrk.AddUpper(rows, columns, x, ldx, c, columns);
        Syrk.Mirror(c, columns, columns);
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double expected = before[Math.Min(i, j), Math.Max(i, j)];
                for (int row = 0; row < rows; row++) expected += x[row * ldx + i] * x[row * ldx + j];
                Assert.AreEqual(expected, c[i * columns + j], 1e-11);
            }
        }
    }

    [TestMethod]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => Syrk.AddUpper(3, 2, new double[5], 2, new double[4], 2));
        Assert.ThrowsExactly<ArgumentException>(() => Syrk.AddUpper(3, 2, new double[6], 1, new double[4], 2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Syrk.AddUpper(3, -1, [], 2, [], 2));
    }
}
