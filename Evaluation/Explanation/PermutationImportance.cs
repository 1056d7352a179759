using MLPath.Numerics;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How the importance of input columns is measured.</summary>
public sealed record PermutationImportanceOptions
{
    /// <summary>The label in the scored rows. Null only for clusters that are measured by their geometry. Default "Label".</summary>
    public string? LabelColumn { get; init; } = "Label";

    /// <summary>The group in the scored rows, for ranking. Default "GroupId".</summary>
    public string GroupColumn { get; init; } = "GroupId";

    /// <summary>The features in the scored rows that clusters are measured on. Default "Features".</summary>
    public string FeatureColumn { get; init; } = "Features";

    /// <summary>The metric, by any of its names; null takes the task's own.</summary>
    public string? Metric { get; init; }

    /// <summary>How often each column is shuffled, 1 or more; from 2 on there are intervals. Default 10.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>The input columns to shuffle, by name; null for all that predictions depend on.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Vectors of at most so many slots are shuffled slot by slot, others as a whole. 0 or more; default 0.</summary>
    public int SlotsUpTo { get; init; }

    /// <summary>The most rows to use, drawn at random; null, the default, for all.</summary>
    public int? MaximumRows { get; init; }

    /// <summary>The confidence of the intervals, between 0 and 1. Default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    internal void Validate()
    {
        if (Repeats < 1)
            throw new OptionException($"Option Repeats is {Repeats}; expected 1 or more.");
        if (Confidence is not (> 0 and < 1))
            throw new OptionException(FormattableString.Invariant($"Option Confidence is {Confidence}; expected a number between 0 and 1."));
    }
}

/// <summary>How much worse predictions become when an input column is shuffled.</summary>
/// <param name="Feature">What was shuffled.</param>
/// <param name="Drops">For each repeat how much worse the metric became: positive where the model needs the column, about 0 where it does not.</param>
/// <param name="Confidence">The confidence of the interval.</param>
public sealed record FeatureImportance(InputFeature Feature, IReadOnlyList<double> Drops, double Confidence)
{
    /// <summary>The mean over the repeats; NaN where the metric is undefined.</summary>
    public double Mean { get; } = Drops.Average();

    /// <summary>The standard deviation over the repeats; 0 for a single one.</summary>
    public double StandardDeviation =>
        Drops.Count < 2 ? 0 : Math.Sqrt(Drops.Sum(d => (d - Mean) * (d - Mean)) / (Drops.Count - 1));

    /// <summary>
    /// Student's interval of the mean over all shuffles of these rows; null with a single repeat. What other rows would say is not in it.
    /// </summary>
    public ReportInterval? Interval
    {
        get
        {
            if (Drops.Count < 2 || double.IsNaN(Mean))
                return null;
            double half = StandardDeviation == 0 ? 0
                : StudentT.TwoSidedQuantile(Confidence, Drops.Count - 1) * StandardDeviation / Math.Sqrt(Drops.Count);
            return new ReportInterval(Mean - half, Mean + half);
        }
    }
}

/// <summary>
/// How much each input column of a fitted pipeline matters: how much worse a metric becomes when the column's values change places between rows, so
/// that it tells nothing any more. The pipeline is scored as it is; whatever it makes of the column is shuffled with it.
/// </summary>
/// <remarks>
/// L. Breiman, Random forests, Machine Learning 45, 2001; A. Fisher, C. Rudin, F. Dominici, All models are wrong, but many are useful, JMLR 20, 2019.
/// Columns that say the same thing share their importance: each one alone may look unimportant. The cost is that of scoring all rows, columns × repeats times.
/// </remarks>
public sealed record PermutationImportance
{
    /// <summary>The metric.</summary>
    public required MetricDescription Metric { get; init; }

    /// <summary>The metric on the rows as they are.</summary>
    public required double Baseline { get; init; }

    /// <summary>The columns, the most important first; equal ones in the order of the data.</summary>
    public required IReadOnlyList<FeatureImportance> Features { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Measures importance.</summary>
    internal static PermutationImportance Compute(
        LearningTask task, ITransformer model, IDataView data, PermutationImportanceOptions? options, FitContext? context)
    {
        options ??= new();
        options.Validate();
        context ??= FitContext.Default;
        var metric = options.Metric is { } name ? MetricCatalog.Find(task, name) : MetricCatalog.Primary(task, options.LabelColumn is not null);
        var table = InputTable.Load(model, data, options.SlotsUpTo, options.MaximumRows, context, options.LabelColumn);
        InputFeature[] features = options.Columns is { } columns ? [.. columns.SelectMany(c => FeaturesNamed(table, c))] : [.. table.Features];
        double Measure(IDataView scored) => TaskEvaluation.Measure(
            task, scored, options.LabelColumn, options.GroupColumn, options.FeatureColumn, context.CancellationToken)[metric.Name].Value;

        double baseline = Measure(table.Score());
        var drops = new double[features.Length * options.Repeats];
        var progress = new ExplanationProgress(context, drops.Length);
        ParallelLoop.For(drops.Length, chunkSize: 1, context.Threads, context.CancellationToken, (unit, _, _) =>
        {
            var feature = features[unit / options.Repeats];
            var random = context.CreateRandom("permutation importance").Derive(feature.Name).Derive(unit % options.Repeats);
            double shuffled = Measure(table.ScoreWith(feature, random.Permutation(table.Count)));
            drops[unit] = metric.HigherIsBetter ? baseline - shuffled : shuffled - baseline;
            progress.Finish();
        });
        var importances = features.Select((f, i) =>
            new FeatureImportance(f, drops[(i * options.Repeats)..((i + 1) * options.Repeats)], options.Confidence));
        return new PermutationImportance
        {
            Metric = metric,
            Baseline = baseline,
            Features = [.. importances.OrderByDescending(f => double.IsNaN(f.Mean) ? double.NegativeInfinity : f.Mean)],
            Rows = table.Count,
        };
    }

    /// <summary>The importances as bars.</summary>
    /// <param name="most">The most columns to show. Default 30.</param>
    public BarChartSection ToSection(int most = 30)
    {
        string better = Metric.HigherIsBetter ? "Loss" : "Rise";
        string which = Features.Count > most ? $" The {most} most important of {Features.Count} columns." : "";
        return new BarChartSection("Importance of the input columns", new ChartAxis($"{better} of {Metric.DisplayName} when shuffled"),
            [.. Features.Take(most).Select(f => new Bar(f.Feature.Name, f.Mean)
            {
                Interval = f.Interval,
                Emphasis = f.Interval is { Low: > 0 } ? Emphasis.None : Emphasis.Muted,
            })])
        {
            Explanation = $"How much worse the model predicts when a column's values change places between rows, from {Metric.DisplayName} "
                + $"{NumberFormat.Number(Baseline)} on {NumberFormat.Integer(Rows)} rows; mean and interval over {(Features.Count == 0 ? 0 : Features[0].Drops.Count)} shuffles. "
                + $"Columns that say the same thing share their importance.{which}",
        };
    }

    private static List<InputFeature> FeaturesNamed(InputTable table, string name)
    {
        var slots = table.Features.Where(f => f.Column == name).ToList();
        return slots.Count > 0 ? slots : [table.Find(name)];
    }
}
