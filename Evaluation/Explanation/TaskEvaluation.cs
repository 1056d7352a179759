using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The task of a catalog, and how its predictions are measured.</summary>
internal static class TaskEvaluation
{
    /// <summary>The task of a catalog.</summary>
    public static LearningTask TaskOf(TrainCatalogBase catalog) => catalog switch
    {
        BinaryClassificationCatalog => LearningTask.Binary,
        MulticlassClassificationCatalog => LearningTask.Multiclass,
        RegressionCatalog => LearningTask.Regression,
        ClusteringCatalog => LearningTask.Clustering,
        AnomalyDetectionCatalog => LearningTask.AnomalyDetection,
        _ => LearningTask.Ranking,
    };

    /// <summary>Measures scored rows.</summary>
    /// <param name="task">The task.</param>
    /// <param name="scored">The rows.</param>
    /// <param name="label">The label; null for clusters without known classes.</param>
    /// <param name="group">The column of groups, for ranking.</param>
    /// <param name="features">The column of features that clusters are measured on; null for none.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static EvaluationMetrics Measure(
        LearningTask task, IDataView scored, string? label, string group, string? features, CancellationToken cancellationToken) =>
        task == LearningTask.Ranking
            ? RankingRows.Read(scored, label!, group, PredictionColumns.Score, cancellationToken).Evaluate(null)
            : Judge.Evaluate(Read(task, scored, label, features, cancellationToken), cancellationToken: cancellationToken);

    /// <summary>Reads scored rows of any task but ranking.</summary>
    public static ScoredRows Read(LearningTask task, IDataView scored, string? label, string? features, CancellationToken cancellationToken)
    {
        if (label is null && task != LearningTask.Clustering)
            throw new OptionException("A label column is needed; only clusters are measured without.");
        var columns = new ScoredColumns(label, Features: task == LearningTask.Clustering && features is not null
            && scored.Schema.GetColumnOrNull(features) is not null ? features : null);
        return ScoredRows.Read(task, scored, columns, cancellationToken);
    }
}
