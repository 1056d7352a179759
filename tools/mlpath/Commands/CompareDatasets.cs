using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Tool.Data;
using MLPath.Tool.Output;
using MLPath.Transforms;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath compare</c> with several tables: which algorithm is best over all of them, and how sure that is.</summary>
internal static class CompareDatasets
{
    /// <summary>A table with its task, and what its columns become.</summary>
    private sealed record Prepared(string Name, Problem Problem, FeaturePlan Plan)
    {
        public CandidateSet Candidates { get; init; } = [];

        public IReadOnlyList<string> Readings { get; init; } = [];

        public IReadOnlyList<string> Remarks => [.. Plan.Remarks, .. Readings, .. CompareCommand.BadRows(Problem)];
    }

    public static int Run(ToolHost host, CompareCommand.Request request)
    {
        if (request.Data.GroupBy(d => d).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UsageException($"'{twice.Key}' is named {twice.Count()} times; name each data set once.");
        if (!request.Gates.AreNone)
            throw new UsageException("--require is of the best candidate on one data set; several are compared by ranks. Leave it out, or compare on one.");
        var ml = new MLContext(request.Options.Seed);
        var asked = request.All ? [] : request.Algorithms.Select(ml.Algorithms.Get).DistinctBy(a => a.Name).ToList();
        var prepared = request.Data.Select(data => Prepare(host, ml, request, data)).ToList();
        var datasets = prepared.ConvertAll(p => new ComparedDataset(p.Name, p.Problem.Task, p.Problem.Data.View, p.Problem.Label?.Name, []));
        _ = Comparison.CommonMetric(datasets, request.Options.Metric);
        if (asked.Count == 0)
            asked = [.. ml.Algorithms.All.Where(a => (a.IsUsual || request.All) && datasets.All(d => a.For(d.Task) is not null))];
        for (int i = 0; i < datasets.Count; i++)
        {
            var (candidates, readings) = CompareCommand.Candidates(ml, asked, request.All, prepared[i].Problem, prepared[i].Plan);
            (datasets[i], prepared[i]) = (datasets[i] with { Candidates = candidates }, prepared[i] with { Candidates = candidates, Readings = readings });
        }

        foreach (var set in prepared)
        {
            foreach (string line in (IEnumerable<string>)[.. set.Problem.Lines, .. set.Plan.Lines, .. set.Readings, .. CompareCommand.BadRows(set.Problem)])
                host.Say($"{set.Name}: {line}");
        }

        return Compare(host, request, prepared, datasets);
    }

    private static int Compare(ToolHost host, CompareCommand.Request request, List<Prepared> prepared, List<ComparedDataset> datasets)
    {
        var context = CommonOptions.Context(host, request.Options.Seed, request.Threads);
        try
        {
            var report = ProgressView.Run(host, "Comparing", progress => Describe(progress, request.Data), progress =>
                Comparison.RunAll(datasets, request.Options, request.Baseline, context with { Progress = progress }));
            Show(host, request, prepared, report);
            if (report.Datasets.Any(d => d.Comparison?.Best is not null))
                return ExitCode.Success;
            host.Fail("no candidate could be measured on any data set; the table says why");
            return ExitCode.Failure;
        }
        catch (DatasetsCanceledException interruption) when (interruption.Partial is { } partial)
        {
            Show(host, request, prepared, partial);
            throw;
        }
    }

    private static Prepared Prepare(ToolHost host, MLContext ml, CompareCommand.Request request, string name)
    {
        var data = InputData.Load(ml, name, request.BadRows, host.CancellationToken);
        try
        {
            foreach (string role in request.Roles.Where(r => data.View.Schema.GetColumnOrNull(r) is null))
                throw SchemaException.MissingColumn(role, data.View.Schema.VisibleNames);
            var problem = Problem.Infer(ml, data, request.Label, request.Task, [.. request.Roles], host.CancellationToken);
            return new Prepared(name, problem, DefaultPipeline.Plan(ml, problem, request.Roles, host.CancellationToken));
        }
        // Of several tables the one that is meant has to be named.
        catch (SchemaException error)
        {
            throw new SchemaException($"{name}: {error.Message}", error);
        }
        catch (UsageException error)
        {
            throw new UsageException($"{name}: {error.Message}", error);
        }
        catch (DataException error)
        {
            throw new DataException($"{name}: {error.Message}", error);
        }
    }

    private static string Describe(FitProgress progress, IReadOnlyList<string> names)
    {
        int place = names.Index().First(n => n.Item == progress.Path[0]).Index + 1;
        return $"{progress.Path[0]} ({place} of {names.Count}): {progress.Iteration}/{progress.Total} folds, {progress.Path[1]}{(progress.Message is { } best ? $"; best {best}" : "")}";
    }

    private static void Show(ToolHost host, CompareCommand.Request request, List<Prepared> prepared, DatasetsReport report)
    {
        foreach (var set in report.Datasets)
        {
            foreach (string note in set.Comparison?.Notes ?? [])
                host.Say($"{set.Name}: {note}");
            foreach (var candidate in set.Comparison?.Candidates ?? [])
            {
                foreach (var diagnosis in candidate.Diagnoses.Where(d => d.Severity > DiagnosisSeverity.Info))
                    host.Say($"{set.Name}, {candidate.Name}: {diagnosis.Message}");
            }
        }

        foreach (string note in report.Notes)
            host.Say(note);
        FindingLines.Say(host, report.Findings);
        report = report with { Datasets = [.. report.Datasets.Select(d => Complete(d, prepared.Find(p => p.Name == d.Name)!, request.Record))] };
        if (request.Json)
            host.Out.WriteLine(report.ToJson());
        else
            WriteTables(host, report);
        request.Reports.Write(report, host);
        request.Tracking.Write(report, host);
    }

    // What is known of a set from before its comparison belongs to its part of the report; each can be run again alone.
    private static DatasetResult Complete(DatasetResult dataset, Prepared prepared, CommandRecord record) => dataset.Comparison is not { } comparison
        ? dataset
        : dataset with
        {
            Comparison = comparison with
            {
                Notes = [.. prepared.Remarks, .. comparison.Notes],
                Sections = [prepared.Plan.ToSection()],
                Command = CompareCommand.RecordOf(record.For(dataset.Name).With("--baseline", null).With("--metric", comparison.Metric.Name),
                    prepared.Problem, prepared.Candidates, comparison.Options).ToArguments(),
            },
        };

    private static void WriteTables(ToolHost host, DatasetsReport report)
    {
        host.Out.WriteLine(ToolHost.Plain(report.ToReport().Subtitle ?? ""));
        host.Out.WriteLine();
        Write(RankTables.Of(report.ToScores(), intervals: false));
        if (report.ToRanks() is { } ranks)
            Write(RankTables.Of(ranks));
        host.Out.WriteLine(ToolHost.Plain(report.Answer));

        void Write(TableSection table)
        {
            ReportTable.Write(host, table);
            foreach (string note in table.Notes)
                host.Out.WriteLine(ToolHost.Plain(note));
            host.Out.WriteLine();
        }
    }
}
