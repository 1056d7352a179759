namespace MLPath.Datasets.Text;

/// <summary>The bytes of a text file, decompressed and without byte order mark, which can be read more than once.</summary>
internal sealed class TextSource : IDisposable
{
    /// <summary>How much of the beginning is kept for a look at the header before reading.</summary>
    private const int HeadLength = 1 << 16;

    private readonly Stream _file;
    private readonly long _origin;
    private readonly bool _compressed;
    private readonly int _markLength;

    /// <summary>Reads a stream, which it owns.</summary>
    /// <param name="name">The name to use in messages.</param>
    /// <param name="stream">The file; read into memory when it cannot seek, as a pipe cannot.</param>
    public TextSource(string name, Stream stream)
    {
        Name = name;
        _file = stream.CanSeek ? stream : Buffered(stream);
        _origin = _file.Position;
        Span<byte> magic = stackalloc byte[2];
        _compressed = _file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];

        var head = new byte[HeadLength];
        head = head[..Open().ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
        _markLength = ByteOrderMarkLength(head);
        Head = head.AsMemory(_markLength);
    }

    /// <summary>The name to use in messages: the path as it was given.</summary>
    public string Name { get; }

    /// <summary>The first bytes of the text, all of it when it is short.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>Opens a file: plain, or gzip by its first two bytes.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The path is a folder, or cannot be read.</exception>
    public static TextSource OpenFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder; give the name of a file in it.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}' (looked for '{Path.GetFullPath(path)}').", path);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        try
        {
            return new TextSource(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The text from its beginning.</summary>
    public Stream Rewind()
    {
        var stream = Open();
        Span<byte> mark = stackalloc byte[_markLength];
        stream.ReadExactly(mark);
        return stream;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private Stream Open()
    {
        _file.Position = _origin;
        return _compressed ? new GzipText(Name, _file) : _file;
    }

    private int ByteOrderMarkLength(ReadOnlySpan<byte> head)
    {
        if (head is [0xEF, 0xBB, 0xBF, ..]) return 3;
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw TextFileError.Of(Name, "the text is encoded as UTF-16; save it as UTF-8");
        if (head.Contains((byte)0))
            throw TextFileError.Of(Name, "this is a binary file, perhaps a spreadsheet; export the table as CSV text");
        return 0;
    }

    private static MemoryStream Buffered(Stream stream)
    {
        var memory = new MemoryStream();
        using (stream) stream.CopyTo(memory);
        memory.Position = 0;
        return memory;
    }
}
