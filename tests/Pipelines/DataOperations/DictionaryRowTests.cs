using MLPath.Data;

namespace MLPath.Tests.DataOperations;

[TestClass]
public sealed class DictionaryRowTests
{
    private static readonly DataViewSchema s_schema = Schema();

    [TestMethod]
    public void Values_of_many_types_become_columns()
    {
        var row = new Dictionary<string, object?>
        {
            ["Single"] = 3,
            ["Double"] = 2.5m,
            ["Int"] = 4.0,
            ["Flag"] = true,
            ["Text"] = "hello",
            ["Class"] = "b",
            ["Key"] = 2,
            ["Fixed"] = new object[] { 1, 2.5, 3f },
            ["Ragged"] = new List<int> { 1, 2 },
            ["Time"] = "2024-02-29T12:00:00",
            ["Extra"] = new object(),
        };
        var data = Views.ML.Data.LoadFromEnumerable([row], s_schema);
        Assert.AreEqual(3f, data.GetColumn<float>("Single").Single());
        Assert.AreEqual(2.5, data.GetColumn<double>("Double").Single());
        Assert.AreEqual(4, data.GetColumn<int>("Int").Single());
        Assert.IsTrue(data.GetColumn<bool>("Flag").Single());
        Assert.AreEqual("hello", data.GetColumn<string>("Text").Single());
        Assert.AreEqual("b", data.GetColumn<string>("Class").Single());
        Assert.AreEqual(2u, data.GetColumn<uint>("Key").Single());
        CollectionAssert.AreEqual(new[] { 1, 2.5f, 3 }, data.GetColumn<float[]>("Fixed").Single());
        CollectionAssert.AreEqual(new[] { 1.0, 2 }, data.GetColumn<double[]>("Ragged").Single());
        Assert.AreEqual(new DateTime(2024, 2, 29, 12, 0, 0), data.GetColumn<DateTime>("Time").Single());
    }

    [TestMethod]
    public void Null_and_absence_are_missing_where_there_is_a_missing_value()
    {
        IEnumerable<IReadOnlyDictionary<string, object?>> rows =
            [new Dictionary<string, object?> { ["Single"] = null, ["Class"] = "never seen", ["Int"] = 1, ["Flag"] = false, ["Time"] = DateTime.UnixEpoch, ["Fixed"] = new float[3] }];
        var data = Views.ML.Data.LoadFromEnumerable(rows, s_schema);
        Assert.IsTrue(float.IsNaN(data.GetColumn<float>("Single").Single()));
        Assert.IsTrue(double.IsNaN(data.GetColumn<double>("Double").Single()));
        Assert.AreEqual("", data.GetColumn<string>("Text").Single());
        Assert.AreEqual(0u, data.GetColumn<uint>("Key").Single());
        Assert.IsNull(data.GetColumn<string>("Class").Single());
        Assert.IsEmpty(data.GetColumn<double[]>("Ragged").Single());
    }

    [TestMethod]
    [DataRow("Single", "5.1", "Row 0, column 'Single' of type Single: '5.1', a String, is given; a number is needed.")]
    [DataRow("Single", 1e300, "a smaller number is needed")]
    [DataRow("Single", true, "'true', a Boolean, is given; a number is needed")]
    [DataRow("Int", 2.5, "a whole number is needed")]
    [DataRow("Int", 3_000_000_000L, "a number in the range of Int32 is needed")]
    [DataRow("Int", double.NaN, "a number in the range of Int32 is needed")]
    [DataRow("Int", null, "null is given; a number is needed")]
    [DataRow("Flag", 1, "true or false is needed")]
    [DataRow("Text", 1, "text is needed")]
    [DataRow("Key", 4, "a key from 1 to 3 is needed")]
    [DataRow("Key", -1, "a number in the range of UInt64 is needed")]
    [DataRow("Fixed", new[] { 1f }, "it has 1 values; 3 are needed")]
    [DataRow("Fixed", null, "it is null; 3 values are needed")]
    [DataRow("Fixed", "abc", "is not a sequence of values")]
    [DataRow("Fixed", 5, "is not a sequence of values")]
    [DataRow("Ragged", new[] { "x" }, "'x', a String, is given; a number is needed")]
    [DataRow("Time", "yesterday", "a date and time is needed")]
    [DataRow("Time", null, "a date and time is needed")]
    public void A_value_that_its_column_cannot_hold_is_named(string column, object? value, string message)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(s_schema[column].Detach());
        var data = Views.ML.Data.LoadFromEnumerable([new Dictionary<string, object?> { [column] = value }], schema.ToSchema());
        Assert.Contains(message, Assert.ThrowsExactly<DataException>(() => data.Preview()).Message);
    }

    [TestMethod]
    public void Dictionaries_need_a_schema() =>
        Assert.Contains("Give their schema",
            Assert.ThrowsExactly<ArgumentException>(() => Views.ML.Data.LoadFromEnumerable(new List<Dictionary<string, object?>>())).Message);

    private static DataViewSchema Schema()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Single", NumberDataViewType.Single);
        schema.AddColumn("Double", NumberDataViewType.Double);
        schema.AddColumn("Int", NumberDataViewType.Int32);
        schema.AddColumn("Flag", BooleanDataViewType.Instance);
        schema.AddColumn("Text", TextDataViewType.Instance);
        schema.AddColumn("Class", new KeyDataViewType(2), new DataViewSchema.Annotations.Builder().AddKeyValues(["a", "b"]).ToAnnotations());
        schema.AddColumn("Key", new KeyDataViewType(3));
        schema.AddColumn("Fixed", new VectorDataViewType(NumberDataViewType.Single, 3));
        schema.AddColumn("Ragged", new VectorDataViewType(NumberDataViewType.Double));
        schema.AddColumn("Time", DateTimeDataViewType.Instance);
        return schema.ToSchema();
    }
}
