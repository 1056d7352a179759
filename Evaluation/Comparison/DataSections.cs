using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>A table at a glance, as report sections.</summary>
internal static class DataSections
{
    private const int MostColumns = 100;
    private const int MostValues = 5;
    private const int MostLetters = 24;
    private const int MostBars = 40;
    private const int MostDrawn = 48;

    public static TableSection Of(DataSummary data)
    {
        var shown = data.Columns.Take(MostColumns).ToList();
        return new TableSection("The data",
            [
                new("Column"), new("Type"), new("Missing", ValueKind.Integer), new("Mean", ValueKind.Number), new("Std. dev.", ValueKind.Number),
                new("Minimum", ValueKind.Number), new("Maximum", ValueKind.Number), new("Values"),
            ],
            [.. shown.Select(c => new TableRow(c.Name, c.Type, (double)c.Missing, Number(c.Mean), Number(c.StandardDeviation), Number(c.Minimum), Number(c.Maximum), TableCell.FromString(Values(c))))])
        {
            Explanation = $"{NumberFormat.Integer(data.Rows)} rows, {data.Columns.Count} columns.",
            Notes = data.Columns.Count > MostColumns ? [$"{data.Columns.Count - MostColumns} further columns are not shown."] : [],
            Sortable = true,
        };
    }

    /// <summary>The most frequent values of a column of categories, in words.</summary>
    public static string? Values(ColumnSummary column)
    {
        if (column.Values.Count == 0)
            return null;
        string rest = column.Values.Count > MostValues ? $", … ({column.Values.Count} different)" : "";
        return string.Join(", ", column.Values.Take(MostValues).Select(v => $"{Short(v.Key)} ({NumberFormat.Integer(v.Value)})")) + rest;
    }

    private static string Short(string value)
    {
        var text = new System.Globalization.StringInfo(value);
        return text.LengthInTextElements <= MostLetters ? value : text.SubstringByTextElements(0, MostLetters - 1).TrimEnd() + "…";
    }

    /// <summary>What is missing, what the label holds, how each column is distributed and goes with the label, and how numbers go together.</summary>
    public static IEnumerable<ReportSection> Of(DataProfile profile, long rows)
    {
        if (Missing(profile, rows) is { } missing)
            yield return missing;
        if (profile.Label is { } label && Distribution(profile.Columns.First(c => c.Summary.Name == label.Name), label) is { } target)
            yield return target with { Title = $"To predict: {label.Name}", Id = "label" };
        foreach (var group in Columns(profile))
            yield return group;
        if (profile.CorrelatedColumns.Count > 1)
        {
            yield return new HeatMapSection("Correlations", "Column", "Column", profile.CorrelatedColumns, profile.CorrelatedColumns,
                [.. profile.Correlations.Select(row => row.Select(r => Math.Round(r, 2)).ToArray())])
            {
                Kind = ValueKind.Number,
                Explanation = "Pearson's correlation over the rows that have both: 1 and -1 are straight lines, 0 says nothing about curves.",
            };
        }
    }

    private static BarChartSection? Missing(DataProfile profile, long rows)
    {
        var gaps = profile.Columns.Where(c => c.Summary.Missing > 0).OrderByDescending(c => Share(c.Summary)).ToList();
        return gaps.Count == 0 || rows == 0 ? null : new BarChartSection("Missing values", new ChartAxis("Share of the values that are missing", ValueKind.Percent) { Max = 1 },
            [.. gaps.Take(MostBars).Select(c => new Bar(c.Summary.Name, Share(c.Summary)))])
        {
            Explanation = gaps.Count > MostBars ? $"The {MostBars} columns with the largest shares of {gaps.Count} that have gaps." : "Columns that are not named are complete.",
        };

        static double Share(ColumnSummary c) => c.Missing / (double)(c.Missing + c.Count + c.Infinite);
    }

    private static IEnumerable<GroupSection> Columns(DataProfile profile)
    {
        var columns = profile.Columns.Where(c => c.Summary.Name != profile.Label?.Name).ToList();
        var drawn = columns.Select(c => Distribution(c, profile.Label)).OfType<ReportSection>().ToList();
        if (drawn.Count > 0)
        {
            string classes = profile.Label is { Classes.Count: > 0 } label ? $" Of each {label.Name} by itself." : "";
            yield return new GroupSection("Column by column", [.. drawn.Take(MostDrawn)])
            {
                SideBySide = true,
                Explanation = $"How often each value, or each range of values, occurs.{classes}{Rest(drawn.Count)}",
            };
        }

        if (profile.Label is not { Classes.Count: 0 } number)
            yield break;
        var means = columns.Select(c => LabelMeans(c, number)).OfType<ReportSection>().ToList();
        if (means.Count > 0)
        {
            yield return new GroupSection($"How {number.Name} goes with each column", [.. means.Take(MostDrawn)])
            {
                SideBySide = true,
                Explanation = $"The mean of {number.Name} over rows of like value, and two standard errors to each side.{Rest(means.Count)}",
            };
        }

        static string Rest(int count) => count > MostDrawn ? $" The first {MostDrawn} of {count} columns are drawn." : "";
    }

    // How often each value occurs, of each class by itself; null where there is nothing to count.
    private static ReportSection? Distribution(ColumnProfile column, LabelProfile? label)
    {
        string name = column.Summary.Name;
        bool byClass = label is not null && column.ByClass.Count > 1 && column.ByClass.Any(counts => counts.Any(n => n > 0));
        if (column.Edges.Count > 1)
        {
            return new HistogramSection(name, Axis(column), column.Edges,
                byClass ? [.. label!.Classes.Select((c, i) => new HistogramSeries(c, column.ByClass[i]))] : [new HistogramSeries("rows", column.Counts)])
            {
                CountTitle = column.Summary.Type.StartsWith("Vector", StringComparison.Ordinal) ? "Values" : "Rows",
            };
        }

        if (column.Texts.Count == 0)
            return null;
        string? rest = column.Summary.Values.Count > column.Texts.Count ? $"The {column.Texts.Count} most frequent of {column.Summary.Values.Count} values." : null;
        return byClass
            ? new HeatMapSection(name, name, label!.Name, column.Texts, label.Classes, [.. column.Texts.Select((_, t) => label.Classes.Select((_, c) => column.ByClass[c][t]).ToArray())])
            {
                Shading = HeatMapShading.Row,
                Explanation = rest,
            }
            : new BarChartSection(name, new ChartAxis("Rows", ValueKind.Integer), [.. column.Texts.Select((t, i) => new Bar(t, column.Counts[i]))]) { Explanation = rest };
    }

    private static ChartAxis Axis(ColumnProfile column) => new(column.Summary.Name, column.Summary.IsWhole ? ValueKind.Integer : ValueKind.Number);

    private static ReportSection? LabelMeans(ColumnProfile column, LabelProfile label)
    {
        var means = Enumerable.Range(0, column.Counts.Length).Select(i => (Bin: i, Mean: column.LabelMean(i))).Where(m => m.Mean is not null)
            .Select(m => (m.Bin, m.Mean!.Value.Mean, Interval: new ReportInterval(m.Mean.Value.Low, m.Mean.Value.High))).ToList();
        if (means.Count < 2)
            return null;
        string name = column.Summary.Name;
        return column.Edges.Count > 1
            ? new LineChartSection($"{label.Name} by {name}", Axis(column), new ChartAxis($"Mean of {label.Name}"),
                [new LineSeries("mean", [.. means.Select(m => new ChartPoint((column.Edges[m.Bin] / 2) + (column.Edges[m.Bin + 1] / 2), m.Mean))]) { Band = [.. means.Select(m => m.Interval)] }])
            : new BarChartSection($"{label.Name} by {name}", new ChartAxis($"Mean of {label.Name}"), [.. means.Select(m => new Bar(column.Texts[m.Bin], m.Mean) { Interval = m.Interval })]);
    }

    private static TableCell Number(double? value) => value is { } number ? TableCell.FromDouble(number) : TableCell.Empty;
}
