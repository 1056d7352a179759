using MLPath.Evaluation;

namespace MLPath.Data;

/// <summary>
/// How well the rows of each group (the documents of a query) are ordered by their scores, averaged over the groups. Rows of equal score count as
/// if every order of them were as likely, so that the figures do not depend on the order of the data.
/// </summary>
public sealed class RankingMetrics : EvaluationMetrics
{
    internal RankingMetrics(MetricTable table, RowCounts rows, double[] dcg, double[] ndcg, int groups, int groupsWithoutRelevant)
        : base(table, rows)
    {
        DiscountedCumulativeGains = Array.AsReadOnly(dcg);
        NormalizedDiscountedCumulativeGains = Array.AsReadOnly(ndcg);
        GroupCount = groups;
        GroupsWithoutRelevantRows = groupsWithoutRelevant;
    }

    /// <summary>
    /// NDCG@1 … NDCG@k: the discounted gain of the first rows as a share of what the best order would have. A group without any gain counts as 0, as
    /// in ML.NET and scikit-learn. Empty where it is undefined.
    /// </summary>
    public IReadOnlyList<double> NormalizedDiscountedCumulativeGains { get; }

    /// <summary>
    /// DCG@1 … DCG@k: Σᵢ gᵢ / ln(i + 1) over the first places i = 1, 2, …, with the natural logarithm of ML.NET; with logarithms to base 2, as in
    /// scikit-learn, it is ln 2 times as much. Empty where it is undefined.
    /// </summary>
    public IReadOnlyList<double> DiscountedCumulativeGains { get; }

    /// <summary>NDCG at the truncation level, 0 to 1: the last of <see cref="NormalizedDiscountedCumulativeGains"/>.</summary>
    public double NormalizedDiscountedCumulativeGain => Value(nameof(NormalizedDiscountedCumulativeGain));

    /// <summary>The mean over groups of the average precision, 0 to 1, where rows whose label has a gain above 0 are relevant; 0 for a group without.</summary>
    public double MeanAveragePrecision => Value(nameof(MeanAveragePrecision));

    /// <summary>The mean over groups of 1 / the place of the first relevant row, 0 to 1; 0 for a group without.</summary>
    public double MeanReciprocalRank => Value(nameof(MeanReciprocalRank));

    /// <summary>The number of groups.</summary>
    public int GroupCount { get; }

    /// <summary>The number of groups in which no row has a gain.</summary>
    public int GroupsWithoutRelevantRows { get; }
}
