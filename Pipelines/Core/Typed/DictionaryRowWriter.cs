using System.Collections;
using System.Globalization;
using MLPath.Runtime;

namespace MLPath.Data;

/// <summary>A value that cannot be what its column needs; whoever knows the row and the column says it in full.</summary>
internal sealed class DictionaryValueException(string message) : FormatException(message);

/// <summary>
/// Turns dictionaries from column names to values into columns, under a schema that is known at run time only. Immutable; what
/// <see cref="Open"/> returns serves one thread at a time.
/// </summary>
/// <remarks>
/// Numbers may be of any numeric type that holds the column's values exactly (an integer) or to its precision (a float); dates and times
/// may be ISO 8601 texts; vectors any sequence; keys their value, where values are known, and their number otherwise. Null is the missing
/// value: NaN, the missing key, empty text, an empty ragged vector, and an error for all other columns.
/// </remarks>
internal sealed class DictionaryRowWriter
{
    private readonly Func<ColumnBuffer, Action<object?>>[] _writers;
    private readonly bool _absentIsMissing;

    /// <summary>Prepares the writing of rows.</summary>
    /// <param name="schema">The columns, visible ones only.</param>
    /// <param name="absentIsMissing">Whether a name that a row lacks is a missing value; an error otherwise.</param>
    public DictionaryRowWriter(DataViewSchema schema, bool absentIsMissing)
    {
        (Schema, _absentIsMissing) = (schema, absentIsMissing);
        _writers = [.. schema.Select(c => c.Type.Accept(new Writer(c)))];
    }

    public DataViewSchema Schema { get; }

    public RowAppender<IReadOnlyDictionary<string, object?>> Open(ReadOnlySpan<ColumnBuffer?> columns)
    {
        var buffers = new List<ColumnBuffer>();
        var appends = new List<AppendMember<IReadOnlyDictionary<string, object?>>>();
        foreach (var column in Schema)
        {
            if (columns[column.Index] is not { } buffer)
                continue;
            buffers.Add(buffer);
            appends.Add(Append(column, _writers[column.Index](buffer)));
        }

        return new([.. buffers], [.. appends]);
    }

    private AppendMember<IReadOnlyDictionary<string, object?>> Append(DataViewSchema.Column column, Action<object?> write) =>
        (ref row, position) =>
    {
        if (!row.TryGetValue(column.Name, out object? value) && !_absentIsMissing)
        {
            string names = NearestName.List("It has", [.. row.Keys]);
            throw new DataException($"Row {position} has no value '{column.Name}'. {names} Give null for a missing value.");
        }

        try
        {
            write(value);
        }
        catch (DictionaryValueException error)
        {
            throw new DataException($"Row {position}, column '{column.Name}' of type {column.Type}: {error.Message}", error);
        }
    };

    private sealed class Writer(DataViewSchema.Column column) : IRawTypeVisitor<Func<ColumnBuffer, Action<object?>>>
    {
        public Func<ColumnBuffer, Action<object?>> Visit<T>()
        {
            var convert = ValueConversion.To<T>(column);
            if (column.Type is VectorDataViewType)
                return buffer => Vector((VectorColumn<T>)buffer, convert);
            return buffer =>
            {
                var to = (ScalarColumn<T>)buffer;
                return value => to.Add(convert(value));
            };
        }

        private static Action<object?> Vector<T>(VectorColumn<T> to, Func<object?, T> convert) => value =>
        {
            if (value is VBuffer<T> buffer)
                value = buffer.DenseValues();
            T[] items = value switch
            {
                null => [],
                T[] array => array,
                IEnumerable sequence and not string => [.. sequence.Cast<object?>().Select(convert)],
                _ => throw new DictionaryValueException($"{ValueConversion.Describe(value)} is not a sequence of values."),
            };
            if (to.Size > 0 && items.Length != to.Size)
                throw new DictionaryValueException(
                    value is null ? $"it is null; {to.Size} values are needed." : $"it has {items.Length} values; {to.Size} are needed.");
            to.AddRow(items);
        };
    }
}

/// <summary>Objects as the raw values of columns.</summary>
internal static class ValueConversion
{
    /// <summary>The conversion to one item of a column.</summary>
    public static Func<object?, T> To<T>(DataViewSchema.Column column)
    {
        var type = column.Type.ItemTypeOrSelf;
        if (type is KeyDataViewType key)
            return Key<T>(column, key.Count);
        Func<object?, object> convert = type switch
        {
            NumberDataViewType => Number<T>,
            TextDataViewType => value => value switch
            {
                null => default(ReadOnlyMemory<char>),
                string text => text.AsMemory(),
                _ => throw Wrong(value, "text"),
            },
            BooleanDataViewType => value => value is bool ? value : throw Wrong(value, "true or false"),
            DateTimeDataViewType => value => value switch
            {
                DateTime => value,
                string text when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) => time,
                _ => throw Wrong(value, "a date and time"),
            },
            DateTimeOffsetDataViewType => value => value switch
            {
                DateTimeOffset => value,
                string text when DateTimeOffset.TryParse(
                    text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
                _ => throw Wrong(value, "a date and time with its offset"),
            },
            TimeSpanDataViewType => value => value switch
            {
                TimeSpan => value,
                string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) => duration,
                _ => throw Wrong(value, "a duration"),
            },
            StructuredDataViewType => value => value is null ? default(T)! : throw Wrong(value, $"a {typeof(T).Name}"),
            _ => value => value is T ? value : throw Wrong(value, $"a {typeof(T).Name}"),
        };
        return value => value is T typed ? typed : (T)convert(value);
    }

    /// <summary>A value in words, for errors.</summary>
    public static string Describe(object? value)
    {
        if (value is null)
            return "null";
        string text = PreviewTable.Format(value is string s ? s.AsMemory() : value);
        return $"'{text}', a {RowMember.TypeName(value.GetType())},";
    }

    private static object Number<T>(object? value)
    {
        if (value is null && typeof(T) == typeof(float))
            return float.NaN;
        if (value is null && typeof(T) == typeof(double))
            return double.NaN;
        if (value is not (sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal))
            throw Wrong(value, "a number");
        try
        {
            object number = Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture);
            bool isInteger = typeof(T) != typeof(float) && typeof(T) != typeof(double);
            bool fits = isInteger
                ? Convert.ToDecimal(number, CultureInfo.InvariantCulture) == Convert.ToDecimal(value, CultureInfo.InvariantCulture)
                : !float.IsInfinity(number as float? ?? 0) || double.IsInfinity(Convert.ToDouble(value, CultureInfo.InvariantCulture));
            return fits ? number : throw Wrong(value, isInteger ? "a whole number" : "a smaller number");
        }
        catch (OverflowException)
        {
            throw Wrong(value, $"a number in the range of {typeof(T).Name}");
        }
    }

    // A key is given by what it stands for. A value that no key stands for is missing, as in MapValueToKey.
    private static Func<object?, T> Key<T>(DataViewSchema.Column column, ulong count)
    {
        Dictionary<string, ulong>? keyOfText = null;
        if (column.HasKeyValues())
        {
            keyOfText = new(StringComparer.Ordinal);
            var texts = column.KeyValueTexts();
            for (int i = 0; i < texts.Count; i++)
                keyOfText.TryAdd(texts[i], (ulong)i + 1);
        }

        return value => (T)Convert.ChangeType(
            value is null ? 0ul
            : keyOfText is not null ? keyOfText.GetValueOrDefault((value as IFormattable)?.ToString(null, CultureInfo.InvariantCulture) ?? $"{value}")
            : Number<ulong>(value) is ulong key && key <= count ? key
            : throw Wrong(value, $"a key from 1 to {count}"),
            typeof(T), CultureInfo.InvariantCulture);
    }

    private static DictionaryValueException Wrong(object? value, string needed) => new($"{Describe(value)} is given; {needed} is needed.");
}
