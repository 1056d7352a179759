using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath.Tool.Output;

/// <summary>What <c>--require</c> demands. It is judged after all reports are written, so that a build that fails shows why.</summary>
internal sealed class QualityGates
{
    private readonly IReadOnlyList<QualityGate> _gates;

    /// <summary>Reads the demands.</summary>
    /// <param name="texts">A demand each: <c>MacroF1>=0.8</c>.</param>
    /// <exception cref="OptionException">A text is no demand.</exception>
    public QualityGates(IEnumerable<string> texts) => _gates = [.. texts.Select(QualityGate.Parse)];

    /// <summary>Whether nothing is demanded.</summary>
    public bool AreNone => _gates.Count == 0;

    /// <summary>Checks that a task has the metrics, before any work is done.</summary>
    /// <param name="task">The task.</param>
    /// <exception cref="OptionException">There is no such metric; the message lists those there are.</exception>
    public void CheckMetrics(LearningTask task)
    {
        foreach (var gate in _gates)
            _ = MetricCatalog.Find(task, gate.Metric);
    }

    /// <summary>Judges an evaluation and tells of each demand that is not met.</summary>
    /// <param name="report">The evaluation.</param>
    /// <param name="host">Where to tell.</param>
    public int Judge(EvaluationReport report, ToolHost host) => Judge(gate => gate.Check(report), host);

    /// <summary>Judges the best candidate of a comparison and tells of each demand that it does not meet.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="host">Where to tell.</param>
    public int Judge(ComparisonReport report, ToolHost host) => Judge(gate => gate.Check(report), host);

    private int Judge(Func<QualityGate, QualityGateException?> check, ToolHost host)
    {
        var failures = _gates.Select(check).OfType<QualityGateException>().ToList();
        foreach (var failure in failures)
            host.Fail($"required: {failure.Message}");
        return failures.Count == 0 ? ExitCode.Success : ExitCode.QualityGate;
    }
}
