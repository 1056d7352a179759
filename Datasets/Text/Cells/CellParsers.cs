using System.Globalization;
using System.Numerics;
using System.Text;

namespace MLPath.Datasets.Text;

/// <summary>Reads a value from the text of a cell. Implemented by structures, so that the loops over cells call it directly.</summary>
internal interface ICellParser<T>
{
    bool TryParse(ReadOnlySpan<byte> cell, out T value);
}

/// <summary>Reads <c>true</c>, <c>false</c>, <c>yes</c>, <c>no</c> in any case; also <c>1</c> and <c>0</c> where the type was given.</summary>
internal readonly struct BooleanParser(bool digits) : ICellParser<bool>
{
    public bool TryParse(ReadOnlySpan<byte> cell, out bool value)
    {
        value = Ascii.EqualsIgnoreCase(cell, "true"u8) || Ascii.EqualsIgnoreCase(cell, "yes"u8) || (digits && cell is [(byte)'1']);
        return value || Ascii.EqualsIgnoreCase(cell, "false"u8) || Ascii.EqualsIgnoreCase(cell, "no"u8) || (digits && cell is [(byte)'0']);
    }
}

/// <summary>Reads whole numbers.</summary>
internal readonly struct IntegerParser<T> : ICellParser<T> where T : struct, INumberBase<T>
{
    public bool TryParse(ReadOnlySpan<byte> cell, out T value) =>
        T.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}

/// <summary>Reads real numbers, with what point the rules say.</summary>
internal readonly struct SingleParser(byte point) : ICellParser<float>
{
    public bool TryParse(ReadOnlySpan<byte> cell, out float value) => DecimalNumber.TryParse(cell, out value, point);
}

/// <inheritdoc cref="SingleParser"/>
internal readonly struct DoubleParser(byte point) : ICellParser<double>
{
    public bool TryParse(ReadOnlySpan<byte> cell, out double value) => DecimalNumber.TryParse(cell, out value, point);
}

/// <summary>Reads ISO 8601 dates and times.</summary>
internal readonly struct DateTimeParser : ICellParser<DateTime>
{
    public bool TryParse(ReadOnlySpan<byte> cell, out DateTime value) => IsoDateTime.TryParse(cell, out value);
}

/// <summary>Reads ISO 8601 dates and times with an offset.</summary>
internal readonly struct DateTimeOffsetParser : ICellParser<DateTimeOffset>
{
    public bool TryParse(ReadOnlySpan<byte> cell, out DateTimeOffset value) => IsoDateTime.TryParse(cell, out value);
}

/// <summary>Reads durations.</summary>
internal readonly struct TimeSpanParser : ICellParser<TimeSpan>
{
    public bool TryParse(ReadOnlySpan<byte> cell, out TimeSpan value) =>
        System.Buffers.Text.Utf8Parser.TryParse(cell, out value, out int consumed, 'c') && consumed == cell.Length;
}

/// <summary>Reads keys written as the texts they stand for.</summary>
internal readonly struct KeyTextParser<T> : ICellParser<T> where T : struct, INumberBase<T>
{
    private readonly Dictionary<string, T> _keys = new(StringComparer.Ordinal);

    public KeyTextParser(IReadOnlyList<string> texts)
    {
        for (int i = 0; i < texts.Count; i++) _keys.TryAdd(texts[i], T.CreateChecked(i + 1));
    }

    public bool TryParse(ReadOnlySpan<byte> cell, out T value)
    {
        value = default;
        return System.Text.Unicode.Utf8.IsValid(cell) && _keys.TryGetValue(Encoding.UTF8.GetString(cell), out value);
    }
}

/// <summary>Reads keys written as their places from 0, as ML.NET does; a place beyond the last is missing.</summary>
internal readonly struct KeyPlaceParser<T>(ulong count) : ICellParser<T> where T : struct, INumberBase<T>
{
    public bool TryParse(ReadOnlySpan<byte> cell, out T value)
    {
        bool read = ulong.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out ulong place);
        value = read && place < count ? T.CreateChecked(place + 1) : default;
        return read;
    }
}

/// <summary>Reads cells as text. Equal texts share one string as long as a column has few of them, as categories do.</summary>
internal readonly struct TextParser() : ICellParser<ReadOnlyMemory<char>>
{
    private const int MostShared = 4096;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _shared =
        new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TryParse(ReadOnlySpan<byte> cell, out ReadOnlyMemory<char> value)
    {
        value = default;
        if (cell.IsEmpty) return true;
        char[]? rented = null;
        // UTF-8 never has fewer bytes than UTF-16 has characters.
        var decoded = cell.Length <= 256 ? stackalloc char[256] : rented = System.Buffers.ArrayPool<char>.Shared.Rent(cell.Length);
        bool valid = System.Text.Unicode.Utf8.ToUtf16(cell, decoded, out _, out int length, replaceInvalidSequences: false)
            == System.Buffers.OperationStatus.Done;
        if (valid) value = Share(decoded[..length]).AsMemory();
        if (rented is not null) System.Buffers.ArrayPool<char>.Shared.Return(rented);
        return valid;
    }

    private string Share(ReadOnlySpan<char> text)
    {
        if (_shared.TryGetValue(text, out string? shared)) return shared;
        shared = text.ToString();
        if (_shared.Set.Count < MostShared) _shared.Set.Add(shared);
        return shared;
    }
}
