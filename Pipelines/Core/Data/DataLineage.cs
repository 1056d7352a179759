using System.Security.Cryptography;
using System.Text;

namespace MLPath.Data;

/// <summary>Where a view's rows come from and what was done to them, so that a report can name its data and a check can find a leak.</summary>
public sealed class DataLineage
{
    private readonly Lazy<string> _fingerprint;

    private DataLineage(string source, Func<string> fingerprint, IReadOnlyList<LineageStep> steps, DataLineage? previous = null)
    {
        Source = source;
        Steps = steps;
        Previous = previous;
        _fingerprint = new Lazy<string>(fingerprint);
    }

    /// <summary>Nothing is known, as of a view of a user's own.</summary>
    public static DataLineage Unknown { get; } = new("unknown", () => "unknown", []);

    /// <summary>What the rows come from, in words: the name of an embedded set, a file's name, "objects in memory".</summary>
    public string Source { get; }

    /// <summary>What was done since, in order.</summary>
    public IReadOnlyList<LineageStep> Steps { get; }

    /// <summary>The lineage before the last of <see cref="Steps"/>; null for a source, and for what a file says.</summary>
    public DataLineage? Previous { get; }

    /// <summary>
    /// SHA-256, in hexadecimal, of the source's content and of the steps: equal for equal rows got in the same way. Computed when first asked for.
    /// </summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>The lineage of a source.</summary>
    /// <param name="source">What it is, in words.</param>
    /// <param name="fingerprint">Computes the content's SHA-256 in hexadecimal, when asked.</param>
    public static DataLineage Of(string source, Func<string> fingerprint) => new(source, fingerprint, []);

    /// <summary>A lineage as a file keeps it.</summary>
    internal static DataLineage Saved(string source, IEnumerable<string> steps, string fingerprint) =>
        new(source, () => fingerprint, [.. steps.Select(step => new LineageStep(step))]);

    /// <summary>The lineage after one more step.</summary>
    /// <param name="step">The step.</param>
    public DataLineage Then(LineageStep step)
    {
        var before = this;
        return new(Source, () => Hash($"{before.Fingerprint}\n{step.Description}\n{step.FittedOn?.Fingerprint}"), [.. Steps, step], before);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>One thing done to a view's rows.</summary>
/// <param name="Description">A transformer's or a filter's words for itself.</param>
/// <param name="FittedOn">What a fitted transformer learned from; null for anything that learns nothing.</param>
public record LineageStep(string Description, DataLineage? FittedOn = null);
