using System.Security.Cryptography;
using System.Text.Json;

namespace MLPath.Runtime;

/// <summary>
/// The zip of a model file as a set of named entries, opened with suspicion: no entry is compressed, named twice or larger than the file,
/// and what is read of one is exactly as long as it states.
/// </summary>
internal sealed class ModelArchive
{
    private const int BufferBytes = 1 << 17;
    private readonly Stream _stream;
    private readonly Dictionary<string, ZipDirectory.Entry> _entries;
    private readonly CancellationToken _cancellationToken;
    private readonly byte[] _buffer;

    private ModelArchive(
        Stream stream, Dictionary<string, ZipDirectory.Entry> entries, ModelLoadLimits limits, CancellationToken cancellationToken)
    {
        _stream = stream;
        _entries = entries;
        _cancellationToken = cancellationToken;
        _buffer = new byte[Math.Min(BufferBytes, stream.Length)];
        Limits = limits;
    }

    internal ModelLoadLimits Limits { get; }

    internal long Length => _stream.Length;

    internal IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens a seekable stream, which is the whole file and stays open.</summary>
    internal static ModelArchive Open(Stream stream, ModelLoadLimits limits, CancellationToken cancellationToken)
    {
        if (stream.Length > limits.MaxFileBytes) throw TooLarge(limits);
        try
        {
            return new(stream, ZipDirectory.Read(stream, limits), limits, cancellationToken);
        }
        catch (EndOfStreamException e)
        {
            throw new ModelFormatException($"This is not a model file, or it is cut or damaged: it cannot be read as a zip archive. {e.Message}", e);
        }
    }

    internal static ModelFormatException TooLarge(ModelLoadLimits limits) =>
        new($"The file has more than {limits.MaxFileBytes} bytes, the limit of {nameof(ModelLoadLimits)}.{nameof(ModelLoadLimits.MaxFileBytes)}.");

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
        var remaining = stream.Length;
        for (int count; (count = stream.Read(_buffer)) > 0; remaining -= count) sha256.AppendData(_buffer, 0, count);
        return remaining == 0 ? Convert.ToHexStringLower(sha256.GetHashAndReset()) : throw new ModelFormatException("It is cut.");
    });

    /// <summary>Reads an entry, and names it where that fails.</summary>
    internal T Read<T>(string name, Func<Stream, T> read) => Explain(name, () =>
    {
        var entry = _entries[name];
        using var stream = new EntryStream(_stream, entry.Data, entry.Length, _cancellationToken);
        return read(stream);
    });

    /// <summary>Interprets what was read from an entry, and names it where that fails.</summary>
    internal static T Explain<T>(string name, Func<T> interpret)
    {
        try
        {
            return interpret();
        }
        // The exceptions of JSON readers over bytes that are not what they should be.
        catch (Exception e) when (e is EndOfStreamException or JsonException or InvalidOperationException or ModelFormatException)
        {
            throw new ModelFormatException($"The entry '{name}' of the model file is not valid. {e.Message}", e);
        }
    }
}
