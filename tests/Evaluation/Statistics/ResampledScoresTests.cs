namespace MLPath.Evaluation.Tests.Statistics;

[TestClass]
public sealed class ResampledScoresTests
{
    [TestMethod]
    public void A_summary_worked_by_hand()
    {
        // Mean 3, variance 1, Var(mean) = 1 (1/3 + 1/2); the t quantile for 95% with 2 degrees of freedom is, in closed form,
        // (2p - 1) sqrt(2 / (4 p (1 - p))) at p = 0.975.
        var summary = ResampledScores.Summarize([2, 3, 4], testToTrainRatio: 0.5);
        Assert.AreEqual(3, summary.Mean);
        Assert.AreEqual(1, summary.StandardDeviation);
        Assert.AreEqual(Math.Sqrt(5.0 / 6), summary.StandardError, 1e-15);
        Assert.AreEqual(3 + 4.302652729749464 * Math.Sqrt(5.0 / 6), summary.Upper, 1e-12);
        Assert.AreEqual(6 - summary.Upper, summary.Lower, 1e-12);
        Assert.AreEqual("3.0000 ± 3.9278", summary.ToString());
        Assert.IsNull(summary.UndefinedReason);
    }

    [TestMethod]
    public void Equal_scores_have_an_interval_of_one_point()
    {
        var summary = ResampledScores.Summarize([0.1, 0.1, 0.1], 0.5);
        Assert.AreEqual(0.1, summary.Mean);
        Assert.AreEqual(0, summary.StandardDeviation);
        Assert.AreEqual(0.1, summary.Lower);
        Assert.AreEqual(0.1, summary.Upper);
    }

    [TestMethod]
    public void One_score_has_a_mean_but_no_interval()
    {
        var summary = ResampledScores.Summarize([0.5], 0.25);
        Assert.AreEqual(0.5, summary.Mean);
        Assert.IsTrue(double.IsNaN(summary.Lower));
        StringAssert.Contains(summary.UndefinedReason, "at least two splits");
        Assert.AreEqual("0.5000", summary.ToString());
    }

    [TestMethod]
    public void Undefined_scores_have_no_mean_and_say_so()
    {
        var summary = ResampledScores.Summarize([0.5, double.NaN, double.NaN], 0.5);
        Assert.IsTrue(double.IsNaN(summary.Mean));
        StringAssert.Contains(summary.UndefinedReason, "2 of 3 scores are undefined or infinite (the first: NaN, at split index 1)");
        StringAssert.Contains(ResampledScores.Summarize([], 0.5).UndefinedReason, "no scores");
        StringAssert.StartsWith(summary.ToString(), "undefined (");
    }

    [TestMethod]
    public void Impossible_arguments_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ResampledScores.Summarize([1], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResampledScores.Summarize([1], 0.5, confidence: 0));
    }
}
