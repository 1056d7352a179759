namespace MLPath.Reports;

/// <summary>An axis of values.</summary>
/// <param name="Title">What is measured, with its unit where it has one.</param>
/// <param name="Kind">How the values along the axis are written. Default <see cref="ValueKind.Number"/>.</param>
public sealed record ChartAxis(string Title, ValueKind Kind = ValueKind.Number)
{
    /// <summary>
    /// Whether equal ratios, rather than equal differences, take equal space. Values that are not positive are then left out.
    /// Default false.
    /// </summary>
    public bool Logarithmic { get; init; }

    /// <summary>Where the axis begins. Null, the default, begins a little below the smallest value.</summary>
    public double? Min { get; init; }

    /// <summary>Where the axis ends. Null, the default, ends a little above the largest value.</summary>
    public double? Max { get; init; }

    /// <summary>
    /// The smallest value that the quantity can have, for example 0 for an error: room that the axis leaves for looks does not
    /// reach below it. None by default.
    /// </summary>
    public double? Floor { get; init; }

    /// <summary>The largest value that the quantity can have, for example 1 for an accuracy. None by default.</summary>
    public double? Ceiling { get; init; }

    /// <summary>An axis for a share of one, from 0% to 100% at the most, as near to the data as they allow.</summary>
    /// <param name="title">What is measured.</param>
    /// <returns>The axis.</returns>
    public static ChartAxis Share(string title) => new(title, ValueKind.Percent) { Floor = 0, Ceiling = 1 };

    /// <summary>An axis that always runs from 0 to 1, as those of a ROC curve do.</summary>
    /// <param name="title">What is measured.</param>
    /// <returns>The axis.</returns>
    public static ChartAxis Unit(string title) => new(title) { Min = 0, Max = 1 };
}

/// <summary>A point of a chart. A point with a coordinate that is not finite is left out, and interrupts a line.</summary>
/// <param name="X">The horizontal coordinate.</param>
/// <param name="Y">The vertical coordinate.</param>
public readonly record struct ChartPoint(double X, double Y);

/// <summary>A line that gives the eye something to compare with: chance, perfection, a baseline, the chosen epoch.</summary>
public sealed record ReferenceLine
{
    private ReferenceLine(ReferenceLineKind kind, double value, string? label)
    {
        Kind = kind;
        Value = value;
        Label = label;
    }

    /// <summary>Which way the line runs.</summary>
    public ReferenceLineKind Kind { get; }

    /// <summary>Where the line crosses its axis; zero and without meaning for a diagonal.</summary>
    public double Value { get; }

    /// <summary>What the line stands for, shown with the legend. None for a line that explains itself.</summary>
    public string? Label { get; }

    /// <summary>The line y = x.</summary>
    /// <param name="label">What the line stands for.</param>
    /// <returns>The line.</returns>
    public static ReferenceLine Diagonal(string? label = null) => new(ReferenceLineKind.Diagonal, 0, label);

    /// <summary>The line y = <paramref name="y"/>.</summary>
    /// <param name="y">Where it crosses the vertical axis.</param>
    /// <param name="label">What the line stands for.</param>
    /// <returns>The line.</returns>
    public static ReferenceLine Horizontal(double y, string? label = null) => new(ReferenceLineKind.Horizontal, y, label);

    /// <summary>The line x = <paramref name="x"/>.</summary>
    /// <param name="x">Where it crosses the horizontal axis.</param>
    /// <param name="label">What the line stands for.</param>
    /// <returns>The line.</returns>
    public static ReferenceLine Vertical(double x, string? label = null) => new(ReferenceLineKind.Vertical, x, label);
}

/// <summary>Which way a <see cref="ReferenceLine"/> runs.</summary>
public enum ReferenceLineKind
{
    /// <summary>y = x.</summary>
    Diagonal,

    /// <summary>y is constant.</summary>
    Horizontal,

    /// <summary>x is constant.</summary>
    Vertical,
}
