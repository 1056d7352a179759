using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class SdcaTests
{
    private const int N = 60, D = 4;

    private static readonly float[] X = [.. TestMatrices.Gaussian(N, D, 3).AsSpan().ToArray().Select(v => (float)v)];
    private static readonly float[] Numbers = [.. Enumerable.Range(0, N).Select(i => (2 * X[i * D]) - X[(i * D) + 1] + 3 + (0.3f * X[(i * D) + 2] * X[(i * D) + 3]))];
    private static readonly float[] Signs = [.. Enumerable.Range(0, N).Select(i => X[i * D] + (0.5f * X[(i * D) + 1]) + (0.7f * X[(i * D) + 3] * X[(i * D) + 2]) > -0.3f ? 1f : -1f)];
    private static readonly float[] Classes = [.. Enumerable.Range(0, N).Select(i => X[i * D] > 0.4f ? 2f : X[(i * D) + 1] + (0.5f * X[(i * D) + 2]) > 0 ? 1f : 0f)];
    private static readonly float[] Weights = [.. Enumerable.Range(0, N).Select(i => 1f + (i % 3))];
    private static readonly Sdca.Options Tight = new() { L2 = 0.05, Tolerance = 1e-12, MaxIterations = 4000 };

    [TestMethod]
    public void The_squared_loss_ends_at_the_solution_of_the_normal_equations()
    {
        // Σ c (w·x + b − y)² / C + ½ λ ‖w‖²: centred, (Σ c z zᵀ / C + ½ λ I) w = Σ c z (y − ȳ) / C.
        double total = Weights.Sum(c => (double)c), meanY = 0;
        var means = new double[D];
        for (int i = 0; i < N; i++)
        {
            meanY += Weights[i] * Numbers[i] / total;
            for (int j = 0; j < D; j++) means[j] += Weights[i] * X[(i * D) + j] / total;
        }

        var a = new Matrix(D, D);
        var rhs = new double[D];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < D; j++)
            {
                double z = X[(i * D) + j] - means[j];
                rhs[j] += Weights[i] * z * (Numbers[i] - meanY) / total;
                for (int l = 0; l < D; l++) a[j, l] += Weights[i] * z * (X[(i * D) + l] - means[l]) / total;
            }
        }

        for (int j = 0; j < D; j++) a[j, j] += Tight.L2 / 2;
        Assert.IsTrue(Cholesky.TryFactor(a, out var factor));
        double[] expected = [.. rhs];
        factor.SolveInPlace(expected);

        var result = Sdca.Minimize(X, D, Numbers, SdcaLoss.Squared, Tight, new RandomStream(1), Weights);
        Assert.AreEqual(StopReason.DualityGap, result.StopReason);
        for (int j = 0; j < D; j++) Assert.AreEqual(expected[j], result.Solution[j], 1e-5);
        Assert.AreEqual(meanY - Dense.Dot(means, expected), result.Solution[D], 1e-5);
    }

    [TestMethod]
    [DataRow(1.0)]
    [DataRow(0.0)]
    public void The_logistic_loss_ends_at_the_minimum_of_Newtons_method(double biasRate)
    {
        var newton = NewtonCholesky.Minimize(
            (p, gradient, hessian) =>
            {
                var w = p[..D];
                double value = 0.5 * Tight.L2 * Dense.Dot(w, w);
                for (int j = 0; j <= D; j++)
                {
                    double penalty = j < D ? Tight.L2 : biasRate == 0 ? Tight.L2 : 0;
                    value += j == D ? 0.5 * penalty * p[D] * p[D] : 0;
                    gradient[j] = penalty * p[j];
                    if (!hessian.IsEmpty) hessian[j * (D + 2)] = penalty;
                }

                for (int i = 0; i < N; i++)
                {
                    double[] z = [.. X.Skip(i * D).Take(D).Select(v => (double)v), 1];
                    double m = Signs[i] * Dense.Dot(z, p), sigma = Dense.Sigmoid(-m);
                    value += Dense.Softplus(-m) / N;
                    Dense.Axpy(-Signs[i] * sigma / N, z, gradient);
                    for (int j = 0; j <= D && !hessian.IsEmpty; j++) Dense.Axpy(sigma * (1 - sigma) * z[j] / N, z, hessian.Slice(j * (D + 1), D + 1));
                }

                return value;
            },
            new double[D + 1]);

        var result = Sdca.Minimize(X, D, Signs, SdcaLoss.Logistic, Tight with { BiasLearningRate = biasRate }, new RandomStream(1));
        Assert.AreEqual(StopReason.DualityGap, result.StopReason);
        Assert.AreEqual(newton.Value, result.Value, 1e-9);
        for (int j = 0; j <= D; j++) Assert.AreEqual(newton.Solution[j], result.Solution[j], 1e-5);
    }

    public static IEnumerable<object[]> Losses =>
    [
        ["squared", SdcaLoss.Squared], ["absolute", SdcaLoss.Absolute], ["logistic", SdcaLoss.Logistic], ["hinge", SdcaLoss.Hinge],
        ["smoothed hinge", SdcaLoss.SmoothedHinge(0.5)], ["squared hinge", SdcaLoss.SquaredHinge], ["softmax", SdcaLoss.Softmax(3)],
        ["pairwise hinge", SdcaLoss.Pairwise(SdcaLoss.SmoothedHinge(), 3)], ["pairwise logistic", SdcaLoss.Pairwise(SdcaLoss.Logistic, 3)],
    ];

    // The gap is at most what the value can still fall: no point around the solution may be lower by more than it.
    [TestMethod]
    [DynamicData(nameof(Losses))]
    public void No_point_is_below_the_value_by_more_than_the_gap(string name, SdcaLoss loss)
    {
        float[] targets = loss.Outputs > 1 ? Classes : name is "squared" or "absolute" ? Numbers : Signs;
        foreach (double l1 in new[] { 0, 0.02 })
        {
            var options = Tight with { Tolerance = 1e-4, L1 = l1, MaxIterations = 3000 };
            var result = Sdca.Minimize(X, D, targets, loss, options, new RandomStream(2), Weights);
            Assert.AreEqual(StopReason.DualityGap, result.StopReason, name);
            Assert.AreEqual(Objective(loss, targets, result.Solution, options), result.Value, 1e-12 * (1 + result.Value), name);
            var random = new RandomStream(5);
            for (int trial = 0; trial < 300; trial++)
            {
                double size = Math.Pow(10, -3 * random.NextDouble());
                double[] other = [.. result.Solution.Select(p => p + (size * random.NextGaussian()))];
                Assert.IsGreaterThanOrEqualTo(result.Value - result.DualityGap, Objective(loss, targets, other, options), name);
            }

            Assert.AreEqual(result.Iterations + 1, result.LossCurve.Count);
            Assert.IsLessThan(result.LossCurve[0], result.Value, name);
        }
    }

    [TestMethod]
    public void The_softmax_of_two_classes_is_the_logistic_loss()
    {
        float[] classes = [.. Signs.Select(s => s > 0 ? 1f : 0f)];

        // Weights ±w / 2 have half of the square of w.
        var two = Sdca.Minimize(X, D, classes, SdcaLoss.Softmax(2), Tight with { Tolerance = 1e-10 }, new RandomStream(1));
        var one = Sdca.Minimize(X, D, Signs, SdcaLoss.Logistic, Tight with { L2 = Tight.L2 / 2 }, new RandomStream(1));
        Assert.AreEqual(one.Value, two.Value, 1e-8);
        for (int j = 0; j < D; j++) Assert.AreEqual(one.Solution[j], two.Solution[D + j] - two.Solution[j], 1e-3);
    }

    [TestMethod]
    public void Sparse_rows_give_what_dense_rows_give_and_a_large_L1_penalty_zeros()
    {
        float[] holes = [.. X.Select(v => Math.Abs(v) < 0.5f ? 0 : v)];
        var options = Tight with { L1 = 0.05, Tolerance = 1e-9 };
        var dense = Sdca.Minimize(holes, D, Signs, SdcaLoss.SmoothedHinge(), options, new RandomStream(1), Weights);
        var sparse = Sdca.Minimize(CsrMatrix.FromDense(holes, N, D), Signs, SdcaLoss.SmoothedHinge(), options, new RandomStream(1), Weights);
        for (int j = 0; j <= D; j++) Assert.AreEqual(dense.Solution[j], sparse.Solution[j], 1e-6);
        var none = Sdca.Minimize(holes, D, Signs, SdcaLoss.SmoothedHinge(), options with { L1 = 10 });
        Assert.IsTrue(none.Solution[..D].All(w => w == 0));
    }

    [TestMethod]
    public void The_result_is_a_function_of_the_seed_and_the_limit_of_passes_holds()
    {
        var options = Tight with { MaxIterations = 3 };
        var first = Sdca.Minimize(X, D, Signs, SdcaLoss.Hinge, options, new RandomStream(1));
        var again = Sdca.Minimize(X, D, Signs, SdcaLoss.Hinge, options, new RandomStream(1));
        CollectionAssert.AreEqual(first.Solution, again.Solution);
        Assert.AreEqual(StopReason.IterationLimit, first.StopReason);
        Assert.AreEqual(3, first.Iterations);
        Assert.IsGreaterThan(0, first.DualityGap);
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Sdca.Minimize(
            X, D, Signs, SdcaLoss.Hinge, options, iterationCompleted: (_, _) => source.Cancel(), cancellationToken: source.Token));
    }

    [TestMethod]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Sdca.Minimize(X, D, Signs.AsSpan(1), SdcaLoss.Hinge));
        Assert.Throws<ArgumentException>(() => Sdca.Minimize(X, D, Signs, SdcaLoss.Hinge, new() { L2 = 0 }));
        Assert.Throws<ArgumentException>(() => Sdca.Minimize(X, D, Signs, SdcaLoss.Hinge, new() { BiasLearningRate = 1.5 }));
        Assert.Throws<ArgumentException>(() => Sdca.Minimize(X, D, Signs, SdcaLoss.Softmax(3)));
        Assert.Throws<ArgumentException>(() => Sdca.Minimize(X, D, Signs, SdcaLoss.Hinge, weights: new float[N]));
        Assert.Throws<ArgumentException>(() => SdcaLoss.Pairwise(SdcaLoss.Squared, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => SdcaLoss.SmoothedHinge(0));
    }

    private static double Objective(SdcaLoss loss, float[] targets, double[] solution, Sdca.Options options)
    {
        int k = loss.Outputs;
        double sum = 0, total = 0;
        var scores = new double[k];
        for (int i = 0; i < N; i++)
        {
            for (int c = 0; c < k; c++) scores[c] = Dense.Dot(X.AsSpan(i * D, D), solution.AsSpan(c * D, D)) + solution[(k * D) + c];
            sum += Weights[i] * loss.Value(targets[i], scores);
            total += Weights[i];
        }

        double[] w = solution[..(k * D)];
        return (sum / total) + (0.5 * options.L2 * Dense.Dot(w, w)) + (options.L1 * w.Sum(Math.Abs));
    }
}
