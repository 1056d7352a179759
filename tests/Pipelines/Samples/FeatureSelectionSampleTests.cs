using MLPath.Data;
using MLPath.Tests.Transforms;

namespace MLPath.Tests.Samples;

/// <summary>ML.NET's documented examples of feature selection, with their documented results.</summary>
[TestClass]
public sealed class FeatureSelectionSampleTests
{
    private const float NaN = float.NaN;

    private readonly MLContext _ml = new();

    private TransformsCatalog.FeatureSelectionTransforms Selection => _ml.Transforms.FeatureSelection;

    [TestMethod]
    public void SelectFeaturesBasedOnCount()
    {
        var data = Mixed(third: 0);
        var estimator = Selection.SelectFeaturesBasedOnCount(outputColumnName: "NumericVector", count: 3)
            .Append(Selection.SelectFeaturesBasedOnCount(outputColumnName: "StringVector", count: 3));
        IsSelected(estimator.Fit(data).Transform(data));
    }

    [TestMethod]
    public void SelectFeaturesBasedOnCountMultiColumn()
    {
        var estimator = Selection.SelectFeaturesBasedOnCount([new("NumericVector"), new("StringVector")], count: 3);
        IsSelected(TransformContract.Check(estimator, Mixed(third: NaN), learns: true));
    }

    [TestMethod]
    public void SelectFeaturesBasedOnMutualInformation()
    {
        var data = Tables.Of(("Label", Label), ("NumericVector", Tables.Dense([4, 0, 6], [0, 5, 7], [4, 0, 6], [0, 5, 7])));
        var estimator = Selection.SelectFeaturesBasedOnMutualInformation(outputColumnName: "NumericVector", labelColumnName: "Label", slotsInOutput: 2);
        AreEqual([[4, 0], [0, 5], [4, 0], [0, 5]], TransformContract.Check(estimator, data, learns: true).Rows<float>("NumericVector"));
    }

    [TestMethod]
    public void SelectFeaturesBasedOnMutualInformationMultiColumn()
    {
        var data = Tables.Of(
            ("Label", Label),
            ("NumericVectorA", Tables.Dense([4, 0, 6], [0, 5, 7], [4, 0, 6], [0, 5, 7])),
            ("NumericVectorB", Tables.Dense([7, 8, 9], [7, 9, 0], [7, 8, 9], [7, 8, 0])));
        var estimator = Selection.SelectFeaturesBasedOnMutualInformation(
            [new("NumericVectorA"), new("NumericVectorB")], labelColumnName: "Label", slotsInOutput: 4);
        var made = TransformContract.Check(estimator, data, learns: true);
        AreEqual([[4, 0, 6], [0, 5, 7], [4, 0, 6], [0, 5, 7]], made.Rows<float>("NumericVectorA"));
        AreEqual([[9], [0], [9], [0]], made.Rows<float>("NumericVectorB"));
    }

    private static ScalarColumn<bool> Label => Tables.Scalars(BooleanDataViewType.Instance, true, false, true, false);

    private static InMemoryDataView Mixed(float third) => Tables.Of(
        ("NumericVector", Tables.Dense([4, NaN, 6], [4, 5, 6], [4, 5, 6], [4, third, NaN])),
        ("StringVector", Tables.Dense<ReadOnlyMemory<char>>(
            TextDataViewType.Instance, Tables.Words("A", "WA", "Male"), Tables.Words("A", "", "Female"), Tables.Words("A", "NY", ""), Tables.Words("A", "", "Male"))));

    private static void IsSelected(IDataView made)
    {
        AreEqual([[4, 6], [4, 6], [4, 6], [4, NaN]], made.Rows<float>("NumericVector"));
        CollectionAssert.AreEqual(
            (string[])["A,Male", "A,Female", "A,", "A,Male"], made.Rows<ReadOnlyMemory<char>>("StringVector").Select(row => string.Join(',', row)).ToArray());
    }

    private static void AreEqual(float[][] expected, float[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int row = 0; row < expected.Length; row++)
            CollectionAssert.AreEqual(expected[row], actual[row], $"row {row}");
    }
}
