using System.Text.Json;
using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class DistributionTests
{
    private static readonly JsonElement Figures = ReferenceFigures.Read("distributions.json");

    private static IEnumerable<object[]> Cases() => Enumerable.Range(0, Figures.GetProperty("distributions").GetArrayLength()).Select(i => new object[] { i });

    private static Distribution Make(string name, double[] p) => name switch
    {
        "Normal" => new NormalDistribution(p[0], p[1]),
        "Uniform" => new UniformDistribution(p[0], p[1]),
        "Exponential" => new ExponentialDistribution(p[0]),
        "Gamma" => new GammaDistribution(p[0], p[1]),
        "ChiSquared" => new ChiSquaredDistribution(p[0]),
        "Beta" => new BetaDistribution(p[0], p[1]),
        "StudentT" => new StudentTDistribution(p[0]),
        "F" => new FDistribution(p[0], p[1]),
        "Poisson" => new PoissonDistribution(p[0]),
        _ => new BinomialDistribution((int)p[0], p[1]),
    };

    private static double[] Numbers(JsonElement element, string name) => ReferenceFigures.Numbers(element.GetProperty(name));

    private static void AssertClose(double expected, double actual, double relative, string what)
    {
        bool close = expected.Equals(actual) || Math.Abs(expected - actual) <= relative * Math.Abs(expected) + 1e-300;
        Assert.IsTrue(close, $"{what}: expected {expected:R}, actual {actual:R}");
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Densities_tails_and_quantiles_agree_with_the_exact_ones(int index)
    {
        var figures = Figures.GetProperty("distributions")[index];
        string name = figures.GetProperty("name").GetString()!;
        var d = Make(name, Numbers(figures, "parameters"));
        double[] xs = Numbers(figures, "x"), density = Numbers(figures, "density");
        double[] cumulative = Numbers(figures, "cumulative"), upper = Numbers(figures, "upperTail");
        foreach (var (moment, actual) in figures.GetProperty("moments").EnumerateArray().Zip([d.Mean, d.Variance]))
        {
            if (moment.ValueKind == JsonValueKind.Number) AssertClose(moment.GetDouble(), actual, 1e-13, $"{name} moment");
            else Assert.IsFalse(double.IsFinite(actual));
        }

        for (int i = 0; i < xs.Length; i++)
        {
            AssertClose(density[i], d.Density(xs[i]), 1e-12, $"{name} density at {xs[i]}");
            AssertClose(cumulative[i], d.CumulativeProbability(xs[i]), 1e-12, $"{name} P(X ≤ {xs[i]})");
            AssertClose(upper[i], d.UpperTail(xs[i]), 1e-12, $"{name} P(X > {xs[i]})");
        }

        double[] levels = Numbers(Figures, "levels"), quantiles = Numbers(figures, "quantile");
        for (int i = 0; i < levels.Length; i++) AssertClose(quantiles[i], d.Quantile(levels[i]), 1e-12, $"{name} quantile {levels[i]}");
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Quantiles_invert_and_draws_have_the_distribution(int index)
    {
        var figures = Figures.GetProperty("distributions")[index];
        var d = Make(figures.GetProperty("name").GetString()!, Numbers(figures, "parameters"));
        foreach (double p in Enumerable.Range(1, 19).Select(i => i / 20.0))
        {
            double x = d.Quantile(p);
            if (d is ContinuousDistribution) Assert.AreEqual(p, d.CumulativeProbability(x), 1e-12);
            else Assert.IsTrue(d.CumulativeProbability(x) >= p * (1 - 1e-14) && d.CumulativeProbability(x - 1) < p);
        }

        // The share of draws up to x is binomial, so five standard errors are missed once in two million.
        const int draws = 4000;
        var stream = new RandomStream(5);
        double[] sample = [.. Enumerable.Range(0, draws).Select(_ => d.Sample(stream))];
        foreach (double p in new[] { 0.1, 0.5, 0.9 })
        {
            double x = d.Quantile(p), share = d.CumulativeProbability(x);
            Assert.AreEqual(share, sample.Count(v => v <= x) / (double)draws, 5 * Math.Sqrt(0.25 / draws));
        }

        var again = new RandomStream(5);
        Assert.AreEqual(sample[0], d.Sample(again));
    }

    [TestMethod]
    public void The_ends_of_the_support_are_the_quantiles_of_0_and_1()
    {
        Assert.AreEqual((double.NegativeInfinity, double.PositiveInfinity), (NormalDistribution.Standard.Quantile(0), NormalDistribution.Standard.Quantile(1)));
        Assert.AreEqual((0, 1), (new BetaDistribution(2, 3).Quantile(0), new BetaDistribution(2, 3).Quantile(1)));
        Assert.AreEqual((0, 9), (new BinomialDistribution(9, 0.5).Quantile(0), new BinomialDistribution(9, 0.5).Quantile(1)));
        Assert.AreEqual((0, 0), (new BinomialDistribution(0, 0.5).Quantile(0.7), new BinomialDistribution(5, 0).Quantile(0.7)));
        Assert.AreEqual(5, new BinomialDistribution(5, 1).Quantile(0.3));
        Assert.IsTrue(double.IsNaN(NormalDistribution.Standard.Density(double.NaN)) && double.IsNaN(new GammaDistribution(2).Density(double.NaN)));
    }

    [TestMethod]
    public void The_two_sided_tail_is_that_of_the_t_test() =>
        Assert.AreEqual(0.05, new StudentTDistribution(9).TwoSidedTail(new StudentTDistribution(9).Quantile(0.025)), 1e-15);

    [TestMethod]
    public void Special_functions_agree_with_SciPy()
    {
        foreach (var row in Figures.GetProperty("logGamma").EnumerateArray())
            Assert.AreEqual(row[1].GetDouble(), SpecialFunctions.LogGamma(row[0].GetDouble()), 5e-15 * Math.Max(1, Math.Abs(row[1].GetDouble())));
        foreach (var row in Figures.GetProperty("erf").EnumerateArray())
        {
            AssertClose(row[1].GetDouble(), SpecialFunctions.Erf(row[0].GetDouble()), 1e-13, "erf");
            AssertClose(row[2].GetDouble(), SpecialFunctions.Erfc(row[0].GetDouble()), 1e-12, "erfc");
        }
    }

    [TestMethod]
    public void Parameters_out_of_range_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new NormalDistribution(0, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new NormalDistribution(double.NaN));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new UniformDistribution(1, 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new PoissonDistribution(double.PositiveInfinity));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new BinomialDistribution(-1, 0.5));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new BinomialDistribution(1, double.NaN));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => NormalDistribution.Standard.Quantile(1.1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => NormalDistribution.Standard.Quantile(double.NaN));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SpecialFunctions.LogGamma(0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SpecialFunctions.Beta(1.5, 1, 1));
    }
}
