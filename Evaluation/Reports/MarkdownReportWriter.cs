using System.Text;
using MLPath.Runtime;

namespace MLPath.Reports;

/// <summary>
/// Writes a report as Markdown with GitHub's tables, for pull requests, notebooks and terminals. Charts become tables of their
/// numbers, long series in summary; trees and graphs become lines of text.
/// </summary>
public static class MarkdownReportWriter
{
    /// <summary>Writes the text to a file, whole or not at all.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file to create or replace.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Report report, string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Write(report, writer);
    });

    /// <summary>Writes the text.</summary>
    /// <param name="report">The report.</param>
    /// <param name="writer">Where to. Lines end with a line feed.</param>
    public static void Write(Report report, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(writer);
        WriteBlock(writer, "# " + MarkdownText.Inline(report.Title));
        if (report.Subtitle is not null)
            WriteBlock(writer, MarkdownText.Paragraph(report.Subtitle));
        WriteBlock(writer, "> " + MarkdownText.Paragraph(report.Answer));
        foreach (var section in report.Sections)
            WriteSection(writer, section, level: 2);
        if (report.Facts.Count > 0)
        {
            WriteBlock(writer, "---");
            WriteFacts(writer, report.Facts);
        }
    }

    private static void WriteSection(TextWriter writer, ReportSection section, int level)
    {
        WriteBlock(writer, $"{new string('#', Math.Min(level, 6))} {MarkdownText.Inline(section.Title)}");
        if (section.Explanation is not null)
            WriteBlock(writer, MarkdownText.Paragraph(section.Explanation));
        switch (section)
        {
            case TextSection text:
                WriteText(writer, text);
                break;
            case KeyValueSection facts:
                WriteFacts(writer, facts.Facts);
                break;
            case GroupSection group:
                if (group.Summary is not null)
                    WriteBlock(writer, MarkdownText.Paragraph(group.Summary));
                foreach (var part in group.Sections)
                    WriteSection(writer, part, level + 1);
                break;
            case TableSection table:
                WriteTable(writer, table);
                break;
            case BaselineTableSection table:
                WriteTable(writer, RankTables.Of(table));
                break;
            case CriticalDifferenceSection ranks:
                WriteTable(writer, RankTables.Of(ranks));
                break;
            case TreeSection tree:
                WriteBlock(writer, MarkdownText.Fenced(DiagramText.Lines(tree)));
                break;
            case GraphSection graph:
                WriteBlock(writer, MarkdownText.Fenced(DiagramText.Lines(graph)));
                break;
            default:
                WriteTable(writer, ChartTables.Of(section));
                break;
        }
    }

    private static void WriteText(TextWriter writer, TextSection text)
    {
        // GitHub draws these quotations as boxes.
        var quotation = text.Tone switch { TextTone.Note => "> [!NOTE]\n", TextTone.Warning => "> [!WARNING]\n", _ => null };
        if (quotation is null)
        {
            foreach (var paragraph in text.Paragraphs)
                WriteBlock(writer, MarkdownText.Paragraph(paragraph));
        }
        else
        {
            WriteBlock(writer, quotation + string.Join("\n>\n", text.Paragraphs.Select(p => "> " + MarkdownText.Paragraph(p))));
        }
    }

    private static void WriteFacts(TextWriter writer, IReadOnlyList<ReportFact> facts) => WriteBlock(writer, string.Join('\n',
        facts.Select(fact => $"- **{MarkdownText.Inline(fact.Name)}:** {MarkdownText.Inline(fact.Value)}")));

    private static void WriteTable(TextWriter writer, TableSection table)
    {
        var formats = ColumnFormat.Of(table);
        var text = new StringBuilder();
        AppendRow(text, table.Columns.Select(column => MarkdownText.Inline(column.Name)));
        AppendRow(text, formats.Select(format => format.Alignment switch
        {
            ColumnAlignment.Right => "---:",
            ColumnAlignment.Center => ":---:",
            _ => "---",
        }));
        foreach (var row in table.Rows)
            AppendRow(text, Cells(row, formats));
        WriteBlock(writer, text.ToString().TrimEnd('\n'));
        foreach (var note in table.Notes)
            WriteBlock(writer, MarkdownText.Paragraph(note));
    }

    private static IEnumerable<string> Cells(TableRow row, ColumnFormat[] formats)
    {
        for (var c = 0; c < formats.Length; c++)
        {
            if (c >= row.Cells.Count)
            {
                yield return c == row.Cells.Count && row.Error is not null ? MarkdownText.Inline(row.Error) : "";
                continue;
            }
            var cell = MarkdownText.Inline(formats[c].Main(row.Cells[c]));
            if (formats[c].Interval(row.Cells[c]) is { } interval)
                cell += " " + interval;
            if (c == 0 && row.Emphasis == Emphasis.Best && cell.Length > 0)
                cell = $"**{cell}**";
            var badge = c > 0 ? null : row.Badge ?? (row.Emphasis == Emphasis.Failed ? "failed" : null);
            yield return badge is null ? cell : $"{cell} ({MarkdownText.Inline(badge)})";
        }
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static void WriteBlock(TextWriter writer, string block)
    {
        writer.Write(block);
        writer.Write("\n\n");
    }
}
