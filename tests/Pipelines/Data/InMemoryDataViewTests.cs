using MLPath.Data;
using MLPath.Tests.Transforms;

namespace MLPath.Tests.Data;

[TestClass]
public sealed class InMemoryDataViewTests
{
    [TestMethod]
    public void A_pass_slices_columns_without_copying()
    {
        float[] values = [.. Enumerable.Range(0, 3000).Select(i => (float)i)];
        var data = Tables.Of(("X", Tables.Singles(values)));
        using var cursor = data.GetBatchCursor(data.Schema);
        int next = 0;
        while (cursor.MoveNext())
        {
            Assert.IsTrue(cursor.Current.Scalars<float>(0) == values.AsSpan(next, cursor.Current.Count));
            Assert.AreEqual(next, cursor.Current.Position);
            next += cursor.Current.Count;
        }

        Assert.AreEqual(3000, next);
        Assert.AreEqual(3000L, data.GetRowCount());
    }

    [TestMethod]
    public void Columns_must_fit_the_schema_and_each_other()
    {
        var schema = Tables.Of(("X", Tables.Singles()), ("T", Tables.Texts())).Schema;
        Assert.ThrowsExactly<ArgumentException>(() => new InMemoryDataView(schema, [Tables.Singles(1)]));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new InMemoryDataView(schema, [Tables.Singles(1), Tables.Doubles(1)])).Message, "'T' is Text; its values are Double");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new InMemoryDataView(schema, [Tables.Singles(1), Tables.Texts()])).Message, "'T' has 0 rows; 'X' has 1");
    }

    [TestMethod]
    public void A_batch_refuses_to_be_read_as_another_type()
    {
        var data = Tables.Of(("X", Tables.Singles(1)), ("V", Tables.Dense([1])));
        using var cursor = data.GetBatchCursor(data.Schema);
        cursor.MoveNext();
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => cursor.Current.Scalars<double>(0)).Message, "Column 'X' is Single");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => cursor.Current.Vectors<double>(1)).Message, "Column 'V' is Vector<Single, 1>");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => cursor.Current.Scalars<float>(1)).Message, "read as Single");
    }

    [TestMethod]
    public void Loading_joins_dense_and_sparse_batches()
    {
        foreach (bool denseFirst in (bool[])[true, false])
        {
            var loaded = InMemoryDataView.Load(new Mixed(denseFirst));
            CollectionAssert.AreEqual((float[])[0, 1, 0, 2], loaded.Rows<float>("V").SelectMany(r => r).ToArray()[..4]);
            Assert.AreEqual(6L, loaded.GetRowCount());
            Assert.AreSame(loaded, InMemoryDataView.Load(loaded));
        }
    }

    [TestMethod]
    public void The_fingerprint_is_that_of_the_values_however_they_are_stored_and_batched()
    {
        float[][] rows = [[0, 1], [2, 0], [0, float.NaN]];
        var dense = Tables.Of(("V", Tables.Dense(rows)), ("T", Tables.Texts("a", "bc", "")));
        string fingerprint = DataFingerprint.Compute(dense);
        Assert.AreEqual(fingerprint, DataFingerprint.Compute(Tables.Of(("V", Tables.Sparse(rows)), ("T", Tables.Texts("a", "bc", "")))));
        Assert.AreEqual(fingerprint, DataFingerprint.Compute(new Rebatched(dense, 1)));
        Assert.AreEqual(fingerprint, dense.Lineage.Fingerprint);
        Assert.AreNotEqual(fingerprint, DataFingerprint.Compute(Tables.Of(("V", Tables.Dense(rows)), ("T", Tables.Texts("ab", "c", "")))));
        Assert.AreNotEqual(fingerprint, DataFingerprint.Compute(Tables.Of(("W", Tables.Dense(rows)), ("T", Tables.Texts("a", "bc", "")))));
        rows[1][1] = -0f;
        Assert.AreNotEqual(fingerprint, DataFingerprint.Compute(Tables.Of(("V", Tables.Dense(rows)), ("T", Tables.Texts("a", "bc", "")))));
    }

    [TestMethod]
    public void The_fingerprint_of_times_is_that_of_their_parts()
    {
        var time = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));
        Assert.AreEqual(Of(time), Of(new DateTimeOffset(time.Ticks, time.Offset)));
        Assert.AreNotEqual(Of(time), Of(time.ToOffset(TimeSpan.Zero)), "The same moment, another offset.");
        Assert.AreNotEqual(Of(time), Of(time.AddTicks(1)));

        static string Of(DateTimeOffset value) => DataFingerprint.Compute(Tables.Of(("D", Tables.Scalars(DateTimeOffsetDataViewType.Instance, value))));
    }

    [TestMethod]
    public void Lineage_tells_what_was_done_and_on_what_it_was_fitted()
    {
        var ml = new MLContext();
        var (train, test) = (Tables.Of(("X", Tables.Singles(1, 2))), Tables.Of(("X", Tables.Singles(5))));
        var model = ml.Transforms.NormalizeMinMax("X").Fit(train);
        var made = model.Transform(test);
        Assert.AreEqual("objects in memory", made.Lineage.Source);
        Assert.AreEqual("NormalizeMinMax(X)", made.Lineage.Steps.Single().Description);
        Assert.AreEqual(train.Lineage.Fingerprint, made.Lineage.Steps.Single().FittedOn!.Fingerprint);
        Assert.AreNotEqual(test.Lineage.Fingerprint, made.Lineage.Fingerprint);
        Assert.AreEqual(model.Transform(Tables.Of(("X", Tables.Singles(5)))).Lineage.Fingerprint, made.Lineage.Fingerprint);
        Assert.AreNotEqual(ml.Transforms.NormalizeMinMax("X").Fit(test).Transform(test).Lineage.Fingerprint, made.Lineage.Fingerprint);
    }

    private sealed class Mixed(bool denseFirst) : BatchDataView
    {
        private static readonly InMemoryDataView s_dense = Tables.Of(("V", Tables.Dense([0, 1], [0, 2], [3, 4])));
        private static readonly InMemoryDataView s_sparse = Tables.Of(("V", Tables.Sparse([0, 1], [0, 2], [3, 4])));

        public override DataViewSchema Schema => s_dense.Schema;

        public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
            new Cursor(denseFirst ? [s_dense, s_sparse] : [s_sparse, s_dense], Schema);

        private sealed class Cursor(InMemoryDataView[] parts, DataViewSchema schema) : BatchCursor
        {
            private int _next;

            public override RowBatch Current { get; } = new(schema);

            public override bool MoveNext()
            {
                if (_next == parts.Length)
                    return false;
                Current.Set(0, parts[_next].GetColumn(0));
                Current.SetRows(3 * _next++, 3);
                return true;
            }
        }
    }
}
