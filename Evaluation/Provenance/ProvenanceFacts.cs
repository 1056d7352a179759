using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>How a report came about, as the end of its page tells it.</summary>
internal static class ProvenanceFacts
{
    private const int ShownDigits = 12;

    /// <summary>A fingerprint as a page shows it: its beginning.</summary>
    public static string Short(string fingerprint) => fingerprint.Length <= ShownDigits ? fingerprint : $"{fingerprint[..ShownDigits]}…";

    /// <summary>The command that made the report; nothing for a report that a program made.</summary>
    public static IEnumerable<ReportFact> Command(IReadOnlyList<string> arguments) =>
        arguments.Count == 0 ? [] : [new("Command", $"mlpath {string.Join(' ', arguments.Select(Quoted))}")];

    /// <summary>Each step of the candidates with every option that it declares.</summary>
    public static IEnumerable<ReportSection> Settings(IReadOnlyList<CandidateResult> candidates)
    {
        var rows = candidates.SelectMany(c => c.Steps.SelectMany(step => step.Options.Select(option =>
            new TableRow(c.Name, step.Name, option.Key, option.Value)))).ToList();
        if (rows.Count > 0)
        {
            var table = new TableSection("Options of each step", [new("Candidate"), new("Step"), new("Option"), new("Value")], rows);
            yield return new GroupSection("Settings", [table])
            {
                Explanation = "All options that the steps declare, those at their defaults too.",
                Collapsed = true,
            };
        }
    }

    private static string Quoted(string argument) =>
        argument.Length > 0 && !argument.Any(c => char.IsWhiteSpace(c) || c is '\'' or '"' or '<' or '>' or '|' or '&' or ';' or '$' or '*' or '(' or ')')
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
