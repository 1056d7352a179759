namespace MLPath.Evaluation;

/// <summary>A comparison in one sentence.</summary>
internal static class ComparisonAnswer
{
    private const double Significance = 0.05;

    public static string Sentence(ComparisonReport result)
    {
        string interrupted = result.IsComplete ? "" : " The comparison was interrupted; this rests on the folds that were finished.";
        if (result.Best is not { } best)
            return $"No candidate could be measured on {result.DataSource}.{interrupted}";
        string metric = result.Metric.DisplayName;
        string value = ComparisonPage.Value(result, best);
        string lead = $"{best.Name} is best on {result.DataSource}, with {metric} {value}";
        var others = result.Candidates.Where(c => c.Error is null && c != best).ToList();
        if (others.Count == 0)
            return $"{best.Name} reaches {metric} {value} on {result.DataSource}.{interrupted}";
        var untested = others.Where(c => double.IsNaN(c.AdjustedPValue)).Select(c => c.Name).ToList();
        var equal = others.Where(c => c.AdjustedPValue >= Significance).Select(c => c.Name).ToList();
        string rest = equal.Count > 0 ? $"; there is no evidence that it differs from {Join(equal)}"
            : untested.Count < others.Count ? "; the difference to every other candidate that could be tested is more than chance explains"
            : "";
        if (untested.Count == 0 && equal.Count == 0)
            rest = "; the difference to every other candidate is more than chance explains";
        if (untested.Count > 0)
            rest += $"; it could not be tested against {Join(untested)}";
        // Of two candidates alone, the sentence has room for the figures.
        string figures = others is [{ Test: { IsDefined: true } test }] ? $" ({test.Figures})" : "";
        return $"{lead}{rest}{figures}.{interrupted}";
    }

    private static string Join(List<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}";
}
