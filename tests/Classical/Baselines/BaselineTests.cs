using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class BaselineTests
{
    private static readonly double[][] X = [[1, 2], [3, 4], [5, 6], [7, 12]];
    private static readonly MLContext Ml = new();

    [TestMethod]
    public void Prior_gives_the_frequency_of_the_positive_class()
    {
        var view = TestData.Binary(X, [true, false, false, false]);
        var scored = Ml.BinaryClassification.Trainers.Prior().Fit(view, FitContext.Default).Transform(view);
        CollectionAssert.AreEqual(new[] { 0.25f, 0.25f, 0.25f, 0.25f }, TestData.Column<float>(scored, "Probability"));
        CollectionAssert.AreEqual(new[] { -0.5f, -0.5f, -0.5f, -0.5f }, TestData.Column<float>(scored, "Score"));
        Assert.IsFalse(TestData.Column<bool>(scored, "PredictedLabel").Any(p => p));
    }

    [TestMethod]
    public void Prior_heeds_weights_and_works_with_one_class_and_missing_features()
    {
        var view = TestData.Binary([[double.NaN], [0], [1]], [true, false, false], [3, 1, 0]);
        Assert.AreEqual(0.75, Fits.Model(Ml.BinaryClassification.Trainers.Prior("Label", "Weight"), view).Probabilities[1]);
        Assert.AreEqual(1, Fits.Model(new PriorTrainer(), TestData.Binary(X, [true, true, true, true])).Probabilities[1]);
    }

    [TestMethod]
    public void Prior_gives_the_frequencies_of_several_classes()
    {
        var view = TestData.Multiclass(X, [2, 2, 0, -1], ["a", "b", "c"], sparse: true);
        var fitted = Ml.MulticlassClassification.Trainers.Prior().Fit(view, FitContext.Default);
        var scored = Fits.RoundTrip(fitted).Transform(view);
        CollectionAssert.AreEqual(new[] { 1 / 3f, 0, 2 / 3f }, TestData.Vectors(scored, "Score")[3]);
        CollectionAssert.AreEqual(new uint[] { 3, 3, 3, 3 }, TestData.Column<uint>(scored, "PredictedLabel"));
    }

    [TestMethod]
    public void Prior_refuses_a_label_that_is_an_identifier()
    {
        var view = TestData.Multiclass([.. Enumerable.Range(0, 10_000).Select(i => new double[] { i })], [.. Enumerable.Range(0, 10_000)], 10_000);
        Assert.ThrowsExactly<DataException>(() => new PriorMulticlassTrainer().Fit(view, FitContext.Default));
    }

    [TestMethod]
    public void Mean_predicts_the_mean()
    {
        var view = TestData.Regression(X, [1, 2, 3, 10], [1, 1, 1, 2]);
        Assert.AreEqual(4, Fits.Model(new MeanTrainer(), view).Mean);
        var fitted = Ml.Regression.Trainers.Mean("Label", "Weight").Fit(view, FitContext.Default);
        Assert.AreEqual(5.2, fitted.Model.Mean, 1e-15);
        CollectionAssert.AreEqual(new[] { 5.2f, 5.2f, 5.2f, 5.2f }, TestData.Column<float>(Fits.RoundTrip(fitted).Transform(view), "Score"));
    }

    [TestMethod]
    public void One_cluster_lies_around_the_mean()
    {
        var view = TestData.Unlabelled(X);
        var fitted = Ml.Clustering.Trainers.OneCluster().Fit(view, FitContext.Default);
        CollectionAssert.AreEqual(new double[] { 4, 6 }, fitted.Model.Center.ToArray());
        var scored = Fits.RoundTrip(fitted).Transform(view);
        CollectionAssert.AreEqual(new uint[] { 1, 1, 1, 1 }, TestData.Column<uint>(scored, "PredictedLabel"));
        CollectionAssert.AreEqual(new float[] { 25, 5, 1, 45 }, TestData.Vectors(scored, "Score").Select(s => s[0]).ToArray());

        var weighted = Ml.Clustering.Trainers.OneCluster("Features", "Weight");
        CollectionAssert.AreEqual(new double[] { 2, 3 }, Fits.Model(weighted, TestData.Unlabelled(X, [1, 1, 0, 0], sparse: true)).Center.ToArray());
    }

    [TestMethod]
    public void Every_algorithm_makes_its_trainers_with_their_defaults()
    {
        var expected = new Dictionary<string, string>
        {
            ["baseline"] = "Prior(), Prior(), Mean(), OneCluster()",
            ["bayes"] = "NaiveBayes(), NaiveBayes()",
            ["logistic"] = "LbfgsLogisticRegression(), LbfgsMaximumEntropy()",
            ["ols"] = "Ols()",
            ["ridge"] = "Ridge()",
        };
        foreach (var (name, trainers) in expected)
        {
            var factories = Ml.Algorithms.Get(name).Trainers;
            Assert.AreEqual(trainers, string.Join(", ", factories.Select(f => f.Create().ToString())));
            Assert.IsTrue(factories.All(f => f.Info.SupportsWeights));
        }

        var logistic = Ml.Algorithms.Get("logistic").For(LearningTask.Multiclass)!;
        Assert.AreEqual("LbfgsMaximumEntropy(L1Regularization=0.5)", logistic.Create([KeyValuePair.Create("l1regularization", "0.5")]).ToString());
        Assert.ThrowsExactly<OptionException>(() => logistic.Create([KeyValuePair.Create("HistorySize", "0")]));
    }
}
