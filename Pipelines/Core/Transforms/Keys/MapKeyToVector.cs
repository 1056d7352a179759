using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Turns keys into vectors with a slot for each category: 1 at the key's slot (indicator), or how often each key occurs in a vector (counts).
/// A missing key leaves its slots 0. Wide vectors are stored sparse. Learns nothing.
/// </summary>
public sealed class KeyToVectorMappingEstimator : OneToOneEstimator<KeyToVectorMappingTransformer>
{
    private readonly KeyToVectorMappingTransformer _transformer;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: keys or vectors of keys.</param>
    /// <param name="outputCountVector">
    /// Whether a vector's keys are counted in one row of slots; otherwise each has a row of its own, one after the other. Without effect on scalars.
    /// </param>
    public KeyToVectorMappingEstimator(IEnumerable<InputOutputColumnPair> columns, bool outputCountVector = false) : base(columns) =>
        _transformer = new(Columns, outputCountVector);

    /// <inheritdoc/>
    public override string ToString() => _transformer.ToString();

    /// <inheritdoc/>
    protected override KeyToVectorMappingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        _ = _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName) => input.IsKey
        ? _transformer.Encoding.ToShape(input, outputColumnName)
        : throw WrongInput(input.Name, input.TypeText);

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "a key, or a vector of keys,", found, "Make keys with Transforms.Conversion.MapValueToKey first, or use Transforms.Categorical.OneHotEncoding.");
}

/// <summary>Turns keys into indicator or count vectors.</summary>
/// <param name="columns">The columns to make, and of which.</param>
/// <param name="outputCountVector">Whether a vector's keys are counted in one row of slots.</param>
public sealed class KeyToVectorMappingTransformer(IEnumerable<InputOutputColumnPair> columns, bool outputCountVector = false) : OneToOneTransformer(columns)
{
    internal const string Id = "MLPath.MapKeyToVector";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    internal KeyEncoding Encoding => outputCountVector ? KeyEncoding.Count : KeyEncoding.Indicator;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("OutputCountVector", outputCountVector);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("MapKeyToVector", Columns, outputCountVector ? "counts" : "");

    internal static KeyToVectorMappingTransformer Load(ModelLoadContext context) => new(LoadColumns(context), context.ReadBoolean("OutputCountVector"));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index) => input.Type.ItemTypeOrSelf is KeyDataViewType
        ? Encoding.ToFunction(input, Columns[index].OutputColumnName)
        : throw KeyToVectorMappingEstimator.WrongInput(input.Name, input.Type.ToString()!);
}
