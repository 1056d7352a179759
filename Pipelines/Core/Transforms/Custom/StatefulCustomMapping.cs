using System.Diagnostics.CodeAnalysis;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Computes columns by a function of the user's own that remembers something from row to row: running totals, previous values. Learns nothing.
/// </summary>
/// <remarks>
/// A state is made at the beginning of each pass over the data and goes through all its rows in their order, so that every pass gives the same.
/// Single rows have no row before them: a pipeline with this step transforms views, and a prediction engine refuses it. (ML.NET's engine keeps
/// one state from call to call; an engine here serves many threads, whose calls have no order.)
/// </remarks>
/// <typeparam name="TSrc">What the function reads; see <see cref="RowReader{TRow}"/> for what its members may be.</typeparam>
/// <typeparam name="TDst">What the function writes; see <see cref="RowWriter{TRow}"/> for what its members may be.</typeparam>
/// <typeparam name="TState">What the function remembers.</typeparam>
public sealed class StatefulCustomMappingEstimator<
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst,
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>
    : TrivialEstimator<StatefulCustomMappingTransformer<TSrc, TDst, TState>>
    where TSrc : class, new()
    where TDst : class, new()
    where TState : class, new()
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="mapAction">Computes the second object's members from the first one's and from the state, which it may change.</param>
    /// <param name="contractName">The name under which the actions are registered where the model is loaded; null for a model that is never saved.</param>
    /// <param name="stateInitAction">Brings a new state to the beginning of a pass.</param>
    /// <exception cref="SchemaException">A member cannot be a column.</exception>
    public StatefulCustomMappingEstimator(Action<TSrc, TDst, TState> mapAction, string? contractName, Action<TState> stateInitAction)
        : base(new StatefulCustomMappingTransformer<TSrc, TDst, TState>(mapAction, contractName, stateInitAction)) { }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string name in Transformer.InputColumnNames)
            _ = inputSchema[name];
        return inputSchema.With(Transformer.OutputColumns.Select(SchemaShape.Column.Create).ToList());
    }
}

/// <summary>Computes columns by a function of the user's own that remembers something from row to row.</summary>
/// <typeparam name="TSrc">What the function reads.</typeparam>
/// <typeparam name="TDst">What the function writes.</typeparam>
/// <typeparam name="TState">What the function remembers.</typeparam>
public sealed class StatefulCustomMappingTransformer<
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst,
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>
    : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
    where TState : class, new()
{
    private readonly Action<TSrc, TDst, TState> _map;
    private readonly Action<TState> _begin;
    private readonly string? _contractName;

    /// <summary>Creates the transformer.</summary>
    /// <param name="mapAction">Computes the second object's members from the first one's and from the state, which it may change.</param>
    /// <param name="contractName">The name under which the actions are registered where the model is loaded; null for a model that is never saved.</param>
    /// <param name="stateInitAction">Brings a new state to the beginning of a pass.</param>
    /// <exception cref="SchemaException">A member cannot be a column.</exception>
    public StatefulCustomMappingTransformer(Action<TSrc, TDst, TState> mapAction, string? contractName, Action<TState> stateInitAction)
    {
        ArgumentNullException.ThrowIfNull(mapAction);
        ArgumentNullException.ThrowIfNull(stateInitAction);
        (_map, _begin, _contractName) = (mapAction, stateInitAction, CustomContract.Check(contractName));
        InputColumnNames = [.. SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Write).Select(c => c.ColumnName)];
        OutputColumns = new RowWriter<TDst>().Schema;
    }

    /// <summary>False: what a row gives depends on the rows before it.</summary>
    public bool IsRowToRowMapper => false;

    /// <summary>The contract's id, or that of mappings without one, which cannot be saved.</summary>
    public string ComponentId => CustomMappingComponents.IdOf(_contractName ?? "Unnamed");

    internal IReadOnlyList<string> InputColumnNames { get; }

    internal DataViewSchema OutputColumns { get; }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => OfPass(inputSchema).GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        throw new InvalidOperationException($"{this} remembers earlier rows, so it maps no single rows. Use Transform on a view.");

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedDataView(input, OfPass(input.Schema).GetRowToRowMapper(input.Schema), new LineageStep(ToString()));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The mapping has no contract name.</exception>
    public void Save(ModelSaveContext context) => CustomContract.Save(
        context, _contractName, this, $"AddCustomMapping<{typeof(TSrc).Name}, {typeof(TDst).Name}, {typeof(TState).Name}>(\"name\", action, stateInitAction)");

    /// <inheritdoc/>
    public override string ToString() =>
        $"StatefulCustomMapping({string.Join(", ", OutputColumns.VisibleNames)} ← {string.Join(", ", InputColumnNames)}{CustomContract.InWords(_contractName)})";

    // A view makes a worker for each pass, and each worker a mapping with a state of its own.
    private CustomMappingTransformer<TSrc, TDst> OfPass(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return CustomMappingTransformer<TSrc, TDst>.ForEachWorker(() =>
        {
            var state = new TState();
            _begin(state);
            return (source, made) => _map(source, made, state);
        });
    }
}
