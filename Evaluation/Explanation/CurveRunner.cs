using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The quality of one fit on the rows that it learned from and on the held-out ones.</summary>
/// <param name="TrainRows">The number of rows that it learned from.</param>
/// <param name="Training">The metric on these rows.</param>
/// <param name="Validation">The metric on the held-out rows.</param>
/// <param name="Error">Why there is none; null where there is.</param>
internal sealed record CurveFit(int TrainRows, double Training, double Validation, string? Error = null);

/// <summary>
/// Fits pipelines on growing parts of each fold's training rows. Within a fold the parts are nested: the first rows of one random order, in which the
/// classes follow one another in proportion. Fits run side by side; each has a random stream of its own.
/// </summary>
internal sealed class CurveRunner
{
    private readonly LearningTask _task;
    private readonly IReadOnlyList<KeyValuePair<string, IEstimator<ITransformer>>> _candidates;
    private readonly double[] _fractions;
    private readonly ComparisonOptions _options;
    private readonly FitContext _context;
    private readonly int[][] _orders; // by split: its training rows

    public CurveRunner(LearningTask task, IDataView view, CandidateSet candidates, double[] fractions, ComparisonOptions options, FitContext? context)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(candidates);
        options.Validate(task, candidates);
        if (fractions.Length == 0 || !Array.TrueForAll(fractions, f => f is > 0 and <= 1))
            throw new OptionException("Option Fractions needs numbers above 0 and up to 1.");
        (_task, _candidates, _fractions, _options) = (task, [.. candidates], fractions, options);
        Metric = options.Metric is { } name ? MetricCatalog.Find(task, name) : MetricCatalog.Primary(task, options.LabelColumn is not null);
        _context = (context ?? FitContext.Default) with { Seed = options.Seed };
        Data = PreparedData.Load(task, view, options, _context);
        Folds = FoldDesign.Make(task, Data, options, _context.CancellationToken);
        int[]? codes = task is LearningTask.Binary or LearningTask.Multiclass
            ? new SplitSource(Data.View, _context.CancellationToken).Codes(PreparedData.Label).Codes : null;
        var random = _context.CreateRandom("learning curve rows");
        _orders = [.. Folds.Splits.Select((split, i) => Order(split.Train, codes, random.Derive(i)))];
    }

    public MetricDescription Metric { get; }

    public PreparedData Data { get; }

    public FoldDesign Folds { get; }

    /// <summary>Fits everything.</summary>
    /// <returns>By candidate, by fraction, by split.</returns>
    public CurveFit[][][] Run()
    {
        int splits = Folds.Splits.Count, units = _candidates.Count * _fractions.Length * splits;
        var fits = new CurveFit[units];
        int lanes = Math.Min(_context.Threads, units), threadsEach = Math.Max(1, _context.Threads / lanes);
        var progress = new ExplanationProgress(_context, units);
        ParallelLoop.For(units, chunkSize: 1, lanes, _context.CancellationToken, (unit, _, _) =>
        {
            int split = unit % splits, fraction = unit / splits % _fractions.Length, candidate = unit / splits / _fractions.Length;
            fits[unit] = Fit(candidate, _fractions[fraction], split, threadsEach);
            progress.Finish();
        });
        return [.. Enumerable.Range(0, _candidates.Count).Select(c => Enumerable.Range(0, _fractions.Length)
            .Select(f => fits[(((c * _fractions.Length) + f) * splits)..((((c * _fractions.Length) + f) * splits) + splits)]).ToArray())];
    }

    private CurveFit Fit(int candidate, double fraction, int split, int threads)
    {
        var (name, pipeline) = _candidates[candidate];
        int[] train = PartOf(_orders[split], fraction);
        var (repeat, fold) = (Folds.Splits[split].Repeat, Folds.Splits[split].Fold);
        var context = _context.Step(name).Step($"repeat {repeat + 1}").Step($"fold {fold + 1}").Step($"{train.Length} rows") with
        {
            Threads = threads,
            Progress = null,
        };
        try
        {
            var rows = RowSubset.View(Data.View, train, $"training rows of {Folds.Name(split)}");
            var held = RowSubset.View(Data.View, Folds.Splits[split].Test, $"test rows of {Folds.Name(split)}");
            var model = pipeline.Fit(rows, context);
            return new CurveFit(train.Length, Measure(model.Transform(rows)), Measure(model.Transform(held)));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A part that is too small for an algorithm leaves a gap in its curve, and no more.
            return new CurveFit(train.Length, double.NaN, double.NaN, error.Message);
        }
    }

    private double Measure(IDataView scored) => TaskEvaluation.Measure(
        _task, scored, _options.LabelColumn is null ? null : PreparedData.Label, "GroupId", _options.FeatureColumn, _context.CancellationToken)[Metric.Name].Value;

    // In the order of the data, so that a part of all rows is what a fit without parts gets.
    private static int[] PartOf(int[] order, double fraction)
    {
        int[] part = order[..Math.Clamp((int)Math.Round(fraction * order.Length), Math.Min(2, order.Length), order.Length)];
        Array.Sort(part);
        return part;
    }

    // The i-th of the n_c rows of a class comes at (i + ½) / n_c of the whole, so that every part has the classes in proportion.
    private static int[] Order(int[] rows, int[]? codes, RandomStream random)
    {
        int[] order = [.. rows];
        random.Shuffle(order.AsSpan());
        if (codes is null)
            return order;
        var sizes = order.GroupBy(row => codes[row]).ToDictionary(g => g.Key, g => g.Count());
        var seen = new Dictionary<int, int>();
        double[] places = [.. order.Select(row =>
        {
            int before = seen.GetValueOrDefault(codes[row]);
            seen[codes[row]] = before + 1;
            return (before + 0.5) / sizes[codes[row]];
        })];
        return [.. order.Index().OrderBy(r => places[r.Index]).ThenBy(r => r.Index).Select(r => r.Item)];
    }
}
