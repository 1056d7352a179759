using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical.Clustering;

[TestClass]
public sealed class AgglomerativeTests
{
    [TestMethod]
    [DataRow(Linkage.Ward, "ward")]
    [DataRow(Linkage.Complete, "complete")]
    [DataRow(Linkage.Average, "average")]
    [DataRow(Linkage.Single, "single")]
    public void The_wines_merge_as_in_scikit_learn(Linkage linkage, string name)
    {
        var figures = ReferenceFigures.Load("clustering")["agglomerative"][name];
        var wine = TestData.Unlabelled(EmbeddedSet.Load("wine").Features);
        var model = Fits.Model(new AgglomerativeTrainer(new() { NumberOfClusters = 4, Linkage = linkage }), wine);
        Samples.AssertClose(figures.Vector("distances"), model.Tree.Distances.ToArray(), 1e-10);
        int[][] pairs = [.. figures.Integers("children").Chunk(2).Select(p => p.Order().ToArray())];
        CollectionAssert.AreEqual(pairs.SelectMany(p => p).ToArray(), model.Tree.Children.ToArray());
        AssertSameClusters(figures.Integers("labels"), model.TrainingClusters.ToArray());

        var byDistance = Fits.Model(new AgglomerativeTrainer(new() { Linkage = linkage, DistanceThreshold = figures.Number("threshold") }), wine);
        Assert.AreEqual((int)figures.Number("clusters_at_threshold"), byDistance.ClusterCount);
    }

    [TestMethod]
    [DataRow(Linkage.Ward)]
    [DataRow(Linkage.Complete)]
    [DataRow(Linkage.Average)]
    [DataRow(Linkage.Single)]
    public void Merges_are_those_of_a_plain_search_of_the_nearest_pair(Linkage linkage)
    {
        double[][] rows = Samples.Gaussian(60, 3, seed: 11);
        double[] expected = PlainDistances(rows, linkage);
        foreach (int threads in (int[])[1, 3])
        {
            var model = Fits.Model(new AgglomerativeTrainer(new() { Linkage = linkage }), TestData.Unlabelled(rows), threads);
            Samples.AssertClose(expected, model.Tree.Distances.ToArray(), 1e-12);
        }
    }

    [TestMethod]
    [DataRow(Linkage.Ward)]
    [DataRow(Linkage.Complete)]
    [DataRow(Linkage.Average)]
    [DataRow(Linkage.Single)]
    public void Rows_on_a_grid_merge_in_ties_without_end(Linkage linkage)
    {
        double[][] rows = [.. from x in Enumerable.Range(0, 9) from y in Enumerable.Range(0, 9) from copy in Enumerable.Range(0, 2) select new double[] { x, y }];
        var model = Fits.Model(new AgglomerativeTrainer(new() { NumberOfClusters = 81, Linkage = linkage }), TestData.Unlabelled(rows));
        Assert.AreEqual(81, model.Tree.Distances.ToArray().Count(v => v == 0));
        for (int i = 0; i < rows.Length; i++)
            Assert.AreEqual(i / 2, model.TrainingClusters[i]);
        Assert.AreEqual(81, model.Tree.CountAt(0.5));
    }

    [TestMethod]
    public void New_rows_go_to_the_nearest_mean_and_a_file_gives_back_the_tree()
    {
        double[][] rows = [[0, 0], [1, 0], [10, 0], [11, 0], [5, 9]];
        var transformer = new AgglomerativeTrainer(new() { NumberOfClusters = 3 }).Fit(TestData.Unlabelled(rows));
        CollectionAssert.AreEqual(new int[] { 0, 0, 1, 1, 2 }, transformer.Model.TrainingClusters.ToArray());
        CollectionAssert.AreEqual(new double[] { 0.5, 0, 10.5, 0, 5, 9 }, transformer.Model.Centroids.ToArray());
        var fresh = TestData.Unlabelled([[9, 1], [0.5, 2]]);
        CollectionAssert.AreEqual(new uint[] { 2, 1 }, TestData.Column<uint>(transformer.Transform(fresh), "PredictedLabel"));
        CollectionAssert.AreEqual(new float[] { 4, 104, 69.25f }, TestData.Vectors(transformer.Transform(fresh), "Score")[1]);

        var loaded = Fits.RoundTrip(transformer).Model;
        CollectionAssert.AreEqual(transformer.Model.Tree.Children.ToArray(), loaded.Tree.Children.ToArray());
        CollectionAssert.AreEqual(transformer.Model.Tree.Distances.ToArray(), loaded.Tree.Distances.ToArray());
        CollectionAssert.AreEqual(transformer.Model.TrainingClusters.ToArray(), loaded.TrainingClusters.ToArray());
        Assert.AreEqual("Agglomerative(3 clusters, 2 features, Ward linkage)", loaded.ToString());
    }

    [TestMethod]
    public void A_tree_can_be_read_as_text()
    {
        var tree = new Dendrogram([0, 1, 2, 4, 3, 5], [1, 2.5, 4]);
        Assert.AreEqual("4 rows, merged at 4\n├─ row 3\n└─ 3 rows, merged at 2.5\n   ├─ row 2\n   └─ 2 rows, merged at 1\n      ├─ row 0\n      └─ row 1\n", tree.ToText());
        Assert.AreEqual("4 rows, merged at 4\n├─ row 3\n└─ 3 rows, merged at 2.5\n", tree.ToText(levels: 1));
        CollectionAssert.AreEqual(new int[] { 0, 0, 1, 2 }, tree.Cut(3));
        Assert.AreEqual(3, tree.CountAt(2.5));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => tree.Cut(5));
    }

    [TestMethod]
    [DataRow("Linkage")]
    [DataRow("ClusterCount")]
    [DataRow("Children")]
    [DataRow("Twice")]
    [DataRow("MergeDistances")]
    [DataRow("Centroids")]
    public void A_damaged_file_is_refused(string part)
    {
        var fake = new FakeModel(AgglomerativeModelParameters.Id, context =>
        {
            context.Write("Linkage", part == "Linkage" ? "Chain" : "Ward");
            context.Write("ClusterCount", part == "ClusterCount" ? 9 : 2);
            context.WriteArray<double>("Centroids", part == "Centroids" ? [1] : [1, 2], part == "Centroids" ? 1 : 2, 1);
            context.WriteArray<int>("Children", part == "Children" ? [0, 4, 2, 3] : part == "Twice" ? [0, 1, 1, 3] : [0, 1, 2, 3]);
            context.WriteArray<double>("MergeDistances", part == "MergeDistances" ? [2, 1] : [1, 2]);
        });
        Assert.ThrowsExactly<ModelFormatException>(() => fake.Load());
    }

    [TestMethod]
    public void Cancellation_is_seen()
    {
        var data = TestData.Unlabelled(Samples.Gaussian(300, 2, seed: 5));
        Assert.IsGreaterThan(300, Fits.AssertCancellable(new AgglomerativeTrainer(), data));
        Assert.IsGreaterThan(300, Fits.AssertCancellable(new AgglomerativeTrainer(new() { Linkage = Linkage.Single }), data));
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => new AgglomerativeTrainer().Fit(TestData.Unlabelled([[1], [2]]))).Message, "NumberOfClusters");
    }

    private static void AssertSameClusters(int[] expected, int[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        Assert.HasCount(expected.Distinct().Count(), expected.Zip(actual).Distinct().ToList());
        Assert.AreEqual(expected.Distinct().Count(), actual.Distinct().Count());
    }

    // Merges the nearest pair again and again, its distance computed from the rows by the definition.
    private static double[] PlainDistances(double[][] rows, Linkage linkage)
    {
        var clusters = rows.Select(r => new List<double[]> { r }).ToList();
        var distances = new List<double>();
        while (clusters.Count > 1)
        {
            var (least, a, b) = (from i in Enumerable.Range(0, clusters.Count) from j in Enumerable.Range(0, i) select (Between(clusters[i], clusters[j], linkage), i, j)).Min();
            distances.Add(least);
            clusters[b].AddRange(clusters[a]);
            clusters.RemoveAt(a);
        }

        return [.. distances];
    }

    private static double Between(List<double[]> a, List<double[]> b, Linkage linkage)
    {
        static double Distance(double[] x, double[] y) => Math.Sqrt(x.Zip(y, (u, v) => (u - v) * (u - v)).Sum());
        static double[] Mean(List<double[]> rows) => [.. Enumerable.Range(0, rows[0].Length).Select(j => rows.Average(r => r[j]))];
        var pairs = from x in a from y in b select Distance(x, y);
        return linkage switch
        {
            Linkage.Ward => Math.Sqrt(2.0 * a.Count * b.Count / (a.Count + b.Count)) * Distance(Mean(a), Mean(b)),
            Linkage.Complete => pairs.Max(),
            Linkage.Average => pairs.Average(),
            _ => pairs.Min(),
        };
    }
}
