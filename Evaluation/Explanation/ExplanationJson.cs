using System.Text.Json;

namespace MLPath.Evaluation;

/// <summary>An explanation as JSON, schema <c>mlpath.explanation</c>: a function of model, data, options and seed alone.</summary>
internal static class ExplanationJson
{
    private const int MostPoints = 101;

    public static void Write(ExplanationReport result, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("schema", "mlpath.explanation");
        json.WriteNumber("version", 1);
        json.WriteString("answer", result.Answer);
        json.WriteString("task", ComparisonJson.Name(result.Task));
        json.WriteString("model", result.Options.Model);
        ComparisonJson.WriteStrings(json, "pipeline", result.Pipeline.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        json.WriteString("label", result.Options.LabelName ?? result.Options.LabelColumn);
        json.WriteNumber("seed", result.Seed);
        json.WriteStartObject("data");
        json.WriteString("source", result.DataSource);
        json.WriteString("fingerprint", result.DataFingerprint);
        json.WriteNumber("rows", result.Rows);
        json.WriteEndObject();
        if (result.Importance is { } importance)
            WriteImportance(json, importance);
        WriteShares(json, result.Shares);
        WriteDependence(json, result.Dependence);
        WriteRow(json, result);
        if (result.Reliability is { } reliability)
            WriteReliability(json, reliability);
        if (result.Threshold is { } threshold)
            WriteThreshold(json, threshold);
        WriteSegments(json, result.Segments);
        if (result.WorstRows is { } worst)
            WriteWorst(json, worst);
        ComparisonJson.WriteFindings(json, result.Findings);
        json.WriteString("mlpath", CurveSections.LibraryVersion);
        json.WriteEndObject();
    }

    private static void WriteImportance(Utf8JsonWriter json, PermutationImportance importance)
    {
        json.WriteStartObject("importance");
        ComparisonJson.WriteMetric(json, importance.Metric);
        JsonNumbers.Write(json, "baseline", importance.Baseline);
        json.WriteNumber("rows", importance.Rows);
        json.WriteStartArray("columns");
        foreach (var feature in importance.Features)
        {
            json.WriteStartObject();
            json.WriteString("name", feature.Feature.Name);
            JsonNumbers.Write(json, "mean", feature.Mean);
            JsonNumbers.Write(json, "interval", feature.Interval);
            JsonNumbers.Write(json, "drops", feature.Drops);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteShares(Utf8JsonWriter json, ShapleyValues shares)
    {
        json.WriteStartArray("shares");
        for (int output = 0; output < shares.Outputs.Count; output++)
        {
            json.WriteStartObject();
            json.WriteString("output", shares.Outputs[output]);
            JsonNumbers.Write(json, "base", shares.BaseValues[output]);
            json.WriteNumber("rows", shares.Rows);
            json.WriteBoolean("exact", shares.IsExact);
            json.WriteStartArray("columns");
            foreach (var (feature, mean, deviation) in shares.Summary(output))
            {
                json.WriteStartObject();
                json.WriteString("name", feature.Name);
                JsonNumbers.Write(json, "meanAbsolute", mean);
                JsonNumbers.Write(json, "deviation", deviation);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDependence(Utf8JsonWriter json, IReadOnlyList<PartialDependence> dependences)
    {
        json.WriteStartArray("dependence");
        foreach (var dependence in dependences)
        {
            json.WriteStartObject();
            json.WriteString("name", dependence.Feature.Name);
            json.WriteNumber("rows", dependence.Rows);
            if (dependence.Numbers.Count > 0)
                JsonNumbers.Write(json, "values", dependence.Numbers);
            else
                ComparisonJson.WriteStrings(json, "values", dependence.Values);
            json.WriteStartArray("curves");
            foreach (var curve in dependence.Curves)
            {
                json.WriteStartObject();
                json.WriteString("output", curve.Name);
                JsonNumbers.Write(json, "mean", curve.Mean);
                JsonNumbers.Write(json, "low", curve.Low);
                JsonNumbers.Write(json, "high", curve.High);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, ExplanationReport result)
    {
        var row = result.Row;
        json.WriteStartObject("row");
        json.WriteNumber("index", row.RowIndices[0]);
        json.WriteBoolean("exact", row.IsExact);
        json.WriteStartArray("outputs");
        for (int output = 0; output < row.Outputs.Count; output++)
        {
            json.WriteStartObject();
            json.WriteString("output", row.Outputs[output]);
            JsonNumbers.Write(json, "base", row.BaseValues[output]);
            JsonNumbers.Write(json, "prediction", row.Prediction(0, output));
            json.WriteStartObject("shares");
            for (int f = 0; f < row.Features.Count; f++)
                JsonNumbers.Write(json, row.Features[f].Name, row.Value(0, f, output));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (result.Contributions is { } contributions)
        {
            json.WriteStartArray("contributions");
            for (int score = 0; score < contributions.Scores.Count; score++)
            {
                json.WriteStartObject();
                json.WriteString("score", contributions.Scores[score]);
                JsonNumbers.Write(json, "bias", contributions.Biases[score]);
                ComparisonJson.WriteStrings(json, "features", contributions.Features);
                JsonNumbers.Write(json, "values", contributions.Of(0, score).ToArray());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes member reliability into the open object.</summary>
    public static void WriteReliability(Utf8JsonWriter json, ReliabilityReport reliability)
    {
        json.WriteStartObject("reliability");
        JsonNumbers.Write(json, "classwiseExpectedCalibrationError", reliability.ClasswiseExpectedCalibrationError);
        json.WriteStartArray("diagrams");
        foreach (var diagram in reliability.Classes.Prepend(reliability.Overall))
        {
            json.WriteStartObject();
            json.WriteString("name", diagram.Name);
            JsonNumbers.Write(json, "expectedCalibrationError", diagram.ExpectedCalibrationError);
            JsonNumbers.Write(json, "maximumCalibrationError", diagram.MaximumCalibrationError);
            JsonNumbers.Write(json, "brierScore", diagram.BrierScore);
            JsonNumbers.Write(json, "reliability", diagram.Reliability);
            JsonNumbers.Write(json, "resolution", diagram.Resolution);
            JsonNumbers.Write(json, "uncertainty", diagram.Uncertainty);
            JsonNumbers.Write(json, "withinBins", diagram.WithinBins);
            json.WriteStartArray("bins");
            foreach (var bin in diagram.Bins)
            {
                json.WriteStartObject();
                json.WriteNumber("rows", bin.Count);
                JsonNumbers.Write(json, "predicted", bin.MeanPredicted);
                JsonNumbers.Write(json, "observed", bin.Observed);
                JsonNumbers.Write(json, "interval", bin.Interval);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteThreshold(Utf8JsonWriter json, ThresholdChoice threshold)
    {
        json.WriteStartObject("threshold");
        json.WriteString("column", threshold.Column);
        json.WriteStartObject("costs");
        json.WriteNumber("falsePositive", threshold.Costs.FalsePositive);
        json.WriteNumber("falseNegative", threshold.Costs.FalseNegative);
        json.WriteNumber("truePositiveGain", threshold.Costs.TruePositiveGain);
        json.WriteNumber("trueNegativeGain", threshold.Costs.TrueNegativeGain);
        json.WriteEndObject();
        WritePoint(json, "best", threshold.Best, threshold.Costs);
        WritePoint(json, "usual", threshold.Usual, threshold.Costs);
        JsonNumbers.Write(json, "thresholdInterval", threshold.ThresholdInterval);
        JsonNumbers.Write(json, "costInterval", threshold.CostInterval);
        JsonNumbers.Write(json, "savingInterval", threshold.SavingInterval);
        // Evenly spread over all, the first and the last among them.
        int count = Math.Min(MostPoints, threshold.Points.Count);
        var shown = Enumerable.Range(0, count).Select(i => threshold.Points[(int)((long)i * (threshold.Points.Count - 1) / Math.Max(1, count - 1))]).ToList();
        json.WriteStartObject("curve");
        JsonNumbers.Write(json, "thresholds", shown.Select(p => p.Threshold));
        JsonNumbers.Write(json, "costs", shown.Select(p => p.ExpectedCost(threshold.Costs)));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, string name, ThresholdPoint point, DecisionCosts costs)
    {
        json.WriteStartObject(name);
        JsonNumbers.Write(json, "threshold", point.Threshold);
        JsonNumbers.Write(json, "cost", point.ExpectedCost(costs));
        json.WriteNumber("truePositives", point.TruePositives);
        json.WriteNumber("falsePositives", point.FalsePositives);
        json.WriteNumber("trueNegatives", point.TrueNegatives);
        json.WriteNumber("falseNegatives", point.FalseNegatives);
        json.WriteEndObject();
    }

    private static void WriteSegments(Utf8JsonWriter json, IReadOnlyList<SegmentReport> reports)
    {
        json.WriteStartArray("segments");
        foreach (var report in reports)
        {
            json.WriteStartObject();
            json.WriteString("column", report.Column);
            ComparisonJson.WriteMetric(json, report.Metric);
            JsonNumbers.Write(json, "overall", report.Overall);
            json.WriteStartArray("parts");
            foreach (var segment in report.Segments)
            {
                json.WriteStartObject();
                json.WriteString("name", segment.Name);
                json.WriteNumber("rows", segment.Rows);
                JsonNumbers.Write(json, "value", segment.Value);
                JsonNumbers.Write(json, "interval", segment.Interval);
                JsonNumbers.Write(json, "difference", segment.Difference);
                JsonNumbers.Write(json, "pValue", segment.PValue);
                JsonNumbers.Write(json, "adjustedPValue", segment.AdjustedPValue);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteWorst(Utf8JsonWriter json, WorstRows worst)
    {
        json.WriteStartObject("worstRows");
        json.WriteString("loss", worst.LossName);
        ComparisonJson.WriteStrings(json, "columns", worst.Columns);
        json.WriteStartArray("rows");
        foreach (var row in worst.Rows)
        {
            json.WriteStartObject();
            json.WriteNumber("index", row.Index);
            json.WriteString("truth", row.Truth);
            json.WriteString("prediction", row.Prediction);
            JsonNumbers.Write(json, "loss", row.Loss);
            ComparisonJson.WriteStrings(json, "values", row.Values);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
