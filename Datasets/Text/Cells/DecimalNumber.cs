using System.Globalization;
using System.Runtime.InteropServices;

namespace MLPath.Datasets.Text;

/// <summary>Reads decimal numbers from UTF-8 text, correctly rounded: the nearest number of the type, ties to even, as the framework does.</summary>
/// <remarks>
/// Three ways, from the commonest to the rarest. Up to 16 characters without exponent are read by <see cref="ShortDecimal"/> with one
/// division that rounds once. Anything of up to 19 digits is w·10^q with an exact integer w, which <see cref="DecimalRounding"/> rounds
/// with one or two multiplications. More digits are cut off; where that could change the result, the framework reads the number.
/// </remarks>
internal static class DecimalNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly NumberFormatInfo Comma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>
    /// Reads a number such as <c>-1.5e3</c>, <c>inf</c>, <c>-Infinity</c>, <c>∞</c> or <c>NaN</c>, without blanks around it.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="value">Receives the number.</param>
    /// <param name="point">What stands between whole and fraction, a point or a comma.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out float value, byte point = (byte)'.')
    {
        if (!DecimalScan.TryScan(text, point, out var scanned)) return TryParseSpecial(text, out value);
        value = DecimalRounding.ToSingle(scanned.Digits, scanned.Exponent);
        if (scanned.IsCut && value != DecimalRounding.ToSingle(scanned.Digits + 1, scanned.Exponent))
            return float.TryParse(text, Style, point == '.' ? NumberFormatInfo.InvariantInfo : Comma, out value);
        if (scanned.IsNegative) value = -value;
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out float, byte)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value, byte point = (byte)'.')
    {
        if (!DecimalScan.TryScan(text, point, out var scanned))
        {
            bool special = TryParseSpecial(text, out float single);
            value = single;
            return special;
        }
        value = DecimalRounding.ToDouble(scanned.Digits, scanned.Exponent);
        if (scanned.IsCut && value != DecimalRounding.ToDouble(scanned.Digits + 1, scanned.Exponent))
            return double.TryParse(text, Style, point == '.' ? NumberFormatInfo.InvariantInfo : Comma, out value);
        if (scanned.IsNegative) value = -value;
        return true;
    }

    private static bool TryParseSpecial(ReadOnlySpan<byte> text, out float value)
    {
        bool negative = text is [(byte)'-', ..];
        if (negative || text is [(byte)'+', ..]) text = text[1..];
        if (System.Text.Ascii.EqualsIgnoreCase(text, "nan"u8))
        {
            value = float.NaN;
            return true;
        }
        value = negative ? float.NegativeInfinity : float.PositiveInfinity;
        return System.Text.Ascii.EqualsIgnoreCase(text, "inf"u8) || System.Text.Ascii.EqualsIgnoreCase(text, "infinity"u8)
            || text.SequenceEqual("∞"u8);
    }

    /// <summary>The digits of a number as text, before rounding.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct DecimalScan(ulong Digits, int Exponent, bool IsNegative, bool IsCut)
    {
        private const int MostDigits = 19; // 10¹⁹ − 1 fits in 64 bits
        private const int HugeExponent = 1_000_000; // beyond any type's range, and sums of it do not overflow

        /// <summary>Reads [sign] digits [point digits] [e [sign] digits].</summary>
        public static bool TryScan(ReadOnlySpan<byte> text, byte point, out DecimalScan result)
        {
            result = default;
            int at = 0;
            bool negative = text is [(byte)'-', ..];
            if (negative || text is [(byte)'+', ..]) at++;

            ulong digits = 0;
            int significant = 0, exponent = 0;
            bool anyDigit = false, cut = false, afterPoint = false;
            for (; at < text.Length; at++)
            {
                uint digit = (uint)text[at] - '0';
                if (digit <= 9)
                {
                    anyDigit = true;
                    if (significant < MostDigits)
                    {
                        digits = (10 * digits) + digit;
                        if (digits != 0) significant++;
                        if (afterPoint) exponent--;
                    }
                    else
                    {
                        cut |= digit != 0;
                        if (!afterPoint) exponent++;
                    }
                }
                else if (text[at] == point && !afterPoint)
                {
                    afterPoint = true;
                }
                else
                {
                    break;
                }
            }
            if (!anyDigit) return false;
            if (at < text.Length)
            {
                if ((text[at] | 0x20) != 'e' || !TryExponent(text[(at + 1)..], out int power)) return false;
                exponent += power;
            }
            result = new DecimalScan(digits, Math.Clamp(exponent, -HugeExponent, HugeExponent), negative, cut);
            return true;
        }

        private static bool TryExponent(ReadOnlySpan<byte> text, out int power)
        {
            power = 0;
            bool negative = text is [(byte)'-', ..];
            if (negative || text is [(byte)'+', ..]) text = text[1..];
            if (text.IsEmpty) return false;
            foreach (byte b in text)
            {
                if (b is < (byte)'0' or > (byte)'9') return false;
                power = Math.Min(HugeExponent, (10 * power) + (b - '0'));
            }
            if (negative) power = -power;
            return true;
        }
    }
}
