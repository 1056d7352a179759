using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The one metric by which candidates are compared over several data sets.</summary>
internal static class CommonMetric
{
    /// <summary>The metric of each data set: one quantity under the name that the set's task has for it.</summary>
    /// <param name="datasets">The data sets.</param>
    /// <param name="name">The metric asked for; null for accuracy where classes are told apart, and for the task's own elsewhere.</param>
    /// <exception cref="OptionException">The tasks have no metric in common, or none of this name.</exception>
    public static MetricDescription[] Of(IReadOnlyList<ComparedDataset> datasets, string? name)
    {
        var first = datasets[0];
        if (datasets.FirstOrDefault(d => KindOf(d.Task) != KindOf(first.Task)) is { } other)
        {
            throw new OptionException(
                $"{first.Name} is a set for {InWords(first.Task)} and {other.Name} one for {InWords(other.Task)}; no metric measures both. Compare them apart.");
        }

        string chosen = name ?? Default(datasets);
        MetricDescription[] metrics = [.. datasets.Select(d => Find(d, chosen))];
        int different = Array.FindIndex(metrics, m => m.DisplayName != metrics[0].DisplayName);
        return different < 0
            ? metrics
            : throw new OptionException(
                $"'{chosen}' is {metrics[0].DisplayName} for {InWords(first.Task)} ({first.Name}) and {metrics[different].DisplayName} for "
                + $"{InWords(datasets[different].Task)} ({datasets[different].Name}). Choose a metric that is one quantity for both, such as accuracy or macro-f1.");
    }

    // The two tasks of telling classes apart have metrics in common; the others stand alone.
    private static LearningTask KindOf(LearningTask task) => task == LearningTask.Binary ? LearningTask.Multiclass : task;

    private static string Default(IReadOnlyList<ComparedDataset> datasets) => KindOf(datasets[0].Task) == LearningTask.Multiclass
        ? nameof(MulticlassClassificationMetrics.MicroAccuracy)
        : MetricCatalog.Primary(datasets[0].Task, datasets.All(d => d.LabelColumn is not null)).Name;

    private static MetricDescription Find(ComparedDataset dataset, string name)
    {
        try
        {
            return MetricCatalog.Find(dataset.Task, name);
        }
        catch (OptionException error)
        {
            throw new OptionException($"{dataset.Name}: {error.Message}", error);
        }
    }

    /// <summary>A task in a sentence.</summary>
    public static string InWords(LearningTask task) => task switch
    {
        LearningTask.Binary => "binary classification",
        LearningTask.Multiclass => "multiclass classification",
        LearningTask.Regression => "regression",
        LearningTask.AnomalyDetection => "anomaly detection",
        _ => "clustering",
    };
}
