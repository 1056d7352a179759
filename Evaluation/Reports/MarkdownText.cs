using System.Text;

namespace MLPath.Reports;

/// <summary>Escapes text for GitHub's Markdown, so that a name is shown as it is and can become neither markup nor HTML.</summary>
internal static class MarkdownText
{
    /// <summary>Text on one line.</summary>
    public static string Inline(string text)
    {
        var line = OneLine(text);
        var escaped = new StringBuilder(line.Length + 8);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c is '&')
                escaped.Append("&amp;");
            else if (c is '<')
                escaped.Append("&lt;");
            else if (c is '\\' or '`' or '*' or '[' or ']' or '|' or '~' or '$' || (c == '_' && !IsInsideWord(line, i)))
                escaped.Append('\\').Append(c);
            else
                escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>A paragraph: text on one line, whose first characters do not begin a list, a heading or a quotation.</summary>
    public static string Paragraph(string text)
    {
        var line = Inline(text);
        if (line.Length > 0 && line[0] is '#' or '-' or '+' or '>' or '=')
            return '\\' + line;
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && digits < line.Length && line[digits] is '.' or ')' ? line.Insert(digits, "\\") : line;
    }

    /// <summary>Lines shown as they are, inside a fence longer than any they contain.</summary>
    public static string Fenced(IEnumerable<string> lines)
    {
        var content = string.Join('\n', lines.Select(KeepIndent));
        var fence = "```";
        while (content.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        return $"{fence}text\n{content}\n{fence}";
    }

    private static string KeepIndent(string line)
    {
        var indent = line.TakeWhile(c => c == ' ').Count();
        return new string(' ', indent) + OneLine(line);
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            line.Append(rune.Value is '\t' or '\n' or '\r' ? " " : PlainText.IsHarmless(rune) ? rune.ToString() : "\uFFFD");
        return line.ToString().Trim();
    }

    // An underscore between letters or digits is no emphasis: petal_width stays as it is.
    private static bool IsInsideWord(string line, int i) =>
        i > 0 && i + 1 < line.Length && char.IsLetterOrDigit(line[i - 1]) && char.IsLetterOrDigit(line[i + 1]);
}
