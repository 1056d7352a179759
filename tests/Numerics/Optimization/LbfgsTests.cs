using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class LbfgsTests
{
    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double value = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double a = 1 - x[i], b = x[i + 1] - x[i] * x[i];
            value += a * a + 100 * b * b;
            gradient[i] += -2 * a - 400 * b * x[i];
            gradient[i + 1] += 200 * b;
        }

        return value;
    }

    /// <summary>The logistic loss and data of make_reference.py.</summary>
    private static ValueAndGradient Logistic()
    {
        Matrix features = TestMatrices.Wave(40, 5, 2.3, 1.1), noise = TestMatrices.Wave(40, 1, 0.7, 0);
        var rows = features.Select(row => (double[])[.. row, 1]).ToArray();
        double[] labels = [.. rows.Select((row, i) => noise[i, 0] + 0.5 * row[0] - 0.3 * row[3] > 0 ? 1.0 : -1.0)];
        return (w, gradient) =>
        {
            double loss = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                double margin = labels[i] * Dense.Dot(rows[i], w);
                loss -= Dense.LogSigmoid(margin) / rows.Length;
                Dense.Axpy(-labels[i] * Dense.Sigmoid(-margin) / rows.Length, rows[i], gradient);
            }

            loss += 0.5 * 0.01 * Dense.Dot(w[..^1], w[..^1]);
            Dense.Axpy(0.01, w[..^1], gradient[..^1]);
            return loss;
        };
    }

    [TestMethod]
    public void A_quadratic_is_solved_like_the_linear_system_that_it_is()
    {
        const int n = 60;
        var x = TestMatrices.Gaussian(2 * n, n, 1);
        var a = x.Transpose() * x + Matrix.Identity(n);
        double[] b = TestMatrices.Gaussian(n, 1, 2).Column(0);
        double Quadratic(ReadOnlySpan<double> p, Span<double> gradient)
        {
            (a * p.ToArray()).CopyTo(gradient);
            double value = 0.5 * Dense.Dot(p, gradient) - Dense.Dot(b, p);
            Dense.Axpy(-1, b, gradient);
            return value;
        }

        var result = Lbfgs.Minimize(Quadratic, new double[n], new Lbfgs.Options { GradientTolerance = 1e-10, ValueTolerance = 0 });
        Assert.IsTrue(result.Converged);
        TestMatrices.AssertEqual(a.Solve(b), result.Solution, 1e-9);
    }

    [TestMethod]
    [DataRow(2, 1)]
    [DataRow(2, 20)]
    [DataRow(10, 5)]
    [DataRow(100, 20)]
    public void The_Rosenbrock_valley_is_followed_to_its_end(int n, int history)
    {
        var start = new double[n];
        for (int i = 0; i < n; i++) start[i] = i % 2 == 0 ? -1.2 : 1;
        var result = Lbfgs.Minimize(Rosenbrock, start, new Lbfgs.Options { History = history, GradientTolerance = 1e-10 });

        Assert.IsTrue(result.Converged, result.StopReason.ToString());
        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        TestMatrices.AssertEqual(ones, result.Solution, 1e-7);
        Assert.IsTrue(result.Evaluations < 3 * result.Iterations, $"{result.Evaluations} evaluations in {result.Iterations} iterations");
    }

    [TestMethod]
    public void Logistic_regression_agrees_with_SciPy()
    {
        var result = Lbfgs.Minimize(Logistic(), new double[6], new Lbfgs.Options { GradientTolerance = 1e-11, ValueTolerance = 0 });
        Assert.IsTrue(result.Converged);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("logistic"), result.Solution, 1e-9);
    }

    [TestMethod]
    public void The_loss_curve_and_the_callback_tell_the_same_story()
    {
        var heard = new List<double>();
        var result = Lbfgs.Minimize(Logistic(), new double[6], iterationCompleted: (iteration, loss) =>
        {
            heard.Add(loss);
            Assert.HasCount(iteration, heard);
        });

        Assert.AreEqual(Math.Log(2), result.LossCurve[0], 1e-15);
        CollectionAssert.AreEqual(result.LossCurve.Skip(1).ToArray(), heard);
        Assert.HasCount(result.Iterations, heard);
        Assert.AreEqual(result.Value, heard[^1]);
        for (int i = 1; i < result.LossCurve.Count; i++) Assert.IsTrue(result.LossCurve[i] <= result.LossCurve[i - 1] * (1 + 1e-15));
    }

    [TestMethod]
    public void The_result_does_not_depend_on_the_scale_of_the_function()
    {
        var logistic = Logistic();
        var expected = Lbfgs.Minimize(logistic, new double[6]);
        foreach (double scale in new[] { Math.ScaleB(1, -40), Math.ScaleB(1, 40) })
        {
            var scaled = Lbfgs.Minimize(
                (w, gradient) =>
                {
                    double value = scale * logistic(w, gradient);
                    Dense.Scale(scale, gradient);
                    return value;
                },
                new double[6]);
            Assert.AreEqual(expected.Iterations, scaled.Iterations);
            TestMatrices.AssertEqual(expected.Solution, scaled.Solution, 1e-9);
        }
    }

    [TestMethod]
    public void Starting_at_the_minimum_stays_there()
    {
        var logistic = Logistic();
        var tight = new Lbfgs.Options { GradientTolerance = 1e-12, ValueTolerance = 0 };
        double[] minimum = Lbfgs.Minimize(logistic, new double[6], tight).Solution;
        var again = Lbfgs.Minimize(logistic, minimum);
        Assert.IsTrue(again.Converged);
        Assert.IsTrue(again.Iterations <= 2);
        TestMatrices.AssertEqual(minimum, again.Solution, 1e-8);

        var flat = Lbfgs.Minimize((_, _) => 3, [1, 2]);
        Assert.AreEqual((StopReason.GradientTolerance, 0, 3), (flat.StopReason, flat.Iterations, flat.Value));
        Assert.IsTrue(Lbfgs.Minimize((_, _) => 0, []).Converged);
    }

    // F = ½ (x - a)ᵀ D (x - a) + Σ c |x| separates: xᵢ = soft(aᵢ, cᵢ / dᵢ).
    [TestMethod]
    public void OWLQN_finds_the_soft_threshold_of_a_separable_quadratic()
    {
        double[] a = [3, -2, 0.5, -0.2, 1, 0], d = [1, 2, 1, 4, 0.5, 1], c = [1, 1, 1, 1, 0, 0.5];
        var result = Lbfgs.Minimize(
            (x, gradient) =>
            {
                double value = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    gradient[i] = d[i] * (x[i] - a[i]);
                    value += 0.5 * gradient[i] * (x[i] - a[i]);
                }

                return value;
            },
            new double[6],
            new Lbfgs.Options { GradientTolerance = 1e-12, ValueTolerance = 0 },
            c);
        Assert.IsTrue(result.Converged);
        TestMatrices.AssertEqual([2, -1.5, 0, 0, 1, 0], result.Solution, 1e-10);
        Assert.AreEqual(0, result.Solution[2]);
        Assert.AreEqual(0, result.Solution[3]);
    }

    // The same with x ≥ 0: xᵢ = max(0, aᵢ - cᵢ / dᵢ). The last but one is not bound.
    [TestMethod]
    public void Bounds_are_kept_with_and_without_a_penalty()
    {
        double[] a = [3, -2, 0.5, 0.2, -1, 0], d = [1, 2, 1, 4, 0.5, 1], c = [1, 1, 1, 0, 0, 0.5];
        bool[] bound = [true, true, true, true, false, true];
        double Quadratic(ReadOnlySpan<double> x, Span<double> gradient)
        {
            double value = 0;
            for (int i = 0; i < x.Length; i++)
            {
                gradient[i] = d[i] * (x[i] - a[i]);
                value += 0.5 * gradient[i] * (x[i] - a[i]);
            }

            return value;
        }

        var tight = new Lbfgs.Options { GradientTolerance = 1e-12, ValueTolerance = 0 };
        var penalised = Lbfgs.Minimize(Quadratic, new double[6], tight, c, bound);
        Assert.IsTrue(penalised.Converged);
        TestMatrices.AssertEqual([2, 0, 0, 0.2, -1, 0], penalised.Solution, 1e-10);
        Assert.AreEqual(0, penalised.Solution[1]);

        var free = Lbfgs.Minimize(Quadratic, [0, 5, 0, 0, 0, 0], tight, nonNegative: bound);
        Assert.IsTrue(free.Converged);
        TestMatrices.AssertEqual([3, 0, 0.5, 0.2, -1, 0], free.Solution, 1e-10);

        Assert.ThrowsExactly<ArgumentException>(() => Lbfgs.Minimize(Quadratic, [0, -1, 0, 0, 0, 0], nonNegative: bound));
        Assert.ThrowsExactly<ArgumentException>(() => Lbfgs.Minimize(Quadratic, new double[6], nonNegative: [true]));
    }

    [TestMethod]
    public void OWLQN_agrees_with_SciPy_and_satisfies_the_optimality_conditions()
    {
        var logistic = Logistic();
        double[] c = [0.05, 0.05, 0.05, 0.05, 0.05, 0];
        var result = Lbfgs.Minimize(logistic, new double[6], new Lbfgs.Options { GradientTolerance = 1e-10, ValueTolerance = 0 }, c);
        Assert.IsTrue(result.Converged, result.StopReason.ToString());
        double[] x = result.Solution;
        TestMatrices.AssertEqual(ReferenceFigures.Vector("logisticL1"), x, 1e-8);

        // Karush, Kuhn and Tucker: ∇f = -c sign(x) where x ≠ 0, |∇f| ≤ c where x = 0; and exact zeros, not small numbers.
        var gradient = new double[6];
        double smooth = logistic(x, gradient);
        for (int i = 0; i < 6; i++)
        {
            if (x[i] != 0) Assert.AreEqual(-c[i] * Math.Sign(x[i]), gradient[i], 1e-9);
            else Assert.IsTrue(Math.Abs(gradient[i]) <= c[i]);
        }

        Assert.AreEqual(3, x.Count(v => v == 0));
        Assert.AreEqual(smooth + x.Zip(c, (v, weight) => weight * Math.Abs(v)).Sum(), result.Value, 1e-15);
    }

    // Half the squared error plus the penalty of 8 on 40 variables, of which 5 matter: the conditions of the lasso.
    [TestMethod]
    public void OWLQN_solves_the_lasso_to_its_optimality_conditions()
    {
        var x = TestMatrices.Gaussian(100, 40, 1);
        var truth = new double[40];
        for (int j = 0; j < 5; j++) truth[8 * j] = j - 2.5;
        double[] y = x * truth;
        Dense.Axpy(0.5, TestMatrices.Gaussian(100, 1, 2).Column(0), y);
        double Loss(ReadOnlySpan<double> w, Span<double> gradient)
        {
            double[] residual = x * w.ToArray();
            Dense.Axpy(-1, y, residual);
            Dense.MatTVec(x.AsSpan(), 100, 40, residual, gradient);
            return 0.5 * Dense.Dot(residual, residual);
        }

        double[] weights = [.. Enumerable.Repeat(8.0, 40)];
        var result = Lbfgs.Minimize(Loss, new double[40], new Lbfgs.Options { GradientTolerance = 1e-9, ValueTolerance = 0 }, weights);
        Assert.IsTrue(result.Converged, result.StopReason.ToString());
        var slopes = new double[40];
        Loss(result.Solution, slopes);
        for (int j = 0; j < 40; j++)
        {
            if (result.Solution[j] != 0) Assert.AreEqual(-8 * Math.Sign(result.Solution[j]), slopes[j], 1e-6);
            else Assert.IsTrue(Math.Abs(slopes[j]) <= 8);
            if (truth[j] != 0) Assert.AreEqual(truth[j], result.Solution[j], 0.3);
        }

        Assert.IsTrue(result.Solution.Count(w => w == 0) > 20);
    }

    [TestMethod]
    public void OWLQN_with_zero_weights_is_the_unpenalised_problem_and_with_large_ones_keeps_zero()
    {
        var options = new Lbfgs.Options { GradientTolerance = 1e-9, ValueTolerance = 0 };
        var none = Lbfgs.Minimize(Logistic(), new double[6], options, new double[6]);
        TestMatrices.AssertEqual(ReferenceFigures.Vector("logistic"), none.Solution, 1e-7);

        var strong = Lbfgs.Minimize(Logistic(), [1, -1, 1, -1, 1, 0], options, [10, 10, 10, 10, 10, 0]);
        TestMatrices.AssertEqual(new double[5], strong.Solution.AsSpan(0, 5), 0);
        Assert.IsTrue(strong.Converged);
    }

    [TestMethod]
    public void Regions_where_the_function_is_not_finite_are_backed_out_of()
    {
        // x - log x, minimal at 1; undefined below 0, where a first step of length 1 from 0.01 with slope -99 might well lead.
        static double Barrier(ReadOnlySpan<double> x, Span<double> gradient)
        {
            gradient[0] = 1 - 1 / x[0];
            return x[0] - Math.Log(x[0]);
        }

        var options = new Lbfgs.Options { GradientTolerance = 1e-10, ValueTolerance = 0 };
        foreach (double start in new[] { 0.01, 1.5, 30 })
            Assert.AreEqual(1, Lbfgs.Minimize(Barrier, [start], options).Solution[0], 1e-8);
    }

    [TestMethod]
    public void A_wrong_gradient_is_reported_and_not_called_converged()
    {
        var result = Lbfgs.Minimize(
            (x, gradient) =>
            {
                gradient[0] = -2 * x[0];
                return x[0] * x[0];
            },
            [3]);
        Assert.AreEqual(StopReason.LineSearchFailed, result.StopReason);
        Assert.IsFalse(result.Converged);
        Assert.AreEqual(3, result.Solution[0]);
    }

    [TestMethod]
    public void Iterations_are_limited()
    {
        var result = Lbfgs.Minimize(Rosenbrock, [-1.2, 1], new Lbfgs.Options { MaxIterations = 5 });
        Assert.AreEqual((StopReason.IterationLimit, 5, false), (result.StopReason, result.Iterations, result.Converged));
        Assert.AreEqual(0, Lbfgs.Minimize(Rosenbrock, [-1.2, 1], new Lbfgs.Options { MaxIterations = 0 }).Iterations);
    }

    [TestMethod]
    public void Cancellation_and_exceptions_of_the_callback_surface()
    {
        using var source = new CancellationTokenSource();
        void CancelAtThree(int iteration, double loss)
        {
            if (iteration == 3) source.Cancel();
        }

        Assert.ThrowsExactly<OperationCanceledException>(() => Lbfgs.Minimize(
            Rosenbrock, [-1.2, 1], iterationCompleted: CancelAtThree, cancellationToken: source.Token));
        Assert.ThrowsExactly<InvalidOperationException>(() => Lbfgs.Minimize(
            Rosenbrock, [-1.2, 1], iterationCompleted: (_, _) => throw new InvalidOperationException()));
    }

    [TestMethod]
    public void Bad_input_is_named()
    {
        void Throws<T>(string message, Action action)
            where T : Exception => StringAssert.Contains(Assert.ThrowsExactly<T>(action).Message, message);

        Throws<ArgumentException>("Element 1 of the start is NaN", () => Lbfgs.Minimize(Rosenbrock, [1, double.NaN]));
        Throws<ArgumentException>("not finite at the start", () => Lbfgs.Minimize((_, _) => double.NaN, [1]));
        Throws<ArgumentException>("L1 weight 1 is -1", () => Lbfgs.Minimize(Rosenbrock, [1, 1], null, [0, -1]));
        Throws<ArgumentException>("3 L1 weights for 2 variables", () => Lbfgs.Minimize(Rosenbrock, [1, 1], null, [0, 0, 0]));
        Throws<ArgumentOutOfRangeException>("History", () => Lbfgs.Minimize(Rosenbrock, [1, 1], new Lbfgs.Options { History = 0 }));
        Throws<ArgumentOutOfRangeException>(
            "GradientTolerance", () => Lbfgs.Minimize(Rosenbrock, [1, 1], new Lbfgs.Options { GradientTolerance = double.NaN }));
    }
}
