using System.Globalization;

namespace MLPath.Reports;

/// <summary>Curves over two axes of values: ROC, precision and recall, calibration, loss, learning curves.</summary>
/// <param name="Title">The heading.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">The curves, in the order of the legend.</param>
public sealed record LineChartSection(string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<LineSeries> Series) : ReportSection(Title)
{
    /// <summary>Lines to compare with. Empty by default.</summary>
    public IReadOnlyList<ReferenceLine> References { get; init; } = [];

    /// <summary>Whether the plot is as high as it is wide, as for a ROC curve. Default false.</summary>
    public bool Square { get; init; }
}

/// <summary>A curve of a <see cref="LineChartSection"/>.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Points">The points in drawing order.</param>
public sealed record LineSeries(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>
    /// Whether the value holds until the next point, as in a curve of precision and recall: the line goes across first and
    /// then up or down. Default false: points are joined straight.
    /// </summary>
    public bool Step { get; init; }

    /// <summary>
    /// The spread around the curve, one interval of y for each of <see cref="Points"/> in turn, shaded. None by default.
    /// </summary>
    public IReadOnlyList<ReportInterval>? Band { get; init; }

    /// <summary>A few words after the name, for example <c>AUC 0.994</c>. None by default.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// Whether the curve is one of many that matter together, such as one row's: thin, quiet, behind the others, and without an entry in the legend.
    /// Default false.
    /// </summary>
    public bool IsBackground { get; init; }
}

/// <summary>Points over two axes of values: predicted against actual, residuals, a projection onto two components.</summary>
/// <param name="Title">The heading.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">The groups of points, in the order of the legend.</param>
public sealed record ScatterSection(string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<ScatterSeries> Series) : ReportSection(Title)
{
    /// <summary>Lines to compare with, for example the identity. Empty by default.</summary>
    public IReadOnlyList<ReferenceLine> References { get; init; } = [];

    /// <summary>Whether both axes run over the same values in a square, as for predicted against actual. Default false.</summary>
    public bool EqualAxes { get; init; }
}

/// <summary>A group of points of a <see cref="ScatterSection"/>.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Points">The points. Of points that would cover one another, one is drawn.</param>
public sealed record ScatterSeries(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>
    /// The name of each of <see cref="Points"/> in turn, written beside it where there is room. Points with names are all drawn, so there should be
    /// few. None by default.
    /// </summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether steps join the points, across first and then up or down, as along a Pareto front. Default false.</summary>
    public bool Joined { get; init; }
}

/// <summary>For each category a strip of values with their mean and its interval: the scores of each candidate on each fold.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Axis">The axis of the values.</param>
/// <param name="Rows">The categories from the top.</param>
public sealed record DotPlotSection(string Title, ChartAxis Axis, IReadOnlyList<DotPlotRow> Rows) : ReportSection(Title)
{
    /// <summary>What the interval is, for the legend. Default <c>mean and 95% interval</c>.</summary>
    public string MeanLabel { get; init; } = "mean and 95% interval";

    /// <summary>What a dot is, for the legend. Default <c>one fold</c>.</summary>
    public string DotLabel { get; init; } = "one fold";
}

/// <summary>A category of a <see cref="DotPlotSection"/>.</summary>
/// <param name="Name">The name of the category.</param>
/// <param name="Values">The values, one dot each.</param>
public sealed record DotPlotRow(string Name, IReadOnlyList<double> Values)
{
    /// <summary>The mean, or another estimate. None by default.</summary>
    public double? Mean { get; init; }

    /// <summary>The interval around <see cref="Mean"/>. None by default.</summary>
    public ReportInterval? Interval { get; init; }

    /// <summary>What the category is among its peers. Default <see cref="Emphasis.None"/>.</summary>
    public Emphasis Emphasis { get; init; }
}

/// <summary>One length for each category: feature importance, class counts, time.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Axis">The axis of the values; it always includes zero.</param>
/// <param name="Bars">The bars from the top.</param>
public sealed record BarChartSection(string Title, ChartAxis Axis, IReadOnlyList<Bar> Bars) : ReportSection(Title);

/// <summary>A bar of a <see cref="BarChartSection"/>.</summary>
/// <param name="Name">The name of the category.</param>
/// <param name="Value">The length, which may be negative.</param>
public sealed record Bar(string Name, double Value)
{
    /// <summary>An interval around the value. None by default.</summary>
    public ReportInterval? Interval { get; init; }

    /// <summary>What the bar is among its peers. Default <see cref="Emphasis.None"/>.</summary>
    public Emphasis Emphasis { get; init; }
}

/// <summary>Counts of values in bins; several distributions share the bins.</summary>
public sealed record HistogramSection : ReportSection
{
    /// <summary>Makes a histogram.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="axis">The axis of the values that were counted.</param>
    /// <param name="edges">The edges of the bins, strictly increasing and finite, one more than there are bins.</param>
    /// <param name="series">The distributions, in the order of the legend, with one count for each bin.</param>
    /// <exception cref="ArgumentException">Edges do not increase, or a series does not have one count for each bin.</exception>
    public HistogramSection(string title, ChartAxis axis, IReadOnlyList<double> edges, IReadOnlyList<HistogramSeries> series)
        : base(title)
    {
        if (edges.Count < 2)
            throw new ArgumentException($"The histogram '{title}' needs at least two edges.", nameof(edges));
        for (var i = 0; i < edges.Count; i++)
        {
            if (!double.IsFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1]))
                throw new ArgumentException(
                    $"The edges of the histogram '{title}' must be finite and increase; edge {i} is " +
                    edges[i].ToString(CultureInfo.InvariantCulture) + ".", nameof(edges));
        }
        foreach (var s in series)
        {
            if (s.Counts.Count != edges.Count - 1)
                throw new ArgumentException(
                    $"The series '{s.Name}' of the histogram '{title}' has {s.Counts.Count} counts for {edges.Count - 1} bins.",
                    nameof(series));
        }
        Axis = axis;
        Edges = edges;
        Series = series;
    }

    /// <summary>The axis of the values that were counted.</summary>
    public ChartAxis Axis { get; }

    /// <summary>The edges of the bins, one more than there are bins.</summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>The distributions.</summary>
    public IReadOnlyList<HistogramSeries> Series { get; }

    /// <summary>What is counted, the title of the vertical axis. Default <c>Rows</c>.</summary>
    public string CountTitle { get; init; } = "Rows";
}

/// <summary>A distribution of a <see cref="HistogramSection"/>.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Counts">One count, or weight, for each bin.</param>
public sealed record HistogramSeries(string Name, IReadOnlyList<double> Counts);
