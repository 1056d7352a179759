using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLPath.Runtime;

/// <summary>How a model file writes JSON: the same bytes on every machine, readable by people, non-finite numbers as text.</summary>
internal static class ModelJson
{
    /// <summary>A component takes at most three levels (its object, <c>children</c>, a list); the rest is room for provenance.</summary>
    internal const int MaxDepth = 3 * ModelPath.MaxDepth + 64;

    private const int MaxQuotedLength = 200;

    internal static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is data, never a part of a web page
        MaxDepth = MaxDepth,
    };

    internal static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Writes a number so that it is read back to the bit; NaN has one form.</summary>
    internal static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(NonFinite(value));
    }

    /// <inheritdoc cref="WriteNumber(Utf8JsonWriter, double)"/>
    internal static void WriteNumber(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(NonFinite(value));
    }

    /// <summary>Reads what <see cref="WriteNumber(Utf8JsonWriter, double)"/> wrote; false for anything else, numbers out of range included.</summary>
    internal static bool TryReadNumber(JsonElement json, out double value)
    {
        if (json.ValueKind == JsonValueKind.Number) return json.TryGetDouble(out value) && double.IsFinite(value);
        return TryReadNonFinite(json, out value);
    }

    /// <summary>Reads what <see cref="WriteNumber(Utf8JsonWriter, float)"/> wrote; false for anything else, numbers out of range included.</summary>
    internal static bool TryReadNumber(JsonElement json, out float value)
    {
        if (json.ValueKind == JsonValueKind.Number) return json.TryGetSingle(out value) && float.IsFinite(value);
        var read = TryReadNonFinite(json, out var wide);
        value = (float)wide;
        return read;
    }

    private static string NonFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private static bool TryReadNonFinite(JsonElement json, out double value)
    {
        value = 0;
        if (json.ValueKind != JsonValueKind.String) return false;
        if (json.ValueEquals("NaN")) value = double.NaN;
        else if (json.ValueEquals("Infinity")) value = double.PositiveInfinity;
        else if (json.ValueEquals("-Infinity")) value = double.NegativeInfinity;
        return value != 0;
    }

    /// <summary>Reads every text once, because the parser notices text that is not Unicode only then.</summary>
    /// <exception cref="InvalidOperationException">A name or a text is not valid Unicode.</exception>
    internal static void RequireUnicode(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) _ = element.GetString();
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray()) RequireUnicode(item);
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
            {
                _ = property.Name;
                RequireUnicode(property.Value);
            }
    }

    /// <summary>Text from a file for an error message: quoted, on one line, of bounded length.</summary>
    internal static string Quote(string text)
    {
        var shown = text.Length <= MaxQuotedLength ? text : string.Concat(text.AsSpan(0, MaxQuotedLength), "…");
        return "'" + string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)) + "'";
    }

    /// <summary>What a JSON value is, for an error message.</summary>
    internal static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "the number " + Quote(element.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "null",
    };
}
