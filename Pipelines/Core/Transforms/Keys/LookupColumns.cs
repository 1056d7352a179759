using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>Columns for a table, made of .NET values: text as <see cref="string"/>, everything else as its raw type.</summary>
internal static class LookupColumns
{
    private static readonly PrimitiveDataViewType[] s_types =
    [
        TextDataViewType.Instance, BooleanDataViewType.Instance, .. NumberDataViewType.All, DateTimeDataViewType.Instance,
        DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance,
    ];

    /// <summary>A column of scalars.</summary>
    public static ColumnBuffer Scalars<T>(IEnumerable<T> values)
    {
        if (values is IEnumerable<string> texts)
            return Scalars(texts.Select(text => text.AsMemory()));
        var column = new ScalarColumn<T>(TypeOf<T>());
        foreach (var value in values)
            column.Add(value);
        return column;
    }

    /// <summary>A column of vectors, of their own lengths unless all have the same.</summary>
    public static ColumnBuffer Vectors<T>(IReadOnlyList<T[]> rows)
    {
        if (rows is IReadOnlyList<string[]> texts)
            return Vectors<ReadOnlyMemory<char>>([.. texts.Select(row => row.Select(text => text.AsMemory()).ToArray())]);
        if (rows.Any(row => row is null))
            throw new ArgumentException("An array of the table is null; give an empty one.", nameof(rows));
        int size = rows.Count > 0 && rows.All(row => row.Length == rows[0].Length) ? rows[0].Length : 0;
        var column = new VectorColumn<T>(new VectorDataViewType(TypeOf<T>(), size));
        column.Begin(size > 0 ? VectorLayout.Dense : VectorLayout.Ragged);
        foreach (var row in rows)
            column.AddRow(row);
        return column;
    }

    /// <summary>The same values as keys: unsigned integers are the keys' numbers; of other types each different value gets a key that stands for it.</summary>
    public static (ColumnBuffer Keys, DataViewSchema.Annotations Annotations) AsKeys(ColumnBuffer values) => values.Type.Accept(new KeyMaker(values));

    private static PrimitiveDataViewType TypeOf<T>() => Array.Find(s_types, t => t.RawType == typeof(T))
        ?? throw new ArgumentException($"A table maps text, numbers, Booleans, dates and times; {typeof(T).Name} is none of them.", nameof(T));

    private sealed class KeyMaker(ColumnBuffer values) : IRawTypeVisitor<(ColumnBuffer, DataViewSchema.Annotations)>
    {
        public (ColumnBuffer, DataViewSchema.Annotations) Visit<T>()
        {
            T[] items = ((ScalarColumn<T>)values).Values.ToArray();
            if (typeof(T) == typeof(byte) || typeof(T) == typeof(ushort) || typeof(T) == typeof(uint) || typeof(T) == typeof(ulong))
            {
                var numbers = new ScalarColumn<T>(new KeyDataViewType(typeof(T), Math.Max(1, items.Select(KeyValue.Number).DefaultIfEmpty().Max())));
                numbers.Alias(items, 0, items.Length);
                return (numbers, DataViewSchema.Annotations.Empty);
            }

            T[] different = [.. items.Where(v => !PrimitiveValues<T>.IsMissing(v)).Distinct(PrimitiveValues<T>.Equality)];
            var keys = new ScalarColumn<uint>(new KeyDataViewType(Math.Max(1, different.Length)));
            foreach (var item in items)
                keys.Add((uint)(Array.FindIndex(different, d => PrimitiveValues<T>.Equality.Equals(d, item)) + 1));
            return (keys, new DataViewSchema.Annotations.Builder()
                .AddKeyValues((PrimitiveDataViewType)values.Type, different.Length > 0 ? different : [PrimitiveValues<T>.Missing]).ToAnnotations());
        }
    }
}
