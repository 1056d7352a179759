using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>What the doctor looks at: a table always; beside it what the caller has, a comparison, a measurement, a training.</summary>
internal sealed class DoctorSubject
{
    private IReadOnlyList<SampledColumn>? _features;

    /// <summary>The table as it is, with all its rows.</summary>
    public required IDataView Data { get; init; }

    /// <summary>The rows of it that are looked at.</summary>
    public required TableSample Table { get; init; }

    /// <summary>The task; null before one is chosen.</summary>
    public LearningTask? Task { get; init; }

    /// <summary>The label; null without one.</summary>
    public LabelSample? Label { get; init; }

    /// <summary>Columns that are neither features nor the label: groups, folds, what was made of the label.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The columns that models read; null where it is not known, so that all may be.</summary>
    public IReadOnlySet<string>? Read { get; init; }

    /// <summary>The comparison; null outside one.</summary>
    public ComparisonSubject? Comparison { get; init; }

    /// <summary>The measurement of a model; null outside one.</summary>
    public EvaluationSubject? Evaluation { get; init; }

    /// <summary>The rows that were learned from, where <see cref="Data"/> are those to test on; null otherwise, or where they are not at hand.</summary>
    public IDataView? TrainingData { get; init; }

    /// <summary>What was seen of the fit of a training; null outside one.</summary>
    public FitObservation? Fit { get; init; }

    /// <summary>Ends the work early.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The columns, and slots, that are features as far as is known.</summary>
    public IReadOnlyList<SampledColumn> Features => _features ??=
        [.. Table.Columns.Where(c => IsFeature(c.Source) && Read?.Contains(c.Source) != false)];

    /// <summary>The fits that were looked at, by candidate; the name is null outside a comparison.</summary>
    public IEnumerable<(string? Candidate, FitObservation Fit)> Fits =>
        Comparison is { } comparison ? comparison.Candidates.Where(c => c.Fit is not null).Select(c => ((string?)c.Result.Name, c.Fit!))
        : Fit is not null ? [(null, Fit)]
        : [];

    /// <summary>What there is to look at in a comparison.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">The rows, with the prepared label.</param>
    /// <param name="folds">The folds.</param>
    /// <param name="options">The options.</param>
    /// <param name="metric">The metric that decides.</param>
    /// <param name="candidates">The candidates, best first.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static DoctorSubject Of(
        LearningTask task, PreparedData data, FoldDesign folds, ComparisonOptions options, MetricDescription metric, IReadOnlyList<CandidateSubject> candidates,
        CancellationToken cancellationToken)
    {
        var table = TableSample.Read(data.View, cancellationToken);
        string[] roles = [.. new[] { options.LabelColumn is null ? null : PreparedData.Label, options.GroupColumn, options.FoldColumn }.OfType<string>()];
        var fits = candidates.Where(c => c.Result.Error is null).Select(c => c.Fit?.Reads).ToList();
        double[] baseline = options.LabelColumn is null ? [] : BaselineScores.Of(task, data.View, PreparedData.Label, folds.Splits, metric, cancellationToken);
        return new DoctorSubject
        {
            Data = data.View,
            Table = table,
            Task = task,
            Label = LabelSample.Of(table, options.LabelColumn, task),
            Roles = roles,
            // What one candidate may read, all may.
            Read = fits.Count == 0 || fits.Contains(null) ? null : fits.SelectMany(f => f!).ToHashSet(),
            Comparison = new ComparisonSubject(
                options, metric, folds.Splits, options is { GroupColumn: null, FoldColumn: null }, folds.TestToTrainRatio, candidates, baseline),
            CancellationToken = cancellationToken,
        };
    }

    /// <summary>What there is to look at when a model is measured.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">The table.</param>
    /// <param name="scored">The same rows with the predictions.</param>
    /// <param name="rows">The predictions and the truth.</param>
    /// <param name="metrics">What was measured.</param>
    /// <param name="options">What was measured against what.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static DoctorSubject Of(
        LearningTask task, IDataView data, IDataView scored, ScoredRows rows, EvaluationMetrics metrics, EvaluationOptions options,
        CancellationToken cancellationToken)
    {
        var table = TableSample.Read(data, cancellationToken);
        string? label = options.LabelName ?? options.LabelColumn;
        return new DoctorSubject
        {
            Data = data,
            Table = table,
            Task = task,
            Label = LabelSample.Of(table, label, task),
            Roles = options.LabelColumn is { } prepared ? [prepared] : [],
            Evaluation = new EvaluationSubject(metrics, CalibrationTest.Of(rows), options.FittedOn ?? options.TrainedOn?.Data, scored),
            TrainingData = options.TrainingData,
            CancellationToken = cancellationToken,
        };
    }

    /// <summary>Whether a column is neither the label nor has another role.</summary>
    public bool IsFeature(string column) => column != Label?.Name && !Roles.Contains(column);
}

/// <summary>What the doctor looks at in a comparison.</summary>
/// <param name="Options">Its options.</param>
/// <param name="Metric">The metric that decides.</param>
/// <param name="Splits">The folds.</param>
/// <param name="IsShuffled">Whether rows came into the folds by chance, each for itself.</param>
/// <param name="TestToTrainRatio">n_test / n_train.</param>
/// <param name="Candidates">The candidates, best first.</param>
/// <param name="Baseline">For each split of the first repeat the score of a prediction without features; empty where there is none.</param>
internal sealed record ComparisonSubject(
    ComparisonOptions Options, MetricDescription Metric, IReadOnlyList<RowSplit> Splits, bool IsShuffled, double TestToTrainRatio,
    IReadOnlyList<CandidateSubject> Candidates, double[] Baseline)
{
    /// <summary>The best candidate that could be measured; null for none.</summary>
    public CandidateSubject? Best => Candidates.FirstOrDefault(c => c.Score is { } score && !double.IsNaN(score));
}

/// <summary>One candidate of a comparison.</summary>
/// <param name="Result">What came out.</param>
/// <param name="Fit">What was seen of the fit of the first fold; null where nothing was.</param>
/// <param name="Calibration">How right its probabilities are; null where it gives none.</param>
internal sealed record CandidateSubject(CandidateResult Result, FitObservation? Fit, CalibrationTest? Calibration)
{
    /// <summary>The mean of the deciding metric; null when it failed.</summary>
    public double? Score => Result.Error is null ? Result.Score?.Mean : null;
}

/// <summary>What the doctor looks at when a model is measured.</summary>
/// <param name="Metrics">What was measured.</param>
/// <param name="Calibration">How right its probabilities are; null where it gives none.</param>
/// <param name="FittedOn">What the model learned from; null where it is not known.</param>
/// <param name="Scored">The rows with their predictions.</param>
internal sealed record EvaluationSubject(
    EvaluationMetrics Metrics, CalibrationTest? Calibration, DataLineage? FittedOn, IDataView Scored);
