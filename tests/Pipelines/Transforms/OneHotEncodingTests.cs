using MLPath.Data;
using static MLPath.Transforms.OneHotEncodingEstimator;

namespace MLPath.Tests.Transforms;

[TestClass]
public sealed class OneHotEncodingTests
{
    private readonly MLContext _ml = new();

    private TransformsCatalog.CategoricalTransforms Categorical => _ml.Transforms.Categorical;

    // The rows of ML.NET's documented example.
    private static InMemoryDataView Education => Tables.Of(("Education", Tables.Texts("0-5yrs", "0-5yrs", "6-11yrs", "6-11yrs", "11-15yrs")));

    [TestMethod]
    public void Each_category_has_a_slot_of_its_name()
    {
        var made = TransformContract.Check(Categorical.OneHotEncoding("Encoded", "Education"), Education, learns: true);
        float[][] expected = [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]];
        for (int row = 0; row < expected.Length; row++)
            CollectionAssert.AreEqual(expected[row], made.Rows<float>("Encoded")[row]);
        CollectionAssert.AreEqual((string[])["0-5yrs", "6-11yrs", "11-15yrs"], made.SlotNames("Encoded"));
        Assert.IsTrue(made.Schema["Encoded"].IsNormalized());
        Assert.HasCount(2, made.Schema, "The keys in between are nobody's column.");
    }

    [TestMethod]
    public void Keys_are_an_output_too()
    {
        var made = TransformContract.Check(Categorical.OneHotEncoding("Encoded", "Education", OutputKind.Key), Education, learns: true);
        CollectionAssert.AreEqual((uint[])[1, 1, 2, 2, 3], made.Column<uint>("Encoded"));
        CollectionAssert.AreEqual((string[])["0-5yrs", "6-11yrs", "11-15yrs"], made.KeyTexts("Encoded"));
    }

    [TestMethod]
    public void Every_kind_keeps_the_contract_on_every_shape()
    {
        string[][] words = [["a", "b", "a"], ["", "a", "c"], ["c", "c", "c"]];
        var data = Tables.Annotated(
            ("Text", Tables.Texts("x", "y", "x"), DataViewSchema.Annotations.Empty),
            ("Number", Tables.Singles(2, float.NaN, -1), DataViewSchema.Annotations.Empty),
            ("Bool", Tables.Scalars(BooleanDataViewType.Instance, true, false, true), DataViewSchema.Annotations.Empty),
            ("Key", Tables.Keys(4, 4, 0, 2), Tables.KeyValues("n", "e", "s", "w")),
            ("Words", Tables.Dense(TextDataViewType.Instance, [.. words.Select(r => Tables.Words(r))]), Tables.SlotNames("first", "second", "third")),
            ("SparseWords", Tables.Sparse(TextDataViewType.Instance, [.. words.Select(r => Tables.Words(r))]), DataViewSchema.Annotations.Empty),
            ("Bag", Tables.Ragged(TextDataViewType.Instance, Tables.Words("u", "v", "u"), Tables.Words(), Tables.Words("v")), DataViewSchema.Annotations.Empty));
        foreach (var kind in Enum.GetValues<OutputKind>())
        {
            var columns = data.Schema.Where(c => c.Name != "Bag" || kind is OutputKind.Bag or OutputKind.Key).Select(c => new InputOutputColumnPair($"{c.Name}Made", c.Name)).ToArray();
            var made = TransformContract.Check(Categorical.OneHotEncoding(columns, kind), data, learns: true);
            if (kind is OutputKind.Indicator)
            {
                CollectionAssert.AreEqual((string[])["w", "e"], made.SlotNames("KeyMade"));
                CollectionAssert.AreEqual((float[])[0, 0], made.Rows<float>("KeyMade")[1]);
                CollectionAssert.AreEqual((string[])["True", "False"], made.SlotNames("BoolMade"));
                CollectionAssert.AreEqual((string[])["2", "-1"], made.SlotNames("NumberMade"));
                CollectionAssert.AreEqual((float[])[0, 0, 0, 1, 0, 0, 0, 0, 1], made.Rows<float>("WordsMade")[1]);
                Assert.AreEqual("second.b", made.SlotNames("WordsMade")[4]);
            }
            else if (kind is OutputKind.Bag)
            {
                CollectionAssert.AreEqual((float[])[2, 1, 0], made.Rows<float>("WordsMade")[0]);
                CollectionAssert.AreEqual((float[])[2, 1], made.Rows<float>("BagMade")[0]);
                CollectionAssert.AreEqual((float[])[0, 0], made.Rows<float>("BagMade")[1]);
            }
        }
    }

    [TestMethod]
    public void Unseen_and_missing_categories_have_no_slot()
    {
        var model = Categorical.OneHotEncoding("Education").Fit(Education);
        var made = model.Transform(Tables.Of(("Education", Tables.Texts("", "PhD", "11-15yrs")))).Rows<float>("Education");
        CollectionAssert.AreEqual((float[])[0, 0, 0], made[0]);
        CollectionAssert.AreEqual((float[])[0, 0, 0], made[1]);
        CollectionAssert.AreEqual((float[])[0, 0, 1], made[2]);
        Assert.AreEqual(3, model.GetCategoryCount(0));
    }

    [TestMethod]
    public void Many_categories_are_stored_sparse()
    {
        string[] cities = [.. Enumerable.Range(0, 500).Select(i => $"city {i * 7 % 500}")];
        var data = Tables.Of(("City", Tables.Texts(cities)), ("X", Tables.Singles([.. Enumerable.Range(0, 500).Select(i => (float)i)])));
        var made = TransformContract.Check(Categorical.OneHotEncoding("City", keyOrdinality: MLPath.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence), data, learns: true);
        Assert.AreEqual(VectorLayout.Sparse, made.Layout<float>("City"));
        var features = _ml.Transforms.Concatenate("Features", "X", "City").Fit(made).Transform(made);
        Assert.AreEqual(VectorLayout.Sparse, features.Layout<float>("Features"));
        var row = features.Rows<float>("Features")[499];
        Assert.AreEqual(499, row[0]);
        Assert.AreEqual(1, row[500]);
        Assert.AreEqual(500, row.Sum());
    }

    [TestMethod]
    public void Categories_beyond_the_maximum_have_no_slot()
    {
        var made = Categorical.OneHotEncoding("Education", maximumNumberOfKeys: 2).Fit(Education).Transform(Education);
        CollectionAssert.AreEqual((float[])[0, 0], made.Rows<float>("Education")[4]);
    }

    [TestMethod]
    public void Key_data_give_the_slots()
    {
        var keys = Tables.Of(("Any", Tables.Texts("11-15yrs", "0-5yrs")));
        var made = Categorical.OneHotEncoding("Education", keyData: keys).Fit(Education).Transform(Education);
        CollectionAssert.AreEqual((string[])["11-15yrs", "0-5yrs"], made.SlotNames("Education"));
        CollectionAssert.AreEqual((float[])[0, 0], made.Rows<float>("Education")[2]);
    }

    [TestMethod]
    public void Ragged_rows_have_no_indicator_and_too_many_slots_fail_in_the_fit()
    {
        var data = Tables.Of(("R", Tables.Ragged(TextDataViewType.Instance, Tables.Words("a"), [], [], [], [])), ("Wide",
            Tables.Dense(NumberDataViewType.Int32, [.. Enumerable.Range(0, 5).Select(r => Enumerable.Range(r * 1000, 5000).ToArray())])));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Categorical.OneHotEncoding("R").GetOutputSchema(SchemaShape.Create(data.Schema))).Message, "OutputKind.Bag");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Categorical.OneHotEncoding("Wide").Fit(data)).Message, "maximumNumberOfKeys");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Categorical.OneHotEncoding("R", outputKind: 0));
    }
}
