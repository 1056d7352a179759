using System.Globalization;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>One thing that the doctor looks for. <see cref="Doctor.Checks"/> lists them all.</summary>
public abstract class DoctorCheck
{
    // More names than these are counted instead.
    private const int MostNames = 5;

    private protected DoctorCheck(string name, string title, string looksFor, string remedy) =>
        (Name, Title, LooksFor, Remedy) = (name, title, looksFor, remedy);

    /// <summary>The stable name, by which the check can be silenced: <c>train-test-duplicates</c>.</summary>
    public string Name { get; }

    /// <summary>The pitfall in a few words.</summary>
    public string Title { get; }

    /// <summary>What is looked for, and from which size on it is told, in a sentence or two.</summary>
    public string LooksFor { get; }

    /// <summary>What to do about it, in a sentence.</summary>
    public string Remedy { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal abstract IEnumerable<Finding> Examine(DoctorSubject subject);

    private protected Finding Found(DiagnosisSeverity severity, string message, params IEnumerable<string> columns) =>
        new(Name, severity, message, Remedy) { Columns = [.. columns.Distinct()] };

    // One finding for all candidates that have the same problem; that of a single one carries its name.
    private protected IEnumerable<Finding> OfCandidates(
        DiagnosisSeverity severity, IReadOnlyList<(string? Candidate, string Words)> cases, Func<string, string> message)
    {
        if (cases.Count == 0)
            yield break;
        yield return cases is [(var only, var words)]
            ? Found(severity, message(words)) with { Candidate = only }
            : Found(severity, message(Listed([.. cases.Select(c => c.Candidate is null ? c.Words : $"{c.Candidate}: {c.Words}")], "; ")));
    }

    private protected static string Listed(IReadOnlyList<string> items, string separator = ", ") => items.Count <= MostNames
        ? string.Join(separator, items)
        : $"{string.Join(separator, items.Take(MostNames - 1))}{separator}and {Integer(items.Count - MostNames + 1)} more";

    private protected static string Integer(double count) => NumberFormat.Integer(count);

    private protected static string Number(double value, int digits = 3) => NumberFormat.Number(value, digits);

    private protected static string Percent(double share) => NumberFormat.Percent(share, share is > 0 and < 0.001 or > 0.999 and < 1 ? 2 : 1);

    private protected static string Count(double count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{Integer(count)} {noun}{(count == 1 ? "" : "s")}");
}
