using MLPath.Numerics;
using static MLPath.Evaluation.Tests.ReferenceFigures;

namespace MLPath.Evaluation.Tests.Statistics;

[TestClass]
public sealed class BayesianTests
{
    [TestMethod]
    public void The_signed_rank_test_agrees_with_another_simulation()
    {
        // Both are shares of draws: 400,000 there and 200,000 here, so that a difference of 0.006 is five standard errors.
        foreach (var one in StatisticsOf("signed_rank"))
        {
            var test = BayesianSignedRank.Compare(one.Doubles("a"), one.Doubles("b"), one.Number("rope"), new RandomStream(1), samples: 200_000);
            Assert.AreEqual(one.Number("above"), test.FirstBetter, 0.006, $"{one.Name()}: first better");
            Assert.AreEqual(one.Number("within"), test.Equivalent, 0.006, $"{one.Name()}: equivalent");
            Assert.AreEqual(one.Number("below"), test.SecondBetter, 0.006, $"{one.Name()}: second better");
            Assert.AreEqual(1, test.FirstBetter + test.Equivalent + test.SecondBetter, 1e-12);
        }
    }

    [TestMethod]
    public void The_signed_rank_test_is_a_function_of_its_seed_and_of_the_direction()
    {
        double[] a = [0.8, 0.7, 0.9, 0.85], b = [0.79, 0.72, 0.85, 0.8];
        var test = BayesianSignedRank.Compare(a, b, 0.01, new RandomStream(3), samples: 2000);
        Assert.AreEqual(test, BayesianSignedRank.Compare(a, b, 0.01, new RandomStream(3), samples: 2000));
        var errors = BayesianSignedRank.Compare(a, b, 0.01, new RandomStream(3), higherIsBetter: false, samples: 2000);
        Assert.AreEqual(test.FirstBetter, errors.SecondBetter);
        // All differences inside the region, and all far above it.
        Assert.AreEqual(1, BayesianSignedRank.Compare(a, b, 0.2, new RandomStream(3), samples: 500).Equivalent);
        Assert.IsGreaterThan(0.95, BayesianSignedRank.Compare([5, 6, 7, 8, 9, 6], [1, 1, 1, 1, 1, 1], 0.2, new RandomStream(3), samples: 500).FirstBetter);
    }

    [TestMethod]
    public void The_correlated_t_test_agrees_with_scipy()
    {
        foreach (var one in StatisticsOf("correlated_t"))
        {
            var test = BayesianCorrelatedT.Compare(one.Doubles("a"), one.Doubles("b"), one.Number("ratio"), one.Number("rope"));
            AssertClose(one.Number("above"), test.FirstBetter, $"{one.Name()}: first better");
            AssertClose(one.Number("within"), test.Equivalent, $"{one.Name()}: equivalent");
            AssertClose(one.Number("below"), test.SecondBetter, $"{one.Name()}: second better");
            AssertClose(one.Number("lower"), test.Effect!.Lower, $"{one.Name()}: lower");
            AssertClose(one.Number("upper"), test.Effect.Upper, $"{one.Name()}: upper");
        }
    }

    [TestMethod]
    public void Equal_scores_are_equivalent_for_certain_and_a_constant_difference_is_a_point()
    {
        var equal = BayesianCorrelatedT.Compare([0.5, 0.6], [0.5, 0.6], 1);
        Assert.AreEqual(1, equal.Equivalent);
        StringAssert.Contains(equal.Note, "same on every split");
        Assert.AreEqual(1, BayesianCorrelatedT.Compare([0.5, 0.625], [0.25, 0.375], 1, 0.1).FirstBetter);
        Assert.AreEqual(1, BayesianCorrelatedT.Compare([0.5, 0.625], [0.25, 0.375], 1, 0.1, higherIsBetter: false).SecondBetter);
    }

    [TestMethod]
    public void Undefined_scores_and_impossible_regions_are_told()
    {
        Assert.IsFalse(BayesianCorrelatedT.Compare([double.NaN, 1], [1, 1], 1).IsDefined);
        Assert.IsFalse(BayesianSignedRank.Compare([], [], 0, new RandomStream(1)).IsDefined);
        Assert.IsTrue(double.IsNaN(BayesianSignedRank.Compare([], [], 0, new RandomStream(1)).FirstBetter));
        Assert.Throws<ArgumentOutOfRangeException>(() => BayesianSignedRank.Compare([1], [1], -1, new RandomStream(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BayesianCorrelatedT.Compare([1], [1], 1, double.NaN));
    }

    [TestMethod]
    public void Outcomes_are_sentences()
    {
        const string reason = "because";
        var t = CorrectedResampledTTest.Compare([0.91, 0.93, 0.92], [0.905, 0.94, 0.9], 0.5).ToTest(reason);
        StringAssert.StartsWith(t.Sentence("forest", "tree"), "There is no evidence that forest differs from tree (corrected resampled t-test, p = 0.");
        StringAssert.Contains(t.Sentence("forest", "tree"), "95% interval");
        StringAssert.StartsWith((t with { PValue = 1e-6 }).Sentence("forest", "tree"), "forest differs from tree by more than chance explains (");
        StringAssert.Contains((t with { PValue = 1e-6 }).Sentence("forest", "tree"), "p < 0.001");
        var belief = BayesianCorrelatedT.Compare([0.5, 0.6], [0.5, 0.6], 1).ToTest(reason);
        StringAssert.StartsWith(belief.Sentence("forest", "tree"), "forest and tree are practically equal: forest better 0.0%, equal within 0.01 100.0%");
        var open = belief with { Probabilities = new EquivalenceProbabilities(0.5, 0.3, 0.2, 0.01) };
        StringAssert.StartsWith(open.Sentence("forest", "tree"), "Whether forest and tree differ in practice is open:");
        var none = Wilcoxon.Compare([], []).ToTest(reason);
        StringAssert.StartsWith(none.Sentence("forest", "tree"), "forest and tree could not be compared: ");
    }
}
