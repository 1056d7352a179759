using System.Globalization;

namespace MLPath.Evaluation;

/// <summary>
/// The runs of a folder in the layout of MLflow's file store, those that MLflow itself wrote among them. What cannot be read is left out, and said.
/// </summary>
public sealed class TrackingStore
{
    internal const string MetaFile = "meta.yaml";

    private const string ParentTag = "mlflow.parentRunId";
    private const string NameTag = "mlflow.runName";

    // Folders of an experiment that hold no runs, and the folder of a store that holds no experiment.
    private static readonly string[] NoRuns = ["tags", "datasets", "traces", "models"];
    private const string NoExperiment = "models";

    // By the number that MLflow keeps.
    private static readonly string[] States = ["unknown", "running", "scheduled", "finished", "failed", "killed"];

    // Far above what parameters, tags and the values of a metric need.
    private const long MostBytes = 1 << 24;

    private readonly List<string> _notes = [];
    private readonly CancellationToken _cancellation;

    private TrackingStore(CancellationToken cancellationToken) => _cancellation = cancellationToken;

    /// <summary>The runs that are not deleted, the newest first; those that began together by name and identifier.</summary>
    public IReadOnlyList<TrackedRun> Runs { get; private set; } = [];

    /// <summary>The names of the experiments that are not deleted, in order.</summary>
    public IReadOnlyList<string> Experiments { get; private set; } = [];

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder, the <c>mlruns</c> of MLflow.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="DataException">There is no such folder, or it holds no experiment.</exception>
    public static TrackingStore Open(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
            throw new DataException($"There is no folder '{folder}'. 'compare', 'evaluate' and 'train' make one with --track.");
        var store = new TrackingStore(cancellationToken);
        store.Read(folder);
        return store.Experiments.Count > 0
            ? store
            : throw new DataException($"'{folder}' holds no experiment: none of its folders has a {MetaFile} that can be read.");
    }

    /// <summary>The identifier of an experiment that is not deleted; null where there is none of that name.</summary>
    internal static string? FindExperiment(string folder, string name)
    {
        var store = new TrackingStore(CancellationToken.None);
        return store.Homes(folder).FirstOrDefault(home => store.ExperimentName(home) == name) is { } found ? Path.GetFileName(found) : null;
    }

    private void Read(string folder)
    {
        var runs = new List<TrackedRun>();
        var experiments = new List<string>();
        foreach (string home in Homes(folder))
        {
            if (ExperimentName(home) is not { } experiment)
                continue;
            experiments.Add(experiment);
            foreach (string run in Folders(home).Where(f => !NoRuns.Contains(Path.GetFileName(f))))
            {
                _cancellation.ThrowIfCancellationRequested();
                if (ReadRun(run, experiment) is { } read)
                    runs.Add(read);
            }
        }

        Experiments = [.. experiments.Order(StringComparer.Ordinal)];
        Runs = [.. runs.OrderByDescending(r => r.Started ?? DateTimeOffset.MinValue)
            .ThenBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Id, StringComparer.Ordinal)];
    }

    private IEnumerable<string> Homes(string folder) => Folders(folder).Where(f => Path.GetFileName(f) != NoExperiment);

    // Null for one that is deleted, and for a folder that is none.
    private string? ExperimentName(string home) =>
        Meta(home) is { } meta && meta.GetValueOrDefault("lifecycle_stage", "active") == "active" ? meta.GetValueOrDefault("name", Path.GetFileName(home)) : null;

    private TrackedRun? ReadRun(string home, string experiment)
    {
        if (Meta(home) is not { } meta || meta.GetValueOrDefault("lifecycle_stage", "active") != "active")
            return null;
        string id = Path.GetFileName(home);
        var tags = Texts(Path.Combine(home, "tags"));
        return new TrackedRun(id)
        {
            Name = meta.GetValueOrDefault("run_name") is { Length: > 0 } name ? name : tags.GetValueOrDefault(NameTag, id),
            ExperimentId = Path.GetFileName(Path.GetDirectoryName(home)!),
            Experiment = experiment,
            Status = State(meta.GetValueOrDefault("status", "")),
            Started = Time(meta.GetValueOrDefault("start_time")),
            Ended = Time(meta.GetValueOrDefault("end_time")),
            ParentId = tags.GetValueOrDefault(ParentTag),
            Parameters = Texts(Path.Combine(home, "params")),
            Metrics = Values(Path.Combine(home, "metrics")),
            Tags = tags,
        };
    }

    private Dictionary<string, string>? Meta(string home)
    {
        string path = Path.Combine(home, MetaFile);
        if (!File.Exists(path))
        {
            _notes.Add($"{home} has no {MetaFile} and is left out.");
            return null;
        }

        return Content(path) is { } text ? FlatYaml.Read(text, line => _notes.Add($"{path}: {line}; it is left out.")) : null;
    }

    // Names with slashes are files in folders.
    private SortedDictionary<string, string> Texts(string folder) => Entries(folder, path => Content(path) is { } text ? (true, text) : (false, ""));

    private SortedDictionary<string, double> Values(string folder) => Entries(folder, path => Latest(path) is { } value ? (true, value) : (false, 0.0));

    private static SortedDictionary<string, T> Entries<T>(string folder, Func<string, (bool IsThere, T Value)> read)
    {
        var entries = new SortedDictionary<string, T>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return entries;
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 8, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (string path in Directory.EnumerateFiles(folder, "*", options))
        {
            string name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (read(path) is (true, var value))
                entries[name] = value;
        }

        return entries;
    }

    private string? Content(string path)
    {
        try
        {
            if (new FileInfo(path).Length <= MostBytes)
                return File.ReadAllText(path);
            _notes.Add($"{path} is larger than {MostBytes >> 20} MB and is left out.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _notes.Add($"{path} cannot be read and is left out: {error.Message}");
        }

        return null;
    }

    // "time value step", of which early versions left out the step and late ones add more. Of the values of one step the latest counts.
    private double? Latest(string path)
    {
        (long Step, long Time, double Value)? last = null;
        int strange = 0;
        foreach (string line in (Content(path) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = line.Split(' ');
            long step = 0;
            if (parts.Length >= 2 && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long time) && Number(parts[1]) is { } value
                && (parts.Length == 2 || long.TryParse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out step)))
            {
                if (last is not { } so || (step, time).CompareTo((so.Step, so.Time)) >= 0)
                    last = (step, time, value);
            }
            else
            {
                strange++;
            }
        }

        if (strange > 0)
            _notes.Add(FormattableString.Invariant($"{path} has {strange} lines that are no 'time value step'; they are left out."));
        return last?.Value;
    }

    private static double? Number(string text) => text.ToUpperInvariant() switch
    {
        "INF" or "+INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null,
    };

    // By number, or, as some versions wrote it, by name.
    private static string State(string status) =>
        int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number < States.Length ? States[number] : States[0]
            : States.FirstOrDefault(s => s.Equals(status, StringComparison.OrdinalIgnoreCase)) ?? States[0];

    private static DateTimeOffset? Time(string? milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long time) && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    // Without hidden ones: runs that are not whole yet, deleted experiments.
    private static IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(folder, "*", new EnumerationOptions()).Order(StringComparer.Ordinal);
}
