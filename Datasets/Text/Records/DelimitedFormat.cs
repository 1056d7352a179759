namespace MLPath.Datasets.Text;

/// <summary>How a text is cut into records and fields: which bytes separate, quote and comment.</summary>
/// <remarks>
/// A field that starts with a double quote runs to the closing quote and may contain separators and line breaks. A quote anywhere else is
/// an ordinary character. Records end at LF, CRLF or CR. Records without any text, and comments, are skipped.
/// </remarks>
internal sealed record DelimitedFormat
{
    public const byte Quote = (byte)'"', LineFeed = (byte)'\n', CarriageReturn = (byte)'\r';

    /// <summary>The bytes between two fields, at least one.</summary>
    public required byte[] Separators { get; init; }

    /// <summary>Whether a run of separators counts as one, and those at the ends of a line as none: columns aligned by blanks.</summary>
    public bool Collapse { get; init; }

    /// <summary>Whether fields may be quoted.</summary>
    public bool Quoting { get; init; } = true;

    /// <summary>Whether a quoted field may contain line breaks.</summary>
    public bool Multiline { get; init; } = true;

    /// <summary>What stands before a quote inside a quoted field: the quote itself, or another byte such as a backslash.</summary>
    public byte Escape { get; init; } = Quote;

    /// <summary>Whether blanks before unquoted fields are dropped.</summary>
    public bool TrimStart { get; init; } = true;

    /// <summary>Whether blanks after unquoted fields are dropped.</summary>
    public bool TrimEnd { get; init; } = true;

    /// <summary>Whether blanks at the end of a line are dropped.</summary>
    public bool TrimLineEnd { get; init; }

    /// <summary>What lines start with that are no records.</summary>
    public byte[][] Comments { get; init; } = [];

    /// <summary>The separators in words, for errors.</summary>
    public string SeparatorName => Collapse ? "blanks" : Separators is [(byte)'\t'] ? "tabs"
        : string.Join(" or ", Separators.Select(s => s == '\t' ? "tabs" : $"'{(char)s}'"));

    public bool IsSeparator(byte b) => Separators.Length == 1 ? b == Separators[0] : Separators.AsSpan().Contains(b);

    /// <summary>A blank or tab that does not separate.</summary>
    public bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' && !IsSeparator(b);

    /// <summary>Whether a line is a comment.</summary>
    public bool IsComment(ReadOnlySpan<byte> line)
    {
        foreach (byte[] prefix in Comments)
        {
            if (line.StartsWith(prefix)) return true;
        }
        return false;
    }

    /// <summary>An unquoted field without the blanks around it, as far as they are dropped.</summary>
    public ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field)
    {
        int start = 0, end = field.Length;
        if (TrimStart) while (start < end && IsBlank(field[start])) start++;
        if (TrimEnd) while (end > start && IsBlank(field[end - 1])) end--;
        return field[start..end];
    }

    /// <summary>Whether a quote at <paramref name="quote"/> opens a field of the record that starts at <paramref name="record"/>.</summary>
    public bool OpensField(ReadOnlySpan<byte> text, int record, int quote)
    {
        int before = quote - 1;
        if (TrimStart) while (before >= record && IsBlank(text[before])) before--;
        return before < record || IsSeparator(text[before]);
    }

    /// <summary>Finds the closing quote of a field.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The position after the opening quote.</param>
    /// <param name="escaped">Receives whether there are escaped quotes inside.</param>
    /// <returns>Its position; −1 where the text ends before it is known.</returns>
    public int FindClose(ReadOnlySpan<byte> text, int start, out bool escaped)
    {
        escaped = false;
        for (int at = start; ;)
        {
            int found = Escape == Quote ? text[at..].IndexOf(Quote) : text[at..].IndexOfAny(Quote, Escape);
            if (found < 0 || at + found + 1 >= text.Length) return -1;
            at += found;
            bool isEscape = Escape == Quote ? text[at + 1] == Quote : text[at] == Escape;
            if (!isEscape) return at;
            escaped = true;
            at += 2;
        }
    }
}
