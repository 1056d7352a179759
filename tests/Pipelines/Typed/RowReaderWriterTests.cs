using MLPath.Data;

namespace MLPath.Tests.Typed;

[TestClass]
public sealed class RowReaderWriterTests
{
    [TestMethod]
    public void Every_type_of_member_survives_the_way_into_columns_and_back()
    {
        var rows = Enumerable.Range(0, 40).Select(AllTypes.Sample).ToList();
        var (schema, batch) = Write(rows);

        Assert.AreEqual("Vector<Single, 2x2>", schema["Image"].Type.ToString());
        Assert.AreEqual("Key<5>", schema["Key"].Type.ToString());
        Assert.AreEqual("Vector<Key<Byte, 4>, 2>", schema["Keys"].Type.ToString());
        Assert.AreEqual("Vector<Double>", schema["Ragged"].Type.ToString());
        var back = Read<AllTypes>(batch);
        CollectionAssert.AreEqual(rows.Select(r => r.ToString()).ToList(), back.Select(r => r.ToString()).ToList());
    }

    [TestMethod]
    public void Null_is_NaN_for_floats_and_empty_for_text_and_ragged_vectors()
    {
        var (_, batch) = Write([new AllTypes
        {
            Text = null!, MaybeSingle = null, MaybeDouble = null, Ragged = null!,
            Fixed = [1, 2, 3], Image = new VBuffer<float>(4, [1, 2, 3, 4]), Words = ["a", null!], Keys = [1, 2],
        }]);

        Assert.IsTrue(float.IsNaN(Column<float>(batch, "MaybeSingle")[0]));
        Assert.IsTrue(double.IsNaN(Column<double>(batch, "MaybeDouble")[0]));
        Assert.AreEqual(0, Column<ReadOnlyMemory<char>>(batch, "Text")[0].Length);
        var back = Read<AllTypes>(batch).Single();
        Assert.IsNull(back.MaybeSingle);
        Assert.IsEmpty(back.Ragged);
        Assert.AreEqual("", back.Words[1]);
    }

    [TestMethod]
    public void A_key_beyond_its_count_is_missing()
    {
        var row = AllTypes.Sample(1);
        row.Key = 6;
        row.Keys = [5, 4];
        var back = Read<AllTypes>(Write([row]).Batch).Single();
        Assert.AreEqual(0u, back.Key);
        CollectionAssert.AreEqual(new byte[] { 0, 4 }, back.Keys);
    }

    [TestMethod]
    public void Fields_structs_records_and_inherited_members_are_columns()
    {
        Assert.AreEqual("X: Single, Name: Text", new RowWriter<FieldRow>().Schema.ToString());
        Assert.AreEqual("X: Single, Y: Single", new RowWriter<PointRow>().Schema.ToString());
        Assert.AreEqual("Name: Text, Age: Single, Target: Boolean", new RowWriter<PositionalRow>().Schema.ToString());
        Assert.AreEqual("Double", new RowWriter<DerivedRow>().Schema["X"].Type.ToString());

        var field = Read<FieldRow>(Write([new FieldRow { X = 2, Name = "n", Ignored = new object() }]).Batch).Single();
        Assert.AreEqual((2f, "n"), (field.X, field.Name));
        Assert.AreEqual(new PointRow(1, 2), Read<PointRow>(Write([new PointRow(1, 2)]).Batch).Single());
        Assert.AreEqual(new InitRow { X = 3, Name = "i" }, Read<InitRow>(Write([new InitRow { X = 3, Name = "i" }]).Batch).Single());
        var positional = Write([new PositionalRow("p", 4, true)]).Batch;
        Assert.IsTrue(Column<bool>(positional, "Target")[0]);
    }

    [TestMethod]
    public void A_computed_member_is_written_and_not_read()
    {
        var (schema, batch) = Write([new DerivedRow { X = 1, Y = 2 }]);
        Assert.AreEqual(4f, Column<float>(batch, "Area")[0]);
        Assert.HasCount(3, schema);
        Assert.AreEqual(2f, Read<DerivedRow>(batch).Single().Y);
    }

    [TestMethod]
    public void A_row_object_that_is_changed_and_appended_again_gives_its_values_at_each_time()
    {
        var writer = new RowWriter<FieldRow>();
        var buffers = writer.Schema.Select(c => ColumnBuffer.Create(c.Type)).ToArray();
        var appender = writer.Open(buffers);
        var row = new FieldRow();
        for (int i = 0; i < 3; i++)
        {
            row.X = i;
            appender.Append(row);
        }

        CollectionAssert.AreEqual(new float[] { 0, 1, 2 }, ((ScalarColumn<float>)buffers[0]).Values.ToArray());
        appender.Clear();
        Assert.AreEqual(0, buffers[0].Count);
        Assert.AreEqual(3, appender.Position);
    }

    [TestMethod]
    public void Columns_that_are_not_wanted_are_not_written()
    {
        var writer = new RowWriter<PointRow>();
        var y = ColumnBuffer.Create(writer.Schema["Y"].Type);
        writer.Open(null, y).Append(new PointRow(1, 2));
        Assert.AreEqual(2f, ((ScalarColumn<float>)y).Values[0]);
    }

    [TestMethod]
    public void Arrays_of_the_right_length_are_overwritten_and_others_replaced()
    {
        var (_, batch) = Write([AllTypes.Sample(1), AllTypes.Sample(2)]);
        var reader = new RowReader<AllTypes>(batch.Schema);
        var target = new AllTypes();
        reader.Read(batch, 0, ref target);
        var (vector, ragged) = (target.Fixed, target.Ragged);
        reader.Read(batch, 1, ref target);
        Assert.AreSame(vector, target.Fixed);
        Assert.AreNotSame(ragged, target.Ragged);
        Assert.AreEqual(AllTypes.Sample(2).ToString(), target.ToString());
    }

    [TestMethod]
    public void A_key_with_known_values_is_read_as_text()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Name", new KeyDataViewType(2), new DataViewSchema.Annotations.Builder().AddKeyValues(["no", "yes"]).ToAnnotations());
        var keys = new ScalarColumn<uint>(new KeyDataViewType(2));
        foreach (uint key in (uint[])[2, 0, 1])
            keys.Add(key);
        var batch = new RowBatch(schema.ToSchema());
        batch.Set(0, keys);
        batch.SetRows(0, 3);

        var reader = new RowReader<InitRow>(batch.Schema, ignoreMissingColumns: true);
        var read = Enumerable.Range(0, 3).Select(i =>
        {
            var row = new InitRow();
            reader.Read(batch, i, ref row);
            return row.Name;
        });
        CollectionAssert.AreEqual(new string?[] { "yes", null, "no" }, read.ToList());
    }

    [TestMethod]
    public void Numbers_are_written_and_read_without_allocation()
    {
        var writer = new RowWriter<PointRow>();
        var batch = new RowBatch(writer.Schema);
        var buffers = writer.Schema.Select(c => ColumnBuffer.Create(c.Type)).ToArray();
        batch.Set(0, buffers[0]);
        batch.Set(1, buffers[1]);
        var appender = writer.Open(buffers);
        var reader = new RowReader<PointRow>(writer.Schema);
        var row = new PointRow(1, 2);
        void RoundTrip()
        {
            appender.Clear();
            appender.Append(row);
            batch.SetRows(0, 1);
            reader.Read(batch, 0, ref row);
        }

        RoundTrip();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
            RoundTrip();
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(new PointRow(1, 2), row);
    }

    internal static (DataViewSchema Schema, RowBatch Batch) Write<TRow>(IReadOnlyList<TRow> rows)
    {
        var writer = new RowWriter<TRow>();
        var batch = new RowBatch(writer.Schema);
        foreach (var column in writer.Schema)
            batch.Set(column.Index, ColumnBuffer.Create(column.Type));
        var appender = writer.Open([.. writer.Schema.Select(c => batch[c.Index])]);
        foreach (var row in rows)
            appender.Append(row);
        batch.SetRows(0, rows.Count);
        return (writer.Schema, batch);
    }

    private static List<TRow> Read<TRow>(RowBatch batch) where TRow : new()
    {
        var reader = new RowReader<TRow>(batch.Schema);
        return [.. Enumerable.Range(0, batch.Count).Select(i =>
        {
            var row = new TRow();
            reader.Read(batch, i, ref row);
            return row;
        })];
    }

    private static T[] Column<T>(RowBatch batch, string name) => batch.Scalars<T>(batch.Schema[name].Index).ToArray();
}
