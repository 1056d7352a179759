using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Deep;

/// <summary>One training: the loop over epochs and batches.</summary>
internal sealed partial class NetworkTrainingRun
{
    private readonly NetworkArchitecture _architecture;
    private readonly LabelledExamples _train;
    private readonly LabelledExamples? _validation;
    private readonly NetworkTrainerOptions _options;
    private readonly FitContext _context;
    private readonly CpuBackend _backend;
    private readonly Network _network;
    private readonly Parameter[] _weights;
    private readonly NetworkObjective _objective;
    private readonly NetworkSteps _steps;
    private readonly RandomStream _passes;
    private readonly double _meanWeight;
    private readonly NetworkDiagnosis _diagnosis;
    private readonly BestState _best;
    private readonly List<NetworkEpoch> _epochs = [];
    private readonly int _epochCount, _batches, _used;
    private float[] _outputs = [];
    private long _batchesDone;

    public NetworkTrainingRun(
        NetworkArchitecture architecture, LabelledExamples train, LabelledExamples? validation, NetworkTrainerOptions options, FitContext context)
    {
        (_architecture, _options, _context) = (architecture, options, context);
        (_train, _validation) = OwnSplit(train, validation, options, context);
        _backend = new CpuBackend(context.Threads);
        _network = architecture.Build();
        _network.Initialize(_backend, context.CreateRandom("weights", options.Seed));
        _weights = options.WeightPenalty > 0 ? [.. _network.Parameters().Select(p => p.Parameter).Where(p => p.IsLearned && p.Shape.Rank >= 2)] : [];
        _objective = NetworkObjective.Of(_train, architecture.Outputs, options.LabelSmoothing);
        _passes = context.CreateRandom("passes", options.Seed);
        _meanWeight = _train.HasWeights ? Enumerable.Range(0, _train.Count).Average(row => (double)_train.Weight(row)) : 1;
        _epochCount = options.FastDevRun ? 1 : options.Epochs;
        _batches = (int)(((long)_train.Count + options.BatchSize - 1) / options.BatchSize);
        _used = options.FastDevRun || options.OverfitOneBatch ? 1 : _batches;
        long steps = (long)_epochCount * ((_used + options.AccumulateBatches - 1) / options.AccumulateBatches);
        _steps = new NetworkSteps(options, _network.Parameters().Select(p => p.Parameter), (int)Math.Min(steps, int.MaxValue));
        _diagnosis = new NetworkDiagnosis(_network, _train, options, _objective.Baseline(_train), context);
        _best = new BestState(_network);
    }

    /// <summary>Trains.</summary>
    /// <exception cref="DataException">The loss grew beyond all bounds.</exception>
    public TrainedNetwork Learn()
    {
        try
        {
            return LearnEpochs();
        }
        catch (ArithmeticException error) when (_options.DetectAnomalies)
        {
            throw new DataException($"In epoch {_epochs.Count + 1}: {error.Message}", error);
        }
    }

    private TrainedNetwork LearnEpochs()
    {
        var order = _context.CreateRandom("order", _options.Seed);
        string reason = $"All {_epochCount} epochs were done.";
        bool converged = false;
        var clock = new ProgressClock();
        for (int epoch = 1; epoch <= _epochCount; epoch++)
        {
            int[] rows = order.Derive(_options.OverfitOneBatch ? 0 : epoch - 1).Permutation(_train.Count);
            bool goesOn = true;
            double sum = 0, loss = 0;
            int seen = 0, batch = 0;
            var metric = default(MetricSums);
            while (batch < _used && goesOn)
            {
                // Batches of one size, give or take a row: a last one of a few rows would step as far as the others on less evidence.
                int start = (int)((long)_train.Count * batch / _batches), end = (int)((long)_train.Count * (batch + 1) / _batches);
                batch++;
                loss = Step(rows.AsSpan(start, end - start), epoch, batch, ref metric);
                (sum, seen) = (sum + (loss * (end - start)), seen + end - start);
                goesOn = Ask(c => c.AfterBatch(new(epoch, batch, _used, loss, _steps.LearningRate, _network)));
                clock.Report(_context, epoch, _epochCount, batch, _used, seen, sum / seen);
            }

            var (validationLoss, validationMetric) = Validate(epoch);
            var result = new NetworkEpoch(sum / seen, metric.Value, validationLoss, validationMetric, _steps.LearningRate);
            _epochs.Add(result);
            _best.Offer(epoch, validationLoss);
            _steps.EndEpoch(_validation is null ? result.Loss : validationLoss);
            _diagnosis.EndEpoch(_epochs);
            _context.Report(epoch, _epochCount, result.Loss, clock.Describe(result, _objective.Metric, epoch, _epochCount, seen));
            goesOn &= Ask(c => c.AfterEpoch(new(epoch, batch, _used, loss, _steps.LearningRate, _network, result)));
            if (!goesOn)
            {
                reason = $"A callback ended the training in epoch {epoch}.";
                break;
            }

            if (_best.HasLoss && epoch - _best.Epoch >= _options.Patience)
            {
                converged = true;
                reason = $"The loss on the validation rows had not fallen for {_options.Patience} epochs; the parameters are those of epoch {_best.Epoch}.";
                break;
            }
        }

        _diagnosis.End(_epochs, _best.Epoch);
        var state = _best.HasLoss ? _best.State : _network.GetState();
        if (state.Values.Any(values => !Array.TrueForAll(values, float.IsFinite))) throw Diverged(_epochs.Count);
        return new(_architecture, state, _objective.Scale, new NetworkHistory(_epochs, _best.HasLoss ? _best.Epoch : _epochs.Count, converged, reason), _diagnosis.Findings);
    }

    // The gradients of a batch, and a step where enough batches are together.
    private double Step(ReadOnlySpan<int> rows, int epoch, int batch, ref MetricSums metric)
    {
        int together = _options.AccumulateBatches, first = (batch - 1) / together * together, count = Math.Min(together, _used - first);
        bool probes = _diagnosis.Probes(epoch, batch);
        double loss = AddGradients(rows, 1f / count, probes, ref metric);
        if (!double.IsFinite(loss)) throw Diverged(epoch);
        if (probes) _diagnosis.Gradients(loss);
        if (batch - first == count) _steps.Next();
        return loss;
    }

    // Forward, loss, and backward from a share of it.
    private double AddGradients(ReadOnlySpan<int> rows, float share, bool probes, ref MetricSums metric)
    {
        _context.Checkpoint();
        using var scope = TensorScope.Begin(detectAnomalies: _options.DetectAnomalies);
        var random = _passes.Derive(_batchesDone++);
        var pass = Pass.Training(random.Derive("pass"), (layer, y) =>
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            if (probes) _diagnosis.Observe(layer, y);
        });
        var outputs = _network.Forward(_train.Examples.Read(_backend, rows, random.Derive("augmentation")), pass);
        var loss = Objective(outputs, _train, rows, _meanWeight);
        double value = loss.Item();
        foreach (var weight in _weights) loss += weight.Value.Square().Sum() * (float)(0.5 * _options.WeightPenalty);
        if (!double.IsFinite(value)) return value;
        Measure(outputs, _train, rows, ref metric);
        (share == 1 ? loss : loss * share).Backward();
        return value;
    }

    // The mean loss of rows, where each counts by its weight whatever stands beside it: the weighted mean times the batch's weight to be expected.
    private Tensor Objective(Tensor outputs, LabelledExamples examples, ReadOnlySpan<int> rows, double meanWeight)
    {
        if (!outputs.Shape.Equals([rows.Length, _architecture.Outputs]))
            throw new InvalidOperationException($"The network {_architecture} gave outputs of shape {outputs.Shape} for {rows.Length} rows; {_architecture.Outputs} for each are needed.");
        if (!examples.HasWeights) return _objective.Loss(outputs, examples, rows, weights: null);
        var weights = new float[rows.Length];
        double total = 0;
        for (int i = 0; i < rows.Length; i++) total += weights[i] = examples.Weight(rows[i]);
        return _objective.Loss(outputs, examples, rows, Tensor.From(outputs.Backend, weights, [rows.Length])) * (float)(total / (rows.Length * meanWeight));
    }

    private (double Loss, double Metric) Validate(int epoch)
    {
        if (_validation is null) return (double.NaN, double.NaN);
        int n = _options.FastDevRun ? Math.Min(_validation.Count, _options.BatchSize) : _validation.Count;
        int size = Math.Min(n, Math.Max(_options.BatchSize, 128));
        double sum = 0, weight = 0;
        var metric = default(MetricSums);
        var rows = new int[size];
        for (int start = 0; start < n; start += size)
        {
            _context.Checkpoint();
            int count = Math.Min(size, n - start);
            for (int i = 0; i < count; i++) weight += _validation.Weight(rows[i] = start + i);
            using var scope = TensorScope.Begin(records: false);
            var outputs = _network.Forward(_validation.Examples.Read(_backend, rows.AsSpan(0, count)), Pass.Scoring);
            sum += (double)Objective(outputs, _validation, rows.AsSpan(0, count), meanWeight: 1).Item() * count;
            Measure(outputs, _validation, rows.AsSpan(0, count), ref metric);
        }

        return (sum / weight, metric.Value);
    }

    private void Measure(Tensor outputs, LabelledExamples examples, ReadOnlySpan<int> rows, ref MetricSums metric)
    {
        if (_outputs.Length < outputs.Shape.Size) _outputs = new float[outputs.Shape.Size];
        outputs.CopyTo(_outputs);
        _objective.Measure(_outputs.AsSpan(0, outputs.Shape.Size), examples, rows, ref metric);
    }

    private bool Ask(Func<INetworkCallback, bool> question)
    {
        bool goesOn = true;
        foreach (var callback in _options.Callbacks) goesOn &= question(callback);
        return goesOn;
    }

    private DataException Diverged(int epoch) => new(_diagnosis.Diverged(epoch).Message);

    // Of each class the same part, from a random order.
    private static (LabelledExamples Train, LabelledExamples? Validation) OwnSplit(
        LabelledExamples train, LabelledExamples? validation, NetworkTrainerOptions options, FitContext context)
    {
        if (validation is not null || options.ValidationFraction == 0 || options.OverfitOneBatch) return (train, validation);
        int n = train.Count, aside = Math.Min((int)Math.Round(n * options.ValidationFraction), n - 1);
        if (aside < 1) return (train, null);
        int[] rows = context.CreateRandom("validation", options.Seed).Permutation(n);
        if (train.Kind != LabelKind.Regression)
        {
            int[] classes = train.Classes.ToArray();
            rows = [.. rows.OrderBy(row => classes[row])]; // a stable order: random within each class
        }

        bool IsAside(int i) => (long)(i + 1) * aside / n > (long)i * aside / n;
        return (train.Select([.. rows.Where((_, i) => !IsAside(i)).Order()]), train.Select([.. rows.Where((_, i) => IsAside(i)).Order()]));
    }
}
