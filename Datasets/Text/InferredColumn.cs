using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>
/// A column whose type follows from its cells. No cell is a number, a Boolean word and a date at once, so the first cell that is not
/// missing settles which of them the column can be, and every later cell must be the same or the column is text.
/// </summary>
/// <remarks>
/// Numbers may be missing (NaN); a column of Booleans or dates with missing cells is text, because those types have no missing value. A
/// column of missing cells only is numbers. A column that turns out to be text after cells whose text was not kept sets
/// <see cref="MustReread"/>, and the file is read again for it.
/// </remarks>
internal sealed class InferredColumn(MissingCells missing) : CellReader
{
    private ColumnStore? _store;
    private CellReader? _reader;
    private bool _missingSeen;
    private bool _missingWordSeen;

    /// <summary>Whether the column is text and its earlier cells are lost.</summary>
    public bool MustReread { get; private set; }

    public override bool TryRead(ReadOnlySpan<byte> cell, int row)
    {
        if (MustReread) return true;
        if (_reader is null && !Settle(cell, row)) return true;
        if (!_reader!.TryRead(cell, row)) Reread();
        return true;
    }

    /// <summary>Makes the column text, while no cell had any, or for the second reading.</summary>
    public void BecomeText()
    {
        _store = new ColumnStore<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        _reader = CellText.Reader(_store, slot: 0, missing);
        MustReread = false;
    }

    /// <summary>Ends the column after the last row.</summary>
    public ColumnStore Complete(int rows)
    {
        if (_store is null) UseNumbers(rows);
        return _store!;
    }

    /// <summary>Chooses the type by the first cell that is not missing; false for a missing cell.</summary>
    private bool Settle(ReadOnlySpan<byte> cell, int row)
    {
        if (missing.Contains(cell))
        {
            _missingSeen = true;
            _missingWordSeen |= !cell.IsEmpty;
            return false;
        }
        if (DecimalNumber.TryParse(cell, out float _)) UseNumbers(row);
        else if (_missingSeen) UseText();
        else if (CellText.TryParseBoolean(cell, out _)) Use<bool>(BooleanDataViewType.Instance, CellText.TryParseBoolean);
        else if (IsoDateTime.TryParse(cell, out DateTime _)) Use<DateTime>(DateTimeDataViewType.Instance, IsoDateTime.TryParse);
        else UseText();
        return _reader is not null;
    }

    private void UseNumbers(int rowsMissing)
    {
        var numbers = new ColumnStore<float>(NumberDataViewType.Single);
        numbers.Fill(rowsMissing, float.NaN);
        _store = numbers;
        _reader = CellText.Reader(numbers, slot: 0, missing);
    }

    private void Use<T>(DataViewType type, CellParser<T> parse)
    {
        var values = new ColumnStore<T>(type);
        _store = values;
        _reader = new ValueReader<T>(values, slot: 0, parse);
    }

    private void UseText()
    {
        if (_missingWordSeen)
        {
            Reread();
            return;
        }
        BecomeText(); // all cells before were empty, and empty text is what an unwritten row holds
    }

    private void Reread()
    {
        MustReread = true;
        _store = null;
        _reader = null;
    }
}
