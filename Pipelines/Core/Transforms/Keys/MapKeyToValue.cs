using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Turns keys back into what they stand for, by the annotation <see cref="AnnotationKinds.KeyValues"/> of the column, with its type. A missing
/// key becomes a missing value: NaN, empty text, or the default value of types that have none. Learns nothing.
/// </summary>
public sealed class KeyToValueMappingEstimator : OneToOneEstimator<KeyToValueMappingTransformer>
{
    private readonly KeyToValueMappingTransformer _transformer;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: keys or vectors of keys, with known values.</param>
    public KeyToValueMappingEstimator(params IEnumerable<InputOutputColumnPair> columns) : base(columns) => _transformer = new(Columns);

    /// <inheritdoc/>
    public override string ToString() => _transformer.ToString();

    /// <inheritdoc/>
    protected override KeyToValueMappingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        _ = _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (!input.IsKey)
            throw WrongInput(input.Name, input.TypeText);
        if (!input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values))
            throw WithoutValues(input.Name);
        return new SchemaShape.Column(outputColumnName, input.Kind, values.ItemType, values.IsKey,
            new SchemaShape(KeepAnnotations(input, AnnotationKinds.SlotNames)), input.Dimensions, values.KeyCount);
    }

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "a key, or a vector of keys,", found, "Only keys stand for values.");

    internal static SchemaException WithoutValues(string name) => new(
        $"It is not known what the keys of column '{name}' stand for: the column lacks the annotation {AnnotationKinds.KeyValues}, with a value for each key.");
}

/// <summary>Turns keys back into what they stand for.</summary>
/// <param name="columns">The columns to make, and of which.</param>
public sealed class KeyToValueMappingTransformer(params IEnumerable<InputOutputColumnPair> columns) : OneToOneTransformer(columns)
{
    internal const string Id = "MLPath.MapKeyToValue";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context) => SaveColumns(context);

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("MapKeyToValue", Columns);

    internal static KeyToValueMappingTransformer Load(ModelLoadContext context) => new(LoadColumns(context));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        if (input.Type.ItemTypeOrSelf is not KeyDataViewType key)
            throw KeyToValueMappingEstimator.WrongInput(input.Name, input.Type.ToString()!);
        if (input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is not VectorDataViewType values || (ulong)values.Size != key.Count)
            throw KeyToValueMappingEstimator.WithoutValues(input.Name);
        var annotations = new DataViewSchema.Annotations.Builder().Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        var output = new DataViewSchema.DetachedColumn(
            Columns[index].OutputColumnName, WithItems(input.Type, values.ItemType), annotations.ToAnnotations());
        return values.Accept(new OfValue(input, output, key));
    }

    private sealed class OfValue(DataViewSchema.Column input, DataViewSchema.DetachedColumn output, KeyDataViewType key) : IRawTypeVisitor<ColumnFunction>
    {
        public ColumnFunction Visit<T>()
        {
            VBuffer<T> values = default;
            input.GetKeyValues(ref values);
            return key.Accept(new OfKey<T>(input, output, [PrimitiveValues<T>.Missing, .. values.DenseValues()]));
        }
    }

    private sealed class OfKey<T>(DataViewSchema.Column input, DataViewSchema.DetachedColumn output, T[] values) : IRawTypeVisitor<ColumnFunction>
    {
        public ColumnFunction Visit<TKey>() => new ValueMap<TKey, T>(values).ToFunction(input, output);
    }

    /// <summary>Keys to values; values[0] is missing, and serves keys out of range too.</summary>
    private sealed class ValueMap<TKey, T>(T[] values) : ItemMap<TKey, T>
    {
        public override bool KeepsDefault { get; } = EqualityComparer<T>.Default.Equals(values[0], default);

        protected override void Map(ReadOnlySpan<TKey> items, Span<T> results)
        {
            for (int i = 0; i < items.Length; i++)
                results[i] = values[KeyValue.Number(items[i]) is var key && key < (ulong)values.Length ? key : 0];
        }
    }
}
