using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>
/// The base of estimators whose transformers make one column of one column, for any number of pairs. A subclass says what one output looks
/// like, and learns. All outputs are made of the columns that come in: a pair does not see what another pair makes.
/// </summary>
/// <typeparam name="TTransformer">What is learned; a <see cref="OneToOneTransformer"/> most often.</typeparam>
/// <param name="columns">The columns to make, each of a column; at least one.</param>
public abstract class OneToOneEstimator<TTransformer>(IEnumerable<InputOutputColumnPair> columns) : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    /// <summary>The columns to make, and what they are made of.</summary>
    public IReadOnlyList<InputOutputColumnPair> Columns { get; } = InputOutputColumnPair.Check(columns);

    /// <inheritdoc/>
    public TTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        context.Checkpoint();
        return Fit(input, [.. Columns.Select(pair => input.Schema[pair.InputColumnName])], context);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        CheckSchema(inputSchema);
        return inputSchema.With(Columns.Select(pair => GetOutputColumn(inputSchema[pair.InputColumnName], pair.OutputColumnName)).ToList());
    }

    /// <summary>Checks what is read beside the inputs of <see cref="Columns"/>, a label for instance. Nothing unless overridden.</summary>
    /// <param name="inputSchema">What is known of the schema.</param>
    /// <exception cref="SchemaException">A column is missing, or has another type than is needed.</exception>
    protected virtual void CheckSchema(SchemaShape inputSchema) { }

    /// <summary>Learns from a view whose columns were checked by <see cref="GetOutputColumn"/>.</summary>
    /// <param name="input">The data.</param>
    /// <param name="inputs">The columns to learn from, one for each of <see cref="Columns"/>.</param>
    /// <param name="context">Progress, cancellation, threads, …</param>
    protected abstract TTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context);

    /// <summary>Says what the column made of an input will look like, and refuses inputs of the wrong type.</summary>
    /// <param name="input">What is known of the input.</param>
    /// <param name="outputColumnName">The name of the column to make.</param>
    /// <exception cref="SchemaException">The input has another type than is needed.</exception>
    protected abstract SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName);

    /// <summary>The annotations of a column that are of some kinds.</summary>
    /// <param name="input">The column.</param>
    /// <param name="kinds">The kinds, of <see cref="AnnotationKinds"/>.</param>
    protected static IEnumerable<SchemaShape.Column> KeepAnnotations(SchemaShape.Column input, params IReadOnlyCollection<string> kinds) =>
        input.Annotations.Where(a => kinds.Contains(a.Name));
}
