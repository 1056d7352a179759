using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Text;

/// <summary>One text file, which can be opened any number of times: decompressed, and without byte order mark.</summary>
internal sealed class TextInput
{
    /// <summary>How much of the beginning is looked at before the text is believed to be UTF-8.</summary>
    private const int HeadLength = 1 << 16;

    private readonly Func<Stream> _open;
    private readonly FileStamp? _stamp;

    /// <summary>A text from somewhere.</summary>
    /// <param name="name">The name to use in messages.</param>
    /// <param name="open">Opens it at its beginning, the same content every time; what cannot seek is read into memory or a temporary file.</param>
    public TextInput(string name, Func<Stream> open) : this(name, open, stamp: null) { }

    private TextInput(string name, Func<Stream> open, FileStamp? stamp)
    {
        Name = name;
        var first = open();
        if (first.CanSeek)
        {
            (_open, _stamp) = (open, stamp);
            Length = first.Length;
            first.Dispose();
        }
        else
        {
            _open = Spool.Keep(first);
            using var kept = _open();
            Length = kept.Length;
        }
    }

    /// <summary>The name to use in messages: the path as it was given.</summary>
    public string Name { get; }

    /// <summary>The bytes of the file as it is stored.</summary>
    public long Length { get; }

    /// <summary>Whether the file is compressed, so that <see cref="Length"/> says little about its text.</summary>
    public bool IsCompressed { get; private set; }

    /// <summary>A file: plain, or gzip by its first two bytes.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The path is a folder, or cannot be read.</exception>
    public static TextInput OfFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new TextInput(path, () => SourceFile.OpenOnce(path), FileStamp.Of(path));
    }

    /// <summary>The text from its beginning.</summary>
    /// <exception cref="DataException">The file has changed, is no UTF-8 text, or its compressed data are damaged.</exception>
    public Stream Open()
    {
        if (_stamp is { } stamp && FileStamp.Of(stamp.Path) != stamp)
            throw FormatError.Of(Name, "the file has changed since it was first read; load it again");
        var text = SourceFile.Content(Name, _open(), out var length);
        try
        {
            IsCompressed = length is null;
            var head = new byte[HeadLength];
            head = head[..text.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
            return new PrefixedStream(head.AsMemory(MarkLength(head)), text);
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>The first bytes of the text, without some lines at the beginning.</summary>
    public byte[] ReadHead(int skipLines)
    {
        using var text = Open();
        var head = new byte[HeadLength];
        int length = text.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        int at = 0;
        for (; skipLines > 0 && LineBreaks.After(head.AsSpan(0, length), at) is > 0 and var next; skipLines--) at = next;
        return head[at..length];
    }

    private int MarkLength(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw FormatError.Of(Name, "the text is encoded as UTF-16; save it as UTF-8");
        if (head.Contains((byte)0))
            throw FormatError.Of(Name, "this is a binary file, perhaps a spreadsheet; export the table as CSV text");
        return head is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
    }

    /// <summary>By what it is noticed that a file has changed.</summary>
    private sealed record FileStamp(string Path, long Length, DateTime Written)
    {
        public static FileStamp Of(string path)
        {
            var file = new FileInfo(path);
            return new FileStamp(path, file.Exists ? file.Length : -1, file.LastWriteTimeUtc);
        }
    }

    /// <summary>The beginning, which was read in advance, then the rest.</summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _prefix = prefix;

        public override int Read(Span<byte> buffer)
        {
            if (_prefix.IsEmpty) return rest.Read(buffer);
            int count = Math.Min(buffer.Length, _prefix.Length);
            _prefix.Span[..count].CopyTo(buffer);
            _prefix = _prefix[count..];
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
