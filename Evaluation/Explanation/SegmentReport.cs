using MLPath.Numerics;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How quality is measured by segment.</summary>
public sealed record SegmentOptions
{
    /// <summary>The label in the scored rows. Null only for clusters without known classes. Default "Label".</summary>
    public string? LabelColumn { get; init; } = "Label";

    /// <summary>The metric, by any of its names; null takes the task's own.</summary>
    public string? Metric { get; init; }

    /// <summary>The number of bins of a column of numbers, by quantiles; no more than it has values. 2 or more; default 5.</summary>
    public int Bins { get; init; } = 5;

    /// <summary>The most categories that are segments of their own, the most frequent ones; the others are one. 1 or more; default 12.</summary>
    public int MostSegments { get; init; } = 12;

    /// <summary>The number of bootstrap samples behind intervals and tests, 20 or more. Default 200.</summary>
    public int Resamples { get; init; } = 200;

    /// <summary>The confidence of the intervals, between 0 and 1. Default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    internal void Validate()
    {
        if (Bins < 2)
            throw new OptionException($"Option Bins is {Bins}; expected 2 or more.");
        if (MostSegments < 1)
            throw new OptionException($"Option MostSegments is {MostSegments}; expected 1 or more.");
        if (Resamples < 20)
            throw new OptionException($"Option Resamples is {Resamples}; expected 20 or more.");
        if (Confidence is not (> 0 and < 1))
            throw new OptionException(FormattableString.Invariant($"Option Confidence is {Confidence}; expected a number between 0 and 1."));
    }
}

/// <summary>The quality of predictions on a part of the rows.</summary>
/// <param name="Name">The category, or the range of numbers.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Value">The metric on them; NaN where it is undefined.</param>
/// <param name="Interval">Its bootstrap percentile interval; null where it is undefined.</param>
/// <param name="Difference">The metric on them less that on all other rows; NaN where either is undefined.</param>
/// <param name="PValue">Of no difference, by the normal approximation with bootstrap standard errors; NaN where it is undefined.</param>
/// <param name="AdjustedPValue">The same adjusted for the number of segments, by Holm's method.</param>
public sealed record SegmentQuality(
    string Name, int Rows, double Value, ReportInterval? Interval, double Difference, double PValue, double AdjustedPValue);

/// <summary>The quality of predictions on each segment of a column.</summary>
public sealed record SegmentReport
{
    private const double Significance = 0.05;

    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The metric.</summary>
    public required MetricDescription Metric { get; init; }

    /// <summary>The metric on all rows.</summary>
    public required double Overall { get; init; }

    /// <summary>The segments in order of value, missing values last.</summary>
    public required IReadOnlyList<SegmentQuality> Segments { get; init; }

    /// <summary>Segments that are worse than the other rows, adjusted for their number, at the 5% level.</summary>
    public IEnumerable<SegmentQuality> Worse => Segments.Where(s => s.AdjustedPValue <= Significance && s.Difference != 0 && s.Difference > 0 != Metric.HigherIsBetter);

    /// <summary>What was found, in a sentence.</summary>
    public string Answer
    {
        get
        {
            var worse = Worse.ToList();
            return worse.Count == 0
                ? $"No evidence that {Metric.DisplayName} is worse in any segment of {Column} than in the other rows."
                : $"{Metric.DisplayName} is worse where {Column} is {string.Join(", ", worse.Select(s => $"{s.Name} ({NumberFormat.Number(s.Value)})"))}, "
                    + $"against {NumberFormat.Number(Overall)} over all rows.";
        }
    }

    internal static SegmentReport Compute(LearningTask task, IDataView scored, string column, SegmentOptions? options, FitContext? context)
    {
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentException.ThrowIfNullOrEmpty(column);
        options ??= new();
        options.Validate();
        context ??= FitContext.Default;
        if (task is LearningTask.Ranking or LearningTask.Clustering)
            throw new OptionException($"Quality by segment is measured row by row; groups and clusters would be cut apart.");
        var metric = options.Metric is { } name ? MetricCatalog.Find(task, name) : MetricCatalog.Primary(task);
        var rows = TaskEvaluation.Read(task, scored, options.LabelColumn, features: null, context.CancellationToken);
        var segments = SegmentRows.Of(scored, column, options, context.CancellationToken);
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        var estimates = new SegmentEstimate[segments.Count];
        var progress = new ExplanationProgress(context, segments.Count);
        ParallelLoop.For(segments.Count, chunkSize: 1, context.Threads, context.CancellationToken, (i, _, _) =>
        {
            var random = context.CreateRandom("segment bootstrap").Derive(segments[i].Name);
            var inside = segments[i].Rows.ToHashSet();
            int[] others = [.. all.Where(row => !inside.Contains(row))];
            estimates[i] = new SegmentEstimate(
                Bootstrap.Of(rows, segments[i].Rows, metric, options, random.Derive("inside"), context),
                Bootstrap.Of(rows, others, metric, options, random.Derive("others"), context));
            progress.Finish();
        });
        double[] adjusted = Holm.Adjust([.. estimates.Select(e => e.PValue)]);
        return new SegmentReport
        {
            Column = column,
            Metric = metric,
            Overall = Judge.Evaluate(rows, cancellationToken: context.CancellationToken)[metric.Name].Value,
            Segments = [.. segments.Select((s, i) => new SegmentQuality(
                s.Name, s.Rows.Length, estimates[i].Inside.Value, estimates[i].Inside.Interval, estimates[i].Difference, estimates[i].PValue, adjusted[i]))],
        };
    }

    /// <summary>The segments as a table.</summary>
    public TableSection ToSection() => new($"Quality by {Column}",
        [
            new(Column), new("Rows", ValueKind.Integer), new(Metric.DisplayName, ValueKind.Number) { Description = Metric.Meaning },
            new("Difference", ValueKind.Number) { Description = "From the metric on all other rows." },
            new("p", ValueKind.PValue) { Description = "Of no difference, adjusted for the number of segments by Holm's method." },
        ],
        [.. Segments.Select(s => new TableRow(s.Name, s.Rows,
            s.Interval is { } i ? TableCell.Estimate(s.Value, i.Low, i.High) : s.Value, s.Difference, s.AdjustedPValue)
        {
            Badge = Worse.Contains(s) ? "worse" : null,
        })])
    {
        Explanation = $"{Answer} Over all rows {Metric.DisplayName} is {NumberFormat.Number(Overall)}.",
        Sortable = Segments.Count > 3,
    };

    private sealed record SegmentEstimate(Bootstrap Inside, Bootstrap Others)
    {
        public double Difference => Inside.Value - Others.Value;

        public double PValue
        {
            get
            {
                double error = Math.Sqrt((Inside.StandardError * Inside.StandardError) + (Others.StandardError * Others.StandardError));
                return error > 0 && double.IsFinite(Difference) ? 2 * NormalDistribution.Standard.UpperTail(Math.Abs(Difference) / error) : double.NaN;
            }
        }
    }
}
