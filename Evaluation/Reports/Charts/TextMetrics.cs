using System.Globalization;
using System.Text;

namespace MLPath.Reports.Charts;

/// <summary>
/// How wide text will be, without a font at hand: an upper envelope of the advance widths of common sans-serif fonts, so that what
/// is laid out with it fits with any of them.
/// </summary>
internal static class TextMetrics
{
    /// <summary>The size of labels in pixels.</summary>
    public const double FontSize = 12;

    private const double BoldFactor = 1.14;

    // Widths of U+0020 to U+007E in hundredths of the font size.
    private static ReadOnlySpan<byte> Ascii =>
    [
        32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 38, 32, 46, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 56,
        102, 69, 69, 73, 78, 67, 62, 78, 77, 30, 50, 67, 56, 93, 77, 81, 67, 81, 73, 67, 62, 74, 69, 104, 69, 67, 69, 40, 46, 40, 84, 56,
        50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
    ];

    /// <summary>The width of a text in pixels.</summary>
    public static double Width(string text, double fontSize = FontSize, bool bold = false)
    {
        var hundredths = 0;
        foreach (var rune in text.EnumerateRunes())
            hundredths += RuneWidth(rune);
        return hundredths * fontSize / 100 * (bold ? BoldFactor : 1);
    }

    /// <summary>The text, or as much of its beginning as fits with an ellipsis behind it.</summary>
    public static string Fit(string text, double width, double fontSize = FontSize, bool bold = false)
    {
        if (Width(text, fontSize, bold) <= width)
            return text;
        var fitting = new StringBuilder();
        var used = Width("…", fontSize, bold);
        foreach (var element in Elements(text))
        {
            used += Width(element, fontSize, bold);
            if (used > width)
                break;
            fitting.Append(element);
        }
        return fitting.ToString().TrimEnd() + "…";
    }

    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
            yield return elements.GetTextElement();
    }

    private static int RuneWidth(Rune rune)
    {
        if (rune.Value is >= 0x20 and < 0x7F)
            return Ascii[rune.Value - 0x20];
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
            UnicodeCategory.OtherLetter or UnicodeCategory.OtherSymbol or UnicodeCategory.Surrogate => 110,
            UnicodeCategory.UppercaseLetter => 92,
            UnicodeCategory.LowercaseLetter => 72,
            UnicodeCategory.OtherNumber => 45,
            UnicodeCategory.DashPunctuation => 60,
            _ => 102,
        };
    }
}
