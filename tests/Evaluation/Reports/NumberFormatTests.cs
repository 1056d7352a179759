using System.Globalization;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Reports;

[TestClass]
public sealed class NumberFormatTests
{
    [TestMethod]
    [DataRow(0.0, "0")]
    [DataRow(-0.0, "0")]
    [DataRow(0.96666666, "0.9667")]
    [DataRow(0.5, "0.5")]
    [DataRow(9.99999, "10")]
    [DataRow(12345.678, "12,346")]
    [DataRow(1234.5678, "1,235")]
    [DataRow(-3.25, "-3.25")]
    [DataRow(0.000012346, "1.235e-5")]
    [DataRow(23456789012.0, "2.346e10")]
    [DataRow(-1e-300, "-1e-300")]
    [DataRow(double.Epsilon, "4.941e-324")]
    [DataRow(double.MaxValue, "1.798e308")]
    [DataRow(double.NaN, "n/a")]
    [DataRow(double.PositiveInfinity, "∞")]
    [DataRow(double.NegativeInfinity, "-∞")]
    public void Numbers_have_four_significant_digits(double value, string expected) =>
        Assert.AreEqual(expected, NumberFormat.Number(value));

    [TestMethod]
    [DataRow(1234.5, 2, "1,234.50")]
    [DataRow(-0.001, 2, "0.00")]
    [DataRow(-0.006, 2, "-0.01")]
    [DataRow(2e20, 2, "2e20")]
    public void Fixed_decimals_never_show_a_negative_zero(double value, int decimals, string expected) =>
        Assert.AreEqual(expected, NumberFormat.Fixed(value, decimals));

    [TestMethod]
    [DataRow(12345.0, "12,345")]
    [DataRow(-7.0, "-7")]
    [DataRow(12.5, "12.5")]
    public void Counts_are_whole_unless_they_are_sums_of_weights(double value, string expected) =>
        Assert.AreEqual(expected, NumberFormat.Integer(value));

    [TestMethod]
    public void Percentages()
    {
        Assert.AreEqual("96.7%", NumberFormat.Percent(0.9667));
        Assert.AreEqual("100%", NumberFormat.Percent(1, 0));
        Assert.AreEqual("n/a", NumberFormat.Percent(double.NaN));
    }

    [TestMethod]
    [DataRow(0.0, "0 s")]
    [DataRow(1.8e-4, "180 µs")]
    [DataRow(0.0082, "8.2 ms")]
    [DataRow(0.9996, "1 s")]
    [DataRow(1.4249, "1.42 s")]
    [DataRow(59.96, "1 min 00 s")]
    [DataRow(192.4, "3 min 12 s")]
    [DataRow(3599.6, "1 h 00 min")]
    [DataRow(7500.0, "2 h 05 min")]
    [DataRow(360000.0, "100 h 00 min")]
    [DataRow(-2.0, "-2 s")]
    public void Times_come_in_the_unit_that_fits(double seconds, string expected) =>
        Assert.AreEqual(expected, NumberFormat.Seconds(seconds));

    [TestMethod]
    [DataRow(0.0004999, "< 0.001")]
    [DataRow(0.0005, "0.001")]
    [DataRow(0.0321, "0.032")]
    [DataRow(1.0, "1.000")]
    [DataRow(double.NaN, "n/a")]
    public void P_values(double p, string expected) => Assert.AreEqual(expected, NumberFormat.PValue(p));

    [TestMethod]
    [DataRow(0.942, 0.984, ValueKind.Number, 3)]
    [DataRow(0.942, 0.984, ValueKind.Percent, 1)]
    [DataRow(-150.0, 150.0, ValueKind.Number, 0)]
    [DataRow(1.0, 1.0002, ValueKind.Number, 5)]
    [DataRow(0.5, 0.500002, ValueKind.Percent, 3)]
    public void An_interval_supports_two_digits_of_its_half_width(double low, double high, ValueKind kind, int expected) =>
        Assert.AreEqual(expected, NumberFormat.SupportedDecimals(new ReportInterval(low, high), kind));

    [TestMethod]
    [DataRow(1.0, 1.0)]
    [DataRow(1.0, 0.0)]
    [DataRow(double.NaN, 1.0)]
    [DataRow(0.0, double.PositiveInfinity)]
    public void An_interval_without_width_supports_nothing(double low, double high) =>
        Assert.IsNull(NumberFormat.SupportedDecimals(new ReportInterval(low, high)));

    [TestMethod]
    public void Estimates_and_intervals_have_the_same_decimals()
    {
        Assert.AreEqual("96.7% [94.2, 98.4]", NumberFormat.Estimate(0.96666, new(0.942, 0.984), ValueKind.Percent));
        Assert.AreEqual("0.967 [0.942, 0.984]", NumberFormat.Estimate(0.96666, new(0.942, 0.984)));
        Assert.AreEqual("1 [1, 1]", NumberFormat.Estimate(1, new(1, 1)));
    }

    [TestMethod]
    public void The_culture_of_the_machine_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NumberGroupSeparator = ".";
        odd.NumberFormat.NegativeSign = "minus";
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.AreEqual("-1,234.50", NumberFormat.Fixed(-1234.5, 2));
            Assert.AreEqual("-1.235e-5", NumberFormat.Number(-0.000012346));
            Assert.AreEqual("1 h 05 min", NumberFormat.Seconds(3900));
            var page = HtmlReportTests.Html(DemoReport.Create());
            CultureInfo.CurrentCulture = before;
            Assert.AreEqual(HtmlReportTests.Html(DemoReport.Create()), page);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
