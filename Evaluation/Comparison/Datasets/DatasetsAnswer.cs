using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>A comparison over several data sets in a sentence or two.</summary>
internal static class DatasetsAnswer
{
    private const double Significance = 0.05;

    // J. Demšar 2006 asks for more sets than this for the approximations of the tests; with fewer they find next to nothing.
    private const int FewSets = 5;

    public static string Sentence(DatasetsReport report)
    {
        string interrupted = report.IsComplete ? "" : " The comparison was interrupted; this rests on the data sets that were finished.";
        return Outcome(report) + interrupted;
    }

    private static string Outcome(DatasetsReport report)
    {
        var ranked = report.Candidates.Where(c => !double.IsNaN(c.AverageRank)).ToList();
        if (report.Friedman is not { } friedman)
        {
            return report.Datasets.All(d => d.Comparison is null)
                ? $"None of the {report.Datasets.Count} data sets could be compared on."
                : $"There are no ranks: on each of the {report.Datasets.Count} data sets a candidate has no score.";
        }

        var best = ranked.Where(c => c.AverageRank == ranked[0].AverageRank).Select(c => c.Name).ToList();
        int sets = friedman.Datasets;
        if (ranked.Count == 1)
            return $"{ranked[0].Name} is the only candidate with scores, on {Sets(sets)}; there is nothing to compare it with.";
        if (sets == 1)
        {
            string only = report.Datasets.First(d => d.IsRanked).Name;
            return $"{Join(best, "and")} rank{(best.Count == 1 ? "s" : "")} best on {only}, the only data set with ranks; a test over data sets needs at least two.";
        }

        string lead = $"{Join(best, "and")} rank{(best.Count == 1 ? "s" : "")} best on average over {sets} data sets ({report.Metric.DisplayName}, average rank {NumberFormat.Fixed(ranked[0].AverageRank, 2)} of {ranked.Count})";
        string few = sets < FewSets ? $" With {sets} data sets the tests have little power: only large and steady differences can be found." : "";
        return lead + (report.Wilcoxon is { IsDefined: true } wilcoxon ? Two(ranked, wilcoxon) : Several(report, ranked, friedman)) + few;
    }

    private static string Two(List<RankedCandidate> ranked, SignedRankTest test) => test.PValue < Significance
        ? $"; Wilcoxon's test finds that it differs from {ranked[1].Name} ({P(test.PValue)})."
        : $"; Wilcoxon's test finds no evidence that {ranked[0].Name} and {ranked[1].Name} differ ({P(test.PValue)}).";

    private static string Several(DatasetsReport report, List<RankedCandidate> ranked, FriedmanTest friedman)
    {
        if (!friedman.IsDefined || report.Nemenyi is not { } nemenyi)
            return $"; there is no test over data sets: {friedman.Note}.";
        double p = friedman.ImanDavenportPValue;
        if (!(p < Significance))
            return $"; the test of Friedman, Iman and Davenport finds no evidence that the {ranked.Count} candidates differ ({P(p)}).";
        var level = Enumerable.Range(1, ranked.Count - 1).Where(i => ranked[i].AverageRank - ranked[0].AverageRank < nemenyi.CriticalDifference).ToList();
        string finds = $"; the test of Friedman, Iman and Davenport finds differences ({P(p)})";
        return level.Count == 0 ? $"{finds}, and by Nemenyi's test {ranked[0].Name} differs from every other."
            : level.Count == ranked.Count - 1 ? $"{finds}, but by Nemenyi's test there is no evidence that {ranked[0].Name} differs from any other."
            : $"{finds}, and by Nemenyi's test there is no evidence that {ranked[0].Name} differs from {Join([.. level.Select(i => ranked[i].Name)], "or")}.";
    }

    /// <summary>A p-value in a sentence: <c>p = 0.012</c>, <c>p &lt; 0.001</c>.</summary>
    internal static string P(double p) => NumberFormat.PValue(p) is var text && text.StartsWith('<') ? $"p {text}" : $"p = {text}";

    private static string Sets(int count) => count == 1 ? "1 data set" : $"{count} data sets";

    private static string Join(List<string> names, string word) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} {word} {names[^1]}";
}
