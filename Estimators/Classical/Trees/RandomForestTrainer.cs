using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A random forest: many decision trees, each grown without pruning from rows drawn anew with replacement, each of whose nodes sees a few
/// features drawn at random. The trees err in different ways; the mean of their predictions errs less than each of them.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) = (1/T) Σt pt(c | x), with pt the class frequencies of the leaf of tree t that x comes to; for numbers the
/// mean of the leaves' means. Averaging frequencies (soft votes) keeps what a plain vote rounds away.</para>
/// <para><b>Randomness.</b> Tree t draws n of the n rows with replacement, so that about a third are left out, and at each node
/// <see cref="Options.FeatureCountPerSplit"/> features. With weights, it draws as many rows as they weigh together (at least n, at most
/// 10 n), each with a probability in proportion to its weight. Each tree has a random stream of its own, derived from the seed and t.</para>
/// <para><b>Out of bag.</b> The trees that did not draw a row predict it as they would a new one: the out-of-bag score is an estimate of
/// the accuracy, or R², on new data that costs no validation set.</para>
/// <para><b>Cost.</b> About T m n log² n for m features per split; trees grow on all threads, and the result does not depend on their
/// number.</para>
/// <para><b>Use it</b> as the first strong model on a table: it needs no scaling and hardly any tuning. It cannot extrapolate, and boosting
/// is often a little better.</para>
/// <para><b>Reference.</b> Breiman, <i>Random Forests</i>, Machine Learning 45, 2001; Hastie, Tibshirani, Friedman, <i>The Elements of
/// Statistical Learning</i>, 2nd ed., ch. 15. The defaults are scikit-learn's. FastForest of ML.NET is its counterpart for two classes and
/// for numbers, and grows smaller trees on histograms.</para>
/// </remarks>
public static class RandomForestTrainer
{
    private const int RowsPerChunk = 1024;

    /// <summary>The options of the random forest trainers.</summary>
    public sealed record Options : TreeGrowthOptions
    {
        /// <summary>T, how many trees vote, 1 or more. Default 100.</summary>
        public int NumberOfTrees { get; init; } = 100;

        /// <summary>
        /// How many features are tried at each node, 1 or more; more than there are means all. Null (the default) is √d, rounded down, for
        /// classes, and all d for numbers.
        /// </summary>
        /// <remarks>For numbers Breiman proposes d/3; scikit-learn tries all, which is often better where few features matter.</remarks>
        public int? FeatureCountPerSplit { get; init; }

        /// <summary>Whether each tree learns from rows drawn with replacement (the default) or from all rows.</summary>
        public bool Bootstrap { get; init; } = true;

        /// <summary>The seed of the draws; null (the default) takes that of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options for classes: their names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Draws(Trees().SplitCriterion().GrowthLimits())
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });

        /// <summary>The options for regression, which has no choice of criterion.</summary>
        public static OptionSet<Options> ForRegression { get; } = Draws(Trees().GrowthLimits());

        private static OptionSet<Options> Trees() => new OptionSet<Options>(new())
            .Integer(nameof(NumberOfTrees), "How many trees vote.",
                o => o.NumberOfTrees, (o, v) => o with { NumberOfTrees = v }, minimum: 1);

        private static OptionSet<Options> Draws(OptionSet<Options> set) => set
            .OptionalInteger(nameof(FeatureCountPerSplit), "How many features are tried at each node; auto is √d for classes, d for numbers.",
                o => o.FeatureCountPerSplit, (o, v) => o with { FeatureCountPerSplit = v }, minimum: 1)
            .Boolean(nameof(Bootstrap), "Each tree learns from rows drawn with replacement.",
                o => o.Bootstrap, (o, v) => o with { Bootstrap = v })
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }

    internal static TrainerInfo ClassInfo { get; } = new(SupportsWeights: true, GivesProbabilities: true);

    internal static TrainerInfo RegressionInfo { get; } = new(SupportsWeights: true);

    internal static (DecisionTree[] Trees, double? OutOfBagScore) Train(TrainingData data, Options options, FitContext context)
    {
        if (data.ClassCount > 0)
            TrainerChecks.CheckClasses(data, options.LabelColumnName, minimum: 1);
        var shared = new SharedContext(context);
        var sample = new TreeSample(data, context.Threads, shared.Checkpoint);
        var random = context.CreateRandom("forest", options.Seed);
        int d = data.Features.Columns;
        int featuresPerSplit = Math.Min(d, options.FeatureCountPerSplit ?? (data.ClassCount > 0 ? (int)Math.Sqrt(d) : d));
        var trees = new DecisionTree[options.NumberOfTrees];
        var bootstrap = new Bootstrap(sample.Weights);
        var outOfBag = options.Bootstrap ? new OutOfBag(data, trees) : null;
        ParallelLoop.For(trees.Length, 1, context.Threads, context.CancellationToken, (t, _, _) =>
        {
            var stream = random.Derive(t);
            double[] weights = outOfBag is null ? sample.Weights : bootstrap.Draw(stream, outOfBag.Bag(t));
            trees[t] = sample.Grow(weights, options, featuresPerSplit, stream, shared.Checkpoint).ToTree();
            shared.Advance(trees.Length);
        });
        return (trees, outOfBag?.Score(context.Threads, RowsPerChunk, shared.Checkpoint));
    }
}

/// <summary>A random forest for two classes; see <see cref="RandomForestTrainer"/>.</summary>
public sealed class RandomForestBinaryTrainer : BinaryTrainer<RandomForestModelParameters>
{
    private readonly RandomForestTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public RandomForestBinaryTrainer(RandomForestTrainer.Options? options = null) : base(options ??= new())
    {
        RandomForestTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => RandomForestTrainer.ClassInfo;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => RandomForestTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"RandomForest({RandomForestTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override RandomForestModelParameters Train(TrainingData data, FitContext context)
    {
        var (trees, outOfBagScore) = RandomForestTrainer.Train(data, _options, context);
        return new(trees, data.Features.Columns, outOfBagScore);
    }
}

/// <summary>A random forest for several classes; see <see cref="RandomForestTrainer"/>.</summary>
public sealed class RandomForestMulticlassTrainer : MulticlassTrainer<RandomForestModelParameters>
{
    private readonly RandomForestTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public RandomForestMulticlassTrainer(RandomForestTrainer.Options? options = null) : base(options ??= new())
    {
        RandomForestTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => RandomForestTrainer.ClassInfo;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => RandomForestTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"RandomForest({RandomForestTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override RandomForestModelParameters Train(TrainingData data, FitContext context)
    {
        var (trees, outOfBagScore) = RandomForestTrainer.Train(data, _options, context);
        return new(trees, data.Features.Columns, outOfBagScore);
    }
}

/// <summary>A random forest that predicts a number; see <see cref="RandomForestTrainer"/>.</summary>
public sealed class RandomForestRegressionTrainer : RegressionTrainer<RandomForestRegressionModelParameters>
{
    private readonly RandomForestTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public RandomForestRegressionTrainer(RandomForestTrainer.Options? options = null) : base(options ??= new())
    {
        RandomForestTrainer.Options.ForRegression.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => RandomForestTrainer.RegressionInfo;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => RandomForestTrainer.Options.ForRegression.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"RandomForest({RandomForestTrainer.Options.ForRegression.Changes(_options)})";

    /// <inheritdoc/>
    protected override RandomForestRegressionModelParameters Train(TrainingData data, FitContext context)
    {
        var (trees, outOfBagScore) = RandomForestTrainer.Train(data, _options, context);
        return new(trees, data.Features.Columns, outOfBagScore);
    }
}
