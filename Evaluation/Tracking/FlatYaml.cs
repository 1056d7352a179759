using System.Globalization;
using System.Text;

namespace MLPath.Evaluation;

/// <summary>
/// The YAML of MLflow's <c>meta.yaml</c>: a mapping of names to scalars, and nothing deeper. It is written with every text quoted, which every reader
/// of YAML takes; it is read as PyYAML writes it, plain, quoted in either way and folded over several lines.
/// </summary>
internal static class FlatYaml
{
    /// <summary>Writes a mapping.</summary>
    /// <param name="members">Names with texts, whole numbers, or null.</param>
    public static string Write(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in members)
        {
            text.Append(name).Append(": ").Append(value switch
            {
                null => "null",
                string words => $"'{Plain(words).Replace("'", "''", StringComparison.Ordinal)}'",
                IReadOnlyList<string> { Count: 0 } => "[]",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => throw new ArgumentException($"A {value.GetType()} is no scalar.", nameof(members)),
            }).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads a mapping.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="note">Hears of each line that is not understood and left out.</param>
    /// <returns>Names and values; null values are left out.</returns>
    public static Dictionary<string, string> Read(string text, Action<string> note)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#' || line is "---" or "...")
                continue;
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            bool isMember = colon > 0 && (char.IsLetter(line[0]) || line[0] == '_') && (colon == line.Length - 1 || line[colon + 1] == ' ');
            if (!isMember)
            {
                note($"line {(i + 1).ToString(CultureInfo.InvariantCulture)} is no 'name: value'");
                continue;
            }

            // What is indented goes on.
            int first = i;
            string value = line[(colon + 1)..].Trim();
            while (i + 1 < lines.Length && lines[i + 1].StartsWith(' '))
                value = value.EndsWith('\\') ? value[..^1] + lines[++i].Trim().TrimStart('\\') : $"{value} {lines[++i].Trim()}";
            if (Scalar(value) is { } scalar)
                members[line[..colon]] = scalar;
            else if (value is not ("" or "null" or "~" or "[]" or "{}"))
                note($"line {(first + 1).ToString(CultureInfo.InvariantCulture)} has a value that is not understood");
        }

        return members;
    }

    private static string? Scalar(string value)
    {
        if (value is "" or "null" or "~")
            return null;
        if (value[0] == '\'')
            return value.Length >= 2 && value[^1] == '\'' ? value[1..^1].Replace("''", "'", StringComparison.Ordinal) : null;
        if (value[0] == '"')
            return value.Length >= 2 && value[^1] == '"' ? Unescaped(value[1..^1]) : null;
        return value[0] is '[' or '{' or '&' or '*' or '!' or '|' or '>' or '@' or '`' or '%' ? null : value;
    }

    private static string? Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(text[i]);
                continue;
            }

            if (++i == text.Length)
                return null;
            int digits = text[i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0)
            {
                if (i + digits >= text.Length || !int.TryParse(text.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
                    || !Rune.IsValid(code))
                {
                    return null;
                }

                plain.Append(new Rune(code).ToString());
                i += digits;
                continue;
            }

            plain.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', var same => same });
        }

        return plain.ToString();
    }

    // A quoted text of one line holds no control characters.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
