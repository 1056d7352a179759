using MLPath.Trainers;

namespace MLPath.Tests.Classical.Clustering;

[TestClass]
public sealed class MiniBatchKMeansTests
{
    [TestMethod]
    public void On_the_digits_it_comes_near_k_means()
    {
        var digits = new MLContext().Data.LoadDataset("digits");
        var model = Fits.Model(new MiniBatchKMeansTrainer(new() { FeatureColumnName = "Pixels", NumberOfClusters = 10, BatchSize = 256 }), digits);
        Assert.IsLessThan(1.03 * ReferenceFigures.Load("kmeans")["digits"].Number("median"), model.Inertia);
        Assert.IsTrue(model.Converged);
        Assert.AreEqual(1797, model.ClusterWeights.ToArray().Sum());
    }

    [TestMethod]
    public void Clouds_of_any_size_are_found()
    {
        double[][] centres = [[0, 0], [30, 0], [0, 30], [30, 30]];
        double[][] rows = [.. Samples.Gaussian(4000, 2, seed: 6).Select((x, i) => { var c = centres[i % 100 == 0 ? 3 : i % 3]; return new[] { c[0] + x[0], c[1] + x[1] }; })];
        var model = Fits.Model(new MiniBatchKMeansTrainer(new() { NumberOfClusters = 4, BatchSize = 200 }), TestData.Unlabelled(rows));
        Assert.IsLessThan(2.2 * rows.Length, model.Inertia);
    }

    [TestMethod]
    public void Threads_do_not_change_a_bit_and_the_seed_decides()
    {
        var data = TestData.Unlabelled(Samples.Gaussian(6000, 3, seed: 7));
        var options = new MiniBatchKMeansTrainer.Options { NumberOfClusters = 8, MaximumNumberOfIterations = 30 };
        double[] expected = Fits.Model(new MiniBatchKMeansTrainer(options), data, threads: 1).Centroids.ToArray();
        CollectionAssert.AreEqual(expected, Fits.Model(new MiniBatchKMeansTrainer(options), data, threads: 3).Centroids.ToArray());
        CollectionAssert.AreNotEqual(expected, Fits.Model(new MiniBatchKMeansTrainer(options with { Seed = 9 }), data).Centroids.ToArray());
    }

    [TestMethod]
    public void A_row_of_weight_three_counts_like_three_rows()
    {
        double[][] rows = Samples.Gaussian(90, 2, seed: 8);
        float[] weights = [.. Enumerable.Range(0, rows.Length).Select(i => (float)(1 + (i % 3)))];
        var options = new MiniBatchKMeansTrainer.Options { NumberOfClusters = 4, BatchSize = 64, MaximumNumberOfIterations = 20 };
        var weighted = Fits.Model(new MiniBatchKMeansTrainer(options with { ExampleWeightColumnName = "Weight" }), TestData.Unlabelled(rows, weights));
        var plain = Fits.Model(new MiniBatchKMeansTrainer(options), TestData.Unlabelled(Samples.Repeat(rows, weights)));
        Samples.AssertClose(plain.Centroids.ToArray(), weighted.Centroids.ToArray(), 1e-9);
        Assert.AreEqual(plain.Inertia, weighted.Inertia, 1e-9 * plain.Inertia);
    }

    [TestMethod]
    public void Fewer_different_rows_than_clusters_and_a_limit_do_no_harm()
    {
        double[][] rows = [.. Enumerable.Repeat(new double[] { 1, 2 }, 8), .. Enumerable.Repeat(new double[] { 3, 4 }, 8)];
        var model = Fits.Model(new MiniBatchKMeansTrainer(new() { NumberOfClusters = 5 }), TestData.Unlabelled(rows));
        Assert.AreEqual(0, model.Inertia, 1e-20);
        var data = TestData.Unlabelled(Samples.Gaussian(3000, 2, seed: 5));
        var trainer = new MiniBatchKMeansTrainer(new() { MaximumNumberOfIterations = 3 });
        Assert.AreEqual("not-converged", Fits.Diagnoses(trainer, data).Single().Code);
        Assert.IsGreaterThan(6, Fits.AssertCancellable(trainer, data));
        Assert.AreEqual("MiniBatchKMeans(MaximumNumberOfIterations=3)", trainer.ToString());
    }
}
