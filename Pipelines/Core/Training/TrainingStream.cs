namespace MLPath.Trainers;

/// <summary>
/// A trainer that needs its rows block by block, in passes, and never all at once, so that it learns from data larger than memory. Implement it
/// beside a base such as <see cref="RegressionTrainer{TModel}"/>; its <c>Train(TrainingData)</c> is then called by nobody but subclasses and may
/// forward to <see cref="TrainingStream.Of(TrainingData)"/>.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
public interface IStreamingTrainer<out TModel> where TModel : class, IModelParameters
{
    /// <summary>Learns a model. Called once for each fit; keeps no state.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="context">Progress, cancellation, threads, randomness, …</param>
    TModel Train(TrainingStream rows, FitContext context);
}

/// <summary>
/// A trainer's rows, read block by block as often as it asks. Where blocks end depends on the rows and their width alone, so what a trainer learns
/// does not depend on where the rows are. Rows that fit in <see cref="FitContext.MemoryLimit"/> are read once and kept.
/// </summary>
public sealed class TrainingStream
{
    // A block has at most 2²³ features (32 MiB) and 16384 rows, and at least 256 rows.
    private const int MostNumbers = 1 << 23;
    private const int MostRows = 1 << 14;
    private const int FewestRows = 256;

    private readonly Reading _read;
    private List<TrainingData>? _kept;
    private bool _isTooLarge; // to be kept
    private float[]? _classFactors;

    internal TrainingStream(TrainingDataReader reader, IDataView view)
    {
        (FeatureCount, FeatureNames, ClassNames) = (reader.Format.FeatureCount, reader.FeatureNames, reader.ClassNames ?? []);
        _read = Read;

        IEnumerable<TrainingData> Read(int blockRows, Func<bool> reuse, FitContext context)
        {
            var pass = reader.Open();
            bool any = false;
            foreach (var block in pass.Blocks(view, blockRows, reuse, context))
            {
                any = true;
                yield return block;
            }

            if (!any)
                throw pass.NoRows();
            RowsWithoutLabel = pass.RowsWithoutLabel;
        }
    }

    private TrainingStream(TrainingData data)
    {
        (FeatureCount, FeatureNames, ClassNames) = (data.Features.Columns, data.FeatureNames, data.ClassNames);
        RowsWithoutLabel = data.RowsWithoutLabel;
        _read = (blockRows, _, _) => Enumerable.Range(0, (data.Rows + blockRows - 1) / blockRows)
            .Select(i => data.Slice(i * blockRows, Math.Min(blockRows, data.Rows - (i * blockRows))));
    }

    // Reads blocks of as many rows; asks after each of them whether the next one may take its memory.
    private delegate IEnumerable<TrainingData> Reading(int blockRows, Func<bool> reuse, FitContext context);

    /// <summary>d, the number of features; 0 where rows have their own lengths.</summary>
    public int FeatureCount { get; }

    /// <summary>The d names; empty where rows have their own lengths.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>What each class stands for; empty without classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of rows that were left out for lack of a label; known after the first pass.</summary>
    public long RowsWithoutLabel { get; private set; }

    /// <summary>Rows that are in memory as a stream.</summary>
    /// <param name="data">The rows, at least one.</param>
    public static TrainingStream Of(TrainingData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data);
    }

    /// <summary>The rows of a view to learn from without a label: for estimators that are no trainers.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="featureColumnName">The features, a vector of Single of known size.</param>
    /// <param name="weightColumnName">The weights; null when all are 1.</param>
    /// <param name="sparse">Whether sparse rows are taken as they are; they are made dense otherwise.</param>
    /// <exception cref="SchemaException">A column is missing, or has another type than is needed.</exception>
    public static TrainingStream Of(IDataView view, string featureColumnName, string? weightColumnName = null, bool sparse = false)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new(TrainingDataReader.Unlabelled(view, featureColumnName, weightColumnName, sparse), view);
    }

    /// <summary>Reads all rows, in order. A block is valid until the next one is asked for, which may take its memory.</summary>
    /// <param name="context">Cancellation.</param>
    /// <returns>At least one block; all have the same number of rows but the last.</returns>
    /// <exception cref="DataException">There are no rows, or one cannot be learned from.</exception>
    public IEnumerable<TrainingData> Blocks(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var blocks = _kept ?? Pass(context);
        return _classFactors is { } factors ? blocks.Select(block => block.Reweighted(factors)) : blocks;
    }

    /// <summary>Lets every class count alike from now on; takes a pass to count the rows of each.</summary>
    internal void BalanceClasses(FitContext context) => _classFactors = ClassBalance.Factors(Blocks(context), ClassNames.Count);

    private IEnumerable<TrainingData> Pass(FitContext context)
    {
        int blockRows = Math.Clamp(MostNumbers / Math.Max(1, FeatureCount) / FewestRows * FewestRows, FewestRows, MostRows);
        List<TrainingData>? kept = _isTooLarge ? null : [];
        long bytes = 0;

        // Large arrays are collected late: with new memory for each block, a pass that keeps one of them would come to hold gigabytes.
        foreach (var block in _read(blockRows, reuse: () => kept is null, context))
        {
            bytes += block.IsShown ? 0 : sizeof(float) * block.Features.StoredCount;
            if (bytes > context.MemoryLimit)
                (kept, _isTooLarge) = (null, true);
            kept?.Add(block);
            yield return block;
        }

        // Only a pass that went to its end has seen all rows.
        _kept = kept;
    }
}
