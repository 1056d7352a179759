using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// The base of transformers that compute columns from the same row's columns, which is nearly all of them. A subclass says, for an input schema,
/// which <see cref="ColumnFunction"/>s it adds; batches, single rows and lazily read views all run those.
/// </summary>
public abstract class RowToRowTransformer : ITransformer
{
    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataLineage? FittedOn { get; init; }

    /// <inheritdoc/>
    public abstract string ComponentId { get; }

    /// <inheritdoc/>
    public abstract void Save(ModelSaveContext context);

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => GetRowToRowMapper(inputSchema).OutputSchema;

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        new FunctionMapper(inputSchema, [.. Keep(inputSchema)], [.. Bind(inputSchema)]);

    /// <inheritdoc/>
    public virtual IDataView Transform(IDataView input) =>
        new MappedDataView(input, GetRowToRowMapper(input.Schema), new LineageStep(ToString() ?? ComponentId, FittedOn));

    /// <summary>Checks the input and says which columns are added to it. A column of an existing name hides the earlier one.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <exception cref="SchemaException">The input lacks a column, or one has another type than is needed.</exception>
    protected abstract IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema);

    /// <summary>The positions of the input columns that stay, in the output's order; all of them unless overridden.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    protected virtual IEnumerable<int> Keep(DataViewSchema inputSchema) => Enumerable.Range(0, inputSchema.Count);
}

/// <summary>Computes some columns of a batch.</summary>
/// <param name="input">The rows.</param>
/// <param name="outputs">One buffer for each output column of the function, to fill with as many rows; null where nobody asked for it.</param>
public delegate void BatchFunction(RowBatch input, ReadOnlySpan<ColumnBuffer?> outputs);

/// <summary>Some output columns that are computed together from some input columns.</summary>
public sealed class ColumnFunction
{
    private readonly Func<BatchFunction> _create;

    /// <summary>Creates a function.</summary>
    /// <param name="inputs">The columns it reads.</param>
    /// <param name="outputs">The columns it computes.</param>
    /// <param name="create">Makes the code that runs on batches; what it captures (scratch memory) serves one thread at a time.</param>
    public ColumnFunction(
        IEnumerable<DataViewSchema.Column> inputs, IReadOnlyList<DataViewSchema.DetachedColumn> outputs, Func<BatchFunction> create) =>
        (Inputs, Outputs, _create) = ([.. inputs.Select(c => c.Index)], outputs, create);

    /// <summary>The positions of the columns it reads.</summary>
    public IReadOnlyList<int> Inputs { get; }

    /// <summary>The columns it computes.</summary>
    public IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>Makes code for one worker.</summary>
    public BatchFunction Create() => _create();

    /// <summary>A scalar column made of a scalar column, value by value.</summary>
    /// <typeparam name="TIn">The raw type read.</typeparam>
    /// <typeparam name="TOut">The raw type made.</typeparam>
    /// <param name="input">The column read.</param>
    /// <param name="output">The column made.</param>
    /// <param name="map">The function of one value.</param>
    public static ColumnFunction OfScalars<TIn, TOut>(DataViewSchema.Column input, DataViewSchema.DetachedColumn output, Func<TIn, TOut> map) =>
        new([input], [output], () => (batch, outputs) =>
        {
            if (outputs[0] is not ScalarColumn<TOut> made)
                return;
            var from = batch.Scalars<TIn>(input.Index);
            var to = made.Allocate(batch.Count);
            for (int i = 0; i < from.Length; i++)
                to[i] = map(from[i]);
        });
}
