using System.Globalization;
using System.Text;
using MLPath.Datasets.Formats;
using MLPath.Datasets.Text;

namespace MLPath.Data;

/// <summary>
/// The comment at the beginning of a text file that says how it is loaded: lines <c>#@ TextLoader{</c>, <c>#@   sep=tab</c>,
/// <c>#@   col=Features:R4:1-4</c>, …, <c>#@ }</c>.
/// </summary>
/// <remarks>
/// A column is name:type:fields, with fields such as <c>0</c>, <c>1-4</c>, <c>2,5-7</c>, <c>3-*</c> (to the end of all rows) or <c>3-**</c> (of each
/// row); a key type has its count behind it, <c>U4[3]</c>. A name that would be ambiguous stands in double quotes, with backslashes before quotes and
/// backslashes.
/// </remarks>
internal static class SchemaComment
{
    private const int LongestComment = 1 << 20;

    private static readonly (char Separator, string Word)[] Words = [('\t', "tab"), (' ', "space"), (',', "comma"), (';', "semicolon"), ('|', "bar")];

    /// <summary>Writes the comment.</summary>
    public static string Write(TextLoader.Options options)
    {
        var text = new StringBuilder("#@ TextLoader{\n");
        if (options.HasHeader) text.Append("#@   header+\n");
        if (options.AllowQuoting) text.Append("#@   quote+\n");
        if (options.ReadMultilines) text.Append("#@   multilines+\n");
        if (options.AllowSparse) text.Append("#@   sparse+\n");
        char separator = options.Separators[0];
        text.Append(CultureInfo.InvariantCulture,
            $"#@   sep={Array.Find(Words, w => w.Separator == separator).Word ?? separator.ToString()}\n");
        foreach (var column in options.Columns!)
        {
            string keys = column.KeyCount is { } count ? $"[{count.Count}]" : "";
            text.Append(CultureInfo.InvariantCulture,
                $"#@   col={Quote(column.Name)}:{DataKinds.Code(column.DataKind)}{keys}:{string.Join(',', column.Source.Select(Write))}\n");
        }
        return text.Append("#@ }\n").ToString();
    }

    /// <summary>Reads the comment of a file.</summary>
    /// <param name="input">The file.</param>
    /// <param name="options">Further settings.</param>
    /// <returns>The settings with those of the comment; null where there is none.</returns>
    /// <exception cref="DataException">The comment is damaged.</exception>
    public static TextLoader.Options? Read(TextInput input, TextLoader.Options options)
    {
        using var reader = new StreamReader(input.Open(), Encoding.UTF8);
        var columns = new List<TextLoader.Column>();
        bool open = false;
        long length = 0;
        for (int line = 1; reader.ReadLine() is { } text && text.StartsWith("#@", StringComparison.Ordinal); line++)
        {
            if ((length += text.Length) > LongestComment) break;
            string entry = text[2..].Trim();
            if (entry.Length == 0) continue;
            if (!open)
            {
                if (entry != "TextLoader{") return null;
                open = true;
            }
            else if (entry == "}")
            {
                return options with { Columns = [.. columns] };
            }
            else if (!TryApply(entry, ref options, columns))
            {
                throw FormatError.AtLine(input.Name, line,
                    $"the loader's comment has '{entry}', which is not understood; expected header+, sep=…, or col=name:type:fields");
            }
        }
        return open ? throw FormatError.Of(input.Name, "the loader's comment has no end, '#@ }'") : null;
    }

    private static bool TryApply(string entry, ref TextLoader.Options options, List<TextLoader.Column> columns)
    {
        switch (entry)
        {
            case "header+": options = options with { HasHeader = true }; return true;
            case "quote+": options = options with { AllowQuoting = true }; return true;
            case "multilines+": options = options with { ReadMultilines = true }; return true;
            case "sparse+": options = options with { AllowSparse = true }; return true;
        }
        if (entry.StartsWith("sep=", StringComparison.Ordinal))
        {
            string word = entry[4..];
            char separator = Array.Find(Words, w => w.Word == word).Separator;
            if (separator == 0 && word.Length != 1) return false;
            options = options with { Separators = [separator == 0 ? word[0] : separator] };
            return true;
        }
        if (!entry.StartsWith("col=", StringComparison.Ordinal) || ParseColumn(entry[4..]) is not { } column) return false;
        columns.Add(column);
        return true;
    }

    private static string Write(TextLoader.Range range)
    {
        string end = range.Max is { } last ? last == range.Min && !range.ForceVector ? "" : $"-{last}"
            : range.AutoEnd ? "-*" : range.VariableEnd ? "-**" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{range.Min}{(range.AllOther ? end.Replace('-', '~') : end)}");
    }

    private static TextLoader.Column? ParseColumn(string text)
    {
        if (!TryUnquote(text, out string name, out string rest) || name.Length == 0) return null;
        string[] parts = rest.Split(':');
        if (parts.Length is < 1 or > 2) return null;
        var kind = DataKind.Single;
        KeyCount? keys = null;
        if (parts.Length == 2)
        {
            string code = parts[0];
            if (code.IndexOf('[') is >= 0 and var bracket)
            {
                if (!code.EndsWith(']')) return null;
                string count = code[(bracket + 1)..^1];
                ulong number = 0;
                if (count.Length > 0 && (!ulong.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number == 0)) return null;
                keys = count.Length == 0 ? new KeyCount() : new KeyCount(number);
                code = code[..bracket];
            }
            if (DataKinds.Find(code) is not { } found) return null;
            kind = found;
        }
        var ranges = parts[^1].Split(',').Select(ParseRange).ToList();
        return ranges.Contains(null) ? null : new TextLoader.Column(name, kind, [.. ranges.OfType<TextLoader.Range>()], keys);
    }

    private static TextLoader.Range? ParseRange(string text)
    {
        int dash = text.AsSpan().IndexOfAny('-', '~');
        if (!int.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out int min)) return null;
        if (dash < 0) return new TextLoader.Range(min);
        bool other = text[dash] == '~';
        string end = text[(dash + 1)..];
        if (end is "*" or "") return new TextLoader.Range { Min = min, AutoEnd = true, AllOther = other, ForceVector = true };
        if (end == "**") return new TextLoader.Range { Min = min, VariableEnd = true, AllOther = other, ForceVector = true };
        return int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out int max) && max >= min
            ? new TextLoader.Range { Min = min, Max = max, AllOther = other, ForceVector = true }
            : null;
    }

    private static string Quote(string name)
    {
        bool plain = name.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-');
        return plain ? name : $"\"{name.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r")}\"";
    }

    /// <summary>Takes a name and the colon behind it off a text.</summary>
    private static bool TryUnquote(string text, out string name, out string rest)
    {
        (name, rest) = ("", "");
        if (!text.StartsWith('"'))
        {
            int colon = text.IndexOf(':');
            if (colon < 0) return false;
            (name, rest) = (text[..colon], text[(colon + 1)..]);
            return true;
        }
        var read = new StringBuilder();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                (name, rest) = (read.ToString(), i + 2 <= text.Length ? text[(i + 2)..] : "");
                return i + 1 < text.Length && text[i + 1] == ':';
            }
            bool escaped = text[i] == '\\';
            if (escaped && ++i == text.Length) return false;
            read.Append(escaped ? text[i] switch { 'n' => '\n', 'r' => '\r', var c => c } : text[i]);
        }
        return false;
    }
}
