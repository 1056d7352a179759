using System.Text.Json;
using static MLPath.Evaluation.Tests.ReferenceFigures;

namespace MLPath.Evaluation.Tests.Statistics;

[TestClass]
public sealed class FriedmanTests
{
    [TestMethod]
    public void Test_and_pairs_agree_with_scipy()
    {
        foreach (var one in StatisticsOf("friedman"))
        {
            var test = Friedman.Compare(Rows(one.GetProperty("scores")), one.GetProperty("higher").GetBoolean());
            string name = one.Name();
            AssertClose(one.Doubles("ranks"), [.. test.AverageRanks], $"{name}: ranks");
            AssertClose(one.Number("chi"), test.ChiSquare, $"{name}: chi-square");
            AssertClose(one.Number("p"), test.PValue, $"{name}: p");
            AssertClose(one.Number("f"), test.ImanDavenportF, $"{name}: F");
            AssertClose(one.Number("f_p"), test.ImanDavenportPValue, $"{name}: p of F");
            Assert.IsNull(test.Note);

            var pairs = Nemenyi.Compare(test);
            Assert.AreEqual(one.Number("cd05"), pairs.CriticalDifference, 1e-6, $"{name}: critical difference");
            Assert.AreEqual(one.Number("cd10"), Nemenyi.Compare(test, 0.1).CriticalDifference, 1e-6, $"{name}: critical difference at 10%");
            var expected = Rows(one.GetProperty("pairs"));
            for (int i = 0; i < test.Algorithms; i++)
            {
                for (int j = 0; j < test.Algorithms; j++)
                    Assert.AreEqual(expected[i][j], pairs.PValues[i][j], 1e-6, $"{name}: p of {i} and {j}");
            }
        }
    }

    [TestMethod]
    public void The_worked_example_of_Demsar_is_reproduced()
    {
        // JMLR 7, 2006, section 3.2.2: chi-square 9.28 without the correction for ties, F 3.69 of it; critical differences 1.25 and 1.12.
        var test = Friedman.Compare(Rows(StatisticsOf("friedman").First().GetProperty("scores")), higherIsBetter: true);
        double[] ranks = [3.143, 2.000, 2.893, 1.964];
        for (int j = 0; j < 4; j++)
            Assert.AreEqual(ranks[j], test.AverageRanks[j], 0.0005);
        double uncorrected = test.ChiSquare * test.TieCorrection;
        Assert.AreEqual(9.28, uncorrected, 0.005);
        Assert.AreEqual(3.69, 13 * uncorrected / ((14 * 3) - uncorrected), 0.005);
        Assert.AreEqual(1.25, Nemenyi.Compare(test).CriticalDifference, 0.005);
        Assert.AreEqual(1.12, Nemenyi.Compare(test, 0.10).CriticalDifference, 0.005);
    }

    [TestMethod]
    public void The_studentized_range_agrees_with_scipy()
    {
        foreach (var one in StatisticsOf("studentized_range"))
            Assert.AreEqual(one.Number("sf"), StudentizedRange.UpperTail(one.Number("q"), one.GetProperty("k").GetInt32()), 1e-8, $"{one}");
        foreach (var one in StatisticsOf("studentized_quantiles"))
            Assert.AreEqual(one.Number("q"), StudentizedRange.Quantile(one.Number("p"), one.GetProperty("k").GetInt32()), 1e-6, $"{one}");
    }

    [TestMethod]
    public void The_range_of_two_normals_is_that_of_their_difference()
    {
        // Q of two is |z1 - z2|, with standard deviation sqrt(2): P(Q > q) = erfc(q / 2).
        foreach (double q in new[] { 0.01, 0.5, 2, 4, 8 })
            Assert.AreEqual(Numerics.SpecialFunctions.Erfc(q / 2), StudentizedRange.UpperTail(q, 2), 1e-14);
        Assert.AreEqual(1, StudentizedRange.UpperTail(0, 5));
        // Table 5(a) of Demsar, divided by sqrt(2).
        double[] table = [1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164];
        for (int k = 2; k <= 10; k++)
            Assert.AreEqual(table[k - 2], StudentizedRange.Quantile(0.95, k) / Math.Sqrt(2), 0.0015, $"k = {k}");
    }

    [TestMethod]
    public void Groups_are_the_largest_runs_that_do_not_differ()
    {
        // Critical difference of 5 algorithms on 20 data sets at 5%: 1.364.
        var friedman = new FriedmanTest([4.6, 1.5, 2.4, 3.1, 3.4], 20, 5) { PValue = 0.001 };
        var test = Nemenyi.Compare(friedman);
        Assert.AreEqual(1.364, test.CriticalDifference, 0.001);
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4, 0 }, test.Order.ToArray());
        // 1.5 2.4 | 2.4 3.1 3.4 | 3.4 4.6, as 3.1 - 1.5 and 4.6 - 3.1 are above it.
        CollectionAssert.AreEqual(new[] { (0, 1), (1, 3), (3, 4) }, test.Groups.ToArray());
        // Two pairs far apart: no bar inside another, none for one alone.
        var apart = Nemenyi.Compare(friedman with { AverageRanks = [1.2, 1.4, 3, 4.6, 4.8] });
        CollectionAssert.AreEqual(new[] { (0, 1), (3, 4) }, apart.Groups.ToArray());
        var alike = Nemenyi.Compare(friedman with { AverageRanks = [3, 3, 3, 3, 3] });
        CollectionAssert.AreEqual(new[] { (0, 4) }, alike.Groups.ToArray());
        Assert.AreEqual(1, alike.PValues[0][1], 1e-12);
    }

    [TestMethod]
    public void Data_sets_that_agree_in_every_rank_leave_no_doubt()
    {
        double[][] scores = [[1, 2, 3], [4, 5, 6], [0.1, 0.2, 0.3], [7, 8, 9]];
        var test = Friedman.Compare(scores, higherIsBetter: true);
        Assert.AreEqual(8, test.ChiSquare, 1e-12);
        Assert.AreEqual(double.PositiveInfinity, test.ImanDavenportF);
        Assert.AreEqual(0, test.ImanDavenportPValue);
        CollectionAssert.AreEqual(new double[] { 3, 2, 1 }, test.AverageRanks.ToArray());
        CollectionAssert.AreEqual(new double[] { 1, 2, 3 }, Friedman.Compare(scores, higherIsBetter: false).AverageRanks.ToArray());
    }

    [TestMethod]
    public void Equal_and_undefined_scores_are_told()
    {
        var equal = Friedman.Compare([[1, 1], [2, 2]], true);
        Assert.AreEqual(1, equal.PValue);
        Assert.AreEqual(1.5, equal.AverageRanks[0]);
        StringAssert.Contains(equal.Note, "same score");
        Assert.HasCount(1, Nemenyi.Compare(equal).Groups);

        var partly = Friedman.Compare([[1, 2, 3], [1, double.NaN, 3], [1, 3, 2]], true);
        Assert.AreEqual(2, partly.Datasets);
        StringAssert.Contains(partly.Note, "1 of 3 data sets");
        Assert.IsTrue(partly.IsDefined);

        foreach (var few in new[] { Friedman.Compare([[1, 2]], true), Friedman.Compare([[1], [2]], true), Friedman.Compare([], true) })
        {
            Assert.IsFalse(few.IsDefined);
            StringAssert.Contains(few.Note, "at least two");
            Assert.IsTrue(double.IsNaN(Nemenyi.Compare(few).CriticalDifference));
            Assert.IsEmpty(Nemenyi.Compare(few).Groups);
        }

        StringAssert.Contains(Assert.Throws<ArgumentException>(() => Friedman.Compare([[1, 2], [1]], true)).Message, "Data set 1 has 1 scores");
        Assert.Throws<ArgumentOutOfRangeException>(() => Nemenyi.Compare(equal, 0));
    }

    private static double[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetDouble()).ToArray())];
}
