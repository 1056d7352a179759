namespace MLPath.MicrosoftML;

/// <summary>
/// An estimator of MLPath as one of Microsoft.ML's, for its pipelines: a trainer, a transform, or a whole chain. Holds no state but options.
/// </summary>
/// <example><code>
/// var pipeline = mlContext.Transforms.Concatenate("Features", "Length", "Width")
///     .Append(mlpath.MulticlassClassification.Trainers.Mlp().AsMicrosoftML(mlContext));
/// </code></example>
public sealed class MLPathEstimator : MS.IEstimator<MLPathTransformer>
{
    private readonly MS.MLContext _context;

    internal MLPathEstimator(IEstimator<ITransformer> estimator, MS.MLContext context, FitContext fit) =>
        (Estimator, _context, Context) = (estimator, context, fit);

    /// <summary>The estimator of MLPath.</summary>
    public IEstimator<ITransformer> Estimator { get; }

    /// <summary>What every fit is given: progress, cancellation, threads, seed.</summary>
    public FitContext Context { get; }

    /// <inheritdoc/>
    /// <exception cref="SchemaException">The data lack a column, or one has another type than is needed.</exception>
    /// <exception cref="DataException">The data cannot be learned from; the message says which rows and what to do.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public MLPathTransformer Fit(MS.IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var view = input.AsMLPath();
        return new MLPathTransformer(Estimator.Fit(view, Context), view.Schema);
    }

    /// <inheritdoc/>
    /// <exception cref="SchemaException">The input lacks a column, or one has another type than is needed.</exception>
    public MS.SchemaShape GetOutputSchema(MS.SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var converted = SchemaShapes.FromMicrosoft(inputSchema);
        return SchemaShapes.ToMicrosoft(_context, Estimator.GetOutputSchema(converted), converted, inputSchema);
    }

    /// <summary>The estimator's words for itself.</summary>
    public override string ToString() => $"{Estimator} (MLPath)";
}
