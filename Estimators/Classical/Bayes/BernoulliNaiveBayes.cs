using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Bernoulli naive Bayes: models each class by its frequency and by how often each feature is present in it, and predicts by Bayes' rule from
/// what is present and what is absent.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> With zj = 1 where xj is above the threshold and 0 otherwise, p(c | x) ∝ πc · Πj p_cj^zj (1 − p_cj)^(1 − zj), with
/// p_cj = (N_cj + α) / (N_c + 2α): N_c is the weight of the class's rows, N_cj of those in which the feature is present. The logarithm is a linear
/// function of z.</para>
/// <para><b>Cost.</b> One pass over the stored values, which need not fit in memory; scoring k of them each.</para>
/// <para><b>Use it</b> for yes-or-no features: one-hot categories, words of short texts. Of the naive Bayes trainers here it is the nearest to
/// ML.NET's, which looks at the presence of features too.</para>
/// <para><b>Reference.</b> McCallum, Nigam, <i>A comparison of event models for naive Bayes text classification</i>, AAAI workshop 1998.</para>
/// </remarks>
public static class BernoulliNaiveBayesTrainer
{
    /// <summary>The options of the Bernoulli naive Bayes trainers.</summary>
    public sealed record Options : DiscreteNaiveBayesOptionsBase
    {
        /// <summary>What a feature must be above to be present. 0 or more; default 0.</summary>
        public double Threshold { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Number(nameof(Threshold), "What a feature must be above to be present.",
                o => o.Threshold, (o, v) => o with { Threshold = v }, minimum: 0);
    }

    internal static DiscreteNaiveBayesModelParameters Train(TrainingStream rows, Options options, FitContext context)
    {
        double[] weight = TrainerChecks.CheckClasses(rows, options.LabelColumnName, context, minimum: 1);
        double[] counts = DiscreteBayes.Sums(rows, x => x > options.Threshold ? 1 : 0, context);
        int d = rows.FeatureCount;
        double[] biases = options.LogPriors(weight);
        for (int i = 0; i < counts.Length; i++)
        {
            int c = i / d;
            double whole = Math.Log(weight[c] + (2 * options.Alpha));
            double present = Math.Log(counts[i] + options.Alpha) - whole;
            double absent = Math.Log(Math.Max(weight[c] - counts[i], 0) + options.Alpha) - whole;
            biases[c] += absent;
            counts[i] = present - absent;
        }

        return new(biases, counts, options.Threshold);
    }
}

/// <summary>Bernoulli naive Bayes for several classes; see <see cref="BernoulliNaiveBayesTrainer"/>.</summary>
public sealed class BernoulliNaiveBayesMulticlassTrainer
    : MulticlassTrainer<DiscreteNaiveBayesModelParameters>, IStreamingTrainer<DiscreteNaiveBayesModelParameters>
{
    private readonly BernoulliNaiveBayesTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public BernoulliNaiveBayesMulticlassTrainer(BernoulliNaiveBayesTrainer.Options? options = null) : base(options ??= new())
    {
        BernoulliNaiveBayesTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => DiscreteBayes.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => BernoulliNaiveBayesTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"BernoulliNaiveBayes({BernoulliNaiveBayesTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public DiscreteNaiveBayesModelParameters Train(TrainingStream rows, FitContext context) =>
        BernoulliNaiveBayesTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override DiscreteNaiveBayesModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>Bernoulli naive Bayes for two classes; see <see cref="BernoulliNaiveBayesTrainer"/>.</summary>
public sealed class BernoulliNaiveBayesBinaryTrainer
    : BinaryTrainer<DiscreteNaiveBayesModelParameters>, IStreamingTrainer<DiscreteNaiveBayesModelParameters>
{
    private readonly BernoulliNaiveBayesTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public BernoulliNaiveBayesBinaryTrainer(BernoulliNaiveBayesTrainer.Options? options = null) : base(options ??= new())
    {
        BernoulliNaiveBayesTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => DiscreteBayes.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => BernoulliNaiveBayesTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"BernoulliNaiveBayes({BernoulliNaiveBayesTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public DiscreteNaiveBayesModelParameters Train(TrainingStream rows, FitContext context) =>
        BernoulliNaiveBayesTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override DiscreteNaiveBayesModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
