using Spectre.Console;
using Spectre.Console.Rendering;

namespace MLPath.Tool.Output;

/// <summary>
/// A table for the terminal: aligned columns under a line, which copy well. Long texts are wrapped where the terminal is narrow; numbers never.
/// </summary>
internal sealed class TextTable
{
    private const int Gap = 2;
    private const int NarrowestText = 16;

    private readonly string[] _headings;
    private readonly bool[] _right;
    private readonly List<(string[] Cells, Style Style)> _rows = [];

    /// <summary>Creates a table.</summary>
    /// <param name="headings">The headings; one that ends in <c>|</c> stands over numbers, at the right.</param>
    public TextTable(params IEnumerable<string> headings)
    {
        string[] marked = [.. headings];
        _headings = Array.ConvertAll(marked, h => ToolHost.Plain(h.TrimEnd('|')));
        _right = Array.ConvertAll(marked, h => h.EndsWith('|'));
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A text for each column.</param>
    public void Add(params IEnumerable<string> cells) => Add(Style.Plain, cells);

    /// <summary>Adds a row in a style.</summary>
    /// <param name="style">The style.</param>
    /// <param name="cells">A text for each column.</param>
    public void Add(Style style, IEnumerable<string> cells) => _rows.Add(([.. cells.Select(ToolHost.Plain)], style));

    /// <summary>Writes the table.</summary>
    /// <param name="host">Where to.</param>
    public void Write(ToolHost host)
    {
        int[] widths = Widths(host.OutWidth);
        WriteRow(host, _headings, widths, new Style(decoration: Decoration.Bold));
        WriteLine(host, new string('─', widths.Sum() + (Gap * (widths.Length - 1))), Style.Plain);
        foreach (var (cells, style) in _rows)
            WriteRow(host, cells, widths, style);
    }

    // The widest text gives way first, down to its longest word. The first column names the rows and stays whole; where the rest is still
    // too wide, the terminal breaks the lines.
    private int[] Widths(int available)
    {
        var texts = _headings.Select((heading, c) => _rows.Select(r => r.Cells[c]).Append(heading).ToList()).ToList();
        int[] widths = [.. texts.Select(column => column.Max(Width))];
        int[] least = [.. texts.Select((column, c) => c == 0 || _right[c] ? widths[c] : Math.Min(widths[c], column.Max(LongestWord)))];
        for (int excess = widths.Sum() + (Gap * (widths.Length - 1)) - available; excess > 0; excess--)
        {
            var wide = Enumerable.Range(0, widths.Length).Where(c => widths[c] > least[c]).ToList();
            if (wide.Count == 0)
                break;
            widths[wide.MaxBy(c => widths[c])]--;
        }

        return widths;
    }

    private static int LongestWord(string text) => Math.Max(NarrowestText, text.Split(' ').Max(Width));

    private void WriteRow(ToolHost host, string[] cells, int[] widths, Style style)
    {
        var lines = cells.Select((cell, c) => Wrap(cell, widths[c])).ToList();
        for (int line = 0; line < lines.Max(l => l.Count); line++)
        {
            var parts = lines.Select((l, c) => Pad(line < l.Count ? l[line] : "", widths[c], _right[c]));
            WriteLine(host, string.Join(new string(' ', Gap), parts).TrimEnd(), style);
        }
    }

    private static void WriteLine(ToolHost host, string line, Style style) => host.OutConsole.WriteLine(line, style);

    private static string Pad(string text, int width, bool right)
    {
        string blank = new(' ', Math.Max(0, width - Width(text)));
        return right ? blank + text : text + blank;
    }

    private static List<string> Wrap(string text, int width)
    {
        if (Width(text) <= width)
            return [text];
        var lines = new List<string> { "" };
        foreach (string word in text.Split(' '))
        {
            string longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (Width(longer) <= width || lines[^1].Length == 0)
                lines[^1] = longer;
            else
                lines.Add(word);
        }

        return lines;
    }

    // Some letters take two columns of a terminal.
    private static int Width(string text) => new Segment(text).CellCount();
}
