using MLPath.Runtime;
using MLPath.Trainers;
using MLPath.Transforms;
using static MLPath.Evaluation.Tests.Examinations.Made;

namespace MLPath.Evaluation.Tests.Examinations;

/// <summary>What the doctor sees in a comparison: each check where there is something, and where there is nothing.</summary>
[TestClass]
public sealed class ComparisonCheckTests
{
    private const int N = 200;

    private static ComparisonReport Compared(IDataView table, CandidateSet candidates, LearningTask task = LearningTask.Binary, ComparisonOptions? options = null) =>
        Evaluation.Comparison.Run(task, table, candidates, (options ?? new()) with { LabelColumn = "Label", Folds = options?.Folds ?? 5 });

    private static CandidateSet Bayes(params string[] features) => new() { ["bayes"] = Joined(features).Append(Ml.BinaryClassification.Trainers.NaiveBayes()) };

    private static ColumnConcatenatingEstimator Joined(params string[] features) => Ml.Transforms.Concatenate("Features", features);

    private static float[] Telling(int rows, int seed, float distance = 2) => Normal(rows, seed, (row, x) => x + (row % 2 * distance));

    [TestMethod]
    public void Rows_of_two_folds_are_told()
    {
        float[] x = Telling(N / 2, 1), y = Normal(N / 2, 2);
        var twice = Table(("X", Each(N, row => x[row / 2])), ("Y", Each(N, row => y[row / 2])), ("Label", Each(N, row => row / 2 % 2 == 0 ? "yes" : "no")));
        Assert.AreEqual(DiagnosisSeverity.Warning, Compared(twice, Bayes("X", "Y")).Findings.One("train-test-duplicates").Severity);
        Compared(Table(("X", Telling(N, 1)), ("Y", Normal(N, 2)), ("Label", YesNo(N))), Bayes("X", "Y")).Findings.None("train-test-duplicates");
    }

    [TestMethod]
    public void What_no_candidate_reads_is_not_told()
    {
        var table = Table(("X", Telling(N, 1)), ("Id", Each(N, row => $"P{row}")), ("Site", Each(N, _ => "a")), ("Label", YesNo(N)));
        var findings = Compared(table, Bayes("X")).Findings;
        findings.None("identifier-feature");
        findings.None("constant-columns");
    }

    [TestMethod]
    public void A_step_that_learned_from_all_rows_is_told_and_one_within_the_candidate_is_not()
    {
        var table = Table(("X", Telling(N, 1)), ("Label", YesNo(N)));
        var before = Ml.Transforms.Concatenate("All", "X").Append(Ml.Transforms.NormalizeMeanVariance("All"));
        var candidates = Bayes("All");
        var found = Compared(before.Fit(table).Transform(table), candidates).Findings.One("fitted-outside-folds");
        Assert.AreEqual(DiagnosisSeverity.Warning, found.Severity);
        StringAssert.Contains(found.Message, "NormalizeMeanVariance");
        var within = new CandidateSet { ["bayes"] = before.Append(Ml.BinaryClassification.Trainers.NaiveBayes(featureColumnName: "All")) };
        Compared(table, within).Findings.None("fitted-outside-folds");
    }

    [TestMethod]
    public void A_choice_of_features_by_the_label_of_all_rows_is_an_error_and_keys_of_values_are_none()
    {
        var table = Table(("X", Each(N, row => Normal(8, row))), ("Truth", Each(N, row => row % 2 * 1f)), ("Label", YesNo(N)));
        var keyed = Ml.Transforms.Conversion.MapValueToKey("Class", "Label").Fit(table).Transform(table);
        Compared(keyed, Bayes("X")).Findings.None("fitted-outside-folds");
        var chosen = Ml.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation("X", labelColumnName: "Class", slotsInOutput: 2).Fit(keyed).Transform(keyed);
        Assert.AreEqual(DiagnosisSeverity.Error, Compared(chosen, Bayes("X")).Findings.One("fitted-outside-folds").Severity);
    }

    [TestMethod]
    public void Unequal_classes_are_a_warning_where_accuracy_decides()
    {
        var table = Table(("X", Telling(N, 1)), ("Label", Each(N, row => row % 10 == 1 ? "ill" : "well")));
        Assert.AreEqual(DiagnosisSeverity.Warning, Compared(table, Bayes("X"), options: new() { Metric = "Accuracy" }).Findings.One("imbalanced-classes").Severity);
        Assert.AreEqual(DiagnosisSeverity.Info, Compared(table, Bayes("X")).Findings.One("imbalanced-classes").Severity);
    }

    [TestMethod]
    public void Groups_are_told_unless_they_are_kept_together_or_say_nothing()
    {
        float[] person = Normal(50, 3);
        var table = Table(
            ("X", Normal(N, 1, (row, x) => person[row / 4] + (0.3f * x))), ("Person", Each(N, row => $"p{row / 4}")), ("Seat", Each(N, row => $"s{row % 50}")),
            ("Label", Each(N, row => row / 4 % 2 == 0 ? "yes" : "no")));
        CollectionAssert.AreEqual(new[] { "Person" }, Compared(table, Bayes("X")).Findings.One("groups-ignored").Columns.ToArray());
        Compared(table, Bayes("X"), options: new() { GroupColumn = "Person" }).Findings.None("groups-ignored");
    }

    [TestMethod]
    public void Time_is_noted_and_a_warning_where_the_label_changes_over_it()
    {
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var times = Each(N, row => start.AddDays(row));
        var still = Table(("X", Telling(N, 1)), ("Day", times), ("Label", YesNo(N)));
        Assert.AreEqual(DiagnosisSeverity.Info, Compared(still, Bayes("X")).Findings.One("time-ignored").Severity);
        var moving = Table(("X", Normal(N, 1)), ("Day", times), ("Label", Each(N, row => row * 7 % N < row ? "yes" : "no")));
        Assert.AreEqual(DiagnosisSeverity.Warning, Compared(moving, Bayes("X")).Findings.One("time-ignored").Severity);
        var folded = Table(("X", Telling(N, 1)), ("Day", times), ("Fold", Each(N, row => row / 40)), ("Label", YesNo(N)));
        Compared(folded, Bayes("X"), options: new() { FoldColumn = "Fold" }).Findings.None("time-ignored");
    }

    [TestMethod]
    public void Given_folds_that_differ_are_told_and_like_ones_are_not()
    {
        var table = Table(("X", Telling(N, 1)), ("Site", Normal(N, 2, (row, x) => x + (row / 100 * 3))), ("Half", Each(N, row => row / 100)), ("Label", YesNo(N)));
        CollectionAssert.AreEqual(new[] { "Site" }, Compared(table, Bayes("X", "Site"), options: new() { FoldColumn = "Half" }).Findings.One("distribution-shift").Columns.ToArray());
        Compared(table, Bayes("X"), options: new() { FoldColumn = "Half" }).Findings.None("distribution-shift");
    }

    [TestMethod]
    public void Many_features_for_a_few_rows_are_told_as_the_trainer_reads_them()
    {
        var table = Table(("X", Each(60, row => Normal(20, row, (_, x) => x + (row % 2)))), ("Label", YesNo(60)));
        StringAssert.Contains(Compared(table, Bayes("X")).Findings.One("few-rows").Message, "48 rows to learn from for 20 features");
        Compared(Table(("X", Each(N, row => Normal(20, row, (_, x) => x + (row % 2)))), ("Label", YesNo(N))), Bayes("X")).Findings.None("few-rows");
    }

    [TestMethod]
    public void Scales_are_told_where_the_algorithm_minds_and_nothing_scales()
    {
        var wine = Ml.Data.LoadDataset("wine");
        string[] features = [.. wine.Schema.Select(c => c.Name).Where(n => n != "Cultivar")];
        var joined = Ml.Transforms.Concatenate("Features", features);
        var options = new ComparisonOptions { LabelColumn = "Cultivar", Folds = 5 };
        var raw = new CandidateSet
        {
            ["knn"] = joined.Append(Ml.MulticlassClassification.Trainers.KNearestNeighbors()),
            ["tree"] = joined.Append(Ml.MulticlassClassification.Trainers.DecisionTree()),
        };
        var found = Evaluation.Comparison.Run(LearningTask.Multiclass, wine, raw, options).Findings.One("unscaled-input");
        Assert.AreEqual("knn", found.Candidate);
        StringAssert.Contains(found.Message, "Proline");
        var scaled = new CandidateSet { ["knn"] = joined.Append(Ml.Transforms.NormalizeMeanVariance("Features")).Append(Ml.MulticlassClassification.Trainers.KNearestNeighbors()) };
        Evaluation.Comparison.Run(LearningTask.Multiclass, wine, scaled, options).Findings.None("unscaled-input");
    }

    [TestMethod]
    public void A_tree_of_noise_overfits_and_a_line_does_not()
    {
        float[] x = Normal(600, 1), noise = Normal(600, 2);
        var table = Table(("X", x), ("Label", Each(600, row => x[row] + noise[row])));
        var findings = Compared(table, new()
        {
            ["tree"] = Joined("X").Append(Ml.Regression.Trainers.DecisionTree()),
            ["line"] = Joined("X").Append(Ml.Regression.Trainers.Ols()),
        }, LearningTask.Regression, new() { Folds = 10 }).Findings;
        var found = findings.One("overfitting");
        Assert.AreEqual("tree", found.Candidate);
        Assert.AreEqual(DiagnosisSeverity.Warning, found.Severity);
        Compared(table, new() { ["line"] = Joined("X").Append(Ml.Regression.Trainers.Ols()) }, LearningTask.Regression).Findings.None("overfitting");
    }

    [TestMethod]
    public void A_model_too_stiff_underfits_and_a_free_one_does_not()
    {
        float[] x = Normal(300, 1);
        var table = Table(("X", x), ("Label", Each(300, row => x[row] * x[row])));
        var findings = Compared(table, new()
        {
            ["line"] = Joined("X").Append(Ml.Regression.Trainers.Ols()),
            ["tree"] = Joined("X").Append(Ml.Regression.Trainers.DecisionTree()),
        }, LearningTask.Regression).Findings;
        Assert.AreEqual("line", findings.One("underfitting").Candidate);
        Assert.AreEqual("line", findings.One("no-better-than-baseline").Candidate);
        Compared(table, new() { ["tree"] = Joined("X").Append(Ml.Regression.Trainers.DecisionTree()) }, LearningTask.Regression).Findings.None("underfitting");
    }

    [TestMethod]
    public void Noise_is_no_better_than_the_baseline_and_a_signal_is()
    {
        string message = Compared(Table(("X", Normal(N, 1)), ("Label", YesNo(N))), Bayes("X")).Findings.One("no-better-than-baseline").Message;
        StringAssert.Contains(message, "No candidate");
        StringAssert.Contains(message, "0.5,", "By chance the area under the ROC curve is a half.");
        Compared(Table(("X", Telling(N, 1)), ("Label", YesNo(N))), Bayes("X")).Findings.None("no-better-than-baseline");
    }

    [TestMethod]
    public void A_baseline_among_the_candidates_is_there_to_be_no_better()
    {
        var candidates = Bayes("X");
        candidates.Add("prior", Joined("X").Append(Ml.BinaryClassification.Trainers.Prior()));
        var findings = Compared(Table(("X", Telling(N, 1)), ("Label", YesNo(N))), candidates).Findings;
        findings.None("no-better-than-baseline");
        findings.None("underfitting");
    }

    [TestMethod]
    public void A_lead_within_the_noise_is_noted_and_a_real_one_is_not()
    {
        var table = Table(("X", Telling(N, 1)), ("Y", Normal(N, 2)), ("Label", YesNo(N)));
        var close = Bayes("X", "Y");
        close.Add("alone", Joined("X").Append(Ml.BinaryClassification.Trainers.NaiveBayes()));
        Assert.AreEqual(DiagnosisSeverity.Info, Compared(table, close).Findings.One("difference-within-noise").Severity);
        var far = Bayes("X");
        far.Add("other", Joined("Y").Append(Ml.BinaryClassification.Trainers.NaiveBayes()));
        Compared(table, far).Findings.None("difference-within-noise");
    }

    [TestMethod]
    public void Features_that_repeat_each_other_make_naive_bayes_too_sure()
    {
        float[] x = Telling(600, 1, distance: 1);
        var table = Table(("X", x), ("Many", Each(600, row => Each(12, _ => x[row]))), ("Label", YesNo(600)));
        var found = Compared(table, Bayes("Many")).Findings.One("uncalibrated-probabilities");
        Assert.AreEqual("bayes", found.Candidate);
        Compared(table, Bayes("X")).Findings.None("uncalibrated-probabilities");
    }

    [TestMethod]
    public void Findings_are_those_of_the_data_at_any_number_of_threads_and_in_any_order()
    {
        float[] x = Normal(300, 1), noise = Normal(300, 2);
        var table = Table(("X", x), ("Copy", x), ("Id", Each(300, row => row)), ("Label", Each(300, row => x[row] + noise[row])));
        List<KeyValuePair<string, IEstimator<ITransformer>>> all =
        [
            new("tree", Joined("X", "Copy").Append(Ml.Regression.Trainers.DecisionTree())),
            new("knn", Joined("X", "Copy").Append(Ml.Regression.Trainers.KNearestNeighbors(new KNearestNeighborsTrainer.Options { NumberOfNeighbors = 1 }))),
            new("line", Joined("X").Append(Ml.Regression.Trainers.Ols())),
        ];
        string Findings(int threads, bool reversed)
        {
            var set = new CandidateSet();
            foreach (var (name, pipeline) in reversed ? Enumerable.Reverse(all) : all)
                set.Add(name, pipeline);
            var report = Evaluation.Comparison.Run(
                LearningTask.Regression, table, set, new() { LabelColumn = "Label", Folds = 4 }, FitContext.Default with { Threads = threads });
            return string.Join('\n', report.Findings.Select(f => $"{f.Check} {f.Severity} {f}"));
        }

        string once = Findings(1, false);
        StringAssert.Contains(once, "overfitting");
        Assert.AreEqual(once, Findings(2, false));
        Assert.AreEqual(once, Findings(2, true));
    }

    [TestMethod]
    public void Silenced_checks_are_not_in_the_report_and_the_others_are_in_page_and_json()
    {
        var table = Table(("X", Normal(N, 1)), ("Label", YesNo(N)));
        var report = Compared(table, Bayes("X"));
        StringAssert.Contains(report.ToJson(), "\"check\": \"no-better-than-baseline\"");
        var silent = Compared(table, Bayes("X"), options: new() { Doctor = new() { Silenced = ["no-better-than-baseline"] } });
        silent.Findings.None("no-better-than-baseline");
    }
}
