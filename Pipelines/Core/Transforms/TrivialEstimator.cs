namespace MLPath.Data;

/// <summary>The base of estimators that learn nothing: the transformer is known from the start, and fitting only checks that the data suit it.</summary>
/// <typeparam name="TTransformer">The transformer.</typeparam>
/// <param name="transformer">The transformer.</param>
public abstract class TrivialEstimator<TTransformer>(TTransformer transformer) : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    /// <summary>The transformer that every fit gives.</summary>
    protected TTransformer Transformer { get; } = transformer ?? throw new ArgumentNullException(nameof(transformer));

    /// <inheritdoc/>
    public TTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        context.Checkpoint();
        _ = Transformer.GetOutputSchema(input.Schema);
        return Transformer;
    }

    /// <inheritdoc/>
    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);

    /// <inheritdoc/>
    public override string ToString() => $"{Transformer}";
}
