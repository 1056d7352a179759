using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class OnlineTrainerTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("online");
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly double[] Numbers = Figures.Vector("numbers");
    private static readonly bool[] Signs = [.. Figures.Integers("binary").Select(y => y == 1)];
    private static readonly double L2 = Figures.Number("l2");

    // Steps of 1 / (λ t) end within some part of 1 / t of the minimum.
    [TestMethod]
    public void Stochastic_gradients_end_near_the_minimum_that_scikit_learn_finds()
    {
        var model = Fits.Model(
            new SgdCalibratedTrainer(new() { L2Regularization = L2, LearningRate = 0.5, NumberOfIterations = 4000, ConvergenceTolerance = 0 }),
            TestData.Binary(X, Signs));
        double least = Figures["logistic"].Number("objective"), objective = L2 / 2 * model.Weights.Sum(w => w * w);
        for (int i = 0; i < X.Length; i++)
            objective += ClassificationLoss.Log.At((Signs[i] ? 1 : -1) * (Dense.Dot(X[i], [.. model.Weights]) + model.Bias)).Loss / X.Length;
        Assert.IsGreaterThanOrEqualTo(least - 1e-9, objective);
        Assert.AreEqual(least, objective, 1e-4);
        Samples.AssertClose(Figures["logistic"].Vector("weights"), model.Weights, 0.02);
    }

    [TestMethod]
    public void Stochastic_gradients_stop_when_the_loss_no_longer_falls()
    {
        var model = Fits.Model(new SgdCalibratedTrainer(new() { LearningRate = 0.1, NumberOfIterations = 500 }), TestData.Binary(X, Signs));
        Assert.IsLessThan(500, model.Iterations);
        Assert.IsTrue(model.Converged && model.IsCalibrated);
        Assert.IsFalse(Fits.Model(new SgdNonCalibratedTrainer(), TestData.Binary(X, Signs)).IsCalibrated);
        Assert.Throws<OptionException>(() => new SgdCalibratedTrainer(new() { LearningRate = 2, L2Regularization = 0.5 }));
    }

    // Novikoff: with a plane through γ and rows no longer than R, bias included, at most (R / γ)² mistakes; a pass without one changes nothing.
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void The_perceptron_separates_what_can_be_separated_within_its_bound(int seed)
    {
        const double Gap = 0.3;
        double[] truth = [0.6, -0.5, 0.4, 0.2];
        double bias = 0.3, length = Math.Sqrt(Dense.Dot(truth, truth) + (bias * bias));
        double[][] rows = [.. Samples.Gaussian(400, 4, (ulong)seed).Where(x => Math.Abs(Dense.Dot(x, truth) + bias) > Gap * length)];
        bool[] labels = [.. rows.Select(x => Dense.Dot(x, truth) + bias > 0)];
        double longest = rows.Max(x => Math.Sqrt(Dense.Dot(x, x) + 1));
        int bound = (int)Math.Ceiling(longest * longest / (Gap * Gap));

        var options = new AveragedPerceptronTrainer.Options { LossFunction = ClassificationLoss.Perceptron, Averaged = false, NumberOfIterations = bound + 1, Seed = seed };
        var model = Fits.Model(new AveragedPerceptronTrainer(options), TestData.Binary(rows, labels));
        Assert.IsTrue(rows.Zip(labels).All(r => Dense.Dot(r.First, [.. model.Weights]) + model.Bias > 0 == r.Second));
        Assert.AreEqual(0, model.Losses[^1]);

        // Each mistake adds ±1 to the bias and at most R² to the square of the weights.
        double square = model.Weights.Sum(w => w * w) + (model.Bias * model.Bias);
        Assert.IsLessThanOrEqualTo(bound * longest * longest, square);
    }

    // The same steps and means, kept plainly.
    [TestMethod]
    [DataRow(0.0, 0.0, false, null)]
    [DataRow(0.01, 0.0, false, null)]
    [DataRow(0.3, 0.0, false, null)]
    [DataRow(0.01, 0.5, false, 50)]
    [DataRow(0.0, 1.2, true, null)]
    public void Averages_are_the_means_of_the_weights_after_each_row(double l2, double gain, bool multiply, int? reset)
    {
        const int Passes = 3;
        var options = new AveragedPerceptronTrainer.Options
        {
            L2Regularization = l2,
            RecencyGain = gain,
            RecencyGainMultiplicative = multiply,
            ResetWeightsAfterXExamples = reset,
            NumberOfIterations = Passes,
            LearningRate = 0.2,
            DecreaseLearningRate = true,
            Shuffle = false,
        };
        var model = Fits.Model(new AveragedPerceptronTrainer(options), TestData.Binary(X, Signs));

        double[] w = new double[6], sum = new double[6];
        double weight = 1, total = 0;
        for (int step = 1; step <= Passes * X.Length; step++)
        {
            int row = (step - 1) % X.Length, t = Signs[row] ? 1 : -1;
            double[] z = [.. X[row], 1];
            if (t * Dense.Dot(w, z) < 1)
                Dense.Axpy(0.2 / Math.Sqrt(step) * t, z, w);
            for (int j = 0; j < 5; j++)
                w[j] *= 1 - (2 * l2);
            Dense.Axpy(weight, w, sum);
            total += weight;
            weight = multiply ? weight * gain : weight + gain;
            if (step % reset == 0)
                w = [.. sum.Select(s => s / total)];
        }

        Samples.AssertClose(sum.Take(5).Select(s => s / total), model.Weights, 1e-9);
        Assert.AreEqual(sum[5] / total, model.Bias, 1e-9);
    }

    [TestMethod]
    public void Online_gradient_descent_comes_near_least_squares_and_a_first_step_is_known()
    {
        var model = Fits.Model(new OnlineGradientDescentTrainer(new() { NumberOfIterations = 2000, LearningRate = 0.05 }), TestData.Regression(X, Numbers));
        var ols = Fits.Model(new OlsTrainer(), TestData.Regression(X, Numbers));
        Samples.AssertClose(ols.Weights, model.Weights, 0.02);
        Assert.AreEqual(ols.Bias, model.Bias, 0.05);

        // One row from 0: w = r 2 y x.
        var one = Fits.Model(new OnlineGradientDescentTrainer(), TestData.Regression([[1, -2]], [3]));
        Samples.AssertClose([0.6, -1.2], one.Weights, 1e-9);
        Assert.AreEqual(0.6, one.Bias, 1e-9);
        var absolute = Fits.Model(new OnlineGradientDescentTrainer(new() { LossFunction = RegressionLoss.Absolute }), TestData.Regression([[1, -2]], [3]));
        Samples.AssertClose([0.1, -0.2], absolute.Weights, 1e-9);
    }

    [TestMethod]
    public void Steps_that_overshoot_are_a_clear_error()
    {
        double[][] large = [.. X.Select(row => row.Select(v => 1e4 * v).ToArray())];
        var error = Assert.Throws<DataException>(() => new OnlineGradientDescentTrainer(new() { NumberOfIterations = 50 }).Fit(TestData.Regression(large, Numbers)));
        StringAssert.Contains(error.Message, "Normalize");
    }

    public static IEnumerable<object[]> BinaryTrainers =>
    [
        [new SgdCalibratedTrainer(new() { LearningRate = 0.1 })], [new SgdNonCalibratedTrainer(new() { LossFunction = ClassificationLoss.Exponential })],
        [new AveragedPerceptronTrainer()], [new LinearSvmTrainer(new() { NumberOfIterations = 5 })],
        [new LinearSvmTrainer(new() { NumberOfIterations = 5, BatchSize = 7, PerformProjection = true })],
        [new LinearSvmTrainer(new() { Solver = LinearSvmSolver.Newton })],
    ];

    [TestMethod]
    [DynamicData(nameof(BinaryTrainers))]
    public void Sparse_rows_and_rows_read_again_and_again_give_the_same_model(BinaryTrainer<LinearBinaryModelParameters> trainer)
    {
        double[][] rows = [.. X.Select(row => row.Select(v => Math.Abs(v) < 0.4 ? 0 : v).ToArray())];
        var dense = Fits.Model(trainer, TestData.Binary(rows, Signs));
        var sparse = Fits.Model(trainer, TestData.Binary(rows, Signs, sparse: true));
        Samples.AssertClose(dense.Weights, sparse.Weights, 1e-6);
        var streamed = trainer.Fit(TestData.Binary(rows, Signs), FitContext.Default with { Threads = 1, MemoryLimit = 1 }).Model;
        CollectionAssert.AreEqual(dense.Weights.ToArray(), streamed.Weights.ToArray());
        Assert.IsGreaterThan(0.7 * rows.Length, rows.Where((x, i) => Dense.Dot(x, [.. dense.Weights]) + dense.Bias > 0 == Signs[i]).Count());
        Assert.IsGreaterThan(2, Fits.AssertCancellable(trainer, TestData.Binary(rows, Signs)));
    }

    [TestMethod]
    public void Losses_have_the_slopes_that_they_say()
    {
        const double Step = 1e-6;
        foreach (var loss in Enum.GetValues<ClassificationLoss>())
        {
            foreach (double m in new[] { -2, -0.4, 0.3, 0.9, 1.5 })
                Assert.AreEqual((loss.At(m + Step).Loss - loss.At(m - Step).Loss) / (2 * Step), loss.At(m).Slope, 1e-6, $"{loss} at {m}");
        }

        foreach (var loss in Enum.GetValues<RegressionLoss>())
        {
            foreach (double s in new[] { -2, 0.3, 4 })
                Assert.AreEqual((loss.At(s + Step, 1).Loss - loss.At(s - Step, 1).Loss) / (2 * Step), loss.At(s, 1).Slope, 1e-6, $"{loss} at {s}");
        }
    }

    // A method's defaults are those of the options, but for the seed, which is the catalog's.
    [TestMethod]
    public void Methods_of_the_catalog_have_the_defaults_of_the_options()
    {
        var ml = new MLContext(seed: 7);
        var (binary, multiclass, regression) = (ml.BinaryClassification.Trainers, ml.MulticlassClassification.Trainers, ml.Regression.Trainers);
        string[] trainers =
        [
            $"{regression.Sdca()}", $"{regression.OnlineGradientDescent()}", $"{binary.SdcaLogisticRegression()}", $"{binary.SdcaNonCalibrated()}",
            $"{binary.SgdCalibrated()}", $"{binary.SgdNonCalibrated()}", $"{binary.AveragedPerceptron()}", $"{binary.LinearSvm()}",
            $"{multiclass.SdcaMaximumEntropy()}", $"{multiclass.SdcaNonCalibrated()}",
        ];
        foreach (string trainer in trainers)
            StringAssert.EndsWith(trainer, "(Seed=7)");
        Assert.AreEqual("LinearSvm(NumberOfIterations=3, Seed=7)", $"{binary.LinearSvm(numberOfIterations: 3)}");
    }
}
