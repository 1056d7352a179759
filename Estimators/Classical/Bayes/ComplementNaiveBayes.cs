using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Complement naive Bayes: models, for each class, how the counts of all <b>other</b> classes spread over the features, and predicts the class
/// whose complement fits worst.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> Class c has the score −Σj xj log q_cj with q_cj = (N_j − N_cj + α) / Σj (N_j − N_cj + α), where N_cj is the weighted sum of
/// feature j over the class's rows and N_j over all rows; the probabilities are the softmax of the scores. Priors play no part. With
/// <see cref="Options.Normalize"/> a class's weights log q_cj are divided by their sum.</para>
/// <para><b>Cost.</b> Two passes over the stored values, which need not fit in memory; scoring k of them each.</para>
/// <para><b>Use it</b> in place of multinomial naive Bayes where some classes have many more rows than others: all classes' estimates are then made
/// of about as much data.</para>
/// <para><b>Reference.</b> Rennie, Shih, Teevan, Karger, <i>Tackling the poor assumptions of naive Bayes text classifiers</i>, ICML 2003.</para>
/// </remarks>
public static class ComplementNaiveBayesTrainer
{
    /// <summary>The options of the complement naive Bayes trainers.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>α, which is added to every count. Above 0; default 1.</summary>
        public double Alpha { get; init; } = 1;

        /// <summary>Whether each class's weights are divided by their sum. Default false.</summary>
        public bool Normalize { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(Alpha), "Added to every count, so that nothing is impossible.",
                o => o.Alpha, (o, v) => o with { Alpha = v }, minimum: 0, exclusive: true)
            .Boolean(nameof(Normalize), "Whether each class's weights are divided by their sum.",
                o => o.Normalize, (o, v) => o with { Normalize = v })
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });
    }

    internal static DiscreteNaiveBayesModelParameters Train(TrainingStream rows, Options options, FitContext context)
    {
        double[] weight = TrainerChecks.CheckClasses(rows, options.LabelColumnName, context, minimum: 1);
        DiscreteBayes.CheckCounts(rows, "complement", context);
        double[] counts = DiscreteBayes.Sums(rows, x => x, context);
        int k = weight.Length, d = rows.FeatureCount;
        var totals = new double[d];
        for (int i = 0; i < counts.Length; i++)
            totals[i % d] += counts[i];
        for (int c = 0; c < k; c++)
            Complement(counts.AsSpan(c * d, d), totals, options);
        return new([.. weight.Select(w => w > 0 ? 0 : double.NegativeInfinity)], counts);
    }

    // Turns a class's counts into its weights. The rounding of sums that are equal may leave a difference below 0.
    private static void Complement(Span<double> counts, double[] totals, Options options)
    {
        double sum = 0;
        for (int j = 0; j < counts.Length; j++)
        {
            counts[j] = Math.Max(totals[j] - counts[j], 0) + options.Alpha;
            sum += counts[j];
        }

        double logSum = 0;
        for (int j = 0; j < counts.Length; j++)
        {
            counts[j] = Math.Log(sum) - Math.Log(counts[j]);
            logSum += counts[j];
        }

        // Of one feature the logarithm is 0, and says nothing.
        if (options.Normalize && logSum > 0)
            Numerics.Dense.Scale(1 / logSum, counts);
    }
}

/// <summary>Complement naive Bayes for several classes; see <see cref="ComplementNaiveBayesTrainer"/>.</summary>
public sealed class ComplementNaiveBayesMulticlassTrainer
    : MulticlassTrainer<DiscreteNaiveBayesModelParameters>, IStreamingTrainer<DiscreteNaiveBayesModelParameters>
{
    private readonly ComplementNaiveBayesTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public ComplementNaiveBayesMulticlassTrainer(ComplementNaiveBayesTrainer.Options? options = null) : base(options ??= new())
    {
        ComplementNaiveBayesTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => DiscreteBayes.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => ComplementNaiveBayesTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"ComplementNaiveBayes({ComplementNaiveBayesTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public DiscreteNaiveBayesModelParameters Train(TrainingStream rows, FitContext context) =>
        ComplementNaiveBayesTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override DiscreteNaiveBayesModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>Complement naive Bayes for two classes; see <see cref="ComplementNaiveBayesTrainer"/>.</summary>
public sealed class ComplementNaiveBayesBinaryTrainer
    : BinaryTrainer<DiscreteNaiveBayesModelParameters>, IStreamingTrainer<DiscreteNaiveBayesModelParameters>
{
    private readonly ComplementNaiveBayesTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public ComplementNaiveBayesBinaryTrainer(ComplementNaiveBayesTrainer.Options? options = null) : base(options ??= new())
    {
        ComplementNaiveBayesTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => DiscreteBayes.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => ComplementNaiveBayesTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"ComplementNaiveBayes({ComplementNaiveBayesTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public DiscreteNaiveBayesModelParameters Train(TrainingStream rows, FitContext context) =>
        ComplementNaiveBayesTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override DiscreteNaiveBayesModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
