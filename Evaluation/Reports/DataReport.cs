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

    /// <summary>The arguments of the command line that describe again, its name first; empty for a description that a program made.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The column to predict, against which the others are set; null for none.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>How the values are distributed. Not part of the JSON; null where only the summary is known.</summary>
    internal DataProfile? Profile { get; private init; }

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

    /// <summary>Describes a table in some passes.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static DataReport Of(IDataView data, CancellationToken cancellationToken = default) => Of(data, labelColumn: null, doctor: null, cancellationToken);

    /// <summary>Describes a table with a column to predict, in some passes.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="labelColumn">The column to predict; null for none.</param>
    /// <param name="doctor">Which pitfalls are looked for; all of them when null.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="SchemaException">There is no such column.</exception>
    public static DataReport Of(IDataView data, string? labelColumn, DoctorOptions? doctor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (labelColumn is not null && data.Schema.GetColumnOrNull(labelColumn) is null)
            throw SchemaException.MissingColumn(labelColumn, data.Schema.VisibleNames);
        var summary = DataSummary.Of(data, cancellationToken);
        return new()
        {
            DataSource = data.Lineage.Source,
            DataFingerprint = MLPath.Data.DataFingerprint.Compute(data, cancellationToken),
            Data = summary,
            LabelColumn = labelColumn,
            Profile = DataProfile.Of(data, summary, labelColumn, cancellationToken),
            Findings = Doctor.Examine(data, labelColumn, options: doctor, cancellationToken: cancellationToken),
        };
    }

    /// <inheritdoc/>
    public Report ToReport()
    {
        var sections = new List<ReportSection>(FindingSections.Of(Findings));
        if (Notes.Count > 0)
            sections.Add(new TextSection("Notes", Notes) { Tone = TextTone.Note });
        sections.Insert(0, Data.ToSection());
        if (Profile is not null)
            sections.AddRange(DataSections.Of(Profile, Data.Rows));
        return new Report(DataSource, Answer)
        {
            Subtitle = $"{NumberFormat.Integer(Data.Rows)} rows · {Data.Columns.Count} columns{(LabelColumn is null ? "" : $" · to predict: {LabelColumn}")}",
            Sections = sections,
            Facts =
            [
                new("MLPath", ProvenanceJson.LibraryVersion),
                new("Data", $"{DataSource}, SHA-256 {ProvenanceFacts.Short(DataFingerprint)}"),
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
        json.WriteString("source", DataSource);
        json.WriteString("fingerprint", DataFingerprint);
        Data.WriteTo(json);
        ComparisonJson.WriteFindings(json, Findings);
        ComparisonJson.WriteStrings(json, "notes", Notes);
        ProvenanceJson.WriteOrigin(json, Command);
        json.WriteEndObject();
    }
}
