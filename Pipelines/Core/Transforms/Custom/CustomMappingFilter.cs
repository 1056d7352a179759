using System.Diagnostics.CodeAnalysis;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>Drops the rows for which a function of the user's own says so. Learns nothing.</summary>
/// <remarks>
/// It changes which rows there are, so that single rows cannot be predicted with it. To drop rows in training only, append it with
/// <see cref="TransformerScope.Training"/>: the fitted pipeline then leaves it out.
/// </remarks>
/// <typeparam name="TSrc">What the function reads; see <see cref="RowReader{TRow}"/> for what its members may be.</typeparam>
/// <typeparam name="TState">What the function remembers from row to row.</typeparam>
public sealed class CustomMappingFilterEstimator<
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>
    : TrivialEstimator<CustomMappingFilter<TSrc, TState>>
    where TSrc : class, new()
    where TState : class, new()
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="filterPredicate">Whether a row is dropped, from the row and the state, which it may change.</param>
    /// <param name="stateInitAction">Brings a new state to the beginning of a pass.</param>
    /// <param name="contractName">The name under which the functions are registered where the model is loaded; null for a model that is never saved.</param>
    public CustomMappingFilterEstimator(Func<TSrc, TState, bool> filterPredicate, Action<TState> stateInitAction, string? contractName)
        : base(new CustomMappingFilter<TSrc, TState>(filterPredicate, stateInitAction, contractName)) { }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (string name in Transformer.InputColumnNames)
            _ = inputSchema[name];
        return inputSchema;
    }
}

/// <summary>Drops the rows for which a function of the user's own says so.</summary>
/// <remarks>Each pass over the data has a state of its own, made at its beginning, so that every pass drops the same rows.</remarks>
/// <typeparam name="TSrc">What the function reads.</typeparam>
/// <typeparam name="TState">What the function remembers from row to row.</typeparam>
public sealed class CustomMappingFilter<
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>
    : ITransformer
    where TSrc : class, new()
    where TState : class, new()
{
    private readonly Func<TSrc, TState, bool> _drops;
    private readonly Action<TState> _begin;
    private readonly string? _contractName;

    /// <summary>Creates the filter.</summary>
    /// <param name="filterPredicate">Whether a row is dropped, from the row and the state, which it may change.</param>
    /// <param name="stateInitAction">Brings a new state to the beginning of a pass.</param>
    /// <param name="contractName">The name under which the functions are registered where the model is loaded; null for a model that is never saved.</param>
    public CustomMappingFilter(Func<TSrc, TState, bool> filterPredicate, Action<TState> stateInitAction, string? contractName)
    {
        ArgumentNullException.ThrowIfNull(filterPredicate);
        ArgumentNullException.ThrowIfNull(stateInitAction);
        (_drops, _begin, _contractName) = (filterPredicate, stateInitAction, CustomContract.Check(contractName));
        InputColumnNames = [.. SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Write).Select(c => c.ColumnName)];
    }

    /// <summary>False: it changes which rows there are.</summary>
    public bool IsRowToRowMapper => false;

    /// <summary>The contract's id, or that of filters without one, which cannot be saved.</summary>
    public string ComponentId => CustomMappingComponents.IdOf(_contractName ?? "Unnamed");

    internal IReadOnlyList<string> InputColumnNames { get; }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        _ = new RowReader<TSrc>(inputSchema);
        return inputSchema;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new InvalidOperationException(
        $"{this} changes which rows there are, so it maps no single rows. Use Transform on a view, or append it with TransformerScope.Training.");

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var reader = new RowReader<TSrc>(input.Schema);
        return new FilteredDataView(input, reader.Columns, () =>
        {
            var state = new TState();
            _begin(state);
            var source = new TSrc();
            return (batch, row) =>
            {
                reader.Read(batch, row, ref source);
                return !_drops(source, state);
            };
        }, new LineageStep(ToString()));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The filter has no contract name.</exception>
    public void Save(ModelSaveContext context) => CustomContract.Save(
        context, _contractName, this, $"AddCustomFilter<{typeof(TSrc).Name}>(\"name\", predicate)");

    /// <inheritdoc/>
    public override string ToString() => $"FilterByCustomPredicate({string.Join(", ", InputColumnNames)}{CustomContract.InWords(_contractName)})";
}
