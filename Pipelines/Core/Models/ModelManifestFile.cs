using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLPath.Runtime;

/// <summary>The content of <c>manifest.json</c>: what the model says of itself, the tree of its components, and its entries.</summary>
internal sealed record ModelManifestFile(
    ModelManifest Manifest, ComponentNode Root, IReadOnlyDictionary<string, ModelManifestFile.EntryInfo> Entries)
{
    private const string FormatName = "MLPath model";
    private const int MaxVersionLength = 100;

    internal static byte[] Write(ModelManifest manifest, ModelSaveContext root, IEnumerable<(string Name, EntryInfo Info)> entries)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, ModelJson.Indented))
        {
            json.WriteStartObject();
            json.WriteString("format", FormatName);
            json.WriteNumber("formatVersion", ModelManifest.CurrentFormatVersion);
            json.WriteNumber("formatMinorVersion", ModelManifest.CurrentFormatMinorVersion);
            json.WriteString("mlpathVersion", manifest.LibraryVersion);
            WriteFree(json, "provenance", manifest.Provenance);
            WriteFree(json, "schema", manifest.Schema);
            WriteFree(json, "outputSchema", manifest.OutputSchema);
            json.WritePropertyName("model");
            ComponentNode.Write(json, root);
            json.WriteStartObject("entries");
            foreach (var (name, info) in entries)
            {
                json.WriteStartObject(name);
                json.WriteNumber("length", info.Length);
                json.WriteString("sha256", info.Sha256);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteFree(Utf8JsonWriter json, string name, JsonObject? value)
    {
        json.WritePropertyName(name);
        try
        {
            if (value is null) json.WriteNullValue();
            else value.WriteTo(json);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new ArgumentException(
                $"The {name} cannot be written as JSON, which has only finite numbers and, here, at most {ModelJson.MaxDepth} levels. {e.Message}", e);
        }
    }

    /// <summary>Reads a manifest that has at most so many components and entries as the archive has entries: neither is there without one.</summary>
    internal static ModelManifestFile Parse(byte[] bytes, int maxDepth, int maxEntries)
    {
        using var document = JsonDocument.Parse(bytes, ModelJson.Strict);
        var root = document.RootElement;
        ModelJson.RequireUnicode(root);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format)
            || format.ValueKind != JsonValueKind.String || format.GetString() != FormatName)
            throw new ModelFormatException($"Its 'format' is not '{FormatName}'.");

        var version = Member(root, "formatVersion", JsonValueKind.Number).TryGetInt32(out var number) ? number : 0;
        var library = Member(root, "mlpathVersion", JsonValueKind.String).GetString()!;
        if (library.Length > MaxVersionLength || library.Any(char.IsControl)) throw new ModelFormatException("Its 'mlpathVersion' is not a version.");
        if (version > ModelManifest.CurrentFormatVersion)
            throw new ModelFormatException(
                $"The file was written by MLPath {library} in format version {version}; this MLPath reads versions up to " +
                $"{ModelManifest.CurrentFormatVersion}. Load it with MLPath {library} or newer, or save the model again with this one.");
        if (version < 1) throw new ModelFormatException("Its 'formatVersion' is not a positive integer.");
        var minor = 0;
        if (root.TryGetProperty("formatMinorVersion", out _)
            && (!Member(root, "formatMinorVersion", JsonValueKind.Number).TryGetInt32(out minor) || minor < 0))
            throw new ModelFormatException("Its 'formatMinorVersion' is not a non-negative integer.");

        var manifest = new ModelManifest
        {
            FormatVersion = version,
            FormatMinorVersion = minor,
            LibraryVersion = library,
            Provenance = JsonObject.Create(Member(root, "provenance", JsonValueKind.Object).Clone())!,
            Schema = ObjectOrNull(root, "schema"),
            OutputSchema = root.TryGetProperty("outputSchema", out _) ? ObjectOrNull(root, "outputSchema") : null,
        };
        var model = new ComponentNode.Parser(maxDepth, maxEntries).Parse(Member(root, "model", JsonValueKind.Object));
        return new(manifest, model, ParseEntries(Member(root, "entries", JsonValueKind.Object), maxEntries));
    }

    private static JsonObject? ObjectOrNull(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null
            ? null : JsonObject.Create(Member(root, name, JsonValueKind.Object).Clone());

    private static Dictionary<string, EntryInfo> ParseEntries(JsonElement element, int maxEntries)
    {
        var entries = new Dictionary<string, EntryInfo>(StringComparer.Ordinal);
        foreach (var entry in element.EnumerateObject())
        {
            if (entries.Count == maxEntries) throw new ModelFormatException($"It lists more entries than the {maxEntries} that the file has.");
            if (entry.Value.ValueKind != JsonValueKind.Object
                || !Member(entry.Value, "length", JsonValueKind.Number).TryGetInt64(out var length) || length < 0)
                throw new ModelFormatException($"The entry {ModelJson.Quote(entry.Name)} has no length.");
            entries.Add(entry.Name, new(length, Member(entry.Value, "sha256", JsonValueKind.String).GetString()!));
        }
        return entries;
    }

    private static JsonElement Member(JsonElement element, string name, JsonValueKind kind) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member : throw new ModelFormatException($"Its '{name}' is missing or is not of the kind {kind}.");

    /// <summary>An entry's length in bytes and its SHA-256 in lower-case hexadecimal digits.</summary>
    internal readonly record struct EntryInfo(long Length, string Sha256);
}
