using MLPath.Data;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The outcome of a comparison: the candidates, best first, all measured on the same folds.</summary>
public sealed record ComparisonReport : IReport
{
    /// <summary>The task.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>Where the rows came from, in words.</summary>
    public required string DataSource { get; init; }

    /// <summary>The identity of the rows compared on: SHA-256 in hexadecimal.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The columns, rows and classes compared on.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>The options of the comparison.</summary>
    public required ComparisonOptions Options { get; init; }

    /// <summary>How the folds were made, in words: "10 folds, stratified by Species".</summary>
    public required string Design { get; init; }

    /// <summary>The identity of the folds, that is of which rows are in which: SHA-256 in hexadecimal; empty when it is not known.</summary>
    public string FoldFingerprint { get; init; } = "";

    /// <summary>
    /// The arguments of the command line that run the comparison again, its name first: "compare", "iris", …; empty for one that a program made.
    /// </summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>For two classes: what the negative and the positive class stand for; empty otherwise.</summary>
    public IReadOnlyList<string> BinaryClasses { get; init; } = [];

    /// <summary>n_test / n_train of a fold, on average over folds; the correction of intervals and tests.</summary>
    public required double TestToTrainRatio { get; init; }

    /// <summary>The metric that decides.</summary>
    public required MetricDescription Metric { get; init; }

    /// <summary>The candidates, best first; those that failed last; equal ones by name.</summary>
    public required IReadOnlyList<CandidateResult> Candidates { get; init; }

    /// <summary>What the reader should know: rows left out, small classes, …</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What to watch out for; empty by default.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>
    /// Further sections that the report shows before the data, such as a <see cref="Transforms.FeaturePlan"/>'s. They are not part of the JSON. None by
    /// default.
    /// </summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];

    /// <summary>Whether every fold of every candidate was run; false after an interruption.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public string Answer => ComparisonAnswer.Sentence(this);

    /// <summary>The best candidate; null when all failed.</summary>
    public CandidateResult? Best => Candidates.FirstOrDefault(c => c.Error is null && c.Score?.Mean is { } mean && !double.IsNaN(mean));

    /// <summary>
    /// The candidates that are worth their cost: none other scores at least as well at no more cost, and better in one of the two. Costs in time differ
    /// from run to run.
    /// </summary>
    /// <param name="cost">What a candidate costs.</param>
    /// <returns>The front, cheapest and so worst first; those without a score or a cost are not on it.</returns>
    public IReadOnlyList<CandidateResult> ParetoFront(CandidateCost cost) => Evaluation.ParetoFront.Of(this, cost);

    /// <summary>A candidate by its name.</summary>
    /// <param name="name">The name.</param>
    public CandidateResult this[string name] =>
        Candidates.FirstOrDefault(c => c.Name == name) ?? throw new ArgumentException($"There is no candidate '{name}'.", nameof(name));

    /// <summary>The comparison as a page: the answer, the leaderboard, then the evidence.</summary>
    public Report ToReport() => ComparisonPage.Make(this);

    /// <inheritdoc/>
    public void WriteJson(Stream stream) => ComparisonJson.Write(stream, this);
}

/// <summary>What came out for one candidate.</summary>
public sealed record CandidateResult
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its pipeline, a step a line.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The steps of its pipeline with all their options; empty when they are not known.</summary>
    public IReadOnlyList<PipelineStep> Steps { get; init; } = [];

    /// <summary>Why it could not be measured; null when it could.</summary>
    public string? Error { get; init; }

    /// <summary>Its place, from 1; null when it failed.</summary>
    public int? Rank { get; init; }

    /// <summary>Its folds, in order of repeat and fold; those finished before an error or an interruption.</summary>
    public IReadOnlyList<FoldResult> Folds { get; init; } = [];

    /// <summary>Each metric of the task over the folds.</summary>
    public IReadOnlyDictionary<string, ResampledScores> Metrics { get; init; } = new Dictionary<string, ResampledScores>();

    /// <summary>The metric that decides, over the folds; null when it failed.</summary>
    public ResampledScores? Score { get; init; }

    /// <summary>The best candidate's score minus this one's, tested; null for the best one and for those that failed.</summary>
    public PairedComparison? VersusBest { get; init; }

    /// <summary>
    /// The test that fits the design, of the best candidate (first) against this one: its name, why it was chosen, what it found. Null for the best one and
    /// for those that failed.
    /// </summary>
    public StatisticalTest? Test { get; init; }

    /// <summary>For folds: beside it, how probable it is that the difference matters in practice. Null without.</summary>
    public StatisticalTest? Bayesian { get; init; }

    /// <summary>The test's p-value after Holm's adjustment for the number of candidates; NaN without a test.</summary>
    public double AdjustedPValue { get; init; } = double.NaN;

    /// <summary>
    /// The metrics over all rows, each predicted once by the model that did not see it (the first repeat); for clustering, those of a fit on all
    /// rows. Null when it failed.
    /// </summary>
    public EvaluationMetrics? Pooled { get; init; }

    /// <summary>For regression: what was predicted for each row, beside the truth, as in <see cref="Pooled"/>; empty otherwise.</summary>
    public IReadOnlyList<(float Actual, float Predicted)> Predictions { get; init; } = [];

    /// <summary>What the model of the first fold has to show, such as its training's curves. Not part of the JSON; empty where it has nothing.</summary>
    public IReadOnlyList<ReportSection> ModelSections { get; init; } = [];

    /// <summary>
    /// The size of the saved model of the first fold in bytes, without schema and provenance; null when it failed, and for models that cannot be saved.
    /// </summary>
    public long? ModelBytes { get; init; }

    /// <summary>What the fits told of problems, each once.</summary>
    public IReadOnlyList<Diagnosis> Diagnoses { get; init; } = [];
}

/// <summary>One fold of one candidate.</summary>
/// <param name="Repeat">The repeat, from 0.</param>
/// <param name="Fold">The fold, from 0.</param>
/// <param name="TrainRows">The number of rows learned from.</param>
/// <param name="TestRows">The number of rows measured on.</param>
/// <param name="Metrics">The quality on the test rows.</param>
/// <param name="FitTime">How long the fit took.</param>
/// <param name="PredictTime">How long the prediction of the test rows took.</param>
public sealed record FoldResult(
    int Repeat, int Fold, int TrainRows, int TestRows, EvaluationMetrics Metrics, TimeSpan FitTime, TimeSpan PredictTime);

/// <summary>A comparison was interrupted. What was finished is in <see cref="Partial"/>.</summary>
public sealed class ComparisonCanceledException : OperationCanceledException
{
    /// <summary>Creates the exception.</summary>
    public ComparisonCanceledException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message.</param>
    public ComparisonCanceledException(string message) : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public ComparisonCanceledException(string message, Exception innerException) : base(message, innerException) { }

    internal ComparisonCanceledException(ComparisonReport partial, CancellationToken token)
        : base("The comparison was interrupted.", token) => Partial = partial;

    /// <summary>The finished folds of all candidates; null when the preparation itself was interrupted.</summary>
    public ComparisonReport? Partial { get; }
}
