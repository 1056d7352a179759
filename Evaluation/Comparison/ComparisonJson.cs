using System.Text.Json;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// A comparison as JSON, schema <c>mlpath.comparison</c> version 2, described in <c>docs/comparison-json.md</c>. Timings stand only under
/// keys <c>timing</c> and the machine only under key <c>machine</c>, so that everything else is a function of data, options and seed.
/// </summary>
internal static class ComparisonJson
{
    public const string Schema = "mlpath.comparison";
    public const int Version = 2;

    public static void Write(Stream stream, ComparisonReport result)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteNumber("version", Version);
        json.WriteString("answer", ComparisonAnswer.Sentence(result));
        json.WriteBoolean("complete", result.IsComplete);
        json.WriteString("task", Name(result.Task));
        WriteMetric(json, result.Metric);
        WriteDesign(json, result);
        WriteData(json, result);
        json.WriteStartArray("candidates");
        foreach (var candidate in result.Candidates)
            WriteCandidate(json, candidate);
        json.WriteEndArray();
        WriteStrings(json, "sizeFront", result.ParetoFront(CandidateCost.ModelSize).Select(c => c.Name));
        WriteFindings(json, result.Findings);
        WriteStrings(json, "notes", result.Notes);
        ProvenanceJson.WriteOrigin(json, result.Command);
        json.WriteStartObject("timing");
        json.WriteNumber("totalSeconds", result.Duration.TotalSeconds);
        WriteStrings(json, "predictTimeFront", result.ParetoFront(CandidateCost.PredictTime).Select(c => c.Name));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal static void WriteMetric(Utf8JsonWriter json, MetricDescription metric)
    {
        json.WriteStartObject("metric");
        json.WriteString("name", metric.Name);
        json.WriteBoolean("higherIsBetter", metric.HigherIsBetter);
        json.WriteEndObject();
    }

    private static void WriteDesign(Utf8JsonWriter json, ComparisonReport result)
    {
        var options = result.Options;
        json.WriteStartObject("design");
        json.WriteString("description", result.Design);
        json.WriteString("label", options.LabelColumn);
        if (options.Design == ComparisonDesign.HoldOut)
        {
            json.WriteNumber("testFraction", options.TestFraction);
        }
        else if (options.FoldColumn is null)
        {
            json.WriteNumber("folds", options.Folds);
            json.WriteNumber("repeats", options.Repeats);
        }

        json.WriteString("groupColumn", options.GroupColumn);
        json.WriteString("foldColumn", options.FoldColumn);
        json.WriteNumber("seed", options.Seed);
        json.WriteString("assignment", result.FoldFingerprint);
        WriteNumber(json, "testToTrainRatio", result.TestToTrainRatio);
        if (result.BinaryClasses.Count == 2)
        {
            json.WriteString("negativeClass", result.BinaryClasses[0]);
            json.WriteString("positiveClass", result.BinaryClasses[1]);
        }

        json.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter json, ComparisonReport result)
    {
        json.WriteStartObject("data");
        json.WriteString("source", result.DataSource);
        json.WriteString("fingerprint", result.DataFingerprint);
        WriteSummary(json, result.Data);
        json.WriteEndObject();
    }

    /// <summary>Writes members rows and columns into the open object.</summary>
    public static void WriteSummary(Utf8JsonWriter json, DataSummary data)
    {
        const int MostValues = 20;
        json.WriteNumber("rows", data.Rows);
        json.WriteStartArray("columns");
        foreach (var column in data.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            json.WriteNumber("count", column.Count);
            json.WriteNumber("missing", column.Missing);
            if (column.Infinite > 0)
                json.WriteNumber("infinite", column.Infinite);
            WriteOptional(json, "mean", column.Mean);
            WriteOptional(json, "standardDeviation", column.StandardDeviation);
            WriteOptional(json, "minimum", column.Minimum);
            WriteOptional(json, "maximum", column.Maximum);
            if (column.Distinct is { } distinct)
            {
                json.WriteNumber("distinct", distinct);
                json.WriteStartArray("mostFrequent");
                foreach (var (value, count) in column.Values.Take(MostValues))
                {
                    json.WriteStartObject();
                    json.WriteString("value", value);
                    json.WriteNumber("count", count);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCandidate(Utf8JsonWriter json, CandidateResult candidate)
    {
        json.WriteStartObject();
        json.WriteString("name", candidate.Name);
        if (candidate.Rank is { } rank)
            json.WriteNumber("rank", rank);
        else
            json.WriteNull("rank");
        json.WriteString("error", candidate.Error);
        ProvenanceJson.WriteSteps(json, candidate.Steps);
        json.WriteStartObject("metrics");
        foreach (var (name, summary) in candidate.Metrics)
        {
            json.WriteStartObject(name);
            WriteNumber(json, "mean", summary.Mean);
            WriteNumber(json, "standardDeviation", summary.StandardDeviation);
            WriteNumber(json, "lower", summary.Lower);
            WriteNumber(json, "upper", summary.Upper);
            if (summary.UndefinedReason is not null)
                json.WriteString("undefined", summary.UndefinedReason);
            json.WriteStartArray("folds");
            foreach (var fold in candidate.Folds)
                WriteValue(json, fold.Metrics[name].Value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteVersusBest(json, candidate);
        WriteMetrics(json, "pooled", candidate.Pooled);
        WriteFolds(json, candidate);
        if (candidate.ModelBytes is { } bytes)
            json.WriteNumber("modelBytes", bytes);
        json.WriteStartArray("diagnoses");
        foreach (var diagnosis in candidate.Diagnoses)
        {
            json.WriteStartObject();
            json.WriteString("severity", diagnosis.Severity.ToString());
            json.WriteString("code", diagnosis.Code);
            json.WriteString("message", diagnosis.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("timing");
        json.WriteNumber("fitSeconds", candidate.Folds.Sum(f => f.FitTime.TotalSeconds));
        json.WriteNumber("predictSeconds", candidate.Folds.Sum(f => f.PredictTime.TotalSeconds));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteVersusBest(Utf8JsonWriter json, CandidateResult candidate)
    {
        if (candidate.VersusBest is not { } test)
        {
            json.WriteNull("versusBest");
            return;
        }

        json.WriteStartObject("versusBest");
        WriteNumber(json, "difference", test.MeanDifference);
        WriteNumber(json, "lower", test.Lower);
        WriteNumber(json, "upper", test.Upper);
        WriteNumber(json, "t", test.T);
        WriteNumber(json, "p", test.PValue);
        WriteNumber(json, "pHolm", candidate.AdjustedPValue);
        if (test.Note is not null)
            json.WriteString("note", test.Note);
        if (candidate.Test is { } chosen)
            TestJson.Write(json, chosen);
        if (candidate.Bayesian is { } bayesian)
        {
            json.WriteStartObject("bayesian");
            TestJson.Write(json, bayesian);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes metrics as a member of the open object: a number each, and the confusion of classes where there is one.</summary>
    public static void WriteMetrics(Utf8JsonWriter json, string name, EvaluationMetrics? metrics)
    {
        if (metrics is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach (var metric in metrics.All)
            WriteNumber(json, metric.Name, metric.Value);
        ConfusionMatrix? matrix = metrics switch
        {
            BinaryClassificationMetrics binary => binary.ConfusionMatrix,
            MulticlassClassificationMetrics multiclass => multiclass.ConfusionMatrix,
            AnomalyDetectionMetrics anomalies => anomalies.ConfusionMatrix,
            _ => null,
        };
        if (matrix is not null)
        {
            WriteStrings(json, "classes", matrix.ClassNames);
            json.WriteStartArray("confusion");
            foreach (var row in matrix.Counts)
            {
                json.WriteStartArray();
                foreach (double count in row)
                    json.WriteNumberValue(count);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteFolds(Utf8JsonWriter json, CandidateResult candidate)
    {
        json.WriteStartArray("folds");
        foreach (var fold in candidate.Folds)
        {
            json.WriteStartObject();
            json.WriteNumber("repeat", fold.Repeat + 1);
            json.WriteNumber("fold", fold.Fold + 1);
            json.WriteNumber("trainRows", fold.TrainRows);
            json.WriteNumber("testRows", fold.TestRows);
            json.WriteStartObject("timing");
            json.WriteNumber("fitSeconds", fold.FitTime.TotalSeconds);
            json.WriteNumber("predictSeconds", fold.PredictTime.TotalSeconds);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static string Name(LearningTask task) => task switch
    {
        LearningTask.Binary => "binary",
        LearningTask.Multiclass => "multiclass",
        LearningTask.Regression => "regression",
        LearningTask.AnomalyDetection => "anomaly",
        LearningTask.Ranking => "ranking",
        _ => "clustering",
    };

    /// <summary>Writes member findings into the open object.</summary>
    internal static void WriteFindings(Utf8JsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("check", finding.Check);
            json.WriteString("severity", finding.Severity.ToString());
            json.WriteString("message", finding.Message);
            json.WriteString("remedy", finding.Remedy);
            WriteStrings(json, "columns", finding.Columns);
            json.WriteString("candidate", finding.Candidate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            WriteNumber(json, name, number);
    }

    internal static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    // JSON has no NaN and no infinity: an undefined number is null, an infinite one a text.
    internal static void WriteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsNaN(value))
            json.WriteNullValue();
        else if (double.IsInfinity(value))
            json.WriteStringValue(value > 0 ? "Infinity" : "-Infinity");
        else
            json.WriteNumberValue(value);
    }
}
