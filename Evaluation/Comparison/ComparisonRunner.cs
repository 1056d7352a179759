using System.Diagnostics;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// Runs a comparison: every candidate on the same folds. Units of work, one fold of one candidate each, run side by side; each gets a random
/// stream from (seed, candidate by name, repeat, fold), so that neither their order nor the number of threads shows in the result.
/// </summary>
internal sealed class ComparisonRunner
{
    private readonly LearningTask _task;
    private readonly IReadOnlyList<KeyValuePair<string, IEstimator<ITransformer>>> _candidates;
    private readonly ComparisonOptions _options;
    private readonly FitContext _context;
    private readonly PreparedData _data;
    private readonly FoldDesign _folds;
    private readonly MetricDescription _metric;
    private readonly Unit?[] _units; // by fold, then by candidate: an interruption leaves whole folds
    private readonly Exception?[] _errors;
    private readonly List<Diagnosis>[] _diagnoses; // by unit, so that which of several alike is told does not depend on which unit came first
    private readonly CalibrationTest?[] _calibrations; // by candidate
    private int _done;

    private ComparisonRunner(
        LearningTask task, CandidateSet candidates, ComparisonOptions options, FitContext context, PreparedData data, FoldDesign folds, MetricDescription metric)
    {
        (_task, _candidates, _options, _context, _data, _folds, _metric) = (task, [.. candidates], options, context, data, folds, metric);
        _units = new Unit?[folds.Splits.Count * _candidates.Count];
        _errors = new Exception?[_units.Length];
        _diagnoses = [.. _units.Select(_ => new List<Diagnosis>())];
        _calibrations = new CalibrationTest?[_candidates.Count];
    }

    /// <summary>One finished fold of one candidate.</summary>
    private sealed record Unit(FoldResult Result, ScoredRows? Rows, IReadOnlyList<ReportSection> ModelSections, FitObservation? Fit, long? ModelBytes)
    {
        /// <summary>On the only split: draws of its rows, and the metrics of each.</summary>
        public BcaInterval.Run? Bootstrap { get; init; }
    }

    public static ComparisonReport Run(
        LearningTask task, IDataView view, CandidateSet candidates, ComparisonOptions options, FitContext context)
    {
        options.Validate(task, candidates);
        if (options.Design == ComparisonDesign.FiveByTwo)
            options = options with { Folds = 2, Repeats = 5 };
        var metric = options.Metric is { } name
            ? MetricCatalog.Find(task, name)
            : MetricCatalog.Primary(task, options.LabelColumn is not null);
        var clock = Stopwatch.StartNew();
        context = context with { Seed = options.Seed };
        var data = PreparedData.Load(task, view, options, context);
        var folds = FoldDesign.Make(task, data, options, context.CancellationToken);
        var runner = new ComparisonRunner(task, candidates, options, context, data, folds, metric);
        try
        {
            runner.RunUnits();
            return runner.Collect(clock.Elapsed, complete: true);
        }
        catch (OperationCanceledException)
        {
            throw new ComparisonCanceledException(runner.Collect(clock.Elapsed, complete: false), context.CancellationToken);
        }
    }

    private void RunUnits()
    {
        // With enough units each runs on one thread; a few large ones share the threads inside.
        int lanes = Math.Min(_context.Threads, _units.Length);
        int threadsEach = Math.Max(1, _context.Threads / lanes);
        ParallelLoop.For(_units.Length, chunkSize: 1, lanes, _context.CancellationToken, (unit, _, _) => RunUnit(unit, threadsEach));
    }

    private void RunUnit(int unit, int threads)
    {
        int split = unit / _candidates.Count;
        var (name, pipeline) = _candidates[unit % _candidates.Count];
        var (repeat, fold) = (_folds.Splits[split].Repeat, _folds.Splits[split].Fold);
        var context = _context.Step(name).Step($"repeat {repeat + 1}").Step($"fold {fold + 1}") with
        {
            Threads = threads,
            Progress = null,
            DiagnosisSink = diagnosis => Note(unit, diagnosis),
        };
        try
        {
            _units[unit] = Measure(pipeline, split, repeat, fold, context);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _errors[unit] = error;
        }

        int done = Interlocked.Increment(ref _done);
        _context.Progress?.Report(new FitProgress([name, $"fold {fold + 1}"], done, _units.Length, null, BestSoFar()));
    }

    private Unit Measure(IEstimator<ITransformer> pipeline, int split, int repeat, int fold, FitContext context)
    {
        var rows = _folds.Splits[split];
        var train = RowSubset.View(_data.View, rows.Train, $"training rows of {_folds.Name(split)}");
        var test = RowSubset.View(_data.View, rows.Test, $"test rows of {_folds.Name(split)}");
        var clock = Stopwatch.StartNew();
        var model = pipeline.Fit(train, context);
        var fitTime = clock.Elapsed;
        clock.Restart();
        var scored = ScoredRows.Read(_task, model.Transform(test), Columns, context.CancellationToken);
        var predictTime = clock.Elapsed;
        var metrics = Judge(scored, context.CancellationToken);
        return new Unit(
            new FoldResult(repeat, fold, rows.Train.Length, rows.Test.Length, metrics, fitTime, predictTime),
            repeat == 0 && _task != LearningTask.Clustering ? scored : null,
            split == 0 ? ReportSections.Of(model) : [],
            split == 0 ? FitObservation.Of(_task, pipeline, model, train, Columns.Label, rows => Judge(rows, context.CancellationToken), context.CancellationToken) : null,
            split == 0 ? ModelSize.Of(model, context.CancellationToken) : null)
        {
            Bootstrap = _folds.Design == ComparisonDesign.HoldOut && _task != LearningTask.Clustering ? Bootstrap(scored, context) : null,
        };
    }

    // Every candidate is measured on the same draws of rows, so that differences can be looked at draw by draw.
    private BcaInterval.Run Bootstrap(ScoredRows rows, FitContext context) => BcaInterval.Resample(
        rows.Count,
        times => [.. Judge(rows.Counted(times), context.CancellationToken).All.Select(m => m.Value)],
        new BootstrapOptions { Seed = _options.Seed, Groups = _folds.TestGroups },
        context);

    private ScoredColumns Columns => new(
        Label: _options.LabelColumn is null ? null : PreparedData.Label,
        Features: _task == LearningTask.Clustering ? _options.FeatureColumn : null);

    private EvaluationMetrics Judge(ScoredRows rows, CancellationToken cancellationToken) => _data.BinaryClasses.Count == 2
        ? Evaluation.Judge.Evaluate(rows, _data.BinaryClasses[1], _data.BinaryClasses[0], cancellationToken)
        : Evaluation.Judge.Evaluate(rows, cancellationToken: cancellationToken);

    // A fit may tell of problems from several threads.
    private void Note(int unit, Diagnosis diagnosis)
    {
        lock (_diagnoses[unit])
            _diagnoses[unit].Add(diagnosis);
    }

    // "forest, Accuracy 0.953", by the mean over the folds that are finished by now; null before there is any. It serves those who wait, no result.
    private string? BestSoFar()
    {
        var means = Enumerable.Range(0, _candidates.Count).Select(c =>
        {
            var scores = Enumerable.Range(0, _folds.Splits.Count).Select(split => _units[(split * _candidates.Count) + c])
                .OfType<Unit>().Select(u => u.Result.Metrics[_metric.Name].Value).ToList();
            return (_candidates[c].Key, Mean: scores.Count == 0 ? double.NaN : scores.Average());
        }).Where(m => !double.IsNaN(m.Mean)).ToList();
        if (means.Count == 0)
            return null;
        var (best, mean) = _metric.HigherIsBetter ? means.MaxBy(m => m.Mean) : means.MinBy(m => m.Mean);
        return $"{best}, {_metric.DisplayName} {NumberFormat.Number(mean)}";
    }

    private ComparisonReport Collect(TimeSpan duration, bool complete)
    {
        var results = _candidates.Select((candidate, c) => CollectCandidate(candidate.Key, candidate.Value, c, complete)).ToList();
        // Best first by the mean; equal ones by name, so that the order of the candidates does not show.
        double Key(CandidateResult r) => r.Score is { } s && !double.IsNaN(s.Mean) ? (_metric.HigherIsBetter ? -s.Mean : s.Mean) : double.PositiveInfinity;
        results = [.. results.OrderBy(r => r.Error is not null).ThenBy(Key).ThenBy(r => r.Name, StringComparer.Ordinal)];
        Rank(results);
        return new ComparisonReport
        {
            Task = _task,
            DataSource = _data.View.Lineage.Source,
            DataFingerprint = _data.Fingerprint,
            Data = _data.Summary,
            Options = _options,
            Design = _folds.Description,
            FoldFingerprint = SplitFingerprint.Of(_folds.Splits),
            BinaryClasses = _data.BinaryClasses,
            TestToTrainRatio = _folds.TestToTrainRatio,
            Metric = _metric,
            Candidates = results,
            Notes = [.. _data.Notes, .. _folds.Notes],
            Findings = complete ? Doctor.Examine(Subject(results), _options.Doctor) : [],
            IsComplete = complete,
            Duration = duration,
        };
    }

    private DoctorSubject Subject(List<CandidateResult> results)
    {
        var fits = Enumerable.Range(0, _candidates.Count).ToDictionary(c => _candidates[c].Key, c => (_units[c]?.Fit, Calibration: _calibrations[c]));
        return DoctorSubject.Of(_task, _data, _folds, _options, _metric,
            results.ConvertAll(r => new CandidateSubject(r, fits[r.Name].Fit, fits[r.Name].Calibration)), _context.CancellationToken);
    }

    private CandidateResult CollectCandidate(string name, IEstimator<ITransformer> pipeline, int c, bool complete)
    {
        var units = Enumerable.Range(0, _folds.Splits.Count).Select(split => (split * _candidates.Count) + c).ToList();
        var finished = units.Select(u => _units[u]).OfType<Unit>().ToList();
        // The same problem in several folds is told once, in the words of the first of them.
        var diagnoses = units.SelectMany(u => _diagnoses[u].OrderBy(d => d.Message, StringComparer.Ordinal)).DistinctBy(d => (d.Severity, d.Code))
            .OrderByDescending(d => d.Severity).ThenBy(d => d.Code, StringComparer.Ordinal).ToList();
        var result = new CandidateResult
        {
            Name = name,
            Pipeline = $"{pipeline}",
            Steps = PipelineStep.Of(pipeline),
            Folds = finished.ConvertAll(u => u.Result),
            ModelSections = finished.FirstOrDefault()?.ModelSections ?? [],
            ModelBytes = finished.FirstOrDefault()?.ModelBytes,
            Diagnoses = diagnoses,
        };
        if (units.Select(u => _errors[u]).FirstOrDefault(e => e is not null) is { } error)
            return result with { Error = error.Message };
        if (finished.Count == 0)
            return result with { Error = "No fold was finished before the interruption." };

        var metrics = MetricCatalog.For(_task).Select((m, place) => (m.Name, Scores: Summarize(m.Name, place, finished))).ToDictionary(m => m.Name, m => m.Scores);
        var pooled = complete ? Pool(name, c, finished) : null;
        return result with
        {
            Metrics = metrics,
            Score = metrics[_metric.Name],
            Pooled = pooled?.Metrics,
            Predictions = pooled?.Predictions ?? [],
        };
    }

    private ResampledScores Summarize(string metric, int place, List<Unit> units)
    {
        if (units[0].Bootstrap is not { } draws)
            return ResampledScores.Summarize([.. units.Select(u => u.Result.Metrics[metric].Value)], _folds.TestToTrainRatio);
        var value = units[0].Result.Metrics[metric];
        return ResampledScores.OfOneSplit(draws.IntervalOf(place) with { Estimate = value.Value }, value.UndefinedReason);
    }

    private (EvaluationMetrics Metrics, IReadOnlyList<(float, float)> Predictions)? Pool(string name, int c, List<Unit> units)
    {
        if (_task == LearningTask.Clustering)
        {
            // Clusters of different fits have nothing to do with each other, so one fit on all rows stands for them.
            var model = _candidates[c].Value.Fit(_data.View, _context.Step(name).Step("all rows") with { Progress = null });
            var all = ScoredRows.Read(_task, model.Transform(_data.View), Columns, _context.CancellationToken);
            return (Judge(all, _context.CancellationToken), []);
        }

        var pooled = ScoredRows.Empty(_task);
        foreach (var unit in units)
        {
            if (unit.Rows is { } rows)
                pooled.Add(rows);
        }

        _calibrations[c] = CalibrationTest.Of(pooled);
        var pairs = new List<(float, float)>();
        for (int i = 0; _task == LearningTask.Regression && i < pooled.Count; i++)
            pairs.Add((pooled.Targets[i], pooled.Scores[i]));
        return (Judge(pooled, _context.CancellationToken), pairs);
    }

    // Ranks, and tests each candidate against the best one.
    private void Rank(List<CandidateResult> results)
    {
        int ranked = results.TakeWhile(r => r.Error is null).Count();
        if (ranked == 0)
            return;
        var tests = new CandidateTests(_task, _options, _metric, _folds, results[0].Score?.Mean ?? double.NaN);
        var best = Measured(results[0]);
        var outcomes = results.Take(ranked).Skip(1).Select(r => tests.Compare(best, Measured(r))).ToList();
        double[] adjusted = Holm.Adjust([.. outcomes.Select(o => o.Test.PValue)]);
        results[0] = results[0] with { Rank = 1 };
        for (int i = 1; i < ranked; i++)
        {
            var (difference, test, beside) = outcomes[i - 1];
            results[i] = results[i] with
            {
                Rank = i + 1,
                VersusBest = difference,
                Test = test,
                Bayesian = beside,
                AdjustedPValue = adjusted[i - 1],
            };
        }
    }

    private CandidateTests.Measured Measured(CandidateResult result)
    {
        int place = Enumerable.Range(0, _candidates.Count).First(c => _candidates[c].Key == result.Name);
        var only = _folds.Design == ComparisonDesign.HoldOut ? _units[place] : null;
        return new CandidateTests.Measured([.. result.Folds.Select(f => f.Metrics[_metric.Name].Value)], only?.Rows, only?.Bootstrap);
    }
}
