using System.CommandLine;
using MLPath.Datasets;
using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Data;
using MLPath.Tool.Output;
using MLPath.Transforms;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath compare</c>: which algorithm is best on a table, by how much, and how sure that is.</summary>
internal static class CompareCommand
{
    /// <summary>What was asked for.</summary>
    internal sealed record Request(
        IReadOnlyList<string> Data, BadRows BadRows, string? Label, LearningTask? Task, IReadOnlyList<string> Algorithms, ComparisonOptions Options,
        string? Baseline, int? Threads, ReportFiles Reports, bool Json)
    {
        /// <summary>Whether every algorithm is compared that can do the task.</summary>
        public bool All => Algorithms is [AllAlgorithms];

        /// <summary>The columns that hold groups or folds.</summary>
        public IReadOnlyList<string> Roles => [.. new[] { Options.GroupColumn, Options.FoldColumn }.OfType<string>()];
    }

    public static Command Create(ToolHost host)
    {
        var data = CommonOptions.DataSets();
        var label = CommonOptions.Label();
        var task = CommonOptions.Task();
        var badRows = CommonOptions.BadRows();
        var algorithms = new Option<string[]>("--algorithms")
        {
            HelpName = "A,B,…",
            Description = "The algorithms to compare, or 'all' that can do the task; without it the usual ones ('mlpath algorithms' lists them).",
            DefaultValueFactory = _ => [],
        };
        var folds = CommonOptions.Whole("--folds", "K", "The number of folds of the cross-validation. [default: 10]", minimum: 2);
        var repeats = CommonOptions.Whole("--repeats", "R", "How often it is repeated with other folds. [default: 1]", minimum: 1);
        var holdOut = CommonOptions.Fraction("--holdout", "SHARE", "Instead of folds one split: this share of the rows is held out for the test, such as 0.25.");
        var design = CommonOptions.Optional("--design", "DESIGN", "Instead of --folds and --repeats: 5x2, five repeats of two folds.");
        design.AcceptOnlyFromAmong("5x2");
        var rope = CommonOptions.Number("--rope", "WIDTH", "A difference of the metric up to here does not matter in practice. [default: 0.01; of errors 1% of the best]");
        var group = CommonOptions.Optional("--group", "COLUMN", "Rows with the same value here stay in one fold: a patient, a household.");
        var fold = CommonOptions.Optional("--fold-column", "COLUMN", "The fold of each row, instead of made ones.");
        var metric = CommonOptions.Optional(
            "--metric", "METRIC", "The metric that decides: accuracy, auc, macro-f1, rmse, …; the task's own without it.");
        var baseline = CommonOptions.Optional(
            "--baseline", "NAME", "With several DATA: the algorithm that the others are compared with; the one that ranks best without it.");
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var report = CommonOptions.Report();
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command(
            "compare", "Compare algorithms on one table, or several, by cross-validation: the same folds for all, intervals and tests included.")
        {
            data, label, task, algorithms, folds, repeats, holdOut, design, rope, group, fold, metric, baseline, badRows, seed, threads, report, json, quiet,
        };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            if (parsed.GetValue(fold) is not null && (parsed.GetValue(folds) ?? parsed.GetValue(repeats)) is not null)
                throw new UsageException("--fold-column says which folds there are; leave --folds and --repeats out.");
            if (parsed.GetValue(fold) is not null && parsed.GetValue(group) is not null)
                throw new UsageException("--fold-column says which rows belong together; leave --group out.");
            string[] designs =
            [
                .. parsed.GetValue(holdOut) is null ? Array.Empty<string>() : ["--holdout"], .. parsed.GetValue(design) is null ? Array.Empty<string>() : ["--design"],
                .. parsed.GetValue(fold) is null ? Array.Empty<string>() : ["--fold-column"],
            ];
            if (designs.Length > 1)
                throw new UsageException($"{designs[0]} and {designs[1]} each say how rows are divided; leave one of them out.");
            if (designs.Length > 0 && (parsed.GetValue(folds) ?? parsed.GetValue(repeats)) is not null)
                throw new UsageException($"{designs[0]} says how rows are divided; leave --folds and --repeats out.");
            var request = new Request(
                parsed.GetRequiredValue(data), CommonOptions.BadRowsOf(parsed.GetRequiredValue(badRows)), parsed.GetValue(label), TaskNames.Parse(parsed.GetRequiredValue(task)),
                [.. parsed.GetRequiredValue(algorithms).SelectMany(Names)],
                new ComparisonOptions
                {
                    Folds = parsed.GetValue(folds) ?? 10,
                    Repeats = parsed.GetValue(repeats) ?? 1,
                    Design = parsed.GetValue(holdOut) is not null ? ComparisonDesign.HoldOut
                        : parsed.GetValue(design) is not null ? ComparisonDesign.FiveByTwo
                        : ComparisonDesign.Folds,
                    TestFraction = parsed.GetValue(holdOut) ?? 0.25,
                    Rope = parsed.GetValue(rope),
                    GroupColumn = parsed.GetValue(group),
                    FoldColumn = parsed.GetValue(fold),
                    Metric = parsed.GetValue(metric),
                    Seed = parsed.GetValue(seed) ?? CommonOptions.DefaultSeed,
                },
                parsed.GetValue(baseline), parsed.GetValue(threads), new ReportFiles(parsed.GetRequiredValue(report)), parsed.GetValue(json));
            if (request.Data.Count > 1)
                return CompareDatasets.Run(host, request);
            return request.Baseline is null
                ? Run(host, request)
                : throw new UsageException("--baseline says what to compare with over several data sets; name another DATA, or leave it out.");
        });
        return command;
    }

    // In place of names: every algorithm that can do the task.
    private const string AllAlgorithms = "all";

    private static string[] Names(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Run(ToolHost host, Request request)
    {
        var ml = new MLContext(request.Options.Seed);
        var asked = request.All ? [] : request.Algorithms.Select(ml.Algorithms.Get).ToList();
        var data = InputData.Load(ml, request.Data[0], request.BadRows, host.CancellationToken);
        var roles = request.Roles;
        foreach (string role in roles.Where(r => data.View.Schema.GetColumnOrNull(r) is null))
            throw SchemaException.MissingColumn(role, data.View.Schema.VisibleNames);
        var problem = Problem.Infer(ml, data, request.Label, request.Task, roles, host.CancellationToken);
        var plan = DefaultPipeline.Plan(ml, problem, roles, host.CancellationToken);
        var options = request.Options with { LabelColumn = problem.Label?.Name };
        if (options.Metric is { } metric)
            _ = MetricCatalog.Find(problem.Task, metric);
        var (candidates, readings) = Candidates(ml, asked, request.All, problem, plan);

        foreach (string line in (IEnumerable<string>)[.. problem.Lines, .. plan.Lines, .. readings, .. BadRows(problem)])
            host.Say(line);
        var context = CommonOptions.Context(host, options.Seed, request.Threads);
        try
        {
            var result = ProgressView.Run(host, "Comparing", Describe, progress =>
                Comparison.Run(problem.Task, problem.Data.View, candidates, options, context with { Progress = progress }));
            Show(host, request, problem, plan, readings, result);
            if (result.Best is not null)
                return ExitCode.Success;
            host.Fail("no candidate could be measured; the table says why");
            return ExitCode.Failure;
        }
        catch (ComparisonCanceledException interruption) when (interruption.Partial?.Candidates.Any(c => c.Folds.Count > 0) == true)
        {
            Show(host, request, problem, plan, readings, interruption.Partial);
            throw;
        }
    }

    internal static IEnumerable<string> BadRows(Problem problem) => problem.Data.BadRowsLine is { } line ? [line] : [];

    private static string Describe(FitProgress progress) =>
        $"{progress.Iteration}/{progress.Total} folds, {progress.Path[0]}{(progress.Message is { } best ? $"; best {best}" : "")}";

    internal static (CandidateSet Candidates, IReadOnlyList<string> Readings) Candidates(
        MLContext ml, List<Algorithm> asked, bool all, Problem problem, FeaturePlan plan)
    {
        var task = problem.Task;
        var algorithms = asked.Count > 0
            ? [.. asked.DistinctBy(a => a.Name)]
            : ml.Algorithms.All.Where(a => a.For(task) is not null && (all || a.IsUsual)).ToList();
        if (algorithms.Count == 0)
            throw new UsageException($"No algorithm does {TaskNames.InWords(task)}. Choose another --task.");
        var candidates = new CandidateSet();
        var trainers = algorithms.Select(a => (a.Name, Trainer: CommonOptions.TrainerOf(ml.Algorithms, a, task))).ToList();
        foreach (var (name, trainer) in trainers)
            candidates.Add(name, DefaultPipeline.Candidate(ml, plan, problem, trainer));
        return (candidates, [.. DefaultPipeline.Remarks(plan, trainers)]);
    }

    private static void Show(
        ToolHost host, Request request, Problem problem, FeaturePlan plan, IReadOnlyList<string> readings, ComparisonReport result)
    {
        foreach (string note in result.Notes)
            host.Say(note);
        foreach (var candidate in result.Candidates)
        {
            foreach (var diagnosis in candidate.Diagnoses.Where(d => d.Severity > DiagnosisSeverity.Info))
                host.Say($"{candidate.Name}: {diagnosis.Message}");
        }

        result = result with { Notes = [.. plan.Remarks, .. readings, .. BadRows(problem), .. result.Notes], Sections = [plan.ToSection()] };
        if (request.Json)
        {
            host.Out.WriteLine(result.ToJson());
        }
        else
        {
            var report = result.ToReport();
            host.Out.WriteLine(ToolHost.Plain(report.Subtitle ?? ""));
            host.Out.WriteLine();
            ReportTable.Write(host, report.Sections.OfType<TableSection>().First(), ranked: true, without: "Predict time");
            host.Out.WriteLine();
            host.Out.WriteLine(ToolHost.Plain(report.Answer));
        }

        request.Reports.Write(result, host);
    }
}
