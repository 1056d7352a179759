using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical.Clustering;

[TestClass]
public sealed class DbscanTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("density");
    private static readonly double[][] Rows = Figures.Rows("rows");
    private static readonly MLContext Ml = new(seed: 1);

    public static IEnumerable<object[]> Cases =>
        from distance in Enum.GetValues<NeighborDistance>()
        from algorithm in Enum.GetValues<NeighborAlgorithm>()
        from setting in new[] { (0.2, 4), (0.25, 8), (0.12, 3), (0.6, 5) }
        select new object[] { distance, algorithm, setting.Item1, setting.Item2 };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Labels_are_those_of_scikit_learn(NeighborDistance distance, NeighborAlgorithm algorithm, double epsilon, int minimum)
    {
        var figures = Figures["dbscan"][FormattableString.Invariant($"{distance} {epsilon} {minimum}").ToLowerInvariant()];
        var model = Model(Rows, new() { Epsilon = epsilon, MinimumNumberOfRows = minimum, Distance = distance, Algorithm = algorithm });
        CollectionAssert.AreEqual(figures.Integers("labels"), model.TrainingLabels.ToArray());
        CollectionAssert.AreEqual(figures.Integers("core"), model.CoreRows.ToArray());
        Assert.AreEqual(figures.Integers("labels").Max() + 1, model.ClusterCount);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void More_rows_than_a_block_give_what_the_definition_says_at_any_number_of_threads(int threads)
    {
        double[][] rows = [.. Samples.Gaussian(700, 2, 31), .. Samples.Gaussian(300, 2, 32).Select(r => new[] { r[0] + 6, r[1] })];
        var model = Fits.Model(new DbscanTrainer(new() { Epsilon = 0.25, MinimumNumberOfRows = 7 }), TestData.Unlabelled(rows), threads);
        CollectionAssert.AreEqual(ByDefinition(rows, 0.25, 7), model.TrainingLabels.ToArray());
    }

    [TestMethod]
    public void New_rows_belong_to_the_cluster_of_their_nearest_core_row_within_epsilon_or_to_none()
    {
        // Two chains at distance 1; at (0, 0), noise in training.
        double[][] rows = [[10, 0], [10, 1], [10, 2], [-10, 0], [-10, 1], [-10, 2], [0, 0]];
        var transformer = new DbscanTrainer(new() { Epsilon = 1, MinimumNumberOfRows = 2 }).Fit(TestData.Unlabelled(rows), FitContext.Default);
        CollectionAssert.AreEqual(new[] { 0, 0, 0, 1, 1, 1, -1 }, transformer.Model.TrainingLabels.ToArray());
        var scored = transformer.Transform(TestData.Unlabelled([[10, 1], [-9, 2], [-8.999, 2], [0, 0], [double.NaN, 0], [double.PositiveInfinity, 0]]));
        CollectionAssert.AreEqual(new uint[] { 1, 2, 0, 0, 0, 0 }, TestData.Column<uint>(scored, "PredictedLabel"));
        float[][] scores = TestData.Vectors(scored, "Score");
        CollectionAssert.AreEqual(new[] { 361f, 1 }, scores[1]);
        Assert.AreEqual(1f, transformer.Model.LargestScore);
        Assert.IsTrue(scores[4].All(float.IsNaN));
    }

    [TestMethod]
    public void Clusters_and_noise_are_evaluated_saved_and_loaded()
    {
        var data = TestData.Unlabelled(Rows);
        var transformer = Ml.Clustering.Trainers.Dbscan(epsilon: 0.25, minimumNumberOfRows: 8).Fit(data);
        var scored = transformer.Transform(data);
        var metrics = Ml.Clustering.Evaluate(scored, featureColumnName: "Features");
        Assert.AreEqual(transformer.Model.TrainingLabels.ToArray().Count(label => label < 0), metrics.RowsWithoutCluster);
        Assert.IsTrue(double.IsFinite(metrics.Silhouette));
        var loaded = Fits.RoundTrip(transformer);
        CollectionAssert.AreEqual(TestData.Column<uint>(scored, "PredictedLabel"), TestData.Column<uint>(loaded.Transform(data), "PredictedLabel"));
        CollectionAssert.AreEqual(transformer.Model.TrainingLabels.ToArray(), loaded.Model.TrainingLabels.ToArray());
    }

    [TestMethod]
    [DataRow("CoreRows", "its core rows are not rows in their order")]
    [DataRow("TrainingLabels", "the clusters of its rows do not fit its core rows")]
    [DataRow("Epsilon", "Epsilon is not above 0")]
    [DataRow("NaN", "a feature is not a finite number")]
    public void A_damaged_file_is_refused(string damage, string message)
    {
        var error = Assert.ThrowsExactly<ModelFormatException>(new FakeModel("MLPath.Dbscan", c => Write(c, damage)).Load);
        StringAssert.Contains(error.Message, message);
        Assert.IsInstanceOfType<DbscanModelParameters>(new FakeModel("MLPath.Dbscan", c => Write(c, "")).Load());

        static void Write(ModelSaveContext context, string damage)
        {
            context.Write("Epsilon", damage == "Epsilon" ? 0.0 : 0.5);
            context.WriteEnum("Distance", NeighborDistance.Euclidean);
            context.WriteEnum("Algorithm", NeighborAlgorithm.Brute);
            context.WriteArray<float>("Rows", [1, damage == "NaN" ? float.NaN : 5], 2, 1);
            context.WriteArray<int>("CoreRows", damage == "CoreRows" ? [2, 1] : [0, 2]);
            context.WriteArray<int>("TrainingLabels", damage == "TrainingLabels" ? [0, -1, 2] : [0, -1, 1]);
        }
    }

    [TestMethod]
    public void A_row_of_weight_counts_like_that_many_rows()
    {
        double[][] rows = [[0], [0.4], [3], [9]];
        var weighted = Fits.Model(
            new DbscanTrainer(new() { MinimumNumberOfRows = 3, ExampleWeightColumnName = "Weight" }), TestData.Unlabelled(rows, [2, 1, 3, 2]));
        CollectionAssert.AreEqual(new[] { 0, 0, 1, -1 }, weighted.TrainingLabels.ToArray());
    }

    [TestMethod]
    public void A_row_alone_is_a_cluster_when_one_row_is_enough()
    {
        var model = Model([[1], [5], [1.2]], new() { MinimumNumberOfRows = 1 });
        CollectionAssert.AreEqual(new[] { 0, 1, 0 }, model.TrainingLabels.ToArray());
    }

    [TestMethod]
    public void Noise_alone_and_wrong_options_are_errors_that_say_what_to_do()
    {
        var error = Assert.Throws<DataException>(() => Model(Rows, new() { Epsilon = 1e-4 }));
        StringAssert.Contains(error.Message, "all 160 rows are noise. Raise Epsilon");
        StringAssert.Contains(Assert.Throws<OptionException>(() => Ml.Clustering.Trainers.Dbscan(epsilon: 0)).Message, "Epsilon");
        StringAssert.Contains(Assert.Throws<OptionException>(() => Ml.Clustering.Trainers.Dbscan(minimumNumberOfRows: 0)).Message, "MinimumNumberOfRows");
    }

    [TestMethod]
    public void A_fit_can_be_cancelled() =>
        Assert.IsGreaterThan(1, Fits.AssertCancellable(new DbscanTrainer(), TestData.Unlabelled(Samples.Gaussian(5000, 2, 33))));

    private static DbscanModelParameters Model(double[][] rows, DbscanTrainer.Options options) => Fits.Model(new DbscanTrainer(options), TestData.Unlabelled(rows));

    // A pass over the rows; each core row without a cluster begins one, which grows from core to core.
    private static int[] ByDefinition(double[][] rows, double epsilon, int minimum)
    {
        int n = rows.Length;
        int[][] near = [.. rows.Select(a => Enumerable.Range(0, n).Where(j => Math.Pow(a[0] - rows[j][0], 2) + Math.Pow(a[1] - rows[j][1], 2) <= epsilon * epsilon).ToArray())];
        int[] labels = [.. Enumerable.Repeat(-1, n)];
        int clusters = 0;
        for (int i = 0; i < n; i++)
        {
            if (labels[i] >= 0 || near[i].Length < minimum)
                continue;
            var open = new Stack<int>([i]);
            while (open.TryPop(out int row))
            {
                if (labels[row] >= 0)
                    continue;
                labels[row] = clusters;
                if (near[row].Length < minimum)
                    continue;
                foreach (int other in near[row])
                    open.Push(other);
            }

            clusters++;
        }

        return labels;
    }
}
