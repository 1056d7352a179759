using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Evaluation;

/// <summary>What is seen of one fit by scoring some of the rows that it learned from.</summary>
/// <param name="TrainRows">The number of rows that it learned from.</param>
/// <param name="Metrics">The quality on some of these rows; null for tasks without a label.</param>
/// <param name="Reads">The columns that predictions depend on; null where the model cannot say.</param>
/// <param name="Trainer">What the trainer needs; null where it does not say.</param>
/// <param name="Scale">The scale of the features as the trainer reads them; null where they are no vectors of numbers.</param>
/// <param name="IsConstant">Whether all rows have the same score, as those of a baseline.</param>
internal sealed record FitObservation(
    long TrainRows, EvaluationMetrics? Metrics, IReadOnlySet<string>? Reads, TrainerInfo? Trainer, FeatureScale? Scale, bool IsConstant)
{
    /// <summary>The most rows that are scored: a score is then known to some 1.5 %, at a small part of the cost of one fold.</summary>
    public const int MostRows = 1_000;

    /// <summary>Looks at a fit.</summary>
    /// <param name="task">The task.</param>
    /// <param name="pipeline">What was fitted; null where it is not at hand.</param>
    /// <param name="model">The fitted model.</param>
    /// <param name="train">The rows that it learned from.</param>
    /// <param name="label">The prepared label; null without one, so that nothing is measured.</param>
    /// <param name="judge">Measures predictions.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Null where the model cannot score the rows that it learned from: it is measured on others all the same.</returns>
    public static FitObservation? Of(
        LearningTask task, IEstimator<ITransformer>? pipeline, ITransformer model, IDataView train, string? label, Func<ScoredRows, EvaluationMetrics> judge,
        CancellationToken cancellationToken)
    {
        try
        {
            long count = train.GetRowCount() ?? 0;
            var some = Some(train, (int)count);
            var scored = model.Transform(some);
            bool isMeasured = label is not null && task is LearningTask.Binary or LearningTask.Multiclass or LearningTask.Regression;
            var rows = isMeasured ? ScoredRows.Read(task, scored, new ScoredColumns(label), cancellationToken) : null;
            return new FitObservation(
                count, rows is null ? null : judge(rows), ReadBy(model, train.Schema), InfoOf(pipeline), FeatureScale.Of(model, scored, cancellationToken),
                rows is not null && AreAlike(rows));
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            return null;
        }
    }

    /// <summary>What a pipeline's last trainer needs; null where none says.</summary>
    private static TrainerInfo? InfoOf(IEstimator<ITransformer>? pipeline) => pipeline switch
    {
        ITrainer trainer => trainer.Info,
        IEstimatorChain chain => chain.Steps.Select(s => InfoOf(s.Estimator)).LastOrDefault(info => info is not null),
        _ => null,
    };

    private static HashSet<string>? ReadBy(ITransformer model, DataViewSchema schema)
    {
        if (!model.IsRowToRowMapper)
            return null;
        var mapper = model.GetRowToRowMapper(schema);
        string[] outputs = [PredictionColumns.Score, PredictionColumns.PredictedLabel];
        var made = outputs.Select(mapper.OutputSchema.GetColumnOrNull).OfType<DataViewSchema.Column>().ToList();
        return made.Count == 0 ? null : [.. mapper.GetDependencies(made).Select(c => c.Name)];
    }

    // Every so many rows, whatever their order.
    private static IDataView Some(IDataView rows, int count) => count <= MostRows
        ? rows
        : RowSubset.View(rows, [.. Enumerable.Range(0, MostRows).Select(i => (int)((long)i * count / MostRows))], "some training rows");

    private static bool AreAlike(ScoredRows rows)
    {
        for (int i = rows.ScoreWidth; i < rows.Scores.Length; i++)
        {
            if (rows.Scores[i] != rows.Scores[i - rows.ScoreWidth])
                return false;
        }

        return true;
    }
}

/// <summary>How far apart the scales of the features are that a trainer reads.</summary>
/// <param name="Slots">The number of features that do not mostly have one value, as words and categories do.</param>
/// <param name="Ratio">The greatest standard deviation over the least.</param>
/// <param name="Widest">The feature of the greatest one.</param>
/// <param name="WidestDeviation">The greatest standard deviation.</param>
/// <param name="Narrowest">The feature of the least one.</param>
/// <param name="NarrowestDeviation">The least standard deviation.</param>
internal sealed record FeatureScale(int Slots, double Ratio, string Widest, double WidestDeviation, string Narrowest, double NarrowestDeviation)
{
    // A value that 55 % of the rows have is left with a tenth of the votes at least.
    private const int SparseVotes = 10;

    // The spread of a column of 0 and 1 that are equally frequent: the scale of categories and words, whose own spread tells how rare they are.
    private const double SpreadOfCategories = 0.5;

    /// <summary>Reads the features that the last model of a fitted pipeline reads.</summary>
    public static FeatureScale? Of(ITransformer model, IDataView scored, CancellationToken cancellationToken)
    {
        if (Predictors(model).LastOrDefault() is not { } predictor
            || scored.Schema.GetColumnOrNull(predictor.FeatureColumnName) is not { Type: VectorDataViewType { IsKnownSize: true } type } column
            || type.ItemType != NumberDataViewType.Single)
        {
            return null;
        }

        var (count, mean, squares) = (0, new double[type.Size], new double[type.Size]);
        // The majority vote of R. Boyer and J. Moore: votes are left for a value that more than half of the rows have.
        var (usual, votes) = (new float[type.Size], new int[type.Size]);
        var row = new float[type.Size];
        using (var cursor = scored.GetBatchCursor([column], cancellationToken))
        {
            while (cursor.MoveNext())
            {
                var vectors = cursor.Current.Vectors<float>(column.Index);
                for (int i = 0; i < vectors.Count; i++)
                {
                    vectors.CopyRowTo(i, row);
                    count++;
                    for (int slot = 0; slot < row.Length; slot++)
                    {
                        double value = float.IsFinite(row[slot]) ? row[slot] : mean[slot];
                        usual[slot] = votes[slot] == 0 ? row[slot] : usual[slot];
                        votes[slot] += row[slot] == usual[slot] ? 1 : -1;
                        double delta = value - mean[slot];
                        mean[slot] += delta / count;
                        squares[slot] += delta * (value - mean[slot]);
                    }
                }
            }
        }

        double[] deviations = [.. squares.Select(s => Math.Sqrt(s / Math.Max(1, count - 1)))];
        bool IsSparse(int slot) => deviations[slot] > 0 && votes[slot] * SparseVotes > count;
        int[] full = [.. Enumerable.Range(0, type.Size).Where(s => deviations[s] > 0 && !IsSparse(s))];
        if (full.Length == 0)
            return new FeatureScale(0, 1, "", 0, "", 0);
        var names = column.SlotNamesOrDefault();
        int widest = full.MaxBy(s => deviations[s]), narrowest = full.MinBy(s => deviations[s]);
        bool hasSparse = Enumerable.Range(0, type.Size).Any(IsSparse);
        var (least, leastName) = hasSparse && deviations[narrowest] > SpreadOfCategories
            ? (SpreadOfCategories, "columns that mostly have one value")
            : (deviations[narrowest], names[narrowest]);
        return new FeatureScale(full.Length, deviations[widest] / least, names[widest], deviations[widest], leastName, least);
    }

    private static IEnumerable<ISingleFeaturePredictionTransformer<object>> Predictors(ITransformer model) => model switch
    {
        ITransformerChain chain => chain.Transformers.SelectMany(Predictors),
        ISingleFeaturePredictionTransformer<object> predictor => [predictor],
        _ => [],
    };
}
