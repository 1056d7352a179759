using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The values of an evaluation while it is being computed: a slot for each metric of the task, in catalog order.</summary>
internal sealed class MetricTable(LearningTask task)
{
    private readonly Dictionary<string, (double Value, string? Reason)> _values = new(StringComparer.Ordinal);

    public LearningTask Task => task;

    public void Set(string name, double value) =>
        _values.Add(name, (value, double.IsNaN(value) ? "its sums exceed the range of double precision" : null));

    public void Set(MetricValue metric) => _values.Add(metric.Name, (metric.Value, metric.UndefinedReason));

    /// <summary>Takes over a value that was computed as a metric of its own.</summary>
    public void Set(string name, Outcome outcome) => _values.Add(name, (outcome.Value, outcome.UndefinedReason));

    /// <summary>Gives every metric that has no value yet the same reason.</summary>
    public void UndefinedRest(string reason)
    {
        foreach (var metric in MetricCatalog.For(task))
            _values.TryAdd(metric.Name, (double.NaN, reason));
    }

    /// <summary>The finished list.</summary>
    /// <exception cref="KeyNotFoundException">A metric was forgotten.</exception>
    public MetricValue[] ToArray()
    {
        var metrics = MetricCatalog.For(task);
        var result = new MetricValue[metrics.Count];
        for (int i = 0; i < result.Length; i++)
        {
            var (value, reason) = _values[metrics[i].Name];
            result[i] = new MetricValue(metrics[i].Name, value, metrics[i].HigherIsBetter, reason);
        }
        return result;
    }
}
