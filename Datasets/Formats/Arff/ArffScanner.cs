namespace MLPath.Datasets.Formats.Arff;

/// <summary>What a line of an ARFF file consists of.</summary>
internal enum ArffToken
{
    /// <summary>The line ends, or a comment begins.</summary>
    End,

    /// <summary>A word without quotes.</summary>
    Word,

    /// <summary>A text in single or double quotes.</summary>
    Quoted,

    /// <summary>A brace that opens.</summary>
    Open,

    /// <summary>A brace that closes.</summary>
    Close,

    /// <summary>A comma.</summary>
    Comma,
}

/// <summary>Splits a line into words, quoted texts, braces and commas; blanks separate, and % at the start of a word begins a comment.</summary>
/// <param name="line">The line.</param>
/// <param name="lines">The file, for errors.</param>
internal ref struct ArffScanner(ReadOnlySpan<byte> line, ByteLines lines)
{
    private ReadOnlySpan<byte> _rest = line;

    /// <summary>The text of the word or quoted text read last.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Reads the next token.</summary>
    public ArffToken Next()
    {
        _rest = _rest.TrimStart(" \t"u8);
        if (_rest.IsEmpty || _rest[0] == '%') return ArffToken.End;
        byte first = _rest[0];
        if (first is (byte)'\'' or (byte)'"') return ReadQuoted(first);
        if (first is (byte)'{' or (byte)'}' or (byte)',')
        {
            _rest = _rest[1..];
            return first == '{' ? ArffToken.Open : first == '}' ? ArffToken.Close : ArffToken.Comma;
        }
        int end = _rest.IndexOfAny(" \t,{}"u8);
        if (end < 0) end = _rest.Length;
        Text = _rest[..end];
        _rest = _rest[end..];
        return ArffToken.Word;
    }

    private ArffToken ReadQuoted(byte quote)
    {
        int end = 1;
        bool escaped = false;
        for (; end < _rest.Length && _rest[end] != quote; end++)
        {
            if (_rest[end] != '\\') continue;
            escaped = true;
            end++;
        }
        if (end >= _rest.Length) throw lines.Error($"the quote of {FormatError.Quote(_rest)} is not closed");
        Text = escaped ? Unescape(_rest[1..end]) : _rest[1..end];
        _rest = _rest[(end + 1)..];
        return ArffToken.Quoted;
    }

    private static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        var plain = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                c = text[++i] switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    var other => other,
                };
            }
            plain.Add(c);
        }
        return [.. plain];
    }
}
