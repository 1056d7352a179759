using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Metrics;

[TestClass]
public sealed class AnomalyDetectionEvaluatorTests
{
    private static readonly MLContext Ml = new(seed: 3);

    // Anomalies score 9, 7 and 2; normal rows 8, 5, 4, 3, 1.
    private static readonly float[] Labels = [1, 0, 1, 0, 0, 0, 1, 0];
    private static readonly float[] Scores = [9, 8, 7, 5, 4, 3, 2, 1];

    [TestMethod]
    [DataRow(1, 2.0 / 3)]
    [DataRow(3, 2.0 / 3)]
    [DataRow(4, 1.0)]
    [DataRow(5, 1.0)]
    [DataRow(10, 1.0)]
    public void The_detection_rate_counts_anomalies_above_the_normal_row_that_is_one_too_many(int count, double expected) =>
        Assert.AreEqual(expected, Evaluate(Labels, Scores, count).DetectionRateAtFalsePositiveCount, 1e-12);

    [TestMethod]
    public void A_tie_with_the_normal_row_that_is_one_too_many_is_not_found_whatever_the_order()
    {
        float[] labels = [1, 0, 0, 1], scores = [5, 5, 4, 6];
        Assert.AreEqual(1, Evaluate(labels, scores, 1).DetectionRateAtFalsePositiveCount);
        labels = [0, 0, 1, 1];
        scores = [6, 5, 5, 7];
        Assert.AreEqual(0.5, Evaluate(labels, scores, 1).DetectionRateAtFalsePositiveCount);
        Assert.AreEqual(0.5, Evaluate([.. labels.Reverse()], [.. scores.Reverse()], 1).DetectionRateAtFalsePositiveCount);
    }

    [TestMethod]
    public void The_other_metrics_are_those_of_the_order_and_of_the_predicted_labels()
    {
        // 15 pairs: 9 is above all 5 normal rows, 7 above 4, 2 above 1.
        var metrics = Evaluate(Labels, Scores, 10, threshold: 6);
        Assert.AreEqual(10.0 / 15, metrics.AreaUnderRocCurve, 1e-12);
        Assert.AreEqual((1 + (2.0 / 3) + (3.0 / 7)) / 3, metrics.AveragePrecision, 1e-12);
        Assert.AreEqual(2.0 / 3, metrics.Precision, 1e-12);
        Assert.AreEqual(2.0 / 3, metrics.Recall, 1e-12);
        Assert.AreEqual(2.0 / 3, metrics.F1Score, 1e-12);
        Assert.AreEqual(metrics.AreaUnderRocCurve, metrics.Primary.Value);
        Assert.AreEqual(metrics.AreaUnderRocCurve, metrics["auc"].Value);
        Assert.AreEqual("anomaly", metrics.ConfusionMatrix.ClassNames[0]);
        Assert.AreEqual(10, metrics.FalsePositiveCount);
    }

    [TestMethod]
    public void What_cannot_be_measured_says_why()
    {
        var normal = Evaluate([0, 0, 0], [1, 2, 3], 1);
        Assert.IsTrue(double.IsNaN(normal.AreaUnderRocCurve));
        StringAssert.Contains(normal["DetectionRateAtFalsePositiveCount"].UndefinedReason, "normal");
        StringAssert.Contains(Evaluate([1, 0], [1, float.NaN], 1)["auc"].UndefinedReason, "NaN or infinite");
        StringAssert.Contains(Evaluate([], [], 1)["ap"].UndefinedReason, "no rows");
        var missing = Evaluate([1, float.NaN, 0], [1, float.NaN, 0], 1);
        Assert.AreEqual(1, missing.RowsWithoutLabel);
        Assert.AreEqual(1, missing.AreaUnderRocCurve);
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(Labels, Scores, 0));
    }

    [TestMethod]
    [DataRow("Boolean")]
    [DataRow("Single")]
    [DataRow("key")]
    public void The_catalog_reads_labels_of_three_types(string type)
    {
        ColumnBuffer label = type switch
        {
            "Boolean" => Column(BooleanDataViewType.Instance, [.. Labels.Select(l => l > 0)]),
            "Single" => Column(NumberDataViewType.Single, Labels),
            _ => Column(new KeyDataViewType(2), [.. Labels.Select(l => (uint)l + 1)]),
        };
        var view = View(label);
        var metrics = Ml.AnomalyDetection.Evaluate(view, "Truth", "Points", "Found", falsePositiveCount: 1);
        Assert.AreEqual(10.0 / 15, metrics.AreaUnderRocCurve, 1e-12);
        Assert.AreEqual(2.0 / 3, metrics.DetectionRateAtFalsePositiveCount, 1e-12);
        Assert.AreEqual(2.0 / 3, metrics.Precision, 1e-12);
    }

    [TestMethod]
    public void Wrong_columns_are_named()
    {
        var view = View(Column(new KeyDataViewType(3), [.. Labels.Select(l => (uint)l + 1)]));
        StringAssert.Contains(Assert.Throws<SchemaException>(() => Ml.AnomalyDetection.Evaluate(view, "Truth", "Points", "Found")).Message, "Truth");
        StringAssert.Contains(Assert.Throws<SchemaException>(() => Ml.AnomalyDetection.Evaluate(view, "Truth", "Points", "Points")).Message, "Boolean");
        StringAssert.Contains(Assert.Throws<SchemaException>(() => Ml.AnomalyDetection.Evaluate(view, "Truth", "Score", "Found")).Message, "Score");
    }

    [TestMethod]
    public void Detectors_are_compared_and_cross_validated_against_the_rarer_value()
    {
        var random = new Numerics.RandomStream(4);
        var features = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 2));
        features.Begin(VectorLayout.Dense);
        var kind = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        var truth = new ScalarColumn<bool>(BooleanDataViewType.Instance);
        for (int i = 0; i < 120; i++)
        {
            double away = i % 12 == 0 ? 8 + (i / 12 * 3) : 0;
            features.AddRow([(float)(away + random.NextGaussian()), (float)random.NextGaussian()]);
            kind.Add((away > 0 ? "fraud" : "usual").AsMemory());
            truth.Add(away > 0);
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", features.Type);
        schema.AddColumn("Kind", kind.Type);
        schema.AddColumn("Label", truth.Type);
        var view = new InMemoryDataView(schema.ToSchema(), [features, kind, truth]);
        var result = Ml.AnomalyDetection.Compare(
            view, "Kind", new CandidateSet { ["lof"] = Ml.AnomalyDetection.Trainers.LocalOutlierFactor(numberOfNeighbors: 15) }, folds: 4);
        Assert.AreEqual(LearningTask.AnomalyDetection, result.Task);
        CollectionAssert.AreEqual(new[] { "usual", "fraud" }, result.BinaryClasses.ToArray());
        Assert.IsGreaterThan(0.95, result.Best!.Score!.Mean);
        var report = result.ToReport();
        Assert.IsTrue(report.Sections.Any(s => s.Title == "Ranking quality"));
        StringAssert.Contains(result.ToJson(), "\"anomaly\"");
        var folds = Ml.AnomalyDetection.CrossValidate(view, Ml.AnomalyDetection.Trainers.LocalOutlierFactor(numberOfNeighbors: 15), numberOfFolds: 4);
        Assert.HasCount(4, folds);
        Assert.IsTrue(folds.All(f => f.Metrics.AreaUnderRocCurve > 0.9));
    }

    [TestMethod]
    public void Precision_at_k_looks_at_the_highest_scores_and_shares_ties()
    {
        float[] labels = [1, 0, 1, 0, 0, 1], scores = [9, 8, 7, 7, 7, 1];
        AnomalyDetectionMetrics At(int? count) => AnomalyDetectionEvaluator.Evaluate(labels, scores, new bool[6], new AnomalyEvaluationOptions { TopCount = count });
        Assert.AreEqual(1, At(1).PrecisionAtTopCount);
        Assert.AreEqual(0.5, At(2).PrecisionAtTopCount);
        // Three anomalies: the third place is shared by three rows, one of which is one.
        Assert.AreEqual((1 + (1 / 3.0)) / 3, At(null).PrecisionAtTopCount, 1e-12);
        Assert.AreEqual(0.5, At(100).PrecisionAtTopCount, "There are no more rows than six.");
        Assert.Throws<ArgumentOutOfRangeException>(() => At(0));
        Assert.IsTrue(double.IsNaN(AnomalyDetectionEvaluator.Evaluate([0f, 0], [1, 2], [false, false]).PrecisionAtTopCount));
    }

    private static AnomalyDetectionMetrics Evaluate(float[] labels, float[] scores, int count, float threshold = 0) => AnomalyDetectionEvaluator.Evaluate(
        labels, scores, [.. scores.Select(s => s > threshold)], new AnomalyEvaluationOptions { FalsePositiveCount = count });

    private static ScalarColumn<T> Column<T>(PrimitiveDataViewType type, T[] values)
    {
        var column = new ScalarColumn<T>(type);
        foreach (var value in values)
            column.Add(value);
        return column;
    }

    private static InMemoryDataView View(ColumnBuffer label)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Truth", label.Type);
        schema.AddColumn("Points", NumberDataViewType.Single);
        schema.AddColumn("Found", BooleanDataViewType.Instance);
        return new InMemoryDataView(schema.ToSchema(),
            [label, Column(NumberDataViewType.Single, Scores), Column(BooleanDataViewType.Instance, [.. Scores.Select(s => s > 6)])]);
    }
}
