using System.Globalization;
using MLPath.Data;
using static MLPath.Evaluation.Tests.ReferenceFigures;

namespace MLPath.Evaluation.Tests.Metrics;

[TestClass]
public sealed class ClusteringEvaluatorTests
{
    [TestMethod]
    public void Metrics_agree_with_scikit_learn()
    {
        foreach (var one in Cases("clustering"))
        {
            var metrics = ClusteringEvaluator.Evaluate(one.Ints("clusters"), [], one.Ints("labels"), one.Floats("features"),
                one.GetProperty("dimensions").GetInt32());
            one.AssertExpected(metrics);
            var expected = one.GetProperty("silhouettes");
            Assert.HasCount(expected.EnumerateObject().Count(), metrics.SilhouetteSamples);
            foreach (var sample in metrics.SilhouetteSamples)
            {
                string row = sample.Row.ToString(CultureInfo.InvariantCulture);
                AssertClose(expected.GetProperty(row).GetDouble(), sample.Value, $"{one.Name()}: row {row}");
            }
            foreach (var cluster in metrics.PerCluster)
            {
                var ofCluster = metrics.SilhouetteSamples.Where(s => s.Cluster == cluster.Cluster).ToArray();
                AssertClose(ofCluster.Average(s => s.Value), cluster.Silhouette, $"{one.Name()}: cluster {cluster.Cluster}");
                Assert.AreEqual(ofCluster.Length, cluster.Rows);
            }
        }
    }

    [TestMethod]
    public void Ml_nets_normalized_mutual_information_is_the_share_of_class_entropy_explained()
    {
        // Four rows, two classes, a cluster each: all of one bit is explained, with three bits of cluster entropy to spare.
        var metrics = ClusteringEvaluator.Evaluate([0, 1, 2, 3], labels: [0, 0, 1, 1]);
        Assert.AreEqual(1, metrics.NormalizedMutualInformation, 1e-15);
        Assert.AreEqual(1, metrics.Homogeneity, 1e-15);
        Assert.AreEqual(0.5, metrics.Completeness, 1e-15);
        Assert.AreEqual(2.0 / 3, metrics.VMeasure, 1e-15);
        Assert.AreEqual(0, metrics.AdjustedRandIndex, 1e-15);
    }

    [TestMethod]
    public void The_names_of_clusters_and_the_order_of_rows_play_no_part()
    {
        var (clusters, labels, features, _) = Sample(200, seed: 1);
        int[] order = [.. Enumerable.Range(0, 200)];
        new Random(2).Shuffle(order);
        int[] renamed = [1_000_000_007, 5, 77];
        var before = ClusteringEvaluator.Evaluate(clusters, [], labels, features, 2);
        var after = ClusteringEvaluator.Evaluate([.. order.Select(i => renamed[clusters[i]])], [], [.. order.Select(i => labels[i])],
            [.. order.SelectMany(i => new[] { features[2 * i], features[2 * i + 1] })], 2);
        foreach (var metric in before.All)
            Assert.AreEqual(metric.Value, after[metric.Name].Value, 1e-12, metric.Name);
    }

    [TestMethod]
    public void Whole_weights_equal_duplicated_rows_except_for_the_silhouette()
    {
        var (clusters, labels, features, weights) = Sample(150, seed: 3);
        float[] distances = [.. features.Chunk(2).Select(x => Math.Abs(x[0]))];
        int[] copies = [.. Enumerable.Range(0, 150).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var weighted = ClusteringEvaluator.Evaluate(clusters, distances, labels, features, 2, weights);
        var duplicated = ClusteringEvaluator.Evaluate([.. copies.Select(i => clusters[i])], [.. copies.Select(i => distances[i])],
            [.. copies.Select(i => labels[i])], [.. copies.SelectMany(i => new[] { features[2 * i], features[2 * i + 1] })], 2);
        foreach (var metric in duplicated.All.Where(m => m.Name != nameof(ClusteringMetrics.Silhouette)))
            Assert.AreEqual(metric.Value, weighted[metric.Name].Value, 1e-12, metric.Name);

        // Equal weights, whatever their size, are no weights; and weight 0 is absence.
        var doubled = ClusteringEvaluator.Evaluate(clusters, [], [], features, 2, [.. clusters.Select(_ => 2.5f)]);
        Assert.AreEqual(ClusteringEvaluator.Evaluate(clusters, [], [], features, 2).Silhouette, doubled.Silhouette, 1e-14);
        int[] present = [.. Enumerable.Range(0, 150).Where(i => weights[i] > 0)];
        var absent = ClusteringEvaluator.Evaluate([.. present.Select(i => clusters[i])], [], [],
            [.. present.SelectMany(i => new[] { features[2 * i], features[2 * i + 1] })], 2, [.. present.Select(i => weights[i])]);
        Assert.AreEqual(absent.Silhouette, weighted.Silhouette);
    }

    [TestMethod]
    public void A_large_silhouette_is_sampled_by_the_seed_alone()
    {
        var (clusters, _, features, _) = Sample(3000, seed: 4);
        var all = ClusteringEvaluator.Evaluate(clusters, features: features, featureCount: 2);
        var options = new ClusteringEvaluationOptions { MaxSilhouetteRows = 500, Seed = 1 };
        var sampled = ClusteringEvaluator.Evaluate(clusters, features: features, featureCount: 2, options: options);
        var again = ClusteringEvaluator.Evaluate(clusters, features: features, featureCount: 2, options: options);
        var other = ClusteringEvaluator.Evaluate(clusters, features: features, featureCount: 2, options: options with { Seed = 2 });
        Assert.HasCount(3000, all.SilhouetteSamples);
        Assert.HasCount(500, sampled.SilhouetteSamples);
        Assert.AreEqual(500, sampled.SilhouetteSamples.Select(s => s.Row).Distinct().Count());
        Assert.IsTrue(sampled.SilhouetteSamples.All(s => clusters[s.Row] == s.Cluster));
        Assert.AreEqual(sampled.Silhouette, again.Silhouette);
        Assert.AreNotEqual(sampled.Silhouette, other.Silhouette);
        Assert.AreEqual(all.Silhouette, sampled.Silhouette, 0.05);
        Assert.AreEqual(all.DaviesBouldinIndex, sampled.DaviesBouldinIndex);
    }

    [TestMethod]
    public void Rows_without_a_cluster_are_a_cluster_of_their_own_to_the_classes_and_nothing_to_the_geometry()
    {
        int[] clusters = [0, 0, 1, 1, -1, -5];
        float[] features = [0, 1, 10, 11, 1e6f, float.NaN];
        var metrics = ClusteringEvaluator.Evaluate(clusters, [0.5f, 0.5f, 0.5f, 0.5f, float.NaN, 9], [0, 0, 1, 1, 2, 2], features, 1);
        Assert.AreEqual(2, metrics.RowsWithoutCluster);
        Assert.AreEqual(6, metrics.RowsEvaluated);
        Assert.AreEqual(1, metrics.VMeasure, 1e-15);
        Assert.AreEqual(1, metrics.AdjustedRandIndex);
        Assert.AreEqual(0.5, metrics.AverageDistance);
        Assert.AreEqual((0.5 + 0.5) / 10, metrics.DaviesBouldinIndex, 1e-15);
        Assert.HasCount(4, metrics.SilhouetteSamples);
        Assert.HasCount(2, metrics.PerCluster);
    }

    [TestMethod]
    public void What_is_not_given_is_undefined_with_that_reason()
    {
        var metrics = ClusteringEvaluator.Evaluate([0, 1, 1]);
        StringAssert.Contains(metrics["nmi"].UndefinedReason, "no labels were given");
        StringAssert.Contains(metrics["AverageDistance"].UndefinedReason, "no distances");
        StringAssert.Contains(metrics["silhouette"].UndefinedReason, "no features");
        Assert.AreEqual("Silhouette", metrics.Primary.Name);
        Assert.AreEqual("VMeasure", ClusteringEvaluator.Evaluate([0, 1], labels: [1, 0]).Primary.Name);
    }

    [TestMethod]
    public void Limiting_cases_are_values()
    {
        Assert.IsTrue(ClusteringEvaluator.Evaluate([]).All.All(m => m.UndefinedReason == "there are no rows"));
        Assert.IsTrue(ClusteringEvaluator.Evaluate([0, 1], weights: [0, 0]).All.All(m => !m.IsDefined));

        var oneCluster = ClusteringEvaluator.Evaluate([4, 4], [1, 2], [0, 1], [1, 2], 1);
        StringAssert.Contains(oneCluster["dbi"].UndefinedReason, "only one");
        Assert.AreEqual(1, oneCluster.Completeness);
        Assert.AreEqual(0, oneCluster.VMeasure);

        var oneClass = ClusteringEvaluator.Evaluate([0, 1], [], [3, 3]);
        StringAssert.Contains(oneClass["nmi"].UndefinedReason, "all labels are the same");
        Assert.AreEqual(1, oneClass.Homogeneity);
        Assert.AreEqual(1, ClusteringEvaluator.Evaluate([2, 2], [], [3, 3]).AdjustedRandIndex);

        var oneRow = ClusteringEvaluator.Evaluate([0], [], [0], [1], 1);
        StringAssert.Contains(oneRow["ari"].UndefinedReason, "only one row");

        var noCluster = ClusteringEvaluator.Evaluate([-1, -1], [1, 1], [], [1, 2], 1);
        StringAssert.Contains(noCluster["AverageDistance"].UndefinedReason, "no row belongs to a cluster");

        // The same points in two clusters: no scatter, no distance, and nothing that tells them apart.
        var coinciding = ClusteringEvaluator.Evaluate([0, 0, 1, 1], [], [], [1, 1, 1, 1], 1);
        Assert.AreEqual(0, coinciding.Silhouette);
        Assert.AreEqual(double.PositiveInfinity, coinciding.DaviesBouldinIndex);

        var missing = ClusteringEvaluator.Evaluate([0, 1], [], [-1, -1]);
        Assert.AreEqual(2, missing.RowsWithoutLabel);
        StringAssert.Contains(missing["ari"].UndefinedReason, "no row has a label");

        var badFeature = ClusteringEvaluator.Evaluate([0, 1], [], [], [1, float.NaN], 1);
        StringAssert.Contains(badFeature["silhouette"].UndefinedReason, "row index 1");
    }

    [TestMethod]
    public void Clusters_are_read_off_a_block_of_scores()
    {
        var clusters = new int[3];
        var distances = new float[3];
        ClusteringEvaluator.NearestClusters([3, 1, 2, 5, 5, 9, 0, float.NaN, -1], 3, clusters, distances);
        CollectionAssert.AreEqual(new[] { 1, 0, 1 }, clusters);
        CollectionAssert.AreEqual(new[] { 1, 5, float.NaN }, distances);
        Assert.AreEqual(1, ClusteringEvaluator.Evaluate(clusters, distances).RowsWithBadScore);
    }

    [TestMethod]
    public void Cancellation_is_observed()
    {
        var (clusters, _, features, _) = Sample(100, seed: 5);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => ClusteringEvaluator.Evaluate(clusters, features: features, featureCount: 2, cancellationToken: source.Token));
    }

    [TestMethod]
    public void Bad_input_is_named()
    {
        AssertError("'features' has 3 values where 2 rows of 2",
            () => ClusteringEvaluator.Evaluate([0, 1], features: [1, 2, 3], featureCount: 2));
        AssertError("'labels' has 1", () => ClusteringEvaluator.Evaluate([0, 1], labels: [1]));
        AssertError("'distances' has 1", () => ClusteringEvaluator.Evaluate([0, 1], [1]));
        AssertError("row index 1 is NaN", () => ClusteringEvaluator.Evaluate([0, 1], weights: [1, float.NaN]));
        AssertError("MaxSilhouetteRows", () => ClusteringEvaluator.Evaluate([0, 1], options: new() { MaxSilhouetteRows = 1 }));
    }

    private static (int[] Clusters, int[] Labels, float[] Features, float[] Weights) Sample(int n, int seed)
    {
        var random = new Random(seed);
        int[] clusters = new int[n], labels = new int[n];
        float[] features = new float[2 * n], weights = new float[n];
        for (int i = 0; i < n; i++)
        {
            labels[i] = random.Next(3);
            clusters[i] = random.Next(5) == 0 ? random.Next(3) : labels[i];
            features[2 * i] = 2 * clusters[i] + random.NextSingle() * 3;
            features[2 * i + 1] = random.NextSingle() - clusters[i];
            weights[i] = random.Next(4);
        }
        return (clusters, labels, features, weights);
    }

    private static void AssertError(string part, Func<object> action) =>
        StringAssert.Contains(Assert.Throws<ArgumentException>(action).Message, part);
}
