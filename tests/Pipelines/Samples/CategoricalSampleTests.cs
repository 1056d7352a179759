using MLPath.Data;
using MLPath.Tests.Transforms;
using MLPath.Transforms;

namespace MLPath.Tests.Samples;

/// <summary>ML.NET's documented examples of categories, with their documented results where not stated otherwise.</summary>
[TestClass]
public sealed class CategoricalSampleTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView People => Tables.Of(
        ("Education", Tables.Texts("0-5yrs", "0-5yrs", "6-11yrs", "6-11yrs", "11-15yrs")), ("ZipCode", Tables.Texts("98005", "98052", "98005", "98052", "98005")));

    private TransformsCatalog.CategoricalTransforms Categorical => _ml.Transforms.Categorical;

    [TestMethod]
    public void OneHotEncoding()
    {
        CollectionAssert.AreEqual((int[])[0, 0, 1, 1, 2], Slots(Categorical.OneHotEncoding("Encoded", "Education").Fit(People).Transform(People), "Encoded", 3));
        var keys = Categorical.OneHotEncoding("Encoded", "Education", OneHotEncodingEstimator.OutputKind.Key).Fit(People).Transform(People);
        CollectionAssert.AreEqual((uint[])[1, 1, 2, 2, 3], keys.Column<uint>("Encoded"));
    }

    [TestMethod]
    public void OneHotEncodingMultiColumn()
    {
        var made = Categorical.OneHotEncoding([new("Education"), new("ZipCode")]).Fit(People).Transform(People);
        CollectionAssert.AreEqual((int[])[0, 0, 1, 1, 2], Slots(made, "Education", 3));
        CollectionAssert.AreEqual((int[])[0, 1, 0, 1, 0], Slots(made, "ZipCode", 2));
    }

    /// <summary>
    /// The documented slots are those of a former hash function. With MurmurHash3 as it is published two of the three categories share a slot of the 8;
    /// the keys tell the same, and equal categories have equal slots.
    /// </summary>
    [TestMethod]
    public void OneHotHashEncoding()
    {
        var made = Categorical.OneHotHashEncoding("Encoded", "Education", numberOfBits: 3).Fit(People).Transform(People);
        CollectionAssert.AreEqual((int[])[0, 0, 0, 0, 7], Slots(made, "Encoded", 8));
        var keys = Categorical.OneHotHashEncoding("Encoded", "Education", OneHotEncodingEstimator.OutputKind.Key, 3).Fit(People).Transform(People);
        CollectionAssert.AreEqual((uint[])[1, 1, 1, 1, 8], keys.Column<uint>("Encoded"));
    }

    [TestMethod]
    public void OneHotHashEncodingMultiColumn()
    {
        var made = Categorical.OneHotHashEncoding([new("Education"), new("ZipCode")], numberOfBits: 3).Fit(People).Transform(People);
        CollectionAssert.AreEqual((int[])[0, 0, 0, 0, 7], Slots(made, "Education", 8));
        int[] zip = Slots(made, "ZipCode", 8);
        Assert.AreEqual((zip[0], zip[1], zip[0]), (zip[2], zip[3], zip[4]));
    }

    // The slot of the 1 of each row, whose other slots are 0.
    private static int[] Slots(IDataView made, string column, int size) => [.. made.Rows<float>(column).Select(row =>
    {
        Assert.HasCount(size, row);
        Assert.AreEqual((1, size - 1), (row.Count(v => v == 1), row.Count(v => v == 0)));
        return Array.IndexOf(row, 1f);
    })];
}
