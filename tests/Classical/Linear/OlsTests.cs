using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class OlsTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("linear")["regression"];
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly double[] Y = Figures.Vector("y");
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];

    private static OlsTrainer Weighted => new(new OlsTrainer.Options { ExampleWeightColumnName = "Weight" });

    [TestMethod]
    public void It_agrees_with_NumPy_and_SciPy() => AssertFigures(Figures["ols"], Fits.Model(new OlsTrainer(), TestData.Regression(X, Y)));

    [TestMethod]
    public void With_weights_it_agrees_with_NumPy_and_SciPy() =>
        AssertFigures(Figures["olsWeighted"], Fits.Model(Weighted, TestData.Regression(X, Y, W)));

    [TestMethod]
    public void Features_far_from_zero_lose_no_digits()
    {
        var model = Fits.Model(new OlsTrainer(), TestData.Regression(Figures["far"].Rows("x"), Y));
        Samples.AssertClose(Figures["far"].Vector("weights"), model.Weights, 1e-9);
        Assert.AreEqual(Figures["far"].Number("bias"), model.Bias, 1e-9 * Math.Abs(model.Bias));
    }

    [TestMethod]
    public void Its_R2_on_each_fold_of_diabetes_is_that_of_scikit_learn() =>
        Samples.AssertClose(ReferenceFigures.Load("linear")["diabetes"].Vector("ols"), DiabetesR2(new OlsTrainer()), 1e-7);

    [TestMethod]
    public void A_row_of_weight_two_is_two_rows()
    {
        float[] weights = [.. Enumerable.Range(0, X.Length).Select(i => (float)(i % 3))];
        var weighted = Fits.Model(Weighted, TestData.Regression(X, Y, weights));
        var repeated = Fits.Model(new OlsTrainer(), TestData.Regression(Samples.Repeat(X, weights), Samples.Repeat(Y, weights)));
        Samples.AssertClose([.. repeated.Weights, repeated.Bias], [.. weighted.Weights, weighted.Bias], 1e-11);
        Samples.AssertClose(repeated.StandardErrors!, weighted.StandardErrors!, 1e-11);
        Assert.AreEqual(repeated.RSquaredAdjusted, weighted.RSquaredAdjusted, 1e-12);
    }

    [TestMethod]
    public void Threads_do_not_change_a_bit_and_many_chunks_agree_with_one_decomposition()
    {
        var (x, y) = Line(1500, 4, noise: 1);
        var view = TestData.Regression(x, y);
        var expected = Fits.Model(new OlsTrainer(), view, threads: 1);
        var model = Fits.Model(new OlsTrainer(), view, threads: 4);
        CollectionAssert.AreEqual(expected.Weights.ToArray(), model.Weights.ToArray());
        CollectionAssert.AreEqual(expected.StandardErrors!.ToArray(), model.StandardErrors!.ToArray());

        double[] direct = Qr.Factor(Matrix.FromRows([.. x.Select(row => (double[])[.. row, 1])])).LeastSquares([.. y.Select(v => (double)(float)v)]);
        Samples.AssertClose(direct, [.. model.Weights, model.Bias], 1e-11);
    }

    [TestMethod]
    public void Dependent_features_share_their_weight_and_are_told()
    {
        double[][] x = [.. X.Select(row => new[] { row[0], row[1], row[0], 7 })];
        double[] y = [.. X.Select(row => (4 * row[0]) - row[1] + 2)];
        var view = TestData.Regression(x, y);
        var model = Fits.Model(new OlsTrainer(), view);
        Samples.AssertClose([2, -1, 2, 0, 2], [.. model.Weights, model.Bias], 1e-5);
        Assert.IsFalse(model.HasStatistics);
        var diagnosis = Fits.Diagnoses(new OlsTrainer(), view).Single();
        Assert.AreEqual("rank-deficient", diagnosis.Code);
        Assert.Contains("only 2 of 4 features apart", diagnosis.Message);
    }

    [TestMethod]
    public void With_fewer_rows_than_features_it_meets_every_row_whatever_the_units()
    {
        double[][] x = Figures["wide"].Rows("x");
        double[] y = Figures["wide"].Vector("y");
        var view = TestData.Regression(x, y);
        var fitted = new OlsTrainer().Fit(view, FitContext.Default);
        Samples.AssertClose(y, TestData.Column<float>(fitted.Transform(view), "Score").Select(v => (double)v), 1e-6);
        Assert.IsTrue(double.IsNaN(fitted.Model.RSquaredAdjusted));
        Assert.AreEqual(1, fitted.Model.RSquared, 1e-12);
        Assert.AreEqual("rank-deficient", Fits.Diagnoses(new OlsTrainer(), view).Single().Code);

        double[] units = [.. Enumerable.Range(0, 15).Select(j => Math.ScaleB(1, (3 * j) - 20))];
        var rescaled = Fits.Model(new OlsTrainer(), TestData.Regression([.. x.Select(row => row.Select((v, j) => v * units[j]).ToArray())], y));
        Samples.AssertClose(fitted.Model.Weights, rescaled.Weights.Select((w, j) => w * units[j]), 1e-9);
    }

    [TestMethod]
    public void Units_do_not_matter()
    {
        double[] units = [1e-20f, 1e-6f, 1, 1e6f, 1e15f, 1e20f];
        double[][] x = [.. X.Select(row => row.Select((v, j) => (double)(float)(v * units[j])).ToArray())];
        var model = Fits.Model(new OlsTrainer(), TestData.Regression(x, Y));
        Samples.AssertClose(Figures["ols"].Vector("weights"), model.Weights.Select((w, j) => w * units[j]), 1e-5);
        Samples.AssertClose(Figures["ols"].Vector("p")[1..], model.PValues!.Skip(1), 1e-5);
    }

    [TestMethod]
    public void Constant_targets_and_single_rows_have_a_plain_answer()
    {
        var constant = Fits.Model(new OlsTrainer(), TestData.Regression(X, [.. X.Select(_ => 3.0)]));
        Samples.AssertClose([0, 0, 0, 0, 0, 0, 3], [.. constant.Weights, constant.Bias], 1e-12);
        Assert.IsTrue(double.IsNaN(constant.RSquared));

        var single = Fits.Model(new OlsTrainer(), TestData.Regression([[1, 2]], [5]));
        CollectionAssert.AreEqual(new double[] { 0, 0 }, single.Weights.ToArray());
        Assert.AreEqual(5, single.Bias);
    }

    // l² beside the mean is n l² beside the sum: the augmented problem, solved without centring tricks.
    [TestMethod]
    public void The_penalty_is_that_of_MLNET()
    {
        const double l = 0.7;
        int n = X.Length;
        double[] means = [.. Enumerable.Range(0, 6).Select(j => X.Average(row => row[j]))];
        double mean = Y.Average();
        var rows = Matrix.FromRows([
            .. X.Select(row => row.Select((v, j) => v - means[j]).ToArray()),
            .. Enumerable.Range(0, 6).Select(j => Enumerable.Range(0, 6).Select(i => i == j ? l * Math.Sqrt(n) : 0).ToArray())]);
        double[] expected = Qr.Factor(rows).LeastSquares([.. Y.Select(y => y - mean), 0, 0, 0, 0, 0, 0]);
        var model = Fits.Model(new OlsTrainer(new OlsTrainer.Options { L2Regularization = l }), TestData.Regression(X, Y));
        Samples.AssertClose(expected, model.Weights, 1e-11);
        Assert.AreEqual(mean - Dense.Dot(expected, means), model.Bias, 1e-11);
        Assert.IsTrue(model.StandardErrors!.Skip(1).Zip(Figures["ols"].Vector("standardErrors")[1..], (penalised, free) => penalised < free).All(smaller => smaller));
    }

    [TestMethod]
    public void A_vanishing_penalty_has_the_statistics_of_none()
    {
        var model = Fits.Model(new OlsTrainer(new OlsTrainer.Options { L2Regularization = 1e-6 }), TestData.Regression(X, Y));
        AssertFigures(Figures["ols"], model, 1e-8);
    }

    [TestMethod]
    public void Statistics_can_be_left_out()
    {
        var model = Fits.Model(new OlsTrainer(new OlsTrainer.Options { CalculateStatistics = false }), TestData.Regression(X, Y));
        Assert.IsFalse(model.HasStatistics);
        Assert.IsNull(model.StandardErrors);
        Assert.IsNull(model.TValues);
        Assert.IsNull(model.PValues);
        Assert.AreEqual(Figures["ols"].Number("rSquared"), model.RSquared, 1e-12);
    }

    [TestMethod]
    public void Sparse_rows_are_learned_like_dense_ones()
    {
        double[][] x = [.. X.Select((row, i) => row.Select((v, j) => (i + j) % 3 == 0 ? v : 0).ToArray())];
        var dense = Fits.Model(new OlsTrainer(), TestData.Regression(x, Y));
        var sparse = Fits.Model(new OlsTrainer(), TestData.Regression(x, Y, sparse: true));
        CollectionAssert.AreEqual(dense.Weights.ToArray(), sparse.Weights.ToArray());
    }

    [TestMethod]
    public void It_stops_soon_after_it_is_cancelled()
    {
        var (x, y) = Line(2000, 3, noise: 1);
        Assert.IsGreaterThan(4, Fits.AssertCancellable(new OlsTrainer(), TestData.Regression(x, y)));
    }

    [TestMethod]
    public void A_saved_model_scores_the_same_bits_and_keeps_its_statistics()
    {
        var view = TestData.Regression(X, Y, W);
        foreach (bool statistics in new[] { true, false })
        {
            var options = new OlsTrainer.Options { CalculateStatistics = statistics, ExampleWeightColumnName = "Weight" };
            var fitted = new OlsTrainer(options).Fit(view, FitContext.Default);
            var loaded = Fits.RoundTrip(fitted);
            CollectionAssert.AreEqual(
                TestData.Column<float>(fitted.Transform(view), "Score"), TestData.Column<float>(loaded.Transform(view), "Score"));
            Assert.AreEqual(statistics, loaded.Model.HasStatistics);
            CollectionAssert.AreEqual(fitted.Model.StandardErrors?.ToArray(), loaded.Model.StandardErrors?.ToArray());
            CollectionAssert.AreEqual(fitted.Model.TValues?.ToArray(), loaded.Model.TValues?.ToArray());
            CollectionAssert.AreEqual(fitted.Model.PValues?.ToArray(), loaded.Model.PValues?.ToArray());
            Assert.AreEqual((fitted.Model.RSquared, fitted.Model.RSquaredAdjusted), (loaded.Model.RSquared, loaded.Model.RSquaredAdjusted));
        }
    }

    [TestMethod]
    public void The_catalog_makes_it()
    {
        var trainers = new MLContext().Regression.Trainers;
        Assert.AreEqual("Ols()", trainers.Ols("Label", "Features", null).ToString());
        Assert.AreEqual(
            "Ols(L2Regularization=0.5, CalculateStatistics=false)",
            trainers.Ols(new OlsTrainer.Options { L2Regularization = 0.5, CalculateStatistics = false }).ToString());
    }

    /// <summary>R² on each of the ten folds of make_linear.py.</summary>
    internal static IEnumerable<double> DiabetesR2<TModel>(RegressionTrainer<TModel> trainer) where TModel : class, IRegressionModel
    {
        foreach (var (train, test) in EmbeddedSet.Load("diabetes").TenFolds(standardised: false))
        {
            var scores = new float[test.Targets.Length];
            Fits.Model(trainer, TestData.Regression(train.Features, train.Targets)).Score(TestData.Matrix(test.Features), scores);
            double mean = test.Targets.Average();
            yield return 1 - (scores.Select((s, i) => Math.Pow(test.Targets[i] - s, 2)).Sum() / test.Targets.Sum(t => Math.Pow(t - mean, 2)));
        }
    }

    private static (double[][] X, double[] Y) Line(int n, int d, double noise)
    {
        double[][] x = Samples.Gaussian(n, d, 11), e = Samples.Gaussian(n, 1, 12);
        return (x, [.. x.Select((row, i) => row.Select((v, j) => v * (j + 1)).Sum() - 2 + (noise * e[i][0]))]);
    }

    private static void AssertFigures(ReferenceFigures figures, OlsModelParameters model, double tolerance = 1e-10)
    {
        Samples.AssertClose([figures.Number("bias"), .. figures.Vector("weights")], [model.Bias, .. model.Weights], tolerance);
        Assert.AreEqual(figures.Number("rSquared"), model.RSquared, tolerance);
        Assert.AreEqual(figures.Number("rSquaredAdjusted"), model.RSquaredAdjusted, tolerance);
        Samples.AssertClose(figures.Vector("standardErrors"), model.StandardErrors!, tolerance);
        Samples.AssertClose(figures.Vector("t"), model.TValues!, tolerance);
        double[] p = figures.Vector("p");
        for (int i = 0; i < p.Length; i++)
            Assert.AreEqual(p[i], model.PValues![i], 100 * tolerance * p[i]);
    }
}
