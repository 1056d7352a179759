namespace MLPath.Reports;

/// <summary>Paragraphs of plain text.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Paragraphs">The paragraphs; no markup is read in them.</param>
public sealed record TextSection(string Title, IReadOnlyList<string> Paragraphs) : ReportSection(Title)
{
    /// <summary>Whether this is plain text, a note or a warning. Default <see cref="TextTone.Plain"/>.</summary>
    public TextTone Tone { get; init; }
}

/// <summary>How loudly a <see cref="TextSection"/> speaks.</summary>
public enum TextTone
{
    /// <summary>Ordinary text.</summary>
    Plain,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Something may be wrong with the data, the model or the conclusion.</summary>
    Warning,
}

/// <summary>Named facts, one a line: a data summary, a provenance, the options of a trainer.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Facts">The facts in reading order.</param>
public sealed record KeyValueSection(string Title, IReadOnlyList<ReportFact> Facts) : ReportSection(Title);

/// <summary>Sections that belong together, for example everything about one candidate.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Sections">The parts in reading order; groups may hold groups.</param>
public sealed record GroupSection(string Title, IReadOnlyList<ReportSection> Sections) : ReportSection(Title)
{
    /// <summary>Whether the reader opens the group to see its parts. Default false: the parts are in plain sight.</summary>
    public bool Collapsed { get; init; }

    /// <summary>Whether parts stand two in a row where the page is wide enough, for example ROC beside PR. Default false.</summary>
    public bool SideBySide { get; init; }

    /// <summary>A few words beside the heading, readable while the group is closed, for example its score. None by default.</summary>
    public string? Summary { get; init; }
}
