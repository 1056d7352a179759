using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tests.Classical.Decomposition;

[TestClass]
public sealed class TSneTests
{
    private static readonly MLContext ML = new(seed: 3);
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("tsne");

    [TestMethod]
    public void Affinities_are_those_of_scikit_learn()
    {
        var expected = Figures["affinities"];
        var p = TSneAffinities.Compute(Digits((int)expected.Number("rows")), expected.Number("perplexity"), FitContext.Default);
        double[] row = new double[p.Starts.Length - 1];
        for (int e = p.Starts[0]; e < p.Starts[1]; e++)
            row[p.Columns[e]] = p.Values[e];
        double[] reference = expected.Vector("row0");
        for (int j = 0; j < row.Length; j++)
            Assert.AreEqual(reference[j], row[j], 2e-8, $"column {j}");
        Assert.AreEqual(1, p.Values.Sum(v => (double)v), 1e-6);
    }

    [TestMethod]
    [DataRow(TSneMethod.Exact)]
    [DataRow(TSneMethod.BarnesHut)]
    public void Digits_are_mapped_as_well_as_by_scikit_learn(TSneMethod method)
    {
        var expected = Figures["divergence"];
        var map = TSne.Embed(Digits((int)expected.Number("rows")), new() { Method = method });
        // Local minima of like quality differ by a few parts in a hundred.
        Assert.IsLessThan(1.04 * expected.Number("divergence"), map.KullbackLeiblerDivergence);
        Assert.HasCount((map.Iterations / 50) + 1, map.Losses);
        Assert.AreEqual(
            map.Iterations == 1000 ? "The limit of iterations was reached." : "The divergence did not fall for 300 iterations.", map.StopReason);
    }

    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(2, 0)]
    [DataRow(2, 0.5)]
    [DataRow(3, 0)]
    [DataRow(3, 5)]
    public void The_gradient_is_that_of_the_divergence(int dimensions, double degreesOfFreedom)
    {
        var options = new TSne.Options { Dimensions = dimensions, DegreesOfFreedom = degreesOfFreedom, Method = TSneMethod.Exact };
        var p = TSneAffinities.Compute(Cloud(70, 5), 8, FitContext.Default);
        float[][] map = Points(70, dimensions);
        var descent = new TSneDescent(p, map, options, FitContext.Default);
        descent.Evaluate(1, withLoss: false);
        float[][] gradient = [.. descent.Gradient.Select(g => g.ToArray())];
        for (int i = 0; i < 70; i += 9)
        {
            for (int axis = 0; axis < dimensions; axis++)
            {
                const float step = 1 / 64f;
                float here = map[axis][i];
                map[axis][i] = here + step;
                double above = Naive(p, map, options.EffectiveDegreesOfFreedom);
                map[axis][i] = here - step;
                double below = Naive(p, map, options.EffectiveDegreesOfFreedom);
                map[axis][i] = here;
                Assert.AreEqual((above - below) / (2 * step), gradient[axis][i], 2e-5, $"point {i}, axis {axis}");
            }
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void The_divergence_is_that_of_its_definition(int dimensions)
    {
        var options = new TSne.Options { Dimensions = dimensions, Method = TSneMethod.Exact };
        var p = TSneAffinities.Compute(Cloud(90, 5), 8, FitContext.Default);
        float[][] map = Points(90, dimensions);
        Assert.AreEqual(
            Naive(p, map, options.EffectiveDegreesOfFreedom), new TSneDescent(p, map, options, FitContext.Default).Evaluate(1, withLoss: true), 1e-5);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Repulsion_is_exact_at_angle_zero_and_near_it_at_half(int dimensions)
    {
        const int n = 700;
        float[][] map = Points(n, dimensions);
        Array.Fill(map[0], 0.5f, 100, 30); // points in one place
        for (int axis = 1; axis < dimensions; axis++)
            Array.Fill(map[axis], 0.25f, 100, 30);
        double nu = Math.Max(1, dimensions - 1);
        var (exactForce, exactSum) = NaiveRepulsion(map, nu);
        foreach (var (angle, tolerance) in new[] { (0.0, 1e-5), (0.5, 0.03) })
        {
            var tree = new TSneTree(n, dimensions);
            tree.Build(map);
            var repulsion = new TSneRepulsion(tree, dimensions, angle, nu);
            repulsion.Compute(0, n);
            Assert.AreEqual(exactSum.Sum(), repulsion.Affinities.Sum(), tolerance * exactSum.Sum());
            double error = 0, size = 0;
            for (int s = 0; s < n; s++)
            {
                for (int axis = 0; axis < dimensions; axis++)
                {
                    double expected = exactForce[axis][tree.Order[s]];
                    error += Math.Pow(expected - repulsion.Forces[axis][s], 2);
                    size += expected * expected;
                }
            }

            Assert.IsLessThan(tolerance * tolerance * size, error, $"angle {angle}");
        }
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    public void Nodes_of_the_tree_hold_their_points(int dimensions)
    {
        var tree = new TSneTree(500, dimensions);
        tree.Build(Points(500, dimensions));
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 500).ToArray(), tree.Order);
        var nodes = tree.Nodes.ToArray();
        Assert.AreEqual((0, 500, nodes.Length), (nodes[0].Start, nodes[0].End, nodes[0].Next));
        for (int i = 0; i < nodes.Length; i++)
        {
            var node = nodes[i];
            for (int axis = 0; axis < dimensions; axis++)
            {
                var run = tree.Sorted[axis].AsSpan(node.Start, node.Mass).ToArray();
                Assert.AreEqual(run.Average(v => (double)v), node.Centre[axis], 1e-4);
                Assert.IsLessThanOrEqualTo(node.Width, run.Max() - run.Min());
            }

            if (node.IsLeaf)
                continue;
            int covered = node.Start;
            for (int child = i + 1; child < node.Next; child = nodes[child].Next)
            {
                Assert.AreEqual(covered, nodes[child].Start);
                covered = nodes[child].End;
            }

            Assert.AreEqual(node.End, covered);
        }
    }

    [TestMethod]
    public void Separate_clusters_come_out_separate()
    {
        var random = new RandomStream(4);
        double[][] rows = [.. Enumerable.Range(0, 240).Select(i =>
            Enumerable.Range(0, 6).Select(j => (12.0 * (j == i % 4 ? 1 : 0)) + random.NextGaussian()).ToArray())];
        var map = TSne.Embed(TestData.Matrix(rows), new() { Perplexity = 20, MaximumNumberOfIterations = 500 });
        for (int i = 0; i < 240; i++)
        {
            int nearest = Enumerable.Range(0, 240).Where(j => j != i).MinBy(j => Dense.SquaredDistance(map.Point(i), map.Point(j)));
            Assert.AreEqual(i % 4, nearest % 4);
        }
    }

    [TestMethod]
    public void Threads_do_not_change_a_bit()
    {
        var x = Cloud(1300, 6);
        var options = new TSne.Options { MaximumNumberOfIterations = 260, Perplexity = 10 };
        var one = TSne.Embed(x, options, FitContext.Default with { Threads = 1 });
        foreach (int threads in (int[])[2, 5])
            CollectionAssert.AreEqual(one.Coordinates.ToArray(), TSne.Embed(x, options, FitContext.Default with { Threads = threads }).Coordinates.ToArray());
    }

    [TestMethod]
    public void A_random_start_depends_on_the_seed_alone()
    {
        var x = Cloud(60, 4);
        float[] Map(int seed) => TSne.Embed(
            x, new() { Initialization = TSneInitialization.Random, Perplexity = 5, MaximumNumberOfIterations = 250, Seed = seed }).Coordinates.ToArray();
        CollectionAssert.AreEqual(Map(1), Map(1));
        CollectionAssert.AreNotEqual(Map(1), Map(2));
    }

    [TestMethod]
    public void Rows_all_the_same_or_of_one_feature_give_a_finite_map()
    {
        foreach (double[][] rows in (double[][][])[
            [.. Enumerable.Range(0, 40).Select(_ => new double[] { 2, 2 })],
            [.. Enumerable.Range(0, 40).Select(i => new double[] { i })],
            [.. Enumerable.Range(0, 40).Select(i => new[] { i * 1e30, -i * 1e30 })],
            [[1.0], [2.0]]])
        {
            var map = TSne.Embed(TestData.Matrix(rows), new() { Perplexity = rows.Length > 2 ? 5 : 1.5, MaximumNumberOfIterations = 300 });
            foreach (float value in map.Coordinates)
                Assert.IsTrue(float.IsFinite(value));
        }
    }

    [TestMethod]
    public void Training_rows_keep_their_points_and_new_rows_join_their_like()
    {
        var random = new RandomStream(9);
        double[] Row(int cluster) => [.. Enumerable.Range(0, 5).Select(j => (9.0 * (j == cluster ? 1 : 0)) + random.NextGaussian())];
        double[][] rows = [.. Enumerable.Range(0, 150).Select(i => Row(i % 3))];
        var model = ML.Transforms.TSne("Map", "Features", perplexity: 15, maximumNumberOfIterations: 500).Fit(TestData.Unlabelled(rows));
        float[][] known = TestData.Vectors(model.Transform(TestData.Unlabelled(rows)), "Map");
        for (int i = 0; i < rows.Length; i++)
            CollectionAssert.AreEqual(model.Embedding.Point(i).ToArray(), known[i]);

        double[][] fresh = [.. Enumerable.Range(0, 30).Select(i => Row(i % 3))];
        float[][] placed = TestData.Vectors(model.Transform(TestData.Unlabelled(fresh)), "Map");
        for (int i = 0; i < fresh.Length; i++)
        {
            int nearest = Enumerable.Range(0, 150).MinBy(j => Dense.SquaredDistance(placed[i], model.Embedding.Point(j)));
            Assert.AreEqual(i % 3, nearest % 3, $"row {i}");
        }
    }

    [TestMethod]
    public void A_row_moved_by_little_lands_near_its_old_place()
    {
        double[][] rows = [.. Enumerable.Range(0, 200).Select(i => new[] { Math.Cos(i * Math.PI / 100), Math.Sin(i * Math.PI / 100) })];
        var model = ML.Transforms.TSne("Map", "Features", perplexity: 10, maximumNumberOfIterations: 500).Fit(TestData.Unlabelled(rows));
        double[][] moved = [.. rows.Select(r => new[] { r[0] * 1.001, r[1] })];
        float[][] placed = TestData.Vectors(model.Transform(TestData.Unlabelled(moved)), "Map");
        float spread = model.Embedding.Coordinates.ToArray().Max() - model.Embedding.Coordinates.ToArray().Min();
        double[] apart = [.. Enumerable.Range(0, 200).Select(i => Math.Sqrt(Dense.SquaredDistance(placed[i], model.Embedding.Point(i)))).Order()];
        Assert.IsLessThan(0.05 * spread, apart[100]);
    }

    [TestMethod]
    public void A_file_gives_back_the_transformer()
    {
        var data = TestData.Unlabelled([.. Enumerable.Range(0, 40).Select(i => new double[] { i, i % 7, i % 3 })]);
        var model = ML.Transforms.TSne("Map", "Features", perplexity: 5, maximumNumberOfIterations: 250).Fit(data);
        var loaded = Fits.RoundTrip(model);
        var other = TestData.Unlabelled([[3.5, 2, 1], [double.NaN, 1, 1], [3, 3, 0]]);
        Assert.AreEqual(DataFingerprint.Compute(model.Transform(other)), DataFingerprint.Compute(loaded.Transform(other)));
        Assert.AreEqual(model.ToString(), loaded.ToString());
        CollectionAssert.AreEqual(model.Embedding.Losses.ToArray(), loaded.Embedding.Losses.ToArray());
        Assert.IsTrue(TestData.Vectors(model.Transform(other), "Map")[1].All(float.IsNaN));
    }

    [TestMethod]
    public void What_cannot_be_used_is_named()
    {
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => TSne.Embed(Cloud(30, 3))).Message, "30 rows");
        StringAssert.Contains(Assert.ThrowsExactly<OptionException>(() => TSne.Embed(Cloud(30, 3), new() { Dimensions = 4 })).Message, "Dimensions");
        Assert.ThrowsExactly<OptionException>(() => ML.Transforms.TSne("Features", perplexity: 0.5));
        var gap = TestData.Unlabelled([.. Enumerable.Range(0, 40).Select(i => new[] { i == 6 ? double.NaN : i, 1 })]);
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => ML.Transforms.TSne("Features", perplexity: 5).Fit(gap)).Message, "Row 6");
    }

    [TestMethod]
    public void A_fit_can_be_cancelled_anywhere() => Assert.IsGreaterThan(
        250, Fits.AssertCancellable(ML.Transforms.TSne("Features", perplexity: 4, maximumNumberOfIterations: 250), TestData.Unlabelled(
            [.. Enumerable.Range(0, 30).Select(i => new double[] { i, i % 4 })])));

    private static FeatureMatrix Digits(int rows) =>
        TestData.Matrix([.. TestData.Vectors(ML.Data.LoadDataset("digits"), "Pixels").Take(rows).Select(r => Array.ConvertAll(r, v => (double)v))]);

    private static FeatureMatrix Cloud(int n, int d)
    {
        var random = new RandomStream((ulong)(n + d));
        return TestData.Matrix([.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, d).Select(j => (1 + j) * random.NextGaussian()).ToArray())]);
    }

    private static float[][] Points(int n, int dimensions)
    {
        var random = new RandomStream((ulong)n);
        return [.. Enumerable.Range(0, dimensions).Select(_ => Enumerable.Range(0, n).Select(i => (float)(3 * random.NextGaussian()) + (i % 3)).ToArray())];
    }

    private static double SquaredDistance(float[][] map, int i, int j) => map.Sum(axis => ((double)axis[i] - axis[j]) * ((double)axis[i] - axis[j]));

    private static double Naive(TSneAffinities p, float[][] map, double nu)
    {
        int n = map[0].Length;
        double W(int i, int j) => Math.Pow(1 + (SquaredDistance(map, i, j) / nu), -(nu + 1) / 2);
        double z = 0, divergence = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                z += i == j ? 0 : W(i, j);
        }

        for (int i = 0; i < n; i++)
        {
            for (int e = p.Starts[i]; e < p.Starts[i + 1]; e++)
                divergence += p.Values[e] * Math.Log(p.Values[e] * z / W(i, p.Columns[e]));
        }

        return divergence;
    }

    private static (double[][] Forces, double[] Sums) NaiveRepulsion(float[][] map, double nu)
    {
        int n = map[0].Length;
        double[][] forces = [.. map.Select(_ => new double[n])];
        double[] sums = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (i == j)
                    continue;
                double u = 1 / (1 + (SquaredDistance(map, i, j) / nu)), w = Math.Pow(u, (nu + 1) / 2);
                sums[i] += w;
                for (int axis = 0; axis < map.Length; axis++)
                    forces[axis][i] += w * u * (map[axis][i] - map[axis][j]);
            }
        }

        return (forces, sums);
    }
}
