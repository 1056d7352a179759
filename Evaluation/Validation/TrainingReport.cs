using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>What a report about a training says.</summary>
public sealed record TrainingReportContent
{
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
}

/// <summary>One training as a report: what the model has to show of itself, its steps, and the data. How good it is, an evaluation on other rows tells.</summary>
public static class TrainingReport
{
    /// <summary>Makes the report.</summary>
    /// <param name="content">What it says.</param>
    public static Report Make(TrainingReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var sections = new List<ReportSection>();
        string[] notes = [.. content.Diagnoses.Where(d => d.Severity > DiagnosisSeverity.Info).Select(d => d.Message).Distinct()];
        if (notes.Length > 0)
            sections.Add(new TextSection("Notes", notes) { Tone = TextTone.Warning });
        sections.AddRange(ReportSections.Of(content.Model));
        sections.Add(new TextSection("Pipeline", [.. $"{content.Model}".Split('\n', StringSplitOptions.TrimEntries)]));
        sections.Add(content.Data.ToSection());
        string rows = NumberFormat.Integer(content.Data.Rows);
        return new Report($"{content.Algorithm} on {content.DataSource}", $"{content.Algorithm} learned from {rows} rows of {content.DataSource}.")
        {
            Subtitle = content.LabelName is { } label ? $"{rows} rows · {label}" : $"{rows} rows",
            Sections = sections,
            Facts = [new("MLPath", typeof(IDataView).Assembly.GetName().Version!.ToString(3)), new("Data", content.DataSource)],
        };
    }

    /// <summary>Writes the report, whole or not at all.</summary>
    /// <param name="path">The file: .html or .md.</param>
    /// <param name="content">What it says.</param>
    /// <exception cref="ArgumentException">The name ends otherwise.</exception>
    public static void Save(string path, TrainingReportContent content) => ReportWriter.Save(Make(content), path);
}
