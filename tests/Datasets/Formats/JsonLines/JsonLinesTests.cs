using System.Text;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Formats.JsonLines;

[TestClass]
public sealed class JsonLinesTests
{
    private const string Sample = """
        {"id": 1, "name": "Ann \u00e9\n", "ok": true, "day": "2024-02-29T10:00:00+01:00", "x": [1, 2.5, null], "tags": ["a"], "address": {"city": "Bonn", "geo": {"lat": 50.7}}}

        {"name": null, "id": 2e1, "ok": false, "day": "2024-01-01", "x": [4,5,6], "tags": [], "address": {"city": "Köln"}, "late": {"mixed": 1}}
        {"id": null, "ok": true, "day": "2024-01-01", "x": [0,0,0], "extra": {"a": [1, [2]]}, "late": {"mixed": "two"}, "maybe": true, "sometimes": "2024-01-01", "vector": [7]}
        """;

    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));

    [TestMethod]
    public void Types_follow_from_all_rows()
    {
        using var files = new TestFiles();
        var view = _data.LoadFromJsonLinesFile(files.Write(Sample));

        Assert.AreEqual(
            "id:Single name:Text ok:Boolean day:DateTime x:Vector<Single, 3> tags:Vector<Text> address.city:Text address.geo.lat:Single "
            + "late.mixed:Text extra.a:Text maybe:Text sometimes:Text vector:Vector<Single>", view.Types());
        CollectionAssert.AreEqual(new[] { 1, 20, float.NaN }, view.Numbers("id"));
        CollectionAssert.AreEqual(new[] { "Ann é\n", "", "" }, view.Texts("name"));
        CollectionAssert.AreEqual(new[] { true, false, true }, view.Column<bool>("ok"));
        Assert.AreEqual(new DateTime(2024, 2, 29, 9, 0, 0, DateTimeKind.Utc), view.Column<DateTime>("day")[0]);
        CollectionAssert.AreEqual(new[] { 1, 2.5f, float.NaN, 4, 5, 6, 0, 0, 0 }, view.Vectors("x").SelectMany(r => r).ToArray());
        CollectionAssert.AreEqual(new[] { "Bonn", "Köln", "" }, view.Texts("address.city"));
        CollectionAssert.AreEqual(new[] { 50.7f, float.NaN, float.NaN }, view.Numbers("address.geo.lat"));
        CollectionAssert.AreEqual(new[] { "", "1", "two" }, view.Texts("late.mixed"));
        CollectionAssert.AreEqual(new[] { "", "", "[1, [2]]" }, view.Texts("extra.a"));
        CollectionAssert.AreEqual(new[] { "", "", "true" }, view.Texts("maybe"));
        CollectionAssert.AreEqual(new[] { 0, 0, 1 }, view.Vectors("vector").Select(r => r.Length).ToArray());
        var tags = (VectorColumn<ReadOnlyMemory<char>>)InMemoryDataView.Load(view).GetColumn(view.Schema["tags"].Index);
        Assert.AreEqual("a", tags.RowValues(0)[0].ToString());
        Assert.AreEqual(0, tags.RowLength(1) + tags.RowLength(2));
        CollectionAssert.AreEqual(new[] { 1, 20, float.NaN }, view.ColumnAlone<float>("id"));
    }

    [TestMethod]
    public void Types_can_be_forced()
    {
        using var files = new TestFiles();
        string path = files.Write("{\"id\": 9007199254740993, \"p\": 0.1, \"q\": 5}\n{\"id\": 2, \"p\": null, \"q\": 6}\n");
        var types = new Dictionary<string, DataViewType>
        {
            ["id"] = NumberDataViewType.Int64,
            ["p"] = NumberDataViewType.Double,
            ["q"] = TextDataViewType.Instance,
        };
        var view = _data.LoadFromJsonLinesFile(path, new JsonLinesOptions { Types = types });
        CollectionAssert.AreEqual(new[] { 9007199254740993, 2 }, view.Column<long>("id"));
        CollectionAssert.AreEqual(new[] { 0.1, double.NaN }, view.Column<double>("p"));
        CollectionAssert.AreEqual(new[] { "5", "6" }, view.Texts("q"));

        IDataView Force(string name, DataViewType type) =>
            _data.LoadFromJsonLinesFile(path, new JsonLinesOptions { Types = new Dictionary<string, DataViewType> { [name] = type } });
        var error = Assert.ThrowsExactly<DataException>(() => Force("id", NumberDataViewType.Int32).Column<int>("id"));
        StringAssert.Contains(error.Message, "line 1: property 'id' has '9007199254740993'; expected a value of Int32");
        error = Assert.ThrowsExactly<DataException>(() => Force("p", NumberDataViewType.Int32).Column<int>("p"));
        error = Assert.ThrowsExactly<DataException>(() => Force("p", BooleanDataViewType.Instance).Column<bool>("p"));
        Assert.ThrowsExactly<SchemaException>(() => Force("r", NumberDataViewType.Int32));
        Assert.ThrowsExactly<ArgumentException>(() => Force("p", RowIdDataViewType.Instance));
    }

    [TestMethod]
    public void What_is_saved_is_loaded_again()
    {
        using var files = new TestFiles();
        var view = _data.LoadFromJsonLinesFile(files.Write(Sample, "a"));
        _data.SaveAsJsonLines(view, files["b"]);
        var again = _data.LoadFromJsonLinesFile(files["b"]);
        Assert.AreEqual(view.Types(), again.Types());
        Assert.AreEqual(DataFingerprint.Compute(view), DataFingerprint.Compute(again));
    }

    [TestMethod]
    public void Every_type_is_written()
    {
        using var memory = new MemoryStream();
        _data.SaveAsJsonLines(AllTypes.Create(8, finite: true), memory);
        string[] lines = Encoding.UTF8.GetString(memory.ToArray()).TrimEnd('\n').Split('\n');
        Assert.HasCount(8, lines);
        using var row = System.Text.Json.JsonDocument.Parse(lines[3]);
        string Raw(string name) => row.RootElement.GetProperty(name).GetRawText();
        Assert.AreEqual("3", Raw("SByte"));
        Assert.AreEqual("4294967292", Raw("UInt32"));
        Assert.AreEqual("-9223372036854775805", Raw("Int64"));
        Assert.AreEqual("\"blue\"", Raw("Key"));
        Assert.AreEqual("3", Raw("ByteKey"));
        Assert.AreEqual("row 3 é 😀", row.RootElement.GetProperty("Text").GetString());
        Assert.AreEqual("\"2024-02-29T01:02:03.0000003\"", Raw("DateTime"));
        Assert.AreEqual(1000, row.RootElement.GetProperty("Sparse").GetArrayLength());
        Assert.AreEqual("[\"3.0\",\"3.1\",\"3.2\"]", Raw("Ragged"));
        Assert.AreEqual("null", row.RootElement.GetProperty("Dense")[3].GetRawText());
    }

    [TestMethod]
    public void An_infinite_number_cannot_be_saved_and_leaves_no_file()
    {
        using var files = new TestFiles();
        var view = _data.LoadFromEnumerable([new Cell(1), new Cell(float.PositiveInfinity)]);
        var error = Assert.ThrowsExactly<DataException>(() => _data.SaveAsJsonLines(view, files["a"]));
        StringAssert.Contains(error.Message, "Column 'Value' is infinite in row 1");
        Assert.IsEmpty(files.Names);
    }

    [TestMethod]
    [DataRow("", "no rows with properties")]
    [DataRow("[1,2]\n", "line 1: a JSON object was expected, {…}, each on a line of its own; '[1,2]' was found")]
    [DataRow("{\"a\":1}\n{\n\"a\": 2\n}\n", "line 2: the line is not a JSON object at byte 2")]
    [DataRow("{\"a\":1} {\"a\":2}", "line 1: the line is not a JSON object at byte 9")]
    [DataRow("{\"a\":1,\"a\":2}", "line 1: property 'a' occurs twice")]
    [DataRow("{\"a\":{\"b\":1},\"a.b\":2}", "line 1: property 'a.b' occurs twice")]
    [DataRow("{\"\":1}", "a property has an empty name")]
    [DataRow("{\"a\":01}", "not a JSON object at byte")]
    [DataRow("{\"a\":NaN}", "not a JSON object at byte")]
    public void What_cannot_be_read_is_an_error_with_its_place(string text, string expected)
    {
        using var files = new TestFiles();
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromJsonLinesFile(files.Write(text)));
        StringAssert.Contains(error.Message, expected);
        StringAssert.StartsWith(error.Message, files["data.csv"]);
    }

    [TestMethod]
    public void Five_hundred_damaged_files_are_read_or_refused_in_words() => Mutations.Check(
        500, Encoding.UTF8.GetBytes(Sample), path => _data.LoadFromJsonLinesFile(path), "{", "}", "[", "\"", "\\ud800", ",\"a\":[]", "\n", "null", "1e999");

    private sealed record Cell(float Value);
}
