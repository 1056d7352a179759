using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options of classifiers of two classes by stochastic dual coordinate ascent.</summary>
public abstract record SdcaBinaryOptionsBase : SdcaOptionsBase
{
    /// <summary>How much more rows of the positive class count than others. Above 0; default 1.</summary>
    public double PositiveInstanceWeight { get; init; } = 1;

    /// <summary>Declares the options of a derived record.</summary>
    internal static new OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : SdcaBinaryOptionsBase =>
        SdcaOptionsBase.Describe(defaults)
            .Number(nameof(PositiveInstanceWeight), "How much more rows of the positive class count than others.",
                o => o.PositiveInstanceWeight, (o, v) => (TOptions)((SdcaBinaryOptionsBase)o with { PositiveInstanceWeight = v }), minimum: 0, exclusive: true)
            .ClassWeights(o => o.ClassWeights, (o, v) => (TOptions)((SdcaBinaryOptionsBase)o with { ClassWeights = v }));

    internal LinearBinaryModelParameters Train(TrainingData data, ClassificationLoss loss, bool isCalibrated, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        TrainerChecks.CheckClasses(data, LabelColumnName);
        var targets = new float[data.Rows];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = data.Classes[i] == 1 ? 1 : -1;

        var rowWeights = data.Weights;
        if (PositiveInstanceWeight != 1)
        {
            var scaled = new float[data.Rows];
            for (int i = 0; i < scaled.Length; i++)
                scaled[i] = data.Weight(i) * (targets[i] > 0 ? (float)PositiveInstanceWeight : 1);
            rowWeights = scaled;
        }

        var (weights, biases, history) = SdcaTraining.Train(data, targets, loss.ToSdca(), this, rowWeights, context);
        return new(weights, biases[0], history, isCalibrated);
    }
}

/// <summary>
/// Logistic regression for two classes by stochastic dual coordinate ascent: the logarithm of the odds of the positive class as a linear function
/// of the features, improved row after row.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ log(1 + exp(−tᵢ (w · xᵢ + b))) / Σᵢ wᵢ + L2 ½ ‖w‖² + L1 L2 ‖w‖₁, with tᵢ = ±1 for the classes. By default b is
/// penalised like a weight, as in ML.NET; see <see cref="SdcaOptionsBase.BiasLearningRate"/>.</para>
/// <para><b>Cost.</b> About 4 n d a pass; scoring d a row.</para>
/// <para><b>Use it</b> for wide and sparse features. For moderate numbers of features LbfgsLogisticRegression is faster and exact. Bring features to
/// one scale first.</para>
/// <para><b>Reference.</b> Shalev-Shwartz, Zhang, <i>Stochastic dual coordinate ascent methods for regularized loss minimization</i>, JMLR 14, 2013.</para>
/// </remarks>
public sealed class SdcaLogisticRegressionBinaryTrainer : BinaryTrainer<LinearBinaryModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public SdcaLogisticRegressionBinaryTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="SdcaLogisticRegressionBinaryTrainer"/>.</summary>
    public sealed record Options : SdcaBinaryOptionsBase
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options());
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => SdcaTraining.Info with { GivesProbabilities = true };

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"SdcaLogisticRegression({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override LinearBinaryModelParameters Train(TrainingData data, FitContext context) =>
        _options.Train(data, ClassificationLoss.Log, isCalibrated: true, context);
}

/// <summary>
/// A linear classifier of two classes by stochastic dual coordinate ascent, with a loss to choose: with the hinge a support vector machine. Its
/// scores are margins, not probabilities.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ φ(tᵢ (w · xᵢ + b)) / Σᵢ wᵢ + L2 ½ ‖w‖² + L1 L2 ‖w‖₁, with tᵢ = ±1 for the classes. By default b is penalised like
/// a weight, as in ML.NET; see <see cref="SdcaOptionsBase.BiasLearningRate"/>.</para>
/// <para><b>Cost.</b> About 4 n d a pass; scoring d a row.</para>
/// <para><b>Use it</b> for wide and sparse features where classes are wanted and no probabilities. Bring features to one scale first.</para>
/// <para><b>Reference.</b> Shalev-Shwartz, Zhang, <i>Stochastic dual coordinate ascent methods for regularized loss minimization</i>, JMLR 14, 2013.</para>
/// </remarks>
public sealed class SdcaNonCalibratedBinaryTrainer : BinaryTrainer<LinearBinaryModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or the loss has no dual to ascend.</exception>
    public SdcaNonCalibratedBinaryTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        options.LossFunction.ToSdca();
        _options = options;
    }

    /// <summary>The options of <see cref="SdcaNonCalibratedBinaryTrainer"/>.</summary>
    public sealed record Options : SdcaBinaryOptionsBase
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
    protected override LinearBinaryModelParameters Train(TrainingData data, FitContext context) =>
        _options.Train(data, _options.LossFunction, isCalibrated: false, context);
}
