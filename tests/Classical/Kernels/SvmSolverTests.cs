using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class SvmSolverTests
{
    // Fewer rows than one working set, about as many, and several working sets; classes, numbers and one class.
    [TestMethod]
    [DataRow(40, "classes", 1.0)]
    [DataRow(513, "classes", 1.0)]
    [DataRow(1400, "classes", 20.0)]
    [DataRow(40, "numbers", 1.0)]
    [DataRow(900, "numbers", 5.0)]
    [DataRow(40, "one", 1.0)]
    [DataRow(1100, "one", 1.0)]
    public void The_conditions_of_optimality_hold(int n, string kind, double c)
    {
        var problem = Problem(n, kind, c, 11);
        foreach (double tolerance in new[] { 1e-3, 1e-5 })
        {
            var solution = SvmSolver.Solve(problem, Settings(tolerance), FitContext.Default);
            AssertOptimal(problem, solution, tolerance);
        }
    }

    // Most rows lie far from the boundary, so that they are left out for a while, in the hardest case more than once.
    [TestMethod]
    [DataRow(1.0, 1e-3)]
    [DataRow(100.0, 1e-5)]
    public void What_was_left_out_is_made_good(double c, double tolerance)
    {
        const int n = 3000;
        float[] x = [.. Samples.Gaussian(n, 2, 31).SelectMany(r => r).Select(v => (float)v)];
        double[] noise = [.. Samples.Gaussian(n, 1, 32).Select(r => 0.1 * r[0])];
        double[] y = [.. noise.Select((e, i) => x[2 * i] + e > 0.3 * x[(2 * i) + 1] * x[(2 * i) + 1] ? 1.0 : -1)];
        var problem = new SvmProblem(new KernelBasis(Kernel.Rbf(2), x, 2), y, [.. y.Select(v => v > 0 ? 0 : -c)], [.. y.Select(v => v > 0 ? c : 0)], 0, new double[n]);
        var solution = SvmSolver.Solve(problem, Settings(tolerance), FitContext.Default);
        Assert.IsGreaterThan(0, solution.Shrinkings);
        AssertOptimal(problem, solution, tolerance);
    }

    [TestMethod]
    [DataRow("classes")]
    [DataRow("numbers")]
    [DataRow("one")]
    public void The_objective_is_that_of_plain_sequential_minimal_optimisation(string kind)
    {
        var problem = Problem(60, kind, 2, 23);
        double[] plain = PlainSmo(problem, 1e-7);
        var solution = SvmSolver.Solve(problem, Settings(1e-7), FitContext.Default);
        double expected = Objective(problem, plain, Products(problem, plain));
        Assert.AreEqual(expected, Objective(problem, solution.Coefficients, Products(problem, solution.Coefficients)), 1e-6 * Math.Abs(expected));
        for (int i = 0; i < plain.Length; i++)
            Assert.AreEqual(plain[i], solution.Coefficients[i], 1e-3, $"β{i}");
    }

    [TestMethod]
    public void The_greatest_come_first_whatever_the_order()
    {
        var random = new RandomStream(3);
        for (int trial = 0; trial < 300; trial++)
        {
            int n = random.NextInt32(0, 40), count = random.NextInt32(0, 45);
            double[] keys = [.. Enumerable.Range(0, n).Select(_ => (double)random.NextInt32(trial % 7 == 0 ? 3 : 1000))];
            int[] items = [.. Enumerable.Range(0, n)];
            double[] moved = [.. keys];
            Selection.MoveGreatestFirst(moved, items, count);
            CollectionAssert.AreEqual(moved, items.Select(i => keys[i]).ToArray());
            CollectionAssert.AreEqual(
                keys.OrderDescending().Take(count).ToArray(), moved.Take(count).OrderDescending().ToArray(), string.Join(' ', keys));
        }
    }

    private static void AssertOptimal(SvmProblem problem, SvmSolution solution, double tolerance)
    {
        Assert.IsTrue(solution.History.Converged, solution.History.StopReason);
        double[] beta = solution.Coefficients;
        Assert.AreEqual(problem.Start.Sum(), beta.Sum(), 1e-9 * beta.Length);
        double[] products = Products(problem, beta);
        double rounding = 1e-5 * (1 + beta.Max(Math.Abs));
        for (int i = 0; i < beta.Length; i++)
        {
            Assert.IsTrue(beta[i] >= problem.Lower[i] && beta[i] <= problem.Upper[i], $"β{i} = {beta[i]} is out of bounds.");

            // By how much raising, and lowering, βᵢ would pay against b; the kernel's products are floats.
            double slope = problem.Target[i] - products[i] - solution.Bias;
            if (beta[i] < problem.Upper[i])
                Assert.IsLessThanOrEqualTo(tolerance + rounding, slope - (beta[i] >= 0 ? problem.Epsilon : -problem.Epsilon));
            if (beta[i] > problem.Lower[i])
                Assert.IsGreaterThanOrEqualTo(-tolerance - rounding, slope - (beta[i] > 0 ? problem.Epsilon : -problem.Epsilon));
        }

        double objective = Objective(problem, beta, products);
        Assert.AreEqual(objective, solution.History.Losses[^1], (1e-5 * Math.Abs(objective)) + 1e-6);
    }

    private static SvmSettings Settings(double tolerance) => new() { OptimizationTolerance = tolerance, CacheSizeMegabytes = 8 };

    private static SvmProblem Problem(int n, string kind, double c, ulong seed)
    {
        var random = new RandomStream(seed);
        float[] x = [.. Enumerable.Range(0, 2 * n).Select(_ => (float)random.NextGaussian())];
        var basis = new KernelBasis(Kernel.Rbf(0.7), x, 2);
        double[] noise = [.. Enumerable.Range(0, n).Select(_ => 0.3 * random.NextGaussian())];
        double[] zeros = new double[n];
        switch (kind)
        {
            case "classes":
                double[] y = [.. noise.Select((e, i) => x[2 * i] * x[(2 * i) + 1] + e > 0 ? 1.0 : -1)];
                return new(basis, y, [.. y.Select(v => v > 0 ? 0 : -c)], [.. y.Select(v => v > 0 ? c : 0)], 0, zeros);
            case "numbers":
                return new(basis, [.. noise.Select((e, i) => Math.Sin(2 * x[2 * i]) + e)], [.. zeros.Select(_ => -c)], [.. zeros.Select(_ => c)], 0.1, zeros);
            default:
                return new(basis, zeros, zeros, [.. zeros.Select(_ => 1.0)], 0, [.. zeros.Select((_, i) => i < 0.3 * n ? 1.0 : 0)]);
        }
    }

    private static double Value(KernelBasis basis, int i, int j) => basis.Kernel.Value(basis.Row(i), basis.Row(j));

    // Kβ in double, pair by pair.
    private static double[] Products(SvmProblem problem, double[] beta)
    {
        var basis = problem.Basis;
        var products = new double[beta.Length];
        for (int j = 0; j < beta.Length; j++)
        {
            if (beta[j] == 0)
                continue;
            for (int i = 0; i < beta.Length; i++)
                products[i] += beta[j] * Value(basis, i, j);
        }

        return products;
    }

    private static double Objective(SvmProblem problem, double[] beta, double[] products) =>
        beta.Select((b, i) => (b * ((0.5 * products[i]) - problem.Target[i])) + (problem.Epsilon * Math.Abs(b))).Sum();

    // The pair that violates optimality most moves, until none does; everything anew each time.
    private static double[] PlainSmo(SvmProblem p, double tolerance)
    {
        int n = p.Target.Length;
        double[] beta = [.. p.Start];
        double[] products = Products(p, beta);
        while (true)
        {
            double up = double.NegativeInfinity, down = double.PositiveInfinity;
            int i = -1, j = -1;
            for (int r = 0; r < n; r++)
            {
                double rise = p.Target[r] - products[r] - (beta[r] >= 0 ? p.Epsilon : -p.Epsilon);
                double fall = p.Target[r] - products[r] - (beta[r] > 0 ? p.Epsilon : -p.Epsilon);
                if (beta[r] < p.Upper[r] && rise > up)
                    (up, i) = (rise, r);
                if (beta[r] > p.Lower[r] && fall < down)
                    (down, j) = (fall, r);
            }

            if (up - down <= tolerance)
                return beta;
            double highest = beta[i] < 0 ? 0 : p.Upper[i], lowest = beta[j] > 0 ? 0 : p.Lower[j];
            double curvature = Math.Max(1e-12, 2 - (2 * Value(p.Basis, i, j)));
            double step = Math.Min((up - down) / curvature, Math.Min(highest - beta[i], beta[j] - lowest));
            beta[i] = step == highest - beta[i] ? highest : beta[i] + step;
            beta[j] = step == beta[j] - lowest ? lowest : beta[j] - step;
            for (int r = 0; r < n; r++)
            {
                products[r] += step * (Value(p.Basis, r, i) - Value(p.Basis, r, j));
            }
        }
    }
}
