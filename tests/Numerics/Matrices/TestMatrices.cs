using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

internal static class TestMatrices
{
    /// <summary>The full-rank matrix "wave" of make_reference.py.</summary>
    public static Matrix Wave(int rows, int columns, double a = 1.7, double b = 0.9)
    {
        var matrix = new Matrix(rows, columns);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) matrix[i, j] = Math.Sin(a * i + b * j * j + 0.3) + (i == j ? 1 : 0);
        return matrix;
    }

    public static Matrix Hilbert(int order)
    {
        var matrix = new Matrix(order, order);
        for (int i = 0; i < order; i++)
            for (int j = 0; j < order; j++) matrix[i, j] = 1.0 / (i + j + 1);
        return matrix;
    }

    public static Matrix Gaussian(int rows, int columns, ulong seed)
    {
        var stream = new RandomStream(seed);
        var matrix = new Matrix(rows, columns);
        foreach (ref double value in matrix.AsSpan()) value = stream.NextGaussian();
        return matrix;
    }

    public static void AssertEqual(Matrix expected, Matrix actual, double tolerance)
    {
        Assert.AreEqual((expected.Rows, expected.Columns), (actual.Rows, actual.Columns));
        double error = (expected - actual).MaxAbs();
        Assert.IsTrue(error <= tolerance, $"error {error}\nexpected {expected}\nactual {actual}");
    }

    public static void AssertEqual(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.AreEqual(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.IsTrue(Math.Abs(expected[i] - actual[i]) <= tolerance, $"element {i}: expected {expected[i]}, actual {actual[i]}");
    }
}
