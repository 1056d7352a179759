using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// The averaged perceptron: a linear function of the features that takes a step for every row on the wrong side, or not far enough on the right
/// one, and whose weights are averaged over all steps. Its scores are margins, not probabilities.
/// </summary>
/// <remarks>
/// <para><b>Step.</b> For each row with class t = ±1 and margin m = t (w · x + b): w ← w − r φ'(m) t x, b ← b − r φ'(m) t with the rate r and the loss φ,
/// by default the hinge. The model is the mean of the weights after each row, which foresees better than the last ones. A row's weight multiplies
/// its step.</para>
/// <para><b>Bound.</b> With the perceptron loss φ = max(0, −m), on classes that a plane separates by γ, rows no longer than R make at most (R / γ)²
/// mistakes, in any order (Novikoff).</para>
/// <para><b>Cost.</b> About 4 n d a pass, over rows that need not fit in memory; scoring d a row.</para>
/// <para><b>Use it</b> for wide and sparse features, such as words, where one or a few passes must do. Bring features to one scale first.</para>
/// <para><b>Reference.</b> Freund, Schapire, <i>Large margin classification using the perceptron algorithm</i>, Machine Learning 37, 1999.</para>
/// </remarks>
public sealed class AveragedPerceptronTrainer : BinaryTrainer<LinearBinaryModelParameters>, IStreamingTrainer<LinearBinaryModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public AveragedPerceptronTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="AveragedPerceptronTrainer"/>.</summary>
    public sealed record Options : AveragedLinearOptions
    {
        /// <summary>Creates the options with ML.NET's default of 10 passes.</summary>
        public Options() => NumberOfIterations = 10;

        /// <summary>The loss φ of a margin. Default hinge.</summary>
        public ClassificationLoss LossFunction { get; init; } = ClassificationLoss.Hinge;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Choice(nameof(LossFunction), "The loss of a margin.", o => o.LossFunction, (o, v) => o with { LossFunction = v })
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsSparse: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"AveragedPerceptron({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public LinearBinaryModelParameters Train(TrainingStream rows, FitContext context)
    {
        TrainerChecks.CheckClasses(rows, _options.LabelColumnName, context);
        (double Loss, double Slope) Loss(TrainingData block, int row, double score)
        {
            int t = block.Classes[row] == 1 ? 1 : -1;
            var (value, slope) = _options.LossFunction.At(t * score);
            return (value, t * slope);
        }

        var (weights, bias, history) = AveragedTraining.Train(rows, Loss, _options, context);
        return new(weights, bias, history, isCalibrated: false);
    }

    /// <inheritdoc/>
    protected override LinearBinaryModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
