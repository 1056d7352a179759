using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// A training set as trees see it: features by rank, labels, weights. Trees may be grown from it on several threads at once.
/// </summary>
internal sealed class TreeSample
{
    private readonly RankedFeatures _features;
    private readonly int[] _classes;
    private readonly int _classCount;
    private readonly float[] _targets;

    /// <summary>Prepares a training set.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="checkpoint">Called after every bounded amount of work, from any thread.</param>
    public TreeSample(TrainingData data, int threads, Action checkpoint)
    {
        _features = RankedFeatures.Of(data.Features, threads, checkpoint);
        (_classes, _classCount, _targets) = (data.Classes.ToArray(), data.ClassCount, data.Targets.ToArray());
        Weights = new double[data.Rows];
        for (int row = 0; row < Weights.Length; row++)
            Weights[row] = data.Weight(row);
    }

    /// <summary>The weight of each row.</summary>
    public double[] Weights { get; }

    /// <summary>Grows a tree: of classes when the training set has them, of numbers otherwise.</summary>
    /// <param name="weights">The weight of each row in this tree; rows of weight 0 are left out.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="featuresPerSplit">How many features are tried at each node.</param>
    /// <param name="random">Draws these features; null when all are tried.</param>
    /// <param name="checkpoint">Called after every bounded amount of work.</param>
    public GrowingTree Grow(double[] weights, TreeGrowthOptions limits, int featuresPerSplit, RandomStream? random, Action checkpoint)
    {
        return (_classCount, limits.Criterion) switch
        {
            (0, _) => Grow(new SquaredErrorCriterion(_targets, weights)),
            (_, SplitCriterion.Entropy) => Grow(new EntropyCriterion(_classes, _classCount, weights)),
            _ => Grow(new GiniCriterion(_classes, _classCount, weights)),
        };

        GrowingTree Grow<TCriterion>(TCriterion criterion) where TCriterion : struct, ICriterion =>
            new TreeGrower<TCriterion>(_features, criterion, limits, featuresPerSplit, random, checkpoint)
                .Grow([.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)]);
    }

    /// <summary>Grows a tree from all rows and all features.</summary>
    /// <param name="limits">When to stop.</param>
    /// <param name="checkpoint">Called after every bounded amount of work.</param>
    public GrowingTree Grow(TreeGrowthOptions limits, Action checkpoint) =>
        Grow(Weights, limits, _features.Count, random: null, checkpoint);
}
