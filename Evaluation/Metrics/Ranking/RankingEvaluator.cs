using MLPath.Data;
using MLPath.Runtime;
using static System.FormattableString;
using M = MLPath.Data.RankingMetrics;

namespace MLPath.Evaluation;

/// <summary>Judges the order that scores give to the rows of each group, in O(n log n) for n rows.</summary>
public static class RankingEvaluator
{
    /// <summary>Judges scores.</summary>
    /// <param name="labels">n labels: whole numbers from 0, the place of the gain in <see cref="RankingEvaluatorOptions.LabelGains"/>; NaN is missing.</param>
    /// <param name="scores">n scores; the higher, the more relevant.</param>
    /// <param name="groups">n numbers that are equal within a group.</param>
    /// <param name="options">The truncation level and the gains; null for the defaults.</param>
    /// <returns>The metrics; undefined ones carry their reason.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="DataException">A label is no whole number, or has no gain.</exception>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public static RankingMetrics Evaluate(
        ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, ReadOnlySpan<int> groups, RankingEvaluatorOptions? options = null)
    {
        options ??= new RankingEvaluatorOptions();
        double[] gainOfLabel = options.Gains();
        RowFilter.RequireLength(nameof(scores), scores.Length, labels.Length);
        RowFilter.RequireLength(nameof(groups), groups.Length, labels.Length);
        var filter = new RowFilter(labels.Length, []);
        var rows = new List<Row>(labels.Length);
        for (int row = 0; row < labels.Length; row++)
        {
            if (filter.Admit(row, hasLabel: !float.IsNaN(labels[row]), hasUsableScore: float.IsFinite(scores[row]), out _))
                rows.Add(new Row(groups[row], scores[row], Gain(labels[row], row, gainOfLabel)));
        }

        var table = new MetricTable(LearningTask.Ranking);
        if (filter.Obstacle is { } obstacle)
        {
            table.UndefinedRest(obstacle);
            return new M(table, filter.Counts, [], [], 0, 0);
        }

        rows.Sort();
        return Judge(rows, options.DcgTruncationLevel, table, filter.Counts);
    }

    private static M Judge(List<Row> rows, int level, MetricTable table, RowCounts counts)
    {
        double[] dcg = new double[level], ndcg = new double[level], own = new double[level], best = new double[level];
        double precision = 0, reciprocal = 0;
        int groups = 0, withoutRelevant = 0;
        for (int start = 0, end; start < rows.Count; start = end)
        {
            end = start + 1;
            while (end < rows.Count && rows[end].Group == rows[start].Group)
                end++;
            double[] gains = [.. rows[start..end].Select(r => r.Gain)];
            int[] runs = RunsOf(rows, start, end);
            own.AsSpan().Clear();
            best.AsSpan().Clear();
            RankedGroup.AddDcg(gains, runs, own);
            precision += RankedGroup.AveragePrecision(gains, runs);
            reciprocal += RankedGroup.ReciprocalRank(gains, runs);
            Array.Sort(gains, (a, b) => b.CompareTo(a));
            RankedGroup.AddDcg(gains, [.. Enumerable.Range(1, gains.Length)], best);
            for (int place = 0; place < level; place++)
            {
                dcg[place] += own[place];
                ndcg[place] += best[place] > 0 ? own[place] / best[place] : 0;
            }

            groups++;
            withoutRelevant += gains[0] > 0 ? 0 : 1;
        }

        for (int place = 0; place < level; place++)
            (dcg[place], ndcg[place]) = (dcg[place] / groups, ndcg[place] / groups);
        table.Set(nameof(M.NormalizedDiscountedCumulativeGain), ndcg[^1]);
        table.Set(nameof(M.MeanAveragePrecision), precision / groups);
        table.Set(nameof(M.MeanReciprocalRank), reciprocal / groups);
        return new M(table, counts, dcg, ndcg, groups, withoutRelevant);
    }

    // The ends of the runs of equal score, counted from the start of the group.
    private static int[] RunsOf(List<Row> rows, int start, int end)
    {
        var runs = new List<int>();
        for (int row = start + 1; row <= end; row++)
        {
            if (row == end || rows[row].Score != rows[row - 1].Score)
                runs.Add(row - start);
        }

        return [.. runs];
    }

    private static double Gain(float label, int row, double[] gains) => label >= 0 && label < gains.Length && label == MathF.Floor(label)
        ? gains[(int)label]
        : throw new DataException(Invariant($"The label at row index {row} is {label}; there are gains for the whole numbers 0 to {gains.Length - 1}. ")
            + "Give a gain for each label with option LabelGains.");

    // By group, then by falling score; equal ones by gain, so that sums do not depend on the order of the rows.
    private readonly record struct Row(int Group, float Score, double Gain) : IComparable<Row>
    {
        public int CompareTo(Row other) =>
            Group != other.Group ? Group.CompareTo(other.Group)
            : Score != other.Score ? other.Score.CompareTo(Score)
            : Gain.CompareTo(other.Gain);
    }
}
