using System.Globalization;

namespace MLPath.Data;

/// <summary>A column whose values are counted: which distinct value each row has.</summary>
/// <param name="Codes">For each row the place of its value in <see cref="Values"/>; −1 where it is missing.</param>
/// <param name="Values">The distinct values, ascending, as texts. Codes depend on the values alone, not on the order of the rows.</param>
public sealed record ColumnCodes(int[] Codes, IReadOnlyList<string> Values)
{
    /// <summary>The number of rows without a value.</summary>
    public int MissingCount { get; } = Codes.Count(code => code < 0);
}

/// <summary>What a <see cref="FoldStrategy"/> knows of the data: the number of rows, and columns by value.</summary>
/// <param name="data">The data.</param>
/// <param name="cancellationToken">Ends the reading early.</param>
public sealed class SplitSource(IDataView data, CancellationToken cancellationToken = default)
{
    private int? _rowCount;

    /// <summary>The number of rows.</summary>
    public int RowCount => _rowCount ??= RowSubset.RowCount(data, cancellationToken);

    /// <summary>The schema of the data.</summary>
    public DataViewSchema Schema => data.Schema;

    /// <summary>Reads a column of classes or groups.</summary>
    /// <param name="columnName">A scalar column of any type: text, a key, a Boolean, a number, a date.</param>
    /// <exception cref="SchemaException">There is no such column, or it is a vector.</exception>
    public ColumnCodes Codes(string columnName) => Scalar(columnName).Type.Accept(new Coder(this, Scalar(columnName)));

    /// <summary>Reads a column of classes or groups in which no row may lack a value.</summary>
    /// <param name="columnName">A scalar column of any type.</param>
    /// <param name="role">What it is for, in errors: "group".</param>
    /// <exception cref="DataException">A row has no value.</exception>
    public ColumnCodes CodesWithoutMissing(string columnName, string role)
    {
        var codes = Codes(columnName);
        if (codes.MissingCount == 0)
            return codes;
        int first = Array.FindIndex(codes.Codes, code => code < 0);
        throw new DataException(string.Create(CultureInfo.InvariantCulture,
            $"Row {first}: the {role} column '{columnName}' has no value (as have {codes.MissingCount} rows in all). ") +
            "Fill it, or drop the rows with Data.FilterRowsByMissingValues.");
    }

    /// <summary>The rows in the order of a column's values; rows with equal values stay in the order of the data.</summary>
    /// <param name="columnName">A column of numbers, dates or durations.</param>
    /// <exception cref="SchemaException">There is no such column, or it has another type.</exception>
    /// <exception cref="DataException">A row has no value.</exception>
    public int[] Order(string columnName)
    {
        var column = Scalar(columnName);
        if (column.Type is not (NumberDataViewType or DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType))
        {
            throw SchemaException.WrongType(
                columnName, "a number, a date or a duration", column.Type.ToString()!, "Convert it first, so that its order is that of time.");
        }

        var codes = CodesWithoutMissing(columnName, "time").Codes;
        int[] order = [.. Enumerable.Range(0, RowCount)];
        // Sorting by (value, row) is stable.
        Array.Sort(Array.ConvertAll(order, row => ((long)codes[row] << 32) | (uint)row), order);
        return order;
    }

    private DataViewSchema.Column Scalar(string columnName)
    {
        var column = data.Schema[columnName];
        return column.Type is PrimitiveDataViewType
            ? column
            : throw SchemaException.WrongType(columnName, "one value a row", column.Type.ToString()!);
    }

    private sealed class Coder(SplitSource source, DataViewSchema.Column column) : IRawTypeVisitor<ColumnCodes>
    {
        public ColumnCodes Visit<T>()
        {
            // Text is compared by its characters, not by where they stand in memory.
            if (column.Type is TextDataViewType)
            {
                var texts = source.Read<ReadOnlyMemory<char>, string>(column, text => text.ToString());
                return Code(texts, StringComparer.Ordinal, _ => false, text => text);
            }

            var names = column.HasKeyValues() ? column.KeyValueTexts() : null;
            return Code(
                source.Read<T, T>(column, value => value),
                Comparer<T>.Default,
                value => column.Type is KeyDataViewType ? KeyValue.Number(value) == 0 : value is float.NaN or double.NaN,
                value => names is null ? PlainText(value) : KeyValue.Text(KeyValue.Number(value), names) ?? PlainText(value));
        }

        private static string PlainText<T>(T value) =>
            (value as IFormattable)?.ToString(null, CultureInfo.InvariantCulture) ?? value?.ToString() ?? "";

        private static ColumnCodes Code<T>(List<T> values, IComparer<T> comparer, Func<T, bool> isMissing, Func<T, string> text)
        {
            T[] distinct = [.. values.Where(v => !isMissing(v)).Distinct()];
            Array.Sort(distinct, comparer);
            return new ColumnCodes(
                [.. values.Select(v => isMissing(v) ? -1 : Array.BinarySearch(distinct, v, comparer))], [.. distinct.Select(text)]);
        }
    }

    private List<TValue> Read<T, TValue>(DataViewSchema.Column column, Func<T, TValue> convert)
    {
        var values = new List<TValue>();
        using var cursor = data.GetBatchCursor([column], cancellationToken);
        while (cursor.MoveNext())
        {
            foreach (var value in cursor.Current.Scalars<T>(column.Index))
                values.Add(convert(value));
        }

        _rowCount = values.Count;
        return values;
    }
}
