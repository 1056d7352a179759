using MLPath.Numerics;

namespace MLPath.Evaluation;

/// <summary>From the comparisons on the data sets to ranks and tests over them.</summary>
internal static class DatasetsRanking
{
    /// <summary>Ranks the candidates.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="options">The options of the comparison.</param>
    /// <param name="names">The candidates.</param>
    /// <param name="datasets">The finished sets.</param>
    /// <param name="baseline">The baseline asked for; null for the best.</param>
    public static DatasetsReport Rank(
        MetricDescription metric, ComparisonOptions options, IReadOnlyList<string> names, IReadOnlyList<DatasetResult> datasets, string? baseline)
    {
        // In order of name until they are ranked, so that the order in which they were given does not show.
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        string[] measured = [.. all.Where(name => datasets.Any(d => HasScore(d, name)))];
        List<DatasetResult> sets = [.. datasets.Select(d => d with { IsRanked = measured.Length > 0 && measured.All(name => HasScore(d, name)) })];
        var ranked = sets.Where(d => d.IsRanked).ToList();
        var notes = new List<string>();
        foreach (string name in all.Except(measured))
            notes.Add($"{name} could not be measured on any data set and has no rank.");
        foreach (var set in sets.Where(d => !d.IsRanked))
            notes.Add($"{set.Name} is left out of the ranks and tests: {WhyNot(set, measured)}");

        var report = new DatasetsReport
        {
            Metric = metric,
            Options = options with { Metric = metric.Name },
            Baseline = baseline ?? all[0],
            IsBaselineChosen = baseline is not null,
            Datasets = sets,
            Candidates = [.. all.Select(name => new RankedCandidate(name, double.NaN))],
            Notes = notes,
        };
        if (ranked.Count == 0)
            return report;

        double[][] Scores(IEnumerable<string> columns) => [.. ranked.Select(d => columns.Select(name => d.Comparison![name].Score!.Mean).ToArray())];
        var ranks = Friedman.Compare(Scores(measured), metric.HigherIsBetter).AverageRanks;
        string[] order = [.. measured.Select((name, i) => (name, Rank: ranks[i])).OrderBy(c => c.Rank).ThenBy(c => c.name, StringComparer.Ordinal).Select(c => c.name)];
        double[][] scores = Scores(order);
        var friedman = Friedman.Compare(scores, metric.HigherIsBetter);
        report = report with
        {
            Baseline = baseline ?? order[0],
            Candidates = [.. order.Select((name, i) => new RankedCandidate(name, friedman.AverageRanks[i])), .. report.Candidates.Where(c => !measured.Contains(c.Name))],
            Friedman = friedman,
            Nemenyi = Nemenyi.Compare(friedman),
        };
        if (order.Length != 2)
            return report;
        double[] first = [.. scores.Select(s => s[0])], second = [.. scores.Select(s => s[1])];
        var random = new RandomStream(unchecked((ulong)options.Seed)).Derive("Bayesian signed-rank test");
        return report with
        {
            Wilcoxon = Wilcoxon.Compare(first, second),
            BayesianSignedRank = BayesianSignedRank.Compare(first, second, options.Rope ?? RopeOf(metric), random, metric.HigherIsBetter),
        };
    }

    // Errors have another scale on every data set, so that no width is small on all of them.
    private static double RopeOf(MetricDescription metric) =>
        double.IsFinite(metric.Worst) || metric.Best == 1 ? BayesianCorrelatedT.DefaultRope : 0;

    private static bool HasScore(DatasetResult set, string candidate) =>
        set.Comparison?[candidate] is { Error: null, Score.Mean: var mean } && !double.IsNaN(mean);

    private static string WhyNot(DatasetResult set, IEnumerable<string> measured)
    {
        if (set.Comparison is not { } comparison)
            return Sentence(set.Error ?? "it was not compared");
        var failed = measured.Where(name => !HasScore(set, name)).ToList();
        var first = comparison[failed[0]];
        string why = first.Error ?? first.Score?.UndefinedReason ?? "it has no score";
        return failed.Count == 1 ? Sentence($"{failed[0]} has no score there ({why.TrimEnd('.')})") : $"{string.Join(", ", failed)} have no score there.";
    }

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
