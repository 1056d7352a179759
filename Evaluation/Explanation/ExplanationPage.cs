using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>An explanation as a page: what matters, how, why for one row, then how far the model can be trusted.</summary>
internal static class ExplanationPage
{
    public static Report Make(ExplanationReport result)
    {
        var sections = new List<ReportSection>();
        sections.AddRange(FindingSections.Of(result.Findings));
        if (result.Importance is { } importance)
            sections.Add(importance.ToSection());
        sections.Add(result.Shares.ToSection(HasSeveral(result) ? result.RowOutput : 0));
        if (result.Dependence.Count > 0)
        {
            sections.Add(new GroupSection("How predictions depend on the columns",
                [.. result.Dependence.SelectMany(d => (IEnumerable<ReportSection?>)[d.ToSection(), d.ToIndividualSection(HasSeveral(result) ? result.RowOutput : 0)]).OfType<ReportSection>()])
            {
                SideBySide = true,
            });
        }

        sections.Add(OneRow(result));
        if (result.Reliability is { } reliability)
            sections.Add(reliability.ToSection());
        if (result.Threshold is { } threshold)
            sections.Add(threshold.ToSection());
        sections.AddRange(result.Segments.Select(s => s.ToSection()));
        if (result.WorstRows is { } worst)
            sections.Add(worst.ToSection());
        sections.Add(new TextSection("Pipeline", [.. result.Pipeline.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]));
        string? label = result.Options.LabelName ?? result.Options.LabelColumn;
        return new Report($"{result.Options.Model} explained on {result.DataSource}", result.Answer)
        {
            Subtitle = $"{NumberFormat.Integer(result.Rows)} rows{(label is null ? "" : $" · {label}")}",
            Sections = sections,
            Facts = [.. CurveSections.Facts(result.DataSource, result.DataFingerprint), new("Seed", NumberFormat.Integer(result.Seed))],
        };
    }

    // Of several numbers, that of the explained row's class is shown throughout.
    private static bool HasSeveral(ExplanationReport result) => result.Task is LearningTask.Multiclass or LearningTask.Clustering;

    private static GroupSection OneRow(ExplanationReport result)
    {
        int index = result.Row.RowIndices[0], output = result.RowOutput;
        var parts = new List<ReportSection> { result.Row.WaterfallOf(0, output) };
        if (result.Contributions is { } contributions)
            parts.Add(contributions.ToSection(0, Math.Min(output, contributions.Scores.Count - 1)));
        bool isWorst = result.Options.Row is null && result.WorstRows is { Rows: [var first, ..] } && first.Index == index;
        return new GroupSection($"One prediction: row {NumberFormat.Integer(index)}", parts)
        {
            SideBySide = true,
            Explanation = $"{(isWorst ? "The row that the model is most wrong about. " : "")}"
                + $"{result.Row.Outputs[output]} is predicted as {NumberFormat.Number(result.Row.Prediction(0, output))}; the mean is {NumberFormat.Number(result.Row.BaseValues[output])}.",
        };
    }
}
