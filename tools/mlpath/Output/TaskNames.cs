using MLPath.Datasets;
using MLPath.Runtime;

namespace MLPath.Tool.Output;

/// <summary>The tasks' names: short on the command line, whole in sentences.</summary>
internal static class TaskNames
{
    /// <summary>The names that <c>--task</c> takes, beside <c>auto</c>.</summary>
    public static IReadOnlyList<string> All { get; } = ["binary", "multiclass", "regression", "clustering", "anomaly"];

    /// <summary>The short name.</summary>
    /// <param name="task">The task.</param>
    public static string Of(LearningTask task) => task == LearningTask.Ranking ? "ranking" : All[(int)task];

    /// <summary>What a data set is for, in a word or two.</summary>
    /// <param name="set">The data set.</param>
    public static string Of(DatasetInfo set) => set.Task is { } task ? Of(task) : set.Kind switch
    {
        DatasetKind.TimeSeries => "forecasting",
        DatasetKind.Ranking => "ranking",
        DatasetKind.Language => "language",
        DatasetKind.Translation => "translation",
        _ => "-",
    };

    /// <summary>The name in a sentence.</summary>
    /// <param name="task">The task.</param>
    public static string InWords(LearningTask task) => task switch
    {
        LearningTask.Binary => "binary classification",
        LearningTask.Multiclass => "multiclass classification",
        LearningTask.Regression => "regression",
        LearningTask.AnomalyDetection => "anomaly detection",
        LearningTask.Ranking => "ranking",
        _ => "clustering",
    };

    /// <summary>The catalog of a task of the command line.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="task">The task.</param>
    public static TrainCatalogBase CatalogOf(MLContext ml, LearningTask task) => task switch
    {
        LearningTask.Binary => ml.BinaryClassification,
        LearningTask.Multiclass => ml.MulticlassClassification,
        LearningTask.Regression => ml.Regression,
        LearningTask.AnomalyDetection => ml.AnomalyDetection,
        _ => ml.Clustering,
    };

    /// <summary>The task of a short name; null for <c>auto</c>.</summary>
    /// <param name="name">The name.</param>
    public static LearningTask? Parse(string name)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].Equals(name, StringComparison.OrdinalIgnoreCase))
                return (LearningTask)i;
        }

        return name.Equals("auto", StringComparison.OrdinalIgnoreCase)
            ? null
            : throw new UsageException($"There is no task '{name}'. The tasks are: auto, {string.Join(", ", All)}.");
    }
}
