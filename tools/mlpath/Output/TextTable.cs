using Spectre.Console;
using Spectre.Console.Rendering;

namespace MLPath.Tool.Output;

/// <summary>Tables for the terminal, without any markup in their cells.</summary>
internal static class TextTable
{
    /// <summary>An empty table.</summary>
    /// <param name="headings">The headings; one that ends in <c>|</c> stands over numbers, at the right.</param>
    public static Table Create(params IEnumerable<string> headings)
    {
        var table = new Table { Border = new RuleUnderHeadings(), ShowRowSeparators = false };
        foreach (string heading in headings)
        {
            bool right = heading.EndsWith('|');
            var column = new TableColumn(new Text(heading.TrimEnd('|'), new Style(decoration: Decoration.Bold)))
            {
                Alignment = right ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, 2, 0),
            };
            if (right)
                column.NoWrap();
            table.AddColumn(column);
        }

        return table;
    }

    /// <summary>Adds a row of texts as they are.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cells">The texts.</param>
    public static void AddTextRow(this Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(c => new Text(c)));

    /// <summary>A line under the headings, and nothing else: rows that copy well.</summary>
    private sealed class RuleUnderHeadings : TableBorder
    {
        public override string GetPart(TableBorderPart part) => part is TableBorderPart.HeaderBottom ? "─" : "";
    }
}
