using MLPath.Data;
using MLPath.Runtime;

namespace MLPath;

/// <summary>
/// Learns a transformer from data. An estimator holds options and no state: fitting twice, or from two threads, is safe, and gives the same.
/// </summary>
/// <typeparam name="TTransformer">What it learns.</typeparam>
public interface IEstimator<out TTransformer> where TTransformer : class, ITransformer
{
    /// <summary>Learns from a view.</summary>
    /// <param name="input">The data.</param>
    /// <param name="context">Progress, cancellation, threads, randomness, …</param>
    /// <exception cref="SchemaException">The data lack a column, or one has another type than is needed.</exception>
    /// <exception cref="DataException">The data cannot be learned from; the message says which rows and what to do.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    TTransformer Fit(IDataView input, FitContext context);

    /// <summary>Says what the transformer's output will look like, without learning anything.</summary>
    /// <param name="inputSchema">What is known of the input.</param>
    /// <exception cref="SchemaException">The input lacks a column, or one has another type than is needed.</exception>
    SchemaShape GetOutputSchema(SchemaShape inputSchema);

    /// <summary>
    /// In which uses of a pipeline its transformer takes part unless the pipeline says otherwise: all, but for one that is for training alone,
    /// such as the augmentation of images.
    /// </summary>
    TransformerScope DefaultScope => TransformerScope.Everything;
}

/// <summary>Turns a view into another: adds, changes or removes columns, or filters rows. Immutable and safe for use by many threads.</summary>
public interface ITransformer : ICanSaveModel
{
    /// <summary>Whether each output row depends on the one input row alone, so that <see cref="GetRowToRowMapper"/> works.</summary>
    bool IsRowToRowMapper { get; }

    /// <summary>What it was fitted on; null when it learned nothing or does not know.</summary>
    DataLineage? FittedOn => null;

    /// <summary>The schema of the output for an input.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <exception cref="SchemaException">The input lacks a column, or one has another type than is needed.</exception>
    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    /// <summary>The transformer bound to an input's schema, for mapping rows one batch at a time.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <exception cref="InvalidOperationException"><see cref="IsRowToRowMapper"/> is false.</exception>
    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);

    /// <summary>The transformed view, which is read lazily.</summary>
    /// <param name="input">The view to transform.</param>
    IDataView Transform(IDataView input);
}

/// <summary>A transformer bound to an input schema: which columns it gives, what they depend on, and how they are computed.</summary>
public interface IRowToRowMapper
{
    /// <summary>The schema of the input.</summary>
    DataViewSchema InputSchema { get; }

    /// <summary>The schema of the output.</summary>
    DataViewSchema OutputSchema { get; }

    /// <summary>The input columns that some output columns are made of.</summary>
    /// <param name="dependingColumns">Columns of <see cref="OutputSchema"/>.</param>
    IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns);

    /// <summary>Creates what maps batches. It has buffers of its own and serves one thread at a time.</summary>
    /// <param name="activeColumns">The columns of <see cref="OutputSchema"/> to compute.</param>
    BatchWorker CreateWorker(IEnumerable<DataViewSchema.Column> activeColumns);
}

/// <summary>Maps batches of rows; serves one thread at a time.</summary>
public abstract class BatchWorker
{
    /// <summary>Maps one batch.</summary>
    /// <param name="input">Rows with at least the columns that the active ones depend on.</param>
    /// <returns>As many rows, valid until the next call and as long as the input is.</returns>
    public abstract RowBatch Map(RowBatch input);
}

/// <summary>In which uses of a pipeline a step takes part; ML.NET's names.</summary>
[Flags]
public enum TransformerScope
{
    /// <summary>In none.</summary>
    None = 0,

    /// <summary>While later steps are trained.</summary>
    Training = 1,

    /// <summary>While the fitted pipeline is tested.</summary>
    Testing = 2,

    /// <summary>While it predicts.</summary>
    Scoring = 4,

    /// <summary>In training and testing.</summary>
    TrainTest = Training | Testing,

    /// <summary>In all.</summary>
    Everything = Training | Testing | Scoring,
}
