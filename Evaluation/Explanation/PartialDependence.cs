using MLPath.Numerics;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How dependence on an input column is measured.</summary>
public sealed record PartialDependenceOptions
{
    /// <summary>The most values of a numeric column to try: quantiles, evenly spaced; or all its values where they are no more. 2 or more; default 20.</summary>
    public int GridPoints { get; init; } = 20;

    /// <summary>The quantile of the first value, so that a few extreme ones do not stretch the axis. Default 0.05.</summary>
    public double LowerQuantile { get; init; } = 0.05;

    /// <summary>The quantile of the last value. Default 0.95.</summary>
    public double UpperQuantile { get; init; } = 0.95;

    /// <summary>The values of a numeric column to try instead, in this order; null to choose them from the data.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>The most categories of another column to try, the most frequent ones. 1 or more; default 20.</summary>
    public int MostCategories { get; init; } = 20;

    /// <summary>The most rows to average over, drawn at random; null for all. Default 1000.</summary>
    public int? MaximumRows { get; init; } = 1000;

    /// <summary>Whether each row's curve is kept, beside the mean: individual conditional expectations. Default true.</summary>
    public bool Individual { get; init; } = true;

    /// <summary>Whether each row's curve is moved so that it begins at 0, which shows whether rows depend on the column in different ways. Default false.</summary>
    public bool Centred { get; init; }

    /// <summary>The column of predictions; null for the probability where there is one, or the score.</summary>
    public string? OutputColumn { get; init; }

    internal void Validate()
    {
        if (GridPoints < 2)
            throw new OptionException($"Option GridPoints is {GridPoints}; expected 2 or more.");
        if (MostCategories < 1)
            throw new OptionException($"Option MostCategories is {MostCategories}; expected 1 or more.");
        if (!(LowerQuantile >= 0 && LowerQuantile < UpperQuantile && UpperQuantile <= 1))
            throw new OptionException("Options LowerQuantile and UpperQuantile lie between 0 and 1, the lower one below the upper one.");
        if (Values is { Count: 0 })
            throw new OptionException("Option Values is empty; give one value at least, or leave it out.");
    }
}

/// <summary>How a predicted number depends on an input column.</summary>
/// <param name="Name">What the number stands for: the score, the probability, or a class.</param>
/// <param name="Mean">For each value of the column the mean prediction over all rows.</param>
/// <param name="Low">For each value the prediction that a tenth of the rows stay below.</param>
/// <param name="High">For each value the prediction that a tenth of the rows exceed.</param>
/// <param name="Individual">For each row its own curve; empty where it was not asked for.</param>
public sealed record PartialDependenceCurve(
    string Name, IReadOnlyList<double> Mean, IReadOnlyList<double> Low, IReadOnlyList<double> High, IReadOnlyList<IReadOnlyList<double>> Individual);

/// <summary>
/// How predictions change when an input column is set to one value after the other in all rows, with everything else as it is.
/// </summary>
/// <remarks>
/// J. H. Friedman, Greedy function approximation, Annals of Statistics 29, 2001 (the mean); A. Goldstein et al., Peeking inside the black box, JCGS 24,
/// 2015 (the rows' own curves, and centred ones). Where columns go together, some of the combinations that are tried do not occur.
/// </remarks>
public sealed record PartialDependence
{
    private const int MostCurves = 30;
    private const int MostOutputs = 6;

    /// <summary>The input column.</summary>
    public required InputFeature Feature { get; init; }

    /// <summary>The values that were tried, as texts.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>The values as numbers; empty for categories.</summary>
    public required IReadOnlyList<double> Numbers { get; init; }

    /// <summary>A curve for each predicted number.</summary>
    public required IReadOnlyList<PartialDependenceCurve> Curves { get; init; }

    /// <summary>Whether the rows' curves, and so the mean, begin at 0.</summary>
    public required bool Centred { get; init; }

    /// <summary>The number of rows that were averaged over.</summary>
    public required int Rows { get; init; }

    internal static PartialDependence Compute(
        ITransformer model, IDataView data, string column, PartialDependenceOptions? options, FitContext? context)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        options ??= new();
        options.Validate();
        context ??= FitContext.Default;
        var table = InputTable.Load(model, data, slotsUpTo: int.MaxValue, options.MaximumRows, context);
        return Compute(table, Resolve(table, column), options, context);
    }

    internal static PartialDependence Compute(InputTable table, InputFeature feature, PartialDependenceOptions options, FitContext context)
    {
        var grid = FeatureGrid.Of(table, feature, options, context.CancellationToken);
        var output = PredictionOutput.Of(table.Score().Schema, options.OutputColumn);
        var predictions = new float[grid.Values.Count][];
        var progress = new ExplanationProgress(context, predictions.Length);
        ParallelLoop.For(predictions.Length, chunkSize: 1, context.Threads, context.CancellationToken, (point, _, _) =>
        {
            predictions[point] = output.Read(grid.Score(point), context.CancellationToken);
            progress.Finish();
        });
        return new PartialDependence
        {
            Feature = feature,
            Values = grid.Values,
            Numbers = grid.Numbers,
            Curves = [.. Enumerable.Range(0, output.Width).Select(o => Curve(output, o, predictions, table.Count, options))],
            Centred = options.Centred,
            Rows = table.Count,
        };
    }

    /// <summary>The curves as a chart: the mean with the span of the middle 80% of the rows; bars for categories.</summary>
    public ReportSection ToSection()
    {
        string axis = Curves.Count == 1 ? $"Predicted {Curves[0].Name}" : "Predicted";
        string words = $"The mean over {NumberFormat.Integer(Rows)} rows of what is predicted when {Feature.Name} is set to each value, everything else as it is"
            + (Centred ? ", as a change from the first value" : "");
        var shown = Curves.Count <= MostOutputs ? Curves : [.. Curves.Take(MostOutputs)];
        if (Numbers.Count == 0 && shown is [var only])
        {
            return new BarChartSection($"Dependence on {Feature.Name}", new ChartAxis(axis),
                [.. Values.Select((value, i) => new Bar(value, only.Mean[i]) { Interval = new ReportInterval(only.Low[i], only.High[i]) })])
            {
                Explanation = $"{words}; the interval holds the middle 80% of the rows.",
            };
        }

        if (Numbers.Count == 0)
        {
            return new HeatMapSection($"Dependence on {Feature.Name}", Feature.Name, "Predicted", Values, [.. shown.Select(c => c.Name)],
                [.. Values.Select((_, i) => (IReadOnlyList<double>)[.. shown.Select(c => c.Mean[i])])])
            {
                Kind = ValueKind.Number,
                Explanation = $"{words}.",
            };
        }

        return new LineChartSection($"Dependence on {Feature.Name}", new ChartAxis(Feature.Name), new ChartAxis(axis),
            [.. shown.Select(c => new LineSeries(c.Name, Points(c.Mean)) { Band = [.. c.Low.Select((low, i) => new ReportInterval(low, c.High[i]))] })])
        {
            Explanation = $"{words}; the band holds the middle 80% of the rows.",
        };
    }

    /// <summary>The curves of single rows, some of them; null for categories or where they were not kept.</summary>
    /// <param name="output">The predicted number, from 0.</param>
    public ReportSection? ToIndividualSection(int output = 0)
    {
        var rows = Curves[output].Individual;
        if (Numbers.Count == 0 || rows.Count == 0)
            return null;
        int count = Math.Min(MostCurves, rows.Count);
        return new LineChartSection($"Single rows along {Feature.Name}", new ChartAxis(Feature.Name), new ChartAxis($"Predicted {Curves[output].Name}"),
            [new LineSeries("mean", Points(Curves[output].Mean)), .. Enumerable.Range(0, count).Select(i =>
                new LineSeries($"row {i * rows.Count / count}", Points(rows[i * rows.Count / count])) { IsBackground = true })])
        {
            Explanation = "The mean, and thin lines for single rows. Where lines cross, rows depend on the column in different ways.",
        };
    }

    private IReadOnlyList<ChartPoint> Points(IReadOnlyList<double> values) => [.. values.Select((v, i) => new ChartPoint(Numbers[i], v))];

    private static InputFeature Resolve(InputTable table, string column)
    {
        if (table.Features.Any(f => f.Column == column && f.Slot is not null) && table.Features.Count(f => f.Column == column) > 1)
        {
            throw new SchemaException(
                $"Column '{column}' is a vector; its slots are changed one by one. Name one of them, as in '{column}[0]'.");
        }

        return table.Features.FirstOrDefault(f => f.Column == column) ?? table.Find(column);
    }

    private static PartialDependenceCurve Curve(PredictionOutput output, int o, float[][] predictions, int rows, PartialDependenceOptions options)
    {
        int points = predictions.Length;
        double[] mean = new double[points], low = new double[points], high = new double[points];
        var curves = new double[rows][];
        for (int row = 0; row < rows; row++)
        {
            double from = options.Centred ? predictions[0][(row * output.Width) + o] : 0;
            curves[row] = [.. predictions.Select(p => p[(row * output.Width) + o] - from)];
        }

        for (int point = 0; point < points; point++)
        {
            double[] column = [.. curves.Select(c => c[point])];
            mean[point] = column.Average();
            Array.Sort(column);
            (low[point], high[point]) = (Quantiles.Of(column, 0.1), Quantiles.Of(column, 0.9));
        }

        return new PartialDependenceCurve(output.Names[o], mean, low, high, options.Individual ? curves : []);
    }
}

/// <summary>Quantiles of sorted numbers.</summary>
internal static class Quantiles
{
    /// <summary>The quantile by linear interpolation between order statistics (Hyndman and Fan's type 7, the default of NumPy and R).</summary>
    /// <param name="sorted">Numbers in rising order, one at least.</param>
    /// <param name="p">The share below it, 0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double p)
    {
        double place = p * (sorted.Length - 1);
        int below = (int)Math.Floor(place);
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
