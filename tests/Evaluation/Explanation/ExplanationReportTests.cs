using System.Text.Json.Nodes;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Explanation;

/// <summary>Everything about a model in one report.</summary>
[TestClass]
public sealed class ExplanationReportTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Two_classes_have_every_part()
    {
        var (model, data) = Patients();
        var options = new ExplanationOptions
        {
            Model = "clinic",
            BinaryClasses = ["well", "ill"],
            Segments = ["Ward"],
            Costs = new DecisionCosts { FalseNegative = 5 },
        };
        var report = _ml.BinaryClassification.Explain(model, data, options);
        Assert.AreEqual("Age", report.Importance!.Features[0].Feature.Name);
        StringAssert.StartsWith(report.Answer, "clinic depends most on Age");
        Assert.IsNotNull(report.Reliability);
        Assert.IsLessThan(0.5, report.Threshold!.Best.Threshold);
        Assert.HasCount(1, report.Segments);
        Assert.AreEqual(report.WorstRows!.Rows[0].Index, report.Row.RowIndices[0], "The most wrong row is taken apart.");
        Assert.AreEqual(report.Row.Prediction(0), report.Row.BaseValues[0] + Enumerable.Range(0, report.Row.Features.Count).Sum(f => report.Row.Value(0, f)), 1e-9);
        Assert.IsNotNull(report.Contributions, "Logistic regression is linear.");

        var page = report.ToReport();
        string html = Html(page);
        foreach (string title in new[] { "Importance of the input columns", "Reliability of ill", "Expected cost by threshold", "Quality by Ward", "The rows that are most wrong", "Dependence on Age" })
            StringAssert.Contains(html, title);
        var json = JsonNode.Parse(report.ToJson())!;
        Assert.AreEqual("mlpath.explanation", json["schema"]!.GetValue<string>());
        Assert.AreEqual(report.Threshold.Best.Threshold, json["threshold"]!["best"]!["threshold"]!.GetValue<double>());
    }

    [TestMethod]
    public void It_repeats_bit_for_bit_at_any_number_of_threads()
    {
        var (model, data) = Patients();
        string Json(int threads) => _ml.BinaryClassification.Explain(
            model, data, new ExplanationOptions { Segments = ["Ward"], Repeats = 3 }, FitContext.Default with { Threads = threads, Seed = 4 }).ToJson();
        Assert.AreEqual(Json(1), Json(5));
    }

    [TestMethod]
    public void Several_classes_numbers_and_clusters_are_explained_too()
    {
        var iris = _ml.Data.LoadDataset("iris");
        string[] lengths = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];
        var features = _ml.Transforms.Concatenate("Features", lengths);
        var species = features.Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(_ml.MulticlassClassification.Trainers.NaiveBayes()).Fit(iris);
        var several = _ml.MulticlassClassification.Explain(species, iris, new ExplanationOptions { Row = 7, Repeats = 2 });
        Assert.AreEqual("setosa", several.Row.Outputs[several.RowOutput]);
        Assert.HasCount(3, several.Reliability!.Classes);
        Assert.IsNull(several.Threshold);
        _ = Html(several.ToReport());

        var width = _ml.Transforms.Concatenate("Features", lengths[..3]).Append(_ml.Regression.Trainers.Ridge(labelColumnName: "PetalWidth")).Fit(iris);
        var number = _ml.Regression.Explain(width, iris, new ExplanationOptions { LabelColumn = "PetalWidth", Columns = ["PetalLength"], Repeats = 2 });
        Assert.AreEqual("PetalLength", number.Importance!.Features[0].Feature.Name);
        Assert.HasCount(1, number.Dependence);
        Assert.IsNull(number.Reliability);
        _ = Html(number.ToReport());

        var clusters = features.Append(_ml.Clustering.Trainers.KMeans(numberOfClusters: 3)).Fit(iris);
        var unlabelled = _ml.Clustering.Explain(clusters, iris, new ExplanationOptions { LabelColumn = null });
        Assert.IsNull(unlabelled.Importance);
        Assert.IsNull(unlabelled.WorstRows);
        Assert.HasCount(3, unlabelled.Shares.Outputs);
        _ = Html(unlabelled.ToReport());
        Assert.Throws<Runtime.OptionException>(() => _ml.Ranking.Explain(width, iris));
    }

    private (ITransformer Model, IDataView Data) Patients()
    {
        var random = new Numerics.RandomStream(2);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 120).Select(i =>
        {
            float age = random.NextInt32(80);
            return new Patient { Age = age, Weight = 50 + random.NextInt32(50), Ward = i % 2 == 0 ? "A" : "B", Label = random.NextBoolean(1 / (1 + Math.Exp((40 - age) / 8))) };
        }).ToArray());
        var pipeline = _ml.Transforms.Concatenate("Features", "Age", "Weight").Append(_ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression());
        return (pipeline.Fit(data), data);
    }

    private static string Html(Report report)
    {
        string path = Path.Combine(Path.GetTempPath(), $"mlpath-{Guid.NewGuid():N}.html");
        try
        {
            ReportWriter.Save(report, path);
            return File.ReadAllText(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class Patient
    {
        public float Age { get; set; }

        public float Weight { get; set; }

        public string Ward { get; set; } = "";

        public bool Label { get; set; }
    }
}
