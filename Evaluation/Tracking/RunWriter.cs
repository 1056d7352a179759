using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// Writes runs in the layout of MLflow's file store: <c>FOLDER/experiment/run/</c> with <c>meta.yaml</c>, and folders of one file for each parameter,
/// metric, tag and artifact. A run's folder is put together under another name and renamed when it is whole.
/// </summary>
internal static class RunWriter
{
    /// <summary>The experiment that MLflow itself uses where none is named.</summary>
    public const string DefaultExperiment = "Default";

    private const int LongestParameter = 6000;
    private const int LongestTag = 5000;
    private const int LongestExperiment = 500;

    // The numbers by which MLflow keeps a run's state, and the kind of its source.
    private const int Finished = 3;
    private const int FailedState = 4;
    private const int Killed = 5;
    private const int LocalSource = 4;

    /// <summary>Writes a run and those within it.</summary>
    /// <param name="folder">The store's folder, which is made if it is not there.</param>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="run">The run.</param>
    /// <param name="clock">The clock.</param>
    /// <returns>The run's identifier: 32 hexadecimal digits, at random.</returns>
    public static string Write(string folder, string experiment, RunRecord run, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (string.IsNullOrWhiteSpace(experiment) || experiment.Length > LongestExperiment)
            throw new OptionException($"The experiment's name has {experiment?.Length ?? 0} characters; expected 1 to {LongestExperiment}, not all blank.");
        string root = Path.GetFullPath(folder);
        if (File.Exists(root))
            throw new IOException($"Cannot track runs in '{folder}': it is a file. Give the name of a folder.");
        string id = Experiment(root, experiment, clock);
        return WriteRun(root, id, run, parent: null, clock);
    }

    private static string WriteRun(string root, string experiment, RunRecord run, string? parent, TimeProvider clock)
    {
        string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        string home = Path.Combine(root, experiment);
        string final = Path.Combine(home, id), temporary = Path.Combine(home, $".{id}.tmp");
        long end = clock.GetUtcNow().ToUnixTimeMilliseconds();
        try
        {
            foreach (string part in new[] { "params", "metrics", "tags", "artifacts" })
                Directory.CreateDirectory(Path.Combine(temporary, part));
            foreach (var (name, value) in StoreName.Unique(run.Parameters))
                File.WriteAllText(Path.Combine(temporary, "params", name), Cut(value, LongestParameter), Utf8);
            foreach (var (name, values) in run.Metrics)
                WriteMetric(Path.Combine(temporary, "metrics"), name, values, end);
            foreach (var (name, value) in StoreName.Unique(Tags(run, parent)))
                File.WriteAllText(Path.Combine(temporary, "tags", name), Cut(value, LongestTag), Utf8);
            foreach (var (name, write) in run.Artifacts)
                write(Path.Combine(temporary, "artifacts", name));
            File.WriteAllText(Path.Combine(temporary, TrackingStore.MetaFile), Meta(final, experiment, id, run, end), Utf8);
            Directory.Move(temporary, final);
        }
        catch
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            throw;
        }

        foreach (var child in run.Children)
            WriteRun(root, experiment, child, id, clock);
        return id;
    }

    private static IEnumerable<KeyValuePair<string, string>> Tags(RunRecord run, string? parent)
    {
        yield return new("mlflow.runName", run.Name);
        yield return new("mlflow.source.name", "mlpath");
        yield return new("mlflow.source.type", "LOCAL");
        yield return new("mlflow.user", Environment.UserName);
        if (parent is not null)
            yield return new("mlflow.parentRunId", parent);
        foreach (var tag in run.Tags)
            yield return tag;
    }

    // A line for each value: when, what, at which step. An undefined value has none.
    private static void WriteMetric(string folder, string name, IReadOnlyList<(int Step, double Value)> values, long time)
    {
        var defined = values.Where(v => !double.IsNaN(v.Value)).ToList();
        if (defined.Count == 0)
            return;
        string path = Path.Combine([folder, .. name.Split('/').Select(StoreName.Of)]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Concat(defined.Select(v =>
            string.Create(CultureInfo.InvariantCulture, $"{time} {Number(v.Value)} {v.Step}\n"))), Utf8);
    }

    // As Python reads numbers.
    private static string Number(double value) => double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Meta(string home, string experiment, string id, RunRecord run, long end) => FlatYaml.Write(
    [
        new("artifact_uri", Location(Path.Combine(home, "artifacts"))),
        new("end_time", end),
        new("entry_point_name", ""),
        new("experiment_id", experiment),
        new("lifecycle_stage", "active"),
        new("run_id", id),
        new("run_name", run.Name),
        new("run_uuid", id),
        new("source_name", ""),
        new("source_type", LocalSource),
        new("source_version", ""),
        new("start_time", end - (long)run.Duration.TotalMilliseconds),
        new("status", run.Failed ? FailedState : run.IsComplete ? Finished : Killed),
        new("tags", Array.Empty<string>()),
        new("user_id", Environment.UserName),
    ]);

    // The experiment of that name, or a new one. Its identifier follows from its name, so that two that make it at once make the same.
    private static string Experiment(string root, string name, TimeProvider clock)
    {
        if (Directory.Exists(root) && TrackingStore.FindExperiment(root, name) is { } found)
            return found;
        string id = name == DefaultExperiment ? "0" : IdOf(name);
        // MLflow can give an experiment another name; its folder is then taken.
        while (File.Exists(Path.Combine(root, id, TrackingStore.MetaFile)))
            id = IdOf(RandomNumberGenerator.GetHexString(32));
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        string home = Path.Combine(root, id);
        AtomicFile.WriteText(Path.Combine(home, TrackingStore.MetaFile), FlatYaml.Write(
        [
            new("artifact_location", Location(home)),
            new("creation_time", now),
            new("experiment_id", id),
            new("last_update_time", now),
            new("lifecycle_stage", "active"),
            new("name", name),
        ]));
        return id;
    }

    private static string IdOf(string name) =>
        ((BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % 900_000_000_000_000_000UL) + 100_000_000_000_000_000UL)
            .ToString(CultureInfo.InvariantCulture);

    private static string Location(string path) => new Uri(path).AbsoluteUri;

    private static string Cut(string text, int longest) => text.Length <= longest ? text : $"{text[..(longest - 1)]}…";

    private static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false);
}
