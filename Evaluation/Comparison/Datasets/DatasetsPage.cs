using System.Globalization;
using System.Runtime.InteropServices;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>A comparison over several data sets as a report: the answer and the table first, then ranks and tests, then each set by itself.</summary>
internal static class DatasetsPage
{
    // Charts of more than this many candidates on sets would make a page that no browser opens at once.
    private const int MostEvidence = 40;

    public static Report Make(DatasetsReport report)
    {
        var sections = new List<ReportSection> { Scores(report) };
        if (report.Notes.Count > 0)
            sections.Add(new TextSection("Notes", report.Notes) { Tone = TextTone.Note });
        if (Ranks(report) is { } ranks)
            sections.Add(ranks);
        if (Tests(report) is { } tests)
            sections.Add(tests);
        if (Pairs(report) is { } pairs)
            sections.Add(pairs);
        sections.AddRange(FindingSections.Of(report.Findings));
        sections.Add(Single(report));
        return new Report(Title(report), report.Answer)
        {
            Subtitle = $"{Summary(report)} · {Design(report)} · {report.Metric.DisplayName}, {(report.Metric.HigherIsBetter ? "higher" : "lower")} is better",
            Sections = sections,
            Facts = Facts(report),
        };
    }

    public static BaselineTableSection Scores(DatasetsReport report)
    {
        string[] names = [.. report.Candidates.Select(c => c.Name)];
        var against = Array.ConvertAll(names, report.Against);
        var rows = report.Datasets.Select((d, set) => Row(report, d, [.. against.Select(a => (IReadOnlyList<Standing>)[.. a.Candidates.Select(c => c.Datasets[set].Standing)])]));
        string chosen = report.IsBaselineChosen ? "" : " The baseline is the candidate that ranks best unless one is named, so that p-values against it are a little too small.";
        string test = report.Options.Design == ComparisonDesign.FiveByTwo ? "Alpaydin's F on five times two folds" : "the corrected resampled t-test on the folds";
        return new BaselineTableSection("Data sets and candidates", "Data set", names, [.. rows], [.. Summaries(report, against)], Array.IndexOf(names, report.Baseline))
        {
            Explanation = $"{report.Metric.DisplayName} on held-out folds, with a 95% interval. {report.Metric.Meaning}",
            Notes =
            [
                BaselineComparison.IsMarked(report)
                    ? $"▲ better and ▼ worse than the baseline at the 5% level, ≈ no evidence of a difference: {test} of one data set.{chosen}"
                    : "Scores of one split are not marked: compare on folds to see which differ from the baseline on a data set." + chosen,
            ],
        };
    }

    public static CriticalDifferenceSection? Ranks(DatasetsReport report)
    {
        RankedItem[] items = [.. report.Candidates.Where(c => !double.IsNaN(c.AverageRank)).Select(c => new RankedItem(c.Name, c.AverageRank))];
        if (items.Length < 2 || report is not { Friedman: { } friedman, Nemenyi: { } nemenyi })
            return null;
        string sets = friedman.Datasets == 1 ? "one data set" : $"{friedman.Datasets} data sets";
        string test = double.IsNaN(nemenyi.CriticalDifference)
            ? " There is no test, and so no critical difference."
            : " A bar joins candidates that Nemenyi's test does not tell apart at the 5% level: their ranks are less than the critical difference apart.";
        return new CriticalDifferenceSection("Average ranks", items, nemenyi.CriticalDifference, [.. nemenyi.Groups.Select(g => new RankGroup(g.First, g.Last))])
        {
            Explanation = $"The rank of each candidate on average over {sets}; equal scores share a rank.{test}",
        };
    }

    private static BaselineTableRow Row(DatasetsReport report, DatasetResult dataset, IReadOnlyList<IReadOnlyList<Standing>> standings)
    {
        if (dataset.Comparison is not { } comparison)
            return BaselineTableRow.Failed(dataset.Name, dataset.Error ?? "It was not compared.");
        string? best = comparison.Best?.Name;
        int place = report.Candidates.Select(c => c.Name).ToList().IndexOf(best ?? "");
        return new BaselineTableRow(dataset.Name, [.. report.Candidates.Select(c => Cell(comparison, comparison[c.Name]))], standings)
        {
            Best = place < 0 ? null : place,
            Badge = dataset.IsRanked ? null : "not ranked",
            LinkTo = Anchor(dataset),
        };
    }

    private static TableCell Cell(ComparisonReport comparison, CandidateResult candidate) => candidate switch
    {
        { Error: not null } or { Score: null } => "failed",
        { Score: var score } when ComparisonPage.Interval(comparison, score) is { } interval => TableCell.Estimate(score.Mean, interval.Low, interval.High),
        { Score: var score } => score.Mean,
    };

    private static IEnumerable<BaselineSummary> Summaries(DatasetsReport report, IReadOnlyList<BaselineComparison> against)
    {
        IReadOnlyList<string> ranks = [.. report.Candidates.Select(c => double.IsNaN(c.AverageRank) ? "" : NumberFormat.Fixed(c.AverageRank, 2))];
        yield return new BaselineSummary("Average rank", [.. against.Select(_ => ranks)])
        {
            Description = "The candidate's rank, 1 being best, on average over the ranked data sets.",
        };
        if (BaselineComparison.IsMarked(report))
        {
            yield return new BaselineSummary("Wins / ties / losses", [.. against.Select(a => (IReadOnlyList<string>)[.. a.Candidates.Select(c =>
                c.Name == a.Baseline ? "" : string.Create(CultureInfo.InvariantCulture, $"{c.Wins} / {c.Ties} / {c.Losses}"))])])
            {
                Description = "On how many data sets the candidate is better than, level with and worse than the baseline.",
            };
        }

        if (report.Friedman is { IsDefined: true })
        {
            yield return new BaselineSummary("p against the baseline", [.. against.Select(a => (IReadOnlyList<string>)[.. a.Candidates.Select(c =>
                double.IsNaN(c.AdjustedPValue) ? "" : NumberFormat.PValue(c.AdjustedPValue))])])
            {
                Description = "Over all data sets: the difference of average ranks from the baseline's, tested by the normal distribution and adjusted by Holm's method.",
            };
        }
    }

    private static TableSection? Tests(DatasetsReport report)
    {
        if (report.Friedman is not { IsDefined: true } friedman || report.Nemenyi is not { } nemenyi)
            return null;
        var rows = new List<TableRow>();
        var notes = new List<string>();
        if (report.Wilcoxon is { } wilcoxon)
        {
            var (first, second) = (report.Candidates[0].Name, report.Candidates[1].Name);
            rows.Add(new TableRow("Wilcoxon signed-rank", Statistic("T", wilcoxon.Statistic), Defined(wilcoxon.PValue)));
            notes.Add(wilcoxon.ToTest("").Sentence(first, second));
            if (report.BayesianSignedRank is { } bayesian)
                notes.Add(bayesian.ToTest("").Sentence(first, second));
        }

        rows.Add(new TableRow("Friedman", Statistic("χ²", friedman.ChiSquare), friedman.PValue));
        rows.Add(new TableRow("Iman–Davenport", Statistic("F", friedman.ImanDavenportF), friedman.ImanDavenportPValue));
        rows.Add(new TableRow("Nemenyi", Statistic("CD", nemenyi.CriticalDifference), TableCell.Empty));
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"Over {friedman.Datasets} of {Count(report.Datasets.Count, "data set")} and {Count(friedman.Algorithms, "candidate")}."));
        var choice = TestChoice.Choose(new TestDesign(report.Datasets[0].Task, report.Metric.Name) { Models = friedman.Algorithms, Datasets = friedman.Datasets });
        return new TableSection("Tests over data sets", [new("Test"), new("Statistic"), new("p", ValueKind.PValue)], rows)
        {
            Explanation = choice.Reason
                + " Friedman's χ² asks whether any candidates differ, the F of Iman and Davenport asks the same and finds more, and Nemenyi's critical difference (CD) says which.",
            Notes = notes,
        };
    }

    private static string Statistic(string name, double value) => $"{name} = {NumberFormat.Number(value)}";

    private static TableCell Defined(double p) => double.IsNaN(p) ? TableCell.Empty : p;

    private static HeatMapSection? Pairs(DatasetsReport report)
    {
        if (report is not { Friedman: { IsDefined: true, Algorithms: > 2 and <= 30 and var k }, Nemenyi: { } nemenyi })
            return null;
        string[] names = [.. report.Candidates.Take(k).Select(c => c.Name)];
        return new HeatMapSection("Pair by pair", "Candidate", "Candidate", names, names,
            [.. nemenyi.PValues.Select((row, i) => (IReadOnlyList<double>)[.. row.Select((p, j) => i == j ? double.NaN : p)])])
        {
            Kind = ValueKind.PValue,
            Explanation = "p-values of Nemenyi's test, adjusted for all pairs.",
        };
    }

    private static GroupSection Single(DatasetsReport report)
    {
        bool all = report.Datasets.Sum(d => d.Comparison?.Candidates.Count ?? 0) <= MostEvidence;
        return new GroupSection("Data set by data set", [.. report.Datasets.Where(d => d.Comparison is not null).Select(d => Set(d, d.Comparison!, all))])
        {
            Explanation = all ? null : "What stands behind the score of each candidate is left out; compare on one data set alone to see it.",
        };
    }

    private static GroupSection Set(DatasetResult dataset, ComparisonReport comparison, bool all)
    {
        var page = ComparisonPage.Make(comparison);
        string prefix = Anchor(dataset);
        return new GroupSection(dataset.Name, [.. page.Sections.Where(s => all || s is not GroupSection).Select(s => Prefixed(s, prefix))])
        {
            Id = prefix,
            Collapsed = true,
            Summary = comparison.Best is { } best ? $"{best.Name} is best, {ComparisonPage.Value(comparison, best)}" : "no candidate could be measured",
            Explanation = page.Subtitle,
        };
    }

    // The same candidates have sections on every data set; links must reach those of their own.
    private static ReportSection Prefixed(ReportSection section, string prefix)
    {
        string? id = section.Id is null ? null : $"{prefix}-{section.Id}";
        return section switch
        {
            GroupSection group => new GroupSection(group.Title, [.. group.Sections.Select(s => Prefixed(s, prefix))])
            {
                Id = id,
                Explanation = group.Explanation,
                Collapsed = group.Collapsed,
                SideBySide = group.SideBySide,
                Summary = group.Summary,
            },
            TableSection table => new TableSection(table.Title, table.Columns,
                [.. table.Rows.Select(row => row with { LinkTo = row.LinkTo is null ? null : $"{prefix}-{row.LinkTo}" })])
            {
                Id = id,
                Explanation = table.Explanation,
                Notes = table.Notes,
                Sortable = table.Sortable,
            },
            _ => section with { Id = id },
        };
    }

    private static string Title(DatasetsReport report) => $"{Count(report.Candidates.Count, "candidate")} compared on {Count(report.Datasets.Count, "data set")}";

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Summary(DatasetsReport report)
    {
        const int Most = 8;
        var names = report.Datasets.Select(d => d.Name);
        return report.Datasets.Count <= Most ? string.Join(", ", names) : $"{string.Join(", ", names.Take(Most))} and {report.Datasets.Count - Most} more";
    }

    private static string Design(DatasetsReport report)
    {
        var options = report.Options;
        if (options.FoldColumn is { } column)
            return $"folds given by {column}";
        if (options.Design == ComparisonDesign.HoldOut)
            return string.Create(CultureInfo.InvariantCulture, $"{100 * options.TestFraction:0.##}% of the rows held out, seed {options.Seed}");
        string repeats = options.Repeats > 1 ? $", repeated {options.Repeats} times" : "";
        string groups = options.GroupColumn is { } group ? $", groups of {group} kept together" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{options.Folds} folds{groups}{repeats}, seed {options.Seed}");
    }

    private static List<ReportFact> Facts(DatasetsReport report) =>
    [
        new("MLPath", typeof(IDataView).Assembly.GetName().Version!.ToString(3)),
        new("Data sets", NumberFormat.Integer(report.Datasets.Count)),
        new("Folds", Design(report)),
        new("Seed", report.Options.Seed.ToString(CultureInfo.InvariantCulture)),
        new("Runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors"),
        new("Wall time", NumberFormat.Seconds(report.Duration.TotalSeconds)),
    ];

    private static string Anchor(DatasetResult dataset) => $"dataset-{dataset.Name}";
}
