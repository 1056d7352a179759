using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class DecisionTreeTests
{
    // Few values and few classes make ties of every kind.
    [TestMethod]
    [DataRow(3)]
    [DataRow(50)]
    public void It_is_the_tree_of_the_definition_ties_included(int values)
    {
        for (ulong seed = 100; seed < 140; seed++)
        {
            var (x, y, w) = Discrete(seed, 40, values);
            var classes = Classes(x, y, new() { ExampleWeightColumnName = "Weight" }, w);
            AssertSame(NaiveTree.OfClasses(x, y, w), classes.Tree, seed);
            var numbers = Numbers(x, [.. y.Select(c => (double)c)], new() { ExampleWeightColumnName = "Weight" }, w);
            AssertSame(NaiveTree.OfNumbers(x, y, w), numbers.Tree, seed);
        }
    }

    [TestMethod]
    public void Only_the_order_of_a_features_values_counts()
    {
        double[][] x = Samples.Gaussian(200, 4, 1);
        int[] y = [.. x.Select(r => r[0] + (r[1] * r[2]) > 0 ? 1 : r[3] > 0 ? 2 : 0)];
        double[][] bent = [.. x.Select(r => new[] { Math.Exp(r[0]), (float)(r[1] * 1e20), Math.Atan(r[2]), (r[3] * r[3] * r[3]) - 7 })];
        var (straight, other) = (Classes(x, y).Tree, Classes(bent, y).Tree);
        CollectionAssert.AreEqual(
            straight.Select(n => (n.Feature, n.Right, n.Weight)).ToList(), other.Select(n => (n.Feature, n.Right, n.Weight)).ToList());
        for (int i = 0; i < x.Length; i++)
            Assert.AreEqual(straight.FindLeaf(Single(x[i])), other.FindLeaf(Single(bent[i])));
    }

    [TestMethod]
    public void The_order_of_the_features_does_not_count()
    {
        double[][] x = Samples.Gaussian(300, 5, 2);
        double[] y = [.. x.Select(r => r[0] + (2 * r[1] * r[2]) - Math.Abs(r[4]))];
        int[] order = [3, 0, 4, 2, 1];
        var options = new DecisionTreeTrainer.Options { MinimumExampleCountPerLeaf = 12 };
        var (tree, moved) = (Numbers(x, y, options).Tree, Numbers([.. x.Select(r => order.Select(j => r[j]).ToArray())], y, options).Tree);
        CollectionAssert.AreEqual(
            tree.Select(n => (n.Feature, n.Threshold, n.Right)).ToList(),
            moved.Select(n => (n.IsLeaf ? -1 : order[n.Feature], n.Threshold, n.Right)).ToList());
    }

    [TestMethod]
    public void The_order_of_the_rows_does_not_count()
    {
        var (x, y, _) = Discrete(5, 150, 6);
        int[] order = new RandomStream(6).Permutation(150);
        double[][] movedX = [.. order.Select(i => x[i])];
        int[] movedY = [.. order.Select(i => y[i])];
        AssertSame(Classes(x, y).Tree, Classes(movedX, movedY).Tree);
        double[] numbers = [.. y.Select(c => c * 1.5)];
        AssertSame(Numbers(x, numbers).Tree, Numbers(movedX, [.. order.Select(i => numbers[i])]).Tree);
    }

    [TestMethod]
    [DataRow(SplitCriterion.Gini)]
    [DataRow(SplitCriterion.Entropy)]
    public void A_row_of_weight_two_is_two_rows(SplitCriterion criterion)
    {
        var (x, y, w) = Discrete(7, 120, 8);
        float[] weights = [.. w.Select(v => (float)v)];
        double[] numbers = [.. y.Select(c => (double)c)];
        var options = new DecisionTreeTrainer.Options { Criterion = criterion, Alpha = 0.001 };
        var weighted = options with { ExampleWeightColumnName = "Weight" };
        AssertSame(Classes(Samples.Repeat(x, weights), Samples.Repeat(y, weights), options).Tree, Classes(x, y, weighted, w).Tree);
        AssertSame(
            Numbers(Samples.Repeat(x, weights), Samples.Repeat(numbers, weights), options).Tree, Numbers(x, numbers, weighted, w).Tree);
    }

    [TestMethod]
    public void A_truth_value_is_a_class()
    {
        double[][] x = Samples.Gaussian(80, 3, 3);
        bool[] labels = [.. x.Select(r => r[0] * r[1] > 0)];
        var truth = Fits.Model(new DecisionTreeBinaryTrainer(new() { MaximumDepth = 2 }), TestData.Binary(x, labels));
        var key = Classes(x, [.. labels.Select(l => l ? 1 : 0)], new() { MaximumDepth = 2 }, classes: 2);
        AssertSame(key.Tree, truth.Tree);
        var (scores, probabilities, both) = (new float[80], new float[80], new float[160]);
        truth.Score(TestData.Matrix(x), scores, probabilities);
        key.Score(TestData.Matrix(x), both);
        for (int i = 0; i < 80; i++)
            Assert.AreEqual((both[(2 * i) + 1], both[(2 * i) + 1] - both[2 * i]), (probabilities[i], scores[i]));
    }

    [TestMethod]
    public void Exclusive_or_is_learned_although_its_first_split_gains_nothing()
    {
        double[][] x = [[0, 0], [0, 1], [1, 0], [1, 1]];
        var tree = Classes(x, [0, 1, 1, 0], classes: 2).Tree;
        Assert.AreEqual((7, 4, 2, 0, 0.5f), (tree.Count, tree.LeafCount, tree.Depth, tree[0].Feature, tree[0].Threshold));
    }

    [TestMethod]
    public void Without_anything_to_split_the_root_is_a_leaf()
    {
        double[][] x = [[1, 2], [2, 2], [3, 2]];
        AssertRoot([2 / 3f, 1 / 3f], Classes(x, [0, 0, 1], new() { MaximumDepth = 0 }, classes: 2).Tree);
        AssertRoot([2 / 3f, 1 / 3f], Classes(x, [0, 0, 1], new() { MaximumLeafCount = 1 }, classes: 2).Tree);
        AssertRoot([2 / 3f, 1 / 3f], Classes(x, [0, 0, 1], new() { MinimumExampleCountPerLeaf = 2 }, classes: 2).Tree);
        AssertRoot([2 / 3f, 1 / 3f], Classes(x, [0, 0, 1], new() { MinimumExampleCountPerSplit = 4 }, classes: 2).Tree);
        AssertRoot([2 / 3f, 1 / 3f], Classes([[5, 5], [5, 5], [5, 5]], [0, 0, 1], classes: 2).Tree);
        AssertRoot([0, 1], Classes(x, [1, 1, 1], classes: 2).Tree);
        AssertRoot([0, 0, 1], Classes([[1, 2]], [2]).Tree);
        AssertRoot([7], Numbers([[1, 2]], [7]).Tree);
        AssertRoot([0.1f], Numbers(x, [0.1, 0.1, 0.1]).Tree);
        AssertRoot([4], Numbers(x, [3, 4, 5], new() { Alpha = 1 }).Tree);

        static void AssertRoot(float[] value, DecisionTree tree)
        {
            Assert.AreEqual((1, 1, 0, true), (tree.Count, tree.LeafCount, tree.Depth, tree[0].IsLeaf));
            CollectionAssert.AreEqual(value, tree.Value(0));
        }
    }

    [TestMethod]
    public void Values_beside_each_other_and_at_the_ends_of_single_precision_are_told_apart()
    {
        foreach (var (low, high) in new[]
        {
            (1f, MathF.BitIncrement(1f)), (MathF.BitDecrement(-2f), -2f), (0f, float.Epsilon), (-float.Epsilon, 0f),
            (-float.MaxValue, float.MaxValue), (MathF.BitDecrement(float.MaxValue), float.MaxValue),
        })
        {
            var tree = Numbers([[high], [low]], [2, 1]).Tree;
            Assert.AreEqual(1, tree.Value(tree.FindLeaf([low]))[0], $"{low} and {high}");
            Assert.AreEqual(2, tree.Value(tree.FindLeaf([high]))[0], $"{low} and {high}");
        }

        Assert.AreEqual(1, Numbers([[0.0], [-0.0]], [1, 2]).Tree.Count, "Both zeros are the same value.");
    }

    [TestMethod]
    public void Weights_of_any_size_leave_it_finite()
    {
        double[][] x = Samples.Gaussian(60, 2, 4);
        int[] y = [.. Enumerable.Range(0, 60).Select(i => i % 3)];
        var options = new DecisionTreeTrainer.Options { ExampleWeightColumnName = "Weight" };
        float[] weights = [.. Enumerable.Range(0, 60).Select(i => MathF.Pow(10, i - 35))];
        var classes = Fits.Model(new DecisionTreeMulticlassTrainer(options), TestData.Multiclass(x, y, 3, weights));
        var numbers = Fits.Model(new DecisionTreeRegressionTrainer(options), TestData.Regression(x, [.. y.Select(c => c * 1e30)], weights));
        Assert.IsTrue(classes.Tree.Concat(numbers.Tree).All(n => double.IsFinite(n.Impurity) && n.Impurity >= 0));
        Assert.IsTrue(Enumerable.Range(0, numbers.Tree.Count).All(i => float.IsFinite(numbers.Tree.Value(i)[0])));
        Assert.IsTrue(classes.FeatureImportances.Concat(numbers.FeatureImportances).All(double.IsFinite));
    }

    [TestMethod]
    public void A_missing_feature_gives_no_number()
    {
        var model = Classes([[0, 0], [1, 1], [2, 2]], [0, 1, 2]);
        var scores = new float[9];
        model.Score(TestData.Matrix([[0, 0], [2, double.NaN], [2, double.PositiveInfinity]]), scores);
        CollectionAssert.AreEqual(new[] { 1, 0, 0, float.NaN, float.NaN, float.NaN, 0, 0, 1 }, scores);
    }

    [TestMethod]
    public void It_stops_soon_after_it_is_cancelled()
    {
        double[][] x = Samples.Gaussian(9000, 2, 1);
        int[] y = [.. x.Select(r => r[0] > 0 ? 1 : 0)];
        // Reading, ranking in three passes and two sorts, a large root with two features and two leaves.
        Assert.IsGreaterThan(9, Fits.AssertCancellable(new DecisionTreeMulticlassTrainer(), TestData.Multiclass(x, y, 2)));
        var numbers = TestData.Regression(x[..300], [.. x[..300].Select(r => r[1])]);
        Assert.IsGreaterThan(100, Fits.AssertCancellable(new DecisionTreeRegressionTrainer(), numbers));
    }

    [TestMethod]
    [DataRow("Criterion", "gain", "Option Criterion is gain; expected Gini, Entropy.")]
    [DataRow("MaximumDepth", "-1", "Option MaximumDepth is -1; expected a whole number, 0 or more, or auto.")]
    [DataRow("MaximumLeafCount", "0", "Option MaximumLeafCount is 0; expected a whole number, 1 or more, or auto.")]
    [DataRow("MinimumExampleCountPerSplit", "1", "Option MinimumExampleCountPerSplit is 1; expected a whole number, 2 or more.")]
    [DataRow("Alpha", "-0.5", "Option Alpha is -0.5; expected a number, 0 or more.")]
    public void An_option_out_of_range_is_named(string option, string value, string message) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<OptionException>(
            () => DecisionTreeTrainer.Options.All.Set(new DecisionTreeTrainer.Options(), option, value)).Message);

    [TestMethod]
    public void Regression_has_no_criterion()
    {
        Assert.IsTrue(DecisionTreeTrainer.Options.All.Any(o => o.Name == "Criterion"));
        Assert.IsFalse(DecisionTreeTrainer.Options.ForRegression.Any(o => o.Name == "Criterion"));
        var trainer = new DecisionTreeRegressionTrainer(new() { MaximumDepth = 3, Alpha = 0.5 });
        Assert.AreEqual("DecisionTree(MaximumDepth=3, Alpha=0.5)", trainer.ToString());
    }

    private static DecisionTreeModelParameters Classes(
        double[][] x, int[] y, DecisionTreeTrainer.Options? options = null, int[]? weights = null, int classes = 3) =>
        Fits.Model(
            new DecisionTreeMulticlassTrainer(options), TestData.Multiclass(x, y, classes, weights?.Select(w => (float)w).ToArray()));

    private static DecisionTreeRegressionModelParameters Numbers(
        double[][] x, double[] y, DecisionTreeTrainer.Options? options = null, int[]? weights = null) =>
        Fits.Model(new DecisionTreeRegressionTrainer(options), TestData.Regression(x, y, weights?.Select(w => (float)w).ToArray()));

    private static float[] Single(double[] row) => [.. row.Select(v => (float)v)];

    private static void AssertSame(List<(int Feature, float Threshold)> expected, DecisionTree tree, ulong seed) =>
        CollectionAssert.AreEqual(expected, tree.Select(n => (n.Feature, n.Threshold)).ToList(), $"Seed {seed}.");

    private static void AssertSame(DecisionTree expected, DecisionTree tree)
    {
        Assert.IsGreaterThan(2, tree.Count);
        CollectionAssert.AreEqual(
            expected.Select(n => (n.Feature, n.Threshold, n.Right, n.Weight)).ToList(),
            tree.Select(n => (n.Feature, n.Threshold, n.Right, n.Weight)).ToList());
        for (int i = 0; i < tree.Count; i++)
            CollectionAssert.AreEqual(expected.Value(i), tree.Value(i));
    }

    private static (double[][] X, int[] Y, int[] W) Discrete(ulong seed, int n, int values)
    {
        var random = new RandomStream(seed);
        return (
            [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, 4).Select(_ => (double)random.NextInt32(values)).ToArray())],
            [.. Enumerable.Range(0, n).Select(_ => random.NextInt32(3))],
            [.. Enumerable.Range(0, n).Select(_ => 1 + random.NextInt32(3))]);
    }
}
