using System.Runtime.InteropServices;
using System.Text.Json;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>
/// A comparison over several data sets as JSON, schema <c>mlpath.datasets-comparison</c> version 1, described in <c>docs/datasets-comparison.md</c>. The
/// comparison on each set is in it as the document of its own schema, <c>mlpath.comparison</c>. Everything but what stands under keys <c>timing</c> and
/// <c>machine</c> is a function of data, options and seed.
/// </summary>
internal static class DatasetsJson
{
    public const string Schema = "mlpath.datasets-comparison";
    public const int Version = 1;

    public static void Write(Stream stream, DatasetsReport report)
    {
        var against = report.Against(report.Baseline);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteNumber("version", Version);
        json.WriteString("answer", report.Answer);
        json.WriteBoolean("complete", report.IsComplete);
        ComparisonJson.WriteMetric(json, report.Metric);
        WriteDesign(json, report);
        json.WriteString("baseline", report.Baseline);
        json.WriteStartArray("candidates");
        foreach (var candidate in report.Candidates)
            WriteCandidate(json, candidate, against[candidate.Name]);
        json.WriteEndArray();
        WriteTests(json, report);
        json.WriteStartArray("datasets");
        for (int i = 0; i < report.Datasets.Count; i++)
            WriteDataset(json, report, i, against);
        json.WriteEndArray();
        ComparisonJson.WriteStrings(json, "notes", report.Notes);
        json.WriteString("mlpath", typeof(IDataView).Assembly.GetName().Version!.ToString(3));
        json.WriteStartObject("timing");
        json.WriteNumber("totalSeconds", report.Duration.TotalSeconds);
        json.WriteEndObject();
        json.WriteStartObject("machine");
        json.WriteString("system", RuntimeInformation.OSDescription);
        json.WriteString("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDesign(Utf8JsonWriter json, DatasetsReport report)
    {
        var options = report.Options;
        json.WriteStartObject("design");
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
        json.WriteEndObject();
    }

    private static void WriteCandidate(Utf8JsonWriter json, RankedCandidate candidate, CandidateAgainstBaseline against)
    {
        json.WriteStartObject();
        json.WriteString("name", candidate.Name);
        ComparisonJson.WriteNumber(json, "averageRank", candidate.AverageRank);
        json.WriteNumber("wins", against.Wins);
        json.WriteNumber("ties", against.Ties);
        json.WriteNumber("losses", against.Losses);
        ComparisonJson.WriteNumber(json, "z", against.Z);
        ComparisonJson.WriteNumber(json, "p", against.PValue);
        ComparisonJson.WriteNumber(json, "pHolm", against.AdjustedPValue);
        json.WriteEndObject();
    }

    private static void WriteTests(Utf8JsonWriter json, DatasetsReport report)
    {
        if (report is not { Friedman: { } friedman, Nemenyi: { } nemenyi })
        {
            json.WriteNull("friedman");
            json.WriteNull("nemenyi");
        }
        else
        {
            json.WriteStartObject("friedman");
            json.WriteNumber("datasets", friedman.Datasets);
            ComparisonJson.WriteNumber(json, "chiSquare", friedman.ChiSquare);
            ComparisonJson.WriteNumber(json, "p", friedman.PValue);
            ComparisonJson.WriteNumber(json, "f", friedman.ImanDavenportF);
            ComparisonJson.WriteNumber(json, "pF", friedman.ImanDavenportPValue);
            json.WriteString("note", friedman.Note);
            json.WriteEndObject();
            json.WriteStartObject("nemenyi");
            json.WriteNumber("alpha", nemenyi.Alpha);
            ComparisonJson.WriteNumber(json, "criticalDifference", nemenyi.CriticalDifference);
            json.WriteStartArray("groups");
            foreach (var (first, last) in nemenyi.Groups)
            {
                json.WriteStartArray();
                foreach (var candidate in report.Candidates.Skip(first).Take(last - first + 1))
                    json.WriteStringValue(candidate.Name);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("pairs");
            foreach (var row in nemenyi.PValues)
            {
                json.WriteStartArray();
                foreach (double p in row)
                    ComparisonJson.WriteValue(json, p);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        WriteTwo(json, report);
    }

    // Of two candidates only.
    private static void WriteTwo(Utf8JsonWriter json, DatasetsReport report)
    {
        if (report.Wilcoxon is { } wilcoxon)
        {
            json.WriteStartObject("wilcoxon");
            ComparisonJson.WriteNumber(json, "t", wilcoxon.Statistic);
            ComparisonJson.WriteNumber(json, "p", wilcoxon.PValue);
            ComparisonJson.WriteNumber(json, "medianDifference", wilcoxon.MedianDifference);
            ComparisonJson.WriteNumber(json, "lower", wilcoxon.Lower);
            ComparisonJson.WriteNumber(json, "upper", wilcoxon.Upper);
            json.WriteString("note", wilcoxon.Note);
            json.WriteEndObject();
        }

        if (report.BayesianSignedRank is { } bayesian)
        {
            json.WriteStartObject("bayesianSignedRank");
            ComparisonJson.WriteNumber(json, "rope", bayesian.Probabilities?.Rope ?? double.NaN);
            ComparisonJson.WriteNumber(json, "firstBetter", bayesian.FirstBetter);
            ComparisonJson.WriteNumber(json, "equivalent", bayesian.Equivalent);
            ComparisonJson.WriteNumber(json, "secondBetter", bayesian.SecondBetter);
            json.WriteString("note", bayesian.Note);
            json.WriteEndObject();
        }
    }

    private static void WriteDataset(Utf8JsonWriter json, DatasetsReport report, int index, BaselineComparison against)
    {
        var dataset = report.Datasets[index];
        json.WriteStartObject();
        json.WriteString("name", dataset.Name);
        json.WriteString("task", ComparisonJson.Name(dataset.Task));
        json.WriteBoolean("ranked", dataset.IsRanked);
        json.WriteString("error", dataset.Error);
        json.WriteStartArray("scores");
        foreach (var candidate in dataset.Comparison is null ? [] : report.Candidates)
        {
            var (score, standing) = (dataset.Comparison![candidate.Name].Score, against[candidate.Name].Datasets[index]);
            json.WriteStartObject();
            json.WriteString("candidate", candidate.Name);
            ComparisonJson.WriteNumber(json, "mean", score?.Mean ?? double.NaN);
            ComparisonJson.WriteNumber(json, "lower", score?.Lower ?? double.NaN);
            ComparisonJson.WriteNumber(json, "upper", score?.Upper ?? double.NaN);
            json.WriteString("standing", Name(standing.Standing));
            ComparisonJson.WriteNumber(json, "difference", standing.Test?.MeanDifference ?? double.NaN);
            ComparisonJson.WriteNumber(json, "p", standing.Test?.PValue ?? double.NaN);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("comparison");
        if (dataset.Comparison is { } comparison)
        {
            using var document = JsonDocument.Parse(comparison.ToJson());
            document.RootElement.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private static string? Name(Standing standing) => standing switch
    {
        Standing.Win => "win",
        Standing.Tie => "tie",
        Standing.Loss => "loss",
        _ => null,
    };
}
