using System.Diagnostics.CodeAnalysis;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// The one list of metrics per task: names, aliases, meanings, directions, and which metric leads a comparison.
/// Whatever shows, selects or compares metrics asks this list.
/// </summary>
/// <remarks>
/// The metrics that lead by default:
/// <list type="bullet">
/// <item>Binary classification: the area under the ROC curve. It judges the ranking, so that neither an unbalanced test set nor an
/// uncalibrated threshold hides the difference between two models, as both can with accuracy.</item>
/// <item>Multiclass classification: micro accuracy, the share of rows predicted right.</item>
/// <item>Regression: R².</item>
/// <item>Clustering: the V-measure where labels are known (ML.NET's normalized mutual information reaches 1 by putting every row into
/// a cluster of its own; the V-measure does not), the silhouette where they are not.</item>
/// <item>Anomaly detection: the area under the ROC curve, which judges the ranking and so does not depend on a threshold that was set without
/// knowing the anomalies.</item>
/// <item>Ranking: the normalized discounted cumulative gain at the truncation level.</item>
/// </list>
/// </remarks>
public static class MetricCatalog
{
    // In the order of LearningTask.
    private static readonly MetricDescription[][] s_metrics =
    [
        BinaryMetricDescriptions.All, MulticlassMetricDescriptions.All, RegressionMetricDescriptions.All, ClusteringMetricDescriptions.All,
        AnomalyMetricDescriptions.All, RankingMetricDescriptions.All,
    ];

    private static readonly Dictionary<string, MetricDescription>[] s_byName = [.. s_metrics.Select(IndexByName)];

    /// <summary>All metrics of a task, in the order in which tables show them.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The descriptions; the leading metric is not necessarily the first.</returns>
    public static IReadOnlyList<MetricDescription> For(LearningTask task) => s_metrics[Index(task)];

    /// <summary>The metric that leads a comparison unless the user names another.</summary>
    /// <param name="task">The task.</param>
    /// <param name="hasLabels">For clustering: whether true labels are known. Without effect on the other tasks.</param>
    /// <returns>The description of the leading metric.</returns>
    public static MetricDescription Primary(LearningTask task, bool hasLabels = true) => Find(task, task switch
    {
        LearningTask.Binary => nameof(BinaryClassificationMetrics.AreaUnderRocCurve),
        LearningTask.Multiclass => nameof(MulticlassClassificationMetrics.MicroAccuracy),
        LearningTask.Regression => nameof(RegressionMetrics.RSquared),
        LearningTask.AnomalyDetection => nameof(AnomalyDetectionMetrics.AreaUnderRocCurve),
        LearningTask.Ranking => nameof(RankingMetrics.NormalizedDiscountedCumulativeGain),
        _ => hasLabels ? nameof(ClusteringMetrics.VMeasure) : nameof(ClusteringMetrics.Silhouette),
    });

    /// <summary>Finds a metric by its name or one of its aliases.</summary>
    /// <param name="task">The task.</param>
    /// <param name="name">A name such as <c>AreaUnderRocCurve</c>, <c>auc</c> or <c>macro-f1</c>.</param>
    /// <param name="description">The metric found.</param>
    /// <returns>Whether the task has such a metric.</returns>
    public static bool TryFind(LearningTask task, string? name, [NotNullWhen(true)] out MetricDescription? description)
    {
        description = null;
        return name is not null && s_byName[Index(task)].TryGetValue(Normalize(name), out description);
    }

    /// <summary>Finds a metric by its name or one of its aliases.</summary>
    /// <param name="task">The task.</param>
    /// <param name="name">A name such as <c>AreaUnderRocCurve</c>, <c>auc</c> or <c>macro-f1</c>.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="OptionException">The task has no metric of this name; the message lists those it has.</exception>
    public static MetricDescription Find(LearningTask task, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return TryFind(task, name, out var description)
            ? description
            : throw new OptionException(
                $"There is no metric '{name}' for {TaskInWords(task)}.{NearestName.Hint(name, For(task).SelectMany(m => m.Aliases.Prepend(m.Name)))} "
                + $"The metrics are: {string.Join(", ", For(task).Select(m => m.Name))}.");
    }

    private static string TaskInWords(LearningTask task) => task switch
    {
        LearningTask.Binary => "binary classification",
        LearningTask.Multiclass => "multiclass classification",
        LearningTask.Regression => "regression",
        LearningTask.AnomalyDetection => "anomaly detection",
        LearningTask.Ranking => "ranking",
        _ => "clustering",
    };

    private static int Index(LearningTask task) => (uint)task < (uint)s_metrics.Length
        ? (int)task
        : throw new ArgumentOutOfRangeException(nameof(task), task, "Not one of the tasks that have metrics.");

    private static Dictionary<string, MetricDescription> IndexByName(MetricDescription[] metrics)
    {
        var index = new Dictionary<string, MetricDescription>(StringComparer.Ordinal);
        foreach (var metric in metrics)
        {
            index.Add(Normalize(metric.Name), metric);
            foreach (string alias in metric.Aliases)
                index.Add(Normalize(alias), metric);
        }
        return index;
    }

    // "Macro-F1", "macro_f1" and "MacroF1" are one name.
    private static string Normalize(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
