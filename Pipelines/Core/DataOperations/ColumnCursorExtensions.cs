namespace MLPath.Data;

/// <summary>Reads single columns of a view.</summary>
public static class ColumnCursorExtensions
{
    /// <summary>The values of a column, read lazily, anew at each enumeration.</summary>
    /// <typeparam name="T">
    /// The column's raw type; or string for text and for keys whose values are known (null where the key is missing); an array, or an array
    /// of strings, for a vector; <c>float?</c> or <c>double?</c> for these numbers, null being missing.
    /// </typeparam>
    /// <param name="data">The view.</param>
    /// <param name="columnName">The column's name.</param>
    /// <exception cref="SchemaException">There is no such column, or it has another type.</exception>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.GetColumn<T>(data.Schema[columnName]);
    }

    /// <summary>The values of a column, read lazily, anew at each enumeration.</summary>
    /// <typeparam name="T">The type to read them as; see the other overload.</typeparam>
    /// <param name="data">The view.</param>
    /// <param name="column">A column of the view's schema.</param>
    /// <exception cref="ArgumentException">The column is not one of the view.</exception>
    /// <exception cref="SchemaException">The column has another type.</exception>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (column.Index >= data.Schema.Count || data.Schema[column.Index] is var own && (own.Name != column.Name || !own.Type.Equals(column.Type)))
            throw new ArgumentException($"The view has no column {column} at position {column.Index}.", nameof(column));
        var read = column.Type.Accept(new Reader<T>(column)) ?? throw SchemaException.WrongType(
            column.Name, $"a column that is read as {RowMember.TypeName(typeof(T))}", column.Type.ToString()!,
            $"Read it as {MemberColumnType.Fitting(column.Type)}.");
        return Values(data, column, read);
    }

    private static IEnumerable<T> Values<T>(IDataView data, DataViewSchema.Column column, Func<RowBatch, int, T> read)
    {
        using var cursor = data.GetBatchCursor([column]);
        while (cursor.MoveNext())
        {
            for (int row = 0; row < cursor.Current.Count; row++)
                yield return read(cursor.Current, row);
        }
    }

    private sealed class Reader<TValue>(DataViewSchema.Column column) : IRawTypeVisitor<Func<RowBatch, int, TValue>?>
    {
        private readonly int _index = column.Index;

        public Func<RowBatch, int, TValue>? Visit<T>() =>
            (Func<RowBatch, int, TValue>?)(object?)(column.Type is VectorDataViewType ? Vector<T>() : Scalar<T>());

        private Delegate? Scalar<T>()
        {
            if (typeof(TValue) == typeof(T))
                return (RowBatch batch, int row) => batch.Scalars<T>(_index)[row];
            if (typeof(TValue) == typeof(float?) && typeof(T) == typeof(float))
                return (RowBatch batch, int row) =>
                    batch.Scalars<float>(_index)[row] is var value && float.IsNaN(value) ? (float?)null : value;
            if (typeof(TValue) == typeof(double?) && typeof(T) == typeof(double))
                return (RowBatch batch, int row) =>
                    batch.Scalars<double>(_index)[row] is var value && double.IsNaN(value) ? (double?)null : value;
            if (typeof(TValue) != typeof(string))
                return null;
            if (column.Type is TextDataViewType)
                return (RowBatch batch, int row) => TextValue.ToString(batch.Scalars<ReadOnlyMemory<char>>(_index)[row]);
            if (!column.HasKeyValues())
                return null;
            var texts = column.KeyValueTexts();
            return (RowBatch batch, int row) => KeyValue.Text(KeyValue.Number(batch.Scalars<T>(_index)[row]), texts);
        }

        private Delegate? Vector<T>()
        {
            if (typeof(TValue) == typeof(T[]))
            {
                return (RowBatch batch, int row) =>
                {
                    var vectors = batch.Vectors<T>(_index);
                    var values = new T[vectors.RowLength(row)];
                    vectors.CopyRowTo(row, values);
                    return values;
                };
            }

            if (typeof(TValue) == typeof(VBuffer<T>))
            {
                // Each row gets memory of its own, so that the values can be kept.
                return (RowBatch batch, int row) =>
                {
                    VBuffer<T> value = default;
                    batch.Vectors<T>(_index).GetRow(row, ref value);
                    return value;
                };
            }

            if (typeof(TValue) != typeof(string[]) || column.Type.ItemTypeOrSelf is not TextDataViewType)
                return null;
            return (RowBatch batch, int row) =>
            {
                var texts = new ReadOnlyMemory<char>[batch.Vectors<ReadOnlyMemory<char>>(_index).RowLength(row)];
                batch.Vectors<ReadOnlyMemory<char>>(_index).CopyRowTo(row, texts);
                return Array.ConvertAll(texts, TextValue.ToString);
            };
        }
    }
}
