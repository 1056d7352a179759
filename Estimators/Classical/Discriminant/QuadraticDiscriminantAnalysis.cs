using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Quadratic discriminant analysis: models each class by its frequency and by a normal distribution with a mean and a covariance of its own, and
/// predicts by Bayes' rule. The borders between classes are then quadrics.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) ∝ πc N(x; μc, Σc) with Σc = (1 − r) Sc / (nc − 1) + r I, where Sc is the scatter of the class's nc rows (their sum
/// of weights) about their mean and r the regularisation. A direction in which a class does not vary is given the least variance that can be told
/// from 0, 1e-8 of its features', and told of.</para>
/// <para><b>Cost.</b> Two passes over the rows, which need not fit in memory, of 2 n d² operations in all, then about k d³; k d² numbers in the
/// model; scoring k d² a row.</para>
/// <para><b>Use it</b> where classes differ in shape, with many more rows than features in each; otherwise raise the regularisation, or take linear
/// discriminant analysis, which has fewer numbers to estimate.</para>
/// <para><b>Reference.</b> Hastie, Tibshirani, Friedman, <i>The Elements of Statistical Learning</i>, 2nd ed., §4.3; Friedman, <i>Regularized
/// discriminant analysis</i>, Journal of the American Statistical Association 84, 1989.</para>
/// </remarks>
public static class QuadraticDiscriminantAnalysisTrainer
{
    /// <summary>The options of quadratic discriminant analysis.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// r, how much of each class's covariance gives way to the identity. From 0 to 1; default 0. Where it is above 0, bring features to one
        /// scale first.
        /// </summary>
        public double Regularization { get; init; }

        /// <summary>What the classes' probabilities before a row is seen are. Default <see cref="ClassPriors.Frequency"/>.</summary>
        public ClassPriors Priors { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(Regularization), "How much of each class's covariance gives way to the identity.",
                o => o.Regularization, (o, v) => o with { Regularization = v }, minimum: 0, maximum: 1)
            .Choice(nameof(Priors), "The classes' probabilities before a row is seen.", o => o.Priors, (o, v) => o with { Priors = v })
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });
    }

    internal static TrainerInfo Info { get; } = new(SupportsWeights: true, GivesProbabilities: true);

    internal static QuadraticDiscriminantModelParameters Train(TrainingStream rows, Options options, FitContext context)
    {
        TrainerChecks.CheckClasses(rows, options.LabelColumnName, context);
        var moments = ClassMoments.Of(rows, context);
        double[] priors = options.Priors.Of(moments.Weights);
        int k = priors.Length, d = rows.FeatureCount;
        double[] fallback = [.. moments.Overall().Variances.Select(v => Math.Sqrt(v))];
        var scatter = ClassScatter.Of(rows, moments.Means, [.. priors.Select(_ => 1.0)], pooled: false, [], context);

        var biases = new double[k];
        Array.Fill(biases, double.NegativeInfinity);
        var whitenings = new double[k * d * d];
        for (int c = 0; c < k; c++)
        {
            if (priors[c] == 0)
                continue;
            var covariance = scatter.Of(c);

            // Less than two rows' worth of weight leave no degree of freedom to the mean.
            double n = moments.Weights[c];
            Dense.Scale((1 - options.Regularization) / (n >= 2 ? n - 1 : n), covariance.AsSpan());
            for (int j = 0; j < d; j++)
                covariance[j, j] += options.Regularization;
            var whitening = Whitening.Of(covariance, fallback, leaveOut: false, context);
            whitening.Matrix.AsSpan().CopyTo(whitenings.AsSpan(c * d * d));
            biases[c] = Math.Log(priors[c]) - (0.5 * whitening.LogDeterminant);
            if (whitening.IsSingular)
                Warn(rows.ClassNames[c], context);
        }

        if (!double.IsFinite(Dense.NormInfinity(whitenings)))
            throw new DataException("The features are too large or too small for a covariance in double precision. Bring them to one scale first.");
        return new(biases, moments.Means, whitenings);
    }

    private static void Warn(string name, FitContext context) => context.Diagnose(DiagnosisSeverity.Warning, "singular-covariance",
        $"In class '{name}' some features are constant or determined by others, so that its distribution is flat in a direction, and probabilities " +
        "are too sure. Raise Regularization, drop features, or use linear discriminant analysis.");
}

/// <summary>Quadratic discriminant analysis for several classes; see <see cref="QuadraticDiscriminantAnalysisTrainer"/>.</summary>
public sealed class QuadraticDiscriminantAnalysisMulticlassTrainer
    : MulticlassTrainer<QuadraticDiscriminantModelParameters>, IStreamingTrainer<QuadraticDiscriminantModelParameters>
{
    private readonly QuadraticDiscriminantAnalysisTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public QuadraticDiscriminantAnalysisMulticlassTrainer(QuadraticDiscriminantAnalysisTrainer.Options? options = null) : base(options ??= new())
    {
        QuadraticDiscriminantAnalysisTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => QuadraticDiscriminantAnalysisTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => QuadraticDiscriminantAnalysisTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"QuadraticDiscriminantAnalysis({QuadraticDiscriminantAnalysisTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public QuadraticDiscriminantModelParameters Train(TrainingStream rows, FitContext context) =>
        QuadraticDiscriminantAnalysisTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override QuadraticDiscriminantModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>Quadratic discriminant analysis for two classes; see <see cref="QuadraticDiscriminantAnalysisTrainer"/>.</summary>
public sealed class QuadraticDiscriminantAnalysisBinaryTrainer
    : BinaryTrainer<QuadraticDiscriminantModelParameters>, IStreamingTrainer<QuadraticDiscriminantModelParameters>
{
    private readonly QuadraticDiscriminantAnalysisTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public QuadraticDiscriminantAnalysisBinaryTrainer(QuadraticDiscriminantAnalysisTrainer.Options? options = null) : base(options ??= new())
    {
        QuadraticDiscriminantAnalysisTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => QuadraticDiscriminantAnalysisTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => QuadraticDiscriminantAnalysisTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"QuadraticDiscriminantAnalysis({QuadraticDiscriminantAnalysisTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public QuadraticDiscriminantModelParameters Train(TrainingStream rows, FitContext context) =>
        QuadraticDiscriminantAnalysisTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override QuadraticDiscriminantModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
