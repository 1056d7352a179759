using System.Data;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Formats.Database;

[TestClass]
public sealed class DatabaseLoaderTests
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));

    [TestMethod]
    public void Fields_become_columns_by_name_place_and_range()
    {
        using var table = Iris();
        var provider = new TableProvider(table);
        var loader = _data.CreateDatabaseLoader(
            new DatabaseLoader.Column { Name = "Label", Type = DbType.Int32 },
            new DatabaseLoader.Column("Sepal", DbType.Single, 1, 2),
            new DatabaseLoader.Column("Petal", DbType.Double, [new DatabaseLoader.Range("petallength"), new DatabaseLoader.Range("PetalWidth")]),
            new DatabaseLoader.Column("Width", DbType.Single, 4),
            new DatabaseLoader.Column("One", DbType.Single, [new DatabaseLoader.Range(3) { ForceVector = true }]));
        var view = loader.Load(new DatabaseSource(provider, "", "SELECT * FROM iris", 7));

        Assert.AreEqual("Label:Int32 Sepal:Vector<Single, 2> Petal:Vector<Double, 2> Width:Single One:Vector<Single, 1>", view.Types());
        Assert.AreEqual(loader.GetOutputSchema().ToString(), view.Schema.ToString());
        CollectionAssert.AreEqual(new[] { "petallength", "PetalWidth" }, view.Schema["Petal"].SlotNamesOrDefault().ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1 }, view.Column<int>("Label"));
        CollectionAssert.AreEqual(new[] { 5.1f, 3.5f, 7, 3.2f }, view.Vectors("Sepal").SelectMany(r => r).ToArray());
        CollectionAssert.AreEqual(new[] { 0.2f, float.NaN }, view.Numbers("Width"));
        Assert.AreEqual(7, provider.LastTimeout);
        Assert.AreEqual(0, provider.Open);
        Assert.IsGreaterThan(2, provider.Connections, "Each pass connects anew.");
        Assert.AreEqual("database command 'SELECT * FROM iris'", view.Lineage.Source);
    }

    [TestMethod]
    public void Members_of_a_type_become_columns()
    {
        using var table = Iris();
        var view = _data.CreateDatabaseLoader<IrisRow>().Load(new DatabaseSource(new TableProvider(table), "", "x"));
        Assert.AreEqual("Class:Key<3> Lengths:Vector<Single, 2> Rest:Vector<Single, 3> PetalWidth:Single", view.Types().Replace("Target", "Class", StringComparison.Ordinal));
        CollectionAssert.AreEqual(new[] { 0u, 1u }, view.Column<uint>("Target"));
        CollectionAssert.AreEqual(new[] { 5.1f, 1.4f, 7, 4.7f }, view.Vectors("Lengths").SelectMany(r => r).ToArray());
        CollectionAssert.AreEqual(new[] { 3.5f, 1.4f, 0.2f }, view.Vectors("Rest")[0]);
    }

    [TestMethod]
    public void A_result_describes_itself()
    {
        using var table = new DataTable();
        table.Columns.Add("n", typeof(int));
        table.Columns.Add("d", typeof(decimal));
        table.Columns.Add("t", typeof(string));
        table.Columns.Add("b", typeof(bool));
        table.Columns.Add("when", typeof(DateTime));
        table.Columns.Add("span", typeof(TimeSpan));
        table.Columns.Add("offset", typeof(DateTimeOffset));
        table.Columns.Add("g", typeof(Guid));
        var time = new DateTime(2024, 2, 29, 1, 2, 3);
        var offset = new DateTimeOffset(time, TimeSpan.FromHours(2));
        table.Rows.Add(1, 0.5m, "a", true, time, TimeSpan.FromMinutes(1), offset, Guid.Empty);
        table.Rows.Add(DBNull.Value, DBNull.Value, DBNull.Value, false, time, TimeSpan.Zero, offset, DBNull.Value);
        var view = _data.LoadFromDatabase(new DatabaseSource(new TableProvider(table), "", "x"));

        Assert.AreEqual("n:Single d:Single t:Text b:Boolean when:DateTime span:TimeSpan offset:DateTimeOffset g:Text", view.Types());
        CollectionAssert.AreEqual(new[] { 1, float.NaN }, view.Numbers("n"));
        CollectionAssert.AreEqual(new[] { 0.5f, float.NaN }, view.Numbers("d"));
        CollectionAssert.AreEqual(new[] { "a", "" }, view.Texts("t"));
        CollectionAssert.AreEqual(new[] { true, false }, view.Column<bool>("b"));
        CollectionAssert.AreEqual(new[] { time, time }, view.Column<DateTime>("when"));
        CollectionAssert.AreEqual(new[] { offset, offset }, view.Column<DateTimeOffset>("offset"));
        CollectionAssert.AreEqual(new[] { "00000000-0000-0000-0000-000000000000", "" }, view.Texts("g"));
    }

    [TestMethod]
    public void Values_are_converted_where_nothing_is_lost()
    {
        Assert.AreEqual((byte)200, Read<byte>(200L, DbType.Byte));
        Assert.AreEqual(ulong.MaxValue, Read<ulong>((decimal)ulong.MaxValue, DbType.UInt64));
        Assert.AreEqual(3, Read<int>(3.0, DbType.Int32));
        Assert.AreEqual(-7L, Read<long>("-7", DbType.Int64));
        Assert.AreEqual(1.5f, Read<float>("1.5", DbType.Single));
        Assert.AreEqual(1f, Read<float>(true, DbType.Single));
        Assert.AreEqual(5.0, Read<double>((ushort)5, DbType.Double));
        Assert.AreEqual(0.25, Read<double>(0.25m, DbType.Decimal));
        Assert.IsTrue(Read<bool>(1, DbType.Boolean));
        Assert.AreEqual("2024-01-02", Read<ReadOnlyMemory<char>>(new DateOnly(2024, 1, 2), DbType.String).ToString());
        Assert.AreEqual("0.1", Read<ReadOnlyMemory<char>>(0.1, DbType.String).ToString());
        Assert.AreEqual(new DateTime(2024, 1, 2), Read<DateTime>(new DateOnly(2024, 1, 2), DbType.Date));
        Assert.AreEqual(new DateTime(2024, 1, 2, 3, 4, 5), Read<DateTime>("2024-01-02 03:04:05", DbType.DateTime));
        Assert.AreEqual(TimeSpan.FromHours(1), Read<TimeSpan>(new TimeOnly(1, 0), DbType.Time));
        Assert.AreEqual(TimeSpan.Zero, Read<DateTimeOffset>(new DateTime(2024, 1, 2), DbType.DateTimeOffset).Offset);
        Assert.AreEqual((byte)2, Read<byte>(2, DbType.Byte, new KeyCount(2)));
        Assert.AreEqual(0u, Read<uint>(DBNull.Value, DbType.UInt32, new KeyCount(2)));
    }

    [TestMethod]
    public void What_does_not_fit_is_an_error_with_row_and_field()
    {
        string Error<T>(object value, DbType type, KeyCount? keys = null) =>
            Assert.ThrowsExactly<DataException>(() => Read<T>(value, type, keys)).Message;
        Assert.AreEqual("Row 0 of the database command, field 'v' has '300'; expected a value of Byte.", Error<byte>(300, DbType.Byte));
        StringAssert.Contains(Error<int>(2.5, DbType.Int32), "has '2.5'; expected a value of Int32");
        StringAssert.Contains(Error<int>(double.NaN, DbType.Int32), "expected a value of Int32");
        StringAssert.Contains(Error<int>(1e300, DbType.Int32), "expected a value of Int32");
        StringAssert.Contains(Error<uint>(-1, DbType.UInt32), "has '-1'");
        StringAssert.Contains(Error<float>("x", DbType.Single), "has 'x'");
        StringAssert.Contains(Error<bool>(2, DbType.Boolean), "has '2'");
        StringAssert.Contains(Error<uint>(3, DbType.UInt32, new KeyCount(2)), "expected a value of Key<2>");
        StringAssert.Contains(Error<int>(DBNull.Value, DbType.Int32), "field 'v' is NULL, and Int32 has no missing value");
        StringAssert.Contains(Error<bool>(DBNull.Value, DbType.Boolean), "is NULL");
    }

    [TestMethod]
    public void Wrong_columns_are_errors_that_list_the_fields()
    {
        using var table = Iris();
        var provider = new TableProvider(table);
        var source = new DatabaseSource(provider, "", "x");
        var missing = _data.CreateDatabaseLoader(new DatabaseLoader.Column { Name = "SepalLenght" }).Load(source);
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => missing.Numbers("SepalLenght")).Message, "There is no field 'SepalLenght'. Did you mean 'SepalLength'?");
        var beyond = _data.CreateDatabaseLoader(new DatabaseLoader.Column("x", DbType.Single, 3, 5)).Load(source);
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => beyond.Vectors("x")).Message, "is read from field 5; the command gives 5 fields");
        Assert.AreEqual(0, provider.Open);

        Assert.ThrowsExactly<ArgumentException>(() => _data.CreateDatabaseLoader());
        Assert.ThrowsExactly<ArgumentException>(() => _data.CreateDatabaseLoader(new DatabaseLoader.Column("x", DbType.Binary, 0)));
        Assert.ThrowsExactly<ArgumentException>(() => _data.CreateDatabaseLoader(new DatabaseLoader.Column("x", DbType.Single, [new DatabaseLoader.Range(0)], new KeyCount(3))));
        Assert.ThrowsExactly<ArgumentException>(() => _data.CreateDatabaseLoader(new DatabaseLoader.Column()));
        using var bytes = new DataTable();
        bytes.Columns.Add("blob", typeof(byte[]));
        var error = Assert.ThrowsExactly<SchemaException>(() => _data.LoadFromDatabase(new DatabaseSource(new TableProvider(bytes), "", "x")));
        StringAssert.Contains(error.Message, "Field 'blob' is of type Byte[]");
    }

    [TestMethod]
    public void A_cancelled_pass_closes_the_connection()
    {
        using var table = Iris();
        var provider = new TableProvider(table);
        var view = _data.LoadFromDatabase(new DatabaseSource(provider, "", "x"));
        using var stop = new CancellationTokenSource();
        using (var cursor = view.GetBatchCursor(view.Schema, stop.Token))
        {
            Assert.IsTrue(cursor.MoveNext());
            stop.Cancel();
            Assert.Throws<OperationCanceledException>(() => cursor.MoveNext());
        }
        Assert.AreEqual(0, provider.Open);
    }

    private T Read<T>(object value, DbType type, KeyCount? keys = null)
    {
        using var table = new DataTable();
        table.Columns.Add("v", value is DBNull ? typeof(int) : value.GetType());
        table.Rows.Add(value);
        var loader = _data.CreateDatabaseLoader(new DatabaseLoader.Column("v", type, [new DatabaseLoader.Range("v")], keys));
        return loader.Load(new DatabaseSource(new TableProvider(table), "", "x")).Column<T>("v")[0];
    }

    private static DataTable Iris()
    {
        var table = new DataTable();
        table.Columns.Add("Label", typeof(int));
        foreach (string name in new[] { "SepalLength", "SepalWidth", "PetalLength" }) table.Columns.Add(name, typeof(double));
        table.Columns.Add("PetalWidth", typeof(float));
        table.Rows.Add(0, 5.1, 3.5, 1.4, 0.2f);
        table.Rows.Add(1, 7.0, 3.2, 4.7, DBNull.Value);
        return table;
    }

    private sealed class IrisRow
    {
        [LoadColumnName("Label"), ColumnName("Target"), KeyType(3)]
        public uint Class { get; set; }

        [LoadColumnName("SepalLength", "PetalLength")]
        public float[] Lengths { get; set; } = [];

        [LoadColumn(2, 4)]
        public float[] Rest { get; set; } = [];

        public float PetalWidth { get; set; }
    }
}
