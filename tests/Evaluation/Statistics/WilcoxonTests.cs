using static MLPath.Evaluation.Tests.ReferenceFigures;

namespace MLPath.Evaluation.Tests.Statistics;

[TestClass]
public sealed class WilcoxonTests
{
    [TestMethod]
    public void The_test_agrees_with_scipy()
    {
        foreach (var one in StatisticsOf("wilcoxon"))
        {
            var test = Wilcoxon.Compare(one.Doubles("a"), one.Doubles("b"));
            AssertClose(one.Number("statistic"), test.Statistic, $"{one.Name()}: T");
            AssertClose(one.Number("p"), test.PValue, $"{one.Name()}: p");
        }
    }

    [TestMethod]
    public void The_plants_of_Darwin_give_the_published_effect()
    {
        // R: wilcox.test of the 15 differences, conf.int = TRUE: V = 96, p-value = 0.04126. The pseudomedian is the median of the 120 means.
        double[] plants = StatisticsOf("wilcoxon").First().Doubles("a");
        var test = Wilcoxon.Compare(plants, new double[15]);
        Assert.AreEqual(96, test.PositiveRankSum);
        Assert.AreEqual(24, test.NegativeRankSum);
        var means = (from i in Enumerable.Range(0, 15) from j in Enumerable.Range(0, i + 1) select (plants[i] + plants[j]) / 2).Order().ToArray();
        Assert.AreEqual((means[59] + means[60]) / 2, test.MedianDifference);
        // P(W <= 25) = 0.0240 and P(W <= 26) = 0.0277 of 15: 25 means lie outside on each side.
        Assert.AreEqual(means[25], test.Lower);
        Assert.AreEqual(means[^26], test.Upper);
    }

    [TestMethod]
    public void The_exact_p_value_is_that_of_all_choices_of_signs()
    {
        double[] a = [0.5, -1.5, 2.25, 3, -0.25, 4, 1];
        double observed = Wilcoxon.Compare(a, new double[7]).Statistic;
        var sizes = a.Select(Math.Abs).Order().ToArray();
        int as_extreme = 0;
        for (int signs = 0; signs < 128; signs++)
        {
            double plus = Enumerable.Range(0, 7).Where(i => (signs >> i & 1) == 1).Sum(i => i + 1.0);
            as_extreme += Math.Min(plus, 28 - plus) <= observed ? 1 : 0;
        }

        Assert.HasCount(7, sizes);
        Assert.AreEqual(as_extreme / 128.0, Wilcoxon.Compare(a, new double[7]).PValue, 1e-15);
    }

    [TestMethod]
    public void Swapping_turns_the_sign_only()
    {
        double[] a = [0.91, 0.88, 0.93, 0.9, 0.97, 0.8], b = [0.85, 0.89, 0.9, 0.84, 0.9, 0.81];
        var test = Wilcoxon.Compare(a, b);
        var swapped = Wilcoxon.Compare(b, a);
        Assert.AreEqual(test.PValue, swapped.PValue);
        Assert.AreEqual(test.MedianDifference, -swapped.MedianDifference);
        Assert.AreEqual(test.Lower, -swapped.Upper);
    }

    [TestMethod]
    public void Few_equal_and_undefined_scores_are_told()
    {
        var few = Wilcoxon.Compare([1, 2, 4], [0, 0, 0]);
        Assert.AreEqual(0.25, few.PValue);
        Assert.AreEqual(double.NegativeInfinity, few.Lower);
        var equal = Wilcoxon.Compare([1, 2], [1, 2]);
        Assert.AreEqual(1, equal.PValue);
        StringAssert.Contains(equal.Note, "same score on every data set");
        StringAssert.Contains(Wilcoxon.Compare([1, 2, 3], [1, 1, 1]).Note, "1 of 3 differences are 0");
        var undefined = Wilcoxon.Compare([1, double.NaN], [1, 2]);
        Assert.IsFalse(undefined.IsDefined);
        StringAssert.Contains(undefined.Note, "of the first candidate, 1 of 2 scores are undefined or infinite (the first: NaN, at data set index 1)");
        Assert.IsFalse(Wilcoxon.Compare([], []).IsDefined);
        Assert.Throws<ArgumentException>(() => Wilcoxon.Compare([1], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilcoxon.Compare([1], [2], confidence: 1));
    }
}
