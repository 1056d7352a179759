using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Text;

/// <summary>Reads a text file in pieces of whole records.</summary>
/// <param name="input">The file.</param>
/// <param name="format">How it is cut into records.</param>
/// <param name="chunkSize">The bytes of a piece; more only where a single record is longer.</param>
/// <param name="skipLines">Lines at the beginning that are passed over.</param>
internal sealed class ChunkReader(TextInput input, DelimitedFormat format, int chunkSize, int skipLines = 0) : IDisposable
{
    /// <summary>
    /// The usual size: large beside the cost of handing a piece to a worker, small enough to stay in a core's cache until it is parsed.
    /// </summary>
    public const int DefaultSize = 1 << 19;

    /// <summary>A longer record is taken for a quote that was never closed, before it fills the memory.</summary>
    private const int LongestRecord = 1 << 26;

    private readonly Stream _stream = input.Open();
    private byte[] _rest = [];
    private int _restLength;
    private long _line = 1;
    private bool _ended;
    private int _linesToSkip = skipLines;

    /// <summary>The bytes of text that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads the next piece.</summary>
    /// <param name="chunk">Receives it.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="DataException">A record does not end, or compressed data are damaged.</exception>
    public bool Read(TextChunk chunk)
    {
        if (_linesToSkip > 0) SkipLines();
        if (_ended && _restLength == 0) return false;
        chunk.Reserve(Math.Max(chunkSize, _restLength) + 1, kept: 0); // one byte for a line break that the file may lack
        _rest.AsSpan(0, _restLength).CopyTo(chunk.Buffer.AsSpan(TextChunk.Padding));
        int length = _restLength;
        while (true)
        {
            length += Fill(chunk, length);
            int whole = _ended ? length : RecordBoundary.Find(chunk.Buffer.AsSpan(TextChunk.Padding, length), format);
            if (_ended || whole > 0) return Publish(chunk, length, whole);
            if (length >= LongestRecord)
            {
                throw FormatError.AtLine(input.Name, _line,
                    $"the row is longer than {LongestRecord >> 20} MiB: is a quotation mark left open?");
            }
            // Doubling makes rescanning a long record cost a constant times its length.
            chunk.Reserve((2 * chunk.Capacity) + 1, length);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void SkipLines()
    {
        var block = new byte[Math.Max(chunkSize, 16)];
        int kept = 0;
        while (_linesToSkip > 0)
        {
            int read = _stream.ReadAtLeast(block.AsSpan(kept), block.Length - kept, throwOnEndOfStream: false);
            BytesRead += read;
            int length = kept + read;
            bool ended = length < block.Length;
            int at = 0;
            for (; _linesToSkip > 0; _linesToSkip--, _line++)
            {
                int next = LineBreaks.After(block.AsSpan(0, length), at);
                if (next < 0) break;
                at = next;
            }
            if (ended && _linesToSkip > 0) (at, _linesToSkip) = (length, 0); // the file has fewer lines
            if (_linesToSkip > 0 && at == 0) at = length - 1; // a line longer than the block; its last byte may be half a CRLF
            block.AsSpan(at, length - at).CopyTo(block);
            kept = length - at;
        }
        Keep(block.AsSpan(0, kept));
    }

    private int Fill(TextChunk chunk, int length)
    {
        var room = chunk.Buffer.AsSpan(TextChunk.Padding + length, chunk.Capacity - 1 - length);
        int read = _stream.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
        _ended = read < room.Length;
        BytesRead += read;
        return read;
    }

    private bool Publish(TextChunk chunk, int length, int whole)
    {
        var text = chunk.Buffer.AsSpan(TextChunk.Padding, length);
        Keep(text[whole..]);
        if (_ended && length > 0 && text[^1] is not (DelimitedFormat.LineFeed or DelimitedFormat.CarriageReturn))
            chunk.Buffer[TextChunk.Padding + whole++] = DelimitedFormat.LineFeed;
        (chunk.Start, chunk.End) = (TextChunk.Padding, TextChunk.Padding + whole);
        (chunk.File, chunk.Line) = (input.Name, _line);
        chunk.Buffer[chunk.End] = 0; // what follows a CR at the end is no LF of an earlier content
        _line += LineBreaks.Count(chunk.Text);
        return whole > 0;
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        if (_rest.Length < rest.Length) _rest = new byte[Math.Max(rest.Length, 2 * _rest.Length)];
        rest.CopyTo(_rest);
        _restLength = rest.Length;
    }
}
