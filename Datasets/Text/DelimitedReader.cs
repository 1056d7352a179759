using System.Runtime.InteropServices;

namespace MLPath.Datasets.Text;

/// <summary>
/// Cuts a stream of UTF-8 bytes into records and fields (RFC 4180, with any one-byte separator). One record is current at a time;
/// its fields are spans over the read buffer, so that nothing is allocated per record or field.
/// </summary>
/// <remarks>
/// A field that starts with a double quote runs to the closing quote, may contain separators and line breaks, and writes a quote as two.
/// A quote anywhere else is an ordinary character. Records end at LF, CRLF or CR. Records without any text are skipped.
/// </remarks>
internal sealed class DelimitedReader
{
    /// <summary>A longer record is taken for a quote that was never closed, before it fills the memory.</summary>
    private const int LongestRecord = 1 << 28;

    private const byte Quote = (byte)'"', LineFeed = (byte)'\n', CarriageReturn = (byte)'\r';

    private readonly Stream _stream;
    private readonly string _path;
    private readonly bool _trim;
    private readonly byte _separator;

    private byte[] _buffer;
    private int _start; // first byte of the record to read next
    private int _end; // one past the last byte in the buffer
    private bool _endOfStream;
    private long _nextLine = 1;

    private Field[] _fields = new Field[16];

    /// <summary>Starts at the stream's position.</summary>
    /// <param name="stream">The decompressed bytes, after any byte order mark.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="separator">The byte between two fields.</param>
    /// <param name="trim">Whether blanks around fields, outside quotes, are dropped.</param>
    /// <param name="bufferSize">Bytes read at a time; grows when a record is longer.</param>
    public DelimitedReader(Stream stream, string path, byte separator, bool trim, int bufferSize = 1 << 18)
    {
        _stream = stream;
        _path = path;
        _separator = separator;
        _trim = trim;
        _buffer = new byte[bufferSize];
    }

    /// <summary>The physical line, from 1, on which the current record starts.</summary>
    public long Line { get; private set; }

    /// <summary>Fields in the current record.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The text of a field of the current record, quotes resolved; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> this[int index] => _buffer.AsSpan(_fields[index].Start, _fields[index].Length);

    /// <summary>Moves to the next record that has any text.</summary>
    /// <returns>False at the end of the stream.</returns>
    public bool Read()
    {
        while (true)
        {
            if (_start == _end && !Fill()) return false;
            Line = _nextLine;
            while (!TryScanRecord())
            {
                if (_end - _start >= LongestRecord)
                {
                    throw TextFileError.At(_path, Line,
                        $"the row is longer than {LongestRecord >> 20} MiB: is a quotation mark left open?");
                }
                Fill();
            }
            bool blank = FieldCount == 1 && _fields[0] is { Length: 0, Quoted: false };
            if (!blank) return true;
        }
    }

    /// <summary>Scans one record from <see cref="_start"/>; false when the buffer ends before it does, and nothing has changed.</summary>
    private bool TryScanRecord()
    {
        int position = _start;
        long line = _nextLine;
        FieldCount = 0;
        while (true)
        {
            if (_trim) position = SkipBlanks(position);
            if (position == _end && !_endOfStream) return false;

            bool quoted = position < _end && _buffer[position] == Quote;
            if (!(quoted ? TryScanQuoted(ref position, ref line) : TryScanPlain(ref position))) return false;

            if (position == _end) break; // the last record may lack its line break
            byte terminator = _buffer[position++];
            if (terminator == _separator) continue;
            if (terminator == CarriageReturn)
            {
                if (position == _end && !_endOfStream) return false;
                if (position < _end && _buffer[position] == LineFeed) position++;
            }
            line++;
            break;
        }
        _start = position;
        _nextLine = line;
        for (int i = 0; i < FieldCount; i++)
        {
            if (_fields[i].Doubled) _fields[i] = ResolveDoubledQuotes(_fields[i]);
        }
        return true;
    }

    /// <summary>Closes the gaps in place: the record is complete, so its bytes are not scanned again.</summary>
    private Field ResolveDoubledQuotes(Field field)
    {
        var text = _buffer.AsSpan(field.Start, field.Length);
        int written = 0;
        for (int read = 0; read < text.Length; read++)
        {
            text[written++] = text[read];
            if (text[read] == Quote) read++;
        }
        return new Field(field.Start, written, Quoted: true);
    }

    private bool TryScanPlain(ref int position)
    {
        int length = _buffer.AsSpan(position, _end - position).IndexOfAny(_separator, LineFeed, CarriageReturn);
        if (length < 0)
        {
            if (!_endOfStream) return false;
            length = _end - position;
        }
        int end = position + length;
        int last = end;
        if (_trim) while (last > position && IsBlank(_buffer[last - 1])) last--;
        Add(new Field(position, last - position, Quoted: false));
        position = end;
        return true;
    }

    private bool TryScanQuoted(ref int position, ref long line)
    {
        long opened = line;
        int first = position + 1;
        int scan = first;
        bool doubled = false;
        while (true)
        {
            int quote = _buffer.AsSpan(scan, _end - scan).IndexOf(Quote);
            if (quote < 0 || (scan + quote + 1 == _end && !_endOfStream))
            {
                if (!_endOfStream) return false;
                throw TextFileError.At(_path, opened,
                    "the file ends inside a quoted value that starts here: its closing quotation mark is missing");
            }
            scan += quote + 1;
            if (scan == _end || _buffer[scan] != Quote) break;
            doubled = true;
            scan++;
        }

        int last = scan - 1;
        int next = _trim ? SkipBlanks(scan) : scan;
        if (next == _end && !_endOfStream) return false;
        if (next < _end && _buffer[next] != _separator && _buffer[next] is not (LineFeed or CarriageReturn))
        {
            throw TextFileError.At(_path, line + CountLines(_buffer.AsSpan(first, last - first)),
                $"field {FieldCount + 1} has text after its closing quotation mark; inside a quoted value the mark is written twice");
        }
        line += CountLines(_buffer.AsSpan(first, last - first));
        Add(new Field(first, last - first, Quoted: true) { Doubled = doubled });
        position = next;
        return true;
    }

    private void Add(Field field)
    {
        if (FieldCount == _fields.Length) Array.Resize(ref _fields, 2 * _fields.Length);
        _fields[FieldCount++] = field;
    }

    private int SkipBlanks(int position)
    {
        while (position < _end && IsBlank(_buffer[position])) position++;
        return position;
    }

    private bool IsBlank(byte b) => (b is (byte)' ' or (byte)'\t') && b != _separator;

    /// <summary>Line breaks in a quoted value: LF, CRLF and CR count one each.</summary>
    private static long CountLines(ReadOnlySpan<byte> text)
    {
        long lines = 0;
        while (text.IndexOfAny(LineFeed, CarriageReturn) is >= 0 and var i)
        {
            lines++;
            bool pair = text[i] == CarriageReturn && i + 1 < text.Length && text[i + 1] == LineFeed;
            text = text[(i + (pair ? 2 : 1))..];
        }
        return lines;
    }

    /// <summary>
    /// Moves the unfinished record to the front and reads until the buffer is full or the stream ends. The buffer doubles when the record
    /// takes more than half, so that rescanning a long record costs a constant times its length.
    /// </summary>
    /// <returns>Whether there is anything to scan.</returns>
    private bool Fill()
    {
        int kept = _end - _start;
        byte[] target = kept > _buffer.Length / 2 ? new byte[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_start, kept).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, kept);
        int read = _stream.ReadAtLeast(_buffer.AsSpan(kept), _buffer.Length - kept, throwOnEndOfStream: false);
        _end += read;
        _endOfStream = _end < _buffer.Length;
        return _end > 0;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Field(int Start, int Length, bool Quoted)
    {
        public bool Doubled { get; init; }
    }
}
