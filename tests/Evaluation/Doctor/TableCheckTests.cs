using MLPath.Numerics;
using MLPath.Runtime;
using static MLPath.Evaluation.Tests.Examinations.Made;

namespace MLPath.Evaluation.Tests.Examinations;

/// <summary>What the doctor sees in a table alone: each check where there is something, and where there is nothing.</summary>
[TestClass]
public sealed class TableCheckTests
{
    private const int N = 200;

    [TestMethod]
    public void A_column_of_one_value_is_told_and_one_that_varies_is_not()
    {
        var found = Examined(Table(("Site", Each(N, _ => "a")), ("X", Normal(N, 1)), ("Label", YesNo(N)))).One("constant-columns");
        CollectionAssert.AreEqual(new[] { "Site" }, found.Columns.ToArray());
        Assert.AreEqual(DiagnosisSeverity.Warning, found.Severity);
        Examined(Table(("Site", Each(N, row => row == 7 ? "b" : "a")), ("Label", YesNo(N)))).None("constant-columns");
    }

    [TestMethod]
    public void A_slot_of_one_value_and_a_column_with_gaps_are_not_constant() =>
        Examined(Table(("Pixels", Each(N, row => new float[] { 0, row % 5 })), ("Flag", Each(N, row => row % 3 == 0 ? "" : "set")), ("Label", YesNo(N)))).None("constant-columns");

    [TestMethod]
    public void A_column_without_values_is_told_and_one_with_a_value_is_not()
    {
        var found = Examined(Table(("Note", Each(N, _ => "")), ("Old", Each(N, _ => float.NaN)), ("X", Normal(N, 1)), ("Label", YesNo(N)))).One("empty-columns");
        CollectionAssert.AreEqual(new[] { "Note", "Old" }, found.Columns.ToArray());
        Examined(Table(("Old", Each(N, row => row == 3 ? 1 : float.NaN)), ("Label", YesNo(N)))).None("empty-columns");
    }

    [TestMethod]
    public void Names_and_numbers_of_rows_are_identifiers()
    {
        int[] shuffled = new RandomStream(3).Permutation(N);
        var random = new RandomStream(4);
        var found = Examined(Table(
            ("Code", Each(N, row => $"P{row:000}")), ("Row", Each(N, row => 3 * row)), ("Place", shuffled), ("patient_id", Each(N, _ => random.NextInt32(1_000_000_000))),
            ("X", Normal(N, 1)), ("Label", YesNo(N)))).One("identifier-feature");
        CollectionAssert.AreEqual(new[] { "Code", "Row", "Place", "patient_id" }, found.Columns.ToArray());
    }

    [TestMethod]
    public void Measurements_sentences_and_ages_are_no_identifiers()
    {
        var random = new RandomStream(4);
        Examined(Table(
            ("X", Normal(N, 1)), ("Income", Each(N, _ => random.NextInt32(1_000_000_000))), ("Age", Each(N, row => 20 + (row * 37 % 60))),
            ("Text", Each(N, row => $"the guest of room {row} was happy")), ("Humid", Each(N, row => row % 7)), ("Label", YesNo(N)))).None("identifier-feature");
    }

    [TestMethod]
    public void The_label_under_another_name_is_an_error()
    {
        string[] label = YesNo(N);
        var found = Examined(Table(("Code", Array.ConvertAll(label, l => l == "yes" ? 1f : 0)), ("X", Normal(N, 1)), ("Label", label))).One("label-leak");
        Assert.AreEqual(DiagnosisSeverity.Error, found.Severity);
        CollectionAssert.AreEqual(new[] { "Code" }, found.Columns.ToArray());
    }

    [TestMethod]
    public void A_number_in_another_unit_is_an_error_and_one_beside_it_a_warning()
    {
        float[] celsius = Normal(N, 1, (_, x) => 20 + (5 * x));
        float[] noise = Normal(N, 2);
        var found = Examined(Table(
            ("Fahrenheit", Array.ConvertAll(celsius, c => 32 + (1.8f * c))), ("Nearby", Each(N, row => celsius[row] + (0.2f * noise[row]))), ("Label", celsius))).ToList();
        CollectionAssert.AreEqual(new[] { "Fahrenheit" }, found.Single(f => f is { Check: "label-leak", Severity: DiagnosisSeverity.Error }).Columns.ToArray());
        CollectionAssert.AreEqual(new[] { "Nearby" }, found.Single(f => f is { Check: "label-leak", Severity: DiagnosisSeverity.Warning }).Columns.ToArray());
    }

    [TestMethod]
    public void A_feature_that_separates_the_classes_is_a_warning_and_a_good_one_is_not()
    {
        const int rows = 1000;
        string[] label = YesNo(rows);
        float[] apart = Normal(rows, 1, (row, x) => x + (row % 2 * 20)), good = Normal(rows, 2, (row, x) => x + (row % 2 * 3));
        var found = Examined(Table(("Apart", apart), ("Good", good), ("Label", label))).One("label-leak");
        Assert.AreEqual(DiagnosisSeverity.Warning, found.Severity);
        CollectionAssert.AreEqual(new[] { "Apart" }, found.Columns.ToArray());
    }

    [TestMethod]
    public void Gaps_that_go_with_the_label_are_told_and_gaps_by_chance_are_not()
    {
        float[] values = Normal(400, 1);
        var random = new RandomStream(5);
        float[] told = Each(400, row => random.NextDouble() < (row % 2 == 0 ? 0.5 : 0.1) ? float.NaN : values[row]);
        float[] chance = Each(400, row => random.NextDouble() < 0.3 ? float.NaN : values[row]);
        var found = Examined(Table(("Told", told), ("Chance", chance), ("Label", YesNo(400)))).One("informative-missing");
        Assert.AreEqual(DiagnosisSeverity.Warning, found.Severity);
        CollectionAssert.AreEqual(new[] { "Told" }, found.Columns.ToArray());
    }

    [TestMethod]
    public void Gaps_that_go_with_a_number_are_told()
    {
        float[] price = Normal(400, 1), size = Normal(400, 2, (row, x) => price[row] > 0.5f ? float.NaN : x);
        CollectionAssert.AreEqual(new[] { "Size" }, Examined(Table(("Size", size), ("Label", price))).One("informative-missing").Columns.ToArray());
        Examined(Table(("Size", Each(400, row => row % 4 == 0 ? float.NaN : size[row])), ("Label", Normal(400, 8)))).None("informative-missing");
    }

    [TestMethod]
    public void Unequal_classes_are_told_and_nearly_equal_ones_are_not()
    {
        StringAssert.Contains(Examined(Table(("X", Normal(N, 1)), ("Label", Each(N, row => row % 10 == 0 ? "ill" : "well")))).One("imbalanced-classes").Message, "90.0%");
        Examined(Table(("X", Normal(N, 1)), ("Label", Each(N, row => row % 3 == 0 ? "ill" : "well")))).None("imbalanced-classes");
    }

    [TestMethod]
    public void A_class_of_a_few_rows_is_told_and_one_of_ten_is_not()
    {
        StringAssert.Contains(Examined(Table(("X", Normal(N, 1)), ("Label", Each(N, row => row < 4 ? "rare" : row % 2 == 0 ? "a" : "b")))).One("small-classes").Message, "'rare' (4)");
        Examined(Table(("X", Normal(N, 1)), ("Label", Each(N, row => row < 10 ? "rare" : row % 2 == 0 ? "a" : "b")))).None("small-classes");
    }

    [TestMethod]
    public void Few_rows_for_many_features_are_told()
    {
        var wide = Each(40, row => Normal(12, row));
        Examined(Table(("X", wide), ("Label", YesNo(40)))).One("few-rows");
        Examined(Table(("X", Each(80, row => Normal(12, row))), ("Label", YesNo(80)))).None("few-rows");
    }

    [TestMethod]
    public void Many_repeated_rows_are_noted_unless_there_are_few_rows_to_choose_from()
    {
        float[] half = Normal(N / 2, 1);
        Examined(Table(("X", Each(N, row => half[row % half.Length])), ("Y", Each(N, row => half[row % half.Length] * 2)), ("Label", Each(N, row => row % 100 < 50 ? "a" : "b"))))
            .One("train-test-duplicates");
        Examined(Table(("X", Each(N, row => row % 3)), ("Label", YesNo(N)))).None("train-test-duplicates");
    }

    [TestMethod]
    public void A_split_with_common_rows_is_told_and_one_without_is_not()
    {
        float[] x = Normal(N, 1), y = Normal(N, 2);
        IDataView Rows(int start, int count) => Table(("X", x[start..(start + count)]), ("Y", y[start..(start + count)]), ("Label", YesNo(count)));
        var found = Doctor.ExamineSplit(Rows(0, 120), Rows(100, 100), "Label").One("train-test-duplicates");
        Assert.AreEqual(DiagnosisSeverity.Warning, found.Severity);
        StringAssert.Contains(found.Message, "20 tested rows (20.0%)");
        Doctor.ExamineSplit(Rows(0, 100), Rows(100, 100), "Label").None("train-test-duplicates");
        Assert.AreEqual(DiagnosisSeverity.Error, Doctor.ExamineSplit(Rows(0, 200), Rows(50, 50), "Label").One("train-test-duplicates").Severity);
    }

    [TestMethod]
    public void Columns_that_differ_between_the_parts_are_told_and_others_are_not()
    {
        string[] colours = ["red", "green", "blue"];
        IDataView Rows(int seed, float shift, int skip) => Table(
            ("Same", Normal(N, seed)), ("Moved", Normal(N, seed + 1, (_, x) => x + shift)),
            ("Colour", Each(N, row => colours[(row % (3 - skip)) + skip])), ("Label", YesNo(N)));
        var found = Doctor.ExamineSplit(Rows(1, 0, 0), Rows(11, 1, 1), "Label").One("distribution-shift");
        CollectionAssert.AreEquivalent(new[] { "Moved", "Colour" }, found.Columns.ToArray());
        Doctor.ExamineSplit(Rows(1, 0, 0), Rows(21, 0, 0), "Label").None("distribution-shift");
    }

    [TestMethod]
    public void Large_samples_do_not_alarm_over_what_nobody_would_see()
    {
        IDataView Rows(int seed, float shift) => Table(("X", Normal(50_000, seed, (_, x) => x + shift)), ("Label", YesNo(50_000)));
        Doctor.ExamineSplit(Rows(1, 0), Rows(2, 0.05f), "Label").None("distribution-shift");
    }

    [TestMethod]
    public void Large_tables_are_looked_at_by_a_fixed_rule()
    {
        var table = Table(("X", Each(250_000, row => (float)row)));
        var sample = TableSample.Read(table, default);
        Assert.AreEqual(250_000, sample.Rows);
        Assert.HasCount(TableSample.MostRows, sample.Picked);
        CollectionAssert.AreEqual(sample.Picked, TableSample.Read(table, default).Picked);
        CollectionAssert.AreEqual(sample.Picked.Select(r => (double)r).ToArray(), sample.Columns[0].Values);
        Assert.IsTrue(Enumerable.Range(1, sample.Picked.Length - 1).All(i => sample.Picked[i] > sample.Picked[i - 1]));
    }

    [TestMethod]
    public void Silenced_checks_are_not_made_and_unknown_names_are_errors()
    {
        var table = Table(("Site", Each(N, _ => "a")), ("X", Normal(N, 1)), ("Label", YesNo(N)));
        Doctor.Examine(table, "Label", options: new() { Silenced = ["Constant-Columns"] }).None("constant-columns");
        var error = Assert.Throws<OptionException>(() => new DoctorOptions { Silenced = ["constant-column"] });
        StringAssert.Contains(error.Message, "Did you mean 'constant-columns'?");
        StringAssert.Contains(Assert.Throws<SchemaException>(() => Doctor.Examine(table, "Lable")).Message, "Label");
    }

    [TestMethod]
    public void Any_table_is_examined_without_fault()
    {
        Assert.IsEmpty(Doctor.Examine(Table(("X", Array.Empty<float>()))));
        _ = Doctor.Examine(Table(("X", new[] { 1f }), ("Label", new[] { "a" })), "Label");
        _ = Doctor.Examine(Table(("X", new[] { float.NaN, float.PositiveInfinity }), ("T", new DateTime[2]), ("S", new[] { "", "" }), ("Label", new[] { "", "" })), "Label");
    }

    [TestMethod]
    public void Cancellation_ends_the_examination()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Doctor.Examine(Table(("X", Normal(N, 1))), cancellationToken: stop.Token));
    }
}
