using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A decision tree (CART): questions "is feature f at most t?", each chosen to leave the rows on its two sides as pure as possible; a leaf
/// predicts what its training rows say, the frequency of each class or the mean of the label.
/// </summary>
/// <remarks>
/// <para><b>Split.</b> A node of weight w and impurity i is split by the feature f and the threshold t that lower impurity most:
/// max w i − wL iL − wR iR over all f and all t halfway between neighbouring values, with L the rows of xf ≤ t. For classes i is Gini's
/// index 1 − Σ p² or the entropy −Σ p log₂ p, for numbers the variance. A tie goes to the lowest feature, then to the lowest threshold. A
/// node that is not pure is split even when nothing is gained at once, because the next split may gain (as with exclusive or).</para>
/// <para><b>Pruning.</b> With Alpha above 0, the grown tree is cut back to the smallest subtree T that minimises R(T) + α |T|, where R(T)
/// is the impurity of its leaves, Σ w i / W, and |T| their number.</para>
/// <para><b>Cost.</b> n d for each level of the tree, about n d log n in all; a prediction takes as many comparisons as the tree is
/// deep.</para>
/// <para><b>Use it</b> where the model must be read by people, or as the unit of a forest. It needs no scaling: only the order of a
/// feature's values counts. Grown without bounds it learns its rows by heart; bound its depth, or prune it.</para>
/// <para><b>Reference.</b> Breiman, Friedman, Olshen, Stone, <i>Classification and Regression Trees</i>, 1984; Hastie, Tibshirani,
/// Friedman, <i>The Elements of Statistical Learning</i>, 2nd ed., §9.2.</para>
/// </remarks>
public static class DecisionTreeTrainer
{
    /// <summary>The options of the decision tree trainers.</summary>
    public sealed record Options : TreeGrowthOptions
    {
        /// <summary>
        /// α of minimal cost-complexity pruning: what a leaf costs, in units of the impurity of the whole tree. 0 or more; default 0, no
        /// pruning.
        /// </summary>
        public double Alpha { get; init; }

        /// <summary>The options for classes: their names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Pruning(new OptionSet<Options>(new()).SplitCriterion().GrowthLimits())
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });

        /// <summary>The options for regression, which has no choice of criterion.</summary>
        public static OptionSet<Options> ForRegression { get; } = Pruning(new OptionSet<Options>(new()).GrowthLimits());

        private static OptionSet<Options> Pruning(OptionSet<Options> set) => set
            .Number(nameof(Alpha), "What a leaf costs when the tree is pruned; 0 does not prune.",
                o => o.Alpha, (o, v) => o with { Alpha = v }, minimum: 0);
    }

    internal static TrainerInfo ClassInfo { get; } = new(SupportsWeights: true, GivesProbabilities: true);

    internal static TrainerInfo RegressionInfo { get; } = new(SupportsWeights: true);

    internal static DecisionTree Train(TrainingData data, Options options, FitContext context)
    {
        if (data.ClassCount > 0)
            TrainerChecks.CheckClasses(data, options.LabelColumnName, minimum: 1);
        var shared = new SharedContext(context);
        var tree = new TreeSample(data, context.Threads, shared.Checkpoint).Grow(options, shared.Checkpoint);
        if (options.Alpha > 0)
            tree.Prune(options.Alpha);
        return tree.ToTree();
    }
}

/// <summary>A decision tree for two classes; see <see cref="DecisionTreeTrainer"/>.</summary>
public sealed class DecisionTreeBinaryTrainer : BinaryTrainer<DecisionTreeModelParameters>
{
    private readonly DecisionTreeTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public DecisionTreeBinaryTrainer(DecisionTreeTrainer.Options? options = null) : base(options ??= new())
    {
        DecisionTreeTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => DecisionTreeTrainer.ClassInfo;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => DecisionTreeTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"DecisionTree({DecisionTreeTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override DecisionTreeModelParameters Train(TrainingData data, FitContext context) =>
        new(DecisionTreeTrainer.Train(data, _options, context), data.Features.Columns);
}

/// <summary>A decision tree for several classes; see <see cref="DecisionTreeTrainer"/>.</summary>
public sealed class DecisionTreeMulticlassTrainer : MulticlassTrainer<DecisionTreeModelParameters>
{
    private readonly DecisionTreeTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public DecisionTreeMulticlassTrainer(DecisionTreeTrainer.Options? options = null) : base(options ??= new())
    {
        DecisionTreeTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => DecisionTreeTrainer.ClassInfo;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => DecisionTreeTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"DecisionTree({DecisionTreeTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override DecisionTreeModelParameters Train(TrainingData data, FitContext context) =>
        new(DecisionTreeTrainer.Train(data, _options, context), data.Features.Columns);
}

/// <summary>A decision tree that predicts a number, the mean of a leaf; see <see cref="DecisionTreeTrainer"/>.</summary>
public sealed class DecisionTreeRegressionTrainer : RegressionTrainer<DecisionTreeRegressionModelParameters>
{
    private readonly DecisionTreeTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public DecisionTreeRegressionTrainer(DecisionTreeTrainer.Options? options = null) : base(options ??= new())
    {
        DecisionTreeTrainer.Options.ForRegression.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => DecisionTreeTrainer.RegressionInfo;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => DecisionTreeTrainer.Options.ForRegression.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"DecisionTree({DecisionTreeTrainer.Options.ForRegression.Changes(_options)})";

    /// <inheritdoc/>
    protected override DecisionTreeRegressionModelParameters Train(TrainingData data, FitContext context) =>
        new(DecisionTreeTrainer.Train(data, _options, context), data.Features.Columns);
}
