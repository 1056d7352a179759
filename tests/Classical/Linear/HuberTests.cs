using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class HuberTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("penalised");
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly double[] Far = Figures.Vector("far");
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];

    [TestMethod]
    public void It_agrees_with_scikit_learn()
    {
        var model = Fits.Model(new HuberTrainer(new() { OptimizationTolerance = 1e-11 }), TestData.Regression(X, Far));
        AssertModel("huber", model);
        var options = new HuberTrainer.Options { Alpha = 2, Epsilon = 1.8, OptimizationTolerance = 1e-11, ExampleWeightColumnName = "Weight" };
        AssertModel("huberWeighted", Fits.Model(new HuberTrainer(options), TestData.Regression(X, Far, W)));
        Assert.IsTrue(model.Converged);
        Assert.HasCount(model.Iterations, model.Losses);
    }

    [TestMethod]
    public void Outliers_move_least_squares_and_leave_it_nearly_where_it_is()
    {
        double[] y = Figures.Vector("y"), truth = [2, -1.5, 0, 0, 0.8, 0, 0, 0.1];
        double Error(RegressionModelParameters model) => Math.Sqrt(X.Average(
            row => Math.Pow(Dense.Dot(row, [.. model.Weights]) + model.Bias - Dense.Dot(row, truth) - 3, 2)));
        double clean = Error(Fits.Model(new HuberTrainer(), TestData.Regression(X, y)));
        double huber = Error(Fits.Model(new HuberTrainer(), TestData.Regression(X, Far)));
        double ols = Error(Fits.Model(new OlsTrainer(), TestData.Regression(X, Far)));
        Assert.IsTrue(huber < 2 * clean && ols > 5 * clean, $"{clean} {huber} {ols}");
    }

    // With a limit that no error reaches the losses are squares: n σ + Σ e² / σ is least at σ² = Σ e² / n, whatever the weights.
    [TestMethod]
    public void With_a_distant_limit_it_is_least_squares()
    {
        var model = Fits.Model(new HuberTrainer(new() { Epsilon = 1e6, Alpha = 0, OptimizationTolerance = 1e-12 }), TestData.Regression(X, Far));
        var ols = Fits.Model(new OlsTrainer(), TestData.Regression(X, Far));
        Samples.AssertClose([.. ols.Weights, ols.Bias], [.. model.Weights, model.Bias], 1e-6);
        double squares = X.Select((row, i) => Far[i] - Dense.Dot(row, [.. ols.Weights]) - ols.Bias).Sum(e => e * e);
        Assert.AreEqual(Math.Sqrt(squares / X.Length), model.Scale, 1e-6);
    }

    [TestMethod]
    public void Units_of_the_target_do_not_matter()
    {
        var one = Fits.Model(new HuberTrainer(new() { Alpha = 0 }), TestData.Regression(X, Far));
        foreach (double unit in new[] { Math.ScaleB(1, -30), Math.ScaleB(1, 30) })
        {
            var scaled = Fits.Model(new HuberTrainer(new() { Alpha = 0 }), TestData.Regression(X, [.. Far.Select(y => unit * y)]));
            Assert.AreEqual(one.Iterations, scaled.Iterations);
            Samples.AssertClose([.. one.Weights, one.Bias, one.Scale], [.. scaled.Weights.Select(w => w / unit), scaled.Bias / unit, scaled.Scale / unit], 1e-7);
        }
    }

    [TestMethod]
    public void Perfect_and_constant_targets_are_fitted()
    {
        var perfect = Fits.Model(new HuberTrainer(new() { Alpha = 0 }), TestData.Regression(X, [.. X.Select(row => (double)(float)(2 * row[0] - row[1] + 1))]));
        Assert.AreEqual(2, perfect.Weights[0], 1e-4);
        Assert.IsTrue(perfect.Scale < 1e-4);
        var flat = Fits.Model(new HuberTrainer(), TestData.Regression(X, [.. X.Select(_ => 4.0)]));
        Assert.AreEqual((4, 0), (flat.Bias, flat.Scale));
        Assert.IsTrue(flat.Weights.All(w => w == 0));
    }

    [TestMethod]
    public void Sparse_rows_and_threads_give_the_same()
    {
        var dense = Fits.Model(new HuberTrainer(), TestData.Regression(X, Far), threads: 1);
        CollectionAssert.AreEqual(dense.Weights.ToArray(), Fits.Model(new HuberTrainer(), TestData.Regression(X, Far), threads: 3).Weights.ToArray());
        Samples.AssertClose(dense.Weights, Fits.Model(new HuberTrainer(), TestData.Regression(X, Far, sparse: true)).Weights, 1e-7);
        var copy = Fits.RoundTrip(new HuberTrainer().Fit(TestData.Regression(X, Far))).Model;
        Assert.AreEqual(dense.Scale, copy.Scale);
    }

    private static void AssertModel(string name, HuberModelParameters model) => Samples.AssertClose(
        [.. Figures[name].Vector("weights"), Figures[name].Number("bias"), Figures[name].Number("scale")],
        [.. model.Weights, model.Bias, model.Scale],
        1e-5);
}
