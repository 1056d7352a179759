using System.Globalization;
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

    /// <summary>The identity of the rows: SHA-256 in hexadecimal; null when it is not known.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>The seed of the training; null when it is not known.</summary>
    public int? Seed { get; init; }

    /// <summary>The steps of the pipeline that was fitted, with all their options; empty when they are not known.</summary>
    public IReadOnlyList<PipelineStep> Steps { get; init; } = [];

    /// <summary>The arguments of the command line that train again, its name first; empty for a training that a program made.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

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

    private string[] FittedSteps => $"{Model}".Split('\n', StringSplitOptions.TrimEntries);

    private string[] Notes => [.. Diagnoses.Where(d => d.Severity > DiagnosisSeverity.Info).Select(d => d.Message).Distinct()];

    /// <inheritdoc/>
    public Report ToReport()
    {
        var sections = new List<ReportSection>();
        if (Notes.Length > 0)
            sections.Add(new TextSection("Notes", Notes) { Tone = TextTone.Warning });
        sections.AddRange(FindingSections.Of(Findings));
        sections.AddRange(ReportSections.Of(Model));
        sections.Add(new TextSection("Pipeline", FittedSteps));
        sections.Add(Data.ToSection());
        string rows = NumberFormat.Integer(Data.Rows);
        return new Report($"{Algorithm} on {DataSource}", Answer)
        {
            Subtitle = LabelName is { } label ? $"{rows} rows · {label}" : $"{rows} rows",
            Sections = sections,
            Facts =
            [
                new("MLPath", ProvenanceJson.LibraryVersion),
                new("Data", DataFingerprint is { } fingerprint ? $"{DataSource}, SHA-256 {ProvenanceFacts.Short(fingerprint)}" : DataSource),
                .. Seed is { } seed ? [new ReportFact("Seed", seed.ToString(CultureInfo.InvariantCulture))] : Array.Empty<ReportFact>(),
                .. ProvenanceFacts.Command(Command),
            ],
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
        ComparisonJson.WriteStrings(json, "pipeline", FittedSteps);
        ProvenanceJson.WriteSteps(json, Steps);
        if (Seed is { } seed)
            json.WriteNumber("seed", seed);
        else
            json.WriteNull("seed");
        json.WriteString("label", LabelName);
        json.WriteStartObject("data");
        json.WriteString("source", DataSource);
        json.WriteString("fingerprint", DataFingerprint);
        Data.WriteTo(json);
        json.WriteEndObject();
        ComparisonJson.WriteFindings(json, Findings);
        ComparisonJson.WriteStrings(json, "notes", Notes);
        ProvenanceJson.WriteOrigin(json, Command);
        json.WriteEndObject();
    }
}
