using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// The outcome of comparing the same candidates on several data sets, after J. Demšar, Statistical comparisons of classifiers over multiple data sets,
/// JMLR 7, 2006: scores of different sets are not averaged; the candidates are ranked on each set, and the ranks are tested.
/// </summary>
public sealed record DatasetsReport : IReport
{
    /// <summary>The metric that decides, as the first data set's task knows it.</summary>
    public required MetricDescription Metric { get; init; }

    /// <summary>The options that all sets share.</summary>
    public required ComparisonOptions Options { get; init; }

    /// <summary>The candidate that the others are compared with, unless the reader chooses another.</summary>
    public required string Baseline { get; init; }

    /// <summary>Whether the baseline was named, rather than taken for its rank.</summary>
    public bool IsBaselineChosen { get; init; }

    /// <summary>The data sets, in the order given.</summary>
    public required IReadOnlyList<DatasetResult> Datasets { get; init; }

    /// <summary>The candidates, best average rank first, equal ones by name; those without a rank last.</summary>
    public required IReadOnlyList<RankedCandidate> Candidates { get; init; }

    /// <summary>Friedman's test of the ranked candidates, in their order, over the ranked sets; null where none could be ranked.</summary>
    public FriedmanTest? Friedman { get; init; }

    /// <summary>Nemenyi's test of each pair, in the order of <see cref="Candidates"/>; null where none could be ranked.</summary>
    public NemenyiTest? Nemenyi { get; init; }

    /// <summary>For exactly two ranked candidates: Wilcoxon's test, the first of <see cref="Candidates"/> minus the second; null otherwise.</summary>
    public SignedRankTest? Wilcoxon { get; init; }

    /// <summary>
    /// For exactly two ranked candidates: how probable it is that one is better by more than <see cref="ComparisonOptions.Rope"/>, which is 0.01 unless
    /// given, and 0 for metrics without a scale of their own; null otherwise.
    /// </summary>
    public BayesianTest? BayesianSignedRank { get; init; }

    /// <summary>What the reader should know: sets and candidates without a rank, an interruption.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether every data set was compared on; false after an interruption, and then only finished ones are here.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What to watch out for on each data set, worst first, with the names of the set and of the candidate in the message.</summary>
    public IReadOnlyList<Finding> Findings =>
    [
        .. Datasets.SelectMany(d => d.Comparison?.Findings.Select(f => f with
        {
            Message = $"{d.Name}{(f.Candidate is null ? "" : $", {f.Candidate}")}: {f.Message}",
            Candidate = null,
        }) ?? []).OrderByDescending(f => f.Severity),
    ];

    /// <inheritdoc/>
    public string Answer => DatasetsAnswer.Sentence(this);

    /// <summary>A data set by its name.</summary>
    /// <param name="dataset">The name.</param>
    public DatasetResult this[string dataset] =>
        Datasets.FirstOrDefault(d => d.Name == dataset) ?? throw new ArgumentException($"There is no data set '{dataset}'.", nameof(dataset));

    /// <summary>How every candidate stands to one of them.</summary>
    /// <param name="baseline">The candidate to compare with.</param>
    /// <exception cref="ArgumentException">There is no such candidate.</exception>
    public BaselineComparison Against(string baseline) => Candidates.Any(c => c.Name == baseline)
        ? BaselineComparison.Of(this, baseline)
        : throw new ArgumentException($"There is no candidate '{baseline}'.", nameof(baseline));

    /// <summary>The same comparison with another baseline.</summary>
    /// <param name="baseline">The candidate to compare with.</param>
    /// <exception cref="ArgumentException">There is no such candidate.</exception>
    public DatasetsReport WithBaseline(string baseline) => this with { Baseline = Against(baseline).Baseline, IsBaselineChosen = true };

    /// <summary>The scores as a table, a row for each data set and a column for each candidate, marked against the baseline.</summary>
    public BaselineTableSection ToScores() => DatasetsPage.Scores(this);

    /// <summary>The critical-difference diagram of the ranked candidates; null with fewer than two of them, or without a ranked set.</summary>
    public CriticalDifferenceSection? ToRanks() => DatasetsPage.Ranks(this);

    /// <summary>The comparison as a page: the answer, the scores, the ranks and tests over the sets, then each set by itself.</summary>
    public Report ToReport() => DatasetsPage.Make(this);

    /// <inheritdoc/>
    public void WriteJson(Stream stream) => DatasetsJson.Write(stream, this);
}

/// <summary>What came out on one data set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Task">What was learned from it.</param>
public sealed record DatasetResult(string Name, LearningTask Task)
{
    /// <summary>The comparison on this set, the same as it would be by itself; null when it failed as a whole.</summary>
    public ComparisonReport? Comparison { get; init; }

    /// <summary>Why nothing could be compared on it; null when it could.</summary>
    public string? Error { get; init; }

    /// <summary>Whether every ranked candidate has a score here, so that the set counts in ranks and tests.</summary>
    public bool IsRanked { get; init; }
}

/// <summary>A candidate of a comparison over several data sets.</summary>
/// <param name="Name">Its name.</param>
/// <param name="AverageRank">Its rank, 1 being best, on average over the ranked sets; NaN where it has none.</param>
public sealed record RankedCandidate(string Name, double AverageRank);

/// <summary>A comparison over several data sets was interrupted. The sets that were finished are in <see cref="Partial"/>.</summary>
public sealed class DatasetsCanceledException : OperationCanceledException
{
    /// <summary>Creates the exception.</summary>
    public DatasetsCanceledException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message.</param>
    public DatasetsCanceledException(string message) : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public DatasetsCanceledException(string message, Exception innerException) : base(message, innerException) { }

    internal DatasetsCanceledException(DatasetsReport? partial, CancellationToken token)
        : base("The comparison was interrupted.", token) => Partial = partial;

    /// <summary>The comparison over the sets that were finished; null when none was.</summary>
    public DatasetsReport? Partial { get; }
}
