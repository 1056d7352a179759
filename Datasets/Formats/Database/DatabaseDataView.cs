using System.Data;
using System.Data.Common;
using System.Globalization;
using MLPath.Data;

namespace MLPath.Datasets.Formats.Database;

/// <summary>The rows of a command, which runs anew in each pass.</summary>
internal sealed class DatabaseDataView : BatchDataView
{
    private readonly DatabaseColumn[] _columns;
    private readonly DatabaseSource _source;

    public DatabaseDataView(DataViewSchema schema, DatabaseColumn[] columns, DatabaseSource source)
    {
        (Schema, _columns, _source) = (schema, columns, source);
        // The connection may hold a password and is no part of the rows' story; the command is.
        Lineage = DataLineage.Of($"database command {FormatError.Quote(source.CommandText)}", () => DataFingerprint.Compute(this));
    }

    /// <inheritdoc/>
    public override DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public override DataLineage Lineage { get; }

    /// <inheritdoc/>
    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var needed = columnsNeeded.Select(c => c.Index).ToHashSet();
        var connection = new DatabaseConnection(_source, CommandBehavior.SingleResult, cancellationToken);
        try
        {
            return new RowReaderCursor(Schema, new Rows(connection, _columns, needed), cancellationToken);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private sealed class Rows : IRowReader
    {
        private readonly DatabaseConnection _connection;
        private readonly FieldReader?[] _readers;
        private long _row;

        public Rows(DatabaseConnection connection, DatabaseColumn[] columns, HashSet<int> needed)
        {
            _connection = connection;
            _readers = [.. columns.Select((c, i) => needed.Contains(i) ? FieldReader.Create(c.Type, c.Places(connection.Fields), connection) : null)];
        }

        public ColumnBuffer? Buffer(int column) => _readers[column]?.Buffer;

        public void BeginBatch()
        {
            foreach (var reader in _readers) reader?.Buffer.Clear();
        }

        public bool Read()
        {
            if (!_connection.Read()) return false;
            foreach (var reader in _readers) reader?.Read(_row);
            _row++;
            return true;
        }

        public void Dispose() => _connection.Dispose();
    }

    /// <summary>Reads a column's fields of the current row into its buffer.</summary>
    private abstract class FieldReader
    {
        public abstract ColumnBuffer Buffer { get; }

        public abstract void Read(long row);

        public static FieldReader Create(DataViewType type, int[] places, DatabaseConnection connection) =>
            type.Accept(new Factory(type, places, connection));

        private sealed class Factory(DataViewType type, int[] places, DatabaseConnection connection) : IRawTypeVisitor<FieldReader>
        {
            public FieldReader Visit<T>() => new FieldReader<T>(type, places, connection);
        }
    }

    private sealed class FieldReader<T> : FieldReader
    {
        private readonly DatabaseConnection _connection;
        private readonly DbDataReader _reader;
        private readonly int[] _places;
        private readonly TryReadField<T>[] _read;
        private readonly T[] _values;
        private readonly PrimitiveDataViewType _item;

        public FieldReader(DataViewType type, int[] places, DatabaseConnection connection)
        {
            (_connection, _reader, _places, _item) = (connection, connection.Reader, places, (PrimitiveDataViewType)type.ItemTypeOrSelf);
            _read = [.. places.Select(p => DatabaseValue.Reader<T>(_item, connection.Reader.GetFieldType(p)))];
            _values = new T[places.Length];
            Buffer = ColumnBuffer.Create(type);
        }

        public override ColumnBuffer Buffer { get; }

        public override void Read(long row)
        {
            for (int i = 0; i < _places.Length; i++) _values[i] = ReadField(i, row);
            if (Buffer is ScalarColumn<T> scalars) scalars.Add(_values[0]);
            else ((VectorColumn<T>)Buffer).AddRow(_values);
        }

        private T ReadField(int i, long row)
        {
            int place = _places[i];
            if (_reader.IsDBNull(place)) return Missing(place, row);
            try
            {
                if (_read[i](_reader, place, out var value)) return value;
            }
            catch (Exception problem) when (problem is InvalidCastException or FormatException or OverflowException)
            {
                throw Error(place, row, $"cannot be read as {_item}: {problem.Message}", problem);
            }
            throw Error(place, row, $"has {FormatError.Quote(Convert.ToString(_reader.GetValue(place), CultureInfo.InvariantCulture) ?? "")}; expected a value of {_item}");
        }

        private T Missing(int place, long row)
        {
            if (typeof(T) == typeof(float)) return (T)(object)float.NaN;
            if (typeof(T) == typeof(double)) return (T)(object)double.NaN;
            if (_item is TextDataViewType or KeyDataViewType) return default!;
            throw Error(
                place, row, $"is NULL, and {_item} has no missing value. Read it as Single or text, or leave such rows out by the command");
        }

        private DataException Error(int place, long row, string problem, Exception? cause = null) => new(
            string.Create(CultureInfo.InvariantCulture, $"Row {row} of the database command, field '{_connection.Fields[place]}' {problem}."), cause!);
    }
}
