using MLPath.Evaluation;
using MLPath.Reports;

namespace MLPath.Tool.Output;

/// <summary>Findings on the standard error: the worst few, a line each; the reports have them all.</summary>
internal static class FindingLines
{
    private const int Most = 5;

    /// <summary>Says warnings and errors, worst first.</summary>
    /// <param name="host">Where to.</param>
    /// <param name="findings">The findings, worst first.</param>
    public static void Say(ToolHost host, IReadOnlyList<Finding> findings)
    {
        var told = findings.Where(f => f.Severity > DiagnosisSeverity.Info).ToList();
        foreach (var finding in told.Take(Most))
            host.Say($"{(finding.Severity == DiagnosisSeverity.Error ? "Error" : "Warning")}: {finding} ({finding.Check})");
        if (told.Count > Most)
            host.Say($"… and {NumberFormat.Integer(told.Count - Most)} more; a --report has them all.");
    }
}
