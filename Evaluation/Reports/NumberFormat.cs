using System.Globalization;

namespace MLPath.Reports;

/// <summary>
/// Writes numbers for people: as many digits as the evidence supports, thousands separated, times in the unit that fits.
/// The culture is always the invariant one, and what is not a number is <c>n/a</c>.
/// </summary>
public static class NumberFormat
{
    private const string NotAvailable = "n/a";
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Writes a value as its kind asks.</summary>
    /// <param name="value">The value: a fraction of one for percentages, seconds for times.</param>
    /// <param name="kind">How to write it.</param>
    /// <param name="decimals">Decimals for numbers and percentages; null chooses.</param>
    /// <returns>The text.</returns>
    public static string Format(double value, ValueKind kind, int? decimals = null) => kind switch
    {
        ValueKind.Integer => Integer(value),
        ValueKind.Percent => Percent(value, decimals ?? 1),
        ValueKind.Seconds => Seconds(value),
        ValueKind.Bytes => Bytes(value),
        ValueKind.PValue => PValue(value),
        _ => decimals is { } d ? Fixed(value, d) : Number(value),
    };

    /// <summary>
    /// Writes a number with the given significant digits and without trailing zeros; in powers of ten (<c>1.5e-6</c>) below
    /// 0.0001 and from ten million.
    /// </summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">Significant digits, 1 to 15. Default 4.</param>
    /// <returns>The text, for example <c>0.9667</c>, <c>12,346</c>, <c>1.5e-6</c>.</returns>
    public static string Number(double value, int digits = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 15);
        if (NonFinite(value) is { } word)
            return word;
        var size = Math.Abs(value);
        if (size == 0)
            return "0";
        if (size is < 1e-4 or >= 1e7)
            return Scientific(value, digits);
        return TrimZeros(Fixed(value, Math.Max(0, digits - 1 - Exponent(size))));
    }

    /// <summary>Writes a number with a fixed count of decimals and its thousands separated.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">Decimals, 0 to 15.</param>
    /// <returns>The text, for example <c>1,234.50</c>; never a negative zero.</returns>
    public static string Fixed(double value, int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 15);
        if (NonFinite(value) is { } word)
            return word;
        if (Math.Abs(value) >= 1e15)
            return Scientific(value, 4);
        var text = value.ToString("N" + decimals.ToString(Culture), Culture);
        return text.StartsWith('-') && text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text[1..] : text;
    }

    /// <summary>Writes a count whole with its thousands separated; what is not whole, such as a sum of weights, as a number.</summary>
    /// <param name="value">The count.</param>
    /// <returns>The text, for example <c>12,345</c>.</returns>
    public static string Integer(double value) => double.IsInteger(value) ? Fixed(value, 0) : Number(value);

    /// <summary>Writes a fraction of one as a percentage.</summary>
    /// <param name="fraction">The fraction: 0.967 is 96.7%.</param>
    /// <param name="decimals">Decimals of the percentage. Default 1.</param>
    /// <returns>The text, for example <c>96.7%</c>.</returns>
    public static string Percent(double fraction, int decimals = 1) =>
        NonFinite(fraction) ?? Fixed(100 * fraction, decimals) + "%";

    /// <summary>Writes a time in the unit that fits it.</summary>
    /// <param name="seconds">The time in seconds.</param>
    /// <returns>The text, for example <c>8.21 ms</c>, <c>1.42 s</c>, <c>3 min 12 s</c>, <c>2 h 05 min</c>.</returns>
    public static string Seconds(double seconds)
    {
        if (NonFinite(seconds) is { } word)
            return word;
        if (seconds < 0)
            return "-" + Seconds(-seconds);
        // Each limit is where the smaller unit would round to a whole larger one.
        if (seconds == 0)
            return "0 s";
        if (seconds < 0.9995e-3)
            return Number(seconds * 1e6, 3) + " µs";
        if (seconds < 0.9995)
            return Number(seconds * 1e3, 3) + " ms";
        if (seconds < 59.95)
            return Number(seconds, 3) + " s";
        if (seconds < 3599.5)
        {
            var whole = Math.Round(seconds);
            return $"{Fixed(Math.Floor(whole / 60), 0)} min {(whole % 60).ToString("00", Culture)} s";
        }
        var minutes = Math.Round(seconds / 60);
        return $"{Fixed(Math.Floor(minutes / 60), 0)} h {(minutes % 60).ToString("00", Culture)} min";
    }

    /// <summary>Writes a size in the decimal unit that fits it: a kB is 1000 bytes.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <returns>The text, for example <c>812 B</c>, <c>12.3 kB</c>, <c>1.42 MB</c>.</returns>
    public static string Bytes(double bytes)
    {
        if (NonFinite(bytes) is { } word)
            return word;
        if (bytes < 0)
            return "-" + Bytes(-bytes);
        // Each limit is where the smaller unit would round to a whole larger one.
        return bytes switch
        {
            < 999.5 => Number(bytes, 3) + " B",
            < 999.5e3 => Number(bytes / 1e3, 3) + " kB",
            < 999.5e6 => Number(bytes / 1e6, 3) + " MB",
            _ => Number(bytes / 1e9, 3) + " GB",
        };
    }

    /// <summary>Writes a p-value.</summary>
    /// <param name="p">The probability.</param>
    /// <returns>Three decimals, or <c>&lt; 0.001</c> where these would be zeros.</returns>
    public static string PValue(double p) => p is >= 0 and < 0.0005 ? "< 0.001" : Fixed(p, 3);

    /// <summary>
    /// The decimals that an interval supports: two significant digits of its half-width, as is usual for an uncertainty. Digits
    /// beyond these would be noise.
    /// </summary>
    /// <param name="interval">The interval.</param>
    /// <param name="kind">What the interval measures; decimals of a percentage are of its hundredths.</param>
    /// <returns>The decimals, 0 to 12, or null where the interval has no width and says nothing.</returns>
    public static int? SupportedDecimals(ReportInterval interval, ValueKind kind = ValueKind.Number)
    {
        var halfWidth = (interval.High - interval.Low) / 2 * (kind == ValueKind.Percent ? 100 : 1);
        if (!double.IsFinite(halfWidth) || halfWidth <= 0)
            return null;
        // A half-width of 0.001 that was computed may come out a hair below it.
        return Math.Clamp(1 - Exponent(halfWidth * (1 + 1e-9)), 0, kind == ValueKind.Percent ? 3 : 12);
    }

    /// <summary>Writes an estimate with the interval around it, both to the digits that the interval supports.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="kind">How to write both. Default <see cref="ValueKind.Number"/>.</param>
    /// <param name="decimals">Decimals; null chooses what the interval supports.</param>
    /// <returns>The text, for example <c>96.7% [94.2, 98.4]</c>.</returns>
    public static string Estimate(double value, ReportInterval interval, ValueKind kind = ValueKind.Number, int? decimals = null)
    {
        var shown = decimals ?? SupportedDecimals(interval, kind);
        return $"{Format(value, kind, shown)} {Interval(interval, kind, shown)}";
    }

    /// <summary>Writes an interval in brackets, without the sign of percent that the estimate before it carries.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="kind">How to write its ends.</param>
    /// <param name="decimals">Decimals; null chooses what the interval supports.</param>
    /// <returns>The text, for example <c>[94.2, 98.4]</c>.</returns>
    public static string Interval(ReportInterval interval, ValueKind kind = ValueKind.Number, int? decimals = null)
    {
        var shown = decimals ?? SupportedDecimals(interval, kind);
        return $"[{End(interval.Low)}, {End(interval.High)}]";

        string End(double value) => Format(value, kind, shown).TrimEnd('%');
    }

    /// <summary>The exponent of the first significant digit: 0 for 1 to 9.99, -2 for 0.05.</summary>
    internal static int Exponent(double size) => (int)Math.Floor(Math.Log10(size));

    private static string Scientific(double value, int digits)
    {
        var text = value.ToString("E" + (digits - 1).ToString(Culture), Culture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        return TrimZeros(text[..e]) + "e" + int.Parse(text[(e + 1)..], Culture).ToString(Culture);
    }

    private static string TrimZeros(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    private static string? NonFinite(double value) =>
        double.IsNaN(value) ? NotAvailable : double.IsPositiveInfinity(value) ? "∞" : double.IsNegativeInfinity(value) ? "-∞" : null;
}
