using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options of classifiers of several classes by stochastic dual coordinate ascent.</summary>
public abstract record SdcaMulticlassOptionsBase : SdcaOptionsBase
{
    /// <summary>Declares the options of a derived record.</summary>
    internal static new OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : SdcaMulticlassOptionsBase =>
        SdcaOptionsBase.Describe(defaults)
            .ClassWeights(o => o.ClassWeights, (o, v) => (TOptions)((SdcaMulticlassOptionsBase)o with { ClassWeights = v }));

    internal (double[] Weights, double[] Biases, TrainingHistory History) Train(TrainingData data, Func<int, SdcaLoss> loss, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        TrainerChecks.CheckClasses(data, LabelColumnName);
        var targets = new float[data.Rows];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = data.Classes[i];
        return SdcaTraining.Train(data, targets, loss(data.ClassCount), this, data.Weights, context);
    }
}

/// <summary>
/// Multinomial logistic regression (softmax regression, maximum entropy) by stochastic dual coordinate ascent: the logarithm of each class's
/// probability as a linear function of the features, up to a common term, improved row after row.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises −Σᵢ wᵢ log p(yᵢ | xᵢ) / Σᵢ wᵢ + L2 ½ ‖W‖² + L1 L2 ‖W‖₁ with p(c | x) ∝ exp(w_c · x + b_c). By default b is penalised like
/// a weight, as in ML.NET; see <see cref="SdcaOptionsBase.BiasLearningRate"/>.</para>
/// <para><b>Cost.</b> About 4 n d k a pass; scoring d k a row.</para>
/// <para><b>Use it</b> for wide and sparse features. For moderate numbers of features LbfgsMaximumEntropy is faster and exact. Bring features to one
/// scale first.</para>
/// <para><b>Reference.</b> Shalev-Shwartz, Zhang, <i>Accelerated proximal stochastic dual coordinate ascent for regularized loss minimization</i>,
/// Mathematical Programming 155, 2016, §5.4.</para>
/// </remarks>
public sealed class SdcaMaximumEntropyMulticlassTrainer : MulticlassTrainer<MaximumEntropyModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public SdcaMaximumEntropyMulticlassTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="SdcaMaximumEntropyMulticlassTrainer"/>.</summary>
    public sealed record Options : SdcaMulticlassOptionsBase
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options());
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => SdcaTraining.Info with { GivesProbabilities = true };

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"SdcaMaximumEntropy({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override MaximumEntropyModelParameters Train(TrainingData data, FitContext context)
    {
        var (weights, biases, history) = _options.Train(data, SdcaLoss.Softmax, context);
        return new(weights, biases, history);
    }
}

/// <summary>
/// A linear classifier of several classes by stochastic dual coordinate ascent, with a loss to choose for the margin by which the right class wins
/// over each other one. Its scores are margins, not probabilities.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ Σ_{c ≠ yᵢ} φ(s_yᵢ − s_c) / Σᵢ wᵢ + L2 ½ ‖W‖² + L1 L2 ‖W‖₁ with s_c = w_c · xᵢ + b_c: with the hinge the support
/// vector machine of Weston and Watkins. By default b is penalised like a weight, as in ML.NET; see <see cref="SdcaOptionsBase.BiasLearningRate"/>.</para>
/// <para><b>Cost.</b> About 4 n d k a pass; scoring d k a row.</para>
/// <para><b>Use it</b> for wide and sparse features where classes are wanted and no probabilities. Bring features to one scale first.</para>
/// <para><b>Reference.</b> Weston, Watkins, <i>Support vector machines for multi-class pattern recognition</i>, ESANN 1999; Shalev-Shwartz, Zhang,
/// <i>Stochastic dual coordinate ascent methods for regularized loss minimization</i>, JMLR 14, 2013.</para>
/// </remarks>
public sealed class SdcaNonCalibratedMulticlassTrainer : MulticlassTrainer<LinearMulticlassModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or the loss has no dual to ascend.</exception>
    public SdcaNonCalibratedMulticlassTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        options.LossFunction.ToSdca();
        _options = options;
    }

    /// <summary>The options of <see cref="SdcaNonCalibratedMulticlassTrainer"/>.</summary>
    public sealed record Options : SdcaMulticlassOptionsBase
    {
        /// <summary>The loss φ of a margin: Log (the default), Hinge, SmoothedHinge or SquaredHinge.</summary>
        public ClassificationLoss LossFunction { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Choice(nameof(LossFunction), "The loss of a margin.", o => o.LossFunction, (o, v) => o with { LossFunction = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => SdcaTraining.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"SdcaNonCalibrated({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override LinearMulticlassModelParameters Train(TrainingData data, FitContext context)
    {
        var (weights, biases, history) = _options.Train(data, k => SdcaLoss.Pairwise(_options.LossFunction.ToSdca(), k), context);
        return new(weights, biases, history);
    }
}
