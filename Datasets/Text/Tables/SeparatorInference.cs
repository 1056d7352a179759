using System.Text;

namespace MLPath.Datasets.Text;

/// <summary>Finds what separates the fields of a file, by looking at its first lines.</summary>
internal static class SeparatorInference
{
    private const int RowsCompared = 20;

    // A quote that swallows this many lines was most likely none.
    private const int FewestLinesOfAnOpenQuote = 20;

    /// <summary>The format of a file: what the options say, and what they leave open.</summary>
    public static DelimitedFormat Format(TextInput input, TextFileOptions options)
    {
        var format = new DelimitedFormat
        {
            Separators = [(byte)(options.Separator ?? ',')],
            Quoting = options.Quoting ?? true,
            TrimStart = options.TrimWhitespace,
            TrimEnd = options.TrimWhitespace,
            Comments = options.CommentPrefix is { } prefix ? [Encoding.UTF8.GetBytes(prefix)] : [],
        };
        if (options is { Separator: not null, CollapseSeparators: true })
            return Collapsing(format, format.Separators[0]);

        byte[] head = input.ReadHead(options.SkipLines);
        if (options.CommentPrefix is null && head.AsSpan().StartsWith("//"u8))
            format = format with { Comments = ["//"u8.ToArray()] };
        if (options.Separator is null && Inferred(head, format, options, IsTabbed(input.Name)) is var inferred)
            format = inferred;
        return format.Separators is [(byte)'\t'] && options.Quoting is null && QuotesAreLiteral(head, format) ? format with { Quoting = false } : format;
    }

    /// <summary>
    /// The format by which the first records have the same number of fields, two or more, the most of these; where there is none, the separator that
    /// the file's name tells, or that the first line has most of.
    /// </summary>
    private static DelimitedFormat Inferred(byte[] head, DelimitedFormat format, TextFileOptions options, bool isTabbed)
    {
        byte frequent = MostFrequent(head, format, out int count);
        if (isTabbed)
            (frequent, count) = ((byte)'\t', 1);
        byte[] candidates = options.DecimalMarker == ',' ? "\t;"u8.ToArray() : ",\t;"u8.ToArray();
        var (fields, separator) = candidates
            .Select(c => (Fields: FieldsInAll(head, format with { Separators = [c] }), Separator: c))
            .MaxBy(c => (c.Fields, c.Separator == frequent));
        if (fields >= 2)
            (frequent, count) = (separator, fields - 1);
        return (count == 0 || frequent == '\t') && options.DecimalMarker != ' ' && IsAligned(head, Collapsing(format, (byte)' '), count > 0)
            ? Collapsing(format, (byte)' ')
            : format with { Separators = [frequent] };
    }

    private static bool IsTabbed(string name)
    {
        var plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name.AsSpan(0, name.Length - 3) : name;
        return plain.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || plain.EndsWith(".tab", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>How many fields each of the first records has; 0 where they differ, or there is one record alone.</summary>
    private static int FieldsInAll(byte[] head, DelimitedFormat format) =>
        FirstRecords(head, format) is { RowCount: > 1, UniformCellCount: var fields, Problems.Count: 0 } ? Math.Max(0, fields)
        : format.Quoting ? FieldsInAll(head, format with { Quoting = false })
        : 0;

    /// <summary>
    /// Whether quotes are ordinary characters: taken as such, all records have the same number of fields, and taken as quotes they do not, or one is
    /// not closed well. Tables with tabs seldom quote, and texts in them often begin with a word in quotes.
    /// </summary>
    private static bool QuotesAreLiteral(byte[] head, DelimitedFormat format)
    {
        var literal = FirstRecords(head, format with { Quoting = false }, int.MaxValue);
        if (literal is not { UniformCellCount: > 0, RowCount: var lines })
            return false;
        var quoted = FirstRecords(head, format with { Quoting = true }, int.MaxValue);
        return quoted is not { UniformCellCount: > 0, Problems.Count: 0 }
            || (quoted.UniformCellCount != literal.UniformCellCount && quoted.RowCount < lines)
            || quoted.RowCount < lines - FewestLinesOfAnOpenQuote;
    }

    /// <summary>
    /// The separator that occurs most often in the first line that has text, outside quotes; comma, then tab, in a tie.
    /// </summary>
    private static byte MostFrequent(ReadOnlySpan<byte> head, DelimitedFormat format, out int most)
    {
        int commas = 0, tabs = 0, semicolons = 0;
        bool quoted = false;
        head = FirstLine(head, format);
        foreach (byte b in head)
        {
            if (!quoted && b is (byte)'\n' or (byte)'\r') break;
            if (b == '"' && format.Quoting) quoted = !quoted;
            if (quoted) continue;
            if (b == ',') commas++;
            else if (b == '\t') tabs++;
            else if (b == ';') semicolons++;
        }
        most = Math.Max(commas, Math.Max(tabs, semicolons));
        return (byte)(commas == most ? ',' : tabs == most ? '\t' : ';');
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> head, DelimitedFormat format)
    {
        head = head.TrimStart("\r\n"u8);
        while (format.IsComment(head) && LineBreaks.After(head, 0) is > 0 and var next) head = head[next..].TrimStart("\r\n"u8);
        return head;
    }

    /// <summary>
    /// Whether lines are columns aligned by blanks: the same number of fields in all, at least half of them numbers from the second line on,
    /// and, where a tab would separate too, runs of several blanks.
    /// </summary>
    private static bool IsAligned(byte[] head, DelimitedFormat aligned, bool hasTabs)
    {
        if (FirstRecords(head, aligned) is not { RowCount: >= 2, UniformCellCount: >= 2 } block) return false;
        if (hasTabs && FirstLine(head, aligned).IndexOf("  "u8) < 0) return false;
        int fields = block.UniformCellCount, numbers = 0;
        for (int row = 1; row < block.RowCount; row++)
        {
            for (int field = 0; field < fields; field++)
                numbers += DecimalNumber.TryParse(block.Text(row, field), out float _, (byte)'.') ? 1 : 0;
        }
        return 2 * numbers >= fields * (block.RowCount - 1);
    }

    private static RowBlock? FirstRecords(byte[] head, DelimitedFormat format, int rows = RowsCompared)
    {
        int whole = RecordBoundary.Find(head, format);
        if (whole == 0) return null;
        var chunk = new TextChunk();
        chunk.Reserve(whole, kept: 0);
        head.AsSpan(0, whole).CopyTo(chunk.Buffer.AsSpan(chunk.Start));
        chunk.End = chunk.Start + whole;

        var tokenizer = new Tokenizer(format);
        var block = new RowBlock(format);
        tokenizer.Begin(chunk);
        return tokenizer.Read(block, rows, whole) ? block : null;
    }

    private static DelimitedFormat Collapsing(DelimitedFormat format, byte separator) => format with
    {
        Collapse = true,
        Separators = separator is (byte)' ' or (byte)'\t' ? [(byte)' ', (byte)'\t'] : [separator],
    };
}
