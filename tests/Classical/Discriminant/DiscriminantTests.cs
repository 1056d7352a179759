using MLPath.Data;
using MLPath.Numerics;
using MLPath.Trainers;
using Lda = MLPath.Trainers.LinearDiscriminantAnalysisTrainer.Options;
using Qda = MLPath.Trainers.QuadraticDiscriminantAnalysisTrainer.Options;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class DiscriminantTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("discriminant");
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly int[] Y = Figures.Integers("y");

    private static IEnumerable<(string Name, Lda Options)> LinearCases =>
    [
        ("lda", new()),
        ("ldaUniform", new() { Priors = ClassPriors.Uniform }),
        ("ldaShrinkage", new() { Shrinkage = 0.3 }),
        ("ldaShrinkageUniform", new() { Shrinkage = 0.3, Priors = ClassPriors.Uniform }),
        ("ldaAutomatic", new() { AutomaticShrinkage = true }),
    ];

    [TestMethod]
    public void Linear_discriminants_agree_with_scikit_learn()
    {
        foreach (var (name, options) in LinearCases)
        {
            var model = Fits.Model(new LinearDiscriminantAnalysisMulticlassTrainer(options), TestData.Multiclass(X, Y, 3));
            AssertProbabilities(name, model);

            // What is common to all classes' weights and biases is a matter of choice: compare their differences from the first class.
            double[][] weights = Figures[name].Rows("weights");
            double[] biases = Figures[name].Vector("biases");
            for (int c = 1; c < 3; c++)
            {
                Samples.AssertClose(
                    [.. weights[c].Zip(weights[0], (a, b) => a - b), biases[c] - biases[0]],
                    [.. Enumerable.Range(0, 5).Select(j => model.Weights[(5 * c) + j] - model.Weights[j]), model.Biases[c] - model.Biases[0]],
                    1e-8);
            }
        }
    }

    [TestMethod]
    public void Two_classes_agree_with_scikit_learn()
    {
        var model = Fits.Model(new LinearDiscriminantAnalysisBinaryTrainer(), TestData.Binary(X, [.. Y.Select(c => c == 1)]));
        Samples.AssertClose([.. Figures["ldaBinary"].Vector("weights"), Figures["ldaBinary"].Number("bias")], [.. model.Weights, model.Bias], 1e-8);
    }

    [TestMethod]
    public void Quadratic_discriminants_agree_with_scikit_learn()
    {
        (string, Qda)[] cases = [("qda", new()), ("qdaUniform", new() { Priors = ClassPriors.Uniform }), ("qdaRegularized", new() { Regularization = 0.2 })];
        foreach (var (name, options) in cases)
            AssertProbabilities(name, Fits.Model(new QuadraticDiscriminantAnalysisMulticlassTrainer(options), TestData.Multiclass(X, Y, 3)));
    }

    [TestMethod]
    public void A_row_of_weight_two_is_two_rows()
    {
        float[] weights = [.. Enumerable.Range(0, X.Length).Select(i => (float)(i % 3))];
        var (weighted, repeated) = (TestData.Multiclass(X, Y, 3, weights), TestData.Multiclass(Samples.Repeat(X, weights), Samples.Repeat(Y, weights), 3));
        foreach (var (_, options) in LinearCases)
        {
            var expected = Fits.Model(new LinearDiscriminantAnalysisMulticlassTrainer(options), repeated);
            var model = Fits.Model(new LinearDiscriminantAnalysisMulticlassTrainer(options with { ExampleWeightColumnName = "Weight" }), weighted);
            Samples.AssertClose([.. expected.Weights, .. expected.Biases], [.. model.Weights, .. model.Biases], 1e-9);
        }

        var twice = Fits.Model(new QuadraticDiscriminantAnalysisMulticlassTrainer(), repeated);
        var heavy = Fits.Model(new QuadraticDiscriminantAnalysisMulticlassTrainer(new() { ExampleWeightColumnName = "Weight" }), weighted);
        Samples.AssertClose([.. twice.Biases, .. twice.Whitenings], [.. heavy.Biases, .. heavy.Whitenings], 1e-9);
    }

    // w · x is the same for x in any unit and with any origin.
    [TestMethod]
    public void Units_and_origins_do_not_matter()
    {
        double[] units = [1 << 20, 1, 1.0 / (1 << 20), 4, 0.5];
        double[][] moved = [.. X.Select(row => row.Select((v, j) => (double)(float)(units[j] * (v + 64))).ToArray())];
        double[][] back = [.. moved.Select(row => row.Select((v, j) => (double)(float)((v / units[j]) - 64)).ToArray())];
        foreach (var trainer in new IEstimator<IPredictionTransformer<IMulticlassModel>>[]
                 { new LinearDiscriminantAnalysisMulticlassTrainer(), new QuadraticDiscriminantAnalysisMulticlassTrainer() })
        {
            var (expected, scores) = (new float[3 * X.Length], new float[3 * X.Length]);
            Fits.Model(trainer, TestData.Multiclass(back, Y, 3)).Score(TestData.Matrix(back), expected);
            Fits.Model(trainer, TestData.Multiclass(moved, Y, 3)).Score(TestData.Matrix(moved), scores);
            Samples.AssertClose(expected.Select(s => (double)s), scores.Select(s => (double)s), 1e-4);
        }
    }

    [TestMethod]
    public void A_feature_that_others_determine_changes_nothing()
    {
        double[][] more = [.. X.Select(row => row.Append(row[0]).Append(7).ToArray())];
        var plain = Fits.Model(new LinearDiscriminantAnalysisMulticlassTrainer(), TestData.Multiclass(X, Y, 3));
        var model = Fits.Model(new LinearDiscriminantAnalysisMulticlassTrainer(), TestData.Multiclass(more, Y, 3));
        var (expected, scores) = (new float[3 * X.Length], new float[3 * X.Length]);
        plain.Score(TestData.Matrix(X), expected);
        model.Score(TestData.Matrix(more), scores);
        Samples.AssertClose(expected.Select(s => (double)s), scores.Select(s => (double)s), 1e-6);

        var view = TestData.Multiclass(more, Y, 3);
        var told = Fits.Diagnoses(new QuadraticDiscriminantAnalysisMulticlassTrainer(), view);
        Assert.HasCount(3, told);
        Assert.AreEqual("singular-covariance", told[0].Code);
        Assert.IsEmpty(Fits.Diagnoses(new QuadraticDiscriminantAnalysisMulticlassTrainer(new() { Regularization = 0.1 }), view));
        Assert.IsTrue(TestData.Vectors(new QuadraticDiscriminantAnalysisMulticlassTrainer().Fit(view).Transform(view), "Score").All(p => p.All(float.IsFinite)));
    }

    [TestMethod]
    public void Few_rows_for_many_features_are_learned_where_the_covariance_shrinks()
    {
        double[][] x = Samples.Gaussian(60, 80, 3);
        int[] y = [.. Enumerable.Range(0, 60).Select(i => i % 2)];
        for (int i = 0; i < 60; i++)
            x[i][0] += 3 * y[i];
        var model = Fits.Model(new LinearDiscriminantAnalysisBinaryTrainer(new() { AutomaticShrinkage = true }), TestData.Binary(x, [.. y.Select(c => c == 1)]));
        Assert.IsTrue(model.Weights.All(double.IsFinite));
        Assert.AreEqual(0, model.Weights.Select((w, j) => (Math.Abs(w), j)).Max().j, "The feature that tells the classes apart weighs most.");
    }

    [TestMethod]
    public void Classes_without_rows_are_never_predicted()
    {
        var view = TestData.Multiclass(X, [.. Y.Select(c => c == 2 ? 3 : c)], 5);
        foreach (var trainer in new IEstimator<ITransformer>[] { new LinearDiscriminantAnalysisMulticlassTrainer(), new QuadraticDiscriminantAnalysisMulticlassTrainer() })
            Assert.IsTrue(TestData.Vectors(trainer.Fit(view).Transform(view), "Score").All(p => p[2] == 0 && p[4] == 0 && p.All(float.IsFinite)));
    }

    [TestMethod]
    public void Threads_do_not_change_a_bit()
    {
        double[][] x = Samples.Gaussian(3000, 5, 4);
        var view = TestData.Multiclass(x, [.. x.Select(r => r[0] + r[1] > 0.3 ? 2 : r[2] > 0 ? 1 : 0)], 3);
        var (one, two) = (Fits.Model(new LinearDiscriminantAnalysisMulticlassTrainer(), view, 1), Fits.Model(new LinearDiscriminantAnalysisMulticlassTrainer(), view, 3));
        CollectionAssert.AreEqual(one.Weights.ToArray(), two.Weights.ToArray());
        var (first, second) = (Fits.Model(new QuadraticDiscriminantAnalysisMulticlassTrainer(), view, 1), Fits.Model(new QuadraticDiscriminantAnalysisMulticlassTrainer(), view, 3));
        CollectionAssert.AreEqual(first.Whitenings.ToArray(), second.Whitenings.ToArray());
    }

    [TestMethod]
    public void They_stop_soon_after_they_are_cancelled()
    {
        var view = TestData.Multiclass(X, Y, 3);
        Assert.IsGreaterThan(4, Fits.AssertCancellable(new LinearDiscriminantAnalysisMulticlassTrainer(new() { AutomaticShrinkage = true }), view));
        Assert.IsGreaterThan(4, Fits.AssertCancellable(new QuadraticDiscriminantAnalysisMulticlassTrainer(), view));
    }

    [TestMethod]
    public void A_saved_model_scores_the_same_bits()
    {
        var view = TestData.Multiclass(X, Y, ["a", "b", "c"]);
        var fitted = new QuadraticDiscriminantAnalysisMulticlassTrainer().Fit(view);
        float[][] before = TestData.Vectors(fitted.Transform(view), "Score"), after = TestData.Vectors(Fits.RoundTrip(fitted).Transform(view), "Score");
        for (int i = 0; i < before.Length; i++)
            CollectionAssert.AreEqual(before[i], after[i]);
    }

    // The distribution that the model stands for has the class's covariance: Aᵀ A Σ = I.
    [TestMethod]
    public void A_whitening_is_a_root_of_the_inverse()
    {
        double[][] x = Samples.Gaussian(40, 4, 8);
        foreach (bool singular in new[] { false, true })
        {
            var rows = Matrix.FromRows([.. x.Select(r => singular ? [r[0], r[1], r[2], r[0] - r[1]] : r)]);
            var covariance = new Matrix(4, 4);
            Gemm.Multiply(true, false, 4, 4, 40, 1, rows.AsSpan(), 4, rows.AsSpan(), 4, 0, covariance.AsSpan(), 4);
            var whitening = Whitening.Of(covariance, [1, 1, 1, 1], leaveOut: true, FitContext.Default);
            Assert.AreEqual((singular, singular ? 3 : 4), (whitening.IsSingular, whitening.Matrix.Rows));
            var a = whitening.Matrix;
            for (int i = 0; i < a.Rows; i++)
            {
                for (int j = 0; j < a.Rows; j++)
                {
                    double product = 0;
                    for (int l = 0; l < 4; l++)
                        product += Dense.Dot(covariance.Row(l), a.Row(i)) * a[j, l];
                    Assert.AreEqual(i == j ? 1 : 0, product, 1e-9);
                }
            }

            if (!singular)
                Assert.AreEqual(Cholesky.Factor(covariance).LogDeterminant, whitening.LogDeterminant, 1e-9);
        }
    }

    [TestMethod]
    public void One_class_only_is_an_error_that_names_it()
    {
        var view = TestData.Multiclass(X, new int[X.Length], ["red", "blue"]);
        Assert.Contains("one class only: red", Assert.ThrowsExactly<DataException>(() => new LinearDiscriminantAnalysisMulticlassTrainer().Fit(view)).Message);
        Assert.Contains("one class only: red", Assert.ThrowsExactly<DataException>(() => new QuadraticDiscriminantAnalysisMulticlassTrainer().Fit(view)).Message);
    }

    [TestMethod]
    public void The_catalog_makes_them()
    {
        var ml = new MLContext();
        Assert.AreEqual("LinearDiscriminantAnalysis()", ml.BinaryClassification.Trainers.LinearDiscriminantAnalysis().ToString());
        Assert.AreEqual("LinearDiscriminantAnalysis(Shrinkage=0.5)", ml.MulticlassClassification.Trainers.LinearDiscriminantAnalysis(shrinkage: 0.5).ToString());
        Assert.AreEqual("QuadraticDiscriminantAnalysis(Regularization=0.5)", ml.BinaryClassification.Trainers.QuadraticDiscriminantAnalysis(regularization: 0.5).ToString());
        Assert.ThrowsExactly<Runtime.OptionException>(() => ml.MulticlassClassification.Trainers.QuadraticDiscriminantAnalysis(regularization: 2));
    }

    [TestMethod]
    public void Parameters_that_make_no_model_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new QuadraticDiscriminantModelParameters([], [], []));
        Assert.ThrowsExactly<ArgumentException>(() => new QuadraticDiscriminantModelParameters([0], [1, 2], [1, 2]));
        Assert.ThrowsExactly<ArgumentException>(() => new QuadraticDiscriminantModelParameters([0], [double.NaN], [1]));
        Assert.ThrowsExactly<ArgumentException>(() => new QuadraticDiscriminantModelParameters([double.NegativeInfinity], [1], [1]));
    }

    private static void AssertProbabilities(string figures, IMulticlassModel model)
    {
        var scores = new float[3 * X.Length];
        model.Score(TestData.Matrix(X), scores);
        Samples.AssertClose(Figures[figures].Rows("probabilities").SelectMany(p => p), scores.Select(s => (double)s), 1e-6);
    }
}
