using System.Text;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Text;

[TestClass]
public sealed class SaveAsCsvTests : IDisposable
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void Every_type_that_a_text_file_can_hold_comes_back_bit_for_bit()
    {
        var view = EveryType();
        foreach (string name in new[] { "all.csv", "all.csv.gz" })
        {
            _data.SaveAsCsv(view, _files[name]);
            var back = _data.LoadFromTextFile(_files[name], view.Schema);
            Assert.AreEqual(view.Types(), back.Types());
            Assert.AreEqual(DataFingerprint.Compute(view), DataFingerprint.Compute(back), name);
        }
        Assert.AreEqual((byte)0x1F, File.ReadAllBytes(_files["all.csv.gz"])[0]);
    }

    [TestMethod]
    public void The_file_looks_as_promised()
    {
        _data.SaveAsCsv(EveryType(), _files["all.csv"]);
        string[] lines = File.ReadAllText(_files["all.csv"]).Split('\n');
        Assert.AreEqual("real,wide,text,flag,day,moment,span,tiny,big,key,Score.no,Score.yes,raw[0],raw[1]", lines[0]);
        Assert.AreEqual("0.1,0.30000000000000004,plain,true,2024-03-01T00:00:00,2024-03-01T18:30:00+02:00,1.02:03:04,-128,"
            + "18446744073709551615,setosa,0.25,0.75,1,2", lines[1]);
        Assert.AreEqual(",Infinity,\"a,\"\"b\"\"\",false,2024-03-01T10:00:00.5Z,2024-03-01T00:00:00+00:00,00:00:00,127,"
            + "0,,1,0,-1E-45,3.4028235E+38", lines[2]);
    }

    [TestMethod]
    public void A_stream_gets_the_bytes_of_the_file_and_stays_open()
    {
        var view = EveryType();
        _data.SaveAsCsv(view, _files["all.csv"]);
        using var stream = new MemoryStream();
        _data.SaveAsCsv(view, stream);
        Assert.IsTrue(stream.CanWrite);
        CollectionAssert.AreEqual(File.ReadAllBytes(_files["all.csv"]), stream.ToArray());
    }

    [TestMethod]
    public void Columns_are_chosen_and_ordered_and_the_separator_given()
    {
        var view = Load("a,b,c\n1,x;y,2\n");
        _data.SaveAsCsv(view, _files["out.csv"], ["c", "b"], separator: ';');
        Assert.AreEqual("c;b\n2;\"x;y\"\n", File.ReadAllText(_files["out.csv"]));
        CollectionAssert.AreEqual(new[] { "data.csv", "out.csv" }, _files.Names, "no temporary file is left");
    }

    [TestMethod]
    public void Texts_of_every_kind_come_back()
    {
        string[] texts = ["", " lead", "trail\t", "q\"q", "\"", "a,b", "two\nlines", "cr\rlf\r\n", "é→漢🙂", "=1+1", "NA", "true", "1"];
        var column = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        foreach (string text in texts) column.Add(text.AsMemory());
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("a text, quoted", TextDataViewType.Instance);
        var view = new InMemoryDataView(schema.ToSchema(), [column]);

        _data.SaveAsCsv(view, _files["out.csv"]);
        CollectionAssert.AreEqual(texts, _data.LoadFromTextFile(_files["out.csv"], view.Schema).Texts("a text, quoted"));
    }

    [TestMethod]
    public void A_lone_missing_number_is_not_lost_as_a_blank_line()
    {
        var view = Load("a\n1\nNA\n3\n");
        _data.SaveAsCsv(view, _files["out.csv"]);
        CollectionAssert.AreEqual(new[] { 1, float.NaN, 3 }, _data.LoadFromTextFile(_files["out.csv"]).Numbers("a"));
    }

    [TestMethod]
    public void Long_cells_and_many_rows_cross_the_write_buffer_unharmed()
    {
        string content = "n,text\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},\"{new string('x', i % 300)},é\"\n"));
        var view = Load(content);
        _data.SaveAsCsv(view, _files["out.csv"]);
        Assert.AreEqual(content, File.ReadAllText(_files["out.csv"], Encoding.UTF8));
    }

    [TestMethod]
    public void What_cannot_be_saved_is_named_and_nothing_is_written()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("tokens", new VectorDataViewType(TextDataViewType.Instance));
        schema.AddColumn("x", NumberDataViewType.Single);
        schema.AddColumn("v", new VectorDataViewType(NumberDataViewType.Single, 2));
        schema.AddColumn("v[1]", NumberDataViewType.Single);
        var view = new InMemoryDataView(schema.ToSchema(), [.. schema.ToSchema().Select(c => ColumnBuffer.Create(c.Type))]);

        var ragged = Assert.ThrowsExactly<SchemaException>(() => _data.SaveAsCsv(view, _files["out.csv"]));
        StringAssert.Contains(ragged.Message, "'tokens'");
        var repeated = Assert.ThrowsExactly<SchemaException>(() => _data.SaveAsCsv(view, _files["out.csv"], ["v", "v[1]"]));
        StringAssert.Contains(repeated.Message, "'v[1]'");
        Assert.ThrowsExactly<SchemaException>(() => _data.SaveAsCsv(view, _files["out.csv"], ["y"]));
        Assert.ThrowsExactly<ArgumentException>(() => _data.SaveAsCsv(view, _files["out.csv"], []));
        Assert.ThrowsExactly<ArgumentException>(() => _data.SaveAsCsv(view, _files["out.csv"], ["x"], separator: '"'));
        Assert.IsEmpty(_files.Names);
    }

    [TestMethod]
    public void Cancellation_leaves_the_old_file_as_it_was()
    {
        var view = Load("a\n1\n");
        _files.Write("old", "out.csv");
        Assert.ThrowsExactly<OperationCanceledException>(
            () => _data.SaveAsCsv(view, _files["out.csv"], cancellationToken: new CancellationToken(canceled: true)));
        Assert.AreEqual("old", File.ReadAllText(_files["out.csv"]));
        CollectionAssert.AreEqual(new[] { "data.csv", "out.csv" }, _files.Names);
    }

    private IDataView Load(string content) => _data.LoadFromTextFile(_files.Write(content));

    private static InMemoryDataView EveryType()
    {
        var schema = new DataViewSchema.Builder();
        var columns = new List<ColumnBuffer>();
        Scalar("real", NumberDataViewType.Single, 0.1f, float.NaN);
        Scalar("wide", NumberDataViewType.Double, 0.1 + 0.2, double.PositiveInfinity);
        Scalar("text", TextDataViewType.Instance, "plain".AsMemory(), "a,\"b\"".AsMemory());
        Scalar("flag", BooleanDataViewType.Instance, true, false);
        Scalar("day", DateTimeDataViewType.Instance, new DateTime(2024, 3, 1), new DateTime(2024, 3, 1, 10, 0, 0, 500, DateTimeKind.Utc));
        Scalar("moment", DateTimeOffsetDataViewType.Instance,
            new DateTimeOffset(2024, 3, 1, 18, 30, 0, TimeSpan.FromHours(2)), new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero));
        Scalar("span", TimeSpanDataViewType.Instance, new TimeSpan(1, 2, 3, 4), TimeSpan.Zero);
        Scalar("tiny", NumberDataViewType.SByte, sbyte.MinValue, sbyte.MaxValue);
        Scalar("big", NumberDataViewType.UInt64, ulong.MaxValue, 0UL);
        Scalar("key", new KeyDataViewType(2), 1u, 0u, new DataViewSchema.Annotations.Builder().AddKeyValues(["setosa", "x"]));
        Vector("Score", [0.25f, 0.75f, 1, 0], new DataViewSchema.Annotations.Builder().AddSlotNames(["no", "yes"]));
        Vector("raw", [1, 2, -float.Epsilon, float.MaxValue], new DataViewSchema.Annotations.Builder());
        return new InMemoryDataView(schema.ToSchema(), columns);

        void Scalar<T>(string name, PrimitiveDataViewType type, T first, T second, DataViewSchema.Annotations.Builder? annotations = null)
        {
            var column = new ScalarColumn<T>(type);
            column.Add(first);
            column.Add(second);
            schema.AddColumn(name, type, annotations?.ToAnnotations());
            columns.Add(column);
        }

        void Vector(string name, float[] values, DataViewSchema.Annotations.Builder annotations)
        {
            var type = new VectorDataViewType(NumberDataViewType.Single, 2);
            var column = new VectorColumn<float>(type);
            column.AliasDense(values, 0, 2);
            schema.AddColumn(name, type, annotations.ToAnnotations());
            columns.Add(column);
        }
    }
}
