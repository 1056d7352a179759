using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;
using Options = MLPath.Trainers.LbfgsLogisticRegressionBinaryTrainer.Options;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class LogisticRegressionTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("linear")["binary"];
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly bool[] Y = [.. Figures.Integers("y").Select(y => y == 1)];
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];

    [TestMethod]
    public void It_agrees_with_scikit_learn()
    {
        var model = Fit(new Options { L1Regularization = 0, L2Regularization = 2 });
        AssertModel("scikitLearnL2Of2", model, 1e-6);

        var (scores, probabilities) = (new float[X.Length], new float[X.Length]);
        model.Score(TestData.Matrix(X), scores, probabilities);
        Samples.AssertClose(Figures["scikitLearnL2Of2"].Vector("probabilities"), probabilities.Select(p => (double)p), 1e-6);
        for (int i = 0; i < scores.Length; i++)
            Assert.AreEqual(probabilities[i] > 0.5, scores[i] > 0);
    }

    [TestMethod]
    [DataRow("defaults", 1, 1, false)]
    [DataRow("l1Of4", 4, 0, false)]
    [DataRow("nonNegative", 0, 1, true)]
    [DataRow("nonNegativeL1", 1, 0.5, true)]
    public void It_agrees_with_SciPy_and_its_zeros_are_exact(string figures, double l1, double l2, bool nonNegative)
    {
        var model = Fit(new Options { L1Regularization = l1, L2Regularization = l2, EnforceNonNegativity = nonNegative });
        Assert.IsTrue(model.Converged, model.StopReason);
        AssertModel(figures, model, 1e-6);
        CollectionAssert.AreEqual(
            Figures[figures].Vector("weights").Select(w => w == 0).ToArray(), model.Weights.Select(w => w == 0).ToArray());
    }

    // Karush, Kuhn and Tucker: ∂(loss + L2 ½ w²) = −L1 sign(w) where w ≠ 0, and at most L1 in magnitude where w = 0; ∂loss/∂b = 0.
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(20)]
    public void The_optimality_conditions_hold_on_real_data(double l1)
    {
        var set = EmbeddedSet.Load("breast-cancer").TenFolds(standardised: true).First().Train;
        var view = TestData.Binary(set.Features, [.. set.Classes.Select(c => c == 1)]);
        var model = Fits.Model(new LbfgsLogisticRegressionBinaryTrainer(new Options { L1Regularization = l1 }), view);
        Assert.IsTrue(model.Converged, model.StopReason);

        var gradient = model.Weights.ToArray();
        double biasGradient = 0;
        for (int i = 0; i < set.Features.Length; i++)
        {
            double[] x = [.. set.Features[i].Select(v => (double)(float)v)];
            double slope = Dense.Sigmoid(Dense.Dot(x, [.. model.Weights]) + model.Bias) - set.Classes[i];
            Dense.Axpy(slope, x, gradient);
            biasGradient += slope;
        }

        Assert.AreEqual(0, biasGradient, 1e-4);
        for (int j = 0; j < gradient.Length; j++)
        {
            if (model.Weights[j] != 0)
                Assert.AreEqual(-l1 * Math.Sign(model.Weights[j]), gradient[j], 1e-4);
            else
                Assert.IsLessThanOrEqualTo(l1, Math.Abs(gradient[j]));
        }

        Assert.AreEqual(l1 == 0, model.Weights.All(w => w != 0));
    }

    [TestMethod]
    public void A_row_of_weight_two_is_two_rows()
    {
        float[] weights = [.. Enumerable.Range(0, X.Length).Select(i => (float)(i % 4))];
        var weighted = Fits.Model(Weighted(new Options()), TestData.Binary(X, Y, weights));
        var repeated = Fits.Model(
            new LbfgsLogisticRegressionBinaryTrainer(), TestData.Binary(Samples.Repeat(X, weights), Samples.Repeat(Y, weights)));
        Samples.AssertClose([.. repeated.Weights, repeated.Bias], [.. weighted.Weights, weighted.Bias], 1e-7);
    }

    [TestMethod]
    public void Threads_do_not_change_a_bit()
    {
        double[][] x = Samples.Gaussian(3000, 5, 4);
        var view = TestData.Binary(x, [.. x.Select(r => r[0] + (0.5 * r[1]) + r[4] > 0.3)]);
        var trainer = new LbfgsLogisticRegressionBinaryTrainer();
        var expected = Fits.Model(trainer, view, threads: 1);
        foreach (int threads in new[] { 2, 3, 7 })
        {
            var model = Fits.Model(trainer, view, threads);
            CollectionAssert.AreEqual(expected.Weights.ToArray(), model.Weights.ToArray());
            Assert.AreEqual(expected.Bias, model.Bias);
            CollectionAssert.AreEqual(expected.Losses.ToArray(), model.Losses.ToArray());
        }
    }

    [TestMethod]
    public void Sparse_rows_are_learned_and_scored_like_dense_ones()
    {
        double[][] x = [.. X.Select((row, i) => row.Select((v, j) => (i + j) % 3 == 0 ? v : 0).ToArray())];
        var dense = Fits.Model(new LbfgsLogisticRegressionBinaryTrainer(), TestData.Binary(x, Y));
        var view = TestData.Binary(x, Y, sparse: true);
        var sparse = Fits.Model(new LbfgsLogisticRegressionBinaryTrainer(), view);
        Samples.AssertClose([.. dense.Weights, dense.Bias], [.. sparse.Weights, sparse.Bias], 1e-7);

        var (expected, scores) = (new float[x.Length], new float[x.Length]);
        dense.Score(TestData.Matrix(x), expected, []);
        dense.Score(TestData.Matrix(x, sparse: true), scores, []);
        Samples.AssertClose(expected.Select(s => (double)s), scores.Select(s => (double)s), 1e-6);
    }

    // Without penalties w · x is the same for x in any unit and with any origin, and so is the path to the minimum.
    [TestMethod]
    public void Without_penalties_units_and_origins_do_not_matter()
    {
        var options = new Options { L1Regularization = 0, L2Regularization = 0 };
        double[][] x = Samples.Gaussian(200, 3, 5);
        bool[] y = [.. Samples.Gaussian(200, 1, 6).Select((noise, i) => x[i][0] - x[i][2] + (2 * noise[0]) > 0)];
        var expected = Fits.Model(new LbfgsLogisticRegressionBinaryTrainer(options), TestData.Binary(x, y));

        double[] units = [1 << 20, 1, 1.0 / (1 << 20)];
        double[][] moved = [.. x.Select(row => row.Select((v, j) => units[j] * (v + 16)).ToArray())];
        double[][] single = [.. moved.Select(row => row.Select(v => (double)(float)v).ToArray())];
        var model = Fits.Model(new LbfgsLogisticRegressionBinaryTrainer(options), TestData.Binary(single, y));
        Samples.AssertClose(expected.Weights, model.Weights.Select((w, j) => w * units[j]), 1e-4);
        Assert.AreEqual(expected.Iterations, model.Iterations);
    }

    [TestMethod]
    public void Separable_classes_without_penalties_stay_finite_and_are_told()
    {
        double[][] x = [[-2, 1], [-1, 1], [1, 1], [2, 1]];
        var view = TestData.Binary(x, [false, false, true, true]);
        var trainer = new LbfgsLogisticRegressionBinaryTrainer(new Options { L1Regularization = 0, L2Regularization = 0 });
        var model = Fits.Model(trainer, view);
        Assert.IsTrue(double.IsFinite(model.Bias) && model.Weights.All(double.IsFinite));
        Assert.IsGreaterThan(5, model.Weights[0]);
        Assert.AreEqual(0, model.Weights[1], "A constant feature gets no weight.");
        Assert.AreEqual("separable", Fits.Diagnoses(trainer, view).Single().Code);
        Assert.IsEmpty(Fits.Diagnoses(new LbfgsLogisticRegressionBinaryTrainer(), view));
    }

    [TestMethod]
    public void Features_that_say_nothing_leave_the_frequency()
    {
        double[][] x = [.. Enumerable.Range(0, 10).Select(_ => new[] { 5.0, 0 })];
        var model = Fits.Model(new LbfgsLogisticRegressionBinaryTrainer(), TestData.Binary(x, [.. Enumerable.Range(0, 10).Select(i => i < 3)]));

        // A loss known to ε places its minimum to √ε.
        Assert.AreEqual(Math.Log(3.0 / 7), model.Bias, 1e-7);
        CollectionAssert.AreEqual(new double[] { 0, 0 }, model.Weights.ToArray());
        Assert.IsTrue(model.Converged);
    }

    [TestMethod]
    public void Features_at_the_ends_of_single_precision_stay_finite()
    {
        double[][] x = [[3e38, 1e-44], [-3e38, 0], [1e38, 1e-44], [-1e38, 1e-44], [0, 0]];
        foreach (double penalty in new double[] { 0, 1 })
        {
            var model = Fits.Model(
                new LbfgsLogisticRegressionBinaryTrainer(new Options { L1Regularization = penalty, L2Regularization = penalty }),
                TestData.Binary(x, [true, false, true, false, true]));
            Assert.IsTrue(double.IsFinite(model.Bias) && model.Weights.All(double.IsFinite));
        }
    }

    [TestMethod]
    public void One_class_only_is_an_error_that_names_it()
    {
        var view = TestData.Binary([[1], [2]], [true, true]);
        var error = Assert.ThrowsExactly<DataException>(() => new LbfgsLogisticRegressionBinaryTrainer().Fit(view, FitContext.Default));
        Assert.AreEqual("The label 'Label' has one class only: true; the trainer needs two. Look at how the rows were chosen, or choose another label.", error.Message);
    }

    [TestMethod]
    public void Too_many_parameters_are_an_early_error()
    {
        var type = new VectorDataViewType(NumberDataViewType.Single, 100_000_000);
        var rows = new VectorColumn<float>(type);
        rows.Begin(VectorLayout.Sparse);
        rows.AddRow([3], [1f]);
        rows.AddRow([5], [1f]);
        var data = new TrainingData(new FeatureMatrix(rows), featureNames: [], classes: [0, 1], classNames: ["false", "true"]);
        var loss = new LogisticLoss();
        var error = Assert.ThrowsExactly<DataException>(() => LbfgsLinear.Train(loss, TrainingStream.Of(data), 0.25, [0], new Options(), FitContext.Default));
        Assert.Contains("100000000 features make 100000001 parameters", error.Message);
        Assert.Contains("HistorySize than 20", error.Message);
    }

    [TestMethod]
    public void The_history_tells_of_every_iteration()
    {
        var heard = new List<FitProgress>();
        var view = TestData.Binary(X, Y);
        var progress = new Sink(heard);
        var model = new LbfgsLogisticRegressionBinaryTrainer().Fit(view, FitContext.Default with { Progress = progress }).Model;
        Assert.HasCount(model.Iterations, model.Losses);
        CollectionAssert.AreEqual(model.Losses.ToArray(), heard.Select(p => p.Loss!.Value).ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(1, model.Iterations).ToArray(), heard.Select(p => p.Iteration).ToArray());
        Assert.IsNull(heard[0].Total);

        // The last loss is the objective per unit of weight.
        double objective = model.Weights.Sum(w => Math.Abs(w) + (0.5 * w * w));
        for (int i = 0; i < X.Length; i++)
            objective -= Dense.LogSigmoid((Y[i] ? 1 : -1) * (Dense.Dot(X[i], [.. model.Weights]) + model.Bias));
        Assert.AreEqual(objective / X.Length, model.Losses[^1], 1e-12);
    }

    [TestMethod]
    public void A_limit_of_iterations_is_kept_and_told()
    {
        var trainer = new LbfgsLogisticRegressionBinaryTrainer(new Options { MaximumNumberOfIterations = 2 });
        var view = TestData.Binary(X, Y);
        var model = Fits.Model(trainer, view);
        Assert.AreEqual((2, false, "The limit of iterations was reached."), (model.Iterations, model.Converged, model.StopReason));
        Assert.AreEqual("not-converged", Fits.Diagnoses(trainer, view).Single().Code);
    }

    [TestMethod]
    public void Unequal_scales_are_told_when_there_is_a_penalty()
    {
        double[][] x = [.. X.Select(row => new[] { row[0], 10_000 * row[1] })];
        var diagnosis = Fits.Diagnoses(new LbfgsLogisticRegressionBinaryTrainer(), TestData.Binary(x, Y)).Single();
        Assert.AreEqual((DiagnosisSeverity.Warning, "feature-scales"), (diagnosis.Severity, diagnosis.Code));
        var free = new LbfgsLogisticRegressionBinaryTrainer(new Options { L1Regularization = 0, L2Regularization = 0 });
        Assert.IsEmpty(Fits.Diagnoses(free, TestData.Binary(x, Y)));
    }

    [TestMethod]
    public void It_stops_soon_after_it_is_cancelled() =>
        Assert.IsGreaterThan(10, Fits.AssertCancellable(new LbfgsLogisticRegressionBinaryTrainer(), TestData.Binary(X, Y)));

    [TestMethod]
    public void A_saved_model_scores_the_same_bits()
    {
        var view = TestData.Binary(X, Y, W);
        var fitted = Weighted(new Options()).Fit(view, FitContext.Default);
        var loaded = Fits.RoundTrip(fitted);
        CollectionAssert.AreEqual(
            TestData.Column<float>(fitted.Transform(view), "Score"), TestData.Column<float>(loaded.Transform(view), "Score"));
        CollectionAssert.AreEqual(
            TestData.Column<float>(fitted.Transform(view), "Probability"), TestData.Column<float>(loaded.Transform(view), "Probability"));
        var (before, after) = (fitted.Model, loaded.Model);
        Assert.AreEqual((before.Bias, before.Iterations, before.Converged, before.StopReason), (after.Bias, after.Iterations, after.Converged, after.StopReason));
        CollectionAssert.AreEqual(before.Weights.ToArray(), after.Weights.ToArray());
        CollectionAssert.AreEqual(before.Losses.ToArray(), after.Losses.ToArray());
    }

    [TestMethod]
    public void The_quality_on_breast_cancer_is_that_of_the_field()
    {
        int right = 0, all = 0;
        double auc = 0;
        foreach (var (train, test) in EmbeddedSet.Load("breast-cancer").TenFolds(standardised: true))
        {
            var model = Fits.Model(new LbfgsLogisticRegressionBinaryTrainer(), TestData.Binary(train.Features, [.. train.Classes.Select(c => c == 1)]));
            var scores = new float[test.Features.Length];
            model.Score(TestData.Matrix(test.Features), scores, []);
            right += scores.Where((s, i) => s > 0 == (test.Classes[i] == 1)).Count();
            all += scores.Length;
            float[] positive = [.. scores.Where((_, i) => test.Classes[i] == 1)], negative = [.. scores.Where((_, i) => test.Classes[i] == 0)];
            auc += (double)positive.Sum(p => negative.Count(n => p > n)) / (positive.Length * negative.Length) / 10;
        }

        Assert.IsGreaterThanOrEqualTo(0.96, (double)right / all);
        Assert.IsGreaterThanOrEqualTo(0.99, auc);
    }

    [TestMethod]
    public void The_catalog_makes_it_with_MLNETs_parameters()
    {
        var trainers = new MLContext().BinaryClassification.Trainers;
        Assert.AreEqual("LbfgsLogisticRegression()", trainers.LbfgsLogisticRegression().ToString());
        Assert.AreEqual(
            "LbfgsLogisticRegression(L1Regularization=0.5, L2Regularization=0.25, OptimizationTolerance=0.001, HistorySize=5, EnforceNonNegativity=true)",
            trainers.LbfgsLogisticRegression("Label", "Features", null, 0.5f, 0.25f, 0.001, 5, true).ToString());
        var error = Assert.ThrowsExactly<OptionException>(() => trainers.LbfgsLogisticRegression(l2Regularization: -1));
        Assert.AreEqual("Option L2Regularization is -1; expected a number, 0 or more.", error.Message);
    }

    [TestMethod]
    public void Parameters_that_make_no_model_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new LinearBinaryModelParameters([], 0));
        Assert.ThrowsExactly<ArgumentException>(() => new LinearBinaryModelParameters([double.NaN], 0));
        Assert.ThrowsExactly<ArgumentException>(() => new LinearBinaryModelParameters([1], double.PositiveInfinity));
    }

    private static LbfgsLogisticRegressionBinaryTrainer Weighted(Options options) => new(options with { ExampleWeightColumnName = "Weight" });

    private static LinearBinaryModelParameters Fit(Options options) =>
        Fits.Model(Weighted(options with { OptimizationTolerance = 1e-10 }), TestData.Binary(X, Y, W));

    private static void AssertModel(string figures, LinearBinaryModelParameters model, double tolerance) => Samples.AssertClose(
        [.. Figures[figures].Vector("weights"), Figures[figures].Number("bias")], [.. model.Weights, model.Bias], tolerance);

    private sealed class Sink(List<FitProgress> heard) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => heard.Add(value);
    }
}
