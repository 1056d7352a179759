using MLPath.Reports;

namespace MLPath.Deep;

/// <summary>A trained network as report sections: its curves, what was noticed, and its layers.</summary>
internal static class NetworkReport
{
    public static IReadOnlyList<ReportSection> Of(NetworkSummary summary, NetworkHistory history, IReadOnlyList<NetworkFinding> findings, string metric)
    {
        List<ReportSection> sections = [];
        if (findings.Count > 0)
        {
            sections.Add(new TextSection("Diagnosis", [.. findings.Select(f => f.Message)])
            {
                Tone = findings.Any(f => f.Severity > DiagnosisSeverity.Info) ? TextTone.Warning : TextTone.Note,
            });
        }

        if (history.Epochs.Count > 1) sections.Add(Curves(history, metric));
        sections.Add(Layers(summary));
        return sections;
    }

    private static GroupSection Curves(NetworkHistory history, string metric)
    {
        // The epoch whose parameters were kept is worth a line where it is not the last.
        ReferenceLine[] kept = history.HasValidation && history.BestEpoch > 0 ? [ReferenceLine.Vertical(history.BestEpoch, $"epoch {history.BestEpoch}, kept")] : [];
        return new GroupSection("Training",
        [
            Chart("Loss", new ChartAxis("Loss") { Floor = 0 }, e => e.Loss, e => e.ValidationLoss),
            Chart(metric, new ChartAxis(metric) { Ceiling = 1 }, e => e.Metric, e => e.ValidationMetric),
            new LineChartSection("Learning rate", Epochs, new ChartAxis("Learning rate") { Floor = 0 }, [Series("learning rate", e => e.LearningRate)]),
        ])
        {
            SideBySide = true,
            Explanation = history.StopReason,
        };

        LineChartSection Chart(string title, ChartAxis axis, Func<NetworkEpoch, double> training, Func<NetworkEpoch, double> validation) => new(
            title, Epochs, axis, history.HasValidation ? [Series("training", training), Series("validation", validation)] : [Series("training", training)])
        {
            References = kept,
        };

        LineSeries Series(string name, Func<NetworkEpoch, double> value) => new(name, [.. history.Epochs.Select((e, i) => new ChartPoint(i + 1, value(e)))]);
    }

    private static ChartAxis Epochs => new("Epoch", ValueKind.Integer);

    private static TableSection Layers(NetworkSummary summary) => new("The network",
        [new("Path"), new("Layer"), new("Output"), new("Parameters", ValueKind.Integer)],
        [.. summary.Layers.Select(layer => new TableRow(layer.Path, layer.Layer, layer.OutputShape, (double)layer.ParameterCount))])
    {
        Explanation = summary.Name,
        Notes = [FormattableString.Invariant($"{summary.ParameterCount:N0} learned numbers.")],
    };
}
