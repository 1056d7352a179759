using System.Text.Json.Nodes;
using MLPath.Data;

namespace MLPath.Runtime;

/// <summary>How a model came to be, as the manifest of its file says it.</summary>
internal static class ModelProvenance
{
    /// <summary>What is known of a model: for a fitted chain the data, the steps with their options, the seed, the label, and the time it took.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The schema of the data that it takes; null where it is not known.</param>
    public static JsonObject Write(ITransformer model, DataViewSchema? inputSchema)
    {
        if ((model as ITransformerChain)?.Provenance is not { } provenance)
            return model.FittedOn is { } lineage ? new JsonObject { ["data"] = Data(lineage, null) } : [];
        var json = new JsonObject
        {
            ["data"] = Data(provenance.Data, provenance.Rows),
            ["steps"] = new JsonArray([.. provenance.Steps.Select((step, i) => Step(step, i < provenance.StepDurations.Count ? provenance.StepDurations[i] : null))]),
            ["fitSeconds"] = provenance.Duration.TotalSeconds,
        };
        if (provenance.Seed is { } seed)
            json["seed"] = seed;
        if (provenance.LabelColumn is { } label)
        {
            json["label"] = new JsonObject
            {
                ["column"] = label,
                ["source"] = inputSchema is null ? null : ModelOutputs.Source(model, inputSchema, label),
            };
        }

        return json;
    }

    /// <summary>What a file says of a chain; null where it says nothing, or something else than <see cref="Write"/> does.</summary>
    public static FitProvenance? Read(JsonObject provenance)
    {
        if (provenance["data"] is not JsonObject data || Text(data["source"]) is not { } source
            || Number(provenance["fitSeconds"]) is not { } seconds)
        {
            return null;
        }

        var dataSteps = Items(data["steps"]).Select(Text).OfType<string>();
        List<JsonObject> steps = [.. Items(provenance["steps"]).OfType<JsonObject>()];
        return new FitProvenance(
            DataLineage.Saved(source, dataSteps, Text(data["fingerprint"]) ?? DataLineage.Unknown.Fingerprint),
            Number(data["rows"]) is { } rows and >= 0 and < long.MaxValue ? (long)rows : null,
            [.. steps.Select(step => KeyValuePair.Create(Text(step["name"]) ?? "", Text(step["description"]) ?? ""))],
            Duration(seconds))
        {
            StepDurations = steps.Select(step => Number(step["seconds"])).ToList() is var times && times.TrueForAll(time => time is not null)
                ? [.. times.Select(time => Duration(time!.Value))] : [],
            Seed = Number(provenance["seed"]) is { } seed and >= int.MinValue and <= int.MaxValue && double.IsInteger(seed) ? (int)seed : null,
            LabelColumn = Text((provenance["label"] as JsonObject)?["column"]),
        };
    }

    /// <summary>The column of the data that the label is made of; null where a file does not say.</summary>
    public static string? ReadLabelSource(JsonObject provenance) => Text((provenance["label"] as JsonObject)?["source"]);

    private static JsonObject Step(KeyValuePair<string, string> step, TimeSpan? duration)
    {
        var json = new JsonObject { ["name"] = step.Key, ["description"] = step.Value };
        if (duration is { } known)
            json["seconds"] = known.TotalSeconds;
        return json;
    }

    // To the tick, so that a model that is loaded and saved gives the same file.
    private static TimeSpan Duration(double seconds) =>
        TimeSpan.FromTicks((long)Math.Round(Math.Clamp(seconds * TimeSpan.TicksPerSecond, 0, 1L << 62)));

    private static string? Text(JsonNode? node) => (node as JsonValue)?.TryGetValue(out string? text) == true ? text : null;

    private static double? Number(JsonNode? node) => (node as JsonValue)?.TryGetValue(out double number) == true ? number : null;

    private static IEnumerable<JsonNode?> Items(JsonNode? node) => node as JsonArray ?? [];

    private static JsonObject Data(DataLineage lineage, long? rows) => new()
    {
        ["source"] = lineage.Source,
        ["steps"] = new JsonArray([.. lineage.Steps.Select(step => (JsonNode)JsonValue.Create(step.Description))]),
        ["fingerprint"] = Fingerprint(lineage),
        ["rows"] = rows,
    };

    // The fingerprint may need a pass over data that are gone by now, or that fail in any way of their own; the model is worth saving all
    // the same.
    private static string? Fingerprint(DataLineage lineage)
    {
        try
        {
            return lineage.Fingerprint;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return null;
        }
    }
}
