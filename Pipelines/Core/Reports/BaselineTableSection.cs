namespace MLPath.Reports;

/// <summary>
/// A table of competitors on several trials, such as algorithms on data sets, in which every score is marked as better than, worse than or level with
/// that of one of the competitors, the baseline. The reader may choose another baseline, where the medium can; the marks for each are there.
/// </summary>
public sealed record BaselineTableSection : ReportSection
{
    /// <summary>Makes a table.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="rowTitle">What the rows are, for example <c>Data set</c>.</param>
    /// <param name="competitors">The names of the columns, at least one.</param>
    /// <param name="rows">The trials in reading order.</param>
    /// <param name="summaries">What is said of each competitor over all trials, at the foot.</param>
    /// <param name="baseline">The place of the competitor that the others are compared with at first.</param>
    /// <exception cref="ArgumentException">A row or a summary does not have a value for each competitor, or each competitor as baseline.</exception>
    public BaselineTableSection(
        string title, string rowTitle, IReadOnlyList<string> competitors, IReadOnlyList<BaselineTableRow> rows,
        IReadOnlyList<BaselineSummary> summaries, int baseline) : base(title)
    {
        int count = competitors.Count;
        if (baseline < 0 || baseline >= count)
            throw new ArgumentException($"The table '{title}' has {count} competitors and none at place {baseline}.", nameof(baseline));
        foreach (var row in rows.Where(r => r.Error is null))
        {
            if (row.Cells.Count != count || row.Standings.Count != count || row.Standings.Any(s => s.Count != count))
                throw new ArgumentException($"Row '{row.Name}' of the table '{title}' needs a cell, and a standing against each, for {count} competitors.", nameof(rows));
        }

        foreach (var summary in summaries)
        {
            if (summary.Values.Count != count || summary.Values.Any(v => v.Count != count))
                throw new ArgumentException($"Line '{summary.Name}' of the table '{title}' needs a value against each of {count} competitors.", nameof(summaries));
        }

        RowTitle = rowTitle;
        Competitors = competitors;
        Rows = rows;
        Summaries = summaries;
        Baseline = baseline;
    }

    /// <summary>What the rows are.</summary>
    public string RowTitle { get; }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Competitors { get; }

    /// <summary>The trials.</summary>
    public IReadOnlyList<BaselineTableRow> Rows { get; }

    /// <summary>The lines at the foot.</summary>
    public IReadOnlyList<BaselineSummary> Summaries { get; }

    /// <summary>The place of the competitor that the others are compared with at first.</summary>
    public int Baseline { get; }

    /// <summary>How the scores are written; each row by itself chooses the digits that its intervals support. Default <see cref="ValueKind.Number"/>.</summary>
    public ValueKind Kind { get; init; } = ValueKind.Number;

    /// <summary>Sentences under the table. Empty by default.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A trial of a <see cref="BaselineTableSection"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cells">The score of each competitor, with its interval; words where there is none.</param>
/// <param name="Standings">By baseline and then by competitor: how the competitor stands to the baseline here.</param>
public sealed record BaselineTableRow(string Name, IReadOnlyList<TableCell> Cells, IReadOnlyList<IReadOnlyList<Standing>> Standings)
{
    /// <summary>The place of the best competitor here; null where there is none. Others with the same score are shown as best too.</summary>
    public int? Best { get; init; }

    /// <summary>A word or two beside the name, for example <c>not ranked</c>. None by default.</summary>
    public string? Badge { get; init; }

    /// <summary>The <see cref="ReportSection.Id"/> of the section that the name links to. None by default.</summary>
    public string? LinkTo { get; init; }

    /// <summary>What went wrong, shown in place of the cells. None by default.</summary>
    public string? Error { get; init; }

    /// <summary>A row for a trial that has no result.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="error">What went wrong, in a sentence.</param>
    public static BaselineTableRow Failed(string name, string error) => new(name, [], []) { Error = error };
}

/// <summary>A line at the foot of a <see cref="BaselineTableSection"/>.</summary>
/// <param name="Name">What it says.</param>
/// <param name="Values">By baseline and then by competitor: the words.</param>
public sealed record BaselineSummary(string Name, IReadOnlyList<IReadOnlyList<string>> Values)
{
    /// <summary>A sentence that explains the line, shown on demand. None by default.</summary>
    public string? Description { get; init; }
}

/// <summary>How a competitor stands to the baseline on one trial.</summary>
public enum Standing
{
    /// <summary>There is nothing to compare: one of the two has no score, or they are the same.</summary>
    None,

    /// <summary>No evidence that the two differ.</summary>
    Tie,

    /// <summary>Better than the baseline by more than chance explains.</summary>
    Win,

    /// <summary>Worse than the baseline by more than chance explains.</summary>
    Loss,
}
