using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class NewtonCholeskyTests
{
    private static readonly NewtonCholesky.Options Tight = new() { GradientTolerance = 1e-12, ValueTolerance = 0 };

    // Counts how often each kind of evaluation was asked for.
    private sealed class Rosenbrock
    {
        public int Evaluations { get; private set; }

        public int Hessians { get; private set; }

        public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient, Span<double> hessian)
        {
            Evaluations++;
            Hessians += hessian.IsEmpty ? 0 : 1;
            int n = x.Length;
            double value = 0;
            for (int i = 0; i + 1 < n; i++)
            {
                double a = 1 - x[i], b = x[i + 1] - x[i] * x[i];
                value += a * a + 100 * b * b;
                gradient[i] += -2 * a - 400 * b * x[i];
                gradient[i + 1] += 200 * b;
                if (hessian.IsEmpty) continue;
                hessian[i * n + i] += 2 - 400 * b + 800 * x[i] * x[i];
                hessian[(i + 1) * n + i] += -400 * x[i];
                hessian[(i + 1) * n + i + 1] += 200;
            }

            return value;
        }
    }

    [TestMethod]
    public void A_quadratic_is_solved_in_one_step()
    {
        const int n = 40;
        var x = TestMatrices.Gaussian(2 * n, n, 1);
        var a = x.Transpose() * x + Matrix.Identity(n);
        double[] b = TestMatrices.Gaussian(n, 1, 2).Column(0);
        var result = NewtonCholesky.Minimize(
            (p, gradient, hessian) =>
            {
                (a * p.ToArray()).CopyTo(gradient);
                double value = 0.5 * Dense.Dot(p, gradient) - Dense.Dot(b, p);
                Dense.Axpy(-1, b, gradient);
                if (!hessian.IsEmpty) a.AsSpan().CopyTo(hessian);
                return value;
            },
            new double[n]);
        Assert.AreEqual((StopReason.GradientTolerance, 1), (result.StopReason, result.Iterations));
        TestMatrices.AssertEqual(a.Solve(b), result.Solution, 1e-10);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(10)]
    [DataRow(60)]
    public void The_Rosenbrock_valley_is_followed_to_its_end(int n)
    {
        // In many dimensions the function has a second minimum near (−1, 1, 1, …), where the customary start would lead.
        double[] start = n == 2 ? [-1.2, 1] : new double[n];
        var function = new Rosenbrock();
        var result = NewtonCholesky.Minimize(function.Evaluate, start, Tight);

        Assert.IsTrue(result.Converged, result.StopReason.ToString());
        TestMatrices.AssertEqual([.. Enumerable.Repeat(1.0, n)], result.Solution, 1e-9);
        Assert.AreEqual(function.Evaluations, result.Evaluations);
        Assert.IsTrue(function.Hessians <= 2 * result.Iterations, $"{function.Hessians} Hessians in {result.Iterations} iterations");
        for (int i = 1; i < result.LossCurve.Count; i++) Assert.IsTrue(result.LossCurve[i] <= result.LossCurve[i - 1] * (1 + 1e-15));
    }

    // Mean logistic loss and data of make_reference.py.
    [TestMethod]
    public void Logistic_regression_agrees_with_SciPy_and_converges_quadratically()
    {
        Matrix features = TestMatrices.Wave(40, 5, 2.3, 1.1), noise = TestMatrices.Wave(40, 1, 0.7, 0);
        double[][] rows = [.. features.Select(row => (double[])[.. row, 1])];
        double[] labels = [.. rows.Select((row, i) => noise[i, 0] + 0.5 * row[0] - 0.3 * row[3] > 0 ? 1.0 : -1.0)];
        int withoutHessian = 0;
        var result = NewtonCholesky.Minimize(
            (w, gradient, hessian) =>
            {
                withoutHessian += hessian.IsEmpty ? 1 : 0;
                double loss = 0;
                for (int i = 0; i < rows.Length; i++)
                {
                    double margin = labels[i] * Dense.Dot(rows[i], w), p = Dense.Sigmoid(-margin);
                    loss -= Dense.LogSigmoid(margin) / rows.Length;
                    Dense.Axpy(-labels[i] * p / rows.Length, rows[i], gradient);
                    for (int j = 0; j < 6 && !hessian.IsEmpty; j++)
                        Dense.Axpy(p * (1 - p) / rows.Length * rows[i][j], rows[i], hessian.Slice(6 * j, 6));
                }

                for (int j = 0; j < 5; j++)
                {
                    loss += 0.005 * w[j] * w[j];
                    gradient[j] += 0.01 * w[j];
                    if (!hessian.IsEmpty) hessian[7 * j] += 0.01;
                }

                return loss;
            },
            new double[6],
            Tight);
        Assert.IsTrue(result.Converged);
        Assert.IsTrue(result.Iterations <= 8, $"{result.Iterations} iterations");
        Assert.AreEqual(1, withoutHessian, "The Hessian of the last point is not needed, and all others are.");
        TestMatrices.AssertEqual(ReferenceFigures.Vector("logistic"), result.Solution, 1e-9);
    }

    // f = x⁴/4 - x²/2 + y²/2 has a saddle at 0 and minima at (±1, 0); near the saddle the Hessian is indefinite.
    [TestMethod]
    public void An_indefinite_Hessian_still_gives_a_direction_of_descent()
    {
        var result = NewtonCholesky.Minimize(
            (x, gradient, hessian) =>
            {
                (gradient[0], gradient[1]) = (x[0] * x[0] * x[0] - x[0], x[1]);
                if (!hessian.IsEmpty) (hessian[0], hessian[3]) = (3 * x[0] * x[0] - 1, 1);
                return 0.25 * x[0] * x[0] * x[0] * x[0] - 0.5 * x[0] * x[0] + 0.5 * x[1] * x[1];
            },
            [0.01, 2],
            Tight);
        Assert.IsTrue(result.Converged, result.StopReason.ToString());
        TestMatrices.AssertEqual([1, 0], result.Solution, 1e-9);
    }

    [TestMethod]
    public void A_singular_Hessian_and_a_flat_one_are_got_over()
    {
        // (x + y - 2)²: every point of a line is a minimum.
        var line = NewtonCholesky.Minimize(
            (x, gradient, hessian) =>
            {
                double r = x[0] + x[1] - 2;
                gradient.Fill(2 * r);
                hessian.Fill(2);
                return r * r;
            },
            [5, -1],
            new NewtonCholesky.Options { GradientTolerance = 1e-8 });
        Assert.IsTrue(line.Converged, line.StopReason.ToString());
        Assert.AreEqual(2, line.Solution.Sum(), 1e-7);
        Assert.AreEqual(6, line.Solution[0] - line.Solution[1], 1e-6, "Nothing leads along the line.");

        // A wrong Hessian of zeros leaves steepest descent.
        var flat = NewtonCholesky.Minimize(
            (x, gradient, _) =>
            {
                gradient[0] = 2 * (x[0] - 3);
                return (x[0] - 3) * (x[0] - 3);
            },
            [0],
            Tight);
        Assert.IsTrue(flat.Converged, flat.StopReason.ToString());
        Assert.AreEqual(3, flat.Solution[0], 1e-9);
    }

    [TestMethod]
    public void Each_way_to_stop_is_told()
    {
        OptimizationResult From(NewtonCholesky.Options options) => NewtonCholesky.Minimize(new Rosenbrock().Evaluate, [-1.2, 1], options);

        Assert.AreEqual(StopReason.IterationLimit, From(new() { MaxIterations = 3 }).StopReason);
        Assert.AreEqual(0, From(new() { MaxIterations = 0 }).Iterations);
        Assert.AreEqual(StopReason.GradientTolerance, From(new() { AbsoluteGradientTolerance = 10, ValueTolerance = 0 }).StopReason);
        Assert.IsTrue(From(new() { AbsoluteGradientTolerance = 10 }).GradientNorm is > 1e-3 and <= 10);
        Assert.AreEqual(StopReason.ValueTolerance, From(new() { ValueTolerance = 0.5, GradientTolerance = 0 }).StopReason);
        Assert.AreEqual(StopReason.LineSearchFailed, NewtonCholesky.Minimize(
            (x, gradient, hessian) =>
            {
                gradient[0] = -2 * x[0];
                if (!hessian.IsEmpty) hessian[0] = 2;
                return x[0] * x[0];
            },
            [3]).StopReason);
    }

    [TestMethod]
    public void Cancellation_callbacks_and_bad_input()
    {
        using var source = new CancellationTokenSource();
        var heard = new List<double>();
        Assert.ThrowsExactly<OperationCanceledException>(() => NewtonCholesky.Minimize(
            new Rosenbrock().Evaluate,
            [-1.2, 1],
            iterationCompleted: (iteration, loss) =>
            {
                heard.Add(loss);
                if (iteration == 3) source.Cancel();
            },
            cancellationToken: source.Token));
        Assert.HasCount(3, heard);

        Assert.ThrowsExactly<ArgumentException>(() => NewtonCholesky.Minimize(new Rosenbrock().Evaluate, [1, double.NaN]));
        Assert.ThrowsExactly<ArgumentException>(() => NewtonCholesky.Minimize((_, _, _) => double.NaN, [1]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => NewtonCholesky.Minimize(new Rosenbrock().Evaluate, [1, 1], new() { AbsoluteGradientTolerance = -1 }));
    }
}
