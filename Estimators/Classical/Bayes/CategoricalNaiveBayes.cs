using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Categorical naive Bayes: models each class by its frequency and by how often each feature takes each of its categories in it, and predicts by
/// Bayes' rule.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) ∝ πc · Πj p_cj(xj) with p_cj(v) = (N_cj(v) + α) / (N_c + α mj): N_c is the weight of the class's rows, N_cj(v) of
/// those with category v, and mj the number of categories. A category is a whole number from 0; mj is one more than the greatest one seen. A value
/// that was never seen, when scoring, says nothing of the class.</para>
/// <para><b>Cost.</b> Two passes over n × d values, which need not fit in memory; k Σ mj numbers in the model; scoring n × d × k look-ups.</para>
/// <para><b>Use it</b> for features that are categories by number, such as keys; one-hot vectors are for Bernoulli naive Bayes.</para>
/// <para><b>Reference.</b> Hastie, Tibshirani, Friedman, <i>The Elements of Statistical Learning</i>, 2nd ed., §6.6.3.</para>
/// </remarks>
public static class CategoricalNaiveBayesTrainer
{
    // 2²⁶ numbers are 512 MiB.
    private const long MostNumbers = 1 << 26;

    /// <summary>The options of the categorical naive Bayes trainers.</summary>
    public sealed record Options : DiscreteNaiveBayesOptionsBase
    {
        /// <summary>The fewest categories that a feature has, seen or not: then no row of them is unknown. 1 or more; default 1.</summary>
        public int MinimumCategories { get; init; } = 1;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Integer(nameof(MinimumCategories), "The fewest categories that a feature has, seen or not.",
                o => o.MinimumCategories, (o, v) => o with { MinimumCategories = v }, minimum: 1);
    }

    internal static TrainerInfo Info { get; } = new(SupportsWeights: true, GivesProbabilities: true);

    internal static CategoricalNaiveBayesModelParameters Train(TrainingStream rows, Options options, FitContext context)
    {
        double[] weight = TrainerChecks.CheckClasses(rows, options.LabelColumnName, context, minimum: 1);
        int k = weight.Length, d = rows.FeatureCount;
        int[] categories = CountCategories(rows, options.MinimumCategories, k, context);
        int[] offsets = CategoricalNaiveBayesModelParameters.Offsets(categories);
        var table = new double[k * offsets[d]];
        foreach (var block in rows.Blocks(context))
        {
            context.Checkpoint();
            for (int i = 0; i < block.Rows; i++)
            {
                var row = block.Features.Row(i);
                var own = table.AsSpan(block.Classes[i] * offsets[d], offsets[d]);
                for (int j = 0; j < d; j++)
                    own[offsets[j] + (int)row[j]] += block.Weight(i);
            }
        }

        for (int c = 0; c < k; c++)
        {
            var own = table.AsSpan(c * offsets[d], offsets[d]);
            for (int j = 0; j < d; j++)
            {
                double whole = Math.Log(weight[c] + (options.Alpha * categories[j]));
                foreach (ref double count in own[offsets[j]..offsets[j + 1]])
                    count = Math.Log(count + options.Alpha) - whole;
            }
        }

        return new(options.LogPriors(weight), categories, table);
    }

    // One more than the greatest value of each feature; the values are whole numbers from 0, and few enough for a table.
    private static int[] CountCategories(TrainingStream rows, int least, int k, FitContext context)
    {
        int d = rows.FeatureCount;
        var greatest = new float[d];
        Array.Fill(greatest, least - 1);
        foreach (var block in rows.Blocks(context))
        {
            context.Checkpoint();
            for (int i = 0; i < block.Rows; i++)
            {
                var row = block.Features.Row(i);
                for (int j = 0; j < d; j++)
                {
                    if (!(row[j] >= 0) || row[j] != MathF.Truncate(row[j]))
                        throw NotACategory(rows.FeatureNames[j], row[j]);
                    greatest[j] = Math.Max(greatest[j], row[j]);
                }
            }
        }

        double numbers = k * greatest.Sum(g => g + 1.0);
        if (numbers > MostNumbers)
        {
            int widest = Array.IndexOf(greatest, greatest.Max());
            throw new DataException(FormattableString.Invariant(
                $"The features have so many categories, '{rows.FeatureNames[widest]}' up to {greatest[widest]}, that their table would have {numbers:G3} ") +
                "numbers. Number categories from 0 without gaps, with Transforms.Conversion.MapValueToKey, or use another trainer.");
        }

        return [.. greatest.Select(g => (int)g + 1)];
    }

    private static DataException NotACategory(string name, float value) => new(FormattableString.Invariant(
        $"Feature '{name}' is {value} in a row; categorical naive Bayes needs categories by number: 0, 1, 2, … ") +
        "Make them with Transforms.Conversion.MapValueToKey, or use Gaussian naive Bayes for measurements.");
}

/// <summary>Categorical naive Bayes for several classes; see <see cref="CategoricalNaiveBayesTrainer"/>.</summary>
public sealed class CategoricalNaiveBayesMulticlassTrainer
    : MulticlassTrainer<CategoricalNaiveBayesModelParameters>, IStreamingTrainer<CategoricalNaiveBayesModelParameters>
{
    private readonly CategoricalNaiveBayesTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public CategoricalNaiveBayesMulticlassTrainer(CategoricalNaiveBayesTrainer.Options? options = null) : base(options ??= new())
    {
        CategoricalNaiveBayesTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => CategoricalNaiveBayesTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => CategoricalNaiveBayesTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"CategoricalNaiveBayes({CategoricalNaiveBayesTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public CategoricalNaiveBayesModelParameters Train(TrainingStream rows, FitContext context) =>
        CategoricalNaiveBayesTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override CategoricalNaiveBayesModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>Categorical naive Bayes for two classes; see <see cref="CategoricalNaiveBayesTrainer"/>.</summary>
public sealed class CategoricalNaiveBayesBinaryTrainer
    : BinaryTrainer<CategoricalNaiveBayesModelParameters>, IStreamingTrainer<CategoricalNaiveBayesModelParameters>
{
    private readonly CategoricalNaiveBayesTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public CategoricalNaiveBayesBinaryTrainer(CategoricalNaiveBayesTrainer.Options? options = null) : base(options ??= new())
    {
        CategoricalNaiveBayesTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => CategoricalNaiveBayesTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => CategoricalNaiveBayesTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"CategoricalNaiveBayes({CategoricalNaiveBayesTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public CategoricalNaiveBayesModelParameters Train(TrainingStream rows, FitContext context) =>
        CategoricalNaiveBayesTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override CategoricalNaiveBayesModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
