using System.Text.Json;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>
/// One training: what the model has to show of itself, its steps, and the data. How good it is, an <see cref="EvaluationReport"/> on other rows tells.
/// </summary>
public sealed record TrainingReport : IReport
{
    private const string Schema = "mlpath.training";
    private const int Version = 1;

    /// <summary>The algorithm's full name.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The fitted pipeline.</summary>
    public required ITransformer Model { get; init; }

    /// <summary>Where the rows came from, in words.</summary>
    public required string DataSource { get; init; }

    /// <summary>The label's name; null without one.</summary>
    public string? LabelName { get; init; }

    /// <summary>The table at a glance.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>What the fit told of problems.</summary>
    public IReadOnlyList<Diagnosis> Diagnoses { get; init; } = [];

    /// <summary>What to watch out for; empty by default.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <inheritdoc/>
    public string Answer => $"{Algorithm} learned from {NumberFormat.Integer(Data.Rows)} rows of {DataSource}.";

    private string[] Steps => $"{Model}".Split('\n', StringSplitOptions.TrimEntries);

    private string[] Notes => [.. Diagnoses.Where(d => d.Severity > DiagnosisSeverity.Info).Select(d => d.Message).Distinct()];

    private static string LibraryVersion => typeof(IDataView).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc/>
    public Report ToReport()
    {
        var sections = new List<ReportSection>();
        if (Notes.Length > 0)
            sections.Add(new TextSection("Notes", Notes) { Tone = TextTone.Warning });
        sections.AddRange(FindingSections.Of(Findings));
        sections.AddRange(ReportSections.Of(Model));
        sections.Add(new TextSection("Pipeline", Steps));
        sections.Add(Data.ToSection());
        string rows = NumberFormat.Integer(Data.Rows);
        return new Report($"{Algorithm} on {DataSource}", Answer)
        {
            Subtitle = LabelName is { } label ? $"{rows} rows · {label}" : $"{rows} rows",
            Sections = sections,
            Facts = [new("MLPath", LibraryVersion), new("Data", DataSource)],
        };
    }

    /// <inheritdoc/>
    public void WriteJson(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteNumber("version", Version);
        json.WriteString("answer", Answer);
        json.WriteString("algorithm", Algorithm);
        ComparisonJson.WriteStrings(json, "pipeline", Steps);
        json.WriteString("label", LabelName);
        json.WriteStartObject("data");
        json.WriteString("source", DataSource);
        Data.WriteTo(json);
        json.WriteEndObject();
        ComparisonJson.WriteFindings(json, Findings);
        ComparisonJson.WriteStrings(json, "notes", Notes);
        json.WriteString("mlpath", LibraryVersion);
        json.WriteEndObject();
    }
}
