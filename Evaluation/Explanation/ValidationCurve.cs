using System.Globalization;
using System.Text.Json;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How quality depends on the value of one option: where a model is too rigid, where too flexible, and where it is best.</summary>
public sealed record ValidationCurve : IReport
{
    // From this ratio of the largest value to the smallest on, equal ratios take equal space.
    private const double LogarithmicFrom = 50;

    /// <summary>The option that varies.</summary>
    public required string Option { get; init; }

    /// <summary>The task.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>The metric.</summary>
    public required MetricDescription Metric { get; init; }

    /// <summary>The quality at each value, in the order given.</summary>
    public required IReadOnlyList<CurvePoint> Points { get; init; }

    /// <summary>How the folds were made, in words.</summary>
    public required string Design { get; init; }

    /// <summary>Where the rows came from, in words.</summary>
    public required string DataSource { get; init; }

    /// <summary>The identity of the rows: SHA-256 in hexadecimal.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The point that is best on held-out rows, the first one in a tie; null where none could be measured.</summary>
    public CurvePoint? Best
    {
        get
        {
            var measured = Points.Where(p => !double.IsNaN(p.ValidationMean)).ToList();
            return measured.Count == 0 ? null : Metric.HigherIsBetter ? measured.MaxBy(p => p.ValidationMean) : measured.MinBy(p => p.ValidationMean);
        }
    }

    /// <inheritdoc/>
    public string Answer => Best is not { } best
        ? $"No value of {Option} could be measured{(Points.FirstOrDefault(p => p.Error is not null)?.Error is { } error ? $": {error.TrimEnd('.')}" : "")}."
        : $"{Option} = {best.Name} is best on held-out rows: {Metric.DisplayName} {NumberFormat.Number(best.ValidationMean)} "
            + $"(standard deviation {NumberFormat.Number(best.ValidationDeviation)} over folds), {NumberFormat.Number(best.TrainingMean)} on the rows learned from.";

    internal static ValidationCurve Compute(
        LearningTask task, IDataView data, string? labelColumn, string option, CandidateSet values, CurveOptions? options, int seed, FitContext? context)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(option);
        options ??= new();
        var runner = new CurveRunner(task, data, values, [1], options.ForFolds(labelColumn, seed), context);
        var fits = runner.Run();
        return new ValidationCurve
        {
            Option = option,
            Task = task,
            Metric = runner.Metric,
            Points = [.. values.Select((v, i) => CurvePoint.Of(v.Key, fits[i][0]))],
            Design = runner.Folds.Description,
            DataSource = runner.Data.View.Lineage.Source,
            DataFingerprint = runner.Data.Fingerprint,
            Seed = options.Seed ?? seed,
        };
    }

    /// <inheritdoc/>
    public Report ToReport()
    {
        var sections = new List<ReportSection>();
        double[] numbers = [.. Points.Select(p => double.TryParse(p.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : double.NaN)];
        if (Points.Count > 1 && Array.TrueForAll(numbers, double.IsFinite))
        {
            var byName = Points.Zip(numbers).OrderBy(p => p.Second).ToList();
            var ordered = byName.ConvertAll(p => p.First);
            var x = byName.ToDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal);
            bool logarithmic = numbers.Min() > 0 && numbers.Max() / numbers.Min() >= LogarithmicFrom;
            sections.Add(new LineChartSection($"{Metric.DisplayName} by {Option}", new ChartAxis(Option) { Logarithmic = logarithmic }, new ChartAxis(Metric.DisplayName),
            [
                CurveSections.Line("rows learned from", ordered, p => x[p.Name], p => p.TrainingMean, p => p.TrainingDeviation),
                CurveSections.Line("held-out rows", ordered, p => x[p.Name], p => p.ValidationMean, p => p.ValidationDeviation),
            ])
            {
                Explanation = "Mean over the folds; the band is one standard deviation.",
                References = Best is { } best ? [ReferenceLine.Vertical(x[best.Name], "best")] : [],
            });
        }

        sections.Add(CurveSections.Table("Value by value", Option, Metric, Points, Best));
        return new Report($"{Option} on {DataSource}", Answer)
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
        CurveSections.WriteHead(json, "mlpath.validation-curve", Answer, Task, Metric, Design, Seed, DataSource, DataFingerprint);
        json.WriteString("option", Option);
        json.WriteString("best", Best?.Name);
        CurveSections.WritePoints(json, Points);
        json.WriteEndObject();
    }
}
