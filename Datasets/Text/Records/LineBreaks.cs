namespace MLPath.Datasets.Text;

/// <summary>Line breaks in UTF-8 text: LF, CRLF and CR, each counted once.</summary>
internal static class LineBreaks
{
    private const byte LineFeed = DelimitedFormat.LineFeed, CarriageReturn = DelimitedFormat.CarriageReturn;

    /// <summary>The number of line breaks.</summary>
    public static long Count(ReadOnlySpan<byte> text)
    {
        long lines = text.Count(LineFeed);
        while (text.IndexOf(CarriageReturn) is >= 0 and var at)
        {
            if (at + 1 == text.Length || text[at + 1] != LineFeed) lines++;
            text = text[(at + 1)..];
        }
        return lines;
    }

    /// <summary>One past the first line break at or after <paramref name="start"/>; −1 where the text ends before it does.</summary>
    public static int After(ReadOnlySpan<byte> text, int start)
    {
        int at = text[start..].IndexOfAny(LineFeed, CarriageReturn);
        if (at < 0) return -1;
        at += start;
        if (text[at] == LineFeed) return at + 1;
        if (at + 1 == text.Length) return -1;
        return text[at + 1] == LineFeed ? at + 2 : at + 1;
    }

    /// <summary>One past the last line break that surely ends inside the text; 0 where there is none.</summary>
    public static int AfterLast(ReadOnlySpan<byte> text)
    {
        // A CR at the very end may be the first half of a CRLF.
        if (text is [.., CarriageReturn]) text = text[..^1];
        return text.LastIndexOfAny(LineFeed, CarriageReturn) + 1;
    }
}
