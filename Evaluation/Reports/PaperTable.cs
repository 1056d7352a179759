using System.Globalization;
using MLPath.Reports.Charts;

namespace MLPath.Reports;

/// <summary>
/// How a table of a page is set on paper, where nothing scrolls: as it is where it fits; else <em>tight</em>, in smaller letters; else <em>folded</em>,
/// heading and rows alike in several lines of as many cells as fit. Widths are upper bounds, so that a table that was found to fit does.
/// The sizes are those that the style sheet has for paper.
/// </summary>
internal readonly record struct PaperTable
{
    // In pixels: what a sheet of A4 leaves between its margins for a section inside two others, and half of that for sections side by side.
    private const double Sheet = 656;
    private const double HalfSheet = 310;

    private const double FontSize = 10.56;
    private const double CellPadding = 11.7;
    private const double SmallFontSize = 9.1;
    private const double SmallCellPadding = 6.5;
    private const double FoldedName = 91;
    private const double FoldedCellPadding = 5.2;
    private const int MostFolded = 12;

    // In multiples of the font size: what texts are worth before they are broken, and the width below which they would become towers.
    private const double WidestName = 12;
    private const double WidestText = 11;
    private const double NarrowText = 8;

    // What headings, values and intervals are moved aside for the sign of a comparison.
    private const double SignWidth = 1.4;

    private PaperTable(int cellsPerLine, string? style)
    {
        CellsPerLine = cellsPerLine;
        Style = style;
    }

    /// <summary>The cells of a line beside the row's name, or 0 where rows are not folded.</summary>
    public int CellsPerLine { get; }

    /// <summary>The classes that say so, or null where the table is set as it is.</summary>
    public string? Style { get; }

    /// <summary>Whether rows take several lines.</summary>
    public bool Folded => CellsPerLine > 0;

    /// <summary>
    /// Marks the cells of every second line of folded rows, of headings and values alike, so that the eye finds the heading of a value.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="style">The other classes of the cell, or null.</param>
    public string? Mark(int column, string? style)
    {
        if (!Folded || (column - 1) / CellsPerLine % 2 == 0)
            return style;
        return style is null ? "second" : style + " second";
    }

    /// <summary>Chooses for a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="formats">How its columns are written.</param>
    /// <param name="shortName">The most characters of a name, with its badge, that is kept on one line.</param>
    /// <param name="halfColumn">Whether the table has half a page's column.</param>
    public static PaperTable Of(TableSection table, ColumnFormat[] formats, int shortName, bool halfColumn)
    {
        var columns = new Column[formats.Length];
        for (var c = 0; c < columns.Length; c++)
        {
            var cells = table.Rows.Where(row => c < row.Cells.Count).Select(row => row.Cells[c]);
            columns[c] = c == 0 ? NameColumn(table.Columns[0].Name, table.Rows.Where(row => row.Cells.Count > 0)
                    .Select(row => (formats[0].Main(row.Cells[0]), row.Badge)), shortName)
                : formats[c].Alignment == ColumnAlignment.Left ? TextColumn(table.Columns[c].Name, cells.Select(formats[c].Main))
                : NumberColumn(table.Columns[c].Name, cells.Select(cell => (formats[c].Main(cell), formats[c].Interval(cell))), intervalBeside: true);
        }
        return Choose(columns, halfColumn);
    }

    /// <summary>Chooses for a table with marks against a baseline.</summary>
    /// <param name="table">The table.</param>
    /// <param name="halfColumn">Whether the table has half a page's column.</param>
    public static PaperTable Of(BaselineTableSection table, bool halfColumn)
    {
        var columns = new Column[table.Competitors.Count + 1];
        columns[0] = NameColumn(table.RowTitle, table.Rows.Select(row => (row.Name, row.Badge)), 0);
        var rows = table.Rows.Select(row => (row.Cells, Format: RankTables.FormatOf(table, row))).ToList();
        for (var c = 0; c < table.Competitors.Count; c++)
        {
            columns[c + 1] = NumberColumn(table.Competitors[c], rows.Where(row => c < row.Cells.Count)
                .Select(row => (row.Format.Main(row.Cells[c]), row.Format.Interval(row.Cells[c]))), intervalBeside: false);
        }
        return Choose(columns, halfColumn);
    }

    // The widths of a column in multiples of the font size: as it is, tight, and at the least.
    private readonly record struct Column(double Open, double Tight, double Least, int Cells);

    private static PaperTable Choose(Column[] columns, bool halfColumn)
    {
        var room = halfColumn ? HalfSheet : Sheet;
        var cells = columns.Sum(column => column.Cells);
        if ((columns.Sum(column => column.Open) * FontSize) + (cells * CellPadding) <= room)
            return default;
        if ((columns.Sum(column => column.Tight) * SmallFontSize) + (cells * SmallCellPadding) <= room)
            return new(0, "tight");
        var widest = columns.Skip(1).Select(column => column.Least).DefaultIfEmpty(0).Max();
        var most = Math.Clamp((int)((room - FoldedName) / ((widest * SmallFontSize) + FoldedCellPadding)), 1, MostFolded);
        // As many lines as are needed, and no line much shorter than another.
        var folded = Math.Max(1, columns.Length - 1);
        var lines = (folded + most - 1) / most;
        var perLine = (folded + lines - 1) / lines;
        return new(perLine, "folded by-" + perLine.ToString(CultureInfo.InvariantCulture));
    }

    private static Column NameColumn(string heading, IEnumerable<(string Name, string? Badge)> rows, int shortName)
    {
        double open = LongestWord(heading), tight = open;
        foreach (var (name, badge) in rows)
        {
            var width = Width(name) + (badge is null ? 0 : Width(badge) + 2);
            open = Math.Max(open, name.Length + (badge?.Length ?? 0) <= shortName ? width : Math.Min(width, WidestName));
            tight = Math.Max(tight, Math.Min(width, NarrowText + 2));
        }
        return new(open, tight, 0, 1);
    }

    private static Column TextColumn(string heading, IEnumerable<string> texts)
    {
        double word = LongestWord(heading), open = word, tight = word;
        foreach (var text in texts)
        {
            open = Math.Max(open, Math.Min(Width(text), WidestText));
            tight = Math.Max(tight, Math.Min(LongestWord(text), NarrowText));
        }
        return new(open, tight, Math.Min(tight, NarrowText), 1);
    }

    // An interval stands beside the numbers in a cell of its own, or below them.
    private static Column NumberColumn(string heading, IEnumerable<(string Number, string? Interval)> cells, bool intervalBeside)
    {
        double word = LongestWord(heading), number = 0, interval = 0, part = 0;
        foreach (var cell in cells)
        {
            number = Math.Max(number, Width(Typeset.Number(cell.Number)));
            if (cell.Interval is null)
                continue;
            var set = Typeset.Number(cell.Interval);
            interval = Math.Max(interval, Width(set));
            part = Math.Max(part, set.Split(' ').Max(Width));
        }
        var least = Math.Max(Math.Min(word, NarrowText), Math.Max(number, part));
        if (intervalBeside)
            return new(Math.Max(word, number + interval), Math.Max(word, number + part), least, interval > 0 ? 2 : 1);
        var tight = Math.Max(word, Math.Max(number, part));
        return new(SignWidth + Math.Max(tight, interval), SignWidth + tight, SignWidth + least, 1);
    }

    private static double Width(string text) => TextMetrics.Width(text, fontSize: 1);

    // What stands on a line in any case: lines break at spaces and after hyphens.
    private static double LongestWord(string text) => text.Replace("-", "- ", StringComparison.Ordinal).Split(' ').Max(Width);
}
