namespace MLPath.Data;

/// <summary>
/// Turns columns into dictionaries: numbers and dates in their own types, text as string, keys as what they stand for (their number where
/// that is not known), vectors as arrays, and null for what is missing.
/// </summary>
internal sealed class DictionaryRowReader
{
    private readonly (string Name, Func<RowBatch, int, object?> Read)[] _columns;

    public DictionaryRowReader(IEnumerable<DataViewSchema.Column> columns) =>
        _columns = [.. columns.Select(c => (c.Name, c.Type.Accept(new Reader(c))))];

    public Dictionary<string, object?> Read(RowBatch batch, int row)
    {
        var values = new Dictionary<string, object?>(_columns.Length, StringComparer.Ordinal);
        foreach (var (name, read) in _columns)
            values[name] = read(batch, row);
        return values;
    }

    private sealed class Reader(DataViewSchema.Column column) : IRawTypeVisitor<Func<RowBatch, int, object?>>
    {
        public Func<RowBatch, int, object?> Visit<T>()
        {
            int index = column.Index;
            bool isKey = column.Type.KeyCount > 0;
            var keys = column.HasKeyValues() ? column.KeyValueTexts() : null;
            if (column.Type is not VectorDataViewType)
                return (batch, row) => Scalar(batch.Scalars<T>(index)[row], isKey, keys);
            return (batch, row) =>
            {
                var vectors = batch.Vectors<T>(index);
                var values = new T[vectors.RowLength(row)];
                vectors.CopyRowTo(row, values);
                return values is ReadOnlyMemory<char>[] texts ? Array.ConvertAll(texts, TextValue.ToString)
                    : keys is not null ? Array.ConvertAll(values, key => KeyValue.Text(KeyValue.Number(key), keys))
                    : values;
            };
        }

        private static object? Scalar<T>(T value, bool isKey, IReadOnlyList<string>? keys) => value switch
        {
            _ when keys is not null => KeyValue.Text(KeyValue.Number(value), keys),
            _ when isKey => KeyValue.Number(value) == 0 ? null : value,
            float.NaN or double.NaN => null,
            ReadOnlyMemory<char> text => TextValue.ToString(text),
            _ => value,
        };
    }
}
