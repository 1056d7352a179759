using System.Globalization;
using System.Text.Json;
using MLPath.Data;

namespace MLPath.Runtime;

/// <summary>How a value of a raw type is written as JSON, and read again to the bit.</summary>
/// <typeparam name="T">A raw type of a <see cref="PrimitiveDataViewType"/>.</typeparam>
internal sealed class RawValueJson<T>(Action<Utf8JsonWriter, T> write, RawValueReader<T> tryRead)
{
    /// <summary>The way for this type.</summary>
    internal static RawValueJson<T> Instance { get; } = (RawValueJson<T>)RawValueJson.Of(typeof(T));

    internal void Write(Utf8JsonWriter json, T value) => write(json, value);

    /// <summary>Reads a value, or returns false where the JSON holds none of the type.</summary>
    internal bool TryRead(JsonElement json, out T value) => tryRead(json, out value);
}

/// <summary>Reads a value, or returns false where the JSON holds none of the type.</summary>
internal delegate bool RawValueReader<T>(JsonElement json, out T value);

/// <summary>The ways for all raw types: numbers as numbers (NaN and the infinities as text), truth values, text, and times in ISO form.</summary>
internal static class RawValueJson
{
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    internal static object Of(Type type) =>
        type == typeof(sbyte) ? Integer<sbyte>((json, value) => json.WriteNumberValue(value), (json, out value) => json.TryGetSByte(out value))
        : type == typeof(byte) ? Integer<byte>((json, value) => json.WriteNumberValue(value), (json, out value) => json.TryGetByte(out value))
        : type == typeof(short) ? Integer<short>((json, value) => json.WriteNumberValue(value), (json, out value) => json.TryGetInt16(out value))
        : type == typeof(ushort) ? Integer<ushort>((json, value) => json.WriteNumberValue(value), (json, out value) => json.TryGetUInt16(out value))
        : type == typeof(int) ? Integer<int>((json, value) => json.WriteNumberValue(value), (json, out value) => json.TryGetInt32(out value))
        : type == typeof(uint) ? Integer<uint>((json, value) => json.WriteNumberValue(value), (json, out value) => json.TryGetUInt32(out value))
        : type == typeof(long) ? Integer<long>((json, value) => json.WriteNumberValue(value), (json, out value) => json.TryGetInt64(out value))
        : type == typeof(ulong) ? Integer<ulong>((json, value) => json.WriteNumberValue(value), (json, out value) => json.TryGetUInt64(out value))
        : type == typeof(float) ? new RawValueJson<float>(ModelJson.WriteNumber, ModelJson.TryReadNumber)
        : type == typeof(double) ? new RawValueJson<double>(ModelJson.WriteNumber, ModelJson.TryReadNumber)
        : type == typeof(bool) ? new RawValueJson<bool>((json, value) => json.WriteBooleanValue(value), TryReadBoolean)
        : type == typeof(ReadOnlyMemory<char>) ? new RawValueJson<ReadOnlyMemory<char>>((json, value) => json.WriteStringValue(value.Span), TryReadText)
        : type == typeof(DateTime) ? Text(
            value => value.ToString("O", s_invariant),
            (string text, out DateTime value) => DateTime.TryParseExact(text, "O", s_invariant, DateTimeStyles.RoundtripKind, out value))
        : type == typeof(DateTimeOffset) ? Text(
            value => value.ToString("O", s_invariant),
            (string text, out DateTimeOffset value) => DateTimeOffset.TryParseExact(text, "O", s_invariant, DateTimeStyles.None, out value))
        : type == typeof(TimeSpan) ? Text(
            value => value.ToString("c", s_invariant),
            (string text, out TimeSpan value) => TimeSpan.TryParseExact(text, "c", s_invariant, out value))
        : type == typeof(DataViewRowId) ? Text<DataViewRowId>(value => new UInt128(value.High, value.Low).ToString("x32", s_invariant), TryParseRowId)
        : throw new ArgumentException($"{type.Name} is not the raw type of a column.", nameof(type));

    private delegate bool Parser<T>(string text, out T value);

    private static RawValueJson<T> Integer<T>(Action<Utf8JsonWriter, T> write, RawValueReader<T> tryRead) where T : struct => new(
        write,
        (json, out value) =>
        {
            value = default;
            return json.ValueKind == JsonValueKind.Number && tryRead(json, out value);
        });

    private static RawValueJson<T> Text<T>(Func<T, string> format, Parser<T> tryParse) where T : struct => new(
        (json, value) => json.WriteStringValue(format(value)),
        (json, out value) =>
        {
            value = default;
            return json.ValueKind == JsonValueKind.String && tryParse(json.GetString()!, out value);
        });

    private static bool TryReadBoolean(JsonElement json, out bool value)
    {
        value = json.ValueKind == JsonValueKind.True;
        return json.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }

    private static bool TryReadText(JsonElement json, out ReadOnlyMemory<char> value)
    {
        value = json.ValueKind == JsonValueKind.String ? json.GetString().AsMemory() : default;
        return json.ValueKind == JsonValueKind.String;
    }

    private static bool TryParseRowId(string text, out DataViewRowId value)
    {
        var parsed = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, s_invariant, out var bits);
        value = new((ulong)bits, (ulong)(bits >> 64));
        return parsed;
    }
}
