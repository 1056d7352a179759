using MLPath.Reports.Charts;

namespace MLPath.Reports;

/// <summary>
/// Charts told in numbers: for Markdown, which has no drawings, and beneath each drawing of a page, for those who want the figures
/// or cannot see the picture. Long series are summarised.
/// </summary>
internal static class ChartTables
{
    private const int MostPoints = 25;
    private const int MostBins = 40;
    private const double TickLength = 400;
    private const int MostColumns = 30;
    private const int LargestCells = 20;

    /// <summary>The table of a chart.</summary>
    public static TableSection Of(ReportSection chart) => chart switch
    {
        LineChartSection line => Line(line),
        ScatterSection scatter => Scatter(scatter),
        DotPlotSection dots => Dots(dots),
        BarChartSection bars => Bars(bars),
        HistogramSection histogram => Histogram(histogram),
        HeatMapSection map => HeatMap(map),
        ImageSection images => new TableSection(images.Title, [new("Image")], [.. images.Images.Select(i => new TableRow([i.Caption]))]),
        _ => throw new ArgumentException($"'{chart.Title}' is not a chart.", nameof(chart)),
    };

    private static TableSection Line(LineChartSection section)
    {
        if (section.Series.Count > 0 && section.Series[0].Points.Count is > 0 and <= MostPoints && SharesX(section.Series))
            return AllPoints(section);
        // Elsewhere every curve is read off where the horizontal axis is labelled.
        var noted = section.Series.Any(s => s.Note is not null);
        var ticks = ValueAxis.Of(section.X, section.Series.SelectMany(s => s.Points).Select(p => p.X)).Ticks(TickLength, horizontal: true);
        TableColumn[] columns =
        [
            new($"{section.Y.Title}, where {section.X.Title} is"), .. noted ? new[] { new TableColumn("Note") } : [],
            // A share of one is read off to what the eye could see of it.
            .. ticks.Select(tick => new TableColumn(tick.Label, section.Y.Kind) { Decimals = section.Y is { Kind: ValueKind.Number, Min: 0, Max: 1 } ? 3 : null }),
        ];
        var rows = section.Series.Select(s => new TableRow(
            [s.Name, .. noted ? new TableCell[] { s.Note } : [], .. ticks.Select(tick => ReadOff(s, tick.Value))]));
        return new TableSection(section.Title, columns, [.. rows]);
    }

    // The height of a curve at x: of the last stretch that begins at or before x, so that a vertical rise counts as climbed.
    private static TableCell ReadOff(LineSeries series, double x)
    {
        for (var i = series.Points.Count - 1; i >= 0; i--)
        {
            var (from, fromY) = series.Points[i];
            if (!(from <= x))
                continue;
            if (i + 1 == series.Points.Count)
                return from == x ? fromY : TableCell.Empty;
            var (to, toY) = series.Points[i + 1];
            return from == x || series.Step ? fromY : to > from ? fromY + ((toY - fromY) * (x - from) / (to - from)) : TableCell.Empty;
        }
        return TableCell.Empty;
    }

    private static bool SharesX(IReadOnlyList<LineSeries> series) =>
        series.All(s => s.Points.Select(p => p.X).SequenceEqual(series[0].Points.Select(p => p.X)));

    private static TableSection AllPoints(LineChartSection section)
    {
        var columns = section.Series.Select(s => new TableColumn(section.Series.Count == 1 ? section.Y.Title : s.Name, section.Y.Kind));
        var rows = section.Series[0].Points.Select((point, i) => new TableRow(
            [NumberFormat.Format(point.X, section.X.Kind), .. section.Series.Select(s => Estimated(s, i))]));
        return new TableSection(section.Title, [new(section.X.Title) { Alignment = ColumnAlignment.Right }, .. columns], [.. rows]);
    }

    private static TableCell Estimated(LineSeries series, int i) => series.Band is { } band && i < band.Count
        ? TableCell.Estimate(series.Points[i].Y, band[i].Low, band[i].High)
        : series.Points[i].Y;

    private static TableSection Scatter(ScatterSection section)
    {
        var (x, y) = (section.X, section.Y);
        if (section.Series.Any(s => s.Points.Count > 0) && section.Series.All(s => s.Labels is not null || s.Points.Count == 0))
        {
            return new TableSection(section.Title, [new("Name"), new("Group"), new(x.Title, x.Kind), new(y.Title, y.Kind)],
                [.. section.Series.SelectMany(s => s.Points.Select((p, i) => new TableRow(i < s.Labels!.Count ? s.Labels[i] : "", s.Name, p.X, p.Y)))]);
        }
        TableColumn[] columns =
        [
            new("Group"), new("Points", ValueKind.Integer), new($"{x.Title}, lowest", x.Kind), new($"{x.Title}, highest", x.Kind),
            new($"{y.Title}, lowest", y.Kind), new($"{y.Title}, highest", y.Kind),
        ];
        var rows = section.Series.Select(s =>
        {
            var drawn = s.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToArray();
            TableCell[] ranges = drawn.Length == 0
                ? []
                : [drawn.Min(p => p.X), drawn.Max(p => p.X), drawn.Min(p => p.Y), drawn.Max(p => p.Y)];
            return new TableRow([s.Name, s.Points.Count, .. ranges]);
        });
        return new TableSection(section.Title, columns, [.. rows]);
    }

    private static TableSection Dots(DotPlotSection section)
    {
        var kind = section.Axis.Kind;
        // Lowest and highest stand beside the mean, in its digits.
        var mean = new TableColumn(Capitalised(section.MeanLabel), kind);
        var decimals = ColumnFormat.Of(new TableSection(section.Title, [mean], [.. section.Rows.Select(r => new TableRow(Estimate(r.Mean, r.Interval)))]))[0].Decimals;
        TableColumn[] columns =
        [
            new("Name"), mean, new("Lowest", kind) { Decimals = decimals }, new("Highest", kind) { Decimals = decimals },
            new("Values", ValueKind.Integer),
        ];
        var rows = section.Rows.Select(r =>
        {
            var values = r.Values.Where(double.IsFinite).ToArray();
            TableCell[] range = values.Length == 0 ? [TableCell.Empty, TableCell.Empty] : [values.Min(), values.Max()];
            var row = new TableRow([r.Name, Estimate(r.Mean, r.Interval), .. range, r.Values.Count]);
            return row with { Emphasis = r.Emphasis };
        });
        return new TableSection(section.Title, columns, [.. rows]);
    }

    private static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static TableSection Bars(BarChartSection section) => new(
        section.Title,
        [new("Name"), new(section.Axis.Title, section.Axis.Kind)],
        [.. section.Bars.Select(b => new TableRow(b.Name, Estimate(b.Value, b.Interval)) { Emphasis = b.Emphasis })]);

    private static TableCell Estimate(double? value, ReportInterval? interval) => (value, interval) switch
    {
        ({ } v, { } i) => TableCell.Estimate(v, i.Low, i.High),
        ({ } v, null) => v,
        _ => TableCell.Empty,
    };

    private static TableSection Histogram(HistogramSection section)
    {
        var bins = section.Edges.Count - 1;
        if (bins > MostBins)
        {
            return new TableSection(section.Title,
                [new("Distribution"), new("In all", ValueKind.Integer), new("Fullest bin"), new("There", ValueKind.Integer)],
                [.. section.Series.Select(s =>
                {
                    var fullest = Enumerable.Range(0, bins).MaxBy(i => s.Counts[i]);
                    return new TableRow(s.Name, s.Counts.Where(double.IsFinite).Sum(), Bin(section, fullest), s.Counts[fullest]);
                })]);
        }
        return new TableSection(section.Title,
            [new(section.Axis.Title), .. section.Series.Select(s => new TableColumn(s.Name, ValueKind.Integer))],
            [.. Enumerable.Range(0, bins).Select(i => new TableRow(
                [Bin(section, i), .. section.Series.Select(s => (TableCell)s.Counts[i])]))]);
    }

    /// <summary>A bin by its edges: <c>1.25 to 1.5</c>.</summary>
    internal static string Bin(HistogramSection section, int i)
    {
        string Edge(double value) => NumberFormat.Format(value, section.Axis.Kind);
        return $"{Edge(section.Edges[i])} to {Edge(section.Edges[i + 1])}";
    }

    private static TableSection HeatMap(HeatMapSection section)
    {
        if (section.ColumnLabels.Count <= MostColumns && section.RowLabels.Count <= HeatMapDrawing.Most)
        {
            return new TableSection(section.Title,
                [
                    new($"{section.RowTitle} \\ {section.ColumnTitle}"),
                    .. section.ColumnLabels.Select(c => new TableColumn(c, section.Kind)),
                ],
                [.. section.RowLabels.Select((label, r) => new TableRow([label, .. section.Values[r].Select(TableCell.FromDouble)]))]);
        }
        var cells =
            from r in Enumerable.Range(0, section.RowLabels.Count)
            from c in Enumerable.Range(0, section.ColumnLabels.Count)
            let value = section.Values[r][c]
            where double.IsFinite(value) && value != 0 && !(section.DiagonalIsCorrect && r == c)
            orderby Math.Abs(value) descending
            select new TableRow(section.RowLabels[r], section.ColumnLabels[c], value);
        var where = section.DiagonalIsCorrect ? " off the diagonal" : "";
        var size = $"{NumberFormat.Integer(section.RowLabels.Count)} × {NumberFormat.Integer(section.ColumnLabels.Count)}";
        return new TableSection(section.Title,
            [new(section.RowTitle), new(section.ColumnTitle), new("Value", section.Kind)], [.. cells.Take(LargestCells)])
        {
            Notes = [$"The largest cells{where} of {size}."],
        };
    }
}
