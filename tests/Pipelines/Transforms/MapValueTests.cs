using MLPath.Data;

namespace MLPath.Tests.Transforms;

[TestClass]
public sealed class MapValueTests
{
    private readonly MLContext _ml = new();

    private TransformsCatalog.ConversionTransforms Conversion => _ml.Transforms.Conversion;

    [TestMethod]
    public void Values_are_replaced_by_the_table_and_others_are_missing()
    {
        var data = Tables.Of(("Diagnosis", Tables.Texts("malignant", "benign", "", "?")));
        Dictionary<string, bool> isBad = new() { ["malignant"] = true, ["benign"] = false };
        var made = TransformContract.Check(Conversion.MapValue("Label", isBad, "Diagnosis"), data, learns: false);
        CollectionAssert.AreEqual((bool[])[true, false, false, false], made.Column<bool>("Label"));
        Dictionary<string, float> grade = new() { ["malignant"] = 3.5f, [""] = 0 };
        CollectionAssert.AreEqual((float[])[3.5f, float.NaN, 0, float.NaN], Conversion.MapValue("G", grade, "Diagnosis").Fit(data).Transform(data).Column<float>("G"));
    }

    [TestMethod]
    public void Vectors_are_mapped_item_by_item()
    {
        Dictionary<float, string> names = new() { [0] = "none", [2] = "two" };
        var data = Tables.Of(("S", Tables.Sparse([0, 2], [0, 0])), ("R", Tables.Ragged(NumberDataViewType.Single, [2f], [])));
        foreach (string column in (string[])["S", "R"])
        {
            var made = TransformContract.Check(Conversion.MapValue("T", names, column), data, learns: false);
            Assert.AreEqual("two", made.Rows<ReadOnlyMemory<char>>("T")[0][^1].ToString());
        }
    }

    [TestMethod]
    public void A_table_of_another_type_or_with_a_value_twice_is_refused()
    {
        var data = Tables.Of(("X", Tables.Singles(1)));
        StringAssert.Contains(
            Assert.ThrowsExactly<SchemaException>(() => Conversion.MapValue("Y", new Dictionary<string, bool> { ["a"] = true }, "X").Fit(data)).Message, "Column 'X' is Single");
        KeyValuePair<string, bool>[] twice = [new("a", true), new("a", false)];
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Conversion.MapValue("Y", twice, "X")).Message, "'a' twice");
    }
}
