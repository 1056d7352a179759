namespace MLPath.Reports;

/// <summary>A matrix of numbers with named rows and columns, shaded by size: a confusion matrix, correlations, p-values.</summary>
public sealed record HeatMapSection : ReportSection
{
    /// <summary>Makes a heat map.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="rowTitle">What the rows are, for example <c>Actual</c>.</param>
    /// <param name="columnTitle">What the columns are, for example <c>Predicted</c>.</param>
    /// <param name="rowLabels">One name for each row, from the top.</param>
    /// <param name="columnLabels">One name for each column, from the left.</param>
    /// <param name="values">The matrix, <c>rowLabels × columnLabels</c>; NaN cells stay empty.</param>
    /// <exception cref="ArgumentException">The matrix does not have the shape of the labels.</exception>
    public HeatMapSection(
        string title,
        string rowTitle,
        string columnTitle,
        IReadOnlyList<string> rowLabels,
        IReadOnlyList<string> columnLabels,
        IReadOnlyList<IReadOnlyList<double>> values)
        : base(title)
    {
        if (values.Count != rowLabels.Count)
            throw new ArgumentException(
                $"The heat map '{title}' has {values.Count} rows of values for {rowLabels.Count} row labels.", nameof(values));
        for (var r = 0; r < values.Count; r++)
        {
            if (values[r].Count != columnLabels.Count)
                throw new ArgumentException(
                    $"Row {r} of the heat map '{title}' has {values[r].Count} values for {columnLabels.Count} column labels.",
                    nameof(values));
        }
        RowTitle = rowTitle;
        ColumnTitle = columnTitle;
        RowLabels = rowLabels;
        ColumnLabels = columnLabels;
        Values = values;
    }

    /// <summary>What the rows are.</summary>
    public string RowTitle { get; }

    /// <summary>What the columns are.</summary>
    public string ColumnTitle { get; }

    /// <summary>One name for each row.</summary>
    public IReadOnlyList<string> RowLabels { get; }

    /// <summary>One name for each column.</summary>
    public IReadOnlyList<string> ColumnLabels { get; }

    /// <summary>The matrix, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Values { get; }

    /// <summary>How the numbers are written. Default <see cref="ValueKind.Integer"/>.</summary>
    public ValueKind Kind { get; init; } = ValueKind.Integer;

    /// <summary>What a shade is relative to. Default <see cref="HeatMapShading.Matrix"/>.</summary>
    public HeatMapShading Shading { get; init; }

    /// <summary>
    /// Whether the diagonal holds what is right and the rest what is wrong, as in a confusion matrix: the two are then shaded
    /// in two colours. Default false.
    /// </summary>
    public bool DiagonalIsCorrect { get; init; }
}

/// <summary>What a shade of a <see cref="HeatMapSection"/> is relative to.</summary>
public enum HeatMapShading
{
    /// <summary>To the value of largest size in the matrix; negative values are shaded in a second colour.</summary>
    Matrix,

    /// <summary>To the sum of the row, so that rare classes can be read as well as frequent ones.</summary>
    Row,
}
