using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class NaiveBayesTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("linear")["bayes"];
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly int[] Y = Figures.Integers("y");
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];

    private static NaiveBayesTrainer.Options Weighted { get; } = new() { ExampleWeightColumnName = "Weight" };

    [TestMethod]
    public void It_agrees_with_scikit_learn()
    {
        var model = Fits.Model(new NaiveBayesMulticlassTrainer(Weighted with { VarianceSmoothing = 0 }), TestData.Multiclass(X, Y, 3, W));
        Samples.AssertClose(Figures.Vector("priors"), model.Priors.ToArray(), 1e-14);
        Samples.AssertClose(Figures.Rows("means").SelectMany(m => m), model.Means.ToArray(), 1e-13);
        Samples.AssertClose(Figures.Rows("variances").SelectMany(v => v), model.Variances.ToArray(), 1e-13);
        var scores = new float[3 * X.Length];
        model.Score(TestData.Matrix(X), scores);
        Samples.AssertClose(Figures.Rows("probabilities").SelectMany(p => p), scores.Select(s => (double)s), 1e-6);
    }

    [TestMethod]
    public void Two_classes_are_the_same_as_a_key_and_as_a_truth_value()
    {
        int[] y = [.. Y.Select(c => c == 2 ? 1 : 0)];
        var key = Fits.Model(new NaiveBayesMulticlassTrainer(), TestData.Multiclass(X, y, 2));
        var truth = Fits.Model(new NaiveBayesBinaryTrainer(), TestData.Binary(X, [.. y.Select(c => c == 1)]));
        var (both, scores, probabilities) = (new float[2 * X.Length], new float[X.Length], new float[X.Length]);
        key.Score(TestData.Matrix(X), both);
        truth.Score(TestData.Matrix(X), scores, probabilities);
        for (int i = 0; i < X.Length; i++)
        {
            Assert.AreEqual(both[(2 * i) + 1], probabilities[i]);
            Assert.AreEqual(both[(2 * i) + 1] - both[2 * i], scores[i]);
        }
    }

    [TestMethod]
    public void A_row_of_weight_two_is_two_rows()
    {
        float[] weights = [.. Enumerable.Range(0, X.Length).Select(i => (float)(i % 3))];
        var weighted = Fits.Model(new NaiveBayesMulticlassTrainer(Weighted), TestData.Multiclass(X, Y, 3, weights));
        var repeated = Fits.Model(
            new NaiveBayesMulticlassTrainer(), TestData.Multiclass(Samples.Repeat(X, weights), Samples.Repeat(Y, weights), 3));
        Samples.AssertClose(repeated.Priors.ToArray(), weighted.Priors.ToArray(), 1e-14);
        Samples.AssertClose(repeated.Means.ToArray(), weighted.Means.ToArray(), 1e-13);
        Samples.AssertClose(repeated.Variances.ToArray(), weighted.Variances.ToArray(), 1e-13);
    }

    [TestMethod]
    public void Classes_without_rows_are_never_predicted()
    {
        var view = TestData.Multiclass(X, [.. Y.Select(c => c == 2 ? 3 : c)], 5);
        var scored = new NaiveBayesMulticlassTrainer().Fit(view, FitContext.Default).Transform(view);
        Assert.IsTrue(TestData.Vectors(scored, "Score").All(p => p[2] == 0 && p[4] == 0 && p.All(float.IsFinite)));
    }

    [TestMethod]
    public void One_class_only_is_always_predicted()
    {
        var model = Fits.Model(new NaiveBayesBinaryTrainer(), TestData.Binary([[1], [2]], [true, true]));
        var (scores, probabilities) = (new float[1], new float[1]);
        model.Score(TestData.Matrix([[100]]), scores, probabilities);
        Assert.AreEqual((1f, 1f), (scores[0], probabilities[0]));
    }

    [TestMethod]
    [DataRow(1e-9)]
    [DataRow(0)]
    public void Constant_features_and_the_ends_of_single_precision_stay_finite(double smoothing)
    {
        var options = new NaiveBayesTrainer.Options { VarianceSmoothing = smoothing };
        double[][] far = [[3e38, -3e38], [0, 0], [5, 1e-45]];
        foreach (double[][] x in new double[][][] { [[5, 5], [5, 5], [5, 5]], [[5, 1], [5, 2], [5, 3]], far })
        {
            var model = Fits.Model(new NaiveBayesMulticlassTrainer(options), TestData.Multiclass(x, [0, 1, 1], 2));
            var scores = new float[6];
            model.Score(TestData.Matrix(far), scores);
            Assert.IsTrue(scores.All(float.IsFinite), string.Join(", ", scores));
        }
    }

    [TestMethod]
    public void It_stops_soon_after_it_is_cancelled()
    {
        double[][] x = Samples.Gaussian(9000, 1, 1);
        Assert.IsGreaterThan(12, Fits.AssertCancellable(new NaiveBayesMulticlassTrainer(), TestData.Multiclass(x, new int[9000], 1)));
    }

    [TestMethod]
    public void A_saved_model_scores_the_same_bits()
    {
        var view = TestData.Multiclass(X, Y, ["a", "b", "c"]);
        var fitted = new NaiveBayesMulticlassTrainer().Fit(view, FitContext.Default);
        float[][] before = TestData.Vectors(fitted.Transform(view), "Score");
        float[][] after = TestData.Vectors(Fits.RoundTrip(fitted).Transform(view), "Score");
        for (int i = 0; i < before.Length; i++)
            CollectionAssert.AreEqual(before[i], after[i]);
    }

    [TestMethod]
    public void Parameters_that_make_no_model_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new NaiveBayesModelParameters([], [], []));
        Assert.ThrowsExactly<ArgumentException>(() => new NaiveBayesModelParameters([0.5, 0.5], [1], [1]));
        Assert.ThrowsExactly<ArgumentException>(() => new NaiveBayesModelParameters([0.5, 0.4], [1, 2], [1, 1]));
        Assert.ThrowsExactly<ArgumentException>(() => new NaiveBayesModelParameters([0.5, 0.5], [1, 2], [1, -1]));
        Assert.ThrowsExactly<ArgumentException>(() => new NaiveBayesModelParameters([0.5, 0.5], [1, double.NaN], [1, 1]));
    }
}
