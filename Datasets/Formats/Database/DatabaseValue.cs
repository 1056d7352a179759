using System.Data.Common;
using System.Globalization;
using System.Numerics;
using System.Text;
using MLPath.Data;
using MLPath.Datasets.Text;

namespace MLPath.Datasets.Formats.Database;

/// <summary>Reads a field that is not NULL; false when it does not fit the type.</summary>
/// <typeparam name="T">The raw type.</typeparam>
internal delegate bool TryReadField<T>(DbDataReader reader, int place, out T value);

/// <summary>Conversions from what a provider gives to the raw types of columns.</summary>
internal static class DatabaseValue
{
    /// <summary>Whether a provider's type is a number.</summary>
    public static bool IsNumber(Type field) => IsWhole(field) || field == typeof(float) || field == typeof(double) || field == typeof(decimal);

    /// <summary>The way to read values of a raw type from fields of a provider's type.</summary>
    public static TryReadField<T> Reader<T>(PrimitiveDataViewType type, Type field)
    {
        Delegate read = type switch
        {
            KeyDataViewType key => KeyReader(key, field),
            TextDataViewType => Text(field),
            BooleanDataViewType => Boolean(field),
            DateTimeDataViewType => (TryReadField<DateTime>)TryDateTime,
            DateTimeOffsetDataViewType => (TryReadField<DateTimeOffset>)TryDateTimeOffset,
            TimeSpanDataViewType => (TryReadField<TimeSpan>)TryTimeSpan,
            _ => NumberReader(type.RawType, field),
        };
        return (TryReadField<T>)read;
    }

    private static Delegate NumberReader(Type raw, Type field) =>
        raw == typeof(float) ? Single(field)
        : raw == typeof(double) ? Double(field)
        : raw == typeof(sbyte) ? Whole<sbyte>(field)
        : raw == typeof(byte) ? Whole<byte>(field)
        : raw == typeof(short) ? Whole<short>(field)
        : raw == typeof(ushort) ? Whole<ushort>(field)
        : raw == typeof(int) ? Whole<int>(field)
        : raw == typeof(uint) ? Whole<uint>(field)
        : raw == typeof(long) ? Whole<long>(field)
        : raw == typeof(ulong) ? Whole<ulong>(field)
        : throw new NotSupportedException($"{raw.Name} is not read from databases.");

    private static Delegate KeyReader(KeyDataViewType key, Type field) =>
        key.RawType == typeof(byte) ? Key(Whole<byte>(field), (byte)key.Count)
        : key.RawType == typeof(ushort) ? Key(Whole<ushort>(field), (ushort)key.Count)
        : key.RawType == typeof(uint) ? Key(Whole<uint>(field), (uint)key.Count)
        : Key(Whole<ulong>(field), key.Count);

    private static TryReadField<T> Key<T>(TryReadField<T> number, T count) where T : IBinaryInteger<T> =>
        (reader, place, out value) => number(reader, place, out value) && value <= count;

    private static bool IsWhole(Type field) =>
        field == typeof(int) || field == typeof(long) || field == typeof(short) || field == typeof(byte)
        || field == typeof(sbyte) || field == typeof(ushort) || field == typeof(uint) || field == typeof(ulong);

    private static TryReadField<float> Single(Type field)
    {
        if (field == typeof(float))
        {
            return (reader, place, out value) =>
            {
                value = reader.GetFloat(place);
                return true;
            };
        }
        var wide = Double(field);
        return (reader, place, out value) =>
        {
            bool read = wide(reader, place, out double number);
            value = (float)number;
            return read;
        };
    }

    private static TryReadField<double> Double(Type field)
    {
        Func<DbDataReader, int, double>? get =
            field == typeof(double) ? (reader, place) => reader.GetDouble(place)
            : field == typeof(float) ? (reader, place) => reader.GetFloat(place)
            : field == typeof(decimal) ? (reader, place) => (double)reader.GetDecimal(place)
            : field == typeof(int) ? (reader, place) => reader.GetInt32(place)
            : field == typeof(long) ? (reader, place) => reader.GetInt64(place)
            : field == typeof(short) ? (reader, place) => reader.GetInt16(place)
            : field == typeof(byte) ? (reader, place) => reader.GetByte(place)
            : field == typeof(bool) ? (reader, place) => reader.GetBoolean(place) ? 1 : 0
            : null;
        if (get is null) return TryAnyDouble;
        return (reader, place, out value) =>
        {
            value = get(reader, place);
            return true;
        };
    }

    // The types that few databases have, and those of databases whose fields have no type, only their values.
    private static bool TryAnyDouble(DbDataReader reader, int place, out double value)
    {
        switch (reader.GetValue(place))
        {
            case string text:
                return DecimalNumber.TryParse(Encoding.UTF8.GetBytes(text), out value);
            case IConvertible number when IsNumber(number.GetType()):
                value = number.ToDouble(CultureInfo.InvariantCulture);
                return true;
            default:
                value = 0;
                return false;
        }
    }

    private static TryReadField<T> Whole<T>(Type field) where T : IBinaryInteger<T>
    {
        Func<DbDataReader, int, long>? get =
            field == typeof(int) ? (reader, place) => reader.GetInt32(place)
            : field == typeof(long) ? (reader, place) => reader.GetInt64(place)
            : field == typeof(short) ? (reader, place) => reader.GetInt16(place)
            : field == typeof(byte) ? (reader, place) => reader.GetByte(place)
            : null;
        if (get is null) return TryAnyWhole;
        return (reader, place, out value) =>
        {
            long number = get(reader, place);
            value = T.CreateTruncating(number);
            return long.CreateSaturating(value) == number;
        };
    }

    private static bool TryAnyWhole<T>(DbDataReader reader, int place, out T value) where T : IBinaryInteger<T>
    {
        value = T.Zero;
        switch (reader.GetValue(place))
        {
            case bool truth:
                value = truth ? T.One : T.Zero;
                return true;
            case string text:
                return T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value!);
            case IConvertible number when IsNumber(number.GetType()):
                // Beyond the largest decimal there are no numbers of the integer types.
                if (number is double or float && Math.Abs(number.ToDouble(CultureInfo.InvariantCulture)) is not < 1e28) return false;
                decimal exact = number.ToDecimal(CultureInfo.InvariantCulture);
                if (exact != decimal.Truncate(exact)) return false;
                value = T.CreateSaturating(exact);
                return decimal.CreateSaturating(value) == exact;
            default:
                return false;
        }
    }

    private static TryReadField<bool> Boolean(Type field)
    {
        if (field == typeof(bool))
        {
            return (reader, place, out value) =>
            {
                value = reader.GetBoolean(place);
                return true;
            };
        }
        var whole = Whole<long>(field);
        return (reader, place, out value) =>
        {
            bool read = whole(reader, place, out long number);
            value = number == 1;
            return read && number is 0 or 1;
        };
    }

    private static TryReadField<ReadOnlyMemory<char>> Text(Type field)
    {
        if (field == typeof(string))
        {
            return (reader, place, out value) =>
            {
                value = reader.GetString(place).AsMemory();
                return true;
            };
        }
        return (reader, place, out value) =>
        {
            string? text = reader.GetValue(place) switch
            {
                byte[] => null,
                DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
                DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
                DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                var other => other.ToString(),
            };
            value = text.AsMemory();
            return text is not null;
        };
    }

    private static bool TryDateTime(DbDataReader reader, int place, out DateTime value)
    {
        value = default;
        switch (reader.GetValue(place))
        {
            case DateTime time:
                value = time;
                return true;
            case DateTimeOffset time:
                value = time.UtcDateTime;
                return true;
            case DateOnly date:
                value = date.ToDateTime(TimeOnly.MinValue);
                return true;
            case string text:
                return IsoDateTime.TryParse(Encoding.UTF8.GetBytes(text), out value);
            default:
                return false;
        }
    }

    // A time without offset is in UTC.
    private static bool TryDateTimeOffset(DbDataReader reader, int place, out DateTimeOffset value)
    {
        value = default;
        switch (reader.GetValue(place))
        {
            case DateTimeOffset time:
                value = time;
                return true;
            case DateTime time:
                value = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
                return time.Kind != DateTimeKind.Local;
            case string text:
                return IsoDateTime.TryParse(Encoding.UTF8.GetBytes(text), out value);
            default:
                return false;
        }
    }

    private static bool TryTimeSpan(DbDataReader reader, int place, out TimeSpan value)
    {
        value = default;
        switch (reader.GetValue(place))
        {
            case TimeSpan time:
                value = time;
                return true;
            case TimeOnly time:
                value = time.ToTimeSpan();
                return true;
            case string text:
                return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
            default:
                return false;
        }
    }
}
