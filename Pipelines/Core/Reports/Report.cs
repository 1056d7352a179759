namespace MLPath.Reports;

/// <summary>
/// A document about models: one answer in plain words, then the sections that support it. It says what there is to show and
/// nothing about how it looks, so that the same report becomes a web page or Markdown.
/// </summary>
/// <param name="Title">The name of the document, for example <c>Iris: nine classifiers compared</c>.</param>
/// <param name="Answer">One sentence in plain words that a reader who stops there takes away.</param>
public sealed record Report(string Title, string Answer)
{
    /// <summary>A line under the title: what was compared, on which data, how. None by default.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The sections in reading order; a comparison puts its leaderboard first. Empty by default.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];

    /// <summary>How the document came about (version, seed, data fingerprint), shown at its end. Empty by default.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init; } = [];
}

/// <summary>One named fact, already in words.</summary>
/// <param name="Name">What it is, for example <c>Rows</c>.</param>
/// <param name="Value">Its value as the reader should see it, for example <c>1,797</c>.</param>
public sealed record ReportFact(string Name, string Value);
