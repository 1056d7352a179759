using System.Globalization;
using System.Text.Json;
using MLPath.Data;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>What to measure a model's predictions against.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The model's name for readers, such as that of its file.</summary>
    public required string Model { get; init; }

    /// <summary>The model's steps, one a line; none by default.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>
    /// The column of true labels, of the type that the task's metrics read. Null only for clustering without known classes. Default "Label".
    /// </summary>
    public string? LabelColumn { get; init; } = "Label";

    /// <summary>The label's name for readers, that of the raw column. Null by default: the name of <see cref="LabelColumn"/>.</summary>
    public string? LabelName { get; init; }

    /// <summary>The identity of the model's file: SHA-256 in hexadecimal; null by default.</summary>
    public string? ModelFingerprint { get; init; }

    /// <summary>How the model came to be, as its file says; null by default.</summary>
    public FitProvenance? TrainedOn { get; init; }

    /// <summary>The column of features that a clustering's geometry is measured on; null leaves it out.</summary>
    public string? FeatureColumn { get; init; }

    /// <summary>For two classes: what the negative and the positive one stand for; empty by default.</summary>
    public IReadOnlyList<string> BinaryClasses { get; init; } = [];

    /// <summary>
    /// How many times rows are drawn for the intervals of metrics (<see cref="BcaInterval"/>), 100 or more; 0 for no intervals. Null, the default, is 1000 up
    /// to 50,000 scores (rows times classes), and 0 above, where it would take long and intervals are narrow. Clusterings have none: what draws repeat would be its own neighbour.
    /// </summary>
    public int? Resamples { get; init; }

    /// <summary>The seed of those draws. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Most scores for which intervals are made unasked.</summary>
    internal const int MostScoresUnasked = 50_000;

    /// <summary>What the model learned from, to see whether it is measured on the same rows; null (the default) takes that of <see cref="TrainedOn"/>.</summary>
    public DataLineage? FittedOn { get; init; }

    /// <summary>The rows that the model learned from, to see how those it is measured on differ; null (the default) where they are not at hand.</summary>
    public IDataView? TrainingData { get; init; }

    /// <summary>Which pitfalls are looked for. Default all.</summary>
    public DoctorOptions Doctor { get; init; } = DoctorOptions.Default;
}

/// <summary>
/// One model measured on one table, whose task is known at run time only. Programs call <c>Evaluate</c> of the task's catalog.
/// </summary>
public sealed record EvaluationReport : IReport
{
    private const string Schema = "mlpath.evaluation";
    private const int Version = 1;

    private EvaluationReport(LearningTask task, EvaluationOptions options, EvaluationMetrics metrics) =>
        (Task, Options, Metrics) = (task, options, metrics);

    /// <summary>The task.</summary>
    public LearningTask Task { get; }

    /// <summary>What was measured against what.</summary>
    public EvaluationOptions Options { get; }

    /// <summary>The quality of the predictions.</summary>
    public EvaluationMetrics Metrics { get; }

    /// <summary>
    /// The bias-corrected and accelerated bootstrap interval of each defined metric, by its name; empty where none were asked for. How often the model
    /// would do how well on other rows of the same kind; not how it would do if trained again.
    /// </summary>
    public IReadOnlyDictionary<string, BootstrapInterval> Intervals { get; private init; } = new Dictionary<string, BootstrapInterval>();

    /// <summary>Where the rows came from, in words.</summary>
    public required string DataSource { get; init; }

    /// <summary>The identity of the rows: SHA-256 in hexadecimal.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The arguments of the command line that measure again, its name first; empty for a measurement that a program made.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The columns of the table at a glance.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>For regression: what was predicted for each row, beside the truth; empty otherwise.</summary>
    public IReadOnlyList<(float Actual, float Predicted)> Predictions { get; private init; } = [];

    /// <summary>For images told apart: those of which the model was surest, and wrong; null without such. Not part of the JSON.</summary>
    public ImageSection? Mistakes { get; private init; }

    /// <summary>How well probabilities agree with what happened; null where there are none. Not part of the JSON.</summary>
    public ReliabilityReport? Reliability { get; private init; }

    /// <summary>The rows that are most wrong; null where rows have no loss of their own. Not part of the JSON.</summary>
    public WorstRows? WorstRows { get; private init; }

    /// <summary>What to watch out for; empty by default.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What the reader should know: rows left out, …</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the model has to show of itself. Not part of the JSON; empty by default.</summary>
    public IReadOnlyList<ReportSection> ModelSections { get; init; } = [];

    /// <summary>The outcome in a sentence.</summary>
    public string Answer => Metrics.Primary is { IsDefined: true } primary
        ? $"{Options.Model} reaches {PrimaryDescription.DisplayName} {ValueText(primary)} "
            + $"on {NumberFormat.Integer(Metrics.RowsEvaluated)} rows of {DataSource}."
        : $"{PrimaryDescription.DisplayName} is undefined for {Options.Model} on {DataSource}: {Metrics.Primary.UndefinedReason}.";

    /// <summary>A metric in words: its value, with its interval where it has one.</summary>
    /// <param name="metric">One of <see cref="EvaluationMetrics.All"/>.</param>
    public string ValueText(MetricValue metric) => Intervals.TryGetValue(metric.Name, out var interval) && interval.IsDefined
        ? NumberFormat.Estimate(metric.Value, new ReportInterval(interval.Lower, interval.Upper))
        : NumberFormat.Number(metric.Value);

    private MetricDescription PrimaryDescription => MetricCatalog.Find(Task, Metrics.Primary.Name);

    /// <summary>Measures predictions.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">The table, for its description.</param>
    /// <param name="scored">The same rows with the model's predictions and the label.</param>
    /// <param name="options">What to measure against.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public static EvaluationReport Run(
        LearningTask task, IDataView data, IDataView scored, EvaluationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentNullException.ThrowIfNull(options);
        var columns = new ScoredColumns(options.LabelColumn, Features: task == LearningTask.Clustering ? options.FeatureColumn : null);
        var rows = ScoredRows.Read(task, scored, columns, cancellationToken);
        EvaluationMetrics Measure(ScoredRows scoredRows) => options.BinaryClasses is [var negative, var positive]
            ? Judge.Evaluate(scoredRows, positive, negative, cancellationToken)
            : Judge.Evaluate(scoredRows, cancellationToken: cancellationToken);
        var metrics = Measure(rows);
        var pairs = new List<(float, float)>();
        for (int i = 0; task == LearningTask.Regression && i < rows.Count; i++)
            pairs.Add((rows.Targets[i], rows.Scores[i]));
        return new EvaluationReport(task, options, metrics)
        {
            DataSource = data.Lineage.Source,
            DataFingerprint = MLPath.Data.DataFingerprint.Compute(data, cancellationToken),
            Data = DataSummary.Of(data, cancellationToken),
            Predictions = pairs,
            Intervals = IntervalsOf(rows, metrics, Measure, options, cancellationToken),
            Reliability = ReliabilityReport.Of(rows, options.BinaryClasses is [_, var positiveName] ? positiveName : "the positive class", new()),
            WorstRows = options.LabelColumn is null || rows.Count == 0 ? null
                : Evaluation.WorstRows.Of(rows, scored, new WorstRowsOptions
                {
                    LabelColumn = options.LabelColumn,
                    BinaryClasses = options.BinaryClasses,
                    Columns = [.. data.Schema.Where(c => !c.IsHidden && c.Type is not VectorDataViewType && scored.Schema.GetColumnOrNull(c.Name) is not null).Select(c => c.Name)],
                }, cancellationToken),
            Mistakes = ImageMistakes.Find(task, scored, options.LabelColumn, options.BinaryClasses, cancellationToken),
            Findings = Doctor.Examine(DoctorSubject.Of(task, data, scored, rows, metrics, options, cancellationToken), options.Doctor),
        };
    }

    private static Dictionary<string, BootstrapInterval> IntervalsOf(
        ScoredRows rows, EvaluationMetrics metrics, Func<ScoredRows, EvaluationMetrics> measure, EvaluationOptions options, CancellationToken cancellationToken)
    {
        var intervals = new Dictionary<string, BootstrapInterval>();
        int resamples = options.Resamples ?? ((long)rows.Count * rows.ScoreWidth <= EvaluationOptions.MostScoresUnasked ? 1000 : 0);
        if (resamples == 0 || rows.Task == LearningTask.Clustering || rows.Count == 0)
            return intervals;
        var computed = BcaInterval.Compute(
            rows.Count,
            times => [.. measure(rows.Counted(times)).All.Select(m => m.Value)],
            new BootstrapOptions { Resamples = resamples, Seed = options.Seed },
            FitContext.Default with { CancellationToken = cancellationToken });
        for (int i = 0; i < computed.Count; i++)
        {
            if (metrics.All[i].IsDefined)
                intervals.Add(metrics.All[i].Name, computed[i] with { Estimate = metrics.All[i].Value });
        }

        return intervals;
    }

    /// <summary>The measurement as a page: the answer, the metrics, then the evidence.</summary>
    public Report ToReport()
    {
        var sections = new List<ReportSection> { MetricTable() };
        if (Notes.Count > 0)
            sections.Add(new TextSection("Notes", Notes) { Tone = TextTone.Note });
        sections.AddRange(FindingSections.Of(Findings));
        sections.AddRange(Evidence.Of(Metrics, Options.Model));
        if (Reliability is not null)
            sections.Add(Reliability.ToSection());
        if (Mistakes is not null)
            sections.Add(Mistakes);
        if (WorstRows is not null)
            sections.Add(WorstRows.ToSection());
        if (Predictions.Count > 0)
            sections.Add(Evidence.Residuals(Predictions, LabelName ?? "value"));
        if (ModelSections.Count > 0)
            sections.Add(new GroupSection("The model", ModelSections));
        if (Options.Pipeline.Length > 0)
            sections.Add(new TextSection("Pipeline", [.. Options.Pipeline.Split('\n', StringSplitOptions.TrimEntries)]));
        sections.Add(Data.ToSection());
        return new Report($"{Options.Model} on {DataSource}", Answer)
        {
            Subtitle = $"{NumberFormat.Integer(Metrics.RowsEvaluated)} rows{(LabelName is null ? "" : $" · {LabelName}")}",
            Sections = sections,
            Facts =
            [
                new("MLPath", ProvenanceJson.LibraryVersion),
                new("Data", $"{DataSource}, SHA-256 {ProvenanceFacts.Short(DataFingerprint)}"),
                .. TrainedOnFacts(),
                .. ProvenanceFacts.Command(Command),
            ],
        };
    }

    private IEnumerable<ReportFact> TrainedOnFacts()
    {
        if (Options.ModelFingerprint is { } model)
            yield return new("Model", $"{Options.Model}, SHA-256 {ProvenanceFacts.Short(model)}");
        if (Options.TrainedOn is not { } fit)
            yield break;
        string rows = fit.Rows is { } count ? $"{NumberFormat.Integer(count)} rows of " : "";
        yield return new("Trained on", $"{rows}{fit.Data.Source}");
        if (fit.Seed is { } seed)
            yield return new("Seed of the training", seed.ToString(CultureInfo.InvariantCulture));
    }

    private string? LabelName => Options.LabelColumn is null ? null : Options.LabelName ?? Options.LabelColumn;

    private TableSection MetricTable() => new("Metrics", [new("Metric"), new("Value", ValueKind.Number), new("Meaning")],
        [.. Metrics.All.Where(m => m.IsDefined).Select(m => (Metric: m, About: MetricCatalog.Find(Task, m.Name))).Select(m =>
            new TableRow(m.About.DisplayName, Cell(m.Metric), m.About.Meaning)
            {
                Emphasis = m.Metric.Name == Metrics.Primary.Name ? Emphasis.Best : Emphasis.None,
            })])
    {
        Explanation = Intervals.Values.FirstOrDefault(i => i.IsDefined) is { } interval
            ? $"With {NumberFormat.Percent(interval.Confidence, 0)} intervals of what the model would reach on other rows of this kind (bootstrap, bias-corrected and accelerated)."
            : null,
    };

    private TableCell Cell(MetricValue metric) => Intervals.TryGetValue(metric.Name, out var interval) && interval.IsDefined
        ? TableCell.Estimate(metric.Value, interval.Lower, interval.Upper)
        : NumberFormat.Number(metric.Value);

    /// <summary>Writes the measurement as JSON, schema <c>mlpath.evaluation</c>.</summary>
    /// <param name="stream">Where to.</param>
    public void WriteJson(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteNumber("version", Version);
        json.WriteString("answer", Answer);
        json.WriteString("task", ComparisonJson.Name(Task));
        ComparisonJson.WriteMetric(json, PrimaryDescription);
        json.WriteString("model", Options.Model);
        json.WriteString("modelFingerprint", Options.ModelFingerprint);
        WriteTrainedOn(json);
        ComparisonJson.WriteStrings(
            json, "pipeline", Options.Pipeline.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        json.WriteString("label", LabelName);
        json.WriteStartObject("data");
        json.WriteString("source", DataSource);
        json.WriteString("fingerprint", DataFingerprint);
        Data.WriteTo(json);
        json.WriteEndObject();
        json.WriteNumber("rowsEvaluated", Metrics.RowsEvaluated);
        json.WriteNumber("rowsWithoutLabel", Metrics.RowsWithoutLabel);
        json.WriteNumber("rowsWithBadScore", Metrics.RowsWithBadScore);
        ComparisonJson.WriteMetrics(json, "metrics", Metrics);
        json.WriteStartObject("intervals");
        foreach (var (name, interval) in Intervals)
        {
            json.WriteStartObject(name);
            ComparisonJson.WriteNumber(json, "lower", interval.Lower);
            ComparisonJson.WriteNumber(json, "upper", interval.Upper);
            json.WriteNumber("confidence", interval.Confidence);
            if (interval.UndefinedReason is not null)
                json.WriteString("undefined", interval.UndefinedReason);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        ComparisonJson.WriteFindings(json, Findings);
        ComparisonJson.WriteStrings(json, "notes", Notes);
        ProvenanceJson.WriteOrigin(json, Command);
        json.WriteEndObject();
    }

    private void WriteTrainedOn(Utf8JsonWriter json)
    {
        if (Options.TrainedOn is not { } fit)
        {
            json.WriteNull("trainedOn");
            return;
        }

        json.WriteStartObject("trainedOn");
        json.WriteString("source", fit.Data.Source);
        json.WriteString("fingerprint", fit.Data.Fingerprint);
        if (fit.Rows is { } rows)
            json.WriteNumber("rows", rows);
        if (fit.Seed is { } seed)
            json.WriteNumber("seed", seed);
        json.WriteEndObject();
    }
}
