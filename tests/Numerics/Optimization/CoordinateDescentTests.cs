using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class CoordinateDescentTests
{
    private static readonly CoordinateDescent.Options Tight = new() { Tolerance = 1e-15, MaxIterations = 100_000 };

    private static (double[] Features, double[] Y, Matrix Gram, double[] Products) Problem(int n, int d)
    {
        var x = TestMatrices.Gaussian(n, d, 1);
        double[] y = TestMatrices.Gaussian(n, 1, 2).Column(0);
        Dense.Axpy(2, x.Column(0), y);
        Dense.Axpy(-1, x.Column(d / 2), y);
        var transposed = x.Transpose();
        return (transposed.AsSpan().ToArray(), y, transposed * x, transposed * y);
    }

    [TestMethod]
    [DataRow(60, 20, 5.0, 0.0, false)]
    [DataRow(60, 20, 5.0, 3.0, false)]
    [DataRow(60, 20, 2.0, 1.0, true)]
    [DataRow(15, 40, 4.0, 0.5, false)]
    [DataRow(60, 20, 0.0, 3.0, false)]
    public void Both_forms_satisfy_the_optimality_conditions(int n, int d, double l1, double l2, bool nonNegative)
    {
        var (features, y, gram, products) = Problem(n, d);
        var options = Tight with { NonNegative = nonNegative };
        var rows = CoordinateDescent.Minimize(features, y, l1, l2, options);
        var moments = CoordinateDescent.MinimizeGram(gram.AsSpan().ToArray(), products, Dense.Dot(y, y), l1, l2, options);
        TestMatrices.AssertEqual(rows.Solution, moments.Solution, 1e-6);
        foreach (var result in new[] { rows, moments })
        {
            Assert.AreEqual(StopReason.DualityGap, result.StopReason);
            Assert.IsTrue(result.DualityGap <= 1e-15 * Dense.Dot(y, y));
            double[] slopes = gram * result.Solution;
            for (int j = 0; j < d; j++)
            {
                double w = result.Solution[j], downhill = products[j] - slopes[j] - l2 * w;
                if (w != 0) Assert.AreEqual(l1 * Math.Sign(w), downhill, 1e-5);
                else Assert.IsTrue((nonNegative ? downhill : Math.Abs(downhill)) <= l1 + 1e-5);
                Assert.IsTrue(!nonNegative || w >= 0);
            }
        }
    }

    [TestMethod]
    public void The_gap_bounds_the_distance_to_the_minimum_and_the_value_never_rises()
    {
        var (features, y, _, _) = Problem(60, 20);
        double best = CoordinateDescent.Minimize(features, y, 5, 1, Tight).Value;
        foreach (double tolerance in new[] { 0.3, 0.01, 1e-5 })
        {
            var result = CoordinateDescent.Minimize(features, y, 5, 1, new() { Tolerance = tolerance });
            Assert.IsTrue(result.Converged);
            Assert.IsTrue(result.Value - best <= result.DualityGap + 1e-12);
            for (int i = 1; i < result.LossCurve.Count; i++) Assert.IsTrue(result.LossCurve[i] <= result.LossCurve[i - 1] * (1 + 1e-15));
        }
    }

    [TestMethod]
    public void A_warm_start_near_the_solution_takes_fewer_sweeps_to_the_same_one()
    {
        var (_, y, gram, products) = Problem(60, 20);
        OptimizationResult From(double l1, ReadOnlySpan<double> start) =>
            CoordinateDescent.MinimizeGram(gram.AsSpan().ToArray(), products, Dense.Dot(y, y), l1, 0, Tight, start);
        var near = From(5.1, []);
        var (cold, warm) = (From(5, []), From(5, near.Solution));
        TestMatrices.AssertEqual(cold.Solution, warm.Solution, 1e-6);
        Assert.IsTrue(warm.Iterations < cold.Iterations);
        Assert.AreEqual(0, From(5, cold.Solution).Iterations);
    }

    // At λ₁ = ‖Xᵀy‖∞ nothing is worth its penalty.
    [TestMethod]
    public void A_large_penalty_leaves_zeros_and_none_leaves_least_squares()
    {
        var (features, y, gram, products) = Problem(60, 20);
        var none = CoordinateDescent.Minimize(features, y, Dense.NormInfinity(products), 0);
        Assert.AreEqual((StopReason.DualityGap, 0), (none.StopReason, none.Iterations));
        Assert.IsTrue(none.Solution.All(w => w == 0));
        var least = CoordinateDescent.MinimizeGram(gram.AsSpan().ToArray(), products, Dense.Dot(y, y), 0, 0, Tight);
        TestMatrices.AssertEqual(gram.Solve(products), least.Solution, 1e-9);
        Assert.IsTrue(least.Converged);
    }

    [TestMethod]
    public void Features_of_zeros_and_no_target_give_zeros()
    {
        Assert.AreEqual(0, CoordinateDescent.Minimize(new double[6], new double[] { 1, 2, 3 }, 1, 0, start: [5, 6]).Solution[1]);
        var result = CoordinateDescent.Minimize(Problem(10, 3).Features, new double[10], 1, 0);
        Assert.IsTrue(result.Converged && result.Solution.All(w => w == 0));
    }

    [TestMethod]
    public void Limits_cancellation_and_bad_input()
    {
        var (features, y, gram, products) = Problem(60, 20);
        var limited = CoordinateDescent.Minimize(features, y, 1, 0, Tight with { MaxIterations = 2 });
        Assert.AreEqual((StopReason.IterationLimit, 2, false), (limited.StopReason, limited.Iterations, limited.Converged));
        Assert.HasCount(3, limited.LossCurve);
        Assert.IsFalse(double.IsNaN(limited.DualityGap));
        using var source = new CancellationTokenSource();
        Assert.ThrowsExactly<OperationCanceledException>(() => CoordinateDescent.Minimize(
            features, y, 1, 0, Tight, default, (sweep, _) =>
            {
                if (sweep == 2) source.Cancel();
            },
            source.Token));
        Assert.ThrowsExactly<ArgumentException>(() => CoordinateDescent.Minimize(features.AsMemory(1), y, 1, 0));
        Assert.ThrowsExactly<ArgumentException>(() => CoordinateDescent.MinimizeGram(gram.AsSpan().ToArray(), products.AsMemory(1), 1, 1, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => CoordinateDescent.Minimize(features, y, -1, 0));
        Assert.ThrowsExactly<ArgumentException>(() => CoordinateDescent.Minimize(features, y, 1, 0, Tight with { NonNegative = true }, [-1, .. new double[19]]));
    }
}
