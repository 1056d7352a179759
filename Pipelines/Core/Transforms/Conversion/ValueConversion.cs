using System.Globalization;
using System.Numerics;

namespace MLPath.Transforms;

/// <summary>
/// The conversions between primitive types. All are total: what the target cannot hold becomes the nearest value that it can (numbers), or missing
/// (text that does not parse): NaN, or the default value of types that have no missing value.
/// </summary>
internal static class ValueConversion
{
    /// <summary>The conversion between two raw types; null where there is none.</summary>
    public static Func<TIn, TOut>? Find<TIn, TOut>()
    {
        if (typeof(TIn) == typeof(TOut))
            return (Func<TIn, TOut>)(object)(Func<TIn, TIn>)(value => value);
        object? convert = typeof(TOut) switch
        {
            var t when t == typeof(sbyte) => ToNumber<TIn, sbyte>(),
            var t when t == typeof(byte) => ToNumber<TIn, byte>(),
            var t when t == typeof(short) => ToNumber<TIn, short>(),
            var t when t == typeof(ushort) => ToNumber<TIn, ushort>(),
            var t when t == typeof(int) => ToNumber<TIn, int>(),
            var t when t == typeof(uint) => ToNumber<TIn, uint>(),
            var t when t == typeof(long) => TicksOf<TIn>() ?? ToNumber<TIn, long>(),
            var t when t == typeof(ulong) => ToNumber<TIn, ulong>(),
            var t when t == typeof(float) => TicksOf<TIn>() is { } ticks ? (Func<TIn, float>)(v => ticks(v)) : ToNumber<TIn, float>(),
            var t when t == typeof(double) => TicksOf<TIn>() is { } ticks ? (Func<TIn, double>)(v => ticks(v)) : ToNumber<TIn, double>(),
            var t when t == typeof(bool) => ToBoolean<TIn>(),
            var t when t == typeof(ReadOnlyMemory<char>) => ToText<TIn>(),
            var t when typeof(TIn) == typeof(ReadOnlyMemory<char>) && t == typeof(DateTime) => (Func<ReadOnlyMemory<char>, DateTime>)(v => Date(v.Span)),
            var t when typeof(TIn) == typeof(ReadOnlyMemory<char>) && t == typeof(DateTimeOffset) => (Func<ReadOnlyMemory<char>, DateTimeOffset>)(v => DateWithOffset(v.Span)),
            var t when typeof(TIn) == typeof(ReadOnlyMemory<char>) && t == typeof(TimeSpan) =>
                (Func<ReadOnlyMemory<char>, TimeSpan>)(v => TimeSpan.TryParse(v.Span, CultureInfo.InvariantCulture, out var duration) ? duration : default),
            _ => null,
        };
        return (Func<TIn, TOut>?)convert;
    }

    // Numbers are rounded to floating point, and cut towards 0 and to the range of integers.
    private static Func<TIn, TOut>? ToNumber<TIn, TOut>() where TOut : struct, INumber<TOut>
    {
        object? convert = typeof(TIn) switch
        {
            var t when t == typeof(sbyte) => (Func<sbyte, TOut>)TOut.CreateSaturating,
            var t when t == typeof(byte) => (Func<byte, TOut>)TOut.CreateSaturating,
            var t when t == typeof(short) => (Func<short, TOut>)TOut.CreateSaturating,
            var t when t == typeof(ushort) => (Func<ushort, TOut>)TOut.CreateSaturating,
            var t when t == typeof(int) => (Func<int, TOut>)TOut.CreateSaturating,
            var t when t == typeof(uint) => (Func<uint, TOut>)TOut.CreateSaturating,
            var t when t == typeof(long) => (Func<long, TOut>)TOut.CreateSaturating,
            var t when t == typeof(ulong) => (Func<ulong, TOut>)TOut.CreateSaturating,
            var t when t == typeof(float) => (Func<float, TOut>)TOut.CreateSaturating,
            var t when t == typeof(double) => (Func<double, TOut>)TOut.CreateSaturating,
            var t when t == typeof(bool) => (Func<bool, TOut>)(v => v ? TOut.One : TOut.Zero),
            var t when t == typeof(ReadOnlyMemory<char>) => (Func<ReadOnlyMemory<char>, TOut>)(v => Parse<TOut>(v.Span.Trim())),
            _ => null,
        };
        return (Func<TIn, TOut>?)convert;
    }

    private static TOut Parse<TOut>(ReadOnlySpan<char> text) where TOut : struct, INumber<TOut> =>
        TOut.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : PrimitiveValues<TOut>.Missing;

    private static Func<TIn, long>? TicksOf<TIn>()
    {
        object? ticks = typeof(TIn) switch
        {
            var t when t == typeof(DateTime) => (Func<DateTime, long>)(v => v.Ticks),
            var t when t == typeof(DateTimeOffset) => (Func<DateTimeOffset, long>)(v => v.UtcTicks),
            var t when t == typeof(TimeSpan) => (Func<TimeSpan, long>)(v => v.Ticks),
            _ => null,
        };
        return (Func<TIn, long>?)ticks;
    }

    private static Func<TIn, bool>? ToBoolean<TIn>()
    {
        if (typeof(TIn) == typeof(ReadOnlyMemory<char>))
            return (Func<TIn, bool>)(object)(Func<ReadOnlyMemory<char>, bool>)(v => IsTrue(v.Span.Trim()));
        return ToNumber<TIn, double>() is { } number ? v => number(v) is var x && x != 0 && !double.IsNaN(x) : null;
    }

    private static bool IsTrue(ReadOnlySpan<char> text)
    {
        foreach (string word in (ReadOnlySpan<string>)["true", "t", "yes", "y", "1", "+1", "+"])
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static Func<TIn, ReadOnlyMemory<char>>? ToText<TIn>()
    {
        if (typeof(TIn) == typeof(bool))
            return (Func<TIn, ReadOnlyMemory<char>>)(object)(Func<bool, ReadOnlyMemory<char>>)(v => (v ? "1" : "0").AsMemory());
        return v => PrimitiveValues<TIn>.IsMissing(v) ? default : PrimitiveValues<TIn>.Text(v).AsMemory();
    }

    // Text with an offset is brought to UTC, so that the machine's time zone plays no part.
    private static DateTime Date(ReadOnlySpan<char> text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault, out var date)
            ? DateTime.SpecifyKind(date, DateTimeKind.Unspecified)
            : default;

    // A time without a date would get the day of the conversion, so it does not count as a date.
    private static DateTimeOffset DateWithOffset(ReadOnlySpan<char> text) =>
        Date(text).Date != default
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : default;
}
