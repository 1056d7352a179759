using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

/// <summary>Fitted trees: their text, their files.</summary>
[TestClass]
public sealed class DecisionTreeModelTests
{
    private static readonly double[][] X = [[1, 5], [2, 5], [3, 5], [4, 6], [5, 7], [6, 8]];
    private static readonly int[] Y = [0, 0, 1, 1, 1, 0];

    [TestMethod]
    public void A_tree_of_classes_reads_as_text()
    {
        var model = Fits.Model(new DecisionTreeMulticlassTrainer(), TestData.Multiclass(X, Y, 2));
        Assert.AreEqual(
            """
            Age ≤ 2.5 [weight 6, impurity 0.5]
            ├─ yes: out (100 %) [weight 2, impurity 0]
            └─ no: Age ≤ 5.5 [weight 4, impurity 0.375]
               ├─ yes: in (100 %) [weight 3, impurity 0]
               └─ no: out (100 %) [weight 1, impurity 0]

            """.ReplaceLineEndings("\n"),
            model.ToText(["Age", "Fare"], ["out", "in"]));
        Assert.AreEqual(
            """
            f0 ≤ 2.5 [weight 6, impurity 0.5]
            ├─ yes: class 0 (100 %) [weight 2, impurity 0]
            └─ no: class 1 (75 %) … 2 leaves [weight 4, impurity 0.375]

            """.ReplaceLineEndings("\n"),
            model.ToText(maximumDepth: 1));
        Assert.ThrowsExactly<ArgumentException>(() => model.ToText(["Age"]));
        Assert.AreEqual("no", model.ToReportTree().Children[1].Branch);
    }

    [TestMethod]
    public void A_tree_of_numbers_reads_as_text()
    {
        var model = Fits.Model(new DecisionTreeRegressionTrainer(new() { MaximumDepth = 1 }), TestData.Regression(X, [1, 1, 1, 4, 4, 7]));
        Assert.AreEqual(
            """
            f0 ≤ 3.5 [weight 6, impurity 5]
            ├─ yes: 1 [weight 3, impurity 0]
            └─ no: 5 [weight 3, impurity 2]

            """.ReplaceLineEndings("\n"),
            model.ToText());
    }

    // Classes that alternate are peeled off one by one: a tree as deep as it has leaves must not exhaust the stack anywhere.
    [TestMethod]
    public void A_very_deep_tree_can_be_grown_written_drawn_and_saved()
    {
        double[][] x = [.. Enumerable.Range(0, 1500).Select(i => new double[] { i })];
        var view = TestData.Binary(x, [.. x.Select(r => r[0] % 2 == 0)]);
        var fitted = new DecisionTreeBinaryTrainer().Fit(view, FitContext.Default);
        Assert.IsGreaterThan(700, fitted.Model.Tree.Depth);
        Assert.AreEqual(fitted.Model.Tree.Count, fitted.Model.ToText(maximumDepth: int.MaxValue).Count(c => c == '\n'));
        CollectionAssert.AreEqual(fitted.Model.Tree.ToList(), Fits.RoundTrip(fitted).Model.Tree.ToList());
    }

    [TestMethod]
    public void A_saved_model_scores_the_same_bits()
    {
        double[][] x = Samples.Gaussian(200, 3, 5);
        AssertRoundTrip(new DecisionTreeBinaryTrainer(), TestData.Binary(x, [.. x.Select(r => r[0] > r[1])]));
        int[] y = [.. x.Select(r => r[0] > r[1] ? r[2] > 0 ? 3 : 1 : 0)];
        AssertRoundTrip(new DecisionTreeMulticlassTrainer(new() { MaximumDepth = 3 }), TestData.Multiclass(x, y, 5));
        AssertRoundTrip(new DecisionTreeRegressionTrainer(), TestData.Regression(x, [.. x.Select(r => r[0] * r[1])]));

        static void AssertRoundTrip(IEstimator<ITransformer> trainer, InMemoryDataView view)
        {
            var fitted = trainer.Fit(view, FitContext.Default);
            var loaded = Fits.RoundTrip(fitted);
            Assert.AreEqual(fitted.ToString(), loaded.ToString());
            Assert.AreEqual(DataFingerprint.Compute(fitted.Transform(view)), DataFingerprint.Compute(loaded.Transform(view)));
        }
    }

    [TestMethod]
    public void Batches_of_any_size_score_the_same_bits()
    {
        double[][] x = Samples.Gaussian(531, 3, 6);
        int[] y = [.. x.Select(r => r[0] * r[1] > r[2] ? 1 : 0)];
        var model = Fits.Model(new DecisionTreeMulticlassTrainer(), TestData.Multiclass(x, y, 2));
        var together = new float[1062];
        model.Score(TestData.Matrix(x), together);
        foreach (int size in new[] { 1, 7, 256, 500 })
        {
            for (int start = 0; start < x.Length; start += size)
            {
                double[][] batch = x[start..Math.Min(start + size, x.Length)];
                var scores = new float[2 * batch.Length];
                model.Score(TestData.Matrix(batch), scores);
                CollectionAssert.AreEqual(together[(2 * start)..(2 * (start + batch.Length))], scores);
            }
        }
    }

    [TestMethod]
    [DataRow("Features", "tree 0, node 0: there is no feature 2")]
    [DataRow("Rights", "tree 0, node 1: a right side should begin at 1, and does at 2")]
    [DataRow("TooShort", "tree 0, the last side is missing")]
    [DataRow("TooLong", "tree 0, node 2: the tree ends here, and 2 nodes are left")]
    [DataRow("NodeCounts", "the node counts of its 2 trees do not add up to 3 nodes")]
    [DataRow("ValueSlots", "a value of a node is not a finite number, or not one of 2")]
    [DataRow("StoredValues", "the value counts of its nodes do not add up to 3 values")]
    [DataRow("Weights", "thresholds are finite, weights finite and above 0, impurities finite and 0 or more")]
    [DataRow("NoFeatures", "it has no features")]
    [DataRow("TwoTrees", "it should have one tree")]
    public void A_damaged_file_is_refused(string damage, string message)
    {
        var error = Assert.ThrowsExactly<ModelFormatException>(new FakeModel("MLPath.DecisionTree", c => Write(c, damage)).Load);
        StringAssert.Contains(error.Message, message);
    }

    [TestMethod]
    public void The_same_file_undamaged_is_read()
    {
        Assert.IsInstanceOfType<DecisionTreeModelParameters>(new FakeModel("MLPath.DecisionTree", c => Write(c, "")).Load());
        var error = Assert.ThrowsExactly<ModelFormatException>(new FakeModel("MLPath.DecisionTreeRegression", c => Write(c, "")).Load);
        StringAssert.Contains(error.Message, "a node that predicts a number has one value, and these have 2");
        error = Assert.ThrowsExactly<ModelFormatException>(
            new FakeModel("MLPath.RandomForestRegression", c => Write(c, "", forest: true)).Load);
        StringAssert.Contains(error.Message, "a node that predicts a number has one value, and these have 2");
    }

    // One question, feature 1 ≤ 0.5, and two leaves.
    private static void Write(ModelSaveContext context, string damage, bool forest = false)
    {
        int[] features = damage switch
        {
            "Features" => [2, -1, -1],
            "TooShort" => [1, 1, -1],
            "TooLong" => [1, -1, -1, 0, -1],
            "TwoTrees" => [-1, -1],
            _ => [1, -1, -1],
        };
        int n = features.Length;
        context.Write("FeatureCount", damage == "NoFeatures" ? 0 : 2);
        if (forest)
            context.Write("OutOfBagScore", double.NaN);
        context.WriteArray<int>("NodeCounts", damage switch { "NodeCounts" => [2, 2], "TwoTrees" => [1, 1], _ => [n] });
        context.WriteArray<int>("Features", features);
        context.WriteArray<float>("Thresholds", new float[n]);
        context.WriteArray<int>("Rights", damage == "Rights" ? [1, -1, -1] : [2, 3, .. Enumerable.Repeat(-1, n - 2)]);
        context.WriteArray<double>("Weights", [.. Enumerable.Repeat(damage == "Weights" ? 0.0 : 1.0, n)]);
        context.WriteArray<double>("Impurities", new double[n]);
        context.Write("ValueCount", 2);
        context.WriteArray<int>("StoredValues", [damage == "StoredValues" ? 2 : 1, .. Enumerable.Repeat(1, n - 1)]);
        context.WriteArray<int>("ValueSlots", [.. Enumerable.Repeat(damage == "ValueSlots" ? 2 : 1, n)]);
        context.WriteArray<float>("Values", [.. Enumerable.Repeat(1f, n)]);
    }
}
