using MLPath.Data;

namespace MLPath.Tests.Transforms;

/// <summary>MapValue to keys, to vectors and after the columns of a view; IndicateMissingValues of text and keys.</summary>
[TestClass]
public sealed class ValueTableTests
{
    private readonly MLContext _ml = new();

    private TransformsCatalog.ConversionTransforms Conversion => _ml.Transforms.Conversion;

    private static InMemoryDataView Words => Tables.Of(("X", Tables.Texts("a", "b", "c", "")));

    [TestMethod]
    public void Values_become_keys_that_stand_for_them()
    {
        Dictionary<string, string> map = new() { ["a"] = "vowel", ["b"] = "consonant", ["e"] = "vowel" };
        var made = TransformContract.Check(Conversion.MapValue("Y", map, "X", treatValuesAsKeyType: true), Words, learns: false);
        CollectionAssert.AreEqual((uint[])[1, 2, 0, 0], made.Column<uint>("Y"));
        CollectionAssert.AreEqual((string[])["vowel", "consonant"], made.KeyTexts("Y"));
        Dictionary<string, byte> numbers = new() { ["a"] = 7, ["b"] = 2 };
        made = TransformContract.Check(Conversion.MapValue("Y", numbers, "X", treatValuesAsKeyType: true), Words, learns: false);
        CollectionAssert.AreEqual((byte[])[7, 2, 0, 0], made.Column<byte>("Y"));
        Assert.AreEqual(new KeyDataViewType(typeof(byte), 7), made.Schema["Y"].Type);
    }

    [TestMethod]
    public void Vectors_of_one_length_and_of_their_own()
    {
        Dictionary<string, float[]> equal = new() { ["a"] = [1, 2], ["b"] = [0, 4] };
        var made = TransformContract.Check(Conversion.MapValue("Y", equal, "X"), Words, learns: false);
        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 2), made.Schema["Y"].Type);
        CollectionAssert.AreEqual((float[])[0, 4], made.Rows<float>("Y")[1]);
        CollectionAssert.AreEqual((float[])[float.NaN, float.NaN], made.Rows<float>("Y")[2]);
        Dictionary<string, string[]> ragged = new() { ["a"] = ["p", "q"], ["b"] = [], ["c"] = ["r"] };
        made = TransformContract.Check(Conversion.MapValue("Y", ragged, "X"), Words, learns: false);
        CollectionAssert.AreEqual((string[])["p q", "", "r", ""], made.Rows<ReadOnlyMemory<char>>("Y").Select(row => string.Join(' ', row)).ToArray());
        StringAssert.Contains($"{Conversion.MapValue("Y", ragged, "X")}", "a → [p, q]");
        var vectors = Tables.Of(("X", Tables.Dense<ReadOnlyMemory<char>>(TextDataViewType.Instance, Tables.Words("a", "b"))));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Conversion.MapValue("Y", equal, "X").Fit(vectors)).Message, "a scalar of Text");
    }

    [TestMethod]
    public void Columns_of_a_view_of_any_type_are_a_table()
    {
        var lookup = Tables.Annotated(
            ("From", Tables.Texts("a", "b"), DataViewSchema.Annotations.Empty),
            ("Key", Tables.Keys(2, 2, 1), Tables.KeyValues("low", "high")),
            ("Keys", Tables.Dense<uint>(new KeyDataViewType(2), [1, 2], [0, 1]), Tables.KeyValues("low", "high")),
            ("Vector", Tables.Sparse([0, 1, 0], [2, 0, 0]), Tables.SlotNames("x", "y", "z")));
        foreach (string column in (string[])["Key", "Keys", "Vector", "From"])
        {
            var made = TransformContract.Check(Conversion.MapValue("Y", lookup, lookup.Schema["From"], lookup.Schema[column], "X"), Words, learns: false);
            Assert.AreEqual(lookup.Schema[column].Type, made.Schema["Y"].Type);
            if (column.StartsWith("Key", StringComparison.Ordinal))
                CollectionAssert.AreEqual((string[])["low", "high"], made.KeyTexts("Y"));
        }

        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(
            () => Conversion.MapValue("Y", lookup, lookup.Schema["Key"], lookup.Schema["From"], "X")).Message, "Key<2> is none of them");
    }

    [TestMethod]
    public void Missing_texts_and_keys_are_indicated_and_integers_refused()
    {
        var data = Tables.Of(
            ("T", Tables.Texts("a", "", " ")), ("K", Tables.Keys(2, 0, 1, 2)), ("S", Tables.Sparse([0, float.NaN], [1, 0], [0, 0])),
            ("R", Tables.Ragged<double>(NumberDataViewType.Double, [double.NaN, 1], [], [2])), ("I", Tables.Scalars(NumberDataViewType.Int32, 0, 1, 2)));
        var made = TransformContract.Check(_ml.Transforms.IndicateMissingValues([new("T"), new("K"), new("S"), new("R")]), data, learns: false);
        CollectionAssert.AreEqual((bool[])[false, true, false], made.Column<bool>("T"));
        CollectionAssert.AreEqual((bool[])[true, false, false], made.Column<bool>("K"));
        CollectionAssert.AreEqual((bool[])[true, false], made.Rows<bool>("R")[0]);
        Assert.AreEqual(VectorLayout.Sparse, made.Layout<bool>("S"));
        Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.IndicateMissingValues("I").Fit(data));
    }
}
