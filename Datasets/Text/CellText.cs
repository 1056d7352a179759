using System.Globalization;
using System.Numerics;
using System.Text;
using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>How each type of column is written in a cell: which reader takes it, and what errors call it.</summary>
internal static class CellText
{
    /// <summary>UTF-8 that refuses invalid bytes.</summary>
    public static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A reader of cells into a slot of a column.</summary>
    /// <param name="store">The column's values, of any type but row identifiers.</param>
    /// <param name="slot">The slot, 0 for a scalar.</param>
    /// <param name="missing">The cells that mean missing.</param>
    /// <param name="keyValues">The texts of keys 1, 2, … of a key column; null for any other.</param>
    public static CellReader Reader(
        ColumnStore store, int slot, MissingCells missing, IReadOnlyList<string>? keyValues = null) => store switch
        {
            ColumnStore<float> s => new NullableReader<float>(s, slot, DecimalNumber.TryParse, missing, float.NaN),
            ColumnStore<double> s => new NullableReader<double>(s, slot, DecimalNumber.TryParse, missing, double.NaN),
            ColumnStore<ReadOnlyMemory<char>> s => new TextCellReader(s, slot),
            ColumnStore<bool> s => new ValueReader<bool>(s, slot, TryParseBooleanOrDigit),
            ColumnStore<DateTime> s => new ValueReader<DateTime>(s, slot, IsoDateTime.TryParse),
            ColumnStore<DateTimeOffset> s => new ValueReader<DateTimeOffset>(s, slot, IsoDateTime.TryParse),
            ColumnStore<TimeSpan> s => new ValueReader<TimeSpan>(s, slot, TryParseTimeSpan),
            ColumnStore<sbyte> s => new ValueReader<sbyte>(s, slot, TryParseInteger),
            ColumnStore<short> s => new ValueReader<short>(s, slot, TryParseInteger),
            ColumnStore<int> s => new ValueReader<int>(s, slot, TryParseInteger),
            ColumnStore<long> s => new ValueReader<long>(s, slot, TryParseInteger),
            ColumnStore<byte> s => KeyOrInteger(s, slot, missing, keyValues),
            ColumnStore<ushort> s => KeyOrInteger(s, slot, missing, keyValues),
            ColumnStore<uint> s => KeyOrInteger(s, slot, missing, keyValues),
            ColumnStore<ulong> s => KeyOrInteger(s, slot, missing, keyValues),
            _ => throw new NotSupportedException($"A text file cannot hold values of {store.Type}."),
        };

    /// <summary>Reads <c>true</c>, <c>false</c>, <c>yes</c> or <c>no</c> in any case.</summary>
    public static bool TryParseBoolean(ReadOnlySpan<byte> cell, out bool value)
    {
        value = Ascii.EqualsIgnoreCase(cell, "true"u8) || Ascii.EqualsIgnoreCase(cell, "yes"u8);
        return value || Ascii.EqualsIgnoreCase(cell, "false"u8) || Ascii.EqualsIgnoreCase(cell, "no"u8);
    }

    /// <summary>What the cells of a type look like, for errors.</summary>
    public static string Expected(DataViewType type) => type.ItemTypeOrSelf switch
    {
        BooleanDataViewType => "true, false, yes, no, 1 or 0",
        DateTimeDataViewType or DateTimeOffsetDataViewType => "an ISO 8601 date such as 2024-03-01 or 2024-03-01T18:30:00",
        TimeSpanDataViewType => "a duration such as 1.18:30:00",
        KeyDataViewType => "one of the categories that were there in training",
        var t when t.Equals(NumberDataViewType.Single) || t.Equals(NumberDataViewType.Double) => $"a number ({t})",
        var t => $"an integer ({t})",
    };

    /// <summary>A column told to be Boolean may hold digits too.</summary>
    private static bool TryParseBooleanOrDigit(ReadOnlySpan<byte> cell, out bool value)
    {
        if (TryParseBoolean(cell, out value)) return true;
        value = cell is [(byte)'1'];
        return value || cell is [(byte)'0'];
    }

    private static bool TryParseInteger<T>(ReadOnlySpan<byte> cell, out T value) where T : struct, INumberBase<T>
    {
        value = default;
        return T.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseTimeSpan(ReadOnlySpan<byte> cell, out TimeSpan value) =>
        System.Buffers.Text.Utf8Parser.TryParse(cell, out value, out int consumed, 'c') && consumed == cell.Length;

    private static CellReader KeyOrInteger<T>(ColumnStore<T> store, int slot, MissingCells missing, IReadOnlyList<string>? keyValues)
        where T : struct, INumberBase<T>
    {
        if (keyValues is null) return new ValueReader<T>(store, slot, TryParseInteger);

        var keys = new Dictionary<string, T>(StringComparer.Ordinal);
        for (int i = 0; i < keyValues.Count; i++) keys.TryAdd(keyValues[i], T.CreateChecked(i + 1));
        return new NullableReader<T>(store, slot, TryFindKey, missing, T.Zero);

        bool TryFindKey(ReadOnlySpan<byte> cell, out T key) => keys.TryGetValue(Strict.GetString(cell), out key);
    }
}
