using MLPath.Data;
using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Text;

/// <summary>Reads the columns of one chunk after the other. Keeps its memory; one thread at a time uses it.</summary>
/// <remarks>
/// The work goes block by block of a few thousand bytes: first all fields are found, then each column reads its own, so that one loop reads
/// cells of one type and the text is still in the nearest cache when the last column comes.
/// </remarks>
internal sealed class ChunkParser
{
    private const int BlockBytes = 1 << 14;

    private readonly TablePlan _plan;
    private readonly Tokenizer _tokenizer;
    private readonly RowBlock _block;
    private readonly IndexedRows? _indexed;
    private readonly CellFailures _failures = new();
    private readonly ColumnReader?[] _readers;
    private readonly bool[] _contradictions;
    private readonly HashSet<int> _badRows = [];

    /// <summary>A parser of a plan's columns.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="wanted">The columns to read, as positions in the plan.</param>
    /// <param name="contradictions">
    /// One for each column of the plan, shared by all parsers of a pass: set where a cell does not fit a guessed type, and then not read further.
    /// </param>
    public ChunkParser(TablePlan plan, IEnumerable<int> wanted, bool[] contradictions)
    {
        _plan = plan;
        _tokenizer = new Tokenizer(plan.Format);
        _block = new RowBlock(plan.Format);
        _indexed = plan.IsIndexed ? new IndexedRows(plan.Sparse, plan.InputSize) : null;
        _readers = new ColumnReader?[plan.Columns.Count];
        foreach (int column in wanted) _readers[column] = ColumnReader.Create(plan.Columns[column], plan.Rules, plan.IsIndexed);
        _contradictions = contradictions;
    }

    /// <summary>The text to parse.</summary>
    public TextChunk Chunk { get; } = new();

    /// <summary>The rows of the chunk that are part of the table.</summary>
    public int Rows { get; private set; }

    /// <summary>The rows that were left out, or had cells replaced.</summary>
    public int BadRows { get; private set; }

    /// <summary>The values of a column that was asked for.</summary>
    public ColumnBuffer this[int column] => _readers[column]!.Values;

    /// <summary>The bytes that the values of a column take when they are kept.</summary>
    public long Bytes(int column) => _readers[column]!.Bytes;

    /// <summary>Parses the chunk.</summary>
    /// <param name="mostRows">The chunk ends after so many rows.</param>
    /// <param name="cancellationToken">Ends the parsing early.</param>
    public void Parse(long mostRows, CancellationToken cancellationToken)
    {
        _tokenizer.Begin(Chunk);
        _badRows.Clear();
        foreach (var reader in _readers) reader?.Begin();
        int rows = 0;
        while (rows - Dropped < mostRows
            && _tokenizer.Read(_block, (int)Math.Min(int.MaxValue, mostRows - rows + Dropped), BlockBytes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadBlock(rows);
            rows += _block.RowCount;
        }

        int[]? kept = Dropped == 0 ? null : [.. Enumerable.Range(0, rows).Where(row => !_badRows.Contains(row))];
        for (int i = 0; i < _readers.Length; i++)
        {
            if (!_contradictions[i]) _readers[i]?.Complete(rows, kept);
        }
        (Rows, BadRows) = (rows - Dropped, _badRows.Count);
    }

    private int Dropped => _plan.BadRows == Datasets.BadRows.Skip ? _badRows.Count : 0;

    private void ReadBlock(int firstRow)
    {
        _failures.Clear();
        _indexed?.Read(_block);
        var formError = CheckForm(firstRow);
        for (int column = 0; column < _readers.Length; column++)
        {
            if (_readers[column] is not { } reader || Volatile.Read(ref _contradictions[column])) continue;
            if (_plan.Columns[column].IsGuess)
            {
                ReadGuess(column, reader, firstRow);
                continue;
            }
            _failures.Column = column;
            reader.Read(_block, _indexed, firstRow, _failures);
        }
        if (_failures.First is { } first)
        {
            if (_plan.BadRows == Datasets.BadRows.Error) throw CellError(first.Row, first.Field, _plan.Columns[first.Column]);
            foreach (int row in _failures.Rows) _badRows.Add(firstRow + row);
        }
        if (formError is not null) throw formError;
    }

    /// <summary>
    /// Reads a column of a guessed type; a cell that does not fit is no failure but a reason to guess again, unless its row has the wrong form and says
    /// nothing of its columns.
    /// </summary>
    private void ReadGuess(int column, ColumnReader reader, int firstRow)
    {
        var misfits = new CellFailures();
        reader.Read(_block, _indexed, firstRow, misfits);
        if (misfits.Rows.Any(row => !_badRows.Contains(firstRow + row))) Volatile.Write(ref _contradictions[column], true);
    }

    /// <summary>Finds the rows of the wrong form: too few or many fields, stray quotes, broken sparse parts.</summary>
    /// <returns>
    /// The error of the first of them, where that is one; the block then ends before it, so that an error in an earlier row comes first.
    /// </returns>
    private DataException? CheckForm(int firstRow)
    {
        int firstWrong = int.MaxValue;
        if (_plan.FieldCount is { } expected && _block.UniformCellCount != expected)
        {
            for (int row = 0; row < _block.RowCount; row++)
            {
                if (_block.Rows[row].CellCount == expected) continue;
                firstWrong = Math.Min(firstWrong, row);
                _badRows.Add(firstRow + row);
            }
        }
        foreach (var problem in _block.Problems)
        {
            _badRows.Add(firstRow + problem.Row);
            int cell = _block.Rows[problem.Row].FirstCell + problem.Field;
            _block.Cells[cell] = new Cell(_block.Cells[cell].Start, _block.Cells[cell].Start); // an empty cell: missing
        }
        if (_plan.BadRows != Datasets.BadRows.Error || (firstWrong == int.MaxValue && _block.Problems.Count == 0)) return null;

        // The tokenizer's problems come in order of rows, and so do those of sparse parts behind them.
        RowProblem? first = _block.Problems.Count == 0 ? null : _block.Problems.MinBy(p => p.Row);
        var error = first is { } stray && stray.Row <= firstWrong
            ? FormatError.AtLine(Chunk.File, Chunk.LineOf(stray.Position), stray.Text)
            : WrongFieldCount(firstWrong);
        _block.RowCount = Math.Min(firstWrong, first?.Row ?? int.MaxValue);
        return error;
    }

    private DataException CellError(int row, int field, ColumnPlan column)
    {
        var cell = _block.Rows[row].CellCount > field && _indexed is null ? _block.Text(row, field) : IndexedText(row, field);
        return FormatError.AtCell(
            Chunk.File, Chunk.LineOf(_block.Rows[row].Start), _plan.FieldName(column, field), CellText.Problem(column.Type, cell));
    }

    private ReadOnlySpan<byte> IndexedText(int row, int field)
    {
        int at = _indexed?.Indices(row).BinarySearch(field) ?? -1;
        return at < 0 ? default : _block.Text(_indexed!.Cell(row, at));
    }

    private DataException WrongFieldCount(int row) => FormatError.AtLine(Chunk.File, Chunk.LineOf(_block.Rows[row].Start),
        $"expected {_plan.FieldCount} fields as in {(_plan.HasHeader ? "the header" : "the first row")}, "
        + $"found {_block.Rows[row].CellCount}; fields are separated by {_plan.Format.SeparatorName}, "
        + "and a value that contains the separator is written in double quotes");
}
