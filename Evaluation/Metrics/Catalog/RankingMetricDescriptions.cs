using M = MLPath.Data.RankingMetrics;

namespace MLPath.Evaluation;

internal static class RankingMetricDescriptions
{
    public static readonly MetricDescription[] All =
    [
        new(nameof(M.NormalizedDiscountedCumulativeGain), "NDCG", 0, 1,
            "Discounted gain of the first rows of each group as a share of that of the best order, down to a given place, 10 by default.", "ndcg"),
        new(nameof(M.MeanAveragePrecision), "MAP", 0, 1, "Average precision of each group's order, averaged over groups.", "map"),
        new(nameof(M.MeanReciprocalRank), "MRR", 0, 1, "1 / the place of the first relevant row, averaged over groups.", "mrr"),
    ];
}
