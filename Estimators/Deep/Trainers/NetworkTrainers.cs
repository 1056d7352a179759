using MLPath.Data;
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
    public override string ToString() => _options.Describe();

    /// <inheritdoc/>
    protected override NetworkBinaryModelParameters Train(TrainingData data, FitContext context)
    {
        TrainerChecks.CheckClasses(data, _options.LabelColumnName);
        return new(NetworkTrainer.Train(data, ReadValidationData(data, context), LabelKind.Binary, 1, _options, context));
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
    public override string ToString() => _options.Describe();

    /// <inheritdoc/>
    protected override NetworkMulticlassModelParameters Train(TrainingData data, FitContext context)
    {
        TrainerChecks.CheckClasses(data, _options.LabelColumnName);
        return new(NetworkTrainer.Train(data, ReadValidationData(data, context), LabelKind.Multiclass, data.ClassCount, _options, context));
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
    public override string ToString() => _options.Describe();

    /// <inheritdoc/>
    protected override NetworkRegressionModelParameters Train(TrainingData data, FitContext context) =>
        new(NetworkTrainer.Train(data, ReadValidationData(data, context), LabelKind.Regression, 1, _options, context));
}
