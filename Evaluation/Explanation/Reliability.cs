using MLPath.Numerics;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How probabilities are put into bins.</summary>
public enum ReliabilityBinning
{
    /// <summary>As many rows in each, as far as equal probabilities allow.</summary>
    EqualCount,

    /// <summary>Bins of equal width from 0 to 1.</summary>
    EqualWidth,
}

/// <summary>How reliability is measured.</summary>
public sealed record ReliabilityOptions
{
    /// <summary>The number of bins, 1 or more. Default 10.</summary>
    public int Bins { get; init; } = 10;

    /// <summary>How rows are put into them. Default <see cref="ReliabilityBinning.EqualCount"/>.</summary>
    public ReliabilityBinning Binning { get; init; }

    /// <summary>The label in the scored rows. Default "Label".</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The confidence of the intervals, between 0 and 1. Default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    internal void Validate()
    {
        if (Bins < 1)
            throw new OptionException($"Option Bins is {Bins}; expected 1 or more.");
        if (Confidence is not (> 0 and < 1))
            throw new OptionException(FormattableString.Invariant($"Option Confidence is {Confidence}; expected a number between 0 and 1."));
    }
}

/// <summary>Rows of about the same predicted probability.</summary>
/// <param name="Lower">The lower edge; a probability equal to it lies in the bin before, if there is one.</param>
/// <param name="Upper">The upper edge, which belongs to the bin.</param>
/// <param name="Count">The number of rows, 1 or more.</param>
/// <param name="MeanPredicted">Their mean predicted probability.</param>
/// <param name="Observed">The share of them in which it happened.</param>
/// <param name="Interval">Clopper and Pearson's interval of that share.</param>
public sealed record ReliabilityBin(double Lower, double Upper, int Count, double MeanPredicted, double Observed, ReportInterval Interval);

/// <summary>How well predicted probabilities agree with what happened: predicted against observed, bin by bin.</summary>
/// <remarks>
/// ECE and MCE: M. P. Naeini, G. F. Cooper, M. Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning, AAAI 2015. The parts of the
/// Brier score: A. H. Murphy, A new vector partition of the probability score, 1973; what binning adds: D. B. Stephenson, C. A. S. Coelho,
/// I. T. Jolliffe, Two extra components in the Brier score decomposition, 2008.
/// </remarks>
public sealed record ReliabilityDiagram
{
    /// <summary>What the probability is of.</summary>
    public required string Name { get; init; }

    /// <summary>The bins that have rows, in rising order.</summary>
    public required IReadOnlyList<ReliabilityBin> Bins { get; init; }

    /// <summary>How rows were put into bins.</summary>
    public required ReliabilityBinning Binning { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>The mean squared difference between probability and outcome: Reliability − Resolution + Uncertainty + WithinBins.</summary>
    public required double BrierScore { get; init; }

    /// <summary>What wrong probabilities cost: Σ n_b / n (mean predicted − observed)²; 0 is perfect.</summary>
    public required double Reliability { get; init; }

    /// <summary>What telling rows apart gains: Σ n_b / n (observed − overall share)²; the more the better.</summary>
    public required double Resolution { get; init; }

    /// <summary>The Brier score of always predicting the overall share p: p (1 − p).</summary>
    public required double Uncertainty { get; init; }

    /// <summary>What the differences of probabilities within a bin add: their variance minus twice their covariance with the outcome.</summary>
    public required double WithinBins { get; init; }

    /// <summary>ECE: Σ n_b / n |mean predicted − observed|.</summary>
    public double ExpectedCalibrationError => Bins.Sum(b => (double)b.Count / Rows * Math.Abs(b.MeanPredicted - b.Observed));

    /// <summary>MCE: the greatest |mean predicted − observed| of a bin.</summary>
    public double MaximumCalibrationError => Bins.Max(b => Math.Abs(b.MeanPredicted - b.Observed));

    /// <summary>Compares probabilities with outcomes.</summary>
    /// <param name="name">What the probability is of.</param>
    /// <param name="probabilities">n probabilities.</param>
    /// <param name="happened">n outcomes.</param>
    /// <param name="options">The bins; null for the defaults.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are no rows, or a probability lies outside 0 to 1.</exception>
    public static ReliabilityDiagram Of(string name, ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> happened, ReliabilityOptions? options = null)
    {
        options ??= new();
        options.Validate();
        if (probabilities.Length != happened.Length || probabilities.IsEmpty)
            throw new ArgumentException($"{probabilities.Length} probabilities and {happened.Length} outcomes were given; expected as many of both, 1 or more.", nameof(happened));
        foreach (double p in probabilities)
        {
            if (p is not (>= 0 and <= 1))
                throw new ArgumentException(FormattableString.Invariant($"{p} is no probability; they lie between 0 and 1."), nameof(probabilities));
        }

        double[] edges = Edges(probabilities, options);
        int n = probabilities.Length;
        var sums = new BinSums[edges.Length - 1];
        double positives = 0, brier = 0;
        for (int i = 0; i < n; i++)
        {
            double outcome = happened[i] ? 1 : 0;
            positives += outcome;
            brier += (probabilities[i] - outcome) * (probabilities[i] - outcome);
            sums[BinOf(edges, probabilities[i])].Add(probabilities[i], outcome);
        }

        double share = positives / n, reliability = 0, resolution = 0;
        var bins = new List<ReliabilityBin>();
        for (int b = 0; b < sums.Length; b++)
        {
            if (sums[b].Count == 0)
                continue;
            var (count, predicted, observed) = (sums[b].Count, sums[b].Predicted / sums[b].Count, (double)sums[b].Happened / sums[b].Count);
            reliability += (double)count / n * (predicted - observed) * (predicted - observed);
            resolution += (double)count / n * (observed - share) * (observed - share);
            bins.Add(new ReliabilityBin(edges[b], edges[b + 1], count, predicted, observed, Proportion.Interval(sums[b].Happened, count, options.Confidence)));
        }

        double uncertainty = share * (1 - share);
        return new ReliabilityDiagram
        {
            Name = name,
            Bins = bins,
            Binning = options.Binning,
            Rows = n,
            BrierScore = brier / n,
            Reliability = reliability,
            Resolution = resolution,
            Uncertainty = uncertainty,
            WithinBins = (brier / n) - (reliability - resolution + uncertainty),
        };
    }

    /// <summary>The diagram: a perfect model lies on the diagonal.</summary>
    public LineChartSection ToSection() => new($"Reliability of {Name}", ChartAxis.Unit("Predicted probability"), ChartAxis.Unit("Observed share"),
        [new LineSeries("observed", [.. Bins.Select(b => new ChartPoint(b.MeanPredicted, b.Observed))])
        {
            Band = [.. Bins.Select(b => b.Interval)],
            Note = $"ECE {NumberFormat.Fixed(ExpectedCalibrationError, 3)}",
        }])
    {
        References = [ReferenceLine.Diagonal("perfect")],
        Square = true,
        Explanation = $"Of the rows predicted with a probability of 70%, 70% should be what was predicted. {Bins.Count} bins of "
            + $"{(Binning == ReliabilityBinning.EqualCount ? "as many rows each" : "equal width")}; the band is the 95% interval of the share. "
            + $"On average probabilities are off by {NumberFormat.Percent(ExpectedCalibrationError)} (ECE), at most by {NumberFormat.Percent(MaximumCalibrationError)} (MCE).",
    };

    /// <summary>The Brier score and its parts.</summary>
    public TableSection ToTable() => new($"Brier score of {Name}", [new("Part"), new("Value", ValueKind.Number), new("Meaning")],
    [
        new TableRow("Brier score", BrierScore, "Mean squared difference between probability and outcome; lower is better."),
        new TableRow("Reliability", Reliability, "What wrong probabilities cost; lower is better."),
        new TableRow("Resolution", Resolution, "What telling rows apart gains; higher is better."),
        new TableRow("Uncertainty", Uncertainty, "The score of predicting the overall share for every row."),
        new TableRow("Within bins", WithinBins, "What differences within bins add."),
    ]);

    // Probability p lies in the bin whose edges are e[b] < p ≤ e[b + 1]; in the first one if it is no more than e[1].
    private static int BinOf(double[] edges, double p)
    {
        int low = 0, high = edges.Length - 2;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (p <= edges[middle + 1])
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static double[] Edges(ReadOnlySpan<double> probabilities, ReliabilityOptions options)
    {
        int bins = options.Bins;
        if (options.Binning == ReliabilityBinning.EqualWidth)
            return [.. Enumerable.Range(0, bins + 1).Select(b => (double)b / bins)];
        double[] sorted = probabilities.ToArray();
        Array.Sort(sorted);
        return [.. Enumerable.Range(0, bins + 1).Select(b => Quantiles.Of(sorted, (double)b / bins))];
    }

    private struct BinSums
    {
        public int Count;
        public int Happened;
        public double Predicted;

        public void Add(double predicted, double outcome)
        {
            Count++;
            Happened += (int)outcome;
            Predicted += predicted;
        }
    }
}

/// <summary>How well the probabilities of a model agree with what happened.</summary>
/// <param name="Overall">For two classes the probability of the positive one; for several that of the predicted class (top label).</param>
/// <param name="Classes">For several classes each class against the rest; empty for two.</param>
public sealed record ReliabilityReport(ReliabilityDiagram Overall, IReadOnlyList<ReliabilityDiagram> Classes)
{
    private const int MostClasses = 6;

    /// <summary>The mean of the classes' calibration errors; that of <see cref="Overall"/> for two classes.</summary>
    public double ClasswiseExpectedCalibrationError =>
        Classes.Count == 0 ? Overall.ExpectedCalibrationError : Classes.Average(c => c.ExpectedCalibrationError);

    /// <summary>The diagrams and the parts of the Brier score.</summary>
    public GroupSection ToSection()
    {
        var worst = Classes.Count <= MostClasses ? Classes : [.. Classes.OrderByDescending(c => c.ExpectedCalibrationError).Take(MostClasses)];
        string which = Classes.Count > MostClasses ? $" The {MostClasses} classes that are off most." : "";
        ReportSection[] classes = worst.Count == 0 ? [] : [new GroupSection("Class by class", [.. worst.Select(c => c.ToSection())]) { SideBySide = true }];
        return new GroupSection("Reliability of the probabilities", [Overall.ToSection(), Overall.ToTable(), .. classes])
        {
            Explanation = Classes.Count == 0 ? null
                : $"Class by class the mean calibration error is {NumberFormat.Percent(ClasswiseExpectedCalibrationError)}.{which}",
        };
    }

    /// <summary>The reliability of scored rows; null where the task or the model gives no probabilities, or no row has label and probability.</summary>
    internal static ReliabilityReport? Of(ScoredRows rows, string positiveName, ReliabilityOptions options) => rows.Task switch
    {
        LearningTask.Binary => Binary(rows, positiveName, options),
        LearningTask.Multiclass => Multiclass(rows, options),
        _ => null,
    };

    private static ReliabilityReport? Binary(ScoredRows rows, string positiveName, ReliabilityOptions options)
    {
        if (rows.Probabilities.IsEmpty)
            return null;
        var (probabilities, happened) = (new List<double>(), new List<bool>());
        for (int row = 0; row < rows.Count; row++)
        {
            if (float.IsNaN(rows.Targets[row]) || rows.Probabilities[row] is not (>= 0 and <= 1))
                continue;
            probabilities.Add(rows.Probabilities[row]);
            happened.Add(rows.Targets[row] > 0);
        }

        return probabilities.Count == 0 ? null : new(ReliabilityDiagram.Of(positiveName, [.. probabilities], [.. happened], options), []);
    }

    private static ReliabilityReport? Multiclass(ScoredRows rows, ReliabilityOptions options)
    {
        int k = rows.ScoreWidth;
        int[] labelled = [.. Enumerable.Range(0, rows.Count).Where(row => IsLabelled(rows, row))];
        if (labelled.Length == 0 || !labelled.All(row => RowLosses.AreProbabilities(rows.Scores.Slice(row * k, k))))
            return null;
        var (top, right) = (new double[labelled.Length], new bool[labelled.Length]);
        var (ofClass, isClass) = (new double[k][], new bool[k][]);
        for (int c = 0; c < k; c++)
            (ofClass[c], isClass[c]) = (new double[labelled.Length], new bool[labelled.Length]);
        for (int i = 0; i < labelled.Length; i++)
        {
            var scores = rows.Scores.Slice(labelled[i] * k, k);
            int best = RowLosses.Best(scores), truth = rows.Classes[labelled[i]];
            (top[i], right[i]) = (Math.Clamp(scores[best], 0, 1), best == truth);
            for (int c = 0; c < k; c++)
                (ofClass[c][i], isClass[c][i]) = (Math.Clamp(scores[c], 0, 1), truth == c);
        }

        return new(ReliabilityDiagram.Of("the predicted class", top, right, options),
            [.. Enumerable.Range(0, k).Select(c => ReliabilityDiagram.Of(rows.ClassNames[c], ofClass[c], isClass[c], options))]);
    }

    private static bool IsLabelled(ScoredRows rows, int row) => rows.Classes[row] >= 0;
}

/// <summary>Intervals of shares.</summary>
internal static class Proportion
{
    /// <summary>The exact interval of C. J. Clopper and E. S. Pearson, Biometrika 26, 1934, from quantiles of the beta distribution.</summary>
    public static ReportInterval Interval(int successes, int trials, double confidence)
    {
        double tail = (1 - confidence) / 2;
        return new ReportInterval(
            successes == 0 ? 0 : new BetaDistribution(successes, trials - successes + 1).Quantile(tail),
            successes == trials ? 1 : new BetaDistribution(successes + 1, trials - successes).Quantile(1 - tail));
    }
}
