using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath.Data;

/// <summary>
/// What every evaluation offers beyond its own properties: all metrics as a list, a lookup by name or alias, and how many rows they
/// rest on. The list always holds every metric that <see cref="MetricCatalog"/> lists for the task, in its order; those that could not
/// be computed carry the reason.
/// </summary>
public abstract class EvaluationMetrics
{
    private readonly MetricValue[] _all;

    private protected EvaluationMetrics(MetricTable table, RowCounts rows)
    {
        Task = table.Task;
        _all = table.ToArray();
        RowsEvaluated = rows.Evaluated;
        RowsWithoutLabel = rows.WithoutLabel;
        RowsWithBadScore = rows.WithBadScore;
        TotalWeight = rows.TotalWeight;
    }

    /// <summary>The kind of prediction that was judged.</summary>
    public LearningTask Task { get; }

    /// <summary>Every metric of the task, in the order of <see cref="MetricCatalog.For"/>.</summary>
    public IReadOnlyList<MetricValue> All => _all;

    /// <summary>The metric that leads a comparison by default; see <see cref="MetricCatalog.Primary"/>.</summary>
    public virtual MetricValue Primary => this[MetricCatalog.Primary(Task).Name];

    /// <summary>The number of rows that the metrics rest on: those with a label, a usable score, and a weight above 0.</summary>
    public int RowsEvaluated { get; }

    /// <summary>The number of rows that were left out because their label is missing.</summary>
    public int RowsWithoutLabel { get; }

    /// <summary>
    /// The number of labelled rows whose score is NaN or infinite. When there are any, no metric is defined: a number
    /// that silently leaves out the rows on which the model failed would flatter it.
    /// </summary>
    public int RowsWithBadScore { get; }

    /// <summary>The summed weight of the evaluated rows; their number when there are no weights.</summary>
    public double TotalWeight { get; }

    /// <summary>A metric by its name or alias.</summary>
    /// <param name="name">A name such as <c>Accuracy</c>, <c>auc</c>, <c>macro-f1</c> or <c>rmse</c>.</param>
    /// <returns>The metric, which may be undefined.</returns>
    /// <exception cref="ArgumentException">The task has no metric of this name; the message lists those it has.</exception>
    public MetricValue this[string name] => Get(MetricCatalog.Find(Task, name).Name);

    /// <summary>Finds a metric by its name or alias.</summary>
    /// <param name="name">A name such as <c>Accuracy</c>, <c>auc</c>, <c>macro-f1</c> or <c>rmse</c>.</param>
    /// <param name="metric">The metric, which may be undefined.</param>
    /// <returns>Whether the task has a metric of this name.</returns>
    public bool TryGet(string? name, out MetricValue metric)
    {
        bool found = MetricCatalog.TryFind(Task, name, out var description);
        metric = found ? Get(description!.Name) : default;
        return found;
    }

    /// <summary>One line per metric.</summary>
    /// <returns>The lines, separated by line feeds.</returns>
    public override string ToString() => string.Join('\n', _all);

    private protected double Value(string name) => Get(name).Value;

    private MetricValue Get(string canonicalName) => Array.Find(_all, m => m.Name == canonicalName);
}
