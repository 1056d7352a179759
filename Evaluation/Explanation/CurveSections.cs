using System.Text.Json;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>What reports of learning and of validation curves have in common.</summary>
internal static class CurveSections
{
    public static LineSeries Line(
        string name, IReadOnlyList<CurvePoint> points, Func<CurvePoint, double> x, Func<CurvePoint, double> mean, Func<CurvePoint, double> deviation) =>
        new(name, [.. points.Select(p => new ChartPoint(x(p), mean(p)))])
        {
            Band = [.. points.Select(p => double.IsNaN(deviation(p))
                ? new ReportInterval(mean(p), mean(p))
                : new ReportInterval(mean(p) - deviation(p), mean(p) + deviation(p)))],
        };

    public static TableSection Table(string title, string first, MetricDescription metric, IReadOnlyList<CurvePoint> points, CurvePoint? best = null) => new(title,
        [
            new(first), new($"{metric.DisplayName}, rows learned from", ValueKind.Number), new("Deviation", ValueKind.Number) { Description = "Over the folds." },
            new($"{metric.DisplayName}, held-out rows", ValueKind.Number), new("Deviation ", ValueKind.Number) { Description = "Over the folds." },
        ],
        [.. points.Select(p => p.Error is not null && double.IsNaN(p.ValidationMean)
            ? TableRow.Failed(p.Name, p.Error)
            : new TableRow(p.Name, p.TrainingMean, p.TrainingDeviation, p.ValidationMean, p.ValidationDeviation)
            {
                Emphasis = p == best ? Emphasis.Best : Emphasis.None,
            })]);

    public static IReadOnlyList<ReportFact> Facts(string source, string fingerprint) =>
    [
        new("MLPath", LibraryVersion),
        new("Data", $"{source}, SHA-256 {fingerprint[..Math.Min(12, fingerprint.Length)]}…"),
    ];

    public static string LibraryVersion => typeof(IDataView).Assembly.GetName().Version!.ToString(3);

    public static void WriteHead(
        Utf8JsonWriter json, string schema, string answer, LearningTask task, MetricDescription metric, string design, int seed, string source, string fingerprint)
    {
        json.WriteString("schema", schema);
        json.WriteNumber("version", 1);
        json.WriteString("answer", answer);
        json.WriteString("task", ComparisonJson.Name(task));
        ComparisonJson.WriteMetric(json, metric);
        json.WriteString("design", design);
        json.WriteNumber("seed", seed);
        json.WriteStartObject("data");
        json.WriteString("source", source);
        json.WriteString("fingerprint", fingerprint);
        json.WriteEndObject();
        json.WriteString("mlpath", LibraryVersion);
    }

    public static void WritePoints(Utf8JsonWriter json, IReadOnlyList<CurvePoint> points)
    {
        json.WriteStartArray("points");
        foreach (var point in points)
        {
            json.WriteStartObject();
            json.WriteString("name", point.Name);
            json.WriteNumber("trainRows", point.TrainRows);
            JsonNumbers.Write(json, "training", point.Training);
            JsonNumbers.Write(json, "validation", point.Validation);
            json.WriteString("error", point.Error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>Numbers in JSON, which has no NaN and no infinity: an undefined one is null, an infinite one a text.</summary>
internal static class JsonNumbers
{
    public static void Write(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    public static void Write(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            WriteValue(json, value);
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, string name, ReportInterval? interval)
    {
        if (interval is { } i)
            Write(json, name, [i.Low, i.High]);
        else
            json.WriteNull(name);
    }

    private static void WriteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsNaN(value))
            json.WriteNullValue();
        else if (double.IsInfinity(value))
            json.WriteStringValue(value > 0 ? "Infinity" : "-Infinity");
        else
            json.WriteNumberValue(value);
    }
}
