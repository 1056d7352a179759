using System.Globalization;
using System.Text;

namespace MLPath.Datasets.Text;

/// <summary>Reads decimal numbers from UTF-8 text, correctly rounded: the nearest number of the type, ties to even.</summary>
/// <remarks>
/// Most numbers in data files are w / 10ᵏ with w ≤ 2⁵³ and k ≤ 22. Both are then exact doubles and the division rounds once, hence
/// correctly (W. Clinger, <i>How to Read Floating Point Numbers Accurately</i>, 1990). All others go to the framework.
/// </remarks>
internal static class DecimalNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    ];

    /// <summary>
    /// Reads a number such as <c>-1.5e3</c>, <c>inf</c>, <c>-Infinity</c>, <c>∞</c> or <c>NaN</c>, without blanks around it.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out float value)
    {
        if (TryParseShort(text, out double wide))
        {
            // The double is the exact number rounded once. Rounding it again gives the right float, except where the double lies midway
            // between two floats (low 29 bits 1000…0) and no longer shows on which side of the middle the exact number was.
            value = (float)wide;
            if ((BitConverter.DoubleToUInt64Bits(wide) & 0x1FFF_FFFF) != 0x1000_0000) return true;
        }
        if (float.TryParse(text, Style, CultureInfo.InvariantCulture, out value)) return true;
        bool parsed = TryParseInfinity(text, out wide);
        value = (float)wide;
        return parsed;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out float)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value) =>
        TryParseShort(text, out value)
        || double.TryParse(text, Style, CultureInfo.InvariantCulture, out value)
        || TryParseInfinity(text, out value);

    /// <summary>Reads [sign] digits [. digits] of at most 19 digits, where one division gives the result.</summary>
    private static bool TryParseShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        bool negative = text is [(byte)'-', ..];
        if (negative || text is [(byte)'+', ..]) text = text[1..];
        if (text.Length is 0 or > 20) return false;

        ulong w = 0;
        int point = -1;
        for (int i = 0; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit <= 9) w = (10 * w) + digit;
            else if (text[i] == '.' && point < 0) point = i;
            else return false;
        }
        int digits = point < 0 ? text.Length : text.Length - 1;
        int decimals = point < 0 ? 0 : text.Length - 1 - point;
        if (digits is 0 or > 19 || w > 1UL << 53) return false;

        value = w / PowersOfTen[decimals];
        if (negative) value = -value;
        return true;
    }

    private static bool TryParseInfinity(ReadOnlySpan<byte> text, out double value)
    {
        bool negative = text is [(byte)'-', ..];
        if (negative || text is [(byte)'+', ..]) text = text[1..];
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(text, "inf"u8) || Ascii.EqualsIgnoreCase(text, "infinity"u8) || text.SequenceEqual("∞"u8);
    }
}
