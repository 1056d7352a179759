using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>Writes a view as ML.NET does: a comment for the loader, a header, and rows that are sparse at their end where that is shorter.</summary>
internal sealed class TextSaver
{
    private const string Separators = "\t ,;|";
    private const int LeastSparse = 5; // fields for which a sparse part is worth its length

    private readonly IDataView _data;
    private readonly char _separator;
    private readonly bool _hasHeader;
    private readonly bool _writeSchema;
    private readonly TextLoader.Options _options;
    private readonly List<DataViewSchema.Column> _columns;
    private readonly List<FieldWriter> _writers;
    private readonly int _sparseFrom; // the first of the columns that may be written sparsely

    public TextSaver(IDataView data, char separator, bool headerRow, bool schema, bool keepHidden, bool forceDense)
    {
        if (!Separators.Contains(separator))
            throw new ArgumentException($"The separator is '{separator}'; expected a tab, blank, comma, semicolon or bar.", nameof(separator));
        (_data, _separator, _writeSchema) = (data, separator, schema);
        _columns = [.. data.Schema.Where(c => keepHidden || !c.IsHidden)];
        if (_columns.Count == 0) throw new ArgumentException("There are no columns to save.", nameof(data));
        Check();
        _writers = _columns.ConvertAll(c => c.Type.Accept(new Factory(c)));
        _sparseFrom = forceDense ? _columns.Count : _columns.Count - Enumerable.Reverse(_writers).TakeWhile(w => w.CanBeSparse).Count();
        _hasHeader = headerRow && _columns.Any(c => c.Type is not VectorDataViewType || c.HasSlotNames());
        bool quoted = _hasHeader || _columns.Any(c => c.Type.ItemTypeOrSelf is not (NumberDataViewType or KeyDataViewType or BooleanDataViewType));
        _options = new TextLoader.Options
        {
            AllowQuoting = quoted,
            ReadMultilines = quoted,
            AllowSparse = _sparseFrom < _columns.Count,
            HasHeader = _hasHeader,
            Separators = [separator],
            Columns = [.. LoaderColumns()],
        };
    }

    /// <summary>Writes the view to a stream, which stays open.</summary>
    public void Write(Stream stream, CancellationToken cancellationToken)
    {
        // A colon looks like a sparse field, and a mark like a comment.
        var writer = new DelimitedWriter(stream, _separator, ":/#");
        if (_writeSchema) writer.WriteLines(SchemaComment.Write(_options));
        if (_hasHeader) WriteHeader(writer);
        using var batches = _data.GetBatchCursor(_columns, cancellationToken);
        while (batches.MoveNext())
        {
            for (int row = 0; row < batches.Current.Count; row++) WriteRow(batches.Current, row, writer);
        }
        writer.Flush();
    }

    private void WriteHeader(DelimitedWriter writer)
    {
        foreach (var column in _columns)
        {
            if (column.Type is VectorDataViewType { IsKnownSize: false }) continue;
            bool named = column.Type is not VectorDataViewType || column.HasSlotNames();
            foreach (string name in column.SlotNamesOrDefault()) writer.Write(named && name != SlotPlace(column, name) ? name : "");
        }
        writer.EndRecord();
    }

    /// <summary>The name that a nameless slot is shown under, which is not written.</summary>
    private static string? SlotPlace(DataViewSchema.Column column, string name) =>
        column.Type is VectorDataViewType && name.StartsWith($"{column.Name}[", StringComparison.Ordinal) ? name : null;

    private void WriteRow(RowBatch batch, int row, DelimitedWriter writer)
    {
        int length = 0, stored = 0;
        for (int i = _sparseFrom; i < _writers.Count; i++)
        {
            length += _writers[i].Length(batch, row);
            stored += _writers[i].Stored(batch, row);
        }
        // A pair takes about two and a half times the room of a plain value.
        bool isSparse = length >= LeastSparse && 5L * stored < 2L * length;
        for (int i = 0; i < (isSparse ? _sparseFrom : _writers.Count); i++) _writers[i].WriteDense(batch, row, writer);
        if (isSparse)
        {
            writer.Write(length, default);
            int start = 0;
            for (int i = _sparseFrom; i < _writers.Count; i++)
            {
                _writers[i].WriteSparse(batch, row, start, writer);
                start += _writers[i].Length(batch, row);
            }
            if (stored == 0)
            {
                writer.BeginPair(0);
                writer.Write(0, default);
            }
        }
        writer.EndRecord();
    }

    private void Check()
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            var column = _columns[i];
            if (column.Type.ItemTypeOrSelf is RowIdDataViewType)
                throw new SchemaException($"Column '{column.Name}' is {column.Type}, which a text file cannot hold; leave the column out.");
            if (column.Type is VectorDataViewType { IsKnownSize: false } && (i < _columns.Count - 1 || i == 0))
            {
                throw new SchemaException($"Column '{column.Name}' is {column.Type}: vectors of varying length must be the last column, "
                    + "and not the only one, for a text file to be read back. Reorder the columns, or leave it out.");
            }
        }
    }

    private IEnumerable<TextLoader.Column> LoaderColumns()
    {
        int start = 0;
        foreach (var column in _columns)
        {
            var item = column.Type.ItemTypeOrSelf;
            var range = column.Type switch
            {
                VectorDataViewType { IsKnownSize: true } vector => new TextLoader.Range(start, start + vector.Size - 1),
                VectorDataViewType => new TextLoader.Range { Min = start, VariableEnd = true },
                _ => new TextLoader.Range(start),
            };
            yield return new TextLoader.Column(
                column.Name, DataKinds.Of(item.RawType)!.Value, [range], item is KeyDataViewType key ? new KeyCount(key.Count) : null);
            start += column.Type is VectorDataViewType { IsKnownSize: false } ? 0 : column.Type.ValueCount;
        }
    }

    /// <summary>Writes one column's fields.</summary>
    private abstract class FieldWriter
    {
        /// <summary>Whether the column is one of vectors of numbers or keys, whose zeros may be left out.</summary>
        public bool CanBeSparse { get; init; }

        public abstract int Length(RowBatch batch, int row);

        public abstract int Stored(RowBatch batch, int row);

        public abstract void WriteDense(RowBatch batch, int row, DelimitedWriter writer);

        public abstract void WriteSparse(RowBatch batch, int row, int start, DelimitedWriter writer);
    }

    private sealed class Factory(DataViewSchema.Column column) : IRawTypeVisitor<FieldWriter>
    {
        public FieldWriter Visit<T>()
        {
            var format = column.Type.KeyCount > 0 ? KeyPlaces<T>() : CellFormat.OfLoader<T>();
            return column.Type is VectorDataViewType vector
                ? new VectorFields<T>(column.Index, format) { CanBeSparse = vector.ItemType is NumberDataViewType }
                : new ScalarField<T>(column.Index, format);
        }

        private static CellFormat<T> KeyPlaces<T>() => (value, writer) =>
        {
            ulong key = value switch { byte k => k, ushort k => k, uint k => k, ulong k => k, _ => 0 };
            if (key == 0) writer.Write("?");
            else writer.Write(key - 1, default);
        };
    }

    private sealed class ScalarField<T>(int column, CellFormat<T> format) : FieldWriter
    {
        public override int Length(RowBatch batch, int row) => 1;

        public override int Stored(RowBatch batch, int row) => 1;

        public override void WriteDense(RowBatch batch, int row, DelimitedWriter writer) => format(batch.Scalars<T>(column)[row], writer);

        public override void WriteSparse(RowBatch batch, int row, int start, DelimitedWriter writer) =>
            throw new NotSupportedException("Scalars are written densely.");
    }

    private sealed class VectorFields<T>(int column, CellFormat<T> format) : FieldWriter
    {
        private T[] _row = [];

        public override int Length(RowBatch batch, int row) => batch.Vectors<T>(column).RowLength(row);

        public override int Stored(RowBatch batch, int row)
        {
            int stored = 0;
            foreach (ref readonly T value in batch.Vectors<T>(column).RowValues(row)) stored += IsZero(value) ? 0 : 1;
            return stored;
        }

        public override void WriteDense(RowBatch batch, int row, DelimitedWriter writer)
        {
            foreach (var value in Row(batch, row)) format(value, writer);
        }

        public override void WriteSparse(RowBatch batch, int row, int start, DelimitedWriter writer)
        {
            var values = Row(batch, row);
            for (int slot = 0; slot < values.Length; slot++)
            {
                if (IsZero(values[slot])) continue;
                writer.BeginPair(start + slot);
                format(values[slot], writer);
            }
        }

        private ReadOnlySpan<T> Row(RowBatch batch, int row)
        {
            var vectors = batch.Vectors<T>(column);
            int length = vectors.RowLength(row);
            if (_row.Length < length) _row = new T[length];
            vectors.CopyRowTo(row, _row.AsSpan(0, length));
            return _row.AsSpan(0, length);
        }

        /// <summary>Negative zero is no zero that may be left out.</summary>
        private static bool IsZero(T value) => value switch
        {
            float v => BitConverter.SingleToUInt32Bits(v) == 0,
            double v => BitConverter.DoubleToUInt64Bits(v) == 0,
            _ => EqualityComparer<T>.Default.Equals(value, default),
        };
    }
}
