using System.Text.Json;

namespace MLPath.Evaluation;

/// <summary>
/// A comparison's JSON document, read back: what is needed to run it again, and to tell where another one differs. Nothing in a document is
/// trusted: it is read as far as its schema goes, and nothing in it is carried out.
/// </summary>
public sealed class ComparisonDocument
{
    /// <summary>The most bytes that a document may have. One of 30 candidates, 30 folds and 20 metrics has under two million.</summary>
    public const long MostBytes = 1L << 28;

    private readonly JsonElement _root;

    private ComparisonDocument(JsonElement root, string name)
    {
        _root = root;
        LibraryVersion = Text(root, "mlpath", name);
        Runtime = Text(Member(root, "machine", JsonValueKind.Object, name), "runtime", name);
        var data = Member(root, "data", JsonValueKind.Object, name);
        (DataSource, DataFingerprint) = (Text(data, "source", name), Text(data, "fingerprint", name));
        IsComplete = Member(root, "complete", JsonValueKind.True, name).GetBoolean();
        _ = Member(root, "design", JsonValueKind.Object, name);
        foreach (var candidate in Member(root, "candidates", JsonValueKind.Array, name).EnumerateArray())
            _ = Text(candidate, "name", name);
        Command = root.TryGetProperty("command", out var command) && command.ValueKind == JsonValueKind.Array
            ? [.. command.EnumerateArray().Select(a => a.ValueKind == JsonValueKind.String ? a.GetString()! : throw Missing("command", name))]
            : [];
    }

    /// <summary>The version of MLPath that wrote it.</summary>
    public string LibraryVersion { get; }

    /// <summary>The runtime that it was written on.</summary>
    public string Runtime { get; }

    /// <summary>Where the rows came from, in words.</summary>
    public string DataSource { get; }

    /// <summary>The identity of the rows: SHA-256 in hexadecimal.</summary>
    public string DataFingerprint { get; }

    /// <summary>Whether the comparison ran to its end.</summary>
    public bool IsComplete { get; }

    /// <summary>The arguments of the command line that run it again, its name first; empty for a comparison that a program made.</summary>
    public IReadOnlyList<string> Command { get; }

    /// <summary>Reads a document from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">It is no comparison, or of a version that cannot be read, or damaged, or too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ComparisonDocument Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        return stream.CanSeek && stream.Length > MostBytes
            ? throw new DataException($"{path} has {stream.Length >> 20} MB; a comparison has at most {MostBytes >> 20}.")
            : Parse(path, () => JsonDocument.Parse(stream, Strict));
    }

    /// <summary>Reads a document.</summary>
    /// <param name="json">Its text.</param>
    /// <exception cref="DataException">It is no comparison, or of a version that cannot be read, or damaged.</exception>
    public static ComparisonDocument Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse("The document", () => JsonDocument.Parse(json, Strict));
    }

    /// <summary>
    /// Where a comparison differs from this one: candidate by candidate, metric by metric, fold by fold; empty when they are equal bit for bit.
    /// The time that it took, the machine, the versions, the command, the name of the data and the answer, which says the figures again in words,
    /// do not count.
    /// </summary>
    /// <param name="again">The comparison that was run again.</param>
    public IReadOnlyList<ReportDifference> DifferencesFrom(ComparisonReport again)
    {
        ArgumentNullException.ThrowIfNull(again);
        using var stream = new MemoryStream();
        again.WriteJson(stream);
        stream.Position = 0;
        using var document = JsonDocument.Parse(stream);
        return DocumentDifferences.Find(_root, document.RootElement);
    }

    private static JsonDocumentOptions Strict => new() { AllowDuplicateProperties = false };

    private static ComparisonDocument Parse(string name, Func<JsonDocument> parse)
    {
        JsonElement root;
        try
        {
            using var document = parse();
            root = document.RootElement.Clone();
            ReadTexts(root);
        }
        catch (InvalidOperationException error)
        {
            throw new DataException($"{name} is no whole JSON document: a text in it is not UTF-8.", error);
        }
        catch (JsonException error)
        {
            string line = error.LineNumber is { } number ? FormattableString.Invariant($" in line {number + 1}") : "";
            throw new DataException($"{name} is no whole JSON document: it breaks off, or is damaged,{line}.", error);
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out var schema) || schema.ValueKind != JsonValueKind.String)
            throw new DataException($"{name} is no document of MLPath: it has no member 'schema'.");
        if (schema.GetString() != ComparisonJson.Schema)
            throw new DataException($"{name} is a document of schema '{Shown(schema.GetString()!)}'; expected '{ComparisonJson.Schema}', which 'compare' writes.");
        if (!root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int stated))
            throw Missing("version", name);
        return stated switch
        {
            ComparisonJson.Version => new ComparisonDocument(root, name),
            > ComparisonJson.Version => throw new DataException(FormattableString.Invariant(
                $"{name} has version {stated} of its schema, and this MLPath reads version {ComparisonJson.Version}: a newer MLPath wrote it.")),
            _ => throw new DataException(FormattableString.Invariant(
                $"{name} has version {stated} of its schema, which does not say how to run the comparison again. Run 'mlpath compare' anew.")),
        };
    }

    // A text that is no Unicode is found out when it is read, which is to happen here.
    private static void ReadTexts(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                _ = json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    ReadTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }

                break;
            default:
                break;
        }
    }

    private static JsonElement Member(JsonElement parent, string name, JsonValueKind kind, string document)
    {
        bool found = parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member)
            && (member.ValueKind == kind || (kind == JsonValueKind.True && member.ValueKind == JsonValueKind.False));
        return found ? parent.GetProperty(name) : throw Missing(name, document);
    }

    private static string Text(JsonElement parent, string name, string document) => Member(parent, name, JsonValueKind.String, document).GetString()!;

    private static string Shown(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    private static DataException Missing(string member, string document) =>
        new($"{document} is damaged: member '{member}' is missing, or is not what docs/comparison-json.md says.");
}
