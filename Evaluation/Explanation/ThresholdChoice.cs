using MLPath.Data;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>What each outcome of a decision between two classes costs or gains, in any unit, per row.</summary>
public sealed record DecisionCosts
{
    /// <summary>The cost of deciding for the positive class where the negative one is true, 0 or more. Default 1.</summary>
    public double FalsePositive { get; init; } = 1;

    /// <summary>The cost of deciding for the negative class where the positive one is true, 0 or more. Default 1.</summary>
    public double FalseNegative { get; init; } = 1;

    /// <summary>The gain of a positive row that is found, 0 or more. Default 0.</summary>
    public double TruePositiveGain { get; init; }

    /// <summary>The gain of a negative row that is left alone, 0 or more. Default 0.</summary>
    public double TrueNegativeGain { get; init; }

    /// <summary>
    /// The probability above which to decide for the positive class when probabilities are right:
    /// (c_FP + g_TN) / (c_FP + g_TN + c_FN + g_TP) (C. Elkan, The foundations of cost-sensitive learning, IJCAI 2001).
    /// </summary>
    public double TheoreticalThreshold =>
        (FalsePositive + TrueNegativeGain) / (FalsePositive + TrueNegativeGain + FalseNegative + TruePositiveGain);

    internal void Validate()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(FalsePositive), FalsePositive), (nameof(FalseNegative), FalseNegative),
            (nameof(TruePositiveGain), TruePositiveGain), (nameof(TrueNegativeGain), TrueNegativeGain),
        })
        {
            if (!(value >= 0 && double.IsFinite(value)))
                throw new OptionException(FormattableString.Invariant($"Option {name} is {value}; expected a number of 0 or more."));
        }

        if (FalsePositive + TrueNegativeGain == 0 || FalseNegative + TruePositiveGain == 0)
            throw new OptionException("An error costs nothing, so always deciding for one class is best. Give both kinds of error a cost, or their opposites a gain.");
    }
}

/// <summary>How a threshold is chosen.</summary>
public sealed record ThresholdOptions
{
    /// <summary>What outcomes cost and gain.</summary>
    public DecisionCosts Costs { get; init; } = new();

    /// <summary>The label in the scored rows. Default "Label".</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The number of bootstrap samples behind the intervals, 0 or more; without any there are none. Default 500.</summary>
    public int Resamples { get; init; } = 500;

    /// <summary>The confidence of the intervals, between 0 and 1. Default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    internal void Validate()
    {
        Costs.Validate();
        if (Resamples < 0)
            throw new OptionException($"Option Resamples is {Resamples}; expected 0 or more.");
        if (Confidence is not (> 0 and < 1))
            throw new OptionException(FormattableString.Invariant($"Option Confidence is {Confidence}; expected a number between 0 and 1."));
    }
}

/// <summary>What a threshold leads to.</summary>
/// <param name="Threshold">Rows above it are decided to be positive.</param>
/// <param name="TruePositives">Positive rows above it.</param>
/// <param name="FalsePositives">Negative rows above it.</param>
/// <param name="TrueNegatives">Negative rows not above it.</param>
/// <param name="FalseNegatives">Positive rows not above it.</param>
public sealed record ThresholdPoint(double Threshold, long TruePositives, long FalsePositives, long TrueNegatives, long FalseNegatives)
{
    /// <summary>The number of rows.</summary>
    public long Rows => TruePositives + FalsePositives + TrueNegatives + FalseNegatives;

    /// <summary>The share of the rows above it that are positive; NaN where none is above it.</summary>
    public double Precision => (double)TruePositives / (TruePositives + FalsePositives);

    /// <summary>The share of the positive rows that are above it.</summary>
    public double Recall => (double)TruePositives / (TruePositives + FalseNegatives);

    /// <summary>The share of the negative rows that are not above it.</summary>
    public double Specificity => (double)TrueNegatives / (TrueNegatives + FalsePositives);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1Score => 2.0 * TruePositives / ((2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>The share of the rows that are decided right.</summary>
    public double Accuracy => (double)(TruePositives + TrueNegatives) / Rows;

    /// <summary>The mean cost of a row, gains counted as negative costs.</summary>
    /// <param name="costs">The costs.</param>
    public double ExpectedCost(DecisionCosts costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        return ((costs.FalsePositive * FalsePositives) + (costs.FalseNegative * FalseNegatives)
            - (costs.TruePositiveGain * TruePositives) - (costs.TrueNegativeGain * TrueNegatives)) / Rows;
    }
}

/// <summary>
/// The threshold that makes the decisions of a classifier of two classes cheapest on some rows, and how sure that is. Choose it on other rows than those
/// that the decisions are then measured on: the cost of the best threshold on the rows that it was chosen on is a little too good.
/// </summary>
public sealed record ThresholdChoice
{
    /// <summary>The column that is compared with the threshold: Probability, or Score.</summary>
    public required string Column { get; init; }

    /// <summary>What outcomes cost and gain.</summary>
    public required DecisionCosts Costs { get; init; }

    /// <summary>Every threshold that tells rows apart, rising.</summary>
    public required IReadOnlyList<ThresholdPoint> Points { get; init; }

    /// <summary>The cheapest threshold; of equally cheap ones the one nearest to <see cref="Usual"/>.</summary>
    public required ThresholdPoint Best { get; init; }

    /// <summary>The threshold that is used without a choice: ½ for probabilities, 0 for scores.</summary>
    public required ThresholdPoint Usual { get; init; }

    /// <summary>Where the best threshold lies in bootstrap samples of the rows; null without samples.</summary>
    public ReportInterval? ThresholdInterval { get; init; }

    /// <summary>The cost of the best threshold in bootstrap samples of the rows; null without samples.</summary>
    public ReportInterval? CostInterval { get; init; }

    /// <summary>What the best threshold saves against the usual one in bootstrap samples of the rows; null without samples.</summary>
    public ReportInterval? SavingInterval { get; init; }

    /// <summary>The mean cost of a row at the best threshold.</summary>
    public double ExpectedCost => Best.ExpectedCost(Costs);

    /// <summary>What the best threshold saves against the usual one, per row.</summary>
    public double Saving => Usual.ExpectedCost(Costs) - ExpectedCost;

    /// <summary>The choice in a sentence.</summary>
    public string Answer => FormattableString.Invariant(
        $"Deciding for the positive class above {Column} {NumberFormat.Number(Best.Threshold)} costs {NumberFormat.Number(ExpectedCost)} per row, ")
        + (Saving > 0 ? $"{NumberFormat.Number(Saving)} less than above {NumberFormat.Number(Usual.Threshold)}." : $"no less than above {NumberFormat.Number(Usual.Threshold)}.");

    internal static ThresholdChoice Of(ScoredRows rows, ThresholdOptions? options, FitContext? context)
    {
        options ??= new();
        options.Validate();
        context ??= FitContext.Default;
        bool hasProbabilities = !rows.Probabilities.IsEmpty;
        var scores = hasProbabilities ? rows.Probabilities : rows.Scores;
        var kept = new List<(float Score, bool Positive)>();
        for (int row = 0; row < rows.Count; row++)
        {
            if (!float.IsNaN(rows.Targets[row]) && float.IsFinite(scores[row]))
                kept.Add((scores[row], rows.Targets[row] > 0));
        }

        if (!kept.Exists(r => r.Positive) || kept.TrueForAll(r => r.Positive))
            throw new DataException("A threshold is chosen from rows of both classes; those with a label are all of one.");
        return new ThresholdSearch(kept, options, context, hasProbabilities).Run();
    }

    /// <summary>Cost by threshold, and what the best and the usual threshold lead to.</summary>
    public GroupSection ToSection() => new("Threshold",
    [
        new LineChartSection("Expected cost by threshold", new ChartAxis($"Threshold of {Column}"), new ChartAxis("Mean cost of a row"),
            [new LineSeries("cost", [.. Points.Select(p => new ChartPoint(p.Threshold, p.ExpectedCost(Costs)))])])
        {
            References = [ReferenceLine.Vertical(Best.Threshold, "best"), ReferenceLine.Vertical(Usual.Threshold, "usual")],
            Explanation = "Chosen on these rows; measure the decisions on others.",
        },
        new TableSection("At the best and the usual threshold",
            [
                new("At"), new("Threshold"), new("Mean cost"), new("Precision", ValueKind.Percent), new("Recall", ValueKind.Percent),
                new("Specificity", ValueKind.Percent), new("F1", ValueKind.Percent), new("Accuracy", ValueKind.Percent),
                new("False positives", ValueKind.Integer), new("False negatives", ValueKind.Integer),
            ],
            [Row("best", Best, ThresholdInterval, CostInterval) with { Emphasis = Emphasis.Best }, Row("usual", Usual, null, null)])
        {
            Notes = Notes(),
        },
    ])
    {
        Explanation = Answer,
    };

    private TableRow Row(string name, ThresholdPoint point, ReportInterval? threshold, ReportInterval? cost) => new(
        name, Text(point.Threshold, threshold), Text(point.ExpectedCost(Costs), cost), point.Precision, point.Recall, point.Specificity,
        point.F1Score, point.Accuracy, point.FalsePositives, point.FalseNegatives);

    private static string Text(double value, ReportInterval? interval) => interval is { } i
        ? $"{NumberFormat.Number(value)} ({NumberFormat.Number(i.Low)} to {NumberFormat.Number(i.High)})"
        : NumberFormat.Number(value);

    private IReadOnlyList<string> Notes()
    {
        string costs = $"A false positive costs {NumberFormat.Number(Costs.FalsePositive)}, a false negative {NumberFormat.Number(Costs.FalseNegative)}";
        string gains = Costs.TruePositiveGain + Costs.TrueNegativeGain > 0
            ? $"; a true positive gains {NumberFormat.Number(Costs.TruePositiveGain)}, a true negative {NumberFormat.Number(Costs.TrueNegativeGain)}" : "";
        string theory = Column == PredictionColumns.Probability
            ? $" Were the probabilities right, {NumberFormat.Number(Costs.TheoreticalThreshold)} would be the best threshold." : "";
        string saving = SavingInterval is { } i ? $"The best threshold saves {NumberFormat.Number(Saving)} per row ({NumberFormat.Number(i.Low)} to {NumberFormat.Number(i.High)})." : "";
        return saving.Length > 0 ? [$"{costs}{gains}.{theory}", saving] : [$"{costs}{gains}.{theory}"];
    }
}
