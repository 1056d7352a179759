namespace MLPath.Datasets.Text;

/// <summary>Finds where the last whole record of a text ends, exactly as a reader that starts at its beginning would.</summary>
internal static class RecordBoundary
{
    /// <summary>The length of the part that consists of whole records.</summary>
    /// <param name="text">The text, from the start of a record.</param>
    /// <param name="format">How it is cut.</param>
    /// <returns>0 where not even the first record is whole.</returns>
    /// <remarks>
    /// Without quotes a record ends where a line does. Otherwise the quotes are visited one after the other: outside a quoted field, one
    /// opens a field if it follows a separator or the start of its record, and any other is an ordinary character.
    /// </remarks>
    public static int Find(ReadOnlySpan<byte> text, DelimitedFormat format)
    {
        if (!format.Quoting || !format.Multiline) return LineBreaks.AfterLast(text);
        int record = 0; // the start of the record that position is in
        int position = 0;
        while (true)
        {
            int quote = text[position..].IndexOf(DelimitedFormat.Quote);
            if (quote < 0)
            {
                int last = LineBreaks.AfterLast(text[position..]);
                return last > 0 ? position + last : record;
            }
            quote += position;
            int line = text[position..quote].LastIndexOfAny(DelimitedFormat.LineFeed, DelimitedFormat.CarriageReturn) + 1;
            if (line > 0) record = position + line;

            if (format.IsComment(text[record..]))
            {
                position = LineBreaks.After(text, quote);
                if (position < 0) return record;
                record = position;
            }
            else if (!format.OpensField(text, record, quote))
            {
                position = quote + 1;
            }
            else
            {
                int close = format.FindClose(text, quote + 1, out _);
                if (close < 0) return record;
                position = close + 1;
            }
        }
    }
}
