using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Logistic regression for two classes: models the logarithm of the odds of the positive class as a linear function of the features.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(positive | x) = σ(w · x + b) with σ(s) = 1 / (1 + exp(−s)).</para>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ log(1 + exp(−tᵢ (w · xᵢ + b))) + L2 ½ ‖w‖² + L1 ‖w‖₁, with tᵢ = ±1 for the classes and wᵢ the
/// rows' weights. The penalties stand beside the sum of losses, and spare b, as in ML.NET. The objective is convex: the model is its one
/// minimum.</para>
/// <para><b>How.</b> By Newton's method, in a handful of iterations, where there are at most 128 features and no L1 penalty or bound; otherwise by
/// L-BFGS or OWL-QN.</para>
/// <para><b>Cost.</b> About 4 n d for each of the iterations, a handful or some dozens, each a pass over rows that need not fit in memory; scoring
/// d a row.</para>
/// <para><b>Use it</b> as the first model to try, where probabilities are wanted, and with many features, which L1 chooses from. Bring
/// features to one scale first, because the penalties treat all weights alike.</para>
/// <para><b>Reference.</b> Hastie, Tibshirani, Friedman, <i>The Elements of Statistical Learning</i>, 2nd ed., §4.4; Andrew, Gao,
/// <i>Scalable training of L1-regularized log-linear models</i>, ICML 2007.</para>
/// </remarks>
public sealed class LbfgsLogisticRegressionBinaryTrainer
    : BinaryTrainer<LinearBinaryModelParameters>, IStreamingTrainer<LinearBinaryModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public LbfgsLogisticRegressionBinaryTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="LbfgsLogisticRegressionBinaryTrainer"/>.</summary>
    public sealed record Options : LbfgsOptionsBase
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => LbfgsLinear.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"LbfgsLogisticRegression({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public LinearBinaryModelParameters Train(TrainingStream rows, FitContext context)
    {
        double[] frequency = TrainerChecks.CheckClasses(rows, _options.LabelColumnName, context);

        // Without features the best bias is the logarithm of the odds, and the loss's second derivative there is p (1 − p).
        double p = frequency[1] / frequency.Sum();
        var (weights, biases, history) =
            LbfgsLinear.Train(new LogisticLoss(), rows, p * (1 - p), [Math.Log(p / (1 - p))], _options, context);
        return new(weights, biases[0], history);
    }

    /// <inheritdoc/>
    protected override LinearBinaryModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
