using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Tells which values are missing: true for NaN, empty text and key 0, false for everything else, ±∞ included. A Boolean for a scalar, a vector of
/// Booleans for a vector. Learns nothing.
/// </summary>
public sealed class MissingValueIndicatorEstimator : OneToOneEstimator<MissingValueIndicatorTransformer>
{
    private readonly MissingValueIndicatorTransformer _transformer;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, text, keys, or vectors of these.</param>
    public MissingValueIndicatorEstimator(params IEnumerable<InputOutputColumnPair> columns) : base(columns) => _transformer = new(Columns);

    /// <inheritdoc/>
    public override string ToString() => _transformer.ToString();

    /// <inheritdoc/>
    protected override MissingValueIndicatorTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context) => _transformer;

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName) => CanIndicate(input)
        ? new SchemaShape.Column(outputColumnName, input.Kind, BooleanDataViewType.Instance, isKey: false,
            new SchemaShape(KeepAnnotations(input, AnnotationKinds.SlotNames)), input.Dimensions)
        : throw WrongInput(input.Name, input.TypeText);

    internal static bool CanIndicate(SchemaShape.Column input) =>
        input.IsKey || input.ItemType == NumberDataViewType.Single || input.ItemType == NumberDataViewType.Double || input.ItemType is TextDataViewType;

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "Single, Double, text, a key, or a vector of these,", found, "Other types have no missing value.");
}

/// <summary>Tells which values are missing.</summary>
/// <param name="columns">The columns to make, and of which.</param>
public sealed class MissingValueIndicatorTransformer(params IEnumerable<InputOutputColumnPair> columns) : OneToOneTransformer(columns)
{
    internal const string Id = "MLPath.IndicateMissingValues";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context) => SaveColumns(context);

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("IndicateMissingValues", Columns);

    internal static MissingValueIndicatorTransformer Load(ModelLoadContext context) => new(LoadColumns(context));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        if (!MissingValueIndicatorEstimator.CanIndicate(SchemaShape.Column.Create(input)))
            throw MissingValueIndicatorEstimator.WrongInput(input.Name, input.Type.ToString()!);
        var annotations = new DataViewSchema.Annotations.Builder().Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        return input.Type.Accept(new Factory(input, new(
            Columns[index].OutputColumnName, WithItems(input.Type, BooleanDataViewType.Instance), annotations.ToAnnotations())));
    }

    private sealed class Factory(DataViewSchema.Column input, DataViewSchema.DetachedColumn output) : IRawTypeVisitor<ColumnFunction>
    {
        public ColumnFunction Visit<T>() => new IndicatorMap<T>(input.Type.KeyCount > 0).ToFunction(input, output);
    }

    private sealed class IndicatorMap<T>(bool isKey) : ItemMap<T, bool>
    {
        public override bool KeepsDefault { get; } = !isKey && typeof(T) != typeof(ReadOnlyMemory<char>);

        protected override void Map(ReadOnlySpan<T> items, Span<bool> results)
        {
            for (int i = 0; i < items.Length; i++)
                results[i] = isKey ? KeyValue.Number(items[i]) == 0 : PrimitiveValues<T>.IsMissing(items[i]);
        }
    }
}
