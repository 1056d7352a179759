using System.IO.Compression;

namespace MLPath.Datasets.Text;

/// <summary>
/// Decompresses gzip and refuses data that are damaged or cut short; <see cref="GZipStream"/> alone takes the cut for the end.
/// </summary>
/// <remarks>
/// A gzip file may consist of several members, whose contents follow each other. One more is appended here, whose content is the byte 0xFF,
/// which UTF-8 text never has. Where the members before it are complete, the decompressed data end in that byte; where the last one is cut,
/// the appended bytes are taken for its missing part, and they do not.
/// </remarks>
/// <param name="name">The file's name, for messages.</param>
/// <param name="compressed">The file, which stays open.</param>
internal sealed class GzipText(string name, Stream compressed) : ReadOnlyStream
{
    private const byte EndMark = 0xFF;

    private static readonly byte[] EndMember = Compress(EndMark);

    private readonly GZipStream _gzip = new(new Concatenation(compressed, new MemoryStream(EndMember)), CompressionMode.Decompress);
    private readonly byte[] _block = new byte[1 << 16];
    private int _start;
    private int _end;

    public override int Read(Span<byte> buffer)
    {
        // The byte read last is kept back until another follows, because it may be the mark.
        while (_end - _start <= 1)
        {
            if (!Fill()) return 0;
        }
        int count = Math.Min(buffer.Length, _end - _start - 1);
        _block.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    /// <summary>Reads more behind the byte kept back; false when that was the last and is the mark.</summary>
    private bool Fill()
    {
        int kept = _end - _start;
        if (kept == 1) _block[0] = _block[_start];
        try
        {
            (_start, _end) = (0, kept + _gzip.Read(_block.AsSpan(kept)));
        }
        catch (InvalidDataException damage)
        {
            throw new DataException(Damaged, damage);
        }
        if (_end > kept) return true;
        return _block[..kept] is [EndMark] ? false : throw new DataException(Damaged);
    }

    private string Damaged => $"{name}: the compressed data are damaged or cut short.";

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Compress(byte content)
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest)) gzip.WriteByte(content);
        return member.ToArray();
    }

    /// <summary>One stream after the other.</summary>
    private sealed class Concatenation(Stream first, Stream second) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer)
        {
            int read = first.Read(buffer);
            return read > 0 ? read : second.Read(buffer);
        }
    }
}
