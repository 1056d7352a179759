using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Turns keys into vectors of binary digits: ⌊log₂ k⌋ + 2 slots for k categories hold the digits of the key's number less 1, the highest first.
/// A missing key is 1 in every slot. The keys of a vector stand one after the other. Learns nothing.
/// </summary>
public sealed class KeyToBinaryVectorMappingEstimator : OneToOneEstimator<KeyToBinaryVectorMappingTransformer>
{
    private readonly KeyToBinaryVectorMappingTransformer _transformer;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: keys or vectors of known size of keys.</param>
    public KeyToBinaryVectorMappingEstimator(params IEnumerable<InputOutputColumnPair> columns) : base(columns) => _transformer = new(Columns);

    /// <inheritdoc/>
    public override string ToString() => _transformer.ToString();

    /// <inheritdoc/>
    protected override KeyToBinaryVectorMappingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        _ = _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName) => input.IsKey
        ? KeyEncoding.Binary.ToShape(input, outputColumnName)
        : throw KeyToVectorMappingEstimator.WrongInput(input.Name, input.TypeText);
}

/// <summary>Turns keys into vectors of binary digits.</summary>
/// <param name="columns">The columns to make, and of which.</param>
public sealed class KeyToBinaryVectorMappingTransformer(params IEnumerable<InputOutputColumnPair> columns) : OneToOneTransformer(columns)
{
    internal const string Id = "MLPath.MapKeyToBinaryVector";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context) => SaveColumns(context);

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("MapKeyToBinaryVector", Columns);

    internal static KeyToBinaryVectorMappingTransformer Load(ModelLoadContext context) => new(LoadColumns(context));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index) => input.Type.ItemTypeOrSelf is KeyDataViewType
        ? KeyEncoding.Binary.ToFunction(input, Columns[index].OutputColumnName)
        : throw KeyToVectorMappingEstimator.WrongInput(input.Name, input.Type.ToString()!);
}
