using System.Collections.Immutable;
using MLPath.Data;
using MLPath.Tests.Transforms;
using MLPath.Transforms;
using static MLPath.Transforms.NormalizingTransformer;

namespace MLPath.Tests.Samples;

/// <summary>ML.NET's documented examples of normalisation, with their documented results.</summary>
[TestClass]
public sealed class NormalizationSampleTests
{
    // Documented figures are rounded to four decimals.
    private const float Rounding = 5.1e-5f;

    private readonly MLContext _ml = new();

    private static InMemoryDataView Falling => Tables.Of(("Features", Tables.Dense([8, 1, 3, 0], [6, 2, 2, 0], [4, 0, 1, 0], [2, -1, -1, 1])));

    private static InMemoryDataView WithExtremes => Tables.Of(("Features", Tables.Dense(
        [1, 1, 3, 0, float.MaxValue], [2, 2, 2, 0, float.MinValue], [0, 0, 1, 0, 0], [-1, -1, -1, 1, 1])));

    private static InMemoryDataView Images => Tables.Of(("Features", Tables.Dense([1, 1, 0, 0], [2, 2, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1])));

    [TestMethod]
    public void NormalizeBinning()
    {
        var model = _ml.Transforms.NormalizeBinning("Features", maximumBinCount: 4, fixZero: false).Fit(Falling);
        AreClose([[1, 0.6667f, 1, 0], [0.6667f, 1, 0.6667f, 0], [0.3333f, 0.3333f, 0.3333f, 0], [0, 0, 0, 1]], model.Transform(Falling));
        var parameters = (BinNormalizerModelParameters<ImmutableArray<float>>)model.GetNormalizerModelParameters(0);
        CollectionAssert.AreEqual((float[])[3, 5, 7, float.PositiveInfinity], parameters.UpperBounds[0].ToArray());
        Assert.AreEqual((3f, 0f), (parameters.Density[0], parameters.Offset[0]));

        var fixZero = _ml.Transforms.NormalizeBinning("Features", maximumBinCount: 4, fixZero: true).Fit(Falling);
        AreClose([[1, 0.3333f, 1, 0], [0.6667f, 0.6667f, 0.6667f, 0], [0.3333f, 0, 0.3333f, 0], [0, -0.3333f, 0, 1]], fixZero.Transform(Falling));
        parameters = (BinNormalizerModelParameters<ImmutableArray<float>>)fixZero.GetNormalizerModelParameters(0);
        CollectionAssert.AreEqual((float[])[-0.5f, 0.5f, 1.5f, float.PositiveInfinity], parameters.UpperBounds[1].ToArray());
        Assert.AreEqual((3f, 1 / 3f), (parameters.Density[1], parameters.Offset[1]));
    }

    [TestMethod]
    public void NormalizeBinningMulticolumn()
    {
        var data = Tables.Of(("Features", Falling.GetColumn(0)), ("Features2", Tables.Singles(1, 4, 1, 2)));
        var made = _ml.Transforms.NormalizeBinning([new("Features"), new("Features2")], maximumBinCount: 4, fixZero: false).Fit(data).Transform(data);
        AreClose([[1, 0.6667f, 1, 0], [0.6667f, 1, 0.6667f, 0], [0.3333f, 0.3333f, 0.3333f, 0], [0, 0, 0, 1]], made);
        CollectionAssert.AreEqual((float[])[0, 1, 0, 0.5f], made.Column<float>("Features2"));
    }

    [TestMethod]
    public void NormalizeSupervisedBinning()
    {
        var source = Tables.Of(
            ("Features", Tables.Dense([8, 1, 3, 0], [6, 2, 2, 1], [5, 3, 0, 2], [4, -8, 1, 3], [2, -5, -1, 4])),
            ("Bin", Tables.Texts("Bin1", "Bin2", "Bin2", "Bin3", "Bin3")));
        var data = _ml.Transforms.Conversion.MapValueToKey("Bin").Fit(source).Transform(source);
        var model = _ml.Transforms.NormalizeSupervisedBinning("Features", labelColumnName: "Bin", mininimumExamplesPerBin: 1, fixZero: false).Fit(data);
        AreClose([[1, 0.5f, 1, 0], [0.5f, 1, 0, 0.5f], [0.5f, 1, 0, 0.5f], [0, 0, 0, 1], [0, 0, 0, 1]], model.Transform(data));
        var parameters = (BinNormalizerModelParameters<ImmutableArray<float>>)model.GetNormalizerModelParameters(0);
        CollectionAssert.AreEqual((float[])[4.5f, 7, float.PositiveInfinity], parameters.UpperBounds[0].ToArray());
        Assert.AreEqual((2f, 0f), (parameters.Density[0], parameters.Offset[0]));

        var fixZero = _ml.Transforms.NormalizeSupervisedBinning("Features", labelColumnName: "Bin", mininimumExamplesPerBin: 1, fixZero: true).Fit(data);
        AreClose([[1, 0, 1, 0], [0.5f, 0.5f, 0, 0.5f], [0.5f, 0.5f, 0, 0.5f], [0, -0.5f, 0, 1], [0, -0.5f, 0, 1]], fixZero.Transform(data));
        parameters = (BinNormalizerModelParameters<ImmutableArray<float>>)fixZero.GetNormalizerModelParameters(0);
        CollectionAssert.AreEqual((float[])[-2, 1.5f, float.PositiveInfinity], parameters.UpperBounds[1].ToArray());
        Assert.AreEqual((2f, 0.5f), (parameters.Density[1], parameters.Offset[1]));
    }

    /// <summary>The documented figures of the distribution function come from an approximation, to about 2e-4.</summary>
    [TestMethod]
    public void NormalizeLogMeanVariance()
    {
        var model = _ml.Transforms.NormalizeLogMeanVariance("Features", useCdf: true).Fit(WithExtremes);
        AreClose(
            [[0.1587f, 0.1587f, 0.8654f, 0, 0.8413f], [0.8413f, 0.8413f, 0.5837f, 0, 0], [0, 0, 0.0940f, 0, 0], [0, 0, 0, 0, 0.1587f]],
            model.Transform(WithExtremes), 3e-4f);
        var cdf = (CdfNormalizerModelParameters<ImmutableArray<float>>)model.GetNormalizerModelParameters(0);
        Assert.AreEqual((0.3465736f, 0.3465736f, true), (cdf.Mean[1], cdf.StandardDeviation[1], cdf.UseLog));

        var noCdf = _ml.Transforms.NormalizeLogMeanVariance("Features", useCdf: false).Fit(WithExtremes);
        AreClose(
            [[1.8854f, 1.8854f, 5.2970f, 0, 7.670682e36f], [4.7708f, 4.7708f, 3.0925f, 0, -7.670682e36f], [-1, -1, 0.8879f, 0, -1], [-3.8854f, -3.8854f, -3.5213f, 0, -0.9775f]],
            noCdf.Transform(WithExtremes), 2e-4f); // documented in single precision
        var affine = (AffineNormalizerModelParameters<ImmutableArray<float>>)noCdf.GetNormalizerModelParameters(0);
        Assert.AreEqual((0.3465736f, 2.88539f), (affine.Offset[1], affine.Scale[1]));
    }

    [TestMethod]
    public void NormalizeLogMeanVarianceFixZero()
    {
        var model = _ml.Transforms.NormalizeLogMeanVariance("Features", true, useCdf: true).Fit(WithExtremes);
        AreClose(
            [[0.1587f, 0.1587f, 0.8654f, 0, 0.8413f], [0.8413f, 0.8413f, 0.5837f, 0, 0], [0, 0, 0.0940f, 0, 0], [0, 0, 0, 0, 0.1587f]],
            model.Transform(WithExtremes), 3e-4f);
        var noCdf = _ml.Transforms.NormalizeLogMeanVariance("Features", true, useCdf: false).Fit(WithExtremes);
        AreClose(
            [[2.0403f, 2.0403f, 4.0001f, 0, 5.423991e36f], [4.0806f, 4.0806f, 2.6667f, 0, -5.423991e36f], [0, 0, 1.3334f, 0, 0], [-2.0403f, -2.0403f, -1.3334f, 0, 0.0159f]],
            noCdf.Transform(WithExtremes), 2e-4f);
        Assert.AreEqual(0f, ((AffineNormalizerModelParameters<ImmutableArray<float>>)noCdf.GetNormalizerModelParameters(0)).Offset[1]);
    }

    [TestMethod]
    public void NormalizeLpNorm() => AreClose(
        [[0.25f, 0.25f, -0.25f, -0.25f], [0.25f, 0.25f, -0.25f, -0.25f], [0.25f, -0.25f, 0.25f, -0.25f], [-0.25f, 0.25f, -0.25f, 0.25f]],
        _ml.Transforms.NormalizeLpNorm("Features", norm: LpNormNormalizingEstimatorBase.NormFunction.L1, ensureZeroMean: true).Fit(Images).Transform(Images));

    /// <summary>
    /// The documented results, ±2, are those with the mean removed, although the example asks that it be not; without, they are 0 and 4.
    /// </summary>
    [TestMethod]
    public void NormalizeGlobalContrast()
    {
        AreClose(
            [[2, 2, -2, -2], [2, 2, -2, -2], [2, -2, 2, -2], [-2, 2, -2, 2]],
            _ml.Transforms.NormalizeGlobalContrast("Features", ensureZeroMean: true, scale: 2, ensureUnitStandardDeviation: true).Fit(Images).Transform(Images));
        AreClose(
            [[4, 4, 0, 0], [4, 4, 0, 0], [4, 0, 4, 0], [0, 4, 0, 4]],
            _ml.Transforms.NormalizeGlobalContrast("Features", ensureZeroMean: false, scale: 2, ensureUnitStandardDeviation: true).Fit(Images).Transform(Images));
    }

    [TestMethod]
    public void NormalizeMinMaxMulticolumn()
    {
        var data = Tables.Of(
            ("Features", Tables.Dense([1, 1, 3, 0], [2, 2, 2, 0], [0, 0, 1, 0], [-1, -1, -1, 1])),
            ("Features2", Tables.Dense([1, 2, 3], [3, 4, 5], [6, 7, 8], [9, 0, 4])));
        InputOutputColumnPair[] columns = [new("Features"), new("Features2")];
        var made = _ml.Transforms.NormalizeMinMax(columns, fixZero: false).Fit(data).Transform(data);
        AreClose([[0.6667f, 0.6667f, 1, 0], [1, 1, 0.75f, 0], [0.3333f, 0.3333f, 0.5f, 0], [0, 0, 0, 1]], made);
        AreClose([[0, 0.2857f, 0], [0.25f, 0.5714f, 0.4f], [0.6250f, 1, 1], [1, 0, 0.2f]], made, column: "Features2");
        var fixZero = _ml.Transforms.NormalizeMinMax(columns, fixZero: true).Fit(data).Transform(data);
        AreClose([[0.5f, 0.5f, 1, 0], [1, 1, 0.6667f, 0], [0, 0, 0.3333f, 0], [-0.5f, -0.5f, -0.3333f, 1]], fixZero);
        AreClose([[0.1111f, 0.2857f, 0.3750f], [0.3333f, 0.5714f, 0.6250f], [0.6667f, 1, 1], [1, 0, 0.5f]], fixZero, column: "Features2");
    }

    private static void AreClose(float[][] expected, IDataView made, float tolerance = Rounding, string column = "Features")
    {
        float[][] actual = made.Rows<float>(column);
        Assert.HasCount(expected.Length, actual);
        for (int row = 0; row < expected.Length; row++)
        {
            for (int slot = 0; slot < expected[row].Length; slot++)
                Assert.AreEqual(expected[row][slot], actual[row][slot], tolerance * Math.Max(1, Math.Abs(expected[row][slot])), $"row {row}, slot {slot}");
        }
    }
}
