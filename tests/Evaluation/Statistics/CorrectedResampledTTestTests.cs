using static MLPath.Evaluation.Tests.ReferenceFigures;

namespace MLPath.Evaluation.Tests.Statistics;

[TestClass]
public sealed class CorrectedResampledTTestTests
{
    [TestMethod]
    public void Test_and_interval_agree_with_scipy()
    {
        foreach (var one in Cases("t_tests"))
        {
            double[] a = one.Doubles("a"), b = one.Doubles("b");
            double ratio = one.GetProperty("ratio").GetDouble();
            var test = CorrectedResampledTTest.Compare(a, b, ratio);
            AssertClose(one.GetProperty("t").GetDouble(), test.T, $"{one.Name()}: t");
            double p = one.GetProperty("p").GetDouble();
            Assert.AreEqual(1, test.PValue / p, 1e-9, $"{one.Name()}: p {p}");
            AssertClose(one.GetProperty("lower").GetDouble(), test.Lower, $"{one.Name()}: lower");
            AssertClose(one.GetProperty("upper").GetDouble(), test.Upper, $"{one.Name()}: upper");
            Assert.IsNull(test.Note);

            var summary = ResampledScores.Summarize(a, ratio, confidence: 0.9);
            var expected = one.GetProperty("summary_of_a_90");
            AssertClose(expected.GetProperty("mean").GetDouble(), summary.Mean, "mean");
            AssertClose(expected.GetProperty("deviation").GetDouble(), summary.StandardDeviation, "deviation");
            AssertClose(expected.GetProperty("error").GetDouble(), summary.StandardError, "error");
            AssertClose(expected.GetProperty("lower").GetDouble(), summary.Lower, "lower");
            AssertClose(expected.GetProperty("upper").GetDouble(), summary.Upper, "upper");
        }
    }

    [TestMethod]
    public void A_test_worked_by_hand()
    {
        // Differences 1, 2, 3: mean 2, variance 1. Three folds: n_test / n_train = 1/2, so Var(mean) = 1 (1/3 + 1/2) = 5/6 and
        // t = 2 / sqrt(5/6) = 2.19089. With 2 degrees of freedom P(|T| >= t) = 1 - t / sqrt(2 + t^2) = 1 - sqrt(4.8 / 6.8).
        var test = CorrectedResampledTTest.Compare([5, 7, 9], [4, 5, 6], CorrectedResampledTTest.KFoldRatio(3));
        Assert.AreEqual(2, test.MeanDifference);
        Assert.AreEqual(1, test.StandardDeviation);
        Assert.AreEqual(Math.Sqrt(5.0 / 6), test.StandardError, 1e-15);
        Assert.AreEqual(2 / Math.Sqrt(5.0 / 6), test.T, 1e-14);
        Assert.AreEqual(1 - Math.Sqrt(4.8 / 6.8), test.PValue, 1e-14);
        Assert.AreEqual(2, test.DegreesOfFreedom);
        // The 95% quantile with 2 degrees of freedom is (2p - 1) sqrt(2 / (4 p (1 - p))) at p = 0.975.
        double quantile = 0.95 * Math.Sqrt(2 / (4 * 0.975 * 0.025));
        Assert.AreEqual(2 + quantile * Math.Sqrt(5.0 / 6), test.Upper, 1e-12);
        Assert.AreEqual(2 - quantile * Math.Sqrt(5.0 / 6), test.Lower, 1e-12);
    }

    [TestMethod]
    public void Swapping_the_candidates_turns_the_sign_only()
    {
        double[] a = [0.91, 0.88, 0.93, 0.9], b = [0.85, 0.89, 0.9, 0.84];
        var test = CorrectedResampledTTest.Compare(a, b, 1.0 / 3);
        var swapped = CorrectedResampledTTest.Compare(b, a, 1.0 / 3);
        Assert.AreEqual(test.PValue, swapped.PValue);
        Assert.AreEqual(test.T, -swapped.T);
        Assert.AreEqual(test.Lower, -swapped.Upper);
    }

    [TestMethod]
    public void The_correction_only_ever_makes_the_test_more_careful()
    {
        double[] a = [0.91, 0.88, 0.93, 0.9], b = [0.85, 0.89, 0.9, 0.84];
        double before = 0;
        foreach (double ratio in new[] { 1e-12, 0.05, 1.0 / 3, 1, 10 })
        {
            double p = CorrectedResampledTTest.Compare(a, b, ratio).PValue;
            Assert.IsGreaterThan(before, p);
            before = p;
        }
    }

    [TestMethod]
    public void The_p_value_and_the_interval_tell_the_same_story()
    {
        var random = new Random(11);
        for (int trial = 0; trial < 200; trial++)
        {
            double[] a = [.. Enumerable.Range(0, 10).Select(_ => random.NextDouble())];
            double[] b = [.. a.Select(x => x + (random.NextDouble() - 0.6) / 2)];
            var test = CorrectedResampledTTest.Compare(a, b, 1.0 / 9);
            Assert.AreEqual(test.PValue < 0.05, test.Lower > 0 || test.Upper < 0);
        }
    }

    [TestMethod]
    public void Identical_scores_have_p_1_with_a_note()
    {
        var test = CorrectedResampledTTest.Compare([0.1, 0.2, 0.3], [0.1, 0.2, 0.3], 0.5);
        Assert.AreEqual(1, test.PValue);
        Assert.AreEqual(0, test.T);
        Assert.AreEqual(0, test.Upper);
        StringAssert.Contains(test.Note, "same score on every split");
    }

    [TestMethod]
    public void A_constant_difference_is_the_limit_of_ever_smaller_variation()
    {
        var test = CorrectedResampledTTest.Compare([1, 2, 3], [1.5, 2.5, 3.5], 0.5);
        Assert.AreEqual(0, test.PValue);
        Assert.AreEqual(double.NegativeInfinity, test.T);
        Assert.AreEqual(-0.5, test.Lower);
        StringAssert.Contains(test.Note, "-0.5 on every split");
        Assert.IsLessThan(1e-12, CorrectedResampledTTest.Compare([1, 2, 3], [1.5, 2.5, 3.5 + 1e-9], 0.5).PValue);
    }

    [TestMethod]
    public void Undefined_scores_make_no_test_and_say_so()
    {
        var test = CorrectedResampledTTest.Compare([1, double.NaN, 3], [1, 2, 3], 0.5);
        Assert.IsFalse(test.IsDefined);
        StringAssert.Contains(test.Note,
            "of the first candidate, 1 of 3 scores are undefined or infinite (the first: NaN, at split index 1)");
        StringAssert.Contains(CorrectedResampledTTest.Compare([1, 2], [1, double.PositiveInfinity], 0.5).Note, "of the second candidate");
        StringAssert.Contains(CorrectedResampledTTest.Compare([1], [2], 0.5).Note, "at least two splits");
        StringAssert.Contains(CorrectedResampledTTest.Compare([], [], 0.5).Note, "no scores");
    }

    [TestMethod]
    public void Impossible_arguments_are_errors()
    {
        var error = Assert.Throws<ArgumentException>(() => CorrectedResampledTTest.Compare([1, 2], [1], 0.5));
        StringAssert.Contains(error.Message, "2 scores cannot be paired with 1");
        Assert.Throws<ArgumentOutOfRangeException>(() => CorrectedResampledTTest.Compare([1], [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CorrectedResampledTTest.Compare([1], [1], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => CorrectedResampledTTest.Compare([1], [1], 0.5, confidence: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CorrectedResampledTTest.KFoldRatio(1));
        Assert.AreEqual(0.25, CorrectedResampledTTest.KFoldRatio(5));
    }
}
