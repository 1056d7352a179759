using MLPath.Data;
using MLPath.Tests.DataOperations;

namespace MLPath.Tests.Splits;

[TestClass]
public sealed class TrainTestTests
{
    private static DataOperationsCatalog Data => Views.ML.Data;

    [TestMethod]
    [DataRow(150, 0.2, 30)]
    [DataRow(100, 0.07, 7)]
    [DataRow(10, 0.01, 1)]
    [DataRow(10, 0.99, 9)]
    [DataRow(2, 0.5, 1)]
    [DataRow(15, 0.1, 2)]
    public void The_fraction_is_exact_and_neither_part_is_empty(int n, double fraction, int tested)
    {
        foreach (string? column in (string?[])[null, "Class"])
        {
            var split = Data.TrainTestSplit(FoldData.Mixed(n), fraction, seed: 3, stratifyColumn: column);
            Assert.HasCount(tested, Rows(split.TestSet));
            CollectionAssert.AreEqual(Enumerable.Range(0, n).ToList(), Rows(split.TrainSet).Concat(Rows(split.TestSet)).Order().ToList());
        }
    }

    [TestMethod]
    public void The_split_is_a_function_of_the_seed_on_every_kind_of_view()
    {
        var data = FoldData.Mixed(300);
        var loaded = InMemoryDataView.Load(data);
        string Split(IDataView view, int? seed) => string.Join(' ', Rows(Data.TrainTestSplit(view, 0.3, seed: seed).TestSet));
        Assert.HasCount(
            1, new[] { data, loaded, new Rebatched(loaded, 7), new CursorsOnly(data) }.Select(v => Split(v, 5)).Distinct().ToList());
        Assert.AreNotEqual(Split(data, 5), Split(data, 6));
        Assert.AreEqual(Split(data, 1), Split(data, null), "Without a seed, that of the context.");
    }

    [TestMethod]
    public void Both_parts_have_the_classes_in_proportion()
    {
        var data = FoldData.Mixed(1000);
        var split = Data.TrainTestSplit(data, testFraction: 0.2, stratifyColumn: "Text");
        CollectionAssert.AreEqual(
            new[] { 100, 60, 40 }, FoldData.Classes(split.TestSet).GroupBy(c => c).OrderBy(g => g.Key).Select(g => g.Count()).ToList());
        CollectionAssert.AreEqual(
            new[] { 400, 240, 160 }, FoldData.Classes(split.TrainSet).GroupBy(c => c).OrderBy(g => g.Key).Select(g => g.Count()).ToList());
    }

    [TestMethod]
    public void Rounding_goes_to_the_classes_with_the_largest_remainders()
    {
        // 7 of 20 rows: 11 × 0.35 = 3.85, 6 × 0.35 = 2.1, 3 × 0.35 = 1.05, so 4, 2 and 1.
        int[] classes = [.. Enumerable.Repeat(0, 11), .. Enumerable.Repeat(1, 6), .. Enumerable.Repeat(2, 3)];
        var split = Data.TrainTestSplit(FoldData.Of(classes), testFraction: 0.35, stratifyColumn: "Class");
        CollectionAssert.AreEqual(
            new[] { 4, 2, 1 }, FoldData.Classes(split.TestSet).GroupBy(c => c).OrderBy(g => g.Key).Select(g => g.Count()).ToList());
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("Class")]
    public void Groups_stay_together(string? stratify)
    {
        var data = FoldData.Mixed(400);
        var split = Data.TrainTestSplit(data, testFraction: 0.25, groupColumn: "Group", stratifyColumn: stratify);
        Assert.IsEmpty(split.TrainSet.GetColumn<int>("Group").Intersect(split.TestSet.GetColumn<int>("Group")).ToList());
        Assert.AreEqual(100, Rows(split.TestSet).Count, 8);
        Assert.AreEqual(
            string.Join(' ', Rows(split.TestSet)),
            string.Join(' ', Rows(Data.TrainTestSplit(data, 0.25, "Group", stratifyColumn: stratify).TestSet)), "ML.NET's name for the column does the same.");
    }

    [TestMethod]
    public void Two_groups_of_very_different_size_give_two_parts()
    {
        int[] groups = [.. Enumerable.Repeat(0, 99), 1];
        foreach (string? stratify in (string?[])[null, "Class"])
        {
            foreach (double fraction in (double[])[0.1, 0.5, 0.9])
            {
                var split = Data.TrainTestSplit(FoldData.Of(new int[100], groups), fraction, groupColumn: "Group", stratifyColumn: stratify);
                Assert.AreNotEqual(0, Rows(split.TestSet).Count);
                Assert.AreNotEqual(0, Rows(split.TrainSet).Count);
            }
        }
    }

    [TestMethod]
    public void By_time_the_last_rows_are_tested_on()
    {
        var data = FoldData.Mixed(50);
        var split = Data.TrainTestSplit(data, testFraction: 0.2, timeColumn: "Time");
        Assert.IsLessThan(split.TestSet.GetColumn<DateTime>("Time").Min(), split.TrainSet.GetColumn<DateTime>("Time").Max());
        Assert.HasCount(10, Rows(split.TestSet));
    }

    [TestMethod]
    public void Cross_validation_takes_the_folds_that_the_columns_ask_for()
    {
        var data = FoldData.Mixed(100);
        string Step(IReadOnlyList<DataOperationsCatalog.TrainTestData> folds) => folds[0].TestSet.Lineage.Steps[0].Description;
        Assert.StartsWith("KFold(5 folds, seed 1), fold 1: test, 20 rows", Step(Data.CrossValidationSplit(data)));
        Assert.StartsWith(
            "StratifiedKFold(Text, 4 folds, seed 2)", Step(Data.CrossValidationSplit(data, 4, seed: 2, stratifyColumn: "Text")));
        Assert.StartsWith("GroupKFold(groups Group, 5 folds", Step(Data.CrossValidationSplit(data, samplingKeyColumnName: "Group")));
        Assert.StartsWith(
            "StratifiedGroupKFold(Text, groups Group", Step(Data.CrossValidationSplit(data, stratifyColumn: "Text", groupColumn: "Group")));
        Assert.StartsWith("TimeSeriesSplit(Time, 5 folds)", Step(Data.CrossValidationSplit(data, timeColumn: "Time")));
        Assert.HasCount(5, Data.CrossValidationSplit(data));
    }

    [TestMethod]
    public void Errors_say_what_to_do()
    {
        var data = FoldData.Mixed(20);
        Assert.Contains("it is 1.5", Assert.ThrowsExactly<ArgumentException>(() => Data.TrainTestSplit(data, 1.5)).Message);
        Assert.Contains("it is NaN", Assert.ThrowsExactly<ArgumentException>(() => Data.TrainTestSplit(data, double.NaN)).Message);
        Assert.Contains(
            "at least 2 rows; there are 1", Assert.ThrowsExactly<DataException>(() => Data.TrainTestSplit(FoldData.Of(0))).Message);
        Assert.Contains("at least 2 groups", Assert.ThrowsExactly<DataException>(() => Data.TrainTestSplit(FoldData.Of(0, 0), groupColumn: "Group")).Message);
        Assert.Contains("time goes with no other column", Assert.ThrowsExactly<ArgumentException>(() => Data.TrainTestSplit(data, timeColumn: "Time", groupColumn: "Group")).Message);
        Assert.Contains("time goes with no other column", Assert.ThrowsExactly<ArgumentException>(() => Data.CrossValidationSplit(data, timeColumn: "Time", groupColumn: "Group")).Message);
        Assert.Contains("Name one", Assert.ThrowsExactly<ArgumentException>(() => Data.TrainTestSplit(data, 0.1, "Text", groupColumn: "Group")).Message);
        Assert.Contains("Did you mean 'Class'?", Assert.ThrowsExactly<SchemaException>(() => Data.TrainTestSplit(data, stratifyColumn: "Clas")).Message);
    }

    private static List<int> Rows(IDataView view) => [.. view.GetColumn<int>("Row")];
}
