using MLPath.Tests.Transforms;
using static MLPath.Transforms.MissingValueReplacingEstimator;

namespace MLPath.Tests.Samples;

/// <summary>ML.NET's documented examples of missing values, with their documented results.</summary>
[TestClass]
public sealed class MissingValueSampleTests
{
    private const float NaN = float.NaN;
    private const float Infinity = float.PositiveInfinity;

    private readonly MLContext _ml = new();

    [TestMethod]
    public void IndicateMissingValues()
    {
        var data = Tables.Of(("Features", Tables.Dense([1, 1, 0], [0, NaN, 1], [-1, NaN, -3])));
        var made = TransformContract.Check(_ml.Transforms.IndicateMissingValues("MissingIndicator", "Features"), data, learns: false);
        AreEqual([[false, false, false], [false, true, false], [false, true, false]], made.Rows<bool>("MissingIndicator"));
    }

    [TestMethod]
    public void IndicateMissingValuesMultiColumn()
    {
        var data = Tables.Of(
            ("Features1", Tables.Dense([1, 1, 0], [0, NaN, 1], [-1, NaN, -3])), ("Features2", Tables.Dense([1, 1], [NaN, 1], [1, Infinity])));
        var estimator = _ml.Transforms.IndicateMissingValues([new("MissingIndicator1", "Features1"), new("MissingIndicator2", "Features2")]);
        var made = TransformContract.Check(estimator, data, learns: false);
        AreEqual([[false, false, false], [false, true, false], [false, true, false]], made.Rows<bool>("MissingIndicator1"));
        AreEqual([[false, false], [true, false], [false, false]], made.Rows<bool>("MissingIndicator2"));
    }

    [TestMethod]
    public void ReplaceMissingValues()
    {
        var data = Tables.Of(("Features", Tables.Dense([Infinity, 1, 0], [0, NaN, 1], [-1, 2, -3], [-1, NaN, -3])));
        AreEqual([[Infinity, 1, 0], [0, 0, 1], [-1, 2, -3], [-1, 0, -3]],
            _ml.Transforms.ReplaceMissingValues("MissingReplaced", "Features", ReplacementMode.DefaultValue).Fit(data).Transform(data).Rows<float>("MissingReplaced"));
        AreEqual([[Infinity, 1, 0], [0, 1.5f, 1], [-1, 2, -3], [-1, 1.5f, -3]],
            _ml.Transforms.ReplaceMissingValues("MissingReplaced", "Features", ReplacementMode.Mean).Fit(data).Transform(data).Rows<float>("MissingReplaced"));
    }

    [TestMethod]
    public void ReplaceMissingValuesMultiColumn()
    {
        var data = Tables.Of(
            ("Features1", Tables.Dense([1, 1, 0], [0, NaN, 1], [-1, NaN, -3], [-1, 6, -3])),
            ("Features2", Tables.Dense([1, 1], [0, 1], [-1, NaN], [0, Infinity])));
        InputOutputColumnPair[] columns = [new("MissingReplaced1", "Features1"), new("MissingReplaced2", "Features2")];
        var zero = _ml.Transforms.ReplaceMissingValues(columns, ReplacementMode.DefaultValue).Fit(data).Transform(data);
        AreEqual([[1, 1, 0], [0, 0, 1], [-1, 0, -3], [-1, 6, -3]], zero.Rows<float>("MissingReplaced1"));
        AreEqual([[1, 1], [0, 1], [-1, 0], [0, Infinity]], zero.Rows<float>("MissingReplaced2"));
        var mean = _ml.Transforms.ReplaceMissingValues(columns, ReplacementMode.Mean).Fit(data).Transform(data);
        AreEqual([[1, 1, 0], [0, 3.5f, 1], [-1, 3.5f, -3], [-1, 6, -3]], mean.Rows<float>("MissingReplaced1"));
        AreEqual([[1, 1], [0, 1], [-1, 1], [0, Infinity]], mean.Rows<float>("MissingReplaced2"));
    }

    private static void AreEqual<T>(T[][] expected, T[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int row = 0; row < expected.Length; row++)
            CollectionAssert.AreEqual(expected[row], actual[row], $"row {row}");
    }
}
