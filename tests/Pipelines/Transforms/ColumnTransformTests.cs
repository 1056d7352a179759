using MLPath.Data;

namespace MLPath.Tests.Transforms;

/// <summary>CopyColumns, SelectColumns, DropColumns and Concatenate.</summary>
[TestClass]
public sealed class ColumnTransformTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView Data => Tables.Annotated(
        ("A", Tables.Singles(1, 2, float.NaN), DataViewSchema.Annotations.Empty),
        ("B", Tables.Texts("x", "", "z"), DataViewSchema.Annotations.Empty),
        ("K", Tables.Keys(2, 1, 0, 2), Tables.KeyValues("no", "yes")),
        ("V", Tables.Dense([1, 0], [0, 0], [3, 4]), Tables.SlotNames("left", "right")),
        ("S", Tables.Sparse([0, 5, 0, 0], [0, 0, 0, 0], [6, 0, 0, 7]), DataViewSchema.Annotations.Empty),
        ("R", Tables.Ragged(NumberDataViewType.Double, [1.0], [], [2, 3]), DataViewSchema.Annotations.Empty),
        ("A", Tables.Doubles(10, 20, 30), DataViewSchema.Annotations.Empty));

    [TestMethod]
    public void Copies_of_every_shape_keep_values_and_annotations()
    {
        InputOutputColumnPair[] pairs = [.. Data.Schema.VisibleNames.Select(name => new InputOutputColumnPair($"{name}2", name))];
        var made = TransformContract.Check(_ml.Transforms.CopyColumns(pairs), Data, learns: false);
        CollectionAssert.AreEqual((double[])[10, 20, 30], made.Column<double>("A2"));
        CollectionAssert.AreEqual((string[])["x", "", "z"], made.TextColumn("B2"));
        CollectionAssert.AreEqual((string[])["no", "yes"], made.KeyTexts("K2"));
        CollectionAssert.AreEqual((string[])["left", "right"], made.SlotNames("V2"));
        Assert.AreEqual(VectorLayout.Sparse, made.Layout<float>("S2"));
        CollectionAssert.AreEqual((double[])[2, 3], made.Rows<double>("R2")[2]);
    }

    [TestMethod]
    public void A_copy_shares_the_memory_of_what_it_copies()
    {
        var made = _ml.Transforms.CopyColumns("V2", "V").Fit(Data).Transform(Data);
        using var cursor = made.GetBatchCursor([made.Schema["V"], made.Schema["V2"]]);
        Assert.IsTrue(cursor.MoveNext());
        Assert.IsTrue(cursor.Current.Vectors<float>(made.Schema["V"].Index).Values == cursor.Current.Vectors<float>(made.Schema["V2"].Index).Values);
    }

    [TestMethod]
    public void Selected_columns_come_in_the_order_given_without_hidden_ones()
    {
        var made = TransformContract.Check(_ml.Transforms.SelectColumns("V", "A"), Data, learns: false);
        CollectionAssert.AreEqual((string[])["V", "A"], made.Schema.Select(c => c.Name).ToArray());
        CollectionAssert.AreEqual((double[])[10, 20, 30], made.Column<double>("A"));
    }

    [TestMethod]
    public void Hidden_columns_are_kept_when_asked_for_and_stay_hidden()
    {
        var made = TransformContract.Check(_ml.Transforms.SelectColumns(["A", "B"], keepHidden: true), Data, learns: false);
        CollectionAssert.AreEqual((string[])["A", "A", "B"], made.Schema.Select(c => c.Name).ToArray());
        CollectionAssert.AreEqual((bool[])[true, false, false], made.Schema.Select(c => c.IsHidden).ToArray());
        Assert.AreEqual(NumberDataViewType.Double, made.Schema["A"].Type);
    }

    [TestMethod]
    public void Dropped_columns_are_gone_with_the_hidden_ones_of_their_name()
    {
        var made = TransformContract.Check(_ml.Transforms.DropColumns("A", "K"), Data, learns: false);
        CollectionAssert.AreEqual((string[])["B", "V", "S", "R"], made.Schema.Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void Columns_that_are_not_there_are_errors()
    {
        foreach (var estimator in (IEstimator<ITransformer>[])[_ml.Transforms.SelectColumns("A", "Q"), _ml.Transforms.DropColumns("Q"), _ml.Transforms.CopyColumns("X", "Q")])
        {
            Assert.AreEqual("Q", Assert.ThrowsExactly<SchemaException>(() => estimator.GetOutputSchema(SchemaShape.Create(Data.Schema))).MissingColumnName);
            Assert.ThrowsExactly<SchemaException>(() => estimator.Fit(Data));
        }
    }

    [TestMethod]
    public void Names_must_be_given_once()
    {
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.SelectColumns());
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.DropColumns("A", "A"));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.CopyColumns());
    }

    [TestMethod]
    public void Concatenation_joins_in_order_and_names_slots()
    {
        var made = TransformContract.Check(_ml.Transforms.Concatenate("Features", "V", "A", "S"), Data, learns: false);
        CollectionAssert.AreEqual((float[])[3, 4, 30, 6, 0, 0, 7], made.Rows<float>("Features")[2]);
        CollectionAssert.AreEqual((string[])["V.left", "V.right", "A", "S[0]", "S[1]", "S[2]", "S[3]"], made.SlotNames("Features"));
    }

    [TestMethod]
    public void Concatenation_of_what_is_mostly_not_stored_is_sparse()
    {
        var wide = Tables.Sparse([.. Enumerable.Range(0, 3).Select(r => Enumerable.Range(0, 100).Select(s => s == 7 * r ? float.NaN : 0).ToArray())]);
        var data = Tables.Of(("W", wide), ("X", Tables.Doubles(1, 0, -1)), ("B", Tables.Scalars(BooleanDataViewType.Instance, true, false, true)));
        var made = TransformContract.Check(_ml.Transforms.Concatenate("Features", "X", "W", "B"), data, learns: false);
        Assert.AreEqual(VectorLayout.Sparse, made.Layout<float>("Features"));
        var row = made.Rows<float>("Features")[2];
        Assert.AreEqual(-1, row[0]);
        Assert.IsTrue(float.IsNaN(row[15]));
        Assert.AreEqual(1, row[101]);
        Assert.AreEqual(VectorLayout.Dense, _ml.Transforms.Concatenate("F", "X", "B").Fit(data).Transform(data).Layout<float>("F"));
    }

    [TestMethod]
    public void Concatenation_converts_numbers_of_every_type()
    {
        var data = Tables.Of(
            ("1", Tables.Scalars<sbyte>(NumberDataViewType.SByte, -1, 2)), ("2", Tables.Scalars<byte>(NumberDataViewType.Byte, 200, 2)),
            ("3", Tables.Scalars<short>(NumberDataViewType.Int16, -300, 2)), ("4", Tables.Scalars<ushort>(NumberDataViewType.UInt16, 60_000, 2)),
            ("5", Tables.Scalars(NumberDataViewType.Int32, -7, 2)), ("6", Tables.Scalars<uint>(NumberDataViewType.UInt32, 4_000_000_000, 2)),
            ("7", Tables.Scalars<long>(NumberDataViewType.Int64, -8, 2)), ("8", Tables.Scalars<ulong>(NumberDataViewType.UInt64, 9, 2)),
            ("9", Tables.Scalars(BooleanDataViewType.Instance, true, false)), ("10", Tables.Doubles(0.5, 2)),
            ("11", Tables.Sparse(NumberDataViewType.Int32, [0, 3], [4, 0])));
        var made = TransformContract.Check(_ml.Transforms.Concatenate("F", [.. data.Schema.VisibleNames]), data, learns: false);
        CollectionAssert.AreEqual((float[])[-1, 200, -300, 60_000, -7, 4e9f, -8, 9, 1, 0.5f, 0, 3], made.Rows<float>("F")[0]);
    }

    [TestMethod]
    public void Concatenation_refuses_text_and_ragged_vectors()
    {
        foreach (string name in (string[])["B", "R", "K"])
        {
            var estimator = _ml.Transforms.Concatenate("Features", "A", name);
            StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => estimator.GetOutputSchema(SchemaShape.Create(Data.Schema))).Message, $"'{name}'");
        }
    }
}
