using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class GradientCheckTests
{
    private static double Function(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient[0] += Math.Cos(x[0]) * x[1];
        gradient[1] += Math.Sin(x[0]) + 3 * x[1] * x[1];
        return Math.Sin(x[0]) * x[1] + x[1] * x[1] * x[1];
    }

    [TestMethod]
    public void A_right_gradient_passes_to_nine_digits() =>
        Assert.IsLessThan(1e-9, GradientCheck.Compare(Function, [0.7, -1.3]).Error);

    [TestMethod]
    public void A_wrong_gradient_is_pointed_out()
    {
        var worst = GradientCheck.Compare(
            (x, gradient) =>
            {
                double value = Function(x, gradient);
                gradient[1] *= 1.01;
                return value;
            },
            [0.7, -1.3]);
        Assert.AreEqual(1, worst.Index);
        Assert.AreEqual(0.01, worst.Error, 1e-3);
        Assert.AreEqual(worst.Numeric * 1.01, worst.Analytic, 1e-8);
    }

    [TestMethod]
    public void Parameters_are_moved_where_they_lie_and_put_back()
    {
        double[] parameters = [2, 1000];
        double[] gradient = GradientCheck.Gradient(() => parameters[0] * parameters[0] * parameters[1], parameters);
        TestMatrices.AssertEqual([4000, 4], gradient, 1e-5);
        CollectionAssert.AreEqual(new double[] { 2, 1000 }, parameters);

        float[] single = [2, -3];
        double[] approximate = GradientCheck.Gradient(() => single[0] * single[0] * single[1], single.AsSpan());
        TestMatrices.AssertEqual([-12, 4], approximate, 1e-2);
        CollectionAssert.AreEqual(new float[] { 2, -3 }, single);
    }

    [TestMethod]
    public void NaN_is_the_worst_error()
    {
        var worst = GradientCheck.Compare([1, double.NaN, 5], [1, 2, 3]);
        Assert.AreEqual(1, worst.Index);
        Assert.IsTrue(double.IsNaN(worst.Error));
        Assert.AreEqual(-1, GradientCheck.Compare([], []).Index);
        Assert.ThrowsExactly<ArgumentException>(() => GradientCheck.Compare([1], [1, 2]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => GradientCheck.Gradient(x => x[0], [1], step: 0));
    }
}
