using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Metrics;

[TestClass]
public sealed class MetricCatalogTests
{
    [TestMethod]
    [DataRow(LearningTask.Binary, "AUC", "AreaUnderRocCurve")]
    [DataRow(LearningTask.Binary, "accuracy", "Accuracy")]
    [DataRow(LearningTask.Binary, "f1", "F1Score")]
    [DataRow(LearningTask.Binary, "macro-F1", "MacroF1Score")]
    [DataRow(LearningTask.Binary, "log_loss", "LogLoss")]
    [DataRow(LearningTask.Binary, "average precision", "AveragePrecision")]
    [DataRow(LearningTask.Multiclass, "accuracy", "MicroAccuracy")]
    [DataRow(LearningTask.Multiclass, "auc", "MacroAreaUnderRocCurve")]
    [DataRow(LearningTask.Multiclass, "logloss", "LogLoss")]
    [DataRow(LearningTask.Regression, "RMSE", "RootMeanSquaredError")]
    [DataRow(LearningTask.Regression, "mae", "MeanAbsoluteError")]
    [DataRow(LearningTask.Regression, "R2", "RSquared")]
    [DataRow(LearningTask.Clustering, "ari", "AdjustedRandIndex")]
    public void Names_and_aliases_find_the_metric(LearningTask task, string name, string canonical) =>
        Assert.AreEqual(canonical, MetricCatalog.Find(task, name).Name);

    [TestMethod]
    public void Every_metric_is_a_property_with_the_same_value_and_every_property_can_be_looked_up()
    {
        EvaluationMetrics[] evaluations =
        [
            BinaryClassificationEvaluator.Evaluate([true, false, true], [1, -1, -1], [0.75f, 0.5f, 0.25f]),
            MulticlassClassificationEvaluator.Evaluate([0, 1, 1], [0.75f, 0.25f, 0.5f, 0.5f, 0.25f, 0.75f], 2, [],
                new() { TopKPredictionCount = 1 }),
            RegressionEvaluator.Evaluate([1f, 2, 4], [1, 3, 3]),
            ClusteringEvaluator.Evaluate([0, 0, 1], [1, 2, 3], [0, 1, 1], [1, 2, 8], 1),
            AnomalyDetectionEvaluator.Evaluate([1f, 0, 1], [3, 2, 1], [true, false, true]),
            RankingEvaluator.Evaluate([2f, 0, 1], [3, 2, 1], [0, 0, 0]),
        ];
        foreach (var metrics in evaluations)
        {
            Assert.HasCount(MetricCatalog.For(metrics.Task).Count, metrics.All);
            var properties = metrics.GetType().GetProperties().Where(p => p.PropertyType == typeof(double)).ToDictionary(p => p.Name);
            properties.Remove(nameof(EvaluationMetrics.TotalWeight));
            foreach (var metric in metrics.All)
            {
                Assert.IsTrue(metric.IsDefined, metric.ToString());
                Assert.IsTrue(properties.ContainsKey(metric.Name), metric.Name);
            }
            foreach (var (name, property) in properties)
                Assert.AreEqual((double)property.GetValue(metrics)!, metrics[name].Value, $"{metrics.Task}: {name}");
            Assert.AreEqual(MetricCatalog.Primary(metrics.Task).Name, metrics.Primary.Name);
        }
    }

    [TestMethod]
    public void Every_metric_is_described()
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            foreach (var metric in MetricCatalog.For(task))
            {
                Assert.EndsWith(".", metric.Meaning, metric.Name);
                Assert.IsGreaterThan(0, metric.DisplayName.Length);
                Assert.AreNotEqual(metric.Best, metric.Worst);
                Assert.IsTrue(double.IsFinite(metric.Best));
                foreach (string alias in metric.Aliases)
                    Assert.AreSame(metric, MetricCatalog.Find(task, alias));
            }
        }
        Assert.IsTrue(MetricCatalog.Find(LearningTask.Regression, "r2").HigherIsBetter);
        Assert.IsFalse(MetricCatalog.Find(LearningTask.Regression, "rmse").HigherIsBetter);
    }

    [TestMethod]
    public void An_unknown_name_is_an_error_that_lists_the_known_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => MetricCatalog.Find(LearningTask.Regression, "auc"));
        StringAssert.Contains(error.Message, "no metric 'auc' for regression");
        StringAssert.Contains(error.Message, "RSquared, RootMeanSquaredError");
        var metrics = RegressionEvaluator.Evaluate([1f], [1]);
        Assert.IsFalse(metrics.TryGet("auc", out _));
        Assert.IsFalse(metrics.TryGet(null, out _));
        Assert.IsTrue(metrics.TryGet("mae", out var mae));
        Assert.AreEqual(new MetricValue("MeanAbsoluteError", 0, HigherIsBetter: false), mae);
        Assert.Throws<ArgumentException>(() => metrics["auc"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricCatalog.For((LearningTask)9));
    }

    [TestMethod]
    public void A_metric_prints_its_value_or_its_reason()
    {
        var metrics = RegressionEvaluator.Evaluate([2f, 2], [1, 2]);
        Assert.AreEqual("MeanAbsoluteError: 0.5", metrics["mae"].ToString());
        Assert.AreEqual("RSquared: undefined (the target is constant: it is 2 in all 2 evaluated rows)", metrics["r2"].ToString());
        Assert.HasCount(metrics.All.Count, metrics.ToString().Split('\n'));
    }
}
