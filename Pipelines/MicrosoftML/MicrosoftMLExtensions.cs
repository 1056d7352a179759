namespace MLPath.MicrosoftML;

/// <summary>From MLPath to Microsoft.ML and back: estimators, transformers and views.</summary>
public static class MicrosoftMLExtensions
{
    /// <summary>An estimator of MLPath as one of Microsoft.ML's, for its pipelines.</summary>
    /// <param name="estimator">A trainer, a transform or a whole chain.</param>
    /// <param name="context">The context of the pipeline.</param>
    /// <param name="fit">What every fit is given: progress, cancellation, threads, seed; <see cref="FitContext.Default"/> when omitted.</param>
    public static MLPathEstimator AsMicrosoftML(this IEstimator<ITransformer> estimator, MS.MLContext context, FitContext? fit = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(context);
        return new MLPathEstimator(estimator, context, fit ?? FitContext.Default);
    }

    /// <summary>A fitted transformer of MLPath as one of Microsoft.ML's.</summary>
    /// <param name="transformer">The transformer.</param>
    /// <param name="inputSchema">The schema of the data that it takes, with which it is saved.</param>
    public static MLPathTransformer AsMicrosoftML(this ITransformer transformer, DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new MLPathTransformer(transformer, inputSchema);
    }

    /// <summary>A view of MLPath as one of Microsoft.ML's: lazy, read by batches.</summary>
    /// <param name="view">The view.</param>
    /// <exception cref="SchemaException">Microsoft.ML has no type for a column; the message names it.</exception>
    public static MS.IDataView AsMicrosoftML(this IDataView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view is MicrosoftMLDataView { Source: var source } ? source : new MLPathDataView(view, Schemas.ToMicrosoft(view.Schema));
    }

    /// <summary>A view of Microsoft.ML as one of MLPath's: lazy, read by batches.</summary>
    /// <remarks>Columns of types that MLPath does not have, images for instance, pass through untouched.</remarks>
    /// <param name="view">The view.</param>
    public static IDataView AsMLPath(this MS.IDataView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view is MLPathDataView { IsWhole: true, Source: var source } ? source : new MicrosoftMLDataView(view);
    }

    /// <summary>An estimator of Microsoft.ML as one of MLPath's: a candidate of a comparison, a step of a pipeline.</summary>
    /// <remarks>
    /// A fit that is cancelled ends when Microsoft.ML asks for the next rows; it has no other way. Columns of types that Microsoft.ML does not have
    /// are not shown to it.
    /// </remarks>
    /// <param name="estimator">A trainer, a transform or a whole chain.</param>
    public static MicrosoftMLEstimator AsMLPath(this MS.IEstimator<MS.ITransformer> estimator)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return new MicrosoftMLEstimator(estimator);
    }

    /// <summary>A fitted transformer of Microsoft.ML as one of MLPath's.</summary>
    /// <param name="transformer">The transformer.</param>
    /// <param name="inputSchema">The schema of the data that it takes, with which it is saved.</param>
    public static ITransformer AsMLPath(this MS.ITransformer transformer, MS.DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(inputSchema);
        return MicrosoftMLColumns.Wrap(transformer, inputSchema, fittedOn: null);
    }
}
