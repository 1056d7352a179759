using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class ProximalGradientTests
{
    private static readonly ProximalGradient.Options Tight = new() { GradientTolerance = 1e-11, MaxIterations = 100_000 };

    // ½ Σ dᵢ (xᵢ − aᵢ)²
    private static ValueAndGradient Separable(double[] a, double[] d) => (x, gradient) =>
    {
        double value = 0;
        for (int i = 0; i < x.Length; i++)
        {
            gradient[i] = d[i] * (x[i] - a[i]);
            value += 0.5 * gradient[i] * (x[i] - a[i]);
        }

        return value;
    };

    private static (ValueAndGradient Loss, Matrix X, double[] Y) LeastSquares(int n, int d)
    {
        var x = TestMatrices.Gaussian(n, d, 1);
        double[] y = TestMatrices.Gaussian(n, 1, 2).Column(0);
        Dense.Axpy(2, x.Column(0), y);
        Dense.Axpy(-1, x.Column(d - 1), y);
        return ((w, gradient) =>
        {
            double[] residual = x * w.ToArray();
            Dense.Axpy(-1, y, residual);
            Dense.MatTVec(x.AsSpan(), n, d, residual, gradient);
            return 0.5 * Dense.Dot(residual, residual);
        }, x, y);
    }

    [TestMethod]
    public void Each_ready_penalty_has_the_minimum_that_is_known()
    {
        double[] a = [3, -2, 0.5, -0.2, 1, 4], d = [1, 2, 1, 4, 0.5, 1];
        void Check(Penalty penalty, params double[] expected)
        {
            var result = ProximalGradient.Minimize(Separable(a, d), penalty, new double[6], Tight);
            Assert.AreEqual(StopReason.GradientTolerance, result.StopReason);
            TestMatrices.AssertEqual(expected, result.Solution, 1e-9);
            Assert.AreEqual(Separable(a, d)(result.Solution, new double[6]) + penalty.Value(result.Solution), result.Value, 1e-12);
        }

        Check(Penalty.None, a);
        Check(Penalty.L1(1), 2, -1.5, 0, 0, 0, 3);
        Check(Penalty.ElasticNet(1, 1), 1, -1, 0, 0, 0, 1.5);
        Check(Penalty.NonNegative, 3, 0, 0.5, 0, 1, 4);
        Check(Penalty.Box(-1, 2), 2, -1, 0.5, -0.2, 1, 2);
    }

    [TestMethod]
    public void A_group_is_0_as_a_whole_or_not_at_all()
    {
        // Without curvatures that differ, a group is shrunk along itself: (1 − λ √|G| / ‖a_G‖) a_G.
        double[] a = [3, 4, 0.3, 0.4, 7], ones = [1, 1, 1, 1, 1];
        var result = ProximalGradient.Minimize(Separable(a, ones), Penalty.Group(1, 2, 2), new double[5], Tight);
        double shrunk = 1 - Math.Sqrt(2) / 5;
        TestMatrices.AssertEqual([3 * shrunk, 4 * shrunk, 0, 0, 7], result.Solution, 1e-9);
        Assert.AreEqual(0, result.Solution[2]);
    }

    [TestMethod]
    public void The_lasso_is_that_of_coordinate_descent()
    {
        var (loss, x, y) = LeastSquares(80, 30);
        foreach (var (l1, l2) in new[] { (10.0, 0.0), (5, 20) })
        {
            var fista = ProximalGradient.Minimize(loss, Penalty.ElasticNet(l1, l2), new double[30], Tight);
            var descent = CoordinateDescent.Minimize(x.Transpose().AsSpan().ToArray(), y, l1, l2, new() { Tolerance = 1e-15 });
            Assert.IsTrue(fista.Converged, fista.StopReason.ToString());
            TestMatrices.AssertEqual(descent.Solution, fista.Solution, 1e-7);
            Assert.AreEqual(descent.Value, fista.Value, 1e-9);
            CollectionAssert.AreEqual(descent.Solution.Select(w => w == 0).ToArray(), fista.Solution.Select(w => w == 0).ToArray());
        }
    }

    [TestMethod]
    public void The_scale_of_the_function_does_not_matter()
    {
        var (loss, _, _) = LeastSquares(80, 30);
        var expected = ProximalGradient.Minimize(loss, Penalty.L1(10), new double[30], Tight);
        foreach (double scale in new[] { Math.ScaleB(1, -30), Math.ScaleB(1, 30) })
        {
            var scaled = ProximalGradient.Minimize(
                (w, gradient) =>
                {
                    double value = scale * loss(w, gradient);
                    Dense.Scale(scale, gradient);
                    return value;
                },
                Penalty.L1(10 * scale),
                new double[30],
                Tight);
            Assert.IsTrue(scaled.Converged, scaled.StopReason.ToString());
            TestMatrices.AssertEqual(expected.Solution, scaled.Solution, 1e-7);
            Assert.IsTrue(scaled.Iterations < 2 * expected.Iterations);
        }
    }

    [TestMethod]
    public void The_Rosenbrock_valley_is_followed_within_a_box()
    {
        static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
        {
            double a = 1 - x[0], b = x[1] - x[0] * x[0];
            (gradient[0], gradient[1]) = (-2 * a - 400 * b * x[0], 200 * b);
            return a * a + 100 * b * b;
        }

        var free = ProximalGradient.Minimize(Rosenbrock, Penalty.None, [-1.2, 1], Tight);
        Assert.IsTrue(free.Converged, free.StopReason.ToString());
        TestMatrices.AssertEqual([1, 1], free.Solution, 1e-6);

        // Below x = ½ the best point lies on the border, with y = x².
        var box = ProximalGradient.Minimize(Rosenbrock, Penalty.Box(-2, 0.5), [-1.2, 0.4], Tight);
        TestMatrices.AssertEqual([0.5, 0.25], box.Solution, 1e-6);
    }

    [TestMethod]
    public void It_says_why_it_stopped_and_is_cancelled()
    {
        var (loss, _, _) = LeastSquares(40, 20);
        Assert.AreEqual(StopReason.IterationLimit, ProximalGradient.Minimize(loss, Penalty.None, new double[20], new() { MaxIterations = 2 }).StopReason);
        Assert.AreEqual(StopReason.ValueTolerance, ProximalGradient.Minimize(loss, Penalty.None, new double[20], new() { ValueTolerance = 0.01 }).StopReason);
        using var source = new CancellationTokenSource();
        Assert.ThrowsExactly<OperationCanceledException>(() => ProximalGradient.Minimize(
            loss, Penalty.L1(1), new double[20], null, (iteration, _) =>
            {
                if (iteration == 3) source.Cancel();
            },
            source.Token));
        Assert.ThrowsExactly<ArgumentException>(() => ProximalGradient.Minimize((_, _) => double.NaN, Penalty.None, [1]));
        Assert.ThrowsExactly<ArgumentException>(() => Penalty.Box(1, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Penalty.L1(-1));
    }
}
