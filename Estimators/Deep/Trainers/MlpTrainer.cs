using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A multilayer perceptron: a small neural network of fully connected layers, trained by backpropagation. It bends the boundaries that linear models
/// draw straight, and is the step from there to deep learning.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> Hidden layers h = φ(W h + b), the first one of the features; then a linear layer whose outputs z give σ(z) for two classes,
/// softmax(z) for several, and the standardised label for a number. <see cref="MlpNetwork"/> holds the whole of it, with its gradient.</para>
/// <para><b>Objective.</b> The mean over rows of −log p(label | x), or of half the squared error in units of the label's variance, plus
/// L2 ½ Σ ‖W‖² over the weights without the biases.</para>
/// <para><b>How.</b> Mini-batches in a new random order every epoch, Adam, and a learning rate that falls to 0 along half a cosine (I. Loshchilov,
/// F. Hutter, <i>SGDR</i>, ICLR 2017, eq. 5, without restarts). On one thread. All arithmetic is in single precision.</para>
/// <para><b>Validation.</b> Where the fit is given <see cref="FitContext.ValidationData"/>, it ends when the loss on those rows has not fallen for
/// <see cref="Options.Patience"/> epochs, and the parameters of the best epoch are kept.</para>
/// <para><b>Weights</b> of rows are not supported: a row of weight 2 in one batch is not the same as two rows in different batches.</para>
/// <para><b>Cost.</b> About 6 × (number of parameters) operations for each row and epoch; scoring a third of that.</para>
/// <para><b>Use it</b> where some hundred rows or more speak for more than a linear boundary. Features need to be of one scale: normalise them first.</para>
/// <para><b>Reference.</b> C. Bishop, <i>Pattern Recognition and Machine Learning</i>, Springer 2006, chapter 5.</para>
/// </remarks>
public static class MlpTrainer
{
    internal static TrainerInfo Info { get; } = new(NeedsNormalization: true, UsesValidationData: true);

    internal static TrainerInfo ClassifierInfo { get; } = Info with { GivesProbabilities = true };

    /// <summary>The options of the multilayer perceptrons.</summary>
    public sealed record Options : TrainerInputBaseWithLabel
    {
        /// <summary>
        /// The number of units of each hidden layer, from the features on; each 1 or more. Default one layer of 64. An empty list makes a linear model.
        /// </summary>
        public IReadOnlyList<int> HiddenUnits { get; init; } = [64];

        /// <summary>The function φ of the hidden units. Default <see cref="MlpActivation.ReLU"/>.</summary>
        public MlpActivation Activation { get; init; }

        /// <summary>How many times every row is learned from. 1 or more; default 100.</summary>
        public int Epochs { get; init; } = 100;

        /// <summary>How many rows a step is computed from, all of them where there are fewer. 1 or more; default 32.</summary>
        public int BatchSize { get; init; } = 32;

        /// <summary>The size of the first step, in units of the parameters; it falls to 0 along half a cosine. Above 0; default 0.01.</summary>
        public double LearningRate { get; init; } = 0.01;

        /// <summary>λ, the strength of the penalty λ/2 Σ ‖W‖² beside the mean loss. 0 or more; default 0.003.</summary>
        public double L2Regularization { get; init; } = 0.003;

        /// <summary>With validation rows: after how many epochs without a lower loss on them the training ends. 1 or more; default 10.</summary>
        public int Patience { get; init; } = 10;

        /// <summary>The seed of the first weights and of the order of rows; null (the default) takes the one of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .IntegerList(nameof(HiddenUnits), "The number of units of each hidden layer.",
                o => o.HiddenUnits, (o, v) => o with { HiddenUnits = v }, minimum: 1)
            .Choice(nameof(Activation), "The function of the hidden units.",
                o => o.Activation, (o, v) => o with { Activation = v })
            .Integer(nameof(Epochs), "How many times every row is learned from.",
                o => o.Epochs, (o, v) => o with { Epochs = v }, minimum: 1)
            .Integer(nameof(BatchSize), "How many rows a step is computed from.",
                o => o.BatchSize, (o, v) => o with { BatchSize = v }, minimum: 1)
            .Number(nameof(LearningRate), "The size of the first step; it falls to 0 along half a cosine.",
                o => o.LearningRate, (o, v) => o with { LearningRate = v }, minimum: 0, exclusive: true)
            .Number(nameof(L2Regularization), "The strength of the penalty on large weights.",
                o => o.L2Regularization, (o, v) => o with { L2Regularization = v }, minimum: 0)
            .Integer(nameof(Patience), "With validation rows: after how many epochs without a lower loss on them the training ends.",
                o => o.Patience, (o, v) => o with { Patience = v }, minimum: 1)
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });

        /// <summary>These options, checked, with a list of their own.</summary>
        internal Options Checked()
        {
            All.Validate(this);
            return this with { HiddenUnits = [.. HiddenUnits] };
        }

        internal string Describe() => $"Mlp({All.Changes(this)})";
    }

    internal static MlpNetwork Network(TrainingData data, Options options, MlpOutput output, int outputs) =>
        new([data.Features.Columns, .. options.HiddenUnits, outputs], options.Activation, output);
}

/// <summary>A multilayer perceptron for two classes; see <see cref="MlpTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class MlpBinaryTrainer(MlpTrainer.Options? options = null) : BinaryTrainer<MlpBinaryModelParameters>(options ?? new())
{
    private readonly MlpTrainer.Options _options = (options ?? new()).Checked();

    /// <inheritdoc/>
    public override TrainerInfo Info => MlpTrainer.ClassifierInfo;

    /// <inheritdoc/>
    public override string ToString() => _options.Describe();

    /// <inheritdoc/>
    protected override MlpBinaryModelParameters Train(TrainingData data, FitContext context)
    {
        TrainerChecks.CheckClasses(data, _options.LabelColumnName);
        var network = MlpTrainer.Network(data, _options, MlpOutput.Logistic, 1);
        var validation = ReadValidationData(data, context);
        var (parameters, history) = MlpTraining.Learn(network, Examples(data), validation is null ? null : Examples(validation), _options, context);
        return new MlpBinaryModelParameters(network, parameters, history);
    }

    private static MlpTraining.Examples Examples(TrainingData data) => new(data.Features, (row, y) => y[0] = data.Classes[row]);
}

/// <summary>A multilayer perceptron for several classes; see <see cref="MlpTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class MlpMulticlassTrainer(MlpTrainer.Options? options = null) : MulticlassTrainer<MlpMulticlassModelParameters>(options ?? new())
{
    private readonly MlpTrainer.Options _options = (options ?? new()).Checked();

    /// <inheritdoc/>
    public override TrainerInfo Info => MlpTrainer.ClassifierInfo;

    /// <inheritdoc/>
    public override string ToString() => _options.Describe();

    /// <inheritdoc/>
    protected override MlpMulticlassModelParameters Train(TrainingData data, FitContext context)
    {
        TrainerChecks.CheckClasses(data, _options.LabelColumnName);
        var network = MlpTrainer.Network(data, _options, MlpOutput.Softmax, data.ClassCount);
        var validation = ReadValidationData(data, context);
        var (parameters, history) = MlpTraining.Learn(network, Examples(data), validation is null ? null : Examples(validation), _options, context);
        return new MlpMulticlassModelParameters(network, parameters, history);
    }

    private static MlpTraining.Examples Examples(TrainingData data) => new(data.Features, (row, y) =>
    {
        y.Clear();
        y[data.Classes[row]] = 1;
    });
}

/// <summary>A multilayer perceptron that predicts a number; see <see cref="MlpTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class MlpRegressionTrainer(MlpTrainer.Options? options = null) : RegressionTrainer<MlpRegressionModelParameters>(options ?? new())
{
    private readonly MlpTrainer.Options _options = (options ?? new()).Checked();

    /// <inheritdoc/>
    public override TrainerInfo Info => MlpTrainer.Info;

    /// <inheritdoc/>
    public override string ToString() => _options.Describe();

    /// <inheritdoc/>
    protected override MlpRegressionModelParameters Train(TrainingData data, FitContext context)
    {
        // The label is learned as (y − mean) / deviation, so that its unit does not matter to the step size; a constant label as 0.
        double[] mean = new double[1], variance = new double[1];
        Dense.ColumnVariances(data.Targets, data.Rows, 1, mean, variance);
        double deviation = variance[0] > 0 ? Math.Sqrt(variance[0]) : 1;

        var network = MlpTrainer.Network(data, _options, MlpOutput.Linear, 1);
        var validation = ReadValidationData(data, context);
        var (parameters, history) = MlpTraining.Learn(network, Examples(data), validation is null ? null : Examples(validation), _options, context);
        return new MlpRegressionModelParameters(network, parameters, mean[0], deviation, history);

        MlpTraining.Examples Examples(TrainingData rows) =>
            new(rows.Features, (row, y) => y[0] = (float)((rows.Targets[row] - mean[0]) / deviation));
    }
}
