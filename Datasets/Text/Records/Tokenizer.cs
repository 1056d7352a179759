using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Text;

/// <summary>Cuts a chunk into records and fields, 64 bytes at a time: a bit for each separator, line break and quote, then bit by bit.</summary>
/// <remarks>
/// The idea of bit masks of structural characters is that of G. Langdale and D. Lemire, <i>Parsing gigabytes of JSON per second</i> (2019).
/// Quotes are not solved by their prefix parity, since here a quote inside an unquoted field is an ordinary character.
/// </remarks>
internal sealed class Tokenizer(DelimitedFormat format)
{
    private readonly StructuralMasks _masks = new(format);

    private TextChunk _chunk = new();
    private int _position;

    // The record that is being cut.
    private Cell[] _cells = [];
    private int _count; // fields so far, those of earlier records of the block included
    private int _firstCell;
    private int _rowStart;
    private int _cellStart;
    private int _quotedStart; // of a quoted field whose closing quote was found; −1 outside
    private int _quotedEnd;
    private int _close;

    /// <summary>Where the next record starts.</summary>
    public int Position => _position;

    /// <summary>Starts a chunk.</summary>
    public void Begin(TextChunk chunk) => (_chunk, _position) = (chunk, chunk.Start);

    /// <summary>Cuts the next records of the chunk.</summary>
    /// <param name="block">Receives them.</param>
    /// <param name="mostRows">As many records as are wanted at most.</param>
    /// <param name="bytes">The block ends with the record that reaches this many bytes.</param>
    /// <returns>False where the chunk has no further record.</returns>
    /// <exception cref="DataException">A quote is not closed.</exception>
    public bool Read(RowBlock block, int mostRows, int bytes)
    {
        block.Clear();
        block.Chunk = _chunk;
        _cells = block.Cells;
        _count = _firstCell = 0;
        _cellStart = _rowStart = _position;
        _quotedStart = -1;
        int stop = _position + Math.Min(bytes, _chunk.End - _position);
        int at = _position;
        while (at < _chunk.End)
        {
            if (_cells.Length - _count < 66) // 64 here, and an empty one at the end
            {
                Array.Resize(ref block.Cells, 2 * block.Cells.Length);
                _cells = block.Cells;
            }
            _masks.Read(ref MemoryMarshal.GetArrayDataReference(_chunk.Buffer), at, _chunk.End - at,
                out ulong separators, out ulong lines, out ulong quotes);
            if (quotes == 0 && _quotedStart < 0 && !format.Collapse)
            {
                if (lines == 0) AddCells(at, separators);
                else if (AddRows(block, at, separators | lines, lines, stop, mostRows)) return true;
                at += 64;
            }
            else
            {
                int next = Step(block, at, separators, lines, quotes, stop, mostRows);
                if (next < 0) return true;
                at = next;
            }
        }
        _position = _chunk.End;
        return block.RowCount > 0;
    }

    /// <summary>Ends a field at each bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddCells(int at, ulong ends)
    {
        ref var cell = ref MemoryMarshal.GetArrayDataReference(_cells);
        int count = _count, start = _cellStart;
        for (; ends != 0; ends &= ends - 1)
        {
            int end = at + BitOperations.TrailingZeroCount(ends);
            Unsafe.Add(ref cell, count++) = new Cell(start, end);
            start = end + 1;
        }
        (_count, _cellStart) = (count, start);
    }

    /// <summary>Ends a field at each bit, and a record at those of <paramref name="lines"/>; true when the block is full.</summary>
    private bool AddRows(RowBlock block, int at, ulong ends, ulong lines, int stop, int mostRows)
    {
        while (lines != 0)
        {
            ulong upTo = lines ^ (lines - 1); // the lowest line break and all bits below it
            AddCells(at, ends & upTo);
            if (EndRow(block, _cellStart - 1, stop, mostRows)) return true;
            ends &= ~upTo;
            lines &= ~upTo;
        }
        AddCells(at, ends);
        return false;
    }

    /// <summary>Goes through the bits one by one, minding quotes and runs of separators.</summary>
    /// <returns>Where to go on; −1 when the block is full.</returns>
    private int Step(RowBlock block, int at, ulong separators, ulong lines, ulong quotes, int stop, int mostRows)
    {
        for (ulong bits = separators | lines | quotes; bits != 0; bits &= bits - 1)
        {
            int shift = BitOperations.TrailingZeroCount(bits);
            int position = at + shift;
            ulong bit = 1UL << shift;
            if ((quotes & bit) != 0)
            {
                if (!Opens(position)) continue;
                return ReadQuoted(block, position);
            }
            bool endsRow = (lines & bit) != 0;
            EndCell(block, position, endsRow);
            if (endsRow && EndRow(block, position, stop, mostRows)) return -1;
        }
        return at + 64;
    }

    /// <summary>Finds the end of the quoted field that starts at <paramref name="quote"/>.</summary>
    /// <returns>Where to go on: behind the closing quote; −1 to end the block before the record.</returns>
    private int ReadQuoted(RowBlock block, int quote)
    {
        var text = _chunk.Buffer.AsSpan(0, _chunk.End);
        int end = text.Length;
        if (!format.Multiline) end = quote + 1 + text[quote..].IndexOfAny(DelimitedFormat.LineFeed, DelimitedFormat.CarriageReturn);
        _quotedStart = quote + 1;
        _close = format.FindClose(text[..end], quote + 1, out bool escaped);
        if (_close < 0)
        {
            if (format.Multiline)
            {
                if (block.RowCount > 0) return -1; // the records before it come first; the next call meets it again
                throw FormatError.AtLine(_chunk.File, _chunk.LineOf(quote),
                    "the file ends inside a quoted value that starts here: its closing quotation mark is missing");
            }
            block.Problems.Add(new RowProblem(block.RowCount, _count - _firstCell, quote,
                "the line ends inside a quoted value, whose closing quotation mark is missing; values may span lines with ReadMultilines"));
            _quotedEnd = end - 1;
            _close = end - 2;
            return _quotedEnd;
        }
        _quotedEnd = _close;
        if (escaped) Unescape();
        return _close + 1;
    }

    private bool Opens(int quote)
    {
        var text = _chunk.Buffer.AsSpan(0, _chunk.End);
        return _quotedStart < 0 && format.OpensField(text, _rowStart, quote) && !format.IsComment(text[_rowStart..]);
    }

    private void EndCell(RowBlock block, int end, bool endsRow)
    {
        if (_quotedStart >= 0)
        {
            var after = _chunk.Buffer.AsSpan(_close + 1, end - _close - 1);
            bool blank = !after.ContainsAnyExcept((byte)' ', (byte)'\t', DelimitedFormat.CarriageReturn);
            if (!blank || (!format.TrimStart && !IsLineEnd(after, endsRow)))
            {
                int field = _count - _firstCell;
                block.Problems.Add(new RowProblem(block.RowCount, field, _close,
                    $"field {field + 1} has text after its closing quotation mark; inside a quoted value the mark is written twice"));
            }
            _cells[_count++] = new Cell(_quotedStart, ~_quotedEnd);
            _quotedStart = -1;
        }
        else if (!format.Collapse || !IsEmpty(_cellStart, end))
        {
            _cells[_count++] = new Cell(_cellStart, end);
        }
        _cellStart = end + 1;
    }

    private static bool IsLineEnd(ReadOnlySpan<byte> after, bool endsRow) =>
        after.IsEmpty || (endsRow && after is [DelimitedFormat.CarriageReturn]);

    private bool IsEmpty(int start, int end) =>
        start == end || (end == start + 1 && _chunk.Buffer[start] == DelimitedFormat.CarriageReturn);

    /// <summary>Ends the record whose line break is at <paramref name="end"/>; true when the block is full.</summary>
    private bool EndRow(RowBlock block, int end, int stop, int mostRows)
    {
        int cells = _count - _firstCell;
        if (cells > 0) TrimLineEnd(end);
        bool isRow = cells > 1 || (cells == 1 && (_cells[_firstCell].IsQuoted || block.Text(_cells[_firstCell]).Length > 0));
        if (isRow && format.Comments.Length > 0) isRow = !format.IsComment(_chunk.Buffer.AsSpan(_rowStart, end - _rowStart));
        if (isRow) block.Add(new RowSpan(_firstCell, cells, _rowStart));
        else _count = _firstCell;

        _firstCell = _count;
        _rowStart = _cellStart = _position = end + 1;
        return block.RowCount >= mostRows || (_position >= stop && block.RowCount > 0);
    }

    /// <summary>The last field loses the CR of a CRLF, and blanks where they are dropped.</summary>
    private void TrimLineEnd(int end)
    {
        ref var last = ref _cells[_count - 1];
        if (last.IsQuoted || last.End != end) return;
        if (end > last.Start && _chunk.Buffer[end] == DelimitedFormat.LineFeed && _chunk.Buffer[end - 1] == DelimitedFormat.CarriageReturn) end--;
        if (format.TrimLineEnd) while (end > last.Start && format.IsBlank(_chunk.Buffer[end - 1])) end--;
        last = new Cell(last.Start, end);
    }

    /// <summary>Drops the escapes in place; blanks fill the gap, so that the chunk keeps its line breaks.</summary>
    private void Unescape()
    {
        var text = _chunk.Buffer.AsSpan(_quotedStart, _quotedEnd - _quotedStart);
        int written = 0;
        for (int read = 0; read < text.Length; read++)
        {
            if (text[read] == format.Escape && read + 1 < text.Length && (format.Escape == DelimitedFormat.Quote || text[read + 1] == DelimitedFormat.Quote))
                read++;
            text[written++] = text[read];
        }
        text[written..].Fill((byte)' ');
        _quotedEnd = _quotedStart + written;
    }
}
