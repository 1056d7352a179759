using MLPath.Data;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// Why a model predicts what it predicts, and where it is wrong: which input columns matter and how, how one prediction comes about, and, where the
/// truth is known, whether probabilities can be trusted, which threshold is cheapest, where quality is poor, and which rows are most wrong.
/// </summary>
public sealed record ExplanationReport : IReport
{
    // Enough for a summary; one row is taken apart more finely.
    private const int SummaryRows = 20;
    private const int SummaryBackground = 30;
    private const int SingleBackground = 100;
    private const int SinglePairs = 20;
    private const int MostImportant = 4;

    /// <summary>The task.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>What was asked for.</summary>
    public required ExplanationOptions Options { get; init; }

    /// <summary>Where the rows came from, in words.</summary>
    public required string DataSource { get; init; }

    /// <summary>The identity of the rows: SHA-256 in hexadecimal.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The model's steps, one a line.</summary>
    public required string Pipeline { get; init; }

    /// <summary>How much worse predictions become when a column is shuffled; null without truth.</summary>
    public PermutationImportance? Importance { get; init; }

    /// <summary>The shares of the columns in predictions, on average over some rows.</summary>
    public required ShapleyValues Shares { get; init; }

    /// <summary>How predictions depend on columns.</summary>
    public required IReadOnlyList<PartialDependence> Dependence { get; init; }

    /// <summary>The shares of the columns in the prediction of one row.</summary>
    public required ShapleyValues Row { get; init; }

    /// <summary>The exact contributions to the raw score of the same row; null unless the model is linear.</summary>
    public FeatureContributions? Contributions { get; init; }

    /// <summary>How well probabilities agree with what happened; null without them or without truth.</summary>
    public ReliabilityReport? Reliability { get; init; }

    /// <summary>The cheapest threshold; null but for two classes with truth.</summary>
    public ThresholdChoice? Threshold { get; init; }

    /// <summary>Quality by segment, for each column that was asked for.</summary>
    public IReadOnlyList<SegmentReport> Segments { get; init; } = [];

    /// <summary>The rows that are most wrong; null without truth.</summary>
    public WorstRows? WorstRows { get; init; }

    /// <summary>What to watch out for; empty by default.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <inheritdoc/>
    public string Answer
    {
        get
        {
            string quality = Importance is { } i && !double.IsNaN(i.Baseline)
                ? $", with {i.Metric.DisplayName} {NumberFormat.Number(i.Baseline)} on {NumberFormat.Integer(i.Rows)} rows of {DataSource}" : "";
            string worse = string.Concat(Segments.Where(s => s.Worse.Any()).Select(s => $" {s.Answer}"));
            return ImportantNames() is { Count: > 0 } names
                ? $"{Options.Model} depends most on {InWords(names)}{quality}.{worse}"
                : $"{Options.Model} depends on no single column in a way that can be told from chance{quality}.{worse}";
        }
    }

    internal static ExplanationReport Compute(
        LearningTask task, ITransformer model, IDataView data, ExplanationOptions? options, FitContext? context)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new();
        options.Validate();
        context ??= FitContext.Default;
        if (task == LearningTask.Ranking)
            throw new OptionException("A whole report is made for tasks whose rows are predicted one by one. For ranking call PermutationFeatureImportance.");
        var rows = InMemoryDataView.Load(data, context.CancellationToken);
        var truth = options.LabelColumn is null ? null
            : TaskEvaluation.Read(task, model.Transform(rows), options.LabelColumn, features: null, context.CancellationToken);
        var inputs = InputTable.Load(model, rows, slotsUpTo: 0, maximumRows: null, context.Step("inputs"), options.LabelColumn);
        var worst = truth is null ? null : Evaluation.WorstRows.Of(truth, model.Transform(rows), new WorstRowsOptions
        {
            Count = options.WorstRows,
            LabelColumn = options.LabelColumn,
            BinaryClasses = options.BinaryClasses,
            Columns = [.. inputs.Features.Select(f => f.Column)],
        }, context.CancellationToken);
        var importance = truth is null || task == LearningTask.Clustering ? null : PermutationImportance.Compute(task, model, rows, new PermutationImportanceOptions
        {
            LabelColumn = options.LabelColumn,
            Metric = options.Metric,
            Repeats = options.Repeats,
            SlotsUpTo = options.SlotsUpTo,
            MaximumRows = options.MaximumRows,
        }, context.Step("importance"));
        var shares = ShapleyValues.Compute(model, rows, background: null, new ShapleyOptions
        {
            MaximumRows = SummaryRows,
            BackgroundRows = SummaryBackground,
            SlotsUpTo = options.SlotsUpTo,
        }, context.Step("shares"));
        int single = options.Row ?? (worst is { Rows: [var first, ..] } ? first.Index : 0);
        return new ExplanationReport
        {
            Task = task,
            Options = options,
            DataSource = data.Lineage.Source,
            DataFingerprint = MLPath.Data.DataFingerprint.Compute(rows, context.CancellationToken),
            Rows = rows.RowCount,
            Seed = context.Seed,
            Pipeline = $"{model}",
            Importance = importance,
            Shares = shares,
            Dependence = Dependences(model, rows, options, Important(importance, shares), context),
            Row = ShapleyValues.Compute(model, rows, background: null, new ShapleyOptions
            {
                BackgroundRows = SingleBackground,
                PermutationPairs = SinglePairs,
                SlotsUpTo = options.SlotsUpTo,
            }, context.Step("row"), [single]),
            Contributions = FeatureContributions.Find(model, RowSubset.View(rows, [single], "the explained row"), context.CancellationToken),
            Reliability = truth is null ? null : ReliabilityReport.Of(truth, options.BinaryClasses is [_, var positive] ? positive : "the positive class", new()),
            Threshold = task == LearningTask.Binary && truth is not null
                ? ThresholdChoice.Of(truth, new ThresholdOptions { Costs = options.Costs }, context.Step("threshold")) : null,
            Segments = truth is null ? [] : [.. options.Segments.Select(column => SegmentReport.Compute(
                task, model.Transform(rows), column, new SegmentOptions { LabelColumn = options.LabelColumn, Metric = options.Metric }, context.Step($"segments of {column}")))],
            WorstRows = worst,
        };
    }

    /// <summary>The explanation as a page.</summary>
    public Report ToReport() => ExplanationPage.Make(this);

    /// <summary>Writes the explanation as JSON, schema <c>mlpath.explanation</c>.</summary>
    /// <param name="stream">Where to.</param>
    public void WriteJson(Stream stream) => ExplanationJson.Write(this, stream);

    /// <summary>The output that is shown of the explained row: the greatest one, which is the predicted class where there are several.</summary>
    internal int RowOutput => Row.Outputs.Count == 1 ? 0
        : Enumerable.Range(0, Row.Outputs.Count).MaxBy(o => Task == LearningTask.Clustering ? -Row.Prediction(0, o) : Row.Prediction(0, o));

    // Columns whose dependence is worth a look: the most important ones, by what is known of importance.
    private static IEnumerable<InputFeature> Important(PermutationImportance? importance, ShapleyValues shares) => importance is not null
        ? importance.Features.Where(f => f.Mean > 0).Select(f => f.Feature)
        : shares.Summary().Where(s => s.MeanAbsolute > 0).Select(s => s.Feature);

    private static IReadOnlyList<PartialDependence> Dependences(
        ITransformer model, InMemoryDataView rows, ExplanationOptions options, IEnumerable<InputFeature> important, FitContext context)
    {
        if (options.Columns.Count > 0)
            return [.. options.Columns.Select(c => PartialDependence.Compute(model, rows, c, new(), context.Step($"dependence on {c}")))];
        var table = InputTable.Load(model, rows, options.SlotsUpTo, new PartialDependenceOptions().MaximumRows, context.Step("dependence"));
        // A vector as a whole has no axis to be drawn along.
        return [.. important.Where(f => f.Slot is not null || table.Rows.Schema[f.Column].Type is not VectorDataViewType).Take(MostImportant)
            .Select(f => PartialDependence.Compute(table, f, new(), context.Step($"dependence on {f.Name}")))];
    }

    private List<string> ImportantNames() => Importance is { } importance
        ? [.. importance.Features.Where(f => f.Interval is { Low: > 0 } || (f.Interval is null && f.Mean > 0)).Take(3).Select(f => f.Feature.Name)]
        : [.. Shares.Summary().Where(s => s.MeanAbsolute > 0).Take(3).Select(s => s.Feature.Name)];

    private static string InWords(List<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
}
