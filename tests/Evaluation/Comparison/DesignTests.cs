using System.Text.Json.Nodes;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Comparison;

/// <summary>Comparisons of each design, with the test that fits it.</summary>
[TestClass]
public sealed class DesignTests
{
    private readonly MLContext _ml = new(seed: 3);

    [TestMethod]
    public void One_split_and_accuracy_are_tested_by_McNemar_with_bootstrap_intervals()
    {
        var result = Cancer(new ComparisonOptions { LabelColumn = "Diagnosis", Design = ComparisonDesign.HoldOut, TestFraction = 0.3, Metric = "accuracy" });
        Assert.AreEqual("30% of the rows held out, stratified by Diagnosis, seed 0", result.Design);
        var best = result.Best!;
        Assert.HasCount(1, best.Folds);
        Assert.AreEqual(171, best.Folds[0].TestRows);
        Assert.AreEqual(best.Folds[0].Metrics["Accuracy"].Value, best.Score!.Mean);
        Assert.IsLessThan(best.Score.Mean, best.Score.Lower);
        Assert.IsGreaterThan(best.Score.Mean, best.Score.Upper);
        var other = result.Candidates[1];
        StringAssert.Contains(other.Test!.Name, "McNemar");
        Assert.AreEqual(best.Score.Mean - other.Score!.Mean, other.Test.Effect!.Estimate, 1e-12);
        Assert.AreEqual(other.Test.PValue, other.VersusBest!.PValue);
        Assert.AreEqual(171, other.VersusBest.Count);
        Assert.IsNull(other.Bayesian);
        var again = Cancer(result.Options, FitContext.Default with { Threads = 3 });
        Assert.AreEqual(best.Score, again.Best!.Score);
        StringAssert.Contains(result.ToReport().Sections.OfType<MLPath.Reports.TableSection>().Single(s => s.Title.StartsWith("How", StringComparison.Ordinal)).Explanation!, "exactly one of the two");
    }

    [TestMethod]
    public void One_split_and_the_area_are_tested_by_DeLong_and_other_metrics_by_the_bootstrap()
    {
        var area = Cancer(new ComparisonOptions { LabelColumn = "Diagnosis", Design = ComparisonDesign.HoldOut }).Candidates[1];
        Assert.AreEqual("DeLong test", area.Test!.Name);
        Assert.AreEqual(area.VersusBest!.MeanDifference, area.Test.Effect!.Estimate);
        var loss = Cancer(new ComparisonOptions { LabelColumn = "Diagnosis", Design = ComparisonDesign.HoldOut, Metric = "BrierScore" });
        var worse = loss.Candidates[1];
        Assert.AreEqual("paired bootstrap", worse.Test!.Name);
        Assert.AreEqual(loss.Best!.Score!.Mean - worse.Score!.Mean, worse.Test.Effect!.Estimate, 1e-6);
        Assert.IsLessThan(0, worse.Test.Effect.Estimate, "The best has the smaller error.");
    }

    [TestMethod]
    public void Groups_held_out_are_drawn_whole()
    {
        var rows = Enumerable.Range(0, 200).Select(i => new Row { X = i % 2 == 0 ? i : -i, Y = i % 2 == 0 ? "even" : "odd", Who = $"p{i / 5}" });
        var data = _ml.Data.LoadFromEnumerable(rows);
        var result = _ml.BinaryClassification.Compare(data, new CandidateSet
        {
            ["bayes"] = _ml.Transforms.Concatenate("Features", "X").Append(_ml.BinaryClassification.Trainers.NaiveBayes()),
            ["prior"] = _ml.Transforms.Concatenate("Features", "X").Append(_ml.BinaryClassification.Trainers.Prior()),
        }, new ComparisonOptions { LabelColumn = "Y", GroupColumn = "Who", Design = ComparisonDesign.HoldOut, Metric = "accuracy" });
        StringAssert.Contains(result.Design, "groups of Who kept together");
        Assert.AreEqual("paired bootstrap", result.Candidates[1].Test!.Name);
        StringAssert.Contains(result.Candidates[1].Test!.Reason, "whole groups");
    }

    [TestMethod]
    public void Five_times_two_folds_are_tested_by_F()
    {
        var result = Cancer(new ComparisonOptions { LabelColumn = "Diagnosis", Design = ComparisonDesign.FiveByTwo });
        Assert.HasCount(10, result.Best!.Folds);
        Assert.AreEqual("2 folds, stratified by Diagnosis, repeated 5 times, seed 0", result.Design);
        var test = result.Candidates[1].Test!;
        Assert.AreEqual("combined 5×2 cv F test", test.Name);
        Assert.IsTrue(test.PValue is > 0 and < 1);
        Assert.AreEqual(1, result.TestToTrainRatio, 0.01);
    }

    [TestMethod]
    public void Folds_are_tested_by_the_corrected_t_test_and_believed_beside_it()
    {
        var options = new ComparisonOptions { LabelColumn = "Diagnosis", Folds = 5, Metric = "accuracy" };
        var result = Cancer(options);
        var other = result.Candidates[1];
        Assert.AreEqual("corrected resampled t-test", other.Test!.Name);
        Assert.AreEqual(other.VersusBest!.T, other.Test.Statistic);
        Assert.AreEqual(0.01, other.Bayesian!.Probabilities!.Rope);
        Assert.AreEqual(1, other.Bayesian.Probabilities.FirstBetter + other.Bayesian.Probabilities.Equivalent + other.Bayesian.Probabilities.SecondBetter, 1e-9);
        Assert.AreEqual(1, Cancer(options with { Rope = 1 }).Candidates[1].Bayesian!.Probabilities!.Equivalent, 1e-3);
        StringAssert.Contains(result.Answer, "corrected resampled t-test, p ");
        StringAssert.Contains(result.Answer, "95% interval");

        var json = JsonNode.Parse(result.ToJson())!["candidates"]![1]!["versusBest"]!;
        Assert.AreEqual("corrected resampled t-test", (string?)json["test"]);
        StringAssert.Contains((string?)json["reason"], "overlap");
        Assert.AreEqual("t", (string?)json["statistic"]!["name"]);
        Assert.AreEqual(other.VersusBest.MeanDifference, (double)json["effect"]!["estimate"]!);
        Assert.AreEqual(other.Bayesian.Probabilities.Equivalent, (double)json["bayesian"]!["probabilities"]!["equivalent"]!);
    }

    [TestMethod]
    public void The_region_of_an_error_is_one_hundredth_of_the_best()
    {
        var data = _ml.Data.LoadDataset("diabetes");
        string[] features = [.. data.Schema.Select(c => c.Name).Where(n => n != "Progression")];
        var result = _ml.Regression.Compare(data, "Progression", new()
        {
            ["ols"] = _ml.Transforms.Concatenate("Features", features).Append(_ml.Regression.Trainers.Ols()),
            ["few"] = _ml.Transforms.Concatenate("Features", features[..2]).Append(_ml.Regression.Trainers.Ols()),
        }, folds: 4, metric: "rmse");
        Assert.AreEqual("ols", result.Best!.Name);
        var probabilities = result.Candidates[1].Bayesian!.Probabilities!;
        Assert.AreEqual(result.Best.Score!.Mean / 100, probabilities.Rope, 1e-9);
        Assert.IsGreaterThan(0.9, probabilities.FirstBetter, "Lower errors are better.");
    }

    [TestMethod]
    public void One_fold_of_a_column_is_one_split_and_clusters_on_one_are_not_tested()
    {
        var blobs = _ml.Data.Generate.Blobs(rows: 90, centers: 3, seed: 4);
        var result = _ml.Clustering.Compare(blobs, new CandidateSet
        {
            ["three"] = _ml.Clustering.Trainers.KMeans(numberOfClusters: 3),
            ["two"] = _ml.Clustering.Trainers.KMeans(numberOfClusters: 2),
        }, new ComparisonOptions { Design = ComparisonDesign.HoldOut });
        Assert.IsFalse(result.Candidates[1].Test!.IsDefined);
        StringAssert.Contains(result.Answer, "could not be tested against");
    }

    [TestMethod]
    public void Impossible_designs_are_clear_errors()
    {
        StringAssert.Contains(Error(new ComparisonOptions { Design = ComparisonDesign.HoldOut, TestFraction = 1 }), "TestFraction is 1");
        StringAssert.Contains(Error(new ComparisonOptions { Rope = -1 }), "Rope is -1");
        StringAssert.Contains(Error(new ComparisonOptions { FoldColumn = "X", Design = ComparisonDesign.FiveByTwo }), "goes with no other design");
    }

    private string Error(ComparisonOptions options) =>
        Assert.Throws<OptionException>(() => Cancer(options with { LabelColumn = "Diagnosis" })).Message;

    private ComparisonReport Cancer(ComparisonOptions options, FitContext? context = null)
    {
        var data = _ml.Data.LoadDataset("breast-cancer");
        string[] features = [.. data.Schema.Select(c => c.Name).Where(n => n != "Diagnosis")];
        return _ml.BinaryClassification.Compare(data, new CandidateSet
        {
            ["all"] = _ml.Transforms.Concatenate("Features", features).Append(_ml.BinaryClassification.Trainers.NaiveBayes()),
            ["few"] = _ml.Transforms.Concatenate("Features", features[..3]).Append(_ml.BinaryClassification.Trainers.NaiveBayes()),
        }, options, context);
    }

    private sealed class Row
    {
        public float X { get; set; }

        public string Y { get; set; } = "";

        public string Who { get; set; } = "";
    }
}
