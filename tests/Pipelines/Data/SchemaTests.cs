using MLPath.Data;
using MLPath.Tests.Transforms;

namespace MLPath.Tests.Data;

/// <summary>Types, schemas, annotations and shapes.</summary>
[TestClass]
public sealed class SchemaTests
{
    [TestMethod]
    public void The_last_column_of_a_name_hides_the_others()
    {
        var schema = Tables.Of(("A", Tables.Singles()), ("B", Tables.Texts()), ("A", Tables.Doubles())).Schema;
        Assert.AreEqual(2, schema["A"].Index);
        CollectionAssert.AreEqual((bool[])[true, false, false], schema.Select(c => c.IsHidden).ToArray());
        CollectionAssert.AreEqual((string[])["B", "A"], schema.VisibleNames.ToArray());
        Assert.IsNull(schema.GetColumnOrNull("a"));
        Assert.AreEqual("B: Text, A: Double", schema.ToString());
        Assert.AreNotEqual(schema[0], schema[2]);
        Assert.IsTrue(schema[1] == schema["B"]);
    }

    [TestMethod]
    public void A_missing_column_is_named_with_the_nearest_one()
    {
        var schema = Tables.Of(("SepalLength", Tables.Singles()), ("SepalWidth", Tables.Singles())).Schema;
        var error = Assert.ThrowsExactly<SchemaException>(() => schema["SepalLenght"]);
        Assert.AreEqual("There is no column 'SepalLenght'. Did you mean 'SepalLength'? The columns are: SepalLength, SepalWidth.", error.Message);
        Assert.AreEqual("SepalLenght", error.MissingColumnName);
        Assert.AreEqual("SepalLenght", error.In("Step 1").MissingColumnName);
    }

    [TestMethod]
    public void Types_are_equal_by_what_they_are_and_say_it()
    {
        Assert.AreEqual(new KeyDataViewType(3), new KeyDataViewType(typeof(uint), 3));
        Assert.AreNotEqual(new KeyDataViewType(3), new KeyDataViewType(typeof(byte), 3));
        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 2, 3), new VectorDataViewType(NumberDataViewType.Single, 2, 3));
        Assert.AreNotEqual(new VectorDataViewType(NumberDataViewType.Single, 2, 3), new VectorDataViewType(NumberDataViewType.Single, 6));
        Assert.AreEqual("Vector<Key<3>, 2x3>", new VectorDataViewType(new KeyDataViewType(3), 2, 3).ToString());
        Assert.AreEqual("Vector<Text>", new VectorDataViewType(TextDataViewType.Instance).ToString());
        Assert.AreEqual("Key<Byte, 3>", new KeyDataViewType(typeof(byte), 3).ToString());
        Assert.AreEqual(typeof(VBuffer<ReadOnlyMemory<char>>), new VectorDataViewType(TextDataViewType.Instance).RawType);
        foreach (var type in NumberDataViewType.All)
            Assert.AreEqual(type.RawType, type.Accept(new RawType()));
    }

    [TestMethod]
    public void Types_that_cannot_be_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new KeyDataViewType(0));
        Assert.ThrowsExactly<ArgumentException>(() => new KeyDataViewType(typeof(int), 3));
        Assert.ThrowsExactly<ArgumentException>(() => new KeyDataViewType(typeof(byte), 256));
        Assert.ThrowsExactly<ArgumentException>(() => new VectorDataViewType(NumberDataViewType.Single, 3, 0));
        Assert.ThrowsExactly<ArgumentException>(() => new VectorDataViewType(NumberDataViewType.Single, -1));
        Assert.ThrowsExactly<OverflowException>(() => new VectorDataViewType(NumberDataViewType.Single, 1 << 20, 1 << 20));
        Assert.IsFalse(new VectorDataViewType(NumberDataViewType.Single, 0).IsKnownSize);
    }

    [TestMethod]
    public void Annotations_are_read_with_their_type()
    {
        var annotations = new DataViewSchema.Annotations.Builder()
            .AddSlotNames(["a", ""]).Add("Weight", NumberDataViewType.Single, 2f)
            .Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, (ref bool value) => value = true).ToAnnotations();
        var schema = Tables.Annotated(("V", Tables.Dense([1, 2]), annotations)).Schema;
        CollectionAssert.AreEqual((string[])["a", "V[1]"], schema[0].SlotNamesOrDefault().ToArray());
        Assert.IsTrue(schema[0].IsNormalized());
        float weight = 0;
        annotations.GetValue("Weight", ref weight);
        Assert.AreEqual(2f, weight);
        annotations.GetGetter<float>(annotations.Schema["Weight"])(ref weight);
        Assert.IsFalse(annotations.TryGetValue<double>("Weight", out _));
        double wrong = 0;
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => annotations.GetValue("Weight", ref wrong)).Message, "'Weight' is a Single");
        Assert.ThrowsExactly<SchemaException>(() => annotations.GetValue("Height", ref wrong));
        Assert.ThrowsExactly<ArgumentException>(() => new DataViewSchema.Annotations.Builder().Add("W", NumberDataViewType.Single, 2.0));
        var kept = new DataViewSchema.Annotations.Builder().Add(annotations, kind => kind == "Weight").ToAnnotations();
        Assert.HasCount(1, kept.Schema);
    }

    [TestMethod]
    public void Slot_names_of_another_length_than_the_vector_do_not_count()
    {
        var schema = Tables.Annotated(("V", Tables.Dense([1, 2]), Tables.SlotNames("only"))).Schema;
        Assert.IsFalse(schema[0].HasSlotNames());
        CollectionAssert.AreEqual((string[])["V[0]", "V[1]"], schema[0].SlotNamesOrDefault().ToArray());
    }

    [TestMethod]
    public void Key_values_are_words_in_every_type()
    {
        var dates = new DataViewSchema.Annotations.Builder()
            .AddKeyValues(DateTimeOffsetDataViewType.Instance, [new DateTimeOffset(2024, 1, 2, 3, 4, 5, 60, TimeSpan.FromHours(-2)), default]).ToAnnotations();
        var schema = Tables.Annotated(("D", Tables.Keys(2), dates), ("N", Tables.Keys(3), DataViewSchema.Annotations.Empty)).Schema;
        CollectionAssert.AreEqual((string[])["2024-01-02T03:04:05.06-02:00", "0001-01-01T00:00:00+00:00"], schema["D"].KeyValueTexts().ToArray());
        CollectionAssert.AreEqual((string[])["1", "2", "3"], schema["N"].KeyValueTexts().ToArray());
        Assert.IsTrue(schema["D"].HasKeyValues());
        Assert.IsFalse(schema["N"].HasKeyValues());
    }

    [TestMethod]
    public void A_shape_knows_what_a_schema_knows()
    {
        var shape = SchemaShape.Create(Tables.Annotated(
            ("A", Tables.Singles(1), DataViewSchema.Annotations.Empty), ("K", Tables.Keys(3, 1), Tables.KeyValues("a", "b", "c")),
            ("V", Tables.Dense([1, 2]), DataViewSchema.Annotations.Empty), ("R", Tables.Ragged(NumberDataViewType.Single, [1f]), DataViewSchema.Annotations.Empty),
            ("A", Tables.Texts("a"), DataViewSchema.Annotations.Empty)).Schema);
        Assert.AreEqual("K: Key<3>, V: Vector<Single, 2>, R: Vector<Single>, A: Text", shape.ToString());
        Assert.AreEqual(3ul, shape["K"].KeyCount);
        Assert.AreEqual(NumberDataViewType.UInt32, shape["K"].ItemType);
        Assert.AreEqual(TextDataViewType.Instance, shape["K"].Annotations[AnnotationKinds.KeyValues].ItemType);
        Assert.AreEqual(2, shape["V"].Size);
        Assert.IsNull(shape["R"].Size);
        Assert.AreEqual("There is no column 'Q'. The columns are: K, V, R, A.", Assert.ThrowsExactly<SchemaException>(() => shape["Q"]).Message);
    }

    [TestMethod]
    public void A_shape_replaces_columns_at_their_place()
    {
        var shape = SchemaShape.Create(Tables.Of(("A", Tables.Singles()), ("B", Tables.Texts())).Schema);
        var unknown = new SchemaShape.Column("A", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.UInt32, isKey: true);
        Assert.AreEqual("A: Vector<Key, ?>, B: Text, C: Text", shape.With(unknown, shape["B"].Rename("C")).ToString());
        Assert.AreEqual("A: Single, B: Text", shape.ToString());
        Assert.ThrowsExactly<ArgumentException>(() => new SchemaShape([shape["A"], shape["A"]]));
    }

    private sealed class RawType : IRawTypeVisitor<Type>
    {
        public Type Visit<T>() => typeof(T);
    }
}
