using System.CommandLine;
using System.Globalization;
using MLPath.Datasets;
using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Data;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary>
/// <c>mlpath learning-curve</c>: whether more rows would help; with <c>--option</c> how quality depends on the value of one option.
/// </summary>
internal static class LearningCurveCommand
{
    /// <summary>What was asked for.</summary>
    private sealed record Request(
        string Data, BadRows BadRows, string? Label, LearningTask? Task, IReadOnlyList<string> Algorithms, string? Option, CurveOptions Options,
        int Seed, int? Threads, ReportFiles Reports, bool Json);

    public static Command Create(ToolHost host)
    {
        var data = CommonOptions.Data();
        var label = CommonOptions.Label();
        var task = CommonOptions.Task();
        var badRows = CommonOptions.BadRows();
        var algorithms = CommonOptions.Required("--algorithms", "A,B,…", "The algorithms ('mlpath algorithms' lists them); one with --option.");
        var option = CommonOptions.Optional("--option", "NAME=V1,V2,…", "Values of an option of the algorithm to measure, instead of numbers of rows.");
        var fractions = CommonOptions.Optional("--fractions", "F1,F2,…", "The parts of the training rows to learn from. [default: 0.1,0.2,0.4,0.6,0.8,1]");
        var folds = CommonOptions.Whole("--folds", "K", "The number of folds of the cross-validation. [default: 5]", minimum: 2);
        var repeats = CommonOptions.Whole("--repeats", "R", "How often it is repeated with other folds. [default: 1]", minimum: 1);
        var group = CommonOptions.Optional("--group", "COLUMN", "Rows with the same value here stay in one fold: a patient, a household.");
        var metric = CommonOptions.Optional("--metric", "METRIC", "The metric: accuracy, auc, macro-f1, rmse, …; the task's own without it.");
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var report = CommonOptions.Report();
        var charts = CommonOptions.Charts();
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("learning-curve", "Measure algorithms on growing parts of a table, or with several values of an option.")
        {
            data, label, task, algorithms, option, fractions, folds, repeats, group, metric, badRows, seed, threads, report, charts, json, quiet,
        };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            if (parsed.GetValue(option) is not null && parsed.GetValue(fractions) is not null)
                throw new UsageException("--option measures values on all training rows; leave --fractions out.");
            int chosen = parsed.GetValue(seed) ?? CommonOptions.DefaultSeed;
            return Run(host, new Request(
                parsed.GetRequiredValue(data), CommonOptions.BadRowsOf(parsed.GetRequiredValue(badRows)), parsed.GetValue(label),
                TaskNames.Parse(parsed.GetRequiredValue(task)), Parts(parsed.GetRequiredValue(algorithms)), parsed.GetValue(option),
                new CurveOptions
                {
                    Fractions = parsed.GetValue(fractions) is { } parts ? [.. Parts(parts).Select(Fraction)] : new CurveOptions().Fractions,
                    Folds = parsed.GetValue(folds) ?? 5,
                    Repeats = parsed.GetValue(repeats) ?? 1,
                    GroupColumn = parsed.GetValue(group),
                    Metric = parsed.GetValue(metric),
                    Seed = chosen,
                },
                chosen, parsed.GetValue(threads), new ReportFiles(parsed.GetRequiredValue(report), parsed.GetValue(charts)), parsed.GetValue(json)));
        });
        return command;
    }

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Fraction(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double fraction) && fraction is > 0 and <= 1
            ? fraction
            : throw new UsageException($"--fractions has '{text}'; expected numbers above 0 and up to 1, as in 0.1,0.5,1.");

    private static int Run(ToolHost host, Request request)
    {
        var ml = new MLContext(request.Seed);
        var asked = request.Algorithms.Select(ml.Algorithms.Get).DistinctBy(a => a.Name).ToList();
        if (asked.Count == 0 || (request.Option is not null && asked.Count > 1))
            throw new UsageException(request.Option is null ? "--algorithms names no algorithm." : "--option belongs to one algorithm; name one with --algorithms.");
        var data = InputData.Load(ml, request.Data, request.BadRows, host.CancellationToken);
        string[] roles = [.. new[] { request.Options.GroupColumn }.OfType<string>()];
        foreach (string role in roles.Where(r => data.View.Schema.GetColumnOrNull(r) is null))
            throw SchemaException.MissingColumn(role, data.View.Schema.VisibleNames);
        var problem = Problem.Infer(ml, data, request.Label, request.Task, roles, host.CancellationToken);
        if (request.Options.Metric is { } metric)
            _ = MetricCatalog.Find(problem.Task, metric);
        var plan = DefaultPipeline.Plan(ml, problem, roles, host.CancellationToken);
        foreach (string line in (IEnumerable<string>)[.. problem.Lines, .. plan.Lines])
            host.Say(line);
        var trainers = asked.Select(a => (a.Name, Trainer: CommonOptions.TrainerOf(ml.Algorithms, a, problem.Task))).ToList();
        var context = CommonOptions.Context(host, request.Seed, request.Threads);
        IReport result;
        if (request.Option is { } option)
        {
            var (name, values) = ValuesOf(option);
            var candidates = new CandidateSet();
            foreach (string value in values.Distinct())
                candidates.Add(value, DefaultPipeline.Candidate(ml, plan, problem, trainers[0].Trainer, [KeyValuePair.Create(name, value)]));
            result = ProgressView.Run(host, "Measuring", Describe, progress =>
                TaskNames.CatalogOf(ml, problem.Task).ValidationCurve(problem.Data.View, problem.Label?.Name, name, candidates, request.Options, context with { Progress = progress }));
        }
        else
        {
            var candidates = new CandidateSet();
            foreach (var (name, trainer) in trainers)
                candidates.Add(name, DefaultPipeline.Candidate(ml, plan, problem, trainer, []));
            result = ProgressView.Run(host, "Measuring", Describe, progress =>
                TaskNames.CatalogOf(ml, problem.Task).LearningCurve(problem.Data.View, problem.Label?.Name, candidates, request.Options, context with { Progress = progress }));
        }

        if (request.Json)
        {
            host.Out.WriteLine(result.ToJson());
        }
        else
        {
            TableSection[] tables = [.. result.ToReport().Sections.OfType<TableSection>()];
            foreach (var table in tables)
            {
                if (tables.Length > 1)
                    host.Out.WriteLine(table.Title);
                ReportTable.Write(host, table);
                host.Out.WriteLine();
            }

            host.Out.WriteLine(ToolHost.Plain(result.Answer));
        }

        request.Reports.Write(result, host);
        return ExitCode.Success;
    }

    private static string Describe(FitProgress progress) => $"{progress.Iteration}/{progress.Total} fits";

    private static (string Name, IReadOnlyList<string> Values) ValuesOf(string option)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && Parts(option[(equals + 1)..]) is { Length: > 0 } values
            ? (option[..equals].Trim(), values)
            : throw new UsageException($"--option {option}: expected Option=value,value,…, as in --option MaximumDepth=2,4,8.");
    }
}
