using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class ClassWeightTests
{
    // The statement depends neither on size nor on where the training ends.
    private static readonly (string Name, string Value)[] s_small =
    [
        ("NumberOfTrees", "3"), ("MaximumNumberOfIterations", "20"),
        ("Epochs", "2"), ("Channels", "4"), ("DenseUnits", "4"), ("Size", "4"), ("Heads", "1"), ("Blocks", "1"), ("FeedForward", "8"), ("Units", "4"),
    ];

    private static readonly int[] Binary = MetaFigures.All.Integers("binary");

    [TestMethod]
    public void Balanced_logistic_regression_agrees_with_scikit_learn()
    {
        double[] p = MetaFigures.Predict(MetaFigures.Logistic(ClassWeighting.Balanced).Fit(MetaFigures.Binary), "Probability");
        Samples.AssertClose(MetaFigures.All["balanced"].Vector("binary"), p, 2e-5);

        // The script writes the rows of the second class twice.
        int[] classes = MetaFigures.All.Integers("classes");
        int[] twice = [.. Enumerable.Range(0, classes.Length).Where(i => classes[i] == 1)];
        var data = TestData.Multiclass(
            [.. MetaFigures.X, .. twice.Select(i => MetaFigures.X[i])], [.. classes, .. twice.Select(i => classes[i])], MetaFigures.Names);
        var softmax = MetaFigures.Softmax(ClassWeighting.Balanced).Fit(data);
        Samples.AssertClose(MetaFigures.Flat(MetaFigures.All["balanced"].Rows("classes")), MetaFigures.Predict(softmax), 2e-5);
    }

    /// <summary>Every classifier that takes weights, whatever made it, learns from balanced classes what it learns from the same weights in a column.</summary>
    [TestMethod]
    public void Balanced_is_the_same_weights_in_a_column()
    {
        var ml = new MLContext(seed: 5);
        // Counts, so that trainers that need such can learn, and four of them: an image of two by two.
        double[][] features = [.. MetaFigures.X.Select(row => row.Append(row.Sum()).Select(v => Math.Round(Math.Abs(2 * v))).ToArray())];
        double n = Binary.Length, positive = Binary.Sum();
        float[] weights = [.. Binary.Select(c => (float)(n / (2 * (c == 1 ? positive : n - positive))))];
        int tried = 0;
        foreach (var algorithm in ml.Algorithms.All)
        {
            foreach (var task in new[] { LearningTask.Binary, LearningTask.Multiclass })
            {
                if (algorithm.For(task) is not { } factory || !factory.Options.Any(o => o.Name == "ClassWeights"))
                    continue;
                // Calibrators have weights of their own, and a meta-trainer's parts are balanced by the rows that each sees.
                if (algorithm.Name is "calibrated" or "ova" or "ovo" or "stacking" or "bagging")
                    continue;
                var data = task == LearningTask.Binary
                    ? TestData.Binary(features, [.. Binary.Select(c => c == 1)], weights)
                    : TestData.Multiclass(features, Binary, 2, weights);
                List<KeyValuePair<string, string>> small = [.. s_small
                    .Where(s => factory.Options.Any(o => o.Name == s.Name)).Select(s => KeyValuePair.Create(s.Name, s.Value))];
                var balanced = factory.Create([.. small, new("ClassWeights", "Balanced")]).Fit(data);
                var weighted = factory.Create(small, "Weight").Fit(data);
                CollectionAssert.AreEqual(MetaFigures.Predict(weighted, queries: data), MetaFigures.Predict(balanced, queries: data), $"{algorithm.Name} ({task})");
                tried++;
            }
        }

        Assert.IsGreaterThan(20, tried);
    }

    [TestMethod]
    public void Every_classifier_that_takes_weights_can_balance_classes_and_no_regression_can()
    {
        foreach (var algorithm in new MLContext().Algorithms.All)
        {
            foreach (var factory in algorithm.Trainers)
            {
                bool has = factory.Options.Any(o => o.Name == "ClassWeights");
                if (factory.Task is LearningTask.Regression or LearningTask.Clustering or LearningTask.AnomalyDetection)
                    Assert.IsFalse(has, $"{algorithm.Name} ({factory.Task})");
                else if (factory.Info.SupportsWeights && ClassicalAlgorithms.All.Any(a => a.Name == algorithm.Name))
                    Assert.IsTrue(has, $"{algorithm.Name} ({factory.Task})");
            }
        }

        foreach (var create in new Action[]
        {
            () => _ = new KNearestNeighborsRegressionTrainer(new() { ClassWeights = ClassWeighting.Balanced }),
            () => _ = new RandomForestRegressionTrainer(new() { ClassWeights = ClassWeighting.Balanced }),
            () => _ = new RidgeTrainer(new() { ClassWeights = ClassWeighting.Balanced }),
        })
        {
            StringAssert.Contains(Assert.Throws<OptionException>(create).Message, "no classes to balance");
        }
    }

    [TestMethod]
    public void Class_weights_reach_the_default_members()
    {
        var voting = new VotingBinaryTrainer(new() { ClassWeights = ClassWeighting.Balanced });
        var uniform = new VotingBinaryTrainer();
        double mean = MetaFigures.Predict(voting.Fit(MetaFigures.Binary), "Probability").Average();
        Assert.IsGreaterThan(MetaFigures.Predict(uniform.Fit(MetaFigures.Binary), "Probability").Average(), mean);
        StringAssert.Contains(voting.ToString(), "Balanced");
    }
}
