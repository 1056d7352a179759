using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>Reads a scalar column of records that may be sparse.</summary>
internal sealed class IndexedScalarReader<T, TParser>(ColumnPlan plan, CellValues<T, TParser> cells) : DenseReader<T>(plan)
    where TParser : struct, ICellParser<T>
{
    public override void Read(RowBlock block, IndexedRows? indexed, int firstRow, CellFailures failures)
    {
        var values = Extend(firstRow, block.RowCount);
        for (int row = 0; row < block.RowCount; row++)
        {
            int at = indexed!.Indices(row).BinarySearch(Fields[0]);
            if (at < 0) values[row] = indexed.IsSparse(row) ? default! : cells.Empty;
            else if (!cells.TryRead(block.Text(indexed.Cell(row, at)), out values[row])) failures.Add(row, Fields[0]);
        }
    }
}

/// <summary>Reads a vector column of records that may be sparse or vary in length: sparse vectors, or vectors of each row's own length.</summary>
internal sealed class IndexedVectorReader<T, TParser> : ColumnReader
    where TParser : struct, ICellParser<T>
{
    private readonly int[] _fields;
    private readonly int[] _sortedFields; // with the slot of each
    private readonly int[] _slots;
    private readonly int? _variableStart;
    private readonly CellValues<T, TParser> _cells;
    private readonly VectorDataViewType _type;
    private VectorColumn<T> _values;
    private T[] _row = [];
    private int[] _rowSlots = [];

    public IndexedVectorReader(ColumnPlan plan, CellValues<T, TParser> cells)
    {
        _fields = [.. plan.Fields];
        _sortedFields = [.. plan.Fields];
        _slots = [.. Enumerable.Range(0, _fields.Length)];
        Array.Sort(_sortedFields, _slots);
        _variableStart = plan.VariableStart;
        _cells = cells;
        _type = (VectorDataViewType)plan.Type;
        _values = new VectorColumn<T>(_type);
    }

    public override ColumnBuffer Values => _values;

    public override long Bytes => (long)_values.Values.Length * (System.Runtime.CompilerServices.Unsafe.SizeOf<T>() + sizeof(int));

    public override void Begin() => _values.Begin(_variableStart is null ? VectorLayout.Sparse : VectorLayout.Ragged);

    public override void Complete(int rows, int[]? kept)
    {
        if (kept is null) return;
        var all = _values;
        _values = new VectorColumn<T>(_type);
        _values.Gather(all, kept);
    }

    public override void Read(RowBlock block, IndexedRows? indexed, int firstRow, CellFailures failures)
    {
        for (int row = 0; row < block.RowCount; row++)
        {
            if (_variableStart is null && indexed!.IsSparse(row)) AddSparse(block, indexed, row, failures);
            else AddDense(block, indexed!, row, failures);
        }
    }

    private void AddSparse(RowBlock block, IndexedRows indexed, int row, CellFailures failures)
    {
        var indices = indexed.Indices(row);
        Reserve(indices.Length);
        int count = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            int at = Array.BinarySearch(_sortedFields, indices[i]);
            if (at < 0) continue;
            if (!_cells.TryRead(block.Text(indexed.Cell(row, i)), out _row[count])) failures.Add(row, indices[i]);
            _rowSlots[count++] = _slots[at];
        }
        Array.Sort(_rowSlots, _row, 0, count);
        _values.AddRow(_rowSlots.AsSpan(0, count), _row.AsSpan(0, count));
    }

    private void AddDense(RowBlock block, IndexedRows indexed, int row, CellFailures failures)
    {
        int variable = _variableStart is { } start ? Math.Max(0, indexed.Size(row) - start) : 0;
        int length = _fields.Length + variable;
        Reserve(length);
        var missing = indexed.IsSparse(row) ? default! : _cells.Empty;
        var indices = indexed.Indices(row);
        for (int slot = 0; slot < length; slot++)
        {
            int field = slot < _fields.Length ? _fields[slot] : _variableStart!.Value + slot - _fields.Length;
            int at = indices.BinarySearch(field);
            if (at < 0) _row[slot] = missing;
            else if (!_cells.TryRead(block.Text(indexed.Cell(row, at)), out _row[slot])) failures.Add(row, field);
        }
        _values.AddRow(_row.AsSpan(0, length));
    }

    private void Reserve(int length)
    {
        if (_row.Length >= length) return;
        _row = new T[Math.Max(length, 2 * _row.Length)];
        _rowSlots = new int[_row.Length];
    }
}
