using System.CommandLine;
using System.Globalization;
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
        IReadOnlyList<string> Data, BadRows BadRows, string? Label, LearningTask? Task, IReadOnlyList<string> Algorithms, ComparisonOptions Options, int? Threads,
        ReportFiles Reports, bool Json, QualityGates Gates, RunTracking Tracking, CommandRecord Record)
    {
        /// <summary>Whether only results and errors are written.</summary>
        public bool Quiet { get; init; }

        /// <summary>Over several data sets: the algorithm that the others are compared with; null for the one that ranks best.</summary>
        public string? Baseline { get; init; }

        /// <summary>Whether every algorithm is compared that can do the task.</summary>
        public bool All => Algorithms is [AllAlgorithms];

        /// <summary>The columns that hold groups or folds.</summary>
        public IReadOnlyList<string> Roles => [.. new[] { Options.GroupColumn, Options.FoldColumn }.OfType<string>()];
    }

    /// <summary>What is to be compared, ready to run.</summary>
    internal sealed record Work(
        Problem Problem, FeaturePlan Plan, CandidateSet Candidates, ComparisonOptions Options, IReadOnlyList<string> Readings, CommandRecord Record)
    {
        /// <summary>What was inferred, a line each.</summary>
        public IEnumerable<string> Lines => [.. Problem.Lines, .. Plan.Lines, .. Readings, .. BadRows(Problem)];

        /// <summary>Compares.</summary>
        public ComparisonReport Run(ToolHost host, int? threads)
        {
            var context = CommonOptions.Context(host, Options.Seed, threads);
            return ProgressView.Run(host, "Comparing", Describe, progress =>
                Comparison.Run(Problem.Task, Problem.Data.View, Candidates, Options, context with { Progress = progress }));
        }

        /// <summary>A result with what the command line knows of it.</summary>
        public ComparisonReport Complete(ComparisonReport result) => result with
        {
            Notes = [.. Plan.Remarks, .. Readings, .. BadRows(Problem), .. result.Notes],
            Sections = [Plan.ToSection()],
            Command = Record.ToArguments(),
        };
    }

    public static Command Create(ToolHost host)
    {
        var (command, read) = Declare();
        command.SetAction(parsed =>
        {
            var request = read(parsed);
            host.Quiet = request.Quiet;
            return request.Data.Count > 1 ? CompareDatasets.Run(host, request) : Run(host, request);
        });
        return command;
    }

    /// <summary>Reads the command of a document, which must not ask for anything but a comparison.</summary>
    /// <param name="arguments">The arguments, the command's name first.</param>
    /// <exception cref="UsageException">They ask for something else, or for nothing that there is.</exception>
    public static Request Read(IReadOnlyList<string> arguments)
    {
        var (command, read) = Declare();
        if (arguments.Count == 0 || arguments[0] != command.Name)
            throw new UsageException($"the command is not '{command.Name}'");
        var parsed = command.Parse([.. arguments.Skip(1)], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors is [var error, ..])
            throw new UsageException(error.Message.TrimEnd('.'));
        if (CommandRecord.Forbidden(parsed) is { } option)
            throw new UsageException($"a document may not give {option}");
        return read(parsed) is { Data.Count: 1 } request ? request : throw new UsageException("it names more than one data set");
    }

    private static (Command Command, Func<ParseResult, Request> Read) Declare()
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
        var testFraction = CommonOptions.Fraction("--test-fraction", "SHARE", "Instead of folds one split: this share of the rows is for the test, such as 0.25.");
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
        var charts = CommonOptions.Charts();
        var require = CommonOptions.Require();
        var track = CommonOptions.Track();
        var experiment = CommonOptions.Experiment();
        var json = CommonOptions.Json();
        var silence = CommonOptions.Silence();
        var quiet = CommonOptions.Quiet();
        var command = new Command(
            "compare", "Compare algorithms on one table, or several, by cross-validation: the same folds for all, intervals and tests included.")
        {
            data, label, task, algorithms, folds, repeats, testFraction, design, rope, group, fold, metric, baseline, silence, badRows, seed, threads,
            report, charts, require, track, experiment, json, quiet,
        };
        return (command, Asked);

        Request Asked(ParseResult parsed)
        {
            if (parsed.GetValue(fold) is not null && (parsed.GetValue(folds) ?? parsed.GetValue(repeats)) is not null)
                throw new UsageException("--fold-column says which folds there are; leave --folds and --repeats out.");
            if (parsed.GetValue(fold) is not null && parsed.GetValue(group) is not null)
                throw new UsageException("--fold-column says which rows belong together; leave --group out.");
            string[] designs =
            [
                .. parsed.GetValue(testFraction) is null ? Array.Empty<string>() : ["--test-fraction"], .. parsed.GetValue(design) is null ? Array.Empty<string>() : ["--design"],
                .. parsed.GetValue(fold) is null ? Array.Empty<string>() : ["--fold-column"],
            ];
            if (designs.Length > 1)
                throw new UsageException($"{designs[0]} and {designs[1]} each say how rows are divided; leave one of them out.");
            if (designs.Length > 0 && (parsed.GetValue(folds) ?? parsed.GetValue(repeats)) is not null)
                throw new UsageException($"{designs[0]} says how rows are divided; leave --folds and --repeats out.");
            if (parsed.GetValue(baseline) is not null && parsed.GetRequiredValue(data).Length == 1)
                throw new UsageException("--baseline says what to compare with over several data sets; name another DATA, or leave it out.");
            return new Request(
                parsed.GetRequiredValue(data), CommonOptions.BadRowsOf(parsed.GetRequiredValue(badRows)), parsed.GetValue(label), TaskNames.Parse(parsed.GetRequiredValue(task)),
                [.. parsed.GetRequiredValue(algorithms).SelectMany(Names)],
                new ComparisonOptions
                {
                    Folds = parsed.GetValue(folds) ?? 10,
                    Repeats = parsed.GetValue(repeats) ?? 1,
                    Design = parsed.GetValue(testFraction) is not null ? ComparisonDesign.HoldOut
                        : parsed.GetValue(design) is not null ? ComparisonDesign.FiveByTwo
                        : ComparisonDesign.Folds,
                    TestFraction = parsed.GetValue(testFraction) ?? 0.25,
                    Rope = parsed.GetValue(rope),
                    GroupColumn = parsed.GetValue(group),
                    FoldColumn = parsed.GetValue(fold),
                    Metric = parsed.GetValue(metric),
                    Seed = parsed.GetValue(seed) ?? CommonOptions.DefaultSeed,
                    Doctor = CommonOptions.DoctorOf(parsed.GetRequiredValue(silence)),
                },
                parsed.GetValue(threads), new ReportFiles(parsed.GetRequiredValue(report), parsed.GetValue(charts)), parsed.GetValue(json),
                new QualityGates(parsed.GetRequiredValue(require)), new RunTracking(parsed.GetValue(track), parsed.GetValue(experiment)),
                CommandRecord.Of(parsed))
            {
                Quiet = parsed.GetValue(quiet),
                Baseline = parsed.GetValue(baseline),
            };
        }
    }

    // In place of names: every algorithm that can do the task.
    private const string AllAlgorithms = "all";

    private static string[] Names(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Loads the data, and finds out what is to be learned and by which algorithms.</summary>
    public static Work Prepare(ToolHost host, Request request)
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
        request.Gates.CheckMetrics(problem.Task);
        var (candidates, readings) = Candidates(ml, asked, request.All, problem, plan);
        return new Work(problem, plan, candidates, options, readings, RecordOf(request.Record, problem, candidates, options));
    }

    /// <summary>The arguments with what was inferred and chosen by default.</summary>
    internal static CommandRecord RecordOf(CommandRecord given, Problem problem, CandidateSet candidates, ComparisonOptions options)
    {
        bool makesFolds = options.FoldColumn is null && options.Design == ComparisonDesign.Folds;
        return given
            .With("--label", options.LabelColumn)
            .With("--task", TaskNames.Of(problem.Task))
            .With("--algorithms", string.Join(',', candidates.Select(c => c.Key).Order(StringComparer.Ordinal)))
            .With("--folds", makesFolds ? options.Folds.ToString(CultureInfo.InvariantCulture) : null)
            .With("--repeats", makesFolds ? options.Repeats.ToString(CultureInfo.InvariantCulture) : null)
            .With("--seed", options.Seed.ToString(CultureInfo.InvariantCulture));
    }

    private static int Run(ToolHost host, Request request)
    {
        var work = Prepare(host, request);
        foreach (string line in work.Lines)
            host.Say(line);
        try
        {
            var result = work.Run(host, request.Threads);
            Show(host, request, work, result);
            if (result.Best is not null)
                return request.Gates.Judge(result, host);
            host.Fail("no candidate could be measured; the table says why");
            return ExitCode.Failure;
        }
        catch (ComparisonCanceledException interruption) when (interruption.Partial?.Candidates.Any(c => c.Folds.Count > 0) == true)
        {
            Show(host, request, work, interruption.Partial);
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

    private static void Show(ToolHost host, Request request, Work work, ComparisonReport result)
    {
        foreach (string note in result.Notes)
            host.Say(note);
        foreach (var candidate in result.Candidates)
        {
            foreach (var diagnosis in candidate.Diagnoses.Where(d => d.Severity > DiagnosisSeverity.Info))
                host.Say($"{candidate.Name}: {diagnosis.Message}");
        }

        FindingLines.Say(host, result.Findings);
        result = work.Complete(result);
        if (request.Json)
        {
            host.Out.WriteLine(result.ToJson());
        }
        else
        {
            var report = result.ToReport();
            host.Out.WriteLine(ToolHost.Plain(report.Subtitle ?? ""));
            host.Out.WriteLine();
            ReportTable.Write(host, report.Sections.OfType<TableSection>().First(), ranked: true, without: ["Predict time", "Model size", "Pareto front"]);
            host.Out.WriteLine();
            host.Out.WriteLine(ToolHost.Plain(report.Answer));
        }

        request.Reports.Write(result, host);
        request.Tracking.Write(result, host);
    }
}
