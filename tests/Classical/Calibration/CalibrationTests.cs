using MLPath.Calibrators;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class CalibrationTests
{
    private static readonly MLContext ML = new(seed: 3);
    private static readonly ReferenceFigures Figures = MetaFigures.All;

    [TestMethod]
    [DataRow("platt", null)]
    [DataRow("plattWeighted", "Weight")]
    public void Platt_agrees_with_scipy_and_scikit_learn(string name, string? weight)
    {
        var calibrator = ML.BinaryClassification.Calibrators.Platt(exampleWeightColumnName: weight).Fit(Scored()).Model;
        Assert.AreEqual(Figures[name].Number("slope"), calibrator.Slope, 1e-6);
        Assert.AreEqual(Figures[name].Number("offset"), calibrator.Offset, 1e-6);
        Assert.AreEqual(Figures[name].Number("sklearnSlope"), calibrator.Slope, 1e-5);
        Assert.AreEqual(Figures[name].Number("sklearnOffset"), calibrator.Offset, 1e-5);
    }

    [TestMethod]
    [DataRow("plain", null)]
    [DataRow("weighted", "Weight")]
    public void Isotonic_agrees_with_scikit_learn(string name, string? weight)
    {
        var calibrator = ML.BinaryClassification.Calibrators.Isotonic(exampleWeightColumnName: weight).Fit(Scored()).Model;
        Samples.AssertClose(Figures["isotonic"].Vector(name), Figures.Vector("places").Select(x => (double)calibrator.PredictProbability((float)x)), 1e-6);
    }

    [TestMethod]
    public void Monotone_sequence_is_nearest_of_all()
    {
        var random = new RandomStream(4);
        double[] y = [.. Enumerable.Range(0, 40).Select(i => (0.05 * i) + random.NextGaussian())], w = [.. y.Select(_ => 0.1 + random.NextDouble())];
        foreach (bool increasing in new[] { true, false })
        {
            double[] f = IsotonicRegression.Monotone(y, w, increasing);
            double sign = increasing ? 1 : -1, inner = 0;
            for (int i = 1; i < f.Length; i++)
                Assert.IsGreaterThanOrEqualTo(0, sign * (f[i] - f[i - 1]));
            // f is the projection on a cone exactly where the residual is orthogonal to f and every rising tail's residual is not positive.
            double tail = 0;
            for (int i = f.Length - 1; i >= 0; i--)
            {
                inner += w[i] * (y[i] - f[i]) * f[i];
                tail += w[i] * sign * (y[i] - f[i]);
                Assert.IsLessThan(1e-9, tail);
            }

            Assert.AreEqual(0, inner, 1e-9);
            Assert.AreEqual(0, tail, 1e-9);
        }

        Assert.Throws<ArgumentException>(() => IsotonicRegression.Monotone([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([1, 2], [1, 2], [1, 0]));
        Assert.Throws<ArgumentException>(() => new IsotonicRegression([1, 1], [1, 2]));
    }

    [TestMethod]
    public void Naive_counts_in_bins()
    {
        var view = Scored([0, 0.1f, 100, 199.9f, 200], [false, true, true, true, false], [1, 1, 1, 1, 1]);
        var model = ML.BinaryClassification.Calibrators.Naive().Fit(view).Model;
        Assert.HasCount(200, model.BinProbs);
        Assert.AreEqual(0.5f, model.PredictProbability(-5));
        Assert.AreEqual(1f, model.PredictProbability(100.5f));
        Assert.AreEqual(0f, model.PredictProbability(50));
        Assert.AreEqual(0.5f, model.PredictProbability(1e30f));
    }

    [TestMethod]
    [DataRow(ClassScoreKind.Logits)]
    [DataRow(ClassScoreKind.Probabilities)]
    public void Temperature_agrees_with_scipy(ClassScoreKind kind)
    {
        var figures = Figures["temperature"];
        double[][] logits = figures.Rows("logits");
        float[][] scores = [.. logits.Select(z =>
        {
            double[] p = [.. z];
            if (kind == ClassScoreKind.Probabilities)
                Dense.Softmax(p, p);
            return p.Select(v => (float)v).ToArray();
        })];
        var data = ML.Transforms.CopyColumns("Score", "Features").Fit(TestData.Multiclass(logits, figures.Integers("answers"), 3))
            .Transform(TestData.Multiclass([.. scores.Select(r => r.Select(v => (double)v).ToArray())], figures.Integers("answers"), 3));
        var fitted = ML.MulticlassClassification.Calibrators.Temperature(scores: kind).Fit(data);
        Assert.AreEqual(figures.Number("value"), fitted.Temperature, 1e-5);
        var probabilities = TestData.Vectors(Fits.RoundTrip(fitted).Transform(data), "Probability");
        double[] expected = [.. logits[0].Select(z => z / figures.Number("value"))];
        Dense.Softmax(expected, expected);
        Samples.AssertClose(expected, probabilities[0].Select(v => (double)v), 1e-5);
    }

    [TestMethod]
    public void Calibrated_classifiers_agree_with_scikit_learn()
    {
        var folds = new StratifiedKFold("Label", 5, Shuffle: false);
        foreach (var (name, method, ensemble, tolerance) in new[]
        {
            ("platt", CalibrationMethod.Platt, true, 1e-5), ("isotonic", CalibrationMethod.Isotonic, true, 1e-5), ("one", CalibrationMethod.Platt, false, 1e-5),
        })
        {
            var trainer = new CalibratedBinaryTrainer(new() { Method = method, Folds = folds, Ensemble = ensemble });
            Samples.AssertClose(Figures["calibrated"].Vector(name), MetaFigures.Predict(trainer.Fit(MetaFigures.Binary), "Probability"), tolerance);
        }
    }

    [TestMethod]
    public void Calibrators_survive_a_file_and_evaluate()
    {
        var view = Scored();
        var calibrators = ML.BinaryClassification.Calibrators;
        foreach (var estimator in new IEstimator<ITransformer>[] { calibrators.Platt(), calibrators.Isotonic(), calibrators.Naive(), calibrators.Platt(-1.5, 0.25) })
        {
            var model = estimator.Fit(view);
            float[] p = TestData.Column<float>(model.Transform(view), "Probability");
            CollectionAssert.AreEqual(p, TestData.Column<float>(Fits.RoundTrip(model).Transform(view), "Probability"));
            Assert.IsTrue(p.All(v => v is >= 0 and <= 1));
        }

        Assert.AreEqual(1 / (1 + Math.Exp((-1.5 * 2) + 0.25)), new PlattCalibrator(-1.5, 0.25).PredictProbability(2), 1e-7);
    }

    [TestMethod]
    public void Bad_rows_are_errors_by_row_and_column()
    {
        var error = Assert.Throws<DataException>(() => ML.BinaryClassification.Calibrators.Platt().Fit(Scored([1, float.NaN], [true, false], [1, 1])));
        StringAssert.Contains(error.Message, "Row 1");
        StringAssert.Contains(error.Message, "Score");
        Assert.Throws<DataException>(() => ML.BinaryClassification.Calibrators.Isotonic().Fit(Scored([], [], [])));
        Assert.Throws<DataException>(() => ML.BinaryClassification.Calibrators.Isotonic(exampleWeightColumnName: "Weight").Fit(Scored([1], [true], [-1])));
        Assert.Throws<SchemaException>(() => ML.BinaryClassification.Calibrators.Platt(scoreColumnName: "Nothing").Fit(Scored()));
        var flat = ML.BinaryClassification.Calibrators.Platt().Fit(Scored([2, 2, 2], [true, true, false], [1, 1, 1])).Model;
        Assert.AreEqual(0, flat.Slope);
        Assert.Throws<ModelFormatException>(() => new FakeModel("MLPath.IsotonicCalibrator", context =>
        {
            context.WriteArray<double>("Scores", [1, 2]);
            context.WriteArray<double>("Probabilities", [0.5, 1.5]);
        }).Load());
    }

    [TestMethod]
    public void Equal_weights_count_as_repeated_rows()
    {
        var once = Scored([1, 2, 3, 4], [false, true, false, true], [2, 1, 1, 3]);
        var repeated = Scored([1, 1, 2, 3, 4, 4, 4], [false, false, true, false, true, true, true], [1, 1, 1, 1, 1, 1, 1]);
        var a = ML.BinaryClassification.Calibrators.Platt(exampleWeightColumnName: "Weight").Fit(once).Model;
        var b = ML.BinaryClassification.Calibrators.Platt().Fit(repeated).Model;
        Assert.AreEqual(b.Slope, a.Slope, 1e-8);
        Assert.AreEqual(b.Offset, a.Offset, 1e-8);
    }

    private static InMemoryDataView Scored() => Scored(
        [.. Figures.Vector("scores").Select(v => (float)v)], [.. Figures.Integers("positive").Select(v => v == 1)], [.. Figures.Vector("weights").Select(v => (float)v)]);

    private static InMemoryDataView Scored(float[] scores, bool[] labels, float[] weights)
    {
        var (score, label, weight) = (new ScalarColumn<float>(NumberDataViewType.Single), new ScalarColumn<bool>(BooleanDataViewType.Instance), new ScalarColumn<float>(NumberDataViewType.Single));
        score.Alias(scores, 0, scores.Length);
        label.Alias(labels, 0, labels.Length);
        weight.Alias(weights, 0, weights.Length);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Score", score.Type);
        schema.AddColumn("Label", label.Type);
        schema.AddColumn("Weight", weight.Type);
        return new InMemoryDataView(schema.ToSchema(), [score, label, weight]);
    }
}
