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

    private static readonly DecisionTreeTrainer.Options Plain = new();
    private static readonly DecisionTreeTrainer.Options Weighted = new() { ExampleWeightColumnName = "Weight" };
    private static readonly DecisionTreeTrainer.Options ByEntropy = new() { Criterion = SplitCriterion.Entropy };

    public static IEnumerable<object[]> ClassCases =>
    [
        ["gini", Plain with { MaximumDepth = 3 }],
        ["entropy", ByEntropy with { MaximumDepth = 3 }],
        ["weighted gini", Weighted with { MaximumDepth = 5 }],
        ["weighted entropy", Weighted with { MaximumDepth = 5, Criterion = SplitCriterion.Entropy }],
        ["limits", Plain with { MinimumExampleCountPerLeaf = 7, MinimumExampleCountPerSplit = 25, MinimumImpurityDecrease = 0.004 }],
        ["best first", Plain with { MaximumLeafCount = 9, MinimumExampleCountPerLeaf = 10 }],
        ["pruned", Plain with { Alpha = 0.011 }],
    ];

    public static IEnumerable<object[]> RegressionCases =>
    [
        ["regression", Plain with { MaximumDepth = 5, MinimumExampleCountPerLeaf = 4 }],
        ["weighted regression", Weighted with { MaximumDepth = 5, MinimumExampleCountPerLeaf = 4 }],
        ["regression limits", Plain with { MinimumExampleCountPerLeaf = 5, MinimumExampleCountPerSplit = 30, MinimumImpurityDecrease = 0.2 }],
        ["regression best first", Plain with { MaximumLeafCount = 12, MinimumExampleCountPerLeaf = 5 }],
        ["regression pruned", Weighted with { Alpha = 0.6, MinimumExampleCountPerLeaf = 4 }],
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
    [DataRow("wine", 1)]
    [DataRow("breast-cancer", 20)]
    public void Trees_of_known_sets_are_the_same(string name, int perLeaf)
    {
        var set = EmbeddedSet.Load(name);
        var options = Plain with { MaximumLeafCount = 5, MinimumExampleCountPerLeaf = perLeaf };
        var model = Fits.Model(new DecisionTreeMulticlassTrainer(options), TestData.Multiclass(set.Features, set.Classes, set.ClassNames));
        AssertTree(Figures["trees"][name], model.Tree, model.FeatureImportances);
    }

    [TestMethod]
    public void The_tree_of_diabetes_is_the_same()
    {
        var set = EmbeddedSet.Load("diabetes");
        var options = Plain with { MaximumDepth = 4, MinimumExampleCountPerLeaf = 5 };
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
        var values = Enumerable.Range(0, tree.Count).SelectMany(tree.Value).Select(v => (double)v);
        Samples.AssertClose(expected.Rows("values").SelectMany(v => v), values, 1e-7);
        Assert.AreEqual(tree.Count(n => n.IsLeaf), tree.LeafCount);
    }
}
