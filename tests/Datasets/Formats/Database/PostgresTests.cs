using System.Data;
using MLPath.Data;
using MLPath.Runtime;
using Npgsql;

namespace MLPath.Tests.Datasets.Formats.Database;

/// <summary>Loading from a real PostgreSQL.</summary>
[TestClass]
public sealed class PostgresTests
{
    private static PostgresServer? s_server;

    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));

    [ClassInitialize]
    public static void Start(TestContext context)
    {
        s_server = PostgresServer.Start();
        using var connection = new NpgsqlConnection(s_server.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE sample (id bigint PRIMARY KEY, i2 smallint, i4 integer, r4 real, r8 double precision, n numeric(10,2), b boolean,
                t text, d date, ts timestamp, tz timestamptz, tm time, iv interval, u uuid);
            INSERT INTO sample SELECT g, g % 100, g * 2, g / 4.0, g / 8.0, g / 100.0, g % 2 = 0, 'text ' || g, date '2024-02-29',
                timestamp '2024-02-29 01:02:03', timestamptz '2024-02-29 01:02:03+02', time '01:02:03', interval '90 minutes',
                '00000000-0000-0000-0000-000000000001' FROM generate_series(1, 3000) g;
            INSERT INTO sample (id) VALUES (3001);
            """;
        command.ExecuteNonQuery();
    }

    [ClassCleanup]
    public static void Stop() => s_server?.Dispose();

    [TestMethod]
    public void A_result_describes_itself()
    {
        var view = _data.LoadFromDatabase(Source("SELECT * FROM sample WHERE id <= 3000 ORDER BY id"));
        Assert.AreEqual(
            "id:Single i2:Single i4:Single r4:Single r8:Single n:Single b:Boolean t:Text d:DateTime ts:DateTime tz:DateTime tm:TimeSpan iv:TimeSpan u:Text",
            view.Types());
        CollectionAssert.AreEqual(Enumerable.Range(1, 3000).Select(i => (float)i).ToArray(), view.Numbers("id"));
        CollectionAssert.AreEqual(Enumerable.Range(1, 3000).Select(i => i / 4f).ToArray(), view.Numbers("r4"));
        CollectionAssert.AreEqual(Enumerable.Range(1, 3000).Select(i => (float)(i / 100.0)).ToArray(), view.Numbers("n"));
        CollectionAssert.AreEqual(Enumerable.Range(1, 3000).Select(i => $"text {i}").ToArray(), view.Texts("t"));
        Assert.IsTrue(view.Column<bool>("b")[1]);
        Assert.AreEqual(new DateTime(2024, 2, 29), view.Column<DateTime>("d")[0]);
        Assert.AreEqual(new DateTime(2024, 2, 29, 1, 2, 3), view.Column<DateTime>("ts")[0]);
        Assert.AreEqual(new DateTime(2024, 2, 28, 23, 2, 3, DateTimeKind.Utc), view.Column<DateTime>("tz")[0]);
        Assert.AreEqual(new TimeSpan(1, 2, 3), view.Column<TimeSpan>("tm")[0]);
        Assert.AreEqual(TimeSpan.FromMinutes(90), view.Column<TimeSpan>("iv")[0]);
        Assert.AreEqual("00000000-0000-0000-0000-000000000001", view.Texts("u")[0]);
    }

    [TestMethod]
    public void Types_ranges_and_keys_are_as_asked()
    {
        var loader = _data.CreateDatabaseLoader(
            new DatabaseLoader.Column("id", DbType.Int64, 0),
            new DatabaseLoader.Column("Features", DbType.Single, 2, 5),
            new DatabaseLoader.Column("i2", DbType.UInt32, [new DatabaseLoader.Range("i2")], new KeyCount(99)),
            new DatabaseLoader.Column("tz", DbType.DateTimeOffset, [new DatabaseLoader.Range("tz")]),
            new DatabaseLoader.Column("n", DbType.String, [new DatabaseLoader.Range("n")]));
        var view = loader.Load(Source("SELECT * FROM sample WHERE id <= 3000 ORDER BY id DESC"));
        Assert.AreEqual(3000L, view.Column<long>("id")[0]);
        CollectionAssert.AreEqual(new[] { 6000f, 750, 375, 30 }, view.Vectors("Features")[0]);
        Assert.AreEqual(99u, view.Column<uint>("i2")[1]);
        Assert.AreEqual(new DateTimeOffset(2024, 2, 28, 23, 2, 3, TimeSpan.Zero), view.Column<DateTimeOffset>("tz")[0]);
        Assert.AreEqual("30.00", view.Texts("n")[0]);
    }

    [TestMethod]
    public void Null_is_missing_where_there_is_a_missing_value()
    {
        var view = _data.LoadFromDatabase(Source("SELECT id, r8, t FROM sample WHERE id = 3001"));
        Assert.IsTrue(float.IsNaN(view.Numbers("r8")[0]));
        Assert.AreEqual("", view.Texts("t")[0]);
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromDatabase(Source("SELECT b FROM sample WHERE id = 3001")).Column<bool>("b"));
        StringAssert.Contains(error.Message, "field 'b' is NULL, and Boolean has no missing value");
    }

    [TestMethod]
    public void Passes_stop_early_and_side_by_side()
    {
        var view = _data.LoadFromDatabase(Source("SELECT id FROM sample ORDER BY id"));
        using var first = view.GetBatchCursor(view.Schema);
        using var second = view.GetBatchCursor(view.Schema);
        Assert.IsTrue(first.MoveNext());
        Assert.IsTrue(second.MoveNext());
        Assert.IsTrue(second.MoveNext());
        Assert.AreEqual(1f, first.Current.Scalars<float>(0)[0]);
        Assert.AreEqual(1025f, second.Current.Scalars<float>(0)[0]);
    }

    [TestMethod]
    public void A_long_command_can_be_cancelled()
    {
        var loader = _data.CreateDatabaseLoader(new DatabaseLoader.Column("x", DbType.Int32, 0));
        var view = loader.Load(Source("SELECT count(*)::int FROM generate_series(1, 100000000000) a"));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.Throws<OperationCanceledException>(() =>
        {
            using var cursor = view.GetBatchCursor(view.Schema, stop.Token);
            cursor.MoveNext();
        });
    }

    [TestMethod]
    public void Errors_of_the_database_come_as_they_are()
    {
        var error = Assert.ThrowsExactly<PostgresException>(() => _data.LoadFromDatabase(Source("SELECT * FROM nothing")));
        Assert.AreEqual("42P01", error.SqlState);
    }

    private static DatabaseSource Source(string command) => new(NpgsqlFactory.Instance, s_server!.ConnectionString, command);
}
