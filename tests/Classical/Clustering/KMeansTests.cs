using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical.Clustering;

[TestClass]
public sealed class KMeansTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("kmeans");

    [TestMethod]
    public void Ten_restarts_on_the_digits_come_near_the_best_of_a_hundred_runs_of_scikit_learn()
    {
        var digits = new MLContext().Data.LoadDataset("digits");
        var model = Fits.Model(new KMeansTrainer(new() { FeatureColumnName = "Pixels", NumberOfClusters = 10, NumberOfRestarts = 10 }), digits);
        Assert.IsLessThan(1.005 * Figures["digits"].Number("best"), model.Inertia);
        Assert.IsTrue(model.Converged);
    }

    [TestMethod]
    public void Iris_falls_into_the_clusters_of_scikit_learn()
    {
        var ml = new MLContext(seed: 1);
        var iris = ml.Data.LoadDataset("iris");
        var pipeline = ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth")
            .Append(ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfClusters = 3, NumberOfRestarts = 10 }));
        double best = Figures["iris"].Number("best");
        Assert.AreEqual(best, pipeline.Fit(iris).LastTransformer.Model.Inertia, 1e-5 * best);
    }

    [TestMethod]
    [DataRow(KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus)]
    [DataRow(KMeansTrainer.InitializationAlgorithm.Random)]
    [DataRow(KMeansTrainer.InitializationAlgorithm.KMeansYinyang)]
    public void A_solution_is_a_fixed_point_of_both_steps(KMeansTrainer.InitializationAlgorithm start)
    {
        double[][] rows = Cloud(500, 3, seed: 4);
        float[] weights = [.. Enumerable.Range(0, rows.Length).Select(i => 0.5f + (i % 5))];
        var options = new KMeansTrainer.Options { NumberOfClusters = 7, InitializationAlgorithm = start, ExampleWeightColumnName = "Weight", OptimizationTolerance = 0 };
        var model = Fits.Model(new KMeansTrainer(options), TestData.Unlabelled(rows, weights));
        Assert.IsTrue(model.Converged, model.StopReason);

        var sums = new double[7 * 3];
        var mass = new double[7];
        double inertia = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double[] x = [.. rows[i].Select(v => (double)(float)v)];
            double[] distances = [.. Enumerable.Range(0, 7).Select(c => Dense.SquaredDistance(x, model.Centroids.Slice(c * 3, 3)))];
            int nearest = Array.IndexOf(distances, distances.Min());
            inertia += weights[i] * distances[nearest];
            mass[nearest] += weights[i];
            Dense.Axpy(weights[i], x, sums.AsSpan(nearest * 3, 3));
        }

        Assert.AreEqual(inertia, model.Inertia, 1e-9 * inertia);
        for (int c = 0; c < 7; c++)
        {
            Assert.AreEqual(mass[c], model.ClusterWeights[c], 1e-9);
            for (int j = 0; j < 3; j++)
                Assert.AreEqual(sums[(c * 3) + j] / mass[c], model.Centroids[(c * 3) + j], 1e-12);
        }
    }

    [TestMethod]
    public void From_given_centroids_it_goes_the_way_of_scikit_learn()
    {
        var wine = EmbeddedSet.Load("wine").Features;
        var figures = ReferenceFigures.Load("clustering")["kmeans"];
        var options = new KMeansTrainer.Options
        {
            NumberOfClusters = 3,
            InitialCentroids = [.. new[] { 0, 60, 140 }.Select(i => Array.ConvertAll(wine[i], v => (float)v))],
            OptimizationTolerance = 0,
            CentroidTolerance = 1e-4,
        };
        var transformer = new KMeansTrainer(options).Fit(TestData.Unlabelled(wine));
        Assert.AreEqual(figures.Number("inertia"), transformer.Model.Inertia, 1e-9 * transformer.Model.Inertia);
        Samples.AssertClose(figures.Rows("centers").SelectMany(c => c), transformer.Model.Centroids.ToArray(), 1e-9);
        CollectionAssert.AreEqual(
            figures.Integers("labels"), TestData.Column<uint>(transformer.Transform(TestData.Unlabelled(wine)), "PredictedLabel").Select(c => (int)c - 1).ToArray());
        // scikit-learn also counts the iteration that finds nothing to do.
        Assert.IsTrue(transformer.Model.Converged);
        Assert.AreEqual(figures.Number("iterations"), transformer.Model.Iterations, 1);
    }

    [TestMethod]
    [DataRow(300, 2, 5, false)]
    [DataRow(3000, 8, 40, false)]
    [DataRow(3000, 8, 40, true)]
    [DataRow(400, 200, 12, false)]
    [DataRow(500, 1, 60, false)]
    public void Leaving_rows_out_by_bounds_changes_no_cluster(int n, int d, int k, bool weighted)
    {
        double[][] rows = Cloud(n, d, seed: (ulong)(n + k));
        float[]? weights = weighted ? [.. Enumerable.Range(0, n).Select(i => 0.1f + (i % 7))] : null;
        var options = new KMeansTrainer.Options
        {
            NumberOfClusters = k,
            OptimizationTolerance = 0,
            ExampleWeightColumnName = weighted ? "Weight" : null,
            InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.Random,
        };
        var plain = Fits.Model(new KMeansTrainer(options with { Algorithm = KMeansTrainer.Algorithm.Lloyd }), TestData.Unlabelled(rows, weights));
        var bounded = Fits.Model(new KMeansTrainer(options with { Algorithm = KMeansTrainer.Algorithm.Hamerly }), TestData.Unlabelled(rows, weights));
        Assert.IsGreaterThan(5, plain.Iterations);
        CollectionAssert.AreEqual(plain.Losses.ToArray(), bounded.Losses.ToArray());
        CollectionAssert.AreEqual(plain.Centroids.ToArray(), bounded.Centroids.ToArray());
    }

    [TestMethod]
    public void Given_centroids_are_checked()
    {
        void Refuses(string part, params float[][] centroids) => StringAssert.Contains(
            Assert.ThrowsExactly<OptionException>(() => new KMeansTrainer(new() { NumberOfClusters = 2, InitialCentroids = centroids })).Message, part);
        Refuses("1 centroids; expected 2", [1, 2]);
        Refuses("different", [1, 2], [1]);
        Refuses("different or no", [], []);
        Refuses("not finite", [1, 2], [1, float.NaN]);
        Assert.ThrowsExactly<OptionException>(() => new KMeansTrainer(new() { NumberOfClusters = 2, InitialCentroids = [[1], [2]], NumberOfRestarts = 2 }));
        var trainer = new KMeansTrainer(new() { NumberOfClusters = 2, InitialCentroids = [[1], [2]] });
        StringAssert.Contains(Assert.ThrowsExactly<OptionException>(() => trainer.Fit(TestData.Unlabelled([[1, 2], [3, 4]]))).Message, "2 features");
    }

    [TestMethod]
    public void A_far_row_does_not_hide_the_progress_of_the_others()
    {
        double[][] rows = [.. Cloud(2000, 2, seed: 21), [1e9, 1e9]];
        var options = new KMeansTrainer.Options { NumberOfClusters = 9, OptimizationTolerance = 1e-7, Seed = 2 };
        var model = Fits.Model(new KMeansTrainer(options), TestData.Unlabelled(rows));
        var without = Fits.Model(new KMeansTrainer(options with { NumberOfClusters = 8 }), TestData.Unlabelled(rows[..^1]));
        Assert.IsLessThan(1.1 * without.Inertia, model.Inertia);
        for (int i = 1; i < model.Losses.Count; i++)
            Assert.IsLessThanOrEqualTo(model.Losses[i - 1], model.Losses[i]);
    }

    [TestMethod]
    public void No_iteration_raises_the_inertia()
    {
        var model = Fits.Model(new KMeansTrainer(new() { NumberOfClusters = 20, Seed = 3, OptimizationTolerance = 0 }), TestData.Unlabelled(Cloud(2000, 2, seed: 5)));
        Assert.AreEqual(model.Iterations, model.Losses.Count);
        Assert.IsGreaterThan(2, model.Iterations);
        for (int i = 1; i < model.Losses.Count; i++)
            Assert.IsLessThanOrEqualTo(model.Losses[i - 1], model.Losses[i]);
        Assert.AreEqual(model.Losses[^1], model.Inertia);
    }

    [TestMethod]
    [DataRow(KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus, 1)]
    [DataRow(KMeansTrainer.InitializationAlgorithm.KMeansYinyang, 1)]
    [DataRow(KMeansTrainer.InitializationAlgorithm.Random, 30)]
    public void Clouds_far_from_each_other_are_told_apart(KMeansTrainer.InitializationAlgorithm start, int restarts)
    {
        var (rows, truth) = Clouds(centers: [[0, 0], [50, 0], [0, 50], [50, 50], [1000, 1000]], each: 40);
        var trainer = new KMeansTrainer(new() { InitializationAlgorithm = start, NumberOfRestarts = restarts });
        uint[] found = TestData.Column<uint>(trainer.Fit(TestData.Unlabelled(rows)).Transform(TestData.Unlabelled(rows)), "PredictedLabel");
        Assert.AreEqual(5, found.Distinct().Count());
        foreach (var cloud in truth.Zip(found).GroupBy(p => p.First))
            Assert.AreEqual(1, cloud.Select(p => p.Second).Distinct().Count());
    }

    [TestMethod]
    public void One_cluster_is_the_mean_and_as_many_clusters_as_rows_are_the_rows()
    {
        double[][] rows = [[1, 2], [3, 8], [5, -1]];
        var one = Fits.Model(new KMeansTrainer(new() { NumberOfClusters = 1 }), TestData.Unlabelled(rows));
        CollectionAssert.AreEqual(new double[] { 3, 3 }, one.Centroids.ToArray());
        Assert.AreEqual(4 + 1 + 0 + 25 + 4 + 16, one.Inertia, 1e-12);

        var all = Fits.Model(new KMeansTrainer(new() { NumberOfClusters = 3 }), TestData.Unlabelled(rows));
        Assert.AreEqual(0, all.Inertia);
    }

    [TestMethod]
    public void A_row_of_weight_three_counts_like_three_rows()
    {
        double[][] rows = Cloud(120, 2, seed: 8);
        float[] weights = [.. Enumerable.Range(0, rows.Length).Select(i => (float)(1 + (i % 3)))];
        double[][] repeated = [.. rows.SelectMany((row, i) => Enumerable.Repeat(row, (int)weights[i]))];
        var options = new KMeansTrainer.Options { NumberOfClusters = 4, NumberOfRestarts = 3 };
        var weighted = Fits.Model(new KMeansTrainer(options with { ExampleWeightColumnName = "Weight" }), TestData.Unlabelled(rows, weights));
        var plain = Fits.Model(new KMeansTrainer(options), TestData.Unlabelled(repeated));
        Assert.AreEqual(plain.Inertia, weighted.Inertia, 1e-9 * plain.Inertia);
        for (int i = 0; i < 8; i++)
            Assert.AreEqual(plain.Centroids[i], weighted.Centroids[i], 1e-9);
    }

    [TestMethod]
    public void Threads_do_not_change_a_bit()
    {
        var data = TestData.Unlabelled(Cloud(9000, 5, seed: 6));
        var trainer = new KMeansTrainer(new() { NumberOfClusters = 12, NumberOfRestarts = 2, MaximumNumberOfIterations = 15 });
        var expected = Fits.Model(trainer, data, threads: 1);
        foreach (int threads in (int[])[2, 3, 16])
        {
            var actual = Fits.Model(trainer, data, threads);
            CollectionAssert.AreEqual(expected.Centroids.ToArray(), actual.Centroids.ToArray());
            CollectionAssert.AreEqual(expected.Losses.ToArray(), actual.Losses.ToArray());
        }
    }

    [TestMethod]
    public void Scores_are_squared_distances_and_the_least_names_the_cluster_also_for_one_row_and_sparse_rows()
    {
        double[][] rows = Cloud(300, 6, seed: 9);
        rows[3][1] = rows[3][4] = 0;
        var transformer = new KMeansTrainer(new() { NumberOfClusters = 4 }).Fit(TestData.Unlabelled(rows));
        var scored = transformer.Transform(TestData.Unlabelled(rows));
        float[][] scores = TestData.Vectors(scored, "Score");
        uint[] labels = TestData.Column<uint>(scored, "PredictedLabel");
        for (int i = 0; i < rows.Length; i++)
        {
            for (int c = 0; c < 4; c++)
            {
                double expected = rows[i].Select((v, j) => Math.Pow((float)v - transformer.Model.Centroids[(c * 6) + j], 2)).Sum();
                Assert.AreEqual(expected, scores[i][c], 1e-5 * expected);
            }

            Assert.AreEqual((uint)Array.IndexOf(scores[i], scores[i].Min()) + 1, labels[i]);
            CollectionAssert.AreEqual(scores[i], TestData.Vectors(transformer.Transform(TestData.Unlabelled([rows[i]])), "Score")[0]);
        }

        float[][] sparse = TestData.Vectors(transformer.Transform(TestData.Unlabelled(rows, sparse: true)), "Score");
        CollectionAssert.AreEqual(scores[3], sparse[3]);
        var learnedSparse = Fits.Model(new KMeansTrainer(new() { NumberOfClusters = 4 }), TestData.Unlabelled(rows, sparse: true));
        CollectionAssert.AreEqual(transformer.Model.Centroids.ToArray(), learnedSparse.Centroids.ToArray());
    }

    [TestMethod]
    public void A_file_gives_back_the_model_and_its_history()
    {
        var data = TestData.Unlabelled(Cloud(200, 3, seed: 10));
        var model = new KMeansTrainer(new() { NumberOfClusters = 3 }).Fit(data);
        var loaded = Fits.RoundTrip(model);
        CollectionAssert.AreEqual(model.Model.Centroids.ToArray(), loaded.Model.Centroids.ToArray());
        CollectionAssert.AreEqual(model.Model.ClusterWeights.ToArray(), loaded.Model.ClusterWeights.ToArray());
        CollectionAssert.AreEqual(model.Model.Losses.ToArray(), loaded.Model.Losses.ToArray());
        Assert.AreEqual((model.Model.Inertia, model.Model.Iterations, model.Model.Converged, model.Model.StopReason),
            (loaded.Model.Inertia, loaded.Model.Iterations, loaded.Model.Converged, loaded.Model.StopReason));
        Assert.AreEqual(DataFingerprint.Compute(model.Transform(data)), DataFingerprint.Compute(loaded.Transform(data)));
    }

    [TestMethod]
    public void Centroids_can_be_copied_to_buffers()
    {
        var model = new KMeansModelParameters([1, 2, 3, 4, 5, 6], [1, 1], 0);
        VBuffer<float>[] centroids = [];
        model.GetClusterCentroids(ref centroids, out int k);
        Assert.AreEqual(2, k);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3 }, centroids[0].DenseValues());
        CollectionAssert.AreEqual(new float[] { 4, 5, 6 }, centroids[1].DenseValues());
    }

    [TestMethod]
    public void A_cluster_that_lost_its_rows_takes_the_farthest_one()
    {
        // Random starts choose the point that most rows share twice; only the refilled cluster can then reach an inertia of 0.
        double[][] rows = [.. Enumerable.Repeat(new double[] { 0, 0 }, 12), [5, 0], [0, 7]];
        for (int seed = 0; seed < 20; seed++)
        {
            var options = new KMeansTrainer.Options { NumberOfClusters = 3, InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.Random, Seed = seed };
            Assert.AreEqual(0, Fits.Model(new KMeansTrainer(options), TestData.Unlabelled(rows)).Inertia, $"seed {seed}");
        }
    }

    [TestMethod]
    [DataRow(KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus)]
    [DataRow(KMeansTrainer.InitializationAlgorithm.Random)]
    [DataRow(KMeansTrainer.InitializationAlgorithm.KMeansYinyang)]
    public void Fewer_different_rows_than_clusters_leave_empty_clusters_and_a_warning(KMeansTrainer.InitializationAlgorithm start)
    {
        double[][] rows = [.. Enumerable.Repeat(new double[] { 0.1, 1.3 }, 5), .. Enumerable.Repeat(new double[] { 2.7, 2 }, 5)];
        var data = TestData.Unlabelled(rows, [.. rows.Select((_, i) => 0.3f + (0.1f * i))]);
        var trainer = new KMeansTrainer(new() { NumberOfClusters = 4, InitializationAlgorithm = start, ExampleWeightColumnName = "Weight" });
        var model = Fits.Model(trainer, data);
        Assert.AreEqual(0, model.Inertia, 1e-25);
        Assert.IsTrue(model.Converged);
        Assert.AreEqual(2, model.ClusterWeights.ToArray().Count(w => w == 0));
        Assert.IsTrue(model.Centroids.ToArray().All(double.IsFinite));
        var warning = Fits.Diagnoses(trainer, data).Single();
        Assert.AreEqual("empty-clusters", warning.Code);
        StringAssert.Contains(warning.Message, "2 rows are different");
    }

    [TestMethod]
    public void Fewer_rows_than_clusters_are_an_error()
    {
        var error = Assert.ThrowsExactly<DataException>(() => new KMeansTrainer().Fit(TestData.Unlabelled([[1], [2], [3]])));
        StringAssert.Contains(error.Message, "3 rows");
        StringAssert.Contains(error.Message, "NumberOfClusters");
    }

    [TestMethod]
    public void Huge_values_do_not_overflow()
    {
        var model = Fits.Model(new KMeansTrainer(new() { NumberOfClusters = 2 }), TestData.Unlabelled([[3e38, -3e38], [3e38, -2.9e38], [-3e38, 3e38]]));
        Assert.AreEqual(Math.Pow(0.05e38, 2) * 2, model.Inertia, 1e70);
    }

    [TestMethod]
    public void An_iteration_limit_is_kept_and_told_of()
    {
        var trainer = new KMeansTrainer(new() { NumberOfClusters = 20, MaximumNumberOfIterations = 1 });
        var data = TestData.Unlabelled(Cloud(1000, 2, seed: 11));
        var model = Fits.Model(trainer, data);
        Assert.AreEqual(1, model.Iterations);
        Assert.IsFalse(model.Converged);
        Assert.AreEqual("not-converged", Fits.Diagnoses(trainer, data).Single().Code);
    }

    [TestMethod]
    public void The_best_restart_is_kept()
    {
        var data = TestData.Unlabelled(Cloud(300, 2, seed: 12));
        var options = new KMeansTrainer.Options { NumberOfClusters = 8, InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.Random };
        double[] single = [.. Enumerable.Range(1, 6).Select(r => Fits.Model(new KMeansTrainer(options with { NumberOfRestarts = r }), data).Inertia)];
        for (int r = 1; r < single.Length; r++)
            Assert.IsLessThanOrEqualTo(single[r - 1], single[r]);
        Assert.IsLessThan(single[0], single[^1]);
    }

    [TestMethod]
    public void The_seed_decides_and_comes_from_the_context_by_default()
    {
        var data = TestData.Unlabelled(Cloud(300, 2, seed: 13));
        double[] Centroids(MLContext ml, int? seed) =>
            ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfClusters = 9, Seed = seed }).Fit(data).Model.Centroids.ToArray();
        CollectionAssert.AreEqual(Centroids(new MLContext(seed: 1), null), Centroids(new MLContext(seed: 2), 1));
        CollectionAssert.AreNotEqual(Centroids(new MLContext(seed: 1), null), Centroids(new MLContext(seed: 2), null));
    }

    [TestMethod]
    public void Cancellation_and_progress_come_at_least_once_an_iteration()
    {
        var data = TestData.Unlabelled(Cloud(5000, 2, seed: 14));
        var trainer = new KMeansTrainer(new() { NumberOfClusters = 6, NumberOfRestarts = 2 });
        var heard = new List<FitProgress>();
        trainer.Fit(data, FitContext.Default with { Progress = new Listener(heard) });
        Assert.AreEqual("restart 1 of 2", heard[0].Message);
        Assert.AreEqual("restart 2 of 2", heard[^1].Message);
        Assert.IsTrue(heard.TrueForAll(p => p.Loss > 0 && p.Total == 1000));

        // Two blocks of rows for each pass over the data: one in an iteration, and one for each centroid of a start.
        Assert.IsGreaterThan(2 * (heard.Count + 12), Fits.AssertCancellable(trainer, data));
    }

    [TestMethod]
    public void Options_are_checked_and_shown()
    {
        var error = Assert.ThrowsExactly<OptionException>(() => new MLContext().Clustering.Trainers.KMeans(numberOfClusters: 0));
        StringAssert.Contains(error.Message, "NumberOfClusters is 0");
        Assert.AreEqual("KMeans(NumberOfClusters=3, InitializationAlgorithm=Random)",
            new KMeansTrainer(new() { NumberOfClusters = 3, InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.Random }).ToString());
        var byName = new MLContext().Algorithms.Get("kmeans").For(LearningTask.Clustering)!.Create([new("NumberOfClusters", "3"), new("Seed", "4")]);
        Assert.AreEqual("KMeans(NumberOfClusters=3, Seed=4)", byName.ToString());
    }

    private sealed class Listener(List<FitProgress> heard) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => heard.Add(value);
    }

    private static double[][] Cloud(int rows, int d, ulong seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, d).Select(_ => random.NextGaussian()).ToArray())];
    }

    private static (double[][] Rows, int[] Truth) Clouds(double[][] centers, int each)
    {
        var random = new RandomStream(2);
        var rows = new List<double[]>();
        var truth = new List<int>();
        for (int i = 0; i < each * centers.Length; i++)
        {
            int c = i % centers.Length;
            rows.Add([.. centers[c].Select(v => v + random.NextGaussian())]);
            truth.Add(c);
        }

        return ([.. rows], [.. truth]);
    }
}
