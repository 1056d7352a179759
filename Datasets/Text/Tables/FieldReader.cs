using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>A column whose every slot has a field of its own: rows × slots, row-major.</summary>
internal abstract class DenseReader<T> : ColumnReader
{
    private readonly ColumnPlan _plan;
    private readonly ColumnBuffer _buffer;
    private T[] _values = [];
    private int _rows;

    protected DenseReader(ColumnPlan plan)
    {
        _plan = plan;
        Fields = [.. plan.Fields];
        _buffer = ColumnBuffer.Create(plan.Type);
    }

    protected int[] Fields { get; }

    public sealed override ColumnBuffer Values => _buffer;

    public override long Bytes => (long)_rows * Fields.Length * Unsafe.SizeOf<T>();

    public sealed override void Begin() => _rows = 0;

    public sealed override void Complete(int rows, int[]? kept)
    {
        if (kept is not null)
        {
            int slots = Fields.Length;
            for (int i = 0; i < kept.Length; i++)
                _values.AsSpan(kept[i] * slots, slots).CopyTo(_values.AsSpan(i * slots));
        }
        _rows = kept?.Length ?? rows;
        if (_buffer is VectorColumn<T> vectors) vectors.AliasDense(_values, 0, _rows);
        else ((ScalarColumn<T>)_buffer).Alias(_values, 0, _rows);
    }

    /// <summary>Room for more rows behind the first ones.</summary>
    protected Span<T> Extend(int firstRow, int rows)
    {
        int needed = checked((firstRow + rows) * Fields.Length);
        if (needed > _values.Length) Array.Resize(ref _values, Math.Max(needed, 2 * _values.Length));
        return _values.AsSpan(firstRow * Fields.Length, rows * Fields.Length);
    }
}

/// <summary>Reads cells of any type.</summary>
internal sealed class FieldReader<T, TParser>(ColumnPlan plan, CellValues<T, TParser> cells) : DenseReader<T>(plan)
    where TParser : struct, ICellParser<T>
{
    public override long Bytes => base.Bytes + TextBytes;

    private long TextBytes
    {
        get
        {
            if (Values is not ScalarColumn<ReadOnlyMemory<char>> texts) return 0;
            long characters = 0;
            foreach (var text in texts.Values) characters += text.Length;
            return characters * sizeof(char);
        }
    }

    public override void Read(RowBlock block, IndexedRows? indexed, int firstRow, CellFailures failures)
    {
        var values = Extend(firstRow, block.RowCount);
        int at = 0;
        for (int row = 0; row < block.RowCount; row++)
        {
            foreach (int field in Fields)
            {
                if (field >= block.Rows[row].CellCount) values[at] = cells.Empty;
                else if (!cells.TryRead(block.Text(row, field), out values[at])) failures.Add(row, field);
                at++;
            }
        }
    }
}

/// <summary>Reads real numbers: those of the usual form by <see cref="ShortDecimal"/>, the others with all that may be said of cells.</summary>
internal sealed class RealReader<T, TParser>(ColumnPlan plan, CellValues<T, TParser> values, CellRules rules) : DenseReader<T>(plan)
    where T : struct
    where TParser : struct, ICellParser<T>
{
    private readonly byte _point = rules.Point;
    private readonly int _longestShort = rules.Missing.HasNumbers ? 0 : ShortDecimal.Longest;

    public override void Read(RowBlock block, IndexedRows? indexed, int firstRow, CellFailures failures)
    {
        var target = Extend(firstRow, block.RowCount);
        for (int slot = 0; slot < Fields.Length; slot++) ReadSlot(block, slot, target, failures);
    }

    private void ReadSlot(RowBlock block, int slot, Span<T> target, CellFailures failures)
    {
        int field = Fields[slot], slots = Fields.Length, longest = _longestShort;
        ref byte buffer = ref MemoryMarshal.GetArrayDataReference(block.Chunk.Buffer);
        ref var cells = ref MemoryMarshal.GetArrayDataReference(block.Cells);
        var rows = block.Rows.AsSpan(0, block.RowCount);
        for (int row = 0, at = slot; row < rows.Length; row++, at += slots)
        {
            ref T value = ref target[at];
            ref var span = ref rows[row];
            if (field >= span.CellCount)
            {
                value = values.Empty;
                continue;
            }
            var cell = Unsafe.Add(ref cells, span.FirstCell + field);
            // The complement of a quoted cell's end makes its length negative, which is a large unsigned one.
            int length = cell.EndOrComplement - cell.Start;
            if (((uint)(length - 1) >= (uint)longest || !TryReadShort(ref Unsafe.Add(ref buffer, cell.Start), length, ref value))
                && !values.TryRead(block.Text(cell), out value))
            {
                failures.Add(row, field);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadShort(ref byte text, int length, ref T value) => typeof(T) == typeof(float)
        ? ShortDecimal.TryRead(ref text, length, _point, out Unsafe.As<T, float>(ref value))
        : ShortDecimal.TryRead(ref text, length, _point, out Unsafe.As<T, double>(ref value));
}
