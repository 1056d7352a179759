using System.CommandLine;
using System.Globalization;
using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath runs</c>: what <c>--track</c> and MLflow have kept, listed and side by side.</summary>
internal static class RunsCommand
{
    private const int ShownDigits = 8;
    private const string MetricTag = "mlpath.metric";

    // Where no task has a metric of a name, the name itself tells whether less is better.
    private static readonly string[] Costs = ["loss", "error", "seconds", "rmse", "mse", "mae", "perplexity"];

    public static Command Create(ToolHost host)
    {
        var folder = new Argument<string>("FOLDER") { Description = "A folder of runs, as --track makes it, or the mlruns of MLflow." };
        var experiment = CommonOptions.Optional("--experiment", "NAME", "Only the runs of this experiment.");
        var metric = CommonOptions.Optional("--metric", "METRIC", "The metric to show, the best run first; without it: each run's own, the newest run first.");
        var compare = new Option<string[]>("--compare")
        {
            HelpName = "RUN…",
            Description = "Two or more runs side by side, by the beginning of their identifiers or by name: the settings that differ, and the metrics.",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("runs", "List the runs that --track has kept, and compare some of them.") { folder, experiment, metric, compare, json, quiet };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            var store = TrackingStore.Open(parsed.GetRequiredValue(folder), host.CancellationToken);
            foreach (string note in store.Notes)
                host.Say(note);
            var runs = OfExperiment(store, parsed.GetValue(experiment));
            string[] asked = parsed.GetRequiredValue(compare);
            if (asked.Length == 1)
                throw new UsageException("--compare takes two runs or more.");
            if (asked.Length > 0)
                runs = [.. asked.Select(run => Find(runs, run)).Distinct()];
            string? shown = parsed.GetValue(metric) is { } name ? MetricOf(runs, name) : null;
            if (shown is not null && asked.Length == 0)
                runs = BestFirst(runs, shown);
            if (parsed.GetValue(json))
                host.Out.WriteLine(RunsJson.Of(runs, store.Notes));
            else if (asked.Length > 0)
                ShowSideBySide(host, runs, shown);
            else
                ShowList(host, runs, shown, store.Experiments.Count > 1);
            return ExitCode.Success;
        });
        return command;
    }

    private static IReadOnlyList<TrackedRun> OfExperiment(TrackingStore store, string? experiment)
    {
        if (experiment is null)
            return store.Runs;
        return store.Experiments.Contains(experiment)
            ? [.. store.Runs.Where(r => r.Experiment == experiment)]
            : throw new UsageException(
                $"There is no experiment '{experiment}'.{NearestName.Hint(experiment, store.Experiments)} {NearestName.List("The experiments are", store.Experiments.ToList())}");
    }

    private static TrackedRun Find(IReadOnlyList<TrackedRun> runs, string asked)
    {
        var found = runs.Where(r => r.Id.StartsWith(asked, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
            found = [.. runs.Where(r => r.Name == asked)];
        return found switch
        {
            [var run] => run,
            [] => throw new UsageException($"There is no run '{asked}'; name one by the beginning of its identifier, or by its name."),
            _ => throw new UsageException(
                $"'{asked}' is {found.Count} runs: {string.Join(", ", found.Take(5).Select(r => r.Id[..Math.Min(ShownDigits, r.Id.Length)]))}…; give more of the identifier."),
        };
    }

    // The name as it stands in the runs; "auc" is the one that a task calls so.
    private static string MetricOf(IReadOnlyList<TrackedRun> runs, string asked)
    {
        var names = runs.SelectMany(r => r.Metrics.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        string? found = names.Find(n => n == asked)
            ?? names.Find(n => n.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? Enum.GetValues<LearningTask>().Select(task => MetricCatalog.TryFind(task, asked, out var metric) ? metric.Name : null).FirstOrDefault(n => n is not null && names.Contains(n));
        return found ?? throw new UsageException(
            $"No run has a metric '{asked}'.{NearestName.Hint(asked, names)} {NearestName.List("The metrics are", names.Where(n => !n.Contains('/', StringComparison.Ordinal)).ToList())}");
    }

    private static bool HigherIsBetter(string metric)
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            if (MetricCatalog.TryFind(task, metric, out var description))
                return description.HigherIsBetter;
        }

        return !Costs.Any(cost => metric.Contains(cost, StringComparison.OrdinalIgnoreCase));
    }

    // Those without the metric last; the newer one first of equals.
    private static List<TrackedRun> BestFirst(IReadOnlyList<TrackedRun> runs, string metric)
    {
        double sign = HigherIsBetter(metric) ? -1 : 1;
        return [.. runs.OrderBy(r => r.Metrics.TryGetValue(metric, out double value) && !double.IsNaN(value) ? sign * value : double.NaN, NanLast)];
    }

    private static Comparer<double> NanLast { get; } =
        Comparer<double>.Create((a, b) => double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a.CompareTo(b));

    private static void ShowList(ToolHost host, IReadOnlyList<TrackedRun> runs, string? metric, bool experiments)
    {
        string[] headings = ["Run", "Name", .. experiments ? ["Experiment"] : Array.Empty<string>(), "Started", "Status", metric is null ? "Result" : $"{metric}|"];
        var table = new TextTable(headings);
        foreach (var run in runs)
        {
            string[] cells =
            [
                Short(run), run.Name, .. experiments ? [run.Experiment] : Array.Empty<string>(), Time(run.Started), run.Status,
                metric is null ? Result(run) : run.Metrics.TryGetValue(metric, out double value) ? NumberFormat.Number(value) : "-",
            ];
            table.Add(cells);
        }

        table.Write(host);
        string order = metric is null ? "the newest first" : $"best first, where {(HigherIsBetter(metric) ? "higher" : "lower")} is better";
        host.Out.WriteLine();
        host.Out.WriteLine($"{NumberFormat.Integer(runs.Count)} run{(runs.Count == 1 ? "" : "s")}, {order}.");
    }

    private static void ShowSideBySide(ToolHost host, IReadOnlyList<TrackedRun> runs, string? metric)
    {
        var differing = runs.SelectMany(r => r.Parameters.Keys).Distinct().Order(StringComparer.Ordinal)
            .Where(p => runs.Select(r => r.Parameters.GetValueOrDefault(p)).Distinct().Count() > 1).ToList();
        if (differing.Count == 0)
            host.Out.WriteLine("No setting differs.");
        else
            Write(host, "Setting", "", differing, run => run.Parameters, runs);
        host.Out.WriteLine();
        var metrics = metric is null
            ? runs.SelectMany(r => r.Metrics.Keys).Distinct().Where(m => !m.StartsWith("folds/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList()
            : [metric];
        Write(host, "Metric", "|", metrics, run => run.Metrics.ToDictionary(m => m.Key, m => NumberFormat.Number(m.Value)), runs);
    }

    private static void Write(
        ToolHost host, string heading, string side, List<string> names, Func<TrackedRun, IReadOnlyDictionary<string, string>> values, IReadOnlyList<TrackedRun> runs)
    {
        var columns = runs.Select(values).ToList();
        var table = new TextTable([heading, .. runs.Select(r => $"{r.Name} {Short(r)}{side}")]);
        foreach (string name in names)
            table.Add([name, .. columns.Select(c => c.GetValueOrDefault(name, "-"))]);
        table.Write(host);
    }

    private static string Short(TrackedRun run) => run.Id[..Math.Min(ShownDigits, run.Id.Length)];

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "-";

    // The metric that decided where the run says which; else the first one.
    private static string Result(TrackedRun run)
    {
        string? name = run.Tags.TryGetValue(MetricTag, out string? deciding) && run.Metrics.ContainsKey(deciding) ? deciding
            : run.Metrics.Keys.FirstOrDefault(m => !m.Contains('/', StringComparison.Ordinal));
        return name is null ? "" : $"{name} {NumberFormat.Number(run.Metrics[name])}";
    }
}
