using System.Text;

namespace MLPath.Reports.Charts;

/// <summary>Sets numbers as print does: a true minus, and powers of ten with raised exponents.</summary>
internal static class Typeset
{
    /// <summary>Turns <c>-1.5e-6</c> into <c>−1.5×10⁻⁶</c>. Only for what <see cref="NumberFormat"/> wrote.</summary>
    public static string Number(string number)
    {
        var set = new StringBuilder(number.Length + 4);
        var raised = false;
        for (var i = 0; i < number.Length; i++)
        {
            var c = number[i];
            if (c == 'e' && IsExponent(number, i))
            {
                set.Append("×10");
                raised = true;
            }
            else if (raised && (c == '-' || char.IsAsciiDigit(c)))
            {
                set.Append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']);
            }
            else
            {
                raised = false;
                set.Append(c == '-' ? '−' : c);
            }
        }
        return set.ToString();
    }

    // An e between a digit and a digit or minus begins an exponent.
    private static bool IsExponent(string number, int i) => i > 0 && i + 1 < number.Length
        && char.IsAsciiDigit(number[i - 1]) && (char.IsAsciiDigit(number[i + 1]) || number[i + 1] == '-');

    /// <summary>A power of ten: <c>10⁻³</c>.</summary>
    public static string PowerOfTen(int exponent) => Number(FormattableString.Invariant($"1e{exponent}"))[2..];
}
