using MLPath.Data;
using MLPath.Tests.DataOperations;

namespace MLPath.Tests.Splits;

[TestClass]
public sealed class FoldStrategyTests
{
    private static readonly FoldStrategy[] s_partitions =
    [
        new KFold(4, Seed: 3), new KFold(4, Shuffle: false), new StratifiedKFold("Class", 4, Seed: 3), new StratifiedKFold("Text", 4, Shuffle: false),
        new GroupKFold("Group", 4, Seed: 3), new GroupKFold("Group", 4, Shuffle: false), new StratifiedGroupKFold("Key", "Group", 4, Seed: 3),
        new StratifiedGroupKFold("Number", "Group", 4, Shuffle: false), new PredefinedFolds("Class"),
    ];

    public static IEnumerable<object[]> Partitions => s_partitions.Select(s => new object[] { s });

    [TestMethod]
    [DynamicData(nameof(Partitions))]
    public void Each_row_is_tested_once_and_learned_from_in_all_other_folds(FoldStrategy strategy)
    {
        var plan = strategy.Split(FoldData.Mixed(203));
        CollectionAssert.AreEqual(Enumerable.Range(0, 203).ToList(), plan.Splits.SelectMany(s => s.Test).Order().ToList());
        foreach (var split in plan.Splits)
        {
            CollectionAssert.AreEqual(Enumerable.Range(0, 203).ToList(), split.Train.Concat(split.Test).Order().ToList());
            CollectionAssert.AreEqual(split.Train.Order().ToList(), split.Train);
            CollectionAssert.AreEqual(split.Test.Order().ToList(), split.Test);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Partitions))]
    public void Splits_are_a_function_of_data_and_seed(FoldStrategy strategy)
    {
        var data = FoldData.Mixed(203);
        string[] kinds = [.. new[] { data, InMemoryDataView.Load(data), new CursorsOnly(data), new Rebatched(InMemoryDataView.Load(data), 7) }
            .Select(view => Text(strategy.Split(view))).Distinct()];
        Assert.HasCount(1, kinds);
        Assert.AreEqual(strategy.IsRandom, Text((strategy with { Seed = 4 }).Split(data)) != kinds[0]);
    }

    [TestMethod]
    public void Folds_have_equal_sizes_to_one_row()
    {
        foreach (int n in (int[])[10, 11, 19, 20])
        {
            foreach (int folds in (int[])[2, 3, 5])
            {
                int[] sizes = [.. new KFold(folds).Split(FoldData.Of(new int[n])).Splits.Select(s => s.Test.Length)];
                Assert.IsLessThanOrEqualTo(1, sizes.Max() - sizes.Min());
                sizes = [.. new StratifiedKFold("Class", folds).Split(FoldData.Of([.. Enumerable.Range(0, n).Select(i => i % 2)])).Splits.Select(s => s.Test.Length)];
                Assert.IsLessThanOrEqualTo(1, sizes.Max() - sizes.Min());
            }
        }
    }

    [TestMethod]
    [DataRow("Class")]
    [DataRow("Text")]
    [DataRow("Key")]
    [DataRow("Number")]
    public void Stratified_folds_have_every_classes_share_to_one_row_whatever_type_it_has(string column)
    {
        var data = FoldData.Mixed(203);
        int[] classes = FoldData.Classes(data);
        var plan = new StratifiedKFold(column, 4, Seed: 1).Split(data);
        for (int c = 0; c < 3; c++)
        {
            int[] counts = [.. plan.Splits.Select(s => s.Test.Count(row => classes[row] == c))];
            Assert.IsLessThanOrEqualTo(1, counts.Max() - counts.Min());
        }

        Assert.AreEqual(Text(new StratifiedKFold("Class", 4, Seed: 1).Split(data)), Text(plan), "Codes follow the order of values, which is the same for all types.");
    }

    [TestMethod]
    public void A_class_with_fewer_rows_than_folds_is_a_warning_and_none_with_enough_an_error()
    {
        var plan = new StratifiedKFold("Text", 3).Split(FoldData.Of(0, 0, 0, 0, 1, 1));
        Assert.AreEqual(
            "Class '001' of column 'Text' has 2 rows, fewer than 3 folds: some are tested without it.", plan.Warnings.Single());
        Assert.Contains("Column 'Number' has 6 values, none of them in as many as 3 rows",
            Assert.ThrowsExactly<DataException>(() => new StratifiedKFold("Number", 3).Split(FoldData.Of(0, 1, 2, 3, 4, 5))).Message);
    }

    [TestMethod]
    public void Rows_without_a_class_are_a_class_and_rows_without_a_group_an_error()
    {
        var rows = Enumerable.Range(0, 9).Select(i => new FoldRow { Number = i % 3 == 0 ? float.NaN : 1 }).ToList();
        var data = Views.ML.Data.LoadFromEnumerable(rows);
        foreach (var split in new StratifiedKFold("Number", 3).Split(data).Splits)
            Assert.AreEqual(1, split.Test.Count(row => row % 3 == 0));
        Assert.Contains("Row 0: the group column 'Number' has no value (as have 3 rows in all)",
            Assert.ThrowsExactly<DataException>(() => new GroupKFold("Number", 2).Split(data)).Message);
        Assert.Contains("the time column 'Number' has no value",
            Assert.ThrowsExactly<DataException>(() => new TimeSeriesSplit("Number", 2).Split(data)).Message);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_group_is_in_one_fold(bool stratified)
    {
        var data = FoldData.Mixed(403);
        int[] groups = [.. data.GetColumn<int>("Group")], classes = FoldData.Classes(data);
        FoldStrategy strategy = stratified ? new StratifiedGroupKFold("Class", "Group", 5) : new GroupKFold("Group", 5);
        var plan = strategy.Split(data);
        foreach (var split in plan.Splits)
            Assert.IsEmpty(split.Test.Select(r => groups[r]).Intersect(split.Train.Select(r => groups[r])).ToList());
        int[] sizes = [.. plan.Splits.Select(s => s.Test.Length)];
        Assert.IsLessThanOrEqualTo(stratified ? 8 : 4, sizes.Max() - sizes.Min(), string.Join(' ', sizes));
        if (!stratified)
            return;
        for (int c = 0; c < 3; c++)
        {
            double share = classes.Count(v => v == c) / 403.0;
            foreach (var split in plan.Splits)
                Assert.AreEqual(share, split.Test.Count(r => classes[r] == c) / (double)split.Test.Length, 0.04);
        }
    }

    [TestMethod]
    public void Stratified_groups_are_spread_where_plain_groups_are_not()
    {
        // Ten groups of one class each: five of class 0, five of class 1.
        int[] groups = [.. Enumerable.Range(0, 100).Select(i => i / 10)], classes = [.. groups.Select(g => g / 5)];
        var plan = new StratifiedGroupKFold("Class", "Group", 5, Seed: 9).Split(FoldData.Of(classes, groups));
        foreach (var split in plan.Splits)
            Assert.AreEqual(10, split.Test.Count(r => classes[r] == 0));
    }

    [TestMethod]
    public void Later_rows_are_tested_by_earlier_ones()
    {
        var data = FoldData.Mixed(60);
        var times = data.GetColumn<DateTime>("Time").ToArray();
        var plan = new TimeSeriesSplit("Time", 4, Gap: 3).Split(data);
        foreach (var split in plan.Splits)
        {
            Assert.IsLessThan(split.Test.Min(r => times[r]), split.Train.Max(r => times[r]));
            CollectionAssert.AreEqual(split.Train.OrderBy(r => times[r]).ToList(), split.Train);
            Assert.HasCount(12, split.Test);
        }

        Assert.HasCount(9, plan.Splits[0].Train);
    }

    [TestMethod]
    public void Predefined_folds_leave_out_what_is_never_tested()
    {
        var plan = new PredefinedFolds("Class").Split(FoldData.Of(1, -1, 0, 1, 7, -1));
        Assert.AreEqual("0 1 3 4 5 | 2 ; 1 2 4 5 | 0 3 ; 0 1 2 3 5 | 4", Text(plan));
        Assert.AreEqual("0 2 | 1", Text(new PredefinedFolds("Class").Split(FoldData.Of(-1, 0, -1))), "One fold is a fixed test set.");
        Assert.Contains("puts all rows into fold '3'", Message(() => new PredefinedFolds("Class").Split(FoldData.Of(3, 3))));
        Assert.Contains("puts no row into a fold", Message(() => new PredefinedFolds("Class").Split(FoldData.Of(-3, -3))));
    }

    [TestMethod]
    public void Repeats_differ_and_begin_with_the_strategy_itself()
    {
        var data = FoldData.Mixed(50);
        var inner = new StratifiedKFold("Class", 5, Seed: 8);
        var plan = new Repeated(inner, 3).Split(data);
        Assert.HasCount(15, plan.Splits);
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 15).Select(i => (i / 5, i % 5)).ToList(), plan.Splits.Select(s => (s.Repeat, s.Fold)).ToList());
        var repeats = plan.Splits.GroupBy(s => s.Repeat).Select(g => string.Join(';', g.Select(s => string.Join(' ', s.Test)))).ToList();
        Assert.HasCount(3, repeats.Distinct().ToList());
        Assert.AreEqual(string.Join(';', inner.Split(data).Splits.Select(s => string.Join(' ', s.Test))), repeats[0]);
        Assert.Contains("gives the same splits each time",
            Assert.ThrowsExactly<ArgumentException>(() => new Repeated(new KFold(Shuffle: false), 2).Split(data)).Message);
    }

    [TestMethod]
    public void A_plan_shows_its_rows_and_says_what_was_done()
    {
        var data = FoldData.Mixed(20);
        var plan = new Repeated(new KFold(4, Seed: 2), 2).Split(data);
        var views = plan.Apply(data);
        Assert.HasCount(8, views);
        for (int i = 0; i < views.Count; i++)
        {
            CollectionAssert.AreEqual(plan.Splits[i].Train, views[i].TrainSet.GetColumn<int>("Row").ToArray());
            CollectionAssert.AreEqual(plan.Splits[i].Test, views[i].TestSet.GetColumn<int>("Row").ToArray());
        }

        Assert.AreEqual(
            "KFold(4 folds, seed 2), 2 times, repeat 2, fold 3: test, 5 rows", views[6].TestSet.Lineage.Steps.Single().Description);
        Assert.HasCount(16, views.SelectMany(v => new[] { v.TrainSet, v.TestSet }).Select(v => v.Lineage.Fingerprint).Distinct().ToList());
    }

    [TestMethod]
    public void Errors_say_what_to_do()
    {
        var data = FoldData.Mixed(20);
        Assert.Contains("30 folds need at least 30 rows; there are 20. Ask for fewer folds.", Message(() => new KFold(30).Split(data)));
        Assert.Contains("6 folds need at least 6 groups; there are 5", Message(() => new GroupKFold("Group", 6).Split(data)));
        Assert.Contains("20 rows leave none to learn from before the first of 4 tests of 4 rows with a gap of 4",
            Message(() => new TimeSeriesSplit(null, 4, Gap: 4).Split(data)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new KFold(1).Split(data));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TimeSeriesSplit(null, 4, Gap: -1).Split(data));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Repeated(new KFold(), 0).Split(data));
        Assert.Contains(
            "Did you mean 'Class'?", Assert.ThrowsExactly<SchemaException>(() => new StratifiedKFold("Clas").Split(data)).Message);
        Assert.Contains(
            "a number, a date or a duration", Assert.ThrowsExactly<SchemaException>(() => new TimeSeriesSplit("Text").Split(data)).Message);
        Assert.Contains(
            "one value a row", Assert.ThrowsExactly<SchemaException>(() => new GroupKFold("Sparse").Split(Views.Lazy(9))).Message);
        Assert.Contains("5 folds need at least 5 rows; there are 0", Message(() => new KFold().Split(FoldData.Of())));
    }

    private static string Text(FoldPlan plan) =>
        string.Join(" ; ", plan.Splits.Select(s => $"{string.Join(' ', s.Train)} | {string.Join(' ', s.Test)}"));

    private static string Message(Action action) => Assert.ThrowsExactly<DataException>(action).Message;
}
