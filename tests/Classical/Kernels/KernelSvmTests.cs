using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class KernelSvmTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("svm");
    private static readonly double[][] X = Figures["data"].Rows("x");
    private static readonly double[][] Queries = Figures["data"].Rows("queries");
    private static readonly bool[] Binary = [.. Figures["data"].Integers("binary").Select(c => c == 1)];
    private static readonly int[] Classes = Figures["data"].Integers("classes");
    private static readonly double[] Target = Figures["data"].Vector("target");
    private static readonly float[] Weights = [.. Figures["data"].Vector("weights").Select(w => (float)w)];

    public static IEnumerable<object[]> Functions => Enum.GetValues<KernelFunction>().Select(f => new object[] { f });

    [TestMethod]
    [DynamicData(nameof(Functions))]
    public void Two_classes_agree_with_scikit_learn(KernelFunction function)
    {
        var figures = Figures[function.ToString()];
        var model = Fits.Model(new KernelSvmBinaryTrainer(Tight(function)), TestData.Binary(X, Binary));
        Samples.AssertClose(figures.Vector("binary"), Scores(model, Queries), 2e-4);
        int[] support = figures.Integers("support");
        Assert.AreEqual(support.Length, model.SupportVectors.Rows, 1.0, "support vectors");
        Assert.AreEqual(figures.Number("bias"), model.Bias, 5e-4);
        Assert.IsTrue(model.Converged, model.StopReason);
    }

    [TestMethod]
    [DynamicData(nameof(Functions))]
    public void Weighted_rows_agree_with_scikit_learn(KernelFunction function)
    {
        var trainer = new KernelSvmBinaryTrainer(Tight(function) with { ExampleWeightColumnName = "Weight" });

        // scikit-learn's "scale" does not look at weights.
        trainer = function == KernelFunction.Rbf ? new(Tight(function) with { ExampleWeightColumnName = "Weight", Gamma = PlainScale() }) : trainer;
        var model = Fits.Model(trainer, TestData.Binary(X, Binary, Weights));
        Samples.AssertClose(Figures[function.ToString()].Vector("weighted"), Scores(model, Queries), 2e-4);
    }

    [TestMethod]
    [DynamicData(nameof(Functions))]
    public void Several_classes_agree_with_scikit_learn(KernelFunction function)
    {
        var figures = Figures[function.ToString()];
        var model = Fits.Model(new KernelSvmMulticlassTrainer(Tight(function)), TestData.Multiclass(X, Classes, 4));
        var scores = new float[4 * Queries.Length];
        model.Score(TestData.Matrix(Queries), scores);
        Samples.AssertClose(figures.Rows("ovr").SelectMany(r => r), scores.Select(s => (double)s), 2e-4);
        var pairs = new double[6 * Queries.Length];
        model.Decide(TestData.Matrix(Queries), pairs);
        Samples.AssertClose(figures.Rows("ovo").SelectMany(r => r), pairs, 4e-4);
        Assert.AreEqual(figures.Number("multiclassSupport"), model.SupportVectors.Rows, 2.0, "support vectors");
    }

    [TestMethod]
    [DynamicData(nameof(Functions))]
    public void Regression_agrees_with_scikit_learn(KernelFunction function)
    {
        var figures = Figures[function.ToString()];
        var options = new KernelSvmTrainer.RegressionOptions { Epsilon = 0.15, C = 2, Settings = Tight(function).Settings };
        var model = Fits.Model(new KernelSvmRegressionTrainer(options), TestData.Regression(X, Target));
        var scores = new float[Queries.Length];
        model.Score(TestData.Matrix(Queries), scores);
        Samples.AssertClose(figures.Vector("regression"), scores.Select(s => (double)s), 2e-4);
        Assert.AreEqual(figures.Number("regressionSupport"), model.SupportVectors.Rows, 1.0, "support vectors");
    }

    [TestMethod]
    [DynamicData(nameof(Functions))]
    public void One_class_agrees_with_scikit_learn(KernelFunction function)
    {
        var figures = Figures[function.ToString()];
        var options = new OneClassSvmTrainer.Options { Nu = 0.23, Settings = Tight(function).Settings };
        var model = Fits.Model(new OneClassSvmTrainer(options), TestData.Unlabelled(X));
        var scores = new float[Queries.Length];
        model.Score(TestData.Matrix(Queries), scores);

        // The score is minus the decision function: greater for an anomaly.
        Samples.AssertClose(figures.Vector("oneClass").Select(v => -v), scores.Select(s => (double)s), 2e-4);
        Assert.AreEqual(figures.Number("oneClassSupport"), model.SupportVectors.Rows, 1.0, "support vectors");
    }

    [TestMethod]
    public void About_the_part_nu_of_the_rows_lies_outside_one_class()
    {
        double[][] x = Samples.Gaussian(300, 2, 3);
        foreach (double nu in new[] { 0.05, 0.2, 0.5 })
        {
            var model = Fits.Model(new OneClassSvmTrainer(new OneClassSvmTrainer.Options { Nu = nu, Gamma = 0.3 }), TestData.Unlabelled(x));
            var scores = new float[x.Length];
            model.Score(TestData.Matrix(x), scores);
            Assert.IsLessThanOrEqualTo(nu * 300, scores.Count(s => s > 2e-3f));
            Assert.IsGreaterThanOrEqualTo(nu * 300, scores.Count(s => s > -2e-3f));
            Assert.IsGreaterThanOrEqualTo(nu * 300, model.SupportVectors.Rows);
            Assert.AreEqual(nu * 300, model.Coefficients.ToArray().Sum(), 1e-6);
        }
    }

    [TestMethod]
    public void A_separable_set_is_separated_with_the_widest_margin()
    {
        // The plane x₀ = 1 between x₀ ≤ 0 and x₀ ≥ 2: w = (1, 0), b = −1.
        double[][] x = [[0, 0], [0, 3], [-2, 1], [2, 1], [2, -1], [5, 2]];
        var model = Fits.Model(new KernelSvmBinaryTrainer(new() { Kernel = KernelFunction.Linear, C = 1000, OptimizationTolerance = 1e-6 }),
            TestData.Binary(x, [false, false, false, true, true, true]));
        Samples.AssertClose([-1, 1, -0.5, 0], Scores(model, [[0, 7], [2, -4], [0.5, 3], [1, 1]]), 1e-4);
        Assert.AreEqual(-1, model.Bias, 1e-4);
    }

    [TestMethod]
    public void Identical_rows_of_both_classes_are_undecided()
    {
        double[][] x = [.. Enumerable.Repeat(new[] { 1.5, -2.0 }, 8)];
        var model = Fits.Model(new KernelSvmBinaryTrainer(), TestData.Binary(x, [true, false, true, false, true, false, true, false]));
        Assert.AreEqual(0, Scores(model, x)[0], 1e-3);
        Assert.IsTrue(model.Converged, model.StopReason);
    }

    [TestMethod]
    public void Numbers_within_the_tube_need_no_support_vector()
    {
        double[] target = [.. X.Select((_, i) => 7 + (0.05 * (i % 3)))];
        var fitted = new KernelSvmRegressionTrainer().Fit(TestData.Regression(X, target), FitContext.Default);
        var scores = new float[X.Length];
        Fits.RoundTrip(fitted).Model.Score(TestData.Matrix(X), scores);
        Assert.AreEqual(0, fitted.Model.SupportVectors.Rows);
        Assert.IsTrue(scores.All(s => Math.Abs(s - 7.05f) < 1e-5f));
    }

    [TestMethod]
    public void A_weight_counts_as_repeated_rows()
    {
        float[] weights = [.. X.Select((_, i) => 1f + (i % 3))];
        var options = Tight(KernelFunction.Rbf);
        var weighted = Fits.Model(new KernelSvmBinaryTrainer(options with { ExampleWeightColumnName = "Weight" }), TestData.Binary(X, Binary, weights));
        var repeated = Fits.Model(new KernelSvmBinaryTrainer(options), TestData.Binary(Samples.Repeat(X, weights), Samples.Repeat(Binary, weights)));
        Samples.AssertClose(Scores(repeated, Queries), Scores(weighted, Queries), 1e-4);
    }

    [TestMethod]
    public void The_result_does_not_depend_on_threads_or_on_the_cache()
    {
        var (x, y) = Rings(1500, 3);
        var view = TestData.Binary(x, y);
        var options = new KernelSvmTrainer.Options { C = 10, CacheSizeMegabytes = 50 };
        var one = Fits.Model(new KernelSvmBinaryTrainer(options), view, threads: 1);
        var two = Fits.Model(new KernelSvmBinaryTrainer(options), view, threads: 2);
        CollectionAssert.AreEqual(Scores(one, x), Scores(two, x));

        // As many rows as a working set has still fit.
        var small = Fits.Model(new KernelSvmBinaryTrainer(options with { CacheSizeMegabytes = 512 * 1500 * 4.0 / (1 << 20) }), view);
        CollectionAssert.AreEqual(Scores(one, x), Scores(small, x));
        Assert.IsTrue(one.Converged);
        Assert.IsGreaterThan(3, one.Iterations);
        for (int i = 1; i < one.Losses.Count; i++)
            Assert.IsLessThan(one.Losses[i - 1], one.Losses[i], "A round lowers the objective.");
    }

    [TestMethod]
    public void One_row_scores_as_in_a_batch()
    {
        var (x, y) = Rings(700, 5);
        var model = Fits.Model(new KernelSvmBinaryTrainer(), TestData.Binary(x, y));
        double[] batch = Scores(model, x);
        for (int i = 0; i < x.Length; i += 37)
            Assert.AreEqual(batch[i], Scores(model, [x[i]])[0]);
    }

    [TestMethod]
    public void A_class_without_rows_is_never_predicted()
    {
        int[] classes = [.. Classes.Select(c => c == 2 ? 3 : c)];
        var model = Fits.Model(new KernelSvmMulticlassTrainer(), TestData.Multiclass(X, classes, 5));
        var scores = new float[5 * X.Length];
        model.Score(TestData.Matrix(X), scores);
        for (int i = 0; i < X.Length; i++)
        {
            Assert.AreEqual(-1f, scores[(5 * i) + 2]);
            Assert.AreEqual(-1f, scores[(5 * i) + 4]);
            Assert.IsGreaterThan(1f, scores.AsSpan(5 * i, 5).ToArray().Max());
        }
    }

    [TestMethod]
    public void A_rough_kernel_ends_and_says_that_it_did_not_converge()
    {
        // A sigmoid kernel that is far from positive semi-definite, and very few steps.
        var (x, y) = Rings(400, 7);
        var options = new KernelSvmTrainer.Options { Kernel = KernelFunction.Sigmoid, Gamma = 3, Coef0 = 2, MaximumNumberOfIterations = 50 };
        var heard = Fits.Diagnoses(new KernelSvmBinaryTrainer(options), TestData.Binary(x, y));
        Assert.AreEqual("not-converged", heard.Single().Code);
        var model = Fits.Model(new KernelSvmBinaryTrainer(options with { MaximumNumberOfIterations = 20_000 }), TestData.Binary(x, y));
        Assert.IsTrue(Scores(model, x).All(double.IsFinite));
    }

    [TestMethod]
    public void A_fit_can_be_cancelled_at_every_checkpoint()
    {
        var (x, y) = Rings(900, 9);
        Assert.IsGreaterThan(5, Fits.AssertCancellable(new KernelSvmBinaryTrainer(new() { C = 100 }), TestData.Binary(x, y)));
        Fits.AssertCancellable(new KernelSvmMulticlassTrainer(), TestData.Multiclass(X, Classes, 4));
        Fits.AssertCancellable(new OneClassSvmTrainer(), TestData.Unlabelled(x));
    }

    [TestMethod]
    public void Saved_and_loaded_models_score_the_same_bits()
    {
        var binary = new KernelSvmBinaryTrainer().Fit(TestData.Binary(X, Binary), FitContext.Default);
        CollectionAssert.AreEqual(Scores(binary.Model, Queries), Scores(Fits.RoundTrip(binary).Model, Queries));
        var many = new KernelSvmMulticlassTrainer(Tight(KernelFunction.Polynomial)).Fit(TestData.Multiclass(X, Classes, 5), FitContext.Default);
        float[] before = new float[5 * Queries.Length], after = new float[5 * Queries.Length];
        many.Model.Score(TestData.Matrix(Queries), before);
        var loaded = Fits.RoundTrip(many).Model;
        loaded.Score(TestData.Matrix(Queries), after);
        CollectionAssert.AreEqual(before, after);
        Assert.AreEqual(many.Model.Kernel, loaded.Kernel);
        CollectionAssert.AreEqual(many.Model.Losses.ToArray(), loaded.Losses.ToArray());
    }

    [TestMethod]
    public void Damaged_models_are_refused()
    {
        void Refused(Action<Runtime.ModelSaveContext> damage) =>
            Assert.ThrowsExactly<Runtime.ModelFormatException>(() => new FakeModel("MLPath.KernelSvmBinary", damage).Load());

        static void Good(Runtime.ModelSaveContext c, string kernel = "Rbf", double gamma = 1, float[]? rows = null, double[]? beta = null, int[]? ends = null, double bias = 0)
        {
            c.Write("Kernel", kernel);
            c.Write("Gamma", gamma);
            c.Write("Coef0", 0.0);
            c.Write("Degree", 3);
            c.WriteArray<float>("SupportVectors", rows ?? [1, 2, 3, 4], 2, 2);
            c.WriteArray<double>("Coefficients", beta ?? [1, -1], 1, (beta ?? [1, -1]).Length);
            c.WriteArray<int>("Ends", ends ?? [2]);
            c.Write("Bias", bias);
            TrainingHistory.None.Save(c);
        }

        Assert.IsInstanceOfType<KernelSvmBinaryModelParameters>(new FakeModel("MLPath.KernelSvmBinary", c => Good(c)).Load());
        Refused(c => Good(c, kernel: "Magic"));
        Refused(c => Good(c, kernel: "1"));
        Refused(c => Good(c, gamma: -1));
        Refused(c => Good(c, gamma: double.NaN));
        Refused(c => Good(c, rows: [1, 2, float.NaN, 4]));
        Refused(c => Good(c, beta: [1]));
        Refused(c => Good(c, beta: [1, double.PositiveInfinity]));
        Refused(c => Good(c, ends: [1]));
        Refused(c => Good(c, ends: [1, 2]));
        Refused(c => Good(c, bias: double.NaN));
    }

    [TestMethod]
    public void Features_beyond_the_kernels_numbers_are_named()
    {
        double[][] x = [.. X.Select(r => r.Select(v => v * 1e20).ToArray())];
        foreach (var function in new[] { KernelFunction.Rbf, KernelFunction.Linear, KernelFunction.Polynomial })
        {
            var error = Assert.ThrowsExactly<DataException>(
                () => Fits.Model(new KernelSvmBinaryTrainer(new() { Kernel = function, Gamma = 1 }), TestData.Binary(x, Binary)));
            StringAssert.Contains(error.Message, "Normalize");
        }
    }

    private static KernelSvmTrainer.Options Tight(KernelFunction function)
    {
        var options = new KernelSvmTrainer.Options { C = 2, Kernel = function, OptimizationTolerance = 1e-6 };
        return function switch
        {
            KernelFunction.Polynomial => options with { Gamma = 0.2, Coef0 = 1, Degree = 3 },
            KernelFunction.Sigmoid => options with { Gamma = 0.02, Coef0 = 0.1 },
            _ => options,
        };
    }

    private static double PlainScale() => Kernel.ScaleGamma([.. X.SelectMany(r => r.Select(v => (float)v))], X[0].Length);

    // Two rings around each other, with noise.
    private static (double[][] X, bool[] Y) Rings(int n, ulong seed)
    {
        var random = new RandomStream(seed);
        double[][] x = Samples.Gaussian(n, 3, seed + 100);
        return (x, [.. x.Select(r => (r[0] * r[0]) + (r[1] * r[1]) + (0.4 * random.NextGaussian()) > 1.4)]);
    }

    private static double[] Scores(KernelSvmBinaryModelParameters model, double[][] x)
    {
        var scores = new float[x.Length];
        model.Score(TestData.Matrix(x), scores, default);
        return [.. scores.Select(s => (double)s)];
    }
}
