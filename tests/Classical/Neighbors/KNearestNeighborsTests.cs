using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class KNearestNeighborsTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("trees");
    private static readonly double[][] X = Figures["data"].Rows("x");
    private static readonly int[] Y = Figures["data"].Integers("y");
    private static readonly double[] Target = Figures["data"].Vector("target");
    private static readonly double[][] Queries = Figures["neighbors"].Rows("queries");

    [TestMethod]
    [DataRow(NeighborWeighting.Uniform, NeighborDistance.Euclidean)]
    [DataRow(NeighborWeighting.Uniform, NeighborDistance.Manhattan)]
    [DataRow(NeighborWeighting.Distance, NeighborDistance.Euclidean)]
    [DataRow(NeighborWeighting.Distance, NeighborDistance.Manhattan)]
    public void It_agrees_with_scikit_learn(NeighborWeighting weighting, NeighborDistance distance)
    {
        var figures = Figures["neighbors"][$"{weighting} {distance}".ToLowerInvariant()];
        var options = new KNearestNeighborsTrainer.Options { NumberOfNeighbors = 7, Weighting = weighting, Distance = distance };
        var classes = Classes(X, Y, options);
        var (scores, numbers) = (new float[3 * Queries.Length], new float[Queries.Length]);
        classes.Score(TestData.Matrix(Queries), scores);
        Samples.AssertClose(figures.Rows("probabilities").SelectMany(p => p), scores.Select(s => (double)s), 1e-6);
        Numbers(X, Target, options).Score(TestData.Matrix(Queries), numbers);
        Samples.AssertClose(figures.Vector("predictions"), numbers.Select(s => (double)s), 1e-6);
        for (int i = 0; i < Queries.Length; i++)
        {
            var neighbors = classes.FindNeighbors(Single(Queries[i]));
            CollectionAssert.AreEqual(figures.Rows("rows")[i], neighbors.Select(n => (double)n.Row).ToArray());
            Samples.AssertClose(figures.Rows("distances")[i], neighbors.Select(n => n.Distance), 1e-6);
            Assert.AreEqual(1, neighbors.Sum(n => n.Share), 1e-12);
        }
    }

    // Small whole numbers give many ties; sizes around blocks of rows and of queries; more features than fit one block.
    [TestMethod]
    [DataRow(1, 1, 3, NeighborDistance.Euclidean)]
    [DataRow(15, 2, 5, NeighborDistance.Manhattan)]
    [DataRow(16, 3, 2, NeighborDistance.Euclidean)]
    [DataRow(17, 3, 40, NeighborDistance.Manhattan)]
    [DataRow(203, 5, 9, NeighborDistance.Euclidean)]
    [DataRow(40, 5000, 3, NeighborDistance.Euclidean)]
    public void The_neighbours_are_those_of_a_sort(int n, int d, int k, NeighborDistance distance)
    {
        var (x, q) = (Whole(n, d, 1), Whole(29, d, 2));
        var model = Classes(x, [.. x.Select((_, i) => i % 4)], new() { NumberOfNeighbors = k, Distance = distance }, classes: 4);
        var scores = new float[4 * q.Length];
        model.Score(TestData.Matrix(q), scores);
        for (int i = 0; i < q.Length; i++)
        {
            int[] expected = [.. Enumerable.Range(0, n).OrderBy(row => Far(x[row], q[i], distance)).ThenBy(row => row).Take(k)];
            CollectionAssert.AreEqual(expected, model.FindNeighbors(Single(q[i])).Select(f => f.Row).ToArray());
            for (int c = 0; c < 4; c++)
                Assert.AreEqual((float)expected.Count(row => row % 4 == c) / expected.Length, scores[(4 * i) + c]);
        }
    }

    [TestMethod]
    public void Batches_of_any_size_score_the_same_bits()
    {
        double[][] x = Samples.Gaussian(300, 7, 3), q = Samples.Gaussian(133, 7, 4);
        var options = new KNearestNeighborsTrainer.Options { Weighting = NeighborWeighting.Distance };
        var model = Numbers(x, [.. x.Select(r => r[0])], options);
        var together = new float[133];
        model.Score(TestData.Matrix(q), together);
        foreach (int size in new[] { 1, 2, 3, 5, 50 })
        {
            for (int start = 0; start < q.Length; start += size)
            {
                double[][] batch = q[start..Math.Min(start + size, q.Length)];
                var scores = new float[batch.Length];
                model.Score(TestData.Matrix(batch), scores);
                CollectionAssert.AreEqual(together[start..(start + batch.Length)], scores);
            }
        }
    }

    [TestMethod]
    [DataRow("iris", false, 0.95)]
    [DataRow("wine", true, 0.95)]
    [DataRow("breast-cancer", true, 0.96)]
    [DataRow("digits", false, 0.975)]
    public void It_is_right_on_ten_folds_as_often_as_it_should_be(string name, bool standardised, double accuracy)
    {
        double sum = 0;
        foreach (var (train, test) in EmbeddedSet.Load(name).TenFolds(standardised))
        {
            int k = train.ClassNames.Length;
            var scores = new float[k * test.Features.Length];
            Classes(train.Features, train.Classes, new(), classes: k).Score(TestData.Matrix(test.Features), scores);
            sum += test.Classes.Where((y, i) => Dense.ArgMax(scores.AsSpan(i * k, k)) == y).Count() / (10.0 * test.Classes.Length);
        }

        Assert.IsGreaterThanOrEqualTo(accuracy, sum);
    }

    [TestMethod]
    public void The_order_of_the_rows_does_not_count_where_there_are_no_ties()
    {
        double[][] x = Samples.Gaussian(150, 3, 5), q = Samples.Gaussian(20, 3, 6);
        int[] order = new RandomStream(7).Permutation(150);
        var options = new KNearestNeighborsTrainer.Options { Weighting = NeighborWeighting.Distance };
        var (straight, moved) = (new float[20], new float[20]);
        Numbers(x, [.. x.Select(r => r[1])], options).Score(TestData.Matrix(q), straight);
        Numbers([.. order.Select(i => x[i])], [.. order.Select(i => x[i][1])], options).Score(TestData.Matrix(q), moved);
        CollectionAssert.AreEqual(straight, moved);
    }

    [TestMethod]
    [DataRow(NeighborWeighting.Uniform)]
    [DataRow(NeighborWeighting.Distance)]
    public void A_row_of_weight_two_is_two_rows(NeighborWeighting weighting)
    {
        var (x, q) = (Whole(80, 3, 8), Whole(40, 3, 9));
        int[] y = [.. Enumerable.Range(0, 80).Select(i => i % 3)];
        float[] weights = [.. Enumerable.Range(0, 80).Select(i => 1f + (i % 4))];
        foreach (int k in new[] { 1, 2, 5, 30, 500 })
        {
            var options = new KNearestNeighborsTrainer.Options { NumberOfNeighbors = k, Weighting = weighting };
            var weighted = Classes(x, y, options, weights);
            var repeated = Classes(Samples.Repeat(x, weights), Samples.Repeat(y, weights), options);
            var (one, other) = (new float[120], new float[120]);
            weighted.Score(TestData.Matrix(q), one);
            repeated.Score(TestData.Matrix(q), other);
            Samples.AssertClose(other.Select(s => (double)s), one.Select(s => (double)s), 1e-6);
        }
    }

    [TestMethod]
    public void Light_rows_make_longer_lists()
    {
        double[][] x = [.. Enumerable.Range(0, 40).Select(i => new double[] { i })];
        var model = Numbers(x, [.. x.Select(r => r[0])], new() { NumberOfNeighbors = 2 }, [.. x.Select(_ => 0.4f)]);

        // Five rows of 0.4 make up 2.
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4 }, model.FindNeighbors([-1f]).Select(n => n.Row).ToArray());
        var scores = new float[1];
        model.Score(TestData.Matrix([[-1]]), scores);
        Assert.AreEqual(2, scores[0], 1e-6);
    }

    [TestMethod]
    public void A_heavy_row_among_light_ones_makes_up_what_they_leave()
    {
        // From 0: weights 1 and 2, then one that is enough for any k, then more. Rows further away come first.
        double[][] x = [[9], [3], [2], [1]];
        var model = Numbers(x, [0, 10, 100, 1000], new(), [1e30f, 1e30f, 2, 1]);
        CollectionAssert.AreEqual(new[] { 0.2, 0.4, 0.4 }, model.FindNeighbors([0f]).Select(n => n.Share).ToArray());
        var scores = new float[1];
        model.Score(TestData.Matrix([[0]]), scores);
        Assert.AreEqual(244, scores[0]);
    }

    [TestMethod]
    public void Weights_of_any_size_leave_it_finite()
    {
        double[][] x = Samples.Gaussian(500, 2, 10), q = Samples.Gaussian(50, 2, 11);
        var random = new RandomStream(12);
        foreach (double spread in new[] { 0.1, 3, 30 })
        {
            float[] weights = [.. x.Select(_ => (float)Math.Pow(10, spread * ((2 * random.NextDouble()) - 1)))];
            var model = Numbers(x, [.. x.Select(r => r[0])], new() { NumberOfNeighbors = 3 }, weights);
            var scores = new float[50];
            model.Score(TestData.Matrix(q), scores);
            Assert.IsTrue(scores.All(s => Math.Abs(s) < 5), $"spread {spread}");
        }
    }

    [TestMethod]
    public void With_fewer_rows_than_neighbours_all_vote_and_the_fit_says_so()
    {
        var view = TestData.Binary([[0], [1], [2]], [true, false, true]);
        var trainer = new KNearestNeighborsBinaryTrainer();
        var diagnosis = Fits.Diagnoses(trainer, view).Single();
        Assert.AreEqual((DiagnosisSeverity.Warning, "fewer-rows-than-neighbors"), (diagnosis.Severity, diagnosis.Code));
        StringAssert.Contains(diagnosis.Message, "There are 3 rows and 5 neighbours");
        var (scores, probabilities) = (new float[1], new float[1]);
        Fits.Model(trainer, view).Score(TestData.Matrix([[100]]), scores, probabilities);
        Assert.AreEqual(2 / 3f, probabilities[0]);
        Assert.IsEmpty(Fits.Diagnoses(new KNearestNeighborsBinaryTrainer(new() { NumberOfNeighbors = 3 }), view));
    }

    [TestMethod]
    public void By_distance_a_row_that_was_learned_answers_alone()
    {
        var options = new KNearestNeighborsTrainer.Options { NumberOfNeighbors = 4, Weighting = NeighborWeighting.Distance };
        var model = Numbers([[1], [1], [2], [4]], [5, 7, 100, 200], options);
        var scores = new float[2];
        model.Score(TestData.Matrix([[1], [0]]), scores);

        // The second: (5 + 7 + 100/2 + 200/4) / (1 + 1 + 1/2 + 1/4).
        Assert.AreEqual(6, scores[0]);
        Assert.AreEqual(112 / 2.75, scores[1], 1e-5);
    }

    [TestMethod]
    [DataRow(NeighborDistance.Euclidean, 1000, 2)]
    [DataRow(NeighborDistance.Manhattan, 1000, 2)]
    [DataRow(NeighborDistance.Euclidean, 700, 5)]
    [DataRow(NeighborDistance.Manhattan, 700, 5)]
    [DataRow(NeighborDistance.Euclidean, 300, 40)]
    [DataRow(NeighborDistance.Manhattan, 300, 40)]
    [DataRow(NeighborDistance.Euclidean, 3, 2)]
    public void All_algorithms_find_the_same_bits(NeighborDistance distance, int n, int d)
    {
        double[][][] tables = [Samples.Gaussian(n, d, 21), Whole(n, d, 22)];
        foreach (var rows in tables)
        {
            double[] targets = [.. rows.Select((_, i) => i % 7 * 0.37)];
            double[][] queries = [.. Samples.Gaussian(60, d, 23), .. rows.Take(40), [.. Enumerable.Repeat(1e30, d)]];
            float[][] scores = [.. Enum.GetValues<NeighborAlgorithm>().Select(algorithm =>
            {
                var model = Numbers(rows, targets, new() { NumberOfNeighbors = 6, Weighting = NeighborWeighting.Distance, Distance = distance, Algorithm = algorithm });
                Assert.IsTrue(algorithm is NeighborAlgorithm.Auto || algorithm == model.Algorithm);
                var found = new float[queries.Length];
                model.Score(TestData.Matrix(queries), found);
                return found;
            })];
            foreach (float[] other in scores)
                CollectionAssert.AreEqual(scores[0], other);
        }
    }

    [TestMethod]
    public void Many_rows_of_few_features_are_searched_by_a_tree()
    {
        double[][] rows = Samples.Gaussian(9000, 2, 24);
        Assert.AreEqual(NeighborAlgorithm.KDTree, Numbers(rows, new double[9000], new()).Algorithm);
        Assert.AreEqual(NeighborAlgorithm.Brute, Numbers(Samples.Gaussian(900, 20, 25), new double[900], new()).Algorithm);
    }

    [TestMethod]
    [DataRow(NeighborAlgorithm.Brute)]
    [DataRow(NeighborAlgorithm.KDTree)]
    public void Several_threads_give_the_bits_of_one(NeighborAlgorithm algorithm)
    {
        double[][] rows = Samples.Gaussian(900, 6, 26);
        var classes = Classes(rows, [.. rows.Select((_, i) => i % 3)], new() { Weighting = NeighborWeighting.Distance, Algorithm = algorithm });
        var queries = TestData.Matrix(Samples.Gaussian(1000, 6, 27));
        float[] one = new float[3000], three = new float[3000];
        classes.Score(queries, one);
        classes.Score(queries, three, threads: 3);
        CollectionAssert.AreEqual(one, three);
    }

    [TestMethod]
    public void Weights_below_one_take_more_rows_to_make_up_k()
    {
        double[][] rows = Samples.Gaussian(200, 3, 28);
        float[] weights = [.. rows.Select((_, i) => i % 2 == 0 ? 0.25f : 0.5f)];
        var view = TestData.Regression(rows, new double[200], weights);
        var model = Fits.Model(new KNearestNeighborsRegressionTrainer(new() { NumberOfNeighbors = 4, ExampleWeightColumnName = "Weight" }), view);
        float[] query = [0.1f, 0.2f, 0.3f];
        var found = model.FindNeighbors(query);
        int[] expected = [.. Enumerable.Range(0, 200).OrderBy(row => Far(rows[row], [.. query.Select(v => (double)v)], NeighborDistance.Euclidean))];
        CollectionAssert.AreEqual(expected[..found.Count], found.Select(f => f.Row).ToArray());
        Assert.IsGreaterThanOrEqualTo(4f, found.Sum(f => weights[f.Row]));
        Assert.IsLessThan(4f, found.Take(found.Count - 1).Sum(f => weights[f.Row]));
    }

    [TestMethod]
    public void Rows_as_far_as_single_precision_goes_get_a_finite_answer()
    {
        foreach (var weighting in Enum.GetValues<NeighborWeighting>())
        {
            var model = Numbers([[3e38], [-3e38], [1e30], [0]], [1, 2, 3, 4], new() { NumberOfNeighbors = 2, Weighting = weighting });
            var scores = new float[3];
            model.Score(TestData.Matrix([[-3.4e38], [0], [double.PositiveInfinity]]), scores);
            Assert.IsTrue(scores.All(float.IsFinite), string.Join(", ", scores));
        }
    }

    [TestMethod]
    public void A_missing_feature_gives_no_number_and_no_neighbours()
    {
        var model = Classes(X, Y, new());
        var scores = new float[6];
        model.Score(TestData.Matrix([[0, 0, double.NaN, 0, 0], X[0]]), scores);
        Assert.IsTrue(scores[..3].All(float.IsNaN) && scores[3..].All(float.IsFinite));
        Assert.IsEmpty(model.FindNeighbors([0, 0, float.NaN, 0, 0]));
        Assert.ThrowsExactly<ArgumentException>(() => model.FindNeighbors([1, 2]));
    }

    [TestMethod]
    public void One_row_at_a_time_allocates_nothing()
    {
        var model = Classes(X, Y, new());
        var query = TestData.Matrix([Queries[0]]);
        var scores = new float[3];
        for (int i = 0; i < 100; i++)
            model.Score(query, scores);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            model.Score(query, scores);
        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [TestMethod]
    public void It_stops_soon_after_it_is_cancelled()
    {
        double[][] x = Samples.Gaussian(9000, 1, 1);
        Assert.IsGreaterThan(8, Fits.AssertCancellable(new KNearestNeighborsRegressionTrainer(), TestData.Regression(x, new double[9000])));
    }

    [TestMethod]
    public void A_saved_model_scores_the_same_bits()
    {
        var options = new KNearestNeighborsTrainer.Options
        {
            NumberOfNeighbors = 3,
            Weighting = NeighborWeighting.Distance,
            Distance = NeighborDistance.Manhattan,
            ExampleWeightColumnName = "Weight",
        };
        float[] w = [.. Figures["data"].Vector("w").Select(v => (float)v)];
        AssertRoundTrip(new KNearestNeighborsMulticlassTrainer(options), TestData.Multiclass(X, Y, 4, w));
        AssertRoundTrip(new KNearestNeighborsBinaryTrainer(), TestData.Binary(X, [.. Y.Select(c => c == 1)]));
        AssertRoundTrip(new KNearestNeighborsRegressionTrainer(options), TestData.Regression(X, Target, w));

        static void AssertRoundTrip(IEstimator<ITransformer> trainer, InMemoryDataView view)
        {
            var fitted = trainer.Fit(view, FitContext.Default);
            var loaded = Fits.RoundTrip(fitted);
            Assert.AreEqual(fitted.ToString(), loaded.ToString());
            Assert.AreEqual(DataFingerprint.Compute(fitted.Transform(view)), DataFingerprint.Compute(loaded.Transform(view)));
        }
    }

    [TestMethod]
    [DataRow("Rows", "it has no rows or no features")]
    [DataRow("NaN", "a feature is not a finite number")]
    [DataRow("RowWeights", "it should have a positive weight for each of its 2 rows, or none")]
    [DataRow("NumberOfNeighbors", "0 neighbours cannot vote")]
    [DataRow("Classes", "a row is of a class that is not among its 2")]
    public void A_damaged_file_is_refused(string damage, string message)
    {
        var error = Assert.ThrowsExactly<ModelFormatException>(new FakeModel("MLPath.KNearestNeighbors", c => Write(c, damage)).Load);
        StringAssert.Contains(error.Message, message);
        Assert.IsInstanceOfType<KNearestNeighborsModelParameters>(new FakeModel("MLPath.KNearestNeighbors", c => Write(c, "")).Load());

        static void Write(ModelSaveContext context, string damage)
        {
            context.Write("NumberOfNeighbors", damage == "NumberOfNeighbors" ? 0 : 1);
            context.WriteEnum("Weighting", NeighborWeighting.Uniform);
            context.WriteEnum("Distance", NeighborDistance.Euclidean);
            if (damage == "Rows")
                context.WriteArray<float>("Rows", [], 0, 2);
            else
                context.WriteArray<float>("Rows", [1, damage == "NaN" ? float.NaN : 2], 2, 1);
            context.WriteArray<float>("RowWeights", damage == "RowWeights" ? [1, 0] : []);
            context.Write("ClassCount", 2);
            context.WriteArray<int>("Classes", [0, damage == "Classes" ? 2 : 1]);
        }
    }

    private static KNearestNeighborsModelParameters Classes(
        double[][] x, int[] y, KNearestNeighborsTrainer.Options options, float[]? weights = null, int classes = 3) =>
        Fits.Model(new KNearestNeighborsMulticlassTrainer(Weighted(options, weights)), TestData.Multiclass(x, y, classes, weights));

    private static KNearestNeighborsRegressionModelParameters Numbers(
        double[][] x, double[] y, KNearestNeighborsTrainer.Options options, float[]? weights = null) =>
        Fits.Model(new KNearestNeighborsRegressionTrainer(Weighted(options, weights)), TestData.Regression(x, y, weights));

    private static KNearestNeighborsTrainer.Options Weighted(KNearestNeighborsTrainer.Options options, float[]? weights) =>
        options with { ExampleWeightColumnName = weights is null ? null : "Weight" };

    private static double[][] Whole(int n, int d, ulong seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, d).Select(_ => (double)random.NextInt32(4)).ToArray())];
    }

    private static double Far(double[] x, double[] y, NeighborDistance distance) => distance == NeighborDistance.Euclidean
        ? x.Zip(y, (a, b) => (a - b) * (a - b)).Sum()
        : x.Zip(y, (a, b) => Math.Abs(a - b)).Sum();

    private static float[] Single(double[] row) => [.. row.Select(v => (float)v)];
}
