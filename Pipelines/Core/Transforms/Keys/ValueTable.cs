using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>A table of values, and what replaces each: scalars or vectors.</summary>
internal abstract class ValueTable
{
    private protected ValueTable(PrimitiveDataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations) =>
        (KeyType, ValueType, ValueAnnotations) = (keyType, valueType, annotations);

    /// <summary>The type of the values that are replaced.</summary>
    public PrimitiveDataViewType KeyType { get; }

    /// <summary>The type of what replaces them.</summary>
    public DataViewType ValueType { get; }

    /// <summary>What keys stand for, where keys replace values.</summary>
    public DataViewSchema.Annotations ValueAnnotations { get; }

    /// <summary>What a column of the values looks like.</summary>
    public SchemaShape.Column ValueShape
    {
        get
        {
            var schema = new DataViewSchema.Builder();
            schema.AddColumn("Value", ValueType, ValueAnnotations);
            return SchemaShape.Column.Create(schema.ToSchema()[0]);
        }
    }

    /// <summary>Each value that is replaced, and what replaces it, as texts.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Pairs { get; }

    /// <summary>The function that makes a column.</summary>
    public abstract ColumnFunction ToFunction(DataViewSchema.Column input, DataViewSchema.DetachedColumn output);

    public abstract void Save(ModelSaveContext context);

    /// <summary>Makes a table.</summary>
    /// <param name="keys">The values to replace, each once.</param>
    /// <param name="values">As many values that replace them.</param>
    /// <param name="annotations">The annotations of the values; what keys stand for is kept.</param>
    /// <exception cref="ArgumentException">The table is empty, names a value twice, or its columns differ in length or are of other types.</exception>
    public static ValueTable Create(ColumnBuffer keys, ColumnBuffer values, DataViewSchema.Annotations annotations)
    {
        if (keys.Type is not PrimitiveDataViewType or KeyDataViewType)
            throw new ArgumentException($"A table replaces text, numbers, Booleans, dates and times; {keys.Type} is none of them.", nameof(keys));
        if (values.Type.ItemTypeOrSelf is not PrimitiveDataViewType)
            throw new ArgumentException($"A table gives text, numbers, Booleans, dates, keys or vectors of these; {values.Type} is none of them.", nameof(values));
        if (keys.Count != values.Count || keys.Count == 0)
            throw new ArgumentException("A table maps at least one value, and each to one.", nameof(keys));
        var kept = new DataViewSchema.Annotations.Builder().Add(annotations, kind =>
            kind == AnnotationKinds.KeyValues && annotations.Schema[kind].Type is VectorDataViewType { ItemType: not KeyDataViewType }).ToAnnotations();
        return keys.Type.Accept(new KeyVisitor(keys, values, kept));
    }

    public static ValueTable Load(ModelLoadContext context)
    {
        var keys = Accept(context.ReadValueType("Keys"), new ScalarLoader(context, "Keys", null));
        ColumnBuffer values;
        try
        {
            PrimitiveDataViewType itemType = context.ReadValueType("Values");
            if (context.Has("KeyCount"))
                itemType = new KeyDataViewType(itemType.RawType, (ulong)context.ReadInt64("KeyCount"));
            values = Accept(itemType, context.Has("VectorSize") ? new VectorLoader(context, itemType, context.ReadInt32("VectorSize")) : new ScalarLoader(context, "Values", itemType));
            return Create(keys, values, context.Has("KeyValues.Type")
                ? context.ReadValueType("KeyValues").Accept(new AnnotationLoader(context))
                : DataViewSchema.Annotations.Empty);
        }
        catch (ArgumentException error)
        {
            throw context.Invalid(error.Message.TrimEnd('.'));
        }

        static ColumnBuffer Accept(PrimitiveDataViewType type, IRawTypeVisitor<ColumnBuffer> loader) => type.Accept(loader);
    }

    /// <summary>Writes the values that replace others, items of vectors one row after the other.</summary>
    private protected void SaveValues<T>(ModelSaveContext context, ReadOnlySpan<T> values)
    {
        var item = (PrimitiveDataViewType)ValueType.ItemTypeOrSelf;
        if (item is KeyDataViewType key)
        {
            context.Write("KeyCount", checked((long)key.Count));
            item = NumberDataViewType.All.First(n => n.RawType == key.RawType);
        }

        context.WriteValues("Values", item, values);
        if (ValueAnnotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is { } texts)
            texts.Type.Accept(new AnnotationSaver(context, this));
    }

    private sealed class KeyVisitor(ColumnBuffer keys, ColumnBuffer values, DataViewSchema.Annotations annotations) : IRawTypeVisitor<ValueTable>
    {
        public ValueTable Visit<TIn>() => values.Type.Accept(new ValueVisitor<TIn>((ScalarColumn<TIn>)keys, values, annotations));
    }

    private sealed class ValueVisitor<TIn>(ScalarColumn<TIn> keys, ColumnBuffer values, DataViewSchema.Annotations annotations) : IRawTypeVisitor<ValueTable>
    {
        public ValueTable Visit<TOut>() => values is VectorColumn<TOut> vectors
            ? new VectorTable<TIn, TOut>(keys, vectors, annotations)
            : new ScalarTable<TIn, TOut>(keys, (ScalarColumn<TOut>)values, annotations);
    }

    private sealed class ScalarLoader(ModelLoadContext context, string name, PrimitiveDataViewType? type) : IRawTypeVisitor<ColumnBuffer>
    {
        public ColumnBuffer Visit<T>()
        {
            type ??= context.ReadValueType(name);
            T[] values = context.ReadValues<T>(name);
            var column = new ScalarColumn<T>(type);
            column.Alias(values, 0, values.Length);
            return column;
        }
    }

    private sealed class VectorLoader(ModelLoadContext context, PrimitiveDataViewType itemType, int size) : IRawTypeVisitor<ColumnBuffer>
    {
        public ColumnBuffer Visit<T>()
        {
            T[] items = context.ReadValues<T>("Values");
            int[] ends = context.ReadArray<int>("Ends");
            if (size < 0)
                throw context.Invalid("vectors have a negative size");
            var column = new VectorColumn<T>(new VectorDataViewType(itemType, size));
            column.Begin(size > 0 ? VectorLayout.Dense : VectorLayout.Ragged);
            for (int row = 0, start = 0; row < ends.Length; start = ends[row++])
            {
                if (ends[row] < start || ends[row] > items.Length)
                    throw context.Invalid($"vector {row} does not lie within the values");
                column.AddRow(items.AsSpan(start, ends[row] - start));
            }

            return column;
        }
    }

    private sealed class AnnotationSaver(ModelSaveContext context, ValueTable table) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            VBuffer<T> values = default;
            table.ValueAnnotations.GetValue(AnnotationKinds.KeyValues, ref values);
            var type = (PrimitiveDataViewType)table.ValueAnnotations.Schema[AnnotationKinds.KeyValues].Type.ItemTypeOrSelf;
            context.WriteValues<T>("KeyValues", type, values.DenseValues());
            return true;
        }
    }

    private sealed class AnnotationLoader(ModelLoadContext context) : IRawTypeVisitor<DataViewSchema.Annotations>
    {
        public DataViewSchema.Annotations Visit<T>() => new DataViewSchema.Annotations.Builder()
            .AddKeyValues(context.ReadValueType("KeyValues"), context.ReadValues<T>("KeyValues")).ToAnnotations();
    }
}

/// <summary>Finds the row of a value in a table.</summary>
internal sealed class TableIndex<TIn>
{
    private readonly ScalarColumn<TIn> _keys;
    private readonly Dictionary<Key, int> _rows;

    public TableIndex(ScalarColumn<TIn> keys)
    {
        (_keys, _rows) = (keys, new Dictionary<Key, int>(keys.Count));
        for (int row = 0; row < keys.Count; row++)
        {
            if (!_rows.TryAdd(new Key(keys.Values[row]), row))
                throw new ArgumentException($"The table maps '{PrimitiveValues<TIn>.Text(keys.Values[row])}' twice.", nameof(keys));
        }
    }

    public int Count => _keys.Count;

    /// <summary>The row of a value; −1 when the table does not have it.</summary>
    public int Find(TIn value) => _rows.TryGetValue(new Key(value), out int row) ? row : -1;

    public string Text(int row) => PrimitiveValues<TIn>.Text(_keys.Values[row]);

    public void Save(ModelSaveContext context) => context.WriteValues("Keys", (PrimitiveDataViewType)_keys.Type, _keys.Values);

    // Gives each value the equality that keys have, text by content.
    private readonly struct Key(TIn value) : IEquatable<Key>
    {
        private readonly TIn _value = value;

        public bool Equals(Key other) => PrimitiveValues<TIn>.Equality.Equals(_value, other._value);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => PrimitiveValues<TIn>.Equality.GetHashCode(_value!);
    }
}

/// <summary>A table that replaces values by scalars.</summary>
internal sealed class ScalarTable<TIn, TOut>(ScalarColumn<TIn> keys, ScalarColumn<TOut> values, DataViewSchema.Annotations annotations)
    : ValueTable((PrimitiveDataViewType)keys.Type, values.Type, annotations)
{
    private readonly TableIndex<TIn> _index = new(keys);
    private readonly TOut _missing = values.Type is KeyDataViewType ? default! : PrimitiveValues<TOut>.Missing;

    public override IReadOnlyList<KeyValuePair<string, string>> Pairs =>
        [.. Enumerable.Range(0, _index.Count).Select(row => KeyValuePair.Create(_index.Text(row), PrimitiveValues<TOut>.Text(values.Values[row])))];

    public override ColumnFunction ToFunction(DataViewSchema.Column input, DataViewSchema.DetachedColumn output) =>
        new TableMap(_index, values, _missing).ToFunction(input, output);

    public override void Save(ModelSaveContext context)
    {
        _index.Save(context);
        SaveValues(context, values.Values);
    }

    private sealed class TableMap(TableIndex<TIn> index, ScalarColumn<TOut> values, TOut missing) : ItemMap<TIn, TOut>
    {
        public override bool KeepsDefault => false;

        protected override void Map(ReadOnlySpan<TIn> items, Span<TOut> results)
        {
            for (int i = 0; i < items.Length; i++)
                results[i] = index.Find(items[i]) is >= 0 and var row ? values.Values[row] : missing;
        }
    }
}

/// <summary>A table that replaces scalars by vectors.</summary>
internal sealed class VectorTable<TIn, TOut>(ScalarColumn<TIn> keys, VectorColumn<TOut> values, DataViewSchema.Annotations annotations)
    : ValueTable((PrimitiveDataViewType)keys.Type, values.Type, annotations)
{
    private readonly TableIndex<TIn> _index = new(keys);
    private readonly TOut[][] _rows = [.. Enumerable.Range(0, values.Count).Select(row =>
    {
        var items = new TOut[values.RowLength(row)];
        values.CopyRowTo(row, items);
        return items;
    })];

    private readonly TOut[] _missing =
        [.. Enumerable.Repeat(values.Type.KeyCount > 0 ? default! : PrimitiveValues<TOut>.Missing, values.Type.ValueCount)];

    public override IReadOnlyList<KeyValuePair<string, string>> Pairs =>
        [.. _rows.Select((items, row) => KeyValuePair.Create(_index.Text(row), $"[{string.Join(", ", items.Select(PrimitiveValues<TOut>.Text))}]"))];

    public override ColumnFunction ToFunction(DataViewSchema.Column input, DataViewSchema.DetachedColumn output) =>
        new([input], [output], () => (batch, outputs) =>
        {
            if (outputs[0] is not VectorColumn<TOut> made)
                return;
            made.Begin(made.Size > 0 ? VectorLayout.Dense : VectorLayout.Ragged);
            foreach (var value in batch.Scalars<TIn>(input.Index))
                made.AddRow(_index.Find(value) is >= 0 and var row ? _rows[row] : _missing);
        });

    public override void Save(ModelSaveContext context)
    {
        _index.Save(context);
        var vector = (VectorDataViewType)ValueType;
        context.Write("VectorSize", vector.Size);
        int end = 0;
        context.WriteArray<int>("Ends", [.. _rows.Select(row => end += row.Length)]);
        SaveValues<TOut>(context, _rows.SelectMany(row => row).ToArray());
    }
}
