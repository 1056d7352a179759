using MLPath.Data;

namespace MLPath.Datasets.Formats;

/// <summary>The lines of a UTF-8 text, as bytes without their ends (LF, CRLF or CR) and without the text's byte order mark.</summary>
/// <param name="name">The file's name, for messages.</param>
/// <param name="content">The text, which is disposed with this.</param>
internal sealed class ByteLines(string name, Stream content) : IDisposable
{
    private byte[] _block = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _atEnd;
    private bool _skipLineFeed;

    /// <summary>Opens the lines of one of several files, plain or gzip.</summary>
    public static ByteLines Open(IMultiStreamSource source, int index) =>
        new(SourceFile.Name(source, index), SourceFile.OpenContent(source, index));

    /// <summary>The file's name, for messages.</summary>
    public string Name => name;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Reads a line; false after the last one.</summary>
    /// <param name="line">The line, valid until the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        if (Line == 0) Begin();
        if (_skipLineFeed && (_start < _end || Fill()) && _block[_start] == '\n') _start++;
        _skipLineFeed = false;

        int searched = 0;
        while (true)
        {
            int at = _block.AsSpan(_start + searched, _end - _start - searched).IndexOfAny((byte)'\n', (byte)'\r');
            if (at >= 0)
            {
                at += searched;
                line = _block.AsSpan(_start, at);
                _skipLineFeed = _block[_start + at] == '\r';
                _start += at + 1;
                Line++;
                return true;
            }
            searched = _end - _start;
            if (Fill()) continue;
            line = _block.AsSpan(_start, searched);
            _start = _end;
            if (searched > 0) Line++;
            return searched > 0;
        }
    }

    /// <summary>An error on the line read last.</summary>
    public DataException Error(string problem, Exception? cause = null) => FormatError.AtLine(Name, Line, problem, cause);

    /// <inheritdoc/>
    public void Dispose() => content.Dispose();

    private void Begin()
    {
        while (_end - _start < 4096 && Fill()) { }
        var head = _block.AsSpan(_start, _end - _start);
        if (head is [0xEF, 0xBB, 0xBF, ..]) _start += 3;
        else if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) throw FormatError.Of(name, "the text is encoded as UTF-16; save it as UTF-8");
        if (head.Contains((byte)0)) throw FormatError.Of(name, "this is a binary file; a text file was expected");
    }

    /// <summary>Reads more behind what is left; false at the end.</summary>
    private bool Fill()
    {
        if (_atEnd) return false;
        if (_start > 0)
        {
            _block.AsSpan(_start, _end - _start).CopyTo(_block);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _block.Length)
        {
            if (_block.Length == Array.MaxLength) throw FormatError.AtLine(name, Line + 1, "the line is longer than 2 GB");
            Array.Resize(ref _block, (int)Math.Min(Array.MaxLength, 2L * _block.Length));
        }
        int read = content.Read(_block.AsSpan(_end));
        _end += read;
        _atEnd = read == 0;
        return !_atEnd;
    }
}
