using System.Text.Json.Nodes;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Comparison.Datasets;

/// <summary>Ranks, marks, tests and sentences of scores that are known.</summary>
[TestClass]
public sealed class DatasetsReportTests
{
    private static readonly string[] Two = ["a", "b"];
    private static readonly string[] Three = ["a", "b", "c"];

    [TestMethod]
    public void Demsars_example_has_the_ranks_and_tests_of_the_paper()
    {
        var report = Fabricated.Of(Fabricated.Demsar, Fabricated.DemsarScores, baseline: "C4.5");
        CollectionAssert.AreEqual(new[] { "C4.5+m+cf", "C4.5+m", "C4.5+cf", "C4.5" }, report.Candidates.Select(c => c.Name).ToArray());
        double[] ranks = [1.964, 2.000, 2.893, 3.143];
        for (int i = 0; i < 4; i++)
            Assert.AreEqual(ranks[i], report.Candidates[i].AverageRank, 5e-4);
        Assert.AreEqual(1.25, report.Nemenyi!.CriticalDifference, 5e-3);
        var against = report.Against("C4.5");
        foreach (var (name, z, p) in new[] { ("C4.5+m+cf", 2.416, 0.016), ("C4.5+m", 2.342, 0.019), ("C4.5+cf", 0.512, 0.607) })
        {
            Assert.AreEqual(z, against[name].Z, 2e-3, name);
            Assert.AreEqual(p, against[name].PValue, 2e-3, name);
        }

        // Holm: 3 p₁, then 2 p₂, not below the one before.
        Assert.AreEqual(3 * against["C4.5+m+cf"].PValue, against["C4.5+m+cf"].AdjustedPValue, 1e-12);
        Assert.AreEqual(Math.Max(3 * against["C4.5+m+cf"].PValue, 2 * against["C4.5+m"].PValue), against["C4.5+m"].AdjustedPValue, 1e-12);
        Assert.IsTrue(double.IsNaN(against["C4.5"].PValue));
        StringAssert.Contains(report.Answer, "C4.5+m+cf ranks best on average over 14 data sets (Accuracy, average rank 1.96 of 4); the test of Friedman, Iman and Davenport finds differences");
        Assert.IsFalse(report.Answer.Contains("little power", StringComparison.Ordinal), report.Answer);
    }

    [TestMethod]
    public void The_order_of_candidates_does_not_show()
    {
        int[] turned = [2, 0, 3, 1];
        var once = Fabricated.Of(Fabricated.Demsar, Fabricated.DemsarScores);
        var other = Fabricated.Of([.. turned.Select(i => Fabricated.Demsar[i])], [.. Fabricated.DemsarScores.Select(row => turned.Select(i => row[i]).ToArray())]);
        Assert.AreEqual(once.Answer, other.Answer);
        Assert.AreEqual(once.Baseline, other.Baseline);
        CollectionAssert.AreEqual(once.Candidates.ToArray(), other.Candidates.ToArray());
        Assert.AreEqual(JsonNode.Parse(once.ToJson())!["candidates"]!.ToJsonString(), JsonNode.Parse(other.ToJson())!["candidates"]!.ToJsonString());
    }

    [TestMethod]
    public void Marks_are_those_of_the_corrected_test_and_turn_round_with_the_baseline()
    {
        double[] low = [0.50, 0.52, 0.51], high = [0.90, 0.91, 0.92], near = [0.49, 0.53, 0.52];
        var report = Fabricated.Ranked(Three, [Fabricated.Set("s", LearningTask.Binary, Three, [low, high, near])], "a");
        var against = report.Against("a");
        Assert.AreEqual(Standing.Win, against["b"].Datasets[0].Standing);
        Assert.AreEqual(Standing.Tie, against["c"].Datasets[0].Standing);
        Assert.AreEqual(Standing.None, against["a"].Datasets[0].Standing);
        Assert.AreEqual(CorrectedResampledTTest.Compare(high, low, 0.5).PValue, against["b"].Datasets[0].Test!.PValue);
        Assert.AreEqual((1, 0, 0), (against["b"].Wins, against["b"].Ties, against["b"].Losses));
        Assert.AreEqual(Standing.Loss, report.Against("b")["a"].Datasets[0].Standing);
        Assert.AreEqual("b", report.WithBaseline("b").Baseline);
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => report.Against("d")).Message, "'d'");
    }

    [TestMethod]
    public void Of_a_metric_that_is_an_error_the_smaller_one_wins()
    {
        double[] small = [1.0, 1.1, 1.05], large = [5.0, 5.2, 5.1];
        var report = Fabricated.Ranked(Two, [Fabricated.Set("s", LearningTask.Regression, Two, [large, small]), Fabricated.Set("t", LearningTask.Regression, Two, [large, small])]);
        Assert.AreEqual("b", report.Candidates[0].Name);
        Assert.AreEqual("b", report.Baseline);
        Assert.AreEqual(2, report.Against("b")["a"].Losses);
    }

    [TestMethod]
    public void Two_candidates_are_compared_by_signed_ranks()
    {
        double[][] scores = [.. Enumerable.Range(0, 10).Select(i => new[] { 0.80 + (0.01 * i), 0.75 + (0.008 * i) })];
        var report = Fabricated.Of(Two, scores);
        Assert.AreEqual(2.0 / 1024, report.Wilcoxon!.PValue, 1e-12, "All ten differences have one sign.");
        Assert.IsGreaterThan(0.95, report.BayesianSignedRank!.FirstBetter);
        StringAssert.Contains(report.Answer, "Wilcoxon's test finds that it differs from b (p = 0.002)");
        StringAssert.Contains(Markdown(report), "Bayesian signed-rank");
        Assert.IsNull(Fabricated.Of(Three, [[1, 2, 3], [1, 2, 3]]).Wilcoxon);
    }

    [TestMethod]
    public void A_set_on_which_a_candidate_failed_is_left_out_of_the_ranks_with_a_note()
    {
        var report = Fabricated.Of(Three, [[0.5, 0.6, 0.7], [0.9, double.NaN, 0.1], [0.5, 0.6, 0.7]]);
        CollectionAssert.AreEqual(new[] { true, false, true }, report.Datasets.Select(d => d.IsRanked).ToArray());
        Assert.AreEqual(2, report.Friedman!.Datasets);
        CollectionAssert.AreEqual(new[] { 1.0, 2.0, 3.0 }, report.Candidates.Select(c => c.AverageRank).ToArray());
        StringAssert.Contains(report.Notes.Single(), "d1 is left out of the ranks and tests: b has no score there (It cannot read text).");
        string page = Markdown(report);
        StringAssert.Contains(page, "d1 (not ranked)");
        StringAssert.Contains(page, "| failed |");
        StringAssert.Contains(report.Answer, "With 2 data sets the tests have little power");
    }

    [TestMethod]
    public void A_candidate_that_failed_everywhere_has_no_rank_and_spoils_no_set()
    {
        var report = Fabricated.Of(Three, [[0.5, double.NaN, 0.7], [0.6, double.NaN, 0.8]]);
        Assert.IsTrue(report.Datasets.All(d => d.IsRanked));
        CollectionAssert.AreEqual(new[] { "c", "a", "b" }, report.Candidates.Select(c => c.Name).ToArray());
        Assert.IsTrue(double.IsNaN(report.Candidates[2].AverageRank));
        StringAssert.Contains(report.Notes.Single(), "b could not be measured on any data set");
        Assert.IsNotNull(report.Wilcoxon, "Two candidates are left.");
        Assert.HasCount(2, report.ToRanks()!.Items);
    }

    [TestMethod]
    public void A_set_that_failed_as_a_whole_is_a_row_with_its_error()
    {
        DatasetResult failed = new("bad", LearningTask.Binary) { Error = "The label has one value only." };
        var good = Fabricated.Set("good", LearningTask.Binary, Two, [[0.5, 0.6, 0.55], [0.7, 0.8, 0.75]]);
        var report = Fabricated.Ranked(Two, [failed, good]);
        StringAssert.Contains(Markdown(report), "| bad (failed) | The label has one value only. |");
        StringAssert.Contains(report.Answer, "b ranks best on good, the only data set with ranks");
        Assert.IsNull(JsonNode.Parse(report.ToJson())!["datasets"]![0]!["comparison"]);

        var none = Fabricated.Ranked(Two, [failed]);
        StringAssert.Contains(none.Answer, "None of the 1 data sets could be compared on.");
        Assert.IsNull(none.ToRanks());
        StringAssert.Contains(Markdown(none), "one value only");
        JsonNode.Parse(none.ToJson());
    }

    [TestMethod]
    public void Equal_candidates_are_not_told_apart()
    {
        var report = Fabricated.Of(Three, [[0.5, 0.5, 0.5], [0.7, 0.7, 0.7]]);
        StringAssert.Contains(report.Answer, "a, b and c rank best on average over 2 data sets (Accuracy, average rank 2.00 of 3)");
        StringAssert.Contains(report.Answer, "no evidence that the 3 candidates differ (p = 1.000)");
        Assert.AreEqual(Standing.Tie, report.Against("a")["b"].Datasets[0].Standing);
    }

    [TestMethod]
    public void One_candidate_has_nothing_to_be_compared_with()
    {
        var report = Fabricated.Of(["a"], [[0.5], [0.7]]);
        StringAssert.Contains(report.Answer, "a is the only candidate with scores");
        Assert.IsNull(report.ToRanks());
        StringAssert.Contains(Markdown(report), "| d0 | 0.5");
        JsonNode.Parse(report.ToJson());
    }

    [TestMethod]
    public void Json_names_groups_and_standings()
    {
        var json = JsonNode.Parse(Fabricated.Of(Three, [[0.5, 0.6, 0.7], [0.5, 0.6, 0.7], [0.5, 0.6, 0.7]]).ToJson())!;
        Assert.AreEqual("mlpath.datasets-comparison", (string?)json["schema"]);
        Assert.AreEqual(1, (int)json["version"]!);
        Assert.AreEqual("c", (string?)json["baseline"]);
        Assert.AreEqual("Infinity", (string?)json["friedman"]!["f"], "All sets rank alike.");
        CollectionAssert.AreEqual(new[] { "c", "b" }, json["nemenyi"]!["groups"]![0]!.AsArray().Select(n => (string?)n).ToArray());
        Assert.AreEqual("mlpath.comparison", (string?)json["datasets"]![0]!["comparison"]!["schema"]);
        Assert.IsNull(json["datasets"]![0]!["scores"]![0]!["standing"], "The baseline stands to itself in no way.");
        Assert.AreEqual("a", (string?)json["datasets"]![0]!["scores"]![2]!["candidate"]);
    }

    private static string Markdown(DatasetsReport report)
    {
        using var writer = new StringWriter();
        MarkdownReportWriter.Write(report.ToReport(), writer);
        return writer.ToString();
    }
}
