using MLPath.Data;
using MLPath.Evaluation.Tests.Explanation;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Metrics;

/// <summary>Orders are judged as scikit-learn judges them, ties included, with ML.NET's gains and logarithm.</summary>
[TestClass]
public sealed class RankingEvaluatorTests
{
    private readonly MLContext _ml = new();

    [TestMethod]
    public void Gains_agree_with_scikit_learn_at_every_place()
    {
        foreach (var one in ExplanationFigures.Cases("ranking"))
        {
            var metrics = RankingEvaluator.Evaluate(one.Floats("labels"), one.Floats("scores"), one.Ints("groups"),
                new RankingEvaluatorOptions { DcgTruncationLevel = one.GetProperty("k").GetInt32() });
            ReferenceFigures.AssertClose(one.Doubles("dcg"), metrics.DiscountedCumulativeGains, one.Name());
            ReferenceFigures.AssertClose(one.Doubles("ndcg"), metrics.NormalizedDiscountedCumulativeGains, one.Name());
            Assert.AreEqual(metrics.NormalizedDiscountedCumulativeGains[^1], metrics.Primary.Value);
            // Means over 20 000 orders of the ties, of figures between 0 and 1: a standard error of 0.0035 at most.
            Assert.AreEqual(one.GetProperty("map_of_20000_orders").GetDouble(), metrics.MeanAveragePrecision, 0.005, one.Name());
            Assert.AreEqual(one.GetProperty("mrr_of_20000_orders").GetDouble(), metrics.MeanReciprocalRank, 0.01, one.Name());
        }
    }

    [TestMethod]
    public void Ties_count_as_the_mean_over_all_their_orders()
    {
        float[] labels = [2, 0, 0, 1];
        var tied = RankingEvaluator.Evaluate(labels, [1, 1, 1, 0], [5, 5, 5, 5]);
        float[][] orders = [[3, 2, 1, 0], [3, 1, 2, 0], [2, 3, 1, 0], [1, 3, 2, 0], [2, 1, 3, 0], [1, 2, 3, 0]];
        var each = orders.Select(scores => RankingEvaluator.Evaluate(labels, scores, [5, 5, 5, 5])).ToList();
        foreach (var metric in tied.All)
            Assert.AreEqual(each.Average(m => m[metric.Name].Value), metric.Value, 1e-12, metric.Name);
        Assert.AreEqual(each.Average(m => m.DiscountedCumulativeGains[1]), tied.DiscountedCumulativeGains[1], 1e-12);
    }

    [TestMethod]
    public void A_perfect_order_has_1_and_groups_may_lie_anywhere()
    {
        var view = ExplanationFigures.Table(
            ("Label", [0, 4, 1, 0, 2, float.NaN]), ("Score", [1, 9, 5, 2, 8, 7]), ("GroupId", [1, 7, 1, 7, 1, 1]));
        var metrics = _ml.Ranking.Evaluate(view);
        Assert.AreEqual(1, metrics.NormalizedDiscountedCumulativeGain, 1e-12);
        Assert.AreEqual(1, metrics.MeanAveragePrecision, 1e-12);
        Assert.AreEqual(2, metrics.GroupCount);
        Assert.AreEqual(1, metrics.RowsWithoutLabel);
        // (7 / ln 2 + 3 / ln 3 + 31 / ln 2) / 2
        Assert.AreEqual(((38 / Math.Log(2)) + (3 / Math.Log(3))) / 2, metrics.DiscountedCumulativeGains[9], 1e-9);
        Assert.HasCount(3, _ml.Ranking.Evaluate(view, new RankingEvaluatorOptions { DcgTruncationLevel = 3 }).NormalizedDiscountedCumulativeGains);
    }

    [TestMethod]
    public void A_group_without_relevant_rows_counts_0()
    {
        var metrics = RankingEvaluator.Evaluate([0f, 0, 1, 0], [1, 2, 2, 1], [0, 0, 1, 1]);
        Assert.AreEqual(0.5, metrics.NormalizedDiscountedCumulativeGain, 1e-12);
        Assert.AreEqual(0.5, metrics.MeanReciprocalRank, 1e-12);
        Assert.AreEqual(1, metrics.GroupsWithoutRelevantRows);
    }

    [TestMethod]
    public void Bad_input_is_named()
    {
        StringAssert.Contains(Assert.Throws<DataException>(() => RankingEvaluator.Evaluate([5f], [1], [0])).Message, "LabelGains");
        StringAssert.Contains(Assert.Throws<DataException>(() => RankingEvaluator.Evaluate([0.5f], [1], [0])).Message, "0.5");
        Assert.Throws<OptionException>(() => RankingEvaluator.Evaluate([1f], [1], [0], new RankingEvaluatorOptions { LabelGains = "0,x" }));
        Assert.Throws<OptionException>(() => RankingEvaluator.Evaluate([1f], [1], [0], new RankingEvaluatorOptions { DcgTruncationLevel = 0 }));
        Assert.Throws<ArgumentException>(() => RankingEvaluator.Evaluate([1f], [1], []));
        Assert.IsFalse(RankingEvaluator.Evaluate([], [], []).Primary.IsDefined);
        Assert.IsFalse(RankingEvaluator.Evaluate([1f], [float.NaN], [0]).Primary.IsDefined);
        StringAssert.Contains(Assert.Throws<SchemaException>(() => _ml.Ranking.Evaluate(ExplanationFigures.Table(("Label", [1]), ("Score", [1])))).Message, "GroupId");
    }
}
