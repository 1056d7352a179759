using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Replaces values by others, after a table that is given: "malignant" by true, 1 by "first class". A value that is not in the table becomes missing:
/// NaN, empty text, 0 or false. Learns nothing.
/// </summary>
public sealed class ValueMappingEstimator : OneToOneEstimator<ValueMappingTransformer>
{
    private readonly ValueMappingTransformer _transformer;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which.</param>
    /// <param name="keys">The values to replace, each once: a column of any type but keys and vectors.</param>
    /// <param name="values">As many values that replace them.</param>
    /// <exception cref="ArgumentException">The table is empty, names a value twice, or its columns differ in length.</exception>
    public ValueMappingEstimator(IEnumerable<InputOutputColumnPair> columns, ColumnBuffer keys, ColumnBuffer values) : base(columns) =>
        _transformer = new ValueMappingTransformer(Columns, keys, values);

    /// <summary>Creates the estimator from pairs of .NET values.</summary>
    /// <typeparam name="TInput">The type of the values to replace: <see cref="string"/>, a number, <see cref="bool"/>, a date or time.</typeparam>
    /// <typeparam name="TOutput">The type of the values that replace them.</typeparam>
    /// <param name="column">The column to make, and of which.</param>
    /// <param name="pairs">The table: each value to replace once.</param>
    /// <exception cref="ArgumentException">The table is empty, names a value twice, or maps other types.</exception>
    public static ValueMappingEstimator Create<TInput, TOutput>(InputOutputColumnPair column, IReadOnlyCollection<KeyValuePair<TInput, TOutput>> pairs) =>
        new([column], ValueMappingTransformer.Column(pairs.Select(p => p.Key)), ValueMappingTransformer.Column(pairs.Select(p => p.Value)));

    /// <inheritdoc/>
    public override string ToString() => _transformer.ToString();

    /// <inheritdoc/>
    protected override ValueMappingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context) => _transformer;

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName) =>
        !input.IsKey && input.ItemType.Equals(_transformer.KeyType)
            ? new SchemaShape.Column(outputColumnName, input.Kind, _transformer.ValueType, isKey: false, dimensions: input.Dimensions)
            : throw SchemaException.WrongType(input.Name, $"{_transformer.KeyType}, the type of the table's keys,", input.TypeText);
}

/// <summary>Replaces values by others, after a table. Items of vectors are replaced one by one.</summary>
public sealed class ValueMappingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.MapValue";

    private readonly ITable _table;

    internal ValueMappingTransformer(IEnumerable<InputOutputColumnPair> columns, ColumnBuffer keys, ColumnBuffer values)
        : this(columns, keys.Type.Accept(new KeyVisitor(keys, values)))
    {
    }

    private ValueMappingTransformer(IEnumerable<InputOutputColumnPair> columns, ITable table) : base(columns) => _table = table;

    /// <summary>The type of the values that are replaced.</summary>
    public PrimitiveDataViewType KeyType => _table.KeyType;

    /// <summary>The type of the values that replace them.</summary>
    public PrimitiveDataViewType ValueType => _table.ValueType;

    /// <summary>The table as texts: each value that is replaced, and what replaces it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _table.Pairs;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        _table.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("MapValue", Columns, _table.Describe());

    internal static ValueMappingTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        var keys = LoadColumn(context, "Keys");
        var values = LoadColumn(context, "Values");
        try
        {
            return new ValueMappingTransformer(columns, keys, values);
        }
        catch (ArgumentException error)
        {
            throw context.Invalid(error.Message.TrimEnd('.'));
        }
    }

    /// <summary>A column of .NET values: text as <see cref="string"/>, everything else as its raw type.</summary>
    internal static ColumnBuffer Column<T>(IEnumerable<T> values)
    {
        if (values is IEnumerable<string> texts)
            return Column<ReadOnlyMemory<char>>(texts.Select(text => text.AsMemory()));
        PrimitiveDataViewType[] types =
        [
            TextDataViewType.Instance, BooleanDataViewType.Instance, .. NumberDataViewType.All, DateTimeDataViewType.Instance,
            DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance,
        ];
        var type = Array.Find(types, t => t.RawType == typeof(T))
            ?? throw new ArgumentException($"A table maps text, numbers, Booleans, dates and times; {typeof(T).Name} is none of them.", nameof(values));
        var column = new ScalarColumn<T>(type);
        foreach (var value in values)
            column.Add(value);
        return column;
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index) =>
        input.Type.ItemTypeOrSelf.Equals(KeyType)
            ? _table.ToFunction(input, new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, WithItems(input.Type, ValueType)))
            : throw SchemaException.WrongType(input.Name, $"{KeyType}, the type of the table's keys,", input.Type.ToString()!);

    private static ColumnBuffer LoadColumn(ModelLoadContext context, string name)
    {
        var type = context.ReadValueType(name);
        return type.Accept(new ColumnLoader(context, name, type));
    }

    private sealed class ColumnLoader(ModelLoadContext context, string name, PrimitiveDataViewType type) : IRawTypeVisitor<ColumnBuffer>
    {
        public ColumnBuffer Visit<T>()
        {
            T[] values = context.ReadValues<T>(name);
            var column = new ScalarColumn<T>(type);
            column.Alias(values, 0, values.Length);
            return column;
        }
    }

    private sealed class KeyVisitor(ColumnBuffer keys, ColumnBuffer values) : IRawTypeVisitor<ITable>
    {
        public ITable Visit<TIn>() => values.Type.Accept(new ValueVisitor<TIn>((ScalarColumn<TIn>)keys, values));
    }

    private sealed class ValueVisitor<TIn>(ScalarColumn<TIn> keys, ColumnBuffer values) : IRawTypeVisitor<ITable>
    {
        public ITable Visit<TOut>() => new Table<TIn, TOut>(keys, (ScalarColumn<TOut>)values);
    }

    /// <summary>A table without its types.</summary>
    private interface ITable
    {
        PrimitiveDataViewType KeyType { get; }

        PrimitiveDataViewType ValueType { get; }

        IReadOnlyList<KeyValuePair<string, string>> Pairs { get; }

        ColumnFunction ToFunction(DataViewSchema.Column input, DataViewSchema.DetachedColumn output);

        void Save(ModelSaveContext context);

        string Describe();
    }

    private sealed class Table<TIn, TOut> : ItemMap<TIn, TOut>, ITable
    {
        private readonly ScalarColumn<TIn> _keys;
        private readonly ScalarColumn<TOut> _values;
        private readonly Dictionary<Key, TOut> _table;

        public Table(ScalarColumn<TIn> keys, ScalarColumn<TOut> values)
        {
            if (keys.Count != values.Count || keys.Count == 0)
                throw new ArgumentException("A table maps at least one value, and each to one.", nameof(keys));
            (_keys, _values) = (keys, values);
            _table = new Dictionary<Key, TOut>(keys.Count);
            for (int i = 0; i < keys.Count; i++)
            {
                if (!_table.TryAdd(new Key(keys.Values[i]), values.Values[i]))
                    throw new ArgumentException($"The table maps '{PrimitiveValues<TIn>.Text(keys.Values[i])}' twice.", nameof(keys));
            }
        }

        public PrimitiveDataViewType KeyType => (PrimitiveDataViewType)_keys.Type;

        public PrimitiveDataViewType ValueType => (PrimitiveDataViewType)_values.Type;

        public override bool KeepsDefault => false;

        public void Save(ModelSaveContext context)
        {
            context.WriteValues("Keys", KeyType, _keys.Values);
            context.WriteValues("Values", ValueType, _values.Values);
        }

        public IReadOnlyList<KeyValuePair<string, string>> Pairs => [.. Enumerable.Range(0, _keys.Count).Select(i =>
            KeyValuePair.Create(PrimitiveValues<TIn>.Text(_keys.Values[i]), PrimitiveValues<TOut>.Text(_values.Values[i])))];

        public string Describe()
        {
            const int Shown = 3;
            string pairs = string.Join(", ", Pairs.Take(Shown).Select(p => $"{p.Key} → {p.Value}"));
            return pairs + (_keys.Count > Shown ? $", … ({_keys.Count} in all)" : "");
        }

        protected override void Map(ReadOnlySpan<TIn> items, Span<TOut> results)
        {
            for (int i = 0; i < items.Length; i++)
                results[i] = _table.TryGetValue(new Key(items[i]), out var value) ? value : PrimitiveValues<TOut>.Missing;
        }

        // Gives each value the equality that keys have, text by content.
        private readonly struct Key(TIn value) : IEquatable<Key>
        {
            private readonly TIn _value = value;

            public bool Equals(Key other) => PrimitiveValues<TIn>.Equality.Equals(_value, other._value);

            public override bool Equals(object? obj) => obj is Key other && Equals(other);

            public override int GetHashCode() => PrimitiveValues<TIn>.Equality.GetHashCode(_value!);
        }
    }
}
