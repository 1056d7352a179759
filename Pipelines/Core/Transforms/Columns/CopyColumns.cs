using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>Gives columns a second name: values and annotations are those of the input. Learns nothing, copies nothing.</summary>
public sealed class ColumnCopyingEstimator : OneToOneEstimator<ColumnCopyingTransformer>
{
    private readonly ColumnCopyingTransformer _transformer;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which; at least one.</param>
    public ColumnCopyingEstimator(params IEnumerable<InputOutputColumnPair> columns) : base(columns) => _transformer = new(Columns);

    /// <inheritdoc/>
    public override string ToString() => _transformer.ToString();

    /// <inheritdoc/>
    protected override ColumnCopyingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context) => _transformer;

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName) => input.Rename(outputColumnName);
}

/// <summary>Gives columns a second name.</summary>
/// <param name="columns">The columns to make, and of which; at least one.</param>
public sealed class ColumnCopyingTransformer(params IEnumerable<InputOutputColumnPair> columns) : OneToOneTransformer(columns)
{
    internal const string Id = "MLPath.CopyColumns";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context) => SaveColumns(context);

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("CopyColumns", Columns);

    internal static ColumnCopyingTransformer Load(ModelLoadContext context) => new(LoadColumns(context));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index) =>
        new([input], [new(Columns[index].OutputColumnName, input.Type, input.Annotations)],
            () => (batch, outputs) => outputs[0]!.Slice(batch[input.Index], 0, batch.Count));
}
