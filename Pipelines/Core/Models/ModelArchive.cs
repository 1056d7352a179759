using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace MLPath.Runtime;

/// <summary>
/// The zip of a model file as a set of named entries, opened with suspicion: no entry is compressed, named twice or larger than the file,
/// and what is read of one is exactly as long as it states.
/// </summary>
internal sealed class ModelArchive : IDisposable
{
    private const int BufferBytes = 1 << 17;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;

    private ModelArchive(ZipArchive zip, Dictionary<string, ZipArchiveEntry> entries, ModelLoadLimits limits)
    {
        _zip = zip;
        _entries = entries;
        Limits = limits;
    }

    internal ModelLoadLimits Limits { get; }

    internal IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens a seekable stream, which is the whole file and stays open.</summary>
    internal static ModelArchive Open(Stream stream, ModelLoadLimits limits)
    {
        if (stream.Length > limits.MaxFileBytes) throw TooLarge(limits);
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return new(zip, IndexEntries(zip, stream.Length, limits), limits);
        }
        catch (Exception e) when (IsDamage(e))
        {
            zip?.Dispose();
            throw new ModelFormatException($"This is not a model file, or it is cut or damaged: it cannot be read as a zip archive. {e.Message}", e);
        }
        catch
        {
            zip?.Dispose();
            throw;
        }
    }

    internal static ModelFormatException TooLarge(ModelLoadLimits limits) =>
        new($"The file has more than {limits.MaxFileBytes} bytes, the limit of {nameof(ModelLoadLimits)}.{nameof(ModelLoadLimits.MaxFileBytes)}.");

    private static Dictionary<string, ZipArchiveEntry> IndexEntries(ZipArchive zip, long fileLength, ModelLoadLimits limits)
    {
        if (zip.Entries.Count > limits.MaxEntries)
            throw new ModelFormatException(
                $"The file has {zip.Entries.Count} entries; {nameof(ModelLoadLimits)}.{nameof(ModelLoadLimits.MaxEntries)} admits {limits.MaxEntries}.");
        var entries = new Dictionary<string, ZipArchiveEntry>(zip.Entries.Count, StringComparer.Ordinal);
        var unclaimed = fileLength;
        foreach (var entry in zip.Entries)
        {
            var name = ModelJson.Quote(entry.FullName);
            if (entry.CompressedLength != entry.Length)
                throw new ModelFormatException($"The entry {name} is compressed. A model file stores its entries as they are; was it zipped again?");
            // Entries that share bytes would let a small file stand for a large one.
            unclaimed -= entry.Length;
            if (entry.Length < 0 || unclaimed < 0)
                throw new ModelFormatException($"The entry {name} states {entry.Length} bytes, more than the file has left for it.");
            if (!entries.TryAdd(entry.FullName, entry)) throw new ModelFormatException($"The file has two entries named {name}.");
        }
        return entries;
    }

    /// <summary>An entry's length, or -1 where there is none of the name.</summary>
    internal long LengthOf(string name) => _entries.TryGetValue(name, out var entry) ? entry.Length : -1;

    /// <summary>Reads a whole entry of JSON or text.</summary>
    internal byte[] ReadText(string name)
    {
        var length = LengthOf(name);
        if (length < 0) throw new ModelFormatException($"The file has no entry '{name}', so it is not a model that MLPath saved.");
        if (length > Limits.MaxJsonBytes)
            throw new ModelFormatException(
                $"The entry '{name}' has {length} bytes; {nameof(ModelLoadLimits)}.{nameof(ModelLoadLimits.MaxJsonBytes)} admits {Limits.MaxJsonBytes}.");
        return Read(name, stream =>
        {
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            return bytes;
        });
    }

    /// <summary>The SHA-256 of an entry, in lower-case hexadecimal digits.</summary>
    internal string Hash(string name) => Read(name, stream =>
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Math.Min(BufferBytes, LengthOf(name) + 1)];
        var remaining = LengthOf(name);
        for (int count; (count = stream.Read(buffer)) > 0; sha256.AppendData(buffer, 0, count))
            if ((remaining -= count) < 0) throw new ModelFormatException("It is longer than it states.");
        return remaining == 0 ? Convert.ToHexStringLower(sha256.GetHashAndReset()) : throw new ModelFormatException("It is cut.");
    });

    /// <summary>Reads an entry, and names it where that fails.</summary>
    internal T Read<T>(string name, Func<Stream, T> read) => Explain(name, () =>
    {
        using var stream = _entries[name].Open();
        return read(stream);
    });

    /// <summary>Interprets what was read from an entry, and names it where that fails.</summary>
    internal static T Explain<T>(string name, Func<T> interpret)
    {
        try
        {
            return interpret();
        }
        catch (Exception e) when (IsDamage(e) || e is ModelFormatException)
        {
            throw new ModelFormatException($"The entry '{name}' of the model file is not valid. {e.Message}", e);
        }
    }

    /// <summary>The exceptions of zip and JSON readers over bytes that are not what they should be.</summary>
    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or EndOfStreamException or JsonException or InvalidOperationException;

    public void Dispose() => _zip.Dispose();
}
