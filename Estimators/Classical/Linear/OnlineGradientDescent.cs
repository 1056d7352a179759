using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Linear regression by online gradient descent: a step against each row's gradient, ever shorter, and the mean of the weights over all steps.
/// </summary>
/// <remarks>
/// <para><b>Step.</b> For row t: w ← w − rₜ φ'(w · x + b, y) x, b ← b − rₜ φ', with rₜ = r / √t and φ = (s − y)² or |s − y|. The model is the mean of the
/// weights after each row; its loss exceeds that of the best weights by no more than about 1 / √t. A row's weight multiplies its step.</para>
/// <para><b>Cost.</b> About 4 n d a pass, over rows that need not fit in memory; scoring d a row.</para>
/// <para><b>Use it</b> for streams that are read once. Bring features to one scale first: squared errors of rows longer than about 1 / √r make
/// steps that overshoot. For rows that can be read often, least squares finds the minimum itself.</para>
/// <para><b>Reference.</b> Zinkevich, <i>Online convex programming and generalized infinitesimal gradient ascent</i>, ICML 2003.</para>
/// </remarks>
public sealed class OnlineGradientDescentTrainer
    : RegressionTrainer<LinearRegressionModelParameters>, IStreamingTrainer<LinearRegressionModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public OnlineGradientDescentTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="OnlineGradientDescentTrainer"/>.</summary>
    public sealed record Options : AveragedLinearOptions
    {
        /// <summary>Creates the options with ML.NET's defaults: a learning rate of 0.1 that decreases.</summary>
        public Options() => (LearningRate, DecreaseLearningRate) = (0.1, true);

        /// <summary>The loss of an error. Default squared.</summary>
        public RegressionLoss LossFunction { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Choice(nameof(LossFunction), "The loss of an error.", o => o.LossFunction, (o, v) => o with { LossFunction = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsSparse: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"OnlineGradientDescent({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public LinearRegressionModelParameters Train(TrainingStream rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        (double Loss, double Slope) Loss(TrainingData block, int row, double score) => _options.LossFunction.At(score, block.Targets[row]);
        var (weights, bias, history) = AveragedTraining.Train(rows, Loss, _options, context);
        return new IterativeLinearRegressionModelParameters(weights, bias, history);
    }

    /// <inheritdoc/>
    protected override LinearRegressionModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
