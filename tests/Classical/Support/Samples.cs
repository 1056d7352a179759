using MLPath.Numerics;

namespace MLPath.Tests.Classical;

/// <summary>Made-up features, rounded to single precision, that are the same in every run.</summary>
internal static class Samples
{
    /// <summary>n × d independent standard normal numbers.</summary>
    public static double[][] Gaussian(int n, int d, ulong seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, d).Select(_ => (double)(float)random.NextGaussian()).ToArray())];
    }

    /// <summary>Each row as often as its weight, a whole number, says.</summary>
    public static T[] Repeat<T>(T[] rows, float[] weights) => [.. rows.SelectMany((row, i) => Enumerable.Repeat(row, (int)weights[i]))];

    /// <summary>Asserts that two vectors agree to an absolute tolerance times 1 + |expected|.</summary>
    public static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        double[] e = [.. expected], a = [.. actual];
        Assert.HasCount(e.Length, a);
        for (int i = 0; i < e.Length; i++)
            Assert.AreEqual(e[i], a[i], tolerance * (1 + Math.Abs(e[i])), $"Element {i}.");
    }
}
