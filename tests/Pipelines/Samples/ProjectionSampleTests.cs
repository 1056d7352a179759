using MLPath.Data;
using MLPath.Transforms;

namespace MLPath.Tests.Samples;

/// <summary>ML.NET's samples of projections: their data and their documented results.</summary>
[TestClass]
public sealed class ProjectionSampleTests
{
    private readonly MLContext _ml = new();

    private IDataView Numbers => _ml.Data.LoadFromEnumerable(
        ((float[][])
        [
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 0],
            [2, 3, 4, 5, 6, 7, 8, 9, 0, 1],
            [3, 4, 5, 6, 7, 8, 9, 0, 1, 2],
            [5, 6, 7, 8, 9, 0, 1, 2, 3, 4],
            [6, 7, 8, 9, 0, 1, 2, 3, 4, 5],
        ]).Select(f => new TenNumbers { Features = f }));

    [TestMethod]
    public void VectorWhiten_by_ZCA_gives_the_documented_vectors()
    {
        float[][] expected =
        [
            [-0.394f, -0.318f, -0.243f, -0.168f, 0.209f, 0.358f, 0.433f, 0.589f, 0.873f, 2.047f],
            [-0.034f, 0.030f, 0.094f, 0.159f, 0.298f, 0.427f, 0.492f, 0.760f, 1.855f, -1.197f],
            [0.099f, 0.161f, 0.223f, 0.286f, 0.412f, 0.603f, 0.665f, 1.797f, -1.265f, -0.172f],
            [0.211f, 0.277f, 0.344f, 0.410f, 0.606f, 1.267f, 1.333f, -1.340f, -0.205f, 0.065f],
            [0.454f, 0.523f, 0.593f, 0.664f, 1.886f, -0.757f, -0.687f, -0.022f, 0.176f, 0.310f],
            [0.863f, 0.938f, 1.016f, 1.093f, -1.326f, -0.096f, -0.019f, 0.189f, 0.330f, 0.483f],
        ];
        var made = Whitened(_ml.Transforms.VectorWhiten("Features", kind: WhiteningKind.ZeroPhaseComponentAnalysis));
        for (int i = 0; i < expected.Length; i++)
        {
            for (int j = 0; j < 10; j++)
                Assert.AreEqual(expected[i][j], made[i][j], 0.002f);
        }
    }

    /// <summary>The sign of a principal component is free; ours is that of its greatest element, ML.NET's that of its library.</summary>
    [TestMethod]
    public void VectorWhiten_by_PCA_gives_the_documented_vectors_up_to_the_signs_of_components()
    {
        float[][] expected =
        [
            [-0.979f, 0.867f, 1.449f, 1.236f],
            [-1.030f, 1.012f, 0.426f, -0.902f],
            [-1.047f, 0.677f, -0.946f, -1.060f],
            [-1.029f, 0.019f, -1.502f, 1.108f],
            [-0.972f, -1.338f, -0.028f, 0.614f],
            [-0.938f, -1.405f, 0.752f, -0.967f],
        ];
        var made = Whitened(_ml.Transforms.VectorWhiten("Features", kind: WhiteningKind.PrincipalComponentAnalysis, rank: 4));
        for (int j = 0; j < 4; j++)
        {
            float sign = Math.Sign(expected[0][j] * made[0][j]);
            for (int i = 0; i < expected.Length; i++)
                Assert.AreEqual(expected[i][j], sign * made[i][j], 0.001f);
        }
    }

    /// <summary>The frequencies come from another generator than ML.NET's, so that the numbers are others; size, range and meaning are the same.</summary>
    [TestMethod]
    public void ApproximatedKernelMap_gives_vectors_of_the_rank()
    {
        var data = _ml.Data.LoadFromEnumerable(
            ((float[][])[[1, 1, 0, 0, 1, 0, 1], [0, 0, 1, 0, 0, 1, 1], [-1, 1, 0, -1, -1, 0, -1], [0, -1, 0, 1, 0, -1, -1]])
                .Select(f => new SevenNumbers { Features = f }));
        var estimator = _ml.Transforms.ApproximatedKernelMap("Features", rank: 4, generator: new GaussianKernel(gamma: 0.7f), seed: 1);
        var rows = _ml.Data.CreateEnumerable<FourNumbers>(estimator.Fit(data).Transform(data), reuseRowObject: false).ToList();
        Assert.HasCount(4, rows);
        Assert.IsTrue(rows.TrueForAll(r => r.Features.Length == 4 && Array.TrueForAll(r.Features, v => Math.Abs(v) <= Math.Sqrt(0.5) + 1e-6)));
    }

    private float[][] Whitened(VectorWhiteningEstimator estimator) => estimator.Fit(Numbers).Transform(Numbers).Column("Features");

    private sealed class TenNumbers
    {
        [VectorType(10)]
        public float[] Features { get; set; } = [];
    }

    private sealed class SevenNumbers
    {
        [VectorType(7)]
        public float[] Features { get; set; } = [];
    }

    private sealed class FourNumbers
    {
        public float[] Features { get; set; } = [];
    }
}

file static class Vectors
{
    public static float[][] Column(this IDataView view, string name) => [.. view.GetColumn<float[]>(view.Schema[name])];
}
