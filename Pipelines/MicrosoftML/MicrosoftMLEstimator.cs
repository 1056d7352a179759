namespace MLPath.MicrosoftML;

/// <summary>An estimator of Microsoft.ML as one of MLPath's: a candidate of a comparison, a step of a pipeline.</summary>
/// <remarks>
/// Trainers of Microsoft.ML keep state while they fit, and pipelines share trainers, so that one fit runs at a time; each uses several threads by itself.
/// Whether a fit repeats to the last bit is up to the trainer.
/// </remarks>
public sealed class MicrosoftMLEstimator : IEstimator<ITransformer>
{
    private static readonly object Fitting = new();

    internal MicrosoftMLEstimator(MS.IEstimator<MS.ITransformer> estimator) => Estimator = estimator;

    /// <summary>The estimator of Microsoft.ML.</summary>
    public MS.IEstimator<MS.ITransformer> Estimator { get; }

    /// <inheritdoc/>
    public ITransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        context.Checkpoint();
        var view = new MLPathDataView(input, MicrosoftMLColumns.Shown(input.Schema), context.CancellationToken);
        MS.ITransformer transformer;
        while (!Monitor.TryEnter(Fitting, millisecondsTimeout: 100))
            context.Checkpoint();
        try
        {
            transformer = Estimator.Fit(view);
        }
        catch (Exception error) when (context.CancellationToken.IsCancellationRequested && error is not OperationCanceledException)
        {
            // Microsoft.ML wraps what is thrown while its own threads read the rows.
            throw new OperationCanceledException("The fit was cancelled.", error, context.CancellationToken);
        }
        catch (ArgumentException error)
        {
            throw new SchemaException($"{this}: {error.Message}", error);
        }
        finally
        {
            Monitor.Exit(Fitting);
        }

        return MicrosoftMLColumns.Wrap(transformer, view.Schema, input.Lineage);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        List<SchemaShape.Column> shown = [.. inputSchema.Where(c => DataTypes.TryToMicrosoft(c.ItemType) is not null)];
        var converted = SchemaShapes.ToMicrosoft(MicrosoftMLColumns.Context, new SchemaShape(shown), new SchemaShape([]), new MS.SchemaShape([]));
        MS.SchemaShape output;
        try
        {
            output = Estimator.GetOutputSchema(converted);
        }
        catch (ArgumentException error)
        {
            throw new SchemaException($"{this}: {error.Message}", error);
        }

        return new SchemaShape([.. inputSchema.Except(shown), .. SchemaShapes.FromMicrosoft(output, converted, shown)]);
    }

    /// <summary>The estimator's type.</summary>
    public override string ToString() => $"{MicrosoftMLColumns.NameOf(Estimator)} (Microsoft.ML)";
}
