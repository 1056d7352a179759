using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class PoissonRegressionTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("penalised");
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly double[] Counts = Figures.Vector("counts");
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];

    [TestMethod]
    public void It_agrees_with_scikit_learn()
    {
        var options = new LbfgsPoissonRegressionTrainer.Options { L1Regularization = 0, L2Regularization = 2, OptimizationTolerance = 1e-11 };
        AssertModel("poisson", Fits.Model(new LbfgsPoissonRegressionTrainer(options), TestData.Regression(X, Counts)));
        var weighted = options with { L2Regularization = 0.5, ExampleWeightColumnName = "Weight" };
        AssertModel("poissonWeighted", Fits.Model(new LbfgsPoissonRegressionTrainer(weighted), TestData.Regression(X, Counts, W)));
    }

    // Where the objective is least, Σ (λᵢ − yᵢ) = 0, and Σ (λᵢ − yᵢ) xᵢⱼ + L2 wⱼ = −L1 sign(wⱼ), or within ±L1 where wⱼ = 0.
    [TestMethod]
    public void With_an_L1_penalty_it_satisfies_the_optimality_conditions()
    {
        var options = new LbfgsPoissonRegressionTrainer.Options { L1Regularization = 8, L2Regularization = 1, OptimizationTolerance = 1e-11 };
        var model = Fits.Model(new LbfgsPoissonRegressionTrainer(options), TestData.Regression(X, Counts));
        double[] errors = [.. X.Select((row, i) => Math.Exp(Dense.Dot(row, [.. model.Weights]) + model.Bias) - Counts[i])];
        Assert.AreEqual(0, errors.Sum(), 1e-6);
        Assert.IsTrue(model.Weights.Any(w => w == 0) && model.Weights.Any(w => w != 0));
        for (int j = 0; j < model.Weights.Count; j++)
        {
            double w = model.Weights[j], slope = X.Select((row, i) => errors[i] * row[j]).Sum() + w;
            if (w == 0) Assert.IsTrue(Math.Abs(slope) <= 8 + 1e-6);
            else Assert.AreEqual(-8 * Math.Sign(w), slope, 1e-5);
        }
    }

    [TestMethod]
    public void It_predicts_positive_rates_whose_mean_is_that_of_the_counts()
    {
        var data = TestData.Regression(X, Counts);
        var transformer = new LbfgsPoissonRegressionTrainer().Fit(data);
        float[] scores = TestData.Column<float>(transformer.Transform(data), "Score");
        Assert.IsTrue(scores.All(s => s > 0));
        Assert.AreEqual(Counts.Average(), scores.Average(), 1e-4);
        Assert.IsTrue(transformer.Model.Converged);
        Assert.HasCount(transformer.Model.Iterations, transformer.Model.Losses);
        CollectionAssert.AreEqual(transformer.Model.Weights.ToArray(), Fits.RoundTrip(transformer).Model.Weights.ToArray());
    }

    [TestMethod]
    public void Weights_can_be_kept_from_being_negative()
    {
        var model = Fits.Model(new LbfgsPoissonRegressionTrainer(new() { EnforceNonNegativity = true }), TestData.Regression(X, Counts));
        Assert.IsTrue(model.Weights.All(w => w >= 0) && model.Weights.Any(w => w > 0));
    }

    [TestMethod]
    public void Sparse_rows_weights_and_threads_count_as_they_should()
    {
        var trainer = new LbfgsPoissonRegressionTrainer(new() { OptimizationTolerance = 1e-10 });
        var dense = Fits.Model(trainer, TestData.Regression(X, Counts), threads: 1);
        CollectionAssert.AreEqual(dense.Weights.ToArray(), Fits.Model(trainer, TestData.Regression(X, Counts), threads: 3).Weights.ToArray());
        Samples.AssertClose(dense.Weights, Fits.Model(trainer, TestData.Regression(X, Counts, sparse: true)).Weights, 1e-7);

        float[] weights = [.. Enumerable.Range(0, X.Length).Select(i => (float)(i % 3))];
        var weighted = new LbfgsPoissonRegressionTrainer(new() { OptimizationTolerance = 1e-10, ExampleWeightColumnName = "Weight" });
        Samples.AssertClose(
            Fits.Model(trainer, TestData.Regression(Samples.Repeat(X, weights), Samples.Repeat(Counts, weights))).Weights,
            Fits.Model(weighted, TestData.Regression(X, Counts, weights)).Weights,
            1e-6);
    }

    [TestMethod]
    public void Targets_that_cannot_be_counts_are_refused()
    {
        double[] negative = [.. Counts[..^1], -3];
        var error = Assert.ThrowsExactly<DataException>(() => new LbfgsPoissonRegressionTrainer().Fit(TestData.Regression(X, negative)));
        StringAssert.Contains(error.Message, "Label 'Label' is -3 in a row");
        Assert.ThrowsExactly<DataException>(() => new LbfgsPoissonRegressionTrainer().Fit(TestData.Regression(X, new double[X.Length])));
    }

    private static void AssertModel(string name, PoissonRegressionModelParameters model) => Samples.AssertClose(
        [.. Figures[name].Vector("weights"), Figures[name].Number("bias")], [.. model.Weights, model.Bias], 1e-6);
}
