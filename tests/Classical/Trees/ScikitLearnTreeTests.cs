using MLPath.Trainers;

namespace MLPath.Tests.Classical;

/// <summary>Trees, node by node, against those of scikit-learn, where no tie leaves it a choice.</summary>
[TestClass]
public sealed class ScikitLearnTreeTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("trees");
    private static readonly double[][] X = Figures["data"].Rows("x");
    private static readonly int[] Y = Figures["data"].Integers("y");
    private static readonly double[] Target = Figures["data"].Vector("target");
    private static readonly float[] W = [.. Figures["data"].Vector("w").Select(w => (float)w)];

    public static IEnumerable<object[]> ClassCases =>
    [
        ["gini", new DecisionTreeTrainer.Options { MaximumDepth = 3 }],
        ["entropy", new DecisionTreeTrainer.Options { MaximumDepth = 3, Criterion = SplitCriterion.Entropy }],
        ["weighted gini", new DecisionTreeTrainer.Options { MaximumDepth = 5, ExampleWeightColumnName = "Weight" }],
        ["weighted entropy", new DecisionTreeTrainer.Options { MaximumDepth = 5, Criterion = SplitCriterion.Entropy, ExampleWeightColumnName = "Weight" }],
        ["limits", new DecisionTreeTrainer.Options { MinimumExampleCountPerLeaf = 7, MinimumExampleCountPerSplit = 25, MinimumImpurityDecrease = 0.004 }],
        ["best first", new DecisionTreeTrainer.Options { MaximumLeafCount = 9, MinimumExampleCountPerLeaf = 10 }],
        ["pruned", new DecisionTreeTrainer.Options { Alpha = 0.011 }],
    ];

    public static IEnumerable<object[]> RegressionCases =>
    [
        ["regression", new DecisionTreeTrainer.Options { MaximumDepth = 5, MinimumExampleCountPerLeaf = 4 }],
        ["weighted regression", new DecisionTreeTrainer.Options { MaximumDepth = 5, MinimumExampleCountPerLeaf = 4, ExampleWeightColumnName = "Weight" }],
        ["regression limits", new DecisionTreeTrainer.Options { MinimumExampleCountPerLeaf = 5, MinimumExampleCountPerSplit = 30, MinimumImpurityDecrease = 0.2 }],
        ["regression best first", new DecisionTreeTrainer.Options { MaximumLeafCount = 12, MinimumExampleCountPerLeaf = 5 }],
        ["regression pruned", new DecisionTreeTrainer.Options { Alpha = 0.6, MinimumExampleCountPerLeaf = 4, ExampleWeightColumnName = "Weight" }],
    ];

    [TestMethod]
    [DynamicData(nameof(ClassCases))]
    public void A_tree_of_classes_is_the_same(string name, DecisionTreeTrainer.Options options)
    {
        var model = Fits.Model(new DecisionTreeMulticlassTrainer(options), TestData.Multiclass(X, Y, 3, W));
        AssertTree(Figures["trees"][name], model.Tree, model.FeatureImportances);
    }

    [TestMethod]
    [DynamicData(nameof(RegressionCases))]
    public void A_tree_of_numbers_is_the_same(string name, DecisionTreeTrainer.Options options)
    {
        var model = Fits.Model(new DecisionTreeRegressionTrainer(options), TestData.Regression(X, Target, W));
        AssertTree(Figures["trees"][name], model.Tree, model.FeatureImportances);
    }

    [TestMethod]
    [DataRow("wine", null, 5, 1)]
    [DataRow("breast-cancer", null, 5, 20)]
    public void Trees_of_known_sets_are_the_same(string name, int? depth, int? leaves, int perLeaf)
    {
        var set = EmbeddedSet.Load(name);
        var options = new DecisionTreeTrainer.Options { MaximumDepth = depth, MaximumLeafCount = leaves, MinimumExampleCountPerLeaf = perLeaf };
        var model = Fits.Model(new DecisionTreeMulticlassTrainer(options), TestData.Multiclass(set.Features, set.Classes, set.ClassNames));
        AssertTree(Figures["trees"][name], model.Tree, model.FeatureImportances);
    }

    [TestMethod]
    public void The_tree_of_diabetes_is_the_same()
    {
        var set = EmbeddedSet.Load("diabetes");
        var options = new DecisionTreeTrainer.Options { MaximumDepth = 4, MinimumExampleCountPerLeaf = 5 };
        var model = Fits.Model(new DecisionTreeRegressionTrainer(options), TestData.Regression(set.Features, set.Targets));
        AssertTree(Figures["trees"]["diabetes"], model.Tree, model.FeatureImportances);
    }

    [TestMethod]
    [DataRow("breast-cancer")]
    [DataRow("wine")]
    [DataRow("diabetes")]
    public void The_out_of_bag_score_of_a_forest_is_one_that_scikit_learn_could_have(string name)
    {
        var set = EmbeddedSet.Load(name);
        double? score = set.Classes.Length > 0
            ? Fits.Model(new RandomForestMulticlassTrainer(), TestData.Multiclass(set.Features, set.Classes, set.ClassNames)).OutOfBagScore
            : Fits.Model(new RandomForestRegressionTrainer(), TestData.Regression(set.Features, set.Targets)).OutOfBagScore;
        var expected = Figures["forests"][name];
        Assert.AreEqual(expected.Number("mean"), score!.Value, 4 * expected.Number("deviation"));
    }

    private static void AssertTree(ReferenceFigures expected, DecisionTree tree, IReadOnlyList<double> importances)
    {
        CollectionAssert.AreEqual(expected.Integers("features"), tree.Select(n => n.Feature).ToArray());
        CollectionAssert.AreEqual(expected.Integers("rights"), tree.Select(n => n.Right).ToArray());
        CollectionAssert.AreEqual(expected.Vector("thresholds"), tree.Select(n => (double)n.Threshold).ToArray());
        Samples.AssertClose(expected.Vector("weights"), tree.Select(n => n.Weight), 1e-12);
        Samples.AssertClose(expected.Vector("impurities"), tree.Select(n => n.Impurity), 1e-10);
        Samples.AssertClose(expected.Vector("importances"), importances, 1e-10);
        Samples.AssertClose(
            expected.Rows("values").SelectMany(v => v), Enumerable.Range(0, tree.Count).SelectMany(i => tree.Value(i)).Select(v => (double)v), 1e-7);
        Assert.AreEqual(tree.Count(n => n.IsLeaf), tree.LeafCount);
    }
}
