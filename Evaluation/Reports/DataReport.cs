using System.Text.Json;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>A table at a glance, before anything is learned from it: its columns, their types, what is missing, what is typical, what to watch out for.</summary>
public sealed record DataReport : IReport
{
    private const string Schema = "mlpath.description";
    private const int Version = 1;

    /// <summary>Where the rows came from, in words.</summary>
    public required string DataSource { get; init; }

    /// <summary>The identity of the rows: SHA-256 in hexadecimal.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The columns.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>What to watch out for; empty by default.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What the reader should know: rows left out, …</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <inheritdoc/>
    public string Answer
    {
        get
        {
            long missing = Data.Columns.Sum(c => c.Missing);
            string rest = missing == 0 ? "nothing is missing" : $"{NumberFormat.Integer(missing)} values are missing";
            return $"{DataSource} has {NumberFormat.Integer(Data.Rows)} rows and {Data.Columns.Count} columns; {rest}.";
        }
    }

    /// <summary>Describes a table in two passes.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static DataReport Of(IDataView data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new()
        {
            DataSource = data.Lineage.Source,
            DataFingerprint = MLPath.Data.DataFingerprint.Compute(data, cancellationToken),
            Data = DataSummary.Of(data, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public Report ToReport()
    {
        var sections = new List<ReportSection>(FindingSections.Of(Findings));
        if (Notes.Count > 0)
            sections.Add(new TextSection("Notes", Notes) { Tone = TextTone.Note });
        sections.Add(Data.ToSection());
        return new Report(DataSource, Answer)
        {
            Sections = sections,
            Facts =
            [
                new("MLPath", typeof(IDataView).Assembly.GetName().Version!.ToString(3)),
                new("Data", $"{DataSource}, SHA-256 {DataFingerprint[..Math.Min(12, DataFingerprint.Length)]}…"),
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
        json.WriteString("source", DataSource);
        json.WriteString("fingerprint", DataFingerprint);
        Data.WriteTo(json);
        ComparisonJson.WriteFindings(json, Findings);
        ComparisonJson.WriteStrings(json, "notes", Notes);
        json.WriteEndObject();
    }
}
