using MLPath.Data;

namespace MLPath.Tests.DataOperations;

[TestClass]
public sealed class RowOperationTests
{
    private static DataOperationsCatalog Data => Views.ML.Data;

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(1023)]
    [DataRow(2500)]
    [DataRow(9000)]
    public void TakeRows_gives_the_first_rows(int count) =>
        CollectionAssert.AreEqual(
            Enumerable.Range(0, Math.Min(count, 3000)).ToList(), Views.SameForAllKinds(3000, view => Data.TakeRows(view, count)));

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2500)]
    [DataRow(9000)]
    public void SkipRows_gives_the_others(int count) =>
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 3000).Skip(count).ToList(), Views.SameForAllKinds(3000, view => Data.SkipRows(view, count)));

    [TestMethod]
    public void TakeRows_does_not_read_further()
    {
        var rows = Enumerable.Range(0, 5000).Select(i => i < 2048 ? Item.Sample(i) : throw new InvalidOperationException("too far"));
        var data = Data.LoadFromEnumerable(rows);
        Assert.HasCount(1500, Views.Ids(Data.TakeRows(data, 1500)));
    }

    [TestMethod]
    public void ShuffleRows_gives_all_rows_in_an_order_of_the_seed()
    {
        var ids = Views.SameForAllKinds(3000, view => Data.ShuffleRows(view, seed: 5));
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 3000).ToList(), ids);
        CollectionAssert.AreNotEqual(ids, Views.SameForAllKinds(3000, view => Data.ShuffleRows(view, seed: 6)));
        Assert.IsGreaterThan(700, MeanDisplacement(ids), "Rows move a third of the way on average.");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(100)]
    [DataRow(5000)]
    public void ShuffleRows_mixes_a_moving_pool_where_the_source_is_not_shuffled(int pool)
    {
        var ids = Views.SameForAllKinds(3000, view => Data.ShuffleRows(view, seed: 5, shufflePoolSize: pool, shuffleSource: false));
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 3000).ToList(), ids);
        // Nothing leaves before it has entered.
        for (int i = 0; i < ids.Count; i++)
            Assert.IsLessThan(pool + (1024 * ((i / 1024) + 1)), ids[i]);
    }

    [TestMethod]
    public void FilterRowsByColumn_keeps_the_lower_bound_and_not_the_upper()
    {
        var ids = Views.SameForAllKinds(3000, view => Data.FilterRowsByColumn(view, "Number", 10, 20));
        CollectionAssert.AreEqual(Enumerable.Range(20, 20).Where(i => i % 7 != 3).ToList(), ids);
        CollectionAssert.AreEqual(
            Enumerable.Range(5, 10).ToList(), Views.SameForAllKinds(3000, view => Data.FilterRowsByColumn(view, "Id", 5, 15)));
    }

    [TestMethod]
    public void FilterRowsByColumn_without_bounds_drops_missing_numbers_alone()
    {
        var rows = Data.LoadFromEnumerable([new { X = float.NaN }, new { X = float.PositiveInfinity }, new { X = float.NegativeInfinity }, new { X = 1f }]);
        CollectionAssert.AreEqual(
            new[] { float.PositiveInfinity, float.NegativeInfinity, 1f }, Data.FilterRowsByColumn(rows, "X").GetColumn<float>("X").ToArray());
    }

    [TestMethod]
    public void FilterRowsByKeyColumnFraction_divides_keys_evenly()
    {
        List<int> Keys(double lower, double upper) => Views.SameForAllKinds(3000, view => Data.FilterRowsByKeyColumnFraction(view, "Key", lower, upper));
        Assert.IsTrue(Keys(0, 1).TrueForAll(i => i % 4 != 0));
        CollectionAssert.AreEqual(Enumerable.Range(0, 3000).Where(i => i % 4 == 1).ToList(), Keys(0, 1 / 3.0));
        CollectionAssert.AreEqual(Enumerable.Range(0, 3000).Where(i => i % 4 is 2 or 3).ToList(), Keys(1 / 3.0, 1));
    }

    [TestMethod]
    public void FilterRowsByMissingValues_looks_at_numbers_keys_and_slots()
    {
        CollectionAssert.AreEqual(Enumerable.Range(0, 500).Where(i => i % 7 != 3).ToList(),
            Views.SameForAllKinds(500, view => Data.FilterRowsByMissingValues(view, "Number")));
        CollectionAssert.AreEqual(Enumerable.Range(0, 500).Where(i => i % 4 != 0 && !(i % 11 == 0 && i % 3 != 0)).ToList(),
            Views.SameForAllKinds(500, view => Data.FilterRowsByMissingValues(view, "Key", "Sparse")));
        var texts = Data.LoadFromEnumerable(new[] { new { Id = 0, Text = "a" }, new { Id = 1, Text = "" }, new { Id = 2, Text = " " } });
        CollectionAssert.AreEqual(new[] { 0, 2 }, Views.Ids(Data.FilterRowsByMissingValues(texts, "Text")));
    }

    [TestMethod]
    public void BootstrapSample_and_its_complement_divide_the_rows()
    {
        var sample = Views.SameForAllKinds(3000, view => Data.BootstrapSample(view, seed: 3));
        var others = Views.SameForAllKinds(3000, view => Data.BootstrapSample(view, seed: 3, complement: true));
        Assert.HasCount(3000, sample);
        CollectionAssert.AreEqual(Enumerable.Range(0, 3000).ToList(), sample.Distinct().Concat(others).Order().ToList());
        // 1 − (1 − 1/n)ⁿ → 1 − 1/e = 0.632 of the rows are drawn; the standard deviation is about 0.0057.
        Assert.AreEqual(0.632, sample.Distinct().Count() / 3000.0, 0.025);
    }

    [TestMethod]
    public void Operations_on_operations_choose_the_right_rows()
    {
        static IDataView Chain(IDataView view) => Data.TakeRows(RowSubset.View(RowSubset.View(
            Data.SkipRows(view, 10), [5, 3, 3, 900, 0], "some"), [4, 3, 2, 1], "of these"), 3);
        foreach (var view in Views.AllKinds(1000))
            CollectionAssert.AreEqual(new[] { 10, 910, 13 }, Views.Ids(Chain(view)));
    }

    [TestMethod]
    public void The_fingerprint_of_a_choice_depends_on_the_rows_chosen()
    {
        var data = InMemoryDataView.Load(Views.Lazy(100));
        string Fingerprint(params int[] rows) => RowSubset.View(data, rows, "chosen").Lineage.Fingerprint;
        Assert.AreEqual(Fingerprint(1, 2), Fingerprint(1, 2));
        Assert.AreNotEqual(Fingerprint(1, 2), Fingerprint(2, 1));
        Assert.StartsWith("chosen (2 rows, ", RowSubset.View(data, [1, 2], "chosen").Lineage.Steps[^1].Description);
    }

    [TestMethod]
    public void A_pass_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Func<IDataView, IDataView>[] operations =
        [
            v => Data.TakeRows(v, 5), v => Data.ShuffleRows(v), v => Data.ShuffleRows(v, shuffleSource: false), v =>
                Data.FilterRowsByColumn(v, "Id", 1),
            v => Data.BootstrapSample(v), v => RowSubset.View(v, [3, 1], "x"), v => Data.Cache(v),
        ];
        foreach (var view in Views.AllKinds(50))
        {
            foreach (var operation in operations)
            {
                var result = operation(view);
                Assert.ThrowsExactly<OperationCanceledException>(() =>
                {
                    using var cursor = result.GetBatchCursor(result.Schema, cancelled.Token);
                    while (cursor.MoveNext())
                    {
                    }
                });
            }
        }
    }

    [TestMethod]
    public void Errors_name_the_column_and_the_remedy()
    {
        var data = Views.Lazy(10);
        Assert.Contains("Did you mean 'Number'?", Message<SchemaException>(() => Data.FilterRowsByColumn(data, "Numbers")));
        Assert.Contains("FilterRowsByKeyColumnFraction", Message<SchemaException>(() => Data.FilterRowsByColumn(data, "Key")));
        Assert.Contains("upper bound, 1, must be above the lower bound, 1", Message<ArgumentException>(() => Data.FilterRowsByColumn(data, "Id", 1, 1)));
        Assert.Contains("upper bound, NaN", Message<ArgumentException>(() => Data.FilterRowsByColumn(data, "Id", 1, double.NaN)));
        Assert.Contains("'Id' is Int32; a key is needed", Message<SchemaException>(() => Data.FilterRowsByKeyColumnFraction(data, "Id")));
        Assert.Contains(
            "0 ≤ lower ≤ upper ≤ 1", Message<ArgumentException>(() => Data.FilterRowsByKeyColumnFraction(data, "Key", 0.5, 1.5)));
        Assert.Contains("never missing", Message<SchemaException>(() => Data.FilterRowsByMissingValues(data, "Id")));
        Assert.Contains("at least one column", Message<ArgumentException>(() => Data.FilterRowsByMissingValues(data)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Data.TakeRows(data, -1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Data.SkipRows(data, -1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Data.ShuffleRows(data, shufflePoolSize: 0));
        Assert.Contains("no row 10", Message<ArgumentOutOfRangeException>(() => RowSubset.View(data, [10], "x")));
        Assert.Contains("no row -1", Message<ArgumentOutOfRangeException>(() => RowSubset.View(new CursorsOnly(data), [-1], "x")));
    }

    [TestMethod]
    [DataRow(new[] { 3, 10 })]
    [DataRow(new[] { 10, 3 })]
    public void Rows_beyond_the_end_of_a_view_of_unknown_length_are_an_error_of_the_pass(int[] rows) =>
        Assert.Contains("Row 10 was chosen, and the data have 10 rows now",
            Message<DataException>(() => Views.Ids(RowSubset.View(new CursorsOnly(Views.Lazy(10)), rows, "x"))));

    private static double MeanDisplacement(List<int> ids) => ids.Select((id, i) => Math.Abs((double)id - i)).Average();

    private static string Message<TException>(Action action) where TException : Exception => Assert.ThrowsExactly<TException>(
        action).Message;
}
