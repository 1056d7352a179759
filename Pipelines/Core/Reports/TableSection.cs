namespace MLPath.Reports;

/// <summary>A table of typed columns: a leaderboard, pairwise tests, per-class scores.</summary>
public sealed record TableSection : ReportSection
{
    /// <summary>Makes a table.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="columns">The columns; the first one names the row.</param>
    /// <param name="rows">The rows in reading order. A row may have fewer cells than there are columns; the rest is empty.</param>
    /// <exception cref="ArgumentException">There is no column, or a row has more cells than there are columns.</exception>
    public TableSection(string title, IReadOnlyList<TableColumn> columns, IReadOnlyList<TableRow> rows) : base(title)
    {
        if (columns.Count == 0)
            throw new ArgumentException($"The table '{title}' needs at least one column.", nameof(columns));
        for (var r = 0; r < rows.Count; r++)
        {
            if (rows[r].Cells.Count > columns.Count)
                throw new ArgumentException(
                    $"Row {r} of the table '{title}' has {rows[r].Cells.Count} cells for {columns.Count} columns.", nameof(rows));
        }
        Columns = columns;
        Rows = rows;
    }

    /// <summary>The columns; the first one names the row.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The rows in reading order.</summary>
    public IReadOnlyList<TableRow> Rows { get; }

    /// <summary>Sentences under the table. Empty by default.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether a reader may sort by any column, where the medium can. Default false.</summary>
    public bool Sortable { get; init; }
}

/// <summary>A column of a <see cref="TableSection"/>.</summary>
/// <param name="Name">The column's heading, with its unit where it has one.</param>
/// <param name="Kind">How its numbers are written. Default <see cref="ValueKind.Text"/>.</param>
public sealed record TableColumn(string Name, ValueKind Kind = ValueKind.Text)
{
    /// <summary>A sentence that explains the column, shown on demand. None by default.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Decimals of every number in the column (of the percentage, for <see cref="ValueKind.Percent"/>). Null, the default,
    /// chooses what the intervals and the values of the column support.
    /// </summary>
    public int? Decimals { get; init; }

    /// <summary>Where the content stands. Null, the default, puts words at the left and numbers at the right.</summary>
    public ColumnAlignment? Alignment { get; init; }
}

/// <summary>Where the content of a column stands.</summary>
public enum ColumnAlignment
{
    /// <summary>At the left edge.</summary>
    Left,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>At the right edge.</summary>
    Right,
}

/// <summary>A row of a <see cref="TableSection"/>.</summary>
/// <param name="Cells">The cells from the left.</param>
public sealed record TableRow(params IReadOnlyList<TableCell> Cells)
{
    /// <summary>What the row is among its peers. Default <see cref="Emphasis.None"/>.</summary>
    public Emphasis Emphasis { get; init; }

    /// <summary>A word or two set beside the row's name, for example <c>best</c> or <c>tied</c>. None by default.</summary>
    public string? Badge { get; init; }

    /// <summary>What went wrong, shown across the cells the row does not have. None by default.</summary>
    public string? Error { get; init; }

    /// <summary>The <see cref="ReportSection.Id"/> of the section that the row's name links to. None by default.</summary>
    public string? LinkTo { get; init; }

    /// <summary>A row for something that has no result.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="error">What went wrong, in a sentence.</param>
    /// <returns>A row with one cell and the error across the others.</returns>
    public static TableRow Failed(string name, string error) => new(name) { Emphasis = Emphasis.Failed, Error = error };
}

/// <summary>A cell: words, or a number with or without an interval. Strings and numbers convert to cells.</summary>
public sealed record TableCell
{
    /// <summary>A cell with nothing in it.</summary>
    public static readonly TableCell Empty = new();

    /// <summary>The words, where the cell has words.</summary>
    public string? Text { get; private init; }

    /// <summary>The number, where the cell has a number; NaN is shown as not available.</summary>
    public double? Value { get; private init; }

    /// <summary>The interval around <see cref="Value"/>, where it has one.</summary>
    public ReportInterval? Interval { get; private init; }

    /// <summary>A cell of words; null makes an empty cell.</summary>
    /// <param name="text">The words.</param>
    /// <returns>The cell.</returns>
    public static TableCell FromString(string? text) => text is null ? Empty : new() { Text = text };

    /// <summary>A cell with a number.</summary>
    /// <param name="value">The number, written as the column's <see cref="TableColumn.Kind"/> says.</param>
    /// <returns>The cell.</returns>
    public static TableCell FromDouble(double value) => new() { Value = value };

    /// <summary>A cell with an estimate and the interval around it.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="low">The lower end of the interval.</param>
    /// <param name="high">The upper end of the interval.</param>
    /// <returns>The cell.</returns>
    public static TableCell Estimate(double value, double low, double high) =>
        new() { Value = value, Interval = new ReportInterval(low, high) };

    /// <summary>Makes a cell of words.</summary>
    /// <param name="text">The words; null makes an empty cell.</param>
    public static implicit operator TableCell(string? text) => FromString(text);

    /// <summary>Makes a cell with a number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator TableCell(double value) => FromDouble(value);
}
