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
        for (ulong seed = 0; seed < 30; seed++)
        {
            var (x, y, w) = Discrete(seed, 40, 4, values, 3);
            var classes = Fits.Model(
                new DecisionTreeMulticlassTrainer(new() { ExampleWeightColumnName = "Weight" }), TestData.Multiclass(x, y, 3, [.. w.Select(v => (float)v)]));
            AssertSame(NaiveTree.OfClasses(x, y, w), classes.Tree, seed);
            var numbers = Fits.Model(
                new DecisionTreeRegressionTrainer(new() { ExampleWeightColumnName = "Weight" }),
                TestData.Regression(x, [.. y.Select(c => (double)c)], [.. w.Select(v => (float)v)]));
            AssertSame(NaiveTree.OfNumbers(x, y, w), numbers.Tree, seed);
        }
    }

    private static void AssertSame(List<(int Feature, float Threshold)> expected, DecisionTree tree, ulong seed) =>
        CollectionAssert.AreEqual(expected, tree.Select(n => (n.Feature, n.Threshold)).ToList(), $"Seed {seed}.");

    private static (double[][] X, int[] Y, int[] W) Discrete(ulong seed, int n, int d, int values, int classes)
    {
        var random = new RandomStream(seed);
        return (
            [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, d).Select(_ => (double)random.NextInt32(values)).ToArray())],
            [.. Enumerable.Range(0, n).Select(_ => random.NextInt32(classes))],
            [.. Enumerable.Range(0, n).Select(_ => 1 + random.NextInt32(3))]);
    }
}
