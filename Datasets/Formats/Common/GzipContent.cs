using System.IO.Compression;

namespace MLPath.Datasets.Formats;

/// <summary>
/// Decompresses gzip and refuses data that are damaged or cut short; <see cref="GZipStream"/> alone takes the cut for the end.
/// </summary>
/// <remarks>
/// The members of a gzip file follow each other, so one more is appended here, whose content is a mark of 16 bytes. Where the members
/// before it are complete, the decompressed data end in the mark, which is not handed out; where the last one is cut, the appended bytes
/// are taken for its missing part, and the mark does not come.
/// </remarks>
internal sealed class GzipContent : ReadOnlyStream
{
    private static readonly byte[] s_mark = [0x4D, 0xE1, 0x00, 0xFF, 0x7A, 0x93, 0x1C, 0xB6, 0x58, 0x02, 0xEF, 0x6B, 0xC5, 0x34, 0x8D, 0xFF];
    private static readonly byte[] s_markMember = Compress(s_mark);

    private readonly string _name;
    private readonly Stream _file;
    private readonly GZipStream _gzip;
    private readonly byte[] _block = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Reads a file, which it owns.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="file">The file, at the beginning of the compressed data.</param>
    public GzipContent(string name, Stream file)
    {
        (_name, _file) = (name, file);
        _gzip = new GZipStream(new Appended(file, s_markMember), CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        // As many bytes as the mark has are kept back until others follow, because they may be the mark.
        while (_end - _start <= s_mark.Length)
        {
            if (!Fill()) return 0;
        }
        int count = Math.Min(buffer.Length, _end - _start - s_mark.Length);
        _block.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
            _file.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Reads more behind the bytes kept back; false when those were the last and are the mark.</summary>
    private bool Fill()
    {
        int kept = _end - _start;
        _block.AsSpan(_start, kept).CopyTo(_block);
        (_start, _end) = (0, kept);
        try
        {
            _end += _gzip.Read(_block.AsSpan(kept));
        }
        catch (InvalidDataException damage)
        {
            throw FormatError.Of(_name, "the compressed data are damaged or cut short", damage);
        }
        if (_end > kept) return true;
        return _block.AsSpan(0, kept).SequenceEqual(s_mark)
            ? false
            : throw FormatError.Of(_name, "the compressed data are damaged or cut short");
    }

    private static byte[] Compress(byte[] content)
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest)) gzip.Write(content);
        return member.ToArray();
    }

    /// <summary>A stream followed by some bytes.</summary>
    private sealed class Appended(Stream first, byte[] second) : ReadOnlyStream
    {
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            int read = first.Read(buffer);
            if (read > 0) return read;
            int count = Math.Min(buffer.Length, second.Length - _position);
            second.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
    }
}
