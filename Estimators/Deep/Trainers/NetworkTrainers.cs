using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>Trains a network to tell two classes apart. Trainers of one kind of network derive from it; with options of one's own it serves as it is.</summary>
/// <param name="options">The options, which describe the network.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public class NetworkBinaryTrainer(NetworkTrainerOptions options) : BinaryTrainer<NetworkBinaryModelParameters>(options)
{
    private readonly NetworkTrainerOptions _options = options.Checked();

    /// <inheritdoc/>
    public override TrainerInfo Info => NetworkTrainer.InfoOf(_options) with { GivesProbabilities = true };

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => _options.Values();

    /// <inheritdoc/>
    public override string ToString() => _options.Describe();

    /// <inheritdoc/>
    protected override NetworkBinaryModelParameters Train(TrainingData data, FitContext context)
    {
        TrainerChecks.CheckClasses(data, _options.LabelColumnName);
        return new(Learn(data, ReadValidationData(data, context), LabelKind.Binary, 1, _options, context));
    }

    /// <summary>Looks for a learning rate: trains in steps of growing rates, until the loss has grown well beyond its least.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="context">Progress, cancellation, threads, randomness; the default when omitted.</param>
    public LearningRateCurve FindLearningRate(IDataView data, FitContext? context = null)
    {
        var finder = new Finder(_options);
        finder.Fit(data, context ?? FitContext.Default);
        return finder.Curve!;
    }

    // What becomes of the rows that a fit has read.
    private protected virtual TrainedNetwork Learn(TrainingData data, TrainingData? validation, LabelKind kind, int outputs, NetworkTrainerOptions options, FitContext context) =>
        NetworkTrainer.Train(data, validation, kind, outputs, options, context);

    private sealed class Finder(NetworkTrainerOptions options) : NetworkBinaryTrainer(options)
    {
        public LearningRateCurve? Curve { get; private set; }

        private protected override TrainedNetwork Learn(TrainingData data, TrainingData? validation, LabelKind kind, int outputs, NetworkTrainerOptions options, FitContext context)
        {
            (Curve, var untrained) = NetworkTrainer.FindLearningRate(data, kind, outputs, options, context);
            return untrained;
        }
    }
}

/// <summary>Trains a network to tell several classes apart. Trainers of one kind of network derive from it; with options of one's own it serves as it is.</summary>
/// <param name="options">The options, which describe the network.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public class NetworkMulticlassTrainer(NetworkTrainerOptions options) : MulticlassTrainer<NetworkMulticlassModelParameters>(options)
{
    private readonly NetworkTrainerOptions _options = options.Checked();

    /// <inheritdoc/>
    public override TrainerInfo Info => NetworkTrainer.InfoOf(_options) with { GivesProbabilities = true };

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => _options.Values();

    /// <inheritdoc/>
    public override string ToString() => _options.Describe();

    /// <inheritdoc/>
    protected override NetworkMulticlassModelParameters Train(TrainingData data, FitContext context)
    {
        TrainerChecks.CheckClasses(data, _options.LabelColumnName);
        return new(Learn(data, ReadValidationData(data, context), LabelKind.Multiclass, data.ClassCount, _options, context));
    }

    /// <summary>Looks for a learning rate: trains in steps of growing rates, until the loss has grown well beyond its least.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="context">Progress, cancellation, threads, randomness; the default when omitted.</param>
    public LearningRateCurve FindLearningRate(IDataView data, FitContext? context = null)
    {
        var finder = new Finder(_options);
        finder.Fit(data, context ?? FitContext.Default);
        return finder.Curve!;
    }

    // What becomes of the rows that a fit has read.
    private protected virtual TrainedNetwork Learn(TrainingData data, TrainingData? validation, LabelKind kind, int outputs, NetworkTrainerOptions options, FitContext context) =>
        NetworkTrainer.Train(data, validation, kind, outputs, options, context);

    private sealed class Finder(NetworkTrainerOptions options) : NetworkMulticlassTrainer(options)
    {
        public LearningRateCurve? Curve { get; private set; }

        private protected override TrainedNetwork Learn(TrainingData data, TrainingData? validation, LabelKind kind, int outputs, NetworkTrainerOptions options, FitContext context)
        {
            (Curve, var untrained) = NetworkTrainer.FindLearningRate(data, kind, outputs, options, context);
            return untrained;
        }
    }
}

/// <summary>Trains a network to predict a number. Trainers of one kind of network derive from it; with options of one's own it serves as it is.</summary>
/// <param name="options">The options, which describe the network.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public class NetworkRegressionTrainer(NetworkTrainerOptions options) : RegressionTrainer<NetworkRegressionModelParameters>(options)
{
    private readonly NetworkTrainerOptions _options = options.Checked();

    /// <inheritdoc/>
    public override TrainerInfo Info => NetworkTrainer.InfoOf(_options);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => _options.Values();

    /// <inheritdoc/>
    public override string ToString() => _options.Describe();

    /// <inheritdoc/>
    protected override NetworkRegressionModelParameters Train(TrainingData data, FitContext context) =>
        new(Learn(data, ReadValidationData(data, context), LabelKind.Regression, 1, _options, context));

    /// <summary>Looks for a learning rate: trains in steps of growing rates, until the loss has grown well beyond its least.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="context">Progress, cancellation, threads, randomness; the default when omitted.</param>
    public LearningRateCurve FindLearningRate(IDataView data, FitContext? context = null)
    {
        var finder = new Finder(_options);
        finder.Fit(data, context ?? FitContext.Default);
        return finder.Curve!;
    }

    // What becomes of the rows that a fit has read.
    private protected virtual TrainedNetwork Learn(TrainingData data, TrainingData? validation, LabelKind kind, int outputs, NetworkTrainerOptions options, FitContext context) =>
        NetworkTrainer.Train(data, validation, kind, outputs, options, context);

    private sealed class Finder(NetworkTrainerOptions options) : NetworkRegressionTrainer(options)
    {
        public LearningRateCurve? Curve { get; private set; }

        private protected override TrainedNetwork Learn(TrainingData data, TrainingData? validation, LabelKind kind, int outputs, NetworkTrainerOptions options, FitContext context)
        {
            (Curve, var untrained) = NetworkTrainer.FindLearningRate(data, kind, outputs, options, context);
            return untrained;
        }
    }
}
