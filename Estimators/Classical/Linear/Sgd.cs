using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options of classifiers by stochastic gradient descent.</summary>
public abstract record SgdOptionsBase : TrainerInputBaseWithWeight
{
    /// <summary>The L2 penalty: L2 ½ ‖w‖² is added to the mean of the rows' losses; the bias is spared. 0 or more; default 1e-6.</summary>
    public double L2Regularization { get; init; } = 1e-6;

    /// <summary>
    /// The training ends early when the mean loss of a pass falls by less than this, averaged over passes with halving weights. 0 or more; default
    /// 1e-4.
    /// </summary>
    public double ConvergenceTolerance { get; init; } = 1e-4;

    /// <summary>The most passes over the rows. 1 or more; default 20.</summary>
    public int NumberOfIterations { get; init; } = 20;

    /// <summary>r, the length of the first step; the one after t rows has r / (1 + r L2 t). Above 0; default 0.01.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>
    /// Whether each pass takes the rows in a new random order. Rows change places within blocks of up to 16 384, as they are read. Default true.
    /// </summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>How much more rows of the positive class count than others. Above 0; default 1.</summary>
    public double PositiveInstanceWeight { get; init; } = 1;

    /// <summary>The seed of the order of rows; null (the default) takes the one of the context.</summary>
    public int? Seed { get; init; }

    /// <summary>Declares the options of a derived record.</summary>
    internal static OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : SgdOptionsBase
    {
        // `with` on the base type copies the derived record.
        static TOptions As(SgdOptionsBase options) => (TOptions)options;
        return new OptionSet<TOptions>(defaults)
            .Number(nameof(L2Regularization), "The L2 penalty on weights, beside the mean loss.",
                o => o.L2Regularization, (o, v) => As((SgdOptionsBase)o with { L2Regularization = v }), minimum: 0)
            .Number(nameof(ConvergenceTolerance), "Ends the training when passes lower the mean loss by less than this.",
                o => o.ConvergenceTolerance, (o, v) => As((SgdOptionsBase)o with { ConvergenceTolerance = v }), minimum: 0)
            .Integer(nameof(NumberOfIterations), "The most passes over the rows.",
                o => o.NumberOfIterations, (o, v) => As((SgdOptionsBase)o with { NumberOfIterations = v }), minimum: 1)
            .Number(nameof(LearningRate), "The length of the first step.",
                o => o.LearningRate, (o, v) => As((SgdOptionsBase)o with { LearningRate = v }), minimum: 0, exclusive: true)
            .Boolean(nameof(Shuffle), "Whether each pass takes the rows in a new random order.",
                o => o.Shuffle, (o, v) => As((SgdOptionsBase)o with { Shuffle = v }))
            .Number(nameof(PositiveInstanceWeight), "How much more rows of the positive class count than others.",
                o => o.PositiveInstanceWeight, (o, v) => As((SgdOptionsBase)o with { PositiveInstanceWeight = v }), minimum: 0, exclusive: true)
            .ClassWeights(o => o.ClassWeights, (o, v) => As((SgdOptionsBase)o with { ClassWeights = v }))
            .Seed(o => o.Seed, (o, v) => As((SgdOptionsBase)o with { Seed = v }));
    }

    /// <summary>Checks what options mean together.</summary>
    internal void RequireShrinking()
    {
        if (LearningRate * L2Regularization >= 1)
            throw new OptionException("LearningRate times L2Regularization must be below 1, or the first step turns all weights around; lower LearningRate.");
    }

    /// <summary>Learns weights.</summary>
    internal LinearBinaryModelParameters Train(TrainingStream rows, ClassificationLoss loss, bool isCalibrated, FitContext context)
    {
        TrainerChecks.CheckClasses(rows, LabelColumnName, context);
        var weights = new ScaledWeights(rows.FeatureCount);
        long seen = 0;

        double Learn(TrainingData block, int row)
        {
            int t = block.Classes[row] == 1 ? 1 : -1;
            double weight = block.Weight(row) * (t > 0 ? PositiveInstanceWeight : 1);
            var (value, slope) = loss.At(t * weights.Score(block.Features, row));
            double rate = LearningRate / (1 + (LearningRate * L2Regularization * seen++));
            if (L2Regularization > 0)
                weights.Shrink(1 - (rate * L2Regularization));
            if (slope != 0)
                weights.Add(block.Features, row, -rate * weight * t * slope);
            return weight * value;
        }

        // The mean loss without knowledge is the one before the first row.
        double before = loss.At(0).Loss, improvement = double.NaN;
        var random = Shuffle ? context.CreateRandom("order of rows", Seed) : null;
        var passes = new OnlinePasses(rows, NumberOfIterations, random, context);
        bool ended = passes.Run(Learn, () =>
        {
            double fall = before - passes.Losses[^1];
            improvement = double.IsNaN(improvement) ? fall : 0.5 * (improvement + fall);
            before = passes.Losses[^1];
            return improvement < ConvergenceTolerance;
        });
        var (w, b) = weights.Current();
        LinearWeights.RequireUsable([.. w, b], "Normalize the features, or lower LearningRate.");
        return new(w, b, passes.History(ended), isCalibrated);
    }
}

/// <summary>
/// Logistic regression for two classes by stochastic gradient descent: a step against the gradient of each row's loss, ever shorter.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Goes towards the minimum of Σᵢ wᵢ log(1 + exp(−tᵢ (w · xᵢ + b))) / n + L2 ½ ‖w‖², with tᵢ = ±1 for the classes.</para>
/// <para><b>Step.</b> After s rows: w ← (1 − rₛ L2) w − rₛ ∂loss/∂w with rₛ = r / (1 + r L2 s). A row's weight multiplies its step.</para>
/// <para><b>Cost.</b> About 4 n d a pass, over rows that need not fit in memory; scoring d a row.</para>
/// <para><b>Use it</b> for very many rows, of which a few passes must do. Bring features to one scale first. The order of rows has a part in the
/// result; LbfgsLogisticRegression finds the minimum itself.</para>
/// <para><b>Reference.</b> Bottou, <i>Stochastic gradient descent tricks</i>, in Neural Networks: Tricks of the Trade, 2nd ed., 2012.</para>
/// </remarks>
public sealed class SgdCalibratedTrainer : BinaryTrainer<LinearBinaryModelParameters>, IStreamingTrainer<LinearBinaryModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or LearningRate · L2Regularization is 1 or more.</exception>
    public SgdCalibratedTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        options.RequireShrinking();
        _options = options;
    }

    /// <summary>The options of <see cref="SgdCalibratedTrainer"/>.</summary>
    public sealed record Options : SgdOptionsBase
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options());
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsSparse: true, GivesProbabilities: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"SgdCalibrated({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public LinearBinaryModelParameters Train(TrainingStream rows, FitContext context) =>
        _options.Train(rows, ClassificationLoss.Log, isCalibrated: true, context);

    /// <inheritdoc/>
    protected override LinearBinaryModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>
/// A linear classifier of two classes by stochastic gradient descent, with a loss to choose. Its scores are margins, not probabilities.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Goes towards the minimum of Σᵢ wᵢ φ(tᵢ (w · xᵢ + b)) / n + L2 ½ ‖w‖², with tᵢ = ±1 for the classes, by the steps of
/// <see cref="SgdCalibratedTrainer"/>.</para>
/// <para><b>Cost.</b> About 4 n d a pass, over rows that need not fit in memory; scoring d a row.</para>
/// <para><b>Use it</b> for very many rows, of which a few passes must do. Bring features to one scale first.</para>
/// <para><b>Reference.</b> Bottou, <i>Stochastic gradient descent tricks</i>, in Neural Networks: Tricks of the Trade, 2nd ed., 2012.</para>
/// </remarks>
public sealed class SgdNonCalibratedTrainer : BinaryTrainer<LinearBinaryModelParameters>, IStreamingTrainer<LinearBinaryModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or LearningRate · L2Regularization is 1 or more.</exception>
    public SgdNonCalibratedTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        options.RequireShrinking();
        _options = options;
    }

    /// <summary>The options of <see cref="SgdNonCalibratedTrainer"/>.</summary>
    public sealed record Options : SgdOptionsBase
    {
        /// <summary>The loss φ of a margin. Default Log.</summary>
        public ClassificationLoss LossFunction { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Choice(nameof(LossFunction), "The loss of a margin.", o => o.LossFunction, (o, v) => o with { LossFunction = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsSparse: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"SgdNonCalibrated({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public LinearBinaryModelParameters Train(TrainingStream rows, FitContext context) =>
        _options.Train(rows, _options.LossFunction, isCalibrated: false, context);

    /// <inheritdoc/>
    protected override LinearBinaryModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
