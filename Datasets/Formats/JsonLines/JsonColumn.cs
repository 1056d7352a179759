using System.Globalization;
using System.Text.Json;
using MLPath.Data;
using MLPath.Datasets.Text;

namespace MLPath.Datasets.Formats.JsonLines;

/// <summary>Reads the values of one column into a buffer.</summary>
/// <param name="name">The column's name, for errors.</param>
internal abstract class JsonColumn(string name)
{
    /// <summary>The values read since the batch began.</summary>
    public abstract ColumnBuffer Buffer { get; }

    /// <summary>Forgets all values.</summary>
    public abstract void Clear();

    /// <summary>Reads a value that is not null.</summary>
    public abstract void Read(ref Utf8JsonReader json, ReadOnlySpan<byte> line, JsonRowWalker row);

    /// <summary>Adds the missing value.</summary>
    public abstract void AddMissing(JsonRowWalker row);

    /// <summary>Makes a column.</summary>
    public static JsonColumn Create(string name, DataViewType type) => type switch
    {
        VectorDataViewType { ItemType: TextDataViewType } vector => new TextVectors(name, vector),
        VectorDataViewType vector => new NumberVectors(name, vector),
        TextDataViewType => new Texts(name),
        BooleanDataViewType => new Scalars<bool>(name, BooleanDataViewType.Instance, TryBoolean),
        DateTimeDataViewType => new Scalars<DateTime>(name, DateTimeDataViewType.Instance, TryDate),
        _ when type.RawType == typeof(double) => new Scalars<double>(name, NumberDataViewType.Double, TryDouble, double.NaN),
        _ when type.RawType == typeof(int) => new Scalars<int>(name, NumberDataViewType.Int32, TryInt32),
        _ when type.RawType == typeof(long) => new Scalars<long>(name, NumberDataViewType.Int64, TryInt64),
        _ => new Scalars<float>(name, NumberDataViewType.Single, TrySingle, float.NaN),
    };

    /// <summary>Reads a token; false when it is none of the type.</summary>
    protected delegate bool TryReadToken<T>(ref Utf8JsonReader json, out T value);

    protected DataException Error(ref Utf8JsonReader json, JsonRowWalker row) =>
        row.Error($"property {FormatError.Quote(name)} has {FormatError.Quote(json.ValueSpan)}; expected a value of {Buffer.Type}");

    private static bool TrySingle(ref Utf8JsonReader json, out float value)
    {
        value = 0;
        return json.TokenType == JsonTokenType.Number && DecimalNumber.TryParse(json.ValueSpan, out value);
    }

    private static bool TryDouble(ref Utf8JsonReader json, out double value)
    {
        value = 0;
        return json.TokenType == JsonTokenType.Number && DecimalNumber.TryParse(json.ValueSpan, out value);
    }

    private static bool TryInt32(ref Utf8JsonReader json, out int value)
    {
        value = 0;
        return json.TokenType == JsonTokenType.Number && int.TryParse(json.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryInt64(ref Utf8JsonReader json, out long value)
    {
        value = 0;
        return json.TokenType == JsonTokenType.Number && long.TryParse(json.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryBoolean(ref Utf8JsonReader json, out bool value)
    {
        value = json.TokenType == JsonTokenType.True;
        return value || json.TokenType == JsonTokenType.False;
    }

    private static bool TryDate(ref Utf8JsonReader json, out DateTime value)
    {
        value = default;
        return json.TokenType == JsonTokenType.String && !json.ValueIsEscaped && IsoDateTime.TryParse(json.ValueSpan, out value);
    }

    private sealed class Scalars<T>(string name, PrimitiveDataViewType type, TryReadToken<T> tryRead, T? missing = null) : JsonColumn(name)
        where T : struct
    {
        private readonly ScalarColumn<T> _values = new(type);
        private readonly string _name = name;

        public override ColumnBuffer Buffer => _values;

        public override void Clear() => _values.Clear();

        public override void Read(ref Utf8JsonReader json, ReadOnlySpan<byte> line, JsonRowWalker row) =>
            _values.Add(tryRead(ref json, out var value) ? value : throw Error(ref json, row));

        public override void AddMissing(JsonRowWalker row) => _values.Add(missing ?? throw row.Error(
            $"property {FormatError.Quote(_name)} is missing, and {Buffer.Type} has no missing value; read it as Text, Single or Double"));
    }

    /// <summary>Strings as they are; numbers, Booleans, arrays and objects as the file writes them.</summary>
    private sealed class Texts(string name) : JsonColumn(name)
    {
        private readonly ScalarColumn<ReadOnlyMemory<char>> _values = new(TextDataViewType.Instance);
        private readonly TextCells _texts = new();

        public override ColumnBuffer Buffer => _values;

        public override void Clear() => _values.Clear();

        public override void Read(ref Utf8JsonReader json, ReadOnlySpan<byte> line, JsonRowWalker row)
        {
            if (json.TokenType == JsonTokenType.String)
            {
                _values.Add(Text(ref json, _texts));
                return;
            }
            int start = (int)json.TokenStartIndex;
            json.Skip();
            _values.Add(_texts.Add(line[start..(int)json.BytesConsumed]));
        }

        public override void AddMissing(JsonRowWalker row) => _values.Add(default);

        public static ReadOnlyMemory<char> Text(ref Utf8JsonReader json, TextCells texts) =>
            json.ValueIsEscaped ? json.GetString().AsMemory() : texts.Add(json.ValueSpan);
    }

    private abstract class Vectors<T>(string name, VectorDataViewType type) : JsonColumn(name)
    {
        private readonly VectorColumn<T> _values = new(type);
        private T[] _row = new T[Math.Max(4, type.Size)];

        public override ColumnBuffer Buffer => _values;

        public override void Clear() => _values.Clear();

        public override void Read(ref Utf8JsonReader json, ReadOnlySpan<byte> line, JsonRowWalker row)
        {
            if (json.TokenType != JsonTokenType.StartArray) throw Error(ref json, row);
            int length = 0;
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (length == _row.Length) Array.Resize(ref _row, 2 * length);
                _row[length++] = TryItem(ref json, out var item) ? item : throw Error(ref json, row);
            }
            if (_values.Size > 0 && length != _values.Size) throw Error(ref json, row);
            _values.AddRow(_row.AsSpan(0, length));
        }

        public override void AddMissing(JsonRowWalker row)
        {
            if (_values.Size > 0) throw row.Error($"a vector of {_values.Size} values is missing; the file was changed after it was loaded");
            _values.AddRow([]);
        }

        protected abstract bool TryItem(ref Utf8JsonReader json, out T item);
    }

    private sealed class NumberVectors(string name, VectorDataViewType type) : Vectors<float>(name, type)
    {
        protected override bool TryItem(ref Utf8JsonReader json, out float item)
        {
            item = float.NaN;
            return json.TokenType == JsonTokenType.Null || TrySingle(ref json, out item);
        }
    }

    private sealed class TextVectors(string name, VectorDataViewType type) : Vectors<ReadOnlyMemory<char>>(name, type)
    {
        private readonly TextCells _texts = new();

        protected override bool TryItem(ref Utf8JsonReader json, out ReadOnlyMemory<char> item)
        {
            item = json.TokenType == JsonTokenType.String ? Texts.Text(ref json, _texts) : default;
            return json.TokenType is JsonTokenType.String or JsonTokenType.Null;
        }
    }
}
