using MLPath.Reports;
using MLPath.Reports.Charts;

namespace MLPath.Evaluation.Tests.Reports;

[TestClass]
public sealed class AxisTests
{
    private static ValueAxis Axis(ChartAxis axis, params double[] values) => ValueAxis.Of(axis, values);

    private static string Labels(ValueAxis axis, double length = 400, bool horizontal = true) =>
        string.Join(" ", axis.Ticks(length, horizontal).Select(tick => tick.Label));

    [TestMethod]
    public void Labels_are_round()
    {
        Assert.AreEqual("0.0 0.2 0.4 0.6 0.8 1.0", Labels(Axis(ChartAxis.Unit("x"))));
        Assert.AreEqual("80% 85% 90% 95% 100%", Labels(Axis(ChartAxis.Share("x"), 0.8, 1)));
        Assert.AreEqual("−50 0 50", Labels(Axis(new("x"), -70, 80), length: 200));
    }

    [TestMethod]
    public void Times_are_round_in_their_unit()
    {
        Assert.AreEqual("0 ms 20 ms 40 ms 60 ms 80 ms", Labels(Axis(new("t", ValueKind.Seconds) { Floor = 0 }, 0, 0.08)));
        Assert.AreEqual("0 min 10 min 20 min 30 min", Labels(Axis(new("t", ValueKind.Seconds) { Floor = 0 }, 0, 1900), length: 300));
    }

    [TestMethod]
    public void Counts_are_labelled_with_whole_numbers_only()
    {
        Assert.AreEqual("0 1 2 3", Labels(Axis(new("n", ValueKind.Integer) { Floor = 0 }, 0, 3)));
        Assert.AreEqual("7", Labels(Axis(new("n", ValueKind.Integer), 7)));
    }

    [TestMethod]
    public void Logarithmic_axes_show_one_two_five_or_powers_of_ten()
    {
        var log = new ChartAxis("x") { Logarithmic = true };
        Assert.AreEqual("0.02 0.05 0.1 0.2 0.5 1", Labels(Axis(log, 0.015, 1.2)));
        Assert.AreEqual("10⁻⁶ 10⁻⁴ 10⁻² 10⁰ 10² 10⁴ 10⁶", Labels(Axis(log, 1e-6, 1e6)));
        Assert.AreEqual("0.01 1 100", Labels(Axis(log with { Kind = ValueKind.Integer }, 0.01, 100), length: 120));
    }

    [TestMethod]
    public void Values_that_a_logarithmic_axis_cannot_show_have_no_place()
    {
        var axis = Axis(new("x") { Logarithmic = true }, -1, 0, 1, 100);
        Assert.IsTrue(axis.Low > 0.5);
        Assert.IsTrue(double.IsNaN(axis.Fraction(0)));
        Assert.IsFalse(axis.Contains(-1));
        Assert.AreEqual(0.5, axis.Fraction(10), 1e-12);
    }

    [TestMethod]
    public void Room_for_looks_stays_within_what_the_quantity_can_be()
    {
        Assert.AreEqual(1.0, Axis(ChartAxis.Share("x"), 0.9, 0.999).High);
        Assert.AreEqual(1.0, Axis(ChartAxis.Share("x"), 1, 1, 1).High);
        Assert.AreEqual(0.0, Axis(new("x") { Floor = 0 }, 0.01, 1).Low);
        Assert.IsTrue(Axis(ChartAxis.Share("x"), 0.9, 1.2).High > 1.2, "Data beyond the bound are still shown.");
    }

    [TestMethod]
    public void Fixed_ends_are_kept()
    {
        var axis = Axis(new("x") { Min = 2, Max = 8 }, -100, 100);
        Assert.AreEqual((2.0, 8.0), (axis.Low, axis.High));
        Assert.IsFalse(axis.Contains(1.9));
    }

    [TestMethod]
    public void Every_range_gets_labels_that_are_inside_apart_and_different()
    {
        double[] ends = [0, 1e-300, 1e-9, 1e-6, 0.1, 1, 1.0000001, 3.7, 1e3, 123456, 1e6, 1e12, 1e15, 1e300, double.MaxValue];
        double[] signed = [.. ends, .. ends.Select(end => -end)];
        var axes =
            from kind in Enum.GetValues<ValueKind>()
            from logarithmic in new[] { false, true }
            from low in signed
            from high in signed
            select (Axis: Axis(new("x", kind) { Logarithmic = logarithmic }, low, high), Name: $"{kind} {logarithmic} [{low}, {high}]");
        var random = new Random(1);
        foreach (var (axis, name) in axes)
        {
            CheckTicks(axis, 60 + random.Next(700), horizontal: true, name);
            CheckTicks(axis, 60 + random.Next(700), horizontal: false, name);
        }
    }

    private static void CheckTicks(ValueAxis axis, double length, bool horizontal, string name)
    {
        var ticks = axis.Ticks(length, horizontal);
        var what = $"{name} {horizontal} over {length}: {string.Join(" | ", ticks.Select(t => t.Label))}";
        Assert.IsTrue(axis.Low < axis.High && double.IsFinite(axis.Low) && double.IsFinite(axis.High), what);
        Assert.IsLessThanOrEqualTo(9, ticks.Count, what);
        Assert.AreEqual(ticks.Count, ticks.Select(t => t.Label).Distinct().Count(), what);
        for (var i = 0; i < ticks.Count; i++)
        {
            Assert.IsTrue(axis.Contains(ticks[i].Value), what);
            Assert.IsLessThan(30, ticks[i].Label.Length, what);
            if (i == 0)
                continue;
            var distance = length * (axis.Fraction(ticks[i].Value) - axis.Fraction(ticks[i - 1].Value));
            var half = (TextMetrics.Width(ticks[i].Label) + TextMetrics.Width(ticks[i - 1].Label)) / 2;
            Assert.IsTrue(distance > (horizontal ? half + 4 : TextMetrics.FontSize), what);
        }
    }

    [TestMethod]
    public void Values_that_are_not_finite_do_not_move_the_axis()
    {
        var axis = Axis(new("x"), double.NaN, 1, double.PositiveInfinity, 2, double.NegativeInfinity);
        Assert.IsTrue(axis.Low > 0.9 && axis.High < 2.1);
        Assert.AreEqual((0.0, 1.0), (Math.Round(Axis(new("x")).Low), Math.Round(Axis(new("x")).High)));
    }
}
