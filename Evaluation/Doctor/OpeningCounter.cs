using System.Text.Json;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// Counts openings of rows, known by their fingerprint: in a file where there is one, so that the count outlives the program. The file holds
/// <c>{ "schema": "mlpath.holdout", "version": 1, "openings": { "fingerprint": count } }</c>.
/// </summary>
/// <param name="fingerprint">The identity of the rows.</param>
/// <param name="file">The file; null to count in memory.</param>
internal sealed class OpeningCounter(string fingerprint, string? file)
{
    private const string Schema = "mlpath.holdout";
    private const int Version = 1;
    private static readonly Lock Files = new();
    private int _count;

    /// <summary>The openings by now.</summary>
    public int Count => file is null ? _count : Read(file).GetValueOrDefault(fingerprint);

    /// <summary>Counts one more, and returns the new count.</summary>
    public int Increment()
    {
        lock (Files)
        {
            if (file is null)
                return ++_count;
            var counts = Read(file);
            int count = counts.GetValueOrDefault(fingerprint) + 1;
            counts[fingerprint] = count;
            AtomicFile.Write(file, stream => Write(stream, counts));
            return count;
        }
    }

    private static SortedDictionary<string, int> Read(string file)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        if (!File.Exists(file))
            return counts;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            if (root.GetProperty("schema").GetString() != Schema || root.GetProperty("version").GetInt32() != Version)
                throw new DataException($"{file} does not hold the openings of a hold-out. Name another file, or delete it to count from the beginning.");
            foreach (var entry in root.GetProperty("openings").EnumerateObject())
                counts[entry.Name] = entry.Value.GetInt32() is > 0 and var count ? count : throw new FormatException();
            return counts;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataException($"{file} does not hold the openings of a hold-out. Name another file, or delete it to count from the beginning.", error);
        }
    }

    private static void Write(Stream stream, SortedDictionary<string, int> counts)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteNumber("version", Version);
        json.WriteStartObject("openings");
        foreach (var (rows, count) in counts)
            json.WriteNumber(rows, count);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
