using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>Something about data, a design or a model that may make a result worth less than it looks.</summary>
/// <param name="Check">The check that found it, by its stable name, such as <c>train-test-duplicates</c>; by this name it can be silenced.</param>
/// <param name="Severity">How bad it is: an error makes the result unusable, a warning doubtful.</param>
/// <param name="Message">What was seen, in a sentence, with the figures.</param>
/// <param name="Remedy">What to do, in a sentence.</param>
public sealed record Finding(string Check, DiagnosisSeverity Severity, string Message, string Remedy)
{
    /// <summary>The columns that it is about; empty for the table, the design or a model as a whole.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The candidate of a comparison that it is about; null for all.</summary>
    public string? Candidate { get; init; }

    /// <summary>The message and what to do, with the candidate's name before them where there is one.</summary>
    public override string ToString() => Candidate is null ? $"{Message} {Remedy}" : $"{Candidate}: {Message} {Remedy}";
}

/// <summary>Findings as a report shows them.</summary>
internal static class FindingSections
{
    /// <summary>The findings, worst first; none where there are none.</summary>
    public static IEnumerable<ReportSection> Of(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            yield break;
        yield return new TableSection("What to watch out for", [new("Severity"), new("What was seen"), new("What to do"), new("Check")],
            [.. findings.OrderByDescending(f => f.Severity).Select(f => new TableRow(
                Word(f.Severity), f.Candidate is null ? f.Message : $"{f.Candidate}: {f.Message}", f.Remedy, f.Check))]);
    }

    private static string Word(DiagnosisSeverity severity) => severity switch
    {
        DiagnosisSeverity.Error => "error",
        DiagnosisSeverity.Warning => "warning",
        _ => "note",
    };
}
