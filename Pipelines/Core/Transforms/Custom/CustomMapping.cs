using System.Diagnostics.CodeAnalysis;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Computes columns by a function of the user's own, row by row: members of <typeparamref name="TSrc"/> are read from the columns of their names, members of
/// <typeparamref name="TDst"/> become columns. Learns nothing.
/// </summary>
/// <typeparam name="TSrc">What the function reads; see <see cref="RowReader{TRow}"/> for what its members may be.</typeparam>
/// <typeparam name="TDst">What the function writes; see <see cref="RowWriter{TRow}"/> for what its members may be.</typeparam>
public sealed class CustomMappingEstimator<
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst>
    : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="mapAction">Computes the second object's members from the first one's. A function of its arguments alone, called from many threads.</param>
    /// <param name="contractName">The name under which the action is registered where the model is loaded; null for a model that is never saved.</param>
    /// <param name="inputSchemaDefinition">Which columns are read into which members; all, by name, when null.</param>
    /// <param name="outputSchemaDefinition">Which members become which columns; all, by name, when null.</param>
    /// <exception cref="SchemaException">A member cannot be a column.</exception>
    public CustomMappingEstimator(
        Action<TSrc, TDst> mapAction,
        string? contractName,
        SchemaDefinition? inputSchemaDefinition = null,
        SchemaDefinition? outputSchemaDefinition = null)
        : base(new CustomMappingTransformer<TSrc, TDst>(mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition)) { }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string name in Transformer.InputColumnNames)
            _ = inputSchema[name];
        return inputSchema.With(Transformer.OutputColumns.Select(SchemaShape.Column.Create).ToList());
    }
}

/// <summary>Computes columns by a function of the user's own.</summary>
/// <typeparam name="TSrc">What the function reads.</typeparam>
/// <typeparam name="TDst">What the function writes.</typeparam>
public sealed class CustomMappingTransformer<
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst>
    : RowToRowTransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Func<Action<TSrc, TDst>> _map;
    private readonly string? _contractName;
    private readonly SchemaDefinition _input;
    private readonly RowWriter<TDst> _writer;

    /// <summary>Creates the transformer.</summary>
    /// <param name="mapAction">Computes the second object's members from the first one's. A function of its arguments alone, called from many threads.</param>
    /// <param name="contractName">The name under which the action is registered where the model is loaded; null for a model that is never saved.</param>
    /// <param name="inputSchemaDefinition">Which columns are read into which members; all, by name, when null.</param>
    /// <param name="outputSchemaDefinition">Which members become which columns; all, by name, when null.</param>
    /// <exception cref="SchemaException">A member cannot be a column.</exception>
    public CustomMappingTransformer(
        Action<TSrc, TDst> mapAction,
        string? contractName,
        SchemaDefinition? inputSchemaDefinition = null,
        SchemaDefinition? outputSchemaDefinition = null)
    {
        ArgumentNullException.ThrowIfNull(mapAction);
        (_map, _contractName) = (() => mapAction, CustomContract.Check(contractName));
        _input = inputSchemaDefinition ?? SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Write);
        _writer = new RowWriter<TDst>(outputSchemaDefinition);
    }

    private CustomMappingTransformer(Func<Action<TSrc, TDst>> map)
    {
        _map = map;
        _input = SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Write);
        _writer = new RowWriter<TDst>();
    }

    /// <summary>The contract's id, or that of mappings without one, which cannot be saved.</summary>
    public override string ComponentId => CustomMappingComponents.IdOf(_contractName ?? "Unnamed");

    internal IEnumerable<string> InputColumnNames => _input.Select(c => c.ColumnName);

    internal DataViewSchema OutputColumns => _writer.Schema;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The mapping has no contract name.</exception>
    public override void Save(ModelSaveContext context) =>
        CustomContract.Save(context, _contractName, this, $"AddCustomMapping<{typeof(TSrc).Name}, {typeof(TDst).Name}>(\"name\", action)");

    /// <inheritdoc/>
    public override string ToString() =>
        $"CustomMapping({string.Join(", ", OutputColumns.VisibleNames)} ← {string.Join(", ", InputColumnNames)}{CustomContract.InWords(_contractName)})";

    /// <summary>A mapping whose function is made anew for each worker, which is each pass over a view.</summary>
    internal static CustomMappingTransformer<TSrc, TDst> ForEachWorker(Func<Action<TSrc, TDst>> map) => new(map);

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var reader = new RowReader<TSrc>(inputSchema, _input);
        yield return new ColumnFunction(reader.Columns, [.. OutputColumns.Select(c => c.Detach())], () => new Worker(reader, this).Run);
    }

    private sealed class Worker(RowReader<TSrc> reader, CustomMappingTransformer<TSrc, TDst> transformer)
    {
        private readonly Action<TSrc, TDst> _map = transformer._map();
        private TSrc _source = new();
        private ColumnBuffer?[] _outputs = [];
        private RowAppender<TDst>? _appender;

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            if (_appender is null || !outputs.SequenceEqual(_outputs))
                (_outputs, _appender) = (outputs.ToArray(), transformer._writer.Open(outputs));
            _appender.Clear();
            for (int row = 0; row < batch.Count; row++)
            {
                reader.Read(batch, row, ref _source);
                // A new object for each row, so that what an action does not set never comes from another row.
                var made = new TDst();
                _map(_source, made);
                _appender.Append(made);
            }
        }
    }
}
