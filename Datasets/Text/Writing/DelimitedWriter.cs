using System.Buffers;
using System.Globalization;
using System.Text;

namespace MLPath.Datasets.Text;

/// <summary>Writes records of fields as UTF-8 text (RFC 4180, LF line ends), quoting the fields that need it.</summary>
internal sealed class DelimitedWriter
{
    private const int FlushAt = 1 << 16;
    private const int LongestFormatted = 64; // no number, date or duration is longer

    private readonly Stream _stream;
    private readonly byte _separator;
    private readonly SearchValues<char> _mustQuote;

    private byte[] _buffer = new byte[FlushAt + 1024];
    private int _count;
    private int _fields;
    private int _recordStart;
    private bool _inPair;

    /// <summary>A writer to a stream, which stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="separator">The character between two fields.</param>
    /// <param name="alsoQuoted">Further characters for which a text is quoted.</param>
    public DelimitedWriter(Stream stream, char separator, ReadOnlySpan<char> alsoQuoted = default)
    {
        _stream = stream;
        _separator = (byte)separator;
        _mustQuote = SearchValues.Create([separator, '"', '\n', '\r', .. alsoQuoted]);
    }

    /// <summary>Writes lines of another form, between records.</summary>
    public void WriteLines(ReadOnlySpan<char> text)
    {
        Append(text);
        _recordStart = _count;
    }

    /// <summary>Starts a field with an index and a colon; the value that is written next completes it.</summary>
    public void BeginPair(int index)
    {
        Write(index, default);
        Append(":");
        _inPair = true;
    }

    /// <summary>Writes a field that formats itself without separators or quotes.</summary>
    public void Write<T>(T value, ReadOnlySpan<char> format) where T : IUtf8SpanFormattable
    {
        BeginField();
        value.TryFormat(Room(LongestFormatted), out int written, format, CultureInfo.InvariantCulture);
        _count += written;
    }

    /// <summary>Writes a text, in quotes where it would otherwise be read differently.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        BeginField();
        if (!text.ContainsAny(_mustQuote) && text is not ([' ' or '\t', ..] or [.., ' ' or '\t']))
        {
            Append(text);
            return;
        }
        Append("\"");
        while (text.IndexOf('"') is >= 0 and var at)
        {
            Append(text[..(at + 1)]);
            Append("\"");
            text = text[(at + 1)..];
        }
        Append(text);
        Append("\"");
    }

    /// <summary>Ends the record. A single empty field is written as two quotes, since empty lines are skipped when reading.</summary>
    public void EndRecord()
    {
        if (_count == _recordStart) Append("\"\"");
        Append("\n");
        _fields = 0;
        if (_count >= FlushAt) Flush();
        _recordStart = _count;
    }

    /// <summary>Hands everything written so far to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer, 0, _count);
        _count = _recordStart = 0;
    }

    private void BeginField()
    {
        if (_inPair)
        {
            _inPair = false;
            return;
        }
        if (_fields++ > 0) Room(1)[0] = _separator;
        if (_fields > 1) _count++;
    }

    private void Append(ReadOnlySpan<char> text) =>
        _count += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _count < bytes) Array.Resize(ref _buffer, Math.Max(_count + bytes, 2 * _buffer.Length));
        return _buffer.AsSpan(_count);
    }
}
