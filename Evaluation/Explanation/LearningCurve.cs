using System.Text.Json;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How curves are measured: the folds, and the metric.</summary>
public sealed record CurveOptions
{
    /// <summary>
    /// The parts of the training rows that a learning curve is measured on, above 0 and up to 1, rising. Default 0.1, 0.2, 0.4, 0.6, 0.8, 1. A
    /// validation curve uses all training rows.
    /// </summary>
    public IReadOnlyList<double> Fractions { get; init; } = [0.1, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>The number of folds, 2 or more. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often the whole is repeated with other folds, 1 or more. Default 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>A column whose equal values stay in one fold; null for none.</summary>
    public string? GroupColumn { get; init; }

    /// <summary>The metric, by any of its names; null takes the task's own.</summary>
    public string? Metric { get; init; }

    /// <summary>For two classes: the value of the label that counts as positive, as text. Null takes the last in order of value.</summary>
    public string? PositiveLabel { get; init; }

    /// <summary>The seed of folds and fits; null for that of the catalog's context.</summary>
    public int? Seed { get; init; }

    internal ComparisonOptions ForFolds(string? labelColumn, int seed) => new()
    {
        LabelColumn = labelColumn,
        Folds = Folds,
        Repeats = Repeats,
        GroupColumn = GroupColumn,
        Metric = Metric,
        PositiveLabel = PositiveLabel,
        Seed = Seed ?? seed,
    };
}

/// <summary>The quality at one point of a curve, fold by fold.</summary>
/// <param name="Name">The value of the option, or the number of training rows.</param>
/// <param name="TrainRows">The number of rows learned from, on average over the folds.</param>
/// <param name="Training">For each fold the metric on the rows learned from; NaN where the fit failed or it is undefined.</param>
/// <param name="Validation">For each fold the metric on the held-out rows; NaN where the fit failed or it is undefined.</param>
/// <param name="Error">Why the first failed fit failed; null where none did.</param>
public sealed record CurvePoint(string Name, double TrainRows, IReadOnlyList<double> Training, IReadOnlyList<double> Validation, string? Error)
{
    /// <summary>The mean over the folds of <see cref="Training"/>.</summary>
    public double TrainingMean => Training.Average();

    /// <summary>The standard deviation over the folds of <see cref="Training"/>.</summary>
    public double TrainingDeviation => Deviation(Training);

    /// <summary>The mean over the folds of <see cref="Validation"/>.</summary>
    public double ValidationMean => Validation.Average();

    /// <summary>The standard deviation over the folds of <see cref="Validation"/>.</summary>
    public double ValidationDeviation => Deviation(Validation);

    internal static CurvePoint Of(string name, CurveFit[] fits) => new(
        name, fits.Average(f => f.TrainRows), [.. fits.Select(f => f.Training)], [.. fits.Select(f => f.Validation)],
        fits.FirstOrDefault(f => f.Error is not null)?.Error);

    private static double Deviation(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return values.Count < 2 ? double.NaN : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}

/// <summary>The learning curve of one candidate.</summary>
/// <param name="Name">The candidate.</param>
/// <param name="Points">Its quality by the number of training rows, rising.</param>
public sealed record CandidateCurve(string Name, IReadOnlyList<CurvePoint> Points);

/// <summary>
/// How quality grows with the number of training rows: whether more rows would help, and how far the quality on rows that were learned from is above
/// that on held-out ones.
/// </summary>
public sealed record LearningCurve : IReport
{
    private const double Significance = 0.05;

    /// <summary>The task.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>The metric.</summary>
    public required MetricDescription Metric { get; init; }

    /// <summary>A curve for each candidate, in the order given.</summary>
    public required IReadOnlyList<CandidateCurve> Candidates { get; init; }

    /// <summary>How the folds were made, in words.</summary>
    public required string Design { get; init; }

    /// <summary>Where the rows came from, in words.</summary>
    public required string DataSource { get; init; }

    /// <summary>The identity of the rows: SHA-256 in hexadecimal.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The held-out rows of a fold as a share of its training rows.</summary>
    public required double TestToTrainRatio { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <inheritdoc/>
    public string Answer => string.Join(" ", Candidates.Select(Sentence));

    internal static LearningCurve Compute(
        LearningTask task, IDataView data, string? labelColumn, CandidateSet candidates, CurveOptions? options, int seed, FitContext? context)
    {
        options ??= new();
        var runner = new CurveRunner(task, data, candidates, [.. options.Fractions.Order()], options.ForFolds(labelColumn, seed), context);
        var fits = runner.Run();
        return new LearningCurve
        {
            Task = task,
            Metric = runner.Metric,
            Candidates = [.. candidates.Select((c, i) => new CandidateCurve(
                c.Key, [.. fits[i].Select(f => CurvePoint.Of(NumberFormat.Integer(Math.Round(f.Average(x => x.TrainRows))), f))]))],
            Design = runner.Folds.Description,
            DataSource = runner.Data.View.Lineage.Source,
            DataFingerprint = runner.Data.Fingerprint,
            TestToTrainRatio = runner.Folds.TestToTrainRatio,
            Seed = options.Seed ?? seed,
        };
    }

    /// <inheritdoc/>
    public Report ToReport()
    {
        var sections = new List<ReportSection>();
        if (Candidates.Count > 1)
        {
            sections.Add(new LineChartSection("On held-out rows", new ChartAxis("Training rows"), new ChartAxis(Metric.DisplayName),
                [.. Candidates.Select(c => CurveSections.Line(c.Name, c.Points, p => p.TrainRows, p => p.ValidationMean, p => p.ValidationDeviation))])
            {
                Explanation = "Mean over the folds; the band is one standard deviation.",
            });
        }

        foreach (var candidate in Candidates)
        {
            sections.Add(new LineChartSection(candidate.Name, new ChartAxis("Training rows"), new ChartAxis(Metric.DisplayName),
            [
                CurveSections.Line("rows learned from", candidate.Points, p => p.TrainRows, p => p.TrainingMean, p => p.TrainingDeviation),
                CurveSections.Line("held-out rows", candidate.Points, p => p.TrainRows, p => p.ValidationMean, p => p.ValidationDeviation),
            ])
            {
                Explanation = "Mean over the folds; the band is one standard deviation. "
                    + "A gap that stays says that the model is too flexible for the rows; two curves that meet low, that it is not flexible enough.",
            });
        }

        sections.AddRange(Candidates.Select(c => CurveSections.Table(c.Name, "Training rows", Metric, c.Points)));
        return new Report($"Learning curves on {DataSource}", Answer)
        {
            Subtitle = $"{Design} · {Metric.DisplayName}, {(Metric.HigherIsBetter ? "higher" : "lower")} is better",
            Sections = sections,
            Facts = CurveSections.Facts(DataSource, DataFingerprint),
        };
    }

    /// <inheritdoc/>
    public void WriteJson(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        CurveSections.WriteHead(json, "mlpath.learning-curve", Answer, Task, Metric, Design, Seed, DataSource, DataFingerprint);
        json.WriteStartArray("candidates");
        foreach (var candidate in Candidates)
        {
            json.WriteStartObject();
            json.WriteString("name", candidate.Name);
            CurveSections.WritePoints(json, candidate.Points);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private string Sentence(CandidateCurve candidate)
    {
        var last = candidate.Points[^1];
        if (double.IsNaN(last.ValidationMean))
            return $"{candidate.Name} could not be measured with {last.Name} training rows{(last.Error is null ? "" : $": {last.Error.TrimEnd('.')}")}.";
        string reaches = $"{candidate.Name} reaches {Metric.DisplayName} {NumberFormat.Number(last.ValidationMean)} on held-out rows with {last.Name} training rows";
        if (candidate.Points.Count < 2 || double.IsNaN(candidate.Points[^2].ValidationMean))
            return $"{reaches}.";
        var before = candidate.Points[^2];
        double[] gains = [.. last.Validation.Zip(before.Validation, (a, b) => Metric.HigherIsBetter ? a - b : b - a)];
        return IsGain(gains)
            ? $"{reaches}, {NumberFormat.Number(gains.Average())} better than with {before.Name}: more rows are likely to help."
            : $"{reaches}; there is no evidence that the last step, from {before.Name} rows, helped.";
    }

    // The corrected resampled t-test (Nadeau and Bengio): folds share most of their training rows, so their differences are not independent.
    private bool IsGain(double[] gains)
    {
        double mean = gains.Average(), variance = gains.Sum(g => (g - mean) * (g - mean)) / (gains.Length - 1);
        if (variance == 0)
            return mean > 0;
        double t = mean / Math.Sqrt(((1.0 / gains.Length) + TestToTrainRatio) * variance);
        return t > 0 && StudentT.TwoSidedPValue(t, gains.Length - 1) <= Significance;
    }
}
