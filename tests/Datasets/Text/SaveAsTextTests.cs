using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Text;

[TestClass]
public sealed class SaveAsTextTests : IDisposable
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>By the sample of five points that are saved and loaded again by their path alone.</summary>
    [TestMethod]
    public void What_is_saved_is_loaded_by_its_path_alone()
    {
        var data = Table(("Label", [0, 0, 0, 1, 1]), ("Features", [4, 5, 6, 8, 9]));
        _data.SaveAsText(data, _files["data.tsv"]);
        Assert.AreEqual(
            "#@ TextLoader{\n#@   header+\n#@   quote+\n#@   multilines+\n#@   sep=tab\n#@   col=Label:R4:0\n#@   col=Features:R4:1\n#@ }\n"
            + "Label\tFeatures\n0\t4\n0\t5\n0\t6\n1\t8\n1\t9\n",
            File.ReadAllText(_files["data.tsv"]));
        var back = _data.LoadFromTextFile(_files["data.tsv"]);
        Assert.AreEqual(DataFingerprint.Compute(data), DataFingerprint.Compute(back));
    }

    [TestMethod]
    [DataRow('\t', false)]
    [DataRow(',', true)]
    [DataRow(' ', false)]
    public void Every_type_comes_back_bit_for_bit(char separator, bool forceDense)
    {
        var view = EveryType();
        foreach (bool header in new[] { true, false })
        {
            _data.SaveAsText(view, _files["all.txt"], separator, headerRow: header, forceDense: forceDense);
            var back = _data.LoadFromTextFile(_files["all.txt"]);
            Assert.AreEqual(view.Types(), back.Types());
            Assert.AreEqual(DataFingerprint.Compute(view), DataFingerprint.Compute(back));
            if (header) CollectionAssert.AreEqual(new[] { "a", "", "", "", "", "f" }, SlotNames(back));
        }
    }

    [TestMethod]
    public void Rows_end_sparsely_where_that_is_shorter()
    {
        var view = EveryType();
        _data.SaveAsText(view, _files["sparse.txt"], headerRow: false, schema: false);
        string[] lines = File.ReadAllLines(_files["sparse.txt"]);
        StringAssert.EndsWith(lines[0], "\t6\t2:-0");
        StringAssert.EndsWith(lines[^1], "\t1\t2\t3\t4\t5\t?");
    }

    [TestMethod]
    public void Columns_of_varying_length_come_last()
    {
        var ragged = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single));
        ragged.Begin(VectorLayout.Ragged);
        ragged.AddRow([1, 2, 3]);
        ragged.AddRow([]);
        var id = new ScalarColumn<float>(NumberDataViewType.Single);
        id.Add(7);
        id.Add(8);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Id", NumberDataViewType.Single);
        schema.AddColumn("Items", ragged.Type);
        var view = new InMemoryDataView(schema.ToSchema(), [id, ragged]);
        _data.SaveAsText(view, _files["ragged.txt"]);
        var back = _data.LoadFromTextFile(_files["ragged.txt"]);
        Assert.AreEqual(view.Types(), back.Types());
        Assert.AreEqual(DataFingerprint.Compute(view), DataFingerprint.Compute(back));

        var wrong = new DataViewSchema.Builder();
        wrong.AddColumn("Items", ragged.Type);
        wrong.AddColumn("Id", NumberDataViewType.Single);
        Assert.ThrowsExactly<SchemaException>(
            () => _data.SaveAsText(new InMemoryDataView(wrong.ToSchema(), [ragged, id]), _files["wrong.txt"]));
        Assert.IsFalse(File.Exists(_files["wrong.txt"]));
    }

    [TestMethod]
    public void A_damaged_comment_is_explained()
    {
        string path = _files.Write("#@ TextLoader{\n#@   sep=tab\n#@   col=A:R9:0\n#@ }\n1\n");
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(path));
        StringAssert.Contains(error.Message, "line 3: the loader's comment has 'col=A:R9:0', which is not understood");
        string open = _files.Write("#@ TextLoader{\n#@   sep=tab\n1\n");
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(open)).Message, "has no end");
    }

    [TestMethod]
    public void Other_separators_are_refused() =>
        Assert.ThrowsExactly<ArgumentException>(() => _data.SaveAsText(EveryType(), _files["x"], separatorChar: '.'));

    private static string[] SlotNames(IDataView view)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Vector"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    private static InMemoryDataView Table(params (string Name, float[] Values)[] columns)
    {
        var schema = new DataViewSchema.Builder();
        var buffers = new List<ColumnBuffer>();
        foreach (var (name, values) in columns)
        {
            var buffer = new ScalarColumn<float>(NumberDataViewType.Single);
            buffer.Alias(values, 0, values.Length);
            schema.AddColumn(name, NumberDataViewType.Single);
            buffers.Add(buffer);
        }
        return new InMemoryDataView(schema.ToSchema(), buffers);
    }

    private static InMemoryDataView EveryType()
    {
        var schema = new DataViewSchema.Builder();
        var columns = new List<ColumnBuffer>();
        Scalar("a text: \"quoted\"", TextDataViewType.Instance, "// no comment".AsMemory(), "two\nlines, a\ttab and 3:4".AsMemory());
        Scalar("empty", TextDataViewType.Instance, default, "#@".AsMemory());
        Scalar("real", NumberDataViewType.Single, 0.1f, float.NaN);
        Scalar("wide", NumberDataViewType.Double, -0.0, double.NegativeInfinity);
        Scalar("flag", BooleanDataViewType.Instance, true, false);
        Scalar("day", DateTimeDataViewType.Instance, new DateTime(2024, 3, 1), new DateTime(2024, 3, 1, 10, 0, 0, 500, DateTimeKind.Utc));
        Scalar("moment", DateTimeOffsetDataViewType.Instance,
            new DateTimeOffset(2024, 3, 1, 18, 30, 0, TimeSpan.FromHours(2)), new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero));
        Scalar("span", TimeSpanDataViewType.Instance, new TimeSpan(1, 2, 3, 4), TimeSpan.Zero);
        Scalar("tiny", NumberDataViewType.SByte, sbyte.MinValue, sbyte.MaxValue);
        Scalar("big", NumberDataViewType.UInt64, ulong.MaxValue, 0UL);
        Scalar("key", new KeyDataViewType(2), 1u, 0u);
        var vectors = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 6));
        vectors.AliasDense([0, 0, -0f, 0, 0, 0, 1, 2, 3, 4, 5, float.NaN], 0, 2);
        schema.AddColumn("Vector", vectors.Type, new DataViewSchema.Annotations.Builder().AddSlotNames(["a", "", "", "", "", "f"]).ToAnnotations());
        columns.Add(vectors);
        return new InMemoryDataView(schema.ToSchema(), columns);

        void Scalar<T>(string name, PrimitiveDataViewType type, T first, T second)
        {
            var column = new ScalarColumn<T>(type);
            column.Add(first);
            column.Add(second);
            schema.AddColumn(name, type);
            columns.Add(column);
        }
    }
}
