using MLPath.Data;
using MLPath.Transforms;
using static MLPath.Transforms.HashingEstimator;

namespace MLPath.Tests.Transforms;

/// <summary>Hash and OneHotHashEncoding.</summary>
[TestClass]
public sealed class HashingTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView Mixed => Tables.Annotated(
        ("Text", Tables.Texts("red", "", "blue", "red "), DataViewSchema.Annotations.Empty),
        ("Number", Tables.Doubles(1, double.NaN, -0.0, 0), DataViewSchema.Annotations.Empty),
        ("Flag", Tables.Scalars(BooleanDataViewType.Instance, true, false, true, true), DataViewSchema.Annotations.Empty),
        ("Key", Tables.Keys(3, 0, 1, 3, 2), Tables.KeyValues("one", "two", "three")),
        ("Sparse", Tables.Sparse([0, 2, 0], [0, 0, 0], [2, 2, 2], [1, 0, 2]), Tables.SlotNames("a", "b", "c")),
        ("Ragged", Tables.Ragged<ReadOnlyMemory<char>>(TextDataViewType.Instance, Tables.Words("x", "y", "x"), [], Tables.Words("", "x"), Tables.Words("z")), DataViewSchema.Annotations.Empty),
        ("Id", Tables.Scalars(RowIdDataViewType.Instance, new DataViewRowId(1, 2), new(1, 3), new(2, 1), default), DataViewSchema.Annotations.Empty));

    [TestMethod]
    public void Every_type_and_shape_keeps_the_contract()
    {
        foreach (var column in Mixed.Schema)
        {
            foreach (bool ordered in (bool[])[false, true])
            {
                TransformContract.Check(_ml.Transforms.Conversion.Hash(new ColumnOptions("H", column.Name, useOrderedHashing: ordered)), Mixed, learns: false);
                TransformContract.Check(_ml.Transforms.Conversion.Hash(new ColumnOptions("H", column.Name, 6, useOrderedHashing: ordered, maximumNumberOfInverts: 2)), Mixed, learns: true);
            }

            TransformContract.Check(_ml.Transforms.Conversion.Hash(new ColumnOptions("H", column.Name, combine: true)), Mixed, learns: false);
        }
    }

    [TestMethod]
    public void Equal_values_have_equal_keys_and_missing_values_none()
    {
        var made = _ml.Transforms.Conversion.Hash([new("Text"), new("Number"), new("Key")]).Fit(Mixed).Transform(Mixed);
        uint[] text = made.Column<uint>("Text"), number = made.Column<uint>("Number"), key = made.Column<uint>("Key");
        Assert.AreEqual((text[0], 0u), (text[3], text[1]), "Spaces around a text do not count.");
        Assert.AreEqual((number[2], 0u), (number[3], number[1]), "−0 is 0.");
        Assert.AreEqual(0u, key[0]);
        Assert.HasCount(3, key[1..].Distinct().ToList());
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 1UL << 31), made.Schema["Text"].Type);
    }

    [TestMethod]
    public void Ordered_hashes_tell_positions_apart_and_others_do_not()
    {
        foreach (string column in (string[])["Sparse", "Ragged"])
        {
            int row = column == "Sparse" ? 2 : 0, last = 2;
            uint[] plain = _ml.Transforms.Conversion.Hash("H", column).Fit(Mixed).Transform(Mixed).Rows<uint>("H")[row];
            uint[] ordered = _ml.Transforms.Conversion.Hash(new ColumnOptions("H", column, useOrderedHashing: true)).Fit(Mixed).Transform(Mixed).Rows<uint>("H")[row];
            Assert.AreEqual(plain[0], plain[last]);
            Assert.AreNotEqual(ordered[0], ordered[last]);
        }
    }

    [TestMethod]
    public void A_combined_vector_is_one_key_that_depends_on_the_order()
    {
        var data = Tables.Of(("X", Tables.Dense([1, 2], [2, 1], [1, 2], [1, float.NaN])), ("T", Tables.Dense<ReadOnlyMemory<char>>(
            TextDataViewType.Instance, Tables.Words("ab", "c"), Tables.Words("a", "bc"), Tables.Words("ab", "c"), Tables.Words("a", ""))));
        var made = _ml.Transforms.Conversion.Hash(new ColumnOptions("X", combine: true), new ColumnOptions("T", combine: true)).Fit(data).Transform(data);
        foreach (string column in (string[])["X", "T"])
        {
            uint[] keys = made.Column<uint>(column);
            Assert.AreEqual((keys[0], 0u), (keys[2], keys[3]));
            Assert.AreNotEqual(keys[0], keys[1]);
        }
    }

    [TestMethod]
    public void Inverts_tell_what_a_key_stands_for()
    {
        var data = Tables.Of(("X", Tables.Texts("a", "b", "c", "d", "e", "a")));
        var texts = Inverts(data, new ColumnOptions("X", numberOfBits: 1, maximumNumberOfInverts: -1));
        CollectionAssert.AreEquivalent((string[])["a", "b", "c", "d", "e"], texts.SelectMany(t => t.Trim('{', '}').Split(',')).ToArray());
        foreach (string text in Inverts(data, new ColumnOptions("X", numberOfBits: 1, maximumNumberOfInverts: 1)))
            Assert.HasCount(1, text);
        CollectionAssert.IsSubsetOf((string[])["0:x", "1:y", "2:x"], Inverts(Mixed, new ColumnOptions("Ragged", numberOfBits: 16, useOrderedHashing: true, maximumNumberOfInverts: 1)));
        CollectionAssert.AreEquivalent((string[])["one", "two", "three"], Inverts(Mixed, new ColumnOptions("Key", numberOfBits: 16, maximumNumberOfInverts: 1)));

        string[] Inverts(IDataView view, ColumnOptions options)
        {
            VBuffer<ReadOnlyMemory<char>> values = default;
            _ml.Transforms.Conversion.Hash(options).Fit(view).Transform(view).Schema[options.Name].GetKeyValues(ref values);
            return [.. values.GetValues().ToArray().Select(v => v.ToString()).Where(v => v.Length > 0)];
        }
    }

    [TestMethod]
    public void One_hot_hash_vectors_are_those_of_the_keys()
    {
        foreach (var kind in Enum.GetValues<OneHotEncodingEstimator.OutputKind>())
        {
            var estimator = _ml.Transforms.Categorical.OneHotHashEncoding([new("A", "Text"), new("B", "Sparse")], kind, numberOfBits: 5);
            TransformContract.Check(estimator, Mixed, learns: false);
        }

        var made = _ml.Transforms.Categorical.OneHotHashEncoding("H", "Text", numberOfBits: 16).Fit(Mixed).Transform(Mixed);
        uint[] keys = _ml.Transforms.Conversion.Hash(new ColumnOptions("K", "Text", 16, useOrderedHashing: true)).Fit(Mixed).Transform(Mixed).Column<uint>("K");
        var rows = made.Rows<float>("H");
        Assert.AreEqual(VectorLayout.Sparse, made.Layout<float>("H"));
        for (int row = 0; row < rows.Length; row++)
            Assert.AreEqual((int)keys[row] - 1, Array.IndexOf(rows[row], 1f), $"row {row}");
        var named = _ml.Transforms.Categorical.OneHotHashEncoding("H", "Text", numberOfBits: 8, maximumNumberOfInverts: -1).Fit(Mixed).Transform(Mixed);
        CollectionAssert.IsSubsetOf((string[])["red", "blue"], named.SlotNames("H"));
    }

    [TestMethod]
    public void Options_that_exclude_each_other_or_are_out_of_range_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.Conversion.Hash("X", numberOfBits: 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.Conversion.Hash("X", numberOfBits: 32));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.Conversion.Hash("X", maximumNumberOfInverts: -2));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.Conversion.Hash("X", maximumNumberOfInverts: -1)).Message, "at most 24 bits");
        Assert.ThrowsExactly<ArgumentException>(() => new ColumnOptions("X", useOrderedHashing: true, combine: true));
        var dates = SchemaShape.Create(Tables.Of(("X", Tables.Scalars<DateTime>(DateTimeDataViewType.Instance, default(DateTime)))).Schema);
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.Conversion.Hash("X").GetOutputSchema(dates)).Message, "ConvertType");
    }
}
