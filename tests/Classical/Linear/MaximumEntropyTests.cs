using MLPath.Data;
using MLPath.Trainers;
using Binary = MLPath.Trainers.LbfgsLogisticRegressionBinaryTrainer;
using Options = MLPath.Trainers.LbfgsMaximumEntropyMulticlassTrainer.Options;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class MaximumEntropyTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("linear")["multiclass"];
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly int[] Y = Figures.Integers("y");
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];

    [TestMethod]
    public void It_agrees_with_scikit_learn()
    {
        var model = Fit(new Options { L1Regularization = 0, L2Regularization = 2 });
        AssertModel("scikitLearnL2Of2", model, 1e-6);
        var scores = new float[3 * X.Length];
        model.Score(TestData.Matrix(X), scores);
        Samples.AssertClose(Figures["scikitLearnL2Of2"].Rows("probabilities").SelectMany(p => p), scores.Select(s => (double)s), 1e-6);
    }

    [TestMethod]
    public void With_both_penalties_it_agrees_with_scikit_learn_and_its_zeros_are_exact()
    {
        var model = Fit(new Options());
        AssertModel("defaults", model, 1e-5);
        Assert.HasCount(2, model.Weights.ToArray().Where(w => w == 0));
    }

    // With w = w₁ − w₀ and w₁ = −w₀ at the minimum, ½ L2 (‖w₀‖² + ‖w₁‖²) = ½ (L2 / 2) ‖w‖².
    [TestMethod]
    public void With_two_classes_it_is_logistic_regression_of_half_the_penalty()
    {
        int[] y = [.. Y.Select(c => c == 2 ? 1 : 0)];
        var softmax = Fits.Model(Trainer(new Options { L1Regularization = 0, L2Regularization = 2 }), TestData.Multiclass(X, y, 2));
        var logistic = Fits.Model(
            new Binary(new Binary.Options { L1Regularization = 0, L2Regularization = 1, OptimizationTolerance = 1e-10 }),
            TestData.Binary(X, [.. y.Select(c => c == 1)]));
        for (int j = 0; j < 4; j++)
            Assert.AreEqual(logistic.Weights[j], softmax.Weights[4 + j] - softmax.Weights[j], 1e-7);
        Assert.AreEqual(logistic.Bias, softmax.Biases[1] - softmax.Biases[0], 1e-7);
        Assert.AreEqual(0, softmax.Biases[0] + softmax.Biases[1], 1e-12);
    }

    [TestMethod]
    public void A_row_of_weight_two_is_two_rows()
    {
        float[] weights = [.. Enumerable.Range(0, X.Length).Select(i => (float)(i % 3))];
        var weighted = Fits.Model(Trainer(new Options { ExampleWeightColumnName = "Weight" }), TestData.Multiclass(X, Y, 3, weights));
        var repeated = Fits.Model(Trainer(new Options()), TestData.Multiclass(Samples.Repeat(X, weights), Samples.Repeat(Y, weights), 3));
        Samples.AssertClose(repeated.Weights.ToArray(), weighted.Weights.ToArray(), 1e-7);
        Samples.AssertClose(repeated.Biases.ToArray(), weighted.Biases.ToArray(), 1e-7);
    }

    [TestMethod]
    public void Threads_do_not_change_a_bit()
    {
        double[][] x = Samples.Gaussian(2000, 4, 4);
        var view = TestData.Multiclass(x, [.. x.Select(r => r[0] > 0.5 ? 0 : r[1] + r[3] > 0 ? 1 : 2)], 3);
        var expected = Fits.Model(Trainer(new Options()), view, threads: 1);
        var model = Fits.Model(Trainer(new Options()), view, threads: 5);
        CollectionAssert.AreEqual(expected.Weights.ToArray(), model.Weights.ToArray());
        CollectionAssert.AreEqual(expected.Biases.ToArray(), model.Biases.ToArray());
    }

    [TestMethod]
    public void Sparse_rows_are_learned_and_scored_like_dense_ones()
    {
        double[][] x = [.. X.Select((row, i) => row.Select((v, j) => (i + j) % 3 == 0 ? v : 0).ToArray())];
        var dense = Fits.Model(Trainer(new Options()), TestData.Multiclass(x, Y, 3));
        var sparse = Fits.Model(Trainer(new Options()), TestData.Multiclass(x, Y, 3, sparse: true));
        Samples.AssertClose(dense.Weights.ToArray(), sparse.Weights.ToArray(), 1e-6);

        var (expected, scores) = (new float[3 * x.Length], new float[3 * x.Length]);
        dense.Score(TestData.Matrix(x), expected);
        dense.Score(TestData.Matrix(x, sparse: true), scores);
        Samples.AssertClose(expected.Select(s => (double)s), scores.Select(s => (double)s), 1e-6);
    }

    [TestMethod]
    public void Classes_without_rows_have_probability_zero_and_change_nothing()
    {
        int[] spread = [.. Y.Select(c => (2 * c) + 1)];
        var expected = Fits.Model(Trainer(new Options()), TestData.Multiclass(X, Y, 3));
        var view = TestData.Multiclass(X, spread, 7);
        var fitted = Trainer(new Options()).Fit(view, FitContext.Default);
        for (int c = 0; c < 3; c++)
            CollectionAssert.AreEqual(expected.Weights.Slice(4 * c, 4).ToArray(), fitted.Model.Weights.Slice(4 * ((2 * c) + 1), 4).ToArray());

        float[][] scores = TestData.Vectors(fitted.Transform(view), "Score");
        foreach (float[] row in scores)
        {
            Assert.AreEqual(0, row[0] + row[2] + row[4] + row[6]);
            Assert.AreEqual(1, row.Sum(), 1e-6);
        }

        Assert.IsFalse(TestData.Column<uint>(fitted.Transform(view), "PredictedLabel").Any(key => key % 2 == 1));
        CollectionAssert.AreEqual(scores[0], TestData.Vectors(Fits.RoundTrip(fitted).Transform(view), "Score")[0]);
    }

    [TestMethod]
    public void Rows_without_a_label_are_left_out_and_told()
    {
        int[] withMissing = [.. Y, -1, -1];
        double[][] x = [.. X, [1e6, 0, 0, 0], [0, 1e6, 0, 0]];
        var view = TestData.Multiclass(x, withMissing, 3);
        var expected = Fits.Model(Trainer(new Options()), TestData.Multiclass(X, Y, 3));
        CollectionAssert.AreEqual(expected.Weights.ToArray(), Fits.Model(Trainer(new Options()), view).Weights.ToArray());
        Assert.AreEqual("rows-without-label", Fits.Diagnoses(Trainer(new Options()), view).Single().Code);
    }

    [TestMethod]
    public void Separable_classes_without_penalties_stay_finite()
    {
        double[][] x = [[-2, 1], [-1, 1], [1, 1], [2, 1], [9, 1], [10, 1]];
        var model = Fits.Model(
            Trainer(new Options { L1Regularization = 0, L2Regularization = 0 }), TestData.Multiclass(x, [0, 0, 1, 1, 2, 2], 3));
        Assert.IsTrue(model.Converged, model.StopReason);
        var scores = new float[18];
        model.Score(TestData.Matrix(x), scores);
        for (int i = 0; i < 6; i++)
            Assert.IsGreaterThan(0.99f, scores[(3 * i) + (i / 2)]);
    }

    [TestMethod]
    public void Non_negative_weights_are_kept()
    {
        var model = Fits.Model(Trainer(new Options { EnforceNonNegativity = true }), TestData.Multiclass(X, Y, 3));
        Assert.IsTrue(model.Converged, model.StopReason);
        Assert.IsTrue(model.Weights.ToArray().All(w => w >= 0));
        Assert.IsTrue(model.Weights.ToArray().Any(w => w > 0));
    }

    [TestMethod]
    public void One_class_only_is_an_error_that_names_it()
    {
        var view = TestData.Multiclass([[1], [2]], [1, 1], ["red", "blue"]);
        var error = Assert.ThrowsExactly<DataException>(() => Trainer(new Options()).Fit(view, FitContext.Default));
        Assert.Contains("The label 'Label' has one class only: blue; the trainer needs two.", error.Message);
    }

    [TestMethod]
    public void A_label_that_is_an_identifier_is_an_early_error()
    {
        const int n = 20_000;
        var view = TestData.Multiclass(
            [.. Enumerable.Range(0, n).Select(i => new double[] { i })], [.. Enumerable.Range(0, n)], n);
        var error = Assert.ThrowsExactly<DataException>(() => Trainer(new Options()).Fit(view, FitContext.Default));
        Assert.Contains("The label 'Label' has 20000 classes for 20000 rows", error.Message);
    }

    [TestMethod]
    public void It_stops_soon_after_it_is_cancelled() =>
        Assert.IsGreaterThan(10, Fits.AssertCancellable(Trainer(new Options()), TestData.Multiclass(X, Y, 3)));

    [TestMethod]
    public void A_saved_model_scores_the_same_bits()
    {
        var view = TestData.Multiclass(X, Y, ["a", "b", "c"]);
        var fitted = Trainer(new Options()).Fit(view, FitContext.Default);
        var loaded = Fits.RoundTrip(fitted);
        float[][] before = TestData.Vectors(fitted.Transform(view), "Score"), after = TestData.Vectors(loaded.Transform(view), "Score");
        for (int i = 0; i < before.Length; i++)
            CollectionAssert.AreEqual(before[i], after[i]);
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, loaded.Labels.ToArray());
        Assert.AreEqual(fitted.Model.Iterations, loaded.Model.Iterations);
    }

    // The required quality of each set; the folds of the digits are the slowest, so that two of them must do.
    [TestMethod]
    [DataRow("iris", 0.94, 10)]
    [DataRow("wine", 0.96, 10)]
    [DataRow("digits", 0.93, 2)]
    public void The_quality_is_that_of_the_field(string name, double least, int folds)
    {
        int right = 0, all = 0;
        foreach (var (train, test) in EmbeddedSet.Load(name).TenFolds(standardised: true).Take(folds))
        {
            int k = train.ClassNames.Length;
            var model = Fits.Model(new LbfgsMaximumEntropyMulticlassTrainer(), TestData.Multiclass(train.Features, train.Classes, k));
            Assert.IsTrue(model.Converged, model.StopReason);
            var scores = new float[k * test.Features.Length];
            model.Score(TestData.Matrix(test.Features), scores);
            for (int i = 0; i < test.Features.Length; i++)
                right += MLPath.Numerics.Dense.ArgMax(scores.AsSpan(k * i, k)) == test.Classes[i] ? 1 : 0;
            all += test.Features.Length;
        }

        Assert.IsGreaterThanOrEqualTo(least, (double)right / all);
    }

    [TestMethod]
    public void The_parameters_can_be_had_as_in_MLNET()
    {
        var model = new MaximumEntropyModelParameters([1, 2, 3, 4, 5, 6], [7, 8]);
        VBuffer<float>[] weights = null!;
        model.GetWeights(ref weights, out int k);
        Assert.AreEqual(2, k);
        CollectionAssert.AreEqual(new float[] { 4, 5, 6 }, weights[1].DenseValues().ToArray());
        CollectionAssert.AreEqual(new float[] { 7, 8 }, model.GetBiases().ToArray());
    }

    [TestMethod]
    public void The_catalog_makes_it_with_MLNETs_parameters()
    {
        var trainers = new MLContext().MulticlassClassification.Trainers;
        Assert.AreEqual("LbfgsMaximumEntropy()", trainers.LbfgsMaximumEntropy().ToString());
        Assert.AreEqual(
            "LbfgsMaximumEntropy(L1Regularization=0, HistorySize=5)",
            trainers.LbfgsMaximumEntropy("Label", "Features", null, 0f, 1f, 1e-7, 5, false).ToString());
    }

    private static LbfgsMaximumEntropyMulticlassTrainer Trainer(Options options) => new(options with { OptimizationTolerance = 1e-10 });

    private static MaximumEntropyModelParameters Fit(Options options) =>
        Fits.Model(Trainer(options with { ExampleWeightColumnName = "Weight" }), TestData.Multiclass(X, Y, 3, W));

    private static void AssertModel(string figures, MaximumEntropyModelParameters model, double tolerance) => Samples.AssertClose(
        [.. Figures[figures].Rows("weights").SelectMany(w => w), .. Figures[figures].Vector("biases")],
        [.. model.Weights, .. model.Biases], tolerance);
}
