using MLPath.Data;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class ScatterMatrixTests
{
    // More rows than a block has, far from 0, in an order in which the first rows of a block tell little of the others.
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void It_is_the_sum_of_products_about_the_means(bool weighted)
    {
        const int n = 20_000, d = 3;
        var random = new RandomStream(1);
        var x = new float[n * d];
        var y = new float[n];
        var w = new float[n];
        for (int i = 0; i < n; i++)
        {
            (x[i * d], x[(i * d) + 1], x[(i * d) + 2]) = (1000 + (float)random.NextGaussian(), i / 100f, 0.1f);
            (y[i], w[i]) = (x[i * d] - (2 * x[(i * d) + 1]) + (float)random.NextGaussian(), weighted ? 1 + (i % 4) : 1);
        }

        var stream = TrainingStream.Of(new TrainingData(new FeatureMatrix(n, d, x), targets: y, weights: weighted ? w : null));
        var scatter = ScatterMatrix.Of(stream, FitContext.Default with { Threads = 3 });
        var moments = ColumnMoments.Of(stream, FitContext.Default);
        double total = w.Sum(v => (double)v);
        double Value(int i, int j) => j < d ? x[(i * d) + j] : y[i];
        double[] means = [.. Enumerable.Range(0, d + 1).Select(j => Enumerable.Range(0, n).Sum(i => w[i] * Value(i, j)) / total)];
        Samples.AssertClose(means, scatter.Means.ToArray(), 1e-14);
        Samples.AssertClose(means[..d], moments.Means.ToArray(), 1e-14);
        Assert.AreEqual((n, total, n, total), (scatter.Rows, scatter.TotalWeight, moments.Rows, moments.TotalWeight));
        for (int a = 0; a <= d; a++)
        {
            for (int b = 0; b <= d; b++)
            {
                double expected = Enumerable.Range(0, n).Sum(i => w[i] * (Value(i, a) - means[a]) * (Value(i, b) - means[b]));
                Assert.AreEqual(expected, scatter.Products[(a * (d + 1)) + b], 1e-9 * (1 + Math.Abs(expected)), $"{a}, {b}");
            }

            if (a < d)
                Assert.AreEqual(Math.Sqrt(scatter.Squares(a) / total), moments.Deviations[a], 1e-12 * (1 + moments.Deviations[a]));
        }

        Assert.AreEqual(0, moments.Deviations[2], "A constant feature does not vary by rounding.");
        CollectionAssert.AreEqual(
            scatter.Products.ToArray(), ScatterMatrix.Of(stream, FitContext.Default with { Threads = 1 }).Products.ToArray());
    }
}
