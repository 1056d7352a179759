using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Linear discriminant analysis: models each class by its frequency and by a normal distribution about its mean, of one covariance for all
/// classes, and predicts by Bayes' rule. The borders between classes are then planes.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) ∝ πc N(x; μc, Σ), whose logarithm is, up to a common term, wc · x + bc with wc = Σ⁻¹ (μc − μ) and
/// bc = log πc − ½ (μc − μ)ᵀ Σ⁻¹ (μc − μ) − wc · μ, where μ = Σ πc μc. It is a linear model as that of logistic regression, learned in closed form.</para>
/// <para><b>Covariance.</b> Σ = S / (n − k) with S the scatter of the rows about their classes' means, n their number (the sum of weights) and k
/// that of classes. Directions without variance are left out. With few rows for so many features, let it shrink: Σ = Σc πc [(1 − s) Sc / nc +
/// s (tr Sc / nc) / d I], with s given or chosen for each class by Ledoit and Wolf's formula.</para>
/// <para><b>Cost.</b> Two passes over the rows, which need not fit in memory, of 2 n d² operations in all (k times the memory, d² k numbers, where
/// s is chosen), then about d³; scoring d k a row.</para>
/// <para><b>Use it</b> where classes are clouds of about one shape, and rows are few: it needs fewer than logistic regression, and no iterations.
/// </para>
/// <para><b>Reference.</b> Hastie, Tibshirani, Friedman, <i>The Elements of Statistical Learning</i>, 2nd ed., §4.3; Ledoit, Wolf, <i>A
/// well-conditioned estimator for large-dimensional covariance matrices</i>, Journal of Multivariate Analysis 88, 2004.</para>
/// </remarks>
public static class LinearDiscriminantAnalysisTrainer
{
    /// <summary>The options of linear discriminant analysis.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// s, how much of the covariance gives way to a multiple of the identity: 0, the default, leaves it as it is; 1 keeps only the features'
        /// mean variance. From 0 to 1. Where it is above 0, bring features to one scale first.
        /// </summary>
        public double Shrinkage { get; init; }

        /// <summary>
        /// Whether s is chosen by the formula of Ledoit and Wolf, on features scaled to a variance of 1 within each class; <see cref="Shrinkage"/>
        /// is then not looked at. Default false.
        /// </summary>
        public bool AutomaticShrinkage { get; init; }

        /// <summary>What the classes' probabilities before a row is seen are. Default <see cref="ClassPriors.Frequency"/>.</summary>
        public ClassPriors Priors { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(Shrinkage), "How much of the covariance gives way to a multiple of the identity.",
                o => o.Shrinkage, (o, v) => o with { Shrinkage = v }, minimum: 0, maximum: 1)
            .Boolean(nameof(AutomaticShrinkage), "Whether the shrinkage is chosen by Ledoit and Wolf's formula.",
                o => o.AutomaticShrinkage, (o, v) => o with { AutomaticShrinkage = v })
            .Choice(nameof(Priors), "The classes' probabilities before a row is seen.", o => o.Priors, (o, v) => o with { Priors = v })
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });
    }

    internal static TrainerInfo Info { get; } = new(SupportsWeights: true, GivesProbabilities: true);

    /// <summary>Learns k × d weights and k biases; −∞ for a class without rows.</summary>
    internal static (double[] Weights, double[] Biases) Learn(TrainingStream rows, Options options, FitContext context)
    {
        TrainerChecks.CheckClasses(rows, options.LabelColumnName, context);
        var moments = ClassMoments.Of(rows, context);
        double[] priors = options.Priors.Of(moments.Weights);
        var (_, variances) = moments.Overall();
        var covariance = options.AutomaticShrinkage ? Chosen(rows, moments, priors, context) : Given(rows, moments, priors, options, context);
        var whitening = Whitening.Of(covariance, [.. variances.Select(v => Math.Sqrt(v))], leaveOut: true, context);

        int k = priors.Length, d = rows.FeatureCount;
        var centre = new double[d];
        for (int c = 0; c < k; c++)
            Dense.Axpy(priors[c], moments.Means.AsSpan(c * d, d), centre);

        // With z = A (μc − μ): wc = Aᵀ z, and the distance of the mean from the centre is ‖z‖.
        var (weights, biases) = (new double[k * d], new double[k]);
        Array.Fill(biases, double.NegativeInfinity);
        var a = whitening.Matrix;
        for (int c = 0; c < k; c++)
        {
            if (priors[c] == 0)
                continue;
            double[] difference = [.. moments.Means.AsSpan(c * d, d)];
            Dense.Axpy(-1, centre, difference);
            var own = weights.AsSpan(c * d, d);
            double squares = 0;
            for (int r = 0; r < a.Rows; r++)
            {
                double z = Dense.Dot(a.Row(r), difference);
                squares += z * z;
                Dense.Axpy(z, a.Row(r), own);
            }

            biases[c] = Math.Log(priors[c]) - (0.5 * squares) - Dense.Dot(own, centre);
        }

        return double.IsFinite(Dense.NormInfinity(weights)) && Array.TrueForAll(biases, b => b < double.PositiveInfinity)
            ? (weights, biases)
            : throw new DataException("The features are too large or too small for a covariance in double precision. Bring them to one scale first.");
    }

    internal static MaximumEntropyModelParameters TrainMulticlass(TrainingStream rows, Options options, FitContext context)
    {
        var (weights, biases) = Learn(rows, options, context);
        return new(weights, biases);
    }

    // With two classes the logarithm of the odds is the difference of the two linear functions.
    internal static LinearBinaryModelParameters TrainBinary(TrainingStream rows, Options options, FitContext context)
    {
        var (weights, biases) = Learn(rows, options, context);
        int d = rows.FeatureCount;
        return new([.. Enumerable.Range(0, d).Select(j => weights[d + j] - weights[j])], biases[1] - biases[0]);
    }

    private static Matrix Given(TrainingStream rows, ClassMoments moments, double[] priors, Options options, FitContext context)
    {
        double total = moments.Weights.Sum();
        int present = priors.Count(p => p > 0), d = rows.FeatureCount;

        // As many rows as classes, or fewer by weight, leave no degree of freedom; the scatter is then divided as one of a known mean.
        double divisor = total > present ? total - present : total;
        double[] factors = options.Shrinkage == 0
            ? [.. priors.Select(_ => 1 / divisor)]
            : [.. priors.Select((p, c) => p > 0 ? p / moments.Weights[c] : 0)];
        var covariance = ClassScatter.Of(rows, moments.Means, factors, pooled: true, [], context).Of(0);
        double μ = covariance.Diagonal().Sum() / d, s = options.Shrinkage;
        for (int i = 0; i < d && s > 0; i++)
        {
            Dense.Scale(1 - s, covariance.Row(i));
            covariance[i, i] += s * μ;
        }

        return covariance;
    }

    private static Matrix Chosen(TrainingStream rows, ClassMoments moments, double[] priors, FitContext context)
    {
        int k = priors.Length, d = rows.FeatureCount;
        double[] scales = [.. moments.Squares.Select((m2, i) => m2 > 0 ? Math.Sqrt(m2 / moments.Weights[i / d]) : 1)];
        double[] ones = [.. priors.Select(_ => 1.0)];
        var scatter = ClassScatter.Of(rows, moments.Means, ones, pooled: false, scales, context);
        var covariance = new Matrix(d, d);
        for (int c = 0; c < k; c++)
        {
            if (priors[c] == 0)
                continue;
            context.Checkpoint();
            var own = scatter.Of(c);
            Dense.Scale(1 / moments.Weights[c], own.AsSpan());
            LedoitWolf.Shrink(own, scales.AsSpan(c * d, d), scatter.Fourth(c), moments.Weights[c]);
            Dense.Axpy(priors[c], own.AsSpan(), covariance.AsSpan());
        }

        return covariance;
    }
}

/// <summary>Linear discriminant analysis for several classes; see <see cref="LinearDiscriminantAnalysisTrainer"/>.</summary>
public sealed class LinearDiscriminantAnalysisMulticlassTrainer
    : MulticlassTrainer<MaximumEntropyModelParameters>, IStreamingTrainer<MaximumEntropyModelParameters>
{
    private readonly LinearDiscriminantAnalysisTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public LinearDiscriminantAnalysisMulticlassTrainer(LinearDiscriminantAnalysisTrainer.Options? options = null) : base(options ??= new())
    {
        LinearDiscriminantAnalysisTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => LinearDiscriminantAnalysisTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => LinearDiscriminantAnalysisTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"LinearDiscriminantAnalysis({LinearDiscriminantAnalysisTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public MaximumEntropyModelParameters Train(TrainingStream rows, FitContext context) =>
        LinearDiscriminantAnalysisTrainer.TrainMulticlass(rows, _options, context);

    /// <inheritdoc/>
    protected override MaximumEntropyModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>Linear discriminant analysis for two classes; see <see cref="LinearDiscriminantAnalysisTrainer"/>.</summary>
public sealed class LinearDiscriminantAnalysisBinaryTrainer
    : BinaryTrainer<LinearBinaryModelParameters>, IStreamingTrainer<LinearBinaryModelParameters>
{
    private readonly LinearDiscriminantAnalysisTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public LinearDiscriminantAnalysisBinaryTrainer(LinearDiscriminantAnalysisTrainer.Options? options = null) : base(options ??= new())
    {
        LinearDiscriminantAnalysisTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => LinearDiscriminantAnalysisTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => LinearDiscriminantAnalysisTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"LinearDiscriminantAnalysis({LinearDiscriminantAnalysisTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public LinearBinaryModelParameters Train(TrainingStream rows, FitContext context) =>
        LinearDiscriminantAnalysisTrainer.TrainBinary(rows, _options, context);

    /// <inheritdoc/>
    protected override LinearBinaryModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
