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
}
