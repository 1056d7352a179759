using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class LineSearchTests
{
    private static double Quartic(ReadOnlySpan<double> x, Span<double> g)
    {
        g[0] = 4 * x[0] * x[0] * x[0] - 2 * x[0] + 0.3;
        return x[0] * x[0] * x[0] * x[0] - x[0] * x[0] + 0.3 * x[0];
    }

    private static double Rational(ReadOnlySpan<double> x, Span<double> g)
    {
        // Moré and Thuente's first function, −x / (x² + 2), whose slope is far from linear.
        double q = x[0] * x[0] + 2;
        g[0] = (x[0] * x[0] - 2) / (q * q);
        return -x[0] / q;
    }

    private static double Wavy(ReadOnlySpan<double> x, Span<double> g)
    {
        g[0] = 2 * (x[0] - 5) + 2 * Math.Cos(4 * x[0]);
        return (x[0] - 5) * (x[0] - 5) + 0.5 * Math.Sin(4 * x[0]);
    }

    // The first iteration of L-BFGS is one search down the gradient, whose first trial moves by 1. In units of x that are a thousand times
    // smaller or larger, that is far too short or too long a step.
    [TestMethod]
    public void The_first_step_satisfies_the_strong_Wolfe_conditions_however_long_its_first_trial_is()
    {
        foreach (var (function, start) in new (ValueAndGradient, double)[] { (Quartic, 2), (Quartic, -3), (Rational, 0), (Wavy, 0), (Wavy, 12) })
        {
            foreach (double unit in new[] { 1e-3, 0.03, 0.4, 1, 7, 100, 1e4 })
            {
                double Scaled(ReadOnlySpan<double> x, Span<double> g)
                {
                    double value = function([x[0] * unit], g);
                    g[0] *= unit;
                    return value;
                }

                double from = start / unit;
                var result = Lbfgs.Minimize(Scaled, [from], new Lbfgs.Options { MaxIterations = 1, ValueTolerance = 0, GradientTolerance = 0 });
                double[] before = [0], after = [0];
                double valueBefore = Scaled([from], before), valueAfter = Scaled(result.Solution, after);
                Assert.AreEqual(1, result.Iterations);
                Assert.IsTrue(valueAfter <= valueBefore + 1e-4 * before[0] * (result.Solution[0] - from) + 1e-15, $"decrease, {start}, {unit}");
                Assert.IsTrue(Math.Abs(after[0]) <= 0.9 * Math.Abs(before[0]), $"curvature, {start}, {unit}");
            }
        }
    }
}
