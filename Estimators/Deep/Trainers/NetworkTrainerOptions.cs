using MLPath.Data;
using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>How a network's parameters follow their gradients.</summary>
public enum NetworkOptimizer
{
    /// <summary>Stochastic gradient descent: a step against the gradient.</summary>
    Sgd,

    /// <summary>The same with momentum 0.9.</summary>
    Momentum,

    /// <summary>The same with Nesterov's momentum 0.9, which looks ahead.</summary>
    Nesterov,

    /// <summary>Each parameter's step divided by the root of the sum of its squared gradients.</summary>
    Adagrad,

    /// <summary>Each parameter's step divided by the root of the running mean of its squared gradients.</summary>
    RMSProp,

    /// <summary>A running mean of gradients divided by the root of that of their squares.</summary>
    Adam,

    /// <summary>Adam with weight decay apart from the gradient.</summary>
    AdamW,
}

/// <summary>How the learning rate changes from step to step.</summary>
public enum NetworkSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>A tenth of what it was after each third of the epochs.</summary>
    Step,

    /// <summary>It falls by one factor from epoch to epoch, to a hundredth at the end.</summary>
    Exponential,

    /// <summary>It falls to 0 along half a cosine.</summary>
    Cosine,

    /// <summary>It rises from 0 in a straight line in the first part of the steps, <see cref="NetworkTrainerOptions.WarmupFraction"/>, and then falls along half a cosine.</summary>
    WarmupCosine,

    /// <summary>It rises from a 25th, in the first part of the steps or three tenths of them where that is 0, and falls to nearly nothing, along cosines.</summary>
    OneCycle,

    /// <summary>A tenth of what it was whenever the loss (of the validation rows, where there are any) has not fallen for half of <see cref="NetworkTrainerOptions.Patience"/> epochs.</summary>
    OnPlateau,
}

/// <summary>The options that all trainers of networks share. Derived records add those of their network, and describe it.</summary>
/// <remarks>
/// <para><b>Objective.</b> The mean over rows of: −log p(label | row) for classes, the squared error in units of the labels' variance for a number. A row's
/// part in it is proportional to its weight.</para>
/// <para><b>Weights.</b> With mini-batches a row of weight 2 is not quite two rows, which may stand in different batches; so trainers of networks take
/// weights, and <see cref="TrainerInputBaseWithWeight.ClassWeights"/>, without promising <see cref="TrainerInfo.SupportsWeights"/>.</para>
/// </remarks>
public abstract record NetworkTrainerOptions : TrainerInputBaseWithWeight
{
    /// <summary>How many times every row is learned from, at most. 1 or more; default 100.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>How many rows a step is computed from, all of them where there are fewer. 1 or more; default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>How parameters follow their gradients. Default <see cref="NetworkOptimizer.AdamW"/>.</summary>
    public NetworkOptimizer Optimizer { get; init; } = NetworkOptimizer.AdamW;

    /// <summary>The greatest learning rate, from which the schedule starts or to which it rises. Above 0; default 0.001.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>
    /// λ: with <see cref="NetworkOptimizer.AdamW"/> each step takes learning rate times λ off every parameter; with the others λ θ is added to the gradient.
    /// 0 or more; default 0.01.
    /// </summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>How the learning rate changes. Default <see cref="NetworkSchedule.Cosine"/>.</summary>
    public NetworkSchedule Schedule { get; init; } = NetworkSchedule.Cosine;

    /// <summary>The part of the steps in which the learning rate rises, of schedules in which it does. 0 to 0.9; default 0.1.</summary>
    public double WarmupFraction { get; init; } = 0.1;

    /// <summary>The greatest norm of the gradient of all parameters together; a greater one is scaled down to it. 0 or more; 0, the default, for any.</summary>
    public double GradientClipping { get; init; }

    /// <summary>ε: of classes, the part of the truth that is spread over all of them. 0 to 0.9; default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>With validation rows: after how many epochs without a lower loss on them the training ends. 1 or more; default 10.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>
    /// The part of the rows that is put aside to be validated on when the fit is given no <see cref="FitContext.ValidationData"/>. 0 to 0.9; 0, the default,
    /// learns from all rows for all epochs.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>How many batches' gradients are averaged for one step: memory for one batch, steps as for many. 1 or more; default 1.</summary>
    public int AccumulateBatches { get; init; } = 1;

    /// <summary>Whether to learn the first batch alone, again and again: a network that cannot learn it by heart has a fault. Default false.</summary>
    public bool OverfitOneBatch { get; init; }

    /// <summary>Whether to do one batch of training and one of validation and end: whether everything runs, at once. Default false.</summary>
    public bool FastDevRun { get; init; }

    /// <summary>Whether the first number that is not finite, in a result or a derivative, is an error that names its operation. Slow; default false.</summary>
    public bool DetectAnomalies { get; init; }

    /// <summary>The seed of the first parameters, the order of rows and what else is random; null (the default) takes the one of the context.</summary>
    public int? Seed { get; init; }

    /// <summary>Are told after batches and epochs how the training goes, and may end it. Empty by default.</summary>
    public IReadOnlyList<INetworkCallback> Callbacks { get; init; } = [];

    /// <summary>λ of a penalty λ/2 Σ w² on weights (parameters of two axes or more) beside the objective; 0 for none.</summary>
    protected internal virtual double WeightPenalty => 0;

    /// <summary>
    /// The forms of features that the network reads; the data's column decides for one, which <see cref="FeatureMatrix.Format"/> of the rows tells. Vectors
    /// by default.
    /// </summary>
    protected internal virtual FeatureForms Forms => FeatureForms.Vector;

    /// <summary>Whether features on very different scales harm the network. True by default.</summary>
    protected internal virtual bool NeedsNormalization => true;

    /// <summary>Where <see cref="Forms"/> has sequences: the numbers of a time step. 1 by default.</summary>
    protected internal virtual int ValuesPerStep => 1;

    /// <summary>Describes the network for these rows.</summary>
    /// <param name="data">The rows it will learn from.</param>
    /// <param name="outputs">The number of outputs that it must have.</param>
    /// <exception cref="DataException">The rows do not go with the options: say which option, and what it should be.</exception>
    protected internal abstract NetworkArchitecture CreateArchitecture(TrainingData data, int outputs);

    /// <summary>Shows rows to the network. The default reads them as its <see cref="NetworkArchitecture.Input"/> says.</summary>
    /// <param name="features">The rows.</param>
    /// <param name="architecture">The network's description.</param>
    /// <param name="isTraining">Whether they are learned from, and may be augmented.</param>
    protected internal virtual IExamples CreateExamples(FeatureMatrix features, NetworkArchitecture architecture, bool isTraining)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return new FeatureExamples(features, architecture.Input);
    }

    /// <summary>These options, checked, with lists of their own.</summary>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    protected internal abstract NetworkTrainerOptions Checked();

    /// <summary>The trainer and the options that differ from their defaults: "Mlp(HiddenUnits=32,16)".</summary>
    protected internal abstract string Describe();

    /// <summary>Every declared option and its value as text; none by default, for options that are not declared.</summary>
    protected internal virtual IReadOnlyList<KeyValuePair<string, string>> Values() => [];
}

/// <summary>Declares the options that all trainers of networks share.</summary>
public static class NetworkOptionSet
{
    extension<TOptions>(OptionSet<TOptions> options)
        where TOptions : NetworkTrainerOptions
    {
        /// <summary>Declares the options of <see cref="NetworkTrainerOptions"/>, after those of the network itself.</summary>
        public OptionSet<TOptions> NetworkTraining() => options
            .Integer(nameof(NetworkTrainerOptions.Epochs), "How many times every row is learned from, at most.",
                o => o.Epochs, (o, v) => With(o, s => s with { Epochs = v }), minimum: 1)
            .Integer(nameof(NetworkTrainerOptions.BatchSize), "How many rows a step is computed from.",
                o => o.BatchSize, (o, v) => With(o, s => s with { BatchSize = v }), minimum: 1)
            .Choice(nameof(NetworkTrainerOptions.Optimizer), "How parameters follow their gradients.",
                o => o.Optimizer, (o, v) => With(o, s => s with { Optimizer = v }))
            .Number(nameof(NetworkTrainerOptions.LearningRate), "The greatest learning rate.",
                o => o.LearningRate, (o, v) => With(o, s => s with { LearningRate = v }), minimum: 0, exclusive: true)
            .Number(nameof(NetworkTrainerOptions.WeightDecay), "How much of every parameter each step takes off, in units of the learning rate.",
                o => o.WeightDecay, (o, v) => With(o, s => s with { WeightDecay = v }), minimum: 0)
            .Choice(nameof(NetworkTrainerOptions.Schedule), "How the learning rate changes.",
                o => o.Schedule, (o, v) => With(o, s => s with { Schedule = v }))
            .Number(nameof(NetworkTrainerOptions.WarmupFraction), "The part of the steps in which the learning rate rises, of schedules in which it does.",
                o => o.WarmupFraction, (o, v) => With(o, s => s with { WarmupFraction = v }), minimum: 0, maximum: 0.9)
            .Number(nameof(NetworkTrainerOptions.GradientClipping), "The greatest norm of the gradient; 0 for any.",
                o => o.GradientClipping, (o, v) => With(o, s => s with { GradientClipping = v }), minimum: 0)
            .Number(nameof(NetworkTrainerOptions.LabelSmoothing), "Of classes, the part of the truth that is spread over all of them.",
                o => o.LabelSmoothing, (o, v) => With(o, s => s with { LabelSmoothing = v }), minimum: 0, maximum: 0.9)
            .Integer(nameof(NetworkTrainerOptions.Patience), "With validation rows: after how many epochs without a lower loss on them the training ends.",
                o => o.Patience, (o, v) => With(o, s => s with { Patience = v }), minimum: 1)
            .Number(nameof(NetworkTrainerOptions.ValidationFraction), "The part of the rows to validate on where no others are given; 0 for none.",
                o => o.ValidationFraction, (o, v) => With(o, s => s with { ValidationFraction = v }), minimum: 0, maximum: 0.9)
            .Integer(nameof(NetworkTrainerOptions.AccumulateBatches), "How many batches' gradients are averaged for one step.",
                o => o.AccumulateBatches, (o, v) => With(o, s => s with { AccumulateBatches = v }), minimum: 1)
            .Boolean(nameof(NetworkTrainerOptions.OverfitOneBatch), "Learn the first batch alone, to see whether the network can.",
                o => o.OverfitOneBatch, (o, v) => With(o, s => s with { OverfitOneBatch = v }))
            .Boolean(nameof(NetworkTrainerOptions.FastDevRun), "Do one batch of training and one of validation, to see whether everything runs.",
                o => o.FastDevRun, (o, v) => With(o, s => s with { FastDevRun = v }))
            .Boolean(nameof(NetworkTrainerOptions.DetectAnomalies), "Make the first number that is not finite an error that names its operation; slow.",
                o => o.DetectAnomalies, (o, v) => With(o, s => s with { DetectAnomalies = v }))
            .ClassWeights(o => o.ClassWeights, (o, v) => With(o, s => s with { ClassWeights = v }))
            .Seed(o => o.Seed, (o, v) => With(o, s => s with { Seed = v }));
    }

    // The copy of a derived record is of the derived type, whatever type the expression has.
    private static TOptions With<TOptions>(TOptions options, Func<NetworkTrainerOptions, NetworkTrainerOptions> change)
        where TOptions : NetworkTrainerOptions => (TOptions)change(options);
}
