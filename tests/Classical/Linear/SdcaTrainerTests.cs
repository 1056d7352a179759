using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class SdcaTrainerTests
{
    private const double Tolerance = 1e-10;

    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("online");
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly double[] Numbers = Figures.Vector("numbers");
    private static readonly bool[] Signs = [.. Figures.Integers("binary").Select(y => y == 1)];
    private static readonly int[] Classes = Figures.Integers("classes");
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];
    private static readonly double L2 = Figures.Number("l2");

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Regression_agrees_with_ridge(bool weighted)
    {
        var trainer = new SdcaRegressionTrainer(new()
        {
            L2Regularization = L2,
            ConvergenceTolerance = Tolerance,
            MaximumNumberOfIterations = 5000,
            ExampleWeightColumnName = weighted ? "Weight" : null,
        });
        var model = Fits.Model(trainer, TestData.Regression(X, Numbers, W));
        AssertModel(Figures[weighted ? "ridgeWeighted" : "ridge"], model.Weights, [model.Bias], 2e-5);
    }

    [TestMethod]
    public void The_absolute_loss_hardly_feels_outliers()
    {
        double[] far = [.. Numbers.Select((y, i) => i % 10 == 0 ? y + 100 : y)];
        var options = new SdcaRegressionTrainer.Options { L2Regularization = 1e-3, ConvergenceTolerance = 1e-3, MaximumNumberOfIterations = 3000 };
        var absolute = Fits.Model(new SdcaRegressionTrainer(options with { LossFunction = RegressionLoss.Absolute }), TestData.Regression(X, far));
        var squared = Fits.Model(new SdcaRegressionTrainer(options), TestData.Regression(X, far));
        Assert.AreEqual(Figures["ridge"].Vector("biases")[0], absolute.Bias, 0.3);
        Assert.IsGreaterThan(8, squared.Bias);
    }

    [TestMethod]
    [DataRow("logistic", 1.0)]
    [DataRow("logisticPenalisedBias", 0.0)]
    public void Logistic_regression_agrees_with_scikit_learn(string figures, double biasRate)
    {
        var options = new SdcaLogisticRegressionBinaryTrainer.Options
        {
            L2Regularization = L2,
            BiasLearningRate = biasRate,
            ConvergenceTolerance = Tolerance,
            MaximumNumberOfIterations = 5000,
        };
        foreach (bool sparse in new[] { false, true })
        {
            var model = Fits.Model(new SdcaLogisticRegressionBinaryTrainer(options), TestData.Binary(X, Signs, sparse: sparse));
            Assert.IsTrue(model.Converged && model.IsCalibrated, model.StopReason);
            AssertModel(Figures[figures], model.Weights, [model.Bias], 2e-5);
        }
    }

    [TestMethod]
    public void Maximum_entropy_agrees_with_scikit_learn()
    {
        var trainer = new SdcaMaximumEntropyMulticlassTrainer(new()
        {
            L2Regularization = L2,
            BiasLearningRate = 1,
            ConvergenceTolerance = Tolerance,
            MaximumNumberOfIterations = 5000,
        });
        var model = Fits.Model(trainer, TestData.Multiclass(X, Classes, 3));
        Assert.IsTrue(model.Converged, model.StopReason);
        AssertModel(Figures["softmax"], model.Weights.ToArray(), model.Biases.ToArray(), 5e-5);
    }

    // The squared hinge with a penalised bias is what liblinear minimises.
    [TestMethod]
    [DataRow("svm", false)]
    [DataRow("svmWeighted", true)]
    public void The_squared_hinge_agrees_with_liblinear(string figures, bool weighted)
    {
        var trainer = new SdcaNonCalibratedBinaryTrainer(new()
        {
            L2Regularization = L2,
            LossFunction = ClassificationLoss.SquaredHinge,
            ConvergenceTolerance = Tolerance,
            MaximumNumberOfIterations = 5000,
            ExampleWeightColumnName = weighted ? "Weight" : null,
        });
        var model = Fits.Model(trainer, TestData.Binary(X, Signs, W));
        AssertModel(Figures[figures], model.Weights, [model.Bias], 2e-5);
        Assert.IsFalse(model.IsCalibrated);
    }

    [TestMethod]
    [DataRow(ClassificationLoss.Log)]
    [DataRow(ClassificationLoss.Hinge)]
    [DataRow(ClassificationLoss.SmoothedHinge)]
    [DataRow(ClassificationLoss.SquaredHinge)]
    public void Margins_tell_classes_apart_and_survive_saving(ClassificationLoss loss)
    {
        var data = TestData.Multiclass(X, Classes, 3);
        var fitted = new SdcaNonCalibratedMulticlassTrainer(new() { LossFunction = loss, ConvergenceTolerance = 0.01 }).Fit(data);
        var scored = fitted.Transform(data);
        uint[] predicted = TestData.Column<uint>(scored, "PredictedLabel");
        Assert.IsGreaterThan(0.6 * X.Length, predicted.Where((p, i) => p == Classes[i] + 1).Count());
        var again = Fits.RoundTrip(fitted);
        float[][] scores = TestData.Vectors(scored, "Score"), scoresAgain = TestData.Vectors(again.Transform(data), "Score");
        for (int i = 0; i < X.Length; i++)
            CollectionAssert.AreEqual(scores[i], scoresAgain[i]);
        CollectionAssert.AreEqual(fitted.Model.Losses.ToArray(), again.Model.Losses.ToArray());
    }

    [TestMethod]
    public void A_model_without_probabilities_has_no_column_of_them_after_loading_either()
    {
        var data = TestData.Binary(X, Signs);
        var fitted = new SdcaNonCalibratedBinaryTrainer().Fit(data);
        foreach (var scored in new[] { fitted.Transform(data), Fits.RoundTrip(fitted).Transform(data) })
        {
            Assert.IsNull(scored.Schema.GetColumnOrNull("Probability"));
            CollectionAssert.AreEqual(TestData.Column<float>(scored, "Score").Select(s => s > 0).ToArray(), TestData.Column<bool>(scored, "PredictedLabel"));
        }
    }

    [TestMethod]
    public void Defaults_reach_their_gap_and_the_loss_falls()
    {
        var model = Fits.Model(new SdcaLogisticRegressionBinaryTrainer(), TestData.Binary(X, Signs));
        Assert.IsTrue(model.Converged);
        Assert.IsLessThan(Math.Log(2), model.Losses[^1]);
        Assert.HasCount(model.Iterations, model.Losses);
    }

    [TestMethod]
    public void Models_of_numbers_know_how_their_training_went_after_loading_too()
    {
        var data = TestData.Regression(X, Numbers);
        foreach (var trainer in new RegressionTrainer<LinearRegressionModelParameters>[] { new SdcaRegressionTrainer(), new OnlineGradientDescentTrainer() })
        {
            var fitted = trainer.Fit(data);
            ITrainingHistory history = (ITrainingHistory)fitted.Model, again = (ITrainingHistory)Fits.RoundTrip(fitted).Model;
            Assert.IsTrue(history.Converged && history.Iterations > 0);
            CollectionAssert.AreEqual(history.Losses.ToArray(), again.Losses.ToArray());
            Assert.AreEqual(history.StopReason, again.StopReason);
        }
    }

    [TestMethod]
    public void The_positive_class_can_count_more()
    {
        var data = TestData.Binary(X, Signs);
        double Share(double weight) => Fits.Model(new SdcaLogisticRegressionBinaryTrainer(new() { PositiveInstanceWeight = weight }), data).Bias;
        Assert.IsGreaterThan(Share(1), Share(5));
    }

    [TestMethod]
    public void Wrong_options_and_lost_passes_are_told()
    {
        Assert.Throws<OptionException>(() => new SdcaNonCalibratedBinaryTrainer(new() { LossFunction = ClassificationLoss.Exponential }));
        Assert.Throws<OptionException>(() => new SdcaNonCalibratedMulticlassTrainer(new() { LossFunction = ClassificationLoss.Perceptron }));
        Assert.Throws<OptionException>(() => new SdcaRegressionTrainer(new() { L2Regularization = 0 }));
        var diagnoses = Fits.Diagnoses(
            new SdcaRegressionTrainer(new() { L2Regularization = 1e-6, ConvergenceTolerance = 1e-9, MaximumNumberOfIterations = 1 }), TestData.Regression(X, Numbers));
        Assert.AreEqual("not-converged", diagnoses.Single().Code);
        Assert.IsGreaterThan(5, Fits.AssertCancellable(
            new SdcaRegressionTrainer(new() { ConvergenceTolerance = 1e-9, MaximumNumberOfIterations = 20 }), TestData.Regression(X, Numbers)));
    }

    private static void AssertModel(ReferenceFigures expected, IEnumerable<double> weights, IEnumerable<double> biases, double tolerance)
    {
        Samples.AssertClose(expected.Vector("weights"), weights, tolerance);
        Samples.AssertClose(expected.Vector("biases"), biases, tolerance);
    }
}
