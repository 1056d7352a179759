using MLPath.Data;

namespace MLPath.Tests.Typed;

[TestClass]
public sealed class RowErrorTests
{
    private sealed record Money(decimal Price);

    private sealed record MaybeCount(int? Count);

    private sealed record Matrix(float[,] Values);

    private sealed record Listed(List<float> Values);

    private sealed record WronglySized([property: VectorType(-1)] float[] Values);

    private sealed record WronglyVector([property: VectorType(3)] float Value);

    private sealed record WronglyKey([property: KeyType(3)] int Value);

    private sealed record KeyTooGreat([property: KeyType(300)] byte Value);

    private sealed record Twice([property: ColumnName("A")] float X, float A);

    private sealed record Fixed([property: VectorType(2)] float[]? Values);

    private sealed record SparseFixed([property: VectorType(2)] VBuffer<float> Values);

    private sealed class ReadOnlyRow
    {
        public float X { get; }
    }

    private sealed class FloatScore
    {
        public float Score { get; set; }
    }

    [TestMethod]
    [DataRow(typeof(Money), "Member 'Price' of Money, of type Decimal, cannot be a column. Use double.")]
    [DataRow(typeof(MaybeCount), "of type Int32?, cannot be a column. Only float and double have a missing value")]
    [DataRow(typeof(Matrix), "Use an array of one dimension")]
    [DataRow(typeof(Listed), "of type List<Single>, cannot be a column. A column's member is a number, bool, string")]
    [DataRow(typeof(WronglySized), "at least 1; -1 was given")]
    [DataRow(typeof(WronglyVector), "is marked [VectorType], which is for arrays")]
    [DataRow(typeof(WronglyKey), "byte, ushort, uint or ulong, not as Int32")]
    [DataRow(typeof(KeyTooGreat), "from 1 to 255 values; 300 was asked for")]
    [DataRow(typeof(Twice), "Members 'X' and 'A' of Twice are both column 'A'")]
    public void A_member_that_cannot_be_a_column_is_named(Type row, string message)
    {
#pragma warning disable IL2067 // Tests are not trimmed.
        var error = Assert.ThrowsExactly<SchemaException>(() => SchemaDefinition.Create(row));
#pragma warning restore IL2067
        Assert.Contains(message, error.Message);
    }

    [TestMethod]
    public void The_remedy_for_an_impossible_member_is_told() =>
        Assert.Contains("mark it [NoColumn]", Assert.ThrowsExactly<SchemaException>(() => new RowWriter<Money>()).Message);

    [TestMethod]
    public void A_vector_of_another_size_is_named_with_its_row()
    {
        Assert.Contains("Row 1: member 'Values' of Fixed has 3 values; column 'Values', Vector<Single, 2>, needs 2",
            Assert.ThrowsExactly<DataException>(() => RowReaderWriterTests.Write([new Fixed([1, 2]), new Fixed([1, 2, 3])])).Message);
        Assert.Contains("Row 0: member 'Values' of Fixed is null",
            Assert.ThrowsExactly<DataException>(() => RowReaderWriterTests.Write([new Fixed(null)])).Message);
        Assert.Contains("has 3 values",
            Assert.ThrowsExactly<DataException>(() => RowReaderWriterTests.Write([new SparseFixed(new VBuffer<float>(3, 1, [1], [2]))])).Message);
    }

    [TestMethod]
    public void A_null_row_is_named() =>
        Assert.AreEqual("Row 1 is null.",
            Assert.ThrowsExactly<DataException>(() => RowReaderWriterTests.Write<FieldRow>([new FieldRow(), null!])).Message);

    [TestMethod]
    public void A_member_without_a_column_is_named_with_the_nearest_column()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Scores", NumberDataViewType.Single);
        string message = Assert.ThrowsExactly<SchemaException>(() => new RowReader<FloatScore>(schema.ToSchema())).Message;
        Assert.Contains("Member 'Score' of FloatScore", message);
        Assert.Contains("Did you mean 'Scores'?", message);
        Assert.IsEmpty(new RowReader<FloatScore>(schema.ToSchema(), ignoreMissingColumns: true).Columns);
    }

    [TestMethod]
    public void A_member_that_cannot_hold_its_column_is_named_with_those_that_can()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Score", new VectorDataViewType(NumberDataViewType.Single, 3));
        Assert.Contains("cannot hold column 'Score', which is Vector<Single, 3>. Declare it as Single[] or VBuffer<Single>",
            Assert.ThrowsExactly<SchemaException>(() => new RowReader<FloatScore>(schema.ToSchema())).Message);
    }

    [TestMethod]
    public void A_definition_is_held_against_the_type()
    {
        var definition = SchemaDefinition.Create(typeof(FieldRow));
        definition["X"]!.ColumnType = NumberDataViewType.Double;
        Assert.Contains("cannot be column 'X' of type Double, which is written from Double",
            Assert.ThrowsExactly<SchemaException>(() => new RowWriter<FieldRow>(definition)).Message);
        Assert.Contains("PointRow has no public member 'Name'",
            Assert.ThrowsExactly<SchemaException>(() => new RowWriter<PointRow>(SchemaDefinition.Create(typeof(FieldRow)))).Message);
        Assert.Contains("cannot be set",
            Assert.ThrowsExactly<SchemaException>(() => new RowReader<ReadOnlyRow>(new RowWriter<ReadOnlyRow>().Schema, SchemaDefinition.Create(typeof(ReadOnlyRow)))).Message);
    }

    [TestMethod]
    public void A_definition_renames_sizes_and_annotates()
    {
        var definition = SchemaDefinition.Create(typeof(AllTypes));
        definition["Ragged"]!.ColumnType = new VectorDataViewType(NumberDataViewType.Double, 2);
        definition["Ragged"]!.ColumnName = "Sized";
        definition["Sized"]!.AddAnnotation(AnnotationKinds.IsNormalized, true, BooleanDataViewType.Instance);
        var schema = new RowWriter<AllTypes>(definition).Schema;
        Assert.AreEqual(2, schema["Sized"].Type.ValueCount);
        Assert.IsTrue(schema["Sized"].IsNormalized());
        Assert.ThrowsExactly<ArgumentException>(() => definition["Sized"]!.AddAnnotation(AnnotationKinds.IsNormalized, true, BooleanDataViewType.Instance));
        Assert.ThrowsExactly<ArgumentException>(() => definition["Other"] = definition["Sized"]!);
        Assert.IsNull(definition["Other"]);
    }

    [TestMethod]
    public void Fields_of_a_text_file_are_ranges()
    {
        Assert.AreEqual((3, 3), new LoadColumnAttribute(3).Ranges.Single());
        Assert.AreEqual((3, 7), new LoadColumnAttribute(3, 7).Ranges.Single());
        CollectionAssert.AreEqual(new[] { (1, 1), (4, 4) }, new LoadColumnAttribute([1, 4]).Ranges.ToList());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new LoadColumnAttribute(-1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new LoadColumnAttribute(3, 2));
    }
}
