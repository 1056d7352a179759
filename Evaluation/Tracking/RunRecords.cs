using System.Globalization;

namespace MLPath.Evaluation;

/// <summary>Reports as runs: settings as parameters, figures as metrics, the report itself as artifacts.</summary>
internal static class RunRecords
{
    public static RunRecord Of(IReport report) => report switch
    {
        ComparisonReport comparison => Of(comparison),
        EvaluationReport evaluation => Of(evaluation),
        TrainingReport training => Of(training),
        DataReport description => Of(description),
        _ => Bare(report, report.GetType().Name),
    };

    private static RunRecord Of(ComparisonReport report)
    {
        var design = new List<KeyValuePair<string, string>>
        {
            new("data", report.DataSource),
            new("design", report.Design),
            new("seed", Text(report.Options.Seed)),
            new("metric", report.Metric.Name),
        };
        if (report.Options.LabelColumn is { } label)
            design.Add(new("label", label));
        if (report.Options.Design == ComparisonDesign.HoldOut)
            design.Add(new("testFraction", report.Options.TestFraction.ToString(CultureInfo.InvariantCulture)));
        else if (report.Options.FoldColumn is null)
            design.AddRange([new("folds", Text(report.Options.Folds)), new("repeats", Text(report.Options.Repeats))]);
        var tags = Tags(report, "comparison", report.DataSource, report.DataFingerprint, report.Command);
        tags.Add(new("mlpath.metric", report.Metric.Name));
        tags.Add(new("mlpath.foldFingerprint", report.FoldFingerprint));
        return Bare(report, $"compare {report.DataSource}") with
        {
            Parameters = design,
            Tags = tags,
            IsComplete = report.IsComplete,
            Duration = report.Duration,
            Children = [.. report.Candidates.Select(candidate => Of(report, candidate))],
        };
    }

    private static RunRecord Of(ComparisonReport report, CandidateResult candidate)
    {
        var metrics = new List<(string, IReadOnlyList<(int, double)>)>();
        foreach (var (name, scores) in candidate.Metrics)
        {
            metrics.Add((name, [(0, scores.Mean)]));
            metrics.Add(($"folds/{name}", [.. candidate.Folds.Select((fold, i) => (i, fold.Metrics[name].Value))]));
        }

        if (candidate.Score is { } score)
        {
            metrics.Add(($"lower/{report.Metric.Name}", [(0, score.Lower)]));
            metrics.Add(($"upper/{report.Metric.Name}", [(0, score.Upper)]));
        }

        var duration = TimeSpan.FromTicks(candidate.Folds.Sum(f => f.FitTime.Ticks + f.PredictTime.Ticks));
        metrics.Add(("fitSeconds", [(0, candidate.Folds.Sum(f => f.FitTime.TotalSeconds))]));
        metrics.Add(("predictSeconds", [(0, candidate.Folds.Sum(f => f.PredictTime.TotalSeconds))]));
        var tags = new List<KeyValuePair<string, string>>
        {
            new("mlpath.metric", report.Metric.Name),
            new("mlpath.dataFingerprint", report.DataFingerprint),
            new("mlpath.foldFingerprint", report.FoldFingerprint),
            new("mlpath.pipeline", candidate.Pipeline),
        };
        if (candidate.Rank is { } rank)
            tags.Add(new("mlpath.rank", Text(rank)));
        if (candidate.Error is { } error)
            tags.Add(new("mlpath.error", error));
        return new RunRecord(candidate.Name)
        {
            Parameters = Options(candidate.Steps),
            Metrics = metrics,
            Tags = tags,
            Failed = candidate.Error is not null,
            IsComplete = report.IsComplete,
            Duration = duration,
        };
    }

    private static RunRecord Of(EvaluationReport report)
    {
        var tags = Tags(report, "evaluation", report.DataSource, report.DataFingerprint, report.Command);
        tags.Add(new("mlpath.metric", report.Metrics.Primary.Name));
        if (report.Options.ModelFingerprint is { } model)
            tags.Add(new("mlpath.modelFingerprint", model));
        return Bare(report, $"evaluate {report.Options.Model}") with
        {
            Parameters = [new("model", report.Options.Model), new("data", report.DataSource)],
            Metrics = [.. report.Metrics.All.Select(m => (m.Name, (IReadOnlyList<(int, double)>)[(0, m.Value)]))],
            Tags = tags,
        };
    }

    private static RunRecord Of(TrainingReport report)
    {
        var parameters = new List<KeyValuePair<string, string>> { new("algorithm", report.Algorithm), new("data", report.DataSource) };
        if (report.Seed is { } seed)
            parameters.Add(new("runSeed", Text(seed)));
        return Bare(report, $"train {report.Algorithm}") with
        {
            Parameters = [.. parameters, .. Options(report.Steps)],
            Tags = Tags(report, "training", report.DataSource, report.DataFingerprint, report.Command),
        };
    }

    private static RunRecord Of(DataReport report) => Bare(report, $"describe {report.DataSource}") with
    {
        Parameters = [new("data", report.DataSource)],
        Tags = Tags(report, "description", report.DataSource, report.DataFingerprint, report.Command),
    };

    private static RunRecord Bare(IReport report, string name) => new(name)
    {
        Tags = Tags(report, report.GetType().Name, source: null, fingerprint: null, command: []),
        Artifacts = [("report.json", path => report.SaveReport(path)), ("report.html", path => report.SaveReport(path))],
    };

    private static List<KeyValuePair<string, string>> Tags(
        IReport report, string kind, string? source, string? fingerprint, IReadOnlyList<string> command)
    {
        var tags = new List<KeyValuePair<string, string>>
        {
            new("mlflow.note.content", report.Answer),
            new("mlpath.report", kind),
            new("mlpath.version", ProvenanceJson.LibraryVersion),
        };
        if (source is not null)
            tags.Add(new("mlpath.data", source));
        if (fingerprint is not null)
            tags.Add(new("mlpath.dataFingerprint", fingerprint));
        if (command.Count > 0)
            tags.Add(new("mlpath.command", string.Join(' ', command)));
        return tags;
    }

    // An option that several steps have is told with its step.
    private static List<KeyValuePair<string, string>> Options(IReadOnlyList<PipelineStep> steps)
    {
        var counts = steps.SelectMany(s => s.Options).CountBy(o => o.Key).ToDictionary();
        return [.. steps.SelectMany(step => step.Options.Select(option =>
            KeyValuePair.Create(counts[option.Key] == 1 ? option.Key : $"{step.Name} {option.Key}", option.Value)))];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
