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
        var equal = others.Where(c => !(c.AdjustedPValue < Significance)).Select(c => c.Name).ToList();
        string rest = equal.Count == 0
            ? "; the difference to every other candidate is more than chance explains"
            : $"; there is no evidence that it differs from {Join(equal)}";
        return $"{lead}{rest}.{interrupted}";
    }

    private static string Join(List<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}";
}
