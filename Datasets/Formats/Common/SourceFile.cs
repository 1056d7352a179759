using MLPath.Data;

namespace MLPath.Datasets.Formats;

/// <summary>Opens the files that formats are read from, with errors that say what to do.</summary>
internal static class SourceFile
{
    /// <summary>The bytes of a file as they are on disk.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The path is a folder or a pipe, or cannot be read.</exception>
    public static FileStream OpenRaw(string path, FileOptions options = FileOptions.SequentialScan)
    {
        var file = OpenOnce(path, options);
        if (file.CanSeek) return file;
        file.Dispose();
        throw new IOException($"'{path}' is a pipe or a device. It is read more than once, so copy its content to a file first.");
    }

    /// <summary>The bytes of a file as they are on disk, or of a pipe or a device, which can be read once.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The path is a folder, or cannot be read.</exception>
    public static FileStream OpenOnce(string path, FileOptions options = FileOptions.SequentialScan)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder; give the name of a file in it.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}' (looked for '{Path.GetFullPath(path)}').", path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, options);
    }

    /// <summary>The content of a file, decompressed where its first two bytes are those of gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">The content's length, where it can be known without reading: null for a compressed file.</param>
    public static Stream OpenContent(string path, out long? length) => Content(path, OpenRaw(path), out length);

    /// <summary>The content of one of several streams, decompressed where its first two bytes are those of gzip.</summary>
    public static Stream OpenContent(IMultiStreamSource source, int index) => Content(Name(source, index), OpenSeekable(source, index), out _);

    /// <summary>One of several streams, kept in memory or a temporary file where it cannot seek.</summary>
    public static Stream OpenSeekable(IMultiStreamSource source, int index)
    {
        // Opened here for its words: which path, and whether it is a folder or a pipe.
        if (source is MultiFileSource files) return OpenRaw(files.GetPathOrNull(index));
        var stream = source.Open(index);
        return stream.CanSeek ? stream : Spool.Keep(stream)();
    }

    /// <summary>What messages call one of several streams.</summary>
    public static string Name(IMultiStreamSource source, int index) => source.GetPathOrNull(index) ?? $"stream {index}";

    /// <summary>What messages call each of several streams.</summary>
    public static string[] Names(IMultiStreamSource source) => [.. Enumerable.Range(0, source.Count).Select(i => Name(source, i))];

    /// <summary>What a view's lineage calls its files.</summary>
    public static string Describe(IReadOnlyList<string> paths) =>
        paths.Count == 1 ? $"file {Path.GetFileName(paths[0])}" : $"files {string.Join(", ", paths.Select(Path.GetFileName))}";

    /// <summary>The content of an open file, decompressed where its first two bytes are those of gzip.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="file">The file, which is closed with its content.</param>
    /// <param name="length">The content's length, where it can be known without reading: null for a compressed file.</param>
    public static Stream Content(string name, Stream file, out long? length)
    {
        try
        {
            Span<byte> magic = stackalloc byte[2];
            long origin = file.Position;
            bool compressed = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
            file.Position = origin;
            length = compressed ? null : file.Length - origin;
            return compressed ? new GzipContent(name, file) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
