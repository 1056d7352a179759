using MLPath.Data;
using MLPath.Tests.Transforms;

namespace MLPath.Tests.Data;

/// <summary>Row cursors over batches, and batches over a view of a user's own that only offers cursors.</summary>
[TestClass]
public sealed class CursorAdapterTests
{
    private const int Rows = 2500; // two full batches and a part

    private static InMemoryDataView Data { get; } = Tables.Annotated(
        ("X", Tables.Singles([.. Enumerable.Range(0, Rows).Select(i => i / 2f)]), DataViewSchema.Annotations.Empty),
        ("T", Tables.Texts([.. Enumerable.Range(0, Rows).Select(i => $"text {i}")]), DataViewSchema.Annotations.Empty),
        ("K", Tables.Keys(7, [.. Enumerable.Range(0, Rows).Select(i => (uint)(i % 8))]), Tables.KeyValues("a", "b", "c", "d", "e", "f", "g")),
        ("S", Tables.Sparse([.. Enumerable.Range(0, Rows).Select(i => (float[])[0, i % 3, 0, i % 5])]), DataViewSchema.Annotations.Empty),
        ("W", Tables.Ragged(TextDataViewType.Instance, [.. Enumerable.Range(0, Rows).Select(i => Tables.Words([.. Enumerable.Range(0, i % 4).Select(j => $"w{i}.{j}")]))]), DataViewSchema.Annotations.Empty),
        ("P", Tables.Sparse(TextDataViewType.Instance, [.. Enumerable.Range(0, Rows).Select(i => Tables.Words("", i % 2 == 0 ? $"p{i}" : "", "z"))]), DataViewSchema.Annotations.Empty));

    [TestMethod]
    public void A_view_that_only_offers_cursors_gives_the_same_batches()
    {
        var own = new CursorOnly(Data);
        Assert.AreEqual(DataFingerprint.Compute(Data), DataFingerprint.Compute(own));
        Assert.AreEqual(DataFingerprint.Compute(Data), DataFingerprint.Compute(InMemoryDataView.Load(own)), "Text is copied out of memory that the cursor uses again.");
        using var cursor = ((IDataView)own).GetBatchCursor([own.Schema["X"]]);
        List<(long, int)> batches = [];
        while (cursor.MoveNext())
            batches.Add((cursor.Current.Position, cursor.Current.Count));
        CollectionAssert.AreEqual(((long, int)[])[(0, 1024), (1024, 1024), (2048, 452)], batches);
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.Current[own.Schema["T"].Index]);
    }

    [TestMethod]
    public void A_cursor_over_batches_gives_every_row_in_order()
    {
        using var cursor = Data.GetRowCursor(Data.Schema);
        var x = cursor.GetGetter<float>(Data.Schema["X"]);
        var s = cursor.GetGetter<VBuffer<float>>(Data.Schema["S"]);
        var id = cursor.GetIdGetter();
        float value = 0;
        VBuffer<float> vector = default;
        DataViewRowId rowId = default;
        Assert.AreEqual(-1, cursor.Position);
        for (int row = 0; row < Rows; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            Assert.AreEqual(row, cursor.Position);
            x(ref value);
            s(ref vector);
            id(ref rowId);
            Assert.AreEqual(row / 2f, value);
            Assert.AreEqual(row % 5, vector.GetItemOrDefault(3));
            Assert.AreEqual((ulong)row, rowId.Low);
        }

        Assert.IsFalse(cursor.MoveNext());
        Assert.IsFalse(cursor.MoveNext());
        Assert.AreEqual(-1, cursor.Position);
    }

    [TestMethod]
    public void A_cursor_set_of_one_gives_all_rows()
    {
        var cursors = ((IDataView)Data).GetRowCursorSet(Data.Schema, 4);
        int rows = 0;
        foreach (var cursor in cursors)
        {
            while (cursor.MoveNext())
                rows++;
            cursor.Dispose();
        }

        Assert.AreEqual(Rows, rows);
    }

    [TestMethod]
    public void Getters_of_the_wrong_type_column_or_moment_are_refused()
    {
        using var cursor = Data.GetRowCursor([Data.Schema["X"]]);
        Assert.IsTrue(cursor.IsColumnActive(Data.Schema["X"]));
        Assert.IsFalse(cursor.IsColumnActive(Data.Schema["T"]));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(Data.Schema["T"])).Message, "'T' was not asked for");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => cursor.GetGetter<double>(Data.Schema["X"])).Message, "'X' is Single");
        Assert.ThrowsExactly<ArgumentException>(() => cursor.GetGetter<float>(Tables.Of(("X", Tables.Singles(1))).Schema["X"]));
        float value = 0;
        var getter = cursor.GetGetter<float>(Data.Schema["X"]);
        Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref value));
    }

    [TestMethod]
    public void A_vector_of_another_size_than_promised_is_an_error_that_names_the_column()
    {
        var promised = new DataViewSchema.Builder();
        promised.AddColumn("V", new VectorDataViewType(NumberDataViewType.Single, 3));
        var liar = new Liar(promised.ToSchema());
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => InMemoryDataView.Load(liar)).Message, "'V' promises vectors of 3 values; a row has 2");
    }

    [TestMethod]
    public void Cancellation_ends_a_pass()
    {
        foreach (IDataView view in (IDataView[])[Data, new CursorOnly(Data)])
        {
            using var source = new CancellationTokenSource();
            using var cursor = view.GetBatchCursor(view.Schema, source.Token);
            Assert.IsTrue(cursor.MoveNext());
            source.Cancel();
            Assert.ThrowsExactly<OperationCanceledException>(() => cursor.MoveNext());
        }
    }

    private sealed class Liar(DataViewSchema schema) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema => schema;

        public long? GetRowCount() => null;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(schema);

        private sealed class Cursor(DataViewSchema schema) : DataViewRowCursor
        {
            public override long Position => 0;

            public override long Batch => 0;

            public override DataViewSchema Schema => schema;

            public override bool MoveNext() => true;

            public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = default;

            public override bool IsColumnActive(DataViewSchema.Column column) => true;

            public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
                (ref TValue value) => value = (TValue)(object)new VBuffer<float>(2, [1, 2]);
        }
    }
}
