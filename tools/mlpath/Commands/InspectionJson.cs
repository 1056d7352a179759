using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MLPath.Runtime;

namespace MLPath.Tool.Commands;

/// <summary>The description of a model file as the JSON document that docs/model-format.md describes.</summary>
internal static class InspectionJson
{
    private const string Schema = "mlpath.model";
    private const int Version = 1;

    /// <summary>Writes a description.</summary>
    /// <param name="model">What the file holds.</param>
    public static string Of(ModelDescription model)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteNumber("version", Version);
            json.WriteString("mlpath", model.LibraryVersion);
            json.WriteString("formatVersion", $"{model.FormatVersion}");
            json.WriteNumber("bytes", model.FileBytes);
            WriteOrigin(json, model);
            WriteColumns(json, "input", model.InputSchema);
            WriteColumns(json, "output", model.OutputSchema);
            json.WritePropertyName("model");
            WriteComponent(json, model.Root);
            json.WriteStartArray("entries");
            foreach (var entry in model.Entries)
            {
                json.WriteStartObject();
                json.WriteString("name", entry.Name);
                json.WriteNumber("bytes", entry.Bytes);
                json.WriteString("sha256", entry.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteOrigin(Utf8JsonWriter json, ModelDescription model)
    {
        if (model.Provenance is not { } origin)
        {
            json.WriteNull("training");
            return;
        }

        json.WriteStartObject("training");
        json.WriteString("source", origin.Data.Source);
        json.WriteString("fingerprint", origin.Data.Fingerprint);
        WriteTexts(json, "dataSteps", origin.Data.Steps.Select(step => step.Description));
        WriteNumber(json, "rows", origin.Rows);
        WriteNumber(json, "seed", origin.Seed);
        json.WriteString("label", origin.LabelColumn);
        json.WriteString("labelSource", model.LabelSource);
        json.WriteNumber("seconds", origin.Duration.TotalSeconds);
        json.WriteStartArray("steps");
        for (int i = 0; i < origin.Steps.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", origin.Steps[i].Key);
            json.WriteString("description", origin.Steps[i].Value);
            if (i < origin.StepDurations.Count)
                json.WriteNumber("seconds", origin.StepDurations[i].TotalSeconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteColumns(Utf8JsonWriter json, string name, DataViewSchema? schema)
    {
        json.WritePropertyName(name);
        if (schema is null)
            json.WriteNullValue();
        else
            SchemaJson.Write(schema)["columns"]!.WriteTo(json);
    }

    private static void WriteComponent(Utf8JsonWriter json, ComponentDescription component)
    {
        json.WriteStartObject();
        json.WriteString("id", component.Id);
        json.WriteNumber("version", component.Version);
        json.WriteString("name", component.Name);
        json.WriteString("library", component.Library);
        json.WriteNumber("bytes", component.Bytes);
        json.WriteNumber("parameters", component.ParameterCount);
        json.WriteStartObject("settings");
        foreach (var setting in component.Settings)
        {
            json.WritePropertyName(setting.Name);
            setting.Value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteStartArray("arrays");
        foreach (var array in component.Arrays)
        {
            json.WriteStartObject();
            json.WriteString("name", array.Name);
            json.WriteString("type", array.ElementType);
            json.WriteStartArray("shape");
            foreach (int dimension in array.Shape)
                json.WriteNumberValue(dimension);
            json.WriteEndArray();
            json.WriteNumber("bytes", array.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("children");
        foreach (var child in component.Children)
            WriteComponent(json, child);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
