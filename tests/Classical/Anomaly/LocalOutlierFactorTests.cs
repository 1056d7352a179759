using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical.Anomaly;

[TestClass]
public sealed class LocalOutlierFactorTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("density");
    private static readonly double[][] Rows = Figures.Rows("rows");
    private static readonly double[][] Queries = Figures.Rows("queries");
    private static readonly MLContext Ml = new(seed: 1);

    [TestMethod]
    [DataRow(NeighborDistance.Euclidean, 5, 0.0)]
    [DataRow(NeighborDistance.Euclidean, 20, 0.1)]
    [DataRow(NeighborDistance.Euclidean, 500, 0.25)]
    [DataRow(NeighborDistance.Manhattan, 5, 0.0)]
    [DataRow(NeighborDistance.Manhattan, 20, 0.1)]
    [DataRow(NeighborDistance.Manhattan, 500, 0.25)]
    public void It_agrees_with_scikit_learn(NeighborDistance distance, int k, double contamination)
    {
        string name = FormattableString.Invariant($"{distance} {k} {(contamination > 0 ? contamination : "auto")}").ToLowerInvariant();
        var figures = Figures["lof"][name];
        var transformer = new LocalOutlierFactorTrainer(new() { NumberOfNeighbors = k, Contamination = contamination, Distance = distance })
            .Fit(TestData.Unlabelled(Rows), FitContext.Default);
        Samples.AssertClose(figures.Vector("training"), transformer.Model.TrainingScores.ToArray(), 1e-7);
        Assert.AreEqual(figures.Number("threshold"), transformer.Threshold, 1e-6);
        var scored = transformer.Transform(TestData.Unlabelled(Queries));
        Samples.AssertClose(figures.Vector("scores"), TestData.Column<float>(scored, "Score").Select(s => (double)s), 1e-6);
        CollectionAssert.AreEqual(figures.Integers("anomalies"), TestData.Column<bool>(scored, "PredictedLabel").Select(p => p ? 1 : 0).ToArray());
    }

    [TestMethod]
    public void Rows_on_one_spot_have_finite_scores()
    {
        double[][] rows = [.. Enumerable.Repeat(new[] { 1.0, 2 }, 8), [5, 5], [5.5, 5], [1, 2.5]];
        var model = Fits.Model(new LocalOutlierFactorTrainer(new() { NumberOfNeighbors = 3 }), TestData.Unlabelled(rows));
        Assert.IsTrue(model.TrainingScores.ToArray().All(double.IsFinite));
        Assert.AreEqual(1, model.TrainingScores[0], 1e-9);
        Assert.IsGreaterThan(1e6, model.TrainingScores[10], "Beside a spot of infinite density every other row is an anomaly.");
        var scores = new float[1];
        model.Score(TestData.Matrix([[1.0, 2]]), scores);
        Assert.AreEqual(1, scores[0], 1e-6);
    }

    [TestMethod]
    public void A_missing_feature_scores_nan_and_is_no_anomaly_and_an_infinite_one_is()
    {
        var transformer = new LocalOutlierFactorTrainer().Fit(TestData.Unlabelled(Rows), FitContext.Default);
        var scored = transformer.Transform(TestData.Unlabelled([[double.NaN, 1], [0, 1], [double.PositiveInfinity, 0]]));
        float[] scores = TestData.Column<float>(scored, "Score");
        Assert.IsTrue(float.IsNaN(scores[0]) && float.IsFinite(scores[1]) && scores[2] == float.MaxValue);
        CollectionAssert.AreEqual(new[] { false, false, true }, TestData.Column<bool>(scored, "PredictedLabel"));
    }

    [TestMethod]
    public void The_threshold_can_be_changed_is_kept_in_a_file_and_leaves_the_scores_as_they_are()
    {
        var data = TestData.Unlabelled(Rows);
        var pipeline = Ml.Transforms.NormalizeMinMax("Features").Append(Ml.AnomalyDetection.Trainers.LocalOutlierFactor(numberOfNeighbors: 10, contamination: 0.1));
        var model = pipeline.Fit(data);
        var changed = Ml.AnomalyDetection.ChangeModelThreshold(model.LastTransformer, 1.2f);
        Assert.AreSame(model.LastTransformer, Ml.AnomalyDetection.ChangeModelThreshold(model.LastTransformer, model.LastTransformer.Threshold));
        Assert.Throws<ArgumentException>(() => Ml.AnomalyDetection.ChangeModelThreshold(changed, float.NaN));
        var loaded = Fits.RoundTrip(changed);
        Assert.AreEqual(1.2f, loaded.Threshold);
        Assert.AreEqual(model.LastTransformer.Model.DefaultThreshold, loaded.Model.DefaultThreshold);
        var scored = loaded.Transform(data);
        float[] scores = TestData.Column<float>(scored, "Score");
        CollectionAssert.AreEqual(scores, TestData.Column<float>(model.LastTransformer.Transform(data), "Score"));
        CollectionAssert.AreEqual(scores.Select(s => s > 1.2f).ToArray(), TestData.Column<bool>(scored, "PredictedLabel"));
        Assert.IsTrue(scored.Schema["Score"].Annotations.TryGetValue(AnnotationKinds.ScoreColumnKind, out ReadOnlyMemory<char> kind));
        Assert.AreEqual(ScoreColumnKinds.AnomalyDetection, kind.ToString());
    }

    [TestMethod]
    public void A_prediction_engine_scores_one_row()
    {
        var rows = Ml.Data.LoadFromEnumerable(Rows.Select(r => new Point { Features = [(float)r[0], (float)r[1]] }));
        var model = Ml.AnomalyDetection.Trainers.LocalOutlierFactor().Fit(rows);
        var engine = Ml.Model.CreatePredictionEngine<Point, Finding>(model);
        var far = engine.Predict(new Point { Features = [30, -30] });
        Assert.IsTrue(far.PredictedLabel);
        Assert.IsGreaterThan(10, far.Score);
        Assert.IsFalse(engine.Predict(new Point { Features = [(float)Rows[0][0], (float)Rows[0][1]] }).PredictedLabel);
    }

    [TestMethod]
    [DataRow("NumberOfNeighbors", "3 rows have no 3 neighbours each")]
    [DataRow("LocalDensities", "a density is not positive")]
    [DataRow("DefaultThreshold", "its threshold is not a finite number")]
    [DataRow("Rows", "it has fewer than 2 rows, or no features")]
    public void A_damaged_file_is_refused(string damage, string message)
    {
        var error = Assert.ThrowsExactly<ModelFormatException>(new FakeModel("MLPath.LocalOutlierFactor", c => Write(c, damage)).Load);
        StringAssert.Contains(error.Message, message);
        Assert.IsInstanceOfType<LocalOutlierFactorModelParameters>(new FakeModel("MLPath.LocalOutlierFactor", c => Write(c, "")).Load());

        static void Write(ModelSaveContext context, string damage)
        {
            int n = damage == "Rows" ? 1 : 3;
            context.Write("NumberOfNeighbors", damage == "NumberOfNeighbors" ? 3 : 2);
            context.WriteEnum("Distance", NeighborDistance.Euclidean);
            context.WriteEnum("Algorithm", NeighborAlgorithm.Brute);
            context.Write("DefaultThreshold", damage == "DefaultThreshold" ? float.NaN : 1.5f);
            context.WriteArray<float>("Rows", [.. Enumerable.Range(0, n).Select(i => (float)i)], n, 1);
            context.WriteArray<double>("Reach", [1, 1, 2]);
            context.WriteArray<double>("LocalDensities", [1, damage == "LocalDensities" ? 0 : 1, 1]);
            context.WriteArray<double>("TrainingScores", [1, 1, 1]);
        }
    }

    [TestMethod]
    public void Wrong_options_and_too_few_rows_are_named()
    {
        StringAssert.Contains(Assert.Throws<OptionException>(() => Ml.AnomalyDetection.Trainers.LocalOutlierFactor(numberOfNeighbors: 0)).Message, "NumberOfNeighbors");
        StringAssert.Contains(Assert.Throws<OptionException>(() => Ml.AnomalyDetection.Trainers.LocalOutlierFactor(contamination: 0.6)).Message, "Contamination");
        var one = TestData.Unlabelled([[1, 2]]);
        StringAssert.Contains(Assert.Throws<DataException>(() => Ml.AnomalyDetection.Trainers.LocalOutlierFactor().Fit(one)).Message, "two rows");
    }

    [TestMethod]
    public void A_fit_can_be_cancelled() => Fits.AssertCancellable(new LocalOutlierFactorTrainer(), TestData.Unlabelled(Rows));

    private sealed class Point
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Finding
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }
    }
}
