using System.Runtime.InteropServices;

namespace MLPath.Datasets.Text;

/// <summary>Where a field lies in the buffer of its chunk, without its quotes.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="EndOrComplement">One past its last byte; the complement of that for a field that was quoted.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Cell(int Start, int EndOrComplement)
{
    public bool IsQuoted => EndOrComplement < 0;

    public int End => EndOrComplement < 0 ? ~EndOrComplement : EndOrComplement;
}

/// <summary>Where a record lies.</summary>
/// <param name="FirstCell">Its first field, in <see cref="RowBlock.Cells"/>.</param>
/// <param name="CellCount">The number of its fields.</param>
/// <param name="Start">Its first byte.</param>
internal readonly record struct RowSpan(int FirstCell, int CellCount, int Start);

/// <summary>What is wrong with the form of a record.</summary>
/// <param name="Row">The record's place in its block.</param>
/// <param name="Field">The field, from 0.</param>
/// <param name="Position">Where in the buffer.</param>
/// <param name="Text">In words.</param>
internal readonly record struct RowProblem(int Row, int Field, int Position, string Text);

/// <summary>Some consecutive records of a chunk, cut into fields: few enough that text and cells stay in the nearest cache.</summary>
internal sealed class RowBlock(DelimitedFormat format)
{
    /// <summary>The chunk that the records are in.</summary>
    public TextChunk Chunk { get; set; } = new();

    /// <summary>All fields, row by row; more room than fields.</summary>
    public Cell[] Cells = new Cell[1024];

    /// <summary>The records; more room than records.</summary>
    public RowSpan[] Rows = new RowSpan[64];

    /// <summary>The number of records.</summary>
    public int RowCount { get; set; }

    /// <summary>How many fields each record has, where all have the same number; −1 otherwise.</summary>
    public int UniformCellCount { get; set; }

    /// <summary>What is wrong with the form of records.</summary>
    public List<RowProblem> Problems { get; } = [];

    /// <summary>The text of a field, without the blanks that are dropped.</summary>
    public ReadOnlySpan<byte> Text(Cell cell)
    {
        var text = Chunk.Buffer.AsSpan(cell.Start, cell.End - cell.Start);
        return cell.IsQuoted ? text : format.Trim(text);
    }

    /// <summary>The text of a field of a row.</summary>
    public ReadOnlySpan<byte> Text(int row, int field) => Text(Cells[Rows[row].FirstCell + field]);

    /// <summary>Forgets all records.</summary>
    public void Clear()
    {
        RowCount = 0;
        UniformCellCount = -1;
        Problems.Clear();
    }

    /// <summary>Adds a record.</summary>
    public void Add(RowSpan row)
    {
        if (RowCount == Rows.Length) Array.Resize(ref Rows, 2 * Rows.Length);
        UniformCellCount = RowCount == 0 || UniformCellCount == row.CellCount ? row.CellCount : -1;
        Rows[RowCount++] = row;
    }
}
