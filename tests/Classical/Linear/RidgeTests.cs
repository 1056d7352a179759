using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class RidgeTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("linear")["regression"];
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly double[] Y = Figures.Vector("y");
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];

    [TestMethod]
    public void It_agrees_with_scikit_learn() => AssertModel(Figures["ridge"], Fits.Model(new RidgeTrainer(), TestData.Regression(X, Y)));

    [TestMethod]
    public void With_weights_it_agrees_with_scikit_learn()
    {
        var trainer = new RidgeTrainer(new RidgeTrainer.Options { Alpha = 10, ExampleWeightColumnName = "Weight" });
        AssertModel(Figures["ridgeWeightedOf10"], Fits.Model(trainer, TestData.Regression(X, Y, W)));
    }

    [TestMethod]
    public void With_fewer_rows_than_features_it_agrees_with_scikit_learn()
    {
        var wide = Figures["wide"];
        AssertModel(wide["ridge"], Fits.Model(new RidgeTrainer(), TestData.Regression(wide.Rows("x"), wide.Vector("y"))));
    }

    [TestMethod]
    public void Its_R2_on_each_fold_of_diabetes_is_that_of_scikit_learn() =>
        Samples.AssertClose(ReferenceFigures.Load("linear")["diabetes"].Vector("ridge"), OlsTests.DiabetesR2(new RidgeTrainer()), 1e-7);

    // The penalty is d more rows √α of a least-squares problem: the definition, solved by QR; with 5 rows the trainer solves the dual.
    [TestMethod]
    [DataRow(40)]
    [DataRow(5)]
    public void It_is_least_squares_with_a_row_for_each_weight(int n)
    {
        double[] means = [.. Enumerable.Range(0, 6).Select(j => X[..n].Average(row => row[j]))];
        double mean = Y[..n].Average();
        var rows = Matrix.FromRows([
            .. X[..n].Select(row => row.Select((v, j) => v - means[j]).ToArray()),
            .. Enumerable.Range(0, 6).Select(j => Enumerable.Range(0, 6).Select(i => i == j ? Math.Sqrt(3) : 0).ToArray())]);
        double[] expected = Qr.Factor(rows).LeastSquares([.. Y[..n].Select(y => y - mean), 0, 0, 0, 0, 0, 0]);
        var model = Fits.Model(new RidgeTrainer(new RidgeTrainer.Options { Alpha = 3 }), TestData.Regression(X[..n], Y[..n]));
        Samples.AssertClose([.. expected, mean - Dense.Dot(expected, means)], [.. model.Weights, model.Bias], 1e-11);
    }

    // Equal columns, and a penalty far below their rounding: what is left is the limit of no penalty, in which the two share their weight.
    [TestMethod]
    [DataRow(40)]
    [DataRow(2)]
    public void A_penalty_that_is_lost_in_rounding_leaves_the_least_squares_of_smallest_norm(int n)
    {
        double[][] x = [.. X[..n].Select(row => new[] { 1e8 * row[0], 1e8 * row[0], row[1] })];
        var view = TestData.Regression(x, Y[..n]);
        var trainer = new RidgeTrainer(new RidgeTrainer.Options { Alpha = 1e-6 });
        var ridge = Fits.Model(trainer, view);
        var ols = Fits.Model(new OlsTrainer(), view);
        Assert.AreEqual(1, ridge.Weights[0] / ridge.Weights[1], 1e-6);
        if (n == 40)
        {
            CollectionAssert.AreEqual(ols.Weights.ToArray(), ridge.Weights.ToArray());
            Assert.Contains("rank-deficient", Fits.Diagnoses(trainer, view).Select(d => d.Code));
        }
    }

    [TestMethod]
    public void Without_a_penalty_it_is_least_squares()
    {
        var ridge = Fits.Model(new RidgeTrainer(new RidgeTrainer.Options { Alpha = 0 }), TestData.Regression(X, Y));
        var ols = Fits.Model(new OlsTrainer(), TestData.Regression(X, Y));
        CollectionAssert.AreEqual(ols.Weights.ToArray(), ridge.Weights.ToArray());
        Assert.AreEqual(ols.Bias, ridge.Bias);
    }

    [TestMethod]
    public void An_endless_penalty_leaves_the_mean()
    {
        var model = Fits.Model(new RidgeTrainer(new RidgeTrainer.Options { Alpha = 1e300 }), TestData.Regression(X, Y));
        Samples.AssertClose([0, 0, 0, 0, 0, 0, Y.Average()], [.. model.Weights, model.Bias], 1e-12);
    }

    [TestMethod]
    public void A_row_of_weight_two_is_two_rows()
    {
        float[] weights = [.. Enumerable.Range(0, X.Length).Select(i => (float)(i % 3))];
        var trainer = new RidgeTrainer(new RidgeTrainer.Options { ExampleWeightColumnName = "Weight" });
        var weighted = Fits.Model(trainer, TestData.Regression(X, Y, weights));
        var repeated = Fits.Model(new RidgeTrainer(), TestData.Regression(Samples.Repeat(X, weights), Samples.Repeat(Y, weights)));
        Samples.AssertClose([.. repeated.Weights, repeated.Bias], [.. weighted.Weights, weighted.Bias], 1e-11);
    }

    [TestMethod]
    public void Threads_do_not_change_a_bit()
    {
        double[][] x = Samples.Gaussian(1500, 4, 11);
        foreach (var view in new[] { TestData.Regression(x, [.. x.Select(r => r[0] - r[2])]), TestData.Regression(Samples.Gaussian(70, 90, 3), [.. x[..70].Select(r => r[0])]) })
        {
            var expected = Fits.Model(new RidgeTrainer(), view, threads: 1);
            CollectionAssert.AreEqual(expected.Weights.ToArray(), Fits.Model(new RidgeTrainer(), view, threads: 4).Weights.ToArray());
        }
    }

    [TestMethod]
    public void Constant_and_repeated_features_and_single_rows_stay_finite()
    {
        double[][] x = [.. X.Select(row => new[] { row[0], 7, row[0], 0 })];
        var model = Fits.Model(new RidgeTrainer(), TestData.Regression(x, Y));
        Assert.AreEqual(model.Weights[0], model.Weights[2], 1e-12);
        Assert.AreEqual((0.0, 0.0), (model.Weights[1], model.Weights[3]));
        var single = Fits.Model(new RidgeTrainer(), TestData.Regression([[1, 2]], [5]));
        Samples.AssertClose([0, 0, 5], [.. single.Weights, single.Bias], 0);
    }

    [TestMethod]
    public void Unequal_scales_are_told()
    {
        double[][] x = [.. X.Select(row => new[] { row[0], 10_000 * row[1] })];
        Assert.AreEqual("feature-scales", Fits.Diagnoses(new RidgeTrainer(), TestData.Regression(x, Y)).Single().Code);
        Assert.IsEmpty(Fits.Diagnoses(new RidgeTrainer(), TestData.Regression(X, Y)));
    }

    [TestMethod]
    public void It_stops_soon_after_it_is_cancelled() =>
        Assert.IsGreaterThan(3, Fits.AssertCancellable(new RidgeTrainer(), TestData.Regression(X, Y)));

    [TestMethod]
    public void A_saved_model_scores_the_same_bits()
    {
        var view = TestData.Regression(X, Y);
        var fitted = new RidgeTrainer().Fit(view, FitContext.Default);
        var loaded = Fits.RoundTrip(fitted);
        CollectionAssert.AreEqual(
            TestData.Column<float>(fitted.Transform(view), "Score"), TestData.Column<float>(loaded.Transform(view), "Score"));
    }

    [TestMethod]
    public void The_catalog_makes_it()
    {
        var trainers = new MLContext().Regression.Trainers;
        Assert.AreEqual("Ridge()", trainers.Ridge().ToString());
        Assert.AreEqual("Ridge(Alpha=0.5)", trainers.Ridge(alpha: 0.5).ToString());
        Assert.ThrowsExactly<OptionException>(() => trainers.Ridge(alpha: double.NaN));
    }

    private static void AssertModel(ReferenceFigures figures, LinearRegressionModelParameters model) =>
        Samples.AssertClose([.. figures.Vector("weights"), figures.Number("bias")], [.. model.Weights, model.Bias], 1e-10);
}
