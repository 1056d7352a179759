using System.Text.Json;
using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class StreamingStatisticsTests
{
    private static readonly JsonElement Figures = ReferenceFigures.Read("distributions.json");

    private static double[] Numbers(string name) => ReferenceFigures.Numbers(Figures.GetProperty(name));

    private static double[] Gaussian(int count, ulong seed) => TestMatrices.Gaussian(count, 1, seed).Column(0);

    private static double[] Of(StreamingMoments m) => [m.Count, m.Mean, m.Variance, m.Skewness, m.Kurtosis, m.Minimum, m.Maximum];

    private static StreamingMoments Moments(ReadOnlySpan<double> values)
    {
        var moments = new StreamingMoments();
        moments.Add(values);
        return moments;
    }

    [TestMethod]
    public void Moments_agree_with_SciPy()
    {
        var moments = Moments(Numbers("x"));
        TestMatrices.AssertEqual(Numbers("moments"), [moments.Mean, moments.Variance, moments.Skewness, moments.Kurtosis], 1e-12);
        Assert.AreEqual((Numbers("x").Min(), Numbers("x").Max()), (moments.Minimum, moments.Maximum));
    }

    [TestMethod]
    public void Merged_moments_are_those_of_both_streams()
    {
        double[] values = Gaussian(1000, 3);
        foreach (int cut in new[] { 0, 1, 2, 500, 999, 1000 })
        {
            var merged = Moments(values.AsSpan(0, cut));
            merged.Merge(Moments(values.AsSpan(cut)));
            TestMatrices.AssertEqual(Of(Moments(values)), Of(merged), 1e-12);
        }
    }

    [TestMethod]
    public void A_large_mean_takes_no_digits_from_the_variance()
    {
        double[] values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];
        Assert.AreEqual(30, Moments(values).Variance, 1e-9);
        Assert.AreEqual(22.5, Moments(values).PopulationVariance, 1e-9);
    }

    [TestMethod]
    public void Few_or_strange_numbers_have_the_moments_that_they_can()
    {
        var none = new StreamingMoments();
        Assert.IsTrue(double.IsNaN(none.Mean) && double.IsNaN(none.Variance) && double.IsNaN(none.Minimum));
        var one = Moments([5]);
        Assert.AreEqual((5, 0), (one.Mean, one.PopulationVariance));
        Assert.IsTrue(double.IsNaN(one.Variance) && double.IsNaN(one.Skewness) && double.IsNaN(one.Kurtosis));
        Assert.IsTrue(double.IsNaN(Moments([1, double.NaN]).Mean) && double.IsNaN(Moments([double.NegativeInfinity]).PopulationVariance));
    }

    [TestMethod]
    public void Covariances_agree_with_NumPy()
    {
        double[] x = Numbers("x"), y = Numbers("y");
        var pairs = new StreamingCovariance(2);
        for (int i = 0; i < x.Length; i++) pairs.Add([x[i], y[i]]);
        var expected = Matrix.FromRows([.. Figures.GetProperty("covariance").EnumerateArray().Select(ReferenceFigures.Numbers)]);
        TestMatrices.AssertEqual(expected, pairs.Covariance(), 1e-12);
        TestMatrices.AssertEqual([x.Average(), y.Average()], pairs.Mean(), 1e-13);
        Assert.AreEqual(Numbers("pearson")[0], pairs.Correlation()[1, 0], 1e-14);
    }

    [TestMethod]
    public void Covariances_do_not_depend_on_pieces_and_merge()
    {
        const int d = 5, n = 700;
        var data = TestMatrices.Gaussian(n, d, 2);
        data.AsSpan()[3] += 1e6;
        var (whole, pieces, floats) = (new StreamingCovariance(d), new StreamingCovariance(d), new StreamingCovariance(d));
        whole.Add(data.AsSpan());
        floats.Add([.. data.AsSpan().ToArray().Select(v => (float)v)]);
        for (int i = 0; i < n; i += 7) pieces.Add(data.AsSpan()[(i * d)..((i + 7) * d)]);
        TestMatrices.AssertEqual(whole.Covariance(), pieces.Covariance(), 0);
        TestMatrices.AssertEqual(whole.Correlation(), floats.Correlation(), 1e-5);

        foreach (int cut in new[] { 0, 1, 300, n })
        {
            var (first, second) = (new StreamingCovariance(d), new StreamingCovariance(d));
            first.Add(data.AsSpan()[..(cut * d)]);
            second.Add(data.AsSpan()[(cut * d)..]);
            first.Merge(second);
            Assert.AreEqual(n, first.Count);
            TestMatrices.AssertEqual(whole.Covariance(), first.Covariance(), 1e-12 * whole.Covariance().MaxAbs());
            TestMatrices.AssertEqual(whole.Mean(), first.Mean(), 1e-12 * whole.Mean().Max());
        }

        Assert.ThrowsExactly<ArgumentException>(() => whole.Add(new double[d + 1]));
        Assert.ThrowsExactly<ArgumentException>(() => whole.Merge(new StreamingCovariance(2)));
        Assert.IsTrue(double.IsNaN(new StreamingCovariance(2).Covariance()[0, 1]) && double.IsNaN(new StreamingCovariance(1).Mean()[0]));
    }

    [TestMethod]
    public void Correlations_agree_with_SciPy()
    {
        double[] x = Numbers("x"), y = Numbers("y");
        Assert.AreEqual(Numbers("pearson")[0], Correlation.Pearson(x, y), 1e-14);
        Assert.AreEqual(Numbers("spearman")[0], Correlation.Spearman(x, y), 1e-14);
        Assert.AreEqual(Figures.GetProperty("kendall").GetDouble(), Correlation.Kendall(x, y), 1e-14);
        CollectionAssert.AreEqual(new[] { 2, 4, 2, 2, 5.0 }, Correlation.Ranks([1, 3, 1, 1, 8]));
    }

    [TestMethod]
    public void Kendalls_tau_is_a_count_of_pairs()
    {
        var stream = new RandomStream(4);
        double[] x = new double[80], y = new double[80];
        for (int i = 0; i < 80; i++) (x[i], y[i]) = (stream.NextInt32(9), stream.NextInt32(6));
        double agreement = 0, ofX = 0, ofY = 0;
        for (int i = 0; i < 80; i++)
        {
            for (int j = 0; j < i; j++)
            {
                agreement += Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
                ofX += Math.Abs(Math.Sign(x[i] - x[j]));
                ofY += Math.Abs(Math.Sign(y[i] - y[j]));
            }
        }

        Assert.AreEqual(agreement / Math.Sqrt(ofX * ofY), Correlation.Kendall(x, y), 1e-14);
    }

    [TestMethod]
    public void Correlations_of_what_cannot_be_compared_are_NaN()
    {
        foreach (var correlation in new Func<double[], double[], double>[] { (x, y) => Correlation.Pearson(x, y), (x, y) => Correlation.Spearman(x, y), (x, y) => Correlation.Kendall(x, y) })
        {
            Assert.IsTrue(double.IsNaN(correlation([1, 1], [1, 2])) && double.IsNaN(correlation([], [])) && double.IsNaN(correlation([1, double.NaN], [1, 2])));
            Assert.AreEqual(-1, correlation([1, 2, 3], [9, 8, 7]), 1e-15);
            Assert.ThrowsExactly<ArgumentException>(() => correlation([1], [1, 2]));
        }
    }

    [TestMethod]
    public void Quantiles_of_few_numbers_are_exact_and_agree_with_NumPy()
    {
        var sketch = new QuantileSketch();
        sketch.Add(Numbers("x"));
        TestMatrices.AssertEqual(Numbers("quantiles"), sketch.Quantiles([0, 0.1, 0.25, 0.5, 0.9, 1]), 1e-14);
        Assert.AreEqual(0, sketch.RankErrorBound);
        Assert.IsTrue(double.IsNaN(new QuantileSketch().Quantile(0.5)));
    }

    [TestMethod]
    [DataRow("random")]
    [DataRow("rising")]
    [DataRow("falling")]
    [DataRow("zigzag")]
    public void Quantiles_of_many_keep_their_bound_alone_and_merged(string order)
    {
        const int n = 60_000, capacity = 256;
        int[] permutation = new RandomStream(1).Permutation(n);
        double[] values = [.. Enumerable.Range(0, n).Select(i => order switch
        {
            "random" => permutation[i],
            "rising" => i,
            "falling" => n - 1 - i,
            _ => i % 2 == 0 ? i / 2 : n - 1 - i / 2,
        }).Select(v => (double)v)];
        var alone = new QuantileSketch(capacity);
        alone.Add(values);
        var merged = new QuantileSketch(capacity);
        for (int start = 0; start < n; start += 7_500)
        {
            var part = new QuantileSketch(capacity);
            part.Add(values.AsSpan(start, 7_500));
            merged.Merge(part);
        }

        foreach (var sketch in new[] { alone, merged })
        {
            Assert.AreEqual(n, sketch.Count);
            Assert.IsLessThan(Math.Log2(n / (double)capacity) / capacity, sketch.RankErrorBound);
            for (int i = 0; i <= 100; i++)
            {
                // The value is its own rank.
                double rank = sketch.Quantile(i / 100.0), exact = (n - 1) * i / 100.0;
                Assert.IsTrue(Math.Abs(rank - exact) <= sketch.RankErrorBound * n + 1, $"{order} {i} %: rank {rank}, exact {exact}");
            }

            Assert.AreEqual((0, n - 1), (sketch.Quantile(0), sketch.Quantile(1)));
        }
    }

    [TestMethod]
    public void A_sketch_refuses_what_has_no_order_and_may_be_merged_with_itself()
    {
        var sketch = new QuantileSketch(4);
        sketch.Add([3, 1, double.PositiveInfinity]);
        Assert.ThrowsExactly<ArgumentException>(() => sketch.Add(double.NaN));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => sketch.Quantile(-0.1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new QuantileSketch(3));
        Assert.AreEqual(3, sketch.Count);
        sketch.Merge(sketch);
        Assert.AreEqual((6, 1, double.PositiveInfinity), (sketch.Count, sketch.Quantile(0), sketch.Quantile(0.9)));
    }

    [TestMethod]
    public void Tests_of_hypotheses_agree_with_SciPy()
    {
        double[] x = Numbers("x"), y = Numbers("y");
        var welch = HypothesisTest.WelchT(x, y);
        TestMatrices.AssertEqual(Numbers("welch"), [welch.Statistic, welch.PValue], 1e-12);
        var one = HypothesisTest.OneSampleT(x, 5);
        TestMatrices.AssertEqual(Numbers("oneSample"), [one.Statistic, one.PValue], 1e-12);
        Assert.AreEqual(59, one.DegreesOfFreedom);
        var table = HypothesisTest.Independence([[10, 20, 30], [6, 9, 17]]);
        TestMatrices.AssertEqual(Numbers("independence"), [table.Statistic, table.PValue, table.DegreesOfFreedom], 1e-12);

        Assert.ThrowsExactly<ArgumentException>(() => HypothesisTest.OneSampleT([1], 0));
        Assert.ThrowsExactly<ArgumentException>(() => HypothesisTest.Independence([[1, 0], [2, 0]]));
        Assert.AreEqual(0, HypothesisTest.OneSampleT([2, 2], 1).PValue);
        Assert.IsTrue(double.IsNaN(HypothesisTest.WelchT([2, 2], [2, 2]).PValue));
    }
}
