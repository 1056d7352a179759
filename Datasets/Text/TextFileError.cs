using System.Globalization;
using System.Text;

namespace MLPath.Datasets.Text;

/// <summary>Words the errors of text files: which file, line and column; what was expected and what was found.</summary>
internal static class TextFileError
{
    private const int LongestQuotation = 40;

    /// <summary>An error of a whole file.</summary>
    public static DataException Of(string path, string problem) => new($"{path}: {problem}.");

    /// <summary>An error on one physical line.</summary>
    public static DataException At(string path, long line, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}: {problem}."));

    /// <summary>An error of one cell.</summary>
    public static DataException AtCell(string path, long line, string column, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}, column '{column}': {problem}."));

    /// <summary>A cell as it may be shown in a message: on one line, and cut when long.</summary>
    public static string Quote(ReadOnlySpan<byte> cell)
    {
        bool cut = cell.Length > LongestQuotation;
        var text = new StringBuilder(Encoding.UTF8.GetString(cut ? cell[..LongestQuotation] : cell));
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i])) text[i] = ' ';
        }
        return $"'{text}{(cut ? "…" : "")}'";
    }
}
