using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>What a candidate costs whoever uses it.</summary>
public enum CandidateCost
{
    /// <summary>The mean time to predict the test rows of one fold.</summary>
    PredictTime,

    /// <summary>The size of the saved model.</summary>
    ModelSize,
}

/// <summary>Quality against cost: which candidates nothing beats in both.</summary>
internal static class ParetoFront
{
    /// <summary>The candidates of the front, cheapest first.</summary>
    public static IReadOnlyList<CandidateResult> Of(ComparisonReport result, CandidateCost cost)
    {
        var front = new List<CandidateResult>();
        double best = double.NegativeInfinity;
        // From the cheapest on, each that scores better than all cheaper ones; of equally cheap ones the best comes first.
        foreach (var group in result.Candidates.Where(c => IsPlaced(c, cost)).GroupBy(c => Cost(c, cost)!.Value).OrderBy(g => g.Key))
        {
            double top = group.Max(Quality);
            if (!(top > best))
                continue;
            front.AddRange(group.Where(c => Quality(c) == top));
            best = top;
        }

        return front;

        double Quality(CandidateResult c) => result.Metric.HigherIsBetter ? c.Score!.Mean : -c.Score!.Mean;
    }

    /// <summary>What a candidate costs, in seconds or bytes; null where it is not known.</summary>
    public static double? Cost(CandidateResult candidate, CandidateCost cost) =>
        cost == CandidateCost.ModelSize ? candidate.ModelBytes
        : candidate.Folds.Count == 0 ? null
        : candidate.Folds.Average(f => f.PredictTime.TotalSeconds);

    /// <summary>The front as drawings; null where fewer than three candidates would be drawn.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="leftOut">Candidates that only serve comparison, such as a baseline, whose scores would press the others together.</param>
    public static GroupSection? Section(ComparisonReport result, Func<CandidateResult, bool> leftOut)
    {
        var drawings = Enum.GetValues<CandidateCost>().Select(cost => Drawing(result, cost, leftOut)).OfType<ReportSection>().ToList();
        return drawings.Count == 0 ? null : new GroupSection("Quality against cost", drawings)
        {
            SideBySide = true,
            Explanation = "Along the line each candidate is worth its cost: none is both better and cheaper."
                + (result.Candidates.Any(c => c.Error is null && leftOut(c)) ? " The baseline is not drawn." : ""),
        };
    }

    private static ScatterSection? Drawing(ComparisonReport result, CandidateCost cost, Func<CandidateResult, bool> leftOut)
    {
        var drawn = result.Candidates.Where(c => IsPlaced(c, cost) && !leftOut(c)).ToList();
        if (drawn.Count < 3)
            return null;
        var front = Of(result, cost).Where(c => !leftOut(c)).ToList();
        var costs = drawn.ConvertAll(c => Cost(c, cost)!.Value);
        var (title, axis, kind) = cost == CandidateCost.ModelSize
            ? ("Score and model size", "Size of the saved model", ValueKind.Bytes)
            : ("Score and predict time", "Time to predict one fold", ValueKind.Seconds);
        // Costs of algorithms differ by powers of ten more often than not.
        bool logarithmic = costs.Min() > 0 && costs.Max() > 20 * costs.Min();
        var others = drawn.Except(front).ToList();
        return new ScatterSection(title, new ChartAxis(axis, kind) { Logarithmic = logarithmic, Floor = logarithmic ? null : 0 }, new ChartAxis(result.Metric.DisplayName),
        [
            Series("worth the cost", front) with { Joined = true },
            .. others.Count == 0 ? Array.Empty<ScatterSeries>() : [Series("the others", others)],
        ]);

        ScatterSeries Series(string name, List<CandidateResult> candidates) =>
            new(name, [.. candidates.Select(c => new ChartPoint(Cost(c, cost)!.Value, c.Score!.Mean))]) { Labels = [.. candidates.Select(c => c.Name)] };
    }

    private static bool IsPlaced(CandidateResult candidate, CandidateCost cost) =>
        candidate.Error is null && candidate.Score is { } score && !double.IsNaN(score.Mean) && Cost(candidate, cost) is not null;
}
