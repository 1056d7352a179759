using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class ElasticNetTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("penalised");
    private static readonly double[][] X = Figures.Rows("x");
    private static readonly double[] Y = Figures.Vector("y");
    private static readonly float[] W = [.. Figures.Vector("w").Select(w => (float)w)];

    private static ElasticNetModelParameters Lasso(LassoTrainer.Options options, float[]? weights = null) =>
        Fits.Model(new LassoTrainer(options with { Tolerance = 1e-15, ExampleWeightColumnName = weights is null ? null : "Weight" }), TestData.Regression(X, Y, weights));

    private static ElasticNetModelParameters Net(ElasticNetTrainer.Options options, float[]? weights = null) =>
        Fits.Model(new ElasticNetTrainer(options with { Tolerance = 1e-15, ExampleWeightColumnName = weights is null ? null : "Weight" }), TestData.Regression(X, Y, weights));

    [TestMethod]
    public void The_lasso_agrees_with_scikit_learn()
    {
        AssertModel("lasso", Lasso(new() { Alpha = 0.2 }));
        AssertModel("lassoWeighted", Lasso(new() { Alpha = 0.2 }, W));
        var positive = Lasso(new() { Alpha = 0.05, EnforceNonNegativity = true });
        AssertModel("lassoPositive", positive);
        Assert.IsTrue(positive.Weights.All(w => w >= 0));
    }

    [TestMethod]
    public void The_elastic_net_agrees_with_scikit_learn()
    {
        AssertModel("elasticNet", Net(new() { Alpha = 0.3, L1Ratio = 0.4 }));
        AssertModel("elasticNetWeighted", Net(new() { Alpha = 0.3, L1Ratio = 0.4 }, W));
    }

    [TestMethod]
    public void With_fewer_rows_than_features_it_agrees_with_scikit_learn()
    {
        var wide = Figures["wide"];
        var trainer = new LassoTrainer(new() { Alpha = 0.1, Tolerance = 1e-15, MaximumNumberOfIterations = 100_000 });
        var model = Fits.Model(trainer, TestData.Regression(wide.Rows("x"), wide.Vector("y")));
        Samples.AssertClose([.. wide["lasso"].Vector("weights"), wide["lasso"].Number("bias")], [.. model.Weights, model.Bias], 1e-7);
    }

    // 1100 features of 20 rows are solved on the rows themselves. make_penalised.py computes the same numbers.
    [TestMethod]
    public void With_many_features_it_agrees_with_scikit_learn()
    {
        var many = Figures["many"];
        double[][] x = [.. Enumerable.Range(0, 20).Select(i => Enumerable.Range(0, 1100)
            .Select(j => Mixed((uint)i, (uint)j)).ToArray())];
        Samples.AssertClose(many.Rows("x").SelectMany(row => row), x.SelectMany(row => row[..3]), 0);
        var trainer = new ElasticNetTrainer(new() { Alpha = 0.05, L1Ratio = 0.7, Tolerance = 1e-15, MaximumNumberOfIterations = 100_000, PathLength = 3, PathRatio = 0.1 });
        var model = Fits.Model(trainer, TestData.Regression(x, many.Vector("y")));
        Samples.AssertClose([.. many["elasticNet"].Vector("weights"), many["elasticNet"].Number("bias")], [.. model.Weights, model.Bias], 1e-6);
        Assert.IsTrue(model.Converged);
        Assert.AreEqual(0, model.Path[0].NonZeroCount);
    }

    [TestMethod]
    public void The_path_agrees_with_scikit_learn()
    {
        AssertPath("lassoPath", Lasso(new() { PathLength = 10, PathRatio = 1e-2 }));
        AssertPath("elasticNetPathWeighted", Net(new() { PathLength = 7 }, W));
    }

    [TestMethod]
    public void The_path_begins_where_the_first_weight_leaves_0_and_ends_near_least_squares()
    {
        var path = Lasso(new() { PathLength = 50, PathRatio = 1e-6 }).Path;
        Assert.HasCount(50, path);
        Assert.AreEqual(0, path[0].NonZeroCount);
        Assert.AreEqual(Y.Average(), path[0].Bias, 1e-12);
        Assert.IsTrue(path[1].NonZeroCount > 0);
        Assert.IsTrue(path.Zip(path.Skip(1)).All(p => p.First.Alpha > p.Second.Alpha));
        var ols = Fits.Model(new OlsTrainer(), TestData.Regression(X, Y));
        Samples.AssertClose(ols.Weights, path[^1].Weights, 1e-2);
        var single = Lasso(new() { Alpha = path[20].Alpha });
        Samples.AssertClose(single.Weights, path[20].Weights, 1e-7);
        Assert.AreEqual(path[20].Bias, path[20].ToModel().Bias);
    }

    [TestMethod]
    public void Without_the_L1_part_it_is_ridge_and_without_a_penalty_least_squares()
    {
        var ridge = Fits.Model(new RidgeTrainer(new() { Alpha = 0.7 * X.Length }), TestData.Regression(X, Y));
        var net = Net(new() { Alpha = 0.7, L1Ratio = 0 });
        Samples.AssertClose([.. ridge.Weights, ridge.Bias], [.. net.Weights, net.Bias], 1e-7);
        Assert.IsTrue(net.Converged);

        var ols = Fits.Model(new OlsTrainer(), TestData.Regression(X, Y));
        var free = Lasso(new() { Alpha = 0 });
        Samples.AssertClose(ols.Weights, free.Weights, 1e-12);
        Assert.IsTrue(free.Converged);
    }

    [TestMethod]
    public void The_gap_bounds_how_far_the_objective_is_above_its_minimum()
    {
        double best = Lasso(new() { Alpha = 0.2 }).Losses[^1], last = double.PositiveInfinity;
        foreach (double tolerance in new[] { 1e-1, 1e-3, 1e-6 })
        {
            var model = Fits.Model(new LassoTrainer(new() { Alpha = 0.2, Tolerance = tolerance }), TestData.Regression(X, Y));
            Assert.IsTrue(model.Converged);
            Assert.IsTrue(model.Losses[^1] - best <= model.DualityGap + 1e-12);
            Assert.IsTrue(model.DualityGap <= last);
            last = model.DualityGap;
        }
    }

    [TestMethod]
    public void A_row_of_weight_two_is_two_rows()
    {
        float[] weights = [.. Enumerable.Range(0, X.Length).Select(i => (float)(i % 3))];
        var options = new ElasticNetTrainer.Options { Alpha = 0.1, Tolerance = 1e-15 };
        var weighted = Fits.Model(new ElasticNetTrainer(options with { ExampleWeightColumnName = "Weight" }), TestData.Regression(X, Y, weights));
        var repeated = Fits.Model(new ElasticNetTrainer(options), TestData.Regression(Samples.Repeat(X, weights), Samples.Repeat(Y, weights)));
        Samples.AssertClose([.. repeated.Weights, repeated.Bias], [.. weighted.Weights, weighted.Bias], 1e-10);
    }

    [TestMethod]
    public void Constant_features_and_constant_targets_get_weights_of_0()
    {
        double[][] x = [.. X.Select((row, i) => new[] { row[0], 0.1f, row[1] })];
        var model = Fits.Model(new LassoTrainer(new() { Alpha = 0.01 }), TestData.Regression(x, Y));
        Assert.AreEqual((0, 2), (model.Weights[1], model.NonZeroCount));
        var flat = Fits.Model(new ElasticNetTrainer(new() { PathLength = 3 }), TestData.Regression(x, [.. Y.Select(_ => 7.0)]));
        Assert.AreEqual((0, 7, true), (flat.NonZeroCount, flat.Bias, flat.Converged));
        Assert.IsTrue(flat.Path.All(p => p.NonZeroCount == 0));
    }

    [TestMethod]
    public void Saved_and_loaded_it_is_the_same()
    {
        var data = TestData.Regression(X, Y);
        var model = new LassoTrainer(new() { Alpha = 0.1, PathLength = 4 }).Fit(data);
        var copy = (ElasticNetModelParameters)Fits.RoundTrip(model).Model;
        CollectionAssert.AreEqual(model.Model.Weights.ToArray(), copy.Weights.ToArray());
        Assert.AreEqual((model.Model.Iterations, model.Model.DualityGap, model.Model.StopReason), (copy.Iterations, copy.DualityGap, copy.StopReason));
        for (int i = 0; i < 4; i++)
        {
            Assert.AreEqual(model.Model.Path[i].Alpha, copy.Path[i].Alpha);
            CollectionAssert.AreEqual(model.Model.Path[i].Weights.ToArray(), copy.Path[i].Weights.ToArray());
        }
    }

    [TestMethod]
    public void A_limit_that_is_reached_is_told()
    {
        var trainer = new LassoTrainer(new() { Alpha = 1e-4, Tolerance = 1e-15, MaximumNumberOfIterations = 1 });
        Assert.Contains("not-converged", Fits.Diagnoses(trainer, TestData.Regression(X, Y)).Select(d => d.Code));
        Assert.IsFalse(Fits.Model(trainer, TestData.Regression(X, Y)).Converged);
        Assert.ThrowsExactly<OptionException>(() => new ElasticNetTrainer(new() { L1Ratio = 0, PathLength = 5 }));
        Assert.ThrowsExactly<OptionException>(() => new ElasticNetTrainer(new() { L1Ratio = 1.1 }));
    }

    private static double Mixed(uint i, uint j)
    {
        uint mixed = unchecked(((i + 1) * (j + 3) * 2654435761u) + (i * 40503u) + (j * 69069u));
        return (unchecked((mixed ^ (mixed >> 15)) * 2246822519u) >> 20) / 2048.0 - 1;
    }

    private static void AssertModel(string name, ElasticNetModelParameters model)
    {
        Samples.AssertClose([.. Figures[name].Vector("weights"), Figures[name].Number("bias")], [.. model.Weights, model.Bias], 1e-6);
        CollectionAssert.AreEqual(Figures[name].Vector("weights").Select(w => w == 0).ToArray(), model.Weights.Select(w => w == 0).ToArray());
    }

    private static void AssertPath(string name, ElasticNetModelParameters model)
    {
        var path = Figures[name];
        Samples.AssertClose(path.Vector("alphas"), model.Path.Select(p => p.Alpha), 1e-12);
        Samples.AssertClose(path.Vector("biases"), model.Path.Select(p => p.Bias), 1e-6);
        Samples.AssertClose(path.Rows("weights").SelectMany(row => row), model.Path.SelectMany(p => p.Weights), 1e-6);
    }
}
