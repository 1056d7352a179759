using MLPath.Data;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

/// <summary>Naive Bayes of presence, of counts and of categories.</summary>
[TestClass]
public sealed class DiscreteBayesTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("bayes");
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly int[] Y = Figures.Integers("y");
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];

    private static IEnumerable<(string Name, IEstimator<IPredictionTransformer<IMulticlassModel>> Trainer)> Cases(string? weight)
    {
        yield return ("bernoulli", new BernoulliNaiveBayesMulticlassTrainer(new() { Alpha = 0.5, ExampleWeightColumnName = weight }));
        yield return ("bernoulliAbove1", new BernoulliNaiveBayesMulticlassTrainer(new() { Threshold = 1, Priors = ClassPriors.Uniform, ExampleWeightColumnName = weight }));
        yield return ("multinomial", new MultinomialNaiveBayesMulticlassTrainer(new() { ExampleWeightColumnName = weight }));
        yield return ("multinomialUniform", new MultinomialNaiveBayesMulticlassTrainer(new() { Alpha = 0.1, Priors = ClassPriors.Uniform, ExampleWeightColumnName = weight }));
        yield return ("complement", new ComplementNaiveBayesMulticlassTrainer(new() { ExampleWeightColumnName = weight }));
        yield return ("complementNormalized", new ComplementNaiveBayesMulticlassTrainer(new() { Alpha = 0.5, Normalize = true, ExampleWeightColumnName = weight }));
        yield return ("categorical", new CategoricalNaiveBayesMulticlassTrainer(new() { ExampleWeightColumnName = weight }));
        yield return ("categoricalOf12", new CategoricalNaiveBayesMulticlassTrainer(new() { Alpha = 0.3, MinimumCategories = 12, ExampleWeightColumnName = weight }));
    }

    [TestMethod]
    public void They_agree_with_scikit_learn()
    {
        foreach (var (name, trainer) in Cases("Weight"))
            AssertProbabilities(name, trainer.Fit(TestData.Multiclass(X, Y, 3, W), FitContext.Default).Model);
    }

    [TestMethod]
    public void Sparse_rows_are_learned_and_scored_like_dense_ones()
    {
        foreach (var (name, trainer) in Cases("Weight"))
        {
            var view = TestData.Multiclass(X, Y, 3, W, sparse: true);
            var fitted = trainer.Fit(view, FitContext.Default);
            float[][] scores = TestData.Vectors(fitted.Transform(view), "Score");
            Samples.AssertClose(Figures.Rows(name).SelectMany(p => p), scores.SelectMany(s => s).Select(s => (double)s), 2e-6);
        }
    }

    [TestMethod]
    public void Gaussian_classes_may_be_equally_likely()
    {
        var trainer = new NaiveBayesMulticlassTrainer(new() { Priors = ClassPriors.Uniform, VarianceSmoothing = 1e-2 });
        AssertProbabilities("gaussianUniform", Fits.Model(trainer, TestData.Multiclass(X, Y, 3)));
    }

    [TestMethod]
    public void A_row_of_weight_two_is_two_rows()
    {
        float[] weights = [.. Enumerable.Range(0, X.Length).Select(i => (float)(i % 3))];
        var view = TestData.Multiclass(X, Y, 3);
        foreach (var ((name, weighted), (_, plain)) in Cases("Weight").Zip(Cases(null)))
        {
            var expected = plain.Fit(TestData.Multiclass(Samples.Repeat(X, weights), Samples.Repeat(Y, weights), 3), FitContext.Default);
            var actual = weighted.Fit(TestData.Multiclass(X, Y, 3, weights), FitContext.Default);
            Samples.AssertClose(Scores(expected, view), Scores(actual, view), 1e-6);
        }
    }

    [TestMethod]
    public void Two_classes_are_the_same_as_a_key_and_as_a_truth_value()
    {
        int[] y = [.. Y.Select(c => c == 2 ? 1 : c)];
        var (keys, truths) = (TestData.Multiclass(X, y, 2), TestData.Binary(X, [.. y.Select(c => c == 1)]));
        (IEstimator<ITransformer> Key, IEstimator<ITransformer> Truth)[] pairs =
        [
            (new BernoulliNaiveBayesMulticlassTrainer(), new BernoulliNaiveBayesBinaryTrainer()),
            (new MultinomialNaiveBayesMulticlassTrainer(), new MultinomialNaiveBayesBinaryTrainer()),
            (new ComplementNaiveBayesMulticlassTrainer(), new ComplementNaiveBayesBinaryTrainer()),
            (new CategoricalNaiveBayesMulticlassTrainer(), new CategoricalNaiveBayesBinaryTrainer()),
        ];
        foreach (var (key, truth) in pairs)
        {
            float[][] both = TestData.Vectors(key.Fit(keys).Transform(keys), "Score");
            float[] probabilities = TestData.Column<float>(truth.Fit(truths).Transform(truths), "Probability");
            CollectionAssert.AreEqual(both.Select(p => p[1]).ToArray(), probabilities);
        }
    }

    [TestMethod]
    public void Classes_without_rows_are_never_predicted()
    {
        var view = TestData.Multiclass(X, [.. Y.Select(c => c == 2 ? 3 : c)], 5);
        foreach (var (name, trainer) in Cases(null))
        {
            float[][] scores = TestData.Vectors(trainer.Fit(view, FitContext.Default).Transform(view), "Score");
            Assert.IsTrue(scores.All(p => p[2] == 0 && p[4] == 0 && p.All(float.IsFinite)), name);
        }
    }

    [TestMethod]
    public void A_category_that_was_never_seen_says_nothing()
    {
        var model = Fits.Model(new CategoricalNaiveBayesMulticlassTrainer(), TestData.Multiclass([[0], [1], [1], [2]], [0, 0, 1, 0], 2));
        foreach (double strange in new[] { 3, -1, 0.5, 1e30, float.MaxValue, double.NaN })
        {
            var scores = new float[2];
            model.Score(TestData.Matrix([[strange]]), scores);
            Assert.AreEqual((0.75f, 0.25f), (scores[0], scores[1]));
        }
    }

    [TestMethod]
    public void Negative_counts_are_an_error_that_says_what_to_do()
    {
        foreach (bool sparse in new[] { false, true })
        {
            var view = TestData.Multiclass([[0, 1], [2, -3]], [0, 1], ["a", "b"], sparse: sparse);
            var error = Assert.ThrowsExactly<DataException>(() => new MultinomialNaiveBayesMulticlassTrainer().Fit(view, FitContext.Default));
            Assert.AreEqual(
                "Feature 'Features[1]' is -3 in a row; multinomial naive Bayes counts, and needs features that are 0 or more. " +
                "Give it counts, such as those of words, or use Gaussian naive Bayes.", error.Message);
            error = Assert.ThrowsExactly<DataException>(() => new ComplementNaiveBayesMulticlassTrainer().Fit(view, FitContext.Default));
            Assert.Contains("complement naive Bayes", error.Message);
        }
    }

    [TestMethod]
    public void What_is_no_category_is_an_error_that_says_what_to_do()
    {
        foreach (double value in new[] { 0.5, -1 })
        {
            var view = TestData.Multiclass([[0], [value]], [0, 1], 2);
            var error = Assert.ThrowsExactly<DataException>(() => new CategoricalNaiveBayesMulticlassTrainer().Fit(view, FitContext.Default));
            Assert.Contains("needs categories by number: 0, 1, 2, … Make them with Transforms.Conversion.MapValueToKey", error.Message);
        }

        var wide = TestData.Multiclass([[0], [1e9]], [0, 1], 2);
        Assert.Contains("so many categories", Assert.ThrowsExactly<DataException>(() => new CategoricalNaiveBayesMulticlassTrainer().Fit(wide, FitContext.Default)).Message);
    }

    [TestMethod]
    public void Parameters_that_make_no_model_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new DiscreteNaiveBayesModelParameters([], []));
        Assert.ThrowsExactly<ArgumentException>(() => new DiscreteNaiveBayesModelParameters([0, 0], [1]));
        Assert.ThrowsExactly<ArgumentException>(() => new DiscreteNaiveBayesModelParameters([double.NegativeInfinity], [1]));
        Assert.ThrowsExactly<ArgumentException>(() => new DiscreteNaiveBayesModelParameters([0], [double.NaN]));
        Assert.ThrowsExactly<ArgumentException>(() => new DiscreteNaiveBayesModelParameters([0], [1], threshold: -1));
        Assert.ThrowsExactly<ArgumentException>(() => new CategoricalNaiveBayesModelParameters([0], [2], [0]));
        Assert.ThrowsExactly<ArgumentException>(() => new CategoricalNaiveBayesModelParameters([0], [0], []));
        Assert.ThrowsExactly<ArgumentException>(() => new CategoricalNaiveBayesModelParameters([double.NaN], [1], [0]));
    }

    [TestMethod]
    public void Files_that_make_no_model_are_refused()
    {
        void AssertRefused(string id, Action<Runtime.ModelSaveContext> save) =>
            Assert.ThrowsExactly<Runtime.ModelFormatException>(() => new FakeModel(id, save).Load());
        AssertRefused(DiscreteNaiveBayesModelParameters.Id, c =>
        {
            c.WriteArray<double>("Biases", [0, 0]);
            c.WriteArray<double>("Weights", [double.NaN, 1], 2, 1);
            c.Write("Binary", false);
            c.Write("Threshold", 0.0);
        });
        AssertRefused(CategoricalNaiveBayesModelParameters.Id, c =>
        {
            c.WriteArray<double>("LogPriors", [0]);
            c.WriteArray<int>("Categories", [int.MaxValue, int.MaxValue]);
            c.WriteArray<double>("LogProbabilities", [0], 1, 1);
        });
    }

    private static void AssertProbabilities(string figures, IMulticlassModel model)
    {
        var scores = new float[3 * X.Length];
        model.Score(TestData.Matrix(X), scores);
        Samples.AssertClose(Figures.Rows(figures).SelectMany(p => p), scores.Select(s => (double)s), 1e-6);
    }

    private static IEnumerable<double> Scores(ITransformer model, IDataView view) =>
        TestData.Vectors(model.Transform(view), "Score").SelectMany(s => s).Select(s => (double)s);
}
