using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How Shapley values are computed.</summary>
public sealed record ShapleyOptions
{
    /// <summary>The number of background rows over which columns that are not known are averaged, 1 or more. Default 50.</summary>
    public int BackgroundRows { get; init; } = 50;

    /// <summary>The most rows to explain, drawn at random; null for all. Default 100.</summary>
    public int? MaximumRows { get; init; } = 100;

    /// <summary>With at most so many columns every subset of them is tried, and the values are exact. 0 to 16; default 7.</summary>
    public int ExactUpTo { get; init; } = 7;

    /// <summary>With more columns: the number of random orders, each taken forwards and backwards. 1 or more; default 10.</summary>
    public int PermutationPairs { get; init; } = 10;

    /// <summary>Vectors of at most so many slots are explained slot by slot, others as a whole. Default 0.</summary>
    public int SlotsUpTo { get; init; }

    /// <summary>The column of predictions; null for the probability where there is one, or the score.</summary>
    public string? OutputColumn { get; init; }

    internal void Validate()
    {
        static void AtLeastOne(string name, int value)
        {
            if (value < 1)
                throw new OptionException($"Option {name} is {value}; expected 1 or more.");
        }

        AtLeastOne(nameof(BackgroundRows), BackgroundRows);
        AtLeastOne(nameof(PermutationPairs), PermutationPairs);
        if (ExactUpTo is < 0 or > 16)
            throw new OptionException($"Option ExactUpTo is {ExactUpTo}; expected 0 to 16.");
    }
}

/// <summary>
/// How the input columns share the difference between a row's prediction and the mean prediction of background rows. The value v(S) of a set of
/// columns is the mean prediction over background rows in which these columns have the row's values; column j gets its mean gain
/// v(S ∪ {j}) − v(S) over all orders in which columns can become known.
/// </summary>
/// <remarks>
/// L. S. Shapley, A value for n-person games, 1953; S. Lundberg, S.-I. Lee, A unified approach to interpreting model predictions, NIPS 2017 (the
/// interventional form). Orders are drawn with their reverses: R. Mitchell et al., Sampling permutations for Shapley value estimation, JMLR 23, 2022.
/// However few orders are drawn, the values of a row and the base value sum to its prediction, and a column that the model does not use gets 0.
/// </remarks>
public sealed record ShapleyValues
{
    private readonly double[] _values; // rows × features × outputs
    private readonly double[] _errors;
    private readonly double[] _predictions; // rows × outputs

    internal ShapleyValues(double[] values, double[] errors, double[] predictions) =>
        (_values, _errors, _predictions) = (values, errors, predictions);

    /// <summary>The columns that share.</summary>
    public required IReadOnlyList<InputFeature> Features { get; init; }

    /// <summary>What each explained number stands for: the score, the probability, or a class.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The mean prediction of the background rows, for each of <see cref="Outputs"/>.</summary>
    public required IReadOnlyList<double> BaseValues { get; init; }

    /// <summary>The explained rows' positions in the data, increasing.</summary>
    public required IReadOnlyList<int> RowIndices { get; init; }

    /// <summary>Whether every subset of the columns was tried.</summary>
    public required bool IsExact { get; init; }

    /// <summary>The number of explained rows.</summary>
    public int Rows => RowIndices.Count;

    /// <summary>The share of a column in the prediction of a row.</summary>
    /// <param name="row">The explained row, from 0.</param>
    /// <param name="feature">The place in <see cref="Features"/>.</param>
    /// <param name="output">The place in <see cref="Outputs"/>.</param>
    public double Value(int row, int feature, int output = 0) => _values[Place(row, feature, output)];

    /// <summary>The standard error of a share that comes from drawing orders; 0 for exact values, NaN with a single pair of orders.</summary>
    /// <param name="row">The explained row, from 0.</param>
    /// <param name="feature">The place in <see cref="Features"/>.</param>
    /// <param name="output">The place in <see cref="Outputs"/>.</param>
    public double StandardError(int row, int feature, int output = 0) => _errors[Place(row, feature, output)];

    /// <summary>The prediction of a row.</summary>
    /// <param name="row">The explained row, from 0.</param>
    /// <param name="output">The place in <see cref="Outputs"/>.</param>
    public double Prediction(int row, int output = 0) => _predictions[(row * Outputs.Count) + output];

    /// <summary>For each column the mean of |φ| over the explained rows, and its standard deviation; the greatest first.</summary>
    /// <param name="output">The place in <see cref="Outputs"/>.</param>
    public IReadOnlyList<(InputFeature Feature, double MeanAbsolute, double StandardDeviation)> Summary(int output = 0) =>
    [
        .. Features.Select((feature, f) =>
        {
            double[] sizes = [.. Enumerable.Range(0, Rows).Select(row => Math.Abs(Value(row, f, output)))];
            double mean = sizes.Average();
            double spread = sizes.Length < 2 ? 0 : Math.Sqrt(sizes.Sum(s => (s - mean) * (s - mean)) / (sizes.Length - 1));
            return (feature, mean, spread);
        }).OrderByDescending(s => s.mean),
    ];

    /// <summary>The summary as bars, with the spread over rows.</summary>
    /// <param name="output">The place in <see cref="Outputs"/>.</param>
    /// <param name="most">The most columns to show. Default 30.</param>
    public BarChartSection ToSection(int output = 0, int most = 30) => new(
        $"Shapley values of {Outputs[output]}", new ChartAxis($"Mean |share| in {Outputs[output]}"),
        [.. Summary(output).Take(most).Select(s => new Bar(s.Feature.Name, s.MeanAbsolute))])
    {
        Explanation = $"How much of a prediction's distance from the mean {NumberFormat.Number(BaseValues[output])} each column accounts for, on average over "
            + $"{NumberFormat.Integer(Rows)} rows; {(IsExact ? "exact, over all subsets of the columns" : "estimated from random orders of the columns")}.",
    };

    /// <summary>How the prediction of a row comes about from the base value: the shares, the largest first.</summary>
    /// <param name="row">The explained row, from 0.</param>
    /// <param name="output">The place in <see cref="Outputs"/>.</param>
    /// <param name="most">The most columns to show; the others are summed up. Default 15.</param>
    public BarChartSection WaterfallOf(int row, int output = 0, int most = 15) => Waterfall.Of(
        $"Row {RowIndices[row]}: from the mean to {Outputs[output]}", $"Share in {Outputs[output]}", [.. Features.Select(f => f.Name)],
        [.. Enumerable.Range(0, Features.Count).Select(f => Value(row, f, output))], BaseValues[output], "mean prediction", "prediction", most);

    internal static ShapleyValues Compute(
        ITransformer model, IDataView data, IDataView? background, ShapleyOptions? options, FitContext? context, IReadOnlyList<int>? rows = null) =>
        new ShapleySampler(model, data, background, options ?? new(), context ?? FitContext.Default, rows).Run();

    private int Place(int row, int feature, int output) => (((row * Features.Count) + feature) * Outputs.Count) + output;
}
