using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Provenance;

/// <summary>Demands on quality, met and failed.</summary>
[TestClass]
public sealed class QualityGateTests
{
    [TestMethod]
    [DataRow("MacroF1>=0.8", "MacroF1", GateRelation.AtLeast, 0.8)]
    [DataRow("  macro-f1  >  0.8 ", "macro-f1", GateRelation.MoreThan, 0.8)]
    [DataRow("LogLoss<=1e-3", "LogLoss", GateRelation.AtMost, 1e-3)]
    [DataRow("LogLoss < -2.5", "LogLoss", GateRelation.LessThan, -2.5)]
    [DataRow("LogLoss>=2", "LogLoss", GateRelation.AtLeast, 2.0)]
    public void A_demand_is_read_as_it_is_written(string text, string metric, GateRelation relation, double bound)
    {
        var gate = QualityGate.Parse(text);
        Assert.AreEqual(new QualityGate(metric, relation, bound), gate);
        Assert.AreEqual(gate, QualityGate.Parse(gate.ToString()), "What is written is read back.");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("MacroF1")]
    [DataRow("MacroF1=0.8")]
    [DataRow("MacroF1==0.8")]
    [DataRow(">=0.8")]
    [DataRow("MacroF1>=")]
    [DataRow("MacroF1>=much")]
    [DataRow("MacroF1>=NaN")]
    [DataRow("MacroF1=>0.8")]
    [DataRow("MacroF1>=0,8")]
    [DataRow("0.7<MacroF1<0.9")]
    public void What_is_no_demand_is_an_error_that_shows_one(string text) =>
        StringAssert.Contains(Assert.Throws<OptionException>(() => QualityGate.Parse(text)).Message, "as in 'MacroF1>=0.8'");

    [TestMethod]
    public void A_bound_itself_meets_at_least_and_at_most_but_not_more_and_less()
    {
        double value = 0.8;
        bool[] met = [.. Enum.GetValues<GateRelation>().Select(relation => new QualityGate("M", relation, value).IsMetBy(value))];
        CollectionAssert.AreEqual(new[] { true, false, true, false }, met);
        foreach (var relation in Enum.GetValues<GateRelation>())
            Assert.IsFalse(new QualityGate("M", relation, value).IsMetBy(double.NaN), $"{relation}");
    }

    [TestMethod]
    public void An_evaluation_that_is_good_enough_goes_on()
    {
        var report = Samples.Numbers((1, 1), (2, 2), (4, 5));
        Assert.AreSame(report, report.Require("mae", atMost: 0.4).Require("R2", atLeast: 0.5, atMost: 1));
    }

    [TestMethod]
    public void An_evaluation_that_is_not_says_what_was_expected()
    {
        var report = Samples.Numbers((1, 1), (2, 2), (4, 5));
        var failure = Assert.Throws<QualityGateException>(() => report.Require("mae", atMost: 0.25));
        Assert.AreEqual("MeanAbsoluteError", failure.Metric);
        Assert.AreEqual(1 / 3.0, failure.Value, 1e-15);
        Assert.AreEqual(0.25, failure.Bound);
        StringAssert.Contains(failure.Message, "MeanAbsoluteError of m is 0.3333");
        StringAssert.Contains(failure.Message, "required is at most 0.25");
    }

    [TestMethod]
    [DataRow(0.8, 0.79999, "is 0.79999; required is at least 0.8.")]
    [DataRow(0.8, 0.8170967741935484 - 0.1, "is 0.7171; required is at least 0.8.")]
    [DataRow(123456.75, 123456.7, "is 123,456.7; required is at least 123456.75.")]
    [DataRow(-0.5, double.NegativeInfinity, "is -∞; required is at least -0.5.")]
    [DataRow(0.3, 0.29999999999999998, "is 0.3; required is more than 0.3.", true)]
    public void A_failure_shows_as_few_digits_as_tell_the_value_from_the_bound(double bound, double value, string expected, bool more = false)
    {
        var gate = new QualityGate("R2", more ? GateRelation.MoreThan : GateRelation.AtLeast, bound);
        Assert.IsFalse(gate.IsMetBy(value));
        StringAssert.EndsWith(new QualityGateException(gate, value, null, "m").Message, expected);
    }

    [TestMethod]
    public void An_undefined_metric_fails_and_says_why()
    {
        var failure = Assert.Throws<QualityGateException>(() => Samples.Numbers((3, 3), (3, 4)).Require("RSquared", atLeast: -1000));
        Assert.IsTrue(double.IsNaN(failure.Value));
        StringAssert.Contains(failure.Message, "RSquared of m is undefined (");
    }

    [TestMethod]
    public void An_unknown_metric_and_a_missing_bound_are_told_at_once()
    {
        var report = Samples.Numbers((1, 1), (2, 3));
        StringAssert.Contains(Assert.Throws<OptionException>(() => report.Require("beauty", atLeast: 1)).Message, "The metrics are: ");
        StringAssert.Contains(Assert.Throws<OptionException>(() => report.Require("rmse")).Message, "give atLeast, atMost, or both");
        StringAssert.Contains(Assert.Throws<OptionException>(() => report.Require("rmse", atMost: double.NaN)).Message, "NaN");
    }

    [TestMethod]
    public void A_comparison_is_judged_by_the_mean_of_its_best_candidate_or_of_the_named_one()
    {
        var report = Samples.Iris();
        double mean = report["bayes"].Metrics["MicroAccuracy"].Mean;
        Assert.AreSame(report, report.Require("accuracy", atLeast: mean).Require("MicroAccuracy", atMost: 0.5, candidate: "baseline"));
        var failure = Assert.Throws<QualityGateException>(() => report.Require("accuracy", atLeast: 0.5, candidate: "baseline"));
        StringAssert.Contains(failure.Message, "MicroAccuracy of baseline is 0.3");
        StringAssert.Contains(Assert.Throws<QualityGateException>(() => report.Require("accuracy", atLeast: 0, candidate: "broken")).Message, "undefined");
        Assert.Throws<ArgumentException>(() => report.Require("accuracy", atLeast: 0, candidate: "nobody"));
    }

    [TestMethod]
    public void The_example_of_the_page_runs()
    {
        var report = Samples.Iris();
        report.Require("MacroF1", atLeast: 0.8).Require("LogLoss", atMost: 0.4);
    }
}
