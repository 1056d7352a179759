using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>Runs comparisons whose task is known at run time only. Programs call <c>Compare</c> of the task's catalog.</summary>
public static class Comparison
{
    /// <summary>Compares candidates.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">The rows.</param>
    /// <param name="candidates">The pipelines, by name; they read the prepared column Label.</param>
    /// <param name="options">The folds, and the metric that decides.</param>
    /// <param name="context">Progress, cancellation, threads; the default when null. Its seed is that of the options.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
    /// <exception cref="DataException">The data cannot be compared on.</exception>
    /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
    public static ComparisonReport Run(
        LearningTask task, IDataView data, CandidateSet candidates, ComparisonOptions options, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(options);
        return ComparisonRunner.Run(task, data, candidates, options, context ?? FitContext.Default);
    }

    /// <summary>
    /// Compares the same candidates on several data sets: ranks on each of them, Friedman's test and those after it over all of them, and for each set the
    /// comparison that <see cref="Run"/> would give.
    /// </summary>
    /// <param name="datasets">The data sets, with their tasks, labels and pipelines. Binary and multiclass sets go together; other tasks by themselves.</param>
    /// <param name="options">What the sets share: the folds, the metric, the seed. Without a metric it is accuracy for classes, R² for numbers.</param>
    /// <param name="baseline">The candidate that the others are compared with; the one that ranks best when null.</param>
    /// <param name="context">Progress, which names the set first; cancellation; threads; the default when null.</param>
    /// <exception cref="OptionException">An option is out of its range, the sets have no metric in common, or their candidates differ.</exception>
    /// <exception cref="SchemaException">A label column is missing.</exception>
    /// <exception cref="DatasetsCanceledException">It was cancelled; the sets that were finished are in the exception.</exception>
    public static DatasetsReport RunAll(
        IReadOnlyList<ComparedDataset> datasets, ComparisonOptions options, string? baseline = null, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        ArgumentNullException.ThrowIfNull(options);
        return DatasetsRunner.Run(datasets, options, baseline, context ?? FitContext.Default);
    }

    /// <summary>The metric by which <see cref="RunAll"/> compares, under the name that the first set's task has for it.</summary>
    /// <param name="datasets">The data sets, at least one; their candidates do not matter.</param>
    /// <param name="name">The metric asked for; null for accuracy where classes are told apart, and for the task's own elsewhere.</param>
    /// <exception cref="OptionException">The sets have no metric in common, or none of this name.</exception>
    public static MetricDescription CommonMetric(IReadOnlyList<ComparedDataset> datasets, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        ArgumentOutOfRangeException.ThrowIfZero(datasets.Count);
        return Evaluation.CommonMetric.Of(datasets, name)[0];
    }
}
