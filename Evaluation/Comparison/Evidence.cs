using MLPath.Data;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>What stands behind a score: curves, confusion, residuals, clusters.</summary>
internal static class Evidence
{
    private const int MostCurves = 6;
    private const int MostClasses = 60;
    private const int WorstClasses = 30;

    /// <summary>Sections that set the candidates side by side.</summary>
    public static IEnumerable<ReportSection> Compared(ComparisonReport result)
    {
        var curves = result.Candidates.Select(c => (c.Name, Curves: CurvesOf(c.Pooled))).Where(c => c.Curves is { RocCurve.Count: > 0 })
            .Take(MostCurves).Select(c => (c.Name, c.Curves!)).ToList();
        if (curves.Count > 0)
            yield return CurvePair(curves, $"Over all rows, each scored by a model that did not see it; '{result.BinaryClasses[1]}' is the positive class.");
    }

    /// <summary>Sections about one candidate.</summary>
    public static IEnumerable<ReportSection> Of(ComparisonReport result, CandidateResult candidate) => candidate.Pooled switch
    {
        BinaryClassificationMetrics binary => [Confusion(binary.ConfusionMatrix), PerClass(binary.PerClass)],
        MulticlassClassificationMetrics multiclass => Multiclass(multiclass),
        RegressionMetrics => Regression(result, candidate),
        AnomalyDetectionMetrics anomalies => [Confusion(anomalies.ConfusionMatrix)],
        ClusteringMetrics clustering => Clusters(clustering),
        _ => [],
    };

    /// <summary>Sections about the metrics of one model on one table.</summary>
    public static IEnumerable<ReportSection> Of(EvaluationMetrics metrics, string name) => metrics switch
    {
        BinaryClassificationMetrics binary => [.. Ranking(binary.Curves, name), Confusion(binary.ConfusionMatrix), PerClass(binary.PerClass)],
        AnomalyDetectionMetrics anomalies => [.. Ranking(anomalies.Curves, name), Confusion(anomalies.ConfusionMatrix)],
        MulticlassClassificationMetrics multiclass => Multiclass(multiclass),
        ClusteringMetrics clustering => Clusters(clustering),
        _ => [],
    };

    /// <summary>Predicted against actual, and the residuals.</summary>
    public static GroupSection Residuals(IReadOnlyList<(float Actual, float Predicted)> rows, string label) => new("Predictions",
    [
        new ScatterSection("Predicted against actual", new ChartAxis($"Actual {label}"), new ChartAxis($"Predicted {label}"),
            [new ScatterSeries("rows", [.. rows.Select(p => new ChartPoint(p.Actual, p.Predicted))])])
        {
            References = [ReferenceLine.Diagonal("perfect")],
            EqualAxes = true,
        },
        new ScatterSection("Residuals", new ChartAxis($"Predicted {label}"), new ChartAxis("Actual minus predicted"),
            [new ScatterSeries("rows", [.. rows.Select(p => new ChartPoint(p.Predicted, p.Actual - p.Predicted))])])
        {
            References = [ReferenceLine.Horizontal(0, "no error")],
        },
    ])
    {
        SideBySide = true,
        Explanation = "A pattern in the residuals is something that the model has not learned.",
    };

    // Of two kinds of rows: those of several classes are drawn by themselves.
    private static ScoreCurves? CurvesOf(EvaluationMetrics? metrics) => metrics switch
    {
        BinaryClassificationMetrics binary => binary.Curves,
        AnomalyDetectionMetrics anomalies => anomalies.Curves,
        _ => null,
    };

    private static IEnumerable<ReportSection> Ranking(ScoreCurves curves, string name) =>
        curves.RocCurve.Count > 0 ? [CurvePair([(name, curves)], null)] : [];

    private static IEnumerable<ReportSection> Multiclass(MulticlassClassificationMetrics metrics)
    {
        yield return Confusion(metrics.ConfusionMatrix);
        yield return PerClass(metrics.PerClass);
        var curves = metrics.OneVersusRest.Where(c => c.RocCurve.Count > 0).ToList();
        if (curves.Count > 0)
        {
            // Of many classes, those that are told apart worst are the ones to look at.
            var shown = curves.Count <= MostCurves ? curves : [.. curves.OrderBy(c => c.AreaUnderRocCurve.Value).Take(MostCurves)];
            string which = shown.Count < curves.Count ? $" The {shown.Count} classes that are told apart worst." : "";
            yield return CurvePair([.. shown.Select(c => (c.ClassName, c))], $"One class against the rest.{which}");
        }
    }

    private static IEnumerable<ReportSection> Regression(ComparisonReport result, CandidateResult candidate) =>
        candidate.Predictions.Count == 0 ? [] : [Residuals(candidate.Predictions, result.Options.LabelColumn ?? "value")];

    private static IEnumerable<ReportSection> Clusters(ClusteringMetrics metrics)
    {
        yield return new BarChartSection("Cluster sizes", new ChartAxis("Rows", ValueKind.Integer) { Min = 0 },
            [.. metrics.PerCluster.Select(c => new Bar($"cluster {c.Cluster + 1}", c.Rows))]);
        yield return new TableSection("Clusters",
            [
                new("Cluster"), new("Rows", ValueKind.Integer),
                new("Average distance") { Description = "Mean squared distance to the centroid." },
                new("Silhouette") { Description = "From -1 (in the wrong cluster) to 1 (far from every other cluster)." },
            ],
            [.. metrics.PerCluster.Select(c => new TableRow($"cluster {c.Cluster + 1}", (double)c.Rows, c.AverageDistance, c.Silhouette))])
        {
            Explanation = "From one fit on all rows.",
        };
        if (metrics.SilhouetteSamples.Count > 0)
            yield return SilhouetteHistogram(metrics);
    }

    private static HistogramSection SilhouetteHistogram(ClusteringMetrics metrics)
    {
        const int Bins = 20;
        double[] edges = [.. Enumerable.Range(0, Bins + 1).Select(i => -1 + (2.0 * i / Bins))];
        var counts = new double[Bins];
        foreach (var sample in metrics.SilhouetteSamples)
            counts[Math.Clamp((int)((sample.Value + 1) / 2 * Bins), 0, Bins - 1)]++;
        return new HistogramSection("Silhouette of the rows", new ChartAxis("Silhouette"), edges, [new HistogramSeries("rows", counts)]);
    }

    private static GroupSection CurvePair(IReadOnlyList<(string Name, ScoreCurves Curves)> curves, string? explanation) => new("Ranking quality",
    [
        new LineChartSection("ROC curve", ChartAxis.Unit("False positive rate"), ChartAxis.Unit("True positive rate"),
            [.. curves.Select(c => new LineSeries(c.Name, [.. c.Curves.RocCurve.Select(p => new ChartPoint(p.FalsePositiveRate, p.TruePositiveRate))])
            {
                Note = $"AUC {NumberFormat.Fixed(c.Curves.AreaUnderRocCurve.Value, 3)}",
            })])
        {
            References = [ReferenceLine.Diagonal("chance")],
            Square = true,
        },
        new LineChartSection("Precision and recall", ChartAxis.Unit("Recall"), ChartAxis.Unit("Precision"),
            [.. curves.Select(c => new LineSeries(c.Name, [.. c.Curves.PrecisionRecallCurve.Select(p => new ChartPoint(p.Recall, p.Precision))])
            {
                Note = $"AP {NumberFormat.Fixed(c.Curves.AveragePrecision.Value, 3)}",
            })])
        {
            Square = true,
        },
    ])
    {
        SideBySide = true,
        Explanation = explanation,
    };

    private static HeatMapSection Confusion(ConfusionMatrix matrix) => new("Confusion matrix", "Actual", "Predicted",
        matrix.ClassNames, matrix.ClassNames, matrix.Counts)
    {
        Shading = HeatMapShading.Row,
        DiagonalIsCorrect = true,
        Explanation = "Rows are what a row is, columns what it was predicted to be.",
    };

    private static TableSection PerClass(IReadOnlyList<ClassMetrics> classes)
    {
        // Of very many classes, those that are told apart worst are the ones to look at.
        bool all = classes.Count <= MostClasses;
        var shown = all ? classes : [.. classes.Where(c => c.Support > 0).OrderBy(c => double.IsNaN(c.F1Score) ? 0 : c.F1Score).ThenBy(c => c.ClassName, StringComparer.Ordinal).Take(WorstClasses)];
        return new("Class by class",
            [new("Class"), Share("Precision", c => c.Precision), Share("Recall", c => c.Recall), Share("F1", c => c.F1Score), new("Rows", ValueKind.Integer)],
            [.. shown.Select(c => new TableRow(c.ClassName, c.Precision, c.Recall, c.F1Score, c.Support))])
        {
            Sortable = shown.Count > 3,
            Notes = all ? [] : [$"The {shown.Count} worst of {NumberFormat.Integer(classes.Count)} classes by F1."],
        };

        // A share of n rows is uncertain by about 1 / (2 √n) at the worst: below a hundred rows a decimal of a percentage is noise.
        TableColumn Share(string name, Func<ClassMetrics, double> value) =>
            new(name, ValueKind.Percent) { Decimals = classes.Where(c => !double.IsNaN(value(c))).Select(c => c.Support).DefaultIfEmpty(0).Max() < 100 ? 0 : 1 };
    }
}
