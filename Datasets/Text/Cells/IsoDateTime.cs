namespace MLPath.Datasets.Text;

/// <summary>
/// Reads ISO 8601 dates and times as data files hold them: <c>2024-03-01</c>, or a date, <c>T</c> or a blank, <c>hh:mm[:ss[.fffffff]]</c>
/// and an optional <c>Z</c> or <c>±hh:mm</c>. Nothing else, so that what is read as a date was meant as one.
/// </summary>
internal static class IsoDateTime
{
    /// <summary>Reads a date and time; one with an offset is converted to UTC.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime value)
    {
        if (!TryScan(text, out value, out var offset)) return false;
        if (offset is null) return true;
        if (!IsInRange(value, offset.Value)) return false;
        value = DateTime.SpecifyKind(value - offset.Value, DateTimeKind.Utc);
        return true;
    }

    /// <summary>Reads a date and time with its offset; one without is UTC.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (!TryScan(text, out var local, out var offset) || !IsInRange(local, offset.GetValueOrDefault())) return false;
        value = new DateTimeOffset(local, offset.GetValueOrDefault());
        return true;
    }

    private static bool IsInRange(DateTime local, TimeSpan offset) =>
        (ulong)(local.Ticks - offset.Ticks) <= (ulong)DateTime.MaxValue.Ticks;

    private static bool TryScan(ReadOnlySpan<byte> text, out DateTime value, out TimeSpan? offset)
    {
        value = default;
        offset = null;
        if (!TryDigits(ref text, 4, out int year) || !TrySkip(ref text, '-')
            || !TryDigits(ref text, 2, out int month) || !TrySkip(ref text, '-')
            || !TryDigits(ref text, 2, out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }
        value = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        if (text.IsEmpty) return true;
        return (TrySkip(ref text, 'T') || TrySkip(ref text, ' '))
            && TryTime(ref text, ref value) && TryOffset(ref text, out offset) && text.IsEmpty;
    }

    private static bool TryTime(ref ReadOnlySpan<byte> text, ref DateTime value)
    {
        if (!TryDigits(ref text, 2, out int hour) || !TrySkip(ref text, ':') || !TryDigits(ref text, 2, out int minute)) return false;
        int second = 0;
        long ticks = 0;
        if (TrySkip(ref text, ':') && (!TryDigits(ref text, 2, out second) || !TryFraction(ref text, out ticks))) return false;
        if (hour > 23 || minute > 59 || second > 59) return false;
        value = value.AddTicks(new TimeSpan(hour, minute, second).Ticks + ticks);
        return true;
    }

    /// <summary>Up to seven decimals of a second, the resolution of a tick; further ones are cut off.</summary>
    private static bool TryFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (!TrySkip(ref text, '.')) return true;
        int digits = 0;
        for (; digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
        {
            if (digits < 7) ticks = (10 * ticks) + (text[digits] - '0');
        }
        text = text[digits..];
        for (int i = digits; i < 7; i++) ticks *= 10;
        return digits > 0;
    }

    private static bool TryOffset(ref ReadOnlySpan<byte> text, out TimeSpan? offset)
    {
        offset = null;
        if (text.IsEmpty) return true;
        if (TrySkip(ref text, 'Z'))
        {
            offset = TimeSpan.Zero;
            return true;
        }
        bool negative = TrySkip(ref text, '-');
        if ((!negative && !TrySkip(ref text, '+')) || !TryDigits(ref text, 2, out int hours)) return false;
        TrySkip(ref text, ':');
        if (!TryDigits(ref text, 2, out int minutes) || minutes > 59 || (60 * hours) + minutes > 14 * 60) return false;
        offset = TimeSpan.FromMinutes(negative ? -((60 * hours) + minutes) : (60 * hours) + minutes);
        return true;
    }

    private static bool TryDigits(ref ReadOnlySpan<byte> text, int count, out int value)
    {
        value = 0;
        if (text.Length < count) return false;
        foreach (byte b in text[..count])
        {
            if (b is < (byte)'0' or > (byte)'9') return false;
            value = (10 * value) + (b - '0');
        }
        text = text[count..];
        return true;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected) return false;
        text = text[1..];
        return true;
    }
}
