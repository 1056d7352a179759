using System.Globalization;
using System.Runtime.InteropServices;
using MLPath.Data;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>A comparison as a report: the answer and the leaderboard first, then the evidence.</summary>
internal static class ComparisonPage
{
    private const double Significance = 0.05;
    private const int MostStrips = 40;

    public static Report Make(ComparisonReport result)
    {
        var sections = new List<ReportSection> { Leaderboard(result) };
        if (Notes(result) is { } notes)
            sections.Add(notes);
        sections.AddRange(FindingSections.Of(result.Findings));
        sections.AddRange(TestSection.Of(result));
        if (ParetoFront.Section(result, IsBaseline) is { } front)
            sections.Add(front);
        sections.Add(FoldByFold(result));
        sections.AddRange(Evidence.Compared(result));
        if (result.Best is { Pooled: not null } best)
            sections.Add(new GroupSection($"The best candidate: {best.Name}", [.. Evidence.Of(result, best), .. Model(best), Pipeline(best)]) { Id = Anchor(best) });
        var others = result.Candidates.Where(c => c.Pooled is not null && c != result.Best).ToList();
        if (others.Count > 0)
        {
            sections.Add(new GroupSection("The other candidates", [.. others.Select(c => new GroupSection(c.Name, [.. Evidence.Of(result, c), .. Model(c), Pipeline(c)])
            {
                Id = Anchor(c),
                Collapsed = true,
                Summary = $"{result.Metric.DisplayName} {Value(result, c)}",
            })]));
        }

        sections.Add(AllMetrics(result));
        sections.AddRange(result.Sections);
        sections.Add(DataSections.Of(result.Data));
        sections.AddRange(ProvenanceFacts.Settings(result.Candidates));
        return new Report(Title(result), ComparisonAnswer.Sentence(result))
        {
            Subtitle = Subtitle(result),
            Sections = sections,
            Facts = Facts(result),
        };
    }

    private static string Title(ComparisonReport result) =>
        $"{result.DataSource}: {result.Candidates.Count} candidate{(result.Candidates.Count == 1 ? "" : "s")} compared";

    private static string Subtitle(ComparisonReport result)
    {
        string label = result.Options.LabelColumn is { } column ? $" · {TaskText(result.Task)} of {column}" : $" · {TaskText(result.Task)}";
        string direction = result.Metric.HigherIsBetter ? "higher is better" : "lower is better";
        return $"{NumberFormat.Integer(result.Data.Rows)} rows{label} · {result.Design} · {result.Metric.DisplayName}, {direction}";
    }

    private static string TaskText(LearningTask task) => task switch
    {
        LearningTask.Binary => "binary classification",
        LearningTask.Multiclass => "multiclass classification",
        LearningTask.Regression => "regression",
        LearningTask.AnomalyDetection => "anomaly detection",
        _ => "clustering",
    };

    private static TableSection Leaderboard(ComparisonReport result)
    {
        var also = AlsoShown(result).ToList();
        var columns = new List<TableColumn>
        {
            new("Candidate"),
            new(result.Metric.DisplayName, ValueKind.Number) { Description = $"{result.Metric.Meaning} Mean over folds with its 95% interval." },
        };
        var measured = result.Candidates.Where(c => c.Error is null && c.Metrics.Count > 0).ToList();
        columns.AddRange(also.Select(m => new TableColumn(m.DisplayName, ValueKind.Number) { Description = m.Meaning, Decimals = Supported(measured, m) }));
        columns.Add(new("p vs best", ValueKind.PValue) { Description = $"{result.Candidates.Select(c => c.Test).FirstOrDefault(t => t is not null)?.Name ?? "Test"} against the best candidate, adjusted by Holm's method." });
        columns.Add(new("Fit time", ValueKind.Seconds) { Description = "Mean time to train on one fold." });
        columns.Add(new("Predict time", ValueKind.Seconds) { Description = "Mean time to predict one fold." });
        columns.Add(new("Model size", ValueKind.Bytes) { Description = "Size of the saved model of the first fold." });
        columns.Add(new("Pareto front") { Alignment = ColumnAlignment.Center, Description = "Worth its cost: no other candidate is both better and faster (time), or both better and smaller (size)." });
        HashSet<string>[] fronts = [.. Enum.GetValues<CandidateCost>().Select(cost => result.ParetoFront(cost).Select(c => c.Name).ToHashSet(StringComparer.Ordinal))];
        return new TableSection("Leaderboard", columns, [.. result.Candidates.Select(c => Row(result, c, also, fronts))])
        {
            Explanation = result.Best?.Folds.Count == 1
                ? "Measured on the rows held out, with a 95% bootstrap interval (bias-corrected and accelerated)."
                : $"Mean over {result.Best?.Folds.Count ?? 0} held-out folds, with a 95% interval that is corrected for the overlap of training sets (Nadeau and Bengio).",
            Notes = ["Tied: no evidence at the 5% level that the candidate differs from the best."],
            Sortable = true,
        };
    }

    private static TableRow Row(ComparisonReport result, CandidateResult c, List<MetricDescription> also, HashSet<string>[] fronts)
    {
        if (c.Error is not null || c.Score is null)
            return TableRow.Failed(c.Name, c.Error ?? "It was not measured.");
        var cells = new List<TableCell> { c.Name, Cell(result, c.Score) };
        cells.AddRange(also.Select(m => TableCell.FromDouble(c.Metrics[m.Name].Mean)));
        cells.Add(c.Rank == 1 ? TableCell.Empty : c.AdjustedPValue);
        cells.Add(c.Folds.Average(f => f.FitTime.TotalSeconds));
        cells.Add(c.Folds.Average(f => f.PredictTime.TotalSeconds));
        cells.Add(c.ModelBytes is { } bytes ? bytes : TableCell.Empty);
        cells.Add((fronts[(int)CandidateCost.PredictTime].Contains(c.Name), fronts[(int)CandidateCost.ModelSize].Contains(c.Name)) switch
        {
            (true, true) => "time, size",
            (true, false) => "time",
            (false, true) => "size",
            _ => TableCell.Empty,
        });
        return new TableRow(cells)
        {
            Emphasis = EmphasisOf(c),
            Badge = c.Rank == 1 ? "best" : c.AdjustedPValue >= Significance ? "tied" : null,
            LinkTo = c.Pooled is null ? null : Anchor(c),
        };
    }

    // A few further metrics that a reader of this task expects beside the deciding one.
    private static IEnumerable<MetricDescription> AlsoShown(ComparisonReport result)
    {
        string[] names = result.Task switch
        {
            LearningTask.Binary => [nameof(BinaryClassificationMetrics.AreaUnderRocCurve), nameof(BinaryClassificationMetrics.Accuracy), nameof(BinaryClassificationMetrics.F1Score)],
            LearningTask.Multiclass => [nameof(MulticlassClassificationMetrics.MicroAccuracy), nameof(MulticlassClassificationMetrics.MacroF1Score), nameof(MulticlassClassificationMetrics.LogLoss)],
            LearningTask.Regression => [nameof(RegressionMetrics.RSquared), nameof(RegressionMetrics.RootMeanSquaredError), nameof(RegressionMetrics.MeanAbsoluteError)],
            LearningTask.AnomalyDetection => [nameof(AnomalyDetectionMetrics.AreaUnderRocCurve), nameof(AnomalyDetectionMetrics.AveragePrecision), nameof(AnomalyDetectionMetrics.F1Score)],
            _ => [nameof(ClusteringMetrics.Silhouette), nameof(ClusteringMetrics.AdjustedRandIndex)],
        };
        return names.Where(n => n != result.Metric.Name).Select(n => MetricCatalog.Find(result.Task, n))
            .Where(m => result.Candidates.Any(c => c.Metrics.TryGetValue(m.Name, out var scores) && !double.IsNaN(scores.Mean)));
    }

    private static DotPlotSection FoldByFold(ComparisonReport result)
    {
        var axis = result.Metric is { Worst: 0, Best: 1 } ? new ChartAxis(result.Metric.DisplayName) { Floor = 0, Ceiling = 1 } : new ChartAxis(result.Metric.DisplayName);
        var measured = result.Candidates.Where(c => c.Score is not null).ToList();
        var shown = measured.Where((c, i) => i < MostStrips || IsBaseline(c)).ToList();
        string rest = shown.Count < measured.Count ? $" Of {measured.Count} candidates, the best {MostStrips} are drawn." : "";
        return new DotPlotSection("Fold by fold", axis, [.. shown.Select(c => new DotPlotRow(
            c.Name, [.. c.Folds.Select(f => f.Metrics[result.Metric.Name].Value)])
        {
            Mean = c.Score!.Mean,
            Interval = Interval(result, c.Score),
            Emphasis = EmphasisOf(c),
        })])
        {
            Explanation = "Each dot is one held-out fold. Candidates were measured on the same folds, so compare dots of one fold, not only means." + rest,
        };
    }

    private static TextSection? Notes(ComparisonReport result)
    {
        List<string> notes = [.. result.Notes];
        if (!result.IsComplete)
            notes.Insert(0, "The comparison was interrupted. Only finished folds are shown.");
        notes.AddRange(result.Candidates.SelectMany(c => c.Diagnoses.Where(d => d.Severity > DiagnosisSeverity.Info).Select(d => $"{c.Name}: {d.Message}")));
        return notes.Count == 0 ? null : new TextSection("Notes", notes) { Tone = TextTone.Note };
    }

    private static TableSection AllMetrics(ComparisonReport result)
    {
        var measured = result.Candidates.Where(c => c.Error is null && c.Metrics.Count > 0).ToList();
        var metrics = MetricCatalog.For(result.Task).Where(m => measured.Exists(c => !double.IsNaN(c.Metrics[m.Name].Mean))).ToList();
        return new TableSection("All metrics",
            [new("Candidate"), .. metrics.Select(m => new TableColumn(m.DisplayName, ValueKind.Number) { Description = m.Meaning, Decimals = Supported(measured, m) })],
            [.. measured.Select(c => new TableRow([c.Name, .. metrics.Select(m => TableCell.FromDouble(c.Metrics[m.Name].Mean))])
            {
                Emphasis = EmphasisOf(c),
                LinkTo = c.Pooled is null ? null : Anchor(c),
            })])
        {
            Explanation = "Means over the folds, to the digits that their intervals support.",
            Sortable = true,
        };
    }

    // The middle of what the candidates' intervals support, as for the leaderboard's scores; null where no interval has a width.
    private static int? Supported(List<CandidateResult> measured, MetricDescription metric)
    {
        var decimals = measured.Select(c => c.Metrics[metric.Name]).Where(s => !double.IsNaN(s.Lower))
            .Select(s => NumberFormat.SupportedDecimals(new ReportInterval(s.Lower, s.Upper))).OfType<int>().Order().ToList();
        return decimals.Count == 0 ? null : decimals[(decimals.Count - 1) / 2];
    }

    private static TextSection Pipeline(CandidateResult candidate) => new("Pipeline", [.. candidate.Pipeline.Split('\n', StringSplitOptions.TrimEntries)]);

    private static IEnumerable<ReportSection> Model(CandidateResult candidate) => candidate.ModelSections.Count == 0
        ? []
        : [new GroupSection("The model", candidate.ModelSections) { Explanation = "Of the first fold." }];

    private static List<ReportFact> Facts(ComparisonReport result) =>
    [
        new("MLPath", typeof(IDataView).Assembly.GetName().Version!.ToString(3)),
        new("Data", $"{result.DataSource}, SHA-256 {result.DataFingerprint[..Math.Min(12, result.DataFingerprint.Length)]}…"),
        new("Folds", $"{result.Design}, SHA-256 {ProvenanceFacts.Short(result.FoldFingerprint)}"),
        new("Seed", result.Options.Seed.ToString(CultureInfo.InvariantCulture)),
        new("Runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors"),
        new("Wall time", NumberFormat.Seconds(result.Duration.TotalSeconds)),
        .. ProvenanceFacts.Command(result.Command),
    ];

    /// <summary>A score in words: its mean, with its interval where it has one, by the digits of the leaderboard.</summary>
    internal static string Value(ComparisonReport result, CandidateResult candidate) =>
        candidate.Score is not { } score ? "" : Interval(result, score) is { } interval
            ? NumberFormat.Estimate(score.Mean, interval, decimals: ScoreDecimals(result))
            : NumberFormat.Number(score.Mean);

    private static int? ScoreDecimals(ComparisonReport result) => ColumnFormat.Of(new TableSection("Scores", [new("Score", ValueKind.Number)],
        [.. result.Candidates.Select(c => c.Score).OfType<ResampledScores>().Select(s => new TableRow([Cell(result, s)]))]))[0].Decimals;

    private static TableCell Cell(ComparisonReport result, ResampledScores score) =>
        Interval(result, score) is { } interval ? TableCell.Estimate(score.Mean, interval.Low, interval.High) : score.Mean;

    // The interval of a mean may reach beyond what the metric can be; there it is cut.
    internal static ReportInterval? Interval(ComparisonReport result, ResampledScores score)
    {
        if (double.IsNaN(score.Lower))
            return null;
        double least = Math.Min(result.Metric.Worst, result.Metric.Best), greatest = Math.Max(result.Metric.Worst, result.Metric.Best);
        return new ReportInterval(Math.Max(score.Lower, least), Math.Min(score.Upper, greatest));
    }

    // By the command line's convention the candidate named "baseline" is there to be compared with.
    private static Emphasis EmphasisOf(CandidateResult candidate) =>
        candidate.Rank == 1 ? Emphasis.Best : IsBaseline(candidate) ? Emphasis.Muted : Emphasis.None;

    private static bool IsBaseline(CandidateResult candidate) => candidate.Name == "baseline";

    private static string Anchor(CandidateResult candidate) => $"candidate-{candidate.Name}";
}
