namespace MLPath.Datasets.Text;

/// <summary>The cells of a chunk that do not fit their columns.</summary>
internal sealed class CellFailures
{
    private readonly List<int> _rows = [];

    /// <summary>The first of them, by row and then by field, with the position of its column in the plan.</summary>
    public (int Row, int Field, int Column)? First { get; private set; }

    /// <summary>The number of failing cells.</summary>
    public long Count { get; private set; }

    /// <summary>The column that is being read.</summary>
    public int Column { get; set; }

    /// <summary>Whether the column that is being read has failed.</summary>
    public bool ColumnFailed { get; set; }

    /// <summary>The rows that have failing cells, in no order, some of them repeated.</summary>
    public IReadOnlyList<int> Rows => _rows;

    public void Clear()
    {
        _rows.Clear();
        First = null;
        Count = 0;
    }

    /// <summary>Notes a cell of the block's row <paramref name="row"/>.</summary>
    public void Add(int row, int field)
    {
        ColumnFailed = true;
        Count++;
        if (_rows.Count == 0 || _rows[^1] != row) _rows.Add(row);
        if (First is not { } first || row < first.Row || (row == first.Row && field < first.Field)) First = (row, field, Column);
    }
}
