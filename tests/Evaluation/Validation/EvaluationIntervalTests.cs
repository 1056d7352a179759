using System.Text.Json.Nodes;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Validation;

/// <summary>Metrics of an evaluation have bootstrap intervals.</summary>
[TestClass]
public sealed class EvaluationIntervalTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_interval_of_accuracy_is_near_that_of_a_proportion()
    {
        var report = Evaluate(new EvaluationOptions { Model = "bayes" });
        var interval = report.Intervals["MicroAccuracy"];
        double accuracy = report.Metrics["MicroAccuracy"].Value;
        Assert.AreEqual(accuracy, interval.Estimate);
        // Wald's half-width of a share of 150 rows; the bootstrap's is never far from it.
        double margin = 1.96 * Math.Sqrt(accuracy * (1 - accuracy) / 150);
        Assert.AreEqual(2 * margin, interval.Upper - interval.Lower, margin);
        Assert.IsTrue(interval.Lower < accuracy && accuracy < interval.Upper);
        foreach (var metric in report.Metrics.All.Where(m => m.IsDefined))
            Assert.IsTrue(report.Intervals[metric.Name] is { IsDefined: true } or { UndefinedReason: not null }, metric.Name);

        StringAssert.Contains(report.Answer, " [0.7");
        StringAssert.Contains(report.ToReport().Sections.OfType<MLPath.Reports.TableSection>().First().Explanation!, "95% intervals");
        var json = JsonNode.Parse(report.ToJson())!["intervals"]!["MicroAccuracy"]!;
        Assert.AreEqual(interval.Lower, (double)json["lower"]!);
        Assert.AreEqual(0.95, (double)json["confidence"]!);
    }

    [TestMethod]
    public void Intervals_are_a_function_of_the_seed_and_can_be_left_out()
    {
        var first = Evaluate(new EvaluationOptions { Model = "bayes", Resamples = 200 });
        Assert.AreEqual(first.ToJson(), Evaluate(new EvaluationOptions { Model = "bayes", Resamples = 200 }).ToJson());
        Assert.AreNotEqual(first.Intervals["LogLoss"], Evaluate(new EvaluationOptions { Model = "bayes", Resamples = 200, Seed = 2 }).Intervals["LogLoss"]);
        var none = Evaluate(new EvaluationOptions { Model = "bayes", Resamples = 0 });
        Assert.IsEmpty(none.Intervals);
        Assert.IsNull(none.ToReport().Sections.OfType<MLPath.Reports.TableSection>().First().Explanation);
        Assert.Throws<OptionException>(() => Evaluate(new EvaluationOptions { Model = "bayes", Resamples = 5 }));
    }

    private EvaluationReport Evaluate(EvaluationOptions options)
    {
        var iris = _ml.Data.LoadDataset("iris");
        var model = _ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth").Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(_ml.MulticlassClassification.Trainers.NaiveBayes()).Fit(iris);
        return EvaluationReport.Run(LearningTask.Multiclass, iris, model.Transform(iris), options);
    }
}
