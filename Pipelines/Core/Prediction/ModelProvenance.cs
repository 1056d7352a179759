using System.Text.Json.Nodes;
using MLPath.Data;

namespace MLPath.Runtime;

/// <summary>How a model came to be, as the manifest of its file says it.</summary>
internal static class ModelProvenance
{
    /// <summary>What is known of a model: for a fitted chain the data, the steps with their options, and the time it took.</summary>
    public static JsonObject Write(ITransformer model)
    {
        if ((model as ITransformerChain)?.Provenance is not { } provenance)
            return model.FittedOn is { } lineage ? new JsonObject { ["data"] = Data(lineage, null) } : [];
        return new JsonObject
        {
            ["data"] = Data(provenance.Data, provenance.Rows),
            ["steps"] = new JsonArray(
                [.. provenance.Steps.Select(step => new JsonObject { ["name"] = step.Key, ["description"] = step.Value })]),
            ["fitSeconds"] = provenance.Duration.TotalSeconds,
        };
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
        var steps = Items(provenance["steps"]).OfType<JsonObject>()
            .Select(step => KeyValuePair.Create(Text(step["name"]) ?? "", Text(step["description"]) ?? ""));
        // To the tick, so that a model that is loaded and saved gives the same file.
        double ticks = Math.Round(Math.Clamp(seconds * TimeSpan.TicksPerSecond, 0, 1L << 62));
        return new FitProvenance(
            DataLineage.Saved(source, dataSteps, Text(data["fingerprint"]) ?? DataLineage.Unknown.Fingerprint),
            Number(data["rows"]) is { } rows and >= 0 and < long.MaxValue ? (long)rows : null,
            [.. steps],
            TimeSpan.FromTicks((long)ticks));
    }

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
