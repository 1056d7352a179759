using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>How mixed the classes of a node are, which a split is to reduce.</summary>
public enum SplitCriterion
{
    /// <summary>Gini's index 1 − Σ p²: how often two rows drawn from the node differ in class.</summary>
    Gini,

    /// <summary>The entropy −Σ p log₂ p, in bits: what the class of a row tells who knows the node.</summary>
    Entropy,
}

/// <summary>The options that bound the growth of a tree: a single one, or one of a forest.</summary>
public abstract record TreeGrowthOptions : TrainerInputBaseWithWeight
{
    /// <summary>
    /// What a split of classes is to reduce. Default <see cref="SplitCriterion.Gini"/>. Regression has no such choice: it reduces the
    /// squared error.
    /// </summary>
    public SplitCriterion Criterion { get; init; }

    /// <summary>The most splits on the way from the root to a leaf, 0 or more; null (the default) for no bound.</summary>
    public int? MaximumDepth { get; init; }

    /// <summary>
    /// The most leaves, 1 or more; null (the default) for no bound. Of the leaves that could be split, the one that gains most is split
    /// first.
    /// </summary>
    public int? MaximumLeafCount { get; init; }

    /// <summary>The fewest rows of a leaf, whatever they weigh, 1 or more. Default 1.</summary>
    public int MinimumExampleCountPerLeaf { get; init; } = 1;

    /// <summary>The fewest rows of a node that is split, whatever they weigh, 2 or more. Default 2.</summary>
    public int MinimumExampleCountPerSplit { get; init; } = 2;

    /// <summary>
    /// A node is split when that lowers the impurity of the whole tree by at least this: w/W (i − wL/w iL − wR/w iR), with weights w and
    /// impurities i of the node and its two sides, and W the weight of all rows. 0 or more; default 0.
    /// </summary>
    public double MinimumImpurityDecrease { get; init; }
}

/// <summary>Declares the options of <see cref="TreeGrowthOptions"/> once for all who derive from it.</summary>
internal static class TreeGrowthOptionSets
{
    extension<TOptions>(OptionSet<TOptions> set) where TOptions : TreeGrowthOptions
    {
        public OptionSet<TOptions> SplitCriterion() => set
            .Choice(nameof(TreeGrowthOptions.Criterion), "How mixed the classes of a node are, which a split is to reduce.",
                o => o.Criterion, (o, v) => o with { Criterion = v });

        public OptionSet<TOptions> GrowthLimits() => set
            .OptionalInteger(
                nameof(TreeGrowthOptions.MaximumDepth), "The most splits on the way from the root to a leaf; auto is no bound.",
                o => o.MaximumDepth, (o, v) => o with { MaximumDepth = v }, minimum: 0)
            .OptionalInteger(nameof(TreeGrowthOptions.MaximumLeafCount), "The most leaves; auto is no bound.",
                o => o.MaximumLeafCount, (o, v) => o with { MaximumLeafCount = v }, minimum: 1)
            .Integer(nameof(TreeGrowthOptions.MinimumExampleCountPerLeaf), "The fewest rows of a leaf.",
                o => o.MinimumExampleCountPerLeaf, (o, v) => o with { MinimumExampleCountPerLeaf = v }, minimum: 1)
            .Integer(nameof(TreeGrowthOptions.MinimumExampleCountPerSplit), "The fewest rows of a node that is split.",
                o => o.MinimumExampleCountPerSplit, (o, v) => o with { MinimumExampleCountPerSplit = v }, minimum: 2)
            .Number(nameof(TreeGrowthOptions.MinimumImpurityDecrease), "A split must lower the tree's impurity by at least this.",
                o => o.MinimumImpurityDecrease, (o, v) => o with { MinimumImpurityDecrease = v }, minimum: 0);
    }
}
