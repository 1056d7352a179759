using System.Text;

namespace MLPath.Datasets.Text;

/// <summary>Finds what separates the fields of a file, by looking at its first lines.</summary>
internal static class SeparatorInference
{
    private const int RowsCompared = 20;

    /// <summary>The format of a file: what the options say, and what they leave open.</summary>
    public static DelimitedFormat Format(TextInput input, TextFileOptions options)
    {
        var format = new DelimitedFormat
        {
            Separators = [(byte)(options.Separator ?? ',')],
            Quoting = options.Quoting,
            TrimStart = options.TrimWhitespace,
            TrimEnd = options.TrimWhitespace,
            Comments = options.CommentPrefix is { } prefix ? [Encoding.UTF8.GetBytes(prefix)] : [],
        };
        if (options.Separator is not null)
            return options.CollapseSeparators ? Collapsing(format, format.Separators[0]) : format;

        byte[] head = input.ReadHead(options.SkipLines);
        byte frequent = MostFrequent(head, format, out int count);
        if ((count == 0 || frequent == '\t') && options.DecimalMarker != ' ' && IsAligned(head, Collapsing(format, (byte)' '), count > 0))
            return Collapsing(format, (byte)' ');
        return format with { Separators = [frequent] };
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
        int whole = RecordBoundary.Find(head, aligned);
        if (whole == 0) return false;
        var chunk = new TextChunk();
        chunk.Reserve(whole, kept: 0);
        head.AsSpan(0, whole).CopyTo(chunk.Buffer.AsSpan(chunk.Start));
        chunk.End = chunk.Start + whole;

        var tokenizer = new Tokenizer(aligned);
        var block = new RowBlock(aligned);
        tokenizer.Begin(chunk);
        if (!tokenizer.Read(block, RowsCompared, whole) || block.RowCount < 2 || block.UniformCellCount < 2) return false;
        if (hasTabs && FirstLine(head, aligned).IndexOf("  "u8) < 0) return false;
        int fields = block.UniformCellCount, numbers = 0;
        for (int row = 1; row < block.RowCount; row++)
        {
            for (int field = 0; field < fields; field++)
                numbers += DecimalNumber.TryParse(block.Text(row, field), out float _, (byte)'.') ? 1 : 0;
        }
        return 2 * numbers >= fields * (block.RowCount - 1);
    }

    private static DelimitedFormat Collapsing(DelimitedFormat format, byte separator) => format with
    {
        Collapse = true,
        Separators = separator is (byte)' ' or (byte)'\t' ? [(byte)' ', (byte)'\t'] : [separator],
    };
}
