using MLPath.Trainers;

namespace MLPath.Deep;

/// <summary>
/// Watches a training for what goes wrong with networks, and says each thing once, in plain words, with the remedy. It looks closely only at the first
/// batches of epochs 1, 2, 4, 8, …, so that looking costs next to nothing.
/// </summary>
internal sealed class NetworkDiagnosis
{
    private const int BatchesOfProbe = 4, RowsOfInputs = 1024;
    private const double DeadShare = 0.5, LargestInput = 20, SmallestInput = 0.02, LargestNorm = 1e3, VanishingRatio = 1e-4;
    private const double Unmoved = 0.99, HardlyBetter = 0.95, RisenAgain = 1.1, Grown = 3;
    private const int EpochsOfStagnation = 5, EpochsOfOverfitting = 3;

    private readonly FitContext _context;
    private readonly NetworkTrainerOptions _options;
    private readonly double _baseline;
    private readonly Dictionary<Layer, string> _paths = [];
    private readonly Dictionary<string, bool[]> _alive = [];
    private readonly (string Path, Parameter Parameter)[] _weights;
    private readonly List<NetworkFinding> _findings = [];
    private double? _firstLoss;

    /// <summary>Begins to watch; looks at the inputs.</summary>
    /// <param name="network">The network, initialised.</param>
    /// <param name="train">What it learns from.</param>
    /// <param name="options">The options.</param>
    /// <param name="baseline">The loss that is reached without looking at the examples.</param>
    /// <param name="context">Hears of what is found.</param>
    public NetworkDiagnosis(Network network, LabelledExamples train, NetworkTrainerOptions options, double baseline, FitContext context)
    {
        (_options, _baseline, _context) = (options, baseline, context);
        _weights = [.. network.Parameters().Where(p => p.Parameter.IsLearned && p.Parameter.Shape.Rank >= 2)];
        foreach (var (path, module) in NetworkSummary.Walk(network))
        {
            if (module is Layer layer) _paths.TryAdd(layer, path);
        }

        Inputs(train);
    }

    /// <summary>What was found.</summary>
    public IReadOnlyList<NetworkFinding> Findings => _findings;

    /// <summary>Whether to look closely at a batch.</summary>
    public bool Probes(int epoch, int batch)
    {
        bool probes = batch <= BatchesOfProbe && (epoch & (epoch - 1)) == 0;
        if (probes && batch == 1) _alive.Clear();
        return probes;
    }

    /// <summary>Looks at a layer's output: which units of a ReLU gave more than 0 for a row.</summary>
    public void Observe(Layer layer, Tensor y)
    {
        if (layer is not Activation { Function: UnaryFunction.ReLU } || !_paths.TryGetValue(layer, out string? path)) return;

        // [rows, units], [rows, time, units] or [rows, channels, height, width]: a channel is one unit that looks everywhere.
        int units = y.Shape.Rank == 4 ? y.Shape[1] : y.Shape[^1], repeats = y.Shape.Rank == 4 ? y.Shape[2] * y.Shape[3] : 1;
        if (!_alive.TryGetValue(path, out bool[]? alive)) _alive[path] = alive = new bool[units];
        float[] values = y.ToArray();
        for (int i = 0; i < values.Length; i++) alive[i / repeats % units] |= values[i] > 0;
    }

    /// <summary>Looks at the gradients of a batch.</summary>
    /// <param name="loss">The batch's loss.</param>
    public void Gradients(double loss)
    {
        _firstLoss ??= loss;
        double square = 0;
        double first = 0, last = 0;
        bool isFirst = true;
        using var scope = TensorScope.Begin(records: false);
        foreach (var (_, parameter) in _weights)
        {
            if (parameter.Value.Gradient is not { } gradient) continue;

            // The penalty's part says nothing of what comes back from the loss.
            if (_options.WeightPenalty > 0) gradient -= parameter.Value * (float)_options.WeightPenalty;
            double norm = gradient.Backend.Norm(gradient, 2), size = norm / Math.Sqrt(gradient.Shape.Size);
            square += norm * norm;
            if (isFirst) (first, isFirst) = (size, false);
            last = size;
        }

        double total = Math.Sqrt(square);
        if (total > LargestNorm && _options.GradientClipping == 0)
        {
            Find(DiagnosisSeverity.Warning, "exploding-gradients",
                $"The gradient of a batch is {Number(total)} long, and steps by it are wild. Set GradientClipping to 1, lower LearningRate, or bring the features and the label to one scale.");
        }

        if (_weights.Length >= 3 && first < VanishingRatio * last)
        {
            Find(DiagnosisSeverity.Warning, "vanishing-gradients",
                $"The gradient of the first layer, '{_weights[0].Path}', is {Number(last / first)} times smaller than that of the last: the first layers hardly learn. "
                + "Use ReLU or GELU instead of tanh or a sigmoid, normalisation, residual connections, or fewer layers.");
        }
    }

    /// <summary>Looks at an epoch that has just ended.</summary>
    public void EndEpoch(IReadOnlyList<NetworkEpoch> epochs)
    {
        foreach (var (path, alive) in _alive)
        {
            int dead = alive.Count(isAlive => !isAlive);
            if (epochs.Count < 2 || dead <= DeadShare * alive.Length) continue;
            Find(DiagnosisSeverity.Warning, "dead-relus",
                $"{dead} of the {alive.Length} units of '{path}' gave 0 for every row of several batches: they are dead and learn nothing any more. "
                + "Lower LearningRate, take LeakyReLU or GELU, or bring the features to one scale.");
        }

        _alive.Clear();
        double loss = epochs[^1].Loss;
        double before = Math.Max(_firstLoss ?? _baseline, _baseline);
        if (loss > Grown * before)
        {
            Find(DiagnosisSeverity.Warning, "exploding-loss",
                $"The loss grew from {Number(before)} to {Number(loss)} in epoch {epochs.Count}: the steps are too long. Lower LearningRate, set GradientClipping to 1, or normalise the features.");
        }
    }

    /// <summary>Looks at the whole.</summary>
    /// <param name="epochs">All epochs.</param>
    /// <param name="best">The epoch, from 1, that was best on the validation rows; 0 without them.</param>
    public void End(IReadOnlyList<NetworkEpoch> epochs, int best)
    {
        if (_options.FastDevRun) return;
        double least = epochs.Min(e => e.Loss), first = epochs[0].Loss;
        if (epochs.Count >= EpochsOfStagnation && least > Unmoved * first && least > 0.1 * _baseline)
        {
            Find(DiagnosisSeverity.Warning, "stagnation",
                $"The loss has not moved from {Number(first)} in {epochs.Count} epochs. Try another LearningRate (raise it tenfold, then lower it tenfold), normalise the features, "
                + "and see whether the network can learn one batch by heart with OverfitOneBatch.");
        }
        else if (epochs.Count >= EpochsOfStagnation && least > HardlyBetter * _baseline)
        {
            Find(DiagnosisSeverity.Warning, "underfitting",
                $"The loss on the training rows, {Number(least)}, is hardly below the {Number(_baseline)} of always giving the same answer. "
                + "Take more units or layers, more Epochs, another LearningRate or less regularisation; or the features say little about the label.");
        }

        if (best == 0 || epochs.Count - best < EpochsOfOverfitting) return;
        var (atBest, atEnd) = (epochs[best - 1], epochs[^1]);
        if (atEnd.ValidationLoss > RisenAgain * atBest.ValidationLoss && atEnd.Loss < atBest.Loss)
        {
            Find(DiagnosisSeverity.Warning, "overfitting",
                $"From epoch {best} on the loss on the validation rows rose from {Number(atBest.ValidationLoss)} to {Number(atEnd.ValidationLoss)} while that on the training rows fell to {Number(atEnd.Loss)}: "
                + $"the network learned them by heart. The parameters of epoch {best} are kept. More rows help most; then dropout, WeightDecay, augmentation, or a smaller network.");
        }
    }

    /// <summary>The loss is not a number any more.</summary>
    public NetworkFinding Diverged(int epoch) => Find(DiagnosisSeverity.Error, "diverged",
        $"The loss grew beyond all bounds in epoch {epoch}. Bring the features to one scale first, for example with Transforms.NormalizeMeanVariance, "
        + $"or lower {nameof(NetworkTrainerOptions.LearningRate)}, or set {nameof(NetworkTrainerOptions.GradientClipping)} to 1.");

    // The root mean square of each number of the first rows.
    private void Inputs(LabelledExamples train)
    {
        using var scope = TensorScope.Begin(records: false);
        var batch = train.Examples.Read(new CpuBackend(), Enumerable.Range(0, Math.Min(RowsOfInputs, train.Count)).ToArray());
        if (batch.HasTokens) return;
        float[] values = batch.Values.ToArray();
        int size = values.Length / batch.Rows;
        var squares = new double[size];
        for (int i = 0; i < values.Length; i++) squares[i % size] += (double)values[i] * values[i] / batch.Rows;
        int largest = Array.IndexOf(squares, squares.Max());
        double root = Math.Sqrt(squares[largest]);
        if (root is <= LargestInput and (>= SmallestInput or 0)) return;
        string what = train.FeatureNames.Count == size ? $"feature '{train.FeatureNames[largest]}'" : "the features";
        Find(DiagnosisSeverity.Warning, "unscaled-inputs",
            $"The size of {what} is about {Number(root)}; networks learn well from numbers of about 1. Bring the features to one scale, for example with Transforms.NormalizeMeanVariance, "
            + "or images to 0 to 1.");
    }

    private NetworkFinding Find(DiagnosisSeverity severity, string code, string message)
    {
        if (_findings.Find(f => f.Code == code) is { } found) return found;
        var finding = new NetworkFinding(severity, code, message);
        _findings.Add(finding);
        _context.Diagnose(severity, code, message);
        return finding;
    }

    private static string Number(double value) => value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
}
