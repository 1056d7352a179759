using System.Globalization;
using System.Text;

namespace MLPath.Datasets.Formats;

/// <summary>Words the errors of data files: which file, which place in it, what is wrong and what was expected.</summary>
internal static class FormatError
{
    private const int LongestQuotation = 40;

    /// <summary>An error of a whole file.</summary>
    public static DataException Of(string file, string problem, Exception? cause = null) => new($"{file}: {problem}.", cause!);

    /// <summary>An error on one line of a text file.</summary>
    public static DataException AtLine(string file, long line, string problem, Exception? cause = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}: {problem}."), cause!);

    /// <summary>An error of one cell.</summary>
    public static DataException AtCell(string file, long line, string column, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}, column '{column}': {problem}."));

    /// <summary>Text of a file as it may be shown in a message: quoted, on one line, and cut when long.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        bool cut = text.Length > LongestQuotation;
        return Quote(Encoding.UTF8.GetString(cut ? text[..LongestQuotation] : text), cut);
    }

    /// <inheritdoc cref="Quote(ReadOnlySpan{byte})"/>
    public static string Quote(string text)
    {
        bool cut = text.Length > LongestQuotation;
        return Quote(cut ? text[..LongestQuotation] : text, cut);
    }

    private static string Quote(string text, bool cut)
    {
        // A rune is never half of a pair: what a cut has left of one is U+FFFD.
        string line = string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) ? new Rune(' ') : r));
        return $"'{line}{(cut ? "…" : "")}'";
    }
}
