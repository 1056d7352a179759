using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Multinomial naive Bayes: models each class by its frequency and by how its counts spread over the features, such as the words of its texts,
/// and predicts by Bayes' rule.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) ∝ πc · Πj p_cj^xj with p_cj = (N_cj + α) / (Σj N_cj + α d), where N_cj is the weighted sum of feature j over the
/// class's rows. The logarithm is a linear function of x.</para>
/// <para><b>Cost.</b> Two passes over the stored values, which need not fit in memory; scoring k of them each.</para>
/// <para><b>Use it</b> for counts that are 0 or more: bags of words, n-grams, also as TF-IDF. Its probabilities are too sure on long texts.</para>
/// <para><b>Reference.</b> Manning, Raghavan, Schütze, <i>Introduction to Information Retrieval</i>, Cambridge 2008, §13.2.</para>
/// </remarks>
public static class MultinomialNaiveBayesTrainer
{
    /// <summary>The options of the multinomial naive Bayes trainers.</summary>
    public sealed record Options : DiscreteNaiveBayesOptionsBase
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options());
    }

    internal static DiscreteNaiveBayesModelParameters Train(TrainingStream rows, Options options, FitContext context)
    {
        double[] weight = TrainerChecks.CheckClasses(rows, options.LabelColumnName, context, minimum: 1);
        DiscreteBayes.CheckCounts(rows, "multinomial", context);
        double[] counts = DiscreteBayes.Sums(rows, x => x, context);
        int d = rows.FeatureCount;
        for (int c = 0; c < weight.Length; c++)
        {
            var own = counts.AsSpan(c * d, d);
            double total = options.Alpha * d;
            foreach (double count in own)
                total += count;
            for (int j = 0; j < d; j++)
                own[j] = Math.Log(own[j] + options.Alpha) - Math.Log(total);
        }

        return new(options.LogPriors(weight), counts);
    }
}

/// <summary>Multinomial naive Bayes for several classes; see <see cref="MultinomialNaiveBayesTrainer"/>.</summary>
public sealed class MultinomialNaiveBayesMulticlassTrainer
    : MulticlassTrainer<DiscreteNaiveBayesModelParameters>, IStreamingTrainer<DiscreteNaiveBayesModelParameters>
{
    private readonly MultinomialNaiveBayesTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public MultinomialNaiveBayesMulticlassTrainer(MultinomialNaiveBayesTrainer.Options? options = null) : base(options ??= new())
    {
        MultinomialNaiveBayesTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => DiscreteBayes.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => MultinomialNaiveBayesTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"MultinomialNaiveBayes({MultinomialNaiveBayesTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public DiscreteNaiveBayesModelParameters Train(TrainingStream rows, FitContext context) =>
        MultinomialNaiveBayesTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override DiscreteNaiveBayesModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>Multinomial naive Bayes for two classes; see <see cref="MultinomialNaiveBayesTrainer"/>.</summary>
public sealed class MultinomialNaiveBayesBinaryTrainer
    : BinaryTrainer<DiscreteNaiveBayesModelParameters>, IStreamingTrainer<DiscreteNaiveBayesModelParameters>
{
    private readonly MultinomialNaiveBayesTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public MultinomialNaiveBayesBinaryTrainer(MultinomialNaiveBayesTrainer.Options? options = null) : base(options ??= new())
    {
        MultinomialNaiveBayesTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => DiscreteBayes.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => MultinomialNaiveBayesTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"MultinomialNaiveBayes({MultinomialNaiveBayesTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public DiscreteNaiveBayesModelParameters Train(TrainingStream rows, FitContext context) =>
        MultinomialNaiveBayesTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override DiscreteNaiveBayesModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
