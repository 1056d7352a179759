using MLPath.Data;

namespace MLPath.Tests.Transforms;

/// <summary>MapKeyToValue, MapKeyToVector and MapKeyToBinaryVector.</summary>
[TestClass]
public sealed class KeyTransformTests
{
    private readonly MLContext _ml = new();

    private TransformsCatalog.ConversionTransforms Conversion => _ml.Transforms.Conversion;

    [TestMethod]
    public void A_missing_key_becomes_a_missing_value()
    {
        var numbers = new DataViewSchema.Annotations.Builder().AddKeyValues(NumberDataViewType.Double, [0.5, -1]).ToAnnotations();
        var integers = new DataViewSchema.Annotations.Builder().AddKeyValues(NumberDataViewType.Int32, [7, 8]).ToAnnotations();
        var data = Tables.Annotated(
            ("Text", Tables.Keys(2, 2, 0, 1, 5), Tables.KeyValues("no", "yes")), ("Number", Tables.Keys(2, 2, 0, 1, 5), numbers), ("Integer", Tables.Keys(2, 2, 0, 1, 5), integers));
        var made = TransformContract.Check(Conversion.MapKeyToValue([new("Text"), new("N", "Number"), new("Integer")]), data, learns: false);
        CollectionAssert.AreEqual((string[])["yes", "", "no", ""], made.TextColumn("Text"));
        CollectionAssert.AreEqual((double[])[-1, double.NaN, 0.5, double.NaN], made.Column<double>("N"));
        CollectionAssert.AreEqual((int[])[8, 0, 7, 0], made.Column<int>("Integer"));
    }

    [TestMethod]
    public void Vectors_of_keys_become_vectors_of_values()
    {
        var key = new KeyDataViewType(typeof(byte), 2);
        var numbers = new DataViewSchema.Annotations.Builder().AddKeyValues(NumberDataViewType.Single, [5f, 6]).AddSlotNames(["a", "b", "c"]).ToAnnotations();
        var data = Tables.Annotated(
            ("S", Tables.Sparse<byte>(key, [0, 1, 0], [2, 0, 0]), numbers),
            ("R", Tables.Ragged<byte>(key, [2], []), Tables.KeyValues("x", "y")),
            ("T", Tables.Sparse<byte>(key, [0, 1, 0], [2, 0, 0]), Tables.KeyValues("x", "y")));
        var made = TransformContract.Check(Conversion.MapKeyToValue([new("S"), new("R"), new("T")]), data, learns: false);
        CollectionAssert.AreEqual((float[])[float.NaN, 5, float.NaN], made.Rows<float>("S")[0]);
        Assert.AreEqual(VectorLayout.Dense, made.Layout<float>("S"), "A missing number is stored.");
        Assert.AreEqual(VectorLayout.Sparse, made.Layout<ReadOnlyMemory<char>>("T"), "A missing text is not.");
        CollectionAssert.AreEqual((string[])["a", "b", "c"], made.SlotNames("S"));
        Assert.AreEqual("y", made.Rows<ReadOnlyMemory<char>>("R")[0].Single().ToString());
    }

    [TestMethod]
    public void Only_keys_with_values_can_be_turned_back()
    {
        var data = Tables.Of(("K", Tables.Keys(2, 1)), ("X", Tables.Singles(1)));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Conversion.MapKeyToValue("K").Fit(data)).Message, "KeyValues");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Conversion.MapKeyToValue("X").Fit(data)).Message, "Column 'X' is Single");
        var tooFew = Tables.Annotated(("K", Tables.Keys(2, 1), Tables.KeyValues("one")));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Conversion.MapKeyToValue("K").Fit(tooFew)).Message, "a value for each key");
    }

    [TestMethod]
    public void Keys_become_indicators_and_counts()
    {
        // The numbers of ML.NET's documented example.
        var data = Tables.Annotated(
            ("Time", Tables.Keys(9, 9, 8, 9, 4), DataViewSchema.Annotations.Empty),
            ("Parts", Tables.Dense<uint>(new KeyDataViewType(3), [1, 2], [2, 1], [3, 2], [3, 3]), Tables.KeyValues("p", "q", "r")));
        var made = TransformContract.Check(Conversion.MapKeyToVector([new("Time"), new("Indicator", "Parts")]), data, learns: false);
        CollectionAssert.AreEqual((float[])[0, 0, 0, 1, 0, 0, 0, 0, 0], made.Rows<float>("Time")[3]);
        CollectionAssert.AreEqual((float[])[0, 1, 0, 1, 0, 0], made.Rows<float>("Indicator")[1]);
        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 2, 3), made.Schema["Indicator"].Type);
        CollectionAssert.AreEqual((string[])["[0].p", "[0].q", "[0].r", "[1].p", "[1].q", "[1].r"], made.SlotNames("Indicator"));
        Assert.IsTrue(made.Schema["Indicator"].IsNormalized());

        var counts = TransformContract.Check(Conversion.MapKeyToVector("Count", "Parts", outputCountVector: true), data, learns: false);
        CollectionAssert.AreEqual((float[])[1, 1, 0], counts.Rows<float>("Count")[0]);
        CollectionAssert.AreEqual((float[])[0, 0, 2], counts.Rows<float>("Count")[3]);
        CollectionAssert.AreEqual((string[])["p", "q", "r"], counts.SlotNames("Count"));
        Assert.IsFalse(counts.Schema["Count"].IsNormalized());
    }

    [TestMethod]
    public void Wide_vectors_are_sparse_and_equal_to_narrow_ones()
    {
        uint[][] rows = [[1, 90, 0], [90, 90, 2], [0, 0, 0], [100, 3, 200]];
        var data = Tables.Of(
            ("D", Tables.Dense(new KeyDataViewType(100), rows)), ("S", Tables.Sparse(new KeyDataViewType(100), rows)),
            ("R", Tables.Ragged(new KeyDataViewType(100), rows)), ("K", Tables.Keys(100, 1, 90, 0, 100)));
        var made = TransformContract.Check(Conversion.MapKeyToVector([new("D"), new("S"), new("K")]), data, learns: false);
        var counts = TransformContract.Check(Conversion.MapKeyToVector([new("D"), new("S"), new("R"), new("K")], outputCountVector: true), data, learns: false);
        foreach (var view in (IDataView[])[made, counts])
        {
            foreach (string name in view.Schema.VisibleNames.Where(n => view != made || n != "R"))
                Assert.AreEqual(VectorLayout.Sparse, view.Layout<float>(name));
        }

        for (int row = 0; row < rows.Length; row++)
        {
            var indicator = new float[300];
            var count = new float[100];
            for (int i = 0; i < 3; i++)
            {
                if (rows[row][i] is 0 or > 100)
                    continue;
                indicator[(i * 100) + (int)rows[row][i] - 1] = 1;
                count[rows[row][i] - 1]++;
            }

            CollectionAssert.AreEqual(indicator, made.Rows<float>("D")[row]);
            CollectionAssert.AreEqual(indicator, made.Rows<float>("S")[row]);
            foreach (string name in (string[])["D", "S", "R"])
                CollectionAssert.AreEqual(count, counts.Rows<float>(name)[row], name);
        }
    }

    [TestMethod]
    public void Binary_digits_count_from_0_and_a_missing_key_is_all_ones()
    {
        var data = Tables.Annotated(
            ("K", Tables.Keys(5, 1, 2, 5, 0), Tables.KeyValues("a", "b", "c", "d", "e")),
            ("V", Tables.Sparse<uint>(new KeyDataViewType(2), [0, 1], [2, 0], [0, 0], [1, 1]), Tables.SlotNames("left", "right")));
        var made = TransformContract.Check(Conversion.MapKeyToBinaryVector([new("K"), new("V")]), data, learns: false);
        float[][] digits = [[0, 0, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0], [1, 1, 1, 1]];
        for (int row = 0; row < digits.Length; row++)
            CollectionAssert.AreEqual(digits[row], made.Rows<float>("K")[row]);
        CollectionAssert.AreEqual((float[])[1, 1, 1, 0, 0, 0], made.Rows<float>("V")[0]);
        CollectionAssert.AreEqual((string[])["Bit3", "Bit2", "Bit1", "Bit0"], made.SlotNames("K"));
        CollectionAssert.AreEqual((string[])["left.Bit2", "left.Bit1", "left.Bit0", "right.Bit2", "right.Bit1", "right.Bit0"], made.SlotNames("V"));
    }

    [TestMethod]
    public void Too_many_slots_ragged_rows_and_other_types_are_refused()
    {
        var many = new KeyDataViewType(20_000);
        var data = Tables.Of(
            ("Wide", Tables.Dense<uint>(many, [.. Enumerable.Repeat<uint[]>(new uint[1000], 1)])), ("R", Tables.Ragged<uint>(many, [1, 2])), ("T", Tables.Texts("a")));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Conversion.MapKeyToVector("Wide").Fit(data)).Message, "more than 16777216 slots");
        Assert.HasCount(20_000, Conversion.MapKeyToVector("Wide", outputCountVector: true).Fit(data).Transform(data).Rows<float>("Wide")[0]);
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Conversion.MapKeyToVector("R").Fit(data)).Message, "count the keys instead");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Conversion.MapKeyToBinaryVector("R").Fit(data)).Message, "known size");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Conversion.MapKeyToVector("T").Fit(data)).Message, "MapValueToKey first");
        var endless = Tables.Of(("K", Tables.Scalars<ulong>(new KeyDataViewType(typeof(ulong), ulong.MaxValue), 3)));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Conversion.MapKeyToVector("K").Fit(endless)).Message, "slots");
    }
}
