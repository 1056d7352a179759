using System.Globalization;
using System.Text;
using System.Text.Json;
using MLPath.Evaluation;

namespace MLPath.Tool.Commands;

/// <summary>Runs as the JSON document that docs/tracking.md describes.</summary>
internal static class RunsJson
{
    private const string Schema = "mlpath.runs";
    private const int Version = 1;

    /// <summary>Writes runs.</summary>
    /// <param name="runs">The runs, in order.</param>
    /// <param name="notes">What could not be read.</param>
    public static string Of(IReadOnlyList<TrackedRun> runs, IReadOnlyList<string> notes)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteNumber("version", Version);
            json.WriteStartArray("runs");
            foreach (var run in runs)
                Write(json, run);
            json.WriteEndArray();
            json.WriteStartArray("notes");
            foreach (string note in notes)
                json.WriteStringValue(note);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, TrackedRun run)
    {
        json.WriteStartObject();
        json.WriteString("id", run.Id);
        json.WriteString("name", run.Name);
        json.WriteString("experiment", run.Experiment);
        json.WriteString("experimentId", run.ExperimentId);
        json.WriteString("parent", run.ParentId);
        json.WriteString("status", run.Status);
        json.WriteString("started", Time(run.Started));
        json.WriteString("ended", Time(run.Ended));
        json.WriteStartObject("parameters");
        foreach (var (name, value) in run.Parameters)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach (var (name, value) in run.Metrics)
        {
            if (double.IsFinite(value))
                json.WriteNumber(name, value);
            else if (double.IsNaN(value))
                json.WriteNull(name);
            else
                json.WriteString(name, value > 0 ? "Infinity" : "-Infinity");
        }

        json.WriteEndObject();
        json.WriteStartObject("tags");
        foreach (var (name, value) in run.Tags)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
