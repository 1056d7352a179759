using MLPath.Data;
using MLPath.Transforms;
using static MLPath.Transforms.ValueToKeyMappingEstimator;

namespace MLPath.Tests.Transforms;

[TestClass]
public sealed class MapValueToKeyTests
{
    private readonly MLContext _ml = new();

    private TransformsCatalog.ConversionTransforms Conversion => _ml.Transforms.Conversion;

    // The rows of ML.NET's documented example.
    private static InMemoryDataView Courses => Tables.Of(
        ("StudyTime", Tables.Texts("0-4yrs", "6-11yrs", "12-25yrs", "0-5yrs")), ("Course", Tables.Texts("CS", "CS", "LA", "DS")));

    [TestMethod]
    public void Keys_are_given_by_occurrence_or_by_value()
    {
        InputOutputColumnPair[] columns = [new("T", "StudyTime"), new("C", "Course")];
        var byValue = TransformContract.Check(Conversion.MapValueToKey(columns, keyOrdinality: KeyOrdinality.ByValue), Courses, learns: true);
        CollectionAssert.AreEqual((uint[])[1, 4, 3, 2], byValue.Column<uint>("T"));
        CollectionAssert.AreEqual((uint[])[1, 1, 3, 2], byValue.Column<uint>("C"));
        CollectionAssert.AreEqual((string[])["CS", "DS", "LA"], byValue.KeyTexts("C"));
        var byOccurrence = Conversion.MapValueToKey(columns).Fit(Courses).Transform(Courses);
        CollectionAssert.AreEqual((uint[])[1, 1, 2, 3], byOccurrence.Column<uint>("C"));
        Assert.AreEqual(new KeyDataViewType(3), byOccurrence.Schema["C"].Type);
    }

    [TestMethod]
    public void Key_data_give_the_keys_to_all_columns()
    {
        var keys = Tables.Of(("Key", Tables.Texts("0-4yrs", "6-11yrs", "25+yrs", "CS", "DS", "LA")));
        var model = Conversion.MapValueToKey([new("T", "StudyTime"), new("C", "Course")], keyData: keys).Fit(Courses);
        CollectionAssert.AreEqual((uint[])[1, 2, 0, 0], model.Transform(Courses).Column<uint>("T"));
        CollectionAssert.AreEqual((uint[])[4, 4, 6, 5], model.Transform(Courses).Column<uint>("C"));
        Assert.AreEqual(keys.Lineage.Fingerprint, model.FittedOn!.Fingerprint);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Conversion.MapValueToKey("T", keyData: Courses)).Message, "have one column");
        var numbers = Tables.Of(("Key", Tables.Singles(1, 2)));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Conversion.MapValueToKey("T", "StudyTime", keyData: numbers).Fit(Courses)).Message, "'StudyTime' is Text");
    }

    [TestMethod]
    public void The_first_values_get_keys_when_there_are_too_many_and_a_diagnosis_says_so()
    {
        // The words of ML.NET's documented example.
        string[][] reviews =
        [
            ["animals", "birds", "cats", "dogs", "fish", "horse"], ["horse", "birds", "house", "fish", "duck", "cats"],
            ["car", "truck", "driver", "bus", "pickup"], ["car", "truck", "driver", "bus", "pickup", "horse"],
        ];
        var data = Tables.Of(("Words", Tables.Ragged(TextDataViewType.Instance, [.. reviews.Select(r => Tables.Words(r))])));
        var all = TransformContract.Check(Conversion.MapValueToKey("Keys", "Words"), data, learns: true).Rows<uint>("Keys");
        CollectionAssert.AreEqual((uint[])[6, 2, 7, 5, 8, 3], all[1]);
        CollectionAssert.AreEqual((uint[])[9, 10, 11, 12, 13, 6], all[3]);

        List<Diagnosis> heard = [];
        var model = Conversion.MapValueToKey("Keys", "Words", maximumNumberOfKeys: 10, keyOrdinality: KeyOrdinality.ByValue)
            .Fit(data, new FitContext { DiagnosisSink = heard.Add });
        var some = model.Transform(data).Rows<uint>("Keys");
        CollectionAssert.AreEqual((uint[])[1, 2, 4, 5, 7, 8], some[0]);
        CollectionAssert.AreEqual((uint[])[8, 2, 9, 7, 6, 4], some[1]);
        CollectionAssert.AreEqual((uint[])[3, 10, 0, 0, 0, 8], some[3]);
        Assert.AreEqual("too-many-values", heard.Single().Code);
        StringAssert.Contains(heard[0].Message, "more than 10 different values");
    }

    [TestMethod]
    public void Exactly_the_maximum_is_not_too_many()
    {
        List<Diagnosis> heard = [];
        Conversion.MapValueToKey("Course", maximumNumberOfKeys: 3).Fit(Courses, new FitContext { DiagnosisSink = heard.Add });
        Assert.IsEmpty(heard);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Conversion.MapValueToKey("Course", maximumNumberOfKeys: 0));
    }

    [TestMethod]
    public void Missing_and_unseen_values_are_missing_keys()
    {
        var model = Conversion.MapValueToKey([new("T"), new("X")]).Fit(Tables.Of(("T", Tables.Texts("b", "", "a")), ("X", Tables.Singles(float.NaN, 0, 3))));
        var made = model.Transform(Tables.Of(("T", Tables.Texts("a", "", "c", "b")), ("X", Tables.Singles(3, float.NaN, 1, -0f))));
        CollectionAssert.AreEqual((uint[])[2, 0, 0, 1], made.Column<uint>("T"));
        CollectionAssert.AreEqual((uint[])[2, 0, 0, 1], made.Column<uint>("X"));
    }

    [TestMethod]
    public void Every_primitive_type_is_understood_and_its_values_come_back_typed()
    {
        Check<sbyte>(NumberDataViewType.SByte, 3, -5, 0);
        Check<byte>(NumberDataViewType.Byte, 3, 200, 0);
        Check<short>(NumberDataViewType.Int16, 3, -500, 0);
        Check<ushort>(NumberDataViewType.UInt16, 3, 50_000, 0);
        Check(NumberDataViewType.Int32, 3, -500_000, 0);
        Check<uint>(NumberDataViewType.UInt32, 3, 4_000_000_000, 0);
        Check(NumberDataViewType.Int64, 3, long.MinValue, 0);
        Check<ulong>(NumberDataViewType.UInt64, 3, ulong.MaxValue, 0);
        Check(NumberDataViewType.Single, 3, -1e-30f, float.PositiveInfinity);
        Check(NumberDataViewType.Double, 3, -1e-300, double.NegativeInfinity);
        Check(BooleanDataViewType.Instance, true, false);
        Check(TimeSpanDataViewType.Instance, TimeSpan.FromTicks(7), TimeSpan.Zero, TimeSpan.FromDays(-3));
        Check(DateTimeDataViewType.Instance, new(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), default, new DateTime(638_000_000_000_000_001L));
        Check(DateTimeOffsetDataViewType.Instance, new(2024, 2, 29, 1, 2, 3, TimeSpan.FromMinutes(330)), default, DateTimeOffset.MaxValue);
        Check(RowIdDataViewType.Instance, new(1, 2), default, new DataViewRowId(3, 1));
        Check(TextDataViewType.Instance, Tables.Words("snow ☃ man", "\ud800 half a pair", "a"));
    }

    [TestMethod]
    public void Sorted_keys_of_each_type_are_in_its_order()
    {
        CollectionAssert.AreEqual((uint[])[3, 2, 1], Sorted<DataViewRowId>(RowIdDataViewType.Instance, new(0, 9), new(7, 1), new(0, 1)));
        CollectionAssert.AreEqual((uint[])[2, 1], Sorted(BooleanDataViewType.Instance, true, false));
        CollectionAssert.AreEqual((uint[])[2, 3, 1], Sorted(NumberDataViewType.Double, 0.0, 1e300, -4));
        // By code units: capitals first, é last.
        CollectionAssert.AreEqual((uint[])[2, 4, 1, 3], Sorted<ReadOnlyMemory<char>>(TextDataViewType.Instance, Tables.Words("a", "é", "Z", "b")));

        uint[] Sorted<T>(PrimitiveDataViewType type, params T[] values)
        {
            var data = Tables.Of(("X", Tables.Scalars(type, values)));
            return Conversion.MapValueToKey("X", keyOrdinality: KeyOrdinality.ByValue).Fit(data).Transform(data).Column<uint>("X");
        }
    }

    [TestMethod]
    public void Key_values_can_be_texts_whatever_the_type()
    {
        var data = Tables.Of(("X", Tables.Doubles(1.5, -2, 1.5)), ("D", Tables.Scalars(DateTimeDataViewType.Instance, new DateTime(2024, 1, 2), new DateTime(2024, 1, 2, 3, 4, 5), default)));
        var made = TransformContract.Check(Conversion.MapValueToKey([new("X"), new("D")], addKeyValueAnnotationsAsText: true), data, learns: true);
        CollectionAssert.AreEqual((string[])["1.5", "-2"], made.KeyTexts("X"));
        CollectionAssert.AreEqual((string[])["2024-01-02", "2024-01-02T03:04:05", "0001-01-01"], made.KeyTexts("D"));
        VBuffer<ReadOnlyMemory<char>> texts = default;
        made.Schema["X"].GetKeyValues(ref texts);
        Assert.AreEqual(2, texts.Length);
    }

    [TestMethod]
    public void Vectors_of_every_layout_share_one_set_of_keys()
    {
        float[][] rows = [[0, 5, 0, 2], [2, 2, 2, 2], [0, 0, 0, float.NaN]];
        var data = Tables.Annotated(
            ("D", Tables.Dense(rows), Tables.SlotNames("a", "b", "c", "d")), ("S", Tables.Sparse(rows), DataViewSchema.Annotations.Empty),
            ("T", Tables.Sparse(TextDataViewType.Instance, Tables.Words("", "x", ""), Tables.Words("y", "", "x"), Tables.Words("", "", "")), DataViewSchema.Annotations.Empty));
        var made = TransformContract.Check(Conversion.MapValueToKey([new("D"), new("S"), new("T")]), data, learns: true);
        CollectionAssert.AreEqual((uint[])[1, 2, 1, 3], made.Rows<uint>("D")[0]);
        for (int row = 0; row < rows.Length; row++)
            CollectionAssert.AreEqual(made.Rows<uint>("D")[row], made.Rows<uint>("S")[row], "0 occurs where a sparse row does not store it.");
        Assert.AreEqual(0u, made.Rows<uint>("S")[2][3]);
        CollectionAssert.AreEqual((uint[])[2, 0, 1], made.Rows<uint>("T")[1]);
        Assert.AreEqual(VectorLayout.Sparse, made.Layout<uint>("T"), "Empty text is missing, and a missing key is the default key.");
        CollectionAssert.AreEqual((string[])["a", "b", "c", "d"], made.SlotNames("D"));
        Assert.AreEqual(new VectorDataViewType(new KeyDataViewType(3), 4), made.Schema["D"].Type);
    }

    [TestMethod]
    public void Keys_that_come_in_are_understood_by_their_values_not_their_numbers()
    {
        var train = Tables.Annotated(("K", Tables.Keys(3, 3, 0, 1, 9), Tables.KeyValues("a", "b", "c")));
        var model = Conversion.MapValueToKey("K").Fit(train);
        CollectionAssert.AreEqual((uint[])[1, 0, 2, 0], model.Transform(train).Column<uint>("K"), "9 is beyond the keys, so it is missing.");
        CollectionAssert.AreEqual((string[])["c", "a"], model.Transform(train).KeyTexts("K"));
        var other = Tables.Annotated(("K", Tables.Keys(4, 1, 2, 3, 4), Tables.KeyValues("a", "x", "c", "b")));
        CollectionAssert.AreEqual((uint[])[2, 0, 1, 0], model.Transform(other).Column<uint>("K"));
        CollectionAssert.AreEqual((uint[])[1, 0, 2], model.Transform(Tables.Of(("K", Tables.Texts("c", "b", "a")))).Column<uint>("K"), "Texts are the same values.");
        TransformContract.Check(Conversion.MapValueToKey("K"), train, learns: true);
    }

    [TestMethod]
    public void Keys_without_values_stand_for_their_numbers()
    {
        var data = Tables.Of(("K", Tables.Keys(9, 7, 0, 2, 7)));
        var made = TransformContract.Check(Conversion.MapValueToKey("K", keyOrdinality: KeyOrdinality.ByValue), data, learns: true);
        CollectionAssert.AreEqual((uint[])[2, 0, 1, 2], made.Column<uint>("K"));
        CollectionAssert.AreEqual((string[])["2", "7"], made.KeyTexts("K"));
        // 0 is a value of a number column and has a key there, but it is missing in a key column.
        var model = Conversion.MapValueToKey("K").Fit(Tables.Of(("K", Tables.Scalars<uint>(NumberDataViewType.UInt32, 0, 7))));
        CollectionAssert.AreEqual((uint[])[2, 0, 0, 2], model.Transform(data).Column<uint>("K"));
    }

    [TestMethod]
    public void A_column_without_values_gets_keys_that_are_all_missing_and_a_diagnosis()
    {
        foreach (string[] values in (string[][])[["", ""], []])
        {
            List<Diagnosis> heard = [];
            var data = Tables.Of(("X", Tables.Texts(values)));
            var estimator = Conversion.MapValueToKey("X");
            var model = estimator.Fit(data, new FitContext { DiagnosisSink = heard.Add });
            var made = model.Transform(Tables.Of(("X", Tables.Texts("", "a"))));
            CollectionAssert.AreEqual((uint[])[0, 0], made.Column<uint>("X"));
            Assert.AreEqual(new KeyDataViewType(1), made.Schema["X"].Type);
            Assert.AreEqual("no-values", heard.Single().Code);
            TransformContract.KeepsItsPromise(estimator, data, model.Transform(data));
            Assert.AreEqual(0, ((ValueToKeyMappingTransformer)TransformContract.Reload(model)).GetKeyCount(0));
        }
    }

    [TestMethod]
    public void Another_type_than_in_training_is_refused()
    {
        var model = Conversion.MapValueToKey("Course").Fit(Courses);
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => model.Transform(Tables.Of(("Course", Tables.Singles(1))))).Message, "as in training");
        var keysOfNumbers = Tables.Annotated(("Course", Tables.Keys(1, 1), new DataViewSchema.Annotations.Builder().AddKeyValues(NumberDataViewType.Double, [1.0]).ToAnnotations()));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => model.Transform(keysOfNumbers)).Message, "Key<1> of Double values");
    }

    private void Check<T>(PrimitiveDataViewType type, params T[] values)
    {
        var data = Tables.Of(("X", Tables.Scalars(type, [.. values, .. values])));
        var made = TransformContract.Check(Conversion.MapValueToKey("Key", "X"), data, learns: true);
        CollectionAssert.AreEqual(Enumerable.Range(1, values.Length).Select(k => (uint)k).ToArray(), made.Column<uint>("Key")[values.Length..]);
        Assert.AreEqual(new VectorDataViewType(type, values.Length), made.Schema["Key"].Annotations.Schema[AnnotationKinds.KeyValues].Type);

        var back = TransformContract.Check(Conversion.MapKeyToValue("X2", "Key"), InMemoryDataView.Load(made), learns: false);
        Assert.AreEqual(type, back.Schema["X2"].Type);
        var expected = typeof(T) == typeof(ReadOnlyMemory<char>) ? (System.Collections.ICollection)back.TextColumn("X") : back.Column<T>("X");
        CollectionAssert.AreEqual(expected, typeof(T) == typeof(ReadOnlyMemory<char>) ? back.TextColumn("X2") : back.Column<T>("X2"));
    }
}
