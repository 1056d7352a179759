namespace MLPath.Datasets.Formats.Arff;

/// <summary>
/// Reads dates by a pattern of Java's SimpleDateFormat, which ARFF files state: <c>yyyy-MM-dd'T'HH:mm:ss</c>, <c>dd/MM/yy</c>,
/// <c>MMM d, yyyy h:mm a</c>, …
/// </summary>
/// <remarks>
/// Letters: y year (two digits are 1970 to 2069, so that the result does not depend on today), M month (a number, or from MMM its English
/// name), d day, E English name of the day (which is not checked), H hour 0–23, k hour 1–24, h hour 1–12, K hour 0–11, a AM or PM, m minute,
/// s second, S millisecond, Z or X offset from UTC, z <c>UTC</c> or <c>GMT</c>. With an offset the result is in UTC.
/// </remarks>
internal sealed class JavaDateFormat
{
    /// <summary>The pattern of attributes that state none.</summary>
    public const string Default = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>An hour that the pattern's clock does not have, far enough below 0 to stay there in the afternoon.</summary>
    private const int NoHour = -24;

    private const string Letters = "yMdEHkhKamsSZXz";

    private static readonly string[] s_months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] s_days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private readonly List<(char Letter, int Count, string Literal)> _parts = [];

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">The pattern has a letter that is not supported, or a quote that is not closed.</exception>
    public JavaDateFormat(string pattern)
    {
        for (int i = 0; i < pattern.Length;)
        {
            char c = pattern[i];
            if (c == '\'')
            {
                i = AddQuoted(pattern, i);
            }
            else if (char.IsAsciiLetter(c))
            {
                if (!Letters.Contains(c, StringComparison.Ordinal)) throw new FormatException($"the letter '{c}' is not supported; {Letters} are");
                int count = 1;
                while (i + count < pattern.Length && pattern[i + count] == c) count++;
                _parts.Add((c, count, ""));
                i += count;
            }
            else
            {
                AddLiteral(c.ToString());
                i++;
            }
        }
    }

    /// <summary>Reads a date; false when the text does not follow the pattern, or is no date.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out DateTime value)
    {
        var fields = new Fields { Year = 1970, Month = 1, Day = 1 };
        value = default;
        for (int i = 0; i < _parts.Count; i++)
        {
            var (letter, count, literal) = _parts[i];
            bool read = letter == '\0' ? TryLiteral(ref text, literal) : TryField(ref text, letter, count, DigitsFollow(i + 1), ref fields);
            if (!read) return false;
        }
        return text.IsEmpty && fields.TryGet(out value);
    }

    // Within quotes and without, two quotes stand for one. Returns the place behind the text.
    private int AddQuoted(string pattern, int start)
    {
        if (pattern.AsSpan(start).StartsWith("''", StringComparison.Ordinal))
        {
            AddLiteral("'");
            return start + 2;
        }
        int from = start + 1;
        while (true)
        {
            int end = pattern.IndexOf('\'', from);
            if (end < 0) throw new FormatException("a quote is not closed");
            AddLiteral(pattern[from..end]);
            if (end + 1 == pattern.Length || pattern[end + 1] != '\'') return end + 1;
            AddLiteral("'");
            from = end + 2;
        }
    }

    private void AddLiteral(string text) => _parts.Add(('\0', 0, text));

    // Numbers that touch, as in yyyyMMdd, have the width of their letters; others may be of any width.
    private bool DigitsFollow(int part) =>
        part < _parts.Count && _parts[part].Letter is not ('\0' or 'E' or 'a' or 'Z' or 'X' or 'z') && !(_parts[part].Letter == 'M' && _parts[part].Count > 2);

    private static bool TryLiteral(ref ReadOnlySpan<byte> text, string literal)
    {
        foreach (char c in literal)
        {
            if (c > 0x7F || text.IsEmpty || text[0] != c) return false;
            text = text[1..];
        }
        return true;
    }

    private static bool TryField(ref ReadOnlySpan<byte> text, char letter, int count, bool fixedWidth, ref Fields fields)
    {
        switch (letter)
        {
            case 'M' when count > 2:
                return TryName(ref text, s_months, out fields.Month);
            case 'E':
                return TryName(ref text, s_days, out _);
            case 'a':
                fields.IsHalfDay = true;
                if (text.Length < 2 || (text[1] | 0x20) != 'm' || (text[0] | 0x20) is not ('a' or 'p')) return false;
                fields.Afternoon = (text[0] | 0x20) == 'p';
                text = text[2..];
                return true;
            case 'Z' or 'X' or 'z':
                return TryOffset(ref text, out fields.Offset);
        }
        int before = text.Length;
        if (!TryNumber(ref text, fixedWidth ? count : 9, fixedWidth, out int number)) return false;
        switch (letter)
        {
            case 'y':
                fields.Year = before - text.Length <= 2 && count <= 2 ? number + (number < 70 ? 2000 : 1900) : number;
                break;
            case 'M':
                fields.Month = number;
                break;
            case 'd':
                fields.Day = number;
                break;
            case 'H':
                fields.Hour = number;
                break;
            case 'K':
                fields.Hour = number > 11 ? NoHour : number;
                break;
            case 'k':
                fields.Hour = number == 24 ? 0 : number == 0 ? NoHour : number;
                break;
            case 'h':
                fields.Hour = number == 12 ? 0 : number is 0 or > 12 ? NoHour : number;
                break;
            case 'm':
                fields.Minute = number;
                break;
            case 's':
                fields.Second = number;
                break;
            default:
                fields.Millisecond = number;
                break;
        }
        return true;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> text, int most, bool exactly, out int number)
    {
        number = 0;
        int digits = 0;
        while (digits < most && digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9') number = (10 * number) + text[digits++] - '0';
        text = text[digits..];
        return digits > 0 && (!exactly || digits == most);
    }

    // The whole name, or its first three letters.
    private static bool TryName(ref ReadOnlySpan<byte> text, string[] names, out int number)
    {
        number = 0;
        int letters = 0;
        while (letters < text.Length && char.IsAsciiLetter((char)text[letters])) letters++;
        for (int i = 0; i < names.Length; i++)
        {
            if ((letters == 3 || letters == names[i].Length) && System.Text.Ascii.EqualsIgnoreCase(text[..letters], names[i].AsSpan(0, letters)))
            {
                number = i + 1;
                text = text[letters..];
                return true;
            }
        }
        return false;
    }

    private static bool TryOffset(ref ReadOnlySpan<byte> text, out TimeSpan? offset)
    {
        offset = TimeSpan.Zero;
        if (text.StartsWith("UTC"u8) || text.StartsWith("GMT"u8))
        {
            text = text[3..];
            return true;
        }
        if (text is [(byte)'Z', ..])
        {
            text = text[1..];
            return true;
        }
        if (text is not [(byte)'+' or (byte)'-', ..]) return false;
        int sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        if (!TryNumber(ref text, 2, exactly: true, out int hours)) return false;
        if (text is [(byte)':', ..]) text = text[1..];
        int minutes = 0;
        if (!text.IsEmpty && !TryNumber(ref text, 2, exactly: true, out minutes)) return false;
        if (minutes > 59 || (60 * hours) + minutes > 14 * 60) return false;
        offset = TimeSpan.FromMinutes(sign * ((60 * hours) + minutes));
        return true;
    }

    private struct Fields
    {
        public int Year;
        public int Month;
        public int Day;
        public int Hour;
        public int Minute;
        public int Second;
        public int Millisecond;
        public bool IsHalfDay;
        public bool Afternoon;
        public TimeSpan? Offset;

        public readonly bool TryGet(out DateTime value)
        {
            value = default;
            int hour = IsHalfDay && Afternoon ? Hour + 12 : Hour;
            if (Year is < 1 or > 9999 || Month is < 1 or > 12 || Day < 1 || Day > DateTime.DaysInMonth(Year, Month)
                || hour is < 0 or > 23 || Minute > 59 || Second > 59 || Millisecond > 999)
            {
                return false;
            }
            value = new DateTime(Year, Month, Day, hour, Minute, Second, Millisecond, DateTimeKind.Unspecified);
            if (Offset is not { } offset) return true;
            long utc = value.Ticks - offset.Ticks;
            if ((ulong)utc > (ulong)DateTime.MaxValue.Ticks) return false;
            value = new DateTime(utc, DateTimeKind.Utc);
            return true;
        }
    }
}
