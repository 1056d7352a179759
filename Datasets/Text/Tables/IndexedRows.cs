using System.Globalization;

namespace MLPath.Datasets.Text;

/// <summary>
/// The fields of a block's records by the index that each stands for: its place, or, in the sparse part of a record, the number before its
/// colon.
/// </summary>
/// <remarks>
/// A sparse record <c>1 2 5 2:6 4:3</c> has two dense fields, then the length of the sparse part, then index:value pairs whose indices count
/// from the end of the dense part: it stands for <c>1 2 0 0 6 0 3</c>. Where the number of fields is known, the length is left out.
/// </remarks>
/// <param name="sparse">Whether records may be sparse.</param>
/// <param name="inputSize">The number of fields that all records stand for; null where sparse ones state it.</param>
internal sealed class IndexedRows(bool sparse, int? inputSize)
{
    private const int LargestIndex = 999_999_999;

    private int[] _indices = new int[256];
    private Cell[] _cells = new Cell[256];
    private (int Start, int Size, bool IsSparse)[] _rows = new (int, int, bool)[64];
    private int _count;

    /// <summary>Whether a record has a sparse part, so that fields that it lacks are zero.</summary>
    public bool IsSparse(int row) => _rows[row].IsSparse;

    /// <summary>The number of fields that a record stands for.</summary>
    public int Size(int row) => _rows[row].Size;

    /// <summary>The indices of a record's fields, increasing.</summary>
    public ReadOnlySpan<int> Indices(int row) => _indices.AsSpan(_rows[row].Start, _rows[row + 1].Start - _rows[row].Start);

    /// <summary>The field of a record at a position of <see cref="Indices"/>.</summary>
    public Cell Cell(int row, int position) => _cells[_rows[row].Start + position];

    /// <summary>Reads the records of a block; what is wrong with them is added to the block's problems.</summary>
    public void Read(RowBlock block)
    {
        if (_rows.Length <= block.RowCount) Array.Resize(ref _rows, block.Rows.Length + 1);
        _count = 0;
        for (int row = 0; row < block.RowCount; row++)
        {
            int start = _count;
            (int size, bool isSparse) = ReadRow(block, row, start);
            _rows[row] = (start, size, isSparse);
        }
        _rows[block.RowCount].Start = _count;
    }

    private (int Size, bool IsSparse) ReadRow(RowBlock block, int row, int start)
    {
        var span = block.Rows[row];
        int sparseStart = -1, length = 0, last = -1;
        for (int field = 0; field < span.CellCount; field++)
        {
            var cell = block.Cells[span.FirstCell + field];
            if (!sparse || cell.IsQuoted || !TrySplit(block, cell, out int index, out var value))
            {
                if (sparseStart >= 0)
                {
                    Problem(field, "a plain value follows sparse ones; in a sparse row every value after the first pair is index:value");
                    break;
                }
                Add(field, cell);
                continue;
            }
            if (sparseStart < 0 && !TryBegin(block, row, field, start, out sparseStart, out length))
            {
                Problem(field, "a sparse part starts here, but no length stands before it; write the number of its fields first, or state InputSize");
                break;
            }
            if (index <= last || index >= length)
            {
                Problem(field, string.Create(CultureInfo.InvariantCulture,
                    $"the index {index} is out of order or range; the indices of a sparse part increase, from 0 to {length - 1}"));
                break;
            }
            last = index;
            Add(sparseStart + index, value);
        }
        return sparseStart >= 0 ? (sparseStart + length, true) : (span.CellCount, false);

        void Problem(int field, string text) => block.Problems.Add(new RowProblem(row, field, span.Start, text));
    }

    /// <summary>Finds where the sparse part starts and how long it is; the length, when it is written, is no field.</summary>
    private bool TryBegin(RowBlock block, int row, int field, int start, out int sparseStart, out int length)
    {
        (sparseStart, length) = (field, (inputSize ?? 0) - field);
        if (inputSize is not null) return length > 0;
        if (field == 0) return false;
        _count--;
        sparseStart = _count - start;
        return int.TryParse(block.Text(row, field - 1), NumberStyles.None, CultureInfo.InvariantCulture, out length)
            && length is > 0 and <= LargestIndex;
    }

    private static bool TrySplit(RowBlock block, Cell cell, out int index, out Cell value)
    {
        (index, value) = (0, cell);
        var text = block.Chunk.Buffer.AsSpan(cell.Start, cell.End - cell.Start);
        int start = text.IndexOfAnyExcept((byte)' ');
        int colon = text.IndexOf((byte)':');
        if (colon <= start || start < 0 || colon - start > 9) return false;
        foreach (byte b in text[start..colon])
        {
            if (!char.IsAsciiDigit((char)b)) return false;
            index = (10 * index) + (b - '0');
        }
        value = new Cell(cell.Start + colon + 1, cell.End);
        return true;
    }

    private void Add(int index, Cell cell)
    {
        if (_count == _cells.Length)
        {
            Array.Resize(ref _cells, 2 * _count);
            Array.Resize(ref _indices, 2 * _count);
        }
        (_indices[_count], _cells[_count++]) = (index, cell);
    }
}
