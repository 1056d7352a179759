using MLPath.Numerics;
using MLPath.Runtime;
using static MLPath.Evaluation.Tests.ReferenceFigures;

namespace MLPath.Evaluation.Tests.Statistics;

/// <summary>Tests of two models on the rows of one split.</summary>
[TestClass]
public sealed class RowTests
{
    [TestMethod]
    public void McNemar_agrees_with_scipy()
    {
        foreach (var one in StatisticsOf("mcnemar"))
        {
            int[] counts = one.Ints("counts");
            var test = McNemar.Compare(counts[0], counts[1], counts[2], counts[3]);
            string name = one.Name();
            AssertClose(one.Number("statistic"), test.Statistic, $"{name}: statistic");
            AssertClose(one.Number("p"), test.PValue, $"{name}: p");
            AssertClose(one.Number("difference"), test.Difference, $"{name}: difference");
            AssertClose(one.Number("lower"), test.Lower, $"{name}: lower");
            AssertClose(one.Number("upper"), test.Upper, $"{name}: upper");
            Assert.AreEqual(counts[1] + counts[2] < 25, test.IsExact, name);
        }
    }

    [TestMethod]
    public void McNemar_counts_rows_and_knows_its_limits()
    {
        var test = McNemar.Compare([true, true, false, true, false], [true, false, true, false, false]);
        Assert.AreEqual((5, 2, 1), (test.Rows, test.OnlyFirst, test.OnlySecond));
        Assert.AreEqual(0.2, test.Difference, 1e-15);
        Assert.AreEqual(1, test.PValue);
        var equal = McNemar.Compare([true, false], [true, false]);
        Assert.AreEqual(1, equal.PValue);
        StringAssert.Contains(equal.Note, "right on the same rows");
        Assert.IsTrue(double.IsNaN(McNemar.Compare([], []).PValue));
        // One more than half of many: the correction for continuity may not turn the excess negative.
        Assert.AreEqual(1, McNemar.Compare(0, 20, 20, 0).PValue);
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => McNemar.Compare([true], [])).Message, "1 rows cannot be paired with 0");
        Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.Compare(-1, 0, 0, 0));
    }

    [TestMethod]
    public void DeLong_agrees_with_the_definition_by_pairs()
    {
        foreach (var one in StatisticsOf("delong"))
        {
            var test = DeLong.Compare(one.Bools("labels"), one.Floats("a"), one.Floats("b"));
            string name = one.Name();
            // Scores are single precision here and double there; a rounding may not break or make a tie, and does not.
            AssertClose(one.Number("auc_a"), test.FirstArea, $"{name}: first area");
            AssertClose(one.Number("auc_b"), test.SecondArea, $"{name}: second area");
            AssertClose(one.Doubles("covariance"), [test.FirstVariance, test.Covariance, test.Covariance, test.SecondVariance], $"{name}: covariance");
            AssertClose(one.Number("z"), test.Z, $"{name}: z");
            AssertClose(one.Number("p"), test.PValue, $"{name}: p");
            AssertClose(one.Number("lower"), test.Lower, $"{name}: lower");
            AssertClose(one.Number("upper"), test.Upper, $"{name}: upper");
        }
    }

    [TestMethod]
    public void DeLong_sees_ranks_only_and_tells_where_it_sees_nothing()
    {
        bool[] labels = [true, false, true, false, true, false];
        float[] a = [0.9f, 0.1f, 0.4f, 0.5f, 0.8f, 0.3f], b = [0.2f, 0.3f, 0.9f, 0.1f, 0.4f, 0.8f];
        var test = DeLong.Compare(labels, a, b);
        var stretched = DeLong.Compare(labels, Array.ConvertAll(a, s => s * s * 100), b);
        Assert.AreEqual(test, stretched);
        Assert.AreEqual(-test.Z, DeLong.Compare(labels, b, a).Z);
        var same = DeLong.Compare(labels, a, Array.ConvertAll(a, s => s - 1));
        Assert.AreEqual(1, same.PValue);
        StringAssert.Contains(same.Note, "alike");
        StringAssert.Contains(DeLong.Compare([true, false, false], [1, 2, 3], [1, 2, 3]).Note, "1 positive and 2 negative");
        StringAssert.Contains(DeLong.Compare(labels, a, [1, 2, float.NaN, 4, 5, 6]).Note, "second model's score at row index 2 is NaN");
        Assert.Throws<ArgumentException>(() => DeLong.Compare(labels, a, [1]));
    }

    [TestMethod]
    public void The_bca_interval_of_given_draws_is_that_of_scipy()
    {
        foreach (var one in StatisticsOf("bca"))
        {
            var interval = BcaInterval.Interval(
                one.Number("estimate"), one.Doubles("resamples"), one.Doubles("jackknife"), one.Number("confidence"));
            AssertClose(one.Number("lower"), interval.Lower, $"{one.Name()}: lower");
            AssertClose(one.Number("upper"), interval.Upper, $"{one.Name()}: upper");
        }
    }

    [TestMethod]
    public void The_interval_of_a_mean_is_near_the_normal_one_and_the_same_at_any_number_of_threads()
    {
        var random = new RandomStream(5);
        foreach (int n in new[] { 400, 3000 })
        {
            double[] values = [.. Enumerable.Range(0, n).Select(_ => random.NextGaussian())];
            double[] Mean(float[] weights)
            {
                double sum = 0, total = 0;
                for (int i = 0; i < n; i++)
                    (sum, total) = (sum + (weights[i] * values[i]), total + weights[i]);
                return [sum / total];
            }

            var options = new BootstrapOptions { Resamples = 2000, Seed = 7 };
            var interval = BcaInterval.Compute(n, Mean, options, FitContext.Default with { Threads = 1 })[0];
            Assert.AreEqual(interval, BcaInterval.Compute(n, Mean, options, FitContext.Default with { Threads = 4 })[0]);
            // A quantile of 2000 draws near 2.5% has a standard error of about 0.06 standard errors of the mean.
            double error = 1 / Math.Sqrt(n);
            Assert.AreEqual(interval.Estimate - (1.96 * error), interval.Lower, 0.3 * error);
            Assert.AreEqual(interval.Estimate + (1.96 * error), interval.Upper, 0.3 * error);
        }
    }

    [TestMethod]
    public void Groups_are_drawn_whole()
    {
        // Ten rows that repeat one value each ten times: the interval of their mean is that of ten values, not of a hundred.
        var random = new RandomStream(6);
        double[] ten = [.. Enumerable.Range(0, 10).Select(_ => random.NextGaussian())];
        int[] groups = [.. Enumerable.Range(0, 100).Select(i => 7 * (i / 10))];
        double Mean(float[] w, int per) => w.Select((weight, i) => weight * ten[i / per]).Sum() / w.Sum();
        var few = BcaInterval.Compute(10, w => [Mean(w, 1)])[0];
        var grouped = BcaInterval.Compute(100, w => [Mean(w, 10)], new BootstrapOptions { Groups = groups })[0];
        Assert.AreEqual(few.Lower, grouped.Lower, 1e-6);
        Assert.AreEqual(few.Upper, grouped.Upper, 1e-6);
    }

    [TestMethod]
    public void What_rows_cannot_tell_has_no_interval()
    {
        Assert.AreEqual("it is the same in every draw of rows, which does not say how uncertain it is", BcaInterval.Compute(30, _ => [1.0])[0].UndefinedReason);
        Assert.AreEqual("the number itself is undefined", BcaInterval.Compute(30, _ => [double.NaN])[0].UndefinedReason);
        Assert.IsFalse(BcaInterval.Compute(0, _ => [1.0])[0].IsDefined);
        // Undefined without the first row, which is left out of more than a third of the draws.
        StringAssert.Contains(BcaInterval.Compute(30, w => [w[0] == 0 ? double.NaN : w[1]])[0].UndefinedReason, "it is undefined in ");
        Assert.Throws<OptionException>(() => BcaInterval.Compute(3, _ => [1.0], new BootstrapOptions { Resamples = 10 }));
        Assert.Throws<OptionException>(() => BcaInterval.Compute(3, _ => [1.0], new BootstrapOptions { Confidence = 95 }));
        Assert.Throws<OptionException>(() => BcaInterval.Compute(3, _ => [1.0], new BootstrapOptions { Groups = [1] }));
        var cancelled = FitContext.Default with { CancellationToken = new CancellationToken(canceled: true) };
        Assert.Throws<OperationCanceledException>(() => BcaInterval.Compute(3, w => [w[0]], null, cancelled));
    }

    [TestMethod]
    public void The_paired_bootstrap_tells_models_apart_by_any_metric()
    {
        var random = new RandomStream(8);
        const int n = 300;
        double[] common = [.. Enumerable.Range(0, n).Select(_ => random.NextGaussian())];
        double[] better = [.. common.Select(c => Math.Abs(c + (0.1 * random.NextGaussian())))], worse = [.. better.Select(e => e + 0.1 + (0.2 * random.NextGaussian()))];
        static RowMetric Mean(double[] errors) => w => w.Select((weight, i) => weight * errors[i]).Sum() / w.Sum();
        var test = PairedBootstrap.Compare(n, Mean(worse), Mean(better));
        // The errors vary far more from row to row than the difference does: only pairing shows it.
        Assert.IsLessThan(0.01, test.PValue);
        Assert.IsGreaterThan(0, test.Difference.Lower);
        var swapped = PairedBootstrap.Compare(n, Mean(better), Mean(worse));
        Assert.AreEqual(test.PValue, swapped.PValue);
        Assert.AreEqual(1, PairedBootstrap.Compare(n, Mean(better), Mean(better)).PValue);
        Assert.IsTrue(double.IsNaN(PairedBootstrap.Compare(n, _ => double.NaN, Mean(better)).PValue));
    }

    [TestMethod]
    public void The_f_test_of_five_times_two_folds_agrees_with_its_definition()
    {
        foreach (var one in StatisticsOf("five_by_two"))
        {
            var test = FiveByTwoF.Compare(one.Doubles("a"), one.Doubles("b"));
            AssertClose(one.Number("f"), test.F, $"{one.Name()}: F");
            AssertClose(one.Number("p"), test.PValue, $"{one.Name()}: p");
        }

        double[] scores = [0.5, 0.6, 0.7, 0.5, 0.6, 0.7, 0.5, 0.6, 0.7, 0.5];
        Assert.AreEqual(1, FiveByTwoF.Compare(scores, scores).PValue);
        Assert.AreEqual(0, FiveByTwoF.Compare(scores, [.. scores.Select(_ => 0.0)], 0.95).PValue, 0.01);
        var constant = FiveByTwoF.Compare([2, 2, 4, 4, 2, 2, 4, 4, 2, 2], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        Assert.AreEqual((double.PositiveInfinity, 0.0), (constant.F, constant.PValue));
        StringAssert.Contains(FiveByTwoF.Compare([1, 2], [1, 3]).Note, "five repeats of two folds");
        StringAssert.Contains(FiveByTwoF.Compare([.. scores[..9], double.NaN], scores).Note, "undefined");
    }
}
