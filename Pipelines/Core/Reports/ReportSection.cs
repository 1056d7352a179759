namespace MLPath.Reports;

/// <summary>
/// A part of a <see cref="Report"/>. Models, comparisons and diagnoses contribute sections; the writers draw them without
/// knowing who made them. The kinds are a closed set, so that every writer can draw every one.
/// </summary>
public abstract record ReportSection
{
    private protected ReportSection(string title) => Title = title;

    /// <summary>The heading.</summary>
    public string Title { get; init; }

    /// <summary>
    /// The name by which links reach the section; letters, digits and dashes are kept. Made from <see cref="Title"/> when null,
    /// and numbered where two sections share it.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>One or two sentences that say how to read the section. None by default.</summary>
    public string? Explanation { get; init; }
}

/// <summary>How a number is written, in a table's column or along an axis.</summary>
public enum ValueKind
{
    /// <summary>Words: written as they are, at the left.</summary>
    Text,

    /// <summary>A real number, written with as many digits as its interval or its column supports.</summary>
    Number,

    /// <summary>A count, written whole with thousands separated: <c>12,345</c>.</summary>
    Integer,

    /// <summary>A fraction of one, written as a percentage: 0.967 becomes <c>96.7%</c>.</summary>
    Percent,

    /// <summary>A time in seconds, written in the unit that fits: <c>8.2 ms</c>, <c>3 min 12 s</c>.</summary>
    Seconds,

    /// <summary>A size in bytes, written in the decimal unit that fits: <c>812 B</c>, <c>12.3 kB</c>, <c>1.42 MB</c>.</summary>
    Bytes,

    /// <summary>A p-value or another small probability: three decimals, <c>&lt; 0.001</c> below that.</summary>
    PValue,
}

/// <summary>What a row, a bar or a strip is among its peers. It is always said by more than a colour.</summary>
public enum Emphasis
{
    /// <summary>One of many.</summary>
    None,

    /// <summary>The best one, or one that no evidence tells from the best.</summary>
    Best,

    /// <summary>Of less interest, for example a baseline.</summary>
    Muted,

    /// <summary>Has no result because something went wrong.</summary>
    Failed,
}

/// <summary>An interval around an estimate, in the unit of the estimate; its confidence level is said by the section.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct ReportInterval(double Low, double High);
