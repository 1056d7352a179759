using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Linear regression by stochastic dual coordinate ascent: a linear function of the features with small squared (or absolute) errors and small
/// weights, improved row after row.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ φ(yᵢ, w · xᵢ + b) / Σᵢ wᵢ + L2 ½ ‖w‖² + L1 L2 ‖w‖₁, with φ = (s − y)² or |s − y|. With the squared loss and
/// L1 = 0 it is ridge regression with α = n L2 / 2. How b is penalised, <see cref="SdcaOptionsBase.BiasLearningRate"/> says.</para>
/// <para><b>Cost.</b> About 4 n d a pass, a few passes where L2 n is large against ‖xᵢ‖², many where it is small; scoring d a row.</para>
/// <para><b>Use it</b> for wide and sparse features, or where a rough solution is enough. For moderate numbers of features ridge regression is
/// faster and exact. Bring features to one scale first.</para>
/// <para><b>Reference.</b> Shalev-Shwartz, Zhang, <i>Stochastic dual coordinate ascent methods for regularized loss minimization</i>, JMLR 14, 2013.</para>
/// </remarks>
public sealed class SdcaRegressionTrainer : RegressionTrainer<LinearRegressionModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public SdcaRegressionTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="SdcaRegressionTrainer"/>.</summary>
    public sealed record Options : SdcaOptionsBase
    {
        /// <summary>Creates the options with ML.NET's defaults for regression: a tolerance of 0.01, and a bias that is not penalised.</summary>
        public Options() => (ConvergenceTolerance, BiasLearningRate) = (0.01, 1);

        /// <summary>The loss of an error. Default squared.</summary>
        public RegressionLoss LossFunction { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Choice(nameof(LossFunction), "The loss of an error.", o => o.LossFunction, (o, v) => o with { LossFunction = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => SdcaTraining.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Sdca({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override LinearRegressionModelParameters Train(TrainingData data, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        var (weights, biases, history) = SdcaTraining.Train(data, data.Targets.ToArray(), _options.LossFunction.ToSdca(), _options, data.Weights, context);
        return new IterativeLinearRegressionModelParameters(weights, biases[0], history);
    }
}
