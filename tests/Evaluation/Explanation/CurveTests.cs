using System.Text.Json.Nodes;
using MLPath.Data;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Explanation;

/// <summary>Learning curves over growing parts of the rows, validation curves over the values of an option.</summary>
[TestClass]
public sealed class CurveTests
{
    private static readonly string[] Lengths = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];

    private readonly MLContext _ml = new(seed: 2);

    [TestMethod]
    public void Quality_grows_with_rows_and_the_last_point_is_cross_validation()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var candidates = new CandidateSet { ["bayes"] = Features().Append(_ml.MulticlassClassification.Trainers.NaiveBayes()) };
        var curve = _ml.MulticlassClassification.LearningCurve(iris, "Species", candidates, new CurveOptions { Fractions = [0.1, 0.5, 1], Metric = "accuracy" });
        var points = curve.Candidates.Single().Points;
        CollectionAssert.AreEqual(new[] { "12", "60", "120" }, points.Select(p => p.Name).ToArray());
        Assert.IsGreaterThan(0.9, points[^1].ValidationMean);
        var compared = _ml.MulticlassClassification.Compare(iris, "Species", candidates, folds: 5, metric: "accuracy");
        CollectionAssert.AreEqual(
            compared.Candidates[0].Folds.Select(f => f.Metrics["accuracy"].Value).ToArray(), points[^1].Validation.ToArray(), "The same folds, and all their rows.");
        StringAssert.Contains(curve.Answer, "bayes reaches");
        var report = curve.ToReport();
        Assert.HasCount(2, ((LineChartSection)report.Sections[0]).Series);
        var json = JsonNode.Parse(curve.ToJson())!;
        Assert.AreEqual("mlpath.learning-curve", json["schema"]!.GetValue<string>());
        Assert.AreEqual(points[0].Validation[2], json["candidates"]![0]!["points"]![0]!["validation"]![2]!.GetValue<double>());
    }

    [TestMethod]
    public void Threads_do_not_show_and_parts_keep_the_shares_of_the_classes()
    {
        var iris = _ml.Data.LoadDataset("iris");
        string Json(int threads) => _ml.MulticlassClassification.LearningCurve(
            iris, "Species", new CandidateSet { ["bayes"] = Features().Append(_ml.MulticlassClassification.Trainers.NaiveBayes()) },
            new CurveOptions { Fractions = [0.06, 1], Folds = 3 }, FitContext.Default with { Threads = threads }).ToJson();
        Assert.AreEqual(Json(1), Json(6));
        // 6 of 100 rows: two of each class, so that even so few can be learned from.
        Assert.IsFalse(Json(2).Contains("\"error\": \"", StringComparison.Ordinal), Json(2));
    }

    [TestMethod]
    public void A_part_that_cannot_be_learned_from_leaves_a_gap()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var candidates = new CandidateSet
        {
            ["picky"] = Features().Append(_ml.MulticlassClassification.Trainers.KNearestNeighbors(new Trainers.KNearestNeighborsTrainer.Options { NumberOfNeighbors = 30 })),
        };
        var curve = _ml.MulticlassClassification.LearningCurve(iris, "Species", candidates, new CurveOptions { Fractions = [0.05, 1], Folds = 3 });
        var first = curve.Candidates[0].Points[0];
        Assert.AreEqual(first.Error is not null, double.IsNaN(first.ValidationMean));
        Assert.IsFalse(double.IsNaN(curve.Candidates[0].Points[1].ValidationMean));
        Assert.IsGreaterThan(1, curve.ToReport().Sections.Count);
    }

    [TestMethod]
    public void A_validation_curve_finds_the_best_value()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var values = new CandidateSet();
        foreach (int k in new[] { 1, 9, 90 })
            values.Add($"{k}", Features().Append(_ml.MulticlassClassification.Trainers.KNearestNeighbors(new Trainers.KNearestNeighborsTrainer.Options { NumberOfNeighbors = k })));
        var curve = _ml.MulticlassClassification.ValidationCurve(iris, "Species", "NumberOfNeighbors", values, new CurveOptions { Metric = "accuracy" });
        Assert.AreEqual("9", curve.Best!.Name);
        Assert.AreEqual(1, curve.Points[0].TrainingMean, "The nearest neighbour of a row that was learned from is the row.");
        Assert.IsLessThan(curve.Points[1].ValidationMean, curve.Points[2].ValidationMean);
        StringAssert.Contains(curve.Answer, "NumberOfNeighbors = 9");
        Assert.IsInstanceOfType<LineChartSection>(curve.ToReport().Sections[0]);
        Assert.AreEqual("9", JsonNode.Parse(curve.ToJson())!["best"]!.GetValue<string>());
        Assert.Throws<Runtime.OptionException>(() => _ml.MulticlassClassification.LearningCurve(iris, "Species", values, new CurveOptions { Fractions = [0, 1] }));
    }

    private EstimatorChain<ITransformer> Features() => new EstimatorChain<ITransformer>().Append<ITransformer>(_ml.Transforms.Concatenate("Features", Lengths));
}
