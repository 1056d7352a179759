using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;
using Options = MLPath.Trainers.LinearSvmTrainer.Options;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class LinearSvmTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("online");
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly bool[] Signs = [.. Figures.Integers("binary").Select(y => y == 1)];
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];
    private static readonly Options Newton = new() { Solver = LinearSvmSolver.Newton, Lambda = Figures.Number("l2"), OptimizationTolerance = 1e-10 };

    [TestMethod]
    [DataRow("svm", false, false)]
    [DataRow("svmWeighted", true, false)]
    [DataRow("svmWithoutBias", false, true)]
    public void Newton_agrees_with_LinearSVC(string figures, bool weighted, bool noBias)
    {
        var options = Newton with { ExampleWeightColumnName = weighted ? "Weight" : null, NoBias = noBias };
        var model = Fits.Model(new LinearSvmTrainer(options), TestData.Binary(X, Signs, W));
        Assert.IsTrue(model.Converged, model.StopReason);
        Samples.AssertClose(Figures[figures].Vector("weights"), model.Weights, 1e-6);
        Assert.AreEqual(Figures[figures].Vector("biases")[0], model.Bias, 1e-6);
        Assert.AreEqual(Figures[figures].Number("objective"), model.Losses[^1], 1e-9);
    }

    [TestMethod]
    public void A_row_of_weight_two_is_two_rows_for_Newton()
    {
        float[] counts = [.. X.Select((_, i) => 1f + (i % 3))];
        var weighted = Fits.Model(new LinearSvmTrainer(Newton with { ExampleWeightColumnName = "Weight" }), TestData.Binary(X, Signs, counts));
        var repeated = Fits.Model(new LinearSvmTrainer(Newton), TestData.Binary(Samples.Repeat(X, counts), Samples.Repeat(Signs, counts)));
        Samples.AssertClose(repeated.Weights, weighted.Weights, 1e-7);
    }

    [TestMethod]
    public void More_features_than_Newton_takes_end_at_the_same_minimum()
    {
        // Features beyond the first five are 0, and so are their weights.
        double[][] wide = [.. X.Select(row => row.Concat(new double[2100]).ToArray())];
        var model = Fits.Model(new LinearSvmTrainer(Newton), TestData.Binary(wide, Signs, sparse: true));
        Samples.AssertClose(Figures["svm"].Vector("weights"), model.Weights.Take(5), 1e-6);
        Assert.IsTrue(model.Weights.Skip(5).All(w => w == 0));
    }

    [TestMethod]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        double[][] rows = Samples.Gaussian(3000, 6, 5);
        bool[] labels = [.. rows.Select(x => x[0] + x[1] * x[2] > 0.2)];
        var view = TestData.Binary(rows, labels);
        foreach (var options in new[] { Newton, new Options() })
        {
            var one = Fits.Model(new LinearSvmTrainer(options), view, threads: 1);
            var two = Fits.Model(new LinearSvmTrainer(options), view, threads: 2);
            CollectionAssert.AreEqual(one.Weights.ToArray(), two.Weights.ToArray());
            Assert.AreEqual(one.Bias, two.Bias);
        }
    }

    // One row of a batch, from 0, λ = ½: w = r t x with r = 1 / (1 + ½), and again for the next one, shrunk by 1 − r λ before.
    [TestMethod]
    public void The_steps_of_Pegasos_are_those_that_are_documented()
    {
        var view = TestData.Binary([[2, 0], [0, 1]], [true, false]);
        var model = Fits.Model(new LinearSvmTrainer(new() { Lambda = 0.5, Shuffle = false, NoBias = true }), view);
        double first = 1 / 1.5, second = 1 / 2.0;
        Samples.AssertClose([2 * first * (1 - (second * 0.5)), -second], model.Weights, 1e-12);
        Assert.AreEqual(0, model.Bias);

        // Both rows in one step, with a bias that both pull alike.
        var batch = Fits.Model(new LinearSvmTrainer(new() { Lambda = 0.5, Shuffle = false, BatchSize = 2 }), view);
        Samples.AssertClose([first, -first / 2], batch.Weights, 1e-12);
        Assert.AreEqual(0, batch.Bias, 1e-12);

        var projected = Fits.Model(new LinearSvmTrainer(new() { Lambda = 0.5, Shuffle = false, PerformProjection = true, NumberOfIterations = 3 }), view);
        Assert.IsLessThanOrEqualTo(Math.Sqrt(2) + 1e-12, Dense.Norm([.. projected.Weights]));
    }

    [TestMethod]
    public void Pegasos_comes_near_the_hinge_minimum()
    {
        const double Lambda = 0.1;
        var pegasos = Fits.Model(new LinearSvmTrainer(new() { Lambda = Lambda, NumberOfIterations = 3000, NoBias = true }), TestData.Binary(X, Signs));
        var dual = Sdca.Minimize(
            [.. X.SelectMany(row => row.Select(v => (float)v))], 5, [.. Signs.Select(s => s ? 1f : -1f)], SdcaLoss.Hinge,
            new() { L2 = Lambda, HasBias = false, Tolerance = 1e-6, MaxIterations = 20000 }, new RandomStream(1));
        double value = Lambda / 2 * pegasos.Weights.Sum(w => w * w);
        for (int i = 0; i < X.Length; i++)
            value += Math.Max(0, 1 - ((Signs[i] ? 1 : -1) * Dense.Dot(X[i], [.. pegasos.Weights]))) / X.Length;
        Assert.IsGreaterThanOrEqualTo(dual.Value - dual.DualityGap, value);
        Assert.AreEqual(dual.Value, value, 1e-2);
    }

    [TestMethod]
    public void Wrong_options_are_told()
    {
        Assert.Throws<OptionException>(() => new LinearSvmTrainer(new() { Lambda = 0 }));
        Assert.Throws<OptionException>(() => new LinearSvmTrainer(new() { BatchSize = 0 }));
        Assert.Throws<OptionException>(() => new LinearSvmTrainer(new() { NumberOfIterations = 0 }));
    }
}
