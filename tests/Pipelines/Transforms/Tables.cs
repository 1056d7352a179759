using MLPath.Data;

namespace MLPath.Tests.Transforms;

/// <summary>Small tables for tests, and their values as arrays.</summary>
internal static class Tables
{
    public static InMemoryDataView Of(params (string Name, ColumnBuffer Values)[] columns) =>
        Annotated([.. columns.Select(c => (c.Name, c.Values, DataViewSchema.Annotations.Empty))]);

    public static InMemoryDataView Annotated(params (string Name, ColumnBuffer Values, DataViewSchema.Annotations Annotations)[] columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var (name, values, annotations) in columns)
            builder.AddColumn(name, values.Type, annotations);
        return new InMemoryDataView(builder.ToSchema(), [.. columns.Select(c => c.Values)]);
    }

    public static ScalarColumn<T> Scalars<T>(PrimitiveDataViewType type, params T[] values)
    {
        var column = new ScalarColumn<T>(type);
        column.Alias(values, 0, values.Length);
        return column;
    }

    public static ScalarColumn<float> Singles(params float[] values) => Scalars(NumberDataViewType.Single, values);

    public static ScalarColumn<double> Doubles(params double[] values) => Scalars(NumberDataViewType.Double, values);

    public static ScalarColumn<ReadOnlyMemory<char>> Texts(params string[] values) =>
        Scalars(TextDataViewType.Instance, [.. values.Select(v => v.AsMemory())]);

    public static ScalarColumn<uint> Keys(int count, params uint[] values) => Scalars(new KeyDataViewType(count), values);

    public static DataViewSchema.Annotations KeyValues(params string[] values) =>
        new DataViewSchema.Annotations.Builder().AddKeyValues(values).ToAnnotations();

    public static DataViewSchema.Annotations SlotNames(params string[] names) =>
        new DataViewSchema.Annotations.Builder().AddSlotNames(names).ToAnnotations();

    /// <summary>Dense rows, all of one length.</summary>
    public static VectorColumn<T> Dense<T>(PrimitiveDataViewType itemType, params T[][] rows) => Vectors(VectorLayout.Dense, itemType, rows);

    public static VectorColumn<float> Dense(params float[][] rows) => Vectors(VectorLayout.Dense, NumberDataViewType.Single, rows);

    /// <summary>The same rows stored sparse.</summary>
    public static VectorColumn<T> Sparse<T>(PrimitiveDataViewType itemType, params T[][] rows) => Vectors(VectorLayout.Sparse, itemType, rows);

    public static VectorColumn<float> Sparse(params float[][] rows) => Vectors(VectorLayout.Sparse, NumberDataViewType.Single, rows);

    /// <summary>Rows of their own lengths.</summary>
    public static VectorColumn<T> Ragged<T>(PrimitiveDataViewType itemType, params T[][] rows) => Vectors(VectorLayout.Ragged, itemType, rows);

    public static ReadOnlyMemory<char>[] Words(params string[] words) => [.. words.Select(w => w.AsMemory())];

    private static VectorColumn<T> Vectors<T>(VectorLayout layout, PrimitiveDataViewType itemType, T[][] rows)
    {
        var column = new VectorColumn<T>(
            layout == VectorLayout.Ragged ? new VectorDataViewType(itemType) : new VectorDataViewType(itemType, rows.Length == 0 ? 1 : rows[0].Length));
        column.Begin(layout);
        foreach (var row in rows)
            column.AddRow(row);
        return column;
    }

    /// <summary>The values of a scalar column.</summary>
    public static T[] Column<T>(this IDataView view, string name)
    {
        List<T> values = [];
        using var cursor = view.GetBatchCursor([view.Schema[name]]);
        while (cursor.MoveNext())
            values.AddRange(cursor.Current.Scalars<T>(view.Schema[name].Index));
        return [.. values];
    }

    /// <summary>The values of a text column.</summary>
    public static string[] TextColumn(this IDataView view, string name) => [.. view.Column<ReadOnlyMemory<char>>(name).Select(t => t.ToString())];

    /// <summary>All slots of each row of a vector column.</summary>
    public static T[][] Rows<T>(this IDataView view, string name)
    {
        List<T[]> rows = [];
        using var cursor = view.GetBatchCursor([view.Schema[name]]);
        while (cursor.MoveNext())
        {
            var vectors = cursor.Current.Vectors<T>(view.Schema[name].Index);
            for (int row = 0; row < vectors.Count; row++)
            {
                rows.Add(new T[vectors.RowLength(row)]);
                vectors.CopyRowTo(row, rows[^1]);
            }
        }

        return [.. rows];
    }

    /// <summary>How the first batch stores a vector column.</summary>
    public static VectorLayout Layout<T>(this IDataView view, string name)
    {
        using var cursor = view.GetBatchCursor([view.Schema[name]]);
        Assert.IsTrue(cursor.MoveNext());
        return cursor.Current.Vectors<T>(view.Schema[name].Index).Layout;
    }

    public static string[] SlotNames(this IDataView view, string name) => [.. view.Schema[name].SlotNamesOrDefault()];

    public static string[] KeyTexts(this IDataView view, string name) => [.. view.Schema[name].KeyValueTexts()];
}

/// <summary>The same rows, in batches of another size, in buffers that are used again for the next batch.</summary>
internal sealed class Rebatched(IDataView source, int size) : BatchDataView
{
    public override DataViewSchema Schema => source.Schema;

    public override DataLineage Lineage => source.Lineage;

    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
        new Cursor(InMemoryDataView.Load(source, cancellationToken), [.. columnsNeeded.Select(c => c.Index).Distinct()], size, cancellationToken);

    private sealed class Cursor(InMemoryDataView data, int[] columns, int size, CancellationToken cancellation) : BatchCursor
    {
        private int _next;

        public override RowBatch Current { get; } = new(data.Schema);

        public override bool MoveNext()
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(size, data.RowCount - _next);
            if (rows <= 0)
                return false;
            foreach (int column in columns)
            {
                var buffer = Current.IsActive(column) ? Current[column] : ColumnBuffer.Create(data.Schema[column].Type);
                buffer.Gather(data.GetColumn(column), [.. Enumerable.Range(_next, rows)]);
                Current.Set(column, buffer);
            }

            Current.SetRows(_next, rows);
            _next += rows;
            return true;
        }
    }
}

/// <summary>A view as a user might write one: cursors only, and text in memory that every row uses again.</summary>
internal sealed class CursorOnly(IDataView source) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public DataLineage Lineage => source.Lineage;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded, rand));

    private sealed class Cursor(DataViewRowCursor cursor) : DataViewRowCursor
    {
        public override long Position => cursor.Position;

        public override long Batch => cursor.Batch;

        public override DataViewSchema Schema => cursor.Schema;

        public override bool MoveNext() => cursor.MoveNext();

        public override ValueGetter<DataViewRowId> GetIdGetter() => cursor.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => cursor.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var getter = cursor.GetGetter<TValue>(column);
            var memory = new char[1 << 10];
            if (typeof(TValue) == typeof(ReadOnlyMemory<char>))
            {
                return (ref TValue value) =>
                {
                    getter(ref value);
                    var text = (ReadOnlyMemory<char>)(object)value!;
                    text.CopyTo(memory);
                    value = (TValue)(object)(ReadOnlyMemory<char>)memory.AsMemory(0, text.Length);
                };
            }

            if (typeof(TValue) == typeof(VBuffer<ReadOnlyMemory<char>>))
            {
                return (ref TValue value) =>
                {
                    getter(ref value);
                    var texts = (VBuffer<ReadOnlyMemory<char>>)(object)value!;
                    int used = 0;
                    var moved = texts.GetValues().ToArray();
                    for (int i = 0; i < moved.Length; used += moved[i++].Length)
                    {
                        moved[i].CopyTo(memory.AsMemory(used));
                        moved[i] = memory.AsMemory(used, moved[i].Length);
                    }

                    value = (TValue)(object)new VBuffer<ReadOnlyMemory<char>>(texts.Length, moved.Length, moved, texts.GetIndices().ToArray());
                };
            }

            return getter;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                cursor.Dispose();
            base.Dispose(disposing);
        }
    }
}
