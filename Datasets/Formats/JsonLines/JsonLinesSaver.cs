using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MLPath.Data;

namespace MLPath.Datasets.Formats.JsonLines;

/// <summary>Writes the rows of a view as JSON objects, one a line.</summary>
internal static class JsonLinesSaver
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the visible columns.</summary>
    public static void Save(IDataView data, Stream stream, CancellationToken cancellationToken)
    {
        var columns = SavableColumns.Of(data.Schema, keepHidden: false, "a file of JSON lines");
        var cells = columns.Select(c => c.Type.Accept(new CellFactory(c))).ToArray();
        using var json = new Utf8JsonWriter(stream, s_options);
        using var cursor = data.GetBatchCursor(columns, cancellationToken);
        while (cursor.MoveNext())
        {
            for (int row = 0; row < cursor.Current.Count; row++)
            {
                json.WriteStartObject();
                for (int i = 0; i < cells.Length; i++)
                {
                    json.WritePropertyName(columns[i].Name);
                    cells[i](json, cursor.Current[columns[i].Index], row, cursor.Current.Position + row);
                }
                json.WriteEndObject();
                json.Flush();
                json.Reset();
                stream.WriteByte((byte)'\n');
            }
        }
    }

    /// <summary>Writes a cell.</summary>
    private delegate void WriteCell(Utf8JsonWriter json, ColumnBuffer values, int row, long position);

    private sealed class CellFactory(DataViewSchema.Column column) : IRawTypeVisitor<WriteCell>
    {
        public WriteCell Visit<T>()
        {
            var write = ValueWriter<T>();
            if (column.Type is not VectorDataViewType)
                return (json, values, row, position) => write(json, ((ScalarColumn<T>)values).Values[row], position);
            T[] items = [];
            return (json, values, row, position) =>
            {
                var vectors = (VectorColumn<T>)values;
                int length = vectors.RowLength(row);
                if (items.Length < length) items = new T[length];
                vectors.CopyRowTo(row, items);
                json.WriteStartArray();
                foreach (ref readonly T item in items.AsSpan(0, length)) write(json, item, position);
                json.WriteEndArray();
            };
        }

        private Action<Utf8JsonWriter, T, long> ValueWriter<T>()
        {
            Delegate writer = column.Type.ItemTypeOrSelf switch
            {
                KeyDataViewType => KeyWriter<T>(),
                TextDataViewType => (Utf8JsonWriter json, ReadOnlyMemory<char> v, long _) => json.WriteStringValue(v.Span),
                BooleanDataViewType => (Utf8JsonWriter json, bool v, long _) => json.WriteBooleanValue(v),
                DateTimeDataViewType => (Utf8JsonWriter json, DateTime v, long _) => json.WriteStringValue(v.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)),
                DateTimeOffsetDataViewType => (Utf8JsonWriter json, DateTimeOffset v, long _) =>
                    json.WriteStringValue(v.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)),
                TimeSpanDataViewType => (Utf8JsonWriter json, TimeSpan v, long _) => json.WriteStringValue(v.ToString("c", CultureInfo.InvariantCulture)),
                RowIdDataViewType => (Utf8JsonWriter json, DataViewRowId v, long _) =>
                    json.WriteStringValue(new UInt128(v.High, v.Low).ToString("x32", CultureInfo.InvariantCulture)),
                _ when typeof(T) == typeof(float) => (Action<Utf8JsonWriter, float, long>)WriteNumber,
                _ when typeof(T) == typeof(double) => (Action<Utf8JsonWriter, double, long>)WriteNumber,
                _ => IntegerWriter<T>(),
            };
            return (Action<Utf8JsonWriter, T, long>)writer;
        }

        private void WriteNumber(Utf8JsonWriter json, float value, long position)
        {
            if (!WriteSpecial(json, value, position)) json.WriteNumberValue(value);
        }

        private void WriteNumber(Utf8JsonWriter json, double value, long position)
        {
            if (!WriteSpecial(json, value, position)) json.WriteNumberValue(value);
        }

        // JSON has no NaN, which is null here, and no infinity.
        private bool WriteSpecial(Utf8JsonWriter json, double value, long position)
        {
            if (double.IsNaN(value)) json.WriteNullValue();
            else if (double.IsInfinity(value))
            {
                throw new DataException(string.Create(
                    CultureInfo.InvariantCulture, $"Column '{column.Name}' is infinite in row {position}, which JSON cannot hold. Replace or filter such values."));
            }
            return !double.IsFinite(value);
        }

        private Action<Utf8JsonWriter, T, long> KeyWriter<T>()
        {
            var number = Conversion<T>();
            if (!column.HasKeyValues())
            {
                return (json, value, _) =>
                {
                    if (number(value) is > 0 and var key) json.WriteNumberValue(key);
                    else json.WriteNullValue();
                };
            }
            var texts = column.KeyValueTexts();
            return (json, value, _) =>
            {
                if (number(value) is > 0 and var key && key <= (ulong)texts.Count) json.WriteStringValue(texts[(int)(key - 1)]);
                else json.WriteNullValue();
            };
        }

        private static Action<Utf8JsonWriter, T, long> IntegerWriter<T>()
        {
            if (typeof(T) == typeof(byte) || typeof(T) == typeof(ushort) || typeof(T) == typeof(uint) || typeof(T) == typeof(ulong))
            {
                var unsigned = Conversion<T>();
                return (json, value, _) => json.WriteNumberValue(unsigned(value));
            }
            Delegate signed = typeof(T) == typeof(sbyte) ? (sbyte v) => (long)v
                : typeof(T) == typeof(short) ? (short v) => (long)v
                : typeof(T) == typeof(int) ? (int v) => (long)v
                : (long v) => v;
            var convert = (Func<T, long>)signed;
            return (json, value, _) => json.WriteNumberValue(convert(value));
        }

        private static Func<T, ulong> Conversion<T>()
        {
            Delegate unsigned = typeof(T) == typeof(byte) ? (byte v) => (ulong)v
                : typeof(T) == typeof(ushort) ? (ushort v) => (ulong)v
                : typeof(T) == typeof(uint) ? (uint v) => (ulong)v
                : (ulong v) => v;
            return (Func<T, ulong>)unsigned;
        }
    }
}
